//! A small chart of every column: how its values are spread over all rows, and over those that pass the filters.

use super::Kind;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableBars {
    pub table: String,
    pub n_rows: u64,
    /// Rows that pass every filter and the search.
    pub n_rows_filtered: u64,
    pub columns: Vec<ColumnBars>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnBars {
    pub name: String,
    pub kind: Kind,
    /// Different values of ids, texts and names that hardly repeat, which have no bars; `None` for the others, and
    /// beyond two million rows.
    pub n_unique: Option<u64>,
    /// At most 20 ranges of numbers or dates, or the five most frequent values and one bar for all others. The same
    /// whatever the filters are.
    pub bars: Vec<Bar>,
}

/// A range `[from, to)`, of which the last one includes `to`; with `from` alone one value; with neither all
/// values that have no bar. Numbers, dates and date-times as a filter takes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Bar {
    pub from: Option<String>,
    pub to: Option<String>,
    /// Of all rows.
    pub n_all: u64,
    /// Of the rows that pass the search and the filters of the other columns.
    pub n: u64,
}
