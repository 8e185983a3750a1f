//! Violins: the density of each row mirrored around its middle, with a line over the quartiles.

use super::box_rows::{Row, by_series, item};
use crate::analyses::chart::{ChartData, ChartResult};
use crate::charts::marks::{BoxLook, Boxes, Ridge, RidgeLook, Ridges};
use crate::charts::model::Mark;

const NOTE: &str = "Height of each shape: how densely the values lie there, on one scale for all rows. Thick line: the \
                    middle half of the values. Dot: median.";

pub fn marks(result: &ChartResult, rows: &[Row<'_>]) -> (&'static str, &'static str, Vec<Mark>) {
    ("chart_violin", NOTE, densities(result, rows, RidgeLook::Violin, BoxLook::Line))
}

/// The densities, and over them the quartiles.
pub fn densities(result: &ChartResult, rows: &[Row<'_>], look: RidgeLook, quartiles: BoxLook) -> Vec<Mark> {
    let most = highest_density(result);
    let by_series = by_series(result, rows);
    let ridge = |row: &&Row<'_>| Ridge {
        place: row.place,
        x: row.found.density_x.clone(),
        density: row.found.density_y.clone(),
    };
    let ridges = by_series.iter().map(|(series, rows)| {
        Mark::Ridges(Ridges { series: *series, look, most, items: rows.iter().map(ridge).collect() })
    });
    let boxes = by_series.iter().map(|(series, rows)| {
        let items = rows.iter().map(|row| item(result, row)).collect();
        Mark::Boxes(Boxes { series: *series, look: quartiles, items })
    });
    ridges.chain(boxes).collect()
}

/// Of all panels, so that they can be compared.
fn highest_density(result: &ChartResult) -> f64 {
    let boxes = result.panels.iter().filter_map(|panel| match &panel.data {
        ChartData::Boxes { boxes } => Some(boxes),
        _ => None,
    });
    boxes.flatten().flat_map(|found| &found.density_y).copied().filter(|y| y.is_finite()).fold(0.0, f64::max)
}
