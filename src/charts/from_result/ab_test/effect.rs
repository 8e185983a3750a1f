//! An effect as charts show it: as a lift or as a difference, with its interval and its words.

use crate::analyses::Interval;
use crate::analyses::ab_test::{Comparison, LiftInterval, Metric, MetricMeasure};
use crate::charts::from_result::words::{ends, half_width};
use crate::charts::marks::{IntervalItem, IntervalLook};
use crate::charts::model::{Ends, Info, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::Cell;
use crate::format;

/// On which scale effects are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectScale {
    /// (variant - control) / |control|: metrics of different units share an axis.
    Lift,
    /// Variant minus control, in the metric's unit.
    Difference,
}

/// One comparison on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    pub estimate: Option<f64>,
    /// Both ends `None`: unbounded.
    pub interval: Option<Interval>,
    pub format: NumberFormat,
}

impl Effect {
    pub fn of(comparison: &Comparison, metric: &Metric, scale: EffectScale) -> Self {
        match scale {
            EffectScale::Difference => Self {
                estimate: comparison.difference,
                interval: comparison.difference_interval,
                format: difference_format(metric),
            },
            EffectScale::Lift => Self {
                estimate: comparison.lift,
                interval: match comparison.lift_interval {
                    LiftInterval::Finite { interval } => Some(interval),
                    LiftInterval::Unbounded => Some(Interval { low: None, high: None }),
                    LiftInterval::Undefined => None,
                },
                format: NumberFormat::SignedPercent,
            },
        }
    }

    pub fn n_decimals(&self) -> usize {
        let half = self.estimate.and_then(|estimate| half_width(estimate, self.interval));
        // Without an interval, three digits of the estimate itself.
        let uncertainty = half.or(self.estimate.map(|estimate| estimate / 10.0)).unwrap_or(f64::NAN);
        self.format.decimals_for(uncertainty)
    }

    /// "+16.4 %".
    pub fn estimate_text(&self) -> String {
        self.estimate.map_or("\u{2013}".into(), |estimate| self.format.value(estimate, self.n_decimals()))
    }

    /// "14.2 to 18.7", "unbounded", or a dash.
    pub fn interval_text(&self) -> String {
        match self.interval {
            None => "\u{2013}".into(),
            Some(Interval { low: None, high: None }) => "unbounded".into(),
            Some(interval) => self.format.interval(interval.low, interval.high, self.n_decimals()),
        }
    }

    /// With its unit, for tooltips: "14.2 to 18.7 %".
    pub fn interval_with_unit(&self) -> String {
        let is_bounded =
            self.interval.is_some_and(|interval| interval.low.is_some() || interval.high.is_some());
        let unit = if is_bounded { self.format.unit() } else { "" };
        format!("{}{unit}", self.interval_text())
    }

    pub fn label(&self) -> ValueLabel {
        ValueLabel { estimate: self.estimate_text(), detail: self.interval_text() }
    }

    /// For the span of an axis.
    pub fn reach(&self) -> Option<(f64, Ends)> {
        Some((self.estimate?, self.interval.map_or(Ends { low: None, high: None }, ends)))
    }

    /// Exact estimate, low and high for a data table.
    pub fn cells(&self) -> [Cell; 3] {
        let n_decimals = self.n_decimals();
        let text = |x: f64| self.format.value(x, n_decimals);
        let interval = self.interval.unwrap_or(Interval { low: None, high: None });
        [
            Cell::number(self.estimate, text),
            Cell::number(interval.low, text),
            Cell::number(interval.high, text),
        ]
    }
}

/// A comparison as a row or point of a chart. `name` opens the tooltip.
pub fn item(
    place: f64,
    name: String,
    comparison: &Comparison,
    metric: &Metric,
    scale: EffectScale,
    interval_name: &str,
) -> IntervalItem {
    let effect = Effect::of(comparison, metric, scale);
    let look =
        if comparison.is_significant == Some(true) { IntervalLook::Strong } else { IntervalLook::Open };
    // Without a lift the row still says what is known.
    let difference = Effect::of(comparison, metric, EffectScale::Difference);
    let label = if effect.estimate.is_none() && difference.estimate.is_some() {
        ValueLabel { estimate: "no lift".into(), detail: format!("diff. {}", difference.estimate_text()) }
    } else {
        effect.label()
    };
    let interval = effect.interval.map(ends);
    IntervalItem {
        place,
        estimate: effect.estimate,
        interval,
        look,
        label,
        info: info(name, comparison, metric, interval_name),
    }
}

fn info(name: String, comparison: &Comparison, metric: &Metric, interval_name: &str) -> Info {
    let mut info = Info::new(name);
    for (what, scale) in [("lift", EffectScale::Lift), ("difference", EffectScale::Difference)] {
        let effect = Effect::of(comparison, metric, scale);
        if effect.estimate.is_some() {
            info = info.line(what, effect.estimate_text()).line(interval_name, effect.interval_with_unit());
        }
    }
    if let Some(p) = comparison.p_value {
        info = info.line("p", format::p_value(p));
    }
    if let Some(p) = comparison.p_adjusted {
        info = info.line("p, adjusted", format::p_value(p));
    }
    info
}

/// Differences of shares are in percentage points.
pub fn difference_format(metric: &Metric) -> NumberFormat {
    match metric.measure {
        MetricMeasure::Proportion { .. } => NumberFormat::SignedPoints,
        MetricMeasure::Mean { .. } | MetricMeasure::Ratio { .. } => NumberFormat::Signed,
    }
}

/// The level of a metric itself.
pub fn level_format(metric: &Metric) -> NumberFormat {
    match metric.measure {
        MetricMeasure::Proportion { .. } => NumberFormat::Percent,
        MetricMeasure::Mean { .. } | MetricMeasure::Ratio { .. } => NumberFormat::Plain,
    }
}
