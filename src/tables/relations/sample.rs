//! Cells as numbers that are equal where the cells are: enough to rule a pair of columns out.

use crate::tables::values::Values;

/// The cell as a number; `None` where it is missing. Whole numbers and decimals that are equal give the same.
/// Two different texts have the same one in 2^64: what a sample lets pass is counted exactly.
pub(super) fn cell_hash(values: &Values<'_>, row: usize) -> Option<u64> {
    let bits = |value: f64| (value + 0.0).to_bits();
    match values {
        Values::Integers(slots) => slots.get(row).map(|value| bits(value as f64)),
        Values::Micros(slots) => slots.get(row).map(|value| value as u64),
        Values::Numbers(slots) => slots.get(row).map(bits),
        Values::Days(slots) => slots.get(row).map(|day| day as u64),
        Values::Texts(texts) => texts.get(row).map(text_hash),
        Values::Levels(slots, levels) => {
            slots.get(row).and_then(|code| levels.get(code as usize)).map(|level| text_hash(level))
        }
    }
}

/// FNV-1a.
fn text_hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// At most `n` rows, spread over all of them.
pub(super) fn spread_rows(n_rows: usize, n: usize) -> impl Iterator<Item = usize> {
    let n = n.min(n_rows);
    (0..n).map(move |idx| (idx as u64 * n_rows as u64 / n as u64) as usize)
}
