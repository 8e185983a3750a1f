//! The beta distribution.

use super::{incomplete_beta, solve};

/// P(X > x) for shape parameters a, b > 0.
pub fn sf(x: f64, a: f64, b: f64) -> f64 {
    incomplete_beta::both(a, b, x, 1.0 - x).1
}

/// P(X <= x).
pub fn cdf(x: f64, a: f64, b: f64) -> f64 {
    incomplete_beta::both(a, b, x, 1.0 - x).0
}

/// The x with P(X <= x) = p, in [0, 1]; `p` is held within [0, 1].
pub fn quantile(p: f64, a: f64, b: f64) -> f64 {
    if !(p > 0.0) {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (x, y) = odds_at(p, a, b);
    x / (x + y)
}

/// x / (1 - x) at the quantile as a pair (odds, 1). Solved for the log of the odds, which has no ends; against the
/// log of the smaller tail.
fn odds_at(p: f64, a: f64, b: f64) -> (f64, f64) {
    let shares = |s: f64| (1.0 / (1.0 + libm::exp(-s)), 1.0 / (1.0 + libm::exp(s)));
    let guess = libm::log(a / b);
    let s = if p <= 0.5 {
        let goal = libm::log(p);
        solve::falling(
            |s| {
                let (x, y) = shares(s);
                let value = incomplete_beta::ln_lower(a, b, x, y);
                (goal - value, -libm::exp(incomplete_beta::ln_density(a, b, x, y) - value))
            },
            guess,
        )
    } else {
        let goal = libm::log1p(-p);
        solve::falling(
            |s| {
                let (x, y) = shares(s);
                let value = incomplete_beta::ln_lower(b, a, y, x);
                (value - goal, -libm::exp(incomplete_beta::ln_density(b, a, y, x) - value))
            },
            guess,
        )
    };
    if s > 0.0 { (1.0, libm::exp(-s)) } else { (libm::exp(s), 1.0) }
}

/// The odds x / (1 - x) at the upper-tail quantile: P(X > x) = p, 0 < p < 1. Keeps its digits where x is next to 1.
pub(super) fn upper_odds(p: f64, a: f64, b: f64) -> f64 {
    // X beyond x for (a, b) is 1 - X below 1 - x for (b, a).
    let (y, x) = odds_at(p, b, a);
    x / y
}
