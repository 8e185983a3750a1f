//! Words that every result uses.

use serde::{Deserialize, Serialize};

/// Which departure from the null hypothesis counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Alternative {
    #[default]
    TwoSided,
    /// Variant above control.
    Greater,
    /// Variant below control.
    Less,
}

/// A confidence interval. An end is `None` where it is infinite.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Interval {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

impl Interval {
    pub fn new(low: f64, high: f64) -> Self {
        Self { low: low.is_finite().then_some(low), high: high.is_finite().then_some(high) }
    }
}

/// One line of the row ledger: what happened, and how many rows were left after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LedgerStep {
    /// "rows in sessions", "after the filter device_type = TV", "with a variant".
    pub step: String,
    pub n_rows: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Note,
    /// A strained assumption: read the result with care.
    Caution,
    /// The result must not be acted on.
    Stop,
}

/// A typed remark on a result. `code` is stable; `message` is for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Warning {
    /// For example `rows_not_independent`, `sample_ratio_mismatch`, `multiple_exposure`,
    /// `small_sample`, `skewed`, `constant_metric`, `few_clusters`, `missing_values`.
    pub code: String,
    pub severity: Severity,
    pub message: String,
    /// The metric concerned, by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metric: Option<String>,
}
