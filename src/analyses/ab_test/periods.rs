//! Rows by day, week or month, whichever gives a readable number of periods.

use chrono::{DateTime, Datelike, Days, NaiveDate};

/// More points than this are not read off a chart.
const MAX_PERIODS: i64 = 100;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Periods {
    /// "day", "week" or "month".
    pub length: &'static str,
    /// First day of each period that has rows, in order.
    pub starts: Vec<NaiveDate>,
    /// The rows of each period.
    pub rows: Vec<Vec<u32>>,
}

/// Sorts `indices` into periods by their time. Rows without a time are in none.
pub(super) fn periods(time_of: &[Option<i64>], indices: &[u32]) -> Periods {
    let day_of = |index: &u32| {
        let seconds = time_of[*index as usize]?;
        DateTime::from_timestamp(seconds, 0).map(|time| time.date_naive())
    };
    let dated: Vec<(NaiveDate, u32)> =
        indices.iter().filter_map(|index| Some((day_of(index)?, *index))).collect();
    let (Some(first), Some(last)) =
        (dated.iter().map(|(day, _)| *day).min(), dated.iter().map(|(day, _)| *day).max())
    else {
        return Periods { length: "day", starts: Vec::new(), rows: Vec::new() };
    };
    let n_days = (last - first).num_days() + 1;
    let (length, start_of): (_, fn(NaiveDate) -> NaiveDate) = if n_days <= MAX_PERIODS {
        ("day", |day| day)
    } else if n_days <= 7 * MAX_PERIODS {
        ("week", monday_of)
    } else {
        ("month", |day| day.with_day(1).unwrap_or(day))
    };
    let mut by_start = std::collections::BTreeMap::<NaiveDate, Vec<u32>>::new();
    for (day, index) in dated {
        by_start.entry(start_of(day)).or_default().push(index);
    }
    let (starts, rows) = by_start.into_iter().unzip();
    Periods { length, starts, rows }
}

fn monday_of(day: NaiveDate) -> NaiveDate {
    day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday()))).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn the_length_follows_the_span() {
        let at = |days: &[i64]| -> Vec<Option<i64>> { days.iter().map(|day| Some(day * DAY + 5)).collect() };
        let all: Vec<u32> = (0..3).collect();
        assert_eq!(periods(&at(&[0, 1, 99]), &all).length, "day");
        let weeks = periods(&at(&[0, 3, 100]), &all);
        assert_eq!(weeks.length, "week");
        // 1970-01-01 was a Thursday.
        assert_eq!(weeks.starts[0].to_string(), "1969-12-29");
        assert_eq!(weeks.rows, [vec![0, 1], vec![2]]);
        assert_eq!(periods(&at(&[0, 1, 900]), &all).length, "month");
        assert_eq!(periods(&[None, None], &[0, 1]).starts, []);
    }
}
