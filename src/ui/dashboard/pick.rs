//! From a mark of a chart to the rows behind it.

use crate::analyses::chart::{
    AxisScale, ChartAxis, ChartData, ChartField, ChartMark, ChartResult, PlaceKind,
};
use crate::charts::model::MarkKey;
use crate::charts::scale::iso_date;
use crate::model::{Filter, Value};

/// The rows behind a mark; `None` where no filter can name them (a part of time that comes again, an interval of colour).
pub fn filters(result: &ChartResult, panel: usize, key: MarkKey) -> Option<Vec<Filter>> {
    let mut found = Vec::new();
    if let Some(field) = result.spec.x.as_ref().filter(|field| !field.is_measure()) {
        let bins = result.panels.get(panel).and_then(|panel| match &panel.data {
            ChartData::Bins { edges, .. } => Some(edges.as_slice()),
            _ => None,
        });
        found.extend(match bins {
            Some(edges) => between(field, edges, key.at as usize, false)?,
            None => place(field, &result.x, key.at)?,
        });
    }
    let is_grid = !result.value.label.is_empty() && !result.y.names.is_empty();
    if let Some(field) = result.spec.y.as_ref().filter(|_| is_grid) {
        found.extend(place(field, &result.y, f64::from(key.row))?);
    }
    if let Some(field) = result.spec.color.as_ref().filter(|_| result.series.len() > 1) {
        found.extend(named(field, &result.series, key.series as usize)?);
    }
    if let Some(field) = &result.spec.facet {
        let names: Vec<String> = result.panels.iter().map(|panel| panel.name.clone()).collect();
        found.extend(named(field, &names, panel)?);
    }
    (!found.is_empty()).then_some(found)
}

/// What a pick leaves of the one before: the same again lets go of it; one that is added joins a pick of the same column.
pub fn joined(old: Vec<Filter>, new: Vec<Filter>, is_adding: bool) -> Vec<Filter> {
    if old == new {
        return Vec::new();
    }
    let level = match new.as_slice() {
        [Filter::Eq { column, value }] if is_adding => Some((column.clone(), value.clone())),
        _ => None,
    };
    let (Some((column, value)), [before]) = (level, old.as_slice()) else { return new };
    let mut values = match before {
        Filter::Eq { column: of, value } if *of == column => vec![value.clone()],
        Filter::In { column: of, values } if *of == column => values.clone(),
        _ => return new,
    };
    match values.iter().position(|other| *other == value) {
        Some(at) => drop(values.remove(at)),
        None => values.push(value),
    }
    match values.as_slice() {
        [] => Vec::new(),
        [value] => vec![Filter::Eq { column, value: value.clone() }],
        _ => vec![Filter::In { column, values }],
    }
}

/// The column whose values a continuous x axis shows.
fn ranged(result: &ChartResult) -> Option<&ChartField> {
    let is_own = !matches!(result.spec.mark, ChartMark::Qq | ChartMark::Lorenz);
    result.spec.x.as_ref().filter(|field| is_own && !field.is_measure())
}

/// Table and column of a range that others can follow while it is dragged: on an even axis, whose bins are of one width.
pub fn brushed(result: &ChartResult) -> Option<(String, String)> {
    let field = ranged(result).filter(|_| result.spec.x_scale == AxisScale::Linear)?;
    Some((result.spec.table.clone(), field.column.clone()))
}

/// The rows of a range of a continuous x axis.
pub fn range(result: &ChartResult, from: f64, to: f64) -> Option<Vec<Filter>> {
    let field = ranged(result)?;
    let is_time = result.x.scale == PlaceKind::Times;
    let (from, to) = (value(from, is_time), value(to, is_time));
    let column = || field.column.clone();
    Some(vec![Filter::Ge { column: column(), value: from }, Filter::Le { column: column(), value: to }])
}

fn place(field: &ChartField, axis: &ChartAxis, at: f64) -> Option<Vec<Filter>> {
    let is_time = axis.scale == PlaceKind::Times || axis.edges_are_times;
    match axis.scale {
        PlaceKind::Categories if axis.edges.is_empty() => named(field, &axis.names, at as usize),
        PlaceKind::Categories => between(field, &axis.edges, at as usize, is_time),
        PlaceKind::Numbers | PlaceKind::Times => {
            let idx = axis.edges.partition_point(|edge| *edge <= at).checked_sub(1)?;
            between(field, &axis.edges, idx, is_time)
        }
    }
}

/// A level; of the last place, all that are not named.
fn named(field: &ChartField, names: &[String], idx: usize) -> Option<Vec<Filter>> {
    let name = names.get(idx)?;
    if field.bins.is_some() || field.time_unit.comes_again() {
        return None;
    }
    let column = field.column.clone();
    let text = |name: &String| Value::Text(name.clone());
    let is_others = idx + 1 == names.len() && name.strip_suffix("\u{a0}others").is_some_and(is_count);
    Some(vec![if is_others {
        Filter::NotIn { column, values: names.iter().take(idx).map(text).collect() }
    } else {
        Filter::Eq { column, value: text(name) }
    }])
}

fn is_count(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || c == ',' || c == '\u{a0}' || c == '\u{202f}')
}

/// "2024-03-01", or "2024-03-01 12:30:00" where it is not the beginning of a day.
fn time_text(seconds: f64) -> String {
    let seconds = seconds as i64;
    let (day, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    match rest {
        0 => iso_date(day),
        rest => format!("{} {:02}:{:02}:{:02}", iso_date(day), rest / 3_600, rest / 60 % 60, rest % 60),
    }
}

fn between(field: &ChartField, edges: &[f64], idx: usize, is_time: bool) -> Option<Vec<Filter>> {
    let (from, to) = (*edges.get(idx)?, *edges.get(idx + 1)?);
    let column = || field.column.clone();
    if !is_time && to - from == 1.0 && from.fract() != 0.0 {
        // A whole number with an interval of its own.
        return Some(vec![Filter::Eq { column: column(), value: Value::Number((from + to) / 2.0) }]);
    }
    let low = Filter::Ge { column: column(), value: value(from, is_time) };
    let is_last = idx + 2 == edges.len() && !is_time;
    let (column, value) = (column(), value(to, is_time));
    Some(vec![low, if is_last { Filter::Le { column, value } } else { Filter::Lt { column, value } }])
}

fn value(x: f64, is_time: bool) -> Value {
    if is_time { Value::Text(time_text(x)) } else { Value::Number(x) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::chart::{ChartMeasure, ChartPanel, ChartSpec, TimeUnit};

    fn result(x: ChartField, axis: ChartAxis) -> ChartResult {
        let spec =
            ChartSpec { table: "t".into(), x: Some(x), y: Some(ChartField::rows()), ..ChartSpec::default() };
        let data = ChartData::Values { values: Vec::new() };
        ChartResult {
            spec,
            revision: 1,
            sentence: String::new(),
            ledger: Vec::new(),
            warnings: Vec::new(),
            x: axis,
            y: ChartAxis::default(),
            value: ChartAxis::default(),
            series_label: String::new(),
            series: vec![String::new()],
            panels: vec![ChartPanel { name: String::new(), n_rows: 3, data }],
        }
    }

    fn key(at: f64) -> MarkKey {
        MarkKey { at, ..MarkKey::default() }
    }

    fn words(filters: Option<Vec<Filter>>) -> String {
        let filters = filters.unwrap_or_default();
        filters.iter().map(crate::ui::recipe::sentence::condition).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_bar_is_its_level_and_the_last_one_may_be_all_others() {
        let names = ["SE", "NO", "1,204\u{a0}others"].map(String::from).to_vec();
        let axis = ChartAxis { scale: PlaceKind::Categories, names, ..ChartAxis::default() };
        let mut result = result(ChartField::column("country"), axis);
        assert_eq!(words(filters(&result, 0, key(1.0))), "country is NO");
        assert_eq!(words(filters(&result, 0, key(2.0))), "country is none of SE, NO");
        // A level may be called so, too.
        result.x.names[2] = "3 others".into();
        assert_eq!(words(filters(&result, 0, key(2.0))), "country is 3 others");
        result.spec.color = Some(ChartField::column("device"));
        result.series = vec!["TV".into(), "phone".into()];
        let both = MarkKey { at: 0.0, row: 0, series: 1 };
        assert_eq!(words(filters(&result, 0, both)), "country is SE, device is phone");
    }

    #[test]
    fn intervals_and_times_begin_and_end() {
        let edges = vec![0.0, 10.0, 20.0];
        let axis = ChartAxis { edges, ..ChartAxis::default() };
        let numbers = result(ChartField { bins: Some(2), ..ChartField::column("x") }, axis);
        assert_eq!(words(filters(&numbers, 0, key(5.0))), "x is at least 0, x is below 10");
        assert_eq!(words(filters(&numbers, 0, key(15.0))), "x is at least 10, x is at most 20");
        let days = vec![86_400.0, 172_800.0, 259_200.0];
        let axis =
            ChartAxis { scale: PlaceKind::Times, edges: days, edges_are_times: true, ..ChartAxis::default() };
        let times = result(ChartField { time_unit: TimeUnit::Day, ..ChartField::column("at") }, axis);
        assert_eq!(
            words(filters(&times, 0, key(172_800.0))),
            "at is at least 1970-01-03, at is below 1970-01-04"
        );
        assert_eq!(
            words(range(&times, 86_400.0, 90_000.5)),
            "at is at least 1970-01-02, at is at most 1970-01-02 01:00:00"
        );
        let edges = vec![2.5, 3.5, 4.5];
        let axis = ChartAxis { edges, ..ChartAxis::default() };
        let whole = result(ChartField::column("n"), axis);
        assert_eq!(words(filters(&whole, 0, key(4.0))), "n is 4");
    }

    #[test]
    fn a_range_is_of_the_column_that_the_axis_shows() {
        let mut chart = result(ChartField::column("x"), ChartAxis::default());
        assert_eq!(brushed(&chart), Some(("t".into(), "x".into())));
        assert!(range(&chart, 1.0, 2.0).is_some());
        chart.spec.x_scale = AxisScale::Log;
        assert_eq!(brushed(&chart), None, "bins of one width would be far apart");
        assert!(range(&chart, 1.0, 2.0).is_some());
        chart.spec.mark = ChartMark::Lorenz;
        assert_eq!(range(&chart, 0.0, 0.5), None, "its axis shows shares of rows");
    }

    #[test]
    fn what_no_filter_can_name_is_not_picked() {
        let axis =
            ChartAxis { scale: PlaceKind::Categories, names: vec!["Monday".into()], ..ChartAxis::default() };
        let field = ChartField { time_unit: TimeUnit::Weekday, ..ChartField::column("at") };
        assert_eq!(filters(&result(field, axis), 0, key(0.0)), None);
        let figure = ChartField::measure("x", ChartMeasure::Mean);
        assert_eq!(filters(&result(figure, ChartAxis::default()), 0, key(0.0)), None);
    }
}
