//! Lines below the table in files that are longer than the sample that structure is found on.

use super::{csv, load_text, load_with};
use playhead::model::{Encoding, ImportOptions, ProblemCode};

/// About 1 MB.
fn rows(n: usize) -> String {
    (0..n).map(|i| format!("{i},{}.5,name {},2024-01-{:02}\n", i % 977, i % 31, i % 28 + 1)).collect()
}

#[track_caller]
fn read(below: &str, n_rows: usize, footnotes: &[(u64, &str)]) {
    for n in [40_000, 5_000] {
        let text = format!("id,x,name,day\n{}{below}", rows(n));
        let (table, report) = load_text(&text);
        assert_eq!(table.n_rows(), n + n_rows, "{:?}", report.problems);
        let found: Vec<_> =
            report.problems.iter().filter(|problem| problem.code == ProblemCode::Footnote).collect();
        let expected: Vec<_> = footnotes.iter().map(|(line, raw)| (n as u64 + line, *raw)).collect();
        let found: Vec<_> = found.into_iter().map(|problem| (problem.line, problem.raw.as_str())).collect();
        assert_eq!(found, expected);
        if n_rows == 0 {
            assert_eq!(report.n_problems, footnotes.len() as u64);
            assert_eq!(csv(&table), format!("id,x,name,day\n{}", rows(n)));
        }
    }
}

#[test]
fn footnotes_at_the_end_are_left_out() {
    read("Source: the warehouse, 2024\n", 0, &[(2, "Source: the warehouse, 2024")]);
    read(
        "\nTotal: all rows of the year\n* estimated",
        0,
        &[(3, "Total: all rows of the year"), (4, "* estimated")],
    );
    read("\n\nExported by the reporting tool\n\n", 0, &[(4, "Exported by the reporting tool")]);
}

#[test]
fn rows_at_the_end_stay_rows() {
    read("", 0, &[]);
    read("40000,1.5,last,2024-01-01\n", 1, &[]);
    read("40000,1.5,last\n", 1, &[]);
    // A row of totals has values in its place.
    read("Total,1.5,,\n", 1, &[]);
}

#[test]
fn footnotes_in_other_encodings() {
    let below = "\nQuelle: Bücher für alle\n";
    let text = format!("id,x,name,day\n{}{below}", rows(20_000));
    let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [(latin1, Encoding::Windows1252), (utf16, Encoding::Utf16Le)] {
        let (table, report) = load_with(bytes, &ImportOptions::default());
        assert_eq!((report.encoding, table.n_rows()), (encoding, 20_000));
        assert_eq!(
            (report.problems[0].line, report.problems[0].raw.as_str()),
            (20_003, "Quelle: Bücher für alle")
        );
    }
}

#[test]
fn who_names_the_first_line_gets_all_lines() {
    let text = format!("id,x,name,day\n{}Source: here\n", rows(20_000));
    let options = ImportOptions { first_line: Some(1), ..ImportOptions::default() };
    assert_eq!(load_with(text, &options).0.n_rows(), 20_001);
}

#[test]
fn quoted_lines_at_the_end_are_cells() {
    let text = format!("id,x,name,day\n{}7,1.5,\"one\n\nSource: a b\n\",2024-01-01\n", rows(20_000));
    let (table, report) = load_with(text.clone(), &ImportOptions::default());
    assert_eq!((table.n_rows(), report.n_problems), (20_001, 0));
    assert_eq!(csv(&table), text);
}
