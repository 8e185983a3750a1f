//! Histograms: rows by interval of a number, one outline a series.

use super::table::facet_name;
use crate::analyses::chart::{AxisScale, ChartAxis, ChartData, ChartPanel, ChartResult, PlaceKind};
use crate::charts::from_result::chart::axes::{Ends, place_axis, reach, value_axis};
use crate::charts::from_result::chart::figures::{figure, interval_name};
use crate::charts::from_result::chart::titles::{by, in_panel, series_list, series_name, where_in};
use crate::charts::from_result::words::list;
use crate::charts::marks::Steps;
use crate::charts::model::{Axis, Chart, Domain, Info, Mark};
use crate::charts::table::{Cell, Column, DataTable};
use crate::format;

/// More series than this are left to the table.
const MOST_SERIES: usize = 3;

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    let bins = Bins::of(panel)?;
    let all = || result.panels.iter().filter_map(Bins::of);
    let x_ends = Ends::of(all().flat_map(|bins| bins.edges.iter().copied()));
    let highest = all()
        .flat_map(|bins| (0..bins.counts.len()).flat_map(move |series| bins.heights(result, series)))
        .fold(0.0, f64::max);
    let mut marks = vec![reach(Some(x_ends), Some(Ends { low: 0.0, high: highest }))];
    for series in 0..result.series.len().min(bins.counts.len()) {
        if bins.n(series) == 0 {
            continue;
        }
        let infos = bins.edges.windows(2).zip(bins.counts_of(series)).enumerate();
        marks.push(Mark::Steps(Steps {
            series,
            edges: bins.edges.to_vec(),
            heights: bins.heights(result, series),
            is_filled: result.series.len() <= 1,
            infos: infos
                .map(|(bin, (edges, count))| {
                    info(result, &bins, series, edges, *count).of(bin as f64, 0, series as u32)
                })
                .collect(),
        }));
    }
    let mut notes = vec![if result.y.is_share {
        "Height: share of the rows of the series in each interval.".to_owned()
    } else {
        "Height: rows in each interval.".to_owned()
    }];
    let scale = match result.spec.y_scale {
        AxisScale::Linear => AxisScale::Linear,
        AxisScale::Log | AxisScale::Symlog => {
            notes.push("The y axis is linear up to 1 and logarithmic beyond.".into());
            AxisScale::Symlog
        }
    };
    notes.extend(left_out(result, &bins));
    Some(Chart {
        kind: "chart_histogram",
        title: in_panel(result, panel, format!("Distribution of {}", by(result, &result.x.label, ""))),
        takeaway: takeaway(result, panel, &bins),
        note: notes.join(" "),
        x: place_axis_over(result, x_ends),
        y: value_axis(&y_axis(result), scale, Domain::FromZero),
        series: series_list(result, &result.y.label),
        marks,
        value_headings: None,
        table: table(result, panel, &bins),
    })
}

/// From the first edge to the last, without a margin.
fn place_axis_over(result: &ChartResult, ends: Ends) -> Axis {
    let is_linear = result.x.scale == PlaceKind::Numbers && result.spec.x_scale == AxisScale::Linear;
    if is_linear && !ends.is_empty() {
        return value_axis(&result.x, AxisScale::Linear, Domain::Fixed(ends.low, ends.high));
    }
    place_axis(result)
}

fn y_axis(result: &ChartResult) -> ChartAxis {
    let is_named = !result.y.label.is_empty();
    let label = match (is_named, result.y.is_share) {
        (true, _) => result.y.label.clone(),
        (false, true) => "share of rows".into(),
        (false, false) => "rows".into(),
    };
    ChartAxis { label, is_count: !result.y.is_share, ..result.y.clone() }
}

#[derive(Clone, Copy)]
struct Bins<'a> {
    edges: &'a [f64],
    counts: &'a [Vec<u64>],
}

impl<'a> Bins<'a> {
    fn of(panel: &'a ChartPanel) -> Option<Self> {
        match &panel.data {
            ChartData::Bins { edges, counts } => Some(Self { edges, counts }),
            _ => None,
        }
    }

    fn counts_of(&self, series: usize) -> &'a [u64] {
        self.counts.get(series).map_or(&[], Vec::as_slice)
    }

    fn n(&self, series: usize) -> u64 {
        self.counts_of(series).iter().sum()
    }

    fn heights(&self, result: &ChartResult, series: usize) -> Vec<f64> {
        let of = if result.y.is_share { self.n(series).max(1) as f64 } else { 1.0 };
        self.counts_of(series).iter().map(|count| *count as f64 / of).collect()
    }
}

fn share(count: u64, n: u64) -> Option<f64> {
    (n > 0).then(|| count as f64 / n as f64)
}

fn info(result: &ChartResult, bins: &Bins<'_>, series: usize, edges: &[f64], count: u64) -> Info {
    let name = interval_name(&result.x, edges);
    let heading = match series_name(result, series as u32) {
        Some(series) => format!("{series}, {name}"),
        None => name,
    };
    let n = bins.n(series);
    Info::new(heading)
        .line("rows", format!("{} of {}", format::count(count), format::count(n)))
        .line("share", share(count, n).map_or(String::new(), |share| format::percent(share, 1)))
}

fn takeaway(result: &ChartResult, panel: &ChartPanel, bins: &Bins<'_>) -> String {
    let fullest = |series: usize| -> Option<(String, u64, u64)> {
        let counts = bins.counts_of(series);
        let all = bins.edges.windows(2).zip(counts);
        let (edges, count) =
            all.reduce(|a, b| if b.1 > a.1 { b } else { a }).filter(|(_, count)| **count > 0)?;
        Some((interval_name(&result.x, edges), *count, bins.n(series)))
    };
    let found: Vec<(usize, (String, u64, u64))> =
        (0..result.series.len()).filter_map(|series| Some((series, fullest(series)?))).collect();
    let percent =
        |count: u64, n: u64| share(count, n).map_or(String::new(), |share| format::percent(share, 1));
    match found.as_slice() {
        [] => format!("There are no values of {}{}.", result.x.label, where_in(result, panel)),
        [(_, (name, count, n))] if result.series.len() <= 1 => format!(
            "The fullest interval of {} is {name}, with {} of {} rows ({}).",
            result.x.label,
            format::count(*count),
            format::count(*n),
            percent(*count, *n)
        ),
        several => {
            let phrase = |(series, (name, count, n)): &(usize, (String, u64, u64))| {
                let series = result.series.get(*series).map_or("", String::as_str);
                format!("{name} for {series} ({} of {} rows)", percent(*count, *n), format::count(*n))
            };
            let phrases: Vec<String> = several.iter().take(MOST_SERIES).map(phrase).collect();
            let n_more = several.len().saturating_sub(MOST_SERIES);
            let more = if n_more > 0 { format!("; {n_more} more in the data table") } else { String::new() };
            format!("The fullest interval of {} is {}{more}.", result.x.label, list(&phrases))
        }
    }
}

/// Intervals that a logarithmic axis has no place for.
fn left_out(result: &ChartResult, bins: &Bins<'_>) -> Option<String> {
    if result.spec.x_scale != AxisScale::Log || result.x.scale != PlaceKind::Numbers {
        return None;
    }
    let has_no_place = |edges: &[f64]| edges.first().is_some_and(|from| *from <= 0.0);
    let n: u64 = bins
        .counts
        .iter()
        .flat_map(|counts| bins.edges.windows(2).zip(counts))
        .filter(|(edges, _)| has_no_place(edges))
        .map(|(_, count)| count)
        .sum();
    (n > 0).then(|| {
        let rows = format::plural(n, "row", "rows");
        format!("Left out: {rows} in intervals that reach zero, which no logarithmic axis has.")
    })
}

fn table(result: &ChartResult, panel: &ChartPanel, bins: &Bins<'_>) -> DataTable {
    let mut table = DataTable::default();
    let mut column = |heading: String, is_numeric| table.columns.push(Column { heading, is_numeric });
    if !panel.name.is_empty() {
        column(facet_name(result), false);
    }
    column("from".into(), true);
    column("to".into(), true);
    for series in 0..result.series.len() {
        let name = series_name(result, series as u32).map_or(String::new(), |name| format!("{name} "));
        column(format!("{name}rows"), true);
        column(format!("{name}share"), true);
    }
    for (bin, edges) in bins.edges.windows(2).enumerate() {
        let mut row = Vec::with_capacity(table.columns.len());
        if !panel.name.is_empty() {
            row.push(Cell::text(&panel.name));
        }
        row.extend(edges.iter().map(|edge| Cell::number(Some(*edge), |x| figure(&result.x, x))));
        for series in 0..result.series.len() {
            let count = bins.counts_of(series).get(bin).copied().unwrap_or(0);
            row.push(Cell::count(count));
            row.push(Cell::number(share(count, bins.n(series)), |share| format::percent(share, 1)));
        }
        table.push(row);
    }
    table
}
