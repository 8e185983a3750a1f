//! Columns that say little: one value only, mostly missing, or the same as another.

use super::columns::{Looked, same};
use super::finding::{WithStep, drop_column, example, finding, percent, plural};
use crate::model::{EngineError, Filter, Finding, FindingSeverity, Kind};
use crate::tables::Table;

/// In fewer rows a column may hold one value by chance.
const LEAST_ROWS: usize = 5;

pub(super) fn find(table: &Table, columns: &[Looked<'_>]) -> Result<Vec<Finding>, EngineError> {
    let n_rows = table.n_rows();
    let mut findings = Vec::new();
    if n_rows < LEAST_ROWS || columns.len() < 2 {
        return Ok(findings);
    }
    for column in columns {
        let (name, n_missing) = (column.name, n_rows - column.n_present);
        if 2 * n_missing >= n_rows {
            let severity =
                if 10 * n_missing >= 9 * n_rows { FindingSeverity::Look } else { FindingSeverity::Fact };
            let sentence = match column.n_present {
                0 => format!("{name} is missing in every row."),
                n => format!(
                    "{name} is missing in {} of the rows; {} a value.",
                    percent(n_missing, n_rows),
                    plural(n, "has", "have")
                ),
            };
            let made = finding("mostly_missing", &[name], severity, (n_missing, n_rows), sentence);
            let rows = vec![Filter::IsMissing { column: name.to_owned() }];
            findings.push(drop_column(made.on_rows(rows), name));
        } else if column.n_unique == 1 {
            let first = (0..n_rows).find(|row| !column.values.is_missing(*row));
            let shown = first.and_then(|row| example(column, row as u32));
            let text = shown.map(|example| example.text).unwrap_or_default();
            let all = if n_missing == 0 { "in every row" } else { "wherever it is not missing" };
            let sentence = format!("{name} is {text} {all}: it tells no rows apart.");
            let of = (column.n_present, n_rows);
            findings.push(drop_column(
                finding("constant_column", &[name], FindingSeverity::Look, of, sentence),
                name,
            ));
        }
    }
    for (idx, column) in columns.iter().enumerate().filter(|(_, column)| column.n_unique > 1) {
        // Two yes-or-no columns may agree in every row of a small table.
        let is_telling = column.n_unique > 2 || (n_rows >= 100 && column.kind == Kind::Binary);
        let before = columns.get(..idx).unwrap_or_default();
        let twin = before.iter().find(|other| {
            is_telling
                && other.print == column.print
                && other.n_present == column.n_present
                && (0..n_rows).all(|row| same(&other.values, row, &column.values, row))
        });
        if let Some(twin) = twin {
            let sentence = format!("{} is equal to {} in every row.", column.name, twin.name);
            let names = [column.name, twin.name];
            let made =
                finding("identical_columns", &names, FindingSeverity::Look, (n_rows, n_rows), sentence);
            findings.push(drop_column(made, column.name));
        }
    }
    Ok(findings)
}
