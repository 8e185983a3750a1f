//! Charts that follow a range show what the full analysis of the rows in it shows.

use super::{Named, draw, named, sessions};
use playhead::analyses::chart::{
    BrushAxis, BrushIndex, ChartData, ChartPanel, ChartResult, ChartSpec, IndexedChart,
};
use playhead::model::{EngineError, ErrorCode, Filter};
use playhead::pace::{Pace, block_on};
use playhead::stats::histogram;
use playhead::tables::Table;
use serde_json::{Value, json};

/// Charts whose places do not depend on which rows there are.
fn charts() -> Vec<Value> {
    vec![
        json!({ "x": { "column": "country" } }),
        json!({ "x": { "column": "country" }, "y": { "column": "minutes", "measure": "count" } }),
        json!({ "x": { "column": "country" }, "y": { "column": "minutes", "measure": "sum" } }),
        json!({ "x": { "column": "country" }, "y": { "column": "balance", "measure": "mean" }, "color": { "column": "device" },
            "facet": { "column": "finished" } }),
        json!({ "x": { "column": "device" }, "y": { "column": "finished" }, "facet": { "column": "country" } }),
        json!({ "x": { "column": "when", "time_unit": "month" }, "y": { "column": "minutes" },
            "color": { "column": "device" } }),
        json!({ "mark": "area", "x": { "column": "when", "time_unit": "week" },
            "y": { "column": "balance", "measure": "sum" }, "color": { "column": "finished" } }),
        json!({ "mark": "heat_map", "x": { "column": "when", "time_unit": "weekday" },
            "y": { "column": "country" }, "color": { "column": "minutes" } }),
        json!({ "mark": "mosaic", "x": { "column": "device" }, "y": { "column": "finished" } }),
        json!({ "mark": "calendar", "x": { "column": "when" } }),
        json!({ "mark": "funnel", "x": { "column": "device" } }),
        json!({ "mark": "kpi", "y": { "column": "finished" }, "facet": { "column": "device" } }),
        json!({ "x": { "column": "country" }, "y": { "column": "minutes", "measure": "mean" },
            "filter": [{ "op": "eq", "column": "device", "value": "TV" }] }),
    ]
}

fn spec(mut spec: Value) -> ChartSpec {
    spec["table"] = json!("sessions");
    serde_json::from_value(spec).expect("a spec")
}

fn open(table: &Table, axis: &BrushAxis, charts: &[Value]) -> Result<BrushIndex, EngineError> {
    let specs: Vec<(u32, ChartSpec)> = (0..).zip(charts.iter().cloned().map(spec)).collect();
    block_on(BrushIndex::open(table, axis, &specs, &Pace::unhosted()))
}

/// The whole result that a page makes of what stays the same and of the panels of a range.
fn result(chart: &IndexedChart, panels: Vec<ChartPanel>) -> ChartResult {
    let IndexedChart { spec, x, y, value, series_label, series, .. } = chart.clone();
    let (sentence, ledger, warnings) = (String::new(), Vec::new(), Vec::new());
    ChartResult { spec, revision: 0, sentence, ledger, warnings, x, y, value, series_label, series, panels }
}

/// Seconds since 1970 as a filter names them, to the second.
fn moment(seconds: f64) -> Value {
    let seconds = seconds as i64;
    let (mut day, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    // From 2023-12-28.
    day -= 19_719;
    let months =
        [("2023-12", 27, 31), ("2024-01", 0, 31), ("2024-02", 0, 29), ("2024-03", 0, 31), ("2024-04", 0, 30)];
    let mut months = months.into_iter();
    let (month, day) = loop {
        let (month, first, n) = months.next().expect("a day of the sessions");
        if first + day < n {
            break (month, first + day + 1);
        }
        day -= n - first;
    };
    json!(format!("{month}-{day:02} {:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60))
}

/// How a number stands in filters.
type Literal = fn(f64) -> Value;

/// Ranges of a column, each with how its ends stand in filters.
fn axes() -> Vec<(BrushAxis, Literal)> {
    let axis = |column: &str, from, to, n_bins| BrushAxis { column: column.into(), from, to, n_bins };
    let number: Literal = |x| json!(x);
    vec![
        (axis("minutes", 0.0, 130.0, 512), number),
        (axis("balance", -150.0, 150.0, 100), number),
        // Every value lies on an edge.
        (axis("clicks", 0.0, 10.0, 10), number),
        (axis("clicks", -0.5, 10.5, 512), number),
        // Some lie outside.
        (axis("clicks", 2.0, 8.0, 24), number),
        // Bins of ten minutes, from 2023-12-28.
        (axis("when", 19_719.0 * 86_400.0, 19_719.0 * 86_400.0 + 600.0 * 4_096.0, 4_096), moment),
    ]
}

/// Numbers from 0 to 1, the same each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn is_same(a: &Named, b: &Named) -> bool {
    let is_near = match (a.2, b.2) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * b.abs().max(1.0),
        (a, b) => a == b,
    };
    (&a.0, &a.1, a.5) == (&b.0, &b.1, b.5) && is_near
}

#[test]
fn panels_of_a_range_are_those_of_the_full_analysis() {
    let (table, charts) = (sessions(), charts());
    let mut chance = Chance(7);
    let mut n_compared = 0;
    for (axis, literal) in axes() {
        let index = open(&table, &axis, &charts).expect("an index");
        let shown = index.charts();
        assert_eq!(shown.len(), charts.len());
        for round in 0..12 {
            let mut end = || axis.from + (axis.to - axis.from) * chance.next();
            let (a, b) = if round == 0 { (axis.from, axis.to) } else { (end(), end()) };
            let (from, to, found) = index.between(a.min(b), a.max(b));
            let half = (axis.to - axis.from) / f64::from(axis.n_bins) * 0.500_001;
            assert!((from - a.min(b)).abs() <= half && (to - a.max(b)).abs() <= half);
            for ((chart, panels), asked) in shown.iter().zip(found).zip(&charts) {
                let mut asked = asked.clone();
                let mut filter = asked["filter"].as_array().cloned().unwrap_or_default();
                filter.push(json!({ "op": "ge", "column": axis.column, "value": literal(from) }));
                filter.push(json!({ "op": "le", "column": axis.column, "value": literal(to) }));
                asked["filter"] = json!(filter);
                let brushed = result(chart, panels);
                let what = format!("{asked}");
                let full = match draw(&table, asked) {
                    Ok(full) => full,
                    Err(error) => {
                        assert_eq!(error.code, ErrorCode::NotEnoughData, "{what}: {error}");
                        assert!(named(&brushed).is_empty(), "{what}");
                        continue;
                    }
                };
                n_compared += 1;
                compare(&brushed, &full, &what);
            }
        }
    }
    assert!(n_compared > 500, "{n_compared}");
}

fn compare(brushed: &ChartResult, full: &ChartResult, what: &str) {
    let (mut found, mut expected) = (named(brushed), named(full));
    // One level alone is not told apart from others.
    if full.series.len() < brushed.series.len() && full.series.iter().all(String::is_empty) {
        for found in &mut found {
            found.0.truncate(found.0.rfind('|').map_or(0, |at| at + 1));
        }
    }
    for list in [&mut found, &mut expected] {
        list.sort_by(|a, b| (&a.0, a.1.to_string()).cmp(&(&b.0, b.1.to_string())));
    }
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(&expected) {
        assert!(is_same(found, expected), "{what}: {found:?} {expected:?}");
    }
    for panel in &brushed.panels {
        let same = full.panels.iter().find(|other| other.name == panel.name);
        assert_eq!(panel.n_rows, same.map_or(0, |other| other.n_rows), "{what}: {}", panel.name);
        let ChartData::Values { values } = &panel.data else { panic!("values") };
        assert!(values.iter().all(|value| value.interval.is_none()));
        let is_empty = |value: Option<f64>| value.is_none() || value == Some(0.0);
        assert!(values.iter().all(|value| value.n > 0 || is_empty(value.value)), "{what}");
    }
}

#[test]
fn places_without_rows_are_those_of_the_full_analysis() {
    let table = sessions();
    let axis = BrushAxis { column: "minutes".into(), from: 0.0, to: 600.0, n_bins: 600 };
    let charts = charts();
    let index = open(&table, &axis, &charts).expect("an index");
    let (.., all) = index.between(0.0, 600.0);
    for ((chart, panels), asked) in index.charts().iter().zip(all).zip(&charts) {
        let mut asked = asked.clone();
        let mut filter = asked["filter"].as_array().cloned().unwrap_or_default();
        filter.push(json!({ "op": "not_missing", "column": "minutes" }));
        asked["filter"] = json!(filter);
        let full = draw(&table, asked).expect("a chart");
        let names = |panels: &[ChartPanel]| panels.iter().map(|panel| panel.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&panels), names(&full.panels));
        assert_eq!(chart.series, full.series);
        assert_eq!(chart.series_label, full.series_label);
        assert_eq!(chart.spec.mark, full.spec.mark);
        assert_eq!((&chart.y.label, &chart.value), (&full.y.label, &full.value));
    }
}

#[test]
fn bins_of_a_range_count_its_rows() {
    let table = sessions();
    let charts = [
        json!({ "mark": "histogram", "x": { "column": "minutes" } }),
        json!({ "mark": "histogram", "x": { "column": "minutes", "bins": 30 }, "color": { "column": "device" },
            "facet": { "column": "finished" } }),
        json!({ "mark": "histogram", "x": { "column": "clicks" }, "facet": { "column": "country" } }),
    ];
    let mut chance = Chance(11);
    for (axis, literal) in axes() {
        let index = open(&table, &axis, &charts).expect("an index");
        for _ in 0..6 {
            let mut end = || axis.from + (axis.to - axis.from) * chance.next();
            let (a, b) = (end(), end());
            let (from, to, found) = index.between(a.min(b), a.max(b));
            let filter = json!([{ "op": "ge", "column": axis.column, "value": literal(from) },
                { "op": "le", "column": axis.column, "value": literal(to) }]);
            let in_range: Vec<Filter> = serde_json::from_value(filter).expect("filters");
            for (chart, panels) in index.charts().iter().zip(found) {
                for panel in panels {
                    let ChartData::Bins { edges, counts } = &panel.data else { panic!("bins") };
                    for (series, counts) in chart.series.iter().zip(counts) {
                        let mut filter = in_range.clone();
                        for (field, name) in [(&chart.spec.color, series), (&chart.spec.facet, &panel.name)] {
                            filter.extend(field.iter().map(|field| Filter::Eq {
                                column: field.column.clone(),
                                value: playhead::model::Value::Text(name.clone()),
                            }));
                        }
                        let column = &chart.spec.x.as_ref().expect("a field").column;
                        let numbers = table.numbers(column).expect("numbers");
                        let rows = table.rows_where(&filter).expect("rows");
                        let values: Vec<f64> = rows.iter().map(|row| numbers[*row as usize]).collect();
                        assert_eq!(*counts, histogram::counts(&values, edges), "{axis:?} {from} {to}");
                    }
                }
            }
        }
    }
}

#[test]
fn figures_that_do_not_add_up_are_left_out() {
    let table = sessions();
    let axis = BrushAxis { column: "minutes".into(), from: 0.0, to: 100.0, n_bins: 512 };
    let charts = [
        json!({ "x": { "column": "country" }, "y": { "column": "minutes", "measure": "median" } }),
        json!({ "x": { "column": "country" }, "y": { "column": "user", "measure": "count_distinct" } }),
        json!({ "x": { "column": "country" }, "y": { "column": "minutes", "measure": "mean" } }),
        json!({ "mark": "box", "y": { "column": "minutes" } }),
        json!({ "mark": "scatter", "x": { "column": "minutes" }, "y": { "column": "clicks" } }),
        json!({ "x": { "column": "nothing" } }),
        json!({ "x": { "column": "device" }, "filter": [{ "op": "eq", "column": "country", "value": "XX" }] }),
        json!({ "x": { "column": "device" } }),
    ];
    let index = open(&table, &axis, &charts).expect("an index");
    let found: Vec<u32> = index.charts().iter().map(|chart| chart.idx).collect();
    assert_eq!(found, [2, 7]);
}

#[test]
fn tables_beyond_the_limit_are_left_out() {
    let table = sessions();
    let axis = BrushAxis { column: "minutes".into(), from: 0.0, to: 100.0, n_bins: 4_096 };
    let days = json!({ "mark": "line", "x": { "column": "when", "time_unit": "day" }, "y": { "column": "minutes" },
        "color": { "column": "device" } });
    let index = open(&table, &axis, &vec![days; 8]).expect("an index");
    let n = index.charts().len();
    assert!((1..8).contains(&n), "{n}");
}

#[test]
fn a_range_that_cannot_be_divided_is_refused() {
    let table = sessions();
    let refused = |column: &str, from: f64, to: f64, n_bins: u32| {
        let axis = BrushAxis { column: column.into(), from, to, n_bins };
        let error = open(&table, &axis, &[]).map(|_| ()).expect_err("a refusal");
        (error.code, error.at.field.unwrap_or_default())
    };
    assert_eq!(refused("minutes", 1.0, 1.0, 10), (ErrorCode::BadOption, "to".into()));
    assert_eq!(refused("minutes", 2.0, 1.0, 10), (ErrorCode::BadOption, "to".into()));
    assert_eq!(refused("minutes", 0.0, f64::INFINITY, 10), (ErrorCode::BadOption, "to".into()));
    assert_eq!(refused("minutes", 1.0, 1.0 + f64::EPSILON, 10), (ErrorCode::BadOption, "to".into()));
    assert_eq!(refused("minutes", 0.0, 1.0, 0), (ErrorCode::BadOption, "n_bins".into()));
    assert_eq!(refused("minutes", 0.0, 1.0, 5_000), (ErrorCode::BadOption, "n_bins".into()));
    assert_eq!(refused("country", 0.0, 1.0, 10).0, ErrorCode::WrongKind);
    assert_eq!(refused("none", 0.0, 1.0, 10).0, ErrorCode::UnknownColumn);
}
