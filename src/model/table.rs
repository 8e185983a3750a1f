//! What is known of a loaded table, and a page of its rows.

use super::{Kind, ScenarioSpec};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableInfo {
    pub name: String,
    /// Grows with every change of the table; results name the revision they stand on.
    pub revision: u64,
    pub n_rows: u64,
    pub columns: Vec<ColumnInfo>,
    pub origin: TableOrigin,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnInfo {
    pub name: String,
    pub kind: Kind,
    pub n_missing: u64,
    /// Levels in natural order, for grouping kinds with at most [`ColumnInfo::MAX_LEVELS`] of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// The currency or percent sign that the values were written with. They are as written: 12.5% is 12.5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

impl ColumnInfo {
    pub const MAX_LEVELS: usize = 50;
}

/// Where a table came from, so that it can be made again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "from", rename_all = "snake_case")]
pub enum TableOrigin {
    File {
        name: String,
    },
    Text,
    Scenario {
        spec: ScenarioSpec,
    },
    Join {
        left: String,
        right: String,
    },
    /// Made of `table` by steps.
    Recipe {
        table: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SortKey {
    pub column: String,
    #[serde(default)]
    pub descending: bool,
}

/// Some rows of a table, as text for a grid.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page {
    pub table: String,
    pub revision: u64,
    pub columns: Vec<String>,
    /// Rows of the whole table.
    pub n_rows: u64,
    /// Rows that pass the filters; `offset` counts among these.
    pub n_rows_filtered: u64,
    pub offset: u64,
    /// One list of cells a row; `null` is missing.
    pub rows: Vec<Vec<Option<String>>>,
}

/// Whether an export begins with the names of the columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum HeaderRow {
    /// As in the file that the table came from: none where it had none.
    #[default]
    AsLoaded,
    Always,
}
