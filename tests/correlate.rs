//! Correlate, through the public interface.
#![cfg(feature = "engine")]
// A table that cannot be made stops its test; that is the message.
#![allow(clippy::expect_used)]

use playhead::analyses::correlate::{CorrelateResult, CorrelateSpec, run};
use playhead::model::{EngineError, ErrorCode, Kind, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{ColumnData, NewColumn, Table};

fn column(name: &str, kind: Kind, data: ColumnData) -> NewColumn {
    NewColumn { name: name.into(), kind, data }
}

fn numbers(name: &str, values: &[f64]) -> NewColumn {
    column(name, Kind::Continuous, ColumnData::Numbers(values.to_vec()))
}

fn correlate(table: &Table, spec: serde_json::Value) -> Result<CorrelateResult, EngineError> {
    let spec: CorrelateSpec = serde_json::from_value(spec).expect("a spec");
    block_on(run(table, &spec, &Pace::unhosted()))
}

const X: [f64; 12] = [2.0, 3.5, 1.0, 8.0, 6.5, 4.0, 9.5, 7.0, 5.0, 3.0, 8.5, 10.0];
const Y: [f64; 12] = [1.5, 4.0, 2.0, 7.0, 7.5, 3.0, 8.0, 5.5, 6.0, 2.5, 9.0, 8.5];
/// Ties, and a fall as X rises.
const Z: [f64; 12] = [9.0, 7.0, 9.0, 3.0, 4.0, 7.0, 1.0, 3.0, 5.0, 8.0, 2.0, 1.0];

fn table() -> Table {
    let mut gaps = Y;
    gaps[2] = f64::NAN;
    gaps[7] = f64::NAN;
    let ids = ["a", "a", "b", "b", "c", "c", "d", "d", "e", "e", "f", "f"];
    let columns = vec![
        column("viewer", Kind::Id, ColumnData::Texts(ids.iter().map(|id| Some((*id).into())).collect())),
        numbers("x", &X),
        numbers("y", &Y),
        numbers("z", &Z),
        numbers("gaps", &gaps),
        numbers("same", &[0.1; 12]),
        column("name", Kind::Nominal, ColumnData::Texts(vec![Some("n".into()); 12])),
    ];
    Table::from_columns("t", TableOrigin::Text, columns).expect("a table")
}

fn close(found: Option<f64>, expected: f64) {
    let found = found.expect("a value");
    assert!((found - expected).abs() < 1e-12, "{found} is not {expected}");
}

#[test]
fn every_pair_of_numeric_columns_once() {
    let result = correlate(&table(), serde_json::json!({ "table": "t" })).expect("a result");
    assert_eq!(result.spec.columns, ["x", "y", "z", "gaps", "same"]);
    let names: Vec<String> = result.pairs.iter().map(|pair| format!("{} {}", pair.x, pair.y)).collect();
    assert_eq!(names[..5], ["x y", "x z", "x gaps", "x same", "y z"]);
    assert_eq!(names.len(), 10);
    // scipy.stats.pearsonr.
    let xy = &result.pairs[0];
    assert_eq!(xy.n, 12);
    close(xy.r, 0.9404931535856917);
    close(xy.p_value, 5.315181022795978e-06);
    close(xy.interval.and_then(|interval| interval.low), 0.7965061770488705);
    close(xy.interval.and_then(|interval| interval.high), 0.9835325461181272);
    // With gaps: the ten rows where both are present.
    let gaps = &result.pairs[2];
    assert_eq!(gaps.n, 10);
    close(gaps.r, 0.9409344690847354);
    close(gaps.p_value, 4.9567233568422044e-05);
    assert_eq!(result.pairs[3].r, None, "a constant column");
}

#[test]
fn spearman_takes_average_ranks() {
    let spec = serde_json::json!({ "table": "t", "columns": ["x", "z", "gaps"], "method": "spearman", "alpha": 0.1 });
    let result = correlate(&table(), spec).expect("a result");
    // scipy.stats.spearmanr, and the interval of Bonett and Wright (2000).
    let xz = &result.pairs[0];
    close(xz.r, -0.9929823694376383);
    close(xz.p_value, 1.324697567230975e-10);
    close(xz.interval.and_then(|interval| interval.low), -0.9981574770422084);
    close(xz.interval.and_then(|interval| interval.high), -0.9734649258291246);
    // Ranks are taken among the ten rows of the pair.
    assert_eq!(result.pairs[1].n, 10);
    close(result.pairs[1].r, 0.9393939393939393);
    close(result.pairs[1].p_value, 5.4840529985136686e-05);
    assert!(result.sentence.contains("90 % interval"), "{}", result.sentence);
}

#[test]
fn words_say_what_moves_and_what_it_does_not_show() {
    let result =
        correlate(&table(), serde_json::json!({ "table": "t", "columns": ["x", "z"] })).expect("a result");
    assert!(result.sentence.starts_with("x falls as z rises (r = \u{2212}0.9"), "{}", result.sentence);
    assert!(result.sentence.ends_with("a correlation is not a cause."));
    let repeated = result.warnings.iter().find(|w| w.code == "rows_not_independent").expect("a warning");
    assert!(
        repeated.message.starts_with("12 rows belong to 6 different viewer values"),
        "{}",
        repeated.message
    );
    let all = correlate(&table(), serde_json::json!({ "table": "t" })).expect("a result");
    let has = |code: &str, column: Option<&str>| {
        all.warnings.iter().any(|w| w.code == code && w.metric.as_deref() == column)
    };
    assert!(has("constant_metric", Some("same")) && has("missing_values", None) && has("not_adjusted", None));
    assert!(!has("constant_metric", Some("x")));
    // Nothing moves with a constant.
    let spec = serde_json::json!({ "table": "t", "columns": ["x", "same"] });
    let none = correlate(&table(), spec).expect("a result");
    assert!(none.sentence.starts_with("No pair of these columns has a correlation"), "{}", none.sentence);
    assert_eq!((none.pairs[0].r, none.pairs[0].p_value, none.pairs[0].interval), (None, None, None));
}

#[test]
fn a_filter_may_leave_too_few_rows_for_a_test() {
    let filter = serde_json::json!([{ "op": "lt", "column": "x", "value": 3 }]);
    let spec = serde_json::json!({ "table": "t", "columns": ["x", "y"], "filter": filter });
    let result = correlate(&table(), spec).expect("a result");
    let pair = &result.pairs[0];
    assert_eq!((pair.n, pair.r, pair.p_value, pair.interval), (2, Some(-1.0), None, None));
    assert!(result.warnings.iter().any(|w| w.code == "small_sample"));
    assert_eq!(result.ledger.last().map(|l| l.n_rows), Some(2));
}

#[test]
fn errors_name_the_field_and_the_next_step() {
    let table = table();
    let error = |spec| correlate(&table, spec).expect_err("an error");
    let wrong = error(serde_json::json!({ "table": "t", "columns": ["x", "nam"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::UnknownColumn, Some("columns[1]")));
    assert_eq!(wrong.hint.as_deref(), Some("did you mean name?"));
    let wrong = error(serde_json::json!({ "table": "t", "columns": ["name", "x"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::WrongKind, Some("columns[0]")));
    let wrong = error(serde_json::json!({ "table": "t", "columns": ["viewer", "x"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::WrongKind, Some("columns[0]")));
    let wrong = error(serde_json::json!({ "table": "t", "columns": ["x"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::BadOption, Some("columns")));
    let wrong = error(serde_json::json!({ "table": "t", "columns": ["x", "x"] }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::BadOption, Some("columns[1]")));
    let wrong = error(serde_json::json!({ "table": "t", "alpha": 0.9 }));
    assert_eq!((wrong.code, wrong.at.field.as_deref()), (ErrorCode::BadOption, Some("alpha")));
    let one = Table::from_columns("one", TableOrigin::Text, vec![numbers("x", &X)]).expect("a table");
    let wrong = correlate(&one, serde_json::json!({ "table": "one" })).expect_err("an error");
    assert_eq!(wrong.code, ErrorCode::NotEnoughData);
    let many: Vec<NewColumn> = (0..41).map(|i| numbers(&format!("c{i}"), &X)).collect();
    let many = Table::from_columns("many", TableOrigin::Text, many).expect("a table");
    let cut = correlate(&many, serde_json::json!({ "table": "many" })).expect("a result");
    assert_eq!((cut.spec.columns.len(), cut.pairs.len()), (40, 780));
    assert!(cut.warnings.iter().any(|w| w.code == "too_many_columns"));
}
