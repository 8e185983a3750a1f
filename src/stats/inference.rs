//! What every test shares: the alternative, an interval, the null distribution, and why there is no result.

use super::distribution::{normal, student_t};
use std::fmt;

/// Which departure from the null hypothesis counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alternative {
    #[default]
    TwoSided,
    /// Treatment above control.
    Greater,
    /// Treatment below control.
    Less,
}

/// A confidence interval. An end is infinite where the alternative is one-sided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    pub low: f64,
    pub high: f64,
}

impl Bounds {
    /// `estimate - margin` to `estimate + margin`, with one end infinite where the alternative has a side:
    /// evidence for "greater" bounds the value from below, evidence for "less" from above.
    pub fn around(estimate: f64, margin: f64, alternative: Alternative) -> Self {
        Self { low: estimate - margin, high: estimate + margin }.one_sided(alternative)
    }

    /// The same interval with the end that the alternative does not look at moved to infinity.
    #[must_use]
    pub fn one_sided(self, alternative: Alternative) -> Self {
        match alternative {
            Alternative::TwoSided => self,
            Alternative::Greater => Self { high: f64::INFINITY, ..self },
            Alternative::Less => Self { low: f64::NEG_INFINITY, ..self },
        }
    }

    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// The distribution of a standardised statistic under the null hypothesis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Null {
    Normal,
    /// Student's t; `df` above 0, fractional allowed.
    T {
        df: f64,
    },
}

impl Null {
    /// Chance of a value above `statistic`.
    pub fn sf(self, statistic: f64) -> f64 {
        match self {
            Self::Normal => normal::sf(statistic),
            Self::T { df } => student_t::sf(statistic, df),
        }
    }

    /// Chance under the null hypothesis of a statistic at least as far out as this one. Two-sided: twice the tail.
    pub fn p_value(self, statistic: f64, alternative: Alternative) -> f64 {
        match alternative {
            Alternative::TwoSided => (2.0 * self.sf(statistic.abs())).min(1.0),
            Alternative::Greater => self.sf(statistic),
            Alternative::Less => self.sf(-statistic),
        }
    }

    /// The quantile that a statistic must exceed at level `alpha`: of 1 - alpha/2 two-sided, of 1 - alpha one-sided.
    /// The same number makes the interval, so that test and interval agree.
    pub fn critical(self, alpha: f64, alternative: Alternative) -> f64 {
        let tail = match alternative {
            Alternative::TwoSided => alpha / 2.0,
            Alternative::Greater | Alternative::Less => alpha,
        };
        match self {
            Self::Normal => normal::isf(tail),
            Self::T { df } => student_t::isf(tail, df),
        }
    }

    /// Degrees of freedom; `None` for the normal distribution.
    pub fn df(self) -> Option<f64> {
        match self {
            Self::Normal => None,
            Self::T { df } => Some(df),
        }
    }
}

/// Why a statistic does not exist for these data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undefined {
    /// Fewer observations than the formula needs (in the smallest group that it uses).
    TooFew { found: u64, needed: u64 },
    /// No variation to compare with: the standard error is zero.
    NoVariation,
    /// A value outside the domain of the formula, such as a denominator of zero. Names what it is.
    OutOfDomain(&'static str),
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFew { found, needed } => {
                write!(f, "{needed} observations are needed and there are {found}")
            }
            Self::NoVariation => f.write_str("the values do not vary"),
            Self::OutOfDomain(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Undefined {}
