//! Ticks of logarithmic scales.

use super::{Ticks, linear_ticks};
use crate::charts::number_format::NumberFormat;

/// Powers of ten; with 2 and 5 between them where there are few; round numbers where there is no power.
pub fn log_ticks(domain: (f64, f64), n: usize, format: NumberFormat) -> Ticks {
    let (low, high) = (domain.0.min(domain.1), domain.0.max(domain.1));
    if !(low > 0.0 && high.is_finite()) {
        return Ticks::default();
    }
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let n_decades = (last - first).max(1) as usize;
    let inside = |x: &f64| *x >= low * (1.0 - 1e-9) && *x <= high * (1.0 + 1e-9);
    let factors: &[f64] = if n_decades * 2 <= n { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let stride = n_decades.div_ceil(n.max(1)).max(1);
    let mut values: Vec<f64> = (first..=last)
        .step_by(stride)
        .flat_map(|power| factors.iter().map(move |factor| factor * 10.0_f64.powi(power)))
        .filter(inside)
        .collect();
    if values.len() < 2 {
        values = linear_ticks((low, high), n).0.into_iter().filter(|x| *x > 0.0).collect();
    }
    let labels = values.iter().map(|&x| format.tick(x)).collect();
    Ticks { values, labels, context: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_then_parts_of_decades() {
        assert_eq!(log_ticks((1.0, 1e6), 4, NumberFormat::Plain).values, [1.0, 100.0, 10_000.0, 1e6]);
        assert_eq!(log_ticks((1.0, 100.0), 6, NumberFormat::Plain).values.len(), 7);
        assert!(log_ticks((3.0, 4.0), 5, NumberFormat::Plain).values.len() >= 2);
    }
}
