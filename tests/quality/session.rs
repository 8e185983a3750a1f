//! The request `quality` over stdin and stdout.

use super::process::Engine;
use serde_json::json;

#[test]
fn a_finding_is_mended_by_its_step() {
    let mut engine = Engine::start();
    let mut text = String::from("user_id,country,minutes\n");
    for i in 0..80 {
        let country = if i % 16 == 3 { "US" } else { "USA" };
        text.push_str(&format!("u{i},{country},{}\n", 10 + i * 7 % 40));
    }
    text.push_str("u7,USA,19\n");
    engine.ask(json!({"type":"load","table":"users","source":{"text":text}}));
    let reply = engine.ask(json!({"type":"quality","table":"users"}));
    assert_eq!((&reply["type"], &reply["report"]["n_rows"]), (&json!("quality"), &json!(81)));
    let findings = reply["report"]["findings"].as_array().unwrap().clone();
    let codes: Vec<&str> = findings.iter().map(|finding| finding["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["duplicate_rows", "spellings"]);
    assert_eq!(findings[0]["examples"][0], json!({"row":81,"text":"u7, USA, 19 (as row 8)"}));
    let steps: Vec<_> = findings.iter().map(|finding| finding["step"].clone()).collect();
    engine.ask(json!({"type":"recipe","table":"users","into":"users_clean","steps":steps}));
    let reply = engine.ask(json!({"type":"quality","table":"users_clean"}));
    assert_eq!(reply["report"]["findings"].as_array().unwrap().len(), 1);
    assert_eq!(reply["report"]["findings"][0]["code"], "constant_column");
}

#[test]
fn an_unknown_table_is_named() {
    let mut engine = Engine::start();
    let error = engine.ask_for_error(json!({"type":"quality","table":"none"}));
    assert_eq!(error["code"], "unknown_table");
}
