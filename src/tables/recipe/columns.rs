//! Steps that choose or name columns.

use super::super::Table;
use super::{Outcome, at_least_one, column_at, columns_at, option};
use crate::model::{ColumnsStep, EngineError, RenameStep};

pub(super) fn select(table: &Table, step: &ColumnsStep) -> Result<Outcome, EngineError> {
    at_least_one(&step.columns, "columns")?;
    let places = columns_at(table, &step.columns, "columns")?;
    let columns = places.into_iter().map(|at| table.stored_at(at)).collect::<Result<_, _>>()?;
    Ok(table.with_columns(table.n_rows(), columns)?.into())
}

pub(super) fn drop_columns(table: &Table, step: &ColumnsStep) -> Result<Outcome, EngineError> {
    at_least_one(&step.columns, "columns")?;
    let dropped = columns_at(table, &step.columns, "columns")?;
    let kept = (0..table.n_columns()).filter(|at| !dropped.contains(at));
    let columns: Vec<_> = kept.map(|at| table.stored_at(at)).collect::<Result<_, _>>()?;
    if columns.is_empty() {
        return Err(option("No column would be left.", "columns"));
    }
    Ok(table.with_columns(table.n_rows(), columns)?.into())
}

pub(super) fn rename(table: &Table, step: &RenameStep) -> Result<Outcome, EngineError> {
    if step.names.is_empty() {
        return Err(option("No column is named.", "names"));
    }
    let mut columns = table.stored()?;
    for (old, new) in &step.names {
        let field = format!("names.{old}");
        let at = column_at(table, old, &field)?;
        if new.trim().is_empty() {
            return Err(option(format!("The new name of column \"{old}\" is empty."), field).at_column(old));
        }
        if old != new
            && let Some(slot) = columns.get_mut(at)
        {
            *slot = slot.clone().renamed(new);
        }
    }
    for (i, column) in columns.iter().enumerate() {
        let name = column.name();
        if columns.iter().take(i).any(|other| other.name() == name) {
            let old = step.names.iter().find(|(_, new)| *new == name).map_or(name, |(old, _)| old);
            let message = format!("Two columns would be named \"{name}\".");
            return Err(option(message, format!("names.{old}")).at_column(name));
        }
    }
    Ok(table.with_columns(table.n_rows(), columns)?.into())
}
