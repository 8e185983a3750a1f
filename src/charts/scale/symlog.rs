//! Scales that are linear around zero and logarithmic on both sides of it.

use super::{Ticks, linear_ticks};
use crate::charts::number_format::NumberFormat;

/// The value itself from -1 to 1; beyond, 1 and the logarithm, so that slopes meet.
pub fn symlog(x: f64) -> f64 {
    if x.abs() <= 1.0 { x } else { (1.0 + x.abs().ln()).copysign(x) }
}

pub fn symlog_inverse(t: f64) -> f64 {
    if t.abs() <= 1.0 { t } else { (t.abs() - 1.0).exp().copysign(t) }
}

/// 0 and powers of ten on both sides of it; round numbers where these are fewer than three.
pub fn symlog_ticks(domain: (f64, f64), n: usize, format: NumberFormat) -> Ticks {
    let (low, high) = (domain.0.min(domain.1), domain.0.max(domain.1));
    if !(low.is_finite() && high.is_finite()) {
        return Ticks::default();
    }
    let n_decades = |end: f64| if end >= 1.0 { end.log10().floor() as i32 + 1 } else { 0 };
    let (below, above) = (n_decades(-low), n_decades(high));
    let stride = ((below + above + 1) as usize).div_ceil(n.max(1)).max(1);
    // The same powers on both sides; where there is no room for all, 1 is the first to go.
    let first = if stride > 1 { stride } else { 0 };
    let powers =
        |count: i32| (first..count.max(0) as usize).step_by(stride).map(|power| 10.0_f64.powi(power as i32));
    let mut values: Vec<f64> = powers(below).map(|x| -x).collect();
    values.reverse();
    values.push(0.0);
    values.extend(powers(above));
    values.retain(|x| *x >= low && *x <= high);
    if values.len() < 3 {
        values = linear_ticks((low, high), n).0;
    }
    let labels = values.iter().map(|&x| format.tick(x)).collect();
    Ticks { values, labels, context: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_of_zero_have_powers_of_ten() {
        let ticks = symlog_ticks((-100.0, 20_000.0), 9, NumberFormat::Plain);
        assert_eq!(
            ticks.labels,
            ["\u{2212}100", "\u{2212}10", "\u{2212}1", "0", "1", "10", "100", "1,000", "10k"]
        );
        let few = symlog_ticks((0.0, 2e6), 4, NumberFormat::Plain);
        assert_eq!(few.values, [0.0, 100.0, 1e4, 1e6]);
        assert!(symlog_ticks((0.2, 0.9), 5, NumberFormat::Plain).values.len() >= 3);
    }

    #[test]
    fn slopes_meet_at_one() {
        for x in [-50.0, -1.0, -0.3, 0.0, 0.7, 1.0, 1e6] {
            assert!((symlog_inverse(symlog(x)) - x).abs() <= 1e-9 * x.abs().max(1.0));
        }
        assert!((symlog(1.001) - symlog(1.0) - 0.001).abs() < 1e-5);
    }
}
