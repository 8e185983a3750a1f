//! Means and ratios with errors clustered on a unit that has several rows, perhaps in both arms.

use super::lift::MeanPair;
use super::mean_test::DifferenceTest;
use super::{Alternative, Bounds, Null, Sum, Undefined};
use hashbrown::HashMap;

/// Marks a row whose unit is missing; such rows are left out.
pub const MISSING: u32 = u32::MAX;

/// Treatment and control compared over rows, with the cluster-robust covariance of the two estimates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusteredPair {
    /// The two estimates with their variances and the covariance that shared units cause.
    pub pair: MeanPair,
    /// Rows used.
    pub n_treatment: u64,
    pub n_control: u64,
    /// Rows without a value or a unit.
    pub n_missing: u64,
    /// Units with a row in either arm.
    pub n_clusters: u64,
}

impl ClusteredPair {
    /// t with clusters - 1 degrees of freedom.
    pub fn null(&self) -> Null {
        Null::T { df: (self.n_clusters - 1) as f64 }
    }

    pub fn test(&self, alternative: Alternative, alpha: f64) -> Result<DifferenceTest, Undefined> {
        let error = self.pair.var_difference().sqrt();
        DifferenceTest::new(self.pair.difference(), error, self.null(), alternative, alpha)
    }
}

/// One estimate with its cluster-robust variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ClusteredEstimate {
    pub estimate: f64,
    /// Squared standard error.
    pub variance: f64,
    /// Rows used.
    pub n: u64,
    pub n_missing: u64,
    pub n_clusters: u64,
}

impl ClusteredEstimate {
    /// Two-sided t interval with clusters - 1 degrees of freedom.
    pub fn interval(&self, alpha: f64) -> Bounds {
        let null = Null::T { df: (self.n_clusters - 1) as f64 };
        let margin = null.critical(alpha, Alternative::TwoSided) * self.variance.sqrt();
        Bounds::around(self.estimate, margin, Alternative::TwoSided)
    }
}

/// Difference of the arms' means over rows (the slope of `value ~ treatment`), clustered on `clusters`.
///
/// With the residuals u = (y - mean of its arm) / rows of its arm, and s(g, arm) their sum over cluster g:
/// var(arm) = f sum s(g, arm)^2 and cov = f sum s(g, T) s(g, C), where
/// f = G/(G-1) (N-1)/(N-2) (CR1: Liang and Zeger 1986, with Stata's and `statsmodels`' small-sample factor).
/// Equals OLS with `cov_type="cluster"`. `clusters` are codes, [`MISSING`] for none; `NaN` is skipped.
/// Slices of one length. `Err` where an arm is empty or has fewer than two clusters.
pub fn compare_means(
    values: &[f64],
    is_treatment: &[bool],
    clusters: &[u32],
) -> Result<ClusteredPair, Undefined> {
    compare(values, None, is_treatment, clusters)
}

/// Difference of two ratios of sums over rows: as [`compare_means`] with the linearised residuals
/// u = (y - R x) / (sum of x in the arm).
pub fn compare_ratios(
    numerators: &[f64],
    denominators: &[f64],
    is_treatment: &[bool],
    clusters: &[u32],
) -> Result<ClusteredPair, Undefined> {
    compare(numerators, Some(denominators), is_treatment, clusters)
}

/// The mean of one arm over rows, f = G/(G-1) (the regression on a constant: K = 1).
pub fn mean(values: &[f64], clusters: &[u32]) -> Result<ClusteredEstimate, Undefined> {
    one_arm(values, None, clusters)
}

/// The ratio of sums of one arm over rows.
pub fn ratio(
    numerators: &[f64],
    denominators: &[f64],
    clusters: &[u32],
) -> Result<ClusteredEstimate, Undefined> {
    one_arm(numerators, Some(denominators), clusters)
}

/// The rows that count, with a denominator of 1 where the estimate is a mean.
#[derive(Clone, Copy)]
struct Rows<'a> {
    y: &'a [f64],
    x: Option<&'a [f64]>,
    arms: Option<&'a [bool]>,
    clusters: &'a [u32],
}

#[derive(Clone, Copy)]
struct Row {
    y: f64,
    x: f64,
    /// 0 control (and the only arm), 1 treatment.
    arm: usize,
    cluster: u32,
}

impl<'a> Rows<'a> {
    fn n_all(&self) -> usize {
        let rows = self.y.len().min(self.clusters.len());
        rows.min(self.x.map_or(rows, <[f64]>::len)).min(self.arms.map_or(rows, <[bool]>::len))
    }

    fn used(self) -> impl Iterator<Item = Row> + 'a {
        (0..self.n_all()).filter_map(move |i| {
            let row = Row {
                y: self.y[i],
                x: self.x.map_or(1.0, |x| x[i]),
                arm: self.arms.map_or(0, |arms| usize::from(arms[i])),
                cluster: self.clusters[i],
            };
            (!row.y.is_nan() && !row.x.is_nan() && row.cluster != MISSING).then_some(row)
        })
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Arm {
    n: u64,
    y: Sum,
    x: Sum,
}

/// Standard errors below this share of the estimate are rounding noise: the values do not vary.
const NOISE: f64 = 1e-14;

impl Arm {
    fn estimate(&self) -> Result<f64, Undefined> {
        if self.n == 0 {
            return Err(Undefined::TooFew { found: 0, needed: 1 });
        }
        let x = self.x.value();
        let estimate = self.y.value() / x;
        if x == 0.0 {
            Err(Undefined::OutOfDomain("the denominators sum to zero"))
        } else if !estimate.is_finite() {
            Err(Undefined::OutOfDomain("the values are too large to compute with"))
        } else {
            Ok(estimate)
        }
    }
}

fn compare(
    y: &[f64],
    x: Option<&[f64]>,
    is_treatment: &[bool],
    clusters: &[u32],
) -> Result<ClusteredPair, Undefined> {
    let rows = Rows { y, x, arms: Some(is_treatment), clusters };
    let arms = arm_sums(rows);
    let (control, treatment) = (arms[0].estimate()?, arms[1].estimate()?);
    let scores = cluster_scores(rows, [control, treatment], [arms[0].x.value(), arms[1].x.value()]);
    // The scores of an arm sum to zero, so that a single cluster would pretend to have no error at all.
    let fewest = scores.n_clusters_by_arm[0].min(scores.n_clusters_by_arm[1]);
    if fewest < 2 {
        return Err(Undefined::TooFew { found: fewest, needed: 2 });
    }
    let n = arms[0].n + arms[1].n;
    let factor = small_sample_factor(scores.n_clusters, n, 2)?;
    let pair = MeanPair {
        treatment,
        control,
        var_treatment: factor * scores.second,
        var_control: factor * scores.first,
        covariance: factor * scores.product,
    };
    Ok(ClusteredPair {
        pair,
        n_treatment: arms[1].n,
        n_control: arms[0].n,
        n_missing: rows.n_all() as u64 - n,
        n_clusters: scores.n_clusters,
    })
}

fn one_arm(y: &[f64], x: Option<&[f64]>, clusters: &[u32]) -> Result<ClusteredEstimate, Undefined> {
    let rows = Rows { y, x, arms: None, clusters };
    let [arm, _] = arm_sums(rows);
    let estimate = arm.estimate()?;
    let scores = cluster_scores(rows, [estimate, 0.0], [arm.x.value(), 1.0]);
    let factor = small_sample_factor(scores.n_clusters, arm.n, 1)?;
    Ok(ClusteredEstimate {
        estimate,
        variance: factor * scores.first,
        n: arm.n,
        n_missing: rows.n_all() as u64 - arm.n,
        n_clusters: scores.n_clusters,
    })
}

fn arm_sums(rows: Rows<'_>) -> [Arm; 2] {
    let mut arms = [Arm::default(); 2];
    for row in rows.used() {
        let arm = &mut arms[row.arm];
        arm.n += 1;
        arm.y.add(row.y);
        arm.x.add(row.x);
    }
    arms
}

/// G/(G-1) (N-1)/(N-K).
fn small_sample_factor(n_clusters: u64, n_rows: u64, n_parameters: u64) -> Result<f64, Undefined> {
    if n_clusters < 2 {
        return Err(Undefined::TooFew { found: n_clusters, needed: 2 });
    }
    if n_rows <= n_parameters {
        return Err(Undefined::TooFew { found: n_rows, needed: n_parameters + 1 });
    }
    let (g, n) = (n_clusters as f64, n_rows as f64);
    Ok(g / (g - 1.0) * ((n - 1.0) / (n - n_parameters as f64)))
}

/// Sums over clusters of squares and products of the two arms' scores.
#[derive(Debug, Clone, Copy)]
struct Scores {
    first: f64,
    second: f64,
    product: f64,
    n_clusters: u64,
    /// Clusters with a row in the arm; one that is in both counts in both.
    n_clusters_by_arm: [u64; 2],
}

fn cluster_scores(rows: Rows<'_>, estimates: [f64; 2], denominators: [f64; 2]) -> Scores {
    let slots = Slots::new(rows);
    // Score of each arm, and whether the cluster has a row at all: its scores may sum to zero.
    let mut scores = vec![([0.0_f64; 2], [false; 2]); slots.len()];
    for row in rows.used() {
        let (score, is_seen) = &mut scores[slots.of(row.cluster)];
        score[row.arm] += (row.y - estimates[row.arm] * row.x) / denominators[row.arm];
        is_seen[row.arm] = true;
    }
    let (mut first, mut second, mut product) = (Sum::default(), Sum::default(), Sum::default());
    let mut n_clusters = 0;
    let mut n_clusters_by_arm = [0; 2];
    for ([a, b], [is_in_first, is_in_second]) in scores {
        n_clusters += u64::from(is_in_first || is_in_second);
        n_clusters_by_arm[0] += u64::from(is_in_first);
        n_clusters_by_arm[1] += u64::from(is_in_second);
        first.add(a * a);
        second.add(b * b);
        product.add(a * b);
    }
    let without_noise = |sum: Sum, estimate: f64| {
        let sum = sum.value();
        let noise = NOISE * estimate;
        if sum <= noise * noise { 0.0 } else { sum }
    };
    let (first, second) = (without_noise(first, estimates[0]), without_noise(second, estimates[1]));
    let product = if first == 0.0 || second == 0.0 { 0.0 } else { product.value() };
    Scores { first, second, product, n_clusters, n_clusters_by_arm }
}

/// Where each cluster's score is kept: at its code where codes are dense, else through a map, so that few rows
/// of a large table do not cost a slot for every unit of it.
enum Slots {
    Dense(usize),
    Sparse(HashMap<u32, usize>),
}

impl Slots {
    fn new(rows: Rows<'_>) -> Self {
        let largest = rows.used().map(|row| row.cluster as usize + 1).max().unwrap_or(0);
        if largest <= 4 * rows.n_all() + 1024 {
            return Self::Dense(largest);
        }
        let mut slots = HashMap::new();
        for row in rows.used() {
            let next = slots.len();
            slots.entry(row.cluster).or_insert(next);
        }
        Self::Sparse(slots)
    }

    fn len(&self) -> usize {
        match self {
            Self::Dense(len) => *len,
            Self::Sparse(slots) => slots.len(),
        }
    }

    fn of(&self, cluster: u32) -> usize {
        match self {
            Self::Dense(_) => cluster as usize,
            Self::Sparse(slots) => slots.get(&cluster).copied().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Alternative;

    #[test]
    fn one_cluster_in_an_arm_has_no_error_to_speak_of() {
        let values = [2.1, 2.4, 2.6, 2.2, 2.5, 2.6];
        let is_treatment = [true, true, true, false, false, false];
        let found = compare_means(&values, &is_treatment, &[0, 0, 0, 1, 1, 1]);
        assert_eq!(found.unwrap_err(), Undefined::TooFew { found: 1, needed: 2 });
        assert!(compare_means(&values, &is_treatment, &[0, 0, 0, 1, 2, 3]).is_err());
        assert!(compare_means(&values, &is_treatment, &[0, 0, 4, 1, 2, 3]).is_ok());
    }

    #[test]
    fn a_constant_metric_has_nothing_to_test() {
        let values = [0.1; 102];
        let is_treatment: Vec<bool> = (0..102).map(|i| i < 49).collect();
        let clusters: Vec<u32> = (0..102).map(|i| i % 17).collect();
        let found = compare_means(&values, &is_treatment, &clusters).unwrap();
        assert_eq!(found.test(Alternative::TwoSided, 0.05).unwrap_err(), Undefined::NoVariation);
        let doubled: Vec<f64> = values.iter().map(|x| 2.0 * x).collect();
        let ratio = compare_ratios(&values, &doubled, &is_treatment, &clusters).unwrap();
        assert_eq!(ratio.test(Alternative::TwoSided, 0.05).unwrap_err(), Undefined::NoVariation);
    }
}
