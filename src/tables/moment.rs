//! Dates and date-times as files write them.

use super::calendar::{self, Civil, MICROS_PER_DAY, MICROS_PER_SECOND};
use super::calendar_names::{NameStyle, Names};
use super::digits::push_padded;
pub(crate) use crate::model::DateOrder;
use serde::{Deserialize, Serialize};

/// A date or date-time read from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moment {
    pub days: i32,
    /// Microseconds since midnight UTC of `days`, which may lie outside the day where there is an offset;
    /// `None` for a date without a time.
    pub micros_of_day: Option<i64>,
    /// As written; both are needed to tell the day from the month.
    pub day: u32,
    pub month: u32,
}

impl Moment {
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    pub fn micros(&self) -> i64 {
        i64::from(self.days) * MICROS_PER_DAY + self.micros_of_day.unwrap_or(0)
    }
}

/// How dates of a column are written, exactly: a text that fits reads as a moment, and the moment is
/// written as that text again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Template {
    pub(super) parts: Vec<Part>,
    pub(super) has_time: bool,
    /// What the written offset from UTC adds to the hour, in seconds.
    pub(super) offset_seconds: i32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Part {
    Year4,
    Year2,
    /// Two digits, or one or two without a leading zero.
    Month {
        is_padded: bool,
    },
    Day {
        is_padded: bool,
    },
    Hour {
        is_padded: bool,
        /// 12, 1, 2, ... 11 and a meridiem.
        is_of_twelve: bool,
    },
    Minute,
    Second,
    /// Decimals of a second; digits after the sixth are zeros.
    Fraction(u8),
    Meridiem {
        is_upper: bool,
    },
    Byte(u8),
    /// Of a month or a weekday.
    Name(NameStyle),
    /// "st", "nd", "rd" or "th" behind the day.
    Ordinal,
}

impl Template {
    /// Two digits for day and month, four for the year, and slashes between them.
    pub fn of_order(order: DateOrder) -> Self {
        let (year, month, day) =
            (Part::Year4, Part::Month { is_padded: true }, Part::Day { is_padded: true });
        let [first, second, third] = match order {
            DateOrder::Ymd => [year, month, day],
            DateOrder::Dmy => [day, month, year],
            DateOrder::Mdy => [month, day, year],
        };
        let dividing = Part::Byte(b'/');
        let parts = vec![first, dividing, second, dividing, third];
        Self { parts, has_time: false, offset_seconds: 0 }
    }

    pub fn has_time(&self) -> bool {
        self.has_time
    }

    /// "17.02.2024"
    pub fn has_points(&self) -> bool {
        self.parts.get(1) == Some(&Part::Byte(b'.'))
    }

    /// Months as words.
    pub fn has_name(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Name(_)))
    }

    /// `false` for a month of a year.
    pub fn has_day(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, Part::Day { .. }))
    }

    /// Years of two digits.
    pub fn has_short_year(&self) -> bool {
        self.parts.contains(&Part::Year2)
    }

    /// Takes another writing for the same where they differ in nothing but the languages that their names could be of;
    /// `false` where they do not.
    pub fn merge(&mut self, other: &Self) -> bool {
        let common = |a: &Part, b: &Part| match (a, b) {
            (Part::Name(a), Part::Name(b)) if (a.names, a.case) == (b.names, b.case) => {
                let tables = a.tables & b.tables;
                (tables != 0).then_some(Part::Name(NameStyle { tables, ..*a }))
            }
            (a, b) => (a == b).then_some(*a),
        };
        if self == other {
            return true;
        }
        if (self.parts.len(), self.has_time, self.offset_seconds)
            != (other.parts.len(), other.has_time, other.offset_seconds)
        {
            return false;
        }
        let parts: Option<Vec<Part>> =
            self.parts.iter().zip(&other.parts).map(|(a, b)| common(a, b)).collect();
        match parts {
            Some(parts) => {
                self.parts = parts;
                true
            }
            None => false,
        }
    }

    pub fn has_offset(&self) -> bool {
        self.offset_seconds != 0
    }

    /// Reads a text that is written exactly so. This is the fast path of import.
    pub fn parse(&self, text: &[u8]) -> Option<Moment> {
        let mut at = 0;
        // A month of a year is its first day.
        let (mut year, mut month, mut day) = (0u32, 0u32, 1u32);
        let mut weekday = None;
        let (mut hour, mut minute, mut second, mut micros) = (0u32, 0u32, 0u32, 0u32);
        let mut is_afternoon = None;
        for part in &self.parts {
            match *part {
                Part::Byte(byte) => {
                    if *text.get(at)? != byte {
                        return None;
                    }
                    at += 1;
                }
                Part::Year4 => year = two_digits(text, &mut at)? * 100 + two_digits(text, &mut at)?,
                Part::Year2 => year = full_year(two_digits(text, &mut at)?),
                Part::Month { is_padded } => month = digits(text, &mut at, is_padded)?,
                Part::Day { is_padded } => day = digits(text, &mut at, is_padded)?,
                Part::Hour { is_padded, is_of_twelve } => {
                    hour = digits(text, &mut at, is_padded)?;
                    if is_of_twelve && !(1..=12).contains(&hour) {
                        return None;
                    }
                }
                Part::Minute => minute = two_digits(text, &mut at)?,
                Part::Second => second = two_digits(text, &mut at)?,
                Part::Fraction(n) => micros = fraction(text, &mut at, n)?,
                Part::Meridiem { is_upper } => {
                    is_afternoon = Some(match (text.get(at..at + 2)?, is_upper) {
                        (b"AM", true) | (b"am", false) => false,
                        (b"PM", true) | (b"pm", false) => true,
                        _ => return None,
                    });
                    at += 2;
                }
                Part::Name(style) if style.names == Names::Months => month = style.parse(text, &mut at)?,
                Part::Name(style) => weekday = Some(style.parse(text, &mut at)?),
                Part::Ordinal => {
                    if text.get(at..at + 2)? != ordinal(day).as_bytes() {
                        return None;
                    }
                    at += 2;
                }
            }
        }
        if at != text.len() {
            return None;
        }
        let days = calendar::days_from_civil(Civil { year: year as i32, month, day })?;
        if weekday.is_some_and(|weekday| weekday != weekday_of(days)) {
            return None;
        }
        let micros_of_day = if self.has_time {
            Some(micros_of_day(hour, minute, second, micros, is_afternoon)? - self.offset_micros())
        } else {
            None
        };
        Some(Moment { days, micros_of_day, day, month })
    }

    /// Writes a moment; `micros` counts from 1970-01-01 UTC.
    pub fn write(&self, out: &mut String, micros: i64) {
        let local = micros + self.offset_micros();
        let days = local.div_euclid(MICROS_PER_DAY) as i32;
        let Civil { year, month, day } = calendar::civil_from_days(days);
        let micros_of_day = local.rem_euclid(MICROS_PER_DAY).unsigned_abs();
        let seconds = micros_of_day / MICROS_PER_SECOND as u64;
        let hour = seconds / 3600;
        for part in &self.parts {
            match *part {
                Part::Byte(byte) => out.push(char::from(byte)),
                Part::Year4 => push_padded(out, year.unsigned_abs().into(), 4),
                Part::Year2 => push_padded(out, year.rem_euclid(100).unsigned_abs().into(), 2),
                Part::Month { is_padded } => push_number(out, month.into(), is_padded),
                Part::Day { is_padded } => push_number(out, day.into(), is_padded),
                Part::Hour { is_padded, is_of_twelve: false } => push_number(out, hour, is_padded),
                Part::Hour { is_padded, is_of_twelve: true } => {
                    push_number(out, (hour + 11) % 12 + 1, is_padded)
                }
                Part::Minute => push_padded(out, seconds / 60 % 60, 2),
                Part::Second => push_padded(out, seconds % 60, 2),
                Part::Fraction(n) => {
                    let n = u32::from(n);
                    let kept = micros_of_day % MICROS_PER_SECOND as u64 / 10u64.pow(6 - n.min(6));
                    push_padded(out, kept, n.min(6) as usize);
                    out.extend((6..n).map(|_| '0'));
                }
                Part::Meridiem { is_upper } => out.push_str(match (hour >= 12, is_upper) {
                    (false, true) => "AM",
                    (true, true) => "PM",
                    (false, false) => "am",
                    (true, false) => "pm",
                }),
                Part::Name(style) if style.names == Names::Months => style.write(out, month),
                Part::Name(style) => style.write(out, weekday_of(days)),
                Part::Ordinal => out.push_str(ordinal(day)),
            }
        }
    }

    pub(super) fn offset_micros(&self) -> i64 {
        i64::from(self.offset_seconds) * MICROS_PER_SECOND
    }
}

/// From Monday, which is 1.
fn weekday_of(days: i32) -> u32 {
    // 1970-01-01 was a Thursday.
    (days + 3).rem_euclid(7) as u32 + 1
}

fn ordinal(day: u32) -> &'static str {
    match day {
        1 | 21 | 31 => "st",
        2 | 22 => "nd",
        3 | 23 => "rd",
        _ => "th",
    }
}

pub(super) fn micros_of_day(
    hour: u32,
    minute: u32,
    second: u32,
    micros: u32,
    is_afternoon: Option<bool>,
) -> Option<i64> {
    let hour = match is_afternoon {
        None => hour,
        Some(is_afternoon) => hour % 12 + if is_afternoon { 12 } else { 0 },
    };
    // A leap second would be written back as the next minute, so it is not read.
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = i64::from(hour * 3600 + minute * 60 + second);
    Some(seconds * MICROS_PER_SECOND + i64::from(micros))
}

/// Two-digit years are 1970 to 2069.
pub(super) fn full_year(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

/// One to `max` digits: their value and count.
pub(super) fn number(bytes: &[u8], at: &mut usize, max: usize) -> Option<(u32, usize)> {
    let start = *at;
    let mut value = 0;
    while let Some(digit) = bytes.get(*at).filter(|byte| byte.is_ascii_digit()) {
        if *at - start == max {
            return None;
        }
        value = value * 10 + u32::from(digit - b'0');
        *at += 1;
    }
    (*at > start).then_some((value, *at - start))
}

#[inline]
pub(super) fn two_digits(bytes: &[u8], at: &mut usize) -> Option<u32> {
    let (tens, ones) = (bytes.get(*at)?.wrapping_sub(b'0'), bytes.get(*at + 1)?.wrapping_sub(b'0'));
    if tens > 9 || ones > 9 {
        return None;
    }
    *at += 2;
    Some(u32::from(tens) * 10 + u32::from(ones))
}

/// Two digits, or one or two without a leading zero.
#[inline]
fn digits(bytes: &[u8], at: &mut usize, is_padded: bool) -> Option<u32> {
    if is_padded {
        return two_digits(bytes, at);
    }
    let (value, n_digits) = number(bytes, at, 2)?;
    (n_digits == 1 || value >= 10).then_some(value)
}

/// `n` decimals of a second, in microseconds. Digits after the sixth have to be zeros.
pub(super) fn fraction(bytes: &[u8], at: &mut usize, n: u8) -> Option<u32> {
    let mut micros = 0;
    for i in 0..n.max(6) {
        let digit = if i < n {
            let digit = bytes.get(*at)?.wrapping_sub(b'0');
            *at += 1;
            digit
        } else {
            0
        };
        if digit > 9 || (i >= 6 && digit != 0) {
            return None;
        }
        if i < 6 {
            micros = micros * 10 + u32::from(digit);
        }
    }
    Some(micros)
}

fn push_number(out: &mut String, value: u64, is_padded: bool) {
    push_padded(out, value, if is_padded { 2 } else { 1 });
}
