//! The A/B report against scipy and statsmodels, in every way to treat rows (`reference/make_ab_test.py`).
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "engine/process.rs"]
mod process;

use process::{Engine, NINE_DIGITS, assert_within};
use serde_json::{Value, json};

/// Numerators that differ in the last digits give p-values that differ a little more.
const TOLERANCE: f64 = NINE_DIGITS;

fn expected() -> Value {
    serde_json::from_str(include_str!("reference/ab_test_expected.json")).unwrap()
}

fn loaded() -> Engine {
    let mut engine = Engine::start();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference/ab_test.csv");
    engine.ask(json!({"type": "load", "table": "visits", "source": {"path": path}}));
    engine
}

fn report(engine: &mut Engine, changes: Value) -> Value {
    let mut spec = json!({
        "kind": "ab_test", "table": "visits", "unit": "user_id", "variant": "variant", "time": "day",
        "metrics": [
            {"measure": {"type": "mean", "column": "minutes"}},
            {"role": "secondary", "measure": {"type": "proportion", "column": "watched"}},
            {"role": "secondary",
             "measure": {"type": "ratio", "numerator": "completed", "denominator": "watched"}},
            {"role": "guardrail", "measure": {"type": "proportion", "column": "rare"}},
        ],
    });
    for (key, value) in changes.as_object().unwrap() {
        spec[key] = value.clone();
    }
    engine.ask(json!({"type": "analyze", "spec": spec}))["result"].take()
}

fn metric<'a>(result: &'a Value, name: &str) -> &'a Value {
    result["metrics"].as_array().unwrap().iter().find(|metric| metric["name"] == name).unwrap()
}

#[test]
fn every_way_to_treat_rows_agrees_with_its_reference() {
    let mut engine = loaded();
    let expected = expected();
    for unit in ["rows", "unit", "clustered", "first_variant"] {
        let result = report(&mut engine, json!({"analysis_unit": unit}));
        for (variant, metrics) in expected[unit].as_object().unwrap() {
            for (name, figures) in metrics.as_object().unwrap() {
                let comparisons = metric(&result, name)["comparisons"].as_array().unwrap();
                let found = comparisons.iter().find(|comparison| comparison["variant"] == *variant).unwrap();
                let what = format!("{unit}, {name}, {variant}");
                for key in ["difference", "standard_error", "statistic", "df", "p_value", "lift"] {
                    assert_within(&found[key], &figures[key], TOLERANCE, &format!("{what}: {key}"));
                }
                let ends = |interval: &Value| json!([interval["low"], interval["high"]]);
                let interval = ends(&found["difference_interval"]);
                assert_within(&interval, &figures["interval"], TOLERANCE, &format!("{what}: interval"));
                let lift = ends(&found["lift_interval"]["interval"]);
                assert_within(&lift, &figures["lift_interval"], TOLERANCE, &format!("{what}: Fieller"));
            }
        }
    }
}

#[test]
fn rows_units_and_splits_are_accounted_for() {
    let mut engine = loaded();
    let expected = expected();
    let result = report(&mut engine, json!({}));
    assert_eq!(result["spec"]["analysis_unit"], "clustered", "users have several rows");
    assert_eq!(result["spec"]["control"], "A");
    assert_eq!(result["exposure"]["n_units"], expected["n_users"]);
    assert_eq!(result["exposure"]["n_units_in_several"], expected["n_users_in_several"]);
    assert_within(&result["srm"]["p_value"], &expected["srm_rows"], TOLERANCE, "SRM");
    let two = json!({"filter": [{"op": "ne", "column": "variant", "value": "C"}]});
    let two = report(&mut engine, two);
    assert_eq!(two["srm"]["method"], "exact_binomial");
    assert_within(&two["srm"]["p_value"], &expected["srm_rows_a_b_binomial"], TOLERANCE, "exact SRM");
    let first = report(&mut engine, json!({"analysis_unit": "first_variant"}));
    let ledger = first["ledger"].as_array().unwrap();
    assert_eq!(ledger.last().unwrap()["n_rows"], expected["n_rows_first_variant"]);
}

#[test]
fn goals_are_adjusted_and_guardrails_are_not() {
    let mut engine = loaded();
    let expected = expected();
    let result = report(&mut engine, json!({"analysis_unit": "rows"}));
    let comparisons = &metric(&result, "minutes")["comparisons"];
    let adjusted = json!([comparisons[0]["p_adjusted"], comparisons[1]["p_adjusted"]]);
    assert_within(&adjusted, &expected["holm_minutes"], TOLERANCE, "Holm");
    let rare = &metric(&result, "rare")["comparisons"][0];
    assert_eq!(rare["p_adjusted"], Value::Null);
    assert_within(&rare["fisher_p_value"], &expected["fisher_rare_b"], TOLERANCE, "Fisher, few successes");
    let none = report(&mut engine, json!({"analysis_unit": "rows", "correction": "none"}));
    assert_eq!(metric(&none, "minutes")["comparisons"][0]["p_adjusted"], Value::Null);
}

#[test]
fn a_split_off_plan_stops_the_verdict() {
    let mut engine = loaded();
    let result = report(&mut engine, json!({"expected_split": {"A": 1, "B": 1, "C": 8}}));
    assert_eq!(result["srm"]["is_alert"], true);
    assert_eq!(result["warnings"][0]["code"], "sample_ratio_mismatch");
    assert!(result["sentence"].as_str().unwrap().starts_with("No verdict"), "{}", result["sentence"]);
    assert_eq!(metric(&result, "minutes")["comparisons"][0]["is_significant"], Value::Null);
}

#[test]
fn the_interval_follows_alpha_side_and_test() {
    let mut engine = loaded();
    let wide = report(&mut engine, json!({"alpha": 0.01, "analysis_unit": "rows"}));
    let usual = report(&mut engine, json!({"analysis_unit": "rows"}));
    let low =
        |result: &Value| metric(result, "minutes")["comparisons"][0]["difference_interval"]["low"].as_f64();
    assert!(low(&wide) < low(&usual));
    let greater = report(&mut engine, json!({"alternative": "greater", "analysis_unit": "rows"}));
    assert!(low(&greater) > low(&usual), "one side spends all of alpha");
    let comparison = &metric(&greater, "minutes")["comparisons"][0];
    assert_eq!(comparison["difference_interval"]["high"], Value::Null);
    let half = metric(&usual, "minutes")["comparisons"][0]["p_value"].as_f64().unwrap() / 2.0;
    assert_within(&comparison["p_value"], &json!(half), TOLERANCE, "one-sided p");
    let z = report(&mut engine, json!({"mean_test": "z", "analysis_unit": "rows"}));
    assert_eq!(metric(&z, "minutes")["comparisons"][0]["df"], Value::Null);
}

#[test]
fn wrong_requests_are_refused_at_their_field() {
    let mut engine = loaded();
    let refused = [
        (json!({"alpha": 2}), "bad_option", "alpha"),
        (json!({"metrics": []}), "bad_option", "metrics"),
        (json!({"control": "Z"}), "unknown_level", "control"),
        (json!({"variant": "user_id"}), "bad_option", "variant"),
        (json!({"unit": null, "analysis_unit": "clustered"}), "bad_option", "analysis_unit"),
        (json!({"segments": ["minutes"]}), "bad_option", "segments[0]"),
        (json!({"expected_split": {"A": 1}}), "bad_option", "expected_split"),
        (json!({"time": "minutes"}), "wrong_kind", "time"),
        (
            json!({"metrics": [{"measure": {"type": "mean", "column": "variant"}}]}),
            "wrong_kind",
            "metrics[0]",
        ),
        (
            json!({"metrics": [{"measure": {"type": "proportion", "column": "minutes"}}]}),
            "wrong_kind",
            "metrics[0]",
        ),
    ];
    for (change, code, field) in refused {
        let mut spec = json!({
            "kind": "ab_test", "table": "visits", "unit": "user_id", "variant": "variant",
            "metrics": [{"measure": {"type": "mean", "column": "minutes"}}],
        });
        for (key, value) in change.as_object().unwrap() {
            spec[key] = value.clone();
        }
        let error = engine.ask_for_error(json!({"type": "analyze", "spec": spec}));
        assert_eq!(error["code"], code, "{change}: {error}");
        assert_eq!(error["at"]["field"], field, "{change}: {error}");
    }
}
