//! Steps that bring in other tables of the session.

use super::super::column::StoredColumn;
use super::super::gather::{Part, stack};
use super::super::{Table, join};
use super::{Others, Outcome, check_new_name, option};
use crate::model::{ConcatenateStep, EngineError, ErrorCode, JoinStep, Kind, StepProblem};
use crate::pace::Pace;

/// A table with more rows is a mistake more often than not, and would not fit into a page.
const MAX_ROWS_OUT: usize = 20_000_000;

pub(super) async fn join_table<'a>(
    table: &Table,
    step: &JoinStep,
    others: &Others<'a>,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    if step.keys.is_empty() {
        return Err(option("A join needs a key.", "keys"));
    }
    let right = others(&step.table).map_err(|error| error.at_field("table"))?;
    for (i, key) in step.keys.iter().enumerate() {
        table.index_of(&key.left).map_err(|error| error.at_field(format!("keys[{i}].left")))?;
        right.index_of(&key.right).map_err(|error| error.at_field(format!("keys[{i}].right")))?;
    }
    let keys: Vec<(&str, &str)> =
        step.keys.iter().map(|key| (key.left.as_str(), key.right.as_str())).collect();
    let (joined, report) = join::join_on(table, right, &keys, step.how, table.name(), false, pace)
        .await
        .map_err(|error| error.at_field("keys"))?;
    let Some(joined) = joined else {
        return Err(EngineError::new(ErrorCode::Internal, "A join gave no table."));
    };
    // A join makes a table of its own; here the columns of the left one are to keep how they were written.
    let mut columns = joined.stored()?;
    for (column, at) in columns.iter_mut().zip(0..table.n_columns()) {
        column.meta.written_name = table.meta(at)?.written_name.clone();
    }
    // The warnings of a join, in their order: rows without a key, keys without a match, keys that multiply rows.
    let multiplying = if report.max_matches_per_left_row > 1 { report.n_right_duplicate_keys } else { 0 };
    let n_orphans = report.n_left_unmatched - report.n_left_missing_key;
    let counts = [report.n_left_missing_key, n_orphans, multiplying].into_iter().filter(|n| *n > 0);
    let problem = |(message, n): (&String, u64)| StepProblem {
        column: None,
        message: message.clone(),
        n,
        examples: Vec::new(),
    };
    let problems = report.warnings.iter().zip(counts).map(problem).collect();
    Ok(Outcome { table: table.with_columns(joined.n_rows(), columns)?, n_cells_changed: 0, problems })
}

pub(super) async fn concatenate<'a>(
    table: &Table,
    step: &ConcatenateStep,
    others: &Others<'a>,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    if step.tables.is_empty() {
        return Err(option("No other table is named.", "tables"));
    }
    let mut tables = vec![table];
    for (i, name) in step.tables.iter().enumerate() {
        tables.push(others(name).map_err(|error| error.at_field(format!("tables[{i}]")))?);
    }
    let n_rows: usize = tables.iter().map(|table| table.n_rows()).sum();
    if n_rows > MAX_ROWS_OUT {
        let message = format!("The table would have {n_rows} rows; at most {MAX_ROWS_OUT} are made.");
        return Err(EngineError::new(ErrorCode::TooLarge, message).at_field("tables"));
    }
    let mut names: Vec<&str> = Vec::new();
    for table in &tables {
        for (at, name) in table.column_names().into_iter().enumerate() {
            if !names.iter().any(|known| column_like(table, known) == Some(at)) {
                names.push(name);
            }
        }
    }
    let mut columns = Vec::with_capacity(names.len() + 1);
    let mut problems = Vec::new();
    for name in &names {
        let mut parts = Vec::with_capacity(tables.len());
        let mut first: Option<(&Table, Kind)> = None;
        let mut lacking = Vec::new();
        for (i, table) in tables.iter().enumerate() {
            let Some(at) = column_like(table, name) else {
                parts.push(Part::Missing(table.n_rows()));
                lacking.push(*table);
                continue;
            };
            let meta = table.meta(at)?;
            match first {
                None => first = Some((table, meta.kind)),
                Some((table_before, kind)) => match kind.with(meta.kind) {
                    Some(kind) => first = Some((table_before, kind)),
                    None => return Err(differs(name, table_before, kind, table, meta.kind, i)),
                },
            }
            parts.push(Part::Cells { values: table.values_at(at)?, meta, n_rows: table.n_rows() });
        }
        let Some((first, kind)) = first else { continue };
        let mut column = stack(name, kind, &parts).ok_or_else(|| {
            let message = format!("Column \"{name}\" holds numbers in one table and texts in another.");
            EngineError::new(ErrorCode::WrongKind, message)
                .at_column(*name)
                .at_field("tables")
                .hint("Cast the column to the kind text in both tables first.")
        })?;
        column.meta.written_name = first.meta(first.index_of(name)?)?.written_name.clone();
        columns.push(column);
        if !lacking.is_empty() {
            let shown =
                lacking.iter().map(|table| format!("\"{}\"", table.name())).collect::<Vec<_>>().join(", ");
            problems.push(StepProblem {
                column: Some((*name).to_owned()),
                message: format!("Column \"{name}\" is missing in {shown}; its cells there are missing."),
                n: lacking.iter().map(|table| table.n_rows() as u64).sum(),
                examples: Vec::new(),
            });
        }
        pace.step(columns.len() as f64 / names.len() as f64, "stacking columns").await?;
    }
    if let Some(source) = &step.source {
        check_new_name(source, &names, "source")?;
        let codes =
            tables.iter().zip(0u32..).flat_map(|(table, code)| std::iter::repeat_n(code, table.n_rows()));
        let levels = tables.iter().map(|table| table.name().to_owned()).collect();
        columns.push(StoredColumn::levels(source, Kind::Nominal, codes.collect(), levels));
    }
    Ok(Outcome { table: table.with_columns(n_rows, columns)?, n_cells_changed: 0, problems })
}

/// The column of the name; else the only one whose name differs in the case of letters or in spaces around it.
fn column_like(table: &Table, name: &str) -> Option<usize> {
    table.index_of(name).ok().or_else(|| {
        let same = |other: &&str| other.trim().to_lowercase() == name.trim().to_lowercase();
        let names = table.column_names();
        let mut found = names.iter().enumerate().filter(|(_, other)| same(other));
        found.next().filter(|_| found.next().is_none()).map(|(at, _)| at)
    })
}

fn differs(name: &str, first: &Table, kind: Kind, other: &Table, other_kind: Kind, i: usize) -> EngineError {
    let message = format!(
        "Column \"{name}\" is of kind {} in \"{}\" and of kind {} in \"{}\".",
        kind.name(),
        first.name(),
        other_kind.name(),
        other.name()
    );
    EngineError::new(ErrorCode::WrongKind, message)
        .at_table(other.name())
        .at_column(name)
        .at_field(format!("tables[{}]", i.saturating_sub(1)))
        .hint("Cast the column to the same kind in both tables first.")
}
