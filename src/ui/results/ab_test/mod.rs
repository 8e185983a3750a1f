//! The A/B report as a document: the answer, its checks, the effects as a drawing and as a table,
//! each metric in detail, and the small print.

mod checks;
mod effects;
mod metric;
mod segments;

use super::{Folds, Found, answer, chart, foldable, later, ledger};
use crate::analyses::Severity;
use crate::analyses::ab_test::{Comparison, MetricMeasure, MetricResult};
use crate::charts::from_result::ab_test as charts;
use crate::model::{Truth, TruthQuantity};
use crate::ui::dom::{Html, each, el, list, live};
use crate::ui::parts::figure::Scale;
use crate::ui::runtime::{App, Part};
use std::sync::Arc;

pub fn view(app: App, id: u32, found: Found, folds: Folds) -> Html {
    let truths = Truths::of(app, id);
    let names = Part::new(move || {
        found.ab_test(|result| result.metrics.iter().map(|metric| metric.name.clone()).collect::<Vec<_>>())
    });
    let first = names.peek().and_then(|names| names.first().cloned());
    let metrics = move || {
        let first = first.clone();
        let metric = move |name: &str| {
            let of = name.to_owned();
            foldable(folds, name, first.as_deref() == Some(name), move || {
                metric::view(app, found, of.clone(), truths)
            })
        };
        el("div").class("folds").add(each(move || names.get().unwrap_or_default(), metric)).into()
    };
    // Checks come before the drawing where one of them is strained, and after it where all is well.
    let checks = move |is_before: bool| {
        found.ab_test(|result| {
            let is_strained = result.warnings.iter().any(|warning| warning.severity != Severity::Note);
            (is_strained == is_before).then(|| checks::view(app, id, result))
        })
    };
    list([
        live(move || found.ab_test(|result| answer(&result.sentence, &result.limits, &result.warnings))),
        live(move || checks(true)),
        chart(move || found.ab_test(charts::effects)?),
        live(move || found.ab_test(|result| effects::table(result, truths.get().as_deref()))),
        live(move || checks(false)),
        later(metrics),
        live(move || found.ab_test(|result| ledger(&result.ledger))),
    ])
}

/// What the world planted, for the table that an analysis reads.
#[derive(Debug, Clone, Copy)]
struct Truths(Part<Option<Arc<Vec<Truth>>>>);

impl Truths {
    fn of(app: App, id: u32) -> Self {
        Self(app.part(move |state| state.truths_of(state.spec(id)?.table())))
    }

    fn get(self) -> Option<Arc<Vec<Truth>>> {
        self.0.get()
    }
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
    truths: Option<&Vec<Truth>>,
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
