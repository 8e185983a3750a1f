//! What a correlation found.

use super::spec::CorrelateSpec;
use crate::analyses::{Interval, LedgerStep, Warning};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CorrelateResult {
    /// With the columns filled in.
    pub spec: CorrelateSpec,
    pub revision: u64,
    pub sentence: String,
    pub ledger: Vec<LedgerStep>,
    pub warnings: Vec<Warning>,
    /// Every pair once, in the order of the columns: (0,1), (0,2), ..., (1,2), ...
    pub pairs: Vec<Pair>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Pair {
    pub x: String,
    pub y: String,
    /// Rows where both are present.
    pub n: u64,
    /// `None` where a column is constant or n < 2.
    pub r: Option<f64>,
    /// Fisher z (for Spearman with the Bonett-Wright variance); needs n > 3.
    pub interval: Option<Interval>,
    /// t with n - 2 degrees of freedom, two-sided; needs n > 2.
    pub p_value: Option<f64>,
}
