//! Counts against planned shares: chi-square goodness of fit, and the exact test for two cells.

use super::distribution::{binomial, chi_square};
use super::{Alternative, Undefined};

#[derive(Debug, Clone, PartialEq)]
pub struct GoodnessOfFit {
    /// Total times share, in the order of the counts.
    pub expected: Vec<f64>,
    pub statistic: f64,
    /// Cells - 1.
    pub df: f64,
    pub p_value: f64,
}

/// Pearson's chi-square: sum of (observed - expected)^2 / expected, df = cells - 1.
///
/// `shares` are in any scale and above zero. `Err` for fewer than two cells, no observations, or a share that is not a positive
/// number. Asymptotic: expected counts should be 5 or more.
pub fn goodness_of_fit(observed: &[u64], shares: &[f64]) -> Result<GoodnessOfFit, Undefined> {
    let expected = expected_counts(observed, shares)?;
    let statistic =
        observed.iter().zip(&expected).map(|(&o, e)| (o as f64 - e) * (o as f64 - e) / e).sum::<f64>();
    let df = (observed.len() - 1) as f64;
    Ok(GoodnessOfFit { expected, statistic, df, p_value: chi_square::sf(statistic, df) })
}

/// Total times share, in the order of the counts. Errors as [`goodness_of_fit`].
pub fn expected_counts(observed: &[u64], shares: &[f64]) -> Result<Vec<f64>, Undefined> {
    if observed.len() != shares.len() {
        return Err(Undefined::OutOfDomain("counts and planned shares differ in number"));
    }
    if observed.len() < 2 {
        return Err(Undefined::TooFew { found: observed.len() as u64, needed: 2 });
    }
    let whole = shares.iter().sum::<f64>();
    if shares.iter().any(|s| !(*s > 0.0)) || !whole.is_finite() {
        return Err(Undefined::OutOfDomain("every planned share must be above zero"));
    }
    let total = observed.iter().sum::<u64>();
    if total == 0 {
        return Err(Undefined::TooFew { found: 0, needed: 1 });
    }
    Ok(shares.iter().map(|share| total as f64 * (share / whole)).collect())
}

/// Exact two-sided binomial p-value of two counts against planned shares (as `scipy.stats.binomtest`).
pub fn exact_two_cells(observed: [u64; 2], shares: [f64; 2]) -> Result<f64, Undefined> {
    expected_counts(&observed, &shares)?;
    let [first, second] = observed;
    let share = shares[0] / (shares[0] + shares[1]);
    Ok(binomial::exact_test(first, first + second, share, Alternative::TwoSided))
}
