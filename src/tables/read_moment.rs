//! Dates, date-times and durations in any of their writings.

use super::calendar::{self, Civil};
use super::moment::{
    DateOrder, Moment, Part, Template, fraction, full_year, micros_of_day, number, two_digits,
};
use super::read_named::read_named;

/// Reads any date or date-time of the order, and the template of its writing.
///
/// Dates are three numbers joined by `-`, `/` or `.`; the year has four digits, or two at the end. A time
/// follows after `T`, spaces or a comma: `hh:mm`, then optionally seconds, decimals of them, AM or PM, and
/// `Z` or an offset from UTC.
///
/// Dates with the name of their month are read in every order, see [`read_named`].
pub(crate) fn read_moment(text: &str, order: DateOrder) -> Option<(Moment, Template)> {
    read_numeric(text, order).or_else(|| read_named(text))
}

fn read_numeric(text: &str, order: DateOrder) -> Option<(Moment, Template)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut parts = Vec::with_capacity(16);
    let (first, n_first) = number(bytes, &mut at, 4)?;
    let separator = *bytes.get(at).filter(|byte| matches!(byte, b'-' | b'/' | b'.'))?;
    at += 1;
    let (second, n_second) = number(bytes, &mut at, 2)?;
    if *bytes.get(at)? != separator {
        return None;
    }
    at += 1;
    let (third, n_third) = number(bytes, &mut at, 4)?;
    let (year, n_year, month, n_month, day, n_day) = match order {
        DateOrder::Ymd => (first, n_first, second, n_second, third, n_third),
        DateOrder::Dmy => (third, n_third, second, n_second, first, n_first),
        DateOrder::Mdy => (third, n_third, first, n_first, second, n_second),
    };
    let is_year = n_year == 4 || (n_year == 2 && order != DateOrder::Ymd);
    // "1.2.24" is as likely a version number as a date.
    let is_version_like = separator == b'.' && n_year == 2 && (n_month < 2 || n_day < 2);
    if !is_year || n_month > 2 || n_day > 2 || is_version_like {
        return None;
    }
    let year = if n_year == 2 { full_year(year) } else { year };
    let days = calendar::days_from_civil(Civil { year: year as i32, month, day })?;
    let year_part = if n_year == 4 { Part::Year4 } else { Part::Year2 };
    let month_part = Part::Month { is_padded: n_month == 2 };
    let day_part = Part::Day { is_padded: n_day == 2 };
    let dividing = Part::Byte(separator);
    match order {
        DateOrder::Ymd => parts.extend([year_part, dividing, month_part, dividing, day_part]),
        DateOrder::Dmy => parts.extend([day_part, dividing, month_part, dividing, year_part]),
        DateOrder::Mdy => parts.extend([month_part, dividing, day_part, dividing, year_part]),
    }
    let template = Template { parts, has_time: false, offset_seconds: 0 };
    with_time(bytes, at, Moment { days, micros_of_day: None, day, month }, template)
}

/// The date with the time that follows at `at`, if anything does.
pub(super) fn with_time(
    bytes: &[u8],
    mut at: usize,
    date: Moment,
    mut template: Template,
) -> Option<(Moment, Template)> {
    if at == bytes.len() {
        return Some((date, template));
    }
    let rest = bytes.get(at..)?;
    let n_divider = match rest {
        [b' ', b'a', b't', b' ', ..] => 4,
        // As servers write their logs.
        [b':', ..] if template.has_name() => 1,
        _ => rest.iter().take_while(|byte| matches!(byte, b' ' | b'T' | b't' | b',')).count(),
    };
    let divider = rest.get(..n_divider).filter(|divider| !divider.is_empty())?;
    if (2..4).contains(&divider.len()) && divider.iter().any(u8::is_ascii_alphabetic) {
        return None;
    }
    template.parts.extend(divider.iter().map(|byte| Part::Byte(*byte)));
    at += n_divider;
    let local = read_time(bytes, at, &mut template)?;
    template.has_time = true;
    let micros_of_day = local - template.offset_micros();
    Some((Moment { micros_of_day: Some(micros_of_day), ..date }, template))
}

/// Reads the time from `at` to the end, in microseconds since the local midnight.
fn read_time(bytes: &[u8], mut at: usize, template: &mut Template) -> Option<i64> {
    let (hour, n_hour) = number(bytes, &mut at, 2)?;
    let hour_idx = template.parts.len();
    template.parts.push(Part::Hour { is_padded: n_hour == 2, is_of_twelve: false });
    template.parts.push(Part::Byte(*bytes.get(at).filter(|byte| **byte == b':')?));
    at += 1;
    let minute = two_digits(bytes, &mut at)?;
    template.parts.push(Part::Minute);
    let (mut second, mut micros) = (0, 0);
    if bytes.get(at) == Some(&b':') {
        at += 1;
        second = two_digits(bytes, &mut at)?;
        template.parts.extend([Part::Byte(b':'), Part::Second]);
        if let Some(mark @ (b'.' | b',')) = bytes.get(at) {
            at += 1;
            let n_digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let n = u8::try_from(n_digits).ok().filter(|n| (1..=9).contains(n))?;
            let start = at;
            micros = fraction(bytes, &mut at, n.min(6))?;
            at = start + n_digits;
            template.parts.extend([Part::Byte(*mark), Part::Fraction(n)]);
        }
    }
    let mut is_afternoon = None;
    let mut rest = bytes.get(at..)?;
    if let Some((n_spaces, is_pm, is_upper)) = meridiem(rest) {
        template.parts.extend((0..n_spaces).map(|_| Part::Byte(b' ')));
        template.parts.push(Part::Meridiem { is_upper });
        *template.parts.get_mut(hour_idx)? = Part::Hour { is_padded: n_hour == 2, is_of_twelve: true };
        is_afternoon = Some(is_pm);
        rest = rest.get(n_spaces + 2..)?;
        if !(1..=12).contains(&hour) {
            return None;
        }
    }
    template.offset_seconds = zone(rest)?;
    template.parts.extend(rest.iter().map(|byte| Part::Byte(*byte)));
    micros_of_day(hour, minute, second, micros, is_afternoon)
}

/// Spaces before, PM, and whether in capitals.
fn meridiem(rest: &[u8]) -> Option<(usize, bool, bool)> {
    let n_spaces = usize::from(rest.first() == Some(&b' '));
    match rest.get(n_spaces..n_spaces + 2)? {
        b"AM" => Some((n_spaces, false, true)),
        b"PM" => Some((n_spaces, true, true)),
        b"am" => Some((n_spaces, false, false)),
        b"pm" => Some((n_spaces, true, false)),
        _ => None,
    }
}

/// Seconds that the written zone is ahead of UTC; nothing and `Z` are UTC.
fn zone(text: &[u8]) -> Option<i32> {
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let (sign, digits) = match text {
        [] | [b'Z' | b'z'] | b"UTC" | b"GMT" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    let mut at = 0;
    let hours = two_digits(digits, &mut at)?;
    if digits.get(at) == Some(&b':') {
        at += 1;
    }
    let minutes = if at == digits.len() && digits.len() == 2 { 0 } else { two_digits(digits, &mut at)? };
    if at != digits.len() || hours > 14 || minutes > 59 {
        return None;
    }
    Some(sign * (hours * 3600 + minutes * 60) as i32)
}

/// Reads "1:02:03", "-0:00:01.5": hours, minutes and seconds, as seconds with the count of decimals and
/// whether hours have two digits.
pub(crate) fn read_duration(text: &str) -> Option<(f64, u32, bool)> {
    let (is_negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let mut parts = unsigned.splitn(3, ':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let (whole, decimals) = seconds.split_once('.').map_or((seconds, None), |(a, b)| (a, Some(b)));
    let is_digits = |text: &str, n: std::ops::RangeInclusive<usize>| {
        n.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if !is_digits(hours, 1..=6)
        || !is_digits(minutes, 2..=2)
        || !is_digits(whole, 2..=2)
        || !decimals.is_none_or(|decimals| is_digits(decimals, 1..=6))
    {
        return None;
    }
    let (minutes, whole): (u32, u32) = (minutes.parse().ok()?, whole.parse().ok()?);
    if minutes > 59 || whole > 59 {
        return None;
    }
    let decimals = decimals.unwrap_or_default();
    let micros: f64 = if decimals.is_empty() { 0.0 } else { format!("0.{decimals}").parse().ok()? };
    let total = f64::from(hours.parse::<u32>().ok()? * 3600 + minutes * 60 + whole) + micros;
    Some((if is_negative { -total } else { total }, decimals.len() as u32, hours.len() > 1))
}

#[cfg(test)]
mod tests {
    use super::super::calendar::{MICROS_PER_DAY, MICROS_PER_SECOND};
    use super::*;

    fn micros(text: &str, order: DateOrder) -> Option<i64> {
        read_moment(text, order).map(|(moment, _)| moment.micros())
    }

    #[test]
    fn dates_of_every_order() {
        let expected = micros("2024-02-17", DateOrder::Ymd);
        assert_eq!(expected, Some(19_770 * MICROS_PER_DAY));
        for text in ["17/02/2024", "17.2.2024", "17-02-2024", "17/02/24", "17.02.24"] {
            assert_eq!(micros(text, DateOrder::Dmy), expected, "{text}");
        }
        assert_eq!(micros("2/17/2024", DateOrder::Mdy), expected);
        assert_eq!(micros("2/17/2024", DateOrder::Dmy), None);
        for text in
            ["1.2.3", "2024-02-30", "2024-02", "2024/02-17", "17/02/024", "2024-02-17x", "12345-01-01", ""]
        {
            for order in [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy] {
                assert_eq!(micros(text, order), None, "{text}");
            }
        }
    }

    #[test]
    fn times_zones_and_meridiems() {
        let at = |text| micros(text, DateOrder::Ymd);
        let expected = at("2024-02-17 17:00:00");
        assert_eq!(expected, Some(1_708_189_200 * MICROS_PER_SECOND));
        for text in [
            "2024-02-17T17:00",
            "2024-02-17T17:00:00Z",
            "2024-02-17 17:00:00.000",
            "2024-02-17T18:00:00+01:00",
            "2024-02-17 12:00 -0500",
            "2024-02-17, 5:00 PM",
            "2024-02-17T19:00:00+02",
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
        assert_eq!(at("2024-02-17 12:05 AM"), at("2024-02-17 00:05"));
        assert_eq!(at("2024-02-17 00:00:00.123456789").map(|t| t % MICROS_PER_SECOND), Some(123_456));
        for text in
            ["2024-02-17 24:00", "2024-02-17 5", "2024-02-17 13:00 PM", "2024-02-17 17:00:60", "2024-02-17T"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn a_template_reads_and_writes_its_own_texts() {
        for (text, order) in [
            ("2024-02-17", DateOrder::Ymd),
            ("17.02.2024", DateOrder::Dmy),
            ("2/7/2024 5:07 PM", DateOrder::Mdy),
            ("07/02/24 23:59:59", DateOrder::Dmy),
            ("2024-02-17T17:00:00.120+02:00", DateOrder::Ymd),
            ("2024-12-31T23:00:00.123456000Z", DateOrder::Ymd),
            ("2024-01-01 00:30:00-05:00", DateOrder::Ymd),
        ] {
            let (moment, template) = read_moment(text, order).unwrap();
            assert_eq!(template.parse(text.as_bytes()), Some(moment), "{text}");
            let mut written = String::new();
            template.write(&mut written, moment.micros());
            assert_eq!(written, text);
        }
        let (_, template) = read_moment("2/7/2024", DateOrder::Mdy).unwrap();
        assert_eq!(template.parse(b"02/7/2024"), None);
        assert!(template.parse(b"12/31/2024").is_some());
    }

    #[test]
    fn durations() {
        assert_eq!(read_duration("1:02:03"), Some((3723.0, 0, false)));
        assert_eq!(read_duration("01:02:03.5"), Some((3723.5, 1, true)));
        assert_eq!(read_duration("-00:00:01"), Some((-1.0, 0, true)));
        for text in ["1:2:3", "12:30", "00:60:00", "1:00:00:00", "a:00:00", ""] {
            assert_eq!(read_duration(text), None, "{text}");
        }
    }
}
