//! The regularised incomplete gamma functions, on which chi-square stands.

use super::gamma::{deviance, stirling_remainder};

/// 1 / (2 pi).
const INV_TWO_PI: f64 = 0.159_154_943_091_895_35;

/// P(a, x) and Q(a, x) = 1 - P(a, x), each with full relative accuracy in the tail that it is.
///
/// Series below the mean, continued fraction (Lentz) above it.
pub(super) fn both(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    if is_lower(a, x) {
        let lower = (density(a, x) * series(a, x)).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (density(a, x) * fraction(a, x)).min(1.0);
        (1.0 - upper, upper)
    }
}

/// ln Q(a, x), also where Q underflows.
pub(super) fn ln_upper(a: f64, x: f64) -> f64 {
    if is_lower(a, x) {
        libm::log1p(-both(a, x).0)
    } else if x.is_infinite() {
        f64::NEG_INFINITY
    } else {
        ln_density(a, x) + libm::log(fraction(a, x))
    }
}

/// ln P(a, x), also where P underflows.
pub(super) fn ln_lower(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        f64::NEG_INFINITY
    } else if is_lower(a, x) {
        ln_density(a, x) + libm::log(series(a, x))
    } else {
        libm::log1p(-both(a, x).1)
    }
}

/// x^a e^-x / Gamma(a).
pub(super) fn density(a: f64, x: f64) -> f64 {
    (a * INV_TWO_PI).sqrt() * libm::exp(exponent(a, x))
}

pub(super) fn ln_density(a: f64, x: f64) -> f64 {
    0.5 * libm::log(a * INV_TWO_PI) + exponent(a, x)
}

fn exponent(a: f64, x: f64) -> f64 {
    -deviance(a, x) - stirling_remainder(a)
}

fn is_lower(a: f64, x: f64) -> bool {
    x < 1.0 || x < a
}

/// P(a, x) / density: 1/a + x/(a(a+1)) + ...
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    let mut k = a;
    loop {
        k += 1.0;
        term *= x / k;
        sum += term;
        // Also ends where x is NaN.
        if !(term > sum * 1e-17) {
            return sum;
        }
    }
}

/// Q(a, x) / density.
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const MAX_STEPS: u32 = 2_000_000;
    let keep = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / keep(b);
    let mut value = d;
    for step in 1..MAX_STEPS {
        let i = f64::from(step);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / keep(an * d + b);
        c = keep(b + an / c);
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}
