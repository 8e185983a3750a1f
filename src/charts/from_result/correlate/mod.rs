//! Charts of correlations.

mod matrix;
mod pairs;

pub use matrix::matrix;
pub use pairs::pairs;

use crate::analyses::correlate::{CorrelateResult, CorrelationMethod, Pair};
use crate::charts::from_result::words::interval_name;
use crate::charts::model::{Chart, Info};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// The matrix, then the pairs one by one.
pub fn charts(result: &CorrelateResult) -> Vec<Chart> {
    [matrix(result), pairs(result)].into_iter().flatten().collect()
}

/// "Pearson's r" or "Spearman's rho".
fn coefficient(result: &CorrelateResult) -> &'static str {
    match result.spec.method {
        CorrelationMethod::Pearson => "Pearson's r",
        CorrelationMethod::Spearman => "Spearman's rho",
    }
}

fn interval_text(pair: &Pair) -> String {
    let ends = |found: crate::analyses::Interval| NumberFormat::Plain.interval(found.low, found.high, 2);
    pair.interval.map_or("\u{2013}".into(), ends)
}

fn r_text(pair: &Pair) -> String {
    pair.r.map_or("\u{2013}".into(), |r| format::decimals(r, 2))
}

fn is_clear(result: &CorrelateResult, pair: &Pair) -> bool {
    pair.p_value.is_some_and(|p| p < result.spec.alpha)
}

fn info(result: &CorrelateResult, pair: &Pair) -> Info {
    let info = Info::new(format!("{} and {}", pair.x, pair.y))
        .line(coefficient(result), pair.r.map_or("not defined".into(), |r| format::decimals(r, 3)))
        .line(interval_name(result.spec.alpha), interval_text(pair));
    let p = pair.p_value.map_or("\u{2013}".into(), format::p_value);
    info.line("p, not adjusted", p).line("rows", format::count(pair.n))
}

/// The strongest pair, in words.
fn takeaway(result: &CorrelateResult) -> String {
    let strength = |pair: &Pair| pair.r.map_or(-1.0, f64::abs);
    let strongest = result.pairs.iter().max_by(|a, b| strength(a).total_cmp(&strength(b)));
    let Some(pair) = strongest.filter(|pair| pair.r.is_some()) else {
        return "No pair has a defined correlation.".into();
    };
    format!(
        "The strongest correlation is between {} and {}: {} ({} {}).",
        pair.x,
        pair.y,
        r_text(pair),
        interval_name(result.spec.alpha),
        interval_text(pair)
    )
}

fn table(result: &CorrelateResult) -> DataTable {
    let mut table = DataTable::new(&["x", "y", "#n", "#r", "#low", "#high", "#p"]);
    for pair in &result.pairs {
        let number = |x: Option<f64>| Cell::number(x, |x| format::decimals(x, 3));
        table.push(vec![
            Cell::text(&pair.x),
            Cell::text(&pair.y),
            Cell::count(pair.n),
            number(pair.r),
            number(pair.interval.and_then(|found| found.low)),
            number(pair.interval.and_then(|found| found.high)),
            Cell::number(pair.p_value, format::p_value),
        ]);
    }
    table
}
