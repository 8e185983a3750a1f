//! The ranges of the knobs.

use crate::format;
use crate::model::{EngineError, ErrorCode, UiExperimentSpec};

/// # Errors
/// `BadOption` for the first knob that is outside its range, named in `at.field`.
pub fn check(knobs: &UiExperimentSpec) -> Result<(), EngineError> {
    if knobs.seed > UiExperimentSpec::MAX_SEED {
        let max = format::count(UiExperimentSpec::MAX_SEED);
        return Err(outside("seed", &format::count(knobs.seed), &format!("a whole number from 0 to {max}")));
    }
    for range in UiExperimentSpec::RANGES {
        let value = (range.value)(knobs);
        if !(range.min..=range.max).contains(&value) {
            let mut expected = format!("from {} to {}", plain(range.min), plain(range.max));
            if !range.unit.is_empty() {
                expected = format!("{expected} {}", range.unit);
            }
            return Err(outside(range.field, &plain(value), &expected));
        }
    }
    Ok(())
}

fn outside(field: &str, found: &str, expected: &str) -> EngineError {
    EngineError::new(ErrorCode::BadOption, format!("{field} is {found}; it must be {expected}."))
        .at_field(field)
}

/// All digits that a knob may have: "5,000,000", "0.01".
fn plain(value: f64) -> String {
    if value.is_nan() { "not a number".into() } else { format::trim_zeros(&format::number(value, 12)) }
}
