//! Describe, through the public interface, on tables small enough to check by hand.
#![cfg(feature = "engine")]
// A table that cannot be made stops its test; that is the message.
#![allow(clippy::expect_used)]

use playhead::analyses::describe::{DescribeResult, DescribeSpec, run};
use playhead::model::{EngineError, ErrorCode, Filter, Kind, TableOrigin, Value};
use playhead::pace::{Pace, block_on};
use playhead::tables::{ColumnData, NewColumn, Table};

fn column(name: &str, kind: Kind, data: ColumnData) -> NewColumn {
    NewColumn { name: name.into(), kind, data }
}

fn texts(values: &[&str]) -> ColumnData {
    ColumnData::Texts(values.iter().map(|v| (!v.is_empty()).then(|| (*v).into())).collect())
}

/// Eight sessions of three viewers.
fn sessions() -> Table {
    let nan = f64::NAN;
    let columns = vec![
        column("user", Kind::Id, texts(&["u1", "u1", "u2", "u2", "u3", "u3", "u3", "u3"])),
        column("group", Kind::Nominal, texts(&["A", "A", "B", "B", "B", "B", "", "A"])),
        column("device", Kind::Nominal, texts(&["TV", "Phone", "TV", "TV", "Phone", "TV", "TV", ""])),
        column(
            "minutes",
            Kind::Continuous,
            ColumnData::Numbers(vec![10.0, 14.0, 20.0, nan, 30.0, 25.0, 7.0, 12.0]),
        ),
        column("watched", Kind::Binary, ColumnData::Integers([1, 0, 1, 1, 1, 0, 0, 1].map(Some).to_vec())),
        column("opened", Kind::Binary, texts_as_levels(&[0, 1, 0, 0, 1, 1, 1, 1], &["no", "yes"])),
    ];
    let mut table = Table::from_columns("sessions", TableOrigin::Text, columns).expect("a table");
    table.set_revision(4);
    table
}

fn texts_as_levels(codes: &[u32], levels: &[&str]) -> ColumnData {
    ColumnData::Levels { codes: codes.to_vec(), levels: levels.iter().map(|l| (*l).into()).collect() }
}

fn describe(table: &Table, spec: serde_json::Value) -> Result<DescribeResult, EngineError> {
    let spec: DescribeSpec = serde_json::from_value(spec).expect("a spec");
    block_on(run(table, &spec, &Pace::unhosted()))
}

#[test]
fn everything_is_described_without_being_asked() {
    let result = describe(&sessions(), serde_json::json!({ "table": "sessions" })).expect("a result");
    assert_eq!(result.spec.columns, ["group", "device", "minutes", "watched", "opened"], "ids are left out");
    assert_eq!(result.revision, 4);
    let [group] = result.groups.as_slice() else { panic!("one group of all rows") };
    assert_eq!((group.n_rows, group.levels.len()), (8, 0));
    let minutes = &group.numbers[0];
    assert_eq!((minutes.n, minutes.n_missing, minutes.sum), (7, 1, 118.0));
    assert_eq!((minutes.min, minutes.median, minutes.max), (Some(7.0), Some(14.0), Some(30.0)));
    assert_eq!((minutes.q1, minutes.q3), (Some(11.0), Some(22.5)));
    // numpy: std(ddof=1), and scipy's t interval.
    assert!((minutes.sd.expect("an sd") - 8.414_839_499_926_533).abs() < 1e-12);
    let interval = minutes.mean_interval.expect("an interval");
    assert!((interval.low.expect("low") - 9.074_714_322_857_064).abs() < 1e-12, "{interval:?}");
    assert!((interval.high.expect("high") - 24.639_571_391_428_653).abs() < 1e-12, "{interval:?}");
    // 0/1 has a mean; yes/no has shares.
    assert_eq!(group.numbers[1].mean, Some(0.625));
    let opened = group.categories.iter().find(|c| c.column == "opened").expect("opened");
    assert_eq!(
        (opened.levels[0].level.as_str(), opened.levels[0].n, opened.levels[0].share),
        ("yes", 5, 0.625)
    );
    let group_column = &group.categories[0];
    assert_eq!((group_column.n, group_column.n_missing, group_column.n_levels), (7, 1, 2));
    assert_eq!(group_column.levels[0].level, "B", "most frequent first");
    assert!(result.sentence.contains("minutes is 16.86 on average"), "{}", result.sentence);
}

#[test]
fn groups_are_every_combination_that_occurs() {
    let spec = serde_json::json!({ "table": "sessions", "columns": ["minutes", "device"], "by": ["group", "device"] });
    let result = describe(&sessions(), spec).expect("a result");
    let found: Vec<(String, u64, Option<f64>)> = result
        .groups
        .iter()
        .map(|group| (group.levels.join("/"), group.n_rows, group.numbers[0].mean))
        .collect();
    let expected = [
        ("A/Phone", 1, Some(14.0)),
        ("A/TV", 1, Some(10.0)),
        ("A/(missing)", 1, Some(12.0)),
        ("B/Phone", 1, Some(30.0)),
        ("B/TV", 3, Some(22.5)),
        ("(missing)/TV", 1, Some(7.0)),
    ];
    assert_eq!(found, expected.map(|(levels, n, mean)| (levels.to_owned(), n, mean)));
    let tv = &result.groups[4].categories[0];
    assert_eq!((tv.n, tv.n_levels, tv.levels[0].share), (3, 1, 1.0));
    let empty = &result.groups[2].categories[0];
    assert_eq!((empty.n, empty.n_missing, empty.levels.len()), (0, 1, 0));
    // One value: no spread to speak of.
    let one = &result.groups[0].numbers[0];
    assert!(one.sd.is_none() && one.mean_interval.is_none() && one.skewness.is_none());
    assert!(result.warnings.iter().any(|w| w.code == "small_sample"));
    assert!(result.sentence.contains("highest in B / Phone (30)"), "{}", result.sentence);
}

#[test]
fn a_filter_is_on_the_ledger() {
    let filter = vec![Filter::Eq { column: "group".into(), value: Value::Text("B".into()) }];
    let spec = DescribeSpec { table: "sessions".into(), columns: vec!["minutes".into()], by: vec![], filter };
    let result = block_on(run(&sessions(), &spec, &Pace::unhosted())).expect("a result");
    let ledger: Vec<(&str, u64)> = result.ledger.iter().map(|l| (l.step.as_str(), l.n_rows)).collect();
    assert_eq!(ledger, [("rows in sessions", 8), ("pass the filter on group", 4)]);
    assert_eq!(result.groups[0].numbers[0].mean, Some(25.0));
    let missing = result.warnings.iter().find(|w| w.code == "missing_values").expect("a warning");
    assert!(missing.message.contains("missing in 1 of 4 rows (25.0 %)"), "{}", missing.message);
    assert_eq!(missing.metric.as_deref(), Some("minutes"));
}

#[test]
fn errors_name_the_field_and_the_next_step() {
    let table = sessions();
    let error = |spec| describe(&table, spec).expect_err("an error");
    let wrong = error(serde_json::json!({ "table": "sessions", "columns": ["minutes", "minuts"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::UnknownColumn, Some("columns[1]")));
    assert_eq!(wrong.hint.as_deref(), Some("did you mean minutes?"));
    let wrong = error(serde_json::json!({ "table": "sessions", "by": ["grup"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::UnknownColumn, Some("by[0]")));
    let by = ["group", "device", "watched", "opened"];
    let wrong = error(serde_json::json!({ "table": "sessions", "by": by }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::BadOption, Some("by")));
    let wrong = error(serde_json::json!({ "table": "sessions", "by": ["group", "group"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::BadOption, Some("by[1]")));
    let filter = serde_json::json!([{ "op": "not_missing", "column": "group" }, { "op": "gt", "column": "minuts", "value": 3 }]);
    let wrong = error(serde_json::json!({ "table": "sessions", "filter": filter }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::UnknownColumn, Some("filter[1]")));
    let filter = serde_json::json!([{ "op": "gt", "column": "minutes", "value": 1000 }]);
    let wrong = error(serde_json::json!({ "table": "sessions", "filter": filter }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::NotEnoughData, Some("filter")));
    let ids = Table::from_columns("ids", TableOrigin::Text, vec![column("id", Kind::Id, texts(&["a", "b"]))]);
    let wrong =
        describe(&ids.expect("a table"), serde_json::json!({ "table": "ids" })).expect_err("an error");
    assert_eq!(wrong.code, ErrorCode::NotEnoughData);
}

#[test]
fn too_many_groups_are_cut_with_a_warning() {
    let n: u32 = 1_500;
    let names: Vec<String> = (0..n).map(|i| format!("c{i}")).collect();
    let columns = vec![
        column("city", Kind::Nominal, ColumnData::Texts(names.into_iter().map(Some).collect())),
        column("x", Kind::Continuous, ColumnData::Numbers((0..n).map(f64::from).collect())),
    ];
    let table = Table::from_columns("cities", TableOrigin::Text, columns).expect("a table");
    let result = describe(&table, serde_json::json!({ "table": "cities", "columns": ["x"], "by": ["city"] }))
        .expect("a result");
    assert_eq!(result.groups.len(), 1_000);
    assert_eq!(result.groups[10].levels, ["c10"], "natural order");
    assert_eq!(result.ledger.last().map(|l| l.n_rows), Some(1_000));
    let warning = result.warnings.iter().find(|w| w.code == "too_many_groups").expect("a warning");
    assert!(warning.message.starts_with("There are 1,500 groups"), "{}", warning.message);
    // 1,500 different names: the most frequent fifty are listed, ties in natural order.
    let all =
        describe(&table, serde_json::json!({ "table": "cities", "columns": ["city"] })).expect("a result");
    let city = &all.groups[0].categories[0];
    assert_eq!((city.n_levels, city.levels.len()), (1_500, 50));
    assert_eq!((city.levels[0].level.as_str(), city.levels[49].level.as_str()), ("c0", "c49"));
}

#[test]
fn constant_and_empty_columns_are_named() {
    let columns = vec![
        column("same", Kind::Continuous, ColumnData::Numbers(vec![0.1; 6])),
        column("none", Kind::Continuous, ColumnData::Numbers(vec![f64::NAN; 6])),
    ];
    let table = Table::from_columns("t", TableOrigin::Text, columns).expect("a table");
    let result = describe(&table, serde_json::json!({ "table": "t" })).expect("a result");
    let [same, none] = result.groups[0].numbers.as_slice() else { panic!("two columns") };
    assert_eq!((same.mean, same.sd, same.skewness), (Some(0.1), Some(0.0), None));
    assert_eq!((none.n, none.mean, none.min, none.sum), (0, None, None, 0.0));
    let codes: Vec<(&str, Option<&str>)> =
        result.warnings.iter().map(|w| (w.code.as_str(), w.metric.as_deref())).collect();
    assert!(
        codes.contains(&("constant_metric", Some("same")))
            && codes.contains(&("missing_values", Some("none")))
    );
    let json = serde_json::to_value(&result).expect("JSON");
    let back: DescribeResult = serde_json::from_value(json).expect("the same result");
    assert_eq!(back, result);
}
