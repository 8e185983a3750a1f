//! The span of the data on an axis.

use crate::charts::model::{Axis, AxisKind, Domain};
use crate::charts::scale::{Scale, Span, nice_domain, symlog, symlog_inverse};

/// Share of the data's span that is left free at both ends.
const MARGIN: f64 = 0.04;

/// Smallest and largest value met so far.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    low: f64,
    high: f64,
    smallest_positive: f64,
}

impl Extent {
    pub fn empty() -> Self {
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY, smallest_positive: f64::INFINITY }
    }

    /// Takes a value in; not if it is infinite or no number.
    pub fn include(&mut self, value: f64) {
        if value.is_finite() {
            self.low = self.low.min(value);
            self.high = self.high.max(value);
            if value > 0.0 {
                self.smallest_positive = self.smallest_positive.min(value);
            }
        }
    }

    /// The domain of an axis over this data: never empty, never reversed.
    pub fn domain(self, axis: &Axis) -> (f64, f64) {
        let (low, high) = if self.low <= self.high { (self.low, self.high) } else { (0.0, 1.0) };
        match axis.kind {
            AxisKind::Linear(Domain::Fixed(from, to) | Domain::Cut(from, to)) if from < to => (from, to),
            AxisKind::Linear(Domain::FromZero) if low >= 0.0 => widened(0.0, nice_domain((0.0, high), 5).1),
            AxisKind::Linear(Domain::FromZero) if high <= 0.0 => widened(nice_domain((low, 0.0), 5).0, 0.0),
            AxisKind::Linear(Domain::FromZero) => nice_domain((low, high), 5),
            AxisKind::Log if self.smallest_positive.is_finite() => {
                widened_by_factor(self.smallest_positive, high)
            }
            AxisKind::Log => (1.0, 10.0),
            AxisKind::Symlog => widened_symlog(low, high),
            AxisKind::Time | AxisKind::Linear(_) => {
                let margin = (high - low) * MARGIN;
                widened(low - margin, high + margin)
            }
            AxisKind::Categories(_) => (low, high),
        }
    }
}

/// Scale of an axis that is not categorical.
pub fn continuous_scale(axis: &Axis, domain: (f64, f64), range_px: (f64, f64)) -> Scale {
    let span = Span { domain, range_px };
    match axis.kind {
        AxisKind::Log => Scale::Log(span),
        AxisKind::Symlog => Scale::Symlog(span),
        AxisKind::Time => Scale::Time(span),
        AxisKind::Linear(_) | AxisKind::Categories(_) => Scale::Linear(span),
    }
}

/// A domain of no width gets one around its only value.
fn widened(low: f64, high: f64) -> (f64, f64) {
    if high > low {
        return (low, high);
    }
    if low == 0.0 { (0.0, 1.0) } else { (low - low.abs() * 0.1, low + low.abs() * 0.1) }
}

fn widened_by_factor(low: f64, high: f64) -> (f64, f64) {
    if high <= low {
        return (low / 2.0, low * 2.0);
    }
    let margin = (high / low).powf(MARGIN);
    (low / margin, high * margin)
}

/// An end at 0 stays there: bars stand on it.
fn widened_symlog(low: f64, high: f64) -> (f64, f64) {
    if high <= low {
        return widened(low, high);
    }
    let (from, to) = (symlog(low), symlog(high));
    let margin = (to - from) * MARGIN;
    let moved = |end: f64, by: f64| if end == 0.0 { 0.0 } else { symlog_inverse(symlog(end) + by) };
    (moved(low, -margin), moved(high, margin))
}
