//! Charts of figures at places: bars, lines, areas and steps, histograms, scatter charts.
//!
//! All panels of a result share their axes: what the other panels span is in each chart as a `Reach`.

mod bars;
mod density;
mod histogram;
mod lines;
mod places;
mod scatter;
mod stack;
mod table;
mod takeaway;
mod words;

use crate::analyses::chart::{
    ChartAxis, ChartData, ChartMark, ChartPanel, ChartResult, ChartValue, PlaceKind,
};
use crate::charts::model::Chart;
use std::borrow::Cow;

/// `None` for the marks that others draw, and where the figures are not of the mark's shape.
pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    let result = &*placed(result);
    match result.spec.mark {
        ChartMark::Bar => bars::chart(result, panel),
        ChartMark::Histogram => histogram::chart(result, panel),
        ChartMark::Scatter => scatter::chart(result, panel),
        ChartMark::Line | ChartMark::Area | ChartMark::Step => lines::chart(result, panel),
        _ => None,
    }
}

/// Without a field on x, all rows stand at one place.
fn placed(result: &ChartResult) -> Cow<'_, ChartResult> {
    if result.spec.x.is_some() {
        return Cow::Borrowed(result);
    }
    let names = vec!["all rows".to_owned()];
    let x = ChartAxis { scale: PlaceKind::Categories, names, ..ChartAxis::default() };
    Cow::Owned(ChartResult { x, ..result.clone() })
}

/// The figures of a panel whose shape is values at places.
fn values_of(panel: &ChartPanel) -> Option<&Vec<ChartValue>> {
    match &panel.data {
        ChartData::Values { values } => Some(values),
        _ => None,
    }
}
