//! Parts that findings are made of.

use super::columns::Looked;
use crate::format;
use crate::model::{CellExample, ColumnsStep, DeriveStep, Filter, Finding, FindingSeverity, Step};

/// A finding without examples and step.
pub(super) fn finding(
    code: &str,
    columns: &[&str],
    severity: FindingSeverity,
    (n, n_rows): (usize, usize),
    sentence: String,
) -> Finding {
    Finding {
        code: code.into(),
        columns: columns.iter().map(|name| (*name).to_owned()).collect(),
        severity,
        n_rows: n as u64,
        share: n as f64 / n_rows.max(1) as f64,
        sentence,
        ..Finding::default()
    }
}

/// A finding about cells of one column, with the first of them as examples.
pub(super) fn of_cells(
    code: &str,
    column: &Looked<'_>,
    severity: FindingSeverity,
    rows: &[u32],
    sentence: String,
) -> Finding {
    let of = (rows.len(), column.n_rows);
    let examples = rows.iter().take(Finding::MAX_EXAMPLES).filter_map(|row| example(column, *row)).collect();
    Finding { examples, ..finding(code, &[column.name], severity, of, sentence) }
}

pub(super) fn example(column: &Looked<'_>, row: u32) -> Option<CellExample> {
    Some(CellExample { row: u64::from(row) + 1, text: column.values.display(row as usize, column.kind)? })
}

pub(super) trait WithStep {
    fn on_rows(self, rows: Vec<Filter>) -> Self;
    fn mended_by(self, step: Step, action: String) -> Self;
}

impl WithStep for Finding {
    fn on_rows(self, rows: Vec<Filter>) -> Self {
        Self { rows, ..self }
    }

    fn mended_by(mut self, step: Step, action: String) -> Self {
        self.step = Some(step.into());
        self.action = action;
        self
    }
}

/// The step that makes cells missing where `test` holds, which is about the column written as `{}`.
pub(super) fn made_missing(finding: Finding, column: &Looked<'_>, test: &str) -> Finding {
    let Some(name) = quoted(column.name) else { return finding };
    let expression = format!("if({}, null, {name})", test.replace("{}", &name));
    let action = format!("Make {} missing", plural(finding.n_rows as usize, "value", "values"));
    finding.mended_by(Step::Derive(DeriveStep { column: column.name.into(), expression }), action)
}

pub(super) fn drop_column(finding: Finding, name: &str) -> Finding {
    let action = format!("Drop {name}");
    finding.mended_by(Step::DropColumns(ColumnsStep { columns: vec![name.into()] }), action)
}

/// A column's name in an expression; `None` where it cannot be written.
pub(super) fn quoted(name: &str) -> Option<String> {
    const WORDS: [&str; 9] = ["and", "or", "not", "in", "is", "null", "true", "false", "if"];
    let is_plain = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !WORDS.contains(&name);
    if is_plain {
        return Some(name.to_owned());
    }
    (!name.contains('`')).then(|| format!("`{name}`"))
}

pub(super) fn plural(n: usize, one: &str, many: &str) -> String {
    format::plural(n as u64, one, many)
}

pub(super) fn percent(n: usize, all: usize) -> String {
    format::percent(n as f64 / all.max(1) as f64, 1)
}

/// Numbers as short as people write them.
pub(super) fn number(x: f64) -> String {
    let mut text = String::new();
    crate::tables::values::write_number(&mut text, x, crate::model::Kind::Continuous);
    text
}

/// A limit, which need not be exact.
pub(super) fn rounded(x: f64) -> String {
    format::trim_zeros(&format::number(x, 4))
}
