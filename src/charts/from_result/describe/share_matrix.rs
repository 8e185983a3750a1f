//! The shares of the levels of a column of names in many groups: a matrix, a row a group.

use super::group_name;
use super::shares::{most_frequent, share_info, table};
use crate::analyses::describe::CategorySummary;
use crate::analyses::describe::DescribeResult;
use crate::charts::marks::{CellItem, CellScale, Cells};
use crate::charts::model::{Axis, Category, Chart, Mark};
use crate::format;

/// More rows than this are left to the data table.
const MOST_GROUPS: usize = 40;

/// `None` for columns that are not of names.
pub fn share_matrix(result: &DescribeResult, column: &str) -> Option<Chart> {
    let groups: Vec<(String, CategorySummary)> = result
        .groups
        .iter()
        .filter_map(|group| {
            let summary = group.categories.iter().find(|summary| summary.column == column)?;
            Some((group_name(group), summary.clone()))
        })
        .collect();
    let levels = most_frequent(&groups);
    if levels.is_empty() {
        return None;
    }
    let shown = groups.get(..MOST_GROUPS).unwrap_or(&groups);
    let mut items = Vec::new();
    for (row, (name, summary)) in shown.iter().enumerate() {
        for (place, level) in levels.iter().enumerate() {
            // A level that a group does not have has a share of 0 there.
            let found = summary.levels.iter().find(|share| share.level == *level);
            let (share, n) = found.map_or((0.0, 0), |found| (found.share, found.n));
            items.push(CellItem {
                x: place as f64,
                y: row as f64,
                value: Some(share),
                text: format::decimals(share * 100.0, 0),
                is_strong: false,
                info: share_info(format!("{column} = {level}, {name}"), share, n, summary.n),
            });
        }
    }
    let most = items.iter().filter_map(|item| item.value).fold(f64::MIN_POSITIVE, f64::max);
    let left_out = groups.len() - shown.len();
    let more = if left_out > 0 {
        format!(" {} more in the data table.", format::plural(left_out as u64, "group", "groups"))
    } else {
        String::new()
    };
    let takeaway = takeaway(column, &levels, &groups);
    Some(Chart {
        kind: "describe_share_matrix",
        title: format!("Shares of {column} by {}", result.spec.by.join(" and ")),
        takeaway,
        note: format!("Percent of each row's values that are not missing; a fuller colour is more.{more}"),
        x: Axis::categories(column, levels.iter().map(Category::new).collect()),
        y: Axis::categories("", shown.iter().map(|(name, _)| Category::new(name)).collect()),
        series: Vec::new(),
        marks: vec![Mark::Cells(Cells {
            items,
            scale: CellScale::Sequential { most },
            is_lower_triangle: false,
        })],
        value_headings: None,
        table: table(&groups),
    })
}

/// The range of the most frequent level.
fn takeaway(column: &str, levels: &[String], groups: &[(String, CategorySummary)]) -> String {
    let Some(top) = levels.first() else { return String::new() };
    let share = |summary: &CategorySummary| {
        summary.levels.iter().find(|share| share.level == *top).map_or(0.0, |share| share.share)
    };
    let order =
        |a: &&(String, CategorySummary), b: &&(String, CategorySummary)| share(&a.1).total_cmp(&share(&b.1));
    match (groups.iter().min_by(order), groups.iter().max_by(order)) {
        (Some(least), Some(most)) => format!(
            "The most frequent {column} is {top}: from {} in {} to {} in {}.",
            format::percent(share(&least.1), 1),
            least.0,
            format::percent(share(&most.1), 1),
            most.0
        ),
        _ => String::new(),
    }
}
