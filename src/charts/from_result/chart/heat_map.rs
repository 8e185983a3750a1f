//! Heat maps: a coloured cell for each pair of places.

use super::figures::{INTERVAL, aligned, cell, long, short, short_interval};
use super::grids::{all_values, color_note, color_scale, extremes, values_of};
use super::titles::{in_panel, where_in};
use crate::analyses::chart::{ChartAxis, ChartPanel, ChartResult, ChartValue, PlaceKind, TimeUnit};
use crate::charts::from_result::words::list;
use crate::charts::marks::{CellItem, Cells, ColorKey};
use crate::charts::model::{Axis, Category, Chart, Info, Mark};
use crate::charts::number_format::NumberFormat;
use crate::charts::scale::iso_time;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// Cells without rows are drawn, and can be pointed at, up to this many cells in all.
const MOST_CELLS: usize = 2_000;

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Chart {
    let values = values_of(panel);
    let columns = Columns::of(result);
    let n_rows = result.y.names.len().max(1);
    let texts = aligned(&bare(&result.value), &values.iter().map(|found| found.value).collect::<Vec<_>>());
    let mut items: Vec<CellItem> = values
        .iter()
        .zip(texts)
        .filter_map(|(found, text)| Some(item(result, &columns, found, columns.index(found.at)?, text)))
        .collect();
    if columns.labels.len() * n_rows <= MOST_CELLS {
        let missing = empty_cells(result, &columns, n_rows, &items);
        items.extend(missing);
    }
    let scale = color_scale(result);
    let (low, high) = scale.ends();
    let key = ColorKey {
        scale,
        name: result.value.label.clone(),
        ends: [short(&result.value, low), short(&result.value, high)],
    };
    let rows: Vec<Category> = result.y.names.iter().map(Category::new).collect();
    Chart {
        kind: "chart_heat_map",
        title: in_panel(result, panel, whole_title(result)),
        takeaway: takeaway(result, panel, &columns, values),
        note: format!("Colour: the figure of each cell. {} A dash: no rows.", color_note(scale)),
        x: Axis::categories(&result.x.label, columns.labels.iter().map(Category::new).collect()),
        y: Axis::categories("", if rows.is_empty() { vec![Category::new("no values")] } else { rows }),
        series: Vec::new(),
        marks: vec![Mark::ColorKey(key), Mark::Cells(Cells { items, scale, is_lower_triangle: false })],
        value_headings: None,
        table: table(result, &columns, values),
    }
}

/// Where the columns lie, and how they are called.
struct Columns {
    /// Ascending; empty where the places are indices into names.
    places: Vec<f64>,
    /// Below the columns.
    labels: Vec<String>,
    /// In sentences: of bins, from where to where.
    names: Vec<String>,
}

impl Columns {
    /// Of all panels, so that they can be compared.
    fn of(result: &ChartResult) -> Self {
        let mut places: Vec<f64> = Vec::new();
        let (mut labels, mut names) = (result.x.names.clone(), result.x.names.clone());
        if result.x.scale != PlaceKind::Categories {
            places = all_values(result).map(|found| found.at).filter(|at| at.is_finite()).collect();
            places.sort_by(f64::total_cmp);
            places.dedup();
            let gaps = places.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?));
            let width = gaps.fold(f64::INFINITY, f64::min);
            labels = places.iter().map(|at| place_name(result, *at)).collect();
            names = places.iter().map(|at| bin_name(result, *at, width)).collect();
        }
        if labels.is_empty() {
            labels.push("no values".into());
        }
        Self { places, labels, names }
    }

    fn index(&self, at: f64) -> Option<usize> {
        if self.places.is_empty() {
            return (at >= 0.0 && at < self.labels.len() as f64).then_some(at as usize);
        }
        self.places.iter().position(|place| *place == at)
    }

    fn name(&self, at: f64) -> &str {
        self.index(at).and_then(|index| self.names.get(index)).map_or("", String::as_str)
    }
}

/// A bin by its middle, which is what has room below a column; a time by its unit.
fn place_name(result: &ChartResult, at: f64) -> String {
    if result.x.scale != PlaceKind::Times {
        return short(&result.x, at);
    }
    let text = time_text(at);
    let unit = result.spec.x.as_ref().map(|field| field.time_unit).unwrap_or_default();
    match unit {
        TimeUnit::Year => text.get(..4).unwrap_or(&text).to_owned(),
        TimeUnit::Month => text.get(..7).unwrap_or(&text).to_owned(),
        TimeUnit::Quarter => {
            let month: usize = text.get(5..7).and_then(|month| month.parse().ok()).unwrap_or(1);
            format!("{} Q{}", text.get(..4).unwrap_or_default(), month.saturating_sub(1) / 3 + 1)
        }
        _ => text,
    }
}

/// "2024-03-04", with the time where it is not midnight.
fn time_text(seconds: f64) -> String {
    iso_time(seconds).replace('T', " ").chars().take(16).collect()
}

/// "from 10 to 12" around a middle; a time by its unit.
fn bin_name(result: &ChartResult, at: f64, width: f64) -> String {
    if result.x.scale == PlaceKind::Times || !width.is_finite() {
        return place_name(result, at);
    }
    format!("from {} to {}", short(&result.x, at - width / 2.0), short(&result.x, at + width / 2.0))
}

/// Figures in cells have no unit: the title and the scale have it.
fn bare(axis: &ChartAxis) -> ChartAxis {
    ChartAxis { unit: String::new(), ..axis.clone() }
}

fn item(result: &ChartResult, columns: &Columns, found: &ChartValue, x: usize, text: String) -> CellItem {
    let text = match found.value {
        Some(value) if value.abs() >= 1e4 && !result.value.is_share => format::compact(value),
        _ => text.trim_end_matches(NumberFormat::Percent.unit()).to_owned(),
    };
    let figure = found.value.map_or("\u{2013}".into(), |value| long(&result.value, value));
    let mut info = Info::new(pair_name(result, columns, found)).line(&result.value.label, figure);
    if found.value.is_some() {
        info = info.of(found.at, found.row, found.series);
    }
    if let Some(interval) = found.interval {
        info = info.line(INTERVAL, short_interval(&result.value, interval));
    }
    if !result.value.is_count || found.value != Some(found.n as f64) {
        info = info.line("rows", format::count(found.n));
    }
    CellItem { x: x as f64, y: f64::from(found.row), value: found.value, text, is_strong: false, info }
}

/// "weekday = Mon, hour = 14".
fn pair_name(result: &ChartResult, columns: &Columns, found: &ChartValue) -> String {
    let row = result.y.names.get(found.row as usize).map_or("", String::as_str);
    let named = |axis: &ChartAxis, name: &str| {
        if axis.label.is_empty() { name.to_owned() } else { format!("{} = {name}", axis.label) }
    };
    format!("{}, {}", named(&result.y, row), named(&result.x, columns.name(found.at)))
}

fn empty_cells(result: &ChartResult, columns: &Columns, n_rows: usize, items: &[CellItem]) -> Vec<CellItem> {
    let mut is_known = vec![false; columns.labels.len() * n_rows];
    for item in items {
        if let Some(known) = is_known.get_mut(item.y as usize * columns.labels.len() + item.x as usize) {
            *known = true;
        }
    }
    let cell = |(index, _): (usize, &bool)| {
        let (x, y) = (index % columns.labels.len(), index / columns.labels.len());
        let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        let place = [name(&result.y.names, y), name(&columns.names, x)];
        let place: Vec<String> = place.into_iter().filter(|name| !name.is_empty()).collect();
        CellItem {
            x: x as f64,
            y: y as f64,
            value: None,
            text: "\u{2013}".into(),
            is_strong: false,
            info: Info::new(place.join(", ")).line("rows", "0"),
        }
    };
    is_known.iter().enumerate().filter(|(_, is_known)| !**is_known).map(cell).collect()
}

fn whole_title(result: &ChartResult) -> String {
    let places: Vec<String> =
        [&result.y.label, &result.x.label].into_iter().filter(|label| !label.is_empty()).cloned().collect();
    if places.is_empty() {
        result.value.label.clone()
    } else {
        format!("{} by {}", result.value.label, list(&places))
    }
}

fn takeaway(result: &ChartResult, panel: &ChartPanel, columns: &Columns, values: &[ChartValue]) -> String {
    let phrase = |found: &ChartValue| {
        let row = result.y.names.get(found.row as usize).map_or("", String::as_str);
        let places = [row, columns.name(found.at)].into_iter().filter(|name| !name.is_empty());
        format!("for {}", places.collect::<Vec<_>>().join(", "))
    };
    if let Some(sentence) = extremes(result, values, phrase) {
        return sentence;
    }
    let place = where_in(result, panel);
    format!("No cell has a value{place}.")
}

fn table(result: &ChartResult, columns: &Columns, values: &[ChartValue]) -> DataTable {
    let value = format!("#{}", result.value.label);
    let names = [result.y.label.as_str(), result.x.label.as_str(), value.as_str(), "#low", "#high", "#rows"];
    let mut table = DataTable::new(&names);
    for found in values {
        let row = result.y.names.get(found.row as usize).map_or("", String::as_str);
        table.push(vec![
            Cell::text(row),
            Cell::text(columns.name(found.at)),
            cell(&result.value, found.value),
            cell(&result.value, found.interval.and_then(|interval| interval.low)),
            cell(&result.value, found.interval.and_then(|interval| interval.high)),
            Cell::count(found.n),
        ]);
    }
    table
}
