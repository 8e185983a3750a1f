//! Recipes over the protocol.

use super::process::Engine;
use serde_json::{Value, json};

fn loaded() -> Engine {
    let mut engine = Engine::start();
    let text = "plan,minutes\nBasic,1\nPremium,\nBasic,3\n";
    engine.ask(json!({"type": "load", "table": "t", "source": {"text": text}}));
    engine
}

fn recipe(steps: Value, into: &str, dry_run: bool) -> Value {
    json!({"type": "recipe", "table": "t", "steps": steps, "into": into, "dry_run": dry_run})
}

#[test]
fn a_recipe_makes_a_table_and_a_dry_run_none() {
    let mut engine = loaded();
    let steps =
        json!([{"step": "drop_missing"}, {"step": "derive", "column": "long", "expression": "minutes > 2"}]);
    let dry = engine.ask(recipe(steps.clone(), "", true));
    assert_eq!(dry["table"], Value::Null);
    assert_eq!(dry["report"]["n_rows_after"], 2);
    assert_eq!(dry["report"]["columns"][2]["kind"], "binary");
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"].as_array().unwrap().len(), 1);
    let done = engine.ask(recipe(steps, "clean", false));
    assert_eq!(done["table"]["name"], "clean");
    assert_eq!(done["table"]["origin"], json!({"from": "recipe", "table": "t"}));
    assert!(done["report"]["duration_ms"].as_f64().unwrap() > 0.0, "time is measured");
    assert_eq!(
        engine.ask(json!({"type": "export", "table": "clean"}))["text"],
        "plan,minutes,long\nBasic,1,false\nBasic,3,true\n"
    );
    assert_eq!(engine.ask(json!({"type": "preview", "table": "t"}))["page"]["n_rows"], 3);
}

#[test]
fn an_error_leaves_the_session_as_it_was() {
    let mut engine = loaded();
    let steps = json!([{"step": "drop_missing"}, {"step": "sort", "by": [{"column": "minuts"}]}]);
    let error = engine.ask_for_error(recipe(steps, "clean", false));
    assert_eq!(error["at"]["field"], "steps[1].by[0].column");
    assert_eq!(error["hint"], "did you mean minutes?");
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"].as_array().unwrap().len(), 1);
    assert_eq!(engine.ask_for_error(recipe(json!([]), "", false))["at"]["field"], "into");
    assert_eq!(engine.ask_for_error(recipe(json!([]), "t", false))["at"]["field"], "into");
    let error = engine.ask_for_error(recipe(json!([{"step": "dance"}]), "x", false));
    assert_eq!(error["code"], "bad_request");
    let error =
        engine.ask_for_error(recipe(json!([{"step": "drop_missing", "colums": ["plan"]}]), "x", false));
    assert!(error["message"].as_str().unwrap().contains("colums"), "{error}");
}

#[test]
fn a_running_recipe_can_be_cancelled() {
    let mut engine = Engine::start();
    engine.ask(json!({"type": "generate", "spec": {"scenario": "ui_experiment", "n_sessions": 200_000}}));
    let step = json!({"step": "derive", "column": "x", "expression": "concat(device_type, upper(genre), session_length)"});
    let steps = vec![step; 20];
    let id = engine.send(json!({"type": "recipe", "table": "sessions", "steps": steps, "into": "new"}));
    let first = engine.receive();
    assert!(first["progress"]["done"].as_f64().unwrap() < 1.0, "{first}");
    engine.ask(json!({"type": "cancel", "target": id}));
    assert_eq!(engine.receive_answer(id)["error"]["code"], "cancelled");
    assert_eq!(engine.ask(json!({"type": "tables"}))["tables"].as_array().unwrap().len(), 2);
}

/// Files of one shape seldom agree to the letter.
#[test]
fn tables_whose_columns_differ_in_case_or_breadth_go_below_each_other() {
    let mut engine = Engine::start();
    let jan = "user_id,minutes,plan\nu1,3,Basic\nu2,4,Premium\nu1,5,Basic\nu2,3,Basic\n";
    let feb = "User_ID,Minutes,plan,device\nu1,3.5,Basic,TV\nu3,4.25,Premium,TV\nu3,1.5,Basic,Phone\nu1,2.5,Basic,TV\n";
    for (table, text) in [("t", jan), ("feb", feb)] {
        engine.ask(json!({"type": "load", "table": table, "source": {"text": text},
            "options": {"kinds": {if table == "t" { "user_id" } else { "User_ID" }: "id"}}}));
    }
    let steps = json!([
        {"step": "concatenate", "tables": ["feb"], "source": "source_file"},
        {"step": "recode", "column": "source_file", "map": {"t": "jan.csv", "feb": "feb.csv"}},
    ]);
    let done = engine.ask(recipe(steps, "both", false));
    let kinds: Vec<&Value> =
        done["report"]["columns"].as_array().unwrap().iter().map(|c| &c["kind"]).collect();
    assert_eq!(kinds, ["id", "continuous", "nominal", "nominal", "nominal"]);
    assert_eq!(
        engine.ask(json!({"type": "export", "table": "both"}))["text"],
        "user_id,minutes,plan,device,source_file\nu1,3,Basic,,jan.csv\nu2,4,Premium,,jan.csv\nu1,5,Basic,,jan.csv\n\
         u2,3,Basic,,jan.csv\nu1,3.5,Basic,TV,feb.csv\nu3,4.25,Premium,TV,feb.csv\nu3,1.5,Basic,Phone,feb.csv\n\
         u1,2.5,Basic,TV,feb.csv\n"
    );
}
