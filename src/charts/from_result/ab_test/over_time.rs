//! The effect on one metric day by day (or week, month), with the overall effect behind it.

use super::effect::{Effect, EffectScale, difference_format};
use super::{control_name, series_of, variant_series};
use crate::analyses::Interval;
use crate::analyses::ab_test::{AbTestResult, DailyEffect, MetricResult};
use crate::charts::from_result::words::{ends, excludes, half_width, interval_name};
use crate::charts::marks::{
    Direction, IntervalItem, IntervalLook, Intervals, Line, LinePoint, Rule, RuleLook,
};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::scale::{DAY_SECONDS, days_of_iso_date};
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// With more periods, lines with bands replace single intervals.
const MOST_WHISKERS: usize = 35;
/// Between the intervals of two variants on one day.
const SIDE_BY_SIDE_PX: f64 = 7.0;

/// `None` without a time column.
pub fn over_time(result: &AbTestResult, metric_idx: usize) -> Option<Chart> {
    let metric = result.metrics.get(metric_idx)?;
    let period = metric.over_time.first()?.period.clone();
    let format = difference_format(&metric.metric);
    let control = control_name(result);
    let variants: Vec<&str> = result
        .variants
        .iter()
        .filter(|variant| {
            !variant.is_control && metric.over_time.iter().any(|row| row.variant == variant.name)
        })
        .map(|variant| variant.name.as_str())
        .collect();
    let marks = variants.iter().enumerate().map(|(index, variant)| {
        let rows: Vec<&DailyEffect> = metric.over_time.iter().filter(|row| row.variant == *variant).collect();
        let series = series_of(result, variant);
        let offset_px = (index as f64 - (variants.len() as f64 - 1.0) / 2.0) * SIDE_BY_SIDE_PX;
        mark(result, metric, series, &rows, offset_px)
    });
    let zero = Rule {
        direction: Direction::Vertical,
        at: 0.0,
        names: vec![format!("same as {control}"), control.to_owned(), "0".into()],
        look: RuleLook::Zero,
        info: None,
    };
    let overall = match metric.comparisons.as_slice() {
        [only] => only.difference.map(|at| {
            let effect = Effect::of(only, &metric.metric, EffectScale::Difference);
            let figure = effect.estimate_text();
            let names = vec![format!("overall {figure}"), figure];
            Rule { direction: Direction::Vertical, at, names, look: RuleLook::Reference, info: None }
        }),
        // Several overall effects are told apart in the chart of all effects.
        _ => None,
    };
    Some(Chart {
        kind: "ab_test_over_time",
        title: format!("Effect on {} by {period}", metric.name),
        takeaway: takeaway(result, metric, &period),
        note: format!(
            "Symbol: difference from {control} among the observations of one {period}. Line: {}, not adjusted for \
             the number of {period}s.",
            interval_name(result.spec.alpha)
        ),
        x: Axis::time(""),
        y: Axis::linear(format!("difference from {control}"), Domain::Data, format),
        series: variant_series(result),
        marks: std::iter::once(zero).chain(overall).map(Mark::Rule).chain(marks).collect(),
        value_headings: None,
        table: table(metric, format),
    })
}

fn mark(
    result: &AbTestResult,
    metric: &MetricResult,
    series: usize,
    rows: &[&DailyEffect],
    offset_px: f64,
) -> Mark {
    let place = |row: &DailyEffect| days_of_iso_date(&row.from).map(|days| days as f64 * DAY_SECONDS);
    let info = |row: &DailyEffect| info(result, metric, row);
    if rows.len() <= MOST_WHISKERS {
        let item = |row: &&DailyEffect| {
            Some(IntervalItem {
                place: place(row)?,
                estimate: row.difference,
                interval: row.interval.map(ends),
                look: IntervalLook::Plain,
                label: ValueLabel::default(),
                info: info(row),
            })
        };
        let items = rows.iter().filter_map(item).collect();
        return Mark::Intervals(Intervals { series, direction: Direction::Vertical, offset_px, items });
    }
    let point = |row: &&DailyEffect| {
        Some(LinePoint {
            x: place(row)?,
            y: row.difference,
            interval: row.interval.map(ends),
            info: info(row),
        })
    };
    let points = rows.iter().filter_map(point).collect();
    Mark::Line(Line { series, points, is_stepped: false, has_end_label: result.variants.len() > 2 })
}

fn info(result: &AbTestResult, metric: &MetricResult, row: &DailyEffect) -> Info {
    let format = difference_format(&metric.metric);
    let n_decimals = n_decimals(row, format);
    let when =
        if row.period == "day" { row.from.clone() } else { format!("{} from {}", row.period, row.from) };
    let mut info = Info::new(format!("{}, {when}", row.variant)).line(
        "difference",
        row.difference.map_or("\u{2013}".into(), |difference| format.value(difference, n_decimals)),
    );
    if let Some(Interval { low, high }) = row.interval {
        let text = format!("{}{}", format.interval(low, high, n_decimals), format.unit());
        info = info.line(interval_name(result.spec.alpha), text);
    }
    info.line(
        "observations",
        format!("{} and {} in control", format::count(row.n_variant), format::count(row.n_control)),
    )
}

fn n_decimals(row: &DailyEffect, format: NumberFormat) -> usize {
    let difference = row.difference.unwrap_or(f64::NAN);
    format.decimals_for(half_width(difference, row.interval).unwrap_or(difference / 10.0))
}

fn takeaway(result: &AbTestResult, metric: &MetricResult, period: &str) -> String {
    let known: Vec<(f64, Interval)> =
        metric.over_time.iter().filter_map(|row| Some((row.difference?, row.interval?))).collect();
    if known.is_empty() {
        return format!("No {period} has enough observations for an interval.");
    }
    let n_with_zero = known.iter().filter(|(_, interval)| !excludes(*interval, 0.0)).count();
    let n_positive = known.iter().filter(|(difference, _)| *difference > 0.0).count();
    let of = if result.variants.len() > 2 { "effects" } else { "differences" };
    format!(
        "{n_positive} of {} {of} by {period} are above zero; {n_with_zero} of their {} intervals include zero. A \
         single {period} is less certain than the whole.",
        known.len(),
        crate::charts::from_result::words::level(result.spec.alpha)
    )
}

fn table(metric: &MetricResult, format: NumberFormat) -> DataTable {
    let mut table = DataTable::new(&[
        "from",
        "period",
        "variant",
        "#n variant",
        "#n control",
        "#difference",
        "#low",
        "#high",
    ]);
    for row in &metric.over_time {
        let n_decimals = n_decimals(row, format);
        let text = |x: f64| format.value(x, n_decimals);
        table.push(vec![
            Cell::text(&row.from),
            Cell::text(&row.period),
            Cell::text(&row.variant),
            Cell::count(row.n_variant),
            Cell::count(row.n_control),
            Cell::number(row.difference, text),
            Cell::number(row.interval.and_then(|interval| interval.low), text),
            Cell::number(row.interval.and_then(|interval| interval.high), text),
        ]);
    }
    table
}
