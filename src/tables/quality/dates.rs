//! Dates that cannot be, that stand for "not known", or that lie far from all others.

use super::columns::Looked;
use super::finding::{WithStep, made_missing, of_cells, plural};
use super::rows::{Beyond, day_value, one_of};
use crate::model::{Finding, FindingSeverity};
use crate::tables::calendar::{Civil, MICROS_PER_DAY, days_from_civil, write_date};
use crate::tables::values::Values;

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2100;
/// Year, month, day of what programs write where they know no date.
const PLACEHOLDERS: [(i32, u32, u32); 7] =
    [(1970, 1, 1), (1900, 1, 1), (1899, 12, 30), (1899, 12, 31), (1, 1, 1), (9999, 12, 31), (9999, 1, 1)];
/// A placeholder has no other date within so many days.
const ALONE_DAYS: i32 = 3 * 365;
/// A step names at most so many days.
const MAX_NAMED: usize = 100;
/// Fewer dates have no bulk to be far from.
const LEAST_DATES: usize = 10;

/// The cell as days since 1970-01-01.
pub(super) fn day(values: &Values<'_>, row: usize) -> Option<i32> {
    match values {
        Values::Days(slots) => slots.get(row),
        Values::Micros(slots) => slots.get(row).map(|micros| micros.div_euclid(MICROS_PER_DAY) as i32),
        _ => None,
    }
}

fn days(year: i32, month: u32, day: u32) -> i32 {
    days_from_civil(Civil { year, month, day }).unwrap_or_default()
}

pub(super) fn find(column: &Looked<'_>) -> Vec<Finding> {
    if !column.kind.is_time() || column.n_present == 0 {
        return Vec::new();
    }
    let mut sorted: Vec<i32> = (0..column.n_rows).filter_map(|row| day(&column.values, row)).collect();
    sorted.sort_unstable();
    let mut findings = Vec::new();
    let mut known: Vec<i32> = Vec::new();
    for (year, month, of_month) in PLACEHOLDERS {
        let placeholder = days(year, month, of_month);
        let start = sorted.partition_point(|day| *day < placeholder);
        let end = sorted.partition_point(|day| *day <= placeholder);
        let is_far = |at: Option<&i32>| at.is_none_or(|day| (day - placeholder).abs() > ALONE_DAYS);
        let before = start.checked_sub(1).and_then(|at| sorted.get(at));
        let is_alone = is_far(before) && is_far(sorted.get(end)) && end - start < sorted.len();
        if end > start && is_alone {
            known.push(placeholder);
            findings.push(found_placeholder(column, placeholder));
        }
    }
    let (first, last) = (days(FIRST_YEAR, 1, 1), days(LAST_YEAR, 12, 31));
    let impossible = rows_where(column, |day| !(first..=last).contains(&day) && !known.contains(&day));
    if !impossible.is_empty() {
        let n = plural(impossible.len(), "date", "dates");
        let lie = if impossible.len() == 1 { "lies" } else { "lie" };
        let sentence =
            format!("{n} of {} {lie} outside of the years {FIRST_YEAR} to {LAST_YEAR}.", column.name);
        let beyond =
            Beyond { low: first, high: last, is_named: true, range: (i32::MIN, i32::MAX), others: &known };
        let made = of_cells("impossible_date", column, FindingSeverity::Problem, &impossible, sentence)
            .on_rows(beyond.days(column));
        findings.push(outside(made, column, (Some(first), Some(last))));
    }
    sorted.retain(|day| (first..=last).contains(day) && !known.contains(day));
    findings.extend(far_off(column, &sorted, &known));
    findings
}

fn found_placeholder(column: &Looked<'_>, placeholder: i32) -> Finding {
    let rows = rows_where(column, |day| day == placeholder);
    let text = date_text(placeholder);
    let sentence = format!(
        "{} is {text} in {}, years from all other dates: it may stand for \u{201c}not known\u{201d}.",
        column.name,
        plural(rows.len(), "row", "rows")
    );
    let made = of_cells("placeholder_date", column, FindingSeverity::Problem, &rows, sentence)
        .on_rows(one_of(column.name, vec![day_value(placeholder)]));
    let next = date_text(placeholder.saturating_add(1));
    let test = if is_date(column) {
        format!("{{}} = '{text}'")
    } else if placeholder == days(9999, 12, 31) {
        format!("{{}} >= '{text}'")
    } else {
        format!("{{}} >= '{text}' and {{}} < '{next}'")
    };
    made_missing(made, column, &test)
}

/// Dates further from the middle 90 % than three times their span, and a year.
fn far_off(column: &Looked<'_>, sorted: &[i32], known: &[i32]) -> Option<Finding> {
    let n = sorted.len();
    if n < LEAST_DATES {
        return None;
    }
    // Few dates have no 5 %: at least one may be far on either side.
    let cut = (n / 20).max(1);
    let (low, high) = (*sorted.get(cut)?, *sorted.get(n - 1 - cut)?);
    let reach = 3 * (high - low) + 365;
    let (low, high) = (low - reach, high + reach);
    let rows = rows_where(column, |day| (day < low || day > high) && sorted.binary_search(&day).is_ok());
    if rows.is_empty() {
        return None;
    }
    let is_side = |test: &dyn Fn(i32) -> bool| {
        rows.iter().any(|row| day(&column.values, *row as usize).is_some_and(test))
    };
    let (is_low, is_high) = (is_side(&|day| day < low), is_side(&|day| day > high));
    let n_dates = plural(rows.len(), "date", "dates");
    let lie = if rows.len() == 1 { "lies" } else { "lie" };
    let (start, end) = (date_text(*sorted.get(cut)?), date_text(*sorted.get(n - 1 - cut)?));
    let side = match (is_low, is_high) {
        (true, true) => "before or after",
        (true, false) => "before",
        _ => "after",
    };
    let sentence = format!(
        "{n_dates} of {} {lie} years {side} the others, most of which are from {start} to {end}.",
        column.name
    );
    let range = (days(FIRST_YEAR, 1, 1), days(LAST_YEAR, 12, 31));
    let beyond = Beyond { low, high, is_named: false, range, others: known };
    let made =
        of_cells("far_off_date", column, FindingSeverity::Look, &rows, sentence).on_rows(beyond.days(column));
    let mut named: Vec<i32> = rows.iter().filter_map(|row| day(&column.values, *row as usize)).collect();
    named.sort_unstable();
    named.dedup();
    if named.len() > MAX_NAMED {
        return Some(made);
    }
    let named: Vec<String> = named.into_iter().map(|day| format!("'{}'", date_text(day))).collect();
    let of = if is_date(column) { "{}" } else { "date({})" };
    Some(made_missing(made, column, &format!("{of} in ({})", named.join(", "))))
}

/// The finding with the step that makes what lies before the first or after the last day missing.
fn outside(made: Finding, column: &Looked<'_>, (first, last): (Option<i32>, Option<i32>)) -> Finding {
    let mut tests = Vec::new();
    tests.extend(first.map(|day| format!("{{}} < '{}'", date_text(day))));
    // The whole last day belongs to a column of times.
    tests.extend(last.map(|day| match is_date(column) {
        true => format!("{{}} > '{}'", date_text(day)),
        false => format!("{{}} >= '{}'", date_text(day + 1)),
    }));
    made_missing(made, column, &tests.join(" or "))
}

fn is_date(column: &Looked<'_>) -> bool {
    matches!(column.values, Values::Days(_))
}

fn rows_where(column: &Looked<'_>, test: impl Fn(i32) -> bool) -> Vec<u32> {
    (0..column.n_rows)
        .filter(|row| day(&column.values, *row).is_some_and(&test))
        .map(|row| row as u32)
        .collect()
}

pub(super) fn date_text(day: i32) -> String {
    let mut text = String::new();
    write_date(&mut text, day);
    text
}
