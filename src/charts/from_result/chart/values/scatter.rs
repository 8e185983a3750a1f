//! Scatter charts: a point a row, or, of many rows, how densely they lie.

use super::density::{self, Grid};
use super::table::facet_name;
use super::words::nothing;
use crate::analyses::chart::{
    AxisScale, ChartAxis, ChartData, ChartPanel, ChartPoint, ChartResult, PlaceKind,
};
use crate::charts::from_result::chart::axes::{Ends, place_axis, reach, value_axis};
use crate::charts::from_result::chart::figures::figure;
use crate::charts::from_result::chart::titles::{by, in_panel, series_list, series_name};
use crate::charts::marks::{Bubble, Bubbles};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark};
use crate::charts::scale::iso_time;
use crate::charts::table::{Cell, Column, DataTable};
use crate::format;

/// Width of the largest bubble, and of one that is hardly anything.
const BUBBLE_PX: (f64, f64) = (30.0, 3.0);

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    match &panel.data {
        ChartData::Points { points } => Some(of_points(result, panel, points)),
        _ => Some(density::chart(result, panel, &Grid::of(panel)?)),
    }
}

fn of_points(result: &ChartResult, panel: &ChartPanel, points: &[ChartPoint]) -> Chart {
    let all = || {
        result.panels.iter().flat_map(|panel| match &panel.data {
            ChartData::Points { points } => points.as_slice(),
            _ => &[],
        })
    };
    let has_sizes = result.spec.size.is_some();
    let largest = all().filter_map(|point| point.size).fold(0.0, f64::max);
    let (plain_px, opacity) = look(points.len());
    let size_px = |point: &ChartPoint| match point.size.filter(|size| *size >= 0.0) {
        Some(size) if has_sizes && largest > 0.0 => {
            Some((BUBBLE_PX.0 * (size / largest).sqrt()).max(BUBBLE_PX.1))
        }
        _ if has_sizes => None,
        _ => Some(plain_px),
    };
    let has_place = |point: &ChartPoint| {
        (result.spec.x_scale != AxisScale::Log || point.x > 0.0)
            && (result.spec.y_scale != AxisScale::Log || point.y > 0.0)
    };
    let mut marks =
        vec![reach(Some(Ends::of(all().map(|point| point.x))), Some(Ends::of(all().map(|point| point.y))))];
    for series in 0..result.series.len() {
        let bubble = |point: &ChartPoint| {
            Some(Bubble { x: point.x, y: point.y, size_px: size_px(point)?, info: info(result, point) })
        };
        let of_series = points.iter().filter(|point| point.series as usize == series && has_place(point));
        let items: Vec<Bubble> = of_series.filter_map(bubble).collect();
        if !items.is_empty() {
            marks.push(Mark::Bubbles(Bubbles { series, items, opacity }));
        }
    }
    let mut notes = vec!["Each point is a row.".to_owned()];
    if let Some(size) = result.spec.size.as_ref().filter(|_| largest > 0.0) {
        let largest = format::trim_zeros(&format::number(largest, 3));
        notes.push(format!("Area of a point: {}; the largest is {largest}.", size.column));
    }
    notes.extend(scale_notes(result));
    let n_out = points.iter().filter(|point| !has_place(point)).count() as u64;
    notes.extend(left_out(n_out));
    let n_unsized = points.iter().filter(|point| size_px(point).is_none()).count() as u64;
    if n_unsized > 0 {
        notes.push(format!("Left out: {} without a size.", format::plural(n_unsized, "row", "rows")));
    }
    let table = table_of_points(result, panel, points);
    Chart {
        series: series_list(result, &result.y.label),
        ..base(result, panel, takeaway(result, panel, points), notes, marks, table)
    }
}

/// Size and opacity of so many points: smaller and fainter where they cover each other.
fn look(n: usize) -> (f64, f64) {
    match n {
        0..=60 => (9.0, 0.85),
        61..=300 => (7.0, 0.75),
        301..=1_000 => (6.0, 0.65),
        _ => (5.0, 0.45),
    }
}

pub fn base(
    result: &ChartResult,
    panel: &ChartPanel,
    takeaway: String,
    notes: Vec<String>,
    marks: Vec<Mark>,
    table: DataTable,
) -> Chart {
    let y = if result.y.scale == PlaceKind::Times {
        Axis::time(result.y.label.clone())
    } else {
        value_axis(&result.y, result.spec.y_scale, Domain::Data)
    };
    Chart {
        kind: "chart_scatter",
        title: in_panel(
            result,
            panel,
            format!("{} against {}", result.y.label, by(result, &result.x.label, "")),
        ),
        takeaway,
        note: notes.join(" "),
        x: place_axis(result),
        y,
        series: Vec::new(),
        marks,
        value_headings: None,
        table,
    }
}

fn info(result: &ChartResult, point: &ChartPoint) -> Info {
    let row = format::count(point.row);
    let mut info = match series_name(result, point.series) {
        Some(series) => Info::new(format!("Row {row}, {series}")),
        None => Info::new(format!("Row {row}")),
    };
    info = info
        .line(&result.x.label, figure(&result.x, point.x))
        .line(&result.y.label, figure(&result.y, point.y));
    if let (Some(field), Some(size)) = (&result.spec.size, point.size) {
        info = info.line(&field.column, format::trim_zeros(&format::number(size, 4)));
    }
    info
}

fn takeaway(result: &ChartResult, panel: &ChartPanel, points: &[ChartPoint]) -> String {
    let range = |axis: &ChartAxis, ends: Ends| {
        format!("{} from {} to {}", axis.label, figure(axis, ends.low), figure(axis, ends.high))
    };
    if points.is_empty() {
        return nothing(result, panel);
    }
    let (x, y) = (Ends::of(points.iter().map(|point| point.x)), Ends::of(points.iter().map(|point| point.y)));
    let rows = format::plural(points.len() as u64, "row", "rows");
    format!("{rows}: {}, {}.", range(&result.x, x), range(&result.y, y))
}

pub fn scale_notes(result: &ChartResult) -> Option<String> {
    let of = |scale: AxisScale| match scale {
        AxisScale::Linear => None,
        AxisScale::Log => Some("logarithmic"),
        AxisScale::Symlog => Some("linear from \u{2212}1 to 1 and logarithmic beyond"),
    };
    match (of(result.spec.x_scale), of(result.spec.y_scale)) {
        (None, None) => None,
        (Some(x), Some(y)) if x == y => Some(format!("Both axes are {x}.")),
        (Some(x), None) => Some(format!("The x axis is {x}.")),
        (None, Some(y)) => Some(format!("The y axis is {y}.")),
        (Some(x), Some(y)) => Some(format!("The x axis is {x}, the y axis {y}.")),
    }
}

pub fn left_out(n_rows: u64) -> Option<String> {
    (n_rows > 0).then(|| {
        let rows = format::plural(n_rows, "row", "rows");
        format!("Left out: {rows} with values not above zero, which no logarithmic axis has.")
    })
}

fn table_of_points(result: &ChartResult, panel: &ChartPanel, points: &[ChartPoint]) -> DataTable {
    let mut table = DataTable::default();
    let mut column = |heading: &str, is_numeric| {
        table.columns.push(Column { heading: heading.to_owned(), is_numeric });
    };
    if !panel.name.is_empty() {
        column(&facet_name(result), false);
    }
    column("row", true);
    if result.series.len() > 1 {
        column(&result.series_label, false);
    }
    column(&result.x.label, result.x.scale == PlaceKind::Numbers);
    column(&result.y.label, result.y.scale == PlaceKind::Numbers);
    if let Some(size) = &result.spec.size {
        column(&size.column, true);
    }
    for point in points {
        let mut row = Vec::with_capacity(table.columns.len());
        if !panel.name.is_empty() {
            row.push(Cell::text(&panel.name));
        }
        row.push(Cell::count(point.row));
        if result.series.len() > 1 {
            row.push(Cell::text(result.series.get(point.series as usize).cloned().unwrap_or_default()));
        }
        row.push(cell(&result.x, point.x));
        row.push(cell(&result.y, point.y));
        if result.spec.size.is_some() {
            row.push(Cell::number(point.size, |x| format::trim_zeros(&format::number(x, 4))));
        }
        table.push(row);
    }
    table
}

pub fn cell(axis: &ChartAxis, x: f64) -> Cell {
    match axis.scale {
        PlaceKind::Times => Cell::text(iso_time(x)),
        PlaceKind::Numbers | PlaceKind::Categories => Cell::number(Some(x), |x| figure(axis, x)),
    }
}
