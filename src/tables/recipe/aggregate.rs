//! One value for each group of rows.

use super::super::column::{NewColumn, StoredColumn};
use super::super::join_keys::NONE;
use super::super::values::Values;
use super::super::{Codes, ColumnData, Table, gather, profile};
use super::groups::Members;
use super::{column_at, option};
use crate::model::{AggregateFunction, EngineError, Kind, SortKey};
use hashbrown::HashSet;

/// A function with the column it is taken of, ready for any groups.
pub(super) struct Plan<'a> {
    table: &'a Table,
    function: AggregateFunction,
    at: Option<usize>,
    input: Input,
}

enum Input {
    /// Rows are counted.
    Rows,
    /// Cells that are there are counted.
    Cells,
    Codes(Vec<u32>),
    /// NaN is missing.
    Numbers(Vec<f64>),
    Quantile(Vec<f64>, f64),
    /// `u64::MAX` is missing.
    Ranks(Vec<u64>),
}

impl<'a> Plan<'a> {
    /// Errors: `unknown_column`; `wrong_kind` where the column has no numbers (or no yes and no); `bad_option`. Their
    /// fields begin with `field`.
    pub fn new(
        table: &'a Table,
        function: AggregateFunction,
        column: Option<&str>,
        q: Option<f64>,
        field: &str,
        column_field: &str,
    ) -> Result<Self, EngineError> {
        let column_field = format!("{field}{column_field}");
        let Some(column) = column else {
            if function == AggregateFunction::N {
                return Ok(Self { table, function, at: None, input: Input::Rows });
            }
            return Err(option(format!("\"{}\" needs a column.", function.name()), column_field));
        };
        let at = column_at(table, column, &column_field)?;
        let kind = table.meta(at)?.kind;
        let values = table.values_at(at)?;
        let input = match function {
            AggregateFunction::N | AggregateFunction::First | AggregateFunction::Last => Input::Cells,
            AggregateFunction::NUnique => Input::Codes(Codes::of(values, kind).codes),
            AggregateFunction::Min | AggregateFunction::Max => {
                Input::Ranks(table.sort_ranks(&SortKey { column: column.into(), descending: false })?)
            }
            AggregateFunction::ShareTrue if kind == Kind::Binary => Input::Numbers(table.numbers(column)?),
            AggregateFunction::ShareTrue => {
                return Err(table.wrong_kind(column, kind, "yes and no").at_field(column_field));
            }
            function => {
                let numbers = numbers(table, column, kind).map_err(|error| error.at_field(column_field))?;
                match (function, q) {
                    (AggregateFunction::Median, _) => Input::Quantile(numbers, 0.5),
                    (AggregateFunction::Quantile, Some(q)) if (0.0..=1.0).contains(&q) => {
                        Input::Quantile(numbers, q)
                    }
                    (AggregateFunction::Quantile, _) => {
                        return Err(option("A quantile needs q, from 0 to 1.", format!("{field}q")));
                    }
                    _ => Input::Numbers(numbers),
                }
            }
        };
        Ok(Self { table, function, at: Some(at), input })
    }

    /// One cell a group.
    pub fn column(&self, name: &str, members: &Members) -> Result<StoredColumn, EngineError> {
        let kind = match self.at {
            Some(at) => self.table.meta(at)?.kind,
            None => Kind::Count,
        };
        let measured = if kind == Kind::Duration { Kind::Duration } else { Kind::Continuous };
        match &self.input {
            Input::Rows => counts(name, members.iter().map(|rows| rows.len() as i64)),
            Input::Cells => self.cells(name, members),
            Input::Codes(codes) => counts(name, members.iter().map(|rows| n_unique(codes, rows))),
            Input::Ranks(ranks) => {
                let is_max = self.function == AggregateFunction::Max;
                let best = |rows: &[u32]| extreme(ranks, rows, is_max);
                self.taken(name, members.iter().map(best).collect())
            }
            Input::Quantile(numbers, q) => {
                let value = |rows: &[u32]| {
                    let mut found = present(numbers, rows);
                    found.sort_unstable_by(f64::total_cmp);
                    profile::quantile(&found, |x| x, *q).unwrap_or(f64::NAN)
                };
                measures(name, measured, members.iter().map(value).collect())
            }
            Input::Numbers(numbers) if self.function == AggregateFunction::Sum => {
                self.sums(name, members, numbers, kind)
            }
            Input::Numbers(numbers) => {
                let is_sd = self.function == AggregateFunction::Sd;
                let value = |rows: &[u32]| {
                    let found = present(numbers, rows);
                    if is_sd { sd(&found) } else { mean(&found) }.unwrap_or(f64::NAN)
                };
                measures(name, measured, members.iter().map(value).collect())
            }
        }
    }

    /// Counts of cells, or the first or last of them.
    fn cells(&self, name: &str, members: &Members) -> Result<StoredColumn, EngineError> {
        let Some(at) = self.at else { return counts(name, std::iter::empty()) };
        let values = self.table.values_at(at)?;
        let is_there = |row: &&u32| !values.is_missing(**row as usize);
        match self.function {
            AggregateFunction::First => {
                let first = |rows: &[u32]| rows.iter().find(is_there).copied().unwrap_or(NONE);
                self.taken(name, members.iter().map(first).collect())
            }
            AggregateFunction::Last => {
                let last = |rows: &[u32]| rows.iter().rev().find(is_there).copied().unwrap_or(NONE);
                self.taken(name, members.iter().map(last).collect())
            }
            _ => counts(name, members.iter().map(|rows| rows.iter().filter(is_there).count() as i64)),
        }
    }

    /// The cells of these rows.
    fn taken(&self, name: &str, rows: Vec<u32>) -> Result<StoredColumn, EngineError> {
        let at = self.at.unwrap_or_default();
        Ok(gather::take_column(self.table, at, &rows)?.renamed(name))
    }

    /// Whole numbers have whole sums.
    fn sums(
        &self,
        name: &str,
        members: &Members,
        numbers: &[f64],
        kind: Kind,
    ) -> Result<StoredColumn, EngineError> {
        if let Some(at) = self.at
            && let Values::Integers(slots) = self.table.values_at(at)?
        {
            let sum = |rows: &[u32]| {
                let found = rows.iter().filter_map(|row| slots.get(*row as usize));
                found.map(i128::from).reduce(|a, b| a.saturating_add(b))
            };
            let sums: Vec<Option<i128>> = members.iter().map(sum).collect();
            let whole: Option<Vec<Option<i64>>> =
                sums.into_iter().map(|sum| sum.map(i64::try_from).transpose().ok()).collect();
            if let Some(whole) = whole {
                let kind = match kind {
                    Kind::Duration => Kind::Duration,
                    _ if whole.iter().flatten().any(|sum| *sum < 0) => Kind::Continuous,
                    _ => Kind::Count,
                };
                return new(name, kind, ColumnData::Integers(whole));
            }
        }
        let sum = |rows: &[u32]| {
            let found = present(numbers, rows);
            if found.is_empty() { f64::NAN } else { found.iter().sum() }
        };
        let sums: Vec<f64> = members.iter().map(sum).collect();
        match kind {
            // Yes and no are counted.
            Kind::Binary => counts_or_missing(name, &sums),
            Kind::Duration => measures(name, Kind::Duration, sums),
            _ => measures(name, Kind::Continuous, sums),
        }
    }
}

/// The numbers of a column of which a mean says something.
pub(super) fn numbers(table: &Table, column: &str, kind: Kind) -> Result<Vec<f64>, EngineError> {
    let is_fitting = kind.is_numeric() || kind == Kind::Ordinal;
    if !is_fitting {
        return Err(table.wrong_kind(column, kind, "numbers"));
    }
    let mut numbers = table.numbers(column)?;
    for value in &mut numbers {
        if value.is_infinite() {
            *value = f64::NAN;
        }
    }
    Ok(numbers)
}

/// The numbers of these rows that are there.
pub(super) fn present(numbers: &[f64], rows: &[u32]) -> Vec<f64> {
    let number = |row: &u32| numbers.get(*row as usize).copied().filter(|x| !x.is_nan());
    rows.iter().filter_map(number).collect()
}

pub(super) fn mean(values: &[f64]) -> Option<f64> {
    // Sums are taken around a value of the column, so that a large common part does not eat the digits.
    let center = *values.first()?;
    let mean = center + values.iter().map(|value| value - center).sum::<f64>() / values.len() as f64;
    mean.is_finite().then_some(mean)
}

/// Sample standard deviation (n - 1).
fn sd(values: &[f64]) -> Option<f64> {
    let mean = mean(values).filter(|_| values.len() > 1)?;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    Some(libm::sqrt(squares / (values.len() as f64 - 1.0)))
}

fn n_unique(codes: &[u32], rows: &[u32]) -> i64 {
    let code = |row: &u32| codes.get(*row as usize).copied().filter(|code| *code != Codes::MISSING);
    rows.iter().filter_map(code).collect::<HashSet<u32>>().len() as i64
}

/// The row with the smallest or largest rank, the first of equal ones.
fn extreme(ranks: &[u64], rows: &[u32], is_max: bool) -> u32 {
    let ranked = rows.iter().filter_map(|row| Some((*ranks.get(*row as usize)?, *row)));
    let present = ranked.filter(|(rank, _)| *rank != u64::MAX);
    let best = present.reduce(|best, next| {
        let is_better = if is_max { next.0 > best.0 } else { next.0 < best.0 };
        if is_better { next } else { best }
    });
    best.map_or(NONE, |(_, row)| row)
}

fn counts(name: &str, values: impl Iterator<Item = i64>) -> Result<StoredColumn, EngineError> {
    new(name, Kind::Count, ColumnData::Integers(values.map(Some).collect()))
}

fn counts_or_missing(name: &str, values: &[f64]) -> Result<StoredColumn, EngineError> {
    let whole = |x: &f64| (!x.is_nan()).then_some(*x as i64);
    new(name, Kind::Count, ColumnData::Integers(values.iter().map(whole).collect()))
}

fn measures(name: &str, kind: Kind, mut values: Vec<f64>) -> Result<StoredColumn, EngineError> {
    for value in &mut values {
        if value.is_infinite() {
            *value = f64::NAN;
        }
    }
    new(name, kind, ColumnData::Numbers(values))
}

fn new(name: &str, kind: Kind, data: ColumnData) -> Result<StoredColumn, EngineError> {
    StoredColumn::from_new(NewColumn { name: name.into(), kind, data })
}
