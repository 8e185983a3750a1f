//! What looks wrong in a table, each with the step that would mend it.

use super::{CellExample, Filter, Limits, RecipeStep};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct QualityReport {
    pub table: String,
    pub n_rows: u64,
    /// Problems first, then what to look at, then facts.
    pub findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FindingSeverity {
    /// Cannot be right.
    Problem,
    /// May be right: someone has to look.
    #[default]
    Look,
    /// Nothing is wrong, but good to know.
    Fact,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// What it is, for programs: `duplicate_rows`, `duplicate_rows_but_id`, `duplicate_keys`, `constant_column`,
    /// `mostly_missing`, `identical_columns`, `outliers`, `skewed`, `impossible_date`, `placeholder_date`,
    /// `far_off_date`, `end_before_start`, `out_of_range`, `placeholder_number`, `mixed_units`, `spellings`,
    /// `similar_spellings`, `blanks`, `numbers_as_text`, `orphans`.
    pub code: String,
    /// The columns it is about; empty for all.
    pub columns: Vec<String>,
    pub severity: FindingSeverity,
    /// Rows, or cells of the column, that it is about.
    pub n_rows: u64,
    /// Their share of all rows.
    pub share: f64,
    /// What was found, in plain words.
    pub sentence: String,
    /// A few of them.
    pub examples: Vec<CellExample>,
    /// Filters that keep just the rows it is about, `n_rows` of them; empty where filters cannot say which they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<Filter>,
    /// How many values lie beyond limits; for `outliers` and `skewed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<LimitCount>,
    /// What would mend it; `None` where nothing should be done without knowing more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<RecipeStep>,
    /// What the step would do, as the words of a button: "Drop 12 duplicate rows". Empty without a step.
    pub action: String,
}

impl Finding {
    pub const MAX_EXAMPLES: usize = 4;
}

/// Values beyond limits; limits themselves are inside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LimitCount {
    pub limits: Limits,
    pub low: f64,
    pub high: f64,
    pub n_below: u64,
    pub n_above: u64,
}
