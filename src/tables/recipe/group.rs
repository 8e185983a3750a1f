//! One row a group.

use super::super::{Table, gather};
use super::aggregate::Plan;
use super::groups::Members;
use super::{Outcome, check_new_name, columns_at, groups, option};
use crate::model::{EngineError, GroupStep};
use crate::pace::Pace;

pub(super) async fn group(table: &Table, step: &GroupStep, pace: &Pace) -> Result<Outcome, EngineError> {
    let by = columns_at(table, &step.by, "by")?;
    if step.by.is_empty() && step.aggregates.is_empty() {
        return Err(option("Nothing to group by and nothing to compute is named.", "aggregates"));
    }
    let mut plans = Vec::with_capacity(step.aggregates.len());
    let mut taken: Vec<&str> = step.by.iter().map(String::as_str).collect();
    for (i, aggregate) in step.aggregates.iter().enumerate() {
        let field = format!("aggregates[{i}].");
        check_new_name(&aggregate.name, &taken, format!("{field}name"))?;
        taken.push(&aggregate.name);
        let (function, column) = (aggregate.function, aggregate.column.as_deref());
        plans.push((&aggregate.name, Plan::new(table, function, column, aggregate.q, &field, "column")?));
        pace.step(0.2, "reading columns").await?;
    }
    let members = if by.is_empty() {
        Members::of(1, (0..table.n_rows() as u32).map(|row| (row, 0)))
    } else {
        groups::of(table, &by, pace).await?.members()
    };
    let first_rows: Vec<u32> = members.iter().filter_map(|rows| rows.first().copied()).collect();
    let mut columns = Vec::with_capacity(by.len() + plans.len());
    for at in by {
        columns.push(gather::take_column(table, at, &first_rows)?);
    }
    for (i, (name, plan)) in plans.iter().enumerate() {
        columns.push(plan.column(name, &members)?);
        pace.step(0.5 + 0.5 * i as f64 / plans.len() as f64, "computing groups").await?;
    }
    Ok(table.with_columns(members.n_groups(), columns)?.into())
}
