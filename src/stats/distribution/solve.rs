//! Inverts a tail function.

/// Finds `s` with `f(s) = 0` for a function that falls from positive to negative.
///
/// `f` returns value and derivative. Newton's steps, each kept inside a bracket that only shrinks, so it cannot diverge;
/// the bracket first grows from `guess` by doubling. Ends at the resolution of `s`.
pub(super) fn falling(f: impl Fn(f64) -> (f64, f64), guess: f64) -> f64 {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut s = guess;
    let mut reach = 1.0;
    for _ in 0..200 {
        let (value, slope) = f(s);
        if value == 0.0 {
            return s;
        }
        if value > 0.0 {
            low = s;
        } else {
            high = s;
        }
        let newton = s - value / slope;
        let is_bracketed = low.is_finite() && high.is_finite();
        let next = if newton > low && newton < high && (is_bracketed || (newton - s).abs() <= 8.0 * reach) {
            newton
        } else if is_bracketed {
            0.5 * (low + high)
        } else {
            reach *= 2.0;
            if value > 0.0 { s + reach } else { s - reach }
        };
        let step = (next - s).abs();
        s = next;
        if step <= 4.0 * f64::EPSILON * s.abs().max(0.25) {
            break;
        }
    }
    s
}
