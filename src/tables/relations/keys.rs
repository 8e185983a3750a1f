//! Keys of a table: columns, or pairs of columns, that are different in every row.

use super::names::{is_own_key, looks_like_key};
use super::sample::{cell_hash, spread_rows};
use crate::model::{EngineError, KeyCandidate, Kind, TableKeys};
use crate::pace::Pace;
use crate::tables::Table;
use crate::tables::join_keys::{NONE, matching_keys};
use crate::tables::values::Values;
use hashbrown::HashSet;

/// Rows that a column must be different in before all are looked at: the first, where values come in runs, and
/// as many again from all over the table.
const SAMPLE_ROWS: usize = 4_096;
/// A column that scores less is no primary key, however different its values are.
const LEAST_SCORE: f64 = 0.4;
const MAX_CANDIDATES: usize = 5;
/// Columns of which pairs are tried.
const MAX_PAIRED: usize = 8;
/// A column that is named as the key but repeats itself is taken for one with faults up to this share.
const LEAST_UNIQUE_SHARE: f64 = 0.9;

/// A column as far as relations need to know it.
#[derive(Debug, Clone)]
pub(super) struct ColumnFacts {
    pub at: usize,
    pub name: String,
    pub kind: Kind,
    /// Different in every row, nothing missing.
    pub is_unique: bool,
    /// Named as the key, and different in almost every row.
    pub is_almost_unique: bool,
    /// How much name and kind speak for a key, 0 to 1.
    pub score: f64,
}

#[derive(Debug)]
pub(super) struct TableFacts<'a> {
    pub table: &'a Table,
    pub columns: Vec<ColumnFacts>,
    pub keys: TableKeys,
}

impl TableFacts<'_> {
    /// The column is the primary key by itself.
    pub fn is_primary(&self, column: &str) -> bool {
        matches!(self.keys.primary_key.as_slice(), [key] if key == column)
    }
}

/// Looks at every column of a table, and at pairs of columns where no single one is a key.
pub(super) async fn table_facts<'a>(table: &'a Table, pace: &Pace) -> Result<TableFacts<'a>, EngineError> {
    let n_rows = table.n_rows();
    let mut columns = Vec::with_capacity(table.n_columns());
    for (at, name) in table.column_names().into_iter().enumerate() {
        pace.step(at as f64 / table.n_columns() as f64, "looking for keys").await?;
        let (values, kind) = (table.values_at(at)?, table.meta(at)?.kind);
        let is_own = is_own_key(table.name(), name);
        let mut facts = ColumnFacts {
            at,
            name: name.to_owned(),
            kind,
            is_unique: false,
            is_almost_unique: false,
            score: score(&values, kind, is_own, looks_like_key(name, kind)),
        };
        if facts.score > 0.0 && n_rows > 0 && (is_own || is_unique_in_sample(&values, n_rows)) {
            let n_unique = n_unique(values);
            facts.is_unique = n_unique == n_rows;
            facts.is_almost_unique = is_own && n_unique as f64 >= LEAST_UNIQUE_SHARE * n_rows as f64;
        }
        columns.push(facts);
    }
    let mut candidates: Vec<KeyCandidate> = columns
        .iter()
        .filter(|column| column.is_unique)
        .map(|column| KeyCandidate {
            columns: vec![column.name.clone()],
            score: column.score,
            reason: reason(column, table.name()),
        })
        .collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    candidates.truncate(MAX_CANDIDATES);
    // In a table of one row every column is different in every row.
    let least = if n_rows < 2 { 0.8 } else { LEAST_SCORE };
    let mut primary_key = Vec::new();
    match candidates.first().filter(|first| first.score >= least) {
        Some(first) => primary_key.clone_from(&first.columns),
        None if n_rows >= 2 && !columns.iter().any(|column| column.is_almost_unique) => {
            if let Some(pair) = key_of_two(table, &columns, pace).await? {
                primary_key.clone_from(&pair.columns);
                candidates.insert(0, pair);
            }
        }
        None => {}
    }
    let keys = TableKeys { table: table.name().to_owned(), n_rows: n_rows as u64, primary_key, candidates };
    Ok(TableFacts { table, columns, keys })
}

fn score(values: &Values<'_>, kind: Kind, is_own: bool, is_key: bool) -> f64 {
    let by_kind: f64 = match (kind, values) {
        (Kind::Binary | Kind::Duration, _) => 0.0,
        (Kind::Id, _) => 0.8,
        (_, Values::Numbers(_)) => 0.1,
        (Kind::Nominal | Kind::Ordinal, _) => 0.45,
        (Kind::Date | Kind::DateTime, _) => 0.42,
        (Kind::Text, _) => 0.4,
        (Kind::Count | Kind::Continuous, _) => 0.25,
    };
    match () {
        () if by_kind <= 0.1 => by_kind,
        () if is_own => 1.0,
        () if is_key => by_kind.max(0.75),
        () => by_kind,
    }
}

fn reason(column: &ColumnFacts, table: &str) -> String {
    let name = &column.name;
    let why = match column.score {
        score if score >= 1.0 => format!("is named as the key of {table}"),
        score if score >= 0.75 => "is an id".into(),
        score if score >= LEAST_SCORE => format!("is of kind {}", column.kind.name()),
        _ => "measures or counts something, so that this may be chance".into(),
    };
    format!("{name} is different in every row, has no missing cell, and {why}.")
}

fn is_unique_in_sample(values: &Values<'_>, n_rows: usize) -> bool {
    let mut seen = HashSet::new();
    sampled_rows(n_rows).all(|row| cell_hash(values, row).is_some_and(|hash| seen.insert(hash)))
}

fn sampled_rows(n_rows: usize) -> impl Iterator<Item = usize> {
    let n_first = n_rows.min(SAMPLE_ROWS);
    (0..n_first).chain(spread_rows(n_rows, SAMPLE_ROWS).filter(move |row| *row >= n_first))
}

/// Each row's cell as a number that is equal where the cells are; [`NONE`] where it is missing.
pub(super) fn own_keys(values: Values<'_>) -> Vec<u32> {
    matching_keys(values, values).1
}

fn n_unique(values: Values<'_>) -> usize {
    let keys = own_keys(values);
    keys.into_iter().filter(|key| *key != NONE).max().map_or(0, |key| key as usize + 1)
}

/// The first pair of columns that together are different in every row. At least one of them is an id or called
/// one; pairs of two such columns come first, as in a table that connects two others.
async fn key_of_two(
    table: &Table,
    columns: &[ColumnFacts],
    pace: &Pace,
) -> Result<Option<KeyCandidate>, EngineError> {
    let mut able = Vec::new();
    for column in columns {
        let is_able = column.score > 0.25 && table.values_at(column.at)?.n_missing() == 0;
        if is_able || (column.score > 0.1 && column.kind == Kind::Count) {
            able.push((column, looks_like_key(&column.name, column.kind)));
        }
    }
    // Stable: columns of one sort keep their order.
    able.sort_by_key(|(_, is_key)| !is_key);
    able.truncate(MAX_PAIRED);
    for (idx, (first, first_is_key)) in able.iter().enumerate() {
        for (second, second_is_key) in able.iter().skip(idx + 1).filter(|_| *first_is_key) {
            pace.step(0.9, "looking for keys").await?;
            if is_unique_pair(table.values_at(first.at)?, table.values_at(second.at)?, table.n_rows()) {
                let (a, b) = if first.at < second.at { (first, second) } else { (second, first) };
                let (a, b) = (a.name.clone(), b.name.clone());
                return Ok(Some(KeyCandidate {
                    reason: format!("No column is different in every row; {a} and {b} together are."),
                    columns: vec![a, b],
                    score: if *second_is_key { 0.7 } else { 0.5 },
                }));
            }
        }
    }
    Ok(None)
}

fn is_unique_pair(first: Values<'_>, second: Values<'_>, n_rows: usize) -> bool {
    let mut seen = HashSet::new();
    let is_new_in_sample = |row| match (cell_hash(&first, row), cell_hash(&second, row)) {
        (Some(first), Some(second)) => seen.insert((first, second)),
        _ => false,
    };
    if !sampled_rows(n_rows).all(is_new_in_sample) {
        return false;
    }
    let mut seen = HashSet::with_capacity(n_rows);
    let mut pairs = own_keys(first).into_iter().zip(own_keys(second));
    pairs.all(|pair| pair.0 != NONE && pair.1 != NONE && seen.insert(pair))
}
