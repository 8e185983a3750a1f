//! Amounts, percentages and dates as Babel and strftime write them (`make_values.py`).

use super::{csv, load_text, reason};
use playhead::model::Kind;
use serde::Deserialize;

#[derive(Deserialize)]
struct Column {
    what: String,
    unit: Option<String>,
    cells: Vec<String>,
    /// Numbers, or days since 1970-01-01.
    values: Vec<f64>,
}

#[test]
fn values_are_those_of_other_programs() {
    let columns: Vec<Column> = serde_json::from_str(include_str!("values.json")).unwrap();
    assert!(columns.len() > 25);
    for Column { what, unit, cells, values } in columns {
        let rows: String = cells.iter().enumerate().map(|(i, cell)| format!("{i}\t{cell}\n")).collect();
        let (table, report) = load_text(&format!("row\tvalue\n{rows}"));
        let column = &report.columns[1];
        assert_eq!(column.unit, unit, "{what}: {}", column.reason);
        assert_eq!((column.n_coerced, column.n_missing), (0, 0), "{what}: {}", column.reason);
        let expected = if unit.is_some() { Kind::Continuous } else { Kind::Date };
        assert_eq!(column.kind, expected, "{what}: {}", column.reason);
        assert_eq!(table.numbers("value").unwrap(), values, "{what}: {}", reason(&report, "value"));
        let written: Vec<String> = csv(&table).lines().skip(1).map(|line| line.replace('"', "")).collect();
        let expected: Vec<String> = cells.iter().enumerate().map(|(i, cell)| format!("{i},{cell}")).collect();
        assert_eq!(written, expected, "{what}");
    }
}
