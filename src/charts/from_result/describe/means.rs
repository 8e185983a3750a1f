//! The mean of a numeric column in each group.

use super::group_name;
use crate::analyses::describe::{DescribeGroup, DescribeResult, NumberSummary};
use crate::charts::from_result::words::{ends, half_width};
use crate::charts::marks::{Direction, IntervalItem, IntervalLook, Intervals};
use crate::charts::model::{Axis, Category, Chart, Domain, Info, Mark, Series, ValueLabel};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// More rows than this are left to the data table.
const MOST_GROUPS: usize = 40;
const INTERVAL: &str = "95\u{a0}% interval";

/// `None` for columns without numbers, and where there is only one group to show.
pub fn means(result: &DescribeResult, column: &str) -> Option<Chart> {
    let summary =
        |group: &DescribeGroup| group.numbers.iter().find(|summary| summary.column == column).cloned();
    let all: Vec<(&DescribeGroup, NumberSummary)> =
        result.groups.iter().filter_map(|group| Some((group, summary(group)?))).collect();
    let shown: Vec<&(&DescribeGroup, NumberSummary)> =
        all.iter().filter(|(_, summary)| summary.mean.is_some()).take(MOST_GROUPS).collect();
    if shown.len() < 2 {
        return None;
    }
    let items = shown.iter().enumerate().map(|(index, (group, summary))| {
        let n_decimals = n_decimals(summary);
        let format = NumberFormat::Plain;
        let estimate = summary.mean.map_or("\u{2013}".into(), |mean| format.value(mean, n_decimals));
        let detail = summary
            .mean_interval
            .map_or("\u{2013}".into(), |interval| format.interval(interval.low, interval.high, n_decimals));
        IntervalItem {
            place: index as f64,
            estimate: summary.mean,
            interval: summary.mean_interval.map(ends),
            look: IntervalLook::Plain,
            info: Info::new(format!("{column}, {}", group_name(group)))
                .line("mean", &estimate)
                .line(INTERVAL, &detail)
                .line("values", format::count(summary.n)),
            label: ValueLabel { estimate, detail },
        }
    });
    let category = |(group, _): &&(&DescribeGroup, NumberSummary)| match group.levels.as_slice() {
        // Several grouping columns: the first is the heading.
        [first, rest @ ..] if !rest.is_empty() => {
            Category { label: rest.join(", "), group: Some(first.clone()), series: None }
        }
        _ => Category::new(group_name(group)),
    };
    let left_out = all.len() - shown.len();
    let more = if left_out > 0 {
        format!(" {} more in the data table.", format::plural(left_out as u64, "group", "groups"))
    } else {
        String::new()
    };
    let intervals =
        Intervals { series: 0, direction: Direction::Horizontal, offset_px: 0.0, items: items.collect() };
    Some(Chart {
        kind: "describe_means",
        title: format!("Mean {column} by {}", result.spec.by.join(" and ")),
        takeaway: takeaway(column, &shown),
        note: format!("Symbol: mean. Line: {INTERVAL} of the mean. The axis need not start at zero.{more}"),
        x: Axis::linear(format!("mean {column}"), Domain::Data, NumberFormat::Plain),
        y: Axis::categories("", shown.iter().map(category).collect()),
        series: vec![Series::numbered(column, 0)],
        marks: vec![Mark::Intervals(intervals)],
        value_headings: Some(ValueLabel { estimate: "mean".into(), detail: INTERVAL.into() }),
        table: table(result, &all),
    })
}

fn n_decimals(summary: &NumberSummary) -> usize {
    let mean = summary.mean.unwrap_or(f64::NAN);
    NumberFormat::Plain.decimals_for(half_width(mean, summary.mean_interval).unwrap_or(mean / 10.0))
}

fn takeaway(column: &str, shown: &[&(&DescribeGroup, NumberSummary)]) -> String {
    let order = |a: &&&(&DescribeGroup, NumberSummary), b: &&&(&DescribeGroup, NumberSummary)| {
        a.1.mean.unwrap_or(f64::NAN).total_cmp(&b.1.mean.unwrap_or(f64::NAN))
    };
    let phrase = |(group, summary): &(&DescribeGroup, NumberSummary)| {
        let n_decimals = n_decimals(summary);
        let figure = summary.mean.map_or("\u{2013}".into(), |mean| format::decimals(mean, n_decimals));
        let interval = summary.mean_interval.map(|interval| {
            let ends = NumberFormat::Plain.interval(interval.low, interval.high, n_decimals);
            format!(", {INTERVAL} {ends}")
        });
        format!("{} ({figure}{})", group_name(group), interval.unwrap_or_default())
    };
    match (shown.iter().max_by(order), shown.iter().min_by(order)) {
        (Some(most), Some(least)) => {
            format!("Mean {column} is highest for {} and lowest for {}.", phrase(most), phrase(least))
        }
        _ => String::new(),
    }
}

fn table(result: &DescribeResult, all: &[(&DescribeGroup, NumberSummary)]) -> DataTable {
    let numbers =
        ["#n", "#missing", "#mean", "#low", "#high", "#sd", "#min", "#q1", "#median", "#q3", "#max"];
    let headings: Vec<&str> = result.spec.by.iter().map(String::as_str).chain(numbers).collect();
    let mut table = DataTable::new(&headings);
    for (group, summary) in all {
        let n_decimals = n_decimals(summary);
        let number = |x: Option<f64>| Cell::number(x, |x| format::decimals(x, n_decimals));
        let mut cells: Vec<Cell> = group.levels.iter().map(Cell::text).collect();
        cells.extend([Cell::count(summary.n), Cell::count(summary.n_missing), number(summary.mean)]);
        let interval = summary.mean_interval;
        cells.extend([
            number(interval.and_then(|found| found.low)),
            number(interval.and_then(|found| found.high)),
        ]);
        let spread = [summary.sd, summary.min, summary.q1, summary.median, summary.q3, summary.max];
        cells.extend(spread.map(number));
        table.push(cells);
    }
    table
}
