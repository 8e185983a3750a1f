//! How values of a column are written out.

use super::moment::Template;
use super::number::{Decimal, Number};
use super::unit::{Affix, Unit};
use super::{calendar, digits};
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// The written form of a column's values, as it was found in its file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) enum Form {
    /// Numbers as short as they can be, dates as ISO.
    #[default]
    Canonical,
    Number(NumberForm),
    Moment(Template),
    Duration(DurationForm),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct NumberForm {
    pub decimals: Decimals,
    pub decimal: Decimal,
    /// Between groups of three digits.
    pub group: Option<char>,
    /// Signs around the digits.
    pub affix: Option<Affix>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Decimals {
    /// As few as read back as the same number: "13.8", "12".
    Shortest,
    /// The same with at least one: "13.8", "12.0".
    AtLeastOne,
    Fixed(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DurationForm {
    /// Hours have two digits at least.
    pub is_padded: bool,
    pub n_decimals: u32,
}

impl Form {
    /// The sign that the column's values have.
    pub fn unit(&self) -> Option<Unit> {
        match self {
            Self::Number(NumberForm { affix: Some(affix), .. }) => affix.unit,
            _ => None,
        }
    }
}

impl NumberForm {
    #[cfg(test)]
    pub const SHORTEST: Self =
        Self { decimals: Decimals::Shortest, decimal: Decimal::Point, group: None, affix: None };

    /// Whole numbers are written otherwise than as plain digits.
    pub fn shapes_integers(&self) -> bool {
        self.group.is_some() || self.affix.is_some()
    }

    /// Whether writing the value gives the text that the number was read from.
    pub fn restores(&self, number: &Number, text: &str) -> bool {
        let is_as_expected = number.is_plain
            && self.affix.is_none()
            && number.n_significant <= 15
            && match self.decimals {
                Decimals::Shortest => !number.ends_in_zero,
                Decimals::AtLeastOne => {
                    number.n_decimals == Some(1) || (number.n_decimals.is_some() && !number.ends_in_zero)
                }
                Decimals::Fixed(n) => number.n_decimals == Some(n),
            };
        if is_as_expected && !number.has_group && (number.value == 0.0 || number.value.abs() >= 1e-5) {
            return true;
        }
        let mut written = String::new();
        self.write(&mut written, number.value);
        written == text
    }

    pub fn write(&self, out: &mut String, value: f64) {
        let start = out.len();
        match self.decimals {
            Decimals::Shortest => write_shortest(out, value),
            Decimals::AtLeastOne => {
                write_shortest(out, value);
                if !out.get(start..).unwrap_or_default().contains(['.', 'e']) {
                    out.push_str(".0");
                }
            }
            Decimals::Fixed(n) => digits::push_fixed(out, value, n),
        }
        if self.decimal == Decimal::Comma || self.group.is_some() {
            self.write_marks(out, start);
        }
        if let Some(affix) = &self.affix {
            affix.write(out, start);
        }
    }

    /// Puts the form's marks into the plain number that stands in `out` from `start` on.
    fn write_marks(&self, out: &mut String, start: usize) {
        let plain = out.split_off(start);
        let (sign, unsigned) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, fraction) =
            unsigned.split_once('.').map_or((unsigned, None), |(whole, rest)| (whole, Some(rest)));
        out.push_str(sign);
        match self.group {
            Some(mark) if whole.bytes().all(|byte| byte.is_ascii_digit()) => {
                for (i, digit) in whole.chars().enumerate() {
                    if i > 0 && (whole.len() - i).is_multiple_of(3) {
                        out.push(mark);
                    }
                    out.push(digit);
                }
            }
            _ => out.push_str(whole),
        }
        if let Some(fraction) = fraction {
            out.push(if self.decimal == Decimal::Comma { ',' } else { '.' });
            out.push_str(fraction);
        }
    }
}

impl DurationForm {
    pub fn write(&self, out: &mut String, seconds: f64) {
        let mut text = String::new();
        calendar::write_duration(&mut text, seconds);
        let (sign, unsigned) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
        let (clock, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        out.push_str(sign);
        if self.is_padded && clock.find(':') == Some(1) {
            out.push('0');
        }
        out.push_str(clock);
        if self.n_decimals > 0 || !decimals.is_empty() {
            let _ = write!(out, ".{decimals:0<width$}", width = self.n_decimals as usize);
        }
    }
}

/// Cells whose text in the file is not what the column's form makes of their value: " 12", "N/A", "1e3".
/// Rows ascend.
#[derive(Debug, Clone, Default)]
pub(crate) struct Raws {
    rows: Vec<u32>,
    ends: Vec<usize>,
    text: String,
}

impl Raws {
    pub fn push(&mut self, row: u32, text: &str) {
        self.text.push_str(text);
        self.rows.push(row);
        self.ends.push(self.text.len());
    }

    /// Rows, ends of their texts, and the texts one after the other.
    pub fn parts(&self) -> (&[u32], &[usize], &str) {
        (&self.rows, &self.ends, &self.text)
    }

    pub fn from_parts(rows: Vec<u32>, ends: Vec<usize>, text: String) -> Self {
        Self { rows, ends, text }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn get(&self, row: u32) -> Option<&str> {
        let at = self.rows.binary_search(&row).ok()?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start..*self.ends.get(at)?)
    }

    pub fn n_bytes(&self) -> usize {
        self.text.capacity() + self.rows.capacity() * 4 + self.ends.capacity() * size_of::<usize>()
    }
}

/// The shortest text that reads back as the same number: "13.8", "12", "1e21".
pub(crate) fn write_shortest(out: &mut String, value: f64) {
    let magnitude = value.abs();
    // Writing to a string cannot fail.
    let _ = if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        write!(out, "{value:e}")
    } else {
        write!(out, "{}", if value == 0.0 { 0.0 } else { value })
    };
}

#[cfg(test)]
mod tests {
    use super::super::number::{NumberFormat, parse_number};
    use super::*;

    fn written(form: NumberForm, value: f64) -> String {
        let mut text = String::new();
        form.write(&mut text, value);
        text
    }

    #[test]
    fn forms_write_numbers_as_they_stood() {
        let fixed = |n| NumberForm { decimals: Decimals::Fixed(n), ..NumberForm::SHORTEST };
        assert_eq!(written(NumberForm::SHORTEST, 13.8), "13.8");
        assert_eq!(
            written(NumberForm { decimals: Decimals::AtLeastOne, ..NumberForm::SHORTEST }, 12.0),
            "12.0"
        );
        assert_eq!(written(fixed(2), -0.5), "-0.50");
        let german = NumberForm { decimal: Decimal::Comma, group: Some('.'), ..fixed(2) };
        assert_eq!(written(german, -1_234_567.5), "-1.234.567,50");
        assert_eq!(written(german, 123.0), "123,00");
    }

    #[test]
    fn a_text_is_restored_only_when_it_would_be_written_so() {
        for (text, expected) in
            [("13.8", true), ("13.80", false), ("1e3", false), ("1000", true), ("-0", false)]
        {
            let number = parse_number(text, NumberFormat::PLAIN).unwrap();
            assert_eq!(NumberForm::SHORTEST.restores(&number, text), expected, "{text}");
        }
        for text in ["0.8414709848078965", "0.000001", "123456789012345680"] {
            let number = parse_number(text, NumberFormat::PLAIN).unwrap();
            assert!(NumberForm::SHORTEST.restores(&number, text), "{text}");
        }
    }

    #[test]
    fn durations_keep_their_padding() {
        let mut text = String::new();
        DurationForm { is_padded: true, n_decimals: 1 }.write(&mut text, 3723.5);
        assert_eq!(text, "01:02:03.5");
        text.clear();
        DurationForm { is_padded: false, n_decimals: 0 }.write(&mut text, 36_000.0);
        assert_eq!(text, "10:00:00");
    }

    #[test]
    fn raws_are_found_by_row() {
        let mut raws = Raws::default();
        raws.push(3, "N/A");
        raws.push(9, "");
        raws.push(10, " 12");
        assert_eq!(
            (raws.get(3), raws.get(4), raws.get(9), raws.get(10)),
            (Some("N/A"), None, Some(""), Some(" 12"))
        );
    }
}
