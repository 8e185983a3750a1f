//! The shares of the levels of a column of names: bars, or a dot a group.

use super::group_name;
use crate::analyses::describe::{CategorySummary, DescribeGroup, DescribeResult};
use crate::charts::marks::{BarItem, Bars, Direction, PointItem, Points};
use crate::charts::model::{Axis, Category, Chart, Domain, Info, Mark, Series, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

const MOST_LEVELS: usize = 12;
/// More groups than this cannot be told apart in one chart.
const MOST_GROUPS: usize = 5;

/// `None` for columns that are not of names, and for too many groups (see `share_matrix`).
pub fn shares(result: &DescribeResult, column: &str) -> Option<Chart> {
    let summary =
        |group: &DescribeGroup| group.categories.iter().find(|summary| summary.column == column).cloned();
    let groups: Vec<(String, CategorySummary)> =
        result.groups.iter().filter_map(|group| Some((group_name(group), summary(group)?))).collect();
    if groups.len() > MOST_GROUPS {
        return None;
    }
    let levels = most_frequent(&groups);
    if levels.is_empty() {
        return None;
    }
    let (marks, series) = match groups.as_slice() {
        [(_, only)] => (vec![bars(only, &levels)], vec![Series::numbered(column, 0)]),
        _ => {
            let marks = groups.iter().enumerate().map(|(index, group)| dots(index, group, &levels)).collect();
            (
                marks,
                groups.iter().enumerate().map(|(index, (name, _))| Series::numbered(name, index)).collect(),
            )
        }
    };
    let n_levels = groups.iter().map(|(_, summary)| summary.n_levels).max().unwrap_or(0);
    let left_out = n_levels.saturating_sub(levels.len() as u64);
    let more = if left_out > 0 {
        format!(" {} more are not drawn.", format::plural(left_out, "level", "levels"))
    } else {
        String::new()
    };
    let by = if groups.len() > 1 { format!(" by {}", result.spec.by.join(" and ")) } else { String::new() };
    let is_single = groups.len() == 1;
    Some(Chart {
        kind: "describe_shares",
        title: format!("Shares of {column}{by}"),
        takeaway: takeaway(column, &groups, &levels),
        note: format!("Shares of the values that are not missing.{more}"),
        x: Axis::linear(format!("share of {column}"), Domain::FromZero, NumberFormat::Percent),
        y: Axis::categories("", levels.iter().map(Category::new).collect()),
        series,
        marks,
        value_headings: is_single.then(|| ValueLabel { estimate: "share".into(), detail: "count".into() }),
        table: table(&groups),
    })
}

/// Levels by their count over all groups.
pub fn most_frequent(groups: &[(String, CategorySummary)]) -> Vec<String> {
    let mut levels: Vec<(String, u64)> = Vec::new();
    for share in groups.iter().flat_map(|(_, summary)| &summary.levels) {
        match levels.iter_mut().find(|(level, _)| *level == share.level) {
            Some((_, n)) => *n += share.n,
            None => levels.push((share.level.clone(), share.n)),
        }
    }
    // Stable: levels of one frequency keep the order of the result.
    levels.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    levels.into_iter().take(MOST_LEVELS).map(|(level, _)| level).collect()
}

pub fn share_info(heading: String, share: f64, n: u64, of: u64) -> Info {
    Info::new(heading)
        .line("share", format::percent(share, 1))
        .line("values", format!("{} of {}", format::count(n), format::count(of)))
}

fn bars(summary: &CategorySummary, levels: &[String]) -> Mark {
    let item = |(place, level): (usize, &String)| {
        let found = summary.levels.iter().find(|share| share.level == *level)?;
        let (estimate, detail) = (format::percent(found.share, 1), format::count(found.n));
        Some(BarItem {
            place: place as f64,
            value: Some(found.share),
            label: ValueLabel { estimate, detail },
            info: share_info(format!("{} = {level}", summary.column), found.share, found.n, summary.n),
            ..BarItem::default()
        })
    };
    let items = levels.iter().enumerate().filter_map(item).collect();
    Mark::Bars(Bars { direction: Direction::Horizontal, items, ..Bars::default() })
}

fn dots(series: usize, (name, summary): &(String, CategorySummary), levels: &[String]) -> Mark {
    let item = |(place, level): (usize, &String)| {
        // A level that a group does not have has a share of 0 there.
        let found = summary.levels.iter().find(|share| share.level == *level);
        let (share, n) = found.map_or((0.0, 0), |found| (found.share, found.n));
        let info = share_info(format!("{} = {level}, {name}", summary.column), share, n, summary.n);
        PointItem { x: share, y: place as f64, info }
    };
    let items = levels.iter().enumerate().map(item).collect();
    Mark::Points(Points { series, items, size_px: 10.0, opacity: 1.0 })
}

fn takeaway(column: &str, groups: &[(String, CategorySummary)], levels: &[String]) -> String {
    let Some(top) = levels.first() else { return String::new() };
    let share = |summary: &CategorySummary| {
        summary.levels.iter().find(|share| share.level == *top).map_or(0.0, |share| share.share)
    };
    match groups {
        [(_, only)] => {
            let n = format::count(only.n);
            format!("The most frequent {column} is {top}: {} of {n} values.", format::percent(share(only), 1))
        }
        _ => {
            let shares: Vec<String> = groups
                .iter()
                .map(|(name, summary)| format!("{} in {name}", format::percent(share(summary), 1)))
                .collect();
            format!("The most frequent {column} is {top}: {}.", shares.join(", "))
        }
    }
}

pub fn table(groups: &[(String, CategorySummary)]) -> DataTable {
    let mut table = DataTable::new(&["group", "level", "#n", "#share"]);
    for (name, summary) in groups {
        for share in &summary.levels {
            table.push(vec![
                Cell::text(name),
                Cell::text(&share.level),
                Cell::count(share.n),
                Cell::number(Some(share.share), |share| format::percent(share, 1)),
            ]);
        }
    }
    table
}
