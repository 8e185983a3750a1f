//! Cells that wait to be written as one text.

use super::text::Problems;
use crate::model::{Encoding, EngineError, FileFormat};
use crate::pace::Pace;
use crate::tables::export::push_cell;
use crate::tables::import::{CellType, LineIndex, Made};
use crate::tables::number::{NumberFormat, parse_number};

/// Rows written between two steps of the pace.
const SLICE_ROWS: usize = 2_048;

/// A cell that is there, with what its format says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell<'c> {
    Number(&'c str),
    Text(&'c str),
    /// A truth value, an error of a sheet, a date.
    Other(&'c str),
}

/// One column: the texts of its cells one after another.
#[derive(Debug, Default)]
pub(super) struct Column {
    text: String,
    /// Bytes of each cell; 0 where it is missing. Rows beyond the last are missing too.
    lens: Vec<u32>,
    pub n_values: usize,
    n_typed: usize,
    n_numbers: usize,
    has_codes: bool,
}

impl Column {
    /// Sets the cell of `row`, which is the last row or a new one. A cell that is there already is
    /// replaced and given back. `is_typed`: the cell counts for what the column's cells are.
    pub fn set(&mut self, row: usize, cell: Cell<'_>, is_typed: bool) -> Option<String> {
        let mut replaced = None;
        if self.lens.len() > row {
            let n_bytes = self.lens.pop().unwrap_or_default() as usize;
            let start = self.text.len().saturating_sub(n_bytes);
            replaced = Some(self.text.split_off(start));
            self.n_values -= 1;
        }
        self.lens.resize(row, 0);
        let (Cell::Number(text) | Cell::Text(text) | Cell::Other(text)) = cell;
        self.text.push_str(text);
        // Cells are shorter than all content may be, which is below 2^32.
        self.lens.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        self.n_values += 1;
        if is_typed && !text.is_empty() {
            self.n_typed += 1;
            self.n_numbers += usize::from(matches!(cell, Cell::Number(_)));
            self.has_codes = self.has_codes || (matches!(cell, Cell::Text(_)) && is_code(text));
        }
        replaced
    }

    pub fn cell_type(&self) -> CellType {
        if self.has_codes {
            CellType::Codes
        } else if self.n_typed > 0 && self.n_numbers == self.n_typed {
            CellType::Numbers
        } else {
            CellType::Unknown
        }
    }

    /// The cells of `n_rows` rows; empty where they are missing.
    pub fn cells(&self, n_rows: usize) -> impl Iterator<Item = &str> {
        let mut at = 0;
        let lens = self.lens.iter().copied().chain(std::iter::repeat(0)).take(n_rows);
        lens.map(move |len| {
            let start = at;
            at += len as usize;
            self.text.get(start..at).unwrap_or_default()
        })
    }
}

/// Digits that a number would change: leading zeros, or more of them than it can hold.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    let may_be = text.len() > 15 || text.trim_start_matches(['-', '+']).starts_with('0');
    may_be
        && parse_number(text, NumberFormat::PLAIN).is_some_and(|number| {
            number.has_leading_zero || (number.n_significant > 15 && number.n_decimals.is_none())
        })
}

/// The cells of one column in a row order of their own.
pub(super) enum Source<'c> {
    Column(&'c Column),
    /// 1, 2, 3
    RowNumbers,
    /// For each row the text of its parent.
    Parents {
        rows: &'c [u32],
        keys: &'c [&'c str],
    },
    /// For each row the number of its parent.
    ParentNumbers(&'c [u32]),
}

/// Writes columns as a text that import reads: commas, quotes where needed, LF.
pub(super) async fn write_csv(
    header: Option<&[&str]>,
    columns: &[Source<'_>],
    n_rows: usize,
    pace: &Pace,
) -> Result<Vec<u8>, EngineError> {
    let mut cells: Vec<Box<dyn Iterator<Item = std::borrow::Cow<'_, str>> + '_>> =
        Vec::with_capacity(columns.len());
    for column in columns {
        cells.push(match column {
            Source::Column(column) => Box::new(column.cells(n_rows).map(Into::into)),
            Source::RowNumbers => Box::new((1..=n_rows).map(|row| row.to_string().into())),
            Source::Parents { rows, keys } => {
                Box::new(rows.iter().map(|row| keys.get(*row as usize).copied().unwrap_or_default().into()))
            }
            Source::ParentNumbers(rows) => {
                Box::new(rows.iter().map(|row| (u64::from(*row) + 1).to_string().into()))
            }
        });
    }
    let is_narrow = columns.len() == 1;
    let mut out = Vec::new();
    if let Some(header) = header {
        for (i, name) in header.iter().enumerate() {
            push_cell(&mut out, name, i == 0, is_narrow);
        }
        out.push(b'\n');
    }
    for row in 0..n_rows {
        if row % SLICE_ROWS == 0 {
            pace.step(row as f64 / n_rows as f64, "laying out rows").await?;
        }
        for (i, cells) in cells.iter_mut().enumerate() {
            push_cell(&mut out, &cells.next().unwrap_or_default(), i == 0, is_narrow);
        }
        out.push(b'\n');
    }
    Ok(out)
}

/// Rows whose first may or may not name the columns: a sheet, a list of lists.
#[derive(Debug, Default)]
pub(super) struct Grid {
    pub columns: Vec<Column>,
    pub n_rows: usize,
    lines: LineIndex,
    pub n_bytes: u64,
}

impl Grid {
    /// Begins the next row, which stands on `line` of the file.
    pub fn begin_row(&mut self, line: u64) {
        self.lines.push(u32::try_from(self.n_rows).unwrap_or(u32::MAX), line);
        self.n_rows += 1;
    }

    /// Sets a cell of the row that was begun last.
    pub fn set(&mut self, column: usize, cell: Cell<'_>) {
        let Some(row) = self.n_rows.checked_sub(1) else { return };
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Column::default);
        }
        if let Some(column) = self.columns.get_mut(column) {
            let (Cell::Number(text) | Cell::Text(text) | Cell::Other(text)) = cell;
            self.n_bytes += text.len() as u64 + 4;
            // The first row may be a header, whose cells say nothing of those below.
            column.set(row, cell, row > 0);
        }
    }

    /// The text of the rows and what is known of it.
    pub async fn finish(
        self,
        format: FileFormat,
        encoding: Option<Encoding>,
        problems: Problems,
        pace: &Pace,
    ) -> Result<(Vec<u8>, Made), EngineError> {
        let columns: Vec<Source<'_>> = self.columns.iter().map(Source::Column).collect();
        let csv = write_csv(None, &columns, self.n_rows, pace).await?;
        let made = Made {
            format,
            encoding,
            has_header: None,
            cells: self.columns.iter().map(Column::cell_type).collect(),
            lines: self.lines,
            problems: problems.list,
            n_problems: problems.n,
        };
        Ok((csv, made))
    }
}
