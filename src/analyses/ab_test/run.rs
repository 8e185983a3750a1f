//! Runs the A/B report: the plan, every metric, every segment, and what to say about them.

use super::compare::{Options, compare};
use super::observe::{first_variant_rows, observe};
use super::periods::periods;
use super::plan::{self, Plan};
use super::result::{AbTestResult, DailyEffect, MetricResult, SegmentResult, UnitOption, Variant};
use super::spec::{AbTestSpec, AnalysisUnit, Correction, MetricRole};
use super::split::srm;
use super::{warn, words};
use crate::analyses::rows::step;
use crate::format;
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;
use crate::stats::adjust::{Adjustment, adjust};
use crate::tables::{Codes, Table};

/// A segment column with more levels is no segment.
const MAX_SEGMENT_LEVELS: usize = 60;
pub(super) const MISSING_LEVEL: &str = "(missing)";

/// Computes the report. Cost: a few passes over the rows for each metric, segment column and time column.
///
/// # Errors
/// Unknown columns, wrong kinds, options out of range, fewer than two variants, or not one metric with values.
pub async fn run(table: &Table, spec: &AbTestSpec, pace: &Pace) -> Result<AbTestResult, EngineError> {
    let stage = "comparing variants";
    let mut plan = plan::plan(table, spec)?;
    pace.step(0.1, stage).await?;
    let unit = plan.spec.analysis_unit;
    let indices = if unit == AnalysisUnit::FirstVariant {
        let indices = first_variant_rows(&plan);
        plan.ledger.push(step("stand under their unit's first variant", indices.len()));
        indices
    } else {
        (0..plan.rows.len() as u32).collect()
    };
    let srm = srm(&plan, &indices)?;
    let options = Options::of(&plan.spec);

    let n_parts = (plan.metrics.len() * (1 + plan.spec.segments.len())) as f64;
    let mut metrics = Vec::with_capacity(plan.metrics.len());
    for metric in 0..plan.metrics.len() {
        let observations = observe(&plan, metric, &indices, unit);
        let mut found = compare(&plan, metric, &observations, &options.full());
        found.over_time = over_time(&plan, metric, &indices, &options, pace).await?;
        metrics.push(found);
        pace.step(0.1 + 0.8 * metrics.len() as f64 / n_parts, stage).await?;
    }
    refuse_if_nothing_is_measured(table, &metrics)?;
    adjust_goals(&mut metrics, plan.spec.correction);
    decide(&plan.spec, &mut metrics, srm.is_alert);

    let segments = segments(table, &plan, &indices, &options, pace).await?;
    let unit_options = unit_options(&plan, &options, pace).await?;
    let mut result = AbTestResult {
        revision: table.revision(),
        sentence: String::new(),
        limits: String::new(),
        variants: variants(&plan, &indices),
        warnings: Vec::new(),
        spec: plan.spec,
        exposure: plan.exposure,
        ledger: plan.ledger,
        unit_options,
        srm,
        metrics,
        segments,
    };
    result.warnings = warn::warnings(&result);
    result.sentence = words::headline(&result);
    result.limits = words::limits(&result);
    Ok(result)
}

fn variants(plan: &Plan, indices: &[u32]) -> Vec<Variant> {
    let n_arms = plan.variants.len();
    let (mut n_rows, mut n_units) = (vec![0_u64; n_arms], vec![0_u64; n_arms]);
    let mut is_seen = vec![false; plan.n_units * n_arms];
    for index in indices {
        let arm = plan.arm_of[*index as usize] as usize;
        let unit = plan.unit_of.as_ref().map_or(*index, |unit_of| unit_of[*index as usize]);
        n_rows[arm] += 1;
        let seen = &mut is_seen[unit as usize * n_arms + arm];
        n_units[arm] += u64::from(!*seen);
        *seen = true;
    }
    let names = plan.variants.iter().enumerate();
    names
        .map(|(arm, name)| Variant {
            name: name.clone(),
            is_control: arm == 0,
            n_rows: n_rows[arm],
            n_units: n_units[arm],
        })
        .collect()
}

fn refuse_if_nothing_is_measured(table: &Table, metrics: &[MetricResult]) -> Result<(), EngineError> {
    let is_empty = |metric: &MetricResult| metric.arms.iter().all(|arm| arm.n == 0);
    match metrics.first() {
        Some(first) if metrics.iter().all(is_empty) => {
            let message = format!("Metric \"{}\" has no value in any of the rows.", first.name);
            let error = EngineError::new(ErrorCode::NotEnoughData, message).at_table(table.name());
            let column = match &first.metric.measure {
                super::MetricMeasure::Mean { column } | super::MetricMeasure::Proportion { column, .. } => {
                    column
                }
                super::MetricMeasure::Ratio { numerator, .. } => numerator,
            };
            Err(error
                .at_column(column)
                .at_field("metrics[0]")
                .hint("Choose a column with values, or loosen the filter."))
        }
        _ => Ok(()),
    }
}

/// Adjusts the p-values of the goals over metrics and variants.
fn adjust_goals(metrics: &mut [MetricResult], correction: Correction) {
    let method = match correction {
        Correction::None => return,
        Correction::Holm => Adjustment::Holm,
        Correction::Bonferroni => Adjustment::Bonferroni,
        Correction::BenjaminiHochberg => Adjustment::BenjaminiHochberg,
        Correction::BenjaminiYekutieli => Adjustment::BenjaminiYekutieli,
    };
    let goals = metrics.iter_mut().filter(|metric| metric.metric.role == MetricRole::Goal);
    let mut comparisons: Vec<_> = goals
        .flat_map(|metric| &mut metric.comparisons)
        .filter(|comparison| comparison.p_value.is_some())
        .collect();
    if comparisons.len() < 2 {
        return;
    }
    let p_values: Vec<f64> = comparisons.iter().filter_map(|comparison| comparison.deciding_p()).collect();
    for (comparison, adjusted) in comparisons.iter_mut().zip(adjust(&p_values, method)) {
        comparison.p_adjusted = Some(adjusted);
    }
}

/// Marks what is significant, and puts every comparison into words.
fn decide(spec: &AbTestSpec, metrics: &mut [MetricResult], is_split_in_doubt: bool) {
    for metric in metrics {
        let mut comparisons = std::mem::take(&mut metric.comparisons);
        for comparison in &mut comparisons {
            let p = comparison.p_adjusted.or(comparison.deciding_p());
            comparison.is_significant = p.filter(|_| !is_split_in_doubt).map(|p| p < spec.alpha);
            let arm = |name: &str| metric.arms.iter().find(|arm| arm.variant == name);
            if let (Some(variant), Some(control)) = (arm(&comparison.variant), arm(&comparison.control)) {
                comparison.sentence = words::sentence(metric, comparison, variant, control, spec.alpha);
            }
            comparison.apa = words::apa(comparison, spec.alpha);
        }
        metric.comparisons = comparisons;
    }
}

async fn over_time(
    plan: &Plan,
    metric: usize,
    indices: &[u32],
    options: &Options,
    pace: &Pace,
) -> Result<Vec<DailyEffect>, EngineError> {
    let Some(time_of) = &plan.time_of else { return Ok(Vec::new()) };
    let periods = periods(time_of, indices);
    let mut effects = Vec::new();
    for (start, rows) in periods.starts.iter().zip(&periods.rows) {
        let observations = observe(plan, metric, rows, plan.spec.analysis_unit);
        let found = compare(plan, metric, &observations, options);
        for (comparison, arm) in found.comparisons.into_iter().zip(&found.arms[1..]) {
            effects.push(DailyEffect {
                from: start.to_string(),
                period: periods.length.into(),
                variant: comparison.variant,
                n_control: found.arms[0].n,
                n_variant: arm.n,
                difference: comparison.difference,
                interval: comparison.difference_interval,
            });
        }
        pace.step(0.1, "comparing day by day").await?;
    }
    Ok(effects)
}

async fn segments(
    table: &Table,
    plan: &Plan,
    indices: &[u32],
    options: &Options,
    pace: &Pace,
) -> Result<Vec<SegmentResult>, EngineError> {
    let mut segments = Vec::new();
    for (i, column) in plan.spec.segments.iter().enumerate() {
        let codes = table.codes(column).map_err(|error| error.at_field(format!("segments[{i}]")))?;
        if codes.levels.len() > MAX_SEGMENT_LEVELS {
            let message = format!(
                "Column \"{column}\" has {} values; a segment column has at most {MAX_SEGMENT_LEVELS}.",
                format::count(codes.levels.len() as u64)
            );
            let error =
                EngineError::new(ErrorCode::BadOption, message).at_table(table.name()).at_column(column);
            return Err(error.at_field(format!("segments[{i}]")));
        }
        let mut rows_of_level = vec![Vec::new(); codes.levels.len() + 1];
        for index in indices {
            let code = codes.codes[plan.rows[*index as usize] as usize];
            let level = if code == Codes::MISSING { codes.levels.len() } else { code as usize };
            rows_of_level[level].push(*index);
        }
        let names = codes.levels.iter().map(String::as_str).chain([MISSING_LEVEL]);
        for (level, rows) in names.zip(&rows_of_level).filter(|(_, rows)| !rows.is_empty()) {
            let srm = srm(plan, rows)?;
            let mut metrics = Vec::with_capacity(plan.metrics.len());
            for metric in 0..plan.metrics.len() {
                let observations = observe(plan, metric, rows, plan.spec.analysis_unit);
                metrics.push(compare(plan, metric, &observations, options));
                pace.step(0.9, "comparing segments").await?;
            }
            decide(&plan.spec, &mut metrics, srm.is_alert);
            let n_rows = rows.len() as u64;
            segments.push(SegmentResult {
                column: column.clone(),
                level: level.into(),
                n_rows,
                srm,
                metrics,
            });
        }
    }
    Ok(segments)
}

/// The first goal under every way to treat the rows.
async fn unit_options(plan: &Plan, options: &Options, pace: &Pace) -> Result<Vec<UnitOption>, EngineError> {
    let (Some(exposure), Some(unit)) = (&plan.exposure, &plan.spec.unit) else { return Ok(Vec::new()) };
    if exposure.max_rows_per_unit < 2 {
        return Ok(Vec::new());
    }
    let metric = plan.spec.metrics.iter().position(|metric| metric.role == MetricRole::Goal).unwrap_or(0);
    let all: Vec<u32> = (0..plan.rows.len() as u32).collect();
    let first = first_variant_rows(plan);
    let n_units = format::count(exposure.n_units);
    let n_rows = format::count(plan.rows.len() as u64);
    let ways = [
        (AnalysisUnit::Rows, &all, format!("by row: {n_rows} rows, each taken as independent")),
        (AnalysisUnit::Unit, &all, format!("by {unit}: one mean a {unit} and variant ({n_units} of them)")),
        (
            AnalysisUnit::Clustered,
            &all,
            format!("by row, errors clustered on {unit}: {n_rows} rows of {n_units}"),
        ),
        (
            AnalysisUnit::FirstVariant,
            &first,
            format!("by first variant: each {unit} stays with the variant it saw first"),
        ),
    ];
    let mut offered = Vec::with_capacity(ways.len());
    for (analysis_unit, indices, label) in ways {
        if analysis_unit == AnalysisUnit::FirstVariant && exposure.n_units_in_several == 0 {
            // The same as by unit.
            continue;
        }
        let found = compare(plan, metric, &observe(plan, metric, indices, analysis_unit), options);
        let comparison = found.comparisons.first();
        offered.push(UnitOption {
            analysis_unit,
            is_used: analysis_unit == plan.spec.analysis_unit,
            label,
            difference: comparison.and_then(|comparison| comparison.difference),
            interval: comparison.and_then(|comparison| comparison.difference_interval),
            p_value: comparison.and_then(|comparison| comparison.p_value),
        });
        pace.step(0.95, "comparing ways to treat the rows").await?;
    }
    Ok(offered)
}
