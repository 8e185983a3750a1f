//! Scales: from data to pixels and back, with the ticks that people read.

mod band;
mod duration;
mod linear;
mod log;
mod symlog;
mod time;

pub use band::Bands;
pub use linear::{linear_ticks, nice_domain, nice_step};
pub use symlog::{symlog, symlog_inverse};
pub use time::{Precision, days_of_iso_date, iso_date, iso_time, time_text};

use super::number_format::NumberFormat;

/// Seconds of a day; time scales count seconds since 1970 UTC.
pub const DAY_SECONDS: f64 = 86_400.0;

/// One axis, placed on the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Scale {
    Linear(Span),
    /// Positive values only.
    Log(Span),
    /// Linear from -1 to 1, logarithmic beyond.
    Symlog(Span),
    /// Seconds since 1970 UTC.
    Time(Span),
    /// Categories by index from 0.
    Band(Bands),
}

/// A continuous scale: the ends of the data, and where they lie in pixels (in either direction).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    pub domain: (f64, f64),
    pub range_px: (f64, f64),
}

/// Ticks with their labels; every label belongs to a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ticks {
    pub values: Vec<f64>,
    pub labels: Vec<String>,
    /// What the labels leave out: the year of dates that all lie in one.
    pub context: Option<String>,
}

impl Scale {
    /// Pixel of a value. `None` where it has no place: not finite, not positive on a log scale, a
    /// category that is hidden. Values beyond the domain have places beyond the range.
    pub fn px(&self, value: f64) -> Option<f64> {
        if !value.is_finite() {
            return None;
        }
        match self {
            Self::Linear(span) | Self::Time(span) => Some(span.px(value)),
            Self::Log(span) if value > 0.0 => Some(span.logs().px(value.ln())),
            Self::Log(_) => None,
            Self::Symlog(span) => Some(span.symlogs().px(symlog(value))),
            Self::Band(bands) => bands.center_px(value),
        }
    }

    /// Value at a pixel; the nearest category of a band scale.
    pub fn value(&self, px: f64) -> f64 {
        match self {
            Self::Linear(span) | Self::Time(span) => span.value(px),
            Self::Log(span) => span.logs().value(px).exp(),
            Self::Symlog(span) => symlog_inverse(span.symlogs().value(px)),
            Self::Band(bands) => bands.nearest(px),
        }
    }

    /// About `n` ticks inside the domain. Band scales have none: their categories are laid out by name.
    pub fn ticks(&self, n: usize, format: NumberFormat) -> Ticks {
        match self {
            Self::Linear(span) => {
                let (values, step) = match format {
                    NumberFormat::Duration => duration::duration_ticks(span.domain, n),
                    _ => linear_ticks(span.domain, n),
                };
                let labels = format.ticks(&values, step);
                Ticks { values, labels, context: None }
            }
            Self::Log(span) => log::log_ticks(span.domain, n, format),
            Self::Symlog(span) => symlog::symlog_ticks(span.domain, n, format),
            Self::Time(span) => time::time_ticks(span.domain, n),
            Self::Band(_) => Ticks::default(),
        }
    }
}

impl Span {
    pub fn px(&self, value: f64) -> f64 {
        let (from, to) = self.domain;
        let (start, end) = self.range_px;
        if to == from { (start + end) / 2.0 } else { start + (value - from) / (to - from) * (end - start) }
    }

    pub fn value(&self, px: f64) -> f64 {
        let (from, to) = self.domain;
        let (start, end) = self.range_px;
        if end == start { from } else { from + (px - start) / (end - start) * (to - from) }
    }

    fn logs(&self) -> Self {
        Self { domain: (self.domain.0.ln(), self.domain.1.ln()), range_px: self.range_px }
    }

    fn symlogs(&self) -> Self {
        Self { domain: (symlog(self.domain.0), symlog(self.domain.1)), range_px: self.range_px }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_and_values_are_inverse() {
        let span = Span { domain: (1.0, 1000.0), range_px: (200.0, 0.0) };
        for scale in [Scale::Linear(span), Scale::Log(span), Scale::Symlog(span), Scale::Time(span)] {
            for value in [1.0, 7.5, 999.0] {
                let px = scale.px(value).unwrap();
                assert!((scale.value(px) - value).abs() < 1e-9, "{scale:?} {value}");
            }
        }
        assert_eq!(Scale::Log(span).px(0.0), None);
        assert!((Scale::Log(span).px(10.0).unwrap() - 400.0 / 3.0).abs() < 1e-9);
    }
}
