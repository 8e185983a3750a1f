//! Results in words: one plain sentence, and one as APA style wants it.

use super::result::{AbTestResult, ArmSummary, Comparison, LiftInterval, MetricResult};
use super::spec::{MetricMeasure, MetricRole};
use crate::analyses::{Interval, Severity};
use crate::format;

/// "95 %".
pub(super) fn level(alpha: f64) -> String {
    format!("{} %", format::trim_zeros(&format::decimals(100.0 * (1.0 - alpha), 2)))
}

/// The answer, about the first goal: the variant that differs most clearly, or that none does.
pub(super) fn headline(result: &AbTestResult) -> String {
    if result.srm.is_alert {
        return format!(
            "No verdict: the variants do not have the planned shares of {} (p {}), so they are not comparable.",
            result.srm.counted,
            with_relation(result.srm.p_value)
        );
    }
    let first = result.metrics.iter().find(|metric| metric.metric.role == MetricRole::Goal);
    let Some(metric) = first.or(result.metrics.first()) else { return String::new() };
    let clearest = metric
        .comparisons
        .iter()
        .filter(|comparison| comparison.p_value.is_some())
        .min_by(|a, b| a.p_value.unwrap_or(1.0).total_cmp(&b.p_value.unwrap_or(1.0)));
    match clearest.or(metric.comparisons.first()) {
        Some(comparison) => comparison.sentence.clone(),
        None => format!("{} could not be compared.", plain(&metric.name)),
    }
}

/// What the reader should hold against the answer: the gravest warning, else what no test shows.
pub(super) fn limits(result: &AbTestResult) -> String {
    let gravest = |severity| result.warnings.iter().find(|warning| warning.severity == severity);
    match gravest(Severity::Stop).or(gravest(Severity::Caution)) {
        Some(warning) => warning.message.clone(),
        None => {
            "It does not show whether the effect lasts after the test, nor that every viewer has it.".into()
        }
    }
}

/// One comparison in a sentence. `arms` are the variant's and the control's.
pub(super) fn sentence(
    metric: &MetricResult,
    comparison: &Comparison,
    variant: &ArmSummary,
    control: &ArmSummary,
    alpha: f64,
) -> String {
    let name = plain(&metric.name);
    let (treated, base) = (&comparison.variant, &comparison.control);
    let (Some(difference), Some(estimate), Some(control_estimate)) =
        (comparison.difference, variant.estimate, control.estimate)
    else {
        let empty = if variant.estimate.is_none() { treated } else { base };
        return capitalised(format!("{name} cannot be compared: {empty} has too few values."));
    };
    let unit = Unit::of(&metric.metric.measure);
    let Some(interval) = comparison.difference_interval else {
        return capitalised(format!(
            "{name} is {} with {treated} and {} with {base}; there is no variation to test the difference with.",
            unit.level(estimate, 2),
            unit.level(control_estimate, 2)
        ));
    };
    let n_decimals = unit.decimals(&interval);
    let range = unit.range(&interval, n_decimals);
    let level = level(alpha);
    if comparison.is_significant == Some(false) {
        return format!(
            "No clear difference in {name} between {treated} and {base}: {} ({level} interval {range}).",
            unit.signed_difference(difference, n_decimals)
        );
    }
    let direction = if difference < 0.0 { "lower" } else { "higher" };
    let lift = comparison.lift.map_or(String::new(), |lift| {
        format!(", {} of {}", signed_lift(lift), unit.level(control_estimate, n_decimals))
    });
    capitalised(format!(
        "{name} is {} {direction} with {treated} than with {base} ({level} interval {range}){lift}.",
        unit.difference(difference.abs(), n_decimals)
    ))
}

/// "Welch's t(4980.56) = 17.41, p < .001, g = 0.49, 95% CI [1.75, 2.19]".
pub(super) fn apa(comparison: &Comparison, alpha: f64) -> String {
    let (Some(statistic), Some(p)) = (comparison.statistic, comparison.p_value) else {
        return "No test: a group has too few values or nothing varies.".into();
    };
    let symbol = if comparison.df.is_some() { "t" } else { "z" };
    let df = comparison.df.map_or(String::new(), |df| format!("({})", trim_df(df)));
    let mut text = format!("{symbol}{df} = {}, p {}", format::decimals(statistic, 2), apa_p(p));
    if let Some(effect) = &comparison.effect_size {
        let symbol = if effect.name.contains('g') && effect.name.starts_with("Hedges") { "g" } else { "h" };
        text.push_str(&format!(", {symbol} = {}", format::decimals(effect.value, 2)));
    }
    if let Some(Interval { low, high }) = comparison.difference_interval {
        let end = |end: Option<f64>, infinite: &str| end.map_or(infinite.into(), |x| format::number(x, 3));
        let level = level(alpha).replace(' ', "");
        text.push_str(&format!(", {level} CI [{}, {}]", end(low, "\u{2212}\u{221e}"), end(high, "\u{221e}")));
    }
    format!("{}: {text}", comparison.test)
}

fn capitalised(text: String) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// What is counted by a unit column: "users" for `user_id`.
pub(super) fn units_of(column: &str) -> String {
    let lower = column.to_ascii_lowercase();
    let stem =
        lower.strip_suffix("_id").or(lower.strip_suffix("id")).unwrap_or(&lower).trim_end_matches(['_', ' ']);
    let stem = plain(if stem.is_empty() { "unit" } else { stem });
    if stem.ends_with('s') { stem } else { format!("{stem}s") }
}

/// A column's name as words.
pub(super) fn plain(name: &str) -> String {
    name.replace('_', " ")
}

fn signed_lift(lift: f64) -> String {
    format::signed_percent(lift, if lift.abs() < 0.1 { 2 } else { 1 })
}

fn trim_df(df: f64) -> String {
    format::trim_zeros(&format::decimals(df, 2))
}

/// APA writes p without the leading zero.
fn apa_p(p: f64) -> String {
    if p < 0.001 { "< .001".into() } else { format!("= {}", format!("{p:.3}").trim_start_matches('0')) }
}

fn with_relation(p: f64) -> String {
    let text = format::p_value(p);
    if text.starts_with(['<', '>']) { text } else { format!("= {text}") }
}

/// How a metric's values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// In the column's own unit.
    Plain,
    /// Shares: levels in per cent, differences in percentage points.
    Share,
}

impl Unit {
    fn of(measure: &MetricMeasure) -> Self {
        match measure {
            MetricMeasure::Proportion { .. } => Self::Share,
            MetricMeasure::Mean { .. } | MetricMeasure::Ratio { .. } => Self::Plain,
        }
    }

    fn scale(self) -> f64 {
        if self == Self::Share { 100.0 } else { 1.0 }
    }

    /// Two significant digits of the interval's half-width.
    fn decimals(self, interval: &Interval) -> usize {
        let width = match (interval.low, interval.high) {
            (Some(low), Some(high)) => (high - low) * self.scale() / 2.0,
            (Some(end), None) | (None, Some(end)) => end.abs() * self.scale() / 10.0,
            (None, None) => 1.0,
        };
        if width > 0.0 { (1 - width.log10().floor() as i32).clamp(0, 8) as usize } else { 2 }
    }

    fn level(self, value: f64, n_decimals: usize) -> String {
        match self {
            Self::Plain => format::decimals(value, n_decimals),
            Self::Share => format::percent(value, n_decimals.min(2)),
        }
    }

    fn difference(self, value: f64, n_decimals: usize) -> String {
        let text = format::decimals(value * self.scale(), n_decimals);
        if self == Self::Share { format!("{text} percentage points") } else { text }
    }

    fn signed_difference(self, value: f64, n_decimals: usize) -> String {
        let text = self.difference(value, n_decimals);
        if value > 0.0 { format!("+{text}") } else { text }
    }

    fn range(self, interval: &Interval, n_decimals: usize) -> String {
        let end = |x: f64| format::decimals(x * self.scale(), n_decimals);
        match (interval.low, interval.high) {
            (Some(low), Some(high)) => format!("{} to {}", end(low), end(high)),
            (Some(low), None) => format!("{} or more", end(low)),
            (None, Some(high)) => format!("{} or less", end(high)),
            (None, None) => "unbounded".into(),
        }
    }
}

/// A remark where the lift has no interval.
pub(super) fn lift_note(lift: &LiftInterval) -> Option<&'static str> {
    match lift {
        LiftInterval::Finite { .. } => None,
        LiftInterval::Unbounded => {
            Some("The control is not clearly different from zero, so the lift has no finite interval.")
        }
        LiftInterval::Undefined => Some("The control is zero, so there is no lift."),
    }
}
