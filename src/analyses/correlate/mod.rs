//! Correlation of every pair of columns.

mod result;
#[cfg(feature = "engine")]
mod run;
mod spec;
#[cfg(feature = "engine")]
mod words;

pub use result::{CorrelateResult, Pair};
#[cfg(feature = "engine")]
pub use run::run;
pub use spec::{CorrelateSpec, CorrelationMethod};

use super::catalog::{Category, Description};

pub const DESCRIPTION: Description = Description {
    kind: "correlate",
    category: Category::Relate,
    name: "Correlation",
    question: "Which columns move together?",
    help: "Pearson's r or Spearman's rho for every pair of numeric columns, with interval and p-value, on the rows \
           where both are present. Rows of one person are not independent, and a correlation is not a cause; the \
           result says so.",
};
