//! The A/B report as a document: the answer, its checks, the effects as a drawing and as a table,
//! each metric in detail, and the small print.

mod checks;
mod effects;
mod metric;
mod segments;

use super::{Folds, answer, chart, foldable, ledger, warnings};
use crate::analyses::ab_test::{AbTestResult, Comparison, MetricMeasure, MetricResult};
use crate::charts::from_result;
use crate::model::{Truth, TruthQuantity};
use crate::ui::parts::figure::Scale;
use crate::ui::runtime::App;
use leptos::prelude::*;
use std::sync::Arc;

pub fn view(app: App, id: u32, result: &AbTestResult, folds: Folds) -> AnyView {
    let truths = app.peek(|state| state.truths_of(&result.spec.table));
    let result = Arc::new(result.clone());
    let metrics: Vec<AnyView> = (0..result.metrics.len())
        .map(|idx| {
            let (result, truths) = (result.clone(), truths.clone());
            let metric = &result.metrics[idx];
            let name = format!("metric {}", metric.name);
            let title = metric.name.clone().into_any();
            foldable(folds, &name, title, idx == 0, move || metric::view(app, &result, idx, truths.as_ref()))
        })
        .collect();
    view! {
        {answer(&result.sentence, &result.limits)}
        {warnings(&result.warnings)}
        {chart(from_result::ab_test::effects(&result))}
        {effects::table(&result, truths.as_ref())}
        {checks::view(app, id, &result)}
        {metrics}
        {ledger(&result.ledger)}
    }
    .into_any()
}

/// How the values of a metric are written, from the spread of its control.
fn scale_of(metric: &MetricResult) -> Scale {
    match metric.metric.measure {
        MetricMeasure::Proportion { .. } => Scale::Share,
        MetricMeasure::Ratio { .. } if metric.arms.iter().all(|arm| is_share(arm.estimate)) => Scale::Share,
        _ => Scale::of_sd(metric.arms.iter().find_map(|arm| arm.sd)),
    }
}

/// A ratio between 0 and 1 is read as a share.
fn is_share(estimate: Option<f64>) -> bool {
    estimate.is_none_or(|x| (0.0..=1.0).contains(&x))
}

/// The word for what a metric estimates.
fn estimate_word(metric: &MetricResult) -> &'static str {
    match metric.metric.measure {
        MetricMeasure::Mean { .. } => "mean",
        MetricMeasure::Proportion { .. } => "share",
        MetricMeasure::Ratio { .. } => "ratio",
    }
}

/// What the world planted for a comparison, in all rows or in one segment.
fn planted(
    truths: Option<&Arc<Vec<Truth>>>,
    metric: &MetricResult,
    comparison: &Comparison,
    segment: Option<(&str, &str)>,
) -> Option<f64> {
    let found = truths?.iter().find(|truth| {
        truth.quantity == TruthQuantity::Difference
            && truth.metric == metric.name
            && truth.variant == comparison.variant
            && truth.control == comparison.control
            && truth.segment.as_ref().map(|(column, level)| (column.as_str(), level.as_str())) == segment
    });
    found.map(|truth| truth.value)
}

/// "higher", "lower", "not clear", or no verdict while the split is in doubt.
fn verdict(comparison: &Comparison) -> String {
    match (comparison.is_significant, comparison.difference) {
        (Some(true), Some(difference)) if difference > 0.0 => format!("{} higher", comparison.variant),
        (Some(true), Some(difference)) if difference < 0.0 => format!("{} lower", comparison.variant),
        (Some(_), _) => "not clear".into(),
        (None, _) => "no verdict".into(),
    }
}
