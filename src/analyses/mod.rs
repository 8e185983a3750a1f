//! The analyses: one folder each, listed once in `catalog.rs`.
//!
//! `spec.rs` is what was asked and `result.rs` what was found: serde only, so that the page compiles
//! them too. `run.rs` computes, and exists in the engine alone.

pub mod ab_test;
mod catalog;
pub mod chart;
pub mod correlate;
pub mod describe;
#[cfg(feature = "engine")]
mod rows;
mod shared;

pub use catalog::{CATALOG, CatalogEntry, Category};
pub use shared::{Alternative, Interval, LedgerStep, Severity, Warning};

use serde::{Deserialize, Serialize};

/// What is asked of the engine: one analysis with its options.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Spec {
    AbTest(ab_test::AbTestSpec),
    Describe(describe::DescribeSpec),
    Correlate(correlate::CorrelateSpec),
    Chart(chart::ChartSpec),
}

impl Spec {
    /// The `kind` in the protocol and in the catalog.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::AbTest(_) => "ab_test",
            Self::Describe(_) => "describe",
            Self::Correlate(_) => "correlate",
            Self::Chart(_) => "chart",
        }
    }

    /// Which rows of the table it reads.
    pub fn filter_mut(&mut self) -> &mut Vec<crate::model::Filter> {
        match self {
            Self::AbTest(spec) => &mut spec.filter,
            Self::Describe(spec) => &mut spec.filter,
            Self::Correlate(spec) => &mut spec.filter,
            Self::Chart(spec) => &mut spec.filter,
        }
    }

    /// The table that the analysis reads.
    pub fn table(&self) -> &str {
        match self {
            Self::AbTest(spec) => &spec.table,
            Self::Describe(spec) => &spec.table,
            Self::Correlate(spec) => &spec.table,
            Self::Chart(spec) => &spec.table,
        }
    }
}

/// What was found: summary-sized, never raw columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnalysisResult {
    AbTest(Box<ab_test::AbTestResult>),
    Describe(describe::DescribeResult),
    Correlate(correlate::CorrelateResult),
    Chart(Box<chart::ChartResult>),
}
