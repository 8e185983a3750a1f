//! The level of one metric in every variant: shares with Wilson intervals, means, ratios.

use super::effect::level_format;
use super::variant_series;
use crate::analyses::ab_test::{AbTestResult, ArmSummary, MetricMeasure};
use crate::charts::from_result::words::{ends, half_width, interval_name, list};
use crate::charts::marks::{Direction, IntervalItem, IntervalLook, Intervals};
use crate::charts::model::{Axis, Category, Chart, Domain, Info, Mark, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// `None` where there is no such metric or no variant has a value.
pub fn by_variant(result: &AbTestResult, metric_idx: usize) -> Option<Chart> {
    let metric = result.metrics.get(metric_idx)?;
    if metric.arms.iter().all(|arm| arm.estimate.is_none()) {
        return None;
    }
    let format = level_format(&metric.metric);
    let interval_name = interval_name(result.spec.alpha);
    let what = match metric.metric.measure {
        MetricMeasure::Mean { .. } => "mean",
        MetricMeasure::Proportion { .. } => "share",
        MetricMeasure::Ratio { .. } => "ratio",
    };
    let marks = metric.arms.iter().enumerate().map(|(index, arm)| {
        let n_decimals = n_decimals(arm, format);
        let estimate = arm.estimate.map_or("\u{2013}".into(), |x| format.value(x, n_decimals));
        let detail =
            arm.interval.map_or("\u{2013}".into(), |ends| format.interval(ends.low, ends.high, n_decimals));
        let mut info = Info::new(format!("{}, {}", metric.name, arm.variant))
            .line(what, &estimate)
            .line(&interval_name, format!("{detail}{}", format.unit()))
            .line("observations", format::count(arm.n));
        if let Some(successes) = arm.successes {
            info = info.line("successes", format::count(successes));
        }
        let item = IntervalItem {
            place: index as f64,
            estimate: arm.estimate,
            interval: arm.interval.map(ends),
            look: IntervalLook::Plain,
            label: ValueLabel { estimate, detail },
            info,
        };
        let direction = Direction::Horizontal;
        Mark::Intervals(Intervals { series: index, direction, offset_px: 0.0, items: vec![item] })
    });
    let category = |(index, arm): (usize, &ArmSummary)| Category {
        label: arm.variant.clone(),
        group: None,
        series: Some(index),
    };
    Some(Chart {
        kind: "ab_test_by_variant",
        title: format!("{} by variant", metric.name),
        takeaway: takeaway(&metric.arms, format, what, &interval_name),
        note: format!("Symbol: {what}. Line: {interval_name}. The axis need not start at zero."),
        x: Axis::linear(format!("{what} of {}", metric.name), Domain::Data, format),
        y: Axis::categories("", metric.arms.iter().enumerate().map(category).collect()),
        series: variant_series(result),
        marks: marks.collect(),
        value_headings: Some(ValueLabel { estimate: what.into(), detail: interval_name }),
        table: table(&metric.arms, format),
    })
}

fn n_decimals(arm: &ArmSummary, format: NumberFormat) -> usize {
    let estimate = arm.estimate.unwrap_or(f64::NAN);
    format.decimals_for(half_width(estimate, arm.interval).unwrap_or(estimate / 10.0))
}

fn takeaway(arms: &[ArmSummary], format: NumberFormat, what: &str, interval_name: &str) -> String {
    let mut phrases: Vec<String> = Vec::new();
    for arm in arms {
        let Some(estimate) = arm.estimate else { continue };
        let n_decimals = n_decimals(arm, format);
        let ends = arm.interval.map(|interval| {
            let ends = format.interval(interval.low, interval.high, n_decimals);
            // The first one says what the others are.
            if phrases.is_empty() { format!(" ({interval_name} {ends})") } else { format!(" ({ends})") }
        });
        let estimate = format.value(estimate, n_decimals);
        phrases.push(format!("{estimate} in {}{}", arm.variant, ends.unwrap_or_default()));
    }
    format!("The {what} is {}.", list(&phrases))
}

fn table(arms: &[ArmSummary], format: NumberFormat) -> DataTable {
    let mut table =
        DataTable::new(&["variant", "#observations", "#missing", "#estimate", "#low", "#high", "#sd"]);
    for arm in arms {
        let n_decimals = n_decimals(arm, format);
        let text = |x: f64| format.value(x, n_decimals);
        table.push(vec![
            Cell::text(&arm.variant),
            Cell::count(arm.n),
            Cell::count(arm.n_missing),
            Cell::number(arm.estimate, text),
            Cell::number(arm.interval.and_then(|interval| interval.low), text),
            Cell::number(arm.interval.and_then(|interval| interval.high), text),
            Cell::number(arm.sd, |x| format::number(x, 3)),
        ]);
    }
    table
}
