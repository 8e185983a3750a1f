//! The checksum of zip files: CRC-32 (ISO 3309), reflected, polynomial 0x04c11db7.

const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut bits = byte as u32;
        let mut n = 0;
        while n < 8 {
            bits = if bits & 1 == 1 { bits >> 1 ^ 0xedb8_8320 } else { bits >> 1 };
            n += 1;
        }
        table[byte] = bits;
        byte += 1;
    }
    table
}

/// The checksum of what came before, continued; 0 before the first byte.
pub fn crc32(before: u32, bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!before, |crc, byte| TABLE[(crc as u8 ^ byte) as usize] ^ crc >> 8)
}

#[cfg(test)]
mod tests {
    use super::crc32;

    #[test]
    fn the_check_value_of_the_catalogue_also_in_pieces() {
        assert_eq!(crc32(0, b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(crc32(0, b"1234"), b"56789"), 0xcbf4_3926);
        assert_eq!(crc32(0, b""), 0);
    }
}
