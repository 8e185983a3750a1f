//! Recipes: cleaning steps, one after the other, each a function of a table to a new one.

mod aggregate;
mod cast;
mod columns;
mod combine;
mod derive;
mod fill;
mod group;
mod groups;
mod limits;
mod pivot;
mod recode;
mod rows;
mod sample;

use super::Table;
use crate::model::{
    EngineError, ErrorCode, Recipe, RecipeReport, Step, StepProblem, StepReport, TableOrigin,
};
use crate::pace::{Pace, apart};

/// Rows between two steps of the pace.
const SLICE_ROWS: usize = 16_384;

/// What a step made of a table.
struct Outcome {
    table: Table,
    n_cells_changed: u64,
    problems: Vec<StepProblem>,
}

impl From<Table> for Outcome {
    fn from(table: Table) -> Self {
        Self { table, n_cells_changed: 0, problems: Vec::new() }
    }
}

/// Finds another table of the session by its name, or answers with the error `unknown_table`.
type Others<'a> = dyn Fn(&str) -> Result<&'a Table, EngineError> + 'a;

/// Applies the steps that are switched on to `source`, which stays as it is. The new table has the name
/// `recipe.into`. The error of a step names it in its message, and its place in `at.field`:
/// "steps\[2\].column".
pub async fn run_recipe<'a>(
    recipe: &Recipe,
    source: &Table,
    others: &Others<'a>,
    pace: &Pace,
) -> Result<(Table, RecipeReport), EngineError> {
    let started_ms = pace.now_ms();
    let n_steps = recipe.steps.len() as f64;
    let mut table = source.clone();
    let mut steps = Vec::with_capacity(recipe.steps.len());
    for (i, planned) in recipe.steps.iter().enumerate() {
        let pace = pace.part(i as f64 / n_steps, (i as f64 + 1.0) / n_steps);
        let step_started_ms = pace.now_ms();
        let outcome = if planned.enabled {
            let stage = format!("step {}: {}", i + 1, planned.step.name());
            pace.step(0.0, &stage).await?;
            Box::pin(apply(&planned.step, &table, others, &pace))
                .await
                .map_err(|error| placed(error, i, &planned.step))?
        } else {
            Outcome::from(table.clone())
        };
        let (before, after) = (table.column_names(), outcome.table.column_names());
        let missing_from = |names: &[&str], known: &[&str]| {
            names.iter().filter(|name| !known.contains(*name)).map(|name| (*name).to_owned()).collect()
        };
        steps.push(StepReport {
            step: planned.step.name().into(),
            enabled: planned.enabled,
            n_rows_before: table.n_rows() as u64,
            n_rows_after: outcome.table.n_rows() as u64,
            columns_added: missing_from(&after, &before),
            columns_removed: missing_from(&before, &after),
            n_cells_changed: outcome.n_cells_changed,
            duration_ms: pace.now_ms() - step_started_ms,
            problems: outcome.problems,
        });
        table = outcome.table;
    }
    let origin = TableOrigin::Recipe { table: source.name().to_owned() };
    let table = table.renamed(&recipe.into, origin)?;
    let report = RecipeReport {
        n_rows_before: source.n_rows() as u64,
        n_rows_after: table.n_rows() as u64,
        columns: table.info().columns,
        steps,
        duration_ms: pace.now_ms() - started_ms,
    };
    Ok((table, report))
}

async fn apply<'a>(
    step: &Step,
    table: &Table,
    others: &Others<'a>,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    match step {
        Step::Filter(step) => apart(rows::filter(table, step, pace)).await,
        Step::DropDuplicates(step) => apart(rows::drop_duplicates(table, step, pace)).await,
        Step::DropMissing(step) => apart(rows::drop_missing(table, step, pace)).await,
        Step::FillMissing(step) => apart(fill::fill_missing(table, step, pace)).await,
        Step::Cap(step) => apart(limits::cap(table, step, pace)).await,
        Step::RemoveOutliers(step) => apart(limits::remove_outliers(table, step, pace)).await,
        Step::Cast(step) => apart(cast::cast(table, step, pace)).await,
        Step::Rename(step) => columns::rename(table, step),
        Step::Recode(step) => apart(recode::recode(table, step, pace)).await,
        Step::Split(step) => apart(recode::split(table, step, pace)).await,
        Step::Derive(step) => apart(derive::derive(table, step, pace)).await,
        Step::Group(step) => apart(group::group(table, step, pace)).await,
        Step::Pivot(step) => apart(pivot::pivot(table, step, pace)).await,
        Step::Unpivot(step) => apart(pivot::unpivot(table, step, pace)).await,
        Step::Join(step) => apart(combine::join_table(table, step, others, pace)).await,
        Step::Concatenate(step) => apart(combine::concatenate(table, step, others, pace)).await,
        Step::Sort(step) => apart(rows::sort(table, step, pace)).await,
        Step::Sample(step) => apart(sample::sample(table, step, pace)).await,
        Step::Select(step) => columns::select(table, step),
        Step::DropColumns(step) => columns::drop_columns(table, step),
    }
}

/// Says in the error which step it is of.
fn placed(mut error: EngineError, i: usize, step: &Step) -> EngineError {
    if error.code == ErrorCode::Cancelled {
        return error;
    }
    error.message = format!("Step {}, {}: {}", i + 1, step.name(), error.message);
    let field = match error.at.field.take() {
        Some(field) => format!("steps[{i}].{field}"),
        None => format!("steps[{i}]"),
    };
    error.at_field(field)
}

/// The place of a column that the field `field` names.
fn column_at(table: &Table, column: &str, field: impl Into<String>) -> Result<usize, EngineError> {
    table.index_of(column).map_err(|error| error.at_field(field))
}

/// The places of the columns that a list names; none of them twice.
fn columns_at(table: &Table, columns: &[String], field: &str) -> Result<Vec<usize>, EngineError> {
    let mut places = Vec::with_capacity(columns.len());
    for (i, column) in columns.iter().enumerate() {
        let at = column_at(table, column, format!("{field}[{i}]"))?;
        if places.contains(&at) {
            let message = format!("Column \"{column}\" is named twice.");
            return Err(option(message, format!("{field}[{i}]")).at_column(column));
        }
        places.push(at);
    }
    Ok(places)
}

fn at_least_one(columns: &[String], field: &str) -> Result<(), EngineError> {
    if columns.is_empty() { Err(option("No column is named.", field)) } else { Ok(()) }
}

/// The error for a name of a new column that is empty or taken.
fn check_new_name(name: &str, taken: &[&str], field: impl Into<String>) -> Result<(), EngineError> {
    if name.trim().is_empty() {
        return Err(option("A new column needs a name; this one is empty.", field));
    }
    if taken.contains(&name) {
        let message = format!("There would be two columns named \"{name}\".");
        return Err(option(message, field)
            .at_column(name)
            .hint("Choose another name, or rename the other column first."));
    }
    Ok(())
}

/// An option outside its range.
fn option(message: impl Into<String>, field: impl Into<String>) -> EngineError {
    EngineError::new(ErrorCode::BadOption, message).at_field(field)
}

/// The table with the columns at some places replaced.
fn with_replaced(
    table: &Table,
    replacements: Vec<(usize, super::column::StoredColumn)>,
) -> Result<Table, EngineError> {
    let mut columns = table.stored()?;
    for (at, mut column) in replacements {
        if let Some(slot) = columns.get_mut(at) {
            column.meta.written_name = slot.meta.written_name.take();
            *slot = column;
        }
    }
    table.with_columns(table.n_rows(), columns)
}

/// Cells that read differently in the same column of two tables of as many rows.
async fn n_different(before: &Table, after: &Table, at: usize, pace: &Pace) -> Result<u64, EngineError> {
    let (old, old_kind) = (before.values_at(at)?, before.meta(at)?.kind);
    let (new, new_kind) = (after.values_at(at)?, after.meta(at)?.kind);
    let (mut a, mut b) = (String::new(), String::new());
    let n_rows = before.n_rows();
    let mut n = 0;
    for row in 0..n_rows {
        if row % SLICE_ROWS == 0 {
            pace.step(0.9, "comparing cells").await?;
        }
        a.clear();
        b.clear();
        let (has_a, has_b) =
            (old.write_display(row, old_kind, &mut a), new.write_display(row, new_kind, &mut b));
        n += u64::from(has_a != has_b || a != b);
    }
    Ok(n)
}
