//! Row filters, as they stand in specs, links and saved files.

use serde::{Deserialize, Serialize};

/// A literal in a filter or a spec.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Value {
    Bool(bool),
    Number(f64),
    Text(String),
}

/// Keeps the rows for which the test holds. A missing cell holds only under `is_missing`.
/// Several filters are joined by "and". Dates are compared with ISO text (`"2024-03-01"`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "op", rename_all = "snake_case", deny_unknown_fields)]
pub enum Filter {
    Eq {
        column: String,
        value: Value,
    },
    Ne {
        column: String,
        value: Value,
    },
    Lt {
        column: String,
        value: Value,
    },
    Le {
        column: String,
        value: Value,
    },
    Gt {
        column: String,
        value: Value,
    },
    Ge {
        column: String,
        value: Value,
    },
    In {
        column: String,
        values: Vec<Value>,
    },
    NotIn {
        column: String,
        values: Vec<Value>,
    },
    /// Case-insensitive substring of the cell as text.
    Contains {
        column: String,
        value: String,
    },
    IsMissing {
        column: String,
    },
    NotMissing {
        column: String,
    },
    /// The cell's value stands in column `key` of another table, in a row that passes `filter`. In analyses, and where rows are
    /// shown, counted or profiled.
    Related {
        column: String,
        table: String,
        key: String,
        filter: Vec<Filter>,
    },
}

impl Filter {
    pub fn column(&self) -> &str {
        match self {
            Self::Eq { column, .. }
            | Self::Ne { column, .. }
            | Self::Lt { column, .. }
            | Self::Le { column, .. }
            | Self::Gt { column, .. }
            | Self::Ge { column, .. }
            | Self::In { column, .. }
            | Self::NotIn { column, .. }
            | Self::Contains { column, .. }
            | Self::IsMissing { column }
            | Self::Related { column, .. }
            | Self::NotMissing { column } => column,
        }
    }

    /// The other tables that these filters look into.
    pub fn related_tables(filters: &[Self]) -> Vec<&str> {
        let mut tables: Vec<&str> = Vec::new();
        for filter in filters {
            if let Self::Related { table, filter, .. } = filter {
                tables.push(table);
                tables.extend(Self::related_tables(filter));
            }
        }
        tables.sort_unstable();
        tables.dedup();
        tables
    }
}
