//! Charts of a description.

mod means;
mod share_matrix;
mod shares;

pub use means::means;
pub use share_matrix::share_matrix;
pub use shares::shares;

use crate::analyses::describe::{DescribeGroup, DescribeResult};
use crate::charts::model::Chart;

/// Every chart of a description, column by column in the order of its spec.
pub fn charts(result: &DescribeResult) -> Vec<Chart> {
    result.spec.columns.iter().filter_map(|column| chart(result, column)).collect()
}

/// The chart that suits a column: means by group, shares, or a matrix of shares for many groups. `None` for
/// numbers without groups, whose figures say all.
pub fn chart(result: &DescribeResult, column: &str) -> Option<Chart> {
    means(result, column).or_else(|| shares(result, column)).or_else(|| share_matrix(result, column))
}

/// "TV, new" of a group's levels.
fn group_name(group: &DescribeGroup) -> String {
    if group.levels.is_empty() { "all rows".into() } else { group.levels.join(", ") }
}
