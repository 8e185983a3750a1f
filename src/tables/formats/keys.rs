//! From normalised records to the texts of their tables, with the keys that lead from one to the other.

use super::Part;
use super::grid::{Column, Source, write_csv};
use super::names::{plain, take};
use super::normalise::{Growing, Normaliser};
use super::text::Problems;
use crate::model::{Encoding, EngineError, FileFormat};
use crate::pace::Pace;
use crate::tables::import::{CellType, Made};
use hashbrown::HashSet;

/// How the rows of a table are pointed at from the tables of its lists.
enum Key {
    /// A column of its own, by position.
    Own(usize),
    /// A made column of row numbers.
    Row,
}

/// Writes every table that has rows. `table` is the name of the first; `problems` are those of the whole
/// file and go to its report.
pub(super) async fn finish(
    normaliser: Normaliser,
    (table, file): (&str, &str),
    (format, encoding): (FileFormat, Encoding),
    problems: Problems,
    pace: &Pace,
) -> Result<Vec<Part>, EngineError> {
    let tables = normaliser.tables;
    let mut taken = HashSet::new();
    let mut suffixes = Vec::with_capacity(tables.len());
    for growing in &tables {
        let words: Vec<String> = growing.path.iter().map(|member| plain(member)).collect();
        suffixes.push(if words.is_empty() { String::new() } else { take(words.join("_"), &mut taken) });
    }
    let full_name = |at: usize| match suffixes.get(at).map(String::as_str) {
        None | Some("") => table.to_owned(),
        Some(suffix) => format!("{table}_{suffix}"),
    };
    let keys: Vec<Option<Key>> = tables
        .iter()
        .enumerate()
        .map(|(at, growing)| (!growing.children.is_empty()).then(|| key_of(growing, &full_name(at))))
        .collect();
    let mut all_problems = Some(problems);
    let mut parts = Vec::with_capacity(tables.len());
    for (at, growing) in tables.iter().enumerate() {
        let mut header: Vec<String> = Vec::new();
        let mut sources: Vec<Source<'_>> = Vec::new();
        let mut cells: Vec<CellType> = Vec::new();
        let mut parent_keys: Vec<&str> = Vec::new();
        let parent = growing.parent.and_then(|parent| Some((parent, tables.get(parent)?)));
        if let Some((parent_at, parent)) = parent {
            let name = full_name(parent_at);
            match keys.get(parent_at) {
                Some(Some(Key::Own(column))) => {
                    let own = parent.names.get(*column).map(String::as_str).unwrap_or_default();
                    header.push(pointing_name(&name, own));
                    if let Some(column) = parent.columns.get(*column) {
                        parent_keys = column.cells(parent.n_rows).collect();
                        cells.push(column.cell_type());
                    }
                }
                _ => {
                    header.push(format!("{name}_row"));
                    cells.push(CellType::Rows);
                }
            }
        }
        if !parent_keys.is_empty() {
            sources.push(Source::Parents { rows: &growing.parent_rows, keys: &parent_keys });
        } else if parent.is_some() {
            sources.push(Source::ParentNumbers(&growing.parent_rows));
        }
        if let Some(Some(Key::Row)) = keys.get(at) {
            header.push(format!("{}_row", full_name(at)));
            sources.push(Source::RowNumbers);
            cells.push(CellType::Rows);
        }
        for column in growing.kept_columns() {
            if let (Some(name), Some(column)) = (growing.names.get(column), growing.columns.get(column)) {
                header.push(name.clone());
                sources.push(Source::Column(column));
                cells.push(column.cell_type());
            }
        }
        if sources.is_empty() {
            // Nothing but empty objects: their number is all that there is to know.
            header.push(format!("{}_row", full_name(at)));
            sources.push(Source::RowNumbers);
            cells.push(CellType::Rows);
        }
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let pace = pace.part(at as f64 / tables.len() as f64, (at + 1) as f64 / tables.len() as f64);
        let csv = write_csv(Some(&header), &sources, growing.n_rows, &pace).await?;
        let mut found = all_problems.take().unwrap_or_default();
        found.list.extend(growing.problems.list.iter().cloned());
        found.n += growing.problems.n;
        let made = Made {
            format,
            encoding: Some(encoding),
            has_header: Some(true),
            cells,
            lines: growing.lines.clone(),
            problems: found.list,
            n_problems: found.n,
        };
        parts.push(Part::made(file, suffixes.get(at).cloned().unwrap_or_default(), csv, made));
    }
    Ok(parts)
}

/// A column named like a key, with a different value in every row, or row numbers.
fn key_of(growing: &Growing, table: &str) -> Key {
    let own = plain(growing.path.last().map_or(table, String::as_str));
    let table = plain(table);
    let mut candidates = ["id", "_id", "uuid", "guid", "key"].map(str::to_owned).to_vec();
    for name in [&table, &own] {
        for base in [name.as_str(), singular(name)] {
            candidates.extend([format!("{base}_id"), format!("{base}id"), format!("{base}_uuid")]);
        }
    }
    let is_key =
        |at: &usize| growing.columns.get(*at).is_some_and(|column| is_unique(column, growing.n_rows));
    let position = |candidate: &String| {
        growing.names.iter().position(|name| name.trim().to_lowercase() == *candidate).filter(is_key)
    };
    candidates.iter().find_map(position).map_or(Key::Row, Key::Own)
}

/// "series" and "access" stay as they are.
fn singular(name: &str) -> &str {
    match name.strip_suffix('s') {
        Some(stem) if !stem.is_empty() && !stem.ends_with('s') => stem,
        _ => name,
    }
}

fn is_unique(column: &Column, n_rows: usize) -> bool {
    if column.n_values < n_rows {
        return false;
    }
    let mut seen = HashSet::with_capacity(n_rows);
    column.cells(n_rows).all(|cell| !cell.trim().is_empty() && seen.insert(cell))
}

/// The name of the column that points to `own` of `table`: "id" becomes "posts_id", "post_id" stays.
fn pointing_name(table: &str, own: &str) -> String {
    match own.trim() {
        "id" | "_id" | "ID" | "Id" | "uuid" | "guid" | "key" => {
            format!("{table}_{}", own.trim().trim_start_matches('_').to_lowercase())
        }
        other => other.to_owned(),
    }
}
