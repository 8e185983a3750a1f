//! What is asked of a chart: fields on shelves.

use crate::model::Filter;
use serde::{Deserialize, Serialize};

/// A chart of one table. What is left out follows from the fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChartSpec {
    pub table: String,
    #[serde(default)]
    pub mark: ChartMark,
    #[serde(default)]
    pub x: Option<ChartField>,
    #[serde(default)]
    pub y: Option<ChartField>,
    /// What colours tell apart; of a heat map, what its cells show.
    #[serde(default)]
    pub color: Option<ChartField>,
    /// Area of the points of a scatter chart: a numeric column, none below zero.
    #[serde(default)]
    pub size: Option<ChartField>,
    /// One small chart for each of its levels, at most 12.
    #[serde(default)]
    pub facet: Option<ChartField>,
    #[serde(default)]
    pub arrange: Arrange,
    #[serde(default)]
    pub order: ChartOrder,
    /// Categories shown on each axis, 1 to 200; rows of the others are put together as "other". Left out: 20.
    #[serde(default)]
    pub top: Option<u32>,
    #[serde(default)]
    pub x_scale: AxisScale,
    #[serde(default)]
    pub y_scale: AxisScale,
    #[serde(default)]
    pub filter: Vec<Filter>,
}

/// A column on a shelf, and what becomes of its values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChartField {
    /// Empty: the rows themselves, which can only be counted.
    #[serde(default)]
    pub column: String,
    /// Makes one figure of the rows of a group. `none`: the values are used as they are.
    #[serde(default)]
    pub measure: ChartMeasure,
    /// Of a date or date-time.
    #[serde(default)]
    pub time_unit: TimeUnit,
    /// About how many intervals of equal width a number is divided into, 2 to 200, where it is a place and not a measure.
    #[serde(default)]
    pub bins: Option<u32>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartMark {
    /// Follows from the kinds of the fields.
    #[default]
    Auto,
    /// A length for each category.
    Bar,
    /// Values joined along time or a number.
    Line,
    /// A line filled down to zero.
    Area,
    /// A line that changes only where a value does.
    Step,
    /// A point for each row; of many rows, how densely they lie.
    Scatter,
    Histogram,
    /// A smooth histogram.
    Density,
    /// The share of rows at or below each value.
    Ecdf,
    /// Quantiles against those of a normal distribution.
    Qq,
    Box,
    Violin,
    /// Densities one below the other.
    Ridgeline,
    /// A point for each row, by category.
    Strip,
    /// A colour for each pair of places.
    HeatMap,
    /// A colour for each day, in weeks.
    Calendar,
    /// The share of a sum that the largest rows take, with the Gini coefficient.
    Lorenz,
    /// Steps of a process, each as a share of the first.
    Funnel,
    /// Areas in proportion to the rows of two columns' levels.
    Mosaic,
    /// One figure.
    Kpi,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartMeasure {
    #[default]
    None,
    /// Rows; of a column, its values that are not missing.
    Count,
    /// Different values.
    CountDistinct,
    Sum,
    /// With the 95 % t interval.
    Mean,
    /// Type 7.
    Median,
    Min,
    Max,
    /// Of a binary column: the share of its second level (1, true, yes), with the 95 % Wilson interval.
    Share,
}

/// Units that a time is cut to (`year` to `hour`), or a part of it that comes again (`month_of_year` to `hour_of_day`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// The finest of year to hour that makes at most 120 places.
    #[default]
    Auto,
    Year,
    Quarter,
    Month,
    /// From Monday.
    Week,
    Day,
    Hour,
    MonthOfYear,
    /// From Monday.
    Weekday,
    HourOfDay,
}

/// How the series of a bar or area chart stand to each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Arrange {
    #[default]
    SideBySide,
    /// Only counts and sums can be stacked.
    Stacked,
    /// Stacked to 100 %.
    Share,
}

/// How categories follow one another. Times, numbers and ordered names keep their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChartOrder {
    /// The largest first.
    #[default]
    Value,
    Name,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum AxisScale {
    #[default]
    Linear,
    /// Values above zero.
    Log,
    /// Linear around zero, logarithmic beyond 1 and -1.
    Symlog,
}

impl TimeUnit {
    /// A part of time, such as the weekday, rather than a time.
    pub fn comes_again(self) -> bool {
        matches!(self, Self::MonthOfYear | Self::Weekday | Self::HourOfDay)
    }
}

impl ChartField {
    /// A column as it is.
    pub fn column(column: impl Into<String>) -> Self {
        Self { column: column.into(), ..Self::default() }
    }

    /// One figure of a column for each group of rows.
    pub fn measure(column: impl Into<String>, measure: ChartMeasure) -> Self {
        Self { column: column.into(), measure, ..Self::default() }
    }

    /// The number of rows.
    pub fn rows() -> Self {
        Self::measure("", ChartMeasure::Count)
    }

    pub fn is_measure(&self) -> bool {
        self.measure != ChartMeasure::None
    }
}
