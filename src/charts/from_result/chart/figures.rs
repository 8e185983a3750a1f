//! Axes, titles and figures as the charts of distributions and grids write them.

use crate::analyses::Interval;
use crate::analyses::chart::{AxisScale, ChartAxis, ChartField, ChartResult, PlaceKind};
use crate::charts::model::{Axis, AxisKind, Domain, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::scale::{DAY_SECONDS, iso_date};
use crate::charts::table::Cell;
use crate::charts::theme::SLATE;
use crate::format;

/// The axis of values, over the data.
pub fn value_axis(axis: &ChartAxis, scale: AxisScale, domain: Domain) -> Axis {
    let format = match axis {
        ChartAxis { is_share: true, .. } => NumberFormat::Percent,
        axis if is_duration(axis) => NumberFormat::Duration,
        _ => NumberFormat::Plain,
    };
    let label = label_with_unit(axis);
    match (axis.scale, scale) {
        (PlaceKind::Times, _) => Axis::time(label),
        (_, AxisScale::Log) => Axis { label, kind: AxisKind::Log, format, is_drawn: true },
        (_, AxisScale::Symlog) => Axis { label, kind: AxisKind::Symlog, format, is_drawn: true },
        (_, AxisScale::Linear) => Axis::linear(label, domain, format),
    }
}

/// "price ($)".
pub fn label_with_unit(axis: &ChartAxis) -> String {
    if axis.unit.is_empty() || is_duration(axis) {
        axis.label.clone()
    } else {
        format!("{} ({})", axis.label, axis.unit)
    }
}

/// Three significant digits: "12.3", "$1,204", "45.6 %".
pub fn short(axis: &ChartAxis, value: f64) -> String {
    figure(axis, value, 3)
}

/// As many digits as anyone reads off a chart.
pub fn long(axis: &ChartAxis, value: f64) -> String {
    figure(axis, value, 6)
}

/// "11.5 to 12.3".
pub fn interval_text(axis: &ChartAxis, interval: Interval) -> String {
    let end = |end: Option<f64>, open: f64| short(axis, end.unwrap_or(open));
    format!("{} to {}", end(interval.low, f64::NEG_INFINITY), end(interval.high, f64::INFINITY))
}

/// A cell of the data table.
pub fn cell(axis: &ChartAxis, value: Option<f64>) -> Cell {
    Cell::number(value, |value| figure(axis, value, 6))
}

/// The figures of a column, all with the decimals that give the largest of them three digits.
pub fn aligned(axis: &ChartAxis, values: &[Option<f64>]) -> Vec<String> {
    let factor = if axis.is_share { 100.0 } else { 1.0 };
    let known = values.iter().flatten().map(|value| value.abs() * factor);
    let largest = known.filter(|value| value.is_finite()).fold(0.0, f64::max);
    let is_plain = axis.scale != PlaceKind::Times && !is_duration(axis) && (1e-5..1e9).contains(&largest);
    let n_decimals = (2.0 - largest.log10().floor()).clamp(0.0, 9.0) as usize;
    let write = |value: f64| format::decimals(value * factor, n_decimals);
    let are_whole = values.iter().flatten().all(|value| (value * factor).fract() == 0.0);
    let text = |value: &Option<f64>| match value {
        None => "\u{2013}".to_owned(),
        Some(value) if !is_plain || are_whole => short(axis, *value),
        Some(value) => with_unit(axis, &write(*value)),
    };
    values.iter().map(text).collect()
}

/// Durations are counted in seconds, and written in larger units.
fn is_duration(axis: &ChartAxis) -> bool {
    axis.unit == "seconds" && !axis.is_share && !axis.is_count
}

fn figure(axis: &ChartAxis, value: f64, significant: usize) -> String {
    if axis.scale == PlaceKind::Times {
        return time_text(value);
    }
    if is_duration(axis) {
        return format::duration(value);
    }
    let factor = if axis.is_share { 100.0 } else { 1.0 };
    with_unit(axis, &format::trim_zeros(&format::number(value * factor, significant)))
}

fn with_unit(axis: &ChartAxis, text: &str) -> String {
    if axis.is_share {
        return format!("{text}\u{a0}%");
    }
    let unit = axis.unit.as_str();
    let is_word = unit.chars().next().is_some_and(|c| c.is_alphabetic() || c == '%' || c == '\u{b0}');
    match (unit.is_empty(), is_word, text.strip_prefix('\u{2212}')) {
        (true, ..) => text.to_owned(),
        (_, true, _) => format!("{text}\u{a0}{unit}"),
        (.., Some(bare)) => format!("\u{2212}{unit}{bare}"),
        (.., None) => format!("{unit}{text}"),
    }
}

/// "2024-03-04", with the time where it is not midnight.
pub fn time_text(seconds: f64) -> String {
    let days = (seconds / DAY_SECONDS).floor();
    let minutes = ((seconds - days * DAY_SECONDS) / 60.0).floor() as i64;
    let date = iso_date(days as i64);
    if minutes == 0 { date } else { format!("{date} {:02}:{:02}", minutes / 60, minutes % 60) }
}

/// The title of a panel: "session_length by device, country = Norway".
pub fn title(result: &ChartResult, panel: usize, whole: String) -> String {
    match panel_name(result, panel) {
        Some(name) => format!("{whole}, {name}"),
        None => whole,
    }
}

/// "country = Norway"; `None` where there is only one panel without a name.
pub fn panel_name(result: &ChartResult, panel: usize) -> Option<String> {
    let name = &result.panels.get(panel)?.name;
    let column = result.spec.facet.as_ref().map_or("", |field: &ChartField| field.column.as_str());
    match (name.is_empty(), column.is_empty()) {
        (true, _) => None,
        (_, true) => Some(name.clone()),
        _ => Some(format!("{column} = {name}")),
    }
}

/// "session_length by device and variant".
pub fn by(result: &ChartResult, what: &str, place: &str) -> String {
    let names: Vec<String> =
        [place, &result.series_label].into_iter().filter(|name| !name.is_empty()).map(Into::into).collect();
    if names.is_empty() {
        what.to_owned()
    } else {
        format!("{what} by {}", crate::charts::from_result::words::list(&names))
    }
}

/// The series in their looks; one without a name gets that of the values, what was put together is slate.
pub fn series_list(result: &ChartResult, fallback: &str) -> Vec<Series> {
    let look = |(index, name): (usize, &String)| {
        let series = Series::numbered(if name.is_empty() { fallback } else { name }, index);
        let is_rest = index > 0 && (name == "other" || name.ends_with(" others"));
        if is_rest { Series { slot: SLATE, ..series } } else { series }
    };
    result.series.iter().enumerate().map(look).collect()
}

/// The name of a series where there are several.
pub fn series_name(result: &ChartResult, series: u32) -> Option<&str> {
    result.series.get(series as usize).map(String::as_str).filter(|_| result.series.len() > 1)
}
