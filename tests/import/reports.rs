//! The parse report tells everything that was guessed and changed.

use super::{csv, load_text};
use playhead::model::{Kind, LineEnding, ParseReport, ProblemCode};

const MESSY: &str = "\
id,minutes,when,seen
1,10.5,2024-01-01,yes
2,x,2024-01-02,no
3,N/A,2024-01-03,yes

4,12.25,never,no
\"5\",,2024-01-05,yes
6, 7.5,2024-01-06
7,8.5,2024-01-07,no,extra
";

fn messy() -> String {
    let rows: String = (8..60).map(|i| format!("{i},{i}.5,2024-02-0{},no\n", i % 9 + 1)).collect();
    format!("{MESSY}{rows}")
}

#[test]
fn every_change_has_a_line() {
    let (table, report) = load_text(&messy());
    assert_eq!((report.file_name.as_str(), report.n_bytes), ("t.csv", messy().len() as u64));
    assert_eq!((report.delimiter.as_str(), report.quote.as_str()), (",", "\""));
    assert_eq!((report.line_ending, report.has_header), (LineEnding::Lf, true));
    assert_eq!((report.n_rows, table.n_rows()), (59, 59));
    let problems: Vec<_> = report
        .problems
        .iter()
        .map(|p| (p.line, p.code, p.column.as_deref().unwrap_or(""), p.raw.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            (3, ProblemCode::Coerced, "minutes", "x"),
            (5, ProblemCode::EmptyLine, "", ""),
            (6, ProblemCode::Coerced, "when", "never"),
            (8, ProblemCode::TooFewCells, "", "6, 7.5,2024-01-06"),
            (9, ProblemCode::TooManyCells, "", "extra"),
        ]
    );
    assert_eq!((report.n_problems, report.n_rows_changed), (5, 4));
    assert!(report.problems.iter().all(|problem| !problem.action.is_empty()));
}

#[test]
fn columns_tell_why_and_show_examples() {
    let (_, report) = load_text(&messy());
    let minutes = &report.columns[1];
    assert_eq!((minutes.kind, minutes.n_missing, minutes.n_coerced), (Kind::Continuous, 2, 1));
    assert_eq!(minutes.reason, "all 56 values are numbers from 7.5 to 59.5; 56 of them have decimals");
    let examples: Vec<_> =
        minutes.examples.iter().map(|e| (e.line, e.raw.as_str(), e.parsed.as_str())).collect();
    assert_eq!(
        examples,
        [
            (2, "10.5", "10.5"),
            (3, "x", "missing"),
            (4, "N/A", "missing"),
            (6, "12.25", "12.25"),
            (8, " 7.5", "7.5")
        ]
    );
    let seen = &report.columns[3];
    assert_eq!((seen.kind, seen.reason.as_str()), (Kind::Binary, "all 58 values are yes or no"));
    assert_eq!(seen.n_missing, 1, "the row that is too short has no cell for it");
}

#[test]
fn an_unmodified_table_comes_back_as_it_was() {
    let text = "id,zip,price,spread,day,at,name,flag,dur\n\
                1,00501,1.50,1e3,17.02.2024,2024-02-17T17:00:00Z,Ann ,TRUE,00:01:00\n\
                2,01234,22.00,0.10,01.03.2024,2024-03-01T00:00:00Z,\" Bob\",FALSE,01:00:00\n\
                3,98765, 3.10,12,N/A,,\"O\"\"Neil, Jr\",true,NA\n\
                04,10001,-,7.0,02.03.2024,2024-03-02T01:02:03Z,,na,00:00:01\n";
    let (table, _) = load_text(text);
    assert_eq!(csv(&table), text.replace("\" Bob\"", " Bob"));
}

#[test]
fn the_list_of_problems_is_cut_and_the_count_is_not() {
    let rows: String =
        (0..1_000).map(|i| if i % 3 == 0 { "1\n".to_owned() } else { "1,2,3\n".into() }).collect();
    let (table, report) = load_text(&format!("a,b,c\n{rows}"));
    assert_eq!(table.n_rows(), 1_000);
    assert_eq!((report.problems.len(), report.n_problems), (ParseReport::MAX_PROBLEMS, 334));
    assert_eq!(report.n_rows_changed, 334);
}

#[test]
fn long_cells_are_cut_in_the_report_only() {
    let long = "é".repeat(500);
    let (table, report) = load_text(&format!("a,b\n1,2\n3,4,{long}\n5,6\n"));
    assert_eq!(report.problems[0].raw.chars().count(), 201);
    assert_eq!(table.n_rows(), 3);
}
