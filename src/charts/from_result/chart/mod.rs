//! Charts that the user composed, one kind of mark a file.

mod box_plot;
mod box_rows;
mod curves;
mod density;
mod distributions;
mod ecdf;
mod figures;
mod lorenz;
mod qq;
mod ridgeline;
mod strip;
mod violin;

use crate::analyses::chart::ChartResult;
use crate::charts::model::Chart;

/// The chart of a panel; `None` where there is nothing to draw.
pub fn chart(result: &ChartResult, panel: usize) -> Option<Chart> {
    distributions::chart(result, panel)
}
