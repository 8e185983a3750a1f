//! What a user reads when a step cannot be done.

use super::{refused, table};
use playhead::model::{EngineError, ErrorCode, Kind};
use playhead::tables::Table;
use serde_json::{Value, json};

fn tables() -> Vec<Table> {
    let text =
        "plan,minutes,day,note,id\nBasic,1.5,2024-01-01,some words,1\nPremium,2,2024-01-02,other words,2\n";
    let other = "plan,minutes,extra\nBasic,one,1\n";
    let kinds = [("note", Kind::Text), ("id", Kind::Id)];
    vec![table("t", text, &kinds), table("other", other, &[("minutes", Kind::Nominal)])]
}

/// The error of an expression: its position and message.
fn of_expression(expression: &str) -> (u64, EngineError) {
    let error = refused(&tables(), json!([{"step": "derive", "column": "x", "expression": expression}]));
    assert_eq!(error.at.field.as_deref(), Some("steps[0].expression"), "{error}");
    (error.at.position.expect("a position"), error)
}

#[test]
fn expressions_say_where_what_was_found_and_what_was_expected() {
    for (expression, position, message, hint) in [
        ("minutes + ", 11, "found the end, expected a value.", ""),
        ("minutes 2", 9, "found the number 2, expected an operator or the end.", ""),
        ("(minutes + 1", 13, "found the end, expected an operator or \")\".", ""),
        ("'Zoë' = plann", 9, "table \"t\" has no column named \"plann\".", "did you mean plan?"),
        ("rond(minutes)", 1, "there is no function \"rond\".", "did you mean round?"),
        ("round()", 1, "found 0 arguments in round(...), expected 1 or 2 arguments.", "round(x, digits)"),
        (
            "if(minutes, 1, 2)",
            4,
            "found a number (column \"minutes\"), expected true or false.",
            "if(condition, a, b)",
        ),
        ("plan + 1", 1, "found a text (column \"plan\"), expected a number.", ""),
        ("minutes = 'a'", 11, "found the text 'a', expected a number, as before.", ""),
        ("day = 'soon'", 7, "found the text 'soon', expected a date, as before.", ""),
        ("day - day", 1, "found a date (column \"day\"), expected a number.", "days_between"),
        ("year(plan)", 6, "found a text (column \"plan\"), expected a date.", "date(text)"),
        ("\"plan\" = 1", 1, "found a double quote, expected a value.", "single quotes"),
        ("plan = 'Basic", 8, "found a text without an end, expected a closing '.", ""),
        ("1 < minutes < 3", 13, "found a second comparison, expected \"and\" or \"or\".", "a < b and b < c"),
        ("minutes in ()", 9, "found an empty list, expected at least one value.", ""),
        ("minutes is 3", 12, "found the number 3, expected \"null\" or \"not null\".", ""),
        ("minutes & 1", 9, "\"&\" has no meaning here.", ""),
        ("null = null", 6, "found two nulls, expected something to compare.", "is null"),
        ("minutes + 12abc", 11, "found \"12abc\", expected a number.", "backticks"),
    ] {
        let (found, error) = of_expression(expression);
        assert_eq!(found, position, "{expression}: {error}");
        let expected = format!("Step 1, derive: At character {position} of the expression: {message}");
        assert_eq!(error.message, expected, "{expression}");
        assert!(error.hint.as_deref().unwrap_or_default().contains(hint), "{expression}: {:?}", error.hint);
    }
}

#[test]
fn a_filter_needs_true_or_false() {
    let error = refused(&tables(), json!([{"step": "filter", "expression": "minutes + 1"}]));
    assert_eq!(error.code, ErrorCode::WrongKind);
    assert!(error.message.ends_with("found a number, expected true or false."), "{error}");
}

#[test]
fn errors_name_the_step_and_its_field() {
    let ok = json!({"step": "sort", "by": [{"column": "plan"}]});
    let limits = json!({"method": "percentile", "low": 90, "high": 10});
    let n = |name: &str, column: Value| json!([{"name": name, "function": "mean", "column": column}]);
    for (step, field, code) in [
        (json!({"step": "filter"}), "conditions", ErrorCode::BadOption),
        (
            json!({"step": "filter", "conditions": [{"op": "gt", "column": "plam", "value": 1}]}),
            "conditions[0]",
            ErrorCode::UnknownColumn,
        ),
        (
            json!({"step": "drop_duplicates", "columns": ["plan", "nope"]}),
            "columns[1]",
            ErrorCode::UnknownColumn,
        ),
        (json!({"step": "drop_missing", "columns": ["plan", "plan"]}), "columns[1]", ErrorCode::BadOption),
        (
            json!({"step": "fill_missing", "columns": ["plan"], "with": "mean"}),
            "columns[0]",
            ErrorCode::WrongKind,
        ),
        (
            json!({"step": "fill_missing", "columns": ["id"], "with": "mean"}),
            "columns[0]",
            ErrorCode::WrongKind,
        ),
        (
            json!({"step": "fill_missing", "columns": ["minutes"], "with": {"constant": "many"}}),
            "with.constant",
            ErrorCode::WrongKind,
        ),
        (
            json!({"step": "fill_missing", "columns": ["day"], "with": {"constant": 3}}),
            "with.constant",
            ErrorCode::WrongKind,
        ),
        (json!({"step": "cap", "columns": ["minutes"], "limits": limits}), "limits", ErrorCode::BadOption),
        (
            json!({"step": "remove_outliers", "columns": ["note"], "limits": {"method": "iqr", "factor": 1}}),
            "columns[0]",
            ErrorCode::WrongKind,
        ),
        (json!({"step": "cast", "column": "day", "kind": "count"}), "kind", ErrorCode::WrongKind),
        (json!({"step": "rename", "names": {"plan": "minutes"}}), "names.plan", ErrorCode::BadOption),
        (json!({"step": "rename", "names": {"nope": "x"}}), "names.nope", ErrorCode::UnknownColumn),
        (json!({"step": "recode", "column": "plan", "map": {}}), "map", ErrorCode::BadOption),
        (
            json!({"step": "split", "column": "minutes", "separator": ".", "into": ["a"]}),
            "column",
            ErrorCode::WrongKind,
        ),
        (
            json!({"step": "split", "column": "note", "separator": "", "into": ["a"]}),
            "separator",
            ErrorCode::BadOption,
        ),
        (
            json!({"step": "split", "column": "note", "separator": " ", "into": ["a", "a"]}),
            "into[1]",
            ErrorCode::BadOption,
        ),
        (json!({"step": "derive", "column": " ", "expression": "1"}), "column", ErrorCode::BadOption),
        (json!({"step": "derive", "column": "x", "expression": "null"}), "expression", ErrorCode::BadOption),
        (
            json!({"step": "group", "by": ["plan"], "aggregates": n("plan", json!("minutes"))}),
            "aggregates[0].name",
            ErrorCode::BadOption,
        ),
        (
            json!({"step": "group", "by": ["plan"], "aggregates": n("m", json!("note"))}),
            "aggregates[0].column",
            ErrorCode::WrongKind,
        ),
        (
            json!({"step": "group", "by": ["plan"], "aggregates": n("m", Value::Null)}),
            "aggregates[0].column",
            ErrorCode::BadOption,
        ),
        (
            json!({"step": "pivot", "by": ["plan"], "names_from": "plan", "function": "n"}),
            "names_from",
            ErrorCode::BadOption,
        ),
        (
            json!({"step": "pivot", "by": ["plan"], "names_from": "day", "values_from": "minutes", "function": "quantile"}),
            "q",
            ErrorCode::BadOption,
        ),
        (
            json!({"step": "unpivot", "columns": ["minutes", "note"], "names_to": "a", "values_to": "b"}),
            "columns",
            ErrorCode::WrongKind,
        ),
        (
            json!({"step": "join", "table": "othr", "keys": [{"left": "plan", "right": "plan"}]}),
            "table",
            ErrorCode::UnknownTable,
        ),
        (
            json!({"step": "join", "table": "other", "keys": [{"left": "plan", "right": "plann"}]}),
            "keys[0].right",
            ErrorCode::UnknownColumn,
        ),
        (
            json!({"step": "join", "table": "other", "keys": [{"left": "minutes", "right": "minutes"}]}),
            "keys",
            ErrorCode::WrongKind,
        ),
        (json!({"step": "concatenate", "tables": ["other"]}), "tables[0]", ErrorCode::WrongKind),
        (json!({"step": "sort", "by": []}), "by", ErrorCode::BadOption),
        (json!({"step": "sample", "seed": 1}), "n", ErrorCode::BadOption),
        (json!({"step": "sample", "share": 1.5}), "share", ErrorCode::BadOption),
        (json!({"step": "select", "columns": []}), "columns", ErrorCode::BadOption),
        (
            json!({"step": "drop_columns", "columns": ["plan", "minutes", "day", "note", "id"]}),
            "columns",
            ErrorCode::BadOption,
        ),
    ] {
        let error = refused(&tables(), json!([ok, step]));
        assert_eq!(error.at.field, Some(format!("steps[1].{field}")), "{step}: {error}");
        assert_eq!(error.code, code, "{step}: {error}");
        assert!(error.message.starts_with("Step 2, "), "{error}");
    }
}

#[test]
fn differing_kinds_are_named() {
    let error = refused(&tables(), json!([{"step": "concatenate", "tables": ["other"]}]));
    assert_eq!(error.at.column.as_deref(), Some("minutes"));
    assert!(error.message.contains("continuous in \"t\" and of kind nominal in \"other\""), "{error}");
}
