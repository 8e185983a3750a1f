//! The gamma function's parts that densities are made of.

/// ln(sqrt(2 pi)).
const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_7;

/// ln Gamma(x) for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Gamma(x) / (sqrt(x) Gamma(x - 1/2)) for x > 1/2: Hedges' correction J.
/// From Stirling remainders, so that it keeps all digits for large x, where it tends to 1.
pub fn gamma_half_step(x: f64) -> f64 {
    // ln Gamma(y) = (y - 1/2) ln y - y + ln sqrt(2 pi) + delta(y); the difference of two of them at x and x - 1/2.
    let y = x - 0.5;
    // (x - 1/2) ln x - (x - 1) ln(x - 1/2) - 1/2 - 1/2 ln x = (x - 1) ln(x / (x - 1/2)) - 1/2
    let power = (x - 1.0) * libm::log1p(0.5 / y) - 0.5;
    libm::exp(power + stirling_remainder(x) - stirling_remainder(y))
}

/// delta(x) = ln Gamma(x) - (x - 1/2) ln x + x - ln sqrt(2 pi), for x > 0. About 1 / (12 x).
pub(super) fn stirling_remainder(x: f64) -> f64 {
    if x < 1e-2 {
        // The shift below would subtract large logarithms; ln Gamma(x) is about -ln x here and exact enough.
        return libm::lgamma(x) - (x - 0.5) * libm::log(x) + x - HALF_LN_TWO_PI;
    }
    // delta(x) - delta(x + 1) = (x + 1/2) ln(1 + 1/x) - 1, upward until the series converges.
    let mut shifted = x;
    let mut steps = 0.0;
    while shifted < 16.0 {
        steps += (shifted + 0.5) * libm::log1p(1.0 / shifted) - 1.0;
        shifted += 1.0;
    }
    let y = 1.0 / (shifted * shifted);
    // Bernoulli numbers: B(2k) / (2k (2k - 1)).
    let series = 1.0 / 12.0
        - y * (1.0 / 360.0
            - y * (1.0 / 1260.0
                - y * (1.0 / 1680.0 - y * (1.0 / 1188.0 - y * (691.0 / 360_360.0 - y * (1.0 / 156.0))))));
    steps + series / shifted
}

/// ln(1 + x) - x for x > -1, exact also near zero.
pub(super) fn ln_1p_minus(x: f64) -> f64 {
    if !(-0.5..=1.0).contains(&x) {
        return libm::log1p(x) - x;
    }
    // With r = x / (2 + x): ln(1 + x) = 2 atanh r, and 2 r - x = -x r.
    let r = x / (2.0 + x);
    let y = r * r;
    let mut power = y;
    let mut sum = y / 3.0;
    let mut k = 5.0;
    loop {
        power *= y;
        let term = power / k;
        sum += term;
        if term <= sum * 1e-17 {
            break;
        }
        k += 2.0;
    }
    r * (2.0 * sum - x)
}

/// The deviance part of Loader's densities: x ln(x / mean) + mean - x, for x >= 0 and mean > 0.
pub(super) fn deviance(x: f64, mean: f64) -> f64 {
    if x == 0.0 {
        return mean;
    }
    let ratio = mean / x;
    if (0.5..=2.0).contains(&ratio) {
        -x * ln_1p_minus((mean - x) / x)
    } else {
        // Far apart, where 1 + (mean - x) / x would round the smaller one away.
        (mean - x) - x * libm::log(ratio)
    }
}
