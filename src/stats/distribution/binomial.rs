//! The binomial distribution and the exact test of one share.

use super::gamma::{deviance, stirling_remainder};
use super::incomplete_beta;
use crate::stats::Alternative;

/// P(X = k) for n trials with chance p (Loader 2000). Relative error below 1e-13.
pub fn pmf(k: u64, n: u64, p: f64) -> f64 {
    libm::exp(ln_pmf(k, n, p))
}

/// ln P(X = k).
pub(super) fn ln_pmf(k: u64, n: u64, p: f64) -> f64 {
    let q = 1.0 - p;
    if k > n {
        return f64::NEG_INFINITY;
    }
    if p <= 0.0 || q <= 0.0 {
        let certain = if p <= 0.0 { 0 } else { n };
        return if k == certain { 0.0 } else { f64::NEG_INFINITY };
    }
    let (total, hits, misses) = (n as f64, k as f64, (n - k) as f64);
    if k == 0 {
        return total * libm::log1p(-p);
    }
    if k == n {
        return total * libm::log(p);
    }
    let remainders =
        stirling_remainder_count(total) - stirling_remainder_count(hits) - stirling_remainder_count(misses);
    let deviances = deviance(hits, total * p) + deviance(misses, total * q);
    remainders - deviances - 0.5 * libm::log(std::f64::consts::TAU * hits * (misses / total))
}

/// ln(n!) - (n + 1/2) ln n + n - ln sqrt(2 pi): the remainder for Gamma(n + 1), which equals that of Gamma(n).
fn stirling_remainder_count(n: f64) -> f64 {
    stirling_remainder(n)
}

/// P(X <= k) = I_{1-p}(n - k, k + 1).
pub fn cdf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n { 1.0 } else { incomplete_beta::both((n - k) as f64, k as f64 + 1.0, 1.0 - p, p).0 }
}

/// P(X > k) = I_p(k + 1, n - k).
pub fn sf(k: u64, n: u64, p: f64) -> f64 {
    if k >= n { 0.0 } else { incomplete_beta::both(k as f64 + 1.0, (n - k) as f64, p, 1.0 - p).0 }
}

/// Exact p-value of `k` successes in `n` trials under chance `p`. `k` is at most `n`.
///
/// Two-sided: the chance of all outcomes that are no more probable than the observed one (up to a factor 1 + 1e-7, as
/// `scipy.stats.binomtest` and R's `binom.test` have it). The other tail is found by bisection.
pub fn exact_test(k: u64, n: u64, p: f64, alternative: Alternative) -> f64 {
    let at_least = |k: u64| if k == 0 { 1.0 } else { sf(k - 1, n, p) };
    match alternative {
        Alternative::Greater => at_least(k),
        Alternative::Less => cdf(k, n, p),
        Alternative::TwoSided => {
            let limit = ln_pmf(k, n, p) + libm::log1p(1e-7);
            let mean = n as f64 * p;
            let p_value = if k as f64 == mean {
                1.0
            } else if (k as f64) < mean {
                // The pmf falls from ceil(mean) on: find the first outcome there that is rare enough.
                let from = (mean.ceil() as u64).min(n);
                let first = first_where(from, n + 1, |x| ln_pmf(x, n, p) <= limit);
                cdf(k, n, p) + if first > n { 0.0 } else { at_least(first) }
            } else {
                // The pmf rises up to floor(mean): find the first outcome that is too common.
                let to = mean.floor() as u64;
                let first = first_where(0, to + 1, |x| ln_pmf(x, n, p) > limit);
                at_least(k) + if first == 0 { 0.0 } else { cdf(first - 1, n, p) }
            };
            p_value.min(1.0)
        }
    }
}

/// The first x in `from..to` for which the test holds, given that it holds from there on; `to` where it never does.
pub(in crate::stats) fn first_where(mut from: u64, mut to: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while from < to {
        let middle = from + (to - from) / 2;
        if holds(middle) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}
