//! A description as a document: a table for each column, or one for all where nothing is grouped.

use super::table::{Figures, Row};
use super::{Found, answer, chart, ledger, warnings};
use crate::analyses::describe::{CategorySummary, DescribeGroup, DescribeResult, NumberSummary};
use crate::charts::from_result::describe as charts;
use crate::format;
use crate::ui::parts::figure::{Scale, count, figure, interval};
use leptos::prelude::*;

/// Levels of a category that get a column of their own.
const MAX_LEVELS: usize = 12;

pub fn view(id: u32, found: Found) -> AnyView {
    let columns =
        Memo::new(move |_| found.describe(|result| result.spec.columns.clone()).unwrap_or_default());
    view! {
        {move || found.describe(|result| answer(&result.sentence, "", &[]))}
        {move || found.describe(|result| warnings(&result.warnings, ""))}
        <For
            each=move || columns.get().into_iter().enumerate()
            key=|(_, column)| column.clone()
            children=move |(idx, column)| of_column(id, found, idx, column)
        />
        {move || found.describe(|result| ledger(&result.ledger))}
    }
    .into_any()
}

fn of_column(id: u32, found: Found, idx: usize, column: String) -> AnyView {
    let (drawn, told) = (column.clone(), column.clone());
    let make = move || {
        let both = |result: &DescribeResult| {
            charts::means(result, &drawn).or_else(|| charts::shares(result, &drawn))
        };
        found.describe(both)?
    };
    view! {
        <section class="result-part">
            <h3>{column}</h3>
            {chart(id, &idx.to_string(), make)}
            {move || found.describe(|result| table(result, &told))}
        </section>
    }
    .into_any()
}

fn table(result: &DescribeResult, column: &str) -> AnyView {
    let numbers: Vec<(&DescribeGroup, &NumberSummary)> = result
        .groups
        .iter()
        .filter_map(|group| Some((group, group.numbers.iter().find(|numbers| numbers.column == column)?)))
        .collect();
    if !numbers.is_empty() {
        return means(result, column, &numbers);
    }
    let categories: Vec<(&DescribeGroup, &CategorySummary)> = result
        .groups
        .iter()
        .filter_map(|group| Some((group, group.categories.iter().find(|found| found.column == column)?)))
        .collect();
    shares(result, column, &categories)
}

fn head_of_groups(result: &DescribeResult) -> String {
    if result.spec.by.is_empty() { "Rows".into() } else { result.spec.by.join(", ") }
}

fn group_name(group: &DescribeGroup) -> String {
    if group.levels.is_empty() { "all".into() } else { group.levels.join(", ") }
}

fn means(result: &DescribeResult, column: &str, found: &[(&DescribeGroup, &NumberSummary)]) -> AnyView {
    let heads = [
        "n",
        "missing",
        "mean",
        "95 % interval",
        "sd",
        "min",
        "q1",
        "median",
        "q3",
        "max",
        "skewness",
        "kurtosis",
    ];
    let mut all = vec![head_of_groups(result)];
    all.extend(heads.map(|head| format!("#{head}")));
    let scale = Scale::of_sd(found.iter().find_map(|(_, numbers)| numbers.sd));
    let rows = found
        .iter()
        .map(|(group, numbers)| {
            let group = group_name(group);
            let name = |what: &str| format!("{column}|{group}|{what}");
            let value = |what: &str, x: Option<f64>| figure(name(what), x, |x| scale.value(x));
            let moment = |what: &str, x: Option<f64>| figure(name(what), x, |x| format::decimals(x, 2));
            let cells = vec![
                count(name("n"), numbers.n),
                count(name("missing"), numbers.n_missing),
                value("mean", numbers.mean),
                interval(name("interval"), numbers.mean_interval, |found| scale.interval(found)),
                value("sd", numbers.sd),
                value("min", numbers.min),
                value("q1", numbers.q1),
                value("median", numbers.median),
                value("q3", numbers.q3),
                value("max", numbers.max),
                moment("skewness", numbers.skewness),
                moment("kurtosis", numbers.kurtosis),
            ];
            Row::new(group.clone(), cells)
        })
        .collect();
    Figures { caption: format!("{column}: moments and quartiles"), heads: all, rows, is_captioned: true }
        .view()
}

fn shares(result: &DescribeResult, column: &str, found: &[(&DescribeGroup, &CategorySummary)]) -> AnyView {
    // The levels of the largest group first, then those that only others have.
    let mut levels: Vec<&str> = Vec::new();
    let mut groups: Vec<&(&DescribeGroup, &CategorySummary)> = found.iter().collect();
    groups.sort_by_key(|(group, _)| std::cmp::Reverse(group.n_rows));
    for (_, summary) in groups {
        for level in &summary.levels {
            if !levels.contains(&level.level.as_str()) {
                levels.push(&level.level);
            }
        }
    }
    let n_levels = levels.len();
    levels.truncate(MAX_LEVELS);
    let mut heads = vec![head_of_groups(result), "#n".into(), "#missing".into()];
    heads.extend(levels.iter().map(|level| format!("#{level}")));
    let rows = found
        .iter()
        .map(|(group, summary)| {
            let group = group_name(group);
            let name = |what: &str| format!("{column}|{group}|{what}");
            let mut cells = vec![count(name("n"), summary.n), count(name("missing"), summary.n_missing)];
            cells.extend(levels.iter().map(|level| {
                let share =
                    summary.levels.iter().find(|found| found.level == *level).map(|found| found.share);
                figure(name(level), Some(share.unwrap_or(0.0)), |x| format::percent(x, 1))
            }));
            Row::new(group.clone(), cells)
        })
        .collect();
    let rest = n_levels.saturating_sub(MAX_LEVELS);
    let rest = (rest > 0).then(|| {
        view! { <p class="small-print">{format!("{rest} rarer levels are not shown.")}</p> }
    });
    view! { {Figures { caption: format!("{column}: share of each level"), heads, rows, is_captioned: true }.view()}{rest} }.into_any()
}
