//! The rows of a finding as filters, where filters can say exactly which they are.

use super::columns::Looked;
use crate::model::{Filter, Value};
use std::cmp::Ordering;

/// More values are not listed.
const MAX_LISTED: usize = 20;

/// The cells that are one of the values; nothing where they are too many to list.
pub(super) fn one_of(column: &str, mut values: Vec<Value>) -> Vec<Filter> {
    let column = column.to_owned();
    match values.len() {
        0 => Vec::new(),
        1 => values.pop().map(|value| Filter::Eq { column, value }).into_iter().collect(),
        n if n <= MAX_LISTED => vec![Filter::In { column, values }],
        _ => Vec::new(),
    }
}

/// The cells with one of the texts.
pub(super) fn one_text_of<'t>(column: &str, texts: impl Iterator<Item = &'t str>) -> Vec<Filter> {
    one_of(column, texts.take(MAX_LISTED + 1).map(|text| Value::Text(text.to_owned())).collect())
}

/// What lies beyond limits, and what of it is left out.
pub(super) struct Beyond<'a, T> {
    pub low: T,
    pub high: T,
    /// People name these limits; others are told as the values next to them.
    pub is_named: bool,
    /// The least and the most that are still told here.
    pub range: (T, T),
    /// Values that are told elsewhere.
    pub others: &'a [T],
}

impl<T: PartialOrd + Copy> Beyond<'_, T> {
    pub fn has(&self, x: T) -> bool {
        let (least, most) = self.range;
        (x < self.low || x > self.high) && x >= least && x <= most && !self.others.contains(&x)
    }

    /// The filters, from the cells of the column. Filters are joined by "and", so what lies on both sides is listed.
    fn filters(&self, column: &str, cells: impl Iterator<Item = T>, value: fn(T) -> Value) -> Vec<Filter> {
        let (mut told, mut left_out): (Vec<T>, Vec<T>) =
            cells.filter(|x| *x < self.low || *x > self.high).partition(|x| self.has(*x));
        told.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        let (Some(first), Some(last)) = (told.first().copied(), told.last().copied()) else {
            return Vec::new();
        };
        let is_low = first < self.low;
        if is_low && last > self.high {
            told.dedup();
            told.truncate(MAX_LISTED + 1);
            return one_of(column, told.into_iter().map(value).collect());
        }
        left_out.retain(|x| (*x < self.low) == is_low);
        let name = || column.to_owned();
        let at_least = |x: T| Filter::Ge { column: name(), value: value(x) };
        let at_most = |x: T| Filter::Le { column: name(), value: value(x) };
        let is_left_below = left_out.iter().any(|x| *x < first);
        let is_left_above = left_out.iter().any(|x| *x > last);
        let mut filters = Vec::new();
        if is_low {
            filters.extend(is_left_below.then(|| at_least(first)));
            filters.push(match self.is_named && !is_left_above {
                true => Filter::Lt { column: name(), value: value(self.low) },
                false => at_most(last),
            });
        } else {
            filters.push(match self.is_named && !is_left_below {
                true => Filter::Gt { column: name(), value: value(self.high) },
                false => at_least(first),
            });
            filters.extend(is_left_above.then(|| at_most(last)));
        }
        left_out.retain(|x| *x > first && *x < last);
        left_out.sort_unstable_by(|a, b| a.partial_cmp(b).unwrap_or(Ordering::Equal));
        left_out.dedup();
        if !left_out.is_empty() {
            let values = left_out.into_iter().map(value).collect();
            filters.push(Filter::NotIn { column: name(), values });
        }
        filters
    }
}

impl Beyond<'_, f64> {
    pub fn numbers(&self, column: &Looked<'_>) -> Vec<Filter> {
        let cells = (0..column.n_rows).filter_map(|row| column.number(row));
        self.filters(column.name, cells, Value::Number)
    }
}

impl Beyond<'_, i32> {
    pub fn days(&self, column: &Looked<'_>) -> Vec<Filter> {
        let cells = (0..column.n_rows).filter_map(|row| super::dates::day(&column.values, row));
        let filters = self.filters(column.name, cells, day_value);
        // A filter knows years of four digits.
        let is_readable =
            |value: &Value| matches!(value, Value::Text(text) if text.len() == 10 && !text.starts_with('-'));
        let is_known = filters.iter().all(|filter| match filter {
            Filter::In { values, .. } | Filter::NotIn { values, .. } => values.iter().all(is_readable),
            Filter::Eq { value, .. }
            | Filter::Lt { value, .. }
            | Filter::Le { value, .. }
            | Filter::Gt { value, .. }
            | Filter::Ge { value, .. } => is_readable(value),
            _ => true,
        });
        if is_known { filters } else { Vec::new() }
    }
}

pub(super) fn day_value(day: i32) -> Value {
    Value::Text(super::dates::date_text(day))
}
