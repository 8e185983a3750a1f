//! What a chart shows: figures by place and series, never rows beyond a few thousand points.

use super::spec::ChartSpec;
use crate::analyses::{Interval, LedgerStep, Warning};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartResult {
    /// With the mark, the measures and the time units filled in.
    pub spec: ChartSpec,
    pub revision: u64,
    pub sentence: String,
    pub ledger: Vec<LedgerStep>,
    pub warnings: Vec<Warning>,
    pub x: ChartAxis,
    pub y: ChartAxis,
    /// What the values are where they lie on neither axis: the cells of a heat map, calendar or mosaic, the figure of a KPI.
    pub value: ChartAxis,
    /// What the series are levels of; empty where there is only one.
    pub series_label: String,
    /// At least one; its name is empty where nothing is told apart. At most 8, the last one may be "other".
    pub series: Vec<String>,
    /// One, or one for each level of `facet`, in the order in which they are shown. All share axes and series.
    pub panels: Vec<ChartPanel>,
}

/// A chart whose panels follow a range: what stays the same in it. Its places, series and panels are those of all rows
/// that pass its filters.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndexedChart {
    /// Which of the specs that were asked for, from 0.
    pub idx: u32,
    /// With the mark, the measures and the time units filled in.
    pub spec: ChartSpec,
    pub x: ChartAxis,
    pub y: ChartAxis,
    pub value: ChartAxis,
    pub series_label: String,
    pub series: Vec<String>,
}

/// What one direction of the chart stands for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartAxis {
    /// "mean of session_length", "country"; empty where the direction means nothing.
    pub label: String,
    pub scale: PlaceKind,
    /// Of `categories`: their names, in the order in which they are shown. Positions are indices into it.
    pub names: Vec<String>,
    /// Where intervals of a number or units of time begin, and the end of the last one: one more than places; else empty.
    pub edges: Vec<f64>,
    /// Whether the edges are times, also where the places became categories.
    pub edges_are_times: bool,
    /// Whether the values are shares from 0 to 1.
    pub is_share: bool,
    /// Whether the values are whole numbers of rows or of different values.
    pub is_count: bool,
    /// The unit that all values were written with, such as "$", or "seconds" of durations; empty where there is none.
    pub unit: String,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    #[default]
    Numbers,
    Categories,
    /// Seconds since 1970-01-01 00:00:00 UTC; of a unit, where it begins.
    Times,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartPanel {
    /// The level of `facet`; empty without one.
    pub name: String,
    /// Rows with a value for every field.
    pub n_rows: u64,
    pub data: ChartData,
}

/// The figures, by the shape that the mark needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "shape", rename_all = "snake_case")]
pub enum ChartData {
    /// Bars, lines, areas, steps, heat maps, calendars, funnels, mosaics, one figure.
    Values { values: Vec<ChartValue> },
    /// Histograms: edges ascending, one more than bins; counts by series.
    Bins { edges: Vec<f64>, counts: Vec<Vec<u64>> },
    /// Densities, cumulative shares, quantiles, Lorenz curves.
    Curves { curves: Vec<ChartCurve> },
    /// Boxes, violins, ridgelines, strips.
    Boxes { boxes: Vec<ChartBox> },
    /// Scatter charts of few rows.
    Points { points: Vec<ChartPoint> },
    /// Scatter charts of many rows: rows by cell, from low y to high y and in it from low x to high x.
    Cells { x_edges: Vec<f64>, y_edges: Vec<f64>, counts: Vec<Vec<u64>> },
}

/// A figure at a place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartValue {
    /// On x: an index into its names, a number (the middle of a bin), or a time.
    pub at: f64,
    /// Heat maps and mosaics: index into the names of y. Calendars: the day of the week, from Monday. Else 0.
    pub row: u32,
    /// Index into `series`.
    pub series: u32,
    /// `None` where no row has a value.
    pub value: Option<f64>,
    /// Of means and shares: 95 %.
    pub interval: Option<Interval>,
    /// Rows that the figure is made of.
    pub n: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartCurve {
    pub series: u32,
    pub n: u64,
    /// Ascending; at most 512.
    pub x: Vec<f64>,
    pub y: Vec<f64>,
    /// Of a Lorenz curve, the Gini coefficient; of a density, the bandwidth. Else none.
    pub figure: Option<f64>,
}

/// The values of one category and series.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartBox {
    /// Index into the names of x.
    pub at: u32,
    pub series: u32,
    pub n: u64,
    pub mean: Option<f64>,
    /// Minimum, quartiles of type 7 and maximum; `None` without values.
    pub five_numbers: Option<[f64; 5]>,
    /// The lowest and the highest value within 1.5 interquartile ranges of the box.
    pub whiskers: Option<[f64; 2]>,
    /// Values beyond the whiskers, at most 60, those farthest out first.
    pub outliers: Vec<f64>,
    pub n_outliers: u64,
    /// Violins and ridgelines: the density at places evenly spaced from the minimum to the maximum; else empty.
    pub density_x: Vec<f64>,
    pub density_y: Vec<f64>,
    /// Strips: at most 400 values, evenly taken by rank where there are more; else empty.
    pub values: Vec<f64>,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChartPoint {
    pub x: f64,
    pub y: f64,
    pub series: u32,
    /// Of the field on the shelf of sizes.
    pub size: Option<f64>,
    /// From 1.
    pub row: u64,
}
