//! Rows and keys that come more than once.
//!
//! Rows of categories repeat by chance. Where the values of columns are mixed at random, n rows have about
//! n^2 / 2 times the product of each column's chance to repeat equal pairs; rows are called duplicates only where
//! there are clearly more, and a problem only where some column is different in most rows.

use super::columns::{Looked, LookedAll, part};
use super::finding::{WithStep, finding, percent, plural};
use crate::model::{CellExample, DropDuplicatesStep, EngineError, Finding, FindingSeverity, Keep, Step};
use crate::pace::Pace;
use crate::tables::Table;
use crate::tables::relations::{is_own_key, looks_like_key};

/// A row that repeats an earlier one, and that one.
type Repeat = (u32, u32);

pub(super) async fn find(
    table: &Table,
    looked: &LookedAll<'_>,
    pace: &Pace,
) -> Result<Vec<Finding>, EngineError> {
    let (columns, n_rows) = (&looked.columns, table.n_rows());
    if n_rows < 2 || columns.is_empty() {
        return Ok(Vec::new());
    }
    let all: Vec<&Looked<'_>> = columns.iter().collect();
    let repeats = repeats(looked.rows.clone(), &all);
    pace.step(0.4, "looking for duplicates").await?;
    let mut findings = Vec::new();
    if is_more_than_chance(repeats.len(), n_rows, &all) {
        let is_certain = columns.iter().any(|column| 2 * column.n_unique >= n_rows);
        let severity = if is_certain { FindingSeverity::Problem } else { FindingSeverity::Look };
        let n = plural(repeats.len(), "row is", "rows are");
        let sentence = format!("{n} equal to an earlier row in every column.");
        let made = finding("duplicate_rows", &[], severity, (repeats.len(), n_rows), sentence);
        let action = format!("Drop {}", plural(repeats.len(), "duplicate row", "duplicate rows"));
        findings.push(drop_duplicates(with_examples(made, &repeats, &all), Vec::new(), action));
    }
    let key = keys(table, columns).next();
    if let Some(key) = key.filter(|_| columns.len() > 2) {
        findings.extend(but_id(looked, key, &repeats));
    }
    for key in keys(table, columns).filter(|key| key.n_unique < key.n_present) {
        findings.extend(repeated_key(table, looked, key, &repeats));
        pace.step(0.8, "looking for duplicates").await?;
    }
    Ok(findings)
}

/// Columns that should be different in every row: named as the table's key, or ids that almost are.
fn keys<'a, 'b>(table: &'a Table, columns: &'a [Looked<'b>]) -> impl Iterator<Item = &'a Looked<'b>> {
    let is_whole = |column: &Looked<'_>| column.n_unique == column.n_rows;
    let has_key = columns.iter().any(|column| is_whole(column) && looks_like_key(column.name, column.kind));
    columns.iter().filter(move |column| {
        let share = column.n_unique as f64 / column.n_present.max(1) as f64;
        let is_own = is_own_key(table.name(), column.name) && share >= 0.9;
        // Ids of something else may be nearly all different by chance, as where most users came once.
        let is_id = looks_like_key(column.name, column.kind) && column.at == 0 && share >= 0.98 && !has_key;
        (is_own || is_id || (is_whole(column) && looks_like_key(column.name, column.kind)))
            && column.n_present > 1
    })
}

/// Rows that are equal but for a key that is different.
fn but_id(looked: &LookedAll<'_>, key: &Looked<'_>, known: &[Repeat]) -> Option<Finding> {
    let rest: Vec<&Looked<'_>> = looked.columns.iter().filter(|column| column.at != key.at).collect();
    let sums = looked.rows.iter().enumerate();
    let sums = sums.map(|(row, sum)| sum.wrapping_sub(part(&key.values, key.at, row))).collect();
    let mut found = repeats(sums, &rest);
    let known: hashbrown::HashSet<u32> = known.iter().map(|(row, _)| *row).collect();
    found.retain(|(row, _)| !known.contains(row));
    let n_rows = looked.rows.len();
    // Some other column must be able to tell rows apart.
    let is_telling = rest.iter().any(|column| 2 * column.n_unique >= n_rows);
    if !is_telling || !is_more_than_chance(found.len(), n_rows, &rest) {
        return None;
    }
    let n = plural(found.len(), "row is", "rows are");
    let sentence = format!("{n} equal to an earlier row in every column but {}.", key.name);
    let made =
        finding("duplicate_rows_but_id", &[key.name], FindingSeverity::Look, (found.len(), n_rows), sentence);
    let columns = rest.iter().map(|column| column.name.to_owned()).collect();
    let action = format!("Drop {} that differ only in {}", plural(found.len(), "row", "rows"), key.name);
    Some(drop_duplicates(with_examples(made, &found, &[&[key], rest.as_slice()].concat()), columns, action))
}

/// Rows with a key that was there before, and other values beside it.
fn repeated_key(
    table: &Table,
    looked: &LookedAll<'_>,
    key: &Looked<'_>,
    known: &[Repeat],
) -> Option<Finding> {
    let n_rows = looked.rows.len();
    let sums = (0..n_rows).map(|row| part(&key.values, key.at, row)).collect();
    let mut found = repeats(sums, &[key]);
    found.retain(|(row, _)| !key.values.is_missing(*row as usize));
    let known: hashbrown::HashSet<u32> = known.iter().map(|(row, _)| *row).collect();
    found.retain(|(row, _)| !known.contains(row));
    if found.is_empty() {
        return None;
    }
    let is_own = is_own_key(table.name(), key.name);
    let severity = if is_own { FindingSeverity::Problem } else { FindingSeverity::Look };
    let n = plural(found.len(), "row has", "rows have");
    let sentence = format!(
        "{n} {} of an earlier row but other values: it should name one row ({} of its values do).",
        if found.len() == 1 { format!("the {}", key.name) } else { format!("a {}", key.name) },
        percent(key.n_unique, key.n_present)
    );
    let made = finding("duplicate_keys", &[key.name], severity, (found.len(), n_rows), sentence);
    let action = format!("Keep the first row of each {}", key.name);
    // Rows without the key would count as equal to each other.
    let made = with_examples(made, &found, &[key]);
    if key.values.n_missing() > 0 {
        return Some(made);
    }
    Some(drop_duplicates(made, vec![key.name.to_owned()], action))
}

fn drop_duplicates(finding: Finding, columns: Vec<String>, action: String) -> Finding {
    finding.mended_by(Step::DropDuplicates(DropDuplicatesStep { columns, keep: Keep::First }), action)
}

fn is_more_than_chance(n_found: usize, n_rows: usize, columns: &[&Looked<'_>]) -> bool {
    let n = n_rows as f64;
    let n_expected = columns.iter().fold(n * n / 2.0, |pairs, column| pairs * column.repeat);
    // Columns that depend on each other repeat more than chance says; tables of categories repeat most rows.
    n_found > 0 && n_found as f64 > 2.0 * n_expected && 4 * n_found <= 3 * n_rows
}

/// Rows that are equal to an earlier one in the columns, by the hash of their cells and then by the cells.
fn repeats(hashes: Vec<u64>, columns: &[&Looked<'_>]) -> Vec<Repeat> {
    let mut order: Vec<(u64, u32)> = hashes.into_iter().zip(0u32..).collect();
    order.sort_unstable();
    let mut found = Vec::new();
    for run in order.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
        let Some(((_, first), rest)) = run.split_first() else { continue };
        let is_same = |row: u32| columns.iter().all(|column| column.same(*first as usize, row as usize));
        found.extend(rest.iter().filter(|(_, row)| is_same(*row)).map(|(_, row)| (*row, *first)));
    }
    found.sort_unstable();
    found
}

/// The first repeats with the beginning of their cells.
fn with_examples(mut finding: Finding, repeats: &[Repeat], columns: &[&Looked<'_>]) -> Finding {
    const MAX_CELLS: usize = 4;
    for (row, first) in repeats.iter().take(Finding::MAX_EXAMPLES) {
        let cells = columns.iter().take(MAX_CELLS);
        let cells = cells.map(|column| column.values.display(*row as usize, column.kind).unwrap_or_default());
        let more = if columns.len() > MAX_CELLS { ", \u{2026}" } else { "" };
        let text = format!("{}{more} (as row {})", cells.collect::<Vec<_>>().join(", "), first + 1);
        finding.examples.push(CellExample { row: u64::from(*row) + 1, text });
    }
    finding
}
