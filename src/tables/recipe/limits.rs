//! Outliers: capped, or dropped with their rows.

use super::super::Table;
use super::super::profile::quantile;
use super::super::values::Values;
use super::aggregate::numbers;
use super::fill::{number_column, with_values};
use super::{Outcome, at_least_one, columns_at, option, rows, with_replaced};
use crate::format;
use crate::model::{EngineError, Limits, LimitsStep, StepProblem};
use crate::pace::Pace;

/// Makes the median absolute deviation of normal values their standard deviation: 1 / quantile 0.75 of the normal
/// distribution.
const MAD_SCALE: f64 = 1.482_602_218_505_602;

pub(super) async fn cap(table: &Table, step: &LimitsStep, pace: &Pace) -> Result<Outcome, EngineError> {
    let mut replacements = Vec::new();
    let mut outcome = Outcome::from(table.clone());
    for (at, numbers) in columns(table, step)? {
        let name = table.name_at(at);
        pace.step(0.3, "finding limits").await?;
        let Some((low, high)) = limits(&numbers, step.limits, name, &mut outcome.problems) else { continue };
        let n_rows = table.n_rows() as u32;
        let mut n_changed = 0;
        let source: Vec<u32> = (0u32..)
            .zip(&numbers)
            .map(|(row, x)| {
                let source = match *x {
                    x if x < low => n_rows,
                    x if x > high => n_rows + 1,
                    _ => row,
                };
                n_changed += u64::from(source != row);
                source
            })
            .collect();
        if n_changed > 0 {
            let column = with_values(table, at, number_column(vec![low, high])?, &source, 2)?;
            replacements.push((at, column));
            outcome.n_cells_changed += n_changed;
        }
        pace.step(0.6, "capping values").await?;
    }
    Ok(Outcome { table: with_replaced(table, replacements)?, ..outcome })
}

pub(super) async fn remove_outliers(
    table: &Table,
    step: &LimitsStep,
    pace: &Pace,
) -> Result<Outcome, EngineError> {
    let mut problems = Vec::new();
    let mut is_kept = vec![true; table.n_rows()];
    // The limits of every column are those of all rows, whatever another column drops.
    for (at, numbers) in columns(table, step)? {
        pace.step(0.3, "finding limits").await?;
        let name = table.name_at(at);
        let Some((low, high)) = limits(&numbers, step.limits, name, &mut problems) else { continue };
        for (kept, x) in is_kept.iter_mut().zip(&numbers) {
            // A missing value is no outlier.
            *kept = *kept && (x.is_nan() || (low..=high).contains(x));
        }
    }
    let kept: Vec<u32> = (0..).zip(&is_kept).filter(|(_, kept)| **kept).map(|(row, _)| row).collect();
    Ok(Outcome { problems, ..rows::kept(table, &kept, pace).await? })
}

/// The named columns with their numbers, once the options are checked.
fn columns(table: &Table, step: &LimitsStep) -> Result<Vec<(usize, Vec<f64>)>, EngineError> {
    at_least_one(&step.columns, "columns")?;
    match step.limits {
        Limits::Percentile { low, high } => {
            if !(0.0..=100.0).contains(&low) || !(0.0..=100.0).contains(&high) || low >= high {
                let message = format!("Percentiles must rise within 0 to 100; they are {low} and {high}.");
                return Err(option(message, "limits"));
            }
        }
        Limits::Iqr { factor } | Limits::Mad { factor } => {
            if !factor.is_finite() || factor < 0.0 {
                return Err(option(
                    format!("The factor must be 0 or more; it is {factor}."),
                    "limits.factor",
                ));
            }
        }
    }
    let mut columns = Vec::with_capacity(step.columns.len());
    for (i, at) in columns_at(table, &step.columns, "columns")?.into_iter().enumerate() {
        let (name, kind) = (table.name_at(at), table.meta(at)?.kind);
        let field = format!("columns[{i}]");
        if matches!(table.values_at(at)?, Values::Levels(..)) {
            return Err(table.wrong_kind(name, kind, "numbers").at_field(field));
        }
        columns.push((at, numbers(table, name, kind).map_err(|error| error.at_field(field))?));
    }
    Ok(columns)
}

/// The lower and the upper limit; a problem where there are no values.
fn limits(
    numbers: &[f64],
    limits: Limits,
    name: &str,
    problems: &mut Vec<StepProblem>,
) -> Option<(f64, f64)> {
    let mut problem = |message: String| {
        problems.push(StepProblem { column: Some(name.into()), message, n: 0, examples: Vec::new() });
    };
    let mut values: Vec<f64> = numbers.iter().copied().filter(|x| !x.is_nan()).collect();
    values.sort_unstable_by(f64::total_cmp);
    let at = |p: f64| quantile(&values, |x| x, p);
    let Some(median) = at(0.5) else {
        problem(format!("Column \"{name}\" has no values, so no limits."));
        return None;
    };
    let (low, high) = match limits {
        Limits::Percentile { low, high } => (at(low / 100.0)?, at(high / 100.0)?),
        Limits::Iqr { factor } => {
            let (q1, q3) = (at(0.25)?, at(0.75)?);
            (q1 - factor * (q3 - q1), q3 + factor * (q3 - q1))
        }
        Limits::Mad { factor } => {
            let mut deviations: Vec<f64> = values.iter().map(|x| (x - median).abs()).collect();
            deviations.sort_unstable_by(f64::total_cmp);
            let mad = MAD_SCALE * quantile(&deviations, |x| x, 0.5)?;
            if mad == 0.0 {
                problem(format!(
                    "At least half of the values of \"{name}\" are {}: the median absolute deviation is 0 and gives no limits.",
                    format::number(median, 6)
                ));
                return None;
            }
            (median - factor * mad, median + factor * mad)
        }
    };
    (low.is_finite() && high.is_finite()).then_some((low, high))
}
