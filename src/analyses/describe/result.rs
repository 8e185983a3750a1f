//! What a description found.

use super::spec::DescribeSpec;
use crate::analyses::{Interval, LedgerStep, Warning};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DescribeResult {
    /// With the columns filled in.
    pub spec: DescribeSpec,
    pub revision: u64,
    pub sentence: String,
    pub ledger: Vec<LedgerStep>,
    pub warnings: Vec<Warning>,
    /// In natural order of their levels; at most 1,000 (a warning says when some were left out).
    pub groups: Vec<DescribeGroup>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DescribeGroup {
    /// Levels in the order of `by`; "(missing)" for a missing one.
    pub levels: Vec<String>,
    pub n_rows: u64,
    pub numbers: Vec<NumberSummary>,
    pub categories: Vec<CategorySummary>,
}

/// A numeric column in one group. Values are `None` where n is too small to define them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberSummary {
    pub column: String,
    pub n: u64,
    pub n_missing: u64,
    pub sum: f64,
    pub mean: Option<f64>,
    /// t interval of the mean, 95 %.
    pub mean_interval: Option<Interval>,
    /// n - 1.
    pub sd: Option<f64>,
    pub min: Option<f64>,
    /// Quantiles of type 7.
    pub q1: Option<f64>,
    pub median: Option<f64>,
    pub q3: Option<f64>,
    pub max: Option<f64>,
    /// Bias-corrected (G1); needs three different values.
    pub skewness: Option<f64>,
    /// Bias-corrected excess (G2); needs four.
    pub kurtosis: Option<f64>,
}

/// A column of names in one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CategorySummary {
    pub column: String,
    pub n: u64,
    pub n_missing: u64,
    pub n_levels: u64,
    /// Most frequent first, at most 50.
    pub levels: Vec<LevelShare>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LevelShare {
    pub level: String,
    pub n: u64,
    /// Of the values that are not missing, 0 to 1.
    pub share: f64,
}
