//! Every step against what pandas and SciPy make of the same tables (`make_cases.py`).

use super::{csv, rows, run, table_with};
use playhead::model::Kind;
use playhead::tables::Table;
use serde_json::Value;
use std::collections::BTreeMap;

fn tables(all: &Value) -> Vec<Table> {
    let names = ["sessions", "users", "more"];
    names
        .iter()
        .map(|name| {
            let kinds: BTreeMap<String, Kind> = serde_json::from_value(all["kinds"][name].clone()).unwrap();
            table_with(name, all["tables"][name].as_str().unwrap(), kinds)
        })
        .collect()
}

fn is_same(found: Option<&str>, expected: &Value) -> bool {
    match (found, expected) {
        (None, Value::Null) => true,
        (Some(found), Value::String(text)) => found == text,
        (Some(found), Value::Number(number)) => {
            let (found, number) = (found.parse::<f64>(), number.as_f64().unwrap());
            found.is_ok_and(|found| (found - number).abs() <= 1e-9 * number.abs().max(1e-3))
        }
        _ => false,
    }
}

#[test]
fn steps_agree_with_pandas() {
    let all: Value = serde_json::from_str(include_str!("cases.json")).unwrap();
    let tables = tables(&all);
    let before: Vec<String> = tables.iter().map(csv).collect();
    let mut faults = Vec::new();
    let cases = all["cases"].as_array().unwrap();
    assert!(cases.len() > 90);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let (made, report) = match run(&tables, &case["steps"]) {
            Ok(made) => made,
            Err(error) => {
                faults.push(format!("{name}: {error}"));
                continue;
            }
        };
        let columns: Vec<String> = serde_json::from_value(case["columns"].clone()).unwrap();
        if made.column_names() != columns {
            faults.push(format!("{name}: columns {:?}, expected {columns:?}", made.column_names()));
        }
        let (found, expected) = (rows(&made), case["rows"].as_array().unwrap());
        if found.len() != expected.len() {
            faults.push(format!("{name}: {} rows, expected {}", found.len(), expected.len()));
        }
        for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
            for ((cell, wanted), column) in found.iter().zip(expected.as_array().unwrap()).zip(&columns) {
                if !is_same(cell.as_deref(), wanted) {
                    faults.push(format!("{name}: row {} of {column}: {cell:?}, expected {wanted}", row + 1));
                }
            }
        }
        if let Some(n) = case["n_cells_changed"].as_u64() {
            let found: u64 = report.steps.iter().map(|step| step.n_cells_changed).sum();
            if found != n {
                faults.push(format!("{name}: {found} cells changed, expected {n}"));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(tables.iter().map(csv).collect::<Vec<_>>(), before, "the tables themselves stay as they are");
}
