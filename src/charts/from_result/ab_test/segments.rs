//! The effect on one metric in each segment, beside the overall effect.

use super::effect::{Effect, EffectScale, difference_format, item};
use super::{control_name, series_of, variant_series};
use crate::analyses::ab_test::{AbTestResult, Comparison, MetricResult, SegmentResult};
use crate::charts::from_result::words::{excludes, interval_name, span_of_intervals};
use crate::charts::marks::{Direction, IntervalItem, Intervals, Rule, RuleLook};
use crate::charts::model::{Axis, Category, Chart, Domain, Mark, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// `None` without segments.
pub fn segments(result: &AbTestResult, metric_idx: usize) -> Option<Chart> {
    let metric = result.metrics.get(metric_idx)?;
    let rows: Vec<Row<'_>> =
        result.segments.iter().flat_map(|segment| rows_of(segment, metric_idx)).collect();
    if rows.is_empty() {
        return None;
    }
    let has_lift = rows.iter().any(|row| row.comparison.lift.is_some());
    let scale = if has_lift { EffectScale::Lift } else { EffectScale::Difference };
    let interval_name = interval_name(result.spec.alpha);
    let control = control_name(result);
    let has_several_variants = result.variants.len() > 2;

    let category = |row: &Row<'_>| Category {
        label: if has_several_variants {
            format!("{}, {}", row.segment.level, row.comparison.variant)
        } else {
            row.segment.level.clone()
        },
        group: Some(row.segment.column.clone()),
        series: Some(series_of(result, &row.comparison.variant)),
    };
    let intervals =
        result.variants.iter().enumerate().filter(|(_, variant)| !variant.is_control).map(|(s, variant)| {
            let of_variant =
                rows.iter().enumerate().filter(|(_, row)| row.comparison.variant == variant.name);
            let items: Vec<IntervalItem> =
                of_variant.map(|(index, row)| row_item(index, row, scale, &interval_name)).collect();
            Mark::Intervals(Intervals { series: s, direction: Direction::Horizontal, offset_px: 0.0, items })
        });
    let rule = |at: f64, names: Vec<String>, look| {
        Mark::Rule(Rule { direction: Direction::Horizontal, at, names, look, info: None })
    };
    let overall = metric.comparisons.iter().filter_map(|row| {
        let effect = Effect::of(row, &metric.metric, scale);
        let figure = effect.estimate_text();
        let look = if has_several_variants {
            RuleLook::Series(series_of(result, &row.variant))
        } else {
            RuleLook::Reference
        };
        let who = if has_several_variants { format!("{} ", row.variant) } else { String::new() };
        Some(rule(effect.estimate?, vec![format!("{who}overall {figure}"), format!("{who}{figure}")], look))
    });
    let mut reaches: Vec<_> = rows.iter().filter_map(|row| row.effect(scale).reach()).collect();
    reaches
        .extend(metric.comparisons.iter().filter_map(|row| Effect::of(row, &metric.metric, scale).reach()));
    let (low, high) = span_of_intervals(&reaches, &[0.0]);
    let (x_label, format) = match scale {
        EffectScale::Lift => (format!("change relative to {control}"), NumberFormat::SignedPercent),
        EffectScale::Difference => (format!("difference from {control}"), difference_format(&metric.metric)),
    };
    let zero = rule(0.0, vec![format!("same as {control}"), control.into()], RuleLook::Zero);
    Some(Chart {
        kind: "ab_test_segments",
        title: format!("Effect on {} by segment", metric.name),
        takeaway: takeaway(metric, &rows, scale),
        note: format!(
            "Symbol: estimate. Line: {interval_name}. Filled symbol and bold figure: p below {}, not adjusted for \
             the number of segments: with many of them some stand out by chance.",
            format::trim_zeros(&format::decimals(result.spec.alpha, 4))
        ),
        x: Axis::linear(x_label, Domain::Fixed(low, high), format),
        y: Axis::categories("", rows.iter().map(category).collect()),
        series: variant_series(result),
        marks: std::iter::once(zero).chain(overall).chain(intervals).collect(),
        value_headings: Some(ValueLabel {
            estimate: if scale == EffectScale::Lift { "lift" } else { "difference" }.into(),
            detail: interval_name,
        }),
        table: table(&rows),
    })
}

/// One variant in one segment.
struct Row<'a> {
    segment: &'a SegmentResult,
    metric: &'a MetricResult,
    comparison: &'a Comparison,
}

impl Row<'_> {
    fn effect(&self, scale: EffectScale) -> Effect {
        Effect::of(self.comparison, &self.metric.metric, scale)
    }
}

fn rows_of(segment: &SegmentResult, metric_idx: usize) -> Vec<Row<'_>> {
    let Some(metric) = segment.metrics.get(metric_idx) else { return Vec::new() };
    metric.comparisons.iter().map(|comparison| Row { segment, metric, comparison }).collect()
}

fn row_item(index: usize, row: &Row<'_>, scale: EffectScale, interval_name: &str) -> IntervalItem {
    let Row { segment, metric, comparison } = row;
    let name = format!(
        "{} = {}, {} against {}",
        segment.column, segment.level, comparison.variant, comparison.control
    );
    let mut item = item(index as f64, name, comparison, &metric.metric, scale, interval_name);
    item.info = item.info.line("rows", format::count(segment.n_rows));
    if segment.srm.is_alert {
        item.info = item.info.line("caution", "the split is not as planned in this segment");
    }
    item
}

fn takeaway(metric: &MetricResult, rows: &[Row<'_>], scale: EffectScale) -> String {
    let known: Vec<&Row<'_>> = rows.iter().filter(|row| row.effect(scale).estimate.is_some()).collect();
    let n_positive =
        known.iter().filter(|row| row.effect(scale).estimate.is_some_and(|effect| effect > 0.0)).count();
    let overall = |variant: &str| {
        let row = metric.comparisons.iter().find(|row| row.variant == variant)?;
        Effect::of(row, &metric.metric, scale).estimate
    };
    let stands_out = |row: &&&Row<'_>| {
        let effect = row.effect(scale);
        match (effect.interval, overall(&row.comparison.variant)) {
            (Some(interval), Some(overall)) => excludes(interval, overall),
            _ => false,
        }
    };
    let n_apart = known.iter().filter(stands_out).count();
    let apart = match n_apart {
        0 => "every interval includes the overall effect".to_owned(),
        1 => "1 interval excludes the overall effect".to_owned(),
        n => format!("{n} intervals exclude the overall effect"),
    };
    format!(
        "The effect on {} is above zero in {n_positive} of {} segments; {apart}.",
        metric.name,
        known.len()
    )
}

fn table(rows: &[Row<'_>]) -> DataTable {
    let mut table = DataTable::new(&[
        "segment",
        "level",
        "variant",
        "#rows",
        "#lift",
        "#lift low",
        "#lift high",
        "#difference",
        "#difference low",
        "#difference high",
        "#p",
    ]);
    for row in rows {
        let mut cells = vec![
            Cell::text(&row.segment.column),
            Cell::text(&row.segment.level),
            Cell::text(&row.comparison.variant),
            Cell::count(row.segment.n_rows),
        ];
        cells.extend(row.effect(EffectScale::Lift).cells());
        cells.extend(row.effect(EffectScale::Difference).cells());
        cells.push(Cell::number(row.comparison.p_value, format::p_value));
        table.push(cells);
    }
    table
}
