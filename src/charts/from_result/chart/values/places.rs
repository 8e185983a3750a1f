//! The places of x, and what they are called.

use crate::analyses::chart::{ChartResult, PlaceKind, TimeUnit};
use crate::charts::from_result::chart::figures::{figure, interval_name};
use crate::charts::from_result::chart::titles::series_name;
use crate::charts::scale::{DAY_SECONDS, Precision, time_text};

/// The places of x, by their kind.
#[derive(Debug, Clone, Copy)]
pub struct Places<'a> {
    pub result: &'a ChartResult,
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

    /// As part of a sentence: "for Brazil", "in Mar 2024", "from 10 to 12".
    fn where_at(&self, at: f64) -> String {
        let name = self.name(at);
        match (self.result.x.scale, time_unit(self.result)) {
            (PlaceKind::Categories, _) => format!("for {name}"),
            (PlaceKind::Times, TimeUnit::Year | TimeUnit::Quarter | TimeUnit::Month) => format!("in {name}"),
            (PlaceKind::Times, TimeUnit::Week) => format!("in the {name}"),
            (PlaceKind::Times, TimeUnit::Day) => format!("on {name}"),
            (PlaceKind::Numbers, _) if name.starts_with("from ") => name,
            (PlaceKind::Times | PlaceKind::Numbers, _) => format!("at {name}"),
        }
    }

    /// "for Brazil, mobile", "for mobile in Mar 2024".
    pub fn of_figure(&self, at: f64, series: u32) -> String {
        match series_name(self.result, series) {
            Some(_) if self.result.x.scale == PlaceKind::Categories => {
                format!("for {}", self.heading(at, series))
            }
            Some(series) => format!("for {series} {}", self.where_at(at)),
            None => self.where_at(at),
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
    days * DAY_SECONDS
}

/// Whether the categories of x follow one another in time: then they stand from left to right.
pub fn is_cycle(result: &ChartResult) -> bool {
    matches!(time_unit(result), TimeUnit::MonthOfYear | TimeUnit::Weekday | TimeUnit::HourOfDay)
}
