//! Steps on the texts of a column: other texts for them, or parts of them.

use super::super::column::{NewColumn, StoredColumn};
use super::super::{Codes, ColumnData, Table};
use super::{Outcome, at_least_one, check_new_name, column_at, derive, option, with_replaced};
use crate::model::{EngineError, Kind, Others, RecodeStep, SplitStep, StepProblem};
use crate::pace::Pace;
use std::borrow::Cow;

pub(super) async fn recode(table: &Table, step: &RecodeStep, pace: &Pace) -> Result<Outcome, EngineError> {
    let at = column_at(table, &step.column, "column")?;
    if step.map.is_empty() && step.others == Others::Keep {
        return Err(option("Nothing to replace is named.", "map"));
    }
    let kind = table.meta(at)?.kind;
    let Codes { codes, levels } = Codes::of(table.values_at(at)?, kind);
    pace.step(0.5, "replacing texts").await?;
    let new_levels: Vec<String> = levels
        .iter()
        .map(|level| match (step.map.get(level), &step.others) {
            (Some(new), _) => new.clone(),
            (None, Others::Keep) => level.clone(),
            (None, Others::Missing) => String::new(),
            (None, Others::Text(text)) => text.clone(),
        })
        .collect();
    let is_changed: Vec<bool> = levels.iter().zip(&new_levels).map(|(old, new)| old != new).collect();
    let is_cell_changed = |code: &&u32| is_changed.get(**code as usize) == Some(&true);
    let n_cells_changed = codes.iter().filter(is_cell_changed).count() as u64;
    let is_unknown = |text: &&String| !levels.contains(text);
    let unknown: Vec<&str> = step.map.keys().filter(is_unknown).map(String::as_str).collect();
    let mut problems = Vec::new();
    if !unknown.is_empty() {
        let shown = unknown.iter().take(5).map(|text| format!("\"{text}\"")).collect::<Vec<_>>().join(", ");
        let more = if unknown.len() > 5 { ", ..." } else { "" };
        problems.push(StepProblem {
            column: Some(step.column.clone()),
            message: format!("The map names texts that the column does not have: {shown}{more}."),
            n: unknown.len() as u64,
            examples: Vec::new(),
        });
    }
    let column = if kind == Kind::Text {
        let text = |code: &u32| new_levels.get(*code as usize).cloned();
        let data = ColumnData::Texts(codes.iter().map(text).collect());
        StoredColumn::from_new(NewColumn { name: step.column.clone(), kind, data })?
    } else {
        StoredColumn::levels(&step.column, Kind::Nominal, codes, new_levels)
    };
    Ok(Outcome { table: with_replaced(table, vec![(at, column)])?, n_cells_changed, problems })
}

pub(super) async fn split(table: &Table, step: &SplitStep, pace: &Pace) -> Result<Outcome, EngineError> {
    let at = column_at(table, &step.column, "column")?;
    let kind = table.meta(at)?.kind;
    if !matches!(kind, Kind::Text | Kind::Nominal | Kind::Ordinal | Kind::Id | Kind::Binary) {
        return Err(table.wrong_kind(&step.column, kind, "texts").at_field("column"));
    }
    if step.separator.is_empty() {
        return Err(option("The separator is empty.", "separator"));
    }
    at_least_one(&step.into, "into")?;
    let mut taken = table.column_names();
    for (i, name) in step.into.iter().enumerate() {
        check_new_name(name, &taken, format!("into[{i}]"))?;
        taken.push(name);
    }
    let Codes { codes, levels } = Codes::of(table.values_at(at)?, kind);
    pace.step(0.3, "splitting texts").await?;
    let parts: Vec<Vec<&str>> =
        levels.iter().map(|level| level.splitn(step.into.len(), step.separator.as_str()).collect()).collect();
    let mut new_columns = Vec::with_capacity(step.into.len());
    for (i, name) in step.into.iter().enumerate() {
        let part = |code: &u32| {
            let text = parts.get(*code as usize)?.get(i)?;
            (!text.is_empty()).then_some(Cow::Borrowed(*text))
        };
        let (kind, data) = derive::texts(codes.iter().map(part).collect());
        new_columns.push(StoredColumn::from_new(NewColumn { name: name.clone(), kind, data })?);
        pace.step(0.5, "splitting texts").await?;
    }
    let mut columns = table.stored()?;
    columns.splice(at + 1..at + 1, new_columns);
    Ok(table.with_columns(table.n_rows(), columns)?.into())
}
