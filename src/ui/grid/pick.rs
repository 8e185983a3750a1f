//! Bars and filters: which bars a filter chooses, and the filter that a choice of bars stands for.

use crate::model::{Bar, ColumnBars, Filter, Value};
use std::cmp::Ordering;

/// Which bars the filters of the column choose; `None` where there are none. A bar that is chosen in part counts.
pub fn chosen(filters: &[Filter], column: &ColumnBars) -> Option<Vec<bool>> {
    let own: Vec<&Filter> = filters.iter().filter(|filter| filter.column() == column.name).collect();
    let holds = |bar: &Bar| own.iter().all(|filter| may_hold(filter, bar, &column.bars));
    (!own.is_empty()).then(|| column.bars.iter().map(holds).collect())
}

/// The filters with the column's own replaced by the range of its bars `a` to `b`. The range that is chosen
/// already, and that of all bars, leave none.
pub fn pick_range(filters: &[Filter], column: &ColumnBars, a: usize, b: usize) -> Vec<Filter> {
    let (first, last) = (a.min(b), a.max(b));
    let n_bars = column.bars.len();
    let range: Vec<bool> = (0..n_bars).map(|idx| (first..=last).contains(&idx)).collect();
    let is_none = chosen(filters, column).as_ref() == Some(&range) || !range.contains(&false);
    let edge = |text: &Option<String>| value(text.as_deref().unwrap_or_default(), column);
    let mut new = Vec::new();
    if let (Some(from), Some(to), false) = (column.bars.get(first), column.bars.get(last), is_none) {
        let name = || column.name.clone();
        new.push(Filter::Ge { column: name(), value: edge(&from.from) });
        let value = edge(&to.to);
        new.push(if last + 1 == n_bars {
            Filter::Le { column: name(), value }
        } else {
            Filter::Lt { column: name(), value }
        });
    }
    replaced(filters, &column.name, new)
}

/// The filters with the column's own replaced by one that keeps the values of bar `idx`: alone, or together with
/// (`is_more`) those chosen before. A bar that is chosen goes out.
pub fn pick_name(filters: &[Filter], column: &ColumnBars, idx: usize, is_more: bool) -> Vec<Filter> {
    let before = chosen(filters, column).unwrap_or_else(|| vec![false; column.bars.len()]);
    let is_only = |at: usize| before.iter().enumerate().all(|(other, is_in)| *is_in == (other == at));
    let now: Vec<bool> = if is_more {
        before.iter().enumerate().map(|(at, is_in)| *is_in != (at == idx)).collect()
    } else {
        (0..before.len()).map(|at| at == idx && !is_only(idx)).collect()
    };
    let names = |wanted: bool| -> Vec<Value> {
        let bars = column.bars.iter().zip(&now).filter(|(_, is_in)| **is_in == wanted);
        bars.filter_map(|(bar, _)| bar.from.clone().map(Value::Text)).collect()
    };
    let has_others = column.bars.iter().zip(&now).any(|(bar, is_in)| *is_in && bar.from.is_none());
    let name = column.name.clone();
    let mut values = names(!has_others);
    let new = if !now.contains(&true) || !now.contains(&false) {
        None
    } else if has_others {
        Some(Filter::NotIn { column: name, values })
    } else if values.len() == 1 {
        values.pop().map(|value| Filter::Eq { column: name, value })
    } else {
        Some(Filter::In { column: name, values })
    };
    replaced(filters, &column.name, new.into_iter().collect())
}

/// New filters stand where the first old one of the column stood.
fn replaced(filters: &[Filter], column: &str, new: Vec<Filter>) -> Vec<Filter> {
    let place = filters.iter().position(|filter| filter.column() == column).unwrap_or(filters.len());
    let mut all: Vec<Filter> = filters.iter().filter(|filter| filter.column() != column).cloned().collect();
    all.splice(place..place, new);
    all
}

fn value(text: &str, column: &ColumnBars) -> Value {
    match text.parse() {
        Ok(number) if column.kind.is_numeric() => Value::Number(number),
        _ => Value::Text(text.into()),
    }
}

/// Whether some value of the bar may pass.
fn may_hold(filter: &Filter, bar: &Bar, bars: &[Bar]) -> bool {
    match (&bar.from, &bar.to) {
        (Some(from), Some(to)) => {
            let is_in = |value: &Value| order(from, value).is_le() && order(to, value).is_gt();
            match filter {
                Filter::Ge { value, .. } | Filter::Gt { value, .. } => order(to, value).is_gt(),
                Filter::Lt { value, .. } => order(from, value).is_lt(),
                Filter::Le { value, .. } => order(from, value).is_le(),
                Filter::Eq { value, .. } => is_in(value),
                Filter::In { values, .. } => values.iter().any(is_in),
                Filter::IsMissing { .. } => false,
                _ => true,
            }
        }
        (from, _) => {
            // The bar of all others holds what no bar names.
            let is_bar = |value: &Value| match from {
                Some(name) => *name == text_of(value),
                None => !bars.iter().any(|bar| bar.from == Some(text_of(value))),
            };
            match filter {
                Filter::Eq { value, .. } => is_bar(value),
                Filter::In { values, .. } => values.iter().any(is_bar),
                Filter::Ne { value, .. } => from.is_none() || !is_bar(value),
                Filter::NotIn { values, .. } => from.is_none() || !values.iter().any(is_bar),
                Filter::Contains { value, .. } => {
                    from.as_ref().is_none_or(|name| name.to_lowercase().contains(&value.to_lowercase()))
                }
                Filter::IsMissing { .. } => false,
                _ => true,
            }
        }
    }
}

/// How an edge lies to a value: as numbers, or as texts of dates.
fn order(edge: &str, value: &Value) -> Ordering {
    let text = text_of(value);
    match (edge.parse::<f64>(), text.parse::<f64>()) {
        (Ok(edge), Ok(value)) => edge.total_cmp(&value),
        _ => edge.cmp(text.as_str()),
    }
}

fn text_of(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Kind;

    fn minutes() -> ColumnBars {
        let bar = |from: u32| Bar {
            from: Some(from.to_string()),
            to: Some((from + 10).to_string()),
            n_all: 3,
            n: 3,
        };
        let bars = vec![bar(0), bar(10), bar(20)];
        ColumnBars { name: "minutes".into(), kind: Kind::Count, n_unique: None, bars }
    }

    fn country() -> ColumnBars {
        let bar = |from: Option<&str>| Bar { from: from.map(str::to_owned), to: None, n_all: 3, n: 3 };
        let bars = vec![bar(Some("NO")), bar(Some("SE")), bar(None)];
        ColumnBars { name: "country".into(), kind: Kind::Nominal, n_unique: None, bars }
    }

    #[test]
    fn a_range_of_bars_becomes_two_bounds_and_is_read_back() {
        let other = Filter::NotMissing { column: "x".into() };
        let filters = pick_range(std::slice::from_ref(&other), &minutes(), 1, 0);
        let bound = |value: f64| (String::from("minutes"), Value::Number(value));
        let ((column, from), (_, to)) = (bound(0.0), bound(20.0));
        let ge = Filter::Ge { column: column.clone(), value: from };
        assert_eq!(filters, [other.clone(), ge, Filter::Lt { column, value: to }]);
        assert_eq!(chosen(&filters, &minutes()), Some(vec![true, true, false]));
        assert_eq!(chosen(&filters, &country()), None);
        assert!(matches!(pick_range(&filters, &minutes(), 2, 2)[2], Filter::Le { .. }));
        // The same range again, or all of it, is no filter.
        assert_eq!(pick_range(&filters, &minutes(), 0, 1), std::slice::from_ref(&other));
        assert_eq!(pick_range(&filters, &minutes(), 0, 2), [other]);
    }

    #[test]
    fn names_are_chosen_alone_or_together() {
        let text = |name: &str| Value::Text(name.into());
        let column = || String::from("country");
        let one = pick_name(&[], &country(), 1, false);
        assert_eq!(one, [Filter::Eq { column: column(), value: text("SE") }]);
        let two = pick_name(&one, &country(), 0, true);
        assert_eq!(two, [Filter::In { column: column(), values: vec![text("NO"), text("SE")] }]);
        assert_eq!(chosen(&two, &country()), Some(vec![true, true, false]));
        let others = pick_name(&one, &country(), 2, false);
        assert_eq!(others, [Filter::NotIn { column: column(), values: vec![text("NO"), text("SE")] }]);
        assert_eq!(chosen(&others, &country()), Some(vec![false, false, true]));
        assert!(pick_name(&one, &country(), 1, false).is_empty());
        assert!(pick_name(&two, &country(), 2, true).is_empty());
    }
}
