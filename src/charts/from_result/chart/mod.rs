//! Charts that the user composed, one kind of mark a file.

mod values;

use crate::analyses::chart::ChartResult;
use crate::charts::model::Chart;

/// The chart of a panel; `None` where there is nothing to draw.
pub fn chart(result: &ChartResult, panel: usize) -> Option<Chart> {
    values::chart(result, panel)
}
