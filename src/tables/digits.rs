//! Whole numbers as digits. Export writes millions of them, and the standard formatting is several times slower.

/// Appends a whole number.
pub(crate) fn push_integer(out: &mut String, value: i64) {
    if value < 0 {
        out.push('-');
    }
    push_padded(out, value.unsigned_abs(), 1);
}

/// Appends a number with zeros in front up to `n_digits`.
pub(crate) fn push_padded(out: &mut String, value: u64, n_digits: usize) {
    // 2^64 has 20 digits.
    let mut digits = [b'0'; 20];
    let mut rest = value;
    let mut start = digits.len();
    for digit in digits.iter_mut().rev() {
        if rest == 0 {
            break;
        }
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        start -= 1;
    }
    let start = start.min(digits.len().saturating_sub(n_digits));
    out.push_str(std::str::from_utf8(digits.get(start..).unwrap_or_default()).unwrap_or_default());
}

/// Appends a number with exactly `n_decimals`, rounded if it has more.
pub(crate) fn push_fixed(out: &mut String, value: f64, n_decimals: u32) {
    use std::fmt::Write;
    const MAX_EXACT: f64 = 9_007_199_254_740_992.0;
    let scale = 10f64.powi(n_decimals as i32);
    let scaled = (value.abs() * scale).round();
    // Most values are decimal fractions to begin with: then the scaled integer has all their digits.
    if n_decimals <= 15 && scaled < MAX_EXACT && scaled / scale == value.abs() {
        let scaled = scaled as u64;
        let scale = 10u64.pow(n_decimals);
        if value.is_sign_negative() {
            out.push('-');
        }
        push_padded(out, scaled / scale, 1);
        if n_decimals > 0 {
            out.push('.');
            push_padded(out, scaled % scale, n_decimals as usize);
        }
        return;
    }
    // Writing to a string cannot fail.
    let _ = write!(out, "{value:.*}", n_decimals as usize);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_standard_library() {
        for value in [0, 1, -1, 10, 999, i64::MAX, i64::MIN] {
            let mut text = String::new();
            push_integer(&mut text, value);
            assert_eq!(text, value.to_string());
        }
        let mut text = String::new();
        push_padded(&mut text, 7, 2);
        push_padded(&mut text, 123, 2);
        push_padded(&mut text, 0, 4);
        assert_eq!(text, "071230000");
        for value in [0.0, -0.0, 1.5, 13.8, 0.1 + 0.2, 1e15, 1e300, -2.675, 123_456_789.125] {
            for n_decimals in [0, 1, 2, 6, 17] {
                let mut text = String::new();
                push_fixed(&mut text, value, n_decimals);
                assert_eq!(text, format!("{value:.*}", n_decimals as usize), "{value} {n_decimals}");
            }
        }
    }
}
