//! The requests `relations` and `ddl` over stdin and stdout.

use super::process::Engine;
use serde_json::json;

fn started() -> Engine {
    let mut engine = Engine::start();
    engine.ask(json!({"type":"generate","spec":{"scenario":"ui_experiment","n_users":40,"n_sessions":200}}));
    engine
}

#[test]
fn the_world_has_its_keys_and_its_relation() {
    let mut engine = started();
    engine.ask(json!({"type":"join","left":"sessions","right":"users","left_key":"user_id","right_key":"user_id","into":"both"}));
    let reply = engine.ask(json!({"type":"relations"}));
    let (tables, relations) = (&reply["model"]["tables"], &reply["model"]["relations"]);
    // What was joined is made of the others and has no keys of its own.
    assert_eq!(tables.as_array().unwrap().len(), 2);
    assert_eq!(tables[0]["primary_key"], json!(["user_id"]));
    assert_eq!(tables[1]["primary_key"], json!(["session_id"]));
    assert_eq!(relations.as_array().unwrap().len(), 1);
    assert_eq!(relations[0]["from"], json!({"table":"sessions","column":"user_id"}));
    assert_eq!(relations[0]["match_rate"], 1.0);
    let named = engine.ask(json!({"type":"relations","tables":["both","both","users"]}));
    assert_eq!(named["model"]["tables"].as_array().unwrap().len(), 2);
}

#[test]
fn given_relations_are_measured_and_nothing_is_searched_for() {
    let mut engine = started();
    let ends =
        json!({"from":{"table":"users","column":"user_id"},"to":{"table":"sessions","column":"user_id"}});
    let reply = engine.ask(json!({"type":"relations","relations":[ends]}));
    assert_eq!(reply["model"]["tables"], json!([]));
    assert_eq!(reply["model"]["relations"][0]["cardinality"], "one_to_many");
    let reply = engine.ask(json!({"type":"relations","relations":[]}));
    assert_eq!(reply["model"], json!({"tables":[],"relations":[]}));
}

#[test]
fn errors_say_which_relation_and_which_end() {
    let mut engine = started();
    let mut ask = |from: [&str; 2], to: [&str; 2]| {
        let end = |[table, column]: [&str; 2]| json!({"table":table,"column":column});
        let ends = json!({"from":end(from),"to":end(to)});
        let good = json!({"from":end(["sessions","user_id"]),"to":end(["users","user_id"])});
        engine.ask_for_error(json!({"type":"relations","relations":[good, ends]}))
    };
    let error = ask(["sessions", "user"], ["users", "user_id"]);
    assert_eq!(
        (&error["code"], &error["at"]["field"]),
        (&json!("unknown_column"), &json!("relations[1].from"))
    );
    let error = ask(["sessions", "user_id"], ["persons", "user_id"]);
    assert_eq!((&error["code"], &error["at"]["field"]), (&json!("unknown_table"), &json!("relations[1].to")));
    let error = ask(["sessions", "session_start"], ["users", "user_id"]);
    assert_eq!((&error["code"], &error["at"]["field"]), (&json!("wrong_kind"), &json!("relations[1]")));
    let error = engine.ask_for_error(json!({"type":"relations","tables":["users","none"]}));
    assert_eq!((&error["code"], &error["at"]["field"]), (&json!("unknown_table"), &json!("tables[1]")));
    let error = engine.ask_for_error(json!({"type":"ddl","dialect":"oracle"}));
    assert_eq!(error["code"], "bad_request");
}

#[test]
fn the_world_as_sql_is_the_same_text_each_time() {
    let mut engine = started();
    let ends =
        json!([{"from":{"table":"sessions","column":"user_id"},"to":{"table":"users","column":"user_id"}}]);
    for dialect in ["postgresql", "mysql", "bigquery"] {
        let request = json!({"type":"ddl","dialect":dialect,"relations":ends});
        let reply = engine.ask(request.clone());
        let text = reply["text"].as_str().unwrap();
        assert!(text.find("CREATE TABLE users").unwrap() < text.find("CREATE TABLE sessions").unwrap());
        assert!(text.contains("FOREIGN KEY (user_id) REFERENCES users (user_id)"));
        assert_eq!(engine.ask(request), reply);
    }
}
