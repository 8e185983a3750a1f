//! Steps that choose or order rows.

use super::super::{Table, expression, gather, page};
use super::{Outcome, columns_at, groups, option};
use crate::model::{DropDuplicatesStep, DropMissingStep, EngineError, FilterStep, Keep, MissingIn, SortStep};
use crate::pace::Pace;

pub(super) async fn filter(table: &Table, step: &FilterStep, pace: &Pace) -> Result<Outcome, EngineError> {
    if step.conditions.is_empty() && step.expression.is_none() {
        return Err(option("A filter needs a condition or an expression.", "conditions"));
    }
    let mut rows = table.rows_where(&step.conditions).map_err(|mut error| {
        error.at.field = error.at.field.map(|field| field.replacen("filter", "conditions", 1));
        error
    })?;
    let mut problems = Vec::new();
    if let Some(text) = &step.expression {
        let tree = expression::parse(text)?;
        let typed =
            expression::check_condition(&tree, table).map_err(|error| error.at_field("expression"))?;
        let evaluated = expression::evaluate(&typed, table, &pace.part(0.0, 0.5)).await?;
        let passes = evaluated.values.bools();
        rows.retain(|row| passes.get(*row as usize) == Some(&Some(true)));
        problems = evaluated.problems;
    }
    Ok(Outcome { problems, ..kept(table, &rows, pace).await? })
}

/// The table at these rows, in their order.
pub(super) async fn kept(table: &Table, rows: &[u32], pace: &Pace) -> Result<Outcome, EngineError> {
    if rows.len() == table.n_rows() && rows.iter().zip(0u32..).all(|(row, i)| *row == i) {
        return Ok(table.clone().into());
    }
    let columns = gather::take(table, rows, &pace.part(0.5, 1.0)).await?;
    Ok(table.with_columns(rows.len(), columns)?.into())
}

pub(super) async fn drop_duplicates(
    table: &Table,
    step: &DropDuplicatesStep,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    let columns = columns_or_all(table, &step.columns)?;
    let groups = groups::of(table, &columns, pace).await?;
    let mut is_seen = vec![false; groups.n_groups];
    let mut is_new = |row: &u32| {
        let group = groups.ids.get(*row as usize).copied().unwrap_or_default();
        is_seen.get_mut(group as usize).is_some_and(|seen| !std::mem::replace(seen, true))
    };
    let all = 0..table.n_rows() as u32;
    let rows = match step.keep {
        Keep::First => all.filter(&mut is_new).collect::<Vec<_>>(),
        Keep::Last => {
            let mut rows: Vec<u32> = all.rev().filter(&mut is_new).collect();
            rows.reverse();
            rows
        }
    };
    kept(table, &rows, pace).await
}

pub(super) async fn drop_missing(
    table: &Table,
    step: &DropMissingStep,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    let columns = columns_or_all(table, &step.columns)?;
    let mut n_missing = vec![0u32; table.n_rows()];
    for at in &columns {
        let values = table.values_at(*at)?;
        for (row, n) in n_missing.iter_mut().enumerate() {
            *n += u32::from(values.is_missing(row));
        }
        pace.step(0.3, "counting missing cells").await?;
    }
    let limit = match step.when {
        MissingIn::Any => 1,
        MissingIn::All => columns.len().max(1) as u32,
    };
    let rows: Vec<u32> = (0..).zip(&n_missing).filter(|(_, n)| **n < limit).map(|(row, _)| row).collect();
    kept(table, &rows, pace).await
}

fn columns_or_all(table: &Table, columns: &[String]) -> Result<Vec<usize>, EngineError> {
    if columns.is_empty() {
        Ok((0..table.n_columns()).collect())
    } else {
        columns_at(table, columns, "columns")
    }
}

pub(super) async fn sort(table: &Table, step: &SortStep, pace: &Pace) -> Result<Outcome, EngineError> {
    if step.by.is_empty() {
        return Err(option("Nothing to sort by is named.", "by"));
    }
    let mut keys = Vec::with_capacity(step.by.len());
    for (i, key) in step.by.iter().enumerate() {
        keys.push(table.sort_ranks(key).map_err(|error| error.at_field(format!("by[{i}].column")))?);
        pace.step(0.2, "sorting").await?;
    }
    let rows = page::sorted_rows(&keys, table.n_rows());
    kept(table, &rows, pace).await
}
