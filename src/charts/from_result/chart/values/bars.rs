//! Bars: rows of categories, or upright bars along time, numbers and what comes again (weekdays, hours).

use super::places::{Places, is_cycle};
use super::stack::{Piece, pieces};
use super::words::{info, measure_word};
use super::{table, takeaway, values_of};
use crate::analyses::chart::{Arrange, AxisScale, ChartAxis, ChartPanel, ChartResult, ChartValue, PlaceKind};
use crate::charts::from_result::chart::axes::{
    Ends, categories, is_cut, place_axis, reach, span_of_estimates, value_axis, x_scale_notes,
};
use crate::charts::from_result::chart::figures::{INTERVAL, estimate, interval_text};
use crate::charts::from_result::chart::titles::{by, in_panel, series_list};
use crate::charts::from_result::words::ends;
use crate::charts::marks::{BarItem, Bars, Direction, Rule, RuleLook, Sharing};
use crate::charts::model::{Axis, Chart, Domain, Info, Mark, ValueLabel};
use crate::format;

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    let values = values_of(panel)?;
    let is_upright = result.x.scale != PlaceKind::Categories || is_cycle(result);
    let direction = if is_upright { Direction::Vertical } else { Direction::Horizontal };
    // One series has nothing to stand on.
    let arrange = if result.series.len() > 1 { result.spec.arrange } else { Arrange::SideBySide };
    let all = || result.panels.iter().filter_map(values_of).flatten();
    let places = Places::of(result, all().map(|value| value.at));
    let drawn = pieces(values, arrange);
    let x_ends =
        Ends::of(all().flat_map(|value| [value.at - places.step / 2.0, value.at + places.step / 2.0]));
    let y_ends = span(result, arrange);
    let (value_axis, mut notes) = axis_of_values(result, arrange, y_ends);
    let (place_reach, value_reach) = ((places.step > 0.0).then_some(x_ends), Some(y_ends));
    let mut marks = vec![match direction {
        Direction::Horizontal => reach(value_reach, None),
        Direction::Vertical => reach(place_reach, value_reach),
    }];
    if y_ends.low < 0.0 && y_ends.high > 0.0 {
        let (look, names) = (RuleLook::Zero, Vec::new());
        marks.push(Mark::Rule(Rule { direction, at: 0.0, names, look, info: None }));
    }
    let has_labels = direction == Direction::Horizontal && result.series.len() <= 1;
    for series in 0..result.series.len() {
        let sharing = match arrange {
            Arrange::Stacked | Arrange::Share => Sharing::Stacked,
            Arrange::SideBySide if result.series.len() > 1 => {
                Sharing::SideBySide { index: series, of: result.series.len() }
            }
            Arrange::SideBySide => Sharing::Alone,
        };
        let of_series = drawn.iter().filter(|piece| piece.value.series as usize == series);
        let mut items: Vec<BarItem> =
            of_series.map(|piece| item(result, &places, piece, arrange, has_labels)).collect();
        if has_labels {
            items.extend(empty_rows(result, &places, values));
        }
        if !items.is_empty() {
            marks.push(Mark::Bars(Bars { series, direction, items, sharing, step: places.step }));
        }
    }
    let has_intervals = arrange == Arrange::SideBySide && values.iter().any(|value| value.interval.is_some());
    notes.insert(0, how_to_read(arrange, has_intervals));
    if arrange == Arrange::Stacked && y_ends.low < 0.0 {
        notes.push("Parts below zero are stacked apart from those above.".into());
    }
    notes.extend(x_scale_notes(result, values.iter().map(|value| value.at - places.step / 2.0)));
    let n_negative = values.iter().filter(|value| value.value.is_some_and(|x| x < 0.0)).count() as u64;
    if arrange == Arrange::Share && n_negative > 0 {
        notes.push(format!(
            "Not drawn: {} below zero, which have no share.",
            format::plural(n_negative, "value", "values")
        ));
    }
    if has_intervals && result.spec.y_scale == AxisScale::Linear && is_cut(y_ends.zero_based(), values) {
        notes.push("Lines that reach the edge go on beyond it.".into());
    }
    let n_missing = values.iter().filter(|value| value.value.is_none()).count() as u64;
    if n_missing > 0 {
        notes.push(format!("No bar: {} without values.", format::plural(n_missing, "place", "places")));
    }
    let is_share = arrange == Arrange::Share;
    let what = if is_share { format!("share of {}", result.y.label) } else { result.y.label.clone() };
    let (x, y) = match direction {
        Direction::Horizontal => (value_axis, Axis::categories("", categories(result))),
        Direction::Vertical => (place_axis(result), value_axis),
    };
    let detail = if has_intervals { INTERVAL.to_owned() } else { String::new() };
    let estimate = measure_word(result).to_owned();
    Some(Chart {
        kind: "chart_bar",
        title: in_panel(result, panel, by(result, &what, &result.x.label)),
        takeaway: if is_share {
            takeaway::shares(result, panel, &places, &drawn)
        } else {
            takeaway::extremes(result, panel, &places)
        },
        note: notes.join(" "),
        x,
        y,
        series: series_list(result, &result.y.label),
        marks,
        value_headings: has_labels.then_some(ValueLabel { estimate, detail }),
        table: table::values(result, panel, &places, &drawn),
    })
}

/// What bars and their intervals span in all panels.
fn span(result: &ChartResult, arrange: Arrange) -> Ends {
    let all = || result.panels.iter().filter_map(values_of);
    if arrange == Arrange::SideBySide {
        let found =
            span_of_estimates(all().flatten().filter_map(|value| Some((value.value?, value.interval))));
        return Ends { low: found.low.min(0.0), high: found.high.max(0.0) };
    }
    let ends = all().flat_map(|values| {
        pieces(values, arrange).into_iter().flat_map(|piece| [Some(piece.from), piece.to])
    });
    Ends::of(ends.flatten())
}

/// Bars begin at zero, so a logarithmic axis is linear near it, and none but a linear one can be stacked on.
fn axis_of_values(result: &ChartResult, arrange: Arrange, span: Ends) -> (Axis, Vec<String>) {
    let scale = result.spec.y_scale;
    let mut notes = Vec::new();
    let axis = match arrange {
        Arrange::Share => {
            let axis = ChartAxis {
                label: format!("share of {}", result.y.label),
                is_share: true,
                ..ChartAxis::default()
            };
            value_axis(&axis, AxisScale::Linear, Domain::Fixed(0.0, 1.0))
        }
        Arrange::Stacked => value_axis(&result.y, AxisScale::Linear, Domain::FromZero),
        Arrange::SideBySide => {
            let drawn = if scale == AxisScale::Log { AxisScale::Symlog } else { scale };
            value_axis(&result.y, drawn, span.zero_based())
        }
    };
    match (arrange, scale) {
        (_, AxisScale::Linear) => {}
        (Arrange::SideBySide, AxisScale::Log) => {
            notes.push("Bars begin at zero: the axis is linear up to 1 and logarithmic beyond.".into());
        }
        (Arrange::SideBySide, AxisScale::Symlog) => {
            notes.push("The axis is linear from \u{2212}1 to 1 and logarithmic beyond.".into());
        }
        _ => notes.push("Lengths that are stacked can be compared on a linear axis only.".into()),
    }
    (axis, notes)
}

fn how_to_read(arrange: Arrange, has_intervals: bool) -> String {
    match arrange {
        Arrange::SideBySide if has_intervals => format!("Length: the value. Thin line: {INTERVAL}."),
        Arrange::SideBySide => "Length: the value.".into(),
        Arrange::Stacked => "Length of each part: the value.".into(),
        Arrange::Share => "Length of each part: its share of the sum at the place.".into(),
    }
}

/// Rows that only other panels have values for.
fn empty_rows(result: &ChartResult, places: &Places<'_>, values: &[ChartValue]) -> Vec<BarItem> {
    let has_value = |place: &f64| values.iter().any(|value| value.at == *place);
    let row = |place: f64| {
        let label = ValueLabel { estimate: "\u{2013}".into(), detail: String::new() };
        let info = Info::new(places.name(place)).line(&result.y.label, "no values");
        BarItem { place, label, info, ..BarItem::default() }
    };
    (0..result.x.names.len()).map(|index| index as f64).filter(|place| !has_value(place)).map(row).collect()
}

fn item(
    result: &ChartResult,
    places: &Places<'_>,
    piece: &Piece<'_>,
    arrange: Arrange,
    has_label: bool,
) -> BarItem {
    let value = piece.value;
    let label = match value.value.filter(|_| has_label) {
        Some(x) => ValueLabel {
            estimate: estimate(&result.y, x, value.interval),
            detail: value.interval.map_or(String::new(), |interval| interval_text(&result.y, x, interval)),
        },
        None if has_label => ValueLabel { estimate: "\u{2013}".into(), detail: String::new() },
        None => ValueLabel::default(),
    };
    BarItem {
        place: value.at,
        from: piece.from,
        value: piece.to,
        interval: value.interval.filter(|_| arrange == Arrange::SideBySide && piece.to.is_some()).map(ends),
        label,
        info: info(places, value, piece.share),
    }
}
