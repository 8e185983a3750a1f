//! Descriptive statistics, by group.

#[cfg(feature = "engine")]
mod groups;
mod result;
#[cfg(feature = "engine")]
mod run;
mod spec;
#[cfg(feature = "engine")]
mod words;

pub use result::{CategorySummary, DescribeGroup, DescribeResult, LevelShare, NumberSummary};
#[cfg(feature = "engine")]
pub use run::run;
pub use spec::DescribeSpec;

use super::catalog::{Category, Description};

pub const DESCRIPTION: Description = Description {
    kind: "describe",
    category: Category::Describe,
    name: "Describe",
    question: "How are values distributed, overall and by group?",
    help: "Gives count, missing, mean, standard deviation, quartiles, skewness and kurtosis of every numeric \
           column, and the share of every level of the others, for all rows or for each combination of up to \
           three grouping columns.",
};
