//! Charts that the user composed, one kind of mark a file.

use crate::analyses::chart::ChartResult;
use crate::charts::model::Chart;

/// The chart of a panel; `None` where there is nothing to draw.
pub fn chart(_result: &ChartResult, _panel: usize) -> Option<Chart> {
    None
}
