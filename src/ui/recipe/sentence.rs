//! A step in plain words.

use crate::format;
use crate::model::{
    Aggregate, AggregateFunction, Fill, Filter, JoinHow, Keep, Kind, Limits, LimitsStep, MissingIn, Others,
    Step, Value,
};
use std::collections::BTreeMap;

/// Names written out at most; the rest is counted.
const MAX_NAMES: usize = 4;

/// "Drop rows where minutes is beyond 1.5 IQR".
pub fn sentence(step: &Step) -> String {
    match step {
        Step::Filter(step) => {
            let mut tests: Vec<String> = step.conditions.iter().map(condition).collect();
            tests.extend(step.expression.clone());
            format!("Keep rows where {}", or_blank(tests.join(" and ")))
        }
        Step::DropDuplicates(step) => {
            let what = match step.columns.as_slice() {
                [] => "Drop rows that are equal to another".into(),
                columns => format!("Drop rows that repeat {}", names(columns)),
            };
            if step.keep == Keep::Last { format!("{what}, keeping the last") } else { what }
        }
        Step::DropMissing(step) => match (step.columns.as_slice(), step.when) {
            ([], MissingIn::Any) => "Drop rows with a missing cell".into(),
            ([], MissingIn::All) => "Drop rows that are all missing".into(),
            (columns, MissingIn::Any) => {
                format!("Drop rows where {} is missing", joined(columns, "or"))
            }
            ([column], MissingIn::All) => format!("Drop rows where {column} is missing"),
            (columns, MissingIn::All) => format!("Drop rows where {} are all missing", names(columns)),
        },
        Step::FillMissing(step) => {
            let with = match &step.with {
                Fill::Constant(value) => format!("\"{}\"", value_text(value)),
                Fill::Mean => "the mean".into(),
                Fill::Median => "the median".into(),
                Fill::Mode => "the most frequent value".into(),
                Fill::Previous => "the value above".into(),
                Fill::Next => "the value below".into(),
            };
            let by =
                if step.by.is_empty() { String::new() } else { format!(", within each {}", names(&step.by)) };
            format!("Fill missing {} with {with}{by}", names(&step.columns))
        }
        Step::Cap(step) => format!("Cap {} {}", names(&step.columns), limits(step)),
        Step::RemoveOutliers(step) => {
            format!("Drop rows where {} is {}", joined(&step.columns, "or"), limits(step))
        }
        Step::Cast(step) => format!("Read {} as {}", or_blank(step.column.clone()), kind_words(step.kind)),
        Step::Rename(step) => format!("Rename {}", pairs(&step.names)),
        Step::Recode(step) => {
            let others = match &step.others {
                Others::Keep => String::new(),
                Others::Missing => "; others become missing".into(),
                Others::Text(text) => format!("; others become {text}"),
            };
            format!("Recode {}: {}{others}", or_blank(step.column.clone()), pairs(&step.map))
        }
        Step::Split(step) => format!(
            "Split {} at \"{}\" into {}",
            or_blank(step.column.clone()),
            step.separator,
            names(&step.into)
        ),
        Step::Derive(step) => {
            format!("Derive {} = {}", or_blank(step.column.clone()), or_blank(step.expression.clone()))
        }
        Step::Group(step) => {
            let what: Vec<String> = step.aggregates.iter().map(aggregate).collect();
            let what = or_blank(what.join(", "));
            if step.by.is_empty() {
                format!("One row in all: {what}")
            } else {
                format!("One row for each {}: {what}", names(&step.by))
            }
        }
        Step::Pivot(step) => format!(
            "One row for each {}, one column for each {}: {}",
            names(&step.by),
            or_blank(step.names_from.clone()),
            function(step.function, step.values_from.as_deref(), step.q)
        ),
        Step::Unpivot(step) => {
            format!("Turn {} into rows of {} and {}", names(&step.columns), step.names_to, step.values_to)
        }
        Step::Join(step) => {
            let keys: Vec<String> = step
                .keys
                .iter()
                .map(|key| {
                    if key.left == key.right {
                        or_blank(key.left.clone())
                    } else {
                        format!("{} = {}", or_blank(key.left.clone()), or_blank(key.right.clone()))
                    }
                })
                .collect();
            let how = if step.how == JoinHow::Inner { ", rows with a match only" } else { "" };
            format!("Add the columns of {} on {}{how}", or_blank(step.table.clone()), names(&keys))
        }
        Step::Concatenate(step) => format!("Add the rows of {}", names(&step.tables)),
        Step::Sort(step) => {
            let keys: Vec<String> = step
                .by
                .iter()
                .map(|key| {
                    let falling = if key.descending { ", greatest first" } else { "" };
                    format!("{}{falling}", or_blank(key.column.clone()))
                })
                .collect();
            format!("Sort by {}", keys.join(", then "))
        }
        Step::Sample(step) => match (step.n, step.share) {
            (Some(n), _) => {
                format!("Sample {} with seed {}", format::plural(n, "row", "rows"), step.seed)
            }
            (None, share) => {
                let share = format::trim_zeros(&format::number(100.0 * share.unwrap_or_default(), 4));
                format!("Sample {share} % of the rows with seed {}", step.seed)
            }
        },
        Step::Select(step) => format!("Keep only {}", names(&step.columns)),
        Step::DropColumns(step) => format!("Drop {}", names(&step.columns)),
    }
}

/// "count" reads as "a count".
fn kind_words(kind: Kind) -> String {
    kind.name().replace('_', "-")
}

fn limits(step: &LimitsStep) -> String {
    let number = |x: f64| format::trim_zeros(&format::number(x, 6));
    match step.limits {
        Limits::Percentile { low, high } if low <= 0.0 => format!("above percentile {}", number(high)),
        Limits::Percentile { low, high } if high >= 100.0 => format!("below percentile {}", number(low)),
        Limits::Percentile { low, high } => {
            format!("outside percentiles {} to {}", number(low), number(high))
        }
        Limits::Iqr { factor } => format!("beyond {} IQR", number(factor)),
        Limits::Mad { factor } => format!("beyond {} MAD", number(factor)),
    }
}

fn aggregate(aggregate: &Aggregate) -> String {
    function(aggregate.function, aggregate.column.as_deref(), aggregate.q)
}

fn function(function: AggregateFunction, column: Option<&str>, q: Option<f64>) -> String {
    let of = |word: &str| format!("{word} of {}", or_blank(column.unwrap_or_default().into()));
    match function {
        AggregateFunction::N if column.is_none() => "number of rows".into(),
        AggregateFunction::N => of("cells"),
        AggregateFunction::NUnique => of("different values"),
        AggregateFunction::Sd => of("standard deviation"),
        AggregateFunction::ShareTrue => of("share of true"),
        AggregateFunction::Quantile => of(&format!("quantile {}", q.unwrap_or_default())),
        function => of(function.name()),
    }
}

/// "minutes is at least 10".
pub fn condition(filter: &Filter) -> String {
    let column = filter.column();
    let list = |values: &[Value]| values.iter().map(value_text).collect::<Vec<_>>().join(", ");
    match filter {
        Filter::Eq { value, .. } => format!("{column} is {}", value_text(value)),
        Filter::Ne { value, .. } => format!("{column} is not {}", value_text(value)),
        Filter::Lt { value, .. } => format!("{column} is below {}", value_text(value)),
        Filter::Le { value, .. } => format!("{column} is at most {}", value_text(value)),
        Filter::Gt { value, .. } => format!("{column} is above {}", value_text(value)),
        Filter::Ge { value, .. } => format!("{column} is at least {}", value_text(value)),
        Filter::In { values, .. } => format!("{column} is one of {}", list(values)),
        Filter::NotIn { values, .. } => format!("{column} is none of {}", list(values)),
        Filter::Contains { value, .. } => format!("{column} contains {value}"),
        Filter::IsMissing { .. } => format!("{column} is missing"),
        Filter::NotMissing { .. } => format!("{column} is present"),
        Filter::Related { table, filter, .. } => {
            let conditions: Vec<String> = filter.iter().map(condition).collect();
            format!("in {table}, {}", conditions.join(" and "))
        }
    }
}

pub fn value_text(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Text(text) => text.clone(),
    }
}

/// "a to b, c to missing".
fn pairs(map: &BTreeMap<String, String>) -> String {
    let one = |(old, new): (&String, &String)| {
        format!("{old} to {}", if new.is_empty() { "missing" } else { new.as_str() })
    };
    let n = map.len();
    let mut shown: Vec<String> = map.iter().take(MAX_NAMES).map(one).collect();
    if n > MAX_NAMES {
        shown.push(format!("{} more", n - MAX_NAMES));
    }
    or_blank(shown.join(", "))
}

fn names(names: &[String]) -> String {
    joined(names, "and")
}

/// "a, b and c"; long lists end in a count.
fn joined(names: &[String], word: &str) -> String {
    match names {
        [] => or_blank(String::new()),
        [one] => or_blank(one.clone()),
        [all @ .., last] if names.len() <= MAX_NAMES => format!("{} {word} {last}", all.join(", ")),
        all => format!("{} {word} {} more", all[..MAX_NAMES - 1].join(", "), all.len() - MAX_NAMES + 1),
    }
}

/// What is not chosen yet.
fn or_blank(text: String) -> String {
    if text.is_empty() { "\u{2026}".into() } else { text }
}
