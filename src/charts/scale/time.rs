//! Dates: civil calendar arithmetic in UTC, and ticks at days, weeks, months and years.
//!
//! The conversions between days and dates follow Howard Hinnant, "chrono-compatible low-level date
//! algorithms" (proleptic Gregorian calendar, eras of 400 years).

use super::{DAY_SECONDS, Ticks, nice_step};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A day of the civil calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Date {
    year: i64,
    /// 1 to 12.
    month: i64,
    /// 1 to 31.
    day: i64,
}

/// Days since 1970-01-01 of "2024-03-04"; a time after the date is ignored. `None` if it is no date.
pub fn days_of_iso_date(text: &str) -> Option<i64> {
    let date = text.trim().get(..10)?;
    let mut parts = date.split('-');
    let mut part = || parts.next()?.parse::<i64>().ok();
    let date = Date { year: part()?, month: part()?, day: part()? };
    let days = days_from_date(date);
    // 2024-02-30 is read as no date: it does not come back as itself.
    (date_from_days(days) == date).then_some(days)
}

/// "2024-03-04" of days since 1970-01-01.
pub fn iso_date(days: i64) -> String {
    let Date { year, month, day } = date_from_days(days);
    format!("{year:04}-{month:02}-{day:02}")
}

/// About `n` ticks over a span of seconds since 1970 UTC.
pub fn time_ticks(domain: (f64, f64), n: usize) -> Ticks {
    let (low, high) = (domain.0.min(domain.1), domain.0.max(domain.1));
    if !(low.is_finite() && high.is_finite()) {
        return Ticks::default();
    }
    let step = Step::for_width((high - low) / n.max(1) as f64);
    let values = step.values(low, high);
    let years: Vec<i64> = values.iter().map(|&x| date_of(x).year).collect();
    let first_year = years.first().copied().unwrap_or(date_of(low).year);
    let one_year = !matches!(step, Step::Years(_)) && years.iter().all(|year| *year == first_year);
    let labels = values.iter().map(|&x| step.label(x, one_year)).collect();
    Ticks { values, labels, context: one_year.then(|| first_year.to_string()) }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Step {
    Minutes(i64),
    Hours(i64),
    Days(i64),
    /// Mondays.
    Weeks(i64),
    Months(i64),
    Years(i64),
}

impl Step {
    /// The shortest step that is at least this long.
    fn for_width(seconds: f64) -> Self {
        const STEPS: [(f64, Step); 17] = [
            (1.0 / 1440.0, Step::Minutes(1)),
            (5.0 / 1440.0, Step::Minutes(5)),
            (15.0 / 1440.0, Step::Minutes(15)),
            (30.0 / 1440.0, Step::Minutes(30)),
            (1.0 / 24.0, Step::Hours(1)),
            (3.0 / 24.0, Step::Hours(3)),
            (6.0 / 24.0, Step::Hours(6)),
            (12.0 / 24.0, Step::Hours(12)),
            (1.0, Step::Days(1)),
            (2.0, Step::Days(2)),
            (7.0, Step::Weeks(1)),
            (14.0, Step::Weeks(2)),
            (31.0, Step::Months(1)),
            (62.0, Step::Months(2)),
            (92.0, Step::Months(3)),
            (184.0, Step::Months(6)),
            (366.0, Step::Years(1)),
        ];
        let days = seconds / DAY_SECONDS;
        match STEPS.iter().find(|(length, _)| *length >= days) {
            Some((_, step)) => *step,
            None => Self::Years(nice_step(days / 365.25, 1).max(1.0) as i64),
        }
    }

    fn values(self, low: f64, high: f64) -> Vec<f64> {
        let day_of = |seconds: f64| (seconds / DAY_SECONDS).floor() as i64;
        let from_days = |days: i64| days as f64 * DAY_SECONDS;
        let candidates: Vec<f64> = match self {
            Self::Minutes(minutes) => every(low, high, minutes as f64 * 60.0, 0.0),
            Self::Hours(hours) => every(low, high, hours as f64 * 3600.0, 0.0),
            Self::Days(days) => every(low, high, days as f64 * DAY_SECONDS, from_days(day_of(low))),
            // 1970-01-05 was a Monday.
            Self::Weeks(weeks) => every(low, high, 7.0 * weeks as f64 * DAY_SECONDS, from_days(4)),
            Self::Months(months) => {
                let index = |seconds: f64| {
                    let date = date_of(seconds);
                    date.year * 12 + date.month - 1
                };
                let first = index(low).div_euclid(months) * months;
                (first..=index(high) + months)
                    .step_by(months.max(1) as usize)
                    .map(|month| Date { year: month.div_euclid(12), month: month.rem_euclid(12) + 1, day: 1 })
                    .map(|date| from_days(days_from_date(date)))
                    .collect()
            }
            Self::Years(years) => {
                let first = date_of(low).year.div_euclid(years) * years;
                (first..=date_of(high).year + years)
                    .step_by(years.max(1) as usize)
                    .map(|year| from_days(days_from_date(Date { year, month: 1, day: 1 })))
                    .collect()
            }
        };
        candidates.into_iter().filter(|x| (low..=high).contains(x)).take(100).collect()
    }

    fn label(self, seconds: f64, is_year_known: bool) -> String {
        let date = date_of(seconds);
        let month = MONTHS.get((date.month - 1) as usize).copied().unwrap_or_default();
        match self {
            Self::Minutes(_) | Self::Hours(_) => match clock(seconds) {
                (0, 0) => format!("{} {month}", date.day),
                (hour, minute) => format!("{hour:02}:{minute:02}"),
            },
            Self::Days(_) | Self::Weeks(_) if is_year_known => format!("{} {month}", date.day),
            Self::Days(_) | Self::Weeks(_) => format!("{} {month} {}", date.day, date.year),
            Self::Months(_) if is_year_known => month.into(),
            Self::Months(_) => format!("{month} {}", date.year),
            Self::Years(_) => date.year.to_string(),
        }
    }
}

/// How much of a time is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Precision {
    Year,
    Quarter,
    Month,
    Day,
    /// The time of the day where it is not midnight.
    Minute,
}

/// A time in words, of seconds since 1970 UTC: "2024", "Q1 2024", "Mar 2024", "4 Mar 2024", "4 Mar 2024, 12:30".
pub fn time_text(seconds: f64, precision: Precision) -> String {
    if !seconds.is_finite() {
        return "\u{2013}".into();
    }
    let Date { year, month, day } = date_of(seconds);
    let name = MONTHS.get((month - 1) as usize).copied().unwrap_or_default();
    match (precision, clock(seconds)) {
        (Precision::Year, _) => year.to_string(),
        (Precision::Quarter, _) => format!("Q{} {year}", (month + 2) / 3),
        (Precision::Month, _) => format!("{name} {year}"),
        (Precision::Day, _) | (Precision::Minute, (0, 0)) => format!("{day} {name} {year}"),
        (Precision::Minute, (hour, minute)) => format!("{day} {name} {year}, {hour:02}:{minute:02}"),
    }
}

/// "2024-03-04", or "2024-03-04T12:30:00" where it is not midnight.
pub fn iso_time(seconds: f64) -> String {
    let date = iso_date((seconds / DAY_SECONDS).floor() as i64);
    match seconds.rem_euclid(DAY_SECONDS) as i64 {
        0 => date,
        of_day => format!("{date}T{:02}:{:02}:{:02}", of_day / 3600, of_day / 60 % 60, of_day % 60),
    }
}

/// Hour and minute of the day, rounded to the nearest minute before midnight.
fn clock(seconds: f64) -> (i64, i64) {
    let minutes = ((seconds.rem_euclid(DAY_SECONDS) / 60.0).round() as i64).min(1439);
    (minutes / 60, minutes % 60)
}

/// Multiples of a step, counted from an origin.
fn every(low: f64, high: f64, step: f64, origin: f64) -> Vec<f64> {
    let first = ((low - origin) / step).ceil();
    let n = (((high - origin) / step).floor() - first + 1.0).clamp(0.0, 100.0) as usize;
    (0..n).map(|i| origin + (first + i as f64) * step).collect()
}

fn date_of(seconds: f64) -> Date {
    date_from_days((seconds / DAY_SECONDS).floor() as i64)
}

fn days_from_date(date: Date) -> i64 {
    let year = if date.month <= 2 { date.year - 1 } else { date.year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    // Years start in March, so that the leap day is the last.
    let month = (date.month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + date.day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn date_from_days(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    Date { year: year_of_era + era * 400 + i64::from(month <= 2), month, day }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str) -> f64 {
        days_of_iso_date(date).unwrap() as f64 * DAY_SECONDS
    }

    #[test]
    fn dates_come_back_as_themselves() {
        assert_eq!(days_of_iso_date("1970-01-01"), Some(0));
        assert_eq!(days_of_iso_date("2024-03-01"), Some(19_783));
        assert_eq!(days_of_iso_date("2024-02-30"), None);
        assert_eq!(days_of_iso_date("soon"), None);
        for days in (-200_000..200_000).step_by(97) {
            assert_eq!(days_of_iso_date(&iso_date(days)), Some(days));
        }
    }

    #[test]
    fn times_are_told_as_precisely_as_they_are_meant() {
        let noon = at("2024-03-04") + 45_000.0;
        let told = [Precision::Year, Precision::Quarter, Precision::Month, Precision::Day, Precision::Minute]
            .map(|precision| time_text(noon, precision));
        assert_eq!(told, ["2024", "Q1 2024", "Mar 2024", "4 Mar 2024", "4 Mar 2024, 12:30"]);
        assert_eq!(iso_time(noon), "2024-03-04T12:30:00");
        assert_eq!(iso_time(at("2024-03-04")), "2024-03-04");
        let hour = time_ticks((noon, noon + 3600.0), 5);
        assert_eq!(hour.labels, ["12:30", "12:45", "13:00", "13:15", "13:30"]);
    }

    #[test]
    fn two_weeks_have_days_and_a_year_has_months() {
        let fortnight = time_ticks((at("2024-03-04"), at("2024-03-17")), 7);
        assert_eq!(fortnight.labels.first().map(String::as_str), Some("4 Mar"));
        assert_eq!(fortnight.context.as_deref(), Some("2024"));
        let year = time_ticks((at("2023-07-01"), at("2024-06-30")), 6);
        assert_eq!(year.labels[0], "Jul 2023");
        assert_eq!(year.context, None);
        let decade = time_ticks((at("2010-01-01"), at("2020-01-01")), 5);
        assert!(decade.labels.iter().all(|label| label.len() == 4), "{:?}", decade.labels);
    }
}
