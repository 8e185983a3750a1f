//! Numbers as files write them: decimal point or comma, thousands marks, signs and exponents.

use serde::{Deserialize, Serialize};

/// Which characters mean what in a column's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NumberFormat {
    pub decimal: Decimal,
    pub group: Option<Group>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Decimal {
    Point,
    Comma,
}

/// The mark between groups of three digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    Comma,
    Point,
    /// A space, also a non-breaking or a narrow one.
    Space,
    Apostrophe,
}

impl Group {
    /// "points", for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comma => "commas",
            Self::Point => "points",
            Self::Space => "spaces",
            Self::Apostrophe => "apostrophes",
        }
    }
}

impl NumberFormat {
    /// Digits and a decimal point.
    pub const PLAIN: Self = Self { decimal: Decimal::Point, group: None };

    /// Every format that is looked for, the plainest first.
    pub const ALL: [Self; 7] = [
        Self::PLAIN,
        Self { decimal: Decimal::Point, group: Some(Group::Comma) },
        Self { decimal: Decimal::Comma, group: None },
        Self { decimal: Decimal::Comma, group: Some(Group::Point) },
        Self { decimal: Decimal::Point, group: Some(Group::Space) },
        Self { decimal: Decimal::Comma, group: Some(Group::Space) },
        Self { decimal: Decimal::Point, group: Some(Group::Apostrophe) },
    ];
}

/// A number read from a cell, with what its text looked like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Number {
    pub value: f64,
    /// The exact value of a text without decimals and exponent, where it fits.
    pub integer: Option<i64>,
    /// Digits before the exponent, leading zeros left out.
    pub n_significant: u32,
    /// Digits after the decimal mark; `None` without a mark.
    pub n_decimals: Option<u32>,
    /// The last decimal is a zero.
    pub ends_in_zero: bool,
    /// "007", "00.5"
    pub has_leading_zero: bool,
    /// "12E5": digits, a capital E and digits, as many codes look.
    pub is_code_like: bool,
    pub has_group: bool,
    /// Nothing but an optional minus, digits and at most one decimal mark, written as programs do.
    pub is_plain: bool,
}

/// Powers of ten that an f64 holds exactly.
const POWERS_OF_TEN: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];
const MAX_EXACT_INTEGER: u64 = 1 << 53;

/// A whole number in its plainest writing: an optional minus and up to 15 digits without leading zeros.
/// This is the fast path of import.
#[inline]
pub(crate) fn parse_plain_integer(text: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    let first = *digits.first()?;
    if digits.len() > 15 || (first == b'0' && (digits.len() > 1 || is_negative)) {
        return None;
    }
    let mut value = 0i64;
    for byte in digits {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    Some(if is_negative { -value } else { value })
}

/// A decimal number in its plainest writing, at most 15 digits: its value, the count of its decimals
/// (0 without a mark) and whether the last of them is a zero.
#[inline]
pub(crate) fn parse_plain_decimal(text: &[u8], decimal: u8) -> Option<(f64, u32, bool)> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        digits => (false, digits),
    };
    if digits.len() > 16 {
        return None;
    }
    let mut mantissa = 0u64;
    let mut mark = None;
    for (i, byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit <= 9 {
            mantissa = mantissa * 10 + u64::from(digit);
        } else if *byte == decimal && mark.is_none() {
            mark = Some(i);
        } else {
            return None;
        }
    }
    let n_whole = mark.unwrap_or(digits.len());
    let n_decimals = mark.map_or(0, |mark| digits.len() - mark - 1);
    let is_padded = n_whole > 1 && digits.first() == Some(&b'0');
    // Tiny fractions are left to the careful path: they may be written with an exponent.
    let is_tiny = mantissa < 100_000_000 && n_decimals > 6;
    if n_whole == 0
        || n_whole + n_decimals > 15
        || is_padded
        || is_tiny
        || (mark.is_some() && n_decimals == 0)
        || (mantissa == 0 && is_negative)
    {
        return None;
    }
    // Both are exact, so the quotient is the correctly rounded value (Clinger 1990).
    let value = mantissa as f64 / POWERS_OF_TEN.get(n_decimals)?;
    let ends_in_zero = n_decimals > 0 && digits.last() == Some(&b'0');
    Some((if is_negative { -value } else { value }, n_decimals as u32, ends_in_zero))
}

/// Any number in the format; `None` for anything else, also for "nan" and "inf". Spaces around it, a plus
/// and the minus sign U+2212 are accepted.
pub(crate) fn parse_number(text: &str, format: NumberFormat) -> Option<Number> {
    let trimmed = text.trim();
    let (is_negative, unsigned, is_plain_sign) = match trimmed.chars().next()? {
        '-' => (true, trimmed.get(1..)?, true),
        '+' => (false, trimmed.get(1..)?, false),
        '\u{2212}' => (true, trimmed.get(3..)?, false),
        _ => (false, trimmed, true),
    };
    let (body, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (unsigned.get(..at)?, Some(unsigned.get(at + 1..)?)),
        None => (unsigned, None),
    };
    let (whole, fraction) = split_decimal(body, format.decimal);
    let Groups { n_groups, has_unmarked_groups } = check_groups(whole, format.group)?;
    if let Some(fraction) = fraction
        && !fraction.bytes().all(|byte| byte.is_ascii_digit())
    {
        return None;
    }
    let digits = || whole.bytes().chain(fraction.unwrap_or_default().bytes()).filter(u8::is_ascii_digit);
    let n_whole = whole.bytes().filter(u8::is_ascii_digit).count();
    let n_decimals = fraction.map(str::len);
    if n_whole + n_decimals.unwrap_or(0) == 0 {
        return None;
    }
    let power: i32 = match exponent {
        None => 0,
        Some(exponent) => {
            let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits.is_empty() || digits.len() > 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
            exponent.parse().ok()?
        }
    };
    let n_significant = digits().skip_while(|digit| *digit == b'0').count();
    let mantissa =
        digits().try_fold(0u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
    let power_of_last = power.checked_sub(i32::try_from(n_decimals.unwrap_or(0)).ok()?)?;
    let magnitude = match mantissa {
        Some(mantissa) if mantissa <= MAX_EXACT_INTEGER && (-22..=0).contains(&power_of_last) => {
            mantissa as f64 / POWERS_OF_TEN.get(power_of_last.unsigned_abs() as usize)?
        }
        _ => slow_value(digits(), power_of_last)?,
    };
    let integer = if fraction.is_none() && exponent.is_none() {
        mantissa
            .and_then(|mantissa| i64::try_from(mantissa).ok())
            .map(|value| if is_negative { -value } else { value })
    } else {
        None
    };
    let has_leading_zero = n_whole > 1 && whole.starts_with('0');
    let is_plain = trimmed.len() == text.len()
        && is_plain_sign
        && exponent.is_none()
        && !has_leading_zero
        && n_whole > 0
        && n_decimals != Some(0)
        && !has_unmarked_groups
        && !(is_negative && magnitude == 0.0);
    Some(Number {
        value: if is_negative { -magnitude } else { magnitude },
        integer,
        n_significant: n_significant as u32,
        n_decimals: n_decimals.map(|n| n as u32),
        ends_in_zero: fraction.is_some_and(|digits| digits.ends_with('0')),
        has_leading_zero,
        is_code_like: fraction.is_none()
            && unsigned.contains('E')
            && exponent.is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit())),
        has_group: n_groups > 1,
        is_plain,
    })
}

fn split_decimal(body: &str, decimal: Decimal) -> (&str, Option<&str>) {
    let mark = match decimal {
        Decimal::Point => '.',
        Decimal::Comma => ',',
    };
    body.split_once(mark).map_or((body, None), |(whole, fraction)| (whole, Some(fraction)))
}

struct Groups {
    n_groups: usize,
    /// More than three digits without a mark, in a format that has one.
    has_unmarked_groups: bool,
}

/// Checks that the whole part is digits, or groups of three digits after a first one of one to three.
fn check_groups(whole: &str, group: Option<Group>) -> Option<Groups> {
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Groups { n_groups: 1, has_unmarked_groups: group.is_some() && whole.len() > 3 });
    }
    let is_mark = |c: char| match group {
        None => false,
        Some(Group::Comma) => c == ',',
        Some(Group::Point) => c == '.',
        Some(Group::Space) => matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
        Some(Group::Apostrophe) => matches!(c, '\'' | '\u{2019}'),
    };
    let mut n_groups = 0;
    for part in whole.split(is_mark) {
        // "0.123" is a fraction, never a thousand.
        let is_right = match n_groups {
            0 => (1..=3).contains(&part.len()) && !part.starts_with('0'),
            _ => part.len() == 3,
        };
        if !is_right || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        n_groups += 1;
    }
    Some(Groups { n_groups, has_unmarked_groups: false })
}

/// The standard library's correctly rounded reading, for many digits and exponents.
fn slow_value(digits: impl Iterator<Item = u8>, power_of_last: i32) -> Option<f64> {
    let mut text: String = digits.map(char::from).collect();
    text.push('e');
    text.push_str(&power_of_last.to_string());
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, format: usize) -> Option<f64> {
        parse_number(text, NumberFormat::ALL[format]).map(|number| number.value)
    }

    #[test]
    fn marks_mean_what_the_format_says() {
        assert_eq!(value("1234.5", 0), Some(1234.5));
        assert_eq!(value("1,234.5", 0), None);
        assert_eq!(value("1,234.5", 1), Some(1234.5));
        assert_eq!(value("1,2345", 1), None);
        assert_eq!(value("12,34", 1), None);
        assert_eq!(value("0,123", 1), None);
        assert_eq!(value("1,234", 2), Some(1.234));
        assert_eq!(value("1.234.567,5", 3), Some(1_234_567.5));
        assert_eq!(value("1\u{a0}234,5", 5), Some(1234.5));
        assert_eq!(value("1'234.5", 6), Some(1234.5));
        assert_eq!(value("", 0), None);
        assert_eq!(value("-", 0), None);
        assert_eq!(value(".", 0), None);
        assert_eq!(value("nan", 0), None);
        assert_eq!(value("1e999", 0), None);
    }

    #[test]
    fn values_are_correctly_rounded() {
        for text in [
            "0.1",
            "0.8414709848078965",
            "123456789012345678",
            "1e-320",
            "2.5e-7",
            "9007199254740993",
            "1e23",
        ] {
            assert_eq!(value(text, 0), text.parse().ok(), "{text}");
        }
        assert_eq!(value("\u{2212}3", 0), Some(-3.0));
        assert_eq!(value(" +.5 ", 0), Some(0.5));
    }

    #[test]
    fn fast_paths_agree_with_the_careful_one() {
        for text in ["0", "-1", "12.50", "0.5", "100", "-0.25", "999999999999999"] {
            let number = parse_number(text, NumberFormat::PLAIN).unwrap();
            let (value, n_decimals, ends_in_zero) = parse_plain_decimal(text.as_bytes(), b'.').unwrap();
            assert_eq!(value, number.value, "{text}");
            assert_eq!(n_decimals, number.n_decimals.unwrap_or(0));
            assert_eq!(ends_in_zero, number.ends_in_zero);
            assert!(number.is_plain);
            if let Some(value) = parse_plain_integer(text.as_bytes()) {
                assert_eq!(Some(value), number.integer);
            }
        }
        for text in
            ["-0", "007", "", "-", "1.", ".5", "+1", " 1", "1234567890123456", "0.00000001", "1e5", "1-"]
        {
            assert_eq!(parse_plain_decimal(text.as_bytes(), b'.'), None, "{text}");
            assert_eq!(parse_plain_integer(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn codes_are_told_from_numbers() {
        let number = |text| parse_number(text, NumberFormat::PLAIN).unwrap();
        assert!(number("12E5").is_code_like && !number("1.2E5").is_code_like && !number("1E-5").is_code_like);
        assert!(
            number("007").has_leading_zero
                && !number("0.07").has_leading_zero
                && !number("0").has_leading_zero
        );
        assert_eq!(number("00120").n_significant, 3);
    }
}
