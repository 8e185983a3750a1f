//! What is asked of a correlation.

use crate::model::Filter;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CorrelateSpec {
    pub table: String,
    /// Two or more numeric columns. Empty: all of them, ids left out, at most 40.
    #[serde(default)]
    pub columns: Vec<String>,
    #[serde(default)]
    pub method: CorrelationMethod,
    #[serde(default)]
    pub filter: Vec<Filter>,
    /// 0.0001 to 0.5.
    #[serde(default = "default_alpha")]
    pub alpha: f64,
}

impl Default for CorrelateSpec {
    /// All numeric columns of a table that is still to be named.
    fn default() -> Self {
        Self {
            table: String::new(),
            columns: Vec::new(),
            method: CorrelationMethod::default(),
            filter: Vec::new(),
            alpha: default_alpha(),
        }
    }
}

fn default_alpha() -> f64 {
    0.05
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CorrelationMethod {
    #[default]
    Pearson,
    /// Pearson's r of average ranks.
    Spearman,
}
