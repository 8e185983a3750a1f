//! Ends that come before their starts, in columns that are named as the two.

use super::columns::Looked;
use super::finding::{WithStep, finding, plural, quoted};
use crate::model::{CellExample, FilterStep, Finding, FindingSeverity, Step};
use crate::tables::values::Values;

const PAIRS: [(&str, &str); 32] = [
    ("start", "end"),
    ("start", "stop"),
    ("start", "finish"),
    ("begin", "end"),
    ("started", "ended"),
    ("started", "finished"),
    ("started", "completed"),
    ("started", "stopped"),
    ("from", "to"),
    ("from", "until"),
    ("open", "close"),
    ("opened", "closed"),
    ("created", "closed"),
    ("created", "updated"),
    ("created", "modified"),
    ("created", "deleted"),
    ("created", "completed"),
    ("signup", "cancel"),
    ("signup", "churn"),
    ("subscribed", "unsubscribed"),
    ("subscription", "cancellation"),
    ("ordered", "shipped"),
    ("ordered", "delivered"),
    ("order", "ship"),
    ("order", "delivery"),
    ("shipped", "delivered"),
    ("birth", "death"),
    ("checkin", "checkout"),
    ("hire", "termination"),
    ("login", "logout"),
    ("issued", "due"),
    ("first", "last"),
];

pub(super) fn find(columns: &[Looked<'_>]) -> Vec<Finding> {
    let times: Vec<&Looked<'_>> = columns.iter().filter(|column| column.kind.is_time()).collect();
    let pairs = times.iter().flat_map(|start| times.iter().map(move |end| (*start, *end)));
    pairs.filter(|(start, end)| is_pair(start, end)).filter_map(|(start, end)| reversed(start, end)).collect()
}

/// One word differs, and that names the start in one and the end in the other.
fn is_pair(start: &Looked<'_>, end: &Looked<'_>) -> bool {
    if start.words.len() != end.words.len() || start.kind != end.kind {
        return false;
    }
    let mut others = start.words.iter().zip(&end.words).filter(|(a, b)| a != b);
    let differ = others.next().map(|(a, b)| (a.as_str(), b.as_str()));
    differ.is_some_and(|pair| PAIRS.contains(&pair)) && others.next().is_none()
}

fn reversed(start: &Looked<'_>, end: &Looked<'_>) -> Option<Finding> {
    let is_before = |row: usize| match (&start.values, &end.values) {
        (Values::Days(start), Values::Days(end)) => {
            start.get(row).zip(end.get(row)).map(|(start, end)| end < start)
        }
        (Values::Micros(start), Values::Micros(end)) => {
            start.get(row).zip(end.get(row)).map(|(start, end)| end < start)
        }
        _ => None,
    };
    let (mut rows, mut n_both) = (Vec::new(), 0);
    for row in 0..start.n_rows {
        n_both += usize::from(is_before(row).is_some());
        if is_before(row) == Some(true) {
            rows.push(row as u32);
        }
    }
    // Where most are reversed, the names mean something else.
    if rows.is_empty() || 2 * rows.len() > n_both {
        return None;
    }
    let n = plural(rows.len(), "row", "rows");
    let sentence = format!("{} lies before {} in {n}.", end.name, start.name);
    let names = [start.name, end.name];
    let mut made =
        finding("end_before_start", &names, FindingSeverity::Problem, (rows.len(), start.n_rows), sentence);
    made.examples = rows
        .iter()
        .take(Finding::MAX_EXAMPLES)
        .filter_map(|row| {
            let from = start.values.display(*row as usize, start.kind)?;
            let to = end.values.display(*row as usize, end.kind)?;
            Some(CellExample { row: u64::from(*row) + 1, text: format!("{from} to {to}") })
        })
        .collect();
    let (Some(first), Some(last)) = (quoted(start.name), quoted(end.name)) else { return Some(made) };
    let expression = format!("{first} is null or {last} is null or {last} >= {first}");
    let step = Step::Filter(FilterStep { conditions: Vec::new(), expression: Some(expression) });
    Some(made.mended_by(step, format!("Drop {n}")))
}
