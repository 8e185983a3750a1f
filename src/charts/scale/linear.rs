//! Ticks at round numbers.

/// The step among 1, 2 and 5 times a power of ten that cuts the width into at most about `n` parts.
pub fn nice_step(width: f64, n: usize) -> f64 {
    let rough = width / n.max(1) as f64;
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10.0_f64.powf(rough.log10().floor());
    let share = rough / power;
    // The limits are geometric means of neighbours, so that the count is near n in ratio.
    let factor = match share {
        s if s < 2.0_f64.sqrt() => 1.0,
        s if s < 10.0_f64.sqrt() => 2.0,
        s if s < 50.0_f64.sqrt() => 5.0,
        _ => 10.0,
    };
    factor * power
}

/// Multiples of a nice step inside the domain (its ends included), and the step.
pub fn linear_ticks(domain: (f64, f64), n: usize) -> (Vec<f64>, f64) {
    let (low, high) = (domain.0.min(domain.1), domain.0.max(domain.1));
    let step = nice_step(high - low, n);
    if !(low.is_finite() && high.is_finite()) || low == high {
        return (vec![low], step);
    }
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    // A multiple of the step can print as 0.30000000000000004; the quotient by its inverse does not.
    let inverse = 1.0 / step;
    let at = |k: f64| if step < 1.0 { k / inverse.round() } else { k * step };
    let count = (last - first + 1.0).clamp(0.0, 100.0) as usize;
    ((0..count).map(|i| at(first + i as f64)).map(|x| if x == 0.0 { 0.0 } else { x }).collect(), step)
}

/// The domain widened to the ticks around it.
pub fn nice_domain(domain: (f64, f64), n: usize) -> (f64, f64) {
    let step = nice_step(domain.1 - domain.0, n);
    ((domain.0 / step + 1e-9).floor() * step, (domain.1 / step - 1e-9).ceil() * step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(linear_ticks((0.0, 1.0), 5).0, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(linear_ticks((-0.031, 0.074), 4).0, [-0.02, 0.0, 0.02, 0.04, 0.06]);
        assert_eq!(linear_ticks((3.0, 97.0), 4).0, [20.0, 40.0, 60.0, 80.0]);
        assert_eq!(linear_ticks((5.0, 5.0), 4).0, [5.0]);
    }

    #[test]
    fn a_nice_domain_ends_at_ticks() {
        let (low, high) = nice_domain((0.3, 9.2), 5);
        assert_eq!((low, high), (0.0, 10.0));
    }
}
