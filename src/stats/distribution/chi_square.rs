//! The chi-square distribution with any positive degrees of freedom.

use super::{incomplete_gamma, normal, solve};

/// P(X > x) = Q(df/2, x/2). 1 for x <= 0.
pub fn sf(x: f64, df: f64) -> f64 {
    incomplete_gamma::both(0.5 * df, 0.5 * x).1
}

/// P(X <= x).
pub fn cdf(x: f64, df: f64) -> f64 {
    incomplete_gamma::both(0.5 * df, 0.5 * x).0
}

/// The x with P(X > x) = p. 0 for p = 1, infinite for p = 0; `p` is held within [0, 1].
pub fn isf(p: f64, df: f64) -> f64 {
    if !(p > 0.0) {
        return f64::INFINITY;
    }
    if p >= 1.0 {
        return 0.0;
    }
    let a = 0.5 * df;
    // Wilson and Hilferty's cube; for few degrees of freedom and a large p it fails, and any start will do.
    let h = 2.0 / (9.0 * df);
    let root = 1.0 - h + normal::isf(p) * h.sqrt();
    let start = if root > 0.1 { df * root * root * root } else { df * 0.001 };
    let s = if p > 0.5 {
        let goal = libm::log1p(-p);
        solve::falling(
            |s| {
                let x = libm::exp(s);
                let value = incomplete_gamma::ln_lower(a, x);
                (goal - value, -libm::exp(incomplete_gamma::ln_density(a, x) - value))
            },
            libm::log(0.5 * start),
        )
    } else {
        let goal = libm::log(p);
        solve::falling(
            |s| {
                let x = libm::exp(s);
                let value = incomplete_gamma::ln_upper(a, x);
                (value - goal, -libm::exp(incomplete_gamma::ln_density(a, x) - value))
            },
            libm::log(0.5 * start),
        )
    };
    2.0 * libm::exp(s)
}

/// The x with P(X <= x) = p.
pub fn quantile(p: f64, df: f64) -> f64 {
    isf(1.0 - p, df)
}
