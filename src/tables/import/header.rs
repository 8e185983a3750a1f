//! Which records name the columns.

use super::records::Records;
use crate::tables::moment::DateOrder;
use crate::tables::number::{NumberFormat, parse_number};
use crate::tables::read_moment::read_moment;
use crate::tables::unit::unit_of;
use hashbrown::HashSet;
use std::ops::Range;

/// Records below the first that are compared with it.
pub(super) const MAX_ROWS: usize = 200;

/// Records are joined to one header only up to this many.
const MAX_HEADER_RECORDS: usize = 3;

/// Records at the beginning of a part that name its columns: none, one, or several whose cells are joined.
pub(super) fn n_header_records(records: &Records<'_>, part: Range<usize>, n_columns: usize) -> usize {
    // A header that is written several times says nothing by coming again.
    let is_same = |at: &usize| records.cells(*at).eq(records.cells(part.start));
    let n_same = part.clone().take(MAX_HEADER_RECORDS).take_while(is_same).count();
    if n_same == 0 || !has_header(records, part.start + n_same - 1..part.end, n_columns) {
        return usize::from(is_header_above_header(records, &part, n_columns)) * 2;
    }
    let mut n = n_same;
    while n < MAX_HEADER_RECORDS && continues_header(records, part.start + n, &part, n_columns) {
        n += 1;
    }
    n
}

/// Groups above names, as "2023,,2024," above "Q1,Q2,Q1,Q2": the first record repeats itself or has gaps, so
/// that the second one alone looks like a header.
fn is_header_above_header(records: &Records<'_>, part: &Range<usize>, n_columns: usize) -> bool {
    part.len() > 3
        && (0..n_columns).any(|column| records.cell_type(part.start + 1, column).is_none())
        && (0..records.width(part.start)).all(|column| records.cell_type(part.start, column).is_none())
        && is_alien(records, part.start, part.start + 2..part.end, n_columns, 2)
        && is_alien(records, part.start + 1, part.start + 2..part.end, n_columns, 2)
        && has_header(records, part.start + 1..part.end, n_columns)
}

/// Whether the record is one more row of the header that ends above it: texts and gaps above columns of values.
fn continues_header(records: &Records<'_>, at: usize, part: &Range<usize>, n_columns: usize) -> bool {
    if at + 1 >= part.end || records.width(at) != n_columns {
        return false;
    }
    // A word that stands in several columns is a value that is not known, and no name.
    let mut words = HashSet::new();
    let is_name = |cell: &str| cell.is_empty() || words.insert(cell.to_lowercase());
    records.cells(at).map(str::trim).all(is_name) && is_alien(records, at, at + 1..part.end, n_columns, 2)
}

/// Whether a record is of another sort than those of `rows`: at least `n_least` columns of values have a text in
/// it, none has a value, and none of its texts comes again in its column.
pub(super) fn is_alien(
    records: &Records<'_>,
    at: usize,
    rows: Range<usize>,
    n_columns: usize,
    n_least: usize,
) -> bool {
    let rows = rows.start..rows.end.min(rows.start + MAX_ROWS);
    let is_value = |column: usize| is_value_column(records, rows.clone(), column);
    is_alien_where(records, at, rows.clone(), n_columns, n_least, is_value)
}

/// [`is_alien`] where the columns of values are known.
pub(super) fn is_alien_where(
    records: &Records<'_>,
    at: usize,
    rows: Range<usize>,
    n_columns: usize,
    n_least: usize,
    is_value_column: impl Fn(usize) -> bool,
) -> bool {
    let rows = rows.start..rows.end.min(rows.start + MAX_ROWS);
    let mut n_texts_above_values = 0;
    for column in 0..n_columns {
        let cell = records.cell(at, column).trim();
        if cell.is_empty() {
            continue;
        }
        let is_value_column = is_value_column(column);
        if is_value_column && (records.cell_type(at, column).is_some() || is_missing_like(cell)) {
            return false;
        }
        if rows.clone().any(|row| records.cell(row, column).trim() == cell) {
            return false;
        }
        n_texts_above_values += usize::from(is_value_column);
    }
    n_texts_above_values >= n_least
}

/// Most cells of the column are numbers, dates or the like; at least two of them.
pub(super) fn is_value_column(records: &Records<'_>, rows: Range<usize>, column: usize) -> bool {
    let mut filled = Filled::default();
    rows.for_each(|row| filled.add(records, row, column));
    filled.are_values()
}

/// Cells of a column that are not empty.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Filled {
    n: u32,
    n_typed: u32,
}

impl Filled {
    pub fn add(&mut self, records: &Records<'_>, row: usize, column: usize) {
        if !records.cell(row, column).trim().is_empty() {
            self.n += 1;
            self.n_typed += u32::from(records.cell_type(row, column).is_some());
        }
    }

    /// Most of them are numbers, dates or the like; at least two.
    pub fn are_values(self) -> bool {
        self.n > 1 && self.n_typed * 5 >= self.n * 4
    }
}

/// Scores the first record of a part as a header against the records below it: names stand above values of another
/// type, do not come again below, and are unique.
pub(super) fn has_header(records: &Records<'_>, part: Range<usize>, n_columns: usize) -> bool {
    let first = part.start;
    let rows = first + 1..part.end.min(first + 1 + MAX_ROWS);
    let mut score = 0.0;
    let mut seen = HashSet::new();
    let years = are_years(records, first, n_columns);
    for column in 0..n_columns {
        let name = records.cell(first, column).trim();
        let cells = rows.clone().map(|row| (row, records.cell(row, column).trim()));
        let (mut n, mut n_typed, mut n_moments, mut n_same) = (0u32, 0u32, 0u32, 0u32);
        let (mut length, mut is_one_length) = (None, true);
        for (row, cell) in cells.filter(|(_, cell)| !cell.is_empty()) {
            n += 1;
            let cell_type = records.cell_type(row, column);
            n_typed += u32::from(cell_type.is_some());
            n_moments += u32::from(cell_type == Some(CellType::Moment));
            n_same += u32::from(cell == name);
            let n_chars = cell.chars().count();
            is_one_length &= *length.get_or_insert(n_chars) == n_chars;
        }
        let is_value_column = n > 0 && n_typed * 5 >= n * 4;
        let name_type = records.cell_type(first, column);
        score += match (is_value_column, name_type) {
            // A column without a name is common for the first one, where row numbers stand.
            _ if name.is_empty() => {
                if column == 0 || n == 0 {
                    0.0
                } else {
                    -0.2
                }
            }
            (true, None) => {
                if is_missing_like(name) {
                    0.0
                } else {
                    1.0
                }
            }
            // A date above numbers, in a table with a column for each day.
            (true, Some(CellType::Moment)) if n_moments == 0 => 0.5,
            (true, Some(_)) => {
                if years {
                    0.0
                } else {
                    -1.0
                }
            }
            (false, Some(_)) => {
                if years {
                    0.5
                } else {
                    -0.5
                }
            }
            (false, None) if n_same > 0 => -0.8,
            // Codes of one length under a name of another.
            (false, None) if n >= 5 && is_one_length && length != Some(name.chars().count()) => 0.5,
            (false, None) if name.chars().count() > 80 => -0.3,
            (false, None) => 0.05,
        };
        if !name.is_empty() && !seen.insert(name) {
            score -= 0.5;
        }
    }
    score > 0.0
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellType {
    Number,
    Moment,
    Bool,
}

pub(super) fn type_of(cell: &str) -> Option<CellType> {
    if NumberFormat::ALL.iter().any(|format| parse_number(cell, *format).is_some()) {
        return Some(CellType::Number);
    }
    if unit_of(cell).is_some() {
        return Some(CellType::Number);
    }
    let orders = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];
    // "Jan 2024" is as often the name of a column.
    if orders.into_iter().any(|order| read_moment(cell, order).is_some_and(|(_, found)| found.has_day())) {
        return Some(CellType::Moment);
    }
    let is_bool = ["true", "false"].iter().any(|word| cell.eq_ignore_ascii_case(word));
    is_bool.then_some(CellType::Bool)
}

fn is_missing_like(cell: &str) -> bool {
    matches!(cell, "NA" | "N/A" | "null" | "NULL" | "NaN" | "nan" | "-" | "None")
}

/// Numbers in the first record that go up year by year, as in a table with a column for each year.
fn are_years(records: &Records<'_>, first: usize, n_columns: usize) -> bool {
    let numbers: Vec<i64> =
        (0..n_columns).filter_map(|column| records.cell(first, column).trim().parse().ok()).collect();
    numbers.len() > 1
        && numbers.iter().all(|year| (1800..=2200).contains(year))
        && numbers.windows(2).all(|pair| matches!(pair, [a, b] if (b - a).abs() == 1))
}
