//! One JSON value a line.

use super::{csv, load, refused, texts};
use playhead::model::{ErrorCode, FileFormat, ProblemCode};

#[test]
fn blank_lines_are_passed_over_and_lines_counted() {
    let text = "\n{\"a\":1,\"b\":[true]}\r\n\n{\"a\":2,\"c\":\"x\"}\r\n";
    let loaded = load("t.txt", text.as_bytes());
    assert_eq!(texts(&loaded)[0].1, "t_row,a,c\n1,1,\n2,2,x\n");
    assert_eq!(texts(&loaded)[1], ("t_b".into(), "t_row,value\n1,true\n".into()));
    let report = &loaded[0].1;
    assert_eq!((report.format, report.n_problems), (FileFormat::JsonLines, 0));
    let lines: Vec<u64> = report.columns[1].examples.iter().map(|example| example.line).collect();
    assert_eq!(lines, [2, 4]);
}

#[test]
fn a_bad_line_is_left_out_and_reported() {
    let lines: Vec<String> = (1..=100).map(|i| format!("{{\"a\":{i}}}")).collect();
    let text = lines.join("\n").replace("{\"a\":50}", "{\"a\":50,}") + "\n{\"a\":1";
    let loaded = load("t.jsonl", text.as_bytes());
    let (table, report) = &loaded[0];
    assert_eq!((table.n_rows(), report.n_problems), (99, 2));
    let found: Vec<_> = report.problems.iter().map(|p| (p.code, p.line, p.raw.as_str())).collect();
    assert_eq!(found, [(ProblemCode::BadLine, 50, "{\"a\":50,}"), (ProblemCode::BadLine, 101, "{\"a\":1")]);
    assert!(report.problems[0].action.contains("comma"), "{}", report.problems[0].action);
}

#[test]
fn too_many_bad_lines_are_an_error() {
    let error = refused("t.jsonl", b"{\"a\":1}\nx\ny\n{\"a\":2}\n");
    assert_eq!((error.code, error.at.line), (ErrorCode::BadFile, Some(2)));
    assert!(error.message.contains("2 of 4 lines"), "{}", error.message);
    assert_eq!(refused("t.jsonl", b"{\"a\"").code, ErrorCode::BadFile);
}

#[test]
fn lists_are_rows_and_long_files_are_read_in_pieces() {
    assert_eq!(csv(&load("t.ndjson", b"[\"a\",\"b\"]\n[1,\"x\"]\n[2,\"y\"]\n")[0].0), "a,b\n1,x\n2,y\n");
    let filling = "é".repeat(400);
    let lines: Vec<String> = (1..=4_000).map(|i| format!("{{\"n\":{i},\"s\":\"{filling}\"}}")).collect();
    let loaded = load("t.jsonl", lines.join("\n").as_bytes());
    let numbers = loaded[0].0.numbers("n").unwrap();
    assert_eq!((numbers.len(), numbers.iter().sum::<f64>()), (4_000, 8_002_000.0));
    assert_eq!(loaded[0].1.n_problems, 0);
}
