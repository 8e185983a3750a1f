//! What a composed chart and its series are called.

use crate::analyses::chart::{ChartPanel, ChartResult};
use crate::charts::from_result::words::list;
use crate::charts::model::Series;
use crate::charts::theme::SLATE;

/// "session_length by device and variant".
pub fn by(result: &ChartResult, what: &str, place: &str) -> String {
    let names: Vec<String> =
        [place, &result.series_label].into_iter().filter(|name| !name.is_empty()).map(Into::into).collect();
    if names.is_empty() { what.to_owned() } else { format!("{what} by {}", list(&names)) }
}

/// A title with the panel that it is about: "session_length by device, country = Norway".
pub fn in_panel(result: &ChartResult, panel: &ChartPanel, title: String) -> String {
    match panel_name(result, panel) {
        Some(name) => format!("{title}, {name}"),
        None => title,
    }
}

/// " where country = Norway", for sentences; empty where there is only one panel without a name.
pub fn where_in(result: &ChartResult, panel: &ChartPanel) -> String {
    panel_name(result, panel).map_or(String::new(), |name| format!(" where {name}"))
}

fn panel_name(result: &ChartResult, panel: &ChartPanel) -> Option<String> {
    let column = result.spec.facet.as_ref().map_or("", |field| field.column.as_str());
    match (panel.name.as_str(), column) {
        ("", _) => None,
        (name, "") => Some(name.to_owned()),
        (name, column) => Some(format!("{column} = {name}")),
    }
}

/// The series in their looks; one without a name gets that of the values, what was put together is slate.
pub fn series_list(result: &ChartResult, fallback: &str) -> Vec<Series> {
    let look = |(index, name): (usize, &String)| {
        let series = Series::numbered(if name.is_empty() { fallback } else { name }, index);
        let is_rest = index > 0 && name.ends_with("\u{a0}others");
        if is_rest { Series { slot: SLATE, ..series } } else { series }
    };
    result.series.iter().enumerate().map(look).collect()
}

/// The name of a series where there are several.
pub fn series_name(result: &ChartResult, series: u32) -> Option<&str> {
    result.series.get(series as usize).map(String::as_str).filter(|_| result.series.len() > 1)
}
