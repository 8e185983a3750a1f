//! The engine over stdin and stdout, as a script or another person's check would use it.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "engine/process.rs"]
mod process;

use process::{Engine, assert_close};
use serde_json::{Value, json};

#[test]
fn hello_lists_every_analysis_and_world() {
    let reply = Engine::start().ask(json!({"type": "hello", "protocol": 1}));
    let kinds: Vec<_> = reply["analyses"].as_array().unwrap().iter().map(|entry| &entry["kind"]).collect();
    assert_eq!(kinds, ["ab_test", "chart", "describe", "correlate"]);
    assert_eq!(reply["scenarios"][0]["default_spec"]["scenario"], "ui_experiment");
}

#[test]
fn another_protocol_is_refused() {
    let error = Engine::start().ask_for_error(json!({"type": "hello", "protocol": 99}));
    assert_eq!(error["code"], "protocol_mismatch");
}

#[test]
fn a_pasted_table_goes_round() {
    let mut engine = Engine::start();
    let text = "id,plan,minutes\n1,Basic,3.5\n2,\"Pre,mium\",\n3,Basic,7.25\n";
    let loaded = engine.ask(json!({"type": "load", "table": "t", "source": {"text": text}}));
    assert_eq!(loaded["report"]["n_rows"], 3);
    assert_eq!(loaded["report"]["n_rows_changed"], 0);
    assert_eq!(loaded["table"]["columns"][2]["n_missing"], 1);
    let page = engine.ask(json!({
        "type": "preview", "table": "t", "sort": [{"column": "minutes", "descending": true}],
        "filter": [{"op": "not_missing", "column": "minutes"}],
    }));
    assert_eq!(page["page"]["n_rows_filtered"], 2);
    assert_eq!(page["page"]["rows"][0], json!(["3", "Basic", "7.25"]));
    let exported = engine.ask(json!({"type": "export", "table": "t"}));
    assert_eq!(exported["text"], text);
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"].as_array().unwrap().len(), 1);
    engine.ask(json!({"type": "drop", "table": "t"}));
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"], json!([]));
}

#[test]
fn a_search_narrows_a_page_and_its_charts() {
    let mut engine = Engine::start();
    let text = "id,plan,minutes\n1,Basic,3.5\n2,Premium,\n3,Basic,7.25\n4,Premium,8\n";
    engine.ask(json!({"type": "load", "table": "t", "source": {"text": text}}));
    let page = engine.ask(json!({
        "type": "preview", "table": "t", "search": "PREM", "sort": [{"column": "id", "descending": true}],
    }));
    assert_eq!(page["page"]["n_rows_filtered"], 2);
    assert_eq!(page["page"]["rows"], json!([["4", "Premium", "8"], ["2", "Premium", null]]));
    let filter = json!([{"op": "eq", "column": "plan", "value": "Basic"}]);
    let bars = &engine.ask(json!({"type": "bars", "table": "t", "filter": filter}))["bars"];
    assert_eq!(bars["n_rows_filtered"], 2);
    let plan = &bars["columns"][1]["bars"];
    assert_eq!(
        (&plan[1]["from"], &plan[1]["n"]),
        (&json!("Premium"), &json!(2)),
        "its own filter does not count"
    );
    let n = |column: usize| -> u64 {
        bars["columns"][column]["bars"].as_array().unwrap().iter().map(|bar| bar["n"].as_u64().unwrap()).sum()
    };
    assert_eq!((n(1), n(2)), (4, 2));
    let filter = json!([{"op": "eq", "column": "plan", "value": "x"}, {"op": "lt", "column": "minutes", "value": "x"}]);
    let error = engine.ask_for_error(json!({"type": "bars", "table": "t", "filter": filter}));
    assert_eq!((&error["code"], &error["at"]["field"]), (&json!("wrong_kind"), &json!("filter[1]")));
}

#[test]
fn a_filter_looks_through_other_tables() {
    let mut engine = Engine::start();
    let mut load = |table: &str, text: &str| {
        engine.ask(json!({"type": "load", "table": table, "source": {"text": text}}));
    };
    load("plans", "plan,price\nBasic,5\nGold,12\n");
    load("users", "user,plan,country\nu1,Basic,SE\nu2,Gold,SE\nu3,Gold,NO\nu4,,NO\n");
    load("sessions", "session,user,minutes\n1,u1,10\n2,u2,20\n3,u2,40\n4,u3,70\n5,u9,99\n");
    let dear = json!([{"op": "ge", "column": "price", "value": 10.0}]);
    let gold = json!([{"op": "related", "column": "plan", "table": "plans", "key": "plan", "filter": dear}]);
    let of_gold =
        json!([{"op": "related", "column": "user", "table": "users", "key": "user", "filter": gold}]);
    let spec = json!({
        "kind": "chart", "table": "sessions", "mark": "kpi", "y": {"column": "minutes", "measure": "sum"}, "filter": of_gold,
    });
    let result = &engine.ask(json!({"type": "analyze", "spec": spec}))["result"];
    let value = &result["panels"][0]["data"]["values"][0];
    assert_eq!((&value["value"], &value["n"]), (&json!(130.0), &json!(3)));
    assert_eq!(result["spec"]["filter"], of_gold, "a result says what was asked");
    // From users to their sessions, and rows as well as figures.
    let long = json!([{"op": "gt", "column": "minutes", "value": 30}]);
    let watched =
        json!([{"op": "related", "column": "user", "table": "sessions", "key": "user", "filter": long}]);
    let page = engine.ask(json!({"type": "preview", "table": "users", "filter": watched}));
    assert_eq!(page["page"]["rows"], json!([["u2", "Gold", "SE"], ["u3", "Gold", "NO"]]));
    let missing = json!([{"op": "related", "column": "user", "table": "none", "key": "user", "filter": []}]);
    let error = engine.ask_for_error(json!({"type": "preview", "table": "users", "filter": missing}));
    assert_eq!(error["code"], "unknown_table");
}

#[test]
fn json_lines_hold_the_texts_of_the_file_and_read_back_as_the_same_table() {
    let mut engine = Engine::start();
    let text = "id,plan,minutes,price,day,ok\n007,\"a \"\"b\"\"\",3.50,\"1,200\",01.02.2024,true\n\
                008,,1e2,\"1,300\",02.02.2024,false\n009,x,oops,,,true\n";
    let options = json!({"kinds": {"id": "id", "price": "continuous", "minutes": "continuous"}});
    engine.ask(json!({"type": "load", "table": "t", "source": {"text": text}, "options": options}));
    let exported = engine.ask(json!({"type": "export", "table": "t", "format": "json_lines"}));
    assert_eq!(exported["format"], "json_lines");
    let lines: Vec<&str> = exported["text"].as_str().unwrap().lines().collect();
    assert_eq!(
        lines,
        [
            r#"{"id":"007","plan":"a \"b\"","minutes":3.50,"price":1200,"day":"2024-02-01","ok":true}"#,
            r#"{"id":"008","plan":null,"minutes":1e2,"price":1300,"day":"2024-02-02","ok":false}"#,
            r#"{"id":"009","plan":"x","minutes":null,"price":null,"day":null,"ok":true}"#,
        ]
    );
    let path = std::env::temp_dir().join(format!("playhead-export-{}.jsonl", std::process::id()));
    let to = json!({"type": "export", "table": "t", "format": "json_lines", "path": path});
    assert_eq!(engine.ask(to)["n_bytes"], exported["n_bytes"]);
    engine.ask(json!({"type": "load", "table": "again", "source": {"path": path}}));
    std::fs::remove_file(&path).unwrap();
    let again = engine.ask(json!({"type": "export", "table": "again", "format": "json_lines"}));
    assert_eq!(again["text"], exported["text"]);
}

#[test]
fn errors_name_the_place_and_the_next_step() {
    let mut engine = Engine::start();
    engine.ask(json!({"type": "load", "table": "sessions", "source": {"text": "group,minutes\nA,1\nB,2\n"}}));
    let error = engine.ask_for_error(json!({"type": "analyze", "spec": {
        "kind": "ab_test", "table": "sessions", "variant": "grup",
        "metrics": [{"measure": {"type": "mean", "column": "minutes"}}],
    }}));
    assert_eq!(error["code"], "unknown_column");
    assert_eq!(error["at"]["column"], "grup");
    assert_eq!(error["hint"], "did you mean group?");
    let error = engine.ask_for_error(json!({"type": "profile", "table": "session"}));
    assert_eq!(error["code"], "unknown_table");
    assert_eq!(error["hint"], "did you mean sessions?");
    let error =
        engine.ask_for_error(json!({"type": "load", "table": "x", "source": {"path": "no/such.csv"}}));
    assert_eq!(error["code"], "io");
    assert_eq!(error["at"]["file"], "no/such.csv");
    assert_eq!(engine.ask_for_error(json!({"type": "dance"}))["code"], "bad_request");
}

#[test]
fn damaged_files_are_named_and_the_engine_lives_on() {
    let mut engine = Engine::start();
    let folder = process::scratch_folder("damaged");
    let cases: [(&str, &[u8], &str); 2] = [
        ("picture.csv", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", "binary_file"),
        ("zeros.csv", &[0; 4096], "binary_file"),
    ];
    for (name, bytes, code) in cases {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let error = engine.ask_for_error(json!({"type": "load", "table": "x", "source": {"path": path}}));
        assert_eq!(error["code"], code, "{name}: {error}");
        assert!(error["at"]["file"].as_str().unwrap().ends_with(name), "{error}");
    }
    let path = folder.join("empty.csv");
    std::fs::write(&path, b"").unwrap();
    let empty = engine.ask(json!({"type": "load", "table": "empty", "source": {"path": path}}));
    assert_eq!(
        (&empty["table"]["n_rows"], &empty["report"]["problems"][0]["code"]),
        (&json!(0), &json!("empty_file"))
    );
    let one = engine.ask(json!({"type": "load", "table": "one", "source": {"text": "n\n1\n2\n3\n"}}));
    assert_eq!(one["table"]["n_rows"], 3);
    let none = engine.ask(json!({"type": "load", "table": "none", "source": {"text": "group,minutes\n"}}));
    assert_eq!(none["table"]["n_rows"], 0);
    let spec = |table: &str| {
        json!({"type": "analyze", "spec": {"kind": "ab_test", "table": table, "variant": "group",
               "metrics": [{"measure": {"type": "mean", "column": "minutes"}}]}})
    };
    assert_eq!(engine.ask_for_error(spec("none"))["code"], "not_enough_data");
    engine
        .ask(json!({"type": "load", "table": "same", "source": {"text": "group,minutes\nA,1\nA,2\nA,3\n"}}));
    let error = engine.ask_for_error(spec("same"));
    assert_eq!(error["code"], "not_enough_data");
    assert_eq!(error["at"]["column"], "group");
    engine.ask(json!({"type": "load", "table": "void",
        "source": {"text": "group,minutes\nA,\nB,\nA,\n"}, "options": {"kinds": {"minutes": "continuous"}}}));
    let error = engine.ask_for_error(spec("void"));
    assert_eq!(error["code"], "not_enough_data");
    assert_eq!(error["at"]["column"], "minutes");
}

#[test]
fn a_running_request_reports_progress_and_can_be_cancelled() {
    let mut engine = Engine::start();
    let world = json!({"scenario": "ui_experiment", "n_users": 200_000, "n_sessions": 4_000_000});
    let id = engine.send(json!({"type": "generate", "spec": world}));
    let first = engine.receive();
    assert_eq!(first["id"], id);
    assert!(first["progress"]["done"].as_f64().unwrap() < 1.0, "{first}");
    assert!(!first["progress"]["stage"].as_str().unwrap().is_empty());
    let cancelled = engine.ask(json!({"type": "cancel", "target": id}));
    assert_eq!(cancelled["was_known"], true);
    let end = engine.receive_answer(id);
    assert_eq!(end["error"]["code"], "cancelled");
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"], json!([]), "nothing is left of it");
}

#[test]
fn a_join_warns_before_it_happens() {
    let mut engine = Engine::start();
    let sessions = "session_id,user_id,minutes\n1,1,5\n2,1,6\n3,9,7\n";
    let users = "user_id,country\n1,IN\n1,US\n2,BR\n";
    engine.ask(json!({"type": "load", "table": "sessions", "source": {"text": sessions}}));
    engine.ask(json!({"type": "load", "table": "users", "source": {"text": users}}));
    let join = |dry_run: bool| {
        json!({"type": "join", "left": "sessions", "right": "users", "left_key": "user_id",
               "right_key": "user_id", "into": "both", "dry_run": dry_run})
    };
    let dry = engine.ask(join(true));
    assert_eq!(dry["table"], Value::Null);
    assert_eq!(dry["report"]["n_rows_out"], 5);
    assert_eq!(dry["report"]["n_left_unmatched"], 1);
    assert_eq!(dry["report"]["n_right_duplicate_keys"], 1);
    assert_eq!(dry["report"]["warnings"].as_array().unwrap().len(), 2);
    let done = engine.ask(join(false));
    assert_eq!(done["report"], dry["report"]);
    assert_eq!(done["table"]["n_rows"], 5);
}

#[test]
fn the_published_experiment_is_reproduced() {
    let Some(shared) = process::shared_folder() else { return };
    let expected = std::fs::read_to_string(shared.join("reference/netflix_ab_expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let mut engine = Engine::start();
    for table in ["sessions", "users"] {
        let path = shared.join(format!("data/netflix-ab/{table}.csv"));
        engine.ask(json!({"type": "load", "table": table, "source": {"path": path}}));
    }
    process::check_experiment(&mut engine, &expected);
}

#[test]
fn the_generated_world_is_analysed_as_scipy_does() {
    let expected: Value = serde_json::from_str(include_str!("reference/world_1_expected.json")).unwrap();
    let mut engine = Engine::start();
    engine.ask(json!({"type": "generate", "spec": expected["spec"]}));
    process::check_experiment(&mut engine, &expected);
}

#[test]
fn rows_of_one_user_are_not_taken_as_independent() {
    let Some(shared) = process::shared_folder() else { return };
    let mut engine = Engine::start();
    let path = shared.join("data/netflix-ab/sessions.csv");
    engine.ask(json!({"type": "load", "table": "sessions", "source": {"path": path}}));
    let result = &engine.ask(json!({"type": "analyze", "spec": {
        "kind": "ab_test", "table": "sessions", "unit": "user_id", "variant": "group", "time": "session_start",
        "metrics": [{"measure": {"type": "mean", "column": "session_length"}}],
    }}))["result"];
    assert_eq!(result["exposure"]["n_units"], 992);
    assert_eq!(result["exposure"]["n_units_in_several"], 848);
    assert_eq!(result["spec"]["analysis_unit"], "clustered");
    let codes: Vec<_> = result["warnings"].as_array().unwrap().iter().map(|w| w["code"].clone()).collect();
    assert!(codes.contains(&json!("rows_not_independent")), "{codes:?}");
    assert!(codes.contains(&json!("multiple_exposure")), "{codes:?}");
    let options = result["unit_options"].as_array().unwrap();
    let offered: Vec<_> = options.iter().map(|option| option["analysis_unit"].clone()).collect();
    assert_eq!(offered, ["rows", "unit", "clustered", "first_variant"]);
    for option in options {
        assert_close(&option["difference"], 1.97, 0.1, "every way finds about two minutes");
    }
}

#[test]
fn a_look_at_a_file_keeps_nothing_of_it() {
    let mut engine = Engine::start();
    let text = "a;b\n1;2,5\n2;3,5\n";
    let look = |options: Value| json!({"type": "sniff", "source": {"text": text}, "options": options});
    let sniffed = engine.ask(look(json!({})));
    assert_eq!(sniffed["report"]["delimiter"], ";");
    assert_eq!(sniffed["page"]["rows"][1], json!(["2", "3.5"]));
    assert_eq!(sniffed["raw"][1], "1;2,5");
    assert_eq!(sniffed["is_whole"], true);
    let commas = engine.ask(look(json!({"delimiter": ","})));
    assert_eq!(commas["report"]["delimiter"], ",");
    assert_ne!(commas["page"]["columns"], sniffed["page"]["columns"]);
    let error = engine.ask_for_error(look(json!({"kinds": {"c": "text"}})));
    assert_eq!(error["code"], "unknown_column");
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"], json!([]));
    engine.ask(json!({"type": "load", "table": "t", "source": {"text": text}}));
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"][0]["revision"], 1);
}

#[test]
fn charts_that_were_opened_follow_a_range() {
    let mut engine = Engine::start();
    let users = "user,plan\n1,Basic\n2,Premium\n3,Basic\n";
    engine.ask(json!({"type": "load", "table": "users", "source": {"text": users}}));
    let text = "user,device,minutes\n1,TV,1.5\n2,TV,2.5\n2,phone,3.5\n3,TV,4.5\n3,phone,\n1,TV,6.5\n";
    engine.ask(json!({"type": "load", "table": "t", "source": {"text": text}}));
    let basic = json!([{"op": "eq", "column": "plan", "value": "Basic"}]);
    let related =
        json!([{"op": "related", "column": "user", "table": "users", "key": "user", "filter": basic}]);
    let missing = json!([{"op": "related", "column": "user", "table": "none", "key": "user", "filter": []}]);
    let open = json!({"type": "brush_open", "table": "t", "column": "minutes", "from": 0, "to": 8, "n_bins": 8,
        "specs": [{"table": "users", "x": {"column": "plan"}}, {"table": "t", "x": {"column": "device"}, "filter": related},
            {"table": "t", "x": {"column": "device"}, "filter": missing}]});
    let opened = engine.ask(open.clone());
    assert_eq!(opened["charts"].as_array().unwrap().len(), 1);
    let chart = &opened["charts"][0];
    assert_eq!((&chart["idx"], &chart["spec"]["filter"]), (&json!(1), &related));
    let to = |index: &Value, from: f64, to: f64| json!({"type": "brush_to", "index": index, "from": from, "to": to});
    let brushed = engine.ask(to(&opened["index"], 1.2, 4.9));
    assert_eq!((&brushed["from"], &brushed["to"]), (&json!(1.0), &json!(5.0)));
    let counts: Vec<&Value> = brushed["charts"][0][0]["data"]["values"]
        .as_array()
        .unwrap()
        .iter()
        .map(|value| &value["value"])
        .collect();
    assert_eq!(counts, [2.0, 0.0], "of TV and phone, users of the plan Basic");
    assert_eq!(engine.ask_for_error(to(&opened["index"], 3.0, 2.0))["code"], "bad_option");

    let again = engine.ask(open.clone());
    let gone = engine.ask_for_error(to(&opened["index"], 1.0, 2.0));
    assert_eq!(
        (&gone["code"], &gone["hint"]),
        (&json!("unknown_index"), &json!("Open it anew with brush_open."))
    );
    // A request that fails leaves the index as it is, a change of any table does not.
    let mut wrong = open;
    wrong["column"] = json!("none");
    assert_eq!(engine.ask_for_error(wrong)["code"], "unknown_column");
    engine.ask(to(&again["index"], 1.0, 2.0));
    engine.ask(json!({"type": "drop", "table": "users"}));
    assert_eq!(engine.ask_for_error(to(&again["index"], 1.0, 2.0))["code"], "unknown_index");
}
