//! Small charts of the columns that filter each other: how the values lie over all rows, and over the rows that pass
//! the filters of the other columns.
//!
//! How a column is divided depends on the table alone, and is found once. A filter then costs one pass over its column, and
//! one count of every column.

use super::Table;
use super::values::{Values, write_integer, write_number};
use super::{calendar, filter, profile};
use crate::model::{Bar, ColumnBars, EngineError, Filter, Kind, TableBars};
use crate::pace::Pace;
use hashbrown::HashMap;
use std::hash::BuildHasher;
use std::rc::Rc;

const MAX_BARS: usize = 20;
/// Names that have a bar of their own.
const MAX_NAMES: usize = 5;
/// Different ids and texts are counted in tables of at most so many rows: each takes memory.
const MAX_COUNTED_ROWS: usize = 2_000_000;
/// Rows between two steps of the pace.
const SLICE_ROWS: usize = 65_536;

/// How a column is divided, and how many of all rows lie in each bar.
#[derive(Debug)]
pub(super) struct Division {
    parts: Parts,
    n_all: Vec<u64>,
    n_unique: Option<u64>,
}

#[derive(Debug)]
enum Parts {
    None,
    /// Ascending; one more than bars.
    Edges(Vec<f64>),
    /// Levels that have a bar of their own, and the bar of every level.
    Levels(Vec<u32>, Vec<u8>),
}

impl Table {
    /// Counts of every column. The bars of a column are counted over the rows that pass the search and the filters
    /// of the other columns. The errors of [`Table::rows_where`], and `cancelled`.
    pub async fn bars(&self, filter: &[Filter], search: &str, pace: &Pace) -> Result<TableBars, EngineError> {
        let n_rows = self.n_rows();
        let sieve = self.sieve(filter, search, &pace.part(0.0, 0.3)).await?;
        let n_columns = self.n_columns();
        let mut columns = Vec::with_capacity(n_columns);
        for (at, name) in self.column_names().into_iter().enumerate() {
            let pace = &pace.part(
                0.3 + 0.7 * at as f64 / n_columns as f64,
                0.3 + 0.7 * (at + 1) as f64 / n_columns as f64,
            );
            let (values, kind) = (self.values_at(at)?, self.meta(at)?.kind);
            let kept = self.page_cache.borrow().divisions.get(at).cloned();
            let division = match kept {
                Some(division) => division,
                None => {
                    let division = Rc::new(divide(values, kind, n_rows, pace).await?);
                    self.page_cache.borrow_mut().divisions.push(division.clone());
                    division
                }
            };
            let n = match &sieve {
                Some(sieve) if !division.n_all.is_empty() => {
                    let own = sieve.own.iter().find(|(column, _)| *column == at).map(|(_, keep)| keep);
                    let passes = |row: usize| {
                        let is_own = own.is_some_and(|keep| keep.get(row) == Some(&false));
                        sieve.n_failed.get(row) == Some(&u8::from(is_own))
                    };
                    division.parts.count(values, n_rows, &passes, pace).await?
                }
                _ => division.n_all.clone(),
            };
            let bars = division.parts.bars(values, kind, &division.n_all, &n);
            columns.push(ColumnBars { name: name.to_owned(), kind, n_unique: division.n_unique, bars });
        }
        let passed = |sieve: &Sieve| sieve.n_failed.iter().filter(|n_failed| **n_failed == 0).count();
        Ok(TableBars {
            table: self.name().to_owned(),
            n_rows: n_rows as u64,
            n_rows_filtered: sieve.as_ref().map_or(n_rows, passed) as u64,
            columns,
        })
    }

    /// `None` where every row passes.
    async fn sieve(
        &self,
        filters: &[Filter],
        search: &str,
        pace: &Pace,
    ) -> Result<Option<Sieve>, EngineError> {
        if filters.is_empty() && search.is_empty() {
            return Ok(None);
        }
        let mut own: Vec<(usize, Vec<bool>)> = Vec::new();
        for (idx, test) in filters.iter().enumerate() {
            let named = |error: EngineError| error.at_field(format!("filter[{idx}]"));
            let at = self.index_of(test.column()).map_err(named)?;
            let place = match own.iter().position(|(column, _)| *column == at) {
                Some(place) => place,
                None => {
                    own.push((at, vec![true; self.n_rows()]));
                    own.len() - 1
                }
            };
            if let Some((_, keep)) = own.get_mut(place) {
                filter::apply(self, test, keep).map_err(named)?;
            }
            pace.step(0.5 * idx as f64 / filters.len() as f64, "filtering").await?;
        }
        let mut n_failed = vec![u8::from(!search.is_empty()); self.n_rows()];
        if !search.is_empty() {
            for row in self.rows_found(search, &pace.part(0.5, 1.0)).await?.iter() {
                if let Some(n_failed) = n_failed.get_mut(*row as usize) {
                    *n_failed = 0;
                }
            }
        }
        for (_, keep) in &own {
            for (n_failed, keep) in n_failed.iter_mut().zip(keep) {
                *n_failed = n_failed.saturating_add(u8::from(!keep));
            }
        }
        Ok(Some(Sieve { n_failed, own }))
    }
}

/// Which rows pass: a row passes for a column if it fails at nothing but that column's own filters.
struct Sieve {
    /// How many of the search and the filtered columns a row fails.
    n_failed: Vec<u8>,
    /// Rows that pass the filters of a column.
    own: Vec<(usize, Vec<bool>)>,
}

async fn divide(values: Values<'_>, kind: Kind, n_rows: usize, pace: &Pace) -> Result<Division, EngineError> {
    let none = |n_unique| Division { parts: Parts::None, n_all: Vec::new(), n_unique };
    if let Values::Levels(slots, levels) = values {
        let mut counts = vec![0_u64; levels.len()];
        each(n_rows, pace, |row| {
            if let Some(count) = slots.get(row).and_then(|code| counts.get_mut(code as usize)) {
                *count += 1;
            }
        })
        .await?;
        let n_levels = counts.iter().filter(|count| **count > 0).count() as u64;
        let n: u64 = counts.iter().sum();
        // Names that hardly ever come twice say nothing as bars.
        if matches!(kind, Kind::Id | Kind::Text) || (n_levels > MAX_BARS as u64 && 2 * n_levels > n) {
            return Ok(none(Some(n_levels)));
        }
        return Ok(divide_levels(&counts, kind));
    }
    if matches!(kind, Kind::Id | Kind::Text) || matches!(values, Values::Texts(_)) {
        return Ok(none(n_different(values, n_rows, pace).await?));
    }
    let mut range: Option<(f64, f64)> = None;
    each(n_rows, pace, |row| {
        if let Some(x) = number_at(values, row) {
            range = Some(range.map_or((x, x), |(low, high)| (low.min(x), high.max(x))));
        }
    })
    .await?;
    let Some((low, high)) = range else { return Ok(none(None)) };
    let parts = Parts::Edges(match values {
        Values::Days(_) => time_edges(low, high, 1.0),
        Values::Micros(_) => time_edges(low, high, calendar::MICROS_PER_DAY as f64),
        Values::Integers(_) => whole_edges(low, high),
        _ => profile::nice_edges(low, high),
    });
    let n_all = parts.count(values, n_rows, &|_| true, pace).await?;
    Ok(Division { parts, n_all, n_unique: None })
}

/// The most frequent levels have bars; of an ordered column they stand in its order.
fn divide_levels(counts: &[u64], kind: Kind) -> Division {
    let mut shown: Vec<u32> =
        (0..counts.len() as u32).filter(|code| counts.get(*code as usize) != Some(&0)).collect();
    shown.sort_by_key(|code| std::cmp::Reverse(counts.get(*code as usize)));
    let has_others = shown.len() > MAX_NAMES;
    shown.truncate(MAX_NAMES);
    if kind != Kind::Nominal {
        shown.sort_unstable();
    }
    let mut bar_of = vec![MAX_NAMES as u8; counts.len()];
    let mut n_all = vec![0; shown.len() + usize::from(has_others)];
    for (code, bar) in shown.iter().zip(0_u8..) {
        if let Some(place) = bar_of.get_mut(*code as usize) {
            *place = bar;
        }
    }
    for (bar, count) in bar_of.iter().zip(counts) {
        if let Some(n) = n_all.get_mut(usize::from(*bar)) {
            *n += count;
        }
    }
    Division { parts: Parts::Levels(shown, bar_of), n_all, n_unique: None }
}

async fn n_different(values: Values<'_>, n_rows: usize, pace: &Pace) -> Result<Option<u64>, EngineError> {
    if n_rows > MAX_COUNTED_ROWS {
        return Ok(None);
    }
    let mut seen: HashMap<u64, ()> = HashMap::new();
    let hasher = hashbrown::DefaultHashBuilder::default();
    each(n_rows, pace, |row| {
        let key = match values {
            Values::Texts(texts) => texts.get(row).map(|text| hasher.hash_one(text)),
            values => number_at(values, row).map(f64::to_bits),
        };
        if let Some(key) = key {
            seen.insert(key, ());
        }
    })
    .await?;
    Ok(Some(seen.len() as u64))
}

impl Parts {
    async fn count(
        &self,
        values: Values<'_>,
        n_rows: usize,
        passes: &dyn Fn(usize) -> bool,
        pace: &Pace,
    ) -> Result<Vec<u64>, EngineError> {
        let n_bars = match self {
            Self::None => 0,
            Self::Edges(edges) => edges.len() - 1,
            Self::Levels(shown, bar_of) => shown.len() + usize::from(bar_of.contains(&(MAX_NAMES as u8))),
        };
        let mut counts = vec![0; n_bars];
        each(n_rows, pace, |row| {
            if !passes(row) {
                return;
            }
            let bar = match (self, values) {
                (Self::Edges(edges), values) => number_at(values, row).map(|x| bin_of(x, edges)),
                (Self::Levels(_, bar_of), Values::Levels(slots, _)) => {
                    slots.get(row).and_then(|code| bar_of.get(code as usize)).map(|bar| usize::from(*bar))
                }
                _ => None,
            };
            if let Some(count) = bar.and_then(|bar| counts.get_mut(bar)) {
                *count += 1;
            }
        })
        .await?;
        Ok(counts)
    }

    fn bars(&self, values: Values<'_>, kind: Kind, n_all: &[u64], n: &[u64]) -> Vec<Bar> {
        let bounds = |bar: usize| match (self, values) {
            (Self::Edges(edges), values) => {
                let text = |at: usize| edges.get(at).map(|edge| edge_text(*edge, values));
                // Whole numbers that stand for names, such as 0 and 1.
                let is_name = kind.is_grouping()
                    && n_all.len() <= MAX_NAMES
                    && matches!((values, edges.as_slice()), (Values::Integers(_), [a, b, ..]) if b - a == 1.0);
                (text(bar), if is_name { None } else { text(bar + 1) })
            }
            (Self::Levels(shown, _), Values::Levels(_, levels)) => {
                (shown.get(bar).and_then(|code| levels.get(*code as usize)).cloned(), None)
            }
            _ => (None, None),
        };
        let bar = |(idx, (n_all, n)): (usize, (&u64, &u64))| {
            let (from, to) = bounds(idx);
            Bar { from, to, n_all: *n_all, n: *n }
        };
        n_all.iter().zip(n).enumerate().map(bar).collect()
    }
}

/// Calls `take` with every row.
async fn each(n_rows: usize, pace: &Pace, mut take: impl FnMut(usize)) -> Result<(), EngineError> {
    let mut start = 0;
    while start < n_rows {
        let end = (start + SLICE_ROWS).min(n_rows);
        (start..end).for_each(&mut take);
        start = end;
        pace.step(end as f64 / n_rows as f64, "counting").await?;
    }
    Ok(())
}

/// Finite numbers; dates as days and date-times as microseconds.
fn number_at(values: Values<'_>, row: usize) -> Option<f64> {
    match values {
        Values::Integers(slots) | Values::Micros(slots) => slots.get(row).map(|value| value as f64),
        Values::Days(slots) => slots.get(row).map(f64::from),
        Values::Numbers(slots) => slots.get(row).filter(|value| value.is_finite()),
        Values::Texts(_) | Values::Levels(..) => None,
    }
}

/// The bin of a value that lies within the edges, which are evenly spaced; the edges themselves decide.
fn bin_of(x: f64, edges: &[f64]) -> usize {
    let (Some(first), Some(last)) = (edges.first(), edges.last()) else { return 0 };
    let n_bins = edges.len() - 1;
    let mut bin = ((x - first) / (last - first) * n_bins as f64) as usize;
    bin = bin.min(n_bins - 1);
    while bin > 0 && edges.get(bin).is_some_and(|edge| x < *edge) {
        bin -= 1;
    }
    while bin + 1 < n_bins && edges.get(bin + 1).is_some_and(|edge| x >= *edge) {
        bin += 1;
    }
    bin
}

/// Edges a multiple of `width` apart around `low` to `high`; the last lies above.
fn spaced(start: f64, high: f64, width: f64) -> Option<Vec<f64>> {
    let n_bars = ((high - start) / width).floor() + 1.0;
    (n_bars <= MAX_BARS as f64).then(|| (0..=n_bars as u32).map(|i| start + f64::from(i) * width).collect())
}

/// Whole numbers have bars a whole number wide.
fn whole_edges(low: f64, high: f64) -> Vec<f64> {
    let mut power = 1.0;
    while power < 1e18 {
        for factor in [1.0, 2.0, 5.0] {
            let width: f64 = power * factor;
            if let Some(edges) = spaced((low / width).floor() * width, high, width) {
                return edges;
            }
        }
        power *= 10.0;
    }
    profile::nice_edges(low, high)
}

/// `day`: units in a day; below a day only where there are such units.
fn time_edges(low: f64, high: f64, day: f64) -> Vec<f64> {
    const SECONDS: [f64; 9] = [1.0, 10.0, 60.0, 300.0, 900.0, 3_600.0, 10_800.0, 21_600.0, 43_200.0];
    const DAYS: [f64; 10] = [1.0, 2.0, 7.0, 14.0, 30.0, 91.0, 182.0, 365.0, 730.0, 1_825.0];
    let seconds = if day > 1.0 { &SECONDS[..] } else { &[] };
    let short = seconds.iter().map(|seconds| seconds * day / 86_400.0);
    let mut width = day;
    for step in short.chain(DAYS.iter().map(|days| days * day)) {
        width = step;
        let unit = step.min(day);
        if let Some(edges) = spaced((low / unit).floor() * unit, high, step) {
            return edges;
        }
    }
    loop {
        width *= 2.0;
        if let Some(edges) = spaced((low / day).floor() * day, high, width) {
            return edges;
        }
    }
}

/// As a filter takes it: a duration in seconds.
fn edge_text(edge: f64, values: Values<'_>) -> String {
    let mut text = String::new();
    match values {
        Values::Days(_) => calendar::write_date(&mut text, edge as i32),
        Values::Micros(_) => calendar::write_date_time(&mut text, edge as i64),
        Values::Integers(_) => write_integer(&mut text, edge as i64, Kind::Count),
        _ => write_number(&mut text, edge, Kind::Continuous),
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_whole_edges() {
        assert_eq!(whole_edges(1.0, 5.0), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        assert_eq!(whole_edges(7.0, 7.0), [7.0, 8.0]);
        assert_eq!(whole_edges(-3.0, 21.0)[..2], [-4.0, -2.0]);
        assert!(whole_edges(i64::MIN as f64, i64::MAX as f64).len() <= 21);
    }

    #[test]
    fn dates_have_bars_of_days_or_less() {
        assert_eq!(time_edges(100.0, 106.0, 1.0).len(), 8);
        assert_eq!(time_edges(100.0, 229.0, 1.0)[..2], [100.0, 107.0]);
        let hours = time_edges(0.0, 10.0 * 3_600e6, 86_400e6);
        assert_eq!((hours.len(), hours[1]), (12, 3_600e6));
        assert!(time_edges(-7e5, 7e6, 1.0).len() <= 21);
    }

    #[test]
    fn a_value_on_an_edge_belongs_to_the_bar_above_and_the_last_edge_to_the_last_bar() {
        let edges = [0.0, 0.1, 0.2, 0.3];
        let bins: Vec<usize> = [0.0, 0.1, 0.199, 0.2, 0.3].iter().map(|x| bin_of(*x, &edges)).collect();
        assert_eq!(bins, [0, 1, 1, 2, 2]);
    }
}
