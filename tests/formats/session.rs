//! Files of several tables through the engine's protocol.

#[path = "../engine/process.rs"]
mod process;

use super::file;
use process::Engine;
use serde_json::{Value, json};

fn names(reply: &Value) -> Vec<String> {
    reply["tables"].as_array().unwrap().iter().map(|table| table["name"].as_str().unwrap().into()).collect()
}

#[test]
fn all_tables_of_a_file_are_made_or_none() {
    let mut engine = Engine::start();
    let folder = process::scratch_folder("formats");
    let path = folder.join("posts.json");
    std::fs::write(&path, file("posts.json")).unwrap();
    let load = |table: &str, path: &std::path::Path, options: Value| json!({"type": "load", "table": table, "source": {"path": path}, "options": options});
    let reply = engine.ask(load("posts", &path, json!({})));
    assert_eq!(reply["table"]["name"], "posts");
    assert_eq!(reply["report"]["format"], "json");
    let also: Vec<_> = reply["also"].as_array().unwrap().iter().map(|part| &part["table"]["name"]).collect();
    assert_eq!(also, ["posts_tags", "posts_comments", "posts_comments_likes", "posts_comments_likes_at"]);
    assert_eq!(reply["also"][0]["report"]["n_rows"], 2);
    let page = engine.ask(json!({"type": "preview", "table": "posts_tags"}));
    assert_eq!(page["page"]["rows"], json!([["p1", "a"], ["p1", "b"]]));
    let joined = engine.ask(json!({"type": "join", "left": "posts_comments", "right": "posts",
        "left_key": "posts_id", "right_key": "id", "into": "both"}));
    assert_eq!(joined["report"]["n_left_unmatched"], 0);

    let before = names(&engine.ask(json!({"type": "tables"})));
    let bad_kind = json!({"kinds": {"nowhere": "id"}});
    assert_eq!(engine.ask_for_error(load("other", &path, bad_kind))["code"], "unknown_column");
    let cut = folder.join("cut.csv.gz");
    std::fs::write(&cut, file("cut.csv.gz")).unwrap();
    assert_eq!(engine.ask_for_error(load("posts", &cut, json!({})))["code"], "bad_file");
    assert_eq!(names(&engine.ask(json!({"type": "tables"}))), before);
}

#[test]
fn a_plain_text_has_no_list_of_others() {
    let mut engine = Engine::start();
    let reply = engine.ask(json!({"type": "load", "table": "t", "source": {"text": "a,b\n1,2\n"}}));
    assert_eq!(reply.get("also"), None);
    assert_eq!(
        (&reply["report"]["format"], &reply["report"]["compressed"]),
        (&json!("delimited"), &json!(false))
    );
    let pasted =
        engine.ask(json!({"type": "load", "table": "p", "source": {"text": "[{\"a\":1,\"b\":[2]}]"}}));
    assert_eq!(pasted["also"][0]["table"]["name"], "p_b");
}
