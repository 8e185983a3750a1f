//! The axes of composed charts, and what all panels span of them.

use super::figures::{format_of, label};
use crate::analyses::Interval;
use crate::analyses::chart::{AxisScale, ChartAxis, ChartResult, ChartValue, PlaceKind};
use crate::charts::from_result::words;
use crate::charts::marks::Reach;
use crate::charts::model::{self, Axis, AxisKind, Category, Domain, Mark};
use crate::charts::scale::nice_domain;
use crate::format;

/// An axis of values on the scale that was asked for.
pub fn value_axis(axis: &ChartAxis, scale: AxisScale, domain: Domain) -> Axis {
    if axis.scale == PlaceKind::Times {
        return Axis::time(label(axis));
    }
    let linear = Axis::linear(label(axis), domain, format_of(axis));
    match scale {
        AxisScale::Linear => linear,
        AxisScale::Log => Axis { kind: AxisKind::Log, ..linear },
        AxisScale::Symlog => Axis { kind: AxisKind::Symlog, ..linear },
    }
}

/// The axis of places, from left to right.
pub fn place_axis(result: &ChartResult) -> Axis {
    match result.x.scale {
        PlaceKind::Categories => Axis::categories(result.x.label.clone(), categories(result)),
        PlaceKind::Times => Axis::time(result.x.label.clone()),
        PlaceKind::Numbers => value_axis(&result.x, result.spec.x_scale, Domain::Data),
    }
}

pub fn categories(result: &ChartResult) -> Vec<Category> {
    let name = |name: &String| Category::new(if name.is_empty() { "all rows" } else { name });
    result.x.names.iter().map(name).collect()
}

/// The smallest and the largest of some numbers.
#[derive(Debug, Clone, Copy)]
pub struct Ends {
    pub low: f64,
    pub high: f64,
}

impl Ends {
    pub fn of(numbers: impl Iterator<Item = f64>) -> Self {
        let mut ends = Self { low: f64::INFINITY, high: f64::NEG_INFINITY };
        for x in numbers.filter(|x| x.is_finite()) {
            ends.low = ends.low.min(x);
            ends.high = ends.high.max(x);
        }
        ends
    }

    /// From zero to a round number beyond, on both sides where there are values on both.
    pub fn zero_based(self) -> Domain {
        if self.is_empty() {
            return Domain::FromZero;
        }
        let (low, high) = (self.low.min(0.0), self.high.max(0.0));
        if low == high {
            return Domain::FromZero;
        }
        let (from, to) = nice_domain((low, high), 5);
        Domain::Fixed(from, to)
    }

    /// A little beyond both ends, without zero.
    pub fn away_from_zero(self) -> Domain {
        let margin = (self.high - self.low) * 0.04;
        Domain::Cut(self.low - margin, self.high + margin)
    }

    pub fn is_empty(self) -> bool {
        self.low > self.high
    }
}

/// How to read an x axis of numbers that is not linear; `low` are the left ends of what is drawn.
pub fn x_scale_notes(result: &ChartResult, low: impl Iterator<Item = f64>) -> Vec<String> {
    if result.x.scale != PlaceKind::Numbers {
        return Vec::new();
    }
    match result.spec.x_scale {
        AxisScale::Linear => Vec::new(),
        AxisScale::Symlog => {
            vec!["The x axis is linear from \u{2212}1 to 1 and logarithmic beyond.".into()]
        }
        AxisScale::Log => {
            let n = low.filter(|x| *x <= 0.0).count() as u64;
            let values = format::plural(n, "value", "values");
            let out = format!("Left out: {values} at places not above zero, which no logarithmic axis has.");
            let kind = "The x axis is logarithmic.".to_owned();
            if n > 0 { vec![kind, out] } else { vec![kind] }
        }
    }
}

/// What estimates and their intervals span; an interval several times wider than usual does not count as a
/// whole, so that one small group does not flatten the others.
pub fn span_of_estimates(items: impl Iterator<Item = (f64, Option<Interval>)>) -> Ends {
    let none = Interval { low: None, high: None };
    let items: Vec<(f64, model::Ends)> =
        items.map(|(x, interval)| (x, words::ends(interval.unwrap_or(none)))).collect();
    let has_intervals = items.iter().any(|(_, ends)| ends.low.is_some() || ends.high.is_some());
    let plain = Ends::of(items.iter().map(|(x, _)| *x));
    if !has_intervals || plain.is_empty() {
        return plain;
    }
    let (low, high) = words::span_of_intervals(&items, &[]);
    Ends { low, high }
}

/// Whether an interval goes on where the axis ends.
pub fn is_cut(domain: Domain, values: &[ChartValue]) -> bool {
    let (Domain::Fixed(from, to) | Domain::Cut(from, to)) = domain else { return false };
    values.iter().filter_map(|value| value.interval).any(|interval| {
        interval.low.is_none_or(|low| low < from) || interval.high.is_none_or(|high| high > to)
    })
}

/// Keeps axes alike across panels.
pub fn reach(x: Option<Ends>, y: Option<Ends>) -> Mark {
    let list = |ends: Option<Ends>| {
        ends.filter(|ends| !ends.is_empty()).map_or(Vec::new(), |ends| vec![ends.low, ends.high])
    };
    Mark::Reach(Reach { x: list(x), y: list(y) })
}

/// Whether numbers are far enough from zero that an axis from zero would press them together.
pub fn is_far_from_zero(ends: Ends) -> bool {
    let (near, far) = (ends.low.abs().min(ends.high.abs()), ends.low.abs().max(ends.high.abs()));
    ends.low < ends.high && ends.low * ends.high > 0.0 && near > far * 0.5
}
