//! Numbers with a currency or percent sign beside them, and accounting negatives: "$1,234.50", "12,5 %", "(1,200)".

use super::number::{Number, NumberFormat, parse_number};
use serde::{Deserialize, Serialize};

/// The signs that are known. Nothing else that stands beside a number is taken for its unit.
const UNITS: [&str; 41] = [
    "%", "‰", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "₴", "₪", "₫", "฿", "US$", "R$", "A$", "C$", "HK$",
    "kr", "zł", "Kč", "EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "NZD", "CNY", "INR", "SEK", "NOK",
    "DKK", "PLN", "CZK", "HUF", "BRL", "MXN", "ZAR",
];

/// One of [`UNITS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Unit(u8);

/// What stands around the digits of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Affix {
    /// `None` in a column of plain numbers with negatives in parentheses.
    pub unit: Option<Unit>,
    pub is_prefix: bool,
    /// The space between sign and number.
    pub gap: Option<char>,
    pub negative: Negative,
}

/// How negative numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Negative {
    /// "-$5"
    Minus,
    /// "$-5"
    InnerMinus,
    /// "($5)"
    Parens,
    /// "$(5)"
    InnerParens,
}

impl Unit {
    pub fn text(self) -> &'static str {
        UNITS.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    fn of(is_here: impl Fn(&str) -> bool) -> Option<Self> {
        (0u8..).zip(UNITS).find(|(_, unit)| is_here(unit)).map(|(i, _)| Self(i))
    }
}

/// A number's text, taken apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Signed<'t> {
    pub affix: Affix,
    pub is_negative: bool,
    /// From the first digit to the last.
    pub body: &'t str,
}

/// Takes a trimmed text apart; `None` where no known sign and no parentheses stand around its digits. Signs of
/// letters stand apart from the digits ("EUR 12"), because "INR001" is a code.
pub(crate) fn split(trimmed: &str) -> Option<Signed<'_>> {
    const MAX_BYTES: usize = 12;
    let bytes = trimmed.as_bytes();
    let mut start = bytes.iter().take(MAX_BYTES).position(u8::is_ascii_digit)?;
    let end = bytes.len() - bytes.iter().rev().take(MAX_BYTES).position(u8::is_ascii_digit)?;
    if start > 0 && matches!(bytes.get(start - 1), Some(b'.' | b',')) {
        start -= 1;
    }
    let (prefix, body, suffix) = (trimmed.get(..start)?, trimmed.get(start..end)?, trimmed.get(end..)?);
    if suffix.is_empty() && matches!(prefix, "" | "-" | "+") {
        return None;
    }
    let mut rest = prefix;
    let has_outer = take(&mut rest, &["("]);
    let outer = take_sign(&mut rest);
    let mut unit = Unit::of(|unit| rest.starts_with(unit));
    let (mut gap, mut has_inner, mut inner) = (None, false, None);
    let is_prefix = unit.is_some();
    if let Some(unit) = unit {
        rest = rest.get(unit.text().len()..)?;
        gap = take_gap(&mut rest);
        has_inner = take(&mut rest, &["("]);
        inner = take_sign(&mut rest);
        let is_apart = gap.is_some() || has_inner || inner.is_some();
        if unit.text().ends_with(char::is_alphabetic) && !is_apart {
            return None;
        }
    }
    if !rest.is_empty() {
        return None;
    }
    rest = suffix;
    // "(5) €"
    let is_closed_early = (has_inner || has_outer) && take(&mut rest, &[")"]);
    if unit.is_none() && !rest.is_empty() && rest != ")" {
        gap = take_gap(&mut rest);
        unit = Unit::of(|unit| rest.starts_with(unit));
        let text = unit?.text();
        if text.starts_with(char::is_alphabetic) && gap.is_none() {
            return None;
        }
        rest = rest.get(text.len()..)?;
    }
    let is_closed = is_closed_early || ((has_inner || has_outer) && take(&mut rest, &[")"]));
    let has_parens = has_inner || has_outer;
    let sign = outer.or(inner);
    let is_odd = !rest.is_empty()
        || has_parens != is_closed
        || (has_inner && has_outer)
        || (has_parens && sign.is_some())
        || (outer.is_some() && inner.is_some())
        || (unit.is_none() && !has_parens);
    if is_odd {
        return None;
    }
    let is_inner_parens = has_inner || (is_closed_early && !is_prefix && unit.is_some());
    let negative = match (has_parens, is_inner_parens, inner.is_some()) {
        (true, true, _) => Negative::InnerParens,
        (true, false, _) => Negative::Parens,
        (false, _, true) => Negative::InnerMinus,
        (false, _, false) => Negative::Minus,
    };
    let is_negative = has_parens || sign == Some(true);
    Some(Signed { affix: Affix { unit, is_prefix, gap, negative }, is_negative, body })
}

/// Reads a number of a column with the unit: with its sign, or a zero without one, which is the same in all units.
pub(crate) fn parse_signed(trimmed: &str, format: NumberFormat, unit: Option<Unit>) -> Option<Number> {
    match split(trimmed) {
        Some(signed) if signed.affix.unit == unit => parse_body(&signed, format),
        Some(_) => None,
        None => parse_number(trimmed, format).filter(|number| unit.is_none() || number.value == 0.0),
    }
}

/// The number between the signs; `is_plain` is false, because something stands around the digits.
pub(crate) fn parse_body(signed: &Signed<'_>, format: NumberFormat) -> Option<Number> {
    let number = parse_number(signed.body, format)?;
    let (value, integer) = match signed.is_negative {
        true => (-number.value, number.integer.map(|value| -value)),
        false => (number.value, number.integer),
    };
    Some(Number { value, integer, is_plain: false, ..number })
}

/// The unit of a text that is a number with one, in any format.
pub(crate) fn unit_of(trimmed: &str) -> Option<Unit> {
    let signed = split(trimmed)?;
    let is_number = NumberFormat::ALL.iter().any(|format| parse_body(&signed, *format).is_some());
    signed.affix.unit.filter(|_| is_number)
}

impl Affix {
    /// Puts the signs around the digits that stand in `out` from `start` on.
    pub fn write(&self, out: &mut String, start: usize) {
        let digits = out.split_off(start);
        let (is_negative, digits) =
            digits.strip_prefix('-').map_or((false, digits.as_str()), |digits| (true, digits));
        let is = |negative: Negative| is_negative && self.negative == negative;
        let unit = self.unit.map_or("", Unit::text);
        out.push_str(if is(Negative::Parens) {
            "("
        } else if is(Negative::Minus) {
            "-"
        } else {
            ""
        });
        if self.is_prefix {
            out.push_str(unit);
            out.extend(self.gap);
        }
        out.push_str(if is(Negative::InnerParens) {
            "("
        } else if is(Negative::InnerMinus) {
            "-"
        } else {
            ""
        });
        out.push_str(digits);
        out.push_str(if is(Negative::InnerParens) { ")" } else { "" });
        if !self.is_prefix {
            out.extend(self.gap);
            out.push_str(unit);
        }
        out.push_str(if is(Negative::Parens) { ")" } else { "" });
    }
}

fn take(rest: &mut &str, texts: &[&str]) -> bool {
    let found = texts.iter().find_map(|text| rest.strip_prefix(text));
    found.map(|after| *rest = after).is_some()
}

/// Whether a sign stands here, and is a minus.
fn take_sign(rest: &mut &str) -> Option<bool> {
    if take(rest, &["-", "\u{2212}"]) { Some(true) } else { take(rest, &["+"]).then_some(false) }
}

fn take_gap(rest: &mut &str) -> Option<char> {
    let gap = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))?;
    *rest = rest.get(gap.len_utf8()..)?;
    Some(gap)
}

#[cfg(test)]
mod tests {
    use super::super::form::{Decimals, NumberForm};
    use super::super::number::{Decimal, Group};
    use super::*;

    fn read(text: &str, format: usize) -> Option<(f64, Option<&'static str>)> {
        let signed = split(text)?;
        let number = parse_body(&signed, NumberFormat::ALL[format])?;
        Some((number.value, signed.affix.unit.map(Unit::text)))
    }

    #[test]
    fn signs_of_the_world() {
        for (text, format, expected) in [
            ("$1,234.50", 1, (1234.5, Some("$"))),
            ("-$5", 0, (-5.0, Some("$"))),
            ("$-5", 0, (-5.0, Some("$"))),
            ("+$5", 0, (5.0, Some("$"))),
            ("($5.25)", 0, (-5.25, Some("$"))),
            ("$(5)", 0, (-5.0, Some("$"))),
            ("$ (1,200)", 1, (-1200.0, Some("$"))),
            ("1.234,50 €", 3, (1234.5, Some("€"))),
            ("-1.234,50\u{a0}€", 3, (-1234.5, Some("€"))),
            ("€.50", 0, (0.5, Some("€"))),
            ("EUR 12", 0, (12.0, Some("EUR"))),
            ("EUR -12", 0, (-12.0, Some("EUR"))),
            ("12 kr", 0, (12.0, Some("kr"))),
            ("12.5%", 0, (12.5, Some("%"))),
            ("12,5 %", 2, (12.5, Some("%"))),
            ("(5) %", 0, (-5.0, Some("%"))),
            ("(5 %)", 0, (-5.0, Some("%"))),
            ("US$3", 0, (3.0, Some("US$"))),
            ("(1,200)", 1, (-1200.0, None)),
            ("\u{2212}£7", 0, (-7.0, Some("£"))),
        ] {
            assert_eq!(read(text, format), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_numbers_with_signs() {
        for text in [
            "", "5", "-5", "+5", "$", "%", "12 min", "EUR12", "12EUR", "INR001", "5$%", "$5€", "(5", "5)",
            "(-5)", "-(5)", "--$5", "-$-5", "(1) note", "A1", "5 apples", "$ 5 each", "$5-$7", "#5", "( 5 )",
            "12m",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_written_with_their_signs() {
        let form = NumberForm {
            decimals: Decimals::Fixed(2),
            decimal: Decimal::Point,
            group: Some(','),
            affix: None,
        };
        let format = NumberFormat { decimal: Decimal::Point, group: Some(Group::Comma) };
        for text in [
            "$1,234.50",
            "-$5.00",
            "$-5.00",
            "($5.00)",
            "$(5.00)",
            "1,234.50 €",
            "(5.00) €",
            "(5.00 €)",
            "EUR 12.00",
            "12.50%",
            "(1,200.00)",
        ] {
            let signed = split(text).unwrap();
            let number = parse_body(&signed, format).unwrap();
            let form = NumberForm { affix: Some(signed.affix), ..form };
            let mut written = String::new();
            form.write(&mut written, number.value);
            assert_eq!(written, text);
            assert!(form.restores(&number, text));
        }
    }
}
