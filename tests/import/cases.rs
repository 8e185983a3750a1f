//! Well-formed files written by Python's csv module (`make_cases.py`): nothing is named, everything is found.

use super::{csv, load_with, reason};
use playhead::model::{ImportOptions, Kind};
use playhead::pace::{Pace, block_on};
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    seed: u32,
    bytes: String,
    delimiter: String,
    names: Vec<String>,
    rows: Vec<Vec<String>>,
    minutes: Summary,
}

#[derive(Deserialize)]
struct Summary {
    n: u64,
    mean: f64,
    sd: f64,
    q1: f64,
    median: f64,
    q3: f64,
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("cases.json")).unwrap()
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap()).collect()
}

fn written(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

#[test]
fn every_cell_is_found_as_it_stands() {
    for case in cases() {
        let (table, report) = load_with(bytes_of(&case.bytes), &ImportOptions::default());
        assert_eq!(report.delimiter, case.delimiter, "seed {}", case.seed);
        assert!(report.has_header, "seed {}", case.seed);
        assert_eq!(report.n_problems, 0, "seed {}: {:?}", case.seed, report.problems);
        let records = std::iter::once(&case.names).chain(&case.rows);
        let lines: String = records
            .map(|record| record.iter().map(|cell| written(cell)).collect::<Vec<_>>().join(",") + "\n")
            .collect();
        assert_eq!(csv(&table), lines, "seed {}", case.seed);
    }
}

#[test]
fn kinds_are_those_that_were_meant() {
    for case in cases() {
        let (table, report) = load_with(bytes_of(&case.bytes), &ImportOptions::default());
        for name in &case.names {
            let expected = match name.as_str() {
                "row" | "user_id" | "zip" => Kind::Id,
                "minutes" | "score" => Kind::Continuous,
                "clicks" => Kind::Count,
                "watched" | "active" => Kind::Binary,
                "country" => Kind::Nominal,
                "day" => Kind::Date,
                "when" => Kind::DateTime,
                // Texts of these sizes may be either.
                _ => continue,
            };
            assert_eq!(
                table.kind(name).unwrap(),
                expected,
                "seed {} {name}: {}",
                case.seed,
                reason(&report, name)
            );
        }
    }
}

#[test]
fn summaries_agree_with_pythons() {
    for case in cases() {
        let (table, _) = load_with(bytes_of(&case.bytes), &ImportOptions::default());
        let profile = block_on(table.profile(&[], &Pace::unhosted())).unwrap();
        let column = profile.columns.iter().find(|column| column.name == "minutes").unwrap();
        let numbers = column.numbers.as_ref().unwrap();
        assert_eq!(column.n, case.minutes.n);
        for (found, expected) in [
            (numbers.mean, case.minutes.mean),
            (numbers.sd.unwrap(), case.minutes.sd),
            (numbers.q1, case.minutes.q1),
            (numbers.median, case.minutes.median),
            (numbers.q3, case.minutes.q3),
        ] {
            assert!(
                (found - expected).abs() <= 1e-12 * expected.abs().max(1.0),
                "seed {}: {found} {expected}",
                case.seed
            );
        }
    }
}
