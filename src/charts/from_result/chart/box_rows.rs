//! What boxes, violins, ridgelines and strips share: a row for each category and series, with its median
//! and its number of values beside it.

use super::axes::value_axis;
use super::figures::{aligned, cell, long, short};
use super::titles::{by, in_panel, series_list, series_name, where_in};
use super::{box_plot, ridgeline, strip, violin};
use crate::analyses::chart::{ChartBox, ChartData, ChartMark, ChartPanel, ChartResult};
use crate::charts::marks::{BoxItem, Reach};
use crate::charts::model::{Axis, Category, Chart, Domain, Info, Mark, ValueLabel};
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// More rows than this are left to the data table.
const MOST_ROWS: usize = 60;

/// A box with its place among the rows that are drawn.
pub struct Row<'a> {
    pub place: f64,
    /// As it is written beside the row.
    pub median: String,
    pub found: &'a ChartBox,
}

/// The chart of a panel of boxes; the mark is that of the spec, a box for every other one.
pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    let ChartData::Boxes { boxes } = &panel.data else { return None };
    let nothing = nothing();
    let mut sorted: Vec<&ChartBox> = if boxes.is_empty() { vec![&nothing] } else { boxes.iter().collect() };
    sorted.sort_by_key(|found| (found.at, found.series));
    let shown = sorted.get(..MOST_ROWS).unwrap_or(&sorted);
    let medians: Vec<Option<f64>> = shown.iter().map(|found| median(found)).collect();
    let rows: Vec<Row<'_>> = shown
        .iter()
        .zip(aligned(&result.y, &medians))
        .enumerate()
        .map(|(place, (found, median))| Row { place: place as f64, median, found })
        .collect();
    let (kind, how_to_read, mut marks) = match result.spec.mark {
        ChartMark::Violin => violin::marks(result, &rows),
        ChartMark::Ridgeline => ridgeline::marks(result, &rows),
        ChartMark::Strip => strip::marks(result, &rows),
        _ => box_plot::marks(result, &rows),
    };
    marks.push(Mark::Reach(Reach { x: span_of_all(result), y: Vec::new() }));
    let mut note = how_to_read.to_owned();
    if sorted.len() > rows.len() {
        let left_out = format::plural((sorted.len() - rows.len()) as u64, "row", "rows");
        note.push_str(&format!(" {left_out} more in the data table."));
    }
    Some(Chart {
        kind,
        title: in_panel(result, panel, by(result, &result.y.label, &result.x.label)),
        takeaway: takeaway(result, panel, &sorted),
        note,
        x: value_axis(&result.y, result.spec.y_scale, Domain::Data),
        y: Axis::categories("", categories(result, &rows)),
        series: series_list(result, &result.y.label),
        marks,
        value_headings: Some(ValueLabel { estimate: "median".into(), detail: "values".into() }),
        table: table(result, &sorted),
    })
}

fn median(found: &ChartBox) -> Option<f64> {
    found.five_numbers.map(|[_, _, median, _, _]| median)
}

/// The rows of one series each, in the order of the series.
pub fn by_series<'a, 'b>(result: &ChartResult, rows: &'b [Row<'a>]) -> Vec<(usize, Vec<&'b Row<'a>>)> {
    (0..result.series.len().max(1))
        .map(|series| (series, rows.iter().filter(|row| row.found.series as usize == series).collect()))
        .collect()
}

/// What every look has in common: quartiles, label and what the cursor says.
pub fn item(result: &ChartResult, row: &Row<'_>) -> BoxItem {
    let ChartBox { n, mean, five_numbers, n_outliers, .. } = row.found;
    let axis = &result.y;
    let name = name(result, row.found);
    let mut info =
        Info::new(if name == ALL { axis.label.clone() } else { format!("{}, {name}", axis.label) });
    if let Some([min, q1, median, q3, max]) = five_numbers {
        info = info.line("median", long(axis, *median));
        info = info.line("quartiles", format!("{} to {}", long(axis, *q1), long(axis, *q3)));
        info = info.line("smallest to largest", format!("{} to {}", long(axis, *min), long(axis, *max)));
    }
    if let Some(mean) = mean {
        info = info.line("mean", long(axis, *mean));
    }
    info = info.line("values", format::count(*n));
    if *n_outliers > 0 {
        info = info.line("beyond the whiskers", format::count(*n_outliers));
    }
    if five_numbers.is_some() {
        info = key(info, row.found);
    }
    BoxItem {
        place: row.place,
        quartiles: five_numbers.map(|[_, q1, median, q3, _]| [q1, median, q3]),
        label: ValueLabel { estimate: row.median.clone(), detail: format::count(*n) },
        info,
        ..BoxItem::default()
    }
}

/// The row that a mark stands for, or is in.
pub fn key(info: Info, found: &ChartBox) -> Info {
    info.of(f64::from(found.at), 0, found.series)
}

const ALL: &str = "all values";

/// "TV, B"; of the only row, "all values".
pub fn name(result: &ChartResult, found: &ChartBox) -> String {
    match (place_of(result, found), series_name(result, found.series)) {
        (Some(place), Some(series)) => format!("{place}, {series}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => ALL.to_owned(),
    }
}

fn place_of<'a>(result: &'a ChartResult, found: &ChartBox) -> Option<&'a str> {
    result.x.names.get(found.at as usize).map(String::as_str).filter(|name| !name.is_empty())
}

/// Categories; with several series a row for each series under the name of the category.
fn categories(result: &ChartResult, rows: &[Row<'_>]) -> Vec<Category> {
    let category = |row: &Row<'_>| match series_name(result, row.found.series) {
        Some(series) => Category {
            label: series.to_owned(),
            group: result.x.names.get(row.found.at as usize).filter(|_| result.x.names.len() > 1).cloned(),
            series: Some(row.found.series as usize),
        },
        None => Category::new(name(result, row.found)),
    };
    rows.iter().map(category).collect()
}

/// The row of a panel without values.
fn nothing() -> ChartBox {
    ChartBox {
        at: u32::MAX,
        series: 0,
        n: 0,
        mean: None,
        five_numbers: None,
        whiskers: None,
        outliers: Vec::new(),
        n_outliers: 0,
        density_x: Vec::new(),
        density_y: Vec::new(),
        values: Vec::new(),
    }
}

/// What the axis spans so that all panels can be compared; nothing where there is only one.
fn span_of_all(result: &ChartResult) -> Vec<f64> {
    if result.panels.len() < 2 {
        return Vec::new();
    }
    let of_panel = |data: &ChartData| match data {
        ChartData::Boxes { boxes } => boxes.iter().filter_map(|found| found.five_numbers).collect(),
        _ => Vec::new(),
    };
    let all: Vec<[f64; 5]> = result.panels.iter().flat_map(|panel| of_panel(&panel.data)).collect();
    all.into_iter().flat_map(|[min, .., max]| [min, max]).collect()
}

fn takeaway(result: &ChartResult, panel: &ChartPanel, boxes: &[&ChartBox]) -> String {
    let axis = &result.y;
    let mut known: Vec<(&ChartBox, f64)> =
        boxes.iter().filter_map(|found| Some((*found, median(found)?))).collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1));
    match known.as_slice() {
        [] => {
            let place = where_in(result, panel);
            format!("No row has a value of {}{place}.", axis.label)
        }
        [(only, median)] => {
            let half = only.five_numbers.map_or(String::new(), |[_, q1, _, q3, _]| {
                format!(
                    "; the middle half of the values lies between {} and {}",
                    short(axis, q1),
                    short(axis, q3)
                )
            });
            format!("The median of {} is {}{half}.", axis.label, short(axis, *median))
        }
        [(most, high), .., (least, low)] if high > low => format!(
            "The median of {} is highest for {} ({}, from {}) and lowest for {} ({}, from {}).",
            axis.label,
            name(result, most),
            short(axis, *high),
            format::plural(most.n, "value", "values"),
            name(result, least),
            short(axis, *low),
            format::plural(least.n, "value", "values")
        ),
        [(_, median), ..] => {
            format!("The median of {} is {} in every row.", axis.label, short(axis, *median))
        }
    }
}

fn table(result: &ChartResult, boxes: &[&ChartBox]) -> DataTable {
    let place = if result.x.label.is_empty() { "place" } else { result.x.label.as_str() };
    let series = (result.series.len() > 1).then_some(result.series_label.as_str());
    let numbers = [
        "#values",
        "#mean",
        "#min",
        "#q1",
        "#median",
        "#q3",
        "#max",
        "#lower whisker",
        "#upper whisker",
        "#beyond whiskers",
    ];
    let headings: Vec<&str> = [place].into_iter().chain(series).chain(numbers).collect();
    let mut table = DataTable::new(&headings);
    for found in boxes {
        let mut cells = vec![Cell::text(place_of(result, found).unwrap_or(ALL))];
        if series.is_some() {
            cells.push(Cell::text(series_name(result, found.series).unwrap_or_default()));
        }
        cells.extend([Cell::count(found.n), cell(&result.y, found.mean)]);
        let five = found.five_numbers.map_or([None; 5], |five| five.map(Some));
        let whiskers = found.whiskers.map_or([None; 2], |ends| ends.map(Some));
        cells.extend(five.into_iter().chain(whiskers).map(|value| cell(&result.y, value)));
        cells.push(Cell::count(found.n_outliers));
        table.push(cells);
    }
    table
}
