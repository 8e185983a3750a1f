//! Figures as the charts that users compose write them: with the unit and scale of their axis.

use crate::analyses::Interval;
use crate::analyses::chart::{ChartAxis, PlaceKind};
use crate::charts::from_result::words::half_width;
use crate::charts::number_format::NumberFormat;
use crate::charts::scale::{Precision, time_text};
use crate::charts::table::Cell;
use crate::format;

pub const INTERVAL: &str = "95\u{a0}% interval";

/// How the numbers of an axis are written.
pub fn format_of(axis: &ChartAxis) -> NumberFormat {
    match axis {
        ChartAxis { is_share: true, .. } => NumberFormat::Percent,
        ChartAxis { is_count: true, .. } => NumberFormat::Count,
        axis if axis.unit == "seconds" => NumberFormat::Duration,
        _ => NumberFormat::Plain,
    }
}

/// "price ($)"; units that stand with each number are not repeated.
pub fn label(axis: &ChartAxis) -> String {
    let is_told = axis.unit.is_empty() || axis.unit == "%" || format_of(axis) != NumberFormat::Plain;
    if is_told { axis.label.clone() } else { format!("{} ({})", axis.label, axis.unit) }
}

/// At the beginning of a sentence: "The number of rows", "The mean of session_length", "price".
pub fn subject(axis: &ChartAxis) -> String {
    match axis.label.as_str() {
        label if axis.is_count && (label == "rows" || label.starts_with("different values of ")) => {
            format!("The number of {label}")
        }
        label if label.contains(" of ") => format!("The {label}"),
        label => label.to_owned(),
    }
}

/// A figure in a sentence or a table, with four digits and its unit: "32.41", "$1,204", "66.8 %".
pub fn figure(axis: &ChartAxis, x: f64) -> String {
    match format_of(axis) {
        // Three digits tell shares apart.
        NumberFormat::Percent => digits(axis, x, 3),
        // Money has cents.
        NumberFormat::Plain
            if axis.scale != PlaceKind::Times && has_sign(axis) && (1.0..1e6).contains(&x.abs()) =>
        {
            with_unit(axis, format::decimals(x, 2))
        }
        _ => digits(axis, x, 4),
    }
}

/// Three digits, where a figure stands with others: "12.3", "$1,204", "45.6 %".
pub fn short(axis: &ChartAxis, x: f64) -> String {
    digits(axis, x, 3)
}

/// As many digits as anyone reads off a chart.
pub fn long(axis: &ChartAxis, x: f64) -> String {
    digits(axis, x, 6)
}

fn digits(axis: &ChartAxis, x: f64, significant: usize) -> String {
    if axis.scale == PlaceKind::Times {
        return time_text(x, Precision::Minute);
    }
    let format = format_of(axis);
    let number = |x: f64| format::trim_zeros(&format::number(x, significant));
    match format {
        NumberFormat::Count => format::decimals(x, 0),
        NumberFormat::Percent => number(x * 100.0) + format.unit(),
        NumberFormat::Duration => format::duration(x),
        _ => with_unit(axis, number(x)),
    }
}

/// "from 10 to 12".
pub fn interval_name(axis: &ChartAxis, edges: &[f64]) -> String {
    let &[from, to] = edges else { return String::new() };
    format!("from {} to {}", figure(axis, from), figure(axis, to))
}

/// A figure with the decimals that its uncertainty asks for, where that is known.
pub fn estimate(axis: &ChartAxis, x: f64, interval: Option<Interval>) -> String {
    match half_width(x, interval) {
        Some(half) => with_unit(axis, format_of(axis).value(x, format_of(axis).decimals_for(half))),
        None => figure(axis, x),
    }
}

/// "31.9 to 32.9".
pub fn interval_text(axis: &ChartAxis, x: f64, interval: Interval) -> String {
    let format = format_of(axis);
    let n_decimals = format.decimals_for(half_width(x, Some(interval)).unwrap_or(x / 10.0));
    format!("{}{}", format.interval(interval.low, interval.high, n_decimals), format.unit())
}

/// "11.5 to 12.3": each end with three digits.
pub fn short_interval(axis: &ChartAxis, interval: Interval) -> String {
    let end = |end: Option<f64>, open: f64| short(axis, end.unwrap_or(open));
    format!("{} to {}", end(interval.low, f64::NEG_INFINITY), end(interval.high, f64::INFINITY))
}

/// A cell of the data table.
pub fn cell(axis: &ChartAxis, value: Option<f64>) -> Cell {
    Cell::number(value, |value| long(axis, value))
}

/// The figures of a column, all with the decimals that give the largest of them three digits.
pub fn aligned(axis: &ChartAxis, values: &[Option<f64>]) -> Vec<String> {
    let is_share = format_of(axis) == NumberFormat::Percent;
    let factor = if is_share { 100.0 } else { 1.0 };
    let known = values.iter().flatten().map(|value| value.abs() * factor);
    let largest = known.filter(|value| value.is_finite()).fold(0.0, f64::max);
    let is_number = axis.scale != PlaceKind::Times && format_of(axis) != NumberFormat::Duration;
    let is_plain = is_number && (1e-5..1e9).contains(&largest);
    let n_decimals = (2.0 - largest.log10().floor()).clamp(0.0, 9.0) as usize;
    let write = |value: f64| match format::decimals(value * factor, n_decimals) {
        text if is_share => text + NumberFormat::Percent.unit(),
        text => with_unit(axis, text),
    };
    let are_whole = values.iter().flatten().all(|value| (value * factor).fract() == 0.0);
    let text = |value: &Option<f64>| match value {
        None => "\u{2013}".to_owned(),
        Some(value) if !is_plain || are_whole => short(axis, *value),
        Some(value) => write(*value),
    };
    values.iter().map(text).collect()
}

/// Whether the unit is a sign that stands before the number: "$".
fn has_sign(axis: &ChartAxis) -> bool {
    axis.unit.chars().next().is_some_and(|c| !c.is_alphabetic() && c != '%' && c != '\u{b0}')
}

fn with_unit(axis: &ChartAxis, text: String) -> String {
    if format_of(axis) != NumberFormat::Plain || axis.unit.is_empty() {
        return text;
    }
    match text.strip_prefix('\u{2212}') {
        _ if !has_sign(axis) => format!("{text}\u{a0}{}", axis.unit),
        Some(bare) => format!("\u{2212}{}{bare}", axis.unit),
        None => format!("{}{text}", axis.unit),
    }
}
