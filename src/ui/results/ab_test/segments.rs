//! One metric in each segment.

use super::effects::truth;
use super::{planted, scale_of};
use crate::analyses::ab_test::{AbTestResult, Comparison, MetricResult, SegmentResult};
use crate::format;
use crate::model::Truth;
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::figure::{count, figure, interval};
use crate::ui::results::level;
use crate::ui::results::table::{Figures, Row, words};

pub fn table(result: &AbTestResult, idx: usize, truths: Option<&Vec<Truth>>) -> Html {
    let Some(whole) = result.metrics.get(idx) else { return Html::Nothing };
    if result.segments.is_empty() {
        return Html::Nothing;
    }
    let lines: Vec<(&SegmentResult, &MetricResult, &Comparison)> = result
        .segments
        .iter()
        .filter_map(|segment| Some((segment, segment.metrics.get(idx)?)))
        .flat_map(|(segment, metric)| metric.comparisons.iter().map(move |c| (segment, metric, c)))
        .collect();
    let has_truth = lines.iter().any(|(segment, metric, comparison)| {
        planted(truths, metric, comparison, Some((&segment.column, &segment.level))).is_some()
    });
    let mut heads: Vec<String> = vec![
        "Segment".into(),
        "#Rows".into(),
        "#Control".into(),
        "#Variant".into(),
        "#Difference".into(),
        format!("#{} interval", level(result.spec.alpha)),
    ];
    if has_truth {
        heads.push("#Planted".into());
    }
    heads.extend(["#p".into(), "Split".into()]);
    let rows = lines
        .into_iter()
        .map(|(segment, metric, c)| row(whole, segment, metric, c, truths, has_truth))
        .collect();
    let caption = format!("{} in each segment", whole.name);
    list([
        Figures { caption, heads, rows, is_captioned: true }.view(),
        el("p")
            .class("small-print")
            .text("p-values of segments are not adjusted: of many segments, some look different by chance.")
            .into(),
    ])
}

fn row(
    whole: &MetricResult,
    segment: &SegmentResult,
    metric: &MetricResult,
    comparison: &Comparison,
    truths: Option<&Vec<Truth>>,
    has_truth: bool,
) -> Row {
    // Segments are written with the digits of the whole, so that rows line up.
    let scale = scale_of(whole);
    let name = |what: &str| {
        format!("{}|{}|{} = {}|{what}", metric.name, comparison.variant, segment.column, segment.level)
    };
    let arm =
        |variant: &str| metric.arms.iter().find(|arm| arm.variant == variant).and_then(|arm| arm.estimate);
    let mut cells = vec![
        count(name("rows"), segment.n_rows),
        figure(name("control"), arm(&comparison.control), |x| scale.value(x)),
        figure(name("estimate"), arm(&comparison.variant), |x| scale.value(x)),
        figure(name("difference"), comparison.difference, |x| scale.difference(x)),
        interval(name("difference_interval"), comparison.difference_interval, |i| {
            scale.difference_interval(i)
        }),
    ];
    if has_truth {
        let planted = planted(truths, metric, comparison, Some((&segment.column, &segment.level)));
        cells.push(truth(planted, comparison.difference_interval, scale));
    }
    let split = if segment.srm.is_alert { "off" } else { "as planned" };
    cells.push(figure(name("p"), comparison.deciding_p(), format::p_value));
    cells.push(words(split));
    Row::new(format!("{} = {}", segment.column, segment.level), cells)
}
