//! A line of 24 pixels height without axes, beside a figure or in a table.

use crate::charts::marks::{Line, LinePoint, PointItem, Points};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};

/// The height that it is laid out with.
pub const SPARKLINE_HEIGHT_PX: f64 = 24.0;

/// Values in their order, with the name of each place; the last one has a dot. Missing values leave gaps.
pub fn sparkline(name: &str, values: &[(String, Option<f64>)], format: NumberFormat) -> Chart {
    let text = |value: Option<f64>| value.map_or("\u{2013}".into(), |value| format.short(value));
    let info = |(place, value): &(String, Option<f64>)| Info::new(place).line(name, text(*value));
    let points: Vec<LinePoint> = values
        .iter()
        .enumerate()
        .map(|(x, value)| LinePoint { x: x as f64, y: value.1, interval: None, info: info(value) })
        .collect();
    let known = || values.iter().enumerate().filter_map(|(x, value)| Some((x, value, value.1?)));
    let last = known().next_back().map(|(x, value, y)| PointItem { x: x as f64, y, info: info(value) });
    let takeaway = match (known().next(), known().next_back()) {
        (Some((_, first, from)), Some((_, last, to))) if first.0 != last.0 => format!(
            "{name} goes from {} ({}) to {} ({}).",
            format.short(from),
            first.0,
            format.short(to),
            last.0
        ),
        (Some((_, only, value)), _) => format!("{name} is {} ({}).", format.short(value), only.0),
        _ => format!("{name} has no values."),
    };
    let mut table = DataTable::new(&["place", "#value"]);
    for (place, value) in values {
        table.push(vec![Cell::text(place), Cell::number(*value, |value| format.short(value))]);
    }
    Chart {
        kind: "sparkline",
        title: name.into(),
        takeaway,
        note: String::new(),
        x: Axis::linear("", Domain::Data, NumberFormat::Plain).hidden(),
        y: Axis::linear("", Domain::Data, format).hidden(),
        series: vec![Series::numbered(name, 0)],
        marks: vec![
            Mark::Line(Line { series: 0, points, is_stepped: false, has_end_label: false }),
            Mark::Points(Points { series: 0, items: last.into_iter().collect(), size_px: 5.0, opacity: 1.0 }),
        ],
        value_headings: None,
        table,
    }
}
