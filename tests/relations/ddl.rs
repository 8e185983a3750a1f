//! The model as SQL. The texts in `ddl/` were read by sqlglot (`ddl/check.py`), and what it made of them stands in
//! `ddl/checked.json`. `UPDATE_DDL=1 cargo test --features engine --test relations ddl` writes them anew.

use super::cases::{cases, tables};
use super::{ddl, ends, found, table};
use playhead::model::{DdlDialect, RelationEnds};
use serde_json::Value;
use std::path::Path;

/// A chain in a circle, texts that are too long for a key, odd names, all types, a table without a key.
fn odd_tables() -> Vec<playhead::tables::Table> {
    let long = "x".repeat(900);
    vec![
        table("a", "a_id,b_id,big,note\n1,1,5000000000,short\n2,2,1,\n"),
        table("b", "b_id,a_id,taken,share\n1,2,2024-05-01 10:00:00.5,0.5\n2,1,2024-05-02 11:00:00.25,0.25\n"),
        table(
            "Group Table",
            &format!(
                "select,day of week,yes no,select_\n{long}1,2024-01-01,yes,1\n{long}2,2024-01-02,no,1\n"
            ),
        ),
        table("odd \"quotes` here", "x.y;\"a -- b\"\n1;7\n1;7\n1;8\n"),
    ]
}

fn odd_relations() -> Vec<RelationEnds> {
    vec![
        ends(("a", "b_id"), ("b", "b_id")),
        ends(("b", "a_id"), ("a", "a_id")),
        ends(("odd \"quotes` here", "x.y"), ("a", "a_id")),
        ends(("a", "a_id"), ("odd \"quotes` here", "x.y")),
    ]
}

fn texts() -> Vec<(String, String)> {
    let tables = tables(&cases());
    let relations: Vec<RelationEnds> =
        found(&tables).relations.iter().map(|relation| relation.ends()).collect();
    let mut texts = Vec::new();
    for dialect in DdlDialect::ALL {
        let name = dialect.name().to_lowercase();
        texts.push((format!("cases_{name}.sql"), ddl(&tables, dialect, &relations).unwrap()));
        texts.push((format!("odd_{name}.sql"), ddl(&odd_tables(), dialect, &odd_relations()).unwrap()));
    }
    texts
}

#[test]
fn the_texts_are_those_that_were_checked() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/relations/ddl");
    if std::env::var_os("UPDATE_DDL").is_some() {
        for (name, text) in texts() {
            std::fs::write(folder.join(name), text).unwrap();
        }
        return;
    }
    let checked = std::fs::read_to_string(folder.join("checked.json")).unwrap();
    let checked: Value = serde_json::from_str(&checked).unwrap();
    for (name, text) in texts() {
        assert_eq!(std::fs::read_to_string(folder.join(&name)).unwrap(), text, "{name}");
        assert_eq!(checked["files"][&name]["n_bytes"], text.len(), "{name} has changed: run check.py again");
    }
}

#[test]
fn what_rows_contradict_is_a_comment() {
    let text = ddl(
        &tables(&cases()),
        DdlDialect::Postgresql,
        &[
            ends(("sessions", "user_id"), ("users", "user_id")),
            ends(("logins", "device_id"), ("devices", "device_id")),
        ],
    )
    .unwrap();
    assert!(text.contains("  -- 6 rows have a user_id that is not in users: no foreign key. It would be:\n"));
    assert!(
        text.contains(
            "  -- device_id is not different in every row of devices: no foreign key. It would be:\n"
        )
    );
    assert!(!text.contains("\n  FOREIGN KEY"));
}
