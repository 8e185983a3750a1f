//! What an A/B report found.

use super::spec::{AbTestSpec, AnalysisUnit, Metric};
use crate::analyses::{Interval, LedgerStep, Warning};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AbTestResult {
    /// The spec with every default filled in: control named, `analysis_unit` decided.
    pub spec: AbTestSpec,
    /// Revision of the table that was read.
    pub revision: u64,
    /// The answer in one plain sentence, about the first goal.
    pub sentence: String,
    /// What the result does not show, or which assumption is strained, in one sentence.
    pub limits: String,
    pub variants: Vec<Variant>,
    pub exposure: Option<Exposure>,
    /// The ways to treat the rows, with which one was used; empty without a unit column.
    pub unit_options: Vec<UnitOption>,
    pub srm: Srm,
    pub ledger: Vec<LedgerStep>,
    pub warnings: Vec<Warning>,
    /// In the order of the spec.
    pub metrics: Vec<MetricResult>,
    /// One for each level of each segment column, in the order of the spec.
    pub segments: Vec<SegmentResult>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Variant {
    pub name: String,
    pub is_control: bool,
    pub n_rows: u64,
    /// Units with at least one row in this variant; equals `n_rows` without a unit column.
    pub n_units: u64,
}

/// How units and variants cross.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Exposure {
    pub n_units: u64,
    /// Units seen in more than one variant.
    pub n_units_in_several: u64,
    pub max_rows_per_unit: u64,
    /// Rows whose unit is missing; they are left out.
    pub n_rows_without_unit: u64,
}

/// One way to treat the rows, offered to the user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitOption {
    pub analysis_unit: AnalysisUnit,
    pub is_used: bool,
    /// "by session, errors clustered on user_id: 5,000 rows of 992 users".
    pub label: String,
    /// The first goal's effect under this option, for the first variant that is not the control.
    pub difference: Option<f64>,
    pub interval: Option<Interval>,
    pub p_value: Option<f64>,
}

/// Sample ratio mismatch: does the split match the plan?
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Srm {
    /// What was counted: "users" or "rows". Units seen in several variants make a count of units
    /// meaningless; then rows are counted.
    pub counted: String,
    pub observed: Vec<u64>,
    pub expected: Vec<f64>,
    pub method: SrmMethod,
    /// Chi-square only.
    pub statistic: Option<f64>,
    pub df: Option<f64>,
    pub p_value: f64,
    /// p < 0.001: no verdict is given.
    pub is_alert: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SrmMethod {
    ChiSquare,
    /// Two variants and fewer than 1,000 observations.
    ExactBinomial,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MetricResult {
    pub metric: Metric,
    /// [`Metric::label`] of it.
    pub name: String,
    /// One an arm, in the order of `variants`.
    pub arms: Vec<ArmSummary>,
    /// One for each variant but the control, in the order of `variants`.
    pub comparisons: Vec<Comparison>,
    /// Histogram by variant; `None` for ratios and proportions.
    pub distribution: Option<Distribution>,
    /// The effect day by day (or week, month); empty without a time column.
    pub over_time: Vec<DailyEffect>,
    /// Statistical notes on this metric, with the methods' names.
    pub notes: Vec<FieldNote>,
}

/// A metric in one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ArmSummary {
    pub variant: String,
    /// Observations used: rows, or units where the analysis is by unit.
    pub n: u64,
    /// Rows with a value; equals `n` where the analysis is by row.
    pub n_rows: u64,
    /// Rows without a value.
    pub n_missing: u64,
    /// Mean, share (0 to 1) or ratio. `None` without observations.
    pub estimate: Option<f64>,
    /// Of the estimate: t for means, Wilson for shares, delta method for ratios; clustered where
    /// the analysis is.
    pub interval: Option<Interval>,
    /// Sample standard deviation of the observations; for a ratio, of its linearised values.
    pub sd: Option<f64>,
    pub standard_error: Option<f64>,
    /// Proportions: successes.
    pub successes: Option<u64>,
    /// Ratios: the two sums.
    pub numerator_sum: Option<f64>,
    pub denominator_sum: Option<f64>,
    /// Means: minimum, quartiles (type 7), maximum.
    pub quartiles: Option<[f64; 5]>,
    /// Means: bias-corrected (G1).
    pub skewness: Option<f64>,
}

/// A variant against the control on one metric.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    pub variant: String,
    pub control: String,
    /// Variant minus control. `None` where an arm is empty.
    pub difference: Option<f64>,
    /// At level 1 - alpha, not adjusted for multiplicity.
    pub difference_interval: Option<Interval>,
    pub standard_error: Option<f64>,
    /// (variant - control) / |control|; `None` where the control is 0.
    pub lift: Option<f64>,
    pub lift_interval: LiftInterval,
    /// "Welch t", "two-proportion z", "cluster-robust t", ...
    pub test: String,
    pub statistic: Option<f64>,
    /// `None` for z.
    pub df: Option<f64>,
    pub p_value: Option<f64>,
    /// Adjusted over the goals; `None` where nothing was adjusted.
    pub p_adjusted: Option<f64>,
    /// Decided on `p_adjusted` where there is one; `None` while the split is in doubt (SRM).
    pub is_significant: Option<bool>,
    pub effect_size: Option<EffectSize>,
    /// Means by row or unit: the rank test beside the t test.
    pub rank_test: Option<RankTest>,
    /// Proportions with an expected count below 5: Fisher's exact p, which then decides.
    pub fisher_p_value: Option<f64>,
    /// "B keeps session_length 1.97 higher (95 % interval 1.75 to 2.19; +16.4 %)."
    pub sentence: String,
    /// "Welch's t(4980.56) = 17.41, p < .001, d = 0.49, 95% CI [1.75, 2.19]".
    pub apa: String,
}

impl Comparison {
    /// The p-value that decides, before any adjustment: Fisher's where there is one.
    pub fn deciding_p(&self) -> Option<f64> {
        self.fisher_p_value.or(self.p_value)
    }
}

/// The interval of a lift.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum LiftInterval {
    Finite {
        interval: Interval,
    },
    /// Fieller's set is not an interval: the control is not clearly away from zero.
    Unbounded,
    /// No lift to give an interval for.
    Undefined,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EffectSize {
    /// "Hedges' g" for means, "Cohen's h" for proportions.
    pub name: String,
    pub value: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankTest {
    /// Mann-Whitney U of the variant: pairs in which it is the larger, ties counting half.
    pub u: f64,
    pub p_value: f64,
    /// U / (n1 n2): chance that a random observation of the variant exceeds one of the control.
    pub probability_of_superiority: f64,
}

/// A histogram by variant, over shared bins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Distribution {
    /// Bin edges, one more than bins; bin i is `[edge i, edge i+1)`, the last one closed.
    pub edges: Vec<f64>,
    /// One list of counts a variant, in the order of `variants`.
    pub counts: Vec<Vec<u64>>,
}

/// The effect among the rows of one day, week or month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DailyEffect {
    /// First day of the period, ISO ("2024-03-04").
    pub from: String,
    /// "day", "week" or "month".
    pub period: String,
    pub variant: String,
    pub n_control: u64,
    pub n_variant: u64,
    pub difference: Option<f64>,
    pub interval: Option<Interval>,
}

/// One level of a segment column, analysed alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SegmentResult {
    pub column: String,
    /// "(missing)" for rows without a value.
    pub level: String,
    pub n_rows: u64,
    pub srm: Srm,
    /// As in the report, without distribution and time. p-values are not adjusted.
    pub metrics: Vec<MetricResult>,
}

/// A remark on one metric: "equal variances are not assumed".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldNote {
    pub topic: String,
    pub text: String,
}
