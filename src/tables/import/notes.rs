//! What is noted of rows on the way, and the lines that they stand on.

use crate::model::ProblemCode;

/// Something about a row that a report has to tell.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RowNote {
    pub line: u64,
    /// `None` for a line that is no row of the table.
    pub row: Option<u32>,
    pub column: Option<usize>,
    pub code: ProblemCode,
    pub raw: String,
}

/// Cut to what a report can show.
pub(in crate::tables) fn clip(raw: &str) -> String {
    const MAX_CHARS: usize = 200;
    match raw.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", raw.get(..end).unwrap_or_default()),
        None => raw.to_owned(),
    }
}

/// The first notes, and the count of all.
#[derive(Debug, Default)]
pub(super) struct Notes {
    pub list: Vec<RowNote>,
    pub n: u64,
    /// Bits of the rows that are not in the table as they stand in the file.
    changed: Vec<u64>,
}

impl Notes {
    pub const MAX: usize = crate::model::ParseReport::MAX_PROBLEMS;

    pub fn is_full(&self) -> bool {
        self.list.len() >= Self::MAX
    }

    pub fn push(&mut self, note: impl FnOnce() -> RowNote) {
        self.n += 1;
        if !self.is_full() {
            self.list.push(note());
        }
    }

    pub fn mark_changed(&mut self, row: u32) {
        let word = row as usize / 64;
        if self.changed.len() <= word {
            self.changed.resize(word + 1, 0);
        }
        if let Some(bits) = self.changed.get_mut(word) {
            *bits |= 1 << (row % 64);
        }
    }

    pub fn n_changed(&self) -> u64 {
        self.changed.iter().map(|bits| u64::from(bits.count_ones())).sum()
    }
}

/// Lines of rows, stored where they do not just go up by one.
#[derive(Debug, Clone, Default)]
pub(in crate::tables) struct LineIndex {
    /// A row and how far its line is ahead of it. Several rows may stand on one line.
    steps: Vec<(u32, i64)>,
    /// Records in front of the first row: 1 where the index was made with the header counted.
    pub n_before: u32,
}

impl LineIndex {
    #[inline]
    pub fn push(&mut self, row: u32, line: u64) {
        let ahead = line as i64 - i64::from(row);
        if self.steps.last().is_none_or(|(_, last)| *last != ahead) {
            self.steps.push((row, ahead));
        }
    }

    pub fn line(&self, row: u32) -> u64 {
        let row = row.saturating_add(self.n_before);
        let after = self.steps.partition_point(|(start, _)| *start <= row);
        let ahead = after.checked_sub(1).and_then(|i| self.steps.get(i)).map_or(1, |(_, ahead)| *ahead);
        u64::try_from(i64::from(row) + ahead).unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_rows() {
        let mut lines = LineIndex::default();
        for (row, line) in [(0, 2), (1, 3), (2, 6), (3, 7)] {
            lines.push(row, line);
        }
        assert_eq!((0..4).map(|row| lines.line(row)).collect::<Vec<_>>(), [2, 3, 6, 7]);
        assert_eq!(lines.steps.len(), 2);
    }
}
