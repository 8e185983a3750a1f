//! The science: slices in, named structs out. One concept a file, and no tables, files or web anywhere.
//!
//! Conventions of the whole layer:
//! - `NaN` in a slice is a missing value. It is skipped, and counted where the result has room for it.
//! - No result holds `NaN`. What the data do not define is `None`, or the error [`Undefined`] that says why.
//! - p-values come from survival functions, never from `1 - cdf`, so that tails keep their digits.
//! - Transcendental functions are those of `libm`, so that results are the same on every platform.
//! - Two arms are always given as `(treatment, control)`, and differences are treatment minus control.

// `!(p > 0.0)` is also true of NaN, which is the point.
#![allow(clippy::neg_cmp_op_on_partial_ord)]

pub mod adjust;
pub mod chi_square;
pub mod cluster;
pub mod correlation;
pub mod curve;
pub mod density;
pub mod distribution;
pub mod effect_size;
pub mod histogram;
mod inference;
pub mod lift;
pub mod mean_test;
pub mod moments;
mod pair_moments;
pub mod proportion;
pub mod quantile;
pub mod rank;
pub mod ratio;
mod sum;

pub use inference::{Alternative, Bounds, Null, Undefined};
pub use moments::Moments;
pub use pair_moments::PairMoments;
pub use sum::{Sum, sum};
