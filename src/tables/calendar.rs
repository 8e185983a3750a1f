//! Days, dates and date-times of the proleptic Gregorian calendar, UTC.

use std::fmt::Write;

pub(crate) const SECONDS_PER_DAY: i64 = 86_400;
pub(crate) const MICROS_PER_SECOND: i64 = 1_000_000;
pub(crate) const MICROS_PER_DAY: i64 = SECONDS_PER_DAY * MICROS_PER_SECOND;

/// A calendar date. `month` and `day` count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Civil {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

/// Days since 1970-01-01, or `None` where the calendar has no such day.
///
/// Years are shifted to begin in March, so that the leap day is the last one; a day of that year is then
/// a linear function of the month (153 days in each run of five months).
pub(crate) fn days_from_civil(date: Civil) -> Option<i32> {
    let Civil { year, month, day } = date;
    if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
        return None;
    }
    let shifted_year = i64::from(year) - i64::from(month <= 2);
    let shifted_month = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * shifted_month + 2) / 5 + i64::from(day) - 1;
    let leap_days = shifted_year.div_euclid(4) - shifted_year.div_euclid(100) + shifted_year.div_euclid(400);
    // 719,468 days lie between 0000-03-01 and 1970-01-01.
    i32::try_from(shifted_year * 365 + leap_days + day_of_year - 719_468).ok()
}

/// The inverse of [`days_from_civil`].
pub(crate) fn civil_from_days(days: i32) -> Civil {
    const DAYS_PER_400_YEARS: i64 = 146_097;
    let day = i64::from(days) + 719_468;
    let cycle = day.div_euclid(DAYS_PER_400_YEARS);
    let day_of_cycle = day.rem_euclid(DAYS_PER_400_YEARS);
    // Leap days before the day are taken off, so that years have 365 days.
    let year_of_cycle =
        (day_of_cycle - day_of_cycle / 1_460 + day_of_cycle / 36_524 - day_of_cycle / 146_096) / 365;
    let day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = cycle * 400 + year_of_cycle + i64::from(month <= 2);
    Civil {
        year: year as i32,
        month: month as u32,
        day: (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u32,
    }
}

pub(crate) fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// "2024-02-17"
pub(crate) fn write_date(out: &mut String, days: i32) {
    let Civil { year, month, day } = civil_from_days(days);
    // Writing to a string cannot fail.
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
}

/// "2024-02-17 17:00:00", with as many decimals of a second as are not zero.
pub(crate) fn write_date_time(out: &mut String, micros: i64) {
    let days = micros.div_euclid(MICROS_PER_DAY);
    let micros_of_day = micros.rem_euclid(MICROS_PER_DAY);
    write_date(out, days as i32);
    let seconds = micros_of_day / MICROS_PER_SECOND;
    let _ = write!(out, " {:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    let fraction = micros_of_day % MICROS_PER_SECOND;
    if fraction != 0 {
        let digits = format!("{fraction:06}");
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

/// "1:02:03", with as many decimals of a second as are not zero; hours are not cut at 24.
pub(crate) fn write_duration(out: &mut String, seconds: f64) {
    if !seconds.is_finite() || seconds.abs() >= 1e15 {
        let _ = write!(out, "{seconds}");
        return;
    }
    if seconds < 0.0 {
        out.push('-');
    }
    let seconds = seconds.abs();
    let whole = seconds.trunc();
    let micros = ((seconds - whole) * 1e6).round() as u64;
    let total = whole as u64 + micros / 1_000_000;
    let _ = write!(out, "{}:{:02}:{:02}", total / 3600, total / 60 % 60, total % 60);
    let fraction = micros % 1_000_000;
    if fraction != 0 {
        let digits = format!("{fraction:06}");
        out.push('.');
        out.push_str(digits.trim_end_matches('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> Civil {
        Civil { year, month, day }
    }

    #[test]
    fn known_days() {
        assert_eq!(days_from_civil(date(1970, 1, 1)), Some(0));
        assert_eq!(days_from_civil(date(2000, 3, 1)), Some(11_017));
        assert_eq!(days_from_civil(date(1969, 12, 31)), Some(-1));
        assert_eq!(days_from_civil(date(2024, 2, 30)), None);
        assert_eq!(days_from_civil(date(1900, 2, 29)), None);
        assert_eq!(days_from_civil(date(2024, 13, 1)), None);
    }

    #[test]
    fn days_and_dates_are_inverse() {
        let mut expected = days_from_civil(date(1, 1, 1)).unwrap();
        for year in 1..=2500 {
            for month in 1..=12 {
                for day in [1, days_in_month(year, month)] {
                    let days = days_from_civil(date(year, month, day)).unwrap();
                    assert_eq!(civil_from_days(days), date(year, month, day));
                    assert_eq!(days, expected + day as i32 - 1);
                }
                expected += days_in_month(year, month) as i32;
            }
        }
    }

    #[test]
    fn date_times_show_only_the_decimals_they_have() {
        let mut text = String::new();
        write_date_time(&mut text, -500_000);
        assert_eq!(text, "1969-12-31 23:59:59.5");
        text.clear();
        write_date_time(&mut text, 1_708_189_200 * MICROS_PER_SECOND);
        assert_eq!(text, "2024-02-17 17:00:00");
    }
}
