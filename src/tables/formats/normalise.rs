//! Records of JSON as tables: objects inside are flattened into dotted columns, lists become tables of
//! their own, whose rows point to the row that they stand in.

use super::grid::{Cell, Column};
use super::json_text::Value;
use super::text::Problems;
use super::too_large;
use crate::format;
use crate::model::{EngineError, ErrorCode, Problem, ProblemCode};
use crate::tables::import::{LineIndex, clip};
use hashbrown::HashMap;

/// Members of a list that are no objects stand in a column of this name.
const VALUE: &str = "value";
const MAX_TABLES: usize = 500;
const MAX_COLUMNS: usize = 20_000;

/// A table that grows record by record.
#[derive(Debug, Default)]
pub(super) struct Growing {
    /// Names of the tables above and of the member, each a key as it stands in the file. Empty for a root.
    pub path: Vec<String>,
    /// The table above; `None` for a root.
    pub parent: Option<usize>,
    pub names: Vec<String>,
    pub columns: Vec<Column>,
    pub n_rows: usize,
    /// For each row, the row in the table above.
    pub parent_rows: Vec<u32>,
    /// Lines of the records, counted from 1 because a header will stand above them.
    pub lines: LineIndex,
    pub problems: Problems,
    by_name: HashMap<String, usize>,
    /// Tables of the lists, by member.
    pub children: Vec<(String, usize)>,
    /// Records mostly have their keys in the same order: the column that is expected next.
    next: usize,
}

#[derive(Debug)]
pub(super) struct Normaliser {
    file: String,
    max_bytes: u64,
    pub tables: Vec<Growing>,
    n_bytes: u64,
    /// The dotted name of the member that is being read.
    name: String,
    line: u64,
}

impl Normaliser {
    /// `file`: for errors. `max_bytes`: what all cells may take up together.
    pub fn new(file: &str, max_bytes: u64) -> Self {
        Self { file: file.into(), max_bytes, tables: Vec::new(), n_bytes: 0, name: String::new(), line: 1 }
    }

    /// Adds a table for records of the top level; `path` is empty for the first.
    pub fn add_root(&mut self, path: Vec<String>) -> usize {
        self.tables.push(Growing { path, ..Growing::default() });
        self.tables.len() - 1
    }

    /// Adds a record that begins on `line` of the file to the root `table`.
    ///
    /// Errors: `too_large`, and `bad_file` for records of more different keys or lists than a table can have.
    pub fn push(&mut self, table: usize, record: &Value<'_>, line: u64) -> Result<(), EngineError> {
        self.line = line;
        self.record(table, None, record)?;
        if self.n_bytes > self.max_bytes {
            return Err(too_large(&self.file, "makes tables of", self.max_bytes));
        }
        Ok(())
    }

    fn record(&mut self, table: usize, parent: Option<u32>, record: &Value<'_>) -> Result<(), EngineError> {
        let line = self.line;
        let Some(growing) = self.tables.get_mut(table) else { return Ok(()) };
        let row = growing.n_rows;
        let record_number = u32::try_from(row + 1).map_err(|_| self.refuse_rows())?;
        let Some(growing) = self.tables.get_mut(table) else { return Ok(()) };
        if row == 0 {
            // The header, which the file does not have, is taken to stand with the first record.
            growing.lines.push(0, line);
        }
        growing.lines.push(record_number, line);
        growing.n_rows += 1;
        growing.next = 0;
        growing.parent_rows.extend(parent);
        self.n_bytes += 8;
        let outer = std::mem::take(&mut self.name);
        let done = match record {
            Value::Object(members) => self.members(table, row, members),
            other => {
                self.name.push_str(VALUE);
                self.field(table, row, other)
            }
        };
        self.name = outer;
        done
    }

    fn members(
        &mut self,
        table: usize,
        row: usize,
        members: &[(std::borrow::Cow<'_, str>, Value<'_>)],
    ) -> Result<(), EngineError> {
        let n_prefix = self.name.len();
        for (key, value) in members {
            self.name.push_str(key);
            self.field(table, row, value)?;
            self.name.truncate(n_prefix);
        }
        Ok(())
    }

    /// One member, whose dotted name is in `self.name`.
    fn field(&mut self, table: usize, row: usize, value: &Value<'_>) -> Result<(), EngineError> {
        match value {
            Value::Null => self.column(table).map(|_| ()),
            Value::Bool(value) => self.set(table, row, Cell::Other(if *value { "true" } else { "false" })),
            Value::Number(text) => self.set(table, row, Cell::Number(text)),
            Value::Text(text) => self.set(table, row, Cell::Text(text)),
            Value::Object(members) if members.is_empty() => self.column(table).map(|_| ()),
            Value::Object(members) => {
                let n_prefix = self.name.len();
                self.name.push('.');
                self.members(table, row, members)?;
                self.name.truncate(n_prefix);
                Ok(())
            }
            Value::List(items) => {
                // Holds the member's place until it is known whether any list has items.
                self.column(table)?;
                if items.is_empty() {
                    return Ok(());
                }
                let child = self.child(table)?;
                let parent = u32::try_from(row).map_err(|_| self.refuse_rows())?;
                items.iter().try_for_each(|item| self.record(child, Some(parent), item))
            }
        }
    }

    fn set(&mut self, table: usize, row: usize, cell: Cell<'_>) -> Result<(), EngineError> {
        let at = self.column(table)?;
        let (Cell::Number(text) | Cell::Text(text) | Cell::Other(text)) = cell;
        self.n_bytes += text.len() as u64 + 4;
        let Some(growing) = self.tables.get_mut(table) else { return Ok(()) };
        let Some(column) = growing.columns.get_mut(at) else { return Ok(()) };
        if let Some(replaced) = column.set(row, cell, true) {
            let (name, line) = (&self.name, self.line);
            growing.problems.push(|| Problem {
                line,
                column: Some(name.clone()),
                code: ProblemCode::RepeatedKey,
                raw: clip(&replaced),
                action: "replaced by the value that follows".into(),
            });
        }
        Ok(())
    }

    /// The column of the member, which is made at its first appearance.
    fn column(&mut self, table: usize) -> Result<usize, EngineError> {
        let Some(growing) = self.tables.get_mut(table) else { return Ok(0) };
        let expected = growing.next;
        if growing.names.get(expected) == Some(&self.name) {
            growing.next = expected + 1;
            return Ok(expected);
        }
        let at = match growing.by_name.get(&self.name) {
            Some(at) => *at,
            None => {
                let at = growing.names.len();
                if at == MAX_COLUMNS {
                    let message = format!(
                        "The records of \"{}\" have more than {} different keys.",
                        self.file,
                        format::count(MAX_COLUMNS as u64)
                    );
                    return Err(EngineError::new(ErrorCode::TooLarge, message)
                        .at_file(&self.file)
                        .at_line(self.line)
                        .hint("Where keys are data, make them values: one object for each."));
                }
                growing.names.push(self.name.clone());
                growing.columns.push(Column::default());
                growing.by_name.insert(self.name.clone(), at);
                at
            }
        };
        growing.next = at + 1;
        Ok(at)
    }

    /// The table of the lists that stand in the member.
    fn child(&mut self, table: usize) -> Result<usize, EngineError> {
        let n_tables = self.tables.len();
        let Some(growing) = self.tables.get_mut(table) else { return Ok(0) };
        if let Some((_, child)) = growing.children.iter().find(|(member, _)| *member == self.name) {
            return Ok(*child);
        }
        if n_tables == MAX_TABLES {
            let message = format!("The lists in \"{}\" would make more than {MAX_TABLES} tables.", self.file);
            return Err(EngineError::new(ErrorCode::TooLarge, message)
                .at_file(&self.file)
                .at_line(self.line)
                .hint("Where keys are data, make them values: one object for each."));
        }
        growing.children.push((self.name.clone(), n_tables));
        let mut path = growing.path.clone();
        path.push(self.name.clone());
        self.tables.push(Growing { path, parent: Some(table), ..Growing::default() });
        Ok(n_tables)
    }

    fn refuse_rows(&self) -> EngineError {
        let message = format!("\"{}\" has more rows than a table can hold.", self.file);
        EngineError::new(ErrorCode::TooLarge, message).at_file(&self.file).hint("Split the file.")
    }
}

impl Growing {
    /// Columns that say something. A member that was only ever null or empty is left out where what it
    /// stands for is elsewhere: in dotted columns, or in a table of its lists.
    pub fn kept_columns(&self) -> Vec<usize> {
        let is_elsewhere = |name: &str| {
            let is_inside = |other: &str| {
                other.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            self.names.iter().any(|other| other != name && is_inside(other))
                || self.children.iter().any(|(member, _)| is_inside(member))
        };
        let kept = |at: &usize| {
            let (Some(column), Some(name)) = (self.columns.get(*at), self.names.get(*at)) else {
                return false;
            };
            column.n_values > 0 || !is_elsewhere(name)
        };
        (0..self.columns.len()).filter(kept).collect()
    }
}
