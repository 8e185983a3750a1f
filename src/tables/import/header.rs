//! Whether the first record names the columns.

use super::records::Records;
use crate::tables::moment::DateOrder;
use crate::tables::number::{NumberFormat, parse_number};
use crate::tables::read_moment::read_moment;
use hashbrown::HashSet;

/// Records below the first that are compared with it.
const MAX_ROWS: usize = 200;

/// Scores the first record as a header against the records below it: names stand above values of another
/// type, do not come again below, and are unique.
pub(super) fn has_header(records: &Records<'_>, n_columns: usize) -> bool {
    let n_rows = records.n_records().saturating_sub(1).min(MAX_ROWS);
    let mut score = 0.0;
    let mut seen = HashSet::new();
    let years = are_years(records, n_columns);
    for column in 0..n_columns {
        let name = records.cell(0, column).trim();
        let rows = (1..=n_rows).map(|row| records.cell(row, column).trim()).filter(|cell| !cell.is_empty());
        let (mut n, mut n_typed, mut n_same) = (0u32, 0u32, 0u32);
        let mut lengths = HashSet::new();
        for cell in rows {
            n += 1;
            n_typed += u32::from(type_of(cell).is_some());
            n_same += u32::from(cell == name);
            lengths.insert(cell.chars().count());
        }
        let is_value_column = n > 0 && n_typed * 5 >= n * 4;
        let name_type = type_of(name);
        score += match (is_value_column, name_type) {
            // A column without a name is common for the first one, where row numbers stand.
            _ if name.is_empty() => {
                if column == 0 {
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
            (false, None) if n >= 5 && lengths.len() == 1 && !lengths.contains(&name.chars().count()) => 0.5,
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
enum CellType {
    Number,
    Moment,
    Bool,
}

fn type_of(cell: &str) -> Option<CellType> {
    if NumberFormat::ALL.iter().any(|format| parse_number(cell, *format).is_some()) {
        return Some(CellType::Number);
    }
    let orders = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];
    if orders.into_iter().any(|order| read_moment(cell, order).is_some()) {
        return Some(CellType::Moment);
    }
    let is_bool = ["true", "false"].iter().any(|word| cell.eq_ignore_ascii_case(word));
    is_bool.then_some(CellType::Bool)
}

fn is_missing_like(cell: &str) -> bool {
    matches!(cell, "NA" | "N/A" | "null" | "NULL" | "NaN" | "nan" | "-" | "None")
}

/// Numbers in the first record that go up year by year, as in a table with a column for each year.
fn are_years(records: &Records<'_>, n_columns: usize) -> bool {
    let numbers: Vec<i64> =
        (0..n_columns).filter_map(|column| records.cell(0, column).trim().parse().ok()).collect();
    numbers.len() > 1
        && numbers.iter().all(|year| (1800..=2200).contains(year))
        && numbers.windows(2).all(|pair| matches!(pair, [a, b] if (b - a).abs() == 1))
}
