//! Computes a chart.

use super::result::ChartResult;
use super::spec::ChartSpec;
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;
use crate::tables::Table;

pub async fn run(table: &Table, spec: &ChartSpec, pace: &Pace) -> Result<ChartResult, EngineError> {
    pace.step(0.0, "drawing").await?;
    let message = format!("No field of \"{}\" is on a shelf.", table.name());
    Err(EngineError::new(ErrorCode::BadOption, message).at_table(&spec.table))
}
