//! Sample ratio mismatch: whether the variants have their planned shares.

use super::plan::Plan;
use super::result::{Srm, SrmMethod};
use super::spec::AnalysisUnit;
use super::words::units_of;
use crate::model::{EngineError, ErrorCode};
use crate::stats::{Undefined, chi_square};

/// Alert level, far below any alpha: a mismatch spoils the whole experiment, and it is tested on every look.
const ALERT: f64 = 0.001;
/// Two variants with fewer observations are tested exactly.
const EXACT_BELOW: u64 = 1_000;

/// Tests the split of the plan's rows at `indices`. Units are counted where each saw one variant, rows elsewhere.
///
/// # Errors
/// Where the planned split leaves a variant out or gives it a share that is not above 0.
pub(super) fn srm(plan: &Plan, indices: &[u32]) -> Result<Srm, EngineError> {
    let is_crossed = plan.exposure.as_ref().is_some_and(|exposure| exposure.n_units_in_several > 0);
    let counts_units = !is_crossed || plan.spec.analysis_unit == AnalysisUnit::FirstVariant;
    let mut observed = vec![0_u64; plan.variants.len()];
    let mut is_counted = vec![false; plan.n_units];
    for index in indices {
        let arm = plan.arm_of[*index as usize] as usize;
        match &plan.unit_of {
            Some(unit_of) if counts_units => {
                let counted = &mut is_counted[unit_of[*index as usize] as usize];
                observed[arm] += u64::from(!*counted);
                *counted = true;
            }
            _ => observed[arm] += 1,
        }
    }
    let counted = match &plan.spec.unit {
        Some(unit) if counts_units => units_of(unit),
        _ => "rows".into(),
    };
    let shares = shares(plan)?;
    let n: u64 = observed.iter().sum();
    let expected: Vec<f64> = shares.iter().map(|share| share * n as f64).collect();
    let undefined =
        |cause: Undefined| EngineError::new(ErrorCode::NotEnoughData, format!("No split to check: {cause}."));
    let (method, statistic, df, p_value) = match (observed.as_slice(), shares.as_slice()) {
        (&[a, b], &[share_a, share_b]) if n < EXACT_BELOW => {
            let p = chi_square::exact_two_cells([a, b], [share_a, share_b]).map_err(undefined)?;
            (SrmMethod::ExactBinomial, None, None, p)
        }
        _ => {
            let test = chi_square::goodness_of_fit(&observed, &shares).map_err(undefined)?;
            (SrmMethod::ChiSquare, Some(test.statistic), Some(test.df), test.p_value)
        }
    };
    Ok(Srm { counted, observed, expected, method, statistic, df, p_value, is_alert: p_value < ALERT })
}

/// The planned shares, summing to 1, in the order of the variants.
fn shares(plan: &Plan) -> Result<Vec<f64>, EngineError> {
    let Some(split) = &plan.spec.expected_split else {
        return Ok(vec![1.0 / plan.variants.len() as f64; plan.variants.len()]);
    };
    let mut shares = Vec::with_capacity(plan.variants.len());
    for variant in &plan.variants {
        match split.get(variant) {
            Some(share) if share.is_finite() && *share > 0.0 => shares.push(*share),
            found => {
                let message = match found {
                    Some(share) => {
                        format!("The planned share of \"{variant}\" is {share}; it must be above 0.")
                    }
                    None => format!("The planned split has no share for \"{variant}\"."),
                };
                let error = EngineError::new(ErrorCode::BadOption, message).at_field("expected_split");
                return Err(error.hint("Give every variant a share, such as 50 and 50."));
            }
        }
    }
    let total: f64 = shares.iter().sum();
    Ok(shares.into_iter().map(|share| share / total).collect())
}
