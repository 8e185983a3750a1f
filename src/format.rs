//! Numbers, p-values and dates as people read them. Never used for export.

/// A number with `significant` digits, thousands grouped with commas, trailing zeros kept:
/// `number(1234.5678, 3)` is "1,235", `number(0.0012345, 3)` is "0.00123". The minus is U+2212.
pub fn number(x: f64, significant: usize) -> String {
    if x.is_nan() {
        return "\u{2013}".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "\u{221e}".into() } else { "\u{2212}\u{221e}".into() };
    }
    if x == 0.0 {
        return "0".into();
    }
    let magnitude = x.abs().log10().floor() as i32;
    if !(-5..15).contains(&magnitude) {
        return scientific(x, significant);
    }
    decimals(x, (significant as i32 - 1 - magnitude).clamp(0, 12) as usize)
}

/// A number with a fixed count of decimals, thousands grouped. Never "-0".
pub fn decimals(x: f64, n_decimals: usize) -> String {
    let digits = format!("{:.n_decimals$}", x.abs());
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let is_negative = x < 0.0 && digits.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let mut text = String::with_capacity(digits.len() + 8);
    if is_negative {
        text.push('\u{2212}');
    }
    text.push_str(&group(whole));
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

/// A whole number with thousands grouped: "1,204".
pub fn count(n: u64) -> String {
    group(&n.to_string())
}

/// With a sign always: "+1.97", "−0.50".
pub fn signed(x: f64, significant: usize) -> String {
    with_sign(x, number(x, significant))
}

/// A share as a percentage: `percent(0.6677, 1)` is "66.8 %".
pub fn percent(share: f64, n_decimals: usize) -> String {
    if share.is_finite() { format!("{} %", decimals(share * 100.0, n_decimals)) } else { number(share, 3) }
}

/// A lift: "+16.4 %".
pub fn signed_percent(share: f64, n_decimals: usize) -> String {
    with_sign(share, percent(share, n_decimals))
}

/// A p-value: "0.020", "< 0.001", and "5.6 × 10⁻⁶⁶" is left to the small print ([`scientific`]).
pub fn p_value(p: f64) -> String {
    if p.is_nan() {
        "\u{2013}".into()
    } else if p < 0.001 {
        "< 0.001".into()
    } else if p > 0.999 {
        "> 0.999".into()
    } else {
        decimals(p, 3)
    }
}

/// Scientific notation with superscripts: "5.64 × 10⁻⁶⁶".
pub fn scientific(x: f64, significant: usize) -> String {
    let text = format!("{:.*e}", significant.saturating_sub(1), x);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let mantissa = mantissa.replace('-', "\u{2212}");
    let exponent: String = exponent
        .chars()
        .map(|c| match c {
            '-' => '\u{207b}',
            '1' => '\u{b9}',
            '2' => '\u{b2}',
            '3' => '\u{b3}',
            c => char::from_u32(0x2070 + c.to_digit(10).unwrap_or(0)).unwrap_or(c),
        })
        .collect();
    format!("{mantissa} \u{d7} 10{exponent}")
}

/// For axes and tiles: "1.2k", "3.4M", "0.25".
pub fn compact(x: f64) -> String {
    let (scale, suffix) = match x.abs() {
        a if a >= 1e9 => (1e9, "B"),
        a if a >= 1e6 => (1e6, "M"),
        a if a >= 1e4 => (1e3, "k"),
        _ => (1.0, ""),
    };
    let text = trim_zeros(&number(x / scale, 3));
    format!("{text}{suffix}")
}

/// Seconds as a length of time, in its two largest units: "1 h 30 min", "2 d 4 h", "45 s", "0.25 s".
pub fn duration(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(86_400.0, "d"), (3_600.0, "h"), (60.0, "min"), (1.0, "s")];
    if !seconds.is_finite() {
        return number(seconds, 3);
    }
    let sign = if seconds < 0.0 { "\u{2212}" } else { "" };
    let length = seconds.abs();
    if length == 0.0 {
        return "0".into();
    }
    if length < 59.5 {
        return format!("{sign}{}\u{a0}s", trim_zeros(&number(length, 3)));
    }
    // Rounded to the smaller of the two units first, so that 59.9 minutes are an hour.
    let smaller = UNITS.windows(2).find_map(|pair| match pair {
        [(large, _), (small, _)] => (length >= large - small / 2.0).then_some(*small),
        _ => None,
    });
    let smaller = smaller.unwrap_or(1.0);
    let mut left = (length / smaller).round() * smaller;
    let mut parts = Vec::new();
    for (unit, name) in UNITS {
        let n = (left / unit).floor();
        if n >= 1.0 {
            parts.push(format!("{}\u{a0}{name}", decimals(n, 0)));
            left -= n * unit;
        }
    }
    format!("{sign}{}", parts.join("\u{a0}"))
}

/// A size for people, in units of 1,000: "1.3 MB".
pub fn bytes(n: u64) -> String {
    match n {
        0..1_000 => format!("{n} B"),
        1_000..1_000_000 => format!("{} KB", number(n as f64 / 1e3, 3)),
        1_000_000..1_000_000_000 => format!("{} MB", number(n as f64 / 1e6, 3)),
        _ => format!("{} GB", number(n as f64 / 1e9, 3)),
    }
}

/// "1 row", "2 rows".
pub fn plural(n: u64, singular: &str, plural: &str) -> String {
    format!("{} {}", count(n), if n == 1 { singular } else { plural })
}

/// Drops zeros after the decimal point: "1.200" to "1.2", "3.0" to "3".
pub fn trim_zeros(text: &str) -> String {
    if !text.contains('.') || text.contains('\u{d7}') {
        return text.into();
    }
    text.trim_end_matches('0').trim_end_matches('.').into()
}

fn with_sign(x: f64, text: String) -> String {
    let is_zero = !text.bytes().any(|b| (b'1'..=b'9').contains(&b));
    if x > 0.0 && !is_zero { format!("+{text}") } else { text }
}

fn group(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_significant_digits() {
        assert_eq!(number(1234.5678, 3), "1,235");
        assert_eq!(number(0.0012345, 3), "0.00123");
        assert_eq!(number(-13.9664, 4), "\u{2212}13.97");
        assert_eq!(number(0.0, 3), "0");
        assert_eq!(number(f64::NAN, 3), "\u{2013}");
        assert_eq!(number(5.643390937551839e-66, 3), "5.64 \u{d7} 10\u{207b}\u{2076}\u{2076}");
    }

    #[test]
    fn a_rounded_zero_has_no_sign() {
        assert_eq!(decimals(-0.0001, 2), "0.00");
        assert_eq!(signed(0.0, 3), "0");
        assert_eq!(signed_percent(0.00001, 1), "0.0 %");
    }

    #[test]
    fn lengths_of_time_have_two_units() {
        assert_eq!(duration(5_400.0), "1\u{a0}h\u{a0}30\u{a0}min");
        assert_eq!(duration(3_599.9), "1\u{a0}h");
        assert_eq!(duration(-90.0), "\u{2212}1\u{a0}min\u{a0}30\u{a0}s");
        assert_eq!(duration(187_200.0), "2\u{a0}d\u{a0}4\u{a0}h");
        assert_eq!(duration(0.25), "0.25\u{a0}s");
        assert_eq!(duration(59.7), "1\u{a0}min");
    }

    #[test]
    fn signs_groups_and_units() {
        assert_eq!(signed_percent(0.16388, 1), "+16.4 %");
        assert_eq!(count(1_234_567), "1,234,567");
        assert_eq!(p_value(0.0201584), "0.020");
        assert_eq!(p_value(1e-9), "< 0.001");
        assert_eq!(compact(12_345.0), "12.3k");
        assert_eq!(compact(1.5), "1.5");
        assert_eq!(bytes(1_304_000), "1.30 MB");
        assert_eq!(plural(1, "row", "rows"), "1 row");
    }
}
