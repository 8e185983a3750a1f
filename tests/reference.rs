//! Every statistical routine against independent references: mpmath, scipy, statsmodels, NIST.
//!
//! `reference/make_*.py` wrote `reference/*.json`, with the versions inside. Where the variable `PLAYHEAD_SHARED` names a
//! folder with further numeric cases, those that the routines can express are checked too.
#![cfg(feature = "engine")]
// A reference that cannot be read stops its test; that is the message.
#![allow(clippy::expect_used, clippy::panic)]

#[path = "reference/check.rs"]
mod check;
#[path = "reference/comparisons.rs"]
mod comparisons;
#[path = "reference/distributions.rs"]
mod distributions;
#[path = "reference/experiments.rs"]
mod experiments;
#[path = "reference/histograms.rs"]
mod histograms;
#[path = "reference/samples.rs"]
mod samples;
#[path = "reference/shared_cases.rs"]
mod shared_cases;
