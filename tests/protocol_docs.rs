//! `docs/protocol.md` shows what the engine really answers: every request in it is asked, in order.
//! `UPDATE_DOCS=1 cargo test --features engine --test protocol_docs` writes the replies anew.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "engine/process.rs"]
mod process;

use process::Engine;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const REQUEST: &str = "```json request";
const REPLY: &str = "```json reply";

#[test]
fn every_request_is_shown_with_its_real_reply() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/protocol.md");
    let written = std::fs::read_to_string(&path).unwrap();
    let mut engine = Engine::start();
    let mut shown = BTreeSet::new();
    let mut renewed = String::new();
    let mut lines = written.lines();
    let mut reply = None;
    while let Some(line) = lines.next() {
        renewed.push_str(line);
        renewed.push('\n');
        if line == REQUEST {
            let request = lines.next().expect("a request follows");
            assert_eq!(lines.next(), Some("```"), "a request is one line");
            renewed.push_str(&format!("{request}\n```\n"));
            let request: Value = serde_json::from_str(request).expect("the request is JSON");
            shown.insert(request["request"]["type"].as_str().expect("a type").to_string());
            engine.write(&request);
            reply = Some(engine.receive_answer(request["id"].as_u64().expect("an id")));
        } else if line == REPLY {
            for _ in lines.by_ref().take_while(|line| *line != "```") {}
            let mut reply = reply.take().expect("a reply stands after its request");
            without_times(&mut reply);
            renewed.push_str(&format!("{}\n```\n", readable(&reply, 0)));
        }
    }
    let all = [
        "hello",
        "load",
        "sniff",
        "tables",
        "preview",
        "profile",
        "bars",
        "generate",
        "join",
        "recipe",
        "relations",
        "quality",
        "ddl",
        "analyze",
        "brush_open",
        "brush_to",
        "export",
        "drop",
        "cancel",
    ];
    assert_eq!(shown, all.map(String::from).into(), "every type of request is shown");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, renewed).unwrap();
        return;
    }
    assert_eq!(written, renewed, "docs/protocol.md is out of date: run with UPDATE_DOCS=1");
}

/// What was measured is another number each time.
fn without_times(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(without_times),
        Value::Object(fields) => {
            for (name, field) in fields {
                if name == "duration_ms" {
                    *field = Value::from(0);
                } else {
                    without_times(field);
                }
            }
        }
        _ => {}
    }
}

/// Lists longer than this are cut to three items.
const LONG_LIST: usize = 8;
const FIRST_KEYS: [&str; 5] = ["id", "type", "kind", "name", "table"];

/// JSON with what fits on a line on one line.
fn readable(value: &Value, indent: usize) -> String {
    let short = value.to_string();
    if short.len() + indent <= 110 {
        return short;
    }
    let pad = " ".repeat(indent + 1);
    match value {
        Value::Array(items) => {
            let n_shown = if items.len() > LONG_LIST { 3 } else { items.len() };
            let mut items: Vec<String> = items.iter().map(|item| readable(item, indent + 1)).collect();
            let n_more = items.len() - n_shown;
            items.truncate(n_shown);
            if n_more > 0 {
                items.push(format!("\"... {n_more} more\""));
            }
            format!("[\n{pad}{}]", items.join(&format!(",\n{pad}")))
        }
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            // What a thing is comes before what it holds.
            fields.sort_by_key(|(key, _)| FIRST_KEYS.iter().position(|first| first == key).unwrap_or(99));
            let fields: Vec<String> = fields
                .iter()
                .map(|(key, value)| {
                    let key = format!("\"{key}\":");
                    format!("{key}{}", readable(value, indent + 2))
                })
                .collect();
            format!("{{{}}}", fields.join(&format!(",\n{pad}")))
        }
        _ => short,
    }
}
