//! Shares of successes: intervals, and two shares compared.

use super::distribution::hypergeometric::Hypergeometric;
use super::distribution::{binomial, normal};
use super::lift::MeanPair;
use super::mean_test::DifferenceTest;
use super::{Alternative, Bounds, Null, Undefined};

/// `successes` of `n`; never more than `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub successes: u64,
    pub n: u64,
}

impl Share {
    /// `None` for n = 0.
    pub fn estimate(&self) -> Option<f64> {
        (self.n > 0).then(|| self.successes as f64 / self.n as f64)
    }

    /// Squared standard error of the share: p (1 - p) / n, 0 for n = 0.
    pub fn variance(&self) -> f64 {
        let n = self.n as f64;
        if self.n == 0 { 0.0 } else { self.successes as f64 * self.failures() as f64 / (n * n * n) }
    }

    pub fn failures(&self) -> u64 {
        self.n.saturating_sub(self.successes)
    }
}

/// Treatment and control with the variances of their shares, for a lift. `Err` where an arm is empty.
pub fn pair(treatment: &Share, control: &Share) -> Result<MeanPair, Undefined> {
    match (treatment.estimate(), control.estimate()) {
        (Some(t), Some(c)) => Ok(MeanPair {
            treatment: t,
            control: c,
            var_treatment: treatment.variance(),
            var_control: control.variance(),
            covariance: 0.0,
        }),
        _ => Err(Undefined::TooFew { found: 0, needed: 1 }),
    }
}

/// Two-proportion z test with pooled variance p (1 - p) (1/n1 + 1/n2) (as `statsmodels` `proportions_ztest`; its square is
/// Pearson's chi-square without Yates' correction).
///
/// `standard_error` is the pooled one; `interval` is Newcombe's and does not come from it.
/// `Err(NoVariation)` where both arms are all successes or all failures.
pub fn two_proportion_z(
    treatment: &Share,
    control: &Share,
    alternative: Alternative,
    alpha: f64,
) -> Result<DifferenceTest, Undefined> {
    let pair = pair(treatment, control)?;
    let (n_t, n_c) = (treatment.n as f64, control.n as f64);
    let hits = (treatment.successes + control.successes) as f64;
    let misses = (treatment.failures() + control.failures()) as f64;
    let total = n_t + n_c;
    // p (1 - p) (1/n1 + 1/n2) with p = hits / total.
    let variance = hits * misses / (total * n_t * n_c);
    if variance <= 0.0 {
        return Err(Undefined::NoVariation);
    }
    // The difference over a common denominator: exact counts until the division.
    let test = DifferenceTest::new(pair.difference(), variance.sqrt(), Null::Normal, alternative, alpha)?;
    Ok(DifferenceTest { interval: newcombe(treatment, control, alternative, alpha)?, ..test })
}

/// z test and Wald interval with unpooled variance p1 (1-p1)/n1 + p2 (1-p2)/n2.
pub fn unpooled_z(
    treatment: &Share,
    control: &Share,
    alternative: Alternative,
    alpha: f64,
) -> Result<DifferenceTest, Undefined> {
    let pair = pair(treatment, control)?;
    DifferenceTest::new(pair.difference(), pair.var_difference().sqrt(), Null::Normal, alternative, alpha)
}

/// Wilson's score interval (1927), two-sided, in [0, 1]:
/// (p + q^2/2n +- q sqrt(p(1-p)/n + q^2/4n^2)) / (1 + q^2/n). The whole of [0, 1] for n = 0.
pub fn wilson(share: &Share, alpha: f64) -> Bounds {
    wilson_at(share, normal::isf(alpha / 2.0))
}

/// Wilson's interval with a given normal quantile.
fn wilson_at(share: &Share, quantile: f64) -> Bounds {
    if share.n == 0 {
        return Bounds { low: 0.0, high: 1.0 };
    }
    let (n, hits, misses) = (share.n as f64, share.successes as f64, share.failures() as f64);
    let q2 = quantile * quantile;
    let root = quantile.abs() * (hits * misses / n + 0.25 * q2).sqrt();
    // Each end is taken as the distance from its own side, where no digits cancel.
    let end = |successes: f64| {
        let upper = successes + 0.5 * q2 + root;
        // The product of both ends is successes^2 / (n (n + q^2)).
        if successes == 0.0 { 0.0 } else { successes * (successes / n) / upper }
    };
    Bounds { low: end(hits).clamp(0.0, 1.0), high: (1.0 - end(misses)).clamp(0.0, 1.0) }
}

/// Newcombe's hybrid score interval of the difference (1998, method 10): d - sqrt((p1-l1)^2 + (u2-p2)^2) to
/// d + sqrt((u1-p1)^2 + (p2-l2)^2) with Wilson's l and u. One-sided: the one-sided quantile, the other end infinite.
pub fn newcombe(
    treatment: &Share,
    control: &Share,
    alternative: Alternative,
    alpha: f64,
) -> Result<Bounds, Undefined> {
    let pair = pair(treatment, control)?;
    let quantile = Null::Normal.critical(alpha, alternative);
    let (t, c) = (wilson_at(treatment, quantile), wilson_at(control, quantile));
    let difference = pair.difference();
    let down = libm::hypot(pair.treatment - t.low, c.high - pair.control);
    let up = libm::hypot(t.high - pair.treatment, pair.control - c.low);
    Ok(Bounds { low: difference - down, high: difference + up }.one_sided(alternative))
}

/// Cohen's h: 2 asin(sqrt(p1)) - 2 asin(sqrt(p2)). `None` where an arm is empty.
pub fn cohens_h(treatment: &Share, control: &Share) -> Option<f64> {
    let angle = |share: f64| 2.0 * libm::asin(share.sqrt());
    Some(angle(treatment.estimate()?) - angle(control.estimate()?))
}

/// The smallest expected count of the 2x2 table under equal shares; below 5 the z test is not to be trusted.
/// 0 where both arms are empty.
pub fn smallest_expected_count(treatment: &Share, control: &Share) -> f64 {
    let hits = treatment.successes + control.successes;
    let misses = treatment.failures() + control.failures();
    let total = treatment.n + control.n;
    if total == 0 {
        return 0.0;
    }
    hits.min(misses) as f64 * treatment.n.min(control.n) as f64 / total as f64
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FisherTest {
    pub p_value: f64,
    /// Sample odds ratio (a d) / (b c); `None` where b c = 0.
    pub odds_ratio: Option<f64>,
}

/// Fisher's exact test of two shares, conditional on all margins.
///
/// Two-sided: the chance of all tables that are no more probable than the observed one (as `scipy.stats.fisher_exact` and
/// R's `fisher.test`; ties are recognised to 1e-10). Works by bisection and summed tails: fast for millions of rows.
/// Empty arms give p = 1.
pub fn fisher_exact(treatment: &Share, control: &Share, alternative: Alternative) -> FisherTest {
    let (a, b) = (treatment.successes as f64, treatment.failures() as f64);
    let (c, d) = (control.successes as f64, control.failures() as f64);
    let odds_ratio = Some(a / b * (d / c)).filter(|x| x.is_finite());
    let table = Hypergeometric {
        total: treatment.n + control.n,
        marked: treatment.successes + control.successes,
        drawn: treatment.n,
    };
    let k = treatment.successes;
    let (low, high) = table.range();
    let p_value = if low == high {
        1.0
    } else {
        match alternative {
            Alternative::Greater => table.at_least(k),
            Alternative::Less => table.cdf(k),
            Alternative::TwoSided => {
                let limit = table.ln_pmf(k) + 1e-10;
                let mode = table.mode();
                let p = if table.ln_pmf(mode) <= limit {
                    1.0
                } else if k < mode {
                    let first = binomial::first_where(mode, high + 1, |x| table.ln_pmf(x) <= limit);
                    table.cdf(k) + table.at_least(first)
                } else {
                    let first = binomial::first_where(low, mode, |x| table.ln_pmf(x) > limit);
                    table.at_least(k) + if first == 0 { 0.0 } else { table.cdf(first - 1) }
                };
                p.min(1.0)
            }
        }
    };
    FisherTest { p_value, odds_ratio }
}
