//! The profile of a table: one summary a column.

use super::Kind;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableProfile {
    pub table: String,
    pub n_rows: u64,
    pub columns: Vec<ColumnProfile>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnProfile {
    pub name: String,
    pub kind: Kind,
    /// Values that are not missing.
    pub n: u64,
    pub n_missing: u64,
    /// Different values; `None` where counting stopped at the cap of 100,000.
    pub n_unique: Option<u64>,
    /// Smallest and largest value as text: numbers, dates, or names in natural order.
    pub min: Option<String>,
    pub max: Option<String>,
    /// Numeric kinds only.
    pub numbers: Option<NumberProfile>,
    /// The most frequent values, at most ten.
    pub top: Vec<ValueCount>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberProfile {
    pub mean: f64,
    /// Sample standard deviation (n - 1); `None` for fewer than two values.
    pub sd: Option<f64>,
    /// Quantiles of type 7.
    pub q1: f64,
    pub median: f64,
    pub q3: f64,
    pub histogram: Vec<HistogramBin>,
}

/// Values in `[from, to)`; the last bin includes `to`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistogramBin {
    pub from: f64,
    pub to: f64,
    pub n: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ValueCount {
    pub value: String,
    pub n: u64,
}
