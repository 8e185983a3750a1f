//! Samples of rows.

use super::super::Table;
use super::{Outcome, option, rows};
use crate::model::{EngineError, SampleStep};
use crate::pace::Pace;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Rows between two steps of the pace.
const SLICE_ROWS: usize = 65_536;

/// Goes through the rows and takes each with the chance (still wanted) / (still to come), which gives every set of
/// rows the same chance (Knuth, The Art of Computer Programming 2, algorithm 3.4.2 S). Whole numbers alone decide,
/// so that the rows are the same everywhere.
pub(super) async fn sample(table: &Table, step: &SampleStep, pace: &Pace) -> Result<Outcome, EngineError> {
    let n_rows = table.n_rows();
    let n_wanted = match (step.n, step.share) {
        (Some(n), None) => usize::try_from(n).unwrap_or(usize::MAX).min(n_rows),
        (None, Some(share)) if (0.0..=1.0).contains(&share) => (share * n_rows as f64).round() as usize,
        (None, Some(share)) => {
            return Err(option(format!("The share must be from 0 to 1; it is {share}."), "share"));
        }
        (None, None) => return Err(option("A sample needs a number of rows or a share of them.", "n")),
        (Some(_), Some(_)) => {
            return Err(option("A sample has a number of rows or a share, not both.", "share"));
        }
    };
    let mut source = ChaCha8Rng::seed_from_u64(step.seed);
    let mut taken = Vec::with_capacity(n_wanted);
    for row in 0..n_rows {
        if row % SLICE_ROWS == 0 {
            pace.step(0.5 * row as f64 / n_rows as f64, "drawing rows").await?;
        }
        let n_to_come = (n_rows - row) as u64;
        let n_missing = (n_wanted - taken.len()) as u64;
        // The upper half of a product is a number below `n_to_come`; its bias is below 2^-40.
        let draw = (u128::from(source.next_u64()) * u128::from(n_to_come)) >> 64;
        if draw < u128::from(n_missing) {
            taken.push(row as u32);
        }
    }
    rows::kept(table, &taken, pace).await
}
