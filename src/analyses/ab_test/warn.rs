//! What a reader of the report has to be told.

use super::result::{AbTestResult, ArmSummary, Comparison, LiftInterval, MetricResult};
use super::spec::{AnalysisUnit, MetricMeasure};
use super::words::{lift_note, plain};
use crate::analyses::{Interval, Severity, Warning};
use crate::format;

/// Below this many observations in an arm, the t test leans on normal data.
const SMALL_SAMPLE: u64 = 30;
/// Below this many clusters, cluster-robust errors are too small.
const FEW_CLUSTERS: u64 = 40;
/// Means of fewer than 355 x skewness^2 values are not yet normal (Kohavi et al. 2014, "Seven rules of thumb").
const SKEWNESS_RULE: f64 = 355.0;
/// Share of missing values worth a word.
const MUCH_MISSING: f64 = 0.05;

/// In order of weight: what stops, then what asks for caution, then notes.
pub(super) fn warnings(result: &AbTestResult) -> Vec<Warning> {
    let mut warnings = about_the_split(result);
    warnings.extend(about_the_units(result));
    warnings.extend(result.metrics.iter().flat_map(|metric| about_a_metric(metric, result.spec.alpha)));
    warnings.sort_by_key(|warning| match warning.severity {
        Severity::Stop => 0,
        Severity::Caution => 1,
        Severity::Note => 2,
    });
    warnings
}

fn warning(code: &str, severity: Severity, message: String) -> Warning {
    Warning { code: code.into(), severity, message, metric: None }
}

fn about_the_split(result: &AbTestResult) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let srm = &result.srm;
    if srm.is_alert {
        let observed: Vec<String> = srm.observed.iter().map(|n| format::count(*n)).collect();
        let expected: Vec<String> = srm.expected.iter().map(|n| format::decimals(*n, 0)).collect();
        let message = format!(
            "The split does not match the plan: {} {} where {} were expected (p {}). Something decides who is counted; \
             find it before reading the effects.",
            observed.join(" and "),
            srm.counted,
            expected.join(" and "),
            relation(srm.p_value)
        );
        warnings.push(warning("sample_ratio_mismatch", Severity::Stop, message));
    }
    let segments: Vec<String> = result
        .segments
        .iter()
        .filter(|segment| segment.srm.is_alert)
        .map(|segment| format!("{} = {}", segment.column, segment.level))
        .collect();
    if !segments.is_empty() {
        let message = format!("The split does not match the plan in some segments: {}.", segments.join(", "));
        warnings.push(warning("sample_ratio_mismatch_in_segment", Severity::Caution, message));
    }
    warnings
}

fn about_the_units(result: &AbTestResult) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let (Some(exposure), Some(unit)) = (&result.exposure, &result.spec.unit) else {
        let message = "No unit column was named, so every row is taken as independent.".into();
        return vec![warning("no_unit", Severity::Note, message)];
    };
    let n_units = format::count(exposure.n_units);
    let n_several = format::count(exposure.n_units_in_several);
    if exposure.n_units_in_several > 0 {
        let message = format!(
            "{n_several} of the {n_units} values of {unit} were seen in more than one variant: rows were randomised, \
             not {unit}, or the assignment leaked. An effect that carries over from one variant to the other is hidden."
        );
        warnings.push(warning("multiple_exposure", Severity::Caution, message));
    }
    if exposure.max_rows_per_unit > 1 {
        let message = match result.spec.analysis_unit {
            AnalysisUnit::Rows | AnalysisUnit::Auto => format!(
                "Rows are not independent: one {unit} has up to {} rows, and they are taken as independent here, so \
                 the intervals may be too narrow.",
                format::count(exposure.max_rows_per_unit)
            ),
            AnalysisUnit::Clustered => format!(
                "Rows are not independent: one {unit} has up to {} rows. Errors are clustered on {unit} for that.",
                format::count(exposure.max_rows_per_unit)
            ),
            AnalysisUnit::Unit => format!(
                "Rows are not independent: one {unit} has up to {} rows. Each {unit} counts once a variant, with the \
                 mean of its rows.",
                format::count(exposure.max_rows_per_unit)
            ),
            AnalysisUnit::FirstVariant => format!(
                "Rows are not independent: one {unit} has up to {} rows. Each {unit} counts once, under the variant \
                 it saw first.",
                format::count(exposure.max_rows_per_unit)
            ),
        };
        let is_strained = matches!(result.spec.analysis_unit, AnalysisUnit::Rows | AnalysisUnit::Auto);
        let severity = if is_strained { Severity::Caution } else { Severity::Note };
        warnings.push(warning("rows_not_independent", severity, message));
    }
    let is_clustered = result.spec.analysis_unit == AnalysisUnit::Clustered
        || (result.spec.analysis_unit == AnalysisUnit::Unit && exposure.n_units_in_several > 0);
    let smallest = result.variants.iter().min_by_key(|variant| variant.n_units);
    if let Some(variant) = smallest.filter(|variant| is_clustered && variant.n_units < FEW_CLUSTERS) {
        let message = format!(
            "{} has only {} values of {unit}; with fewer than {FEW_CLUSTERS} in a variant, clustered errors are too small.",
            variant.name,
            format::count(variant.n_units)
        );
        warnings.push(warning("few_clusters", Severity::Caution, message));
    }
    if exposure.n_rows_without_unit > 0 {
        let message = format!(
            "{} without a {unit} were left out.",
            format::plural(exposure.n_rows_without_unit, "row", "rows")
        );
        warnings.push(warning("rows_without_unit", Severity::Note, message));
    }
    warnings
}

fn about_a_metric(metric: &MetricResult, alpha: f64) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let name = plain(&metric.name);
    let mut add = |code, severity, message| {
        warnings.push(Warning { metric: Some(metric.name.clone()), ..warning(code, severity, message) });
    };
    let empty: Vec<&str> =
        metric.arms.iter().filter(|arm| arm.n == 0).map(|arm| arm.variant.as_str()).collect();
    if !empty.is_empty() {
        let message = format!("{name} has no value under {}.", empty.join(" and "));
        add("empty_arm", Severity::Caution, message);
        return warnings;
    }
    let is_mean = !matches!(metric.metric.measure, MetricMeasure::Proportion { .. });
    if let Some(arm) =
        metric.arms.iter().filter(|arm| is_mean && arm.n < SMALL_SAMPLE).min_by_key(|arm| arm.n)
    {
        let message = format!(
            "{name} has {} under {}; with so few, the t test relies on normally distributed values.",
            format::plural(arm.n, "observation", "observations"),
            arm.variant
        );
        add("small_sample", Severity::Caution, message);
    }
    let is_skewed = |arm: &&ArmSummary| arm.skewness.is_some_and(|g| (arm.n as f64) < SKEWNESS_RULE * g * g);
    if let Some(arm) = metric.arms.iter().filter(|arm| arm.n >= SMALL_SAMPLE).find(is_skewed) {
        let message = format!(
            "{name} is skewed under {} (skewness {}); with {} observations the interval of the mean may be off. See the \
             rank test beside it.",
            arm.variant,
            format::decimals(arm.skewness.unwrap_or_default(), 1),
            format::count(arm.n)
        );
        add("skewed", Severity::Caution, message);
    }
    if metric.arms.iter().all(|arm| arm.sd == Some(0.0)) {
        let message =
            format!("{name} has the same value in every row of a variant, so nothing can be tested.");
        add("constant_metric", Severity::Caution, message);
    }
    if let Some(arm) = metric.arms.iter().max_by(|a, b| missing_share(a).total_cmp(&missing_share(b))) {
        let share = missing_share(arm);
        if share >= MUCH_MISSING {
            let message = format!(
                "{name} is missing in {} of the rows under {}; they are left out, and if being missing depends on the \
                 variant the comparison is biased.",
                format::percent(share, 1),
                arm.variant
            );
            add("missing_values", Severity::Caution, message);
        }
    }
    if let Some(comparison) = metric.comparisons.iter().find(|comparison| !is_of_one_mind(comparison, alpha))
    {
        let message = format!(
            "{name} ({} against {}) is at the edge: its test, the interval of the difference and that of the lift use \
             slightly different errors, and not all of them exclude zero. Read it as undecided.",
            comparison.variant, comparison.control
        );
        add("at_the_edge", Severity::Caution, message);
    }
    if let Some(note) = metric.comparisons.iter().find_map(|comparison| lift_note(&comparison.lift_interval))
    {
        add("lift_without_interval", Severity::Note, format!("{name}: {note}"));
    }
    warnings
}

/// Test, interval of the difference and interval of the lift all exclude zero, or none does. They can part for
/// proportions, whose test pools its variance.
fn is_of_one_mind(comparison: &Comparison, alpha: f64) -> bool {
    let (Some(p), Some(difference)) = (comparison.deciding_p(), comparison.difference_interval) else {
        return true;
    };
    let excludes_zero = |interval: &Interval| {
        interval.low.is_some_and(|low| low > 0.0) || interval.high.is_some_and(|high| high < 0.0)
    };
    let is_rejected = p < alpha;
    let lift_agrees = match &comparison.lift_interval {
        LiftInterval::Finite { interval } => excludes_zero(interval) == is_rejected,
        LiftInterval::Unbounded | LiftInterval::Undefined => true,
    };
    excludes_zero(&difference) == is_rejected && lift_agrees
}

fn missing_share(arm: &ArmSummary) -> f64 {
    let n = arm.n_missing as f64 + arm.n_rows as f64;
    if n > 0.0 { arm.n_missing as f64 / n } else { 0.0 }
}

fn relation(p: f64) -> String {
    let text = format::p_value(p);
    if text.starts_with(['<', '>']) { text } else { format!("= {text}") }
}
