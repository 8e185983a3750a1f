//! What has to hold of any bytes and any text. Shared by the runner of `tests/fuzz.rs` and by `fuzz/`.

use playhead::model::{ErrorCode, Escape, HeaderRow, ImportOptions, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, expression, load, load_all};

/// Bytes load or are refused; what was loaded is written, and what was written loads as the same.
pub fn check_load(bytes: &[u8]) {
    let source = Box::new(MemorySource::new("f.csv", bytes));
    let origin = TableOrigin::File { name: "f.csv".into() };
    let loaded = block_on(load_all("t", source, origin, &ImportOptions::default(), &Pace::unhosted()));
    for (table, report) in loaded.unwrap_or_default() {
        assert_eq!(table.n_rows() as u64, report.n_rows, "rows of the table and of its report");
        assert!(report.n_rows_changed <= report.n_rows, "more rows changed than there are");
        for column in &report.columns {
            assert!(column.n_missing + column.n_coerced <= report.n_rows, "more cells than rows");
        }
        if table.n_columns() > 0 {
            check_export(&table);
        }
    }
}

fn check_export(table: &Table) {
    let written = csv(table);
    // A name that begins with a byte order mark, as of a file that has two, cannot be told from a mark.
    if written.starts_with(b"\xef\xbb\xbf") {
        return;
    }
    let again = MemorySource::new("f.csv", written.as_slice());
    let (again, report) =
        match block_on(load("t", &again, TableOrigin::Text, &own_dialect(), &Pace::unhosted())) {
            Ok(loaded) => loaded,
            // A text with control characters could as well be a program.
            Err(error) if error.code == ErrorCode::BinaryFile && written.iter().any(is_control) => return,
            Err(error) => panic!("what was written is refused: {error}"),
        };
    assert_eq!(
        (again.n_rows(), again.n_columns()),
        (table.n_rows(), table.n_columns()),
        "the shape comes back"
    );
    assert_eq!(report.n_rows_padded + report.n_rows_cut, 0, "rows that were written are whole");
    assert!(csv(&again) == written, "cells come back as they were written");
}

fn is_control(byte: &u8) -> bool {
    *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')
}

fn csv(table: &Table) -> Vec<u8> {
    match block_on(table.to_csv(HeaderRow::Always, &Pace::unhosted())) {
        Ok(bytes) => bytes,
        Err(error) => panic!("a table is not written: {error}"),
    }
}

/// The dialect of exports.
fn own_dialect() -> ImportOptions {
    ImportOptions {
        delimiter: Some(",".into()),
        quote: Some("\"".into()),
        escape: Some(Escape::Doubled),
        header_rows: Some(1),
        first_line: Some(1),
        ..ImportOptions::default()
    }
}

/// A text is an expression or an error.
pub fn check_expression(text: &str) {
    let _ = expression::parse(text);
}
