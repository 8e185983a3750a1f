//! Counts against `make_cases.py`.

use super::{found, mends, report, table};
use playhead::model::{FindingSeverity, Limits, Step, TableOrigin};
use playhead::tables::{ColumnData, NewColumn, Table};
use serde_json::Value;

fn cases() -> Value {
    serde_json::from_str(include_str!("cases.json")).unwrap()
}

fn case_table(name: &str) -> Table {
    let cases = cases();
    let values = cases["columns"][name]["values"].as_array().unwrap();
    let numbers = values.iter().map(|value| value.as_f64().unwrap_or(f64::NAN)).collect();
    let column = NewColumn {
        name: name.into(),
        kind: playhead::model::Kind::Continuous,
        data: ColumnData::Numbers(numbers),
    };
    Table::from_columns("t", TableOrigin::Text, vec![column]).unwrap()
}

fn name_of(limits: Limits) -> &'static str {
    match limits {
        Limits::Iqr { factor: 1.5 } => "iqr_1.5",
        Limits::Iqr { .. } => "iqr_3",
        _ => "mad_3.5",
    }
}

#[test]
fn limits_and_counts_are_those_of_numpy_and_scipy() {
    for (name, code) in
        [("normal", "outliers"), ("skewed", "outliers"), ("heavy", "skewed"), ("wide", "outliers")]
    {
        let finding = found(&report(&case_table(name), &[]), code);
        let cases = cases();
        let expected = cases["columns"][name]["limits"].as_object().unwrap();
        assert_eq!(finding.limits.len(), expected.len(), "{name}");
        for count in finding.limits {
            let expected = &expected[name_of(count.limits)];
            let near = |a: f64, b: &Value| (a - b.as_f64().unwrap()).abs() <= 1e-9 * a.abs().max(1.0);
            assert!(near(count.low, &expected["low"]), "{name}: {count:?} {expected}");
            assert!(near(count.high, &expected["high"]), "{name}: {count:?} {expected}");
            assert_eq!(
                (count.n_below, count.n_above),
                (n(expected, "n_below"), n(expected, "n_above")),
                "{name}"
            );
        }
    }
}

fn n(value: &Value, member: &str) -> u64 {
    value[member].as_u64().unwrap()
}

#[test]
fn steps_against_outliers_mend_them() {
    for name in ["normal", "skewed", "wide"] {
        mends(&case_table(name), "outliers");
    }
    let skewed = found(&report(&case_table("skewed"), &[]), "outliers");
    assert_eq!((skewed.n_rows, skewed.severity), (2, FindingSeverity::Look));
    let Some(Step::Cap(step)) = skewed.step.map(|step| step.step) else { panic!("a cap") };
    assert!(matches!(step.limits, Limits::Percentile { .. }), "a skewed column is capped at a percentile");
    let heavy = found(&report(&case_table("heavy"), &[]), "skewed");
    assert_eq!(heavy.severity, FindingSeverity::Fact);
    mends(&case_table("heavy"), "skewed");
}

#[test]
fn duplicates_are_those_of_pandas() {
    let cases = cases();
    let rows = table("things", cases["rows"]["csv"].as_str().unwrap());
    let report = report(&rows, &[]);
    for (code, n) in cases["rows"]["expected"].as_object().unwrap() {
        assert_eq!(Value::from(found(&report, code).n_rows), *n, "{code}");
        mends(&rows, code);
    }
    assert_eq!(found(&report, "duplicate_rows").severity, FindingSeverity::Problem);
    assert_eq!(found(&report, "duplicate_rows").action, "Drop 4 duplicate rows");
}

#[test]
fn a_column_of_mostly_one_value_has_no_limits() {
    let report = report(&case_table("half"), &[]);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
}
