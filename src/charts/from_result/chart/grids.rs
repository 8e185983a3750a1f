//! Charts of figures by two places: heat maps, calendars, mosaics; and funnels, whose rows are steps.

use super::figures::{INTERVAL, short, short_interval, subject};
use super::{calendar, funnel, heat_map, mosaic};
use crate::analyses::chart::{ChartData, ChartMark, ChartPanel, ChartResult, ChartValue};
use crate::charts::marks::CellScale;
use crate::charts::model::Chart;

/// The chart of a panel; `None` for marks that are drawn elsewhere.
pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    Some(match result.spec.mark {
        ChartMark::HeatMap => heat_map::chart(result, panel),
        ChartMark::Calendar => calendar::chart(result, panel),
        ChartMark::Mosaic => mosaic::chart(result, panel),
        ChartMark::Funnel => funnel::chart(result, panel),
        _ => return None,
    })
}

/// The figures of a panel; empty for other shapes.
pub fn values_of(panel: &ChartPanel) -> &[ChartValue] {
    match &panel.data {
        ChartData::Values { values } => values,
        _ => &[],
    }
}

/// The figures of all panels.
pub fn all_values(result: &ChartResult) -> impl Iterator<Item = &ChartValue> {
    result.panels.iter().flat_map(values_of)
}

/// One scale of colours for all panels: from zero where values are counts or zero is near, with two colours
/// where there are values below zero, else between the least and the most.
pub fn color_scale(result: &ChartResult) -> CellScale {
    let values = || all_values(result).filter_map(|found| found.value).filter(|value| value.is_finite());
    let (least, most) = values()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), value| (least.min(value), most.max(value)));
    if least > most {
        return CellScale::Sequential { most: 1.0 };
    }
    if least < 0.0 {
        return CellScale::Diverging { limit: most.max(-least) };
    }
    let is_amount = result.value.is_count || least * 2.0 <= most;
    if is_amount {
        CellScale::Sequential { most: most.max(f64::MIN_POSITIVE) }
    } else {
        CellScale::Between { least, most }
    }
}

/// How to read the colours.
pub fn color_note(scale: CellScale) -> &'static str {
    match scale {
        CellScale::Diverging { .. } => "Blue: above zero; orange: below.",
        CellScale::Sequential { .. } => "A fuller colour is more, from zero.",
        CellScale::Between { .. } => "A fuller colour is more; the scale does not begin at zero.",
    }
}

/// "The number of rows is largest for Sat, 20 (400) and smallest for Mon, 4 (3)."; `None` without figures.
/// `place` says where a figure is: "for Sat, 20".
pub fn extremes(
    result: &ChartResult,
    values: &[ChartValue],
    place: impl Fn(&ChartValue) -> String,
) -> Option<String> {
    let known = || values.iter().filter_map(|found| Some((found, found.value?)));
    let phrase = |(found, value): (&ChartValue, f64)| {
        let interval = found.interval.map_or(String::new(), |interval| {
            format!("; {} {}", INTERVAL, short_interval(&result.value, interval))
        });
        format!("{} ({}{interval})", place(found), short(&result.value, value))
    };
    // The first of equal ones.
    let most = known().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let least = known().reduce(|a, b| if b.1 < a.1 { b } else { a })?;
    let what = subject(&result.value);
    Some(if known().count() == 1 {
        let interval = most.0.interval.map_or(String::new(), |interval| {
            format!(" ({} {})", INTERVAL, short_interval(&result.value, interval))
        });
        format!("{what} is {} {}{interval}.", short(&result.value, most.1), place(most.0))
    } else if most.1 == least.1 {
        format!("{what} is {} everywhere.", short(&result.value, most.1))
    } else {
        format!("{what} is largest {} and smallest {}.", phrase(most), phrase(least))
    })
}
