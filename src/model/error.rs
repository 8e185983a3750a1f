//! The one error that crosses a layer: what went wrong, where, and what to do about it.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A request that has no answer. Partial trouble is a warning inside a result, never this.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EngineError {
    pub code: ErrorCode,
    /// One or two plain sentences: what was found and what was expected.
    pub message: String,
    #[serde(default, skip_serializing_if = "Place::is_nowhere")]
    pub at: Box<Place>,
    /// The next step for the person who reads this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// Stable names of error causes; the message is for people, the code for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The request is not valid JSON or not of a known form.
    BadRequest,
    /// The page and the engine speak different protocol versions.
    ProtocolMismatch,
    /// A file could not be opened, read or written.
    Io,
    EmptyFile,
    BinaryFile,
    /// A text that does not parse as the table it claims to be.
    BadFile,
    TooLarge,
    UnknownTable,
    UnknownColumn,
    UnknownLevel,
    /// What was opened to be asked again is gone: another was opened since, or the tables changed.
    UnknownIndex,
    /// The column's kind does not fit the use made of it.
    WrongKind,
    /// An option is outside its range.
    BadOption,
    /// There are not enough rows, levels or values to compute anything.
    NotEnoughData,
    Cancelled,
    /// A bug in the engine; the session goes on.
    Internal,
}

/// Where in the data or the request the error is. Every part is optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// Field of the request, as a path: `metrics[2].column`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Character in the text of an expression, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
}

impl Place {
    pub fn is_nowhere(&self) -> bool {
        *self == Self::default()
    }
}

impl EngineError {
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: Box::default(), hint: None }
    }

    pub fn cancelled() -> Self {
        Self::new(ErrorCode::Cancelled, "Cancelled.")
    }

    /// `found` is not a table; `known` are the tables there are.
    pub fn unknown_table(found: &str, known: &[&str]) -> Self {
        let error = Self::new(ErrorCode::UnknownTable, format!("There is no table named \"{found}\"."));
        error.at_table(found).hint_nearest(found, known, "tables")
    }

    /// `found` is not a column of `table`; `known` are its columns.
    pub fn unknown_column(table: &str, found: &str, known: &[&str]) -> Self {
        let message = format!("Table \"{table}\" has no column named \"{found}\".");
        Self::new(ErrorCode::UnknownColumn, message)
            .at_table(table)
            .at_column(found)
            .hint_nearest(found, known, "columns")
    }

    #[must_use]
    pub fn at_table(mut self, table: impl Into<String>) -> Self {
        self.at.table = Some(table.into());
        self
    }

    #[must_use]
    pub fn at_column(mut self, column: impl Into<String>) -> Self {
        self.at.column = Some(column.into());
        self
    }

    #[must_use]
    pub fn at_file(mut self, file: impl Into<String>) -> Self {
        self.at.file = Some(file.into());
        self
    }

    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.at.line = Some(line);
        self
    }

    #[must_use]
    pub fn at_field(mut self, field: impl Into<String>) -> Self {
        self.at.field = Some(field.into());
        self
    }

    #[must_use]
    pub fn at_position(mut self, position: u64) -> Self {
        self.at.position = Some(position);
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds "did you mean ...?" when a known name is close, else the list of known names.
    #[must_use]
    pub fn hint_nearest(self, found: &str, known: &[&str], what: &str) -> Self {
        if known.is_empty() {
            return self.hint(format!("There are no {what} yet."));
        }
        let nearest = known.iter().map(|name| (edit_distance(found, name), *name)).min();
        match nearest {
            Some((distance, name)) if distance <= 1 + found.chars().count() / 3 => {
                self.hint(format!("did you mean {name}?"))
            }
            _ => {
                let shown = known.iter().take(12).copied().collect::<Vec<_>>().join(", ");
                let more = if known.len() > 12 { ", ..." } else { "" };
                self.hint(format!("{what}: {shown}{more}"))
            }
        }
    }
}

impl fmt::Display for EngineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}

impl std::error::Error for EngineError {}

/// Levenshtein distance, ignoring ASCII case.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().map(|c| c.to_ascii_lowercase()).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().map(|c| c.to_ascii_lowercase()).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_miss_names_the_column_meant() {
        let error = EngineError::unknown_column("sessions", "grup", &["user_id", "group", "genre"]);
        assert_eq!(error.hint.as_deref(), Some("did you mean group?"));
        assert_eq!(error.at.column.as_deref(), Some("grup"));
    }

    #[test]
    fn a_far_miss_lists_what_there_is() {
        let error = EngineError::unknown_table("nonsense", &["users", "sessions"]);
        assert_eq!(error.hint.as_deref(), Some("tables: users, sessions"));
    }
}
