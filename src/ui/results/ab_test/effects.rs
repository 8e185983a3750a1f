//! The effects as a table: a row for each metric and variant.

use super::{planted, scale_of, verdict};
use crate::analyses::Interval;
use crate::analyses::ab_test::{
    AbTestResult, Comparison, Correction, LiftInterval, MetricResult, MetricRole,
};
use crate::format;
use crate::model::Truth;
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::figure::{Scale, figure, interval};
use crate::ui::results::level;
use crate::ui::results::table::{Figures, Row, words};

pub fn table(result: &AbTestResult, truths: Option<&Vec<Truth>>) -> Html {
    let rows: Vec<(&MetricResult, &Comparison)> = result
        .metrics
        .iter()
        .flat_map(|metric| metric.comparisons.iter().map(move |comparison| (metric, comparison)))
        .collect();
    let has_truth =
        rows.iter().any(|(metric, comparison)| planted(truths, metric, comparison, None).is_some());
    let is_adjusted = rows.iter().any(|(_, comparison)| comparison.p_adjusted.is_some());
    let level = level(result.spec.alpha);
    let p =
        if is_adjusted { format!("#p ({})", correction_name(result.spec.correction)) } else { "#p".into() };
    let mut heads: Vec<String> = vec![
        "Metric".into(),
        "#Control".into(),
        "#Variant".into(),
        "#Difference".into(),
        format!("#{level} interval"),
    ];
    if has_truth {
        heads.push("#Planted".into());
    }
    heads.extend(["#Lift".into(), format!("#{level} interval"), p, "Verdict".into()]);
    let rows =
        rows.into_iter().map(|(metric, comparison)| row(metric, comparison, truths, has_truth)).collect();
    let control =
        result.variants.iter().find(|variant| variant.is_control).map_or("", |variant| &variant.name);
    let variants: Vec<&str> =
        result.variants.iter().filter(|v| !v.is_control).map(|variant| variant.name.as_str()).collect();
    let caption = format!("{} against {control}", variants.join(", "));
    let corrected = is_adjusted.then(|| {
        el("p").class("small-print").text("p-values are adjusted over the goals; intervals are not.")
    });
    el("section")
        .class("result-part")
        .add(el("h3").add(caption.clone()))
        .add(Figures { caption, heads, rows, is_captioned: false }.view())
        .add(corrected)
        .into()
}

fn row(metric: &MetricResult, comparison: &Comparison, truths: Option<&Vec<Truth>>, has_truth: bool) -> Row {
    let scale = scale_of(metric);
    let name = |what: &str| format!("{}|{}|{what}", metric.name, comparison.variant);
    let arm =
        |variant: &str| metric.arms.iter().find(|arm| arm.variant == variant).and_then(|arm| arm.estimate);
    let mut cells = vec![
        figure(name("control"), arm(&comparison.control), |x| scale.value(x)),
        figure(name("estimate"), arm(&comparison.variant), |x| scale.value(x)),
        figure(name("difference"), comparison.difference, |x| scale.difference(x)),
        interval(name("difference_interval"), comparison.difference_interval, |i| {
            scale.difference_interval(i)
        }),
    ];
    if has_truth {
        cells.push(truth(planted(truths, metric, comparison, None), comparison.difference_interval, scale));
    }
    cells.extend([
        figure(name("lift"), comparison.lift, |x| format::signed_percent(x, 1)),
        lift_interval(name("lift_interval"), comparison.lift_interval),
        figure(name("p"), comparison.p_adjusted.or(comparison.deciding_p()), format::p_value),
        words(verdict(comparison)),
    ]);
    let role = match metric.metric.role {
        MetricRole::Goal => "",
        MetricRole::Guardrail => " (guardrail)",
        MetricRole::Secondary => " (secondary)",
    };
    Row::new(format!("{}{role}", metric.name), cells)
}

/// The planted effect, and whether the interval holds it.
pub fn truth(planted: Option<f64>, estimated: Option<Interval>, scale: Scale) -> Html {
    let Some(planted) = planted else { return words("\u{2013}") };
    let text = scale.difference(planted);
    let is_inside = estimated.map(|interval| {
        interval.low.is_none_or(|low| low <= planted) && interval.high.is_none_or(|high| planted <= high)
    });
    let mark = match is_inside {
        Some(true) => "inside",
        Some(false) => "outside",
        None => "",
    };
    list([
        el("data").attr("value", planted.to_string()).add(text).into(),
        el("span").class("truth-mark").add(mark).into(),
    ])
}

pub fn lift_interval(name: String, found: LiftInterval) -> Html {
    match found {
        LiftInterval::Finite { interval: found } => interval(name, Some(found), |interval| {
            let end = |x: Option<f64>| {
                x.map_or("\u{221e}".into(), |x| crate::ui::parts::figure::signed(100.0 * x, 1))
            };
            format!("{} to {} %", end(interval.low), end(interval.high))
        }),
        LiftInterval::Unbounded => el("span")
            .attr(
                "title",
                "The control is not clearly away from zero, so that no finite interval holds the lift.",
            )
            .text("no finite interval")
            .into(),
        LiftInterval::Undefined => words("\u{2013}"),
    }
}

pub fn correction_name(correction: Correction) -> &'static str {
    match correction {
        Correction::Holm => "Holm",
        Correction::Bonferroni => "Bonferroni",
        Correction::BenjaminiHochberg => "Benjamini-Hochberg",
        Correction::BenjaminiYekutieli => "Benjamini-Yekutieli",
        Correction::None => "not adjusted",
    }
}
