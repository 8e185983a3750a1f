//! `playhead-engine --schema` describes everything that crosses the protocol.
#![cfg(all(feature = "engine", feature = "schema"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use serde_json::Value;
use std::process::Command;

fn schema() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_playhead-engine")).arg("--schema").output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Every value of `key`'s `const`, anywhere below.
fn constants(schema: &Value, key: &str, found: &mut Vec<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(name) = fields.get(key).and_then(|field| field.get("const")).and_then(Value::as_str) {
                found.push(name.into());
            }
            fields.values().for_each(|field| constants(field, key, found));
        }
        Value::Array(items) => items.iter().for_each(|item| constants(item, key, found)),
        _ => {}
    }
}

#[test]
fn every_request_and_every_analysis_is_described() {
    let schema = schema();
    let (mut types, mut kinds) = (Vec::new(), Vec::new());
    constants(&schema["request"], "type", &mut types);
    constants(&schema["request"], "kind", &mut kinds);
    let requests = [
        "hello",
        "load",
        "tables",
        "preview",
        "profile",
        "generate",
        "join",
        "recipe",
        "relations",
        "quality",
        "ddl",
        "analyze",
        "export",
        "drop",
        "cancel",
    ];
    for name in requests {
        assert!(types.iter().any(|found| found == name), "{name} is not in {types:?}");
    }
    for analysis in playhead::analyses::CATALOG {
        assert!(kinds.iter().any(|found| found == analysis.kind), "{} is not in {kinds:?}", analysis.kind);
    }
    assert_eq!(schema["protocol"], playhead::protocol::PROTOCOL);
}

#[test]
fn the_orders_of_dates_are_described() {
    let schema = schema();
    let order = &schema["request"]["$defs"]["DateOrder"];
    let named: Vec<&str> = match &order["enum"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    assert_eq!(named, ["ymd", "dmy", "mdy"], "{order}");
}

#[test]
fn an_unknown_argument_is_refused_in_words() {
    let output = Command::new(env!("CARGO_BIN_EXE_playhead-engine")).arg("--shema").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--shema"));
}
