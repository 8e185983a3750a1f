//! Charts of a description.

mod means;
mod shares;

pub use means::means;
pub use shares::shares;

use crate::analyses::describe::{DescribeGroup, DescribeResult};
use crate::charts::model::Chart;

/// Every chart of a description, column by column in the order of its spec.
pub fn charts(result: &DescribeResult) -> Vec<Chart> {
    let of_column = |column: &String| means(result, column).or_else(|| shares(result, column));
    result.spec.columns.iter().filter_map(of_column).collect()
}

/// "TV, new" of a group's levels.
fn group_name(group: &DescribeGroup) -> String {
    if group.levels.is_empty() { "all rows".into() } else { group.levels.join(", ") }
}
