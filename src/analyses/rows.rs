//! The rows that an analysis reads, and their ledger.

use super::{LedgerStep, Severity, Warning};
use crate::model::{EngineError, ErrorCode, Filter};
use crate::tables::Table;

/// Rows of `table` that pass the filters, with the first lines of the ledger. The error `not_enough_data` where there are
/// none; errors of a filter name it (`filter[1]`).
pub(super) fn filtered(
    table: &Table,
    filters: &[Filter],
) -> Result<(Vec<u32>, Vec<LedgerStep>), EngineError> {
    let rows = table.rows_where(filters).map_err(|error| {
        let is_wrong = |filter: &Filter| table.rows_where(std::slice::from_ref(filter)).is_err();
        let field = filters.iter().position(is_wrong).map_or("filter".into(), |i| format!("filter[{i}]"));
        error.at_field(field)
    })?;
    let mut ledger = vec![step(format!("rows in {}", table.name()), table.n_rows())];
    if !filters.is_empty() {
        let mut names: Vec<&str> = filters.iter().map(Filter::column).collect();
        names.dedup();
        ledger.push(step(format!("pass the filter on {}", names.join(", ")), rows.len()));
    }
    if rows.is_empty() {
        let (message, hint) = if table.n_rows() == 0 {
            (format!("Table \"{}\" has no rows.", table.name()), "Load a table with at least one row.")
        } else {
            ("No row passes the filter.".into(), "Loosen or remove the filter.")
        };
        let error = EngineError::new(ErrorCode::NotEnoughData, message).at_table(table.name()).hint(hint);
        return Err(if filters.is_empty() { error } else { error.at_field("filter") });
    }
    Ok((rows, ledger))
}

pub(super) fn step(step: impl Into<String>, n_rows: usize) -> LedgerStep {
    LedgerStep { step: step.into(), n_rows: n_rows as u64 }
}

pub(super) fn warning(code: &str, severity: Severity, column: Option<&str>, message: String) -> Warning {
    Warning { code: code.into(), severity, message, metric: column.map(Into::into) }
}

/// The name with the field of the request where a column was listed twice.
pub(super) fn refuse_repeated(table: &Table, columns: &[String], field: &str) -> Result<(), EngineError> {
    for (i, column) in columns.iter().enumerate() {
        if columns.iter().take(i).any(|earlier| earlier == column) {
            let message = format!("Column \"{column}\" is listed twice.");
            let error =
                EngineError::new(ErrorCode::BadOption, message).at_table(table.name()).at_column(column);
            return Err(error.at_field(format!("{field}[{i}]")).hint("List every column once."));
        }
    }
    Ok(())
}

/// The values of the rows, in their order; a row beyond the end is missing.
pub(super) fn pick(values: &[f64], rows: &[u32]) -> Vec<f64> {
    rows.iter().map(|row| values.get(*row as usize).copied().unwrap_or(f64::NAN)).collect()
}
