//! Sixteen bytes at a time: which of them divide cells, and which end a plain line.

/// The bytes looked at together.
pub(super) const BLOCK: usize = 16;

/// Bits of a block, the lowest for its first byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub delimiters: u32,
    /// Line feeds, carriage returns and quotes.
    pub stops: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Scanner {
    delimiter: u8,
    /// A line feed where there are no quotes.
    quote: u8,
}

impl Scanner {
    pub fn new(delimiter: u8, quote: Option<u8>) -> Self {
        Self { delimiter, quote: quote.unwrap_or(b'\n') }
    }

    /// The marks at the beginning of `bytes`, of as many of them as a block holds.
    #[inline]
    pub fn marks(self, bytes: &[u8]) -> Marks {
        if let Some(block) = bytes.first_chunk() {
            return self.marks_of(*block);
        }
        let mut block = [0; BLOCK];
        for (to, from) in block.iter_mut().zip(bytes) {
            *to = *from;
        }
        let Marks { delimiters, stops } = self.marks_of(block);
        let there = (1 << bytes.len()) - 1;
        Marks { delimiters: delimiters & there, stops: stops & there }
    }

    #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
    #[inline]
    fn marks_of(self, block: [u8; BLOCK]) -> Marks {
        use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_splat, u64x2, v128_or};
        let [low, high] = halves(block);
        let block = u64x2(low, high);
        let equal = |byte| u8x16_eq(block, u8x16_splat(byte));
        let stops = v128_or(v128_or(equal(b'\n'), equal(b'\r')), equal(self.quote));
        Marks {
            delimiters: u32::from(u8x16_bitmask(equal(self.delimiter))),
            stops: u32::from(u8x16_bitmask(stops)),
        }
    }

    #[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
    #[inline]
    fn marks_of(self, block: [u8; BLOCK]) -> Marks {
        let [low, high] = halves(block);
        let bits = |byte| equal_bits(low, byte) | equal_bits(high, byte) << 8;
        Marks { delimiters: bits(self.delimiter), stops: bits(b'\n') | bits(b'\r') | bits(self.quote) }
    }
}

#[inline]
fn halves(block: [u8; BLOCK]) -> [u64; 2] {
    let all = u128::from_le_bytes(block);
    [all as u64, (all >> 64) as u64]
}

/// A bit for each of eight bytes that is `byte`.
#[cfg_attr(all(target_arch = "wasm32", target_feature = "simd128"), allow(dead_code))]
#[inline]
fn equal_bits(eight: u64, byte: u8) -> u32 {
    const LOW_BITS: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    let differs = eight ^ (u64::from(byte) * 0x0101_0101_0101_0101);
    // The high bit of each byte that is zero, without carries between bytes.
    let zeros = !(((differs & LOW_BITS) + LOW_BITS) | differs | LOW_BITS);
    ((zeros >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn marks_are_those_of_each_byte(
            bytes in prop::collection::vec(prop_oneof![Just(b','), Just(b'\n'), Just(b'\r'), Just(b'"'), any::<u8>()], 0..40),
            quote in prop_oneof![Just(None), Just(Some(b'"'))],
        ) {
            let marks = Scanner::new(b',', quote).marks(&bytes);
            let bits = |is_marked: &dyn Fn(u8) -> bool| {
                bytes.iter().take(BLOCK).enumerate().map(|(i, byte)| u32::from(is_marked(*byte)) << i).sum::<u32>()
            };
            prop_assert_eq!(marks.delimiters, bits(&|byte| byte == b','));
            prop_assert_eq!(marks.stops, bits(&|byte| matches!(byte, b'\n' | b'\r') || Some(byte) == quote));
        }
    }
}
