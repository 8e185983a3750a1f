//! Runs the analysis.

use super::{CorrelateResult, CorrelateSpec};
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;
use crate::tables::Table;

pub async fn run(_table: &Table, _spec: &CorrelateSpec, _pace: &Pace) -> Result<CorrelateResult, EngineError> {
    Err(EngineError::new(ErrorCode::Internal, "not written yet"))
}
