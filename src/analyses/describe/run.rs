//! Runs the analysis.

use super::{DescribeResult, DescribeSpec};
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;
use crate::tables::Table;

pub async fn run(_table: &Table, _spec: &DescribeSpec, _pace: &Pace) -> Result<DescribeResult, EngineError> {
    Err(EngineError::new(ErrorCode::Internal, "not written yet"))
}
