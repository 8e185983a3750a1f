//! Mean, variance, skewness and kurtosis of a sample.

use super::Sum;

/// Count, extremes and central moments of a sample.
///
/// Made in two passes: the mean from a compensated sum, then the sums of powers of deviations from it, with the
/// correction of Chan, Golub and LeVeque (1983) for the rounding of the mean. Reaches the digits that float64 input allows
/// on NIST NumAcc1 to NumAcc4, Lottery and Michelso. `NaN` is missing and skipped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// Values that are not missing.
    pub n: u64,
    pub n_missing: u64,
    /// 0 for an empty sample.
    pub mean: f64,
    /// Sums of the 2nd, 3rd and 4th powers of the deviations from the mean; not divided.
    pub m2: f64,
    pub m3: f64,
    pub m4: f64,
    /// `+inf` for an empty sample.
    pub min: f64,
    /// `-inf` for an empty sample.
    pub max: f64,
    pub sum: f64,
}

impl Moments {
    pub const EMPTY: Self = Self {
        n: 0,
        n_missing: 0,
        mean: 0.0,
        m2: 0.0,
        m3: 0.0,
        m4: 0.0,
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
        sum: 0.0,
    };

    pub fn new(values: &[f64]) -> Self {
        let mut n = 0_u64;
        let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut total = Sum::default();
        for &x in values {
            if !x.is_nan() {
                n += 1;
                total.add(x);
                min = min.min(x);
                max = max.max(x);
            }
        }
        let n_missing = values.len() as u64 - n;
        if n == 0 {
            return Self { n_missing, ..Self::EMPTY };
        }
        let sum = total.value();
        let base = Self { n, n_missing, min, max, sum, ..Self::EMPTY };
        if min == max {
            // Exactly constant: without this, the rounding of the mean would leave a spurious variance.
            return Self { mean: min, ..base };
        }
        let mean = sum / n as f64;
        let powers = PowerSums::about(mean, values);
        Self { mean, ..base }.with_powers(n as f64, powers)
    }

    /// The moments of both samples together (Pébay 2008, equations 1.1 to 1.6).
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
        let n = a + b;
        let d = other.mean - self.mean;
        let (d2, ab) = (d * d, a * b);
        Self {
            n: self.n + other.n,
            n_missing,
            mean: self.mean + d * (b / n),
            m2: self.m2 + other.m2 + d2 * (ab / n),
            m3: self.m3
                + other.m3
                + d * d2 * (ab * (a - b) / (n * n))
                + 3.0 * d * (a * other.m2 - b * self.m2) / n,
            m4: self.m4
                + other.m4
                + d2 * d2 * (ab * (a * a - ab + b * b) / (n * n * n))
                + 6.0 * d2 * (a * a * other.m2 + b * b * self.m2) / (n * n)
                + 4.0 * d * (a * other.m3 - b * self.m3) / n,
            min: self.min.min(other.min),
            max: self.max.max(other.max),
            sum: self.sum + other.sum,
        }
    }

    pub fn is_constant(&self) -> bool {
        self.n > 0 && self.min == self.max
    }

    /// `None` for an empty sample.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean).filter(|x| x.is_finite())
    }

    /// Divisor n - 1. `None` for n < 2.
    pub fn variance(&self) -> Option<f64> {
        (self.n > 1).then(|| self.m2 / (self.n - 1) as f64).filter(|x| x.is_finite())
    }

    /// Square root of [`Self::variance`].
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// sd / sqrt(n).
    pub fn standard_error(&self) -> Option<f64> {
        self.variance().map(|v| (v / self.n as f64).sqrt())
    }

    /// Bias-corrected skewness G1 = sqrt(n (n-1)) / (n-2) * g1, with g1 = (m3/n) / (m2/n)^1.5 (Joanes and Gill 1998;
    /// Excel, SAS, pandas). `None` for n < 3 and for constant values.
    pub fn skewness(&self) -> Option<f64> {
        let n = self.n as f64;
        if self.n < 3 || self.m2 <= 0.0 {
            return None;
        }
        let v = self.m2 / n;
        let g1 = self.m3 / n / (v * v.sqrt());
        Some((n * (n - 1.0)).sqrt() / (n - 2.0) * g1).filter(|x| x.is_finite())
    }

    /// Bias-corrected excess kurtosis G2 = (n-1) / ((n-2)(n-3)) * ((n+1) g2 + 6), with g2 = (m4/n) / (m2/n)^2 - 3
    /// (Joanes and Gill 1998; Excel, SAS, pandas). `None` for n < 4 and for constant values.
    pub fn kurtosis(&self) -> Option<f64> {
        let n = self.n as f64;
        if self.n < 4 || self.m2 <= 0.0 {
            return None;
        }
        let v = self.m2 / n;
        let g2 = self.m4 / n / (v * v) - 3.0;
        Some((n - 1.0) / ((n - 2.0) * (n - 3.0)) * ((n + 1.0) * g2 + 6.0)).filter(|x| x.is_finite())
    }

    /// The power sums were taken about a rounded mean that is off by `shift`: moves them to the true one.
    fn with_powers(self, n: f64, about: PowerSums) -> Self {
        let shift = about.d1 / n;
        let s2 = shift * shift;
        let m2 = not_negative(about.d2 - n * s2);
        let m3 = about.d3 - 3.0 * shift * about.d2 + 2.0 * n * shift * s2;
        let m4 = about.d4 - 4.0 * shift * about.d3 + 6.0 * s2 * about.d2 - 3.0 * n * s2 * s2;
        Self { m2, m3, m4, ..self }
    }
}

/// Sums of powers of deviations from a centre. Summed in blocks, so that the error grows with the
/// number of blocks and not of values.
#[derive(Debug, Clone, Copy)]
struct PowerSums {
    d1: f64,
    d2: f64,
    d3: f64,
    d4: f64,
}

impl PowerSums {
    const BLOCK: usize = 256;

    fn about(centre: f64, values: &[f64]) -> Self {
        let (mut d1, mut d2, mut d3, mut d4) =
            (Sum::default(), Sum::default(), Sum::default(), Sum::default());
        for block in values.chunks(Self::BLOCK) {
            let mut b = [0.0; 4];
            for &x in block {
                let d = if x.is_nan() { 0.0 } else { x - centre };
                let square = d * d;
                b[0] += d;
                b[1] += square;
                b[2] += square * d;
                b[3] += square * square;
            }
            d1.add(b[0]);
            d2.add(b[1]);
            d3.add(b[2]);
            d4.add(b[3]);
        }
        Self { d1: d1.value(), d2: d2.value(), d3: d3.value(), d4: d4.value() }
    }
}

/// A sum of squares after a correction: rounding may leave it just below zero, and overflow may leave infinity minus
/// infinity, which is kept infinite so that it counts as undefined further on.
pub(super) fn not_negative(sum_of_squares: f64) -> f64 {
    if sum_of_squares.is_nan() { f64::INFINITY } else { sum_of_squares.max(0.0) }
}
