//! The profile of a table: a summary of each column.

use super::Table;
use super::values::{Slots, Values, write_integer, write_number};
use super::{calendar, natural};
use crate::model::{
    ColumnProfile, EngineError, Filter, HistogramBin, Kind, NumberProfile, TableProfile, ValueCount,
};
use crate::pace::Pace;
use hashbrown::HashMap;
use std::cmp::Ordering;

/// Different values are counted up to here.
const MAX_UNIQUE: usize = 100_000;
const MAX_TOP: usize = 10;
const MAX_BINS: usize = 20;
/// Rows between two steps of the pace.
const SLICE_ROWS: usize = 65_536;
/// Rows sorted at once.
const RUN_ROWS: usize = 32_768;

impl Table {
    /// Summarises every column over the rows that pass the filters. The errors of [`Table::rows_where`], and
    /// `cancelled`.
    pub async fn profile(&self, filter: &[Filter], pace: &Pace) -> Result<TableProfile, EngineError> {
        let rows = if filter.is_empty() { None } else { Some(self.rows_where(filter)?) };
        let n_rows = rows.as_ref().map_or(self.n_rows(), Vec::len);
        let n_columns = self.n_columns();
        let mut columns = Vec::with_capacity(n_columns);
        for (at, name) in self.column_names().into_iter().enumerate() {
            let part = |share: f64| (at as f64 + share) / n_columns as f64;
            let pace = pace.part(part(0.0), part(1.0));
            let stage = format!("profiling {name}");
            pace.step(0.0, &stage).await?;
            let kind = self.meta(at)?.kind;
            let work = Work { rows: rows.as_deref(), n_rows, pace: &pace, stage: &stage };
            columns.push(profile_column(name, kind, self.values_at(at)?, &work).await?);
        }
        Ok(TableProfile { table: self.name().to_owned(), n_rows: n_rows as u64, columns })
    }
}

/// The rows to look at, and how to report on the way.
struct Work<'a> {
    rows: Option<&'a [u32]>,
    n_rows: usize,
    pace: &'a Pace,
    stage: &'a str,
}

impl Work<'_> {
    fn row(&self, position: usize) -> usize {
        self.rows.map_or(position, |rows| rows.get(position).map_or(usize::MAX, |row| *row as usize))
    }

    /// Calls `take` with every row.
    async fn each(&self, mut take: impl FnMut(usize)) -> Result<(), EngineError> {
        let mut start = 0;
        while start < self.n_rows {
            let end = (start + SLICE_ROWS).min(self.n_rows);
            for position in start..end {
                take(self.row(position));
            }
            start = end;
            self.pace.step(0.5 * end as f64 / self.n_rows as f64, self.stage).await?;
        }
        Ok(())
    }

    /// The values that are there, ascending: sorted in runs that are then merged, so that the pace is kept.
    async fn sorted<T: Copy>(
        &self,
        slots: Slots<'_, T>,
        map: impl Fn(T) -> T,
        compare: impl Fn(&T, &T) -> Ordering,
    ) -> Result<Vec<T>, EngineError> {
        let mut values = Vec::with_capacity(self.n_rows);
        self.each(|row| values.extend(slots.get(row).map(&map))).await?;
        for run in values.chunks_mut(RUN_ROWS) {
            run.sort_unstable_by(&compare);
            self.pace.step(0.6, self.stage).await?;
        }
        let mut merged = Vec::with_capacity(values.len());
        let mut run_rows = RUN_ROWS;
        while run_rows < values.len() {
            merged.clear();
            for pair in values.chunks(2 * run_rows) {
                let (mut a, mut b) = pair.split_at(run_rows.min(pair.len()));
                while let (Some(x), Some(y)) = (a.first(), b.first()) {
                    let (value, rest) = if compare(y, x).is_lt() { (y, &mut b) } else { (x, &mut a) };
                    merged.push(*value);
                    *rest = rest.get(1..).unwrap_or_default();
                    if merged.len() % SLICE_ROWS == 0 {
                        self.pace.step(0.8, self.stage).await?;
                    }
                }
                merged.extend_from_slice(a);
                merged.extend_from_slice(b);
            }
            std::mem::swap(&mut values, &mut merged);
            run_rows *= 2;
        }
        Ok(values)
    }
}

async fn profile_column(
    name: &str,
    kind: Kind,
    values: Values<'_>,
    work: &Work<'_>,
) -> Result<ColumnProfile, EngineError> {
    let mut profile = match values {
        Values::Integers(slots) => {
            let values = work.sorted(slots, |value| value, Ord::cmp).await?;
            let numbers = || numbers(&values, |value| value as f64);
            let numbers = if kind.is_numeric() { numbers() } else { None };
            ordered(&values, numbers, |out, value| write_integer(out, value, kind))
        }
        Values::Numbers(slots) => {
            // Adding zero makes -0 and 0 one value.
            let values = work.sorted(slots, |value| value + 0.0, f64::total_cmp).await?;
            let numbers = if kind.is_numeric() { numbers(&values, |value| value) } else { None };
            ordered(&values, numbers, |out, value| write_number(out, value, kind))
        }
        Values::Days(slots) => {
            let values = work.sorted(slots, |value| value, Ord::cmp).await?;
            ordered(&values, None, calendar::write_date)
        }
        Values::Micros(slots) => {
            let values = work.sorted(slots, |value| value, Ord::cmp).await?;
            ordered(&values, None, calendar::write_date_time)
        }
        Values::Levels(slots, levels) => {
            let mut counts = vec![0u64; levels.len()];
            work.each(|row| {
                if let Some(count) = slots.get(row).and_then(|code| counts.get_mut(code as usize)) {
                    *count += 1;
                }
            })
            .await?;
            let numbers = if kind.is_numeric() { two_numbers(&counts) } else { None };
            let present =
                || levels.iter().map(String::as_str).zip(counts.iter().copied()).filter(|(_, n)| *n > 0);
            let (min, max) = (present().next(), present().next_back());
            ColumnProfile { numbers, ..named(present(), min.zip(max).map(|(min, max)| (min.0, max.0))) }
        }
        Values::Texts(array) => {
            let mut counts: HashMap<&str, u64> = HashMap::new();
            work.each(|row| {
                if let Some(text) = array.get(row) {
                    *counts.entry(text).or_default() += 1;
                }
            })
            .await?;
            let min = counts.keys().copied().min_by(|a, b| natural::compare(a, b));
            let max = counts.keys().copied().max_by(|a, b| natural::compare(a, b));
            named(counts.into_iter(), min.zip(max))
        }
    };
    profile.name = name.to_owned();
    profile.kind = kind;
    profile.n_missing = work.n_rows as u64 - profile.n;
    Ok(profile)
}

/// A profile of ascending values.
fn ordered<T: Copy + PartialEq>(
    values: &[T],
    numbers: Option<NumberProfile>,
    write: impl Fn(&mut String, T),
) -> ColumnProfile {
    let text = |value: T| {
        let mut text = String::new();
        write(&mut text, value);
        text
    };
    let runs = || values.chunk_by(|a, b| a == b);
    let mut top: Vec<(usize, T)> = Vec::new();
    for (n, value) in runs().filter_map(|run| Some((run.len(), *run.first()?))) {
        if top.len() < MAX_TOP || top.last().is_some_and(|(least, _)| n > *least) {
            // Equal counts stay in the order of their values.
            let place = top.partition_point(|(other, _)| *other >= n);
            top.insert(place, (n, value));
            top.truncate(MAX_TOP);
        }
    }
    let n_unique = runs().count();
    ColumnProfile {
        n: values.len() as u64,
        n_unique: (n_unique <= MAX_UNIQUE).then_some(n_unique as u64),
        min: values.first().map(|value| text(*value)),
        max: values.last().map(|value| text(*value)),
        numbers,
        top: top.into_iter().map(|(n, value)| ValueCount { value: text(value), n: n as u64 }).collect(),
        ..blank()
    }
}

/// A profile of different texts with their counts.
fn named<'a>(counts: impl Iterator<Item = (&'a str, u64)>, range: Option<(&str, &str)>) -> ColumnProfile {
    let counts: Vec<(&str, u64)> = counts.collect();
    let n_unique = counts.len();
    let n = counts.iter().map(|(_, n)| n).sum();
    let mut top: Vec<(&str, u64)> = Vec::new();
    let goes_before =
        |a: &(&str, u64), b: &(&str, u64)| b.1.cmp(&a.1).then_with(|| natural::compare(a.0, b.0)).is_lt();
    for entry in counts {
        if top.len() < MAX_TOP || top.last().is_some_and(|last| goes_before(&entry, last)) {
            let place = top.partition_point(|other| goes_before(other, &entry));
            top.insert(place, entry);
            top.truncate(MAX_TOP);
        }
    }
    ColumnProfile {
        n,
        n_unique: (n_unique <= MAX_UNIQUE).then_some(n_unique as u64),
        min: range.map(|(min, _)| min.to_owned()),
        max: range.map(|(_, max)| max.to_owned()),
        top: top.into_iter().map(|(value, n)| ValueCount { value: value.to_owned(), n }).collect(),
        ..blank()
    }
}

fn blank() -> ColumnProfile {
    ColumnProfile {
        name: String::new(),
        kind: Kind::Text,
        n: 0,
        n_missing: 0,
        n_unique: Some(0),
        min: None,
        max: None,
        numbers: None,
        top: Vec::new(),
    }
}

/// The numbers of a column of yes and no, as 1 and 0.
fn two_numbers(counts: &[u64]) -> Option<NumberProfile> {
    let n_no = counts.first().copied().unwrap_or(0) as usize;
    let n_yes = counts.get(1).copied().unwrap_or(0) as usize;
    let values: Vec<u8> = std::iter::repeat_n(0, n_no).chain(std::iter::repeat_n(1, n_yes)).collect();
    numbers(&values, f64::from)
}

/// Mean, standard deviation, quartiles and histogram of ascending values; `None` where there are none, or
/// where one is infinite.
fn numbers<T: Copy>(values: &[T], number: impl Fn(T) -> f64) -> Option<NumberProfile> {
    let (low, high) = (number(*values.first()?), number(*values.last()?));
    if !low.is_finite() || !high.is_finite() {
        return None;
    }
    let n = values.len() as f64;
    // Sums are taken around a value of the column, so that a large common part does not eat the digits.
    let center = number(*values.get(values.len() / 2)?);
    let mean_offset = values.iter().map(|value| number(*value) - center).sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (number(*value) - center - mean_offset).powi(2)).sum();
    let quantile = |p: f64| quantile(values, &number, p);
    Some(NumberProfile {
        mean: center + mean_offset,
        sd: (values.len() > 1).then(|| (squares / (n - 1.0)).sqrt()),
        q1: quantile(0.25)?,
        median: quantile(0.5)?,
        q3: quantile(0.75)?,
        histogram: histogram(values, number, low, high),
    })
}

/// Type 7: the quantile p lies at position (n - 1) p of the ascending values (Hyndman and Fan 1996). `None` where
/// there are no values.
pub(super) fn quantile<T: Copy>(values: &[T], number: impl Fn(T) -> f64, p: f64) -> Option<f64> {
    let last = *values.last()?;
    let position = (values.len() as f64 - 1.0) * p;
    let below = number(values.get(position.floor() as usize).copied().unwrap_or(last));
    let above = number(values.get(position.ceil() as usize).copied().unwrap_or(last));
    Some(below + (above - below) * position.fract())
}

/// At most 20 bins whose edges are round numbers.
fn histogram<T: Copy>(values: &[T], number: impl Fn(T) -> f64, low: f64, high: f64) -> Vec<HistogramBin> {
    let edges = nice_edges(low, high);
    let mut start = 0;
    let n_bins = edges.len().saturating_sub(1);
    edges
        .windows(2)
        .zip(1..)
        .filter_map(|(edge, i)| {
            let &[from, to] = edge else { return None };
            let rest = values.get(start..)?;
            let n = if i == n_bins { rest.len() } else { rest.partition_point(|value| number(*value) < to) };
            start += n;
            Some(HistogramBin { from, to, n: n as u64 })
        })
        .collect()
}

/// Round edges around `low` to `high`, at most 21, the range divided as finely as that allows.
pub(super) fn nice_edges(low: f64, high: f64) -> Vec<f64> {
    let span = high - low;
    if span <= 0.0 || !span.is_finite() {
        // One value, or a range beyond all numbers: one bin around it.
        let half = if span.is_finite() { 0.5_f64.max(low.abs() * 1e-12) } else { 0.0 };
        return vec![low - half, high + half];
    }
    let power = power_of_ten(libm::log10(span / MAX_BINS as f64).floor() as i32);
    for factor in [1.0, 2.0, 2.5, 5.0, 10.0, 20.0] {
        let width = power * factor;
        let first = (low / width).floor();
        let n_bins = (high / width).floor() - first + 1.0;
        // A maximum on an edge belongs to the bin below it.
        let n_bins =
            if n_bins > 1.0 && (first + n_bins - 1.0) * width >= high { n_bins - 1.0 } else { n_bins };
        if n_bins <= MAX_BINS as f64 {
            let edge = |i: usize| clean((first + i as f64) * width, width);
            return (0..=n_bins as usize).map(edge).collect();
        }
    }
    vec![low, high]
}

/// Read from text, which is exact and the same everywhere.
fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(f64::MIN_POSITIVE)
}

/// Takes the last bits of noise off a multiple of `width`: 0.30000000000000004 is 0.3.
fn clean(edge: f64, width: f64) -> f64 {
    let n_decimals = (2.0 - libm::log10(width).floor()).max(0.0);
    if n_decimals > 17.0 {
        return edge;
    }
    let n_decimals = n_decimals as usize;
    format!("{edge:.n_decimals$}").parse().unwrap_or(edge)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_round_and_cover_the_range() {
        assert_eq!(nice_edges(0.0, 10.0).len(), 21);
        assert_eq!(nice_edges(0.1, 0.9)[..3], [0.1, 0.15, 0.2]);
        for (low, high) in [
            (0.0, 1.0),
            (-3.7, 12.2),
            (1e6, 1e6 + 3.0),
            (1e-9, 2e-9),
            (5.0, 5.0),
            (-1e300, 1e300),
            (0.3, 0.6),
        ] {
            let edges = nice_edges(low, high);
            assert!((2..=21).contains(&edges.len()), "{low} {high}: {edges:?}");
            assert!(edges[0] <= low && edges[edges.len() - 1] >= high, "{low} {high}: {edges:?}");
            assert!(edges.windows(2).all(|pair| pair[0] < pair[1]), "{low} {high}: {edges:?}");
        }
    }

    #[test]
    fn quartiles_are_of_type_7() {
        let profile = numbers(&[1.0, 2.0, 3.0, 4.0, 10.0, 20.0], |x| x).unwrap();
        assert_eq!((profile.q1, profile.median, profile.q3), (2.25, 3.5, 8.5));
        assert!((profile.sd.unwrap() - 7.257_180).abs() < 1e-6);
        assert_eq!(profile.histogram.iter().map(|bin| bin.n).sum::<u64>(), 6);
        assert!(numbers(&[7.0], |x| x).unwrap().sd.is_none());
    }
}
