//! Charts of how values lie: rows of boxes, violins, ridges and points, and curves over all values.

use super::{box_rows, curves};
use crate::analyses::chart::{ChartData, ChartPanel, ChartResult};
use crate::charts::model::Chart;

/// The chart of a panel; `None` for marks that are drawn elsewhere.
pub fn chart(result: &ChartResult, panel: &ChartPanel) -> Option<Chart> {
    match &panel.data {
        ChartData::Boxes { .. } => box_rows::chart(result, panel),
        ChartData::Curves { .. } => curves::chart(result, panel),
        _ => None,
    }
}
