//! A description in words: one plain sentence, and what to be careful about.

use super::result::{DescribeGroup, DescribeResult, NumberSummary};
use super::run::MAX_GROUPS;
use crate::analyses::rows::warning;
use crate::analyses::{Severity, Warning};
use crate::format;

/// Share of missing values worth a word.
const MUCH_MISSING: f64 = 0.05;
/// A group with fewer rows says little.
const FEW_ROWS: u64 = 5;

/// What was found, in one sentence about the first column.
pub(super) fn sentence(result: &DescribeResult) -> String {
    let table = &result.spec.table;
    match (result.groups.as_slice(), result.spec.columns.first()) {
        ([group], Some(_)) if result.spec.by.is_empty() => overall(table, group),
        (groups, Some(column)) => by_group(result, groups, column),
        _ => String::new(),
    }
}

fn overall(table: &str, group: &DescribeGroup) -> String {
    let rows = format::plural(group.n_rows, "row", "rows");
    if let Some(summary) = group.numbers.first() {
        return match (summary.mean, summary.q1, summary.q3) {
            (Some(mean), Some(q1), Some(q3)) => format!(
                "In {rows} of {table}, {} is {} on average; the middle half of the values lies between {} and {}.",
                summary.column,
                number(mean),
                number(q1),
                number(q3)
            ),
            _ => format!("In {rows} of {table}, {} has no values.", summary.column),
        };
    }
    match group.categories.first().and_then(|summary| Some((summary, summary.levels.first()?))) {
        Some((summary, level)) => format!(
            "In {rows} of {table}, the most frequent {} is {} ({} of {} with a value).",
            summary.column,
            level.level,
            format::percent(level.share, 1),
            format::plural(summary.n, "row", "rows")
        ),
        None => format!("{rows} of {table}, without values."),
    }
}

fn by_group(result: &DescribeResult, groups: &[DescribeGroup], column: &str) -> String {
    let by = result.spec.by.join(" and ");
    let n_groups = format::plural(groups.len() as u64, "group", "groups");
    let mut means: Vec<(f64, &DescribeGroup)> =
        groups.iter().filter_map(|group| Some((first_number(group)?.mean?, group))).collect();
    means.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some((low, lowest)), Some((high, highest))) = (means.first(), means.last()) else {
        return format!(
            "{column} described in {n_groups} by {by}; differences between groups are not tested."
        );
    };
    let name = first_number(lowest).map_or(column, |summary| summary.column.as_str());
    if means.len() < 2 {
        return format!("Mean {name} is {} in {}, the only group by {by}.", number(*low), label(lowest));
    }
    format!(
        "Of {n_groups} by {by}, mean {name} is highest in {} ({}) and lowest in {} ({}); differences between groups are not tested.",
        label(highest),
        number(*high),
        label(lowest),
        number(*low)
    )
}

fn first_number(group: &DescribeGroup) -> Option<&NumberSummary> {
    group.numbers.first()
}

fn label(group: &DescribeGroup) -> String {
    group.levels.join(" / ")
}

fn number(x: f64) -> String {
    format::trim_zeros(&format::number(x, 4))
}

/// In order of weight: what asks for caution, then notes.
pub(super) fn warnings(result: &DescribeResult, n_left_out: u64) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if n_left_out > 0 {
        let message = format!(
            "There are {} groups; the first {} are shown. Group by a column with fewer values, or filter.",
            format::count(n_left_out + MAX_GROUPS as u64),
            format::count(MAX_GROUPS as u64)
        );
        warnings.push(warning("too_many_groups", Severity::Caution, None, message));
    }
    let n_small = result.groups.iter().filter(|group| group.n_rows < FEW_ROWS).count() as u64;
    if n_small > 0 && !result.spec.by.is_empty() {
        let message = format!(
            "{} fewer than {FEW_ROWS} rows; {} mean little.",
            if n_small == 1 {
                "1 group has".into()
            } else {
                format!("{} groups have", format::count(n_small))
            },
            if n_small == 1 { "its means" } else { "their means" }
        );
        warnings.push(warning("small_sample", Severity::Caution, None, message));
    }
    for column in &result.spec.columns {
        let totals = Totals::of(column, &result.groups);
        let n_all = totals.n + totals.n_missing;
        if totals.n == 0 {
            let message = format!("{column} has no values in these rows.");
            warnings.push(warning("missing_values", Severity::Caution, Some(column), message));
            continue;
        }
        if totals.n_missing as f64 > MUCH_MISSING * n_all as f64 {
            let message = format!(
                "{column} is missing in {} of {} rows ({}); its summary is about the rest.",
                format::count(totals.n_missing),
                format::count(n_all),
                format::percent(totals.n_missing as f64 / n_all as f64, 1)
            );
            warnings.push(warning("missing_values", Severity::Note, Some(column), message));
        }
        if totals.n > 1 && totals.min.is_some() && totals.min == totals.max {
            let value = totals.min.map_or(String::new(), number);
            let message = format!("{column} is {value} in every row.");
            warnings.push(warning("constant_metric", Severity::Note, Some(column), message));
        }
    }
    warnings.sort_by_key(|warning| warning.severity != Severity::Caution);
    warnings
}

/// A column over all groups.
struct Totals {
    n: u64,
    n_missing: u64,
    min: Option<f64>,
    max: Option<f64>,
}

impl Totals {
    fn of(column: &str, groups: &[DescribeGroup]) -> Self {
        let mut totals = Self { n: 0, n_missing: 0, min: None, max: None };
        for group in groups {
            for summary in group.numbers.iter().filter(|summary| summary.column == column) {
                totals.n += summary.n;
                totals.n_missing += summary.n_missing;
                totals.min = summary.min.map(|x| totals.min.map_or(x, |min| min.min(x))).or(totals.min);
                totals.max = summary.max.map(|x| totals.max.map_or(x, |max| max.max(x))).or(totals.max);
            }
            for summary in group.categories.iter().filter(|summary| summary.column == column) {
                totals.n += summary.n;
                totals.n_missing += summary.n_missing;
            }
        }
        totals
    }
}
