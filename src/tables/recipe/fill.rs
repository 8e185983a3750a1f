//! Missing cells filled.

use super::super::column::{ColumnMeta, NewColumn, StoredColumn};
use super::super::filter::text_of;
use super::super::form::{Decimals, Form, NumberForm};
use super::super::gather::{Part, gather, stack};
use super::super::join_keys::NONE;
use super::super::moment::DateOrder;
use super::super::read_moment::{read_duration, read_moment};
use super::super::values::Values;
use super::super::{Codes, ColumnData, Table, profile};
use super::aggregate::{mean, numbers, present};
use super::groups::{Groups, Members};
use super::{Outcome, at_least_one, columns_at, groups, option, with_replaced};
use crate::model::{EngineError, ErrorCode, Fill, FillMissingStep, Kind, Value};
use crate::pace::Pace;

/// Missing cells become copies of other cells, or of values that are put below the column's own; so a filled cell
/// is of its column's sort and is written as it should be.
pub(super) async fn fill_missing(
    table: &Table,
    step: &FillMissingStep,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    at_least_one(&step.columns, "columns")?;
    let places = columns_at(table, &step.columns, "columns")?;
    let by = columns_at(table, &step.by, "by")?;
    if by.iter().any(|at| places.contains(at)) {
        return Err(option("A column cannot be filled within groups of itself.", "by"));
    }
    let groups = groups::of(table, &by, pace).await?;
    let members = groups.members();
    let mut replacements = Vec::new();
    let mut n_cells_changed = 0;
    for (i, at) in places.into_iter().enumerate() {
        let values = table.values_at(at)?;
        let n_missing = values.n_missing();
        let field = format!("columns[{i}]");
        let filled = match &step.with {
            Fill::Constant(value) => {
                let constant = constant(table, at, value)?;
                let source = rows_with(&values, table.n_rows(), |_| table.n_rows() as u32);
                with_values(table, at, constant, &source, 1)?
            }
            Fill::Mean | Fill::Median => {
                let is_mean = step.with == Fill::Mean;
                let made = averages(table, at, is_mean, &members).map_err(|error| error.at_field(&field))?;
                let source = rows_with(&values, table.n_rows(), |row| {
                    table.n_rows() as u32 + groups.ids.get(row).copied().unwrap_or_default()
                });
                with_values(table, at, made, &source, members.n_groups())?
            }
            Fill::Mode => {
                let modes = modes(table, at, &members)?;
                let mode = |row: usize| {
                    groups.ids.get(row).and_then(|id| modes.get(*id as usize)).copied().unwrap_or(NONE)
                };
                copied(table, at, &rows_with(&values, table.n_rows(), mode))?
            }
            Fill::Previous => copied(table, at, &neighbours(&values, &groups, table.n_rows(), false))?,
            Fill::Next => copied(table, at, &neighbours(&values, &groups, table.n_rows(), true))?,
        };
        if n_missing > 0 {
            let new_values = Values::of(&filled.values, &filled.meta.store)?;
            n_cells_changed += (n_missing - new_values.n_missing()) as u64;
            replacements.push((at, filled));
        }
        pace.step(i as f64 / step.columns.len() as f64, "filling missing cells").await?;
    }
    Ok(Outcome { table: with_replaced(table, replacements)?, n_cells_changed, problems: Vec::new() })
}

/// For each row itself, or for a missing one the row that `other` names.
fn rows_with(values: &Values<'_>, n_rows: usize, other: impl Fn(usize) -> u32) -> Vec<u32> {
    let source = |row: usize| {
        if !values.is_missing(row) {
            return row as u32;
        }
        // A cell that stays missing keeps the text it has in its file.
        Some(other(row)).filter(|source| *source != NONE).unwrap_or(row as u32)
    };
    (0..n_rows).map(source).collect()
}

/// The row of the last (or next) cell that is there, within the row's group.
fn neighbours(values: &Values<'_>, groups: &Groups, n_rows: usize, is_next: bool) -> Vec<u32> {
    let mut last = vec![NONE; groups.n_groups];
    let mut source: Vec<u32> = (0..n_rows as u32).collect();
    let mut visit = |row: usize| {
        let Some(last) = groups.ids.get(row).and_then(|id| last.get_mut(*id as usize)) else { return };
        if !values.is_missing(row) {
            *last = row as u32;
        } else if *last != NONE
            && let Some(slot) = source.get_mut(row)
        {
            *slot = *last;
        }
    };
    if is_next {
        (0..n_rows).rev().for_each(&mut visit);
    } else {
        (0..n_rows).for_each(&mut visit);
    }
    source
}

/// A row with the most frequent value of each group; of equally frequent values the first in order.
fn modes(table: &Table, at: usize, members: &Members) -> Result<Vec<u32>, EngineError> {
    let Codes { codes, .. } = Codes::of(table.values_at(at)?, table.meta(at)?.kind);
    let mode = |rows: &[u32]| {
        let coded = rows.iter().filter_map(|row| Some((*codes.get(*row as usize)?, *row)));
        let mut found: Vec<(u32, u32)> = coded.filter(|(code, _)| *code != Codes::MISSING).collect();
        found.sort_unstable();
        let mut best = (0, NONE);
        for run in found.chunk_by(|a, b| a.0 == b.0) {
            if run.len() > best.0 {
                best = (run.len(), run.first().map_or(NONE, |(_, row)| *row));
            }
        }
        best.1
    };
    Ok(members.iter().map(mode).collect())
}

/// Mean or median of each group.
fn averages(table: &Table, at: usize, is_mean: bool, members: &Members) -> Result<StoredColumn, EngineError> {
    let (name, kind) = (table.name_at(at), table.meta(at)?.kind);
    if matches!(table.values_at(at)?, Values::Levels(..)) {
        return Err(table.wrong_kind(name, kind, "numbers").hint("Fill names with their mode."));
    }
    let numbers = numbers(table, name, kind)?;
    let value = |rows: &[u32]| {
        let mut found = present(&numbers, rows);
        if is_mean {
            mean(&found)
        } else {
            found.sort_unstable_by(f64::total_cmp);
            profile::quantile(&found, |x| x, 0.5)
        }
    };
    number_column(members.iter().map(|rows| value(rows).unwrap_or(f64::NAN)).collect())
}

/// Numbers to put below a column: whole ones where all are whole.
pub(super) fn number_column(values: Vec<f64>) -> Result<StoredColumn, EngineError> {
    let is_whole = values.iter().all(|x| x.is_nan() || (x.fract() == 0.0 && x.abs() < 9e15));
    let data = if is_whole {
        ColumnData::Integers(values.iter().map(|x| (!x.is_nan()).then_some(*x as i64)).collect())
    } else {
        ColumnData::Numbers(values)
    };
    StoredColumn::from_new(NewColumn { name: "values".into(), kind: Kind::Continuous, data })
}

/// The column's cells at `source`, where rows beyond its end are those of `made`.
pub(super) fn with_values(
    table: &Table,
    at: usize,
    mut made: StoredColumn,
    source: &[u32],
    n_made: usize,
) -> Result<StoredColumn, EngineError> {
    let (meta, values, n_rows) = (table.meta(at)?, table.values_at(at)?, table.n_rows());
    // Made numbers are written with the marks of the column and with all of their decimals.
    if let Form::Number(form) = &meta.form
        && (matches!(values, Values::Numbers(_)) || form.shapes_integers())
    {
        made.meta.form = Form::Number(NumberForm { decimals: Decimals::Shortest, ..*form });
    } else if let Form::Duration(_) = &meta.form {
        made.meta.form = meta.form.clone();
    }
    let made_values = Values::of(&made.values, &made.meta.store)?;
    let is_fraction = matches!((&values, &made_values), (Values::Integers(_), Values::Numbers(_)));
    let kind = match meta.kind {
        Kind::Count | Kind::Binary | Kind::Ordinal if is_fraction => Kind::Continuous,
        kind => kind,
    };
    let name = table.name_at(at);
    let parts = [
        Part::Cells { values, meta, n_rows },
        Part::Cells { values: made_values, meta: &made.meta, n_rows: n_made },
    ];
    let stacked = stack(name, kind, &parts).ok_or_else(|| table.wrong_kind(name, meta.kind, "numbers"))?;
    let stacked_values = Values::of(&stacked.values, &stacked.meta.store)?;
    // What was made and is missing leaves the cell as it is.
    let row_or_own = |(row, source): (u32, &u32)| {
        if stacked_values.is_missing(*source as usize) { row } else { *source }
    };
    let source: Vec<u32> = (0u32..).zip(source).map(row_or_own).collect();
    Ok(gather(name, stacked_values, &ColumnMeta { kind, ..stacked.meta.clone() }, &source))
}

fn copied(table: &Table, at: usize, source: &[u32]) -> Result<StoredColumn, EngineError> {
    Ok(gather(table.name_at(at), table.values_at(at)?, table.meta(at)?, source))
}

/// The constant as one cell of the column's sort.
fn constant(table: &Table, at: usize, value: &Value) -> Result<StoredColumn, EngineError> {
    let (kind, name) = (table.meta(at)?.kind, table.name_at(at));
    let refused = |expected: &str| {
        let message = format!(
            "Column \"{name}\" is of kind {} and cannot be filled with \"{}\"; {expected} is needed.",
            kind.name(),
            text_of(value)
        );
        EngineError::new(ErrorCode::WrongKind, message).at_column(name).at_field("with.constant")
    };
    let moment = || match value {
        Value::Text(text) => read_moment(text.trim(), DateOrder::Ymd).map(|(moment, _)| moment),
        _ => None,
    };
    let new = |kind, data| StoredColumn::from_new(NewColumn { name: "constant".into(), kind, data });
    match table.values_at(at)? {
        Values::Integers(_) | Values::Numbers(_) => {
            let number = match value {
                Value::Number(number) => Some(*number),
                Value::Bool(value) => Some(f64::from(u8::from(*value))),
                Value::Text(text) if kind == Kind::Duration && text.contains(':') => {
                    read_duration(text.trim()).map(|(seconds, _, _)| seconds)
                }
                Value::Text(text) => text.trim().parse().ok(),
            };
            let number = number.filter(|x| x.is_finite()).ok_or_else(|| refused("a number"))?;
            if kind == Kind::Binary && number != 0.0 && number != 1.0 {
                return Err(refused("0 or 1"));
            }
            number_column(vec![number])
        }
        Values::Days(_) => {
            let moment = moment().filter(|moment| moment.micros_of_day.is_none());
            let moment = moment.ok_or_else(|| refused("a date such as 2024-03-01"))?;
            new(Kind::Date, ColumnData::Dates(vec![Some(moment.days)]))
        }
        Values::Micros(_) => {
            let moment = moment().ok_or_else(|| refused("a date-time such as 2024-03-01 17:00:00"))?;
            Ok(StoredColumn::micros("constant", Kind::DateTime, vec![moment.micros()], None))
        }
        Values::Levels(_, levels) => {
            let text = match value {
                Value::Bool(value) if kind == Kind::Binary => levels.get(usize::from(*value)).cloned(),
                value => Some(text_of(value)),
            };
            let text = text.filter(|text| !text.is_empty()).ok_or_else(|| refused("a text"))?;
            if matches!(kind, Kind::Binary | Kind::Ordinal) && !levels.contains(&text) {
                let known: Vec<&str> = levels.iter().map(String::as_str).collect();
                let mut error = refused("one of its levels");
                error.code = ErrorCode::UnknownLevel;
                return Err(error.hint_nearest(&text, &known, "levels"));
            }
            Ok(StoredColumn::levels("constant", Kind::Nominal, vec![0], vec![text]))
        }
        Values::Texts(_) => {
            let text = Some(text_of(value)).filter(|text| !text.is_empty());
            let text = text.ok_or_else(|| refused("a text"))?;
            new(Kind::Text, ColumnData::Texts(vec![Some(text)]))
        }
    }
}
