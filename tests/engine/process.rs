//! Drives the engine's binary, and holds the checks that several tests share.
#![allow(dead_code, reason = "not every test that uses this file needs all of it")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Figures agree with the references to at least 9 significant digits.
pub const NINE_DIGITS: f64 = 1e-9;

pub struct Engine {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    last_id: u64,
}

impl Engine {
    pub fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_playhead-engine"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the engine starts");
        let input = child.stdin.take().expect("stdin is piped");
        let output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        Self { child, input, output, last_id: 0 }
    }

    /// Sends a request and gives back its id.
    pub fn send(&mut self, request: Value) -> u64 {
        self.last_id += 1;
        self.write(&json!({"id": self.last_id, "request": request}));
        self.last_id
    }

    pub fn write(&mut self, line: &Value) {
        writeln!(self.input, "{line}").expect("the engine listens");
    }

    pub fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the engine answers");
        serde_json::from_str(&line).unwrap_or_else(|cause| panic!("{cause}: {line}"))
    }

    /// The reply or error of request `id`; progress is passed over.
    pub fn receive_answer(&mut self, id: u64) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == id && message.get("progress").is_none() {
                return message;
            }
        }
    }

    pub fn ask(&mut self, request: Value) -> Value {
        let id = self.send(request.clone());
        let mut message = self.receive_answer(id);
        assert!(message.get("error").is_none(), "{request}\n{}", message["error"]);
        message["reply"].take()
    }

    pub fn ask_for_error(&mut self, request: Value) -> Value {
        let id = self.send(request.clone());
        let mut message = self.receive_answer(id);
        assert!(message.get("error").is_some(), "{request}\nwas answered: {message}");
        message["error"].take()
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The folder of shared reference cases, where the environment names one.
pub fn shared_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("PLAYHEAD_SHARED").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("PLAYHEAD_SHARED is not set: the shared cases are not run");
    }
    folder
}

pub fn scratch_folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("the scratch folder can be made");
    folder
}

/// `found` is a number within `relative` of `expected`.
pub fn assert_within(found: &Value, expected: &Value, relative: f64, what: &str) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{what}");
            for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
                assert_within(found, expected, relative, &format!("{what}[{i}]"));
            }
        }
        _ => {
            let (Some(x), Some(e)) = (found.as_f64(), expected.as_f64()) else {
                panic!("{what}: found {found}, expected {expected}");
            };
            assert!((x - e).abs() <= relative * e.abs(), "{what}: found {x:e}, expected {e:e}");
        }
    }
}

pub fn assert_close(found: &Value, expected: f64, absolute: f64, what: &str) {
    let x = found.as_f64().unwrap_or_else(|| panic!("{what}: found {found}"));
    assert!((x - expected).abs() <= absolute, "{what}: found {x}, expected {expected} +- {absolute}");
}

/// Analyses `sessions` and `users` in every way that `expected` has figures for.
pub fn check_experiment(engine: &mut Engine, expected: &Value) {
    let spec = json!({
        "kind": "ab_test", "table": "sessions", "unit": "user_id", "variant": "group", "control": "A",
        "analysis_unit": "rows", "segments": ["device_type"],
        "metrics": [
            {"measure": {"type": "mean", "column": "session_length"}},
            {"measure": {"type": "proportion", "column": "watched"}},
            {"measure": {"type": "proportion", "column": "watch_completion"}},
            {"measure": {"type": "ratio", "numerator": "watch_completion", "denominator": "watched"}},
            {"measure": {"type": "mean", "column": "clicks_before_watch"}},
        ],
    });
    let result = &engine.ask(json!({"type": "analyze", "spec": spec}))["result"];
    check_mean(&result["metrics"][0], &expected["session_length_welch_rows"], "session_length");
    check_proportion(&result["metrics"][1], &expected["watched_two_proportions_rows"], "watched");
    check_proportion(&result["metrics"][2], &expected["completion_rows"], "completion");
    let ratio = &result["metrics"][3]["arms"];
    let ratio = json!([ratio[0]["estimate"], ratio[1]["estimate"]]);
    assert_within(&ratio, &expected["completion_per_watched"], NINE_DIGITS, "completion_per_watched");
    check_mean(&result["metrics"][4], &expected["clicks_welch_rows"], "clicks");
    let rank = &result["metrics"][0]["comparisons"][0]["rank_test"];
    let expected_rank = &expected["mannwhitney_session_length"];
    assert_within(&rank["u"], &expected_rank["U_B"], NINE_DIGITS, "U");
    assert_within(&rank["p_value"], &expected_rank["p"], NINE_DIGITS, "Mann-Whitney p");
    assert_eq!(result["exposure"]["n_units_in_several"], expected["users_in_both_groups"]);
    assert_eq!(result["exposure"]["n_units"], expected["users_with_sessions"]);

    // The split is counted in rows where users saw both variants, and so it is without a unit.
    let mut by_row = spec.clone();
    by_row["unit"] = Value::Null;
    let by_row = &engine.ask(json!({"type": "analyze", "spec": by_row}))["result"];
    assert_within(&by_row["srm"]["p_value"], &expected["srm_chi2_p_rows"], NINE_DIGITS, "SRM p");

    for (key, value) in expected["device_by_group_mean_session_length"].as_object().expect("an object") {
        let (device, group) = key.split_once('/').expect("device/group");
        let segments = result["segments"].as_array().expect("a list");
        let segment = segments.iter().find(|s| s["level"] == device).expect("the device is a segment");
        let arms = segment["metrics"][0]["arms"].as_array().expect("a list");
        let arm = arms.iter().find(|arm| arm["variant"] == group).expect("the group is an arm");
        assert_within(&arm["estimate"], value, NINE_DIGITS, key);
    }
    check_tables(engine, expected);
}

fn ends(interval: &Value) -> Value {
    json!([interval["low"], interval["high"]])
}

fn check_mean(metric: &Value, expected: &Value, name: &str) {
    let arms = &metric["arms"];
    let comparison = &metric["comparisons"][0];
    let pairs = [
        ("n", json!([arms[0]["n"], arms[1]["n"]])),
        ("mean", json!([arms[0]["estimate"], arms[1]["estimate"]])),
        ("sd", json!([arms[0]["sd"], arms[1]["sd"]])),
        ("diff", comparison["difference"].clone()),
        ("t", comparison["statistic"].clone()),
        ("df", comparison["df"].clone()),
        ("p", comparison["p_value"].clone()),
        ("ci", ends(&comparison["difference_interval"])),
        ("lift", comparison["lift"].clone()),
        ("lift_fieller", ends(&comparison["lift_interval"]["interval"])),
        ("hedges_g", comparison["effect_size"]["value"].clone()),
    ];
    for (key, found) in pairs {
        assert_within(&found, &expected[key], NINE_DIGITS, &format!("{name} {key}"));
    }
}

fn check_proportion(metric: &Value, expected: &Value, name: &str) {
    let arms = &metric["arms"];
    let comparison = &metric["comparisons"][0];
    let pairs = [
        ("count", json!([arms[0]["successes"], arms[1]["successes"]])),
        ("n", json!([arms[0]["n"], arms[1]["n"]])),
        ("z", comparison["statistic"].clone()),
        ("p", comparison["p_value"].clone()),
        ("newcombe", ends(&comparison["difference_interval"])),
    ];
    for (key, found) in pairs {
        assert_within(&found, &expected[key], NINE_DIGITS, &format!("{name} {key}"));
    }
}

/// Group table, missing cells, orphans and correlations.
fn check_tables(engine: &mut Engine, expected: &Value) {
    let described = &engine.ask(json!({"type": "analyze", "spec": {
        "kind": "describe", "table": "sessions", "by": ["group"],
        "columns": ["session_length", "watched", "watch_completion"],
    }}))["result"];
    for (group, row) in expected["group_table"].as_object().expect("an object") {
        let groups = described["groups"].as_array().expect("a list");
        let found = groups.iter().find(|g| g["levels"][0] == group.as_str()).expect("the group is there");
        let number = |i: usize, key: &str| found["numbers"][i][key].as_f64().expect("a number");
        // The reference is rounded to two decimals.
        let half_cent = 0.005 + 1e-9;
        assert_close(
            &json!(number(0, "mean")),
            row["avg_session_length"].as_f64().unwrap(),
            half_cent,
            group,
        );
        assert_close(
            &json!(100.0 * number(1, "mean")),
            row["watch_rate_pct"].as_f64().unwrap(),
            half_cent,
            group,
        );
        let completion = 100.0 * number(2, "sum") / number(1, "sum");
        assert_close(&json!(completion), row["completion_rate_pct"].as_f64().unwrap(), half_cent, group);
    }
    let profile = &engine.ask(json!({"type": "profile", "table": "sessions"}))["profile"];
    let columns = profile["columns"].as_array().expect("a list");
    let reason = columns.iter().find(|column| column["name"] == "bounce_reason").expect("a column");
    assert_eq!(reason["n_missing"], expected["missing_bounce_reason"]);
    let join = engine
        .ask(json!({"type": "join", "left": "sessions", "right": "users", "left_key": "user_id",
                                 "right_key": "user_id", "into": "joined", "dry_run": true}));
    assert_eq!(join["report"]["n_left_unmatched"], expected["orphan_sessions"]);
    for method in ["pearson", "spearman"] {
        let found = &engine.ask(json!({"type": "analyze", "spec": {
            "kind": "correlate", "table": "sessions", "method": method,
            "columns": ["session_length", "watched", "watch_completion", "clicks_before_watch"],
        }}))["result"];
        let pairs = found["pairs"].as_array().expect("a list");
        assert_eq!(pairs.len(), 6);
        for pair in pairs {
            let (x, y) = (pair["x"].as_str().expect("a name"), pair["y"].as_str().expect("a name"));
            assert_within(&pair["r"], &expected[method][x][y], NINE_DIGITS, &format!("{method} {x} {y}"));
        }
    }
}
