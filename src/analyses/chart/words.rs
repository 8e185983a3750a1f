//! A chart in words: what it shows at first sight, and what it cannot show.

use super::frame::Frame;
use super::points;
use super::result::{ChartAxis, ChartBox, ChartData, ChartPanel, ChartResult, ChartValue, PlaceKind};
use super::spec::{ChartMark, TimeUnit};
use super::times;
use crate::analyses::rows::warning;
use crate::analyses::{Severity, Warning};
use crate::format;

pub(super) fn warnings(frame: &Frame<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    let most = format::count(points::MAX_POINTS as u64);
    if points::loses_series(frame) && frame.spec.mark == ChartMark::Scatter {
        let column = &frame.series.axis.label;
        let message = format!(
            "Above {most} rows the chart shows how densely they lie, without the colours of {column}. Put {column} on \"small multiples\" to tell its levels apart."
        );
        found.push(warning("colours_left_out", Severity::Note, None, message));
    }
    if let Some(size) = points::loses_size(frame) {
        let message = format!(
            "Above {most} rows the chart shows how densely they lie, without the sizes of {}.",
            size.column
        );
        found.push(warning("sizes_left_out", Severity::Note, None, message));
    }
    found
}

pub(super) fn sentence(result: &ChartResult) -> String {
    let Some(panel) = result.panels.first() else { return String::new() };
    let text = match &panel.data {
        ChartData::Values { values } => of_values(result, values),
        ChartData::Bins { edges, counts } => of_bins(result, edges, counts),
        ChartData::Curves { curves } => {
            match (result.spec.mark, curves.first().and_then(|curve| curve.figure)) {
                (ChartMark::Lorenz, Some(gini)) => {
                    format!("The Gini coefficient of {} is {}", column(result), format::decimals(gini, 3))
                }
                _ => format!("{} of {}", title(result.spec.mark), column(result)),
            }
        }
        ChartData::Boxes { boxes } => of_boxes(result, boxes),
        ChartData::Points { .. } | ChartData::Cells { .. } => {
            format!("{} against {}, {}", result.y.label, result.x.label, n_rows(panel))
        }
    };
    let of_panel = if panel.name.is_empty() || result.panels.len() < 2 {
        String::new()
    } else {
        format!(" ({}; {} charts in all)", panel.name, result.panels.len())
    };
    format!("{text}{of_panel}.")
}

fn title(mark: ChartMark) -> &'static str {
    match mark {
        ChartMark::Ecdf => "Cumulative shares",
        ChartMark::Qq => "Quantiles",
        ChartMark::Lorenz => "Concentration",
        _ => "Density",
    }
}

fn column(result: &ChartResult) -> &str {
    result.spec.x.as_ref().map_or("", |field| &field.column)
}

fn n_rows(panel: &ChartPanel) -> String {
    format::plural(panel.n_rows, "row", "rows")
}

/// A figure as its axis measures it.
fn figure(axis: &ChartAxis, value: f64) -> String {
    if axis.is_share {
        return format::percent(value, 1);
    }
    let number = if axis.is_count { format::count(value as u64) } else { format::number(value, 4) };
    match axis.unit.as_str() {
        "" => number,
        unit @ ("%" | "seconds") => format!("{number}\u{a0}{unit}"),
        unit => format!("{unit}{number}"),
    }
}

/// The name of a place on x.
fn place(result: &ChartResult, at: f64) -> String {
    let unit = result.spec.x.as_ref().map_or(TimeUnit::Auto, |field| field.time_unit);
    match result.x.scale {
        PlaceKind::Categories => result.x.names.get(at as usize).cloned().unwrap_or_default(),
        PlaceKind::Times => times::name(at, unit),
        PlaceKind::Numbers => format::trim_zeros(&format::number(at, 6)),
    }
}

fn of_values(result: &ChartResult, values: &[ChartValue]) -> String {
    let is_grid = matches!(result.spec.mark, ChartMark::HeatMap | ChartMark::Mosaic | ChartMark::Calendar);
    let is_value = is_grid || result.spec.mark == ChartMark::Kpi;
    let axis = if is_value { &result.value } else { &result.y };
    let known: Vec<(&ChartValue, f64)> =
        values.iter().filter_map(|found| Some((found, found.value?))).collect();
    let name = |found: &ChartValue| {
        let mut parts = vec![place(result, found.at)];
        if is_grid {
            parts.extend(result.y.names.get(found.row as usize).cloned());
        } else {
            parts.extend(result.series.get(found.series as usize).cloned());
        }
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    };
    let label = &axis.label;
    let largest = known.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let smallest = known.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    let (Some((high, most)), Some((low, least))) = (largest, smallest) else {
        return format!("There is no {label} to show");
    };
    let is_line = result.x.scale != PlaceKind::Categories && !is_grid;
    match (known.as_slice(), result.series.len()) {
        ([_], _) if result.spec.x.is_none() => format!("{label}: {}", figure(axis, *most)),
        ([_], _) => format!("{label} of {}: {}", name(high), figure(axis, *most)),
        ([(first, from), .., (last, to)], 1) if is_line => {
            format!(
                "{label} is {} at {} and {} at {}",
                figure(axis, *from),
                name(first),
                figure(axis, *to),
                name(last)
            )
        }
        _ => format!(
            "{label} is largest in {} ({}) and smallest in {} ({})",
            name(high),
            figure(axis, *most),
            name(low),
            figure(axis, *least)
        ),
    }
}

fn of_bins(result: &ChartResult, edges: &[f64], counts: &[Vec<u64>]) -> String {
    let n_bins = edges.len().saturating_sub(1);
    let total = |bin: usize| counts.iter().filter_map(|counts| counts.get(bin)).sum::<u64>();
    let n: u64 = (0..n_bins).map(total).sum();
    let fullest = (0..n_bins).max_by_key(|bin| (total(*bin), std::cmp::Reverse(*bin)));
    let Some((bin, ends)) = fullest.and_then(|bin| Some((bin, edges.get(bin..bin + 2)?))) else {
        return format!("There is no {} to show", column(result));
    };
    let text = |x: f64| format::trim_zeros(&format::number(x, 6));
    let ends: Vec<String> = ends.iter().map(|x| text(*x)).collect();
    let share = if n == 0 { 0.0 } else { total(bin) as f64 / n as f64 };
    format!(
        "The fullest interval of {} is from {} ({} of {} rows)",
        column(result),
        ends.join(" to "),
        format::percent(share, 1),
        format::count(n)
    )
}

fn of_boxes(result: &ChartResult, boxes: &[ChartBox]) -> String {
    let median = |found: &&ChartBox| found.five_numbers.map_or(f64::NEG_INFINITY, |five| five[2]);
    let name = |found: &ChartBox| {
        let mut parts: Vec<String> = result.x.names.get(found.at as usize).cloned().into_iter().collect();
        parts.extend(result.series.get(found.series as usize).cloned());
        parts.retain(|part| !part.is_empty());
        parts.join(", ")
    };
    let label = &result.y.label;
    let by_median = |a: &&ChartBox, b: &&ChartBox| median(a).total_cmp(&median(b));
    let (Some(high), Some(low)) = (boxes.iter().max_by(by_median), boxes.iter().min_by(by_median)) else {
        return format!("There is no {label} to show");
    };
    if boxes.len() == 1 {
        return format!("The median of {label} is {}", figure(&result.y, median(&high)));
    }
    format!(
        "The median of {label} is highest in {} ({}) and lowest in {} ({})",
        name(high),
        figure(&result.y, median(&high)),
        name(low),
        figure(&result.y, median(&low))
    )
}
