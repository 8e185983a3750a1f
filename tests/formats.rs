//! Files that are more than one delimited text: gzip, JSON, JSON Lines, Excel workbooks.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "formats/json.rs"]
mod json;
#[path = "formats/json_lines.rs"]
mod json_lines;
#[path = "formats/look.rs"]
mod look;
#[path = "formats/packed.rs"]
mod packed;
#[cfg(not(target_arch = "wasm32"))]
#[path = "formats/properties.rs"]
mod properties;
#[path = "formats/session.rs"]
mod session;
#[path = "formats/xlsx.rs"]
mod xlsx;

use playhead::model::{EngineError, ImportOptions, ParseReport, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, load_all};

/// Loads the bytes of a file as tables named `t`, `t_...`.
fn try_load(
    name: &str,
    bytes: &[u8],
    options: &ImportOptions,
) -> Result<Vec<(Table, ParseReport)>, EngineError> {
    let source = Box::new(MemorySource::new(name, bytes));
    let origin = TableOrigin::File { name: name.into() };
    block_on(load_all("t", source, origin, options, &Pace::unhosted()))
}

#[track_caller]
fn load(name: &str, bytes: &[u8]) -> Vec<(Table, ParseReport)> {
    try_load(name, bytes, &ImportOptions::default()).unwrap_or_else(|error| panic!("{error}"))
}

/// A file that `formats/make_files.py` made.
fn file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats/files").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[track_caller]
fn load_file(name: &str) -> Vec<(Table, ParseReport)> {
    load(name, &file(name))
}

#[track_caller]
fn refused(name: &str, bytes: &[u8]) -> EngineError {
    try_load(name, bytes, &ImportOptions::default()).map(|_| ()).unwrap_err()
}

fn csv(table: &Table) -> String {
    String::from_utf8(block_on(table.to_csv(playhead::model::HeaderRow::Always, &Pace::unhosted())).unwrap())
        .unwrap()
}

/// Names of the tables with their texts.
fn texts(loaded: &[(Table, ParseReport)]) -> Vec<(String, String)> {
    loaded.iter().map(|(table, _)| (table.name().to_owned(), csv(table))).collect()
}

/// Name and kind of every column.
fn kinds(table: &Table) -> Vec<(String, &'static str)> {
    let info = table.info();
    info.columns.into_iter().map(|column| (column.name, column.kind.name())).collect()
}
