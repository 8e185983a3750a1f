//! What is asked of a description.

use crate::model::Filter;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DescribeSpec {
    pub table: String,
    /// Columns to describe. Empty: every column but ids, times, free text and those of `by`.
    #[serde(default)]
    pub columns: Vec<String>,
    /// Up to three columns; each combination of their levels is a group. Empty: one group of all rows.
    #[serde(default)]
    pub by: Vec<String>,
    #[serde(default)]
    pub filter: Vec<Filter>,
}
