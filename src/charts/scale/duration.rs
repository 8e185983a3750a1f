//! Ticks of lengths of time: whole seconds, minutes, hours and days.

use super::linear_ticks;

/// As [`linear_ticks`], in seconds: steps divide a minute, an hour or a day.
pub fn duration_ticks(domain: (f64, f64), n: usize) -> (Vec<f64>, f64) {
    const STEPS: [f64; 17] = [
        1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1_800.0, 3_600.0, 7_200.0,
        10_800.0, 21_600.0, 43_200.0,
    ];
    const DAY: f64 = 86_400.0;
    let (low, high) = (domain.0.min(domain.1), domain.0.max(domain.1));
    let rough = (high - low) / n.max(1) as f64;
    if !(0.5..1e9).contains(&rough) {
        return linear_ticks(domain, n);
    }
    let Some(step) = STEPS.iter().copied().find(|step| *step >= rough) else {
        let (days, step) = linear_ticks((low / DAY, high / DAY), n);
        return (days.iter().map(|days| days * DAY).collect(), step * DAY);
    };
    let (first, last) = ((low / step - 1e-9).ceil(), (high / step + 1e-9).floor());
    let count = (last - first + 1.0).clamp(0.0, 100.0) as usize;
    ((0..count).map(|i| (first + i as f64) * step + 0.0).collect(), step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hours_have_half_hours() {
        assert_eq!(duration_ticks((0.0, 7_200.0), 5).0, [0.0, 1_800.0, 3_600.0, 5_400.0, 7_200.0]);
        assert_eq!(duration_ticks((0.0, 20.0 * 86_400.0), 4).1, 5.0 * 86_400.0);
    }
}
