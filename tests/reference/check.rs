//! Reading reference files, and comparing with a stated tolerance.

use playhead::stats::{Alternative, Bounds};
use serde_json::Value;
use std::path::Path;

/// Collects every deviation, so that one run shows them all.
#[derive(Debug, Default)]
pub struct Check {
    pub n_values: usize,
    failures: Vec<String>,
}

impl Check {
    /// |found - expected| <= abs + rel |expected|.
    pub fn close(&mut self, what: &str, found: f64, expected: f64, rel: f64, abs: f64) {
        self.n_values += 1;
        let is_close = found == expected || (found - expected).abs() <= abs + rel * expected.abs();
        if !is_close {
            let error = (found / expected - 1.0).abs();
            self.failures.push(format!("{what}: {found:e} is not {expected:e} (relative error {error:.1e})"));
        }
    }

    pub fn bounds(&mut self, what: &str, found: Bounds, expected: &Value, rel: f64, abs: f64) {
        self.close(&format!("{what} low"), found.low, number(&expected[0]), rel, abs);
        self.close(&format!("{what} high"), found.high, number(&expected[1]), rel, abs);
    }

    pub fn that(&mut self, what: &str, holds: bool) {
        self.n_values += 1;
        if !holds {
            self.failures.push(what.to_owned());
        }
    }

    pub fn finish(self) {
        let shown = self.failures.join("\n");
        assert!(self.failures.is_empty(), "{} of {} values:\n{shown}", self.failures.len(), self.n_values);
        assert!(self.n_values > 0, "nothing was checked");
    }
}

/// A file of `tests/reference`.
pub fn load(name: &str) -> Value {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference").join(name))
}

pub fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A number; "inf" and "-inf" are texts, null is NaN.
pub fn number(value: &Value) -> f64 {
    match value {
        Value::Null => f64::NAN,
        Value::String(text) => text.parse().expect("inf, -inf or nan"),
        value => value.as_f64().unwrap_or_else(|| panic!("{value} is not a number")),
    }
}

pub fn numbers(value: &Value) -> Vec<f64> {
    list(value).iter().map(number).collect()
}

pub fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is not a list"))
}

pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is not a text"))
}

pub fn alternative(value: &Value) -> Alternative {
    match text(value) {
        "two-sided" => Alternative::TwoSided,
        "greater" => Alternative::Greater,
        "less" => Alternative::Less,
        other => panic!("{other} is not an alternative"),
    }
}

pub const ALTERNATIVES: [(&str, Alternative); 3] =
    [("two-sided", Alternative::TwoSided), ("greater", Alternative::Greater), ("less", Alternative::Less)];
