//! A join of two tables on a key, and the counts that tell whether it is safe.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum JoinHow {
    /// Every left row is kept; columns of the right are missing where nothing matches.
    #[default]
    Left,
    /// Only left rows with a match are kept.
    Inner,
}

/// What a join does to the rows; the same before it happens (`dry_run`) and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct JoinReport {
    pub n_rows_left: u64,
    pub n_rows_right: u64,
    pub n_rows_out: u64,
    /// Left rows whose key is not in the right table (orphans), missing keys among them.
    pub n_left_unmatched: u64,
    /// Left rows whose key is missing.
    pub n_left_missing_key: u64,
    /// Right rows that no left row asks for.
    pub n_right_unmatched: u64,
    /// Keys that occur more than once on the right: each multiplies left rows (fan-out).
    pub n_right_duplicate_keys: u64,
    /// The most left rows multiplied into by one key.
    pub max_matches_per_left_row: u64,
    /// Columns of the right table whose name was taken, with their new names.
    pub renamed: Vec<(String, String)>,
    /// Plain sentences for the user, empty when the join is one to one or many to one without orphans.
    pub warnings: Vec<String>,
}
