//! JSON documents.

use super::{csv, file, kinds, load, load_file, refused, texts, try_load};
use playhead::model::{DecimalMark, Encoding, ErrorCode, FileFormat, ImportOptions, Kind, ProblemCode};

#[track_caller]
fn tables(text: &str) -> Vec<(String, String)> {
    texts(&load("t.json", text.as_bytes()))
}

#[track_caller]
fn one(text: &str) -> String {
    let mut tables = tables(text);
    assert_eq!(tables.len(), 1, "{tables:?}");
    tables.remove(0).1
}

fn named(names: &[(&str, &str)]) -> Vec<(String, String)> {
    names.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect()
}

#[test]
fn nested_records_become_related_tables() {
    let expected = named(&[
        (
            "t",
            "id,title,author.name,author.address.zip,views\n\
             p1,Zoë 𝄞,Ann,007,\np2,,,,10\np3,,Bob,,\n",
        ),
        ("t_tags", "t_id,value\np1,a\np1,b\n"),
        ("t_comments", "t_id,t_comments_row,text,stars\np1,1,one,\np1,2,two,\np3,3,three,5\n"),
        ("t_comments_likes", "t_comments_row,t_comments_likes_row,by\n1,1,x\n1,2,y\n"),
        ("t_comments_likes_at", "t_comments_likes_row,value\n1,1\n1,2\n"),
    ]);
    let loaded = load_file("posts.json");
    assert_eq!(texts(&loaded), expected);
    assert!(loaded.iter().all(|(_, report)| report.format == FileFormat::Json && report.n_problems == 0));
    for (name, encoding) in [("posts_utf16.json", Encoding::Utf16Le), ("posts_bom.json", Encoding::Utf8Bom)] {
        let loaded = load_file(name);
        assert_eq!(texts(&loaded), expected, "{name}");
        assert_eq!(loaded[0].1.encoding, encoding);
    }
    assert_eq!(texts(&load_file("posts.jsonl.gz")), expected);
}

#[test]
fn made_row_numbers_are_keys_and_no_measures() {
    let loaded = load("t.json", br#"[{"tags":["a","b"]},{"tags":["c"]},{"x":1,"tags":["d"]}]"#);
    for (table, report) in &loaded {
        assert_eq!(table.kind("t_row").unwrap(), Kind::Id);
        assert!(report.columns[0].reason.contains("row"), "{}", report.columns[0].reason);
    }
}

#[test]
fn an_id_is_a_key_only_where_every_row_has_its_own() {
    let key = |ids: [&str; 3]| {
        let record = |id: &str| format!("{{{id}\"tags\":[1]}}");
        let text = format!("[{}]", ids.map(record).join(","));
        tables(&text)[1].1.lines().next().unwrap().to_owned()
    };
    assert_eq!(key(["\"id\":1,", "\"id\":2,", "\"id\":3,"]), "t_id,value");
    assert_eq!(key(["\"t_id\":1,", "\"t_id\":2,", "\"t_id\":3,"]), "t_id,value");
    assert_eq!(key(["\"uuid\":\"a\",", "\"uuid\":\"b\",", "\"uuid\":\"c\","]), "t_uuid,value");
    assert_eq!(key(["\"id\":1,", "\"id\":2,", "\"id\":2,"]), "t_row,value", "not unique");
    assert_eq!(key(["\"id\":1,", "\"id\":2,", ""]), "t_row,value", "not always there");
    assert_eq!(key(["\"id\":1,", "\"id\":2,", "\"id\":null,"]), "t_row,value", "null");
    assert_eq!(key(["\"user\":1,", "\"user\":2,", "\"user\":3,"]), "t_row,value");
}

#[test]
fn columns_stand_in_order_of_first_appearance() {
    let text = r#"[{"b":1,"a":2},{"c":3,"a":4,"b":null},{"d":{"e":5}}]"#;
    assert_eq!(one(text), "b,a,c,d.e\n1,2,,\n,4,3,\n,,,5\n");
}

#[test]
fn numbers_keep_their_digits_and_texts_are_no_numbers() {
    let text = r#"[{"n":1.50,"big":12345678901234567890,"e":12E5,"zip":"007","s":"a"},
                   {"n":2.25,"big":1,"e":1e2,"zip":"123","s":"b"}]"#;
    let loaded = load("t.json", text.as_bytes());
    let (table, report) = &loaded[0];
    assert_eq!(csv(table), "n,big,e,zip,s\n1.50,12345678901234567890,12E5,007,a\n2.25,1,1e2,123,b\n");
    let expected = [("n", "continuous"), ("big", "id"), ("e", "count"), ("zip", "id"), ("s", "nominal")];
    assert_eq!(kinds(table), expected.map(|(name, kind)| (name.to_owned(), kind)));
    assert_eq!(report.n_rows_changed, 0);
    assert_eq!(table.numbers("e").unwrap(), [1_200_000.0, 100.0]);
}

#[test]
fn one_text_with_a_leading_zero_among_thousands_keeps_the_column_text() {
    let records: Vec<String> = (1..=5_000)
        .map(|i| format!("{{\"code\":\"{}\"}}", if i == 4_900 { "007".into() } else { i.to_string() }))
        .collect();
    let loaded = load("t.json", format!("[{}]", records.join(",")).as_bytes());
    assert_eq!(loaded[0].0.kind("code").unwrap(), Kind::Id);
    assert!(csv(&loaded[0].0).contains("\n007\n"));
}

#[test]
fn a_number_no_float_can_hold_is_reported() {
    let numbers: Vec<String> = (0..40).map(|i| format!("{{\"x\":{}.5}}", i)).collect();
    let loaded = load("t.json", format!("[{},{{\"x\":1e400}}]", numbers.join(",\n")).as_bytes());
    let (table, report) = &loaded[0];
    assert_eq!(table.kind("x").unwrap(), Kind::Continuous);
    let problem = &report.problems[0];
    assert_eq!((problem.code, problem.raw.as_str(), problem.line), (ProblemCode::Coerced, "1e400", 40));
    assert!(csv(table).ends_with("1e400\n"), "it is written out as it stood");
}

#[test]
fn a_repeated_key_is_reported_and_the_last_value_counts() {
    let loaded = load("t.json", b"[{\"a\":1},\n{\"a\":2,\"b\":0,\"a\":3},{\"a.b\":4,\"a\":{\"b\":5}}]");
    assert_eq!(csv(&loaded[0].0), "a,b,a.b\n1,,\n3,0,\n,,5\n");
    let problems = &loaded[0].1.problems;
    let found: Vec<_> = problems.iter().map(|p| (p.code, p.line, p.raw.as_str())).collect();
    assert_eq!(found, [(ProblemCode::RepeatedKey, 2, "2"), (ProblemCode::RepeatedKey, 2, "4")]);
}

#[test]
fn escapes_are_characters_and_half_a_pair_is_reported() {
    let text = r#"[{"s":"\ud834\udd1e\u0000\n\"q\",","k\u00e9y":"x"},{"s":"\ud834!","k\u00e9y":"y"}]"#;
    let loaded = load("t.json", text.as_bytes());
    assert_eq!(csv(&loaded[0].0), "s,kéy\n\"𝄞\0\n\"\"q\"\",\",x\n\u{fffd}!,y\n");
    let problem = &loaded[0].1.problems[0];
    assert_eq!((problem.code, problem.raw.as_str()), (ProblemCode::BadBytes, "\\ud834"));
}

#[test]
fn documents_of_several_shapes() {
    assert_eq!(one(r#"{"a":1,"b":{"c":true}}"#), "a,b.c\n1,true\n");
    assert_eq!(
        tables(r#"{"users":[{"id":1}],"total":2,"plans":[{"name":"x"},{"name":"y"}]}"#),
        named(&[("t", "id\n1\n"), ("t_plans", "name\nx\ny\n"), ("t_document", "total\n2\n")])
    );
    assert_eq!(
        one(r#"[["a","b"],[1,2.5],[3,null],[4,{"c":[1]}]]"#),
        "a,b\n1,2.5\n3,\n4,\"{\"\"c\"\":[1]}\"\n"
    );
    assert_eq!(one("[[1,2],[3,4]]"), "column_1,column_2\n1,2\n3,4\n", "without a header");
    assert_eq!(one("[1,\"x\",null,true]"), "value\n1\nx\n\"\"\ntrue\n");
    assert_eq!(one("{\n\"a\":1\n}\n{\n\"a\":2\n}\n"), "a\n1\n2\n", "one document after another");
    assert_eq!(
        tables(r#"[{"m":[[1,2],[],3]}]"#),
        named(&[
            ("t", "t_row\n1\n"),
            ("t_m", "t_row,t_m_row,value\n1,1,\n1,2,\n1,3,3\n"),
            ("t_m_value", "t_m_row,value\n1,1\n1,2\n")
        ])
    );
}

#[test]
fn empty_things_are_not_lost_and_not_invented() {
    assert_eq!(one(r#"[{"a":1,"tags":[],"o":{},"n":null},{"a":2}]"#), "a,tags,o,n\n1,,,\n2,,,\n");
    assert_eq!(one("[{},{}]"), "t_row\n1\n2\n");
    for text in ["[]", "  [ ]  ", "[[],[]]"] {
        assert_eq!(refused("t.json", text.as_bytes()).code, ErrorCode::EmptyFile, "{text}");
    }
}

#[test]
fn faults_are_named_with_their_line() {
    let error = refused("t.json", b"[\n{\"a\":1},\n{\"a\":2},\n]");
    assert_eq!((error.code, error.at.line), (ErrorCode::BadFile, Some(3)));
    assert!(error.message.contains("comma"), "{}", error.message);
    let error = refused("t.json", b"[{\"a\":1},{\"a\":");
    assert!(error.code == ErrorCode::BadFile && error.hint.unwrap().contains("cut off"));
    for text in ["[{\"a\":1}}", "{\"a\":1 \"b\":2}", "[{\"a\":01}]", "[{'a':1}]", "[{\"a\":1}] x"] {
        assert_eq!(refused("t.json", text.as_bytes()).code, ErrorCode::BadFile, "{text}");
    }
}

#[test]
fn deep_nesting_is_refused_and_does_not_exhaust_the_stack() {
    for text in
        ["[".repeat(2_000_000), "{\"a\":".repeat(500_000), format!("[{{\"a\":{}", "[".repeat(100_000))]
    {
        for name in ["t.json", "t.txt", "t.jsonl"] {
            assert_eq!(refused(name, text.as_bytes()).code, ErrorCode::BadFile);
        }
    }
    let deep = format!("[{{\"a\":{}1{}}}]", "{\"b\":".repeat(100), "}".repeat(100));
    assert!(one(&deep).starts_with("a.b.b.b"));
}

#[test]
fn too_many_keys_are_refused_with_a_reason() {
    let keys: Vec<String> = (0..20_001).map(|i| format!("\"k{i}\":1")).collect();
    let error = refused("t.json", format!("[{{{}}}]", keys.join(",")).as_bytes());
    assert_eq!(error.code, ErrorCode::TooLarge);
    assert!(error.message.contains("different keys"), "{}", error.message);
}

#[test]
fn options_that_json_has_no_use_for_are_refused() {
    let refused = |options: ImportOptions, text: &str| {
        let error = try_load("t.json", text.as_bytes(), &options).map(|_| ()).unwrap_err();
        (error.code, error.at.field.unwrap_or_default())
    };
    let delimiter = ImportOptions { delimiter: Some(";".into()), ..ImportOptions::default() };
    assert_eq!(refused(delimiter, "[{\"a\":1}]"), (ErrorCode::BadOption, "options.delimiter".into()));
    let header = ImportOptions { header: Some(false), ..ImportOptions::default() };
    assert_eq!(refused(header.clone(), "[{\"a\":1}]"), (ErrorCode::BadOption, "options.header".into()));
    let rows = try_load("t.json", b"[[\"a\"],[\"b\"]]", &header).unwrap();
    assert_eq!(csv(&rows[0].0), "column_1\na\nb\n");
    let unknown = ImportOptions { kinds: [("x".into(), Kind::Id)].into(), ..ImportOptions::default() };
    assert_eq!(
        refused(unknown, "[{\"a\":1,\"b\":[1]}]"),
        (ErrorCode::UnknownColumn, "options.kinds.x".into())
    );
    let known = ImportOptions { kinds: [("value".into(), Kind::Id)].into(), ..ImportOptions::default() };
    let loaded = try_load("t.json", b"[{\"a\":1,\"b\":[1]}]", &known).unwrap();
    assert_eq!(loaded[1].0.kind("value").unwrap(), Kind::Id);
}

#[test]
fn a_decimal_comma_in_texts_leaves_the_numbers_alone() {
    let text = br#"[{"x":1.5,"s":"1,5"},{"x":2.25,"s":"2,75"}]"#;
    for mark in [None, Some(DecimalMark::Comma)] {
        let options = ImportOptions { decimal_mark: mark, ..ImportOptions::default() };
        let loaded = try_load("t.json", text, &options).unwrap();
        assert_eq!(loaded[0].0.numbers("x").unwrap(), [1.5, 2.25]);
        assert_eq!(loaded[0].0.numbers("s").unwrap(), [1.5, 2.75]);
    }
}

#[test]
fn text_that_only_begins_like_json_stays_delimited() {
    let loaded = load("t.csv", b"[id],[name]\n1,x\n2,y\n");
    assert_eq!(loaded[0].1.format, FileFormat::Delimited);
    assert_eq!(csv(&loaded[0].0), "[id],[name]\n1,x\n2,y\n");
    assert_eq!(load("data", &file("posts.json")).len(), 5, "whatever its name");
}
