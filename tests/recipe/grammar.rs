//! The language of expressions: its document, and what holds for every text.

use super::{column, made, table};
use playhead::model::Kind;
use playhead::tables::Table;
use playhead::tables::expression::{Function, parse};
use proptest::prelude::*;
use serde_json::json;

/// The table of docs/expressions.md.
fn example() -> Table {
    let text = "minutes,plays,plan,full name,promo,day,at,stars,nothing\n\
                12.5,4,Basic,Zoë Lee,yes,2024-02-29,2024-02-29 18:45:00,good,\n\
                1,1,x,y,no,2024-01-01,2024-01-01 00:00:00,bad,1\n\
                1,1,x,y,no,2024-01-01,2024-01-01 00:00:00,great,1\n";
    let kinds = [
        ("stars", Kind::Ordinal),
        ("nothing", Kind::Continuous),
        ("plays", Kind::Count),
        ("promo", Kind::Binary),
    ];
    table("t", text, &kinds)
}

#[test]
fn the_examples_of_the_document_hold() {
    let table = example();
    let mut n_examples = 0;
    let document = include_str!("../../docs/expressions.md");
    for line in document.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [expression, expected] = cells.as_slice() else { panic!("{line}") };
        let inside = |cell: &str| match cell.strip_prefix("`` ") {
            Some(cell) => cell.strip_suffix(" ``").expect("an end").to_owned(),
            None => cell.trim_matches('`').to_owned(),
        };
        let steps = json!([{"step": "derive", "column": "x", "expression": inside(expression)}]);
        let (made, _) = made(std::slice::from_ref(&table), steps);
        let found = column(&made, "x").remove(0);
        let found = if found == "-" { "missing".to_owned() } else { found };
        assert_eq!(found, inside(expected), "{line}");
        n_examples += 1;
    }
    assert!(n_examples > 70, "{n_examples} examples");
    for function in Function::ALL {
        assert!(document.contains(&format!("`{}(", function.name())), "{} is shown", function.name());
    }
}

#[test]
fn kinds_of_derived_columns_follow_from_the_expression() {
    let table = example();
    for (expression, kind) in [
        ("plays * 2", Kind::Count),
        ("plays - 10", Kind::Continuous),
        ("plays / 1", Kind::Continuous),
        ("plays > 1", Kind::Binary),
        ("concat(plan, plan)", Kind::Nominal),
        ("day", Kind::Date),
        ("at", Kind::DateTime),
    ] {
        let steps = json!([{"step": "derive", "column": "x", "expression": expression}]);
        let (made, _) = made(std::slice::from_ref(&table), steps);
        assert_eq!(made.kind("x").unwrap(), kind, "{expression}");
    }
}

#[test]
fn a_branch_that_is_not_taken_causes_no_problem() {
    let table = table("t", "x,y\n0,1\n2,1\n", &[]);
    let n_problems = |expression: &str| {
        let steps = json!([{"step": "derive", "column": "z", "expression": expression}]);
        made(std::slice::from_ref(&table), steps).1.steps[0]
            .problems
            .iter()
            .map(|problem| problem.n)
            .sum::<u64>()
    };
    assert_eq!(n_problems("y / x"), 1);
    assert_eq!(n_problems("if(x = 0, null, y / x)"), 0);
    assert_eq!(n_problems("x != 0 and y / x > 0"), 0);
    assert_eq!(n_problems("coalesce(y, y / x)"), 0);
    assert_eq!(n_problems("y / x + y % x"), 2);
}

/// Texts that look like expressions, so that the parser gets far.
fn near_expression() -> impl Strategy<Value = String> {
    let words = vec![
        "a", "`b c`", "1", ".5", "1e3", "'t'", "'it''s'", "(", ")", ",", "+", "-", "*", "/", "%", "^", "=",
        "<>", "<=", "and", "or", "not", "in", "is", "null", "true", "if(", "round(", "min(", "x y", "'", "`",
        "\"", "é", "1.2.3",
    ];
    prop::collection::vec(prop::sample::select(words), 0..30).prop_map(|words| words.join(" "))
}

/// Texts that are expressions.
fn expression() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[a-zé_][a-z0-9_]{0,4}".prop_filter("no word of the grammar", |name| {
            !["and", "or", "not", "in", "is", "null", "true", "false", "if"].contains(&name.as_str())
        }),
        "`[a-z `]{1,5}`".prop_map(|name| format!("`{}`", name.trim_matches('`').replace('`', "``") + "z")),
        "[0-9]{1,9}(\\.[0-9]{1,4})?(e[0-9]{1,2})?",
        "'[^']{0,6}'",
        Just("null".to_owned()),
        Just("True".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        let signs = vec!["+", "-", "*", "/", "%", "^", "and", "OR", "=", "!=", "<", ">="];
        prop_oneof![
            4 => (inner.clone(), prop::sample::select(signs), inner.clone())
                .prop_map(|(a, sign, b)| format!("({a}) {sign} {b}")),
            1 => inner.clone().prop_map(|a| format!("-{a}")),
            1 => inner.clone().prop_map(|a| format!("not ({a})")),
            1 => inner.clone().prop_map(|a| format!("(({a}) is not null)")),
            1 => prop::collection::vec(inner.clone(), 1..4)
                .prop_map(|list| format!("(x not in ({}))", list.join(", "))),
            1 => prop::collection::vec(inner.clone(), 3).prop_map(|list| format!("if({})", list.join(","))),
            1 => prop::collection::vec(inner, 1..4).prop_map(|list| format!("concat({})", list.join(","))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused_at_a_place(text in prop_oneof![any::<String>(), near_expression()]) {
        match parse(&text) {
            Ok(tree) => prop_assert_eq!(parse(&tree.to_string()).unwrap(), tree),
            Err(error) => {
                let position = error.at.position.expect("a place");
                prop_assert!((1..=text.chars().count() as u64 + 1).contains(&position), "{}", error);
            }
        }
    }

    #[test]
    fn printing_and_parsing_gives_the_same_tree(text in expression()) {
        // Two comparisons in a row are the one thing that may be refused.
        if let Ok(tree) = parse(&text) {
            let printed = tree.to_string();
            let again = parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error}"));
            prop_assert_eq!(&again, &tree);
            prop_assert_eq!(again.to_string(), printed);
        }
    }

    #[test]
    fn what_is_read_is_evaluated_or_refused_in_words(text in expression()) {
        let table = table("t", "a,b,x\n1,u,2.5\n,v,0\n0,,-1\n", &[]);
        let steps = json!([{"step": "derive", "column": "new", "expression": text}]);
        match super::run(&[table], &steps) {
            Ok((made, _)) => prop_assert_eq!(made.n_rows(), 3),
            Err(error) => prop_assert_eq!(error.at.field.as_deref(), Some("steps[0].expression"), "{}", error),
        }
    }
}

#[test]
fn deep_texts_are_refused_and_not_a_crash() {
    for text in
        ["(".repeat(9_999), "-".repeat(9_999), "not ".repeat(2_000), format!("1{}", "+1".repeat(4_000))]
    {
        let error = parse(&text).unwrap_err();
        assert!(error.message.contains("within each other"), "{error}");
    }
    assert!(parse(&"x".repeat(10_001)).is_err());
    assert!(parse(&format!("a in ({})", vec!["1"; 1_000].join(","))).is_ok());
    assert!(parse(&format!("{}1{}", "(".repeat(60), ")".repeat(60))).is_ok());
}
