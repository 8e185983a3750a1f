//! Correlation of two columns, with test and interval.

use super::distribution::{normal, student_t};
use super::pair_moments::ratio_of_products;
use super::rank::SortedColumn;
use super::{Bounds, PairMoments, Sum};

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// Pairs with both values.
    pub n: u64,
    /// In [-1, 1]. `None` where a column is constant or n < 2.
    pub r: Option<f64>,
    /// t = r sqrt((n - 2) / (1 - r^2)). `None` where n < 3 or |r| = 1.
    pub statistic: Option<f64>,
    /// Two-sided, t with n - 2 degrees of freedom; 0 for |r| = 1. `None` where n < 3.
    pub p_value: Option<f64>,
    /// Fisher's z interval. `None` where n < 4.
    pub interval: Option<Bounds>,
}

/// Which variance the interval takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// se of atanh(r) = 1 / sqrt(n - 3) (Fisher 1921).
    Pearson,
    /// se of atanh(rho) = sqrt((1 + rho^2/2) / (n - 3)) (Bonett and Wright 2000).
    Spearman,
}

impl Correlation {
    /// Test and interval of a coefficient that is already known.
    pub fn new(r: Option<f64>, n: u64, coefficient: Coefficient, alpha: f64) -> Self {
        let Some(r) = r else {
            return Self { n, r, statistic: None, p_value: None, interval: None };
        };
        let df = n as f64 - 2.0;
        let t = r * (df / ((1.0 - r) * (1.0 + r))).sqrt();
        let (statistic, p_value) = match n {
            0..3 => (None, None),
            _ if t.is_finite() => (Some(t), Some((2.0 * student_t::sf(t.abs(), df)).min(1.0))),
            _ => (None, Some(0.0)),
        };
        let interval = (n > 3).then(|| {
            let spread = match coefficient {
                Coefficient::Pearson => 1.0,
                Coefficient::Spearman => 1.0 + 0.5 * r * r,
            };
            let margin = normal::isf(alpha / 2.0) * (spread / (n as f64 - 3.0)).sqrt();
            let z = libm::atanh(r);
            Bounds { low: libm::tanh(z - margin), high: libm::tanh(z + margin) }
        });
        Self { n, r: Some(r), statistic, p_value, interval }
    }
}

/// Pearson's r over the pairs in which both values are present.
pub fn pearson(x: &[f64], y: &[f64], alpha: f64) -> Correlation {
    let pairs = PairMoments::new(x, y);
    Correlation::new(pairs.correlation(), pairs.n, Coefficient::Pearson, alpha)
}

/// Spearman's rho: Pearson's r of the average ranks among the pairs in which both values are present. The p-value is the
/// t approximation, as in scipy; it is rough for n below 10.
pub fn spearman(x: &[f64], y: &[f64], alpha: f64) -> Correlation {
    spearman_of_sorted(&SortedColumn::new(x), &SortedColumn::new(y), alpha)
}

/// [`spearman`] of columns that were sorted before: linear in the rows.
pub fn spearman_of_sorted(x: &SortedColumn, y: &SortedColumn, alpha: f64) -> Correlation {
    let is_pair = |row_idx| x.is_present(row_idx) && y.is_present(row_idx);
    let pairs = PairMoments::new(&x.ranks(is_pair).ranks, &y.ranks(is_pair).ranks);
    Correlation::new(pairs.correlation(), pairs.n, Coefficient::Spearman, alpha)
}

/// A complete column with its mean taken off: correlating it with another costs one product a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Centred {
    deviations: Vec<f64>,
    m2: f64,
}

impl Centred {
    /// `None` where a value is missing: pairs must then be taken row by row.
    pub fn new(values: &[f64]) -> Option<Self> {
        let moments = super::Moments::new(values);
        if moments.n_missing > 0 {
            return None;
        }
        let mut deviations: Vec<f64> = values.iter().map(|x| x - moments.mean).collect();
        // The rounding of the mean leaves a shift common to all rows.
        let shift = super::sum(&deviations) / (moments.n.max(1)) as f64;
        if moments.is_constant() {
            deviations.fill(0.0);
        } else {
            deviations.iter_mut().for_each(|d| *d -= shift);
        }
        let m2 = dot(&deviations, &deviations);
        Some(Self { deviations, m2 })
    }

    /// Rows.
    pub fn len(&self) -> usize {
        self.deviations.len()
    }

    pub fn is_empty(&self) -> bool {
        self.deviations.is_empty()
    }

    /// Pearson's r with another column of the same rows; as [`pearson`].
    pub fn correlation(&self, other: &Self) -> Option<f64> {
        if self.deviations.len() < 2 || self.m2 <= 0.0 || other.m2 <= 0.0 {
            return None;
        }
        ratio_of_products(dot(&self.deviations, &other.deviations), self.m2, other.m2)
    }
}

/// Sum of products, in blocks.
fn dot(x: &[f64], y: &[f64]) -> f64 {
    const BLOCK: usize = 256;
    const LANES: usize = 4;
    x.chunks(BLOCK)
        .zip(y.chunks(BLOCK))
        .map(|(x, y)| {
            // Independent partial sums, which the compiler turns into vector instructions.
            let mut lanes = [0.0; LANES];
            for (x, y) in x.chunks(LANES).zip(y.chunks(LANES)) {
                for ((lane, a), b) in lanes.iter_mut().zip(x).zip(y) {
                    *lane += a * b;
                }
            }
            lanes.iter().sum::<f64>()
        })
        .collect::<Sum>()
        .value()
}
