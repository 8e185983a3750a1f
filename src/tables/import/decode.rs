//! Bytes to text. Own small decoders: the encodings that tables come in are few, and a general library
//! would weigh more than the rest of import.

use crate::model::Encoding;

/// What decoding a run of bytes did.
#[derive(Debug, Default)]
pub(in crate::tables) struct Decoded {
    /// Bytes used; the rest is the beginning of a character that goes on in the next run.
    pub n_used: usize,
    /// Where in the output bytes were replaced by U+FFFD, and the first of these bytes.
    pub bad_at: Vec<(usize, u8)>,
}

/// Appends `bytes` to `out` as text. `is_end`: nothing follows, so a cut character is a bad one.
pub(in crate::tables) fn decode(encoding: Encoding, bytes: &[u8], is_end: bool, out: &mut String) -> Decoded {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => decode_utf8(bytes, is_end, out),
        Encoding::Utf16Le => decode_utf16(bytes, is_end, out, u16::from_le_bytes),
        Encoding::Utf16Be => decode_utf16(bytes, is_end, out, u16::from_be_bytes),
        Encoding::Windows1252 => {
            let mut rest = bytes;
            while let Some(at) = rest.iter().position(|byte| !byte.is_ascii()) {
                let (ascii, others) = rest.split_at(at);
                out.push_str(std::str::from_utf8(ascii).unwrap_or_default());
                let n_others = others.iter().position(u8::is_ascii).unwrap_or(others.len());
                let (others, tail) = others.split_at(n_others);
                out.extend(others.iter().map(|byte| windows_1252(*byte)));
                rest = tail;
            }
            out.push_str(std::str::from_utf8(rest).unwrap_or_default());
            Decoded { n_used: bytes.len(), ..Decoded::default() }
        }
    }
}

/// The byte order mark of an encoding.
pub(in crate::tables) fn mark(encoding: Encoding) -> &'static [u8] {
    match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => b"\xef\xbb\xbf",
        Encoding::Utf16Le => b"\xff\xfe",
        Encoding::Utf16Be => b"\xfe\xff",
        Encoding::Windows1252 => b"",
    }
}

/// The encoding of a file that begins with `head`; `is_whole` where that is all of it.
pub(in crate::tables) fn detect(head: &[u8], is_whole: bool) -> Encoding {
    for encoding in [Encoding::Utf8Bom, Encoding::Utf16Le, Encoding::Utf16Be] {
        if head.starts_with(mark(encoding)) {
            return encoding;
        }
    }
    if let Some(encoding) = utf16_without_mark(head) {
        return encoding;
    }
    let evidence = Utf8Evidence::of(head, is_whole);
    if evidence.n_bad > evidence.n_well_formed { Encoding::Windows1252 } else { Encoding::Utf8 }
}

/// UTF-16 of mostly Latin text has a zero in every other byte.
fn utf16_without_mark(head: &[u8]) -> Option<Encoding> {
    let zeros = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let (n_even, n_odd, n_pairs) = (zeros(0), zeros(1), head.len() / 2);
    if n_odd * 10 > n_pairs * 7 && n_even * 20 < n_pairs {
        Some(Encoding::Utf16Le)
    } else if n_even * 10 > n_pairs * 7 && n_odd * 20 < n_pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// How much of a run of bytes is UTF-8 beyond ASCII, and how much cannot be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Utf8Evidence {
    pub n_well_formed: u64,
    pub n_bad: u64,
}

impl Utf8Evidence {
    pub fn of(bytes: &[u8], is_end: bool) -> Self {
        let mut evidence = Self::default();
        let mut rest = bytes;
        loop {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    evidence.n_well_formed += n_beyond_ascii(text);
                    return evidence;
                }
                Err(error) => {
                    let (good, bad) = rest.split_at(error.valid_up_to());
                    evidence.n_well_formed += n_beyond_ascii(std::str::from_utf8(good).unwrap_or_default());
                    let Some(n_bad) = error.error_len() else {
                        evidence.n_bad += u64::from(is_end);
                        return evidence;
                    };
                    evidence.n_bad += 1;
                    rest = bad.get(n_bad..).unwrap_or_default();
                }
            }
        }
    }
}

fn n_beyond_ascii(text: &str) -> u64 {
    if text.is_ascii() { 0 } else { text.bytes().filter(|byte| *byte >= 0xc0).count() as u64 }
}

fn decode_utf8(bytes: &[u8], is_end: bool, out: &mut String) -> Decoded {
    let mut decoded = Decoded::default();
    let mut rest = bytes;
    loop {
        match std::str::from_utf8(rest) {
            Ok(text) => {
                decoded.n_used += rest.len();
                out.push_str(text);
                return decoded;
            }
            Err(error) => {
                let (good, bad) = rest.split_at(error.valid_up_to());
                let good = std::str::from_utf8(good).unwrap_or_default();
                decoded.n_used += good.len();
                out.push_str(good);
                if error.error_len().is_none() && !is_end {
                    return decoded;
                }
                let n_bad = error.error_len().unwrap_or(bad.len());
                decoded.bad_at.push((out.len(), bad.first().copied().unwrap_or_default()));
                decoded.n_used += n_bad;
                out.push(char::REPLACEMENT_CHARACTER);
                rest = bad.get(n_bad..).unwrap_or_default();
            }
        }
    }
}

fn decode_utf16(bytes: &[u8], is_end: bool, out: &mut String, unit: fn([u8; 2]) -> u16) -> Decoded {
    let mut decoded = Decoded::default();
    let mut units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).peekable();
    while let Some(first) = units.next() {
        let is_high = (0xd800..0xdc00).contains(&first);
        if is_high && units.peek().is_none() && !is_end {
            return decoded;
        }
        let low = units.peek().copied().filter(|low| is_high && (0xdc00..0xe000).contains(low));
        let code = match low {
            Some(low) => {
                units.next();
                decoded.n_used += 2;
                0x1_0000 + ((u32::from(first) - 0xd800) << 10) + (u32::from(low) - 0xdc00)
            }
            None => u32::from(first),
        };
        decoded.n_used += 2;
        out.push(char::from_u32(code).unwrap_or_else(|| {
            decoded.bad_at.push((out.len(), (first >> 8) as u8));
            char::REPLACEMENT_CHARACTER
        }));
    }
    if is_end && decoded.n_used < bytes.len() {
        decoded.bad_at.push((out.len(), bytes.last().copied().unwrap_or_default()));
        decoded.n_used = bytes.len();
        out.push(char::REPLACEMENT_CHARACTER);
    }
    decoded
}

/// The five bytes without a meaning are control characters, as browsers read them.
fn windows_1252(byte: u8) -> char {
    const FROM_0X80: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => FROM_0X80[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(encoding: Encoding, bytes: &[u8]) -> (String, usize) {
        let mut out = String::new();
        let decoded = decode(encoding, bytes, true, &mut out);
        assert_eq!(decoded.n_used, bytes.len());
        (out, decoded.bad_at.len())
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(detect(b"a,b\n1,2\n", true), Encoding::Utf8);
        assert_eq!(detect("größe,b\n".as_bytes(), true), Encoding::Utf8);
        assert_eq!(detect(b"gr\xf6\xdfe,b\n", true), Encoding::Windows1252);
        assert_eq!(detect(b"\xef\xbb\xbfa", true), Encoding::Utf8Bom);
        assert_eq!(detect(b"a\0,\0b\0\n\0", true), Encoding::Utf16Le);
        assert_eq!(detect(b"\0a\0,\0b\0\n", true), Encoding::Utf16Be);
        assert_eq!(detect(&"ö".as_bytes()[..1], false), Encoding::Utf8);
    }

    #[test]
    fn texts_are_read_as_written() {
        assert_eq!(text(Encoding::Windows1252, b"\x80 caf\xe9"), ("€ café".into(), 0));
        let utf16: Vec<u8> = "a😀é".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(text(Encoding::Utf16Be, &utf16), ("a😀é".into(), 0));
        assert_eq!(text(Encoding::Utf8, b"a\xffb\xe2\x82"), ("a\u{fffd}b\u{fffd}".into(), 2));
        assert_eq!(text(Encoding::Utf16Le, b"a\0\x00\xd8b\0x"), ("a\u{fffd}b\u{fffd}".into(), 2));
    }

    #[test]
    fn a_cut_character_waits_for_its_rest() {
        for (encoding, bytes) in [
            (Encoding::Utf8, "a€😀".as_bytes().to_vec()),
            (Encoding::Utf16Le, "a€😀".encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ] {
            let mut out = String::new();
            let (mut start, mut end) = (0, 0);
            while start < bytes.len() {
                end += 1;
                start += decode(encoding, &bytes[start..end], end == bytes.len(), &mut out).n_used;
            }
            assert_eq!(out, "a€😀");
        }
    }
}
