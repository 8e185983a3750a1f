//! The records of a sample, kept whole.

use super::cells::Cells;
use super::dialect::Dialect;
use super::header::{CellType, type_of};
use super::tokenizer::{Step, Tokenizer};
use std::cell::Cell;
use std::ops::Range;

/// What a sample may lose at its end.
const LONGEST_CUT_RECORD_BYTES: usize = 16 << 10;

/// Records of any widths, with their lines.
#[derive(Debug, Default)]
pub(super) struct Records<'t> {
    text: &'t str,
    cells: Cells,
    /// What was asked for of the cells' types, each of which is found out once.
    types: Vec<Cell<Option<Option<CellType>>>>,
    /// Where each record's spans end.
    ends: Vec<usize>,
    lines: Vec<u64>,
    /// Records with a blank line before them.
    after_blank: Vec<bool>,
    /// Line after the last record.
    pub end_line: u64,
    /// Where the last record ends in the text.
    end: usize,
    pub n_stray_quotes: usize,
    pub n_quoted: u64,
    /// How often cells were looked at.
    #[cfg(test)]
    pub n_looks: Cell<usize>,
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
        #[cfg(test)]
        self.n_looks.set(self.n_looks.get() + 1);
        let (start, end) = self.bounds(record);
        if start + column < end { self.cells.text(start + column, self.text) } else { "" }
    }

    /// The type of a cell without the spaces around it; `None` for texts, and where there is no cell.
    pub fn cell_type(&self, record: usize, column: usize) -> Option<CellType> {
        let (start, end) = self.bounds(record);
        let kept = self.types.get(start + column).filter(|_| start + column < end)?;
        kept.get().unwrap_or_else(|| {
            let found = type_of(self.cells.text(start + column, self.text).trim());
            kept.set(Some(found));
            found
        })
    }

    pub fn cells(&self, record: usize) -> impl Iterator<Item = &str> {
        let (start, end) = self.bounds(record);
        (start..end).map(|i| self.cells.text(i, self.text))
    }

    /// Line of the record in the file, from 1.
    pub fn line(&self, record: usize) -> u64 {
        self.lines.get(record).copied().unwrap_or(1)
    }

    /// Cells that are not empty.
    pub fn n_filled(&self, record: usize) -> usize {
        self.cells(record).filter(|cell| !cell.trim().is_empty()).count()
    }

    /// The first record at the line or below it.
    pub fn at_line(&self, line: u64) -> usize {
        self.lines.partition_point(|start| *start < line).min(self.n_records().saturating_sub(1))
    }

    /// Nothing of the text comes after the last record.
    pub fn is_whole(&self) -> bool {
        self.end >= self.text.trim_end().len()
    }

    pub fn is_after_blank(&self, record: usize) -> bool {
        self.after_blank.get(record).copied().unwrap_or(false)
    }

    /// How much of the text the records take up, 0 to 1.
    pub fn text_share(&self, n_bytes: usize) -> f64 {
        self.end as f64 / n_bytes.max(1) as f64
    }

    /// The width that most records have; the larger one of two that are equally frequent.
    pub fn usual_width(&self, records: Range<usize>) -> Option<usize> {
        let mut counts: hashbrown::HashMap<usize, usize> = hashbrown::HashMap::new();
        for record in records {
            *counts.entry(self.width(record)).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(width, n)| (*n, *width)).map(|(width, _)| width)
    }

    fn has_other_widths(&self, width: usize) -> bool {
        (0..self.n_records()).any(|record| self.width(record) != width)
    }

    fn bounds(&self, record: usize) -> (usize, usize) {
        let start = record.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        (start, self.ends.get(record).copied().unwrap_or(start))
    }
}

/// Reads up to `max` records of a sample. `is_whole`: the sample ends where the file does; else a record
/// that is cut by its end is left out.
pub(super) fn read_sample<'t>(text: &'t str, is_whole: bool, dialect: &Dialect, max: usize) -> Records<'t> {
    let first = read_sample_of_width(text, is_whole, dialect, max, None);
    // Stray quotes are told by the width that records should have, which is known only now.
    match first.usual_width(0..first.n_records()) {
        Some(width) if first.n_stray_quotes > 0 || first.has_other_widths(width) && first.n_quoted > 0 => {
            read_sample_of_width(text, is_whole, dialect, max, Some(width))
        }
        _ => first,
    }
}

fn read_sample_of_width<'t>(
    text: &'t str,
    is_whole: bool,
    dialect: &Dialect,
    max: usize,
    width: Option<usize>,
) -> Records<'t> {
    let mut records = Records { text, ..Records::default() };
    let mut tokenizer = Tokenizer::new(dialect);
    tokenizer.width = width;
    let (mut at, mut is_after_blank) = (0, false);
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
                records.after_blank.push(is_after_blank);
                is_after_blank = false;
                records.n_stray_quotes += tokenizer.notes.len();
            }
            Step::Blank { next } => {
                at = next;
                is_after_blank = true;
            }
            Step::NeedMore | Step::End => break,
        }
    }
    records.types.resize(records.cells.spans.len(), Cell::new(None));
    records.end_line = tokenizer.line;
    records.end = at;
    records.n_quoted = tokenizer.n_quoted;
    records
}
