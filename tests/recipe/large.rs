//! Many rows, for the sums: every kind of step over more than one slice.

use super::made;
use playhead::model::{Kind, TableOrigin};
use playhead::tables::{ColumnData, NewColumn, Table};
use serde_json::json;

#[test]
fn many_rows_go_through_every_kind_of_step() {
    let n: i64 = 200_000;
    let new = |name: &str, kind, data| NewColumn { name: name.into(), kind, data };
    let columns = vec![
        new("id", Kind::Id, ColumnData::Integers((0..n).map(Some).collect())),
        new("user", Kind::Id, ColumnData::Integers((0..n).map(|i| Some(i * 7919 % 50_000)).collect())),
        new(
            "minutes",
            Kind::Continuous,
            ColumnData::Numbers(
                (0..n).map(|i| if i % 10 == 0 { f64::NAN } else { (i % 997) as f64 / 8.0 }).collect(),
            ),
        ),
        new(
            "plan",
            Kind::Nominal,
            ColumnData::Levels {
                codes: (0..n).map(|i| (i % 3) as u32).collect(),
                levels: vec!["a".into(), "b".into(), "c".into()],
            },
        ),
    ];
    let table = Table::from_columns("t", TableOrigin::Text, columns).unwrap();
    let users = vec![new("user", Kind::Id, ColumnData::Integers((0..50_000).map(Some).collect()))];
    let users = Table::from_columns("users", TableOrigin::Text, users).unwrap();
    let (made, report) = made(
        &[table, users],
        json!([
            {"step": "fill_missing", "columns": ["minutes"], "with": "median", "by": ["plan"]},
            {"step": "cap", "columns": ["minutes"], "limits": {"method": "percentile", "low": 1, "high": 99}},
            {"step": "derive", "column": "label", "expression": "concat(upper(plan), if(minutes > 60, '-long', '-short'))"},
            {"step": "filter", "expression": "minutes >= 0 and label != 'A-long'"},
            {"step": "drop_duplicates", "columns": ["id"]},
            {"step": "join", "table": "users", "keys": [{"left": "user", "right": "user"}]},
            {"step": "sort", "by": [{"column": "minutes", "descending": true}]},
            {"step": "group", "by": ["label"], "aggregates": [
                {"name": "n", "function": "n"}, {"name": "users", "function": "n_unique", "column": "user"},
                {"name": "mean", "function": "mean", "column": "minutes"}]},
        ]),
    );
    assert_eq!(report.steps[0].n_cells_changed, 20_000);
    assert_eq!(made.n_rows(), 5);
    let counted: f64 = made.numbers("n").unwrap().iter().sum();
    assert_eq!(counted as u64, report.steps[7].n_rows_before);
}
