//! Figures, places and titles as people read them.

use crate::analyses::Interval;
use crate::analyses::chart::{
    ChartAxis, ChartMeasure, ChartPanel, ChartResult, ChartValue, PlaceKind, TimeUnit,
};
use crate::charts::from_result::words::{half_width, list};
use crate::charts::model::{Info, Series};
use crate::charts::number_format::NumberFormat;
use crate::charts::scale::{Precision, time_text};
use crate::charts::theme::SLATE;
use crate::format;

pub const INTERVAL: &str = "95\u{a0}% interval";
pub const NO_VALUES: &str = "No values.";

/// How the numbers of an axis are written.
pub fn format_of(axis: &ChartAxis) -> NumberFormat {
    match axis {
        ChartAxis { is_share: true, .. } => NumberFormat::Percent,
        ChartAxis { is_count: true, .. } => NumberFormat::Count,
        axis if axis.unit == "seconds" => NumberFormat::Duration,
        _ => NumberFormat::Plain,
    }
}

/// "price ($)"; units that stand with each number are not repeated.
pub fn label(axis: &ChartAxis) -> String {
    let is_told = axis.unit.is_empty() || axis.unit == "%" || format_of(axis) != NumberFormat::Plain;
    if is_told { axis.label.clone() } else { format!("{} ({})", axis.label, axis.unit) }
}

/// A figure with four digits and its unit: "32.41", "$1,204", "66.8 %".
pub fn figure(axis: &ChartAxis, x: f64) -> String {
    if axis.scale == PlaceKind::Times {
        return time_text(x, Precision::Minute);
    }
    let text = match format_of(axis) {
        NumberFormat::Count => format::decimals(x, 0),
        NumberFormat::Percent => format!("{}\u{a0}%", format::trim_zeros(&format::number(x * 100.0, 3))),
        NumberFormat::Duration => format::duration(x),
        // Money has cents.
        _ if has_sign(axis) && (1.0..1e6).contains(&x.abs()) => format::decimals(x, 2),
        _ => format::trim_zeros(&format::number(x, 4)),
    };
    with_unit(axis, text)
}

/// "from 10 to 12".
pub fn interval_name(axis: &ChartAxis, edges: &[f64]) -> String {
    let &[from, to] = edges else { return String::new() };
    format!("from {} to {}", figure(axis, from), figure(axis, to))
}

/// A figure with the decimals that its uncertainty asks for, where that is known.
pub fn estimate(axis: &ChartAxis, x: f64, interval: Option<Interval>) -> String {
    match half_width(x, interval) {
        Some(half) => with_unit(axis, format_of(axis).value(x, format_of(axis).decimals_for(half))),
        None => figure(axis, x),
    }
}

/// "31.9 to 32.9".
pub fn interval_text(axis: &ChartAxis, x: f64, interval: Interval) -> String {
    let format = format_of(axis);
    let n_decimals = format.decimals_for(half_width(x, Some(interval)).unwrap_or(x / 10.0));
    format!("{}{}", format.interval(interval.low, interval.high, n_decimals), format.unit())
}

/// Whether the unit is a sign that stands before the number: "$".
fn has_sign(axis: &ChartAxis) -> bool {
    let is_of_word = |c: char| c.is_alphabetic() || c == '%' || c == '\u{b0}';
    !axis.unit.is_empty() && !axis.unit.chars().all(is_of_word)
}

fn with_unit(axis: &ChartAxis, text: String) -> String {
    if format_of(axis) != NumberFormat::Plain || axis.unit.is_empty() {
        return text;
    }
    match text.strip_prefix('\u{2212}') {
        _ if !has_sign(axis) => format!("{text}\u{a0}{}", axis.unit),
        Some(bare) => format!("\u{2212}{}{bare}", axis.unit),
        None => format!("{}{text}", axis.unit),
    }
}

/// The places of x, by their kind.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    result: &'a ChartResult,
    /// What a place takes of a continuous axis; 0 of categories.
    pub step: f64,
}

impl<'a> Places<'a> {
    /// Of the places of all panels; `at` in any order.
    pub fn of(result: &'a ChartResult, at: impl Iterator<Item = f64>) -> Self {
        if result.x.scale == PlaceKind::Categories {
            return Self { result, step: 0.0 };
        }
        let mut at: Vec<f64> = at.filter(|x| x.is_finite()).collect();
        at.sort_by(f64::total_cmp);
        at.dedup();
        let gaps = at.windows(2).map(|pair| match pair {
            [from, to] => to - from,
            _ => f64::INFINITY,
        });
        let least = gaps.fold(f64::INFINITY, f64::min);
        let usual = if result.x.scale == PlaceKind::Times { unit_seconds(time_unit(result)) } else { 1.0 };
        Self { result, step: if least.is_finite() { least } else { usual } }
    }

    /// "Brazil", "Mar 2024", "from 10 to 12".
    pub fn name(&self, at: f64) -> String {
        match self.result.x.scale {
            PlaceKind::Categories => {
                let name = self.result.x.names.get(at.max(0.0).round() as usize);
                name.filter(|name| !name.is_empty()).cloned().unwrap_or_else(|| "all rows".into())
            }
            PlaceKind::Times => self.time(at),
            PlaceKind::Numbers if self.step == 1.0 && at.fract() == 0.0 => figure(&self.result.x, at),
            PlaceKind::Numbers => {
                interval_name(&self.result.x, &[at - self.step / 2.0, at + self.step / 2.0])
            }
        }
    }

    fn time(&self, at: f64) -> String {
        let precision = match time_unit(self.result) {
            TimeUnit::Year => Precision::Year,
            TimeUnit::Quarter => Precision::Quarter,
            TimeUnit::Month => Precision::Month,
            TimeUnit::Week => return format!("week from {}", time_text(at, Precision::Day)),
            TimeUnit::Day => Precision::Day,
            _ => Precision::Minute,
        };
        time_text(at, precision)
    }

    /// "Brazil, mobile".
    pub fn heading(&self, at: f64, series: u32) -> String {
        match series_name(self.result, series) {
            Some(series) if self.result.spec.x.is_none() => series.to_owned(),
            Some(series) => format!("{}, {series}", self.name(at)),
            None => self.name(at),
        }
    }
}

fn time_unit(result: &ChartResult) -> TimeUnit {
    result.spec.x.as_ref().map_or(TimeUnit::Auto, |field| field.time_unit)
}

fn unit_seconds(unit: TimeUnit) -> f64 {
    let days = match unit {
        TimeUnit::Year => 365.0,
        TimeUnit::Quarter => 90.0,
        TimeUnit::Month => 28.0,
        TimeUnit::Week => 7.0,
        TimeUnit::Hour => 1.0 / 24.0,
        _ => 1.0,
    };
    days * crate::charts::scale::DAY_SECONDS
}

/// Whether the categories of x follow one another in time: then they stand from left to right.
pub fn is_cycle(result: &ChartResult) -> bool {
    matches!(time_unit(result), TimeUnit::MonthOfYear | TimeUnit::Weekday | TimeUnit::HourOfDay)
}

/// The name of a series where there are several.
pub fn series_name(result: &ChartResult, series: u32) -> Option<&str> {
    result.series.get(series as usize).map(String::as_str).filter(|_| result.series.len() > 1)
}

/// The series in their looks; one without a name gets that of the values, what was put together is slate.
pub fn series_list(result: &ChartResult) -> Vec<Series> {
    let look = |(index, name): (usize, &String)| {
        let is_rest = index > 0 && (name == "other" || name.ends_with(" others"));
        let series = Series::numbered(if name.is_empty() { &result.y.label } else { name }, index);
        if is_rest { Series { slot: SLATE, ..series } } else { series }
    };
    result.series.iter().enumerate().map(look).collect()
}

/// "mean of session_length by country and device, genre = Drama".
pub fn title(result: &ChartResult, panel: &ChartPanel, what: &str) -> String {
    let by: Vec<String> = [&result.x.label, &result.series_label]
        .into_iter()
        .filter(|name| !name.is_empty())
        .map(|name| name.to_owned())
        .collect();
    let whole = if by.is_empty() { what.to_owned() } else { format!("{what} by {}", list(&by)) };
    in_panel(result, panel, whole)
}

/// A title with the panel that it is about.
pub fn in_panel(result: &ChartResult, panel: &ChartPanel, title: String) -> String {
    let facet = result.spec.facet.as_ref().map_or("", |field| field.column.as_str());
    match (panel.name.as_str(), facet) {
        ("", _) => title,
        (name, "") => format!("{title}, {name}"),
        (name, facet) => format!("{title}, {facet} = {name}"),
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
