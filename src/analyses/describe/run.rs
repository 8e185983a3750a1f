//! Runs the description: rows sorted by group once, then every column read group by group.

use super::groups::Groups;
use super::result::{CategorySummary, DescribeGroup, DescribeResult, LevelShare, NumberSummary};
use super::spec::DescribeSpec;
use super::words;
use crate::analyses::{Interval, rows};
use crate::format;
use crate::model::{ColumnInfo, EngineError, ErrorCode, Kind};
use crate::pace::Pace;
use crate::stats::mean_test::{MeanArm, mean_interval};
use crate::stats::{Moments, quantile};
use crate::tables::{Codes, Table};

/// The most grouping columns.
const MAX_BY: usize = 3;
/// The most groups in a result.
pub(super) const MAX_GROUPS: usize = 1_000;
/// The most levels of a column listed for a group.
const MAX_LEVELS: usize = 50;
/// Of the mean's interval: 95 %.
const ALPHA: f64 = 0.05;

/// Describes every column in every group. Cost: a sort of the rows by group in linear time, then a few passes over
/// each column, whatever the number of groups.
///
/// Numeric columns, and binary ones that hold 0/1 or true/false, give a [`NumberSummary`]; all others a [`CategorySummary`].
///
/// # Errors
/// `unknown_column`, `bad_option` for more than three grouping columns or a repeated one, `not_enough_data` where no row is
/// left or the table has no column that can be described.
pub async fn run(table: &Table, spec: &DescribeSpec, pace: &Pace) -> Result<DescribeResult, EngineError> {
    let stage = "describing columns";
    let columns = columns(table, spec)?;
    check_by(table, spec)?;
    let (rows, mut ledger) = rows::filtered(table, &spec.filter)?;
    let mut by = Vec::with_capacity(spec.by.len());
    for (i, column) in spec.by.iter().enumerate() {
        by.push(table.codes(column).map_err(|error| error.at_field(format!("by[{i}]")))?);
        pace.step(0.05, stage).await?;
    }
    let groups = Groups::new(rows, &by, MAX_GROUPS);
    drop(by);
    if groups.n_left_out > 0 {
        let what = format!("are in the first {} groups", format::count(MAX_GROUPS as u64));
        ledger.push(rows::step(what, groups.rows.len()));
    }
    pace.step(0.1, stage).await?;

    let mut described: Vec<DescribeGroup> = groups
        .levels
        .iter()
        .zip(groups.ranges())
        .map(|(levels, range)| DescribeGroup {
            levels: levels.clone(),
            n_rows: range.len() as u64,
            numbers: Vec::new(),
            categories: Vec::new(),
        })
        .collect();
    for (i, column) in columns.iter().enumerate() {
        let part = pace.part(
            0.1 + 0.9 * i as f64 / columns.len() as f64,
            0.1 + 0.9 * (i + 1) as f64 / columns.len() as f64,
        );
        if column.is_number {
            describe_numbers(table, &column.name, &groups, &mut described, &part).await?;
        } else {
            describe_categories(table, &column.name, &groups, &mut described, &part).await?;
        }
    }
    let names = columns.into_iter().map(|column| column.name).collect();
    let mut result = DescribeResult {
        spec: DescribeSpec { columns: names, ..spec.clone() },
        revision: table.revision(),
        sentence: String::new(),
        ledger,
        warnings: Vec::new(),
        groups: described,
    };
    result.warnings = words::warnings(&result, groups.n_left_out as u64);
    result.sentence = words::sentence(&result);
    Ok(result)
}

struct Described {
    name: String,
    is_number: bool,
}

/// The columns asked for, or every one that a summary says something about.
fn columns(table: &Table, spec: &DescribeSpec) -> Result<Vec<Described>, EngineError> {
    rows::refuse_repeated(table, &spec.columns, "columns")?;
    let info = table.info();
    if spec.columns.is_empty() {
        let is_described = |column: &&ColumnInfo| {
            (column.kind.is_numeric() || column.kind.is_grouping()) && !spec.by.contains(&column.name)
        };
        let columns: Vec<Described> = info
            .columns
            .iter()
            .filter(is_described)
            .map(|column| Described { name: column.name.clone(), is_number: is_number(column) })
            .collect();
        if columns.is_empty() {
            let message =
                format!("Table \"{}\" has no column to describe besides ids, times and text.", table.name());
            let error = EngineError::new(ErrorCode::NotEnoughData, message)
                .at_table(table.name())
                .at_field("columns");
            return Err(error.hint("Name the columns to describe."));
        }
        return Ok(columns);
    }
    let mut columns = Vec::with_capacity(spec.columns.len());
    for (i, name) in spec.columns.iter().enumerate() {
        table.kind(name).map_err(|error| error.at_field(format!("columns[{i}]")))?;
        let is_number = info.columns.iter().find(|column| column.name == *name).is_some_and(is_number);
        columns.push(Described { name: name.clone(), is_number });
    }
    Ok(columns)
}

/// Its mean says something: a measure, or 0 and 1. A "yes" is not a number.
fn is_number(column: &ColumnInfo) -> bool {
    let is_zero_or_one = |level: &String| matches!(level.as_str(), "0" | "1" | "false" | "true");
    match column.kind {
        Kind::Binary => column.levels.iter().all(is_zero_or_one),
        kind => kind.is_numeric(),
    }
}

fn check_by(table: &Table, spec: &DescribeSpec) -> Result<(), EngineError> {
    rows::refuse_repeated(table, &spec.by, "by")?;
    if spec.by.len() > MAX_BY {
        let message = format!("There are {} grouping columns; there can be at most {MAX_BY}.", spec.by.len());
        let error = EngineError::new(ErrorCode::BadOption, message).at_table(table.name());
        return Err(error.at_field("by").hint("Group by fewer columns, or filter to one level."));
    }
    for (i, column) in spec.by.iter().enumerate() {
        table.kind(column).map_err(|error| error.at_field(format!("by[{i}]")))?;
    }
    Ok(())
}

async fn describe_numbers(
    table: &Table,
    column: &str,
    groups: &Groups,
    described: &mut [DescribeGroup],
    pace: &Pace,
) -> Result<(), EngineError> {
    // The copy in the order of the groups is the only one kept while it is summarised.
    let mut values = rows::pick(&table.numbers(column)?, &groups.rows);
    pace.step(0.3, column).await?;
    for (range, group) in groups.ranges().zip(described) {
        let done = range.end as f64 / groups.rows.len().max(1) as f64;
        group.numbers.push(number_summary(column, values.get_mut(range).unwrap_or_default()));
        pace.step(0.3 + 0.7 * done, column).await?;
    }
    Ok(())
}

/// Summary of the values, which are reordered. NaN is missing.
fn number_summary(column: &str, values: &mut [f64]) -> NumberSummary {
    let moments = Moments::new(values);
    let interval = MeanArm::from_moments(&moments).and_then(|arm| mean_interval(&arm, ALPHA)).ok();
    let present = missing_last(values);
    let quartiles = quantile::by_selection(present, [0.25, 0.5, 0.75]);
    let finite = |x: f64| x.is_finite().then_some(x);
    NumberSummary {
        column: column.into(),
        n: moments.n,
        n_missing: moments.n_missing,
        // JSON has no infinity: a sum that overflows stays at the largest number.
        sum: moments.sum.clamp(f64::MIN, f64::MAX),
        mean: moments.mean(),
        mean_interval: interval.map(|bounds| Interval::new(bounds.low, bounds.high)),
        sd: moments.sd(),
        min: finite(moments.min),
        q1: quartiles.and_then(|q| finite(q[0])),
        median: quartiles.and_then(|q| finite(q[1])),
        q3: quartiles.and_then(|q| finite(q[2])),
        max: finite(moments.max),
        skewness: moments.skewness(),
        kurtosis: moments.kurtosis(),
    }
}

/// Moves NaN to the end and returns what stands before it.
fn missing_last(values: &mut [f64]) -> &mut [f64] {
    let mut n = 0;
    for i in 0..values.len() {
        if !values[i].is_nan() {
            values.swap(i, n);
            n += 1;
        }
    }
    &mut values[..n]
}

async fn describe_categories(
    table: &Table,
    column: &str,
    groups: &Groups,
    described: &mut [DescribeGroup],
    pace: &Pace,
) -> Result<(), EngineError> {
    let Codes { codes, levels } = table.codes(column)?;
    pace.step(0.4, column).await?;
    // One counter a level for all groups: only those that a group touched are read and reset.
    let mut counts = vec![0_u64; levels.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (range, group) in groups.ranges().zip(described) {
        let done = range.end as f64 / groups.rows.len().max(1) as f64;
        let rows = groups.rows.get(range).unwrap_or_default();
        for row in rows {
            let code = codes.get(*row as usize).copied().unwrap_or(Codes::MISSING);
            if let Some(count) = counts.get_mut(code as usize) {
                if *count == 0 {
                    touched.push(code);
                }
                *count += 1;
            }
        }
        group.categories.push(category_summary(
            column,
            rows.len() as u64,
            &levels,
            &mut counts,
            &mut touched,
        ));
        pace.step(0.4 + 0.6 * done, column).await?;
    }
    Ok(())
}

/// Summary of the counts, which are reset.
fn category_summary(
    column: &str,
    n_rows: u64,
    levels: &[String],
    counts: &mut [u64],
    touched: &mut Vec<u32>,
) -> CategorySummary {
    let n: u64 = touched.iter().map(|code| counts[*code as usize]).sum();
    let n_levels = touched.len() as u64;
    // Most frequent first; equal ones in natural order.
    let order = |code: &u32| (std::cmp::Reverse(counts[*code as usize]), *code);
    if touched.len() > MAX_LEVELS {
        touched.select_nth_unstable_by_key(MAX_LEVELS, order);
    }
    let shown = touched.len().min(MAX_LEVELS);
    touched[..shown].sort_unstable_by_key(order);
    let shares = touched[..shown]
        .iter()
        .map(|code| {
            let of_level = counts[*code as usize];
            LevelShare {
                level: levels[*code as usize].clone(),
                n: of_level,
                share: of_level as f64 / n as f64,
            }
        })
        .collect();
    for code in touched.drain(..) {
        counts[code as usize] = 0;
    }
    CategorySummary { column: column.into(), n, n_missing: n_rows - n, n_levels, levels: shares }
}
