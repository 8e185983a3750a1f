//! Values far from the rest of their column: by quartiles and by the median absolute deviation.
//!
//! A skewed column has far values by its nature. There, only what is far on a logarithmic scale too is called an
//! outlier, and the cap that is proposed is a percentile. A normal column of n values has 0.0005 n values beyond 3.5
//! MAD; fewer than twenty times that are called outliers only where one lies beyond 3 IQR.

use super::columns::Looked;
use super::finding::{WithStep, example, finding, percent, plural, rounded};
use super::ranges;
use super::rows::Beyond;
use crate::model::{Finding, FindingSeverity, LimitCount, Limits, LimitsStep, Step};
use crate::tables::profile::quantile;

const LEAST_VALUES: usize = 20;
const LEAST_DIFFERENT: usize = 10;
/// Makes the median absolute deviation of normal values their standard deviation.
const MAD_SCALE: f64 = 1.482_602_218_505_602;
/// Share of normal values beyond 3.5 standard deviations.
const NORMAL_BEYOND: f64 = 0.000_465;
/// The far side of the quartiles is this much longer in a skewed column.
const SKEWED: f64 = 1.4;

/// Quartiles and the distances to them.
struct Middle {
    q1: f64,
    median: f64,
    q3: f64,
}

impl Middle {
    fn of(sorted: &[f64]) -> Option<Self> {
        let at = |p| quantile(sorted, |x| x, p);
        Some(Self { q1: at(0.25)?, median: at(0.5)?, q3: at(0.75)? })
    }

    fn fences(&self, factor: f64) -> (f64, f64) {
        let reach = factor * (self.q3 - self.q1);
        (self.q1 - reach, self.q3 + reach)
    }
}

pub(super) fn find(column: &Looked<'_>) -> Option<Finding> {
    let is_able =
        column.is_number() && column.n_present >= LEAST_VALUES && column.n_unique >= LEAST_DIFFERENT;
    if !is_able {
        return None;
    }
    // What cannot be is told elsewhere.
    let (least, most) = ranges::range(column);
    let placeholders = ranges::placeholders(column);
    let mut values = column.sorted();
    values.retain(|x| (least..=most).contains(x) && !placeholders.contains(x));
    let n = values.len();
    let middle = Middle::of(&values)?;
    if n < LEAST_VALUES || middle.q3 <= middle.q1 {
        return None;
    }
    let count = |limits: Limits, (low, high): (f64, f64)| LimitCount {
        limits,
        low,
        high,
        n_below: values.partition_point(|x| *x < low) as u64,
        n_above: (n - values.partition_point(|x| *x <= high)) as u64,
    };
    let near = count(Limits::Iqr { factor: 1.5 }, middle.fences(1.5));
    let far = count(Limits::Iqr { factor: 3.0 }, middle.fences(3.0));
    let mut counts = vec![near, far];
    let mad = MAD_SCALE * mad(&values, middle.median)?;
    if mad > 0.0 {
        let limits = Limits::Mad { factor: 3.5 };
        counts.push(count(limits, (middle.median - 3.5 * mad, middle.median + 3.5 * mad)));
    }
    let beyond = |at: usize| counts.get(at).map_or(0, |count| (count.n_below + count.n_above) as usize);
    let (n_near, n_far, n_mad) = (beyond(0), beyond(1), beyond(2));
    let (up, down) = (middle.q3 - middle.median, middle.median - middle.q1);
    let is_skewed = up > SKEWED * down || down > SKEWED * up;
    let is_heavy = n_mad.max(n_far) * 20 > n;
    let mut made = if is_skewed || is_heavy {
        skewed(column, &values, &middle, (n_near, n_far))?
    } else if is_usual_tail(&values, &counts, up >= down) {
        return None;
    } else if n_far > 0 || n_mad as f64 > 20.0 * NORMAL_BEYOND * n as f64 {
        outliers(column, counts.last()?, n)
    } else {
        return None;
    };
    made.limits = counts;
    Some(made)
}

/// Nothing is far but at the longer end, and there not on a logarithmic scale.
fn is_usual_tail(values: &[f64], counts: &[LimitCount], is_right: bool) -> bool {
    let is_at_end = |count: &LimitCount| (if is_right { count.n_below } else { count.n_above }) == 0;
    counts.iter().skip(1).all(is_at_end)
        && beyond_fence(&from_short_end(values, is_right), |x, scale| (x / scale).ln_1p()) == 0
}

/// Distances from the end opposite to the long tail, ascending.
fn from_short_end(values: &[f64], is_right: bool) -> Vec<f64> {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Vec::new() };
    if is_right {
        values.iter().map(|x| x - first).collect()
    } else {
        values.iter().rev().map(|x| last - x).collect()
    }
}

fn mad(sorted: &[f64], median: f64) -> Option<f64> {
    let mut deviations: Vec<f64> = sorted.iter().map(|x| (x - median).abs()).collect();
    deviations.sort_unstable_by(f64::total_cmp);
    quantile(&deviations, |x| x, 0.5)
}

fn outliers(column: &Looked<'_>, used: &LimitCount, n: usize) -> Finding {
    let n_beyond = (used.n_below + used.n_above) as usize;
    let by = match used.limits {
        Limits::Mad { .. } => "3.5 MAD",
        _ => "3 IQR",
    };
    let made =
        far(column, "outliers", FindingSeverity::Look, (used.low, used.high), n_beyond, |name, side| {
            let n_words = plural(n_beyond, "value", "values");
            let lie = if n_beyond == 1 { "lies" } else { "lie" };
            format!("{n_words} of {name} ({}) {lie} beyond {by}: {side}.", percent(n_beyond, n))
        });
    let step = LimitsStep { columns: vec![column.name.into()], limits: used.limits };
    made.mended_by(Step::Cap(step), format!("Cap {} at {by}", plural(n_beyond, "value", "values")))
}

/// A skewed column: outliers where some are far on a logarithmic scale too, a fact otherwise.
fn skewed(
    column: &Looked<'_>,
    values: &[f64],
    middle: &Middle,
    (n_near, n_far): (usize, usize),
) -> Option<Finding> {
    let n = values.len();
    let is_right = middle.q3 - middle.median >= middle.median - middle.q1;
    let (first, last) = (*values.first()?, *values.last()?);
    let lengths = from_short_end(values, is_right);
    let mut n_out = beyond_fence(&lengths, |x, scale| (x / scale).ln_1p());
    if is_right && first > 0.0 {
        n_out = n_out.min(beyond_fence(values, |x, _| x.ln()));
    }
    let tail = if is_right { "right" } else { "left" };
    let cap = |percentile: f64| {
        let limits = if is_right {
            Limits::Percentile { low: 0.0, high: percentile }
        } else {
            Limits::Percentile { low: 100.0 - percentile, high: 100.0 }
        };
        Step::Cap(LimitsStep { columns: vec![column.name.into()], limits })
    };
    if n_out > 0 && n_out <= (n / 200).max(3) {
        let (low, high) = if is_right {
            (f64::NEG_INFINITY, *values.get(n - n_out - 1)?)
        } else {
            (*values.get(n_out)?, f64::INFINITY)
        };
        let made = far(column, "outliers", FindingSeverity::Look, (low, high), n_out, |name, side| {
            let n_words = plural(n_out, "value", "values");
            let lie = if n_out == 1 { "lies" } else { "lie" };
            format!(
                "{n_words} of {name} {lie} far from the rest, even for a column that is skewed to the {tail}: {side}."
            )
        });
        // The first percentile below which all of them are cut.
        let is_below = |p: &f64| (n - 1) as f64 * p / 100.0 < (n - n_out) as f64 - 0.9;
        let percentile = [99.9, 99.0, 98.0, 95.0, 90.0].into_iter().find(is_below);
        return Some(match percentile {
            None => made,
            Some(p) => {
                let (side, at) = if is_right { ("above", p) } else { ("below", 100.0 - p) };
                made.mended_by(cap(p), format!("Cap values {side} percentile {}", rounded(at)))
            }
        });
    }
    // A column that was capped has its last value many times.
    let n_last = if is_right {
        n - values.partition_point(|x| *x < last)
    } else {
        values.partition_point(|x| *x <= first)
    };
    if n_far == 0 || n < 100 || n_last * 200 >= n {
        return None;
    }
    let sentence = format!(
        "{} is skewed to the {tail}: {} of its values lie beyond 1.5 IQR, which is usual for such a column.",
        column.name,
        percent(n_near, n)
    );
    let (low, high) = middle.fences(1.5);
    let placeholders = ranges::placeholders(column);
    let beyond = Beyond { low, high, is_named: false, range: ranges::range(column), others: &placeholders };
    let made = finding("skewed", &[column.name], FindingSeverity::Fact, (n_near, column.n_rows), sentence)
        .on_rows(beyond.numbers(column));
    let (side, at) = if is_right { ("above", "99") } else { ("below", "1") };
    Some(made.mended_by(cap(99.0), format!("Cap values {side} percentile {at}")))
}

/// How many of ascending values lie above 3 IQR once they are transformed, with the median as the scale.
fn beyond_fence(ascending: &[f64], transform: impl Fn(f64, f64) -> f64) -> usize {
    let scale = quantile(ascending, |x| x, 0.5).filter(|median| *median > 0.0);
    let scale = scale.or_else(|| quantile(ascending, |x| x, 0.75)).unwrap_or(1.0).max(f64::MIN_POSITIVE);
    let middle = Middle::of(ascending);
    let Some(Middle { q1, q3, .. }) = middle else { return 0 };
    let (q1, q3) = (transform(q1, scale), transform(q3, scale));
    let high = q3 + 3.0 * (q3 - q1);
    ascending.len() - ascending.partition_point(|x| transform(*x, scale) <= high)
}

/// A finding about values outside of limits, the farthest as examples. `words` takes the name and the limits.
fn far(
    column: &Looked<'_>,
    code: &str,
    severity: FindingSeverity,
    (low, high): (f64, f64),
    n: usize,
    words: impl Fn(&str, &str) -> String,
) -> Finding {
    let (least, most) = ranges::range(column);
    let placeholders = ranges::placeholders(column);
    let beyond = Beyond { low, high, is_named: false, range: (least, most), others: &placeholders };
    let mut rows = column.rows_where(|x| beyond.has(x));
    let number = |row: u32| column.number(row as usize).unwrap_or(low);
    let (is_low, is_high) =
        (rows.iter().any(|row| number(*row) < low), rows.iter().any(|row| number(*row) > high));
    let distance = |row: &u32| (low - number(*row)).max(number(*row) - high);
    rows.sort_by(|a, b| distance(b).total_cmp(&distance(a)));
    let text = |x: f64| {
        let mut text = String::new();
        if column.kind == crate::model::Kind::Duration {
            crate::tables::values::write_number(&mut text, x.round(), column.kind);
            text
        } else {
            rounded(x)
        }
    };
    let side = match (is_low, is_high) {
        (true, true) => format!("below {} or above {}", text(low), text(high)),
        (true, false) => format!("below {}", text(low)),
        _ => format!("above {}", text(high)),
    };
    let sentence = words(column.name, &side);
    let mut made = finding(code, &[column.name], severity, (n, column.n_rows), sentence);
    made.rows = beyond.numbers(column);
    made.examples = rows.iter().take(Finding::MAX_EXAMPLES).filter_map(|row| example(column, *row)).collect();
    made
}
