//! A ratio of two sums over units, by the delta method.

use super::mean_test::MeanArm;
use super::{PairMoments, Undefined};

/// The sum of a numerator over the sum of a denominator in one arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioEstimate {
    /// Units with both values.
    pub n: u64,
    pub n_missing: u64,
    pub numerator_sum: f64,
    pub denominator_sum: f64,
    /// numerator_sum / denominator_sum.
    pub estimate: f64,
    /// Variance of one unit's linearised value (y - R x) / mean(x), divisor n - 1:
    /// (s_yy - 2 R s_xy + R^2 s_xx) / mean(x)^2.
    pub linearised_variance: f64,
}

impl RatioEstimate {
    /// From one numerator and one denominator a unit. `Err` for fewer than two units, and where the
    /// denominators sum to zero.
    pub fn new(numerators: &[f64], denominators: &[f64]) -> Result<Self, Undefined> {
        Self::from_moments(&PairMoments::new(denominators, numerators))
    }

    /// From the moments of (x = denominator, y = numerator).
    pub fn from_moments(pairs: &PairMoments) -> Result<Self, Undefined> {
        if pairs.n < 2 {
            return Err(Undefined::TooFew { found: pairs.n, needed: 2 });
        }
        if pairs.sum_x == 0.0 {
            return Err(Undefined::OutOfDomain("the denominators sum to zero"));
        }
        let ratio = pairs.sum_y / pairs.sum_x;
        let m2 = pairs.m2_y - 2.0 * ratio * pairs.m_xy + ratio * ratio * pairs.m2_x;
        // What is left of two sums that cancel is rounding noise: the ratio is the same in every unit.
        let is_noise = m2 <= 1e-14 * (pairs.m2_y + ratio * ratio * pairs.m2_x);
        let m2 = if is_noise { 0.0 } else { m2 };
        let variance = m2 / (pairs.n - 1) as f64 / (pairs.mean_x * pairs.mean_x);
        if !ratio.is_finite() || !variance.is_finite() {
            return Err(Undefined::OutOfDomain("the values are too large to compute with"));
        }
        Ok(Self {
            n: pairs.n,
            n_missing: pairs.n_missing,
            numerator_sum: pairs.sum_y,
            denominator_sum: pairs.sum_x,
            estimate: ratio,
            linearised_variance: variance,
        })
    }

    /// Standard deviation of the linearised values.
    pub fn sd(&self) -> f64 {
        self.linearised_variance.sqrt()
    }

    /// linearised_variance / n: the squared standard error of the ratio (first order).
    pub fn variance(&self) -> f64 {
        self.linearised_variance / self.n as f64
    }

    /// The ratio as an arm of [`super::mean_test::compare`]: a mean of linearised values.
    pub fn as_mean_arm(&self) -> MeanArm {
        MeanArm { n: self.n, mean: self.estimate, variance: self.linearised_variance }
    }
}
