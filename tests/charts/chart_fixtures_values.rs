//! Results of composed charts with fixed numbers: values at places.

use playhead::analyses::Interval;
use playhead::analyses::chart::{
    ChartAxis, ChartData, ChartField, ChartMark, ChartMeasure, ChartPanel, ChartPoint, ChartResult,
    ChartSpec, ChartValue, PlaceKind, TimeUnit,
};

pub const COUNTRIES: [&str; 6] =
    ["Brazil", "Norway", "Indonesia", "United Kingdom", "Chile", "4\u{a0}others"];
pub const DEVICES: [&str; 3] = ["Mobile", "TV", "Web browser"];
pub const DAY: f64 = 86_400.0;
/// 2023-01-01.
pub const NEW_YEAR: f64 = 19_358.0 * DAY;

/// One panel without values: what is filled in differs.
pub fn result(mark: ChartMark, x: ChartAxis, y: ChartAxis, series: &[&str]) -> ChartResult {
    let field = |axis: &ChartAxis| Some(ChartField::column(axis.label.clone()));
    ChartResult {
        spec: ChartSpec {
            table: "sessions".into(),
            mark,
            x: field(&x),
            y: field(&y),
            ..ChartSpec::default()
        },
        revision: 1,
        sentence: String::new(),
        ledger: Vec::new(),
        warnings: Vec::new(),
        x,
        y,
        value: ChartAxis::default(),
        series_label: if series.len() > 1 { "device_type".into() } else { String::new() },
        series: if series.is_empty() { vec![String::new()] } else { names(series) },
        panels: vec![panel("", Vec::new())],
    }
}

pub fn with_values(mut result: ChartResult, measure: ChartMeasure, values: Vec<ChartValue>) -> ChartResult {
    let is_of_rows = measure == ChartMeasure::Count;
    result.spec.y = Some(ChartField::measure(if is_of_rows { "" } else { "session_length" }, measure));
    result.panels = vec![panel("", values)];
    result
}

pub fn panel(name: &str, values: Vec<ChartValue>) -> ChartPanel {
    let n_rows = values.iter().map(|value| value.n).sum();
    ChartPanel { name: name.into(), n_rows, data: ChartData::Values { values } }
}

pub fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

pub fn categories(label: &str, list: &[&str]) -> ChartAxis {
    ChartAxis {
        label: label.into(),
        scale: PlaceKind::Categories,
        names: names(list),
        ..ChartAxis::default()
    }
}

pub fn times(label: &str) -> ChartAxis {
    ChartAxis { label: label.into(), scale: PlaceKind::Times, ..ChartAxis::default() }
}

pub fn numbers(label: &str) -> ChartAxis {
    ChartAxis { label: label.into(), ..ChartAxis::default() }
}

pub fn counts(label: &str) -> ChartAxis {
    ChartAxis { is_count: true, ..numbers(label) }
}

pub fn value(at: f64, series: u32, value: f64, n: u64) -> ChartValue {
    ChartValue { at, row: 0, series, value: Some(value), interval: None, n }
}

/// A mean with its interval.
pub fn mean(at: f64, series: u32, mean: f64, half: f64, n: u64) -> ChartValue {
    ChartValue { interval: Some(Interval::new(mean - half, mean + half)), ..value(at, series, mean, n) }
}

/// A value at each place of each series, from a smooth function.
pub fn grid(n_places: usize, n_series: usize, of: impl Fn(f64, f64) -> f64) -> Vec<ChartValue> {
    let at = |index: usize| (index / n_series, index % n_series);
    (0..n_places * n_series)
        .map(at)
        .map(|(place, series)| {
            let figure = of(place as f64, series as f64);
            value(place as f64, series as u32, figure, figure.abs().round() as u64 + 1)
        })
        .collect()
}

/// The first of each month from 2023 on, of places numbered from 0.
pub fn in_months(mut values: Vec<ChartValue>) -> Vec<ChartValue> {
    const STARTS: [f64; 12] = [0.0, 31.0, 59.0, 90.0, 120.0, 151.0, 181.0, 212.0, 243.0, 273.0, 304.0, 334.0];
    for value in &mut values {
        let month = value.at as usize;
        value.at = NEW_YEAR + ((month / 12) as f64 * 365.0 + STARTS[month % 12]) * DAY;
    }
    values
}

pub fn with_unit(mut result: ChartResult, unit: TimeUnit) -> ChartResult {
    if let Some(field) = &mut result.spec.x {
        field.time_unit = unit;
    }
    result
}

/// Several panels of one column.
pub fn facets(mut result: ChartResult, column: &str, panels: Vec<ChartPanel>) -> ChartResult {
    result.spec.facet = Some(ChartField::column(column));
    result.panels = panels;
    result
}

/// Points around a line, without chance.
pub fn points(n: usize, n_series: u32) -> Vec<ChartPoint> {
    (0..n)
        .map(|index| {
            let t = index as f64;
            let x = 5.0 + (t * 0.618_033_988_749_895).fract() * 40.0;
            let y = 12.0 + 0.8 * x + ((t * 0.754_877_666).fract() - 0.5) * 18.0;
            let series = index as u32 % n_series;
            ChartPoint { x, y: y + f64::from(series) * 6.0, series, size: None, row: index as u64 + 1 }
        })
        .collect()
}

/// One panel of other data.
pub fn with_data(mut result: ChartResult, data: ChartData) -> ChartResult {
    result.panels = vec![ChartPanel { name: String::new(), n_rows: 100, data }];
    result
}

/// Counts in the shape of a bell.
pub fn bell(n_bins: usize, middle: f64, spread: f64, n: f64) -> Vec<u64> {
    (0..n_bins)
        .map(|bin| {
            (n * (-((bin as f64 - middle) / spread).powi(2) / 2.0).exp() / spread / 2.5).round() as u64
        })
        .collect()
}
