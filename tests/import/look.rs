//! A look at the beginning of a file before it is loaded.

use super::try_load;
use playhead::model::{DecimalMark, EngineError, ErrorCode, ImportOptions, Kind, Sniffed};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, sniff_file};
use std::fmt::Write;
use std::path::Path;

fn try_sniff(bytes: impl Into<Vec<u8>>, options: &ImportOptions) -> Result<Sniffed, EngineError> {
    block_on(sniff_file(Box::new(MemorySource::new("t.csv", bytes)), options, &Pace::unhosted()))
}

#[track_caller]
fn sniff(bytes: impl Into<Vec<u8>>, options: &ImportOptions) -> Sniffed {
    try_sniff(bytes, options).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn it_is_the_beginning_of_a_load() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/damage");
    let mut n_files = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "csv") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let (table, report) = try_load(bytes.clone(), &ImportOptions::default()).unwrap();
        let sniffed = sniff(bytes, &ImportOptions::default());
        assert!(sniffed.is_whole, "{}", path.display());
        assert_eq!(sniffed.report, report, "{}", path.display());
        let page = table.page(0, Sniffed::MAX_ROWS, &[], &[]).unwrap();
        assert_eq!((sniffed.page.columns, sniffed.page.rows), (page.columns, page.rows));
        n_files += 1;
    }
    assert_eq!(n_files, 100);
}

/// 40,000 rows, of which some hold line ends in quotes: wherever the sample ends, no row of it is cut.
#[test]
fn a_long_file_is_cut_between_rows() {
    let mut text = String::from("id,note,minutes\n");
    for i in 0..40_000 {
        writeln!(text, "{i},\"two\nlines, {i}\",{}.5", i % 60).unwrap();
    }
    let (table, full) = try_load(text.clone(), &ImportOptions::default()).unwrap();
    for wide in [0, 1, 7, 200] {
        let text = text.replace("lines", &"x".repeat(wide + 5));
        let sniffed = sniff(text.clone(), &ImportOptions::default());
        assert!(!sniffed.is_whole);
        assert_eq!(sniffed.report.n_bytes, text.len() as u64);
        assert!((900..=4_000).contains(&sniffed.report.n_rows), "{}", sniffed.report.n_rows);
        assert_eq!(sniffed.report.n_problems, 0, "{:?}", sniffed.report.problems);
        assert_eq!(sniffed.page.rows.len(), 50);
        let kinds = |columns: &[playhead::model::ColumnReport]| -> Vec<Kind> {
            columns.iter().map(|column| column.kind).collect()
        };
        assert_eq!(kinds(&sniffed.report.columns), kinds(&full.columns));
        let first = table.page(49, 1, &[], &[]).unwrap();
        assert_eq!(sniffed.page.rows[49][2], first.rows[0][2]);
        assert_eq!(sniffed.raw.len(), Sniffed::MAX_LINES);
        assert_eq!(sniffed.raw[..2], ["id,note,minutes".to_owned(), "0,\"two".to_owned()]);
    }
}

#[test]
fn options_change_what_is_seen() {
    let text = "a;b\n1,5;2\n3,5;4\n";
    let found = sniff(text, &ImportOptions::default());
    assert_eq!((found.report.delimiter.as_str(), found.page.columns.len()), (";", 2));
    let commas = ImportOptions { delimiter: Some(",".into()), ..ImportOptions::default() };
    assert_eq!(sniff(text, &commas).report.delimiter, ",");
    let point = ImportOptions { decimal_mark: Some(DecimalMark::Point), ..ImportOptions::default() };
    assert_ne!(sniff(text, &point).page.rows, found.page.rows);
    let bare = ImportOptions { header: Some(false), ..ImportOptions::default() };
    assert_eq!(sniff(text, &bare).report.n_rows, 3);
    let mut text = ImportOptions::default();
    text.kinds.insert("c".into(), Kind::Text);
    assert_eq!(try_sniff("a;b\n1;2\n", &text).unwrap_err().code, ErrorCode::UnknownColumn);
}

#[test]
fn nothing_to_see_is_told_as_a_load_tells_it() {
    let empty = sniff("", &ImportOptions::default());
    assert_eq!((empty.report.n_problems, empty.raw.len(), empty.is_whole), (1, 0, true));
    let binary = try_sniff(b"\x7fELF\0\0\0\0\0\0".to_vec(), &ImportOptions::default()).unwrap_err();
    assert_eq!(binary.code, ErrorCode::BinaryFile);
    let one = sniff("name", &ImportOptions::default());
    assert_eq!(one.raw, ["name"]);
    let mac = sniff("a,b\r1,2\r3,4\r", &ImportOptions::default());
    assert_eq!((mac.raw.len(), mac.report.n_rows), (3, 2));
}
