//! What is wrong with an expression, and at which character.

use crate::model::{EngineError, ErrorCode};

/// "At character 7: found \")\", expected a value."
pub(super) fn unexpected(position: u32, found: &str, expected: &str) -> EngineError {
    fault(ErrorCode::BadOption, position, &format!("found {found}, expected {expected}."))
}

pub(super) fn fault(code: ErrorCode, position: u32, message: &str) -> EngineError {
    EngineError::new(code, format!("At character {position} of the expression: {message}"))
        .at_field("expression")
        .at_position(u64::from(position))
}
