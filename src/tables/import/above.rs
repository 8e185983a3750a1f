//! What is known of the records of a table above a place in it. The place only ever moves down, and each record is
//! counted once, so that asking at every place takes no longer than reading the records.

use super::header::{Filled, MAX_ROWS, has_header};
use super::records::Records;
use hashbrown::HashMap;

#[derive(Debug)]
pub(super) struct Above<'r> {
    records: &'r Records<'r>,
    /// The first record of the table; all that is counted are those after it.
    pub start: usize,
    /// The records of each width, up to the first record that is not counted.
    widths: (HashMap<usize, usize>, usize),
    /// The number of records of the usual width, and that width.
    usual: (usize, usize),
    /// The first two columns, and the first record that is not counted.
    first_columns: ([Filled; 2], usize),
    /// The columns of the first [`MAX_ROWS`] records, and the first record that is not counted.
    columns: (Vec<Filled>, usize),
    /// How many of these columns hold values.
    n_value_columns: usize,
    /// The last answer of [`Self::has_header`], and what was asked.
    header: Option<(usize, usize, bool)>,
}

impl<'r> Above<'r> {
    pub fn new(records: &'r Records<'r>, start: usize) -> Self {
        Self {
            records,
            start,
            widths: (HashMap::new(), start + 1),
            usual: (0, 0),
            first_columns: ([Filled::default(); 2], start + 1),
            columns: (Vec::new(), start + 1),
            n_value_columns: 0,
            header: None,
        }
    }

    /// The width that most records have; the larger one of two that are equally frequent. `None` without records.
    pub fn usual_width(&mut self, at: usize) -> Option<usize> {
        let (widths, counted_to) = &mut self.widths;
        for record in *counted_to..at {
            let width = self.records.width(record);
            let n = widths.entry(width).or_default();
            *n += 1;
            self.usual = self.usual.max((*n, width));
        }
        *counted_to = at.max(*counted_to);
        (self.usual.0 > 0).then_some(self.usual.1)
    }

    /// Most cells of one of the first `n` columns are values, of two at most.
    pub fn has_first_value_column(&mut self, at: usize, n: usize) -> bool {
        let (columns, counted_to) = &mut self.first_columns;
        for record in *counted_to..at {
            for (column, filled) in columns.iter_mut().enumerate() {
                filled.add(self.records, record, column);
            }
        }
        *counted_to = at.max(*counted_to);
        columns.iter().take(n).any(|filled| filled.are_values())
    }

    /// The columns of the first [`MAX_ROWS`] records, and how many of them hold values. Those beyond the end have no cells.
    pub fn columns(&mut self, at: usize) -> (&[Filled], usize) {
        let (columns, counted_to) = &mut self.columns;
        let end = at.min(self.start + 1 + MAX_ROWS);
        if end > *counted_to {
            for record in *counted_to..end {
                let width = self.records.width(record);
                if columns.len() < width {
                    columns.resize(width, Filled::default());
                }
                for (column, filled) in columns.iter_mut().enumerate().take(width) {
                    filled.add(self.records, record, column);
                }
            }
            *counted_to = end;
            self.n_value_columns = columns.iter().filter(|filled| filled.are_values()).count();
        }
        (columns, self.n_value_columns)
    }

    /// The first record is a header of the records above `at`.
    pub fn has_header(&mut self, at: usize, n_columns: usize) -> bool {
        let end = at.min(self.start + 1 + MAX_ROWS);
        match self.header {
            Some((known_end, known_columns, is)) if (known_end, known_columns) == (end, n_columns) => is,
            _ => {
                let is = has_header(self.records, self.start..end, n_columns);
                self.header = Some((end, n_columns, is));
                is
            }
        }
    }
}
