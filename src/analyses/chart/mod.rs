//! Charts of any table: fields on shelves, figures by place and series.

#[cfg(feature = "engine")]
mod brush;
#[cfg(feature = "engine")]
mod cumulative;
#[cfg(feature = "engine")]
mod distributions;
#[cfg(feature = "engine")]
mod frame;
#[cfg(feature = "engine")]
mod measure;
#[cfg(feature = "engine")]
mod places;
#[cfg(feature = "engine")]
mod points;
#[cfg(feature = "engine")]
mod resolve;
mod result;
#[cfg(feature = "engine")]
mod run;
mod spec;
#[cfg(feature = "engine")]
mod times;
#[cfg(feature = "engine")]
mod values;
#[cfg(feature = "engine")]
mod words;

#[cfg(feature = "engine")]
pub use brush::{BrushAxis, BrushIndex};
pub use result::{
    ChartAxis, ChartBox, ChartCurve, ChartData, ChartPanel, ChartPoint, ChartResult, ChartValue,
    IndexedChart, PlaceKind,
};
#[cfg(feature = "engine")]
pub use run::run;
pub use spec::{Arrange, AxisScale, ChartField, ChartMark, ChartMeasure, ChartOrder, ChartSpec, TimeUnit};

use super::catalog::{Category, Description};

pub const DESCRIPTION: Description = Description {
    kind: "chart",
    category: Category::Describe,
    name: "Chart",
    question: "What do the columns look like, alone and against each other?",
    help: "Draws the columns that you put on its shelves: bars, lines and areas of counts, sums, means and shares; \
           histograms, densities, boxes and violins of values; scatter charts and heat maps of two columns; one small \
           chart for each level of a third. The kind of chart follows from the columns until you choose one.",
};
