//! Cleaning steps over a table, and the report of what each of them did.

use super::{ColumnInfo, Filter, JoinHow, Kind, SortKey, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An ordered list of steps over `table`. The table itself is never changed: what the steps make of it
/// becomes the table `into`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    pub table: String,
    pub steps: Vec<RecipeStep>,
    /// Name of the new table; not needed for a dry run.
    #[serde(default)]
    pub into: String,
    /// Only reports what the steps would do.
    #[serde(default)]
    pub dry_run: bool,
}

/// A step, which can be switched off without being taken out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecipeStep {
    #[serde(default = "yes")]
    pub enabled: bool,
    #[serde(flatten)]
    pub step: Step,
}

impl From<Step> for RecipeStep {
    fn from(step: Step) -> Self {
        Self { enabled: true, step }
    }
}

/// Everything that a recipe can do to a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Step {
    Filter(FilterStep),
    DropDuplicates(DropDuplicatesStep),
    DropMissing(DropMissingStep),
    FillMissing(FillMissingStep),
    Cap(LimitsStep),
    RemoveOutliers(LimitsStep),
    Cast(CastStep),
    Rename(RenameStep),
    Recode(RecodeStep),
    Split(SplitStep),
    Derive(DeriveStep),
    Group(GroupStep),
    Pivot(PivotStep),
    Unpivot(UnpivotStep),
    Join(JoinStep),
    Concatenate(ConcatenateStep),
    Sort(SortStep),
    Sample(SampleStep),
    Select(ColumnsStep),
    DropColumns(ColumnsStep),
}

impl Step {
    /// The name of the step in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Filter(_) => "filter",
            Self::DropDuplicates(_) => "drop_duplicates",
            Self::DropMissing(_) => "drop_missing",
            Self::FillMissing(_) => "fill_missing",
            Self::Cap(_) => "cap",
            Self::RemoveOutliers(_) => "remove_outliers",
            Self::Cast(_) => "cast",
            Self::Rename(_) => "rename",
            Self::Recode(_) => "recode",
            Self::Split(_) => "split",
            Self::Derive(_) => "derive",
            Self::Group(_) => "group",
            Self::Pivot(_) => "pivot",
            Self::Unpivot(_) => "unpivot",
            Self::Join(_) => "join",
            Self::Concatenate(_) => "concatenate",
            Self::Sort(_) => "sort",
            Self::Sample(_) => "sample",
            Self::Select(_) => "select",
            Self::DropColumns(_) => "drop_columns",
        }
    }
}

/// Keeps the rows that pass every condition and for which the expression is true. One of the two is needed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct FilterStep {
    pub conditions: Vec<Filter>,
    pub expression: Option<String>,
}

/// Keeps one row of those that are equal in the columns; missing cells are equal to each other.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DropDuplicatesStep {
    /// Empty: all columns.
    pub columns: Vec<String>,
    pub keep: Keep,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Keep {
    #[default]
    First,
    Last,
}

/// Drops rows with missing cells in the columns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct DropMissingStep {
    /// Empty: all columns.
    pub columns: Vec<String>,
    pub when: MissingIn,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum MissingIn {
    /// A row goes when one of the cells is missing.
    #[default]
    Any,
    /// A row goes when all of the cells are missing.
    All,
}

/// Fills missing cells. Where a group has no value to fill with, the cells stay missing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct FillMissingStep {
    pub columns: Vec<String>,
    pub with: Fill,
    /// Means, modes, previous values and the like are taken within each group of these columns.
    #[serde(default)]
    pub by: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    Constant(Value),
    Mean,
    Median,
    /// The most frequent value; of equally frequent ones the first in order.
    Mode,
    /// The last value above, in the table's order.
    Previous,
    /// The first value below.
    Next,
}

/// Limits for numeric columns. `cap` moves values beyond a limit onto it, `remove_outliers` drops their rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LimitsStep {
    pub columns: Vec<String>,
    pub limits: Limits,
}

/// Where values begin to be outliers; limits themselves are none. Quantiles are of type 7.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "method", rename_all = "snake_case", deny_unknown_fields)]
pub enum Limits {
    /// From the percentile `low` to the percentile `high`, 0 to 100.
    Percentile { low: f64, high: f64 },
    /// From q1 - factor (q3 - q1) to q3 + factor (q3 - q1).
    Iqr { factor: f64 },
    /// Median plus and minus factor times the median absolute deviation, which is scaled by 1.4826 so that
    /// for normal values it estimates the standard deviation.
    Mad { factor: f64 },
}

/// Reads the cells of a column anew as another kind. Cells that do not fit become missing and are listed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CastStep {
    pub column: String,
    pub kind: Kind,
}

/// Gives columns new names, all at once: two columns can change places.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RenameStep {
    /// Old name to new name.
    pub names: BTreeMap<String, String>,
}

/// Replaces cells, compared as texts. The column is one of names afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecodeStep {
    pub column: String,
    /// Old text to new text; an empty new text is missing.
    pub map: BTreeMap<String, String>,
    /// What becomes of texts that are not in the map.
    #[serde(default)]
    pub others: Others,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Others {
    #[default]
    Keep,
    Missing,
    Text(String),
}

/// Splits the texts of a column into new columns. Parts that are not there, or empty, are missing; the last
/// column takes the rest of the text, further separators included.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SplitStep {
    pub column: String,
    pub separator: String,
    /// Names of the new columns, which stand behind the split one.
    pub into: Vec<String>,
}

/// Adds a column, or replaces the one of the name, with the values of an expression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeriveStep {
    pub column: String,
    /// See docs/expressions.md.
    pub expression: String,
}

/// One row for each combination of the columns `by`, in their order, missing last; one row in all without them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GroupStep {
    #[serde(default)]
    pub by: Vec<String>,
    pub aggregates: Vec<Aggregate>,
}

/// One column of a grouped table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    /// Name of the new column.
    pub name: String,
    pub function: AggregateFunction,
    /// Needed by every function but `n`, which without it counts rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// For `quantile`: from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
}

/// Missing cells are left out. What has no value is missing: the sum and the mean of nothing, the standard
/// deviation of one value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AggregateFunction {
    /// Rows, or cells of a column that are not missing.
    N,
    /// Different values.
    NUnique,
    Sum,
    Mean,
    Median,
    /// Sample standard deviation (n - 1).
    Sd,
    Min,
    Max,
    /// Of type 7, at `q`.
    Quantile,
    /// The first cell that is not missing, in the table's order.
    First,
    Last,
    /// Share of true (yes, 1) among the cells of a binary column.
    ShareTrue,
}

impl AggregateFunction {
    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::N => "n",
            Self::NUnique => "n_unique",
            Self::Sum => "sum",
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Sd => "sd",
            Self::Min => "min",
            Self::Max => "max",
            Self::Quantile => "quantile",
            Self::First => "first",
            Self::Last => "last",
            Self::ShareTrue => "share_true",
        }
    }
}

/// One row for each combination of `by`, and one column for each value of `names_from`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PivotStep {
    pub by: Vec<String>,
    /// Its values become the names of columns; at most 500.
    pub names_from: String,
    /// What stands in the new columns; may be left out for `n`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values_from: Option<String>,
    /// What is done with the cells that meet in one.
    pub function: AggregateFunction,
    /// For `quantile`: from 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// Stands before the names of the new columns.
    #[serde(default)]
    pub prefix: String,
}

/// Turns columns into rows: each row becomes one row for each of the columns, in their order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnpivotStep {
    pub columns: Vec<String>,
    /// The new column of the old columns' names.
    pub names_to: String,
    /// The new column of their values.
    pub values_to: String,
}

/// Adds the columns of another table where all keys are equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct JoinStep {
    pub table: String,
    pub keys: Vec<JoinKey>,
    #[serde(default)]
    pub how: JoinHow,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct JoinKey {
    pub left: String,
    pub right: String,
}

/// Adds the rows of other tables. Columns are matched by name, where need be but for the case of letters and spaces
/// around it; where a table has none of a name, its cells are missing. Kinds that differ must have one that takes
/// both in, as continuous does count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ConcatenateStep {
    pub tables: Vec<String>,
    /// A new column that names the table each row came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// Rows with equal keys keep their order; missing cells are last in either direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SortStep {
    pub by: Vec<SortKey>,
}

/// Draws rows without putting them back; they keep their order. The same seed draws the same rows everywhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SampleStep {
    /// How many rows; all where there are fewer. Either this or `share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub n: Option<u64>,
    /// Share of the rows, 0 to 1, rounded to whole rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    #[serde(default)]
    pub seed: u64,
}

/// The columns to keep (`select`, in this order) or to drop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ColumnsStep {
    pub columns: Vec<String>,
}

/// What a recipe did, step by step; the same for a dry run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecipeReport {
    pub n_rows_before: u64,
    pub n_rows_after: u64,
    /// The columns there are after the last step.
    pub columns: Vec<ColumnInfo>,
    pub steps: Vec<StepReport>,
    pub duration_ms: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepReport {
    /// Name of the step in JSON.
    pub step: String,
    /// A step that is switched off does nothing.
    pub enabled: bool,
    pub n_rows_before: u64,
    pub n_rows_after: u64,
    pub columns_added: Vec<String>,
    pub columns_removed: Vec<String>,
    /// Cells of columns that were there before and still are, in rows that were kept, with another value.
    pub n_cells_changed: u64,
    pub duration_ms: f64,
    /// What a reader should know: cells that did not fit, divisions by zero, rows multiplied by a join.
    pub problems: Vec<StepProblem>,
}

/// Trouble that did not stop a step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepProblem {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// A plain sentence.
    pub message: String,
    /// Cells or rows that it is about.
    pub n: u64,
    /// The first of them; at most [`StepProblem::MAX_EXAMPLES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<CellExample>,
}

impl StepProblem {
    pub const MAX_EXAMPLES: usize = 20;
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellExample {
    /// Row of the table before the step, from 1.
    pub row: u64,
    pub text: String,
}

fn yes() -> bool {
    true
}
