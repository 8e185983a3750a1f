//! What is asked of an A/B report.

use crate::analyses::Alternative;
use crate::model::{Filter, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct AbTestSpec {
    pub table: String,
    /// The column that names the randomised unit (user). `None`: every row is a unit of its own.
    #[serde(default)]
    pub unit: Option<String>,
    /// The column that names the variant.
    pub variant: String,
    /// The level of `variant` to compare with. `None`: `control`, `A`, `0`, ... where there is one,
    /// else the first level in natural order.
    #[serde(default)]
    pub control: Option<String>,
    pub metrics: Vec<Metric>,
    #[serde(default)]
    pub analysis_unit: AnalysisUnit,
    /// A date or date-time column: orders the rows of a unit, and gives the effect over time.
    #[serde(default)]
    pub time: Option<String>,
    #[serde(default)]
    pub filter: Vec<Filter>,
    /// Columns whose levels are analysed one by one.
    #[serde(default)]
    pub segments: Vec<String>,
    /// Planned share of each variant, in any scale. `None`: equal shares.
    #[serde(default)]
    pub expected_split: Option<BTreeMap<String, f64>>,
    /// 0.0001 to 0.5.
    #[serde(default = "default_alpha")]
    pub alpha: f64,
    #[serde(default)]
    pub alternative: Alternative,
    /// The test of means (proportions have their own).
    #[serde(default)]
    pub mean_test: MeanTest,
    #[serde(default)]
    pub lift_method: LiftMethod,
    /// Over all comparisons of goal metrics (metrics x variants). Guardrails are not adjusted.
    #[serde(default)]
    pub correction: Correction,
}

impl Default for AbTestSpec {
    /// The options as they are before anything is chosen; table, variant and metrics are still to be named.
    fn default() -> Self {
        Self {
            table: String::new(),
            unit: None,
            variant: String::new(),
            control: None,
            metrics: Vec::new(),
            analysis_unit: AnalysisUnit::default(),
            time: None,
            filter: Vec::new(),
            segments: Vec::new(),
            expected_split: None,
            alpha: default_alpha(),
            alternative: Alternative::default(),
            mean_test: MeanTest::default(),
            lift_method: LiftMethod::default(),
            correction: Correction::default(),
        }
    }
}

fn default_alpha() -> f64 {
    0.05
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Metric {
    /// `None`: made from the columns, "session_length" or "watch_completion / watched".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(default)]
    pub role: MetricRole,
    pub measure: MetricMeasure,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum MetricMeasure {
    /// Mean of a numeric column.
    Mean { column: String },
    /// Share of rows with a success. `success` is needed where the column is not binary.
    Proportion {
        column: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        success: Option<Value>,
    },
    /// Sum of one numeric column over the sum of another, by the delta method.
    Ratio { numerator: String, denominator: String },
}

impl Metric {
    /// The name shown: the given one, or one made from the columns.
    pub fn label(&self) -> String {
        match (&self.name, &self.measure) {
            (Some(name), _) => name.clone(),
            (None, MetricMeasure::Mean { column } | MetricMeasure::Proportion { column, success: None }) => {
                column.clone()
            }
            (None, MetricMeasure::Proportion { column, success: Some(value) }) => {
                let value = match value {
                    Value::Bool(value) => value.to_string(),
                    Value::Number(value) => value.to_string(),
                    Value::Text(value) => value.clone(),
                };
                format!("{column} = {value}")
            }
            (None, MetricMeasure::Ratio { numerator, denominator }) => format!("{numerator} / {denominator}"),
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MetricRole {
    #[default]
    Goal,
    /// Must not get worse; never adjusted for multiplicity.
    Guardrail,
    Secondary,
}

/// What counts as one independent observation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AnalysisUnit {
    /// `clustered` where some unit has several rows; else, and without a unit column, `rows`.
    #[default]
    Auto,
    /// Every row is independent. A caution is given where a unit has several rows.
    Rows,
    /// One value a unit and variant: the mean of its rows (for a ratio, its sums). Errors are
    /// clustered on the unit where units were seen in several variants.
    Unit,
    /// Every row counts, with errors clustered on the unit (CR1, t with clusters - 1 degrees of freedom).
    Clustered,
    /// Each unit belongs to the first variant it saw (by `time`, else by row order); its rows under
    /// other variants are left out, and its remaining rows are averaged as in `unit`.
    FirstVariant,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MeanTest {
    #[default]
    Welch,
    /// Equal variances.
    Student,
    /// Normal quantiles with unequal variances.
    Z,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LiftMethod {
    #[default]
    Fieller,
    /// First-order delta method, symmetric; can contradict the absolute test.
    Delta,
    /// Delta method on the log of the ratio.
    Log,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    #[default]
    Holm,
    Bonferroni,
    /// Benjamini-Hochberg: false discovery rate.
    BenjaminiHochberg,
    BenjaminiYekutieli,
    None,
}
