//! Delimiters, quotes, line ends, encodings and headers.

use super::{cells, csv, kind, load_text, load_with, try_load};
use playhead::model::{Encoding, ErrorCode, ImportOptions, Kind, LineEnding, ProblemCode};

const PLAIN: &str = "name,minutes,on\nann,1.5,2024-03-01\nbob,2,2024-03-02\ncy,30,2024-03-03\n";

#[test]
fn delimiters_are_found() {
    let (expected, _) = load_text(PLAIN);
    for delimiter in [";", "\t", "|"] {
        let (table, report) = load_text(&PLAIN.replace(',', delimiter));
        assert_eq!(report.delimiter, delimiter);
        assert_eq!(cells(&table), cells(&expected), "{delimiter}");
        assert_eq!(table.column_names(), ["name", "minutes", "on"]);
        assert_eq!(kind(&table, "on"), Kind::Date);
    }
}

#[test]
fn any_one_character_can_be_named_as_the_delimiter() {
    for delimiter in ["~", " ", ":", "§", "\u{1}"] {
        let options = ImportOptions { delimiter: Some(delimiter.into()), ..ImportOptions::default() };
        let (table, report) = load_with(PLAIN.replace(',', delimiter), &options);
        assert_eq!((table.n_rows(), report.delimiter.as_str()), (3, delimiter));
        assert_eq!(table.column_names(), ["name", "minutes", "on"]);
    }
}

#[test]
fn a_delimiter_in_prose_does_not_win() {
    let text = "id;comment;score\n1;\"good, fast, cheap\";4\n2;well, so so;3\n3;no, never, not;1\n";
    let (table, report) = load_text(text);
    assert_eq!(report.delimiter, ";");
    assert_eq!(cells(&table)[1], ["2", "well, so so", "3"]);
    let (table, report) = load_text("title,year\n\"One; two; three\",1999\n\"Four; five; six\",2001\n");
    assert_eq!((report.delimiter.as_str(), table.n_columns()), (",", 2));
}

#[test]
fn decimal_commas_do_not_divide_cells() {
    let (table, report) = load_text("a;b;c\n1,5;2,25;3\n2,5;3,75;4\n10,0;4,00;5\n");
    assert_eq!(report.delimiter, ";");
    assert_eq!(table.numbers("a").unwrap(), [1.5, 2.5, 10.0]);
    assert_eq!(kind(&table, "c"), Kind::Count);
}

#[test]
fn quotes_hold_delimiters_lines_and_quotes() {
    let text =
        "id,say\n1,\"a, b\"\n2,\"line one\nline two\"\n3,\"he said \"\"hi\"\"\"\n4,\"\"\n5,\n6,plain\n";
    let (table, report) = load_text(text);
    assert_eq!(column_of(&table, 1), ["a, b", "line one\nline two", "he said \"hi\"", "-", "-", "plain"]);
    assert_eq!(report.quote, "\"");
    assert_eq!(report.columns[1].n_missing, 2);
    assert_eq!(report.n_problems, 0);
}

#[test]
fn single_quotes_and_none() {
    let (table, report) = load_text("id,say\n1,'a, b'\n2,'it''s'\n3,'c, d'\n");
    assert_eq!(
        (report.quote.as_str(), column_of(&table, 1)),
        ("'", vec!["a, b".into(), "it's".into(), "c, d".into()])
    );
    let (table, report) = load_text("id,say\n1,it's\n2,'tis\n3,rock 'n' roll\n");
    assert_eq!((report.quote.as_str(), column_of(&table, 1)[1].as_str()), ("", "'tis"));
    let options = ImportOptions { quote: Some(String::new()), ..ImportOptions::default() };
    let (table, _) = load_with("id,say\n1,\"a\"\n2,\"b\"\n", &options);
    assert_eq!(column_of(&table, 1), ["\"a\"", "\"b\""]);
}

#[test]
fn backslash_escapes() {
    let (table, _) = load_text("id,say\n1,\"a \\\"b\\\", c\"\n2,\"x\\y\"\n3,\"\\\"q\\\"\"\n");
    assert_eq!(column_of(&table, 1), ["a \"b\", c", "x\\y", "\"q\""]);
}

#[test]
fn a_stray_quote_is_text_and_reported() {
    let text = "id,size,n\n1,\"5 inch,3\n2,7\" wide,4\n3,\"ok\",5\n4,\"8\" x\",6\n";
    let (table, report) = load_text(text);
    assert_eq!(column_of(&table, 1), ["\"5 inch", "7\" wide", "ok", "8\" x"]);
    assert_eq!(column_of(&table, 2), ["3", "4", "5", "6"]);
    let lines: Vec<u64> = report
        .problems
        .iter()
        .filter(|problem| problem.code == ProblemCode::StrayQuote)
        .map(|p| p.line)
        .collect();
    assert_eq!(lines, [2, 3, 5]);
    assert_eq!(report.n_rows_changed, 0);
}

#[test]
fn an_open_quote_does_not_swallow_the_file() {
    let mut text = String::from("id,say\n1,\"open\n");
    for i in 2..5_000 {
        text.push_str(&format!("{i},x\n"));
    }
    let (table, report) = load_text(&text);
    assert_eq!(table.n_rows(), 4_999);
    assert_eq!(column_of(&table, 1)[0], "\"open");
    let problem = &report.problems[0];
    assert_eq!((problem.code, problem.line, problem.raw.as_str()), (ProblemCode::UnclosedQuote, 2, "\"open"));
    assert_eq!(problem.column.as_deref(), Some("say"));
}

#[test]
fn line_ends_of_every_sort() {
    for (ending, expected) in [("\n", LineEnding::Lf), ("\r\n", LineEnding::CrLf), ("\r", LineEnding::Cr)] {
        for tail in ["", ending, &ending.repeat(2)] {
            let text = format!("{}{tail}", PLAIN.trim_end().replace('\n', ending));
            let (table, report) = load_text(&text);
            assert_eq!((table.n_rows(), report.line_ending), (3, expected), "{text:?}");
            assert_eq!(report.n_problems, 0);
        }
    }
    let (table, report) = load_text("a,b\r\n1,2\n3,4\r5,6");
    assert_eq!((table.n_rows(), report.line_ending), (3, LineEnding::Mixed));
    let (table, report) = load_text("a,b");
    assert_eq!((table.n_rows(), report.line_ending), (0, LineEnding::None));
}

#[test]
fn empty_lines_between_rows_are_left_out_and_reported() {
    let (table, report) = load_text("a,b\n1,2\n\n3,4\n   \n5,6\n\n\n");
    assert_eq!(table.n_rows(), 3);
    let lines: Vec<u64> = report.problems.iter().map(|problem| problem.line).collect();
    assert_eq!((lines, report.n_problems), (vec![3, 5], 2));
    assert!(report.problems.iter().all(|problem| problem.code == ProblemCode::EmptyLine));
}

#[test]
fn short_and_long_rows() {
    let (table, report) = load_text("a,b,c\n1,2,3\n4,5\n6,7,8,9\n1,2,3,\n4,5,6\n7,8,9\n");
    assert_eq!(cells(&table)[1..4], [["4", "5", "-"], ["6", "7", "8"], ["1", "2", "3"]]);
    let found: Vec<_> = report.problems.iter().map(|p| (p.line, p.code, p.raw.as_str())).collect();
    assert_eq!(
        found,
        [
            (3, ProblemCode::TooFewCells, "4,5"),
            (4, ProblemCode::TooManyCells, "9"),
            (5, ProblemCode::TooManyCells, "")
        ]
    );
    assert_eq!(report.n_rows_changed, 3);
}

#[test]
fn encodings() {
    let text = "ville;café\nÅrhus;1\nKöln;2\n";
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let utf16 = |bytes: fn(u16) -> [u8; 2], mark: bool| -> Vec<u8> {
        let marked = format!("{}{text}", if mark { "\u{feff}" } else { "" });
        marked.encode_utf16().flat_map(bytes).collect()
    };
    let cases = [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        (format!("\u{feff}{text}").into_bytes(), Encoding::Utf8Bom),
        (latin, Encoding::Windows1252),
        (utf16(u16::to_le_bytes, true), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes, true), Encoding::Utf16Be),
        (utf16(u16::to_le_bytes, false), Encoding::Utf16Le),
        (utf16(u16::to_be_bytes, false), Encoding::Utf16Be),
    ];
    for (bytes, encoding) in cases {
        let (table, report) = load_with(bytes, &ImportOptions::default());
        assert_eq!(report.encoding, encoding);
        assert_eq!(table.column_names(), ["ville", "café"], "{encoding:?}");
        assert_eq!(cells(&table), [["Århus", "1"], ["Köln", "2"]]);
    }
}

#[test]
fn an_accent_far_down_decides_the_encoding_of_the_whole_file() {
    let mut bytes = b"name,n\n".to_vec();
    for i in 0..60_000 {
        bytes.extend_from_slice(format!("name{},{i}\n", i % 7).as_bytes());
    }
    bytes.extend_from_slice(b"Ren\xe9,1\n");
    let (table, report) = load_with(bytes.clone(), &ImportOptions::default());
    assert_eq!((report.encoding, report.n_problems), (Encoding::Windows1252, 0));
    assert_eq!(column_of(&table, 0)[60_000], "René");
    // In a file that is UTF-8 otherwise the byte is a bad one.
    bytes.extend_from_slice("Zoë,1\nChloë,1\n".as_bytes());
    let (table, report) = load_with(bytes, &ImportOptions::default());
    assert_eq!((report.encoding, report.n_problems), (Encoding::Utf8, 1));
    assert_eq!((report.problems[0].code, report.problems[0].line), (ProblemCode::BadBytes, 60_002));
    assert_eq!(column_of(&table, 0)[60_000..], ["Ren\u{fffd}", "Zoë", "Chloë"]);
}

#[test]
fn headers_are_told_from_rows() {
    for text in [
        "id,score\n1,2.5\n2,3.5\n",
        "first,last\nAnn,Lee\nBob,Ray\nCy,Fox\n",
        "country,2019,2020,2021\nDE,1,2,3\nFR,4,5,6\n",
        ",a,b\n0,1,2\n1,3,4\n",
        "when,what\n2024-01-01,x\n2024-01-02,y\n",
        "a\n1\n",
        "name\nann\nbob\n",
    ] {
        assert!(load_text(text).1.has_header, "{text:?}");
    }
    for text in [
        "1,2.5\n2,3.5\n3,4\n",
        "ann,3\nbob,4\n",
        "US,Drama\nUK,Comedy\nUS,Horror\n",
        "2024-01-01,x\n2024-01-02,y\n",
    ] {
        let (table, report) = load_text(text);
        assert!(!report.has_header, "{text:?}");
        assert_eq!(table.column_names()[..2], ["column_1", "column_2"]);
        assert_eq!(report.n_problems, 0);
        assert_eq!(table.n_rows(), text.lines().count());
    }
    let without = ImportOptions { header: Some(false), ..ImportOptions::default() };
    assert_eq!(load_with("a,b\n1,2\n", &without).0.n_rows(), 2);
    let with = ImportOptions { header: Some(true), ..ImportOptions::default() };
    assert_eq!(load_with("1,2\n3,4\n", &with).0.column_names(), ["1", "2"]);
}

#[test]
fn a_header_alone_is_a_table_without_rows() {
    let (table, report) = load_text("user_id,group,minutes\n");
    assert_eq!((table.n_rows(), report.n_rows, report.has_header), (0, 0, true));
    assert_eq!(table.column_names(), ["user_id", "group", "minutes"]);
    assert_eq!(csv(&table), "user_id,group,minutes\n");
}

#[test]
fn one_column_loads() {
    let (table, report) = load_text("minutes\n1.5\n2.5\n30\n");
    assert_eq!((table.n_columns(), table.n_rows()), (1, 3));
    assert_eq!((kind(&table, "minutes"), report.delimiter.as_str()), (Kind::Continuous, ","));
    let (table, _) = load_text("title\nThe Long, Long Night\nHome; Again\nOut | In\nOne, Two\nAlone\n");
    assert_eq!((table.n_columns(), table.n_rows()), (1, 5));
}

#[test]
fn names_are_made_where_they_are_missing_or_taken() {
    let (table, report) = load_text("price,,price, name \n1,2,3,x\n4,5,6,y\n");
    assert_eq!(table.column_names(), ["price", "column_2", "price_2", "name"]);
    let renamed: Vec<_> =
        report.problems.iter().map(|p| (p.code, p.line, p.column.as_deref().unwrap_or_default())).collect();
    assert_eq!(
        renamed,
        [(ProblemCode::RenamedColumn, 1, "column_2"), (ProblemCode::RenamedColumn, 1, "price_2")]
    );
    assert!(csv(&table).starts_with("price,column_2,price_2, name \n"), "spaces of the header come back");
}

#[test]
fn rows_longer_than_the_header_get_columns_of_their_own() {
    let (table, _) = load_text("a,b\n1,2,3\n4,5,6\n7,8,9\n");
    assert_eq!(table.column_names(), ["a", "b", "column_3"]);
    assert_eq!(column_of(&table, 2), ["3", "6", "9"]);
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let cases = [
        ImportOptions { delimiter: Some("".into()), ..ImportOptions::default() },
        ImportOptions { delimiter: Some("\n".into()), ..ImportOptions::default() },
        ImportOptions { delimiter: Some("too long a one".into()), ..ImportOptions::default() },
        ImportOptions { quote: Some("ab".into()), ..ImportOptions::default() },
        ImportOptions { quote: Some("x".into()), ..ImportOptions::default() },
        ImportOptions { delimiter: Some("'".into()), quote: Some("'".into()), ..ImportOptions::default() },
    ];
    for options in cases {
        let error = try_load(PLAIN, &options).map(|_| ()).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadOption, "{options:?}");
        assert!(error.at.field.is_some_and(|field| field.starts_with("options.")));
    }
}

fn column_of(table: &playhead::tables::Table, at: usize) -> Vec<String> {
    cells(table).into_iter().map(|mut row| row.swap_remove(at)).collect()
}
