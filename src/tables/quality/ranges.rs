//! Numbers that their column's name rules out, and numbers that stand for "not known".

use super::columns::Looked;
use super::finding::{WithStep, made_missing, number, of_cells, plural};
use super::rows::{Beyond, one_of};
use crate::model::{Finding, FindingSeverity, Kind, Value};
use crate::tables::relations::looks_like_key;

/// Counts and measures that cannot be below zero.
const NOT_NEGATIVE: [&str; 40] = [
    "age",
    "ages",
    "count",
    "counts",
    "n",
    "num",
    "duration",
    "length",
    "minutes",
    "seconds",
    "hours",
    "days",
    "months",
    "years",
    "mins",
    "secs",
    "hrs",
    "views",
    "plays",
    "clicks",
    "visits",
    "sessions",
    "users",
    "likes",
    "comments",
    "episodes",
    "quantity",
    "qty",
    "size",
    "height",
    "weight",
    "distance",
    "bytes",
    "runtime",
    "speed",
    "area",
    "volume",
    "population",
    "price",
    "width",
];
/// Differences and scores, which can.
const SIGNED: [&str; 24] = [
    "change",
    "changes",
    "diff",
    "difference",
    "delta",
    "net",
    "growth",
    "gain",
    "loss",
    "balance",
    "offset",
    "lag",
    "log",
    "z",
    "score",
    "error",
    "residual",
    "adjustment",
    "refund",
    "profit",
    "margin",
    "deviation",
    "lift",
    "vs",
];
const PERCENT: [&str; 4] = ["pct", "percent", "percentage", "perc"];
/// The age of people is in years; other ages are told by these.
const OTHER_AGES: [&str; 16] = [
    "days", "day", "months", "hours", "minutes", "seconds", "weeks", "account", "device", "session", "cache",
    "house", "building", "tree", "group", "range",
];
const PLACEHOLDERS: [f64; 11] =
    [-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 999.0, 9999.0, 99999.0, 999_999.0, 9_999_999.0];

/// What a column's numbers can be, by its name.
pub(super) fn range(column: &Looked<'_>) -> (f64, f64) {
    let free = (f64::NEG_INFINITY, f64::INFINITY);
    if column.has_word(&SIGNED) {
        return free;
    }
    if column.has_word(&PERCENT) || column.name.contains('%') {
        return (0.0, 100.0);
    }
    if column.has_word(&["age"]) && !column.has_word(&OTHER_AGES) {
        return (0.0, 120.0);
    }
    if column.has_word(&NOT_NEGATIVE) || column.kind == Kind::Duration {
        return (0.0, f64::INFINITY);
    }
    free
}

pub(super) fn find(column: &Looked<'_>) -> Vec<Finding> {
    if !column.is_number() || column.n_present < 5 || looks_like_key(column.name, column.kind) {
        return Vec::new();
    }
    let placeholders = placeholders(column);
    let mut findings: Vec<Finding> = placeholders.iter().map(|x| placeholder(column, *x)).collect();
    let (low, high) = range(column);
    let rows = column.rows_where(|x| !(low..=high).contains(&x) && !placeholders.contains(&x));
    // Where a fifth is outside, the name means something else.
    if !rows.is_empty() && 5 * rows.len() <= column.n_present {
        let range = (f64::NEG_INFINITY, f64::INFINITY);
        let beyond = Beyond { low, high, is_named: true, range, others: &placeholders };
        findings.push(outside(column, (low, high), &rows).on_rows(beyond.numbers(column)));
    }
    findings
}

fn outside(column: &Looked<'_>, (low, high): (f64, f64), rows: &[u32]) -> Finding {
    let is_percent = high == 100.0;
    // Some percentages can be more than 100.
    let severity = if is_percent { FindingSeverity::Look } else { FindingSeverity::Problem };
    let is_low = rows.iter().any(|row| column.number(*row as usize).is_some_and(|x| x < low));
    let is_high = rows.iter().any(|row| column.number(*row as usize).is_some_and(|x| x > high));
    let where_ = match (is_low, is_high) {
        (true, true) => format!("below {} or above {}", number(low), number(high)),
        (true, false) => "below 0".to_owned(),
        _ => format!("above {}", number(high)),
    };
    let n = plural(rows.len(), "value", "values");
    let lie = if rows.len() == 1 { "lies" } else { "lie" };
    let sentence = format!("{n} of {} {lie} {where_}.", column.name);
    let mut tests = Vec::new();
    if is_low {
        tests.push(format!("{{}} < {}", number(low)));
    }
    if is_high {
        tests.push(format!("{{}} > {}", number(high)));
    }
    made_missing(of_cells("out_of_range", column, severity, rows, sentence), column, &tests.join(" or "))
}

fn placeholder(column: &Looked<'_>, x: f64) -> Finding {
    let rows = column.rows_where(|value| value == x);
    let sentence = format!(
        "{} is {} in {}, far from all other values: it may stand for \u{201c}not known\u{201d}.",
        column.name,
        number(x),
        plural(rows.len(), "row", "rows")
    );
    let made = of_cells("placeholder_number", column, FindingSeverity::Look, &rows, sentence);
    made_missing(made, column, &format!("{{}} = {}", number(x)))
        .on_rows(one_of(column.name, vec![Value::Number(x)]))
}

/// Values such as -1 and 999 that stand repeated and alone at an end of the column.
pub(super) fn placeholders(column: &Looked<'_>) -> Vec<f64> {
    let at_ends = |row: usize| column.number(row).filter(|x| PLACEHOLDERS.contains(x));
    if !(0..column.n_rows).any(|row| at_ends(row).is_some()) {
        return Vec::new();
    }
    let values = column.sorted();
    let mut found = Vec::new();
    let is_repeated = |n: usize| n >= 2 && 2 * n <= values.len();
    if let Some(first) = values.first().copied().filter(|x| *x < 0.0 && PLACEHOLDERS.contains(x)) {
        let n = values.partition_point(|x| *x <= first);
        let others_are_not = values.get(n).is_some_and(|next| *next >= 0.0);
        if is_repeated(n) && others_are_not {
            found.push(first);
        }
    }
    if let Some(last) = values.last().copied().filter(|x| *x > 0.0 && PLACEHOLDERS.contains(x)) {
        let start = values.partition_point(|x| *x < last);
        let n_below = start.checked_sub(1).and_then(|at| values.get(at));
        let (low, high) = (values.get(start / 4), values.get(3 * start / 4));
        let spread = low.zip(high).map_or(0.0, |(low, high)| high - low);
        let is_alone = n_below.is_some_and(|below| last > 2.0 * below && last - below > 3.0 * spread);
        if is_repeated(values.len() - start) && is_alone {
            found.push(last);
        }
    }
    found
}
