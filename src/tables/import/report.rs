//! The report of an import: what was guessed, and everything that was changed.

use super::finish::Finished;
use super::names::ColumnName;
use super::notes::{LineIndex, Notes, RowNote, clip};
use super::plan::Plan;
use super::reader::Fitted;
use crate::model::{ColumnReport, EngineError, Example, ParseReport, Problem, ProblemCode, TokenCount};
use crate::tables::Table;
use crate::tables::column::ColumnMeta;
use crate::tables::export::write_cell;
use crate::tables::values::Values;
use std::borrow::Cow;

/// Cells shown for each column.
const MAX_EXAMPLES: usize = 5;

/// What is kept of a finished column until the table is made.
pub(super) struct ColumnNotes {
    reason: String,
    n_missing: u64,
    n_empty: u64,
    token_counts: Vec<(String, u64)>,
    coerced: Vec<u32>,
    expected: Cow<'static, str>,
    mixed_units: Option<Box<str>>,
    other_order_row: Option<u32>,
}

impl ColumnNotes {
    pub fn of(finished: &mut Finished) -> Self {
        Self {
            reason: std::mem::take(&mut finished.reason),
            n_missing: finished.n_missing,
            n_empty: finished.n_empty,
            token_counts: std::mem::take(&mut finished.token_counts),
            coerced: std::mem::take(&mut finished.coerced),
            expected: std::mem::take(&mut finished.expected),
            mixed_units: finished.mixed_units.take(),
            other_order_row: finished.other_order_row,
        }
    }
}

/// Reports on every column.
pub(super) fn column_reports(
    table: &Table,
    columns: &[ColumnNotes],
    fitted: &Fitted,
    lines: &LineIndex,
) -> Result<Vec<ColumnReport>, EngineError> {
    let names = table.column_names();
    let mut reports = Vec::with_capacity(columns.len());
    for (at, (notes, name)) in columns.iter().zip(names).enumerate() {
        let mut missing_tokens: Vec<TokenCount> =
            notes.token_counts.iter().map(|(token, n)| TokenCount { token: token.clone(), n: *n }).collect();
        if notes.n_empty > 0 {
            missing_tokens.push(TokenCount { token: String::new(), n: notes.n_empty });
        }
        missing_tokens.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.token.cmp(&b.token)));
        let (n_padded, n_repaired) = fitted.by_column.get(at).copied().unwrap_or_default();
        let meta = table.meta(at)?;
        let mut reason = notes.reason.clone();
        if let Some(row) = notes.other_order_row {
            let raw = raw_cell(&table.values_at(at)?, meta, row);
            reason.push_str(&format!("; the first is \"{raw}\" in line {}", lines.line(row)));
        }
        reports.push(ColumnReport {
            name: name.to_owned(),
            kind: meta.kind,
            reason,
            n_missing: notes.n_missing,
            n_coerced: notes.coerced.len() as u64,
            n_padded,
            n_repaired,
            unit: meta.form.unit().map(|unit| unit.text().to_owned()),
            missing_tokens,
            examples: examples(table, at, &notes.coerced, lines)?,
        });
    }
    Ok(reports)
}

/// The first different values, one that is written otherwise than it is shown, a cell that was coerced, and one that
/// was read as missing.
fn examples(
    table: &Table,
    at: usize,
    coerced: &[u32],
    lines: &LineIndex,
) -> Result<Vec<Example>, EngineError> {
    const MAX_LOOKED_AT: usize = 1_000;
    let (values, meta) = (table.values_at(at)?, table.meta(at)?);
    let mut rows: Vec<usize> = Vec::new();
    let mut shown: Vec<String> = Vec::new();
    let raw = |row: usize| {
        let mut text = String::new();
        write_cell(&values, meta, row, &mut text);
        text
    };
    let n_looked_at = table.n_rows().min(MAX_LOOKED_AT);
    for row in (0..n_looked_at).filter(|row| !values.is_missing(*row)) {
        let text = raw(row);
        if !shown.contains(&text) {
            rows.push(row);
            shown.push(text);
        }
        if rows.len() == MAX_EXAMPLES - 2 {
            break;
        }
    }
    let parsed = |row: usize| values.display(row, meta.kind);
    let is_otherwise = |row: usize| parsed(row).is_some_and(|text| text != raw(row));
    // Texts are shown as they stand.
    let is_text = matches!(values, Values::Texts(_) | Values::Levels(..));
    if !is_text && !rows.iter().any(|row| is_otherwise(*row)) {
        let n_most = if table.n_columns() > 500 { 20 } else { 200 };
        if let Some(row) = (0..n_looked_at.min(n_most)).find(|row| is_otherwise(*row)) {
            rows.truncate(MAX_EXAMPLES - 3);
            rows.push(row);
        }
    }
    rows.extend(coerced.first().map(|row| *row as usize));
    let is_token = |row: &usize| values.is_missing(*row) && !raw(*row).trim().is_empty();
    rows.extend((0..n_looked_at).filter(|row| !rows.contains(row)).find(is_token));
    rows.sort_unstable();
    rows.dedup();
    let example = |row: usize| Example {
        line: lines.line(row as u32),
        raw: clip(&raw(row)),
        parsed: parsed(row).map_or_else(|| "missing".into(), |text| clip(&text)),
    };
    Ok(rows.into_iter().map(example).collect())
}

/// A cell as it stands in the file.
fn raw_cell(values: &Values<'_>, meta: &ColumnMeta, row: u32) -> String {
    let mut raw = String::new();
    write_cell(values, meta, row as usize, &mut raw);
    clip(&raw)
}

/// Adds the problems of rows and columns to the report, in file order.
pub(super) fn add_problems(
    report: &mut ParseReport,
    table: &Table,
    columns: &[ColumnNotes],
    names: &[ColumnName],
    (header_line, plan): (u64, &Plan),
    mut notes: Notes,
    lines: &LineIndex,
) -> Result<(), EngineError> {
    let mut problems = Vec::new();
    let mut n_problems = notes.n + plan.n_outside;
    for (column, name) in columns.iter().zip(names) {
        if let Some(counts) = &column.mixed_units {
            n_problems += 1;
            problems.push(Problem {
                line: header_line,
                column: Some(name.name.clone()),
                code: ProblemCode::MixedUnits,
                raw: String::new(),
                action: format!("kept as text; mixed units: {counts}"),
            });
        }
    }
    let header = (header_line, plan.header.cells.as_deref().unwrap_or_default());
    if let Some(problem) = header_problem(plan) {
        n_problems += 1;
        problems.push(problem);
    }
    for (i, name) in names.iter().enumerate().filter(|(_, name)| name.is_renamed) {
        n_problems += 1;
        problems.push(Problem {
            line: header.0,
            column: Some(name.name.clone()),
            code: ProblemCode::RenamedColumn,
            raw: clip(header.1.get(i).map_or("", String::as_str)),
            action: format!("named \"{}\"", name.name),
        });
    }
    let n_columns = names.len();
    problems.extend(plan.outside.iter().map(|note| problem_of(note.clone(), names, n_columns)));
    problems.extend(notes.list.drain(..).map(|note| problem_of(note, names, n_columns)));
    for (at, (column, name)) in columns.iter().zip(names).enumerate() {
        n_problems += column.coerced.len() as u64;
        let (values, meta) = (table.values_at(at)?, table.meta(at)?);
        if let Some(row) = column.other_order_row {
            n_problems += 1;
            problems.push(Problem {
                line: lines.line(row),
                column: Some(name.name.clone()),
                code: ProblemCode::OtherDateOrder,
                raw: raw_cell(&values, meta, row),
                action: format!("the column was kept as text; {}", column.reason),
            });
        }
        for row in column.coerced.iter().take(ParseReport::MAX_PROBLEMS) {
            problems.push(Problem {
                line: lines.line(*row),
                column: Some(name.name.clone()),
                code: ProblemCode::Coerced,
                raw: raw_cell(&values, meta, *row),
                action: format!("read as missing; expected {}", column.expected),
            });
        }
        for row in &column.coerced {
            notes.mark_changed(*row);
        }
    }
    problems.sort_by_key(|problem| problem.line);
    problems.truncate(ParseReport::MAX_PROBLEMS);
    report.problems = problems;
    report.n_problems = n_problems;
    report.n_rows_changed = notes.n_changed();
    Ok(())
}

/// What was left out of every line, or of the header.
fn header_problem(plan: &Plan) -> Option<Problem> {
    let (code, action) = match plan.header.n_dropped_cells {
        _ if plan.header.has_trailing_delimiter => {
            (ProblemCode::TrailingDelimiter, "every line ends with it; it divides nothing")
        }
        0 => return None,
        _ => {
            (ProblemCode::TooManyCells, "empty cells of the header were left out; the rows have fewer cells")
        }
    };
    let raw = plan.dialect.delimiter_text();
    Some(Problem { line: plan.header.line, column: None, code, raw, action: action.into() })
}

fn problem_of(note: RowNote, names: &[ColumnName], n_columns: usize) -> Problem {
    let RowNote { line, column, code, raw, .. } = note;
    let action = match code {
        ProblemCode::TooFewCells => format!("the cells left over of the {n_columns} columns are missing"),
        ProblemCode::TooManyCells if raw.chars().all(|c| matches!(c, ',' | ';' | '\t' | '|' | ' ')) => {
            "the empty cells at the end were left out".into()
        }
        ProblemCode::TooManyCells => format!("cells after the first {n_columns} were left out"),
        ProblemCode::StrayQuote => "the quote was kept as text".into(),
        ProblemCode::UnclosedQuote => "the quote never closes; it was kept as text".into(),
        ProblemCode::BadBytes => "replaced by U+FFFD".into(),
        ProblemCode::EmptyLine => "left out".into(),
        ProblemCode::Preamble => "above the table; left out".into(),
        ProblemCode::Footnote => "below the table; left out".into(),
        ProblemCode::OtherTable => "another table begins here; left out, and can be loaded on its own".into(),
        ProblemCode::RepairedRow => "divided anew, by the kinds of the columns".into(),
        ProblemCode::EmptyFile => "a table without rows".into(),
        ProblemCode::Coerced
        | ProblemCode::RenamedColumn
        | ProblemCode::TrailingDelimiter
        | ProblemCode::BadLine
        | ProblemCode::MixedUnits
        | ProblemCode::OtherDateOrder
        | ProblemCode::RepeatedKey => String::new(),
    };
    let column = column.and_then(|column| names.get(column)).map(|name| name.name.clone());
    Problem { line, column, code, raw, action }
}
