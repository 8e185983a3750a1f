//! Joins of two tables on a key, with the counts that tell whether they are safe.

use super::Table;
use super::gather::gather;
use super::join_keys::{Chains, NONE, check_keys, matching_keys};
use crate::format;
use crate::model::{EngineError, ErrorCode, JoinHow, JoinReport, TableOrigin};
use crate::pace::Pace;
use hashbrown::{HashMap, HashSet};

/// A join with more rows than this is a mistake more often than not, and would not fit into a page.
const MAX_ROWS_OUT: u64 = 20_000_000;

/// Rows between two steps of the pace.
const SLICE_ROWS: usize = 65_536;

/// Joins the columns of `right` to the rows of `left` where the keys are equal; missing keys match nothing.
///
/// Rows keep the order of `left`, and under one left row that of `right`. The right key is left out, and a
/// right column whose name is taken gets the suffix `_<right table>`. `dry_run` only counts. Errors:
/// `unknown_column`; `wrong_kind` where the keys cannot be compared; `too_large` above 20 million rows.
#[allow(clippy::too_many_arguments)]
pub async fn join(
    left: &Table,
    right: &Table,
    left_key: &str,
    right_key: &str,
    how: JoinHow,
    into: &str,
    dry_run: bool,
    pace: &Pace,
) -> Result<(Option<Table>, JoinReport), EngineError> {
    join_on(left, right, &[(left_key, right_key)], how, into, dry_run, pace).await
}

/// As [`join`], of several keys that must all be equal.
pub(super) async fn join_on(
    left: &Table,
    right: &Table,
    keys: &[(&str, &str)],
    how: JoinHow,
    into: &str,
    dry_run: bool,
    pace: &Pace,
) -> Result<(Option<Table>, JoinReport), EngineError> {
    let mut left_keys = vec![0; left.n_rows()];
    let mut right_keys = vec![0; right.n_rows()];
    let mut right_ats = Vec::with_capacity(keys.len());
    for (left_key, right_key) in keys {
        let left_at = left.index_of(left_key).map_err(|error| error.at_field("left_key"))?;
        let right_at = right.index_of(right_key).map_err(|error| error.at_field("right_key"))?;
        check_keys(left, left_at, right, right_at)?;
        let (next_left, next_right) = matching_keys(left.values_at(left_at)?, right.values_at(right_at)?);
        pace.step(0.1, "matching keys").await?;
        if keys.len() == 1 {
            (left_keys, right_keys) = (next_left, next_right);
        } else {
            combine(&mut left_keys, &mut right_keys, &next_left, &next_right);
        }
        right_ats.push(right_at);
        pace.step(0.2, "matching keys").await?;
    }
    let names = |pick: fn(&(&str, &str)) -> String| keys.iter().map(pick).collect::<Vec<_>>().join(" and ");
    let (left_key, right_key) = (names(|key| key.0.to_owned()), names(|key| key.1.to_owned()));
    let chains = Chains::of(&right_keys);
    let mut report = count(&left_keys, &chains, how, pace).await?;
    report.n_left_missing_key = n_missing_key(left, keys)?;
    let renamed = renamed_columns(left, right, &right_ats);
    report.renamed = renamed
        .iter()
        .filter(|(_, old, new)| old != new)
        .map(|(_, old, new)| (old.clone(), new.clone()))
        .collect();
    report.warnings = warnings(&report, left, right, &left_key, &right_key, how);
    if report.n_rows_out > MAX_ROWS_OUT {
        let message = format!(
            "The join would have {} rows; at most {} are made. {} keys occur more than once in \"{}\", one of them {} times.",
            format::count(report.n_rows_out),
            format::count(MAX_ROWS_OUT),
            format::count(report.n_right_duplicate_keys),
            right.name(),
            format::count(report.max_matches_per_left_row)
        );
        return Err(EngineError::new(ErrorCode::TooLarge, message)
            .at_table(right.name())
            .at_column(right_key)
            .hint("Join on a key that is unique in the right table."));
    }
    if dry_run {
        return Ok((None, report));
    }
    let (left_rows, right_rows) =
        matched_rows(&left_keys, &chains, how, report.n_rows_out as usize, pace).await?;
    let n_out = left.n_columns() + renamed.len();
    let mut columns = Vec::with_capacity(n_out);
    for (at, name) in left.column_names().into_iter().enumerate() {
        columns.push(gather(name, left.values_at(at)?, left.meta(at)?, &left_rows));
        pace.step(0.5 + 0.5 * columns.len() as f64 / n_out as f64, "gathering columns").await?;
    }
    for (at, _, name) in &renamed {
        columns.push(gather(name, right.values_at(*at)?, right.meta(*at)?, &right_rows));
        pace.step(0.5 + 0.5 * columns.len() as f64 / n_out as f64, "gathering columns").await?;
    }
    let origin = TableOrigin::Join { left: left.name().to_owned(), right: right.name().to_owned() };
    let table = Table::from_stored(into, origin, left_rows.len(), columns)?;
    Ok((Some(table), report))
}

/// Makes one key of two: pairs that the right table has get numbers, others are no keys.
fn combine(left: &mut [u32], right: &mut [u32], next_left: &[u32], next_right: &[u32]) {
    let mut key_of: HashMap<(u32, u32), u32> = HashMap::new();
    for (key, next) in right.iter_mut().zip(next_right) {
        *key = if *key == NONE || *next == NONE {
            NONE
        } else {
            let number = key_of.len() as u32;
            *key_of.entry((*key, *next)).or_insert(number)
        };
    }
    for (key, next) in left.iter_mut().zip(next_left) {
        *key = key_of.get(&(*key, *next)).copied().unwrap_or(NONE);
    }
}

/// Left rows of which at least one key is missing.
fn n_missing_key(left: &Table, keys: &[(&str, &str)]) -> Result<u64, EngineError> {
    let mut columns = Vec::with_capacity(keys.len());
    for (key, _) in keys {
        columns.push(left.values_at(left.index_of(key)?)?);
    }
    if let [column] = columns.as_slice() {
        return Ok(column.n_missing() as u64);
    }
    let is_missing = |row: &usize| columns.iter().any(|column| column.is_missing(*row));
    Ok((0..left.n_rows()).filter(is_missing).count() as u64)
}

async fn count(
    left_keys: &[u32],
    chains: &Chains,
    how: JoinHow,
    pace: &Pace,
) -> Result<JoinReport, EngineError> {
    let mut report = JoinReport {
        n_rows_left: left_keys.len() as u64,
        n_rows_right: chains.n_rows as u64,
        n_rows_out: 0,
        n_left_unmatched: 0,
        n_left_missing_key: 0,
        n_right_unmatched: 0,
        n_right_duplicate_keys: chains.heads.iter().filter(|(_, n)| *n > 1).count() as u64,
        max_matches_per_left_row: 0,
        renamed: Vec::new(),
        warnings: Vec::new(),
    };
    let mut is_asked_for = vec![false; chains.heads.len()];
    for slice in left_keys.chunks(SLICE_ROWS) {
        for key in slice {
            let n = u64::from(chains.n_matches(*key));
            report.n_left_unmatched += u64::from(n == 0);
            report.max_matches_per_left_row = report.max_matches_per_left_row.max(n);
            report.n_rows_out += if n == 0 && how == JoinHow::Left { 1 } else { n };
            if let Some(asked) = is_asked_for.get_mut(*key as usize) {
                *asked = true;
            }
        }
        pace.step(0.3, "counting matches").await?;
    }
    let n_asked_for: u64 = chains
        .heads
        .iter()
        .zip(&is_asked_for)
        .filter(|(_, asked)| **asked)
        .map(|((_, n), _)| u64::from(*n))
        .sum();
    report.n_right_unmatched = chains.n_rows as u64 - n_asked_for;
    Ok(report)
}

async fn matched_rows(
    left_keys: &[u32],
    chains: &Chains,
    how: JoinHow,
    n_rows_out: usize,
    pace: &Pace,
) -> Result<(Vec<u32>, Vec<u32>), EngineError> {
    let mut left_rows = Vec::with_capacity(n_rows_out);
    let mut right_rows = Vec::with_capacity(n_rows_out);
    for (key, row) in left_keys.iter().zip(0u32..) {
        if (row as usize).is_multiple_of(SLICE_ROWS) {
            pace.step(0.3 + 0.2 * f64::from(row) / left_keys.len() as f64, "matching rows").await?;
        }
        let n_before = right_rows.len();
        right_rows.extend(chains.rows(*key));
        if right_rows.len() == n_before && how == JoinHow::Left {
            right_rows.push(NONE);
        }
        left_rows.resize(right_rows.len(), row);
    }
    Ok((left_rows, right_rows))
}

/// The right columns that go into the join: position, name, and name in the new table.
fn renamed_columns(left: &Table, right: &Table, right_ats: &[usize]) -> Vec<(usize, String, String)> {
    let mut taken: HashSet<String> = left.column_names().into_iter().map(str::to_owned).collect();
    let own: HashSet<&str> = right.column_names().into_iter().collect();
    let mut columns = Vec::new();
    for (at, name) in right.column_names().into_iter().enumerate().filter(|(at, _)| !right_ats.contains(at)) {
        let mut new = name.to_owned();
        let mut n = 1;
        while taken.contains(&new) || (new != name && own.contains(new.as_str())) {
            new = if n == 1 {
                format!("{name}_{}", right.name())
            } else {
                format!("{name}_{}_{n}", right.name())
            };
            n += 1;
        }
        taken.insert(new.clone());
        columns.push((at, name.to_owned(), new));
    }
    columns
}

fn warnings(
    report: &JoinReport,
    left: &Table,
    right: &Table,
    left_key: &str,
    right_key: &str,
    how: JoinHow,
) -> Vec<String> {
    let (left, right) = (left.name(), right.name());
    let mut warnings = Vec::new();
    let outcome = match how {
        JoinHow::Left => format!("their columns from {right} are missing"),
        JoinHow::Inner => "they are left out".into(),
    };
    let of_left = format!("of {} of {left}", format::plural(report.n_rows_left, "row", "rows"));
    if report.n_left_missing_key > 0 {
        let (have, n) = (
            if report.n_left_missing_key == 1 { "has" } else { "have" },
            format::count(report.n_left_missing_key),
        );
        warnings.push(format!("{n} {of_left} {have} no {left_key}; {outcome}."));
    }
    let n_orphans = report.n_left_unmatched - report.n_left_missing_key;
    if n_orphans > 0 {
        let have = if n_orphans == 1 { "has" } else { "have" };
        let n = format::count(n_orphans);
        warnings.push(format!("{n} {of_left} {have} a {left_key} that is not in {right}; {outcome}."));
    }
    if report.max_matches_per_left_row > 1 {
        let (times, keys) = (
            format::count(report.max_matches_per_left_row),
            format::plural(report.n_right_duplicate_keys, "value", "values"),
        );
        let occur = if report.n_right_duplicate_keys == 1 { "occurs" } else { "occur" };
        warnings.push(format!(
            "{keys} of {right_key} {occur} more than once in {right}: rows of {left} are repeated up to {times} times, and \
             the {} become {}. Sums and counts over the joined table count them repeatedly.",
            format::plural(report.n_rows_left, "row", "rows"),
            format::count(report.n_rows_out)
        ));
    }
    warnings
}
