//! The header of a table and its width.

use super::header::is_value_column;
use super::records::Records;
use super::structure::Part;
use std::ops::Range;

/// The records that name the columns, as names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Header {
    /// `None` where the table has no header.
    pub cells: Option<Vec<String>>,
    pub n_records: usize,
    /// Line of its first record.
    pub line: u64,
    pub n_columns: usize,
    /// Every line ends with a delimiter that divides nothing.
    pub has_trailing_delimiter: bool,
    /// Empty cells of the header beyond the cells that rows have.
    pub n_dropped_cells: usize,
}

impl Header {
    /// `asked`: how many records it has, where that is known. `may_trail`: a delimiter at the end of every line may be
    /// taken for one that divides nothing.
    pub fn of(records: &Records<'_>, part: &Part, asked: Option<usize>, may_trail: bool) -> Self {
        let n_records = asked.map_or(part.n_header_records, |asked| asked.min(part.records.len()));
        let start = part.records.start;
        let rows = start + n_records..part.records.end;
        let line = records.line(start);
        let row_width = records.usual_width(rows.clone());
        let header = Self {
            cells: None,
            n_records,
            line,
            n_columns: row_width.unwrap_or(part.width),
            has_trailing_delimiter: false,
            n_dropped_cells: 0,
        };
        if n_records == 0 {
            return header;
        }
        let mut cells = joined(records, start..start + n_records);
        let mut n_dropped_cells = 0;
        let row_width = row_width.unwrap_or(cells.len());
        let n_empty = cells.iter().filter(|cell| cell.trim().is_empty()).count();
        if cells.len() > row_width && cells.len() - row_width == n_empty {
            // A delimiter too many in the header.
            n_dropped_cells = n_empty;
            cells.retain(|cell| !cell.trim().is_empty());
        }
        if cells.len() + 1 == row_width && names_rows(records, rows.clone(), row_width) {
            cells.insert(0, String::new());
        }
        // A header names every column that it has.
        let mut n_columns = row_width.max(cells.len());
        let last = n_columns - 1;
        let has_trailing_delimiter = may_trail
            && n_columns > 1
            && rows.len() > 1
            && cells.get(last).is_none_or(|cell| cell.is_empty())
            && rows.clone().all(|row| records.cell(row, last).is_empty());
        if has_trailing_delimiter {
            n_columns = last;
            cells.truncate(n_columns);
        }
        Self { cells: Some(cells), n_columns, has_trailing_delimiter, n_dropped_cells, ..header }
    }
}

/// The cells of the records, those of a column joined by a space.
fn joined(records: &Records<'_>, header: Range<usize>) -> Vec<String> {
    let width = header.clone().map(|record| records.width(record)).max().unwrap_or(0);
    if header.len() == 1 {
        return records.cells(header.start).map(str::to_owned).collect();
    }
    let name = |column: usize| {
        let parts: Vec<&str> = header.clone().map(|record| records.cell(record, column).trim()).collect();
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    };
    (0..width).map(name).collect()
}

/// The first column names the rows, as in files that R writes: texts or numbers from 1 that never come again, while the
/// last column is filled.
fn names_rows(records: &Records<'_>, rows: Range<usize>, width: usize) -> bool {
    let n = rows.len();
    let is_counted = rows
        .clone()
        .enumerate()
        .all(|(i, row)| records.cell(row, 0).trim().parse().is_ok_and(|number: usize| number == i + 1));
    let mut names = hashbrown::HashSet::new();
    let is_unique = rows.clone().all(|row| names.insert(records.cell(row, 0).trim()));
    let is_filled = rows.clone().all(|row| !records.cell(row, width - 1).trim().is_empty());
    n > 1 && is_filled && is_unique && (is_counted || !is_value_column(records, rows, 0))
}
