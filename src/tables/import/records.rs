//! The records of a sample, kept whole.

use super::cells::Cells;
use super::dialect::Dialect;
use super::tokenizer::{Step, Tokenizer};

/// What a sample may lose at its end.
const LONGEST_CUT_RECORD_BYTES: usize = 16 << 10;

/// Records of any widths, with their lines.
#[derive(Debug, Default)]
pub(super) struct Records<'t> {
    text: &'t str,
    cells: Cells,
    /// Where each record's spans end.
    ends: Vec<usize>,
    lines: Vec<u64>,
    /// Where the last record ends in the text.
    end: usize,
    pub n_stray_quotes: usize,
    pub n_quoted: u64,
}

impl<'t> Records<'t> {
    pub fn n_records(&self) -> usize {
        self.ends.len()
    }

    pub fn width(&self, record: usize) -> usize {
        let (start, end) = self.bounds(record);
        end - start
    }

    pub fn cell(&self, record: usize, column: usize) -> &str {
        let (start, end) = self.bounds(record);
        if start + column < end { self.cells.text(start + column, self.text) } else { "" }
    }

    pub fn cells(&self, record: usize) -> impl Iterator<Item = &str> {
        let (start, end) = self.bounds(record);
        (start..end).map(|i| self.cells.text(i, self.text))
    }

    /// Line of the record in the file, from 1.
    pub fn line(&self, record: usize) -> u64 {
        self.lines.get(record).copied().unwrap_or(1)
    }

    /// How much of the text the records take up, 0 to 1.
    pub fn text_share(&self, n_bytes: usize) -> f64 {
        self.end as f64 / n_bytes.max(1) as f64
    }

    /// The width that most records have; the larger one of two that are equally frequent.
    pub fn usual_width(&self, from_record: usize) -> Option<usize> {
        let mut counts: hashbrown::HashMap<usize, usize> = hashbrown::HashMap::new();
        for record in from_record..self.n_records() {
            *counts.entry(self.width(record)).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(width, n)| (*n, *width)).map(|(width, _)| width)
    }

    fn bounds(&self, record: usize) -> (usize, usize) {
        let start = record.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        (start, self.ends.get(record).copied().unwrap_or(start))
    }
}

/// Reads up to `max` records of a sample. `is_whole`: the sample ends where the file does; else a record
/// that is cut by its end is left out.
pub(super) fn read_sample<'t>(text: &'t str, is_whole: bool, dialect: &Dialect, max: usize) -> Records<'t> {
    let mut records = Records { text, ..Records::default() };
    let mut tokenizer = Tokenizer::new(dialect);
    let mut at = 0;
    while records.ends.len() < max {
        let line = tokenizer.line;
        let mut step = tokenizer.step(text, at, is_whole, &mut records.cells);
        if step == Step::NeedMore && text.len() - at > LONGEST_CUT_RECORD_BYTES {
            // An open quote, more likely than one record of that size.
            step = tokenizer.step(text, at, true, &mut records.cells);
        }
        match step {
            Step::Record { next } => {
                at = next;
                records.ends.push(records.cells.spans.len());
                records.lines.push(line);
                records.n_stray_quotes += tokenizer.notes.len();
                if tokenizer.width.is_none() && records.ends.len() == 50 {
                    tokenizer.width = records.usual_width(0);
                }
            }
            Step::Blank { next } => at = next,
            Step::NeedMore | Step::End => break,
        }
    }
    records.end = at;
    records.n_quoted = tokenizer.n_quoted;
    records
}
