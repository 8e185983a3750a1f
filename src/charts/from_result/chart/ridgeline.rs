//! Ridgelines: densities one below the other, each reaching a little into the row above.

use super::box_rows::Row;
use super::violin::densities;
use crate::analyses::chart::ChartResult;
use crate::charts::marks::{BoxLook, RidgeLook};
use crate::charts::model::Mark;

const NOTE: &str = "Height of each ridge: how densely the values lie there, on one scale for all rows. Upright tick: \
                    median.";

pub fn marks(result: &ChartResult, rows: &[Row<'_>]) -> (&'static str, &'static str, Vec<Mark>) {
    ("chart_ridgeline", NOTE, densities(result, rows, RidgeLook::Ridge, BoxLook::Foot))
}
