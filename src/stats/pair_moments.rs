//! Means, variances and covariance of paired values.

use super::Sum;
use super::moments::not_negative;

/// Central moments of the pairs in which both values are present.
///
/// Two passes with compensated sums and corrected deviations, as [`super::Moments`]; a constant column has exactly
/// `m2 = 0`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairMoments {
    /// Pairs with both values.
    pub n: u64,
    /// Pairs with at least one value missing.
    pub n_missing: u64,
    pub mean_x: f64,
    pub mean_y: f64,
    pub sum_x: f64,
    pub sum_y: f64,
    /// Sums of squared deviations and of their products; not divided.
    pub m2_x: f64,
    pub m2_y: f64,
    pub m_xy: f64,
}

impl PairMoments {
    const BLOCK: usize = 256;

    pub const EMPTY: Self = Self {
        n: 0,
        n_missing: 0,
        mean_x: 0.0,
        mean_y: 0.0,
        sum_x: 0.0,
        sum_y: 0.0,
        m2_x: 0.0,
        m2_y: 0.0,
        m_xy: 0.0,
    };

    /// Pairs `x[i], y[i]`; a longer slice is cut to the shorter one.
    pub fn new(x: &[f64], y: &[f64]) -> Self {
        let pairs = || x.iter().copied().zip(y.iter().copied());
        let is_present = |(a, b): &(f64, f64)| !a.is_nan() && !b.is_nan();
        let mut n = 0_u64;
        let (mut sum_x, mut sum_y) = (Sum::default(), Sum::default());
        let (mut range_x, mut range_y) = (Extremes::default(), Extremes::default());
        for (a, b) in pairs().filter(is_present) {
            n += 1;
            sum_x.add(a);
            sum_y.add(b);
            range_x.add(a);
            range_y.add(b);
        }
        let n_missing = x.len().min(y.len()) as u64 - n;
        if n == 0 {
            return Self { n_missing, ..Self::EMPTY };
        }
        let (sum_x, sum_y) = (sum_x.value(), sum_y.value());
        let count = n as f64;
        let mean_x = if range_x.is_constant() { range_x.min } else { sum_x / count };
        let mean_y = if range_y.is_constant() { range_y.min } else { sum_y / count };
        let (mut d_x, mut d_y) = (Sum::default(), Sum::default());
        let (mut d_xx, mut d_yy, mut d_xy) = (Sum::default(), Sum::default(), Sum::default());
        for (x, y) in x.chunks(Self::BLOCK).zip(y.chunks(Self::BLOCK)) {
            let mut b = [0.0; 5];
            for (a, c) in x.iter().copied().zip(y.iter().copied()).filter(is_present) {
                let (a, c) = (a - mean_x, c - mean_y);
                b[0] += a;
                b[1] += c;
                b[2] += a * a;
                b[3] += c * c;
                b[4] += a * c;
            }
            d_x.add(b[0]);
            d_y.add(b[1]);
            d_xx.add(b[2]);
            d_yy.add(b[3]);
            d_xy.add(b[4]);
        }
        let (d_x, d_y) = (d_x.value(), d_y.value());
        Self {
            n,
            n_missing,
            mean_x,
            mean_y,
            sum_x,
            sum_y,
            m2_x: not_negative(d_xx.value() - d_x * d_x / count),
            m2_y: not_negative(d_yy.value() - d_y * d_y / count),
            m_xy: d_xy.value() - d_x * d_y / count,
        }
    }

    /// From a row of sums, as SQL returns them. Deviations lose digits where a mean is large against its standard deviation
    /// (relative error about 2^-53 (mean/sd)^2).
    pub fn from_sums(n: u64, sum_x: f64, sum_y: f64, sum_xx: f64, sum_yy: f64, sum_xy: f64) -> Self {
        if n == 0 {
            return Self::EMPTY;
        }
        let count = n as f64;
        let (mean_x, mean_y) = (sum_x / count, sum_y / count);
        Self {
            n,
            n_missing: 0,
            mean_x,
            mean_y,
            sum_x,
            sum_y,
            m2_x: not_negative(sum_xx - sum_x * mean_x),
            m2_y: not_negative(sum_yy - sum_y * mean_y),
            m_xy: sum_xy - sum_x * mean_y,
        }
    }

    /// The moments of both samples together (Chan, Golub and LeVeque 1983).
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let n_missing = self.n_missing + other.n_missing;
        if self.n == 0 {
            return Self { n_missing, ..*other };
        }
        if other.n == 0 {
            return Self { n_missing, ..*self };
        }
        let (a, b) = (self.n as f64, other.n as f64);
        let (dx, dy) = (other.mean_x - self.mean_x, other.mean_y - self.mean_y);
        let weight = a * b / (a + b);
        Self {
            n: self.n + other.n,
            n_missing,
            mean_x: self.mean_x + dx * (b / (a + b)),
            mean_y: self.mean_y + dy * (b / (a + b)),
            sum_x: self.sum_x + other.sum_x,
            sum_y: self.sum_y + other.sum_y,
            m2_x: self.m2_x + other.m2_x + dx * dx * weight,
            m2_y: self.m2_y + other.m2_y + dy * dy * weight,
            m_xy: self.m_xy + other.m_xy + dx * dy * weight,
        }
    }

    /// Pearson's r, held within [-1, 1]. `None` where a column is constant or n < 2.
    pub fn correlation(&self) -> Option<f64> {
        if self.n < 2 || self.m2_x <= 0.0 || self.m2_y <= 0.0 {
            return None;
        }
        ratio_of_products(self.m_xy, self.m2_x, self.m2_y)
    }

    /// Divisor n - 1. `None` for n < 2.
    pub fn covariance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.m_xy / (self.n - 1) as f64)
    }
}

/// xy / sqrt(xx yy) within [-1, 1].
pub(super) fn ratio_of_products(xy: f64, xx: f64, yy: f64) -> Option<f64> {
    let product = xx * yy;
    // One root of the product makes a perfect line exactly 1; two roots neither overflow nor vanish.
    let r = if product.is_normal() { xy / product.sqrt() } else { xy / xx.sqrt() / yy.sqrt() };
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

#[derive(Debug, Clone, Copy)]
struct Extremes {
    min: f64,
    max: f64,
}

impl Default for Extremes {
    fn default() -> Self {
        Self { min: f64::INFINITY, max: f64::NEG_INFINITY }
    }
}

impl Extremes {
    fn add(&mut self, x: f64) {
        self.min = self.min.min(x);
        self.max = self.max.max(x);
    }

    fn is_constant(&self) -> bool {
        self.min == self.max
    }
}
