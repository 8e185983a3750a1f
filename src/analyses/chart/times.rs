//! Units of time: where each begins, which one suits a span, and parts of time that come again.

use super::places::Places;
use super::result::{ChartAxis, PlaceKind};
use super::spec::{ChartField, TimeUnit};
use crate::model::{EngineError, ErrorCode, Kind};
use crate::tables::{Codes, Table};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate};
use hashbrown::HashMap;

const SECONDS_PER_HOUR: i64 = 3_600;
const SECONDS_PER_DAY: i64 = 86_400;
/// A unit chosen by itself makes at most so many places.
const MAX_BY_ITSELF: i64 = 120;
/// The most places of a unit that was asked for.
const MAX_PLACES: usize = 5_000;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// Places of a date or date-time column. Fills in the unit.
pub(super) fn places(table: &Table, field: &mut ChartField, rows: &[u32]) -> Result<Places, EngineError> {
    let seconds = table.seconds(&field.column)?;
    let of_rows: Vec<Option<i64>> =
        rows.iter().map(|row| seconds.get(*row as usize).copied().flatten()).collect();
    drop(seconds);
    let present = || of_rows.iter().flatten().copied();
    let (Some(first), Some(last)) = (present().min(), present().max()) else {
        return Ok(Places { of_row: vec![Codes::MISSING; rows.len()], ..Places::default() });
    };
    if field.time_unit == TimeUnit::Auto {
        let has_hours = table.kind(&field.column)? == Kind::DateTime;
        field.time_unit = suited(first, last, has_hours);
    }
    let unit = field.time_unit;
    if let Some(names) = cyclic_names(unit) {
        let part = |seconds: &Option<i64>| seconds.map_or(Codes::MISSING, |seconds| part(seconds, unit));
        let axis = ChartAxis {
            label: format!("{} of {}", label(unit), field.column),
            scale: PlaceKind::Categories,
            names,
            ..ChartAxis::default()
        };
        let at = (0..axis.names.len()).map(|idx| idx as f64).collect();
        return Ok(Places { axis, at, of_row: of_rows.iter().map(part).collect() });
    }
    let starts = starts(first, last, unit).ok_or_else(|| too_many(field))?;
    let mut kept: HashMap<i64, u32> = HashMap::new();
    let grain = if unit == TimeUnit::Hour { SECONDS_PER_HOUR } else { SECONDS_PER_DAY };
    let place = |seconds: i64| {
        let grain_idx = seconds.div_euclid(grain);
        *kept.entry(grain_idx).or_insert_with(|| {
            // The last one that begins at or before it.
            starts.partition_point(|start| *start <= seconds).saturating_sub(1) as u32
        })
    };
    let mut place = place;
    let of_row = of_rows.iter().map(|seconds| seconds.map_or(Codes::MISSING, &mut place)).collect();
    let at: Vec<f64> = starts.iter().map(|start| *start as f64).collect();
    let end = starts.last().and_then(|last| after(*last, unit)).map(|end| end as f64);
    let axis = ChartAxis {
        label: field.column.clone(),
        scale: PlaceKind::Times,
        edges: at.iter().copied().chain(end).collect(),
        edges_are_times: true,
        ..ChartAxis::default()
    };
    Ok(Places { axis, at, of_row })
}

fn too_many(field: &ChartField) -> EngineError {
    let message = format!("\"{}\" spans more than 5,000 of this unit.", field.column);
    EngineError::new(ErrorCode::BadOption, message)
        .at_column(&field.column)
        .hint("Choose a longer unit of time, or filter the rows.")
}

/// The finest unit that makes a readable number of places.
fn suited(first: i64, last: i64, has_hours: bool) -> TimeUnit {
    let n_days = (last - first) / SECONDS_PER_DAY + 1;
    let units = [
        (TimeUnit::Hour, n_days * 24),
        (TimeUnit::Day, n_days),
        (TimeUnit::Week, n_days / 7),
        (TimeUnit::Month, n_days / 30),
        (TimeUnit::Quarter, n_days / 91),
    ];
    let fits = |(unit, n): &&(TimeUnit, i64)| *n <= MAX_BY_ITSELF && (has_hours || *unit != TimeUnit::Hour);
    units.iter().find(fits).map_or(TimeUnit::Year, |(unit, _)| *unit)
}

/// Where every unit from the first to the last begins; `None` for too many, or a date that the calendar does not have.
fn starts(first: i64, last: i64, unit: TimeUnit) -> Option<Vec<i64>> {
    if unit == TimeUnit::Hour {
        let (from, to) = (first.div_euclid(SECONDS_PER_HOUR), last.div_euclid(SECONDS_PER_HOUR));
        let is_small = to - from < MAX_PLACES as i64;
        return is_small.then(|| (from..=to).map(|hour| hour * SECONDS_PER_HOUR).collect());
    }
    let (mut day, last) = (start_of(date(first)?, unit)?, date(last)?);
    let mut starts = Vec::new();
    while day <= last {
        if starts.len() == MAX_PLACES {
            return None;
        }
        starts.push(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp());
        day = next(day, unit)?;
    }
    Some(starts)
}

fn next(day: NaiveDate, unit: TimeUnit) -> Option<NaiveDate> {
    match unit {
        TimeUnit::Year => day.checked_add_months(Months::new(12)),
        TimeUnit::Quarter => day.checked_add_months(Months::new(3)),
        TimeUnit::Month => day.checked_add_months(Months::new(1)),
        TimeUnit::Week => day.checked_add_days(Days::new(7)),
        _ => day.checked_add_days(Days::new(1)),
    }
}

/// Where the unit ends that begins at these seconds.
fn after(start: i64, unit: TimeUnit) -> Option<i64> {
    if unit == TimeUnit::Hour {
        return Some(start + SECONDS_PER_HOUR);
    }
    Some(next(date(start)?, unit)?.and_hms_opt(0, 0, 0)?.and_utc().timestamp())
}

fn date(seconds: i64) -> Option<NaiveDate> {
    DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive())
}

fn start_of(day: NaiveDate, unit: TimeUnit) -> Option<NaiveDate> {
    match unit {
        TimeUnit::Year => day.with_day(1)?.with_month(1),
        TimeUnit::Quarter => day.with_day(1)?.with_month0(day.month0() / 3 * 3),
        TimeUnit::Month => day.with_day(1),
        TimeUnit::Week => day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))),
        _ => Some(day),
    }
}

/// The names of a part of time that comes again; `None` for units that do not.
fn cyclic_names(unit: TimeUnit) -> Option<Vec<String>> {
    match unit {
        TimeUnit::MonthOfYear => Some(MONTHS.map(str::to_owned).to_vec()),
        TimeUnit::Weekday => Some(WEEKDAYS.map(str::to_owned).to_vec()),
        TimeUnit::HourOfDay => Some((0..24).map(|hour| format!("{hour:02}:00")).collect()),
        _ => None,
    }
}

fn part(seconds: i64, unit: TimeUnit) -> u32 {
    match unit {
        TimeUnit::MonthOfYear => date(seconds).map_or(0, |day| day.month0()),
        // 1970-01-01 was a Thursday.
        TimeUnit::Weekday => (seconds.div_euclid(SECONDS_PER_DAY) + 3).rem_euclid(7) as u32,
        _ => (seconds.rem_euclid(SECONDS_PER_DAY) / SECONDS_PER_HOUR) as u32,
    }
}

/// Days from Monday of the day that begins at these seconds.
pub(super) fn weekday(seconds: f64) -> u32 {
    part(seconds as i64, TimeUnit::Weekday)
}

/// The unit in words.
pub(super) fn label(unit: TimeUnit) -> &'static str {
    match unit {
        TimeUnit::Auto => "time",
        TimeUnit::Year => "year",
        TimeUnit::Quarter => "quarter",
        TimeUnit::Month | TimeUnit::MonthOfYear => "month",
        TimeUnit::Week => "week",
        TimeUnit::Day => "day",
        TimeUnit::Hour => "hour",
        TimeUnit::Weekday => "weekday",
        TimeUnit::HourOfDay => "hour",
    }
}

/// A place in time as people write it: "2024", "2024 Q1", "March 2024", "2024-03-04", "2024-03-04 13:00".
pub(super) fn name(seconds: f64, unit: TimeUnit) -> String {
    let seconds = seconds as i64;
    let Some(day) = date(seconds) else { return String::new() };
    let month = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
    match unit {
        TimeUnit::Year => day.year().to_string(),
        TimeUnit::Quarter => format!("{} Q{}", day.year(), day.month0() / 3 + 1),
        TimeUnit::Month => format!("{month} {}", day.year()),
        TimeUnit::Hour => format!("{day} {:02}:00", seconds.rem_euclid(SECONDS_PER_DAY) / SECONDS_PER_HOUR),
        _ => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = SECONDS_PER_DAY;

    #[test]
    fn the_unit_follows_the_span() {
        assert_eq!(suited(0, 4 * DAY, true), TimeUnit::Hour);
        assert_eq!(suited(0, 4 * DAY, false), TimeUnit::Day);
        assert_eq!(suited(0, 119 * DAY, true), TimeUnit::Day);
        assert_eq!(suited(0, 800 * DAY, true), TimeUnit::Week);
        assert_eq!(suited(0, 3_000 * DAY, true), TimeUnit::Month);
        assert_eq!(suited(0, 10_000 * DAY, true), TimeUnit::Quarter);
        assert_eq!(suited(0, 100_000 * DAY, true), TimeUnit::Year);
    }

    #[test]
    fn units_begin_where_the_calendar_says() {
        let names = |first: &str, last: &str, unit| -> Vec<String> {
            let seconds = |text: &str| {
                text.parse::<NaiveDate>().unwrap().and_hms_opt(13, 30, 0).unwrap().and_utc().timestamp()
            };
            let found = starts(seconds(first), seconds(last), unit).unwrap();
            found.into_iter().map(|start| name(start as f64, unit)).collect()
        };
        assert_eq!(
            names("2023-12-31", "2024-03-01", TimeUnit::Month),
            ["December 2023", "January 2024", "February 2024", "March 2024"]
        );
        assert_eq!(names("2023-12-31", "2024-04-01", TimeUnit::Quarter), ["2023 Q4", "2024 Q1", "2024 Q2"]);
        assert_eq!(
            names("2024-02-28", "2024-03-01", TimeUnit::Day),
            ["2024-02-28", "2024-02-29", "2024-03-01"]
        );
        assert_eq!(names("2024-03-01", "2024-03-04", TimeUnit::Week), ["2024-02-26", "2024-03-04"]);
        assert_eq!(names("1969-12-31", "1970-01-01", TimeUnit::Year), ["1969", "1970"]);
        assert_eq!(weekday(-1.0), 2, "a Wednesday");
    }
}
