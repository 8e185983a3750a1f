//! The extent of a matrix of cells.

use super::frame::SMALL_PX;
use crate::charts::marks::Cells;
use crate::charts::measure::{TextMeasure, Weight};
use crate::charts::model::{Chart, Mark};

/// Cells wider than this only stretch the matrix.
const WIDEST_CELL_PX: f64 = 96.0;
/// Never lower than a line of text.
const CELL_HEIGHT_PX: (f64, f64) = (18.0, 44.0);

/// The cells of a chart that is a matrix.
pub fn cells_of(chart: &Chart) -> Option<&Cells> {
    chart.marks.iter().find_map(|mark| match mark {
        Mark::Cells(cells) => Some(cells),
        _ => None,
    })
}

/// Right end of the cells that begin at `left` and have room up to `right`. On a triangle the names that
/// stand on the last columns (see `marks/cells.rs`) get room to run past it, within reason.
pub fn right_px(chart: &Chart, cells: &Cells, measure: &dyn TextMeasure, left: f64, right: f64) -> f64 {
    let names = chart.x.category_list().unwrap_or_default();
    let n = names.len().max(1) as f64;
    let widest = right.min(left + n * WIDEST_CELL_PX);
    if !cells.is_lower_triangle {
        return widest;
    }
    let enough = names.iter().enumerate().skip(1).map(|(index, category)| {
        let name_px = measure.width_px(&category.label, SMALL_PX, Weight::Regular) + 6.0;
        left + (right - name_px - left) * n / index as f64
    });
    // Not so much that the figures, which would fit into the full width, no longer do.
    let figures_px = n * cells.least_width_for_figures_px(measure);
    let least = if figures_px <= right - left { figures_px } else { (right - left) * 0.6 };
    enough.fold(widest, f64::min).max((left + least).min(widest))
}

/// Square where there is room.
pub fn cell_height_px(chart: &Chart, (left, right): (f64, f64)) -> f64 {
    let n_columns = chart.x.category_list().map_or(1, |columns| columns.len().max(1));
    ((right - left) / n_columns as f64).clamp(CELL_HEIGHT_PX.0, CELL_HEIGHT_PX.1)
}
