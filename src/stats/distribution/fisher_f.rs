//! The F distribution with any positive degrees of freedom.

use super::{beta, incomplete_beta};

/// P(X > x): I_y(df2/2, df1/2) with y = df2 / (df2 + df1 x). 1 for x <= 0.
pub fn sf(x: f64, df1: f64, df2: f64) -> f64 {
    tails(x, df1, df2).1
}

/// P(X <= x).
pub fn cdf(x: f64, df1: f64, df2: f64) -> f64 {
    tails(x, df1, df2).0
}

/// The x with P(X > x) = p. 0 for p = 1, infinite for p = 0; `p` is held within [0, 1].
pub fn isf(p: f64, df1: f64, df2: f64) -> f64 {
    if !(p > 0.0) {
        return f64::INFINITY;
    }
    if p >= 1.0 {
        return 0.0;
    }
    df2 / df1 * beta::upper_odds(p, 0.5 * df1, 0.5 * df2)
}

/// The x with P(X <= x) = p.
pub fn quantile(p: f64, df1: f64, df2: f64) -> f64 {
    isf(1.0 - p, df1, df2)
}

fn tails(x: f64, df1: f64, df2: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    let scaled = df1 / df2 * x;
    if scaled.is_infinite() {
        return (1.0, 0.0);
    }
    // For large `scaled`, dividing through keeps both shares exact.
    let (share, rest) = if scaled > 1.0 {
        let inverse = 1.0 / scaled;
        (1.0 / (1.0 + inverse), inverse / (1.0 + inverse))
    } else {
        (scaled / (1.0 + scaled), 1.0 / (1.0 + scaled))
    };
    incomplete_beta::both(0.5 * df1, 0.5 * df2, share, rest)
}
