//! Student's t distribution with any positive degrees of freedom, fractional ones and infinity included.

use super::{incomplete_beta, normal, solve};

/// P(T > t). For `df` that is not above 0 the answer is that of the normal distribution, as for infinity.
/// Relative error below 1e-13 for df from 1e-3 to 1e15.
pub fn sf(t: f64, df: f64) -> f64 {
    if !is_finite_df(df) {
        return normal::sf(t);
    }
    let tail = half_tail(t.abs(), df);
    if t >= 0.0 { tail } else { 1.0 - tail }
}

/// P(T <= t).
pub fn cdf(t: f64, df: f64) -> f64 {
    sf(-t, df)
}

/// The t with P(T > t) = p. Infinite for p = 0 and 1; `p` is held within [0, 1].
pub fn isf(p: f64, df: f64) -> f64 {
    if !is_finite_df(df) {
        return normal::isf(p);
    }
    if !(p > 0.0) {
        return f64::INFINITY;
    }
    if p >= 1.0 {
        return f64::NEG_INFINITY;
    }
    if p > 0.5 {
        return -isf(1.0 - p, df);
    }
    if p == 0.5 {
        return 0.0;
    }
    // Solved for ln t, against the log of the tail, or near the middle of what lies between 0 and t.
    let guess = libm::log(normal::isf(p).max(1e-3));
    let s = if p > 0.2 {
        let centre = 0.5 - p;
        solve::falling(
            |s| {
                let (x, y) = split(libm::exp(s), df);
                let (_, between) = incomplete_beta::both(0.5 * df, 0.5, x, y);
                let value = 0.5 * between;
                (libm::log(centre / value), -incomplete_beta::density(0.5 * df, 0.5, x, y) / value)
            },
            libm::log(centre * 2.506_628_274_631_000_5),
        )
    } else {
        let goal = libm::log(2.0 * p);
        solve::falling(
            |s| {
                let (x, y) = split(libm::exp(s), df);
                let value = incomplete_beta::ln_lower(0.5 * df, 0.5, x, y);
                let ln_density = incomplete_beta::ln_density(0.5 * df, 0.5, x, y);
                (value - goal, -2.0 * libm::exp(ln_density - value))
            },
            guess,
        )
    };
    libm::exp(s)
}

/// The t with P(T <= t) = p.
pub fn quantile(p: f64, df: f64) -> f64 {
    -isf(p, df)
}

fn is_finite_df(df: f64) -> bool {
    df > 0.0 && df.is_finite()
}

/// P(T > t) for t >= 0: half of I_x(df/2, 1/2) with x = df / (df + t^2).
fn half_tail(t: f64, df: f64) -> f64 {
    if t.is_infinite() {
        return 0.0;
    }
    let (x, y) = split(t, df);
    0.5 * incomplete_beta::both(0.5 * df, 0.5, x, y).0
}

/// df / (df + t^2) and t^2 / (df + t^2), without overflow.
fn split(t: f64, df: f64) -> (f64, f64) {
    let ratio = t / df.sqrt();
    if ratio > 1.0 {
        let inverse = 1.0 / (ratio * ratio);
        (inverse / (1.0 + inverse), 1.0 / (1.0 + inverse))
    } else {
        let square = ratio * ratio;
        (1.0 / (1.0 + square), square / (1.0 + square))
    }
}
