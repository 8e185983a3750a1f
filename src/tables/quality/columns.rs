//! Every column read once: how many different values, what they repeat, and a hash of each row.

use crate::model::{EngineError, Kind};
use crate::pace::Pace;
use crate::tables::Table;
use crate::tables::relations::words;
use crate::tables::values::Values;

const SLICE: usize = 1 << 14;
const MISSING: u64 = 0x9e37_79b9_7f4a_7c15;

/// A column and what was counted in it.
pub(super) struct Looked<'a> {
    pub at: usize,
    pub name: &'a str,
    pub kind: Kind,
    pub values: Values<'a>,
    /// The parts of its name, in lower case.
    pub words: Vec<String>,
    pub n_rows: usize,
    pub n_present: usize,
    pub n_unique: usize,
    /// The chance that two rows have the same cell.
    pub repeat: f64,
    /// Equal for columns with equal cells.
    pub print: u64,
}

pub(super) struct LookedAll<'a> {
    pub columns: Vec<Looked<'a>>,
    /// A sum over columns of [`part`]: equal rows have the same.
    pub rows: Vec<u64>,
}

impl Looked<'_> {
    pub fn has_word(&self, words: &[&str]) -> bool {
        self.words.iter().any(|word| words.contains(&word.as_str()))
    }

    pub fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Continuous | Kind::Count | Kind::Duration)
    }

    pub fn number(&self, row: usize) -> Option<f64> {
        match self.values {
            Values::Integers(slots) => slots.get(row).map(|value| value as f64),
            Values::Numbers(slots) => slots.get(row),
            _ => None,
        }
    }

    /// The rows whose number passes.
    pub fn rows_where(&self, test: impl Fn(f64) -> bool) -> Vec<u32> {
        (0..self.n_rows).filter(|row| self.number(*row).is_some_and(&test)).map(|row| row as u32).collect()
    }

    /// The finite numbers in order.
    pub fn sorted(&self) -> Vec<f64> {
        let mut values: Vec<f64> =
            (0..self.n_rows).filter_map(|row| self.number(row)).filter(|x| x.is_finite()).collect();
        values.sort_unstable_by(f64::total_cmp);
        values
    }

    pub fn same(&self, a: usize, b: usize) -> bool {
        same(&self.values, a, &self.values, b)
    }
}

/// Whether two cells of one sort are equal; missing cells are.
pub(super) fn same(a: &Values<'_>, row: usize, b: &Values<'_>, other: usize) -> bool {
    match (a, b) {
        (Values::Integers(a), Values::Integers(b)) | (Values::Micros(a), Values::Micros(b)) => {
            a.get(row) == b.get(other)
        }
        (Values::Numbers(a), Values::Numbers(b)) => a.get(row) == b.get(other),
        (Values::Days(a), Values::Days(b)) => a.get(row) == b.get(other),
        (a, b) => text(a, row) == text(b, other),
    }
}

pub(super) fn text<'a>(values: &Values<'a>, row: usize) -> Option<&'a str> {
    match values {
        Values::Texts(texts) => texts.get(row),
        Values::Levels(slots, levels) => levels.get(slots.get(row)? as usize).map(String::as_str),
        _ => None,
    }
}

/// What a cell adds to the hash of its row.
pub(super) fn part(values: &Values<'_>, at: usize, row: usize) -> u64 {
    mixed(cell_hash(values, row).wrapping_add((at as u64 + 1).wrapping_mul(MISSING)))
}

fn cell_hash(values: &Values<'_>, row: usize) -> u64 {
    match values {
        Values::Integers(slots) | Values::Micros(slots) => slots.get(row).map(|value| value as u64),
        Values::Numbers(slots) => slots.get(row).map(|value| (value + 0.0).to_bits()),
        Values::Days(slots) => slots.get(row).map(|value| value as u64),
        texts => text(texts, row).map(text_hash),
    }
    .map_or(MISSING, mixed)
}

fn text_hash(text: &str) -> u64 {
    let (chunks, rest) = text.as_bytes().as_chunks::<8>();
    let start = chunks.iter().fold(text.len() as u64, |hash, chunk| {
        (hash.rotate_left(5) ^ u64::from_le_bytes(*chunk)).wrapping_mul(MISSING)
    });
    rest.iter().fold(start, |hash, byte| (hash.rotate_left(5) ^ u64::from(*byte)).wrapping_mul(MISSING))
}

/// The end of splitmix64: near inputs go far apart.
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

pub(super) async fn look<'a>(table: &'a Table, pace: &Pace) -> Result<LookedAll<'a>, EngineError> {
    let n_rows = table.n_rows();
    let mut rows = vec![0u64; n_rows];
    let mut columns = Vec::with_capacity(table.n_columns());
    let mut hashes = vec![0u64; n_rows];
    for at in 0..table.n_columns() {
        let (values, name) = (table.values_at(at)?, table.name_at(at));
        let done = at as f64 / table.n_columns() as f64;
        let mut print = 0u64;
        let mut row = 0;
        for (hashes, sums) in hashes.chunks_mut(SLICE).zip(rows.chunks_mut(SLICE)) {
            for (hash, sum) in hashes.iter_mut().zip(sums) {
                *hash = cell_hash(&values, row);
                *sum = sum.wrapping_add(part(&values, at, row));
                print = print.wrapping_add(mixed(hash.wrapping_add(row as u64)));
                row += 1;
            }
            pace.step(done, "looking for duplicates").await?;
        }
        let (n_unique, repeat) = counted(&mut hashes, &values);
        pace.step(done, "looking for duplicates").await?;
        columns.push(Looked {
            at,
            name,
            kind: table.meta(at)?.kind,
            words: words(name),
            n_rows,
            n_present: n_rows - values.n_missing(),
            n_unique,
            repeat,
            print,
            values,
        });
    }
    Ok(LookedAll { columns, rows })
}

/// Different values that are not missing, and the chance that two rows have the same cell. Orders the hashes.
fn counted(hashes: &mut [u64], values: &Values<'_>) -> (usize, f64) {
    let n = hashes.len() as f64;
    let mut counts: Vec<u32> = Vec::new();
    if let Values::Levels(slots, levels) = values {
        counts = vec![0; levels.len() + 1];
        for code in slots.iter() {
            if let Some(count) = counts.get_mut(code.map_or(levels.len(), |code| code as usize)) {
                *count += 1;
            }
        }
        counts.retain(|count| *count > 0);
    } else {
        hashes.sort_unstable();
        counts.extend(hashes.chunk_by(|a, b| a == b).map(|run| run.len() as u32));
    }
    let pairs: f64 = counts.iter().map(|count| f64::from(*count) * f64::from(count.saturating_sub(1))).sum();
    let repeat = pairs / (n * (n - 1.0)).max(1.0);
    (counts.len() - usize::from(values.n_missing() > 0), repeat)
}
