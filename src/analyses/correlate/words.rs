//! Correlations in words: one plain sentence, and what to be careful about.

use super::result::{CorrelateResult, Pair};
use super::run::RepeatedId;
use super::spec::CorrelationMethod;
use crate::analyses::rows::warning;
use crate::analyses::{Severity, Warning};
use crate::format;

/// Share of missing values worth a word.
const MUCH_MISSING: f64 = 0.05;
/// Below this many pairs of values an interval by Fisher's z, or the t approximation for ranks, is rough.
const FEW_ROWS: u64 = 10;

/// The strongest pair in one sentence, with what it does not show.
pub(super) fn sentence(result: &CorrelateResult) -> String {
    let size = |pair: &&Pair| pair.r.map_or(-1.0, f64::abs);
    let strongest = result.pairs.iter().max_by(|a, b| size(a).total_cmp(&size(b)));
    let Some((pair, r)) = strongest.and_then(|pair| Some((pair, pair.r?))) else {
        return "No pair of these columns has a correlation: each has a column that does not vary, or too few rows.".into();
    };
    let symbol = match result.spec.method {
        CorrelationMethod::Pearson => "r",
        CorrelationMethod::Spearman => "rho",
    };
    let mut numbers = format!("{symbol} = {}", format::decimals(r, 2));
    if let Some((low, high)) = pair.interval.and_then(|interval| Some((interval.low?, interval.high?))) {
        let level = format::trim_zeros(&format::decimals(100.0 * (1.0 - result.spec.alpha), 2));
        numbers +=
            &format!(", {level} % interval {} to {}", format::decimals(low, 2), format::decimals(high, 2));
    }
    let (x, y) = (&pair.x, &pair.y);
    let is_clear = pair.p_value.is_some_and(|p| p < result.spec.alpha);
    if !is_clear {
        return format!(
            "No clear correlation between any of these columns; the closest are {x} and {y} ({numbers})."
        );
    }
    let movement =
        if r > 0.0 { format!("{x} and {y} rise together") } else { format!("{x} falls as {y} rises") };
    let among = match result.pairs.len() {
        1 => String::new(),
        n => format!(", the closest of {} pairs", format::count(n as u64)),
    };
    format!("{movement} ({numbers}){among}; a correlation is not a cause.")
}

/// In order of weight: what asks for caution, then notes.
pub(super) fn warnings(
    result: &CorrelateResult,
    repeated: Option<&RepeatedId>,
    n_left_out: usize,
    n_rows: u64,
) -> Vec<Warning> {
    let mut warnings = Vec::new();
    if let Some(RepeatedId { column, n_different }) = repeated {
        let message = format!(
            "{} rows belong to {} different {column} values. Rows of one {column} are not independent, so the p-values are too \
             small and the intervals too narrow.",
            format::count(n_rows),
            format::count(*n_different)
        );
        warnings.push(warning("rows_not_independent", Severity::Caution, None, message));
    }
    if n_left_out > 0 {
        let message = format!(
            "The first {} numeric columns are correlated and {n_left_out} left out. Name the columns to choose others.",
            result.spec.columns.len()
        );
        warnings.push(warning("too_many_columns", Severity::Caution, None, message));
    }
    let fewest = result.pairs.iter().map(|pair| pair.n).min().unwrap_or(0);
    if fewest < FEW_ROWS {
        let message = format!(
            "A pair has only {}; its interval and p-value are rough.",
            format::plural(fewest, "row", "rows")
        );
        warnings.push(warning("small_sample", Severity::Caution, None, message));
    }
    for column in &result.spec.columns {
        let pairs = || result.pairs.iter().filter(|pair| pair.x == *column || pair.y == *column);
        if pairs().all(|pair| pair.r.is_none()) && pairs().any(|pair| pair.n > 1) {
            // Where every pair fails, the column that does not vary is the one to name; its partners may fail too.
            let message = format!(
                "{column} has no correlation with any column: it, or every other one, does not vary."
            );
            warnings.push(warning("constant_metric", Severity::Note, Some(column), message));
        }
    }
    let n_gaps = result.pairs.iter().map(|pair| n_rows - pair.n.min(n_rows)).max().unwrap_or(0);
    if n_gaps as f64 > MUCH_MISSING * n_rows as f64 {
        let message = format!(
            "Each pair is taken on the rows where both values are present: {} to {} of {} rows.",
            format::count(fewest),
            format::count(result.pairs.iter().map(|pair| pair.n).max().unwrap_or(0)),
            format::count(n_rows)
        );
        warnings.push(warning("missing_values", Severity::Note, None, message));
    }
    if result.pairs.len() > 1 {
        let expected = result.pairs.len() as f64 * result.spec.alpha;
        let message = format!(
            "The p-values are not adjusted for asking about {} pairs: without any relation, about {} of them would still \
             fall below {}.",
            format::count(result.pairs.len() as u64),
            format::trim_zeros(&format::number(expected, 2)),
            format::trim_zeros(&format::number(result.spec.alpha, 2))
        );
        warnings.push(warning("not_adjusted", Severity::Note, None, message));
    }
    warnings
}
