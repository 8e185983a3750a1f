//! Every count against what pandas makes of the same tables (`make_cases.py`).

use super::{found, table};
use playhead::model::{Relation, RelationEnds};
use playhead::pace::{Pace, block_on};
use playhead::tables::{Table, measure_relations};
use serde_json::Value;

pub fn cases() -> Value {
    serde_json::from_str(include_str!("cases.json")).unwrap()
}

pub fn tables(all: &Value) -> Vec<Table> {
    let texts = all["tables"].as_object().unwrap();
    let names = all["primary_keys"].as_object().unwrap().keys();
    names.map(|name| table(name, texts[name].as_str().unwrap())).collect()
}

fn faults(found: &Relation, expected: &Value) -> Vec<String> {
    let written = serde_json::to_value(found).unwrap();
    let mut faults = Vec::new();
    for (name, value) in expected.as_object().unwrap() {
        let is_same = match (written[name].as_f64(), value.as_f64()) {
            (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * b.abs(),
            _ => written[name] == *value,
        };
        if !is_same {
            faults.push(format!("{} {name}: {}, expected {value}", found.reason, written[name]));
        }
    }
    faults
}

#[test]
fn the_relations_that_are_there_are_found_and_no_others() {
    let all = cases();
    let model = found(&tables(&all));
    let expected = all["found"].as_array().unwrap();
    let ends = |value: &Value| -> RelationEnds {
        serde_json::from_value(serde_json::json!({"from": value["from"], "to": value["to"]})).unwrap()
    };
    for wanted in expected {
        let relation = model.relations.iter().find(|relation| relation.ends() == ends(wanted));
        let relation =
            relation.unwrap_or_else(|| panic!("not found: {wanted}\n{:#?}", super::arrows(&model)));
        assert_eq!(faults(relation, wanted), Vec::<String>::new());
    }
    assert_eq!(model.relations.len(), expected.len(), "{:#?}", super::arrows(&model));
}

#[test]
fn keys_are_the_columns_that_pandas_finds_unique() {
    let all = cases();
    let model = found(&tables(&all));
    for keys in &model.tables {
        let expected: Vec<String> = serde_json::from_value(all["primary_keys"][&keys.table].clone()).unwrap();
        assert_eq!(keys.primary_key, expected, "{}", keys.table);
        let unique: Vec<String> = serde_json::from_value(all["unique_columns"][&keys.table].clone()).unwrap();
        for candidate in keys.candidates.iter().filter(|candidate| candidate.columns.len() == 1) {
            assert!(unique.contains(&candidate.columns[0]), "{}: {candidate:?}", keys.table);
        }
    }
}

#[test]
fn measured_relations_agree_with_pandas() {
    let all = cases();
    let tables = tables(&all);
    let tables: Vec<&Table> = tables.iter().collect();
    let expected = all["measured"].as_array().unwrap();
    let ends: Vec<RelationEnds> = expected
        .iter()
        .map(|value| {
            serde_json::from_value(serde_json::json!({"from": value["from"], "to": value["to"]})).unwrap()
        })
        .collect();
    let measured = block_on(measure_relations(&tables, &ends, &Pace::unhosted())).unwrap();
    for (relation, expected) in measured.iter().zip(expected) {
        assert_eq!(faults(relation, expected), Vec::<String>::new());
    }
}

#[test]
fn orphans_are_said_in_words() {
    let model = found(&tables(&cases()));
    let of = |table: &str, column: &str| {
        let mut relations = model.relations.iter();
        relations.find(|relation| relation.from.table == table && relation.from.column == column).unwrap()
    };
    let sessions = of("sessions", "user_id");
    assert_eq!(
        sessions.problems,
        [
            "6 rows of sessions name a user_id that users does not have: U-901 (3 rows), U-902 (2 rows), U-903 (1 row)."
        ]
    );
    assert_eq!(
        sessions.reason,
        "Both columns are named user_id; 390 of 396 values (98.5 %) are found in users."
    );
    assert_eq!(
        of("logins", "device_id").problems,
        [
            "2 values of device_id stand in several rows of devices: a join repeats rows of logins, and it cannot be a foreign key."
        ]
    );
    assert_eq!(of("tracks", "artist").problems, Vec::<String>::new());
    assert_eq!(
        of("tracks", "artist").reason,
        "artist names a row of artists; all 200 values are found in artists."
    );
}
