//! Columns made of rows of other columns, with the texts that the cells had in their files.

use super::column::{ColumnMeta, StoredColumn};
use super::form::{Form, Raws};
use super::join_keys::NONE;
use super::values::Values;
use super::{Codes, Table};
use crate::model::{EngineError, Kind};
use crate::pace::Pace;
use polars_arrow::bitmap::{Bitmap, BitmapBuilder};
use polars_core::prelude::{PlSmallStr, StringChunkedBuilder};
use std::sync::Arc;

/// The columns of the table at `rows`, in that order. [`NONE`] makes a missing cell.
pub(super) async fn take(table: &Table, rows: &[u32], pace: &Pace) -> Result<Vec<StoredColumn>, EngineError> {
    let n_columns = table.n_columns();
    let mut columns = Vec::with_capacity(n_columns);
    for at in 0..n_columns {
        columns.push(take_column(table, at, rows)?);
        pace.step(columns.len() as f64 / n_columns as f64, "gathering columns").await?;
    }
    Ok(columns)
}

/// One column of the table at `rows`.
pub(super) fn take_column(table: &Table, at: usize, rows: &[u32]) -> Result<StoredColumn, EngineError> {
    let meta = table.meta(at)?;
    let name = table.name_at(at);
    let mut column = gather(name, table.values_at(at)?, meta, rows);
    column.meta.written_name = meta.written_name.clone();
    Ok(column)
}

/// The column's values at `rows`, missing at [`NONE`].
pub(super) fn gather(name: &str, values: Values<'_>, meta: &ColumnMeta, rows: &[u32]) -> StoredColumn {
    let kind = meta.kind;
    let mut stored = match values {
        Values::Integers(slots) => {
            let (values, validity) = pick(rows, |row| slots.get(row));
            StoredColumn::integers(name, kind, values, validity)
        }
        Values::Micros(slots) => {
            let (values, validity) = pick(rows, |row| slots.get(row));
            StoredColumn::micros(name, kind, values, validity)
        }
        Values::Days(slots) => {
            let (values, validity) = pick(rows, |row| slots.get(row));
            StoredColumn::days(name, kind, values, validity)
        }
        Values::Numbers(slots) => {
            let (values, validity) = pick(rows, |row| slots.get(row));
            StoredColumn::numbers(name, kind, values, validity)
        }
        Values::Levels(slots, levels) => {
            let code = |row: &u32| slots.get(*row as usize).unwrap_or(Codes::MISSING);
            StoredColumn::levels(name, kind, rows.iter().map(code).collect(), levels.to_vec())
        }
        Values::Texts(texts) => {
            let mut builder = StringChunkedBuilder::new(PlSmallStr::from(name), rows.len());
            for row in rows {
                builder.append_option(texts.get(*row as usize));
            }
            StoredColumn::texts(kind, builder.finish())
        }
    };
    stored.meta.form = meta.form.clone();
    if !meta.raws.is_empty() {
        let mut raws = Raws::default();
        for (row, new_row) in rows.iter().zip(0u32..) {
            if let Some(raw) = meta.raws.get(*row) {
                raws.push(new_row, raw);
            }
        }
        stored.meta.raws = Arc::new(raws);
    }
    stored
}

fn pick<T: Default>(rows: &[u32], get: impl Fn(usize) -> Option<T>) -> (Vec<T>, Option<Bitmap>) {
    let mut validity = BitmapBuilder::with_capacity(rows.len());
    let values = rows
        .iter()
        .map(|row| {
            let value = if *row == NONE { None } else { get(*row as usize) };
            validity.push(value.is_some());
            value.unwrap_or_default()
        })
        .collect();
    (values, validity.into_opt_validity())
}

/// Cells below each other: a part is a column, or a number of missing cells.
pub(super) enum Part<'a> {
    Cells { values: Values<'a>, meta: &'a ColumnMeta, n_rows: usize },
    Missing(usize),
}

/// One column of the parts' cells; `None` where the parts are stored too differently. Whole numbers and others
/// become numbers, texts and levels levels. A cell is written as in its part.
pub(super) fn stack(name: &str, kind: Kind, parts: &[Part<'_>]) -> Option<StoredColumn> {
    let cells = || {
        parts.iter().filter_map(|part| match part {
            Part::Cells { values, meta, n_rows } => Some((values, *meta, *n_rows)),
            Part::Missing(_) => None,
        })
    };
    let first = cells().next()?;
    let all = |is_so: fn(&Values<'_>) -> bool| cells().all(|(values, _, _)| is_so(values));
    let n_rows = parts.iter().map(Part::n_rows).sum();
    let mut stored = if all(|values| matches!(values, Values::Integers(_))) {
        let (values, validity) = stacked(parts, n_rows, |values, row| match values {
            Values::Integers(slots) => slots.get(row),
            _ => None,
        });
        StoredColumn::integers(name, kind, values, validity)
    } else if all(|values| matches!(values, Values::Integers(_) | Values::Numbers(_))) {
        let (values, validity) = stacked(parts, n_rows, |values, row| match values {
            Values::Integers(slots) => slots.get(row).map(|value| value as f64),
            Values::Numbers(slots) => slots.get(row),
            _ => None,
        });
        StoredColumn::numbers(name, kind, values, validity)
    } else if all(|values| matches!(values, Values::Days(_))) {
        let (values, validity) = stacked(parts, n_rows, |values, row| match values {
            Values::Days(slots) => slots.get(row),
            _ => None,
        });
        StoredColumn::days(name, kind, values, validity)
    } else if all(|values| matches!(values, Values::Micros(_))) {
        let (values, validity) = stacked(parts, n_rows, |values, row| match values {
            Values::Micros(slots) => slots.get(row),
            _ => None,
        });
        StoredColumn::micros(name, kind, values, validity)
    } else if all(|values| matches!(values, Values::Levels(..))) {
        stacked_levels(name, kind, parts, n_rows)
    } else if all(|values| matches!(values, Values::Texts(_) | Values::Levels(..))) {
        stacked_texts(name, kind, parts, n_rows)
    } else {
        return None;
    };
    let form = written_form(first.0, first.1);
    let is_plain =
        cells().all(|(values, meta, _)| meta.raws.is_empty() && written_form(values, meta) == form);
    if !is_plain {
        stored.meta.raws = Arc::new(stacked_raws(parts, &form));
    }
    stored.meta.form = form;
    Some(stored)
}

impl Part<'_> {
    fn n_rows(&self) -> usize {
        match self {
            Self::Cells { n_rows, .. } => *n_rows,
            Self::Missing(n_rows) => *n_rows,
        }
    }
}

/// Whole numbers are written by their form only where it groups digits or has a sign.
fn written_form(values: &Values<'_>, meta: &ColumnMeta) -> Form {
    match (values, &meta.form) {
        (Values::Integers(_), Form::Number(form)) if !form.shapes_integers() => Form::Canonical,
        (_, form) => form.clone(),
    }
}

fn stacked<T: Default>(
    parts: &[Part<'_>],
    n_rows: usize,
    get: impl Fn(&Values<'_>, usize) -> Option<T>,
) -> (Vec<T>, Option<Bitmap>) {
    let mut validity = BitmapBuilder::with_capacity(n_rows);
    let mut whole = Vec::with_capacity(n_rows);
    for part in parts {
        for row in 0..part.n_rows() {
            let value = if let Part::Cells { values, .. } = part { get(values, row) } else { None };
            validity.push(value.is_some());
            whole.push(value.unwrap_or_default());
        }
    }
    (whole, validity.into_opt_validity())
}

fn stacked_levels(name: &str, kind: Kind, parts: &[Part<'_>], n_rows: usize) -> StoredColumn {
    let mut codes = Vec::with_capacity(n_rows);
    let mut all_levels: Vec<String> = Vec::new();
    for part in parts {
        match part {
            Part::Cells { values: Values::Levels(slots, levels), n_rows, .. } => {
                let offset = all_levels.len() as u32;
                let code = |row| slots.get(row).map_or(Codes::MISSING, |code| code + offset);
                codes.extend((0..*n_rows).map(code));
                all_levels.extend(levels.iter().cloned());
            }
            part => codes.resize(codes.len() + part.n_rows(), Codes::MISSING),
        }
    }
    StoredColumn::levels(name, kind, codes, all_levels)
}

fn stacked_texts(name: &str, kind: Kind, parts: &[Part<'_>], n_rows: usize) -> StoredColumn {
    let mut builder = StringChunkedBuilder::new(PlSmallStr::from(name), n_rows);
    for part in parts {
        for row in 0..part.n_rows() {
            builder.append_option(match part {
                Part::Cells { values: Values::Texts(texts), .. } => texts.get(row),
                Part::Cells { values: Values::Levels(slots, levels), .. } => {
                    slots.get(row).and_then(|code| levels.get(code as usize)).map(String::as_str)
                }
                _ => None,
            });
        }
    }
    StoredColumn::texts(kind, builder.finish())
}

/// The texts of cells that `form` would write otherwise.
fn stacked_raws(parts: &[Part<'_>], form: &Form) -> Raws {
    let mut raws = Raws::default();
    let mut start = 0u32;
    let mut text = String::new();
    for part in parts {
        if let Part::Cells { values, meta, n_rows } = part {
            let has_own_form = written_form(values, meta) != *form;
            for row in 0..*n_rows as u32 {
                if let Some(raw) = meta.raws.get(row) {
                    raws.push(start + row, raw);
                } else if has_own_form && !values.is_missing(row as usize) {
                    text.clear();
                    super::export::write_cell(values, meta, row as usize, &mut text);
                    raws.push(start + row, &text);
                }
            }
        }
        start += part.n_rows() as u32;
    }
    raws
}
