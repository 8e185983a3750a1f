//! Charts that the user composed, one kind of mark a file.

mod axes;
mod box_plot;
mod box_rows;
mod calendar;
mod curves;
mod density;
mod distributions;
mod ecdf;
mod figures;
mod funnel;
mod grids;
mod heat_map;
mod lorenz;
mod mosaic;
mod qq;
mod ridgeline;
mod strip;
mod titles;
mod values;
mod violin;

use crate::analyses::chart::ChartResult;
use crate::charts::model::Chart;

/// The chart of a panel; `None` where there is nothing to draw.
pub fn chart(result: &ChartResult, panel: usize) -> Option<Chart> {
    let panel = result.panels.get(panel)?;
    values::chart(result, panel)
        .or_else(|| distributions::chart(result, panel))
        .or_else(|| grids::chart(result, panel))
}
