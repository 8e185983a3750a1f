//! Charts, against figures that pandas, SciPy and statsmodels give (tests/chart/make_reference.py).
#![cfg(feature = "engine")]
// A table that cannot be made stops its test; that is the message.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "chart/brush.rs"]
mod brush;

use playhead::analyses::chart::{
    ChartData, ChartMark, ChartMeasure, ChartResult, ChartSpec, PlaceKind, TimeUnit, run,
};
use playhead::model::{EngineError, ErrorCode, ImportOptions, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, load};
use serde_json::{Value, json};

fn table_of(text: &str) -> Table {
    let source = MemorySource::new("sessions.csv", text.as_bytes().to_vec());
    let (options, pace) = (ImportOptions::default(), Pace::unhosted());
    block_on(load("sessions", &source, TableOrigin::Text, &options, &pace)).expect("a table").0
}

fn sessions() -> Table {
    table_of(include_str!("chart/sessions.csv"))
}

fn expected() -> Value {
    serde_json::from_str(include_str!("chart/expected.json")).expect("json")
}

fn draw(table: &Table, spec: Value) -> Result<ChartResult, EngineError> {
    let mut spec = spec;
    spec["table"] = json!("sessions");
    let spec: ChartSpec = serde_json::from_value(spec).expect("a spec");
    block_on(run(table, &spec, &Pace::unhosted()))
}

fn refused(spec: Value) -> EngineError {
    draw(&sessions(), spec.clone()).expect_err(&format!("{spec} is refused"))
}

/// Equal to nine digits.
fn is_near(found: Option<f64>, expected: &Value) -> bool {
    match (found, expected.as_f64()) {
        (Some(found), Some(expected)) => (found - expected).abs() <= 1e-9 * expected.abs().max(1e-9),
        (found, expected) => found.is_none() && expected.is_none(),
    }
}

/// Panel, y and series; x; value, both ends of its interval, and rows.
type Named = (String, Value, Option<f64>, Option<f64>, Option<f64>, u64);

/// The values of a result, with the names of their places.
fn named(result: &ChartResult) -> Vec<Named> {
    let mut found = Vec::new();
    for panel in &result.panels {
        let ChartData::Values { values } = &panel.data else { panic!("values") };
        for value in values.iter().filter(|value| value.n > 0) {
            let x = match result.x.scale {
                PlaceKind::Categories => json!(result.x.names[value.at as usize]),
                _ => json!(value.at),
            };
            let y = result.y.names.get(value.row as usize).cloned().unwrap_or_default();
            let series = &result.series[value.series as usize];
            let key =
                format!("{}|{}|{series}", panel.name, if result.value.label.is_empty() { "" } else { &y });
            let (low, high) = value.interval.map_or((None, None), |interval| (interval.low, interval.high));
            found.push((key, x, value.value, low, high, value.n));
        }
    }
    found
}

#[test]
fn figures_are_those_of_pandas() {
    let table = sessions();
    for case in expected()["cases"].as_array().expect("cases") {
        let name = &case["name"];
        let result = draw(&table, case["spec"].clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let found = named(&result);
        let rows = case["rows"].as_array().expect("rows");
        assert_eq!(found.len(), rows.len(), "{name}");
        for row in rows {
            let key = format!(
                "{}|{}|{}",
                row[0].as_str().unwrap_or(""),
                row[2].as_str().unwrap_or(""),
                row[3].as_str().unwrap_or("")
            );
            let is_there = |found: &&Named| {
                found.0 == key
                    && (found.1 == row[1] || found.1.as_f64().is_some_and(|x| row[1].as_f64() == Some(x)))
            };
            let place = found.iter().find(is_there).unwrap_or_else(|| panic!("{name}: {row} is there"));
            assert!(is_near(place.2, &row[4]), "{name}: {place:?} {row}");
            assert!(is_near(place.3, &row[5]) && is_near(place.4, &row[6]), "{name}: {place:?} {row}");
            assert_eq!(Some(place.5), row[7].as_u64(), "{name}: {row}");
        }
    }
}

#[test]
fn boxes_are_those_of_numpy() {
    let result = draw(&sessions(), json!({ "x": { "column": "country" }, "y": { "column": "minutes" } }))
        .expect("a chart");
    assert_eq!(result.spec.mark, ChartMark::Box);
    let ChartData::Boxes { boxes } = &result.panels[0].data else { panic!("boxes") };
    let medians: Vec<f64> = boxes.iter().filter_map(|found| Some(found.five_numbers?[2])).collect();
    assert!(medians.is_sorted_by(|a, b| a >= b), "the highest median comes first: {medians:?}");
    for row in expected()["boxes"].as_array().expect("boxes") {
        let at = result.x.names.iter().position(|name| row[0] == json!(name)).expect("a country");
        let found = boxes.iter().find(|found| found.at as usize == at).expect("a box");
        assert_eq!(Some(found.n), row[1].as_u64());
        assert!(is_near(found.mean, &row[2]), "{found:?}");
        for (idx, number) in found.five_numbers.expect("numbers").into_iter().enumerate() {
            assert!(is_near(Some(number), &row[3][idx]), "{found:?} {row}");
        }
        assert_eq!(json!(found.whiskers), row[4], "{found:?}");
        assert_eq!(Some(found.n_outliers), row[5].as_u64());
        assert_eq!(found.outliers.len() as u64, found.n_outliers.min(60));
    }
}

#[test]
fn curves_are_those_of_scipy() {
    let (table, expected) = (sessions(), expected());
    let curve = |spec: Value| {
        let result = draw(&table, spec).expect("a chart");
        let ChartData::Curves { curves } = result.panels[0].data.clone() else { panic!("curves") };
        curves.into_iter().next().expect("a curve")
    };
    let is_kenya = json!([{ "op": "eq", "column": "country", "value": "KE" }]);
    // 2,839 values are counted on a fine grid first, 54 are not.
    for (name, filter, tolerance) in
        [("density", json!([]), 1e-3), ("small_density", is_kenya.clone(), 1e-12)]
    {
        let found = curve(json!({ "mark": "density", "x": { "column": "minutes" }, "filter": filter }));
        let expected = &expected[name];
        assert!(is_near(found.figure, &expected["bandwidth"]), "{name}");
        let heights: Vec<f64> =
            expected["y"].as_array().expect("heights").iter().filter_map(Value::as_f64).collect();
        let most = heights.iter().copied().fold(0.0, f64::max);
        for (found, height) in found.y.iter().zip(&heights) {
            assert!((found - height).abs() < tolerance * most, "{name}: {found} {height}");
        }
    }
    let lorenz = curve(json!({ "mark": "lorenz", "x": { "column": "minutes" } }));
    assert!(is_near(lorenz.figure, &expected["gini"]), "{:?} {}", lorenz.figure, expected["gini"]);
    assert_eq!((lorenz.x.first(), lorenz.y.last()), (Some(&0.0), Some(&1.0)));
    let qq = curve(json!({ "mark": "qq", "x": { "column": "minutes" }, "filter": is_kenya }));
    for (idx, (x, y)) in qq.x.iter().zip(&qq.y).enumerate() {
        assert!(
            is_near(Some(*x), &expected["qq"][0][idx]) && is_near(Some(*y), &expected["qq"][1][idx]),
            "{idx}"
        );
    }
    let ecdf = curve(json!({ "mark": "ecdf", "x": { "column": "clicks" } }));
    assert_eq!(ecdf.y.last(), Some(&1.0));
    assert!(ecdf.x.is_sorted() && ecdf.y.is_sorted());
}

#[test]
fn bins_are_round_and_hold_every_row() {
    let table = sessions();
    for (n_bins, width) in [(20, 20), (8, 50)] {
        let spec = json!({ "mark": "histogram", "x": { "column": "balance", "bins": n_bins } });
        let result = draw(&table, spec).expect("a chart");
        let ChartData::Bins { edges, counts } = &result.panels[0].data else { panic!("bins") };
        assert_eq!(edges[1] - edges[0], f64::from(width));
        assert_eq!(counts[0].iter().sum::<u64>(), 3_000);
        let all = &expected()["histogram"][width.to_string()];
        for (edge, count) in edges.iter().zip(&counts[0]) {
            let idx = ((edge + 200.0) / f64::from(width)) as usize;
            assert_eq!(all[idx].as_u64(), Some(*count), "at {edge}");
        }
    }
}

#[test]
fn many_rows_are_counted_in_cells() {
    let mut text = String::from("x,y,group\n");
    for i in 0..5_000 {
        text += &format!(
            "{},{},{}\n",
            (i * 7) % 1_000,
            f64::from((i * 13) % 977) + 0.5,
            ["a", "b"][(i % 2) as usize]
        );
    }
    let table = table_of(&text);
    let spec = json!({ "x": { "column": "x" }, "y": { "column": "y" }, "color": { "column": "group" } });
    let result = draw(&table, spec.clone()).expect("a chart");
    assert_eq!((result.spec.mark, result.series.len()), (ChartMark::Scatter, 1));
    assert_eq!(result.warnings[0].code, "colours_left_out");
    let ChartData::Cells { counts, .. } = &result.panels[0].data else { panic!("cells") };
    assert_eq!(counts.iter().flatten().sum::<u64>(), 5_000);
    let mut few = spec;
    few["filter"] = json!([{ "op": "lt", "column": "x", "value": 300 }]);
    let result = draw(&table, few).expect("a chart");
    let ChartData::Points { points } = &result.panels[0].data else { panic!("points") };
    assert_eq!((points.len(), result.series.len()), (1_500, 2));
    assert_eq!((points[1].x, points[1].y, points[1].row), (7.0, 13.5, 2));
}

#[test]
fn the_mark_follows_from_the_fields() {
    let table = sessions();
    let auto = |x: &str, y: &str| {
        let field = |name: &str| if name.is_empty() { Value::Null } else { json!({ "column": name }) };
        draw(&table, json!({ "x": field(x), "y": field(y) })).expect("a chart").spec
    };
    for (x, y, mark) in [
        ("country", "", ChartMark::Bar),
        ("", "country", ChartMark::Bar),
        ("minutes", "", ChartMark::Histogram),
        ("", "minutes", ChartMark::Box),
        ("when", "", ChartMark::Line),
        ("when", "minutes", ChartMark::Line),
        ("minutes", "balance", ChartMark::Scatter),
        ("country", "device", ChartMark::HeatMap),
        ("minutes", "country", ChartMark::Box),
    ] {
        assert_eq!(auto(x, y).mark, mark, "{x} {y}");
    }
    let share = auto("country", "finished");
    assert_eq!(share.y.expect("y").measure, ChartMeasure::Share);
    assert_eq!(auto("when", "").x.expect("x").time_unit, TimeUnit::Day, "75 days");
}

#[test]
fn a_line_has_a_place_for_every_unit_of_time() {
    let table = table_of("day,x\n2024-01-01,2\n2024-01-02,4\n2024-01-05,9\n");
    let values = |measure: &str| {
        let y = json!({ "column": "x", "measure": measure });
        let result = draw(&table, json!({ "x": { "column": "day" }, "y": y })).expect("a chart");
        let ChartData::Values { values } = &result.panels[0].data else { panic!("values") };
        values.iter().map(|value| value.value).collect::<Vec<_>>()
    };
    assert_eq!(values("sum"), [Some(2.0), Some(4.0), Some(0.0), Some(0.0), Some(9.0)]);
    assert_eq!(values("mean"), [Some(2.0), Some(4.0), None, None, Some(9.0)]);
}

#[test]
fn what_does_not_go_together_is_refused() {
    let at = |error: EngineError| (error.code, error.at.field.unwrap_or_default());
    let bad = |field: &str| (ErrorCode::BadOption, field.to_owned());
    assert_eq!(at(refused(json!({}))), bad("x"));
    assert_eq!(at(refused(json!({ "x": { "column": "none" } }))), (ErrorCode::UnknownColumn, "x".into()));
    assert_eq!(
        at(refused(json!({ "x": { "column": "country" }, "y": { "column": "device", "measure": "mean" } }))),
        bad("y")
    );
    assert_eq!(at(refused(json!({ "x": { "column": "country", "time_unit": "day" } }))), bad("x"));
    assert_eq!(at(refused(json!({ "x": { "column": "country", "bins": 7 } }))), bad("x"));
    assert_eq!(at(refused(json!({ "mark": "calendar", "x": { "column": "country" } }))), bad("x"));
    assert_eq!(
        at(refused(json!({ "mark": "box", "x": { "column": "country" }, "y": { "column": "device" } }))),
        bad("y")
    );
    assert_eq!(at(refused(json!({ "mark": "lorenz", "x": { "column": "balance" } }))), bad("x"));
    let stacked = json!({
        "x": { "column": "country" }, "y": { "column": "minutes", "measure": "mean" },
        "color": { "column": "device" }, "arrange": "stacked"
    });
    assert_eq!(at(refused(stacked)), bad("arrange"));
    let hours = json!({ "x": { "column": "when", "time_unit": "hour" }, "color": { "column": "country" }, "facet": { "column": "device" } });
    assert_eq!(at(refused(hours)), bad("x"), "38,000 figures");
    let empty = json!({ "x": { "column": "country" }, "filter": [{ "op": "eq", "column": "device", "value": "none" }] });
    assert_eq!(refused(empty).code, ErrorCode::NotEnoughData);
}

#[test]
fn one_value_and_values_that_are_all_the_same() {
    let table = table_of("g,x\na,5\na,5\nb,5\n");
    for mark in ["box", "violin", "ridgeline", "strip"] {
        let result = draw(&table, json!({ "mark": mark, "x": { "column": "g" }, "y": { "column": "x" } }))
            .expect(mark);
        let ChartData::Boxes { boxes } = &result.panels[0].data else { panic!("boxes") };
        assert_eq!(boxes[0].five_numbers, Some([5.0; 5]), "{mark}");
        assert!(boxes[0].density_x.is_empty() && boxes[0].n_outliers == 0, "{mark}");
    }
    for mark in ["histogram", "density", "ecdf", "qq", "lorenz", "scatter"] {
        let y = if mark == "scatter" { json!({ "column": "x" }) } else { Value::Null };
        draw(&table, json!({ "mark": mark, "x": { "column": "x" }, "y": y })).expect(mark);
    }
}
