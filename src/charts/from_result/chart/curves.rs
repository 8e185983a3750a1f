//! What densities, cumulative shares, quantile plots and Lorenz curves share.

use super::figures::cell;
use super::titles::{in_panel, series_list, series_name, where_in};
use super::{density, ecdf, lorenz, qq};
use crate::analyses::chart::{ChartAxis, ChartCurve, ChartData, ChartMark, ChartPanel, ChartResult};
use crate::charts::marks::{Note, Reach};
use crate::charts::model::{Axis, Chart, Mark};
use crate::charts::table::{Cell, DataTable};

/// What one kind of curve adds.
pub struct Curves {
    pub kind: &'static str,
    pub title: String,
    pub takeaway: String,
    pub note: &'static str,
    pub x: Axis,
    pub y: Axis,
    pub marks: Vec<Mark>,
    /// Headings of the two numbers of the data table.
    pub headings: [&'static str; 2],
}

/// The chart of a panel of curves; `None` for marks that have no curves.
pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    let ChartData::Curves { curves } = &panel.data else { return None };
    let known: Vec<&ChartCurve> = curves.iter().filter(|curve| !curve.x.is_empty()).collect();
    let mut parts = match result.spec.mark {
        ChartMark::Density => density::parts(result, &known),
        ChartMark::Ecdf => ecdf::parts(result, &known),
        ChartMark::Qq => qq::parts(result, &known),
        ChartMark::Lorenz => lorenz::parts(result, &known),
        _ => return None,
    };
    let reach = span_of_all(result);
    if known.is_empty() {
        let place = where_in(result, panel);
        parts.takeaway = format!("There are too few values of {} to draw{place}.", column(result));
        let middle = |values: &[f64]| {
            let (low, high) = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                (low.min(*value), high.max(*value))
            });
            if low <= high { (low + high) / 2.0 } else { 0.5 }
        };
        let text = "too few values".into();
        parts.marks.push(Mark::Note(Note { x: middle(&reach.x), y: middle(&reach.y), text }));
    }
    parts.marks.push(Mark::Reach(reach));
    Some(Chart {
        kind: parts.kind,
        title: in_panel(result, panel, parts.title),
        takeaway: parts.takeaway,
        note: parts.note.into(),
        table: table(result, &known, &parts.headings),
        x: parts.x,
        y: parts.y,
        series: series_list(result, column(result)),
        marks: parts.marks,
        value_headings: None,
    })
}

/// The column that is drawn.
pub fn column(result: &ChartResult) -> &str {
    let fields = [&result.spec.x, &result.spec.y].into_iter().flatten();
    let named = fields.map(|field| field.column.as_str()).find(|name| !name.is_empty());
    named.unwrap_or(if result.x.label.is_empty() { &result.y.label } else { &result.x.label })
}

/// "near 9.5" or "near 9.5, A".
pub fn place_name(result: &ChartResult, curve: &ChartCurve, place: String) -> String {
    match series_name(result, curve.series) {
        Some(series) => format!("{series}, {place}"),
        None => place,
    }
}

/// "12.3" of one curve, "12.3 in A" of several.
pub fn in_series(result: &ChartResult, curve: &ChartCurve, figure: String) -> String {
    match series_name(result, curve.series) {
        Some(series) => format!("{figure} in {series}"),
        None => figure,
    }
}

/// An axis without a label gets this one.
pub fn labelled(axis: &ChartAxis, label: &str) -> ChartAxis {
    let label = if axis.label.is_empty() { label.to_owned() } else { axis.label.clone() };
    ChartAxis { label, ..axis.clone() }
}

/// The height of a curve at a place, between its points on a straight line; `None` outside.
pub fn height_at(curve: &ChartCurve, place: f64) -> Option<f64> {
    let points: Vec<(f64, f64)> = curve.x.iter().copied().zip(curve.y.iter().copied()).collect();
    points.windows(2).find_map(|pair| {
        let &[(x1, y1), (x2, y2)] = pair else { return None };
        let share = if x2 > x1 { (place - x1) / (x2 - x1) } else { 0.0 };
        (x1..=x2).contains(&place).then_some(y1 + (y2 - y1) * share)
    })
}

/// What the axes span so that all panels can be compared; nothing where there is only one.
fn span_of_all(result: &ChartResult) -> Reach {
    let mut reach = Reach::default();
    if result.panels.len() < 2 {
        return reach;
    }
    for panel in &result.panels {
        let ChartData::Curves { curves } = &panel.data else { continue };
        for curve in curves {
            reach.x.extend(&curve.x);
            reach.y.extend(&curve.y);
        }
    }
    reach
}

fn table(result: &ChartResult, curves: &[&ChartCurve], headings: &[&str; 2]) -> DataTable {
    let series = (result.series.len() > 1).then_some(result.series_label.as_str());
    let [x, y] = headings;
    let headings: Vec<&str> = series.into_iter().chain([*x, *y]).collect();
    let mut table = DataTable::new(&headings);
    for curve in curves {
        for (x, y) in curve.x.iter().zip(&curve.y) {
            let name = series.map(|_| Cell::text(series_name(result, curve.series).unwrap_or_default()));
            let numbers = [cell(&result.x, Some(*x)), cell(&result.y, Some(*y))];
            table.push(name.into_iter().chain(numbers).collect());
        }
    }
    table
}
