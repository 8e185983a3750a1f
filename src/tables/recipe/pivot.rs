//! Rows to columns, and columns to rows.

use super::super::column::StoredColumn;
use super::super::gather::{self, Part, stack};
use super::super::{Codes, Table};
use super::aggregate::Plan;
use super::groups::Members;
use super::{Outcome, at_least_one, check_new_name, column_at, columns_at, groups, option};
use crate::format;
use crate::model::{EngineError, ErrorCode, Kind, PivotStep, StepProblem, UnpivotStep};
use crate::pace::Pace;

const MAX_COLUMNS: usize = 500;
/// More cells are a mistake more often than not, and would not fit into a page.
const MAX_CELLS: usize = 50_000_000;

pub(super) async fn pivot(table: &Table, step: &PivotStep, pace: &Pace) -> Result<Outcome, EngineError> {
    at_least_one(&step.by, "by")?;
    let by = columns_at(table, &step.by, "by")?;
    let names_at = column_at(table, &step.names_from, "names_from")?;
    if by.contains(&names_at) {
        let message = format!("Column \"{}\" cannot name rows and columns.", step.names_from);
        return Err(option(message, "names_from").at_column(&step.names_from));
    }
    let plan = Plan::new(table, step.function, step.values_from.as_deref(), step.q, "", "values_from")?;
    let Codes { codes, levels } = Codes::of(table.values_at(names_at)?, table.meta(names_at)?.kind);
    if levels.len() > MAX_COLUMNS {
        let message = format!(
            "Column \"{}\" has {} different values; at most {MAX_COLUMNS} columns are made.",
            step.names_from,
            format::count(levels.len() as u64)
        );
        return Err(EngineError::new(ErrorCode::TooLarge, message)
            .at_column(&step.names_from)
            .at_field("names_from")
            .hint("Recode rare values into one, or group by the column instead."));
    }
    let groups = groups::of(table, &by, pace).await?;
    if groups.n_groups * levels.len() > MAX_CELLS {
        let message = format!(
            "The table would have {} rows and {} new columns.",
            format::count(groups.n_groups as u64),
            levels.len()
        );
        return Err(EngineError::new(ErrorCode::TooLarge, message).at_field("by"));
    }
    let names: Vec<String> = levels.iter().map(|level| format!("{}{level}", step.prefix)).collect();
    for name in &names {
        let taken: Vec<&str> = step.by.iter().map(String::as_str).collect();
        check_new_name(name, &taken, "names_from").map_err(|error| {
            error.hint("Write a prefix, which stands before the names of the new columns.")
        })?;
    }
    let of_rows = groups.members();
    let first_rows: Vec<u32> = of_rows.iter().filter_map(|rows| rows.first().copied()).collect();
    let mut columns: Vec<StoredColumn> =
        by.iter().map(|at| gather::take_column(table, *at, &first_rows)).collect::<Result<_, _>>()?;
    let of_names = Members::of(
        levels.len(),
        (0u32..).zip(codes.iter().copied()).filter(|(_, code)| *code != Codes::MISSING),
    );
    for (i, name) in names.iter().enumerate() {
        let group = |row: &u32| (*row, groups.ids.get(*row as usize).copied().unwrap_or_default());
        let members = Members::of(groups.n_groups, of_names.rows(i).iter().map(group));
        columns.push(plan.column(name, &members)?);
        pace.step(0.3 + 0.7 * i as f64 / names.len() as f64, "computing columns").await?;
    }
    let n_unnamed = codes.iter().filter(|code| **code == Codes::MISSING).count() as u64;
    let mut outcome = Outcome::from(table.with_columns(groups.n_groups, columns)?);
    if n_unnamed > 0 {
        outcome.problems.push(StepProblem {
            column: Some(step.names_from.clone()),
            message: format!(
                "{} without a value of \"{}\" went into no column.",
                format::plural(n_unnamed, "row", "rows"),
                step.names_from
            ),
            n: n_unnamed,
            examples: Vec::new(),
        });
    }
    Ok(outcome)
}

pub(super) async fn unpivot(table: &Table, step: &UnpivotStep, pace: &Pace) -> Result<Outcome, EngineError> {
    at_least_one(&step.columns, "columns")?;
    let places = columns_at(table, &step.columns, "columns")?;
    let kept: Vec<usize> = (0..table.n_columns()).filter(|at| !places.contains(at)).collect();
    let mut taken: Vec<&str> = kept.iter().map(|at| table.name_at(*at)).collect();
    check_new_name(&step.names_to, &taken, "names_to")?;
    taken.push(&step.names_to);
    check_new_name(&step.values_to, &taken, "values_to")?;
    let (n_rows, n_wide) = (table.n_rows(), places.len());
    if n_rows.saturating_mul(n_wide) > MAX_CELLS {
        let message = format!("The table would have {} rows.", format::count(n_rows as u64 * n_wide as u64));
        return Err(EngineError::new(ErrorCode::TooLarge, message).at_field("columns"));
    }
    let kind = common_kind(table, &places)?;
    let mut parts = Vec::with_capacity(n_wide);
    for at in &places {
        parts.push(Part::Cells { values: table.values_at(*at)?, meta: table.meta(*at)?, n_rows });
    }
    let stacked = stack(&step.values_to, kind, &parts).ok_or_else(|| {
        let message = "The columns hold values of different sorts.";
        EngineError::new(ErrorCode::WrongKind, message)
            .at_field("columns")
            .hint("Cast the columns to one kind first.")
    })?;
    pace.step(0.3, "stacking columns").await?;
    // The values stand column below column; a row's values are to stand together.
    let order: Vec<u32> =
        (0..n_rows).flat_map(|row| (0..n_wide).map(move |i| (i * n_rows + row) as u32)).collect();
    let stacked = table.with_columns(n_rows * n_wide, vec![stacked])?;
    let values = gather::take_column(&stacked, 0, &order)?;
    pace.step(0.6, "stacking columns").await?;
    let codes = (0..n_rows).flat_map(|_| 0..n_wide as u32).collect();
    let names = StoredColumn::levels(&step.names_to, Kind::Nominal, codes, step.columns.clone());
    let repeated: Vec<u32> = (0..n_rows as u32).flat_map(|row| std::iter::repeat_n(row, n_wide)).collect();
    let mut columns = Vec::with_capacity(kept.len() + 2);
    for at in kept {
        columns.push(gather::take_column(table, at, &repeated)?);
        pace.step(0.8, "repeating rows").await?;
    }
    columns.push(names);
    columns.push(values);
    Ok(table.with_columns(n_rows * n_wide, columns)?.into())
}

/// The kind of all of the columns. Counts and yes and no in numbers go together with other numbers.
fn common_kind(table: &Table, places: &[usize]) -> Result<Kind, EngineError> {
    let mut common: Option<(Kind, usize)> = None;
    for at in places {
        let kind = table.meta(*at)?.kind;
        common = Some(match common {
            None => (kind, *at),
            Some((known, first)) if known == kind => (known, first),
            Some((known, first)) if is_number(known) && is_number(kind) => (Kind::Continuous, first),
            Some((known, first)) => {
                let (name, first_name) = (table.name_at(*at), table.name_at(first));
                let message = format!(
                    "Column \"{name}\" is of kind {}, column \"{first_name}\" of kind {}.",
                    kind.name(),
                    known.name()
                );
                return Err(EngineError::new(ErrorCode::WrongKind, message)
                    .at_column(name)
                    .at_field("columns")
                    .hint("Cast the columns to one kind first."));
            }
        });
    }
    Ok(common.map_or(Kind::Text, |(kind, _)| kind))
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Continuous | Kind::Count)
}
