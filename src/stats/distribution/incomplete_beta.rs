//! The regularised incomplete beta function, on which t, F, beta and binomial stand.

use super::gamma::{ln_1p_minus, stirling_remainder};

/// 1 / (2 pi).
const INV_TWO_PI: f64 = 0.159_154_943_091_895_35;

/// I_x(a, b) and its complement 1 - I_x(a, b), each with full relative accuracy.
///
/// `x` and `y = 1 - x` are both given, so that the one near zero keeps its digits. The smaller tail comes from the
/// continued fraction (DiDonato and Morris 1992, by Lentz's method), the other from it by subtraction.
pub(super) fn both(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if y <= 0.0 {
        return (1.0, 0.0);
    }
    // The fraction converges fast where x is below the mean.
    if x * (a + b + 2.0) < a + 1.0 {
        let lower = (density(a, b, x, y) * fraction(a, b, x, y)).min(1.0);
        (lower, 1.0 - lower)
    } else {
        let upper = (density(a, b, x, y) * fraction(b, a, y, x)).min(1.0);
        (1.0 - upper, upper)
    }
}

/// ln of the lower tail I_x(a, b), for tails that underflow or meet 1.
pub(super) fn ln_lower(a: f64, b: f64, x: f64, y: f64) -> f64 {
    if x <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if y <= 0.0 {
        return 0.0;
    }
    if x * (a + b + 2.0) < a + 1.0 {
        ln_density(a, b, x, y) + libm::log(fraction(a, b, x, y))
    } else {
        libm::log1p(-both(a, b, x, y).1)
    }
}

/// x^a y^b / B(a, b).
pub(super) fn density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let (scale, exponent) = density_parts(a, b, x, y);
    scale * libm::exp(exponent)
}

pub(super) fn ln_density(a: f64, b: f64, x: f64, y: f64) -> f64 {
    let (scale, exponent) = density_parts(a, b, x, y);
    libm::log(scale) + exponent
}

/// x^a y^b / B(a, b) = scale * exp(exponent), where the exponent is a deviance: nothing large cancels.
fn density_parts(a: f64, b: f64, x: f64, y: f64) -> (f64, f64) {
    let n = a + b;
    // a ln(x n / a) + b ln(y n / b), whose first-order terms cancel exactly.
    let d = x * b - y * a;
    let exponent = a * relative_log(d / a, x * n / a) + b * relative_log(-d / b, y * n / b);
    let stirling = stirling_remainder(n) - stirling_remainder(a) - stirling_remainder(b);
    ((a / n * b * INV_TWO_PI).sqrt(), exponent + stirling)
}

/// ln(1 + u) - u, where 1 + u is also known as a product without cancellation (u near -1).
fn relative_log(u: f64, one_plus_u: f64) -> f64 {
    if u < -0.5 { libm::log(one_plus_u) - u } else { ln_1p_minus(u) }
}

/// I_x(a, b) / density: the continued fraction of DiDonato and Morris (1992, equation 9), by Lentz's method.
/// It is stated in a y - b x, which keeps its digits where x is next to 1.
fn fraction(a: f64, b: f64, x: f64, y: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const MAX_STEPS: u32 = 2_000_000;
    let keep = |v: f64| if v.abs() < TINY { TINY } else { v };
    let distance = 1.0 + (a * y - b * x);
    let mut d = 1.0 / keep(a / (a + 1.0) * distance);
    let mut c = 1.0 / TINY;
    let mut value = d;
    for step in 1..MAX_STEPS {
        let n = f64::from(step);
        let odd = a + 2.0 * n - 1.0;
        let weight = n * (b - n) * x;
        let numerator = ((a + n - 1.0) / odd) * ((a + b + n - 1.0) / odd) * weight * x;
        let denominator = n + weight / odd + (a + n) / (odd + 2.0) * (distance + n * (1.0 + y));
        d = 1.0 / keep(denominator + numerator * d);
        c = keep(denominator + numerator / c);
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() <= f64::EPSILON {
            break;
        }
    }
    value
}
