//! Inputs made of others by small damages, from a seed.

/// xorshift64*: the same seed gives the same inputs everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    /// 0 to `n` - 1.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() >> 33) as usize % n.max(1)
    }

    pub fn pick<'t, T: ?Sized>(&mut self, items: &[&'t T]) -> &'t T {
        items[self.below(items.len())]
    }
}

/// Inputs are cut to this.
const MAX_BYTES: usize = 64 << 10;

const PIECES: [&[u8]; 44] = [
    b"\"",
    b"\"\"",
    b"'",
    b",",
    b";",
    b"\t",
    b"|",
    b"\n",
    b"\r",
    b"\r\n",
    b"\n\n",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xe9",
    b"\xc3",
    b"\xe2\x82\xac",
    b"\\",
    b"\\\"",
    b"NA",
    b"1,234.50",
    b"1.234,5",
    b"$5",
    b"-$1,200.00",
    b"($3)",
    b"12.5%",
    b"12,5 %",
    b"EUR 12",
    b"(1,200)",
    b"12 Mar 2024",
    b"Tue, 5 Mar 2024 14:30",
    b"Jan 2024",
    b"05-Jan-24",
    b"3/5/2024 2:30 PM",
    b"2024-02-30",
    b"1e309",
    b"-0",
    b"007",
    b"99999999999999999999",
    b"01:02:03",
    b"Total",
    b"Source: x y",
    b"{",
    b"]",
];

const DELIMITERS: [&[u8]; 10] = [b",", b";", b"\t", b"|", b" ", b"||", b"::", b"~", b"^", b", "];

/// One input: some file of `files`, damaged one to six times.
pub fn input(random: &mut Random, files: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = files[random.below(files.len())].clone();
    bytes.truncate(MAX_BYTES);
    for _ in 0..=random.below(6) {
        damage(random, &mut bytes, files);
        bytes.truncate(MAX_BYTES);
    }
    // Some are longer than the sample that structure is found on.
    if random.below(200) == 0 && bytes.len() > 100 {
        let n_times = (300 << 10) / bytes.len() + 1;
        bytes = bytes.repeat(n_times);
        damage(random, &mut bytes, files);
    }
    bytes
}

fn damage(random: &mut Random, bytes: &mut Vec<u8>, files: &[Vec<u8>]) {
    let at = random.below(bytes.len() + 1);
    let n = 1 << random.below(8);
    let end = (at + random.below(n + 1)).min(bytes.len());
    match random.below(12) {
        0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
        1 if at < bytes.len() => bytes[at] = random.next() as u8,
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..end)),
        4 => {
            let piece = bytes[at..end].to_vec();
            let n_times = 1 << random.below(10);
            bytes.splice(at..at, piece.repeat(n_times));
        }
        5 | 6 => {
            let piece = random.pick(&PIECES);
            let n_times = if random.below(20) == 0 { 500 } else { 1 };
            bytes.splice(at..at, piece.repeat(n_times));
        }
        7 => {
            let other = &files[random.below(files.len())];
            bytes.truncate(at);
            bytes.extend_from_slice(&other[random.below(other.len() + 1)..]);
        }
        8 => swap(random, bytes),
        9 => {
            // One line somewhere else.
            let line = bytes.split(|byte| *byte == b'\n').nth(random.below(20)).unwrap_or_default().to_vec();
            bytes.splice(at..at, [b"\n", line.as_slice(), b"\n"].concat());
        }
        10 => cells(random, bytes),
        _ => {
            // Another encoding.
            let text = String::from_utf8_lossy(bytes).into_owned();
            if random.below(4) == 0 {
                *bytes = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
                bytes.splice(0..0, *b"\xff\xfe");
            } else if random.below(2) == 0 {
                *bytes = text.replace('\n', "\r\n").into_bytes();
            }
        }
    }
}

/// Another delimiter, everywhere or in one stretch.
fn swap(random: &mut Random, bytes: &mut Vec<u8>) {
    let (from, to) = (random.pick(&DELIMITERS[..4]), random.pick(&DELIMITERS));
    let start = if random.below(2) == 0 { 0 } else { random.below(bytes.len()) };
    let rest = bytes.split_off(start.min(bytes.len()));
    for byte in rest {
        if byte == from[0] { bytes.extend_from_slice(to) } else { bytes.push(byte) }
    }
}

/// One writing of values in the place of many cells.
fn cells(random: &mut Random, bytes: &mut Vec<u8>) {
    let (piece, every) = (random.pick(&PIECES), 2 + random.below(6));
    let text = std::mem::take(bytes);
    for (i, cell) in text.split(|byte| *byte == b',').enumerate() {
        if i > 0 {
            bytes.push(b',');
        }
        let is_replaced = i % every == 0 && !cell.contains(&b'\n');
        bytes.extend_from_slice(if is_replaced { piece } else { cell });
    }
}

/// An expression: words of the language in any order, or a good one damaged.
pub fn text(random: &mut Random, texts: &[String]) -> String {
    const WORDS: [&str; 40] = [
        "(",
        ")",
        "if",
        "(",
        ",",
        ",",
        "+",
        "-",
        "*",
        "/",
        "%",
        "=",
        "!=",
        "<",
        ">=",
        "and",
        "or",
        "not",
        "in",
        "between",
        "null",
        "true",
        "'a'",
        "'",
        "\"x y\"",
        "\"",
        "1",
        "2.5",
        "1e9",
        "minutes",
        "plan",
        "date",
        "'2024-01-02'",
        "lower",
        "case",
        " ",
        "\n",
        "é",
        "[",
        "is",
    ];
    let mut text = texts[random.below(texts.len())].clone();
    for _ in 0..random.below(12) {
        let mut at = random.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let n_times = if random.below(20) == 0 { 3_000 } else { 1 };
        match random.below(4) {
            0 => text.truncate(at),
            1 => text.insert_str(at, &texts[random.below(texts.len())]),
            _ => text.insert_str(at, &format!(" {}", random.pick(&WORDS)).repeat(n_times)),
        }
        let mut end = text.len().min(30_000);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    text
}
