//! What the values of a chart are, and what each one says.

use super::places::Places;
use crate::analyses::chart::{ChartMeasure, ChartPanel, ChartResult, ChartValue};
use crate::charts::from_result::chart::figures::{INTERVAL, estimate, interval_text};
use crate::charts::from_result::chart::titles::where_in;
use crate::charts::model::Info;
use crate::format;

/// Of a panel without values.
pub fn nothing(result: &ChartResult, panel: &ChartPanel) -> String {
    let place = where_in(result, panel);
    if is_of_rows(result) || result.y.label.is_empty() {
        format!("There are no rows{place}.")
    } else {
        format!("There are no values of {}{place}.", result.y.label)
    }
}

/// Whether the values themselves are numbers of rows.
pub fn is_of_rows(result: &ChartResult) -> bool {
    let field = result.spec.y.as_ref();
    field.is_some_and(|field| field.measure == ChartMeasure::Count && field.column.is_empty())
}

/// What the values are, in a word: the heading of their column.
pub fn measure_word(result: &ChartResult) -> &'static str {
    let field = result.spec.y.as_ref();
    match field.map_or(ChartMeasure::None, |field| field.measure) {
        ChartMeasure::None => "value",
        ChartMeasure::Count if field.is_some_and(|field| field.column.is_empty()) => "rows",
        ChartMeasure::Count => "count",
        ChartMeasure::CountDistinct => "different",
        ChartMeasure::Sum => "sum",
        ChartMeasure::Mean => "mean",
        ChartMeasure::Median => "median",
        ChartMeasure::Min => "minimum",
        ChartMeasure::Max => "maximum",
        ChartMeasure::Share => "share",
    }
}

/// What a value says when it is pointed at; `share` of all series at its place.
pub fn info(places: &Places<'_>, value: &ChartValue, share: Option<f64>) -> Info {
    let result = places.result;
    let mut info = Info::new(places.heading(value.at, value.series));
    if let Some(share) = share {
        info = info.line("share", format::percent(share, 1));
    }
    info = match value.value {
        Some(x) => info.line(&result.y.label, estimate(&result.y, x, value.interval)).of(
            value.at,
            value.row,
            value.series,
        ),
        None => info.line(&result.y.label, "no values"),
    };
    if let (Some(x), Some(interval)) = (value.value, value.interval) {
        info = info.line(INTERVAL, interval_text(&result.y, x, interval));
    }
    if is_of_rows(result) { info } else { info.line("rows", format::count(value.n)) }
}
