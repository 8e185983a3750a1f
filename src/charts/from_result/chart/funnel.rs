//! Funnels: the steps of a process as bars, each with its share of the first step and of the one before.

use super::axes::value_axis;
use super::figures::{cell, long, short};
use super::grids::{all_values, values_of};
use super::titles::{by, in_panel, series_list, series_name, where_in};
use crate::analyses::chart::{AxisScale, ChartAxis, ChartPanel, ChartResult, ChartValue};
use crate::charts::marks::{BarItem, Bars, Direction, Reach};
use crate::charts::model::{Axis, Category, Chart, Domain, Info, Mark, ValueLabel};
use crate::charts::table::{Cell, DataTable};
use crate::format;

const NOTE: &str = "Bar: the figure of each step, from zero. Beside it: its share of the first step, and of the step before.";

/// A step with the figures that it is compared with.
struct Step<'a> {
    found: &'a ChartValue,
    name: String,
    value: f64,
    first: f64,
    before: Option<f64>,
}

pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Chart {
    let axis = axis_of_values(result);
    let steps = steps(result, values_of(panel));
    let bars = |series: usize| {
        let of_series = steps.iter().enumerate().filter(|(_, step)| step.found.series as usize == series);
        let items = of_series.map(|(place, step)| bar(result, axis, place, step)).collect();
        Mark::Bars(Bars { series, direction: Direction::Horizontal, items, ..Bars::default() })
    };
    let mut marks: Vec<Mark> = (0..result.series.len().max(1)).map(bars).collect();
    let values = all_values(result).filter_map(|found| found.value);
    marks.push(Mark::Reach(Reach { x: values.collect(), y: Vec::new() }));
    let category = |step: &Step<'_>| Category {
        label: step.name.clone(),
        group: series_name(result, step.found.series).map(str::to_owned),
        series: (result.series.len() > 1).then_some(step.found.series as usize),
    };
    let mut rows: Vec<Category> = steps.iter().map(category).collect();
    if rows.is_empty() {
        rows.push(Category::new("no steps"));
        if let Some(Mark::Bars(bars)) = marks.first_mut() {
            bars.items.push(nothing());
        }
    }
    Chart {
        kind: "chart_funnel",
        title: in_panel(result, panel, by(result, &axis.label, &result.x.label)),
        takeaway: takeaway(result, panel, &steps),
        note: NOTE.into(),
        x: value_axis(axis, AxisScale::Linear, Domain::FromZero),
        y: Axis::categories("", rows),
        series: series_list(result, &axis.label),
        marks,
        value_headings: Some(ValueLabel { estimate: "value".into(), detail: "of first, of before".into() }),
        table: table(result, axis, &steps),
    }
}

/// The figures lie on y, or on neither axis.
fn axis_of_values(result: &ChartResult) -> &ChartAxis {
    if result.y.label.is_empty() { &result.value } else { &result.y }
}

/// Series by series, in the order of the steps.
fn steps<'a>(result: &ChartResult, values: &'a [ChartValue]) -> Vec<Step<'a>> {
    let mut sorted: Vec<&ChartValue> = values.iter().collect();
    sorted.sort_by(|a, b| a.series.cmp(&b.series).then(a.at.total_cmp(&b.at)));
    let mut steps: Vec<Step<'a>> = Vec::with_capacity(sorted.len());
    for found in sorted {
        let last = steps.last().filter(|last| last.found.series == found.series);
        let value = found.value.unwrap_or(0.0);
        let name = result.x.names.get(found.at.max(0.0) as usize).cloned().unwrap_or_default();
        let (first, before) = last.map_or((value, None), |last| (last.first, Some(last.value)));
        steps.push(Step { found, name, value, first, before });
    }
    steps
}

impl Step<'_> {
    fn of_first(&self) -> Option<f64> {
        (self.first > 0.0).then(|| self.value / self.first)
    }

    fn of_before(&self) -> Option<f64> {
        self.before.filter(|before| *before > 0.0).map(|before| self.value / before)
    }
}

fn percent(share: Option<f64>) -> String {
    share.map_or("\u{2013}".into(), |share| format::percent(share, 1))
}

fn bar(result: &ChartResult, axis: &ChartAxis, place: usize, step: &Step<'_>) -> BarItem {
    let name = match series_name(result, step.found.series) {
        Some(series) => format!("{}, {series}", step.name),
        None => step.name.clone(),
    };
    let mut info = Info::new(name)
        .line(&axis.label, step.found.value.map_or("\u{2013}".into(), |value| long(axis, value)))
        .line("share of the first step", percent(step.of_first()));
    if step.found.value.is_some() {
        info = info.of(step.found.at, step.found.row, step.found.series);
    }
    if step.before.is_some() {
        info = info.line("share of the step before", percent(step.of_before()));
    }
    let before = step.before.map_or(String::new(), |_| format!(", {}", percent(step.of_before())));
    let estimate = match step.found.value {
        Some(value) if axis.is_count => format::count(value.max(0.0).round() as u64),
        Some(value) => short(axis, value),
        None => "\u{2013}".into(),
    };
    BarItem {
        place: place as f64,
        value: Some(step.value),
        label: ValueLabel { estimate, detail: format!("{}{before}", percent(step.of_first())) },
        info,
        ..BarItem::default()
    }
}

fn nothing() -> BarItem {
    let label = ValueLabel { estimate: "\u{2013}".into(), detail: String::new() };
    let info = Info::new("no steps").line("rows", "0");
    BarItem { place: 0.0, value: Some(0.0), label, info, ..BarItem::default() }
}

fn takeaway(result: &ChartResult, panel: &ChartPanel, steps: &[Step<'_>]) -> String {
    let sentences: Vec<String> = (0..result.series.len().max(1))
        .filter_map(|series| {
            let own: Vec<&Step<'_>> =
                steps.iter().filter(|step| step.found.series as usize == series).collect();
            let (first, last) = (own.first()?, own.last().filter(|_| own.len() > 1)?);
            let place =
                series_name(result, series as u32).map_or(String::new(), |name| format!("In {name}, "));
            let the = if place.is_empty() { "The" } else { "the" };
            let whole = format!(
                "{place}{the} last step, {}, has {} of the first, {}",
                last.name,
                percent(last.of_first()),
                first.name
            );
            let steepest = own
                .windows(2)
                .filter_map(|pair| Some((*pair.first()?, *pair.last()?)))
                .filter(|(_, to)| to.of_before().is_some())
                .min_by(|a, b| {
                    let of = |step: &Step<'_>| step.of_before().unwrap_or(f64::INFINITY);
                    of(a.1).total_cmp(&of(b.1))
                });
            Some(match steepest.filter(|_| own.len() > 2) {
                Some((from, to)) => format!(
                    "{whole}; the largest drop is from {} to {} ({} of the step before).",
                    from.name,
                    to.name,
                    percent(to.of_before())
                ),
                None => format!("{whole}."),
            })
        })
        .collect();
    match (sentences.is_empty(), steps.first()) {
        (false, _) => sentences.join(" "),
        (true, Some(only)) => format!("There is only one step, {}.", only.name),
        (true, None) => {
            let place = where_in(result, panel);
            format!("There are no steps{place}.")
        }
    }
}

fn table(result: &ChartResult, axis: &ChartAxis, steps: &[Step<'_>]) -> DataTable {
    let series = (result.series.len() > 1).then_some(result.series_label.as_str());
    let value = format!("#{}", axis.label);
    let numbers = [value.as_str(), "#share of first", "#share of before", "#rows"];
    let headings: Vec<&str> = series.into_iter().chain(["step"]).chain(numbers).collect();
    let mut table = DataTable::new(&headings);
    for step in steps {
        let name = series.map(|_| Cell::text(series_name(result, step.found.series).unwrap_or_default()));
        let share = |share: Option<f64>| Cell::number(share, |share| format::percent(share, 1));
        let rest = [
            Cell::text(&step.name),
            cell(axis, step.found.value),
            share(step.of_first()),
            share(step.of_before()),
            Cell::count(step.found.n),
        ];
        table.push(name.into_iter().chain(rest).collect());
    }
    table
}
