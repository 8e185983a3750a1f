//! Results of composed charts with fixed numbers: figures by two places, and steps.

use crate::chart_fixtures_distributions::{empty_result, names, numbers, panel};
use playhead::analyses::Interval;
use playhead::analyses::chart::{
    ChartAxis, ChartData, ChartField, ChartMark, ChartPanel, ChartResult, ChartValue, PlaceKind, TimeUnit,
};
use playhead::charts::scale::{DAY_SECONDS, days_of_iso_date};

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

fn value(at: f64, row: u32, value: f64, n: u64) -> ChartValue {
    ChartValue { at, row, series: 0, value: Some(value), interval: None, n }
}

fn counts(label: &str) -> ChartAxis {
    ChartAxis { label: label.into(), is_count: true, ..ChartAxis::default() }
}

/// Numbers that look irregular and are the same everywhere.
fn noise(i: u32) -> f64 {
    (f64::from(i) * 0.618_033_988_75).fract()
}

/// Sessions by weekday and hour; one cell has none.
pub fn hours_by_weekday() -> ChartResult {
    let hours: Vec<String> = (0..24).map(|hour| hour.to_string()).collect();
    let hours: Vec<&str> = hours.iter().map(String::as_str).collect();
    let mut values = Vec::new();
    for row in 0..7_u32 {
        for hour in 0..24_u32 {
            let evening = (-(f64::from(hour) - 20.0).powi(2) / 18.0).exp();
            let weekend = if row > 4 { 1.6 } else { 1.0 };
            let n = (240.0 * evening * weekend + 30.0 * noise(row * 24 + hour)).round();
            if (row, hour) != (2, 4) {
                values.push(value(f64::from(hour), row, n, n as u64));
            }
        }
    }
    ChartResult {
        x: names("hour", &hours),
        y: names("weekday", &WEEKDAYS),
        value: counts("sessions"),
        panels: vec![panel("", 9_000, ChartData::Values { values })],
        ..empty_result(ChartMark::HeatMap)
    }
}

/// Means with intervals by two columns; of both signs where `shift` is below zero.
pub fn means(columns: &[&str], rows: &[&str], shift: f64) -> ChartResult {
    let mut values = Vec::new();
    for row in 0..rows.len() as u32 {
        for at in 0..columns.len() as u32 {
            let mean = 12.0 + shift + 4.0 * noise(row * 7 + at * 3);
            let interval = Some(Interval::new(mean - 0.4, mean + 0.4));
            values.push(ChartValue { interval, ..value(f64::from(at), row, mean, 120 + u64::from(at)) });
        }
    }
    ChartResult {
        x: names("device", columns),
        y: names("genre", rows),
        value: numbers("mean of session_length"),
        panels: vec![panel("", 2_000, ChartData::Values { values })],
        ..empty_result(ChartMark::HeatMap)
    }
}

/// Months on x, shares in the cells.
pub fn shares_by_month() -> ChartResult {
    let months = ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"];
    let at = |date: &str| days_of_iso_date(date).expect("a date") as f64 * DAY_SECONDS;
    let values = months
        .iter()
        .enumerate()
        .flat_map(|(i, date)| {
            (0..2).map(move |row| value(at(date), row, 0.2 + 0.1 * noise(i as u32 * 2 + row), 400))
        })
        .collect();
    let mut result = means(&[], &["Mobile", "TV"], 0.0);
    result.x =
        ChartAxis { label: "month of started_at".into(), scale: PlaceKind::Times, ..ChartAxis::default() };
    result.spec.x = Some(ChartField { time_unit: TimeUnit::Month, ..ChartField::column("started_at") });
    result.value = ChartAxis { label: "share of watched".into(), is_share: true, ..ChartAxis::default() };
    result.panels = vec![panel("", 4_000, ChartData::Values { values })];
    result
}

/// Rows by bins of a number; the bins that no row falls into are absent.
pub fn bins() -> ChartResult {
    let mut result = means(&[], &["Mobile", "TV", "Console"], 0.0);
    let values = (0..12_u32).flat_map(|bin| {
        (0..3_u32).map(move |row| {
            let n = (900.0 * noise(bin + row) / f64::from(bin + 1)).round() * 20.0;
            value(2.5 + 5.0 * f64::from(bin), row, n, n as u64)
        })
    });
    result.x = numbers("session_length");
    result.value = counts("rows");
    result.panels = vec![panel("", 9_000, ChartData::Values { values: values.collect() })];
    result
}

/// Revenue by day, from one date to another.
pub fn calendar(from: &str, to: &str) -> ChartResult {
    let (from, to) = (days_of_iso_date(from).expect("a date"), days_of_iso_date(to).expect("a date"));
    let day = |days: i64| {
        let weekday = (days + 3).rem_euclid(7);
        let amount = 800.0 + 500.0 * noise(days as u32) + if weekday > 4 { 700.0 } else { 0.0 };
        value(days as f64 * DAY_SECONDS, weekday as u32, amount.round(), 30)
    };
    ChartResult {
        x: ChartAxis { label: "day".into(), scale: PlaceKind::Times, ..ChartAxis::default() },
        value: ChartAxis { label: "sum of revenue".into(), unit: "$".into(), ..ChartAxis::default() },
        panels: vec![panel("", 9_000, ChartData::Values { values: (from..=to).map(day).collect() })],
        ..empty_result(ChartMark::Calendar)
    }
}

pub fn mosaic(columns: &[&str], rows: &[&str]) -> ChartResult {
    let mut values = Vec::new();
    for at in 0..columns.len() as u32 {
        for row in 0..rows.len() as u32 {
            let n = (600.0 / f64::from(at + 1) * (0.3 + noise(at * 5 + row))).round();
            values.push(value(f64::from(at), row, n, n as u64));
        }
    }
    ChartResult {
        x: names("device", columns),
        y: names("genre", rows),
        value: counts("rows"),
        panels: vec![panel("", 3_000, ChartData::Values { values })],
        ..empty_result(ChartMark::Mosaic)
    }
}

pub fn funnel(steps: &[&str], series: &[&str]) -> ChartResult {
    let mut values = Vec::new();
    for index in 0..series.len() as u32 {
        let mut left = 12_480.0;
        for at in 0..steps.len() as u32 {
            let found = value(f64::from(at), 0, left, left as u64);
            values.push(ChartValue { series: index, ..found });
            left = (left * (0.35 + 0.4 * noise(at + 3 * index))).round();
        }
    }
    ChartResult {
        x: names("step", steps),
        y: counts("users"),
        series_label: if series.len() > 1 { "variant".into() } else { String::new() },
        series: series.iter().map(|name| (*name).to_owned()).collect(),
        panels: vec![panel("", 12_480, ChartData::Values { values })],
        ..empty_result(ChartMark::Funnel)
    }
}

/// Two panels: the given one, and one without figures.
pub fn with_empty_panel(mut result: ChartResult) -> ChartResult {
    result.spec.facet = Some(ChartField::column("country"));
    let first = ChartPanel { name: "Norway".into(), ..result.panels[0].clone() };
    result.panels = vec![first, panel("Malta", 0, ChartData::Values { values: Vec::new() })];
    result
}
