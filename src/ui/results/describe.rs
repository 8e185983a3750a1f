//! A description as a document: a table for each column, or one for all where nothing is grouped.

use super::table::{Figures, Row};
use super::{Found, answer, chart, ledger, warnings};
use crate::analyses::describe::{CategorySummary, DescribeGroup, DescribeResult, NumberSummary};
use crate::charts::from_result::describe as charts;
use crate::format;
use crate::ui::dom::{Html, each, el, list, live};
use crate::ui::order::order;
use crate::ui::parts::figure::{Scale, count, figure, interval};
use crate::ui::runtime::Part;

/// Levels of a category that get a column of their own.
const MAX_LEVELS: usize = 12;

pub fn view(found: Found) -> Html {
    // Without groups, all numeric columns share one table.
    let columns = Part::new(move || {
        let found = found.describe(|result| {
            let is_apart = |column: &&String| !(result.spec.by.is_empty() && is_number(result, column));
            result.spec.columns.iter().filter(is_apart).cloned().collect::<Vec<_>>()
        });
        found.unwrap_or_default()
    });
    list([
        live(move || found.describe(|result| answer(&result.sentence, "", &[]))),
        live(move || found.describe(|result| warnings(&result.warnings, ""))),
        live(move || found.describe(|result| result.spec.by.is_empty().then(|| all_numbers(result)))),
        each(move || columns.get(), move |column| of_column(found, column)),
        live(move || found.describe(|result| ledger(&result.ledger))),
    ])
}

fn is_number(result: &DescribeResult, column: &str) -> bool {
    result.groups.iter().any(|group| group.numbers.iter().any(|numbers| numbers.column == column))
}

/// A row for each numeric column of all rows together.
fn all_numbers(result: &DescribeResult) -> Html {
    let Some(group) = result.groups.first().filter(|group| !group.numbers.is_empty()) else {
        return Html::Nothing;
    };
    let rows = group
        .numbers
        .iter()
        .map(|numbers| {
            let cells = number_cells(&numbers.column, "all", numbers, Scale::of_sd(numbers.sd));
            Row::new(numbers.column.clone(), cells)
        })
        .collect();
    let heads = number_heads("Column".into());
    let caption = "Numeric columns".to_owned();
    el("section")
        .class("result-part")
        .add(el("h3").add(caption.clone()))
        .add(Figures { caption, heads, rows, is_captioned: false }.view())
        .into()
}

fn of_column(found: Found, column: &str) -> Html {
    let (drawn, told) = (column.to_owned(), column.to_owned());
    let make = move || {
        let both = |result: &DescribeResult| {
            charts::means(result, &drawn).or_else(|| charts::shares(result, &drawn))
        };
        found.describe(both)?
    };
    el("section")
        .class("result-part")
        .add(el("h3").add(column))
        .add(chart(make))
        .add(live(move || found.describe(|result| table(result, &told))))
        .into()
}

fn table(result: &DescribeResult, column: &str) -> Html {
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

fn number_heads(first: String) -> Vec<String> {
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
    let mut all = vec![first];
    all.extend(heads.map(|head| format!("#{head}")));
    all
}

fn number_cells(column: &str, group: &str, numbers: &NumberSummary, scale: Scale) -> Vec<Html> {
    let name = |what: &str| format!("{column}|{group}|{what}");
    let value = |what: &str, x: Option<f64>| figure(name(what), x, |x| scale.value(x));
    let moment = |what: &str, x: Option<f64>| figure(name(what), x, |x| format::decimals(x, 2));
    vec![
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
    ]
}

fn means(result: &DescribeResult, column: &str, found: &[(&DescribeGroup, &NumberSummary)]) -> Html {
    let scale = Scale::of_sd(found.iter().find_map(|(_, numbers)| numbers.sd));
    let rows = found
        .iter()
        .map(|(group, numbers)| {
            let group = group_name(group);
            let cells = number_cells(column, &group, numbers, scale);
            Row::new(group, cells)
        })
        .collect();
    let heads = number_heads(head_of_groups(result));
    Figures { caption: format!("{column}: moments and quartiles"), heads, rows, is_captioned: true }.view()
}

fn shares(result: &DescribeResult, column: &str, found: &[(&DescribeGroup, &CategorySummary)]) -> Html {
    // The levels of the largest group first, then those that only others have.
    let mut levels: Vec<&str> = Vec::new();
    let by_rows = order(found.len(), &|a, b| found[a].0.n_rows > found[b].0.n_rows);
    for (_, summary) in by_rows.into_iter().map(|idx| &found[idx]) {
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
    let rest =
        (rest > 0).then(|| el("p").class("small-print").add(format!("{rest} rarer levels are not shown.")));
    list([
        Figures { caption: format!("{column}: share of each level"), heads, rows, is_captioned: true }.view(),
        rest.into(),
    ])
}
