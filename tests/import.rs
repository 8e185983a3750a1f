//! Files as they come: what a user would notice of a load, and that nothing is lost on the way.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "import/binary.rs"]
mod binary;
#[path = "import/bounded.rs"]
mod bounded;
#[path = "import/cases.rs"]
mod cases;
#[path = "import/damaged.rs"]
mod damaged;
#[path = "import/dialects.rs"]
mod dialects;
#[path = "import/grid.rs"]
mod grid;
#[path = "import/header_rows.rs"]
mod header_rows;
#[path = "import/kinds.rs"]
mod kinds;
#[path = "import/look.rs"]
mod look;
#[path = "import/month_names.rs"]
mod month_names;
#[path = "import/numbers_and_dates.rs"]
mod numbers_and_dates;
#[path = "import/properties.rs"]
mod properties;
#[path = "import/reference.rs"]
mod reference;
#[path = "import/reports.rs"]
mod reports;
#[path = "import/shares.rs"]
mod shares;
#[path = "import/tables.rs"]
mod tables;
#[path = "import/tail.rs"]
mod tail;
#[path = "import/units.rs"]
mod units;
#[path = "import/values.rs"]
mod values;
#[path = "import/whole_column.rs"]
mod whole_column;

use playhead::model::{EngineError, HeaderRow, ImportOptions, Kind, ParseReport, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, load};

/// Loads bytes as a table named `t` from a file named `t.csv`.
fn try_load(bytes: impl Into<Vec<u8>>, options: &ImportOptions) -> Result<(Table, ParseReport), EngineError> {
    let source = MemorySource::new("t.csv", bytes);
    let origin = TableOrigin::File { name: "t.csv".into() };
    block_on(load("t", &source, origin, options, &Pace::unhosted()))
}

#[track_caller]
fn load_with(bytes: impl Into<Vec<u8>>, options: &ImportOptions) -> (Table, ParseReport) {
    try_load(bytes, options).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn load_text(text: &str) -> (Table, ParseReport) {
    load_with(text, &ImportOptions::default())
}

/// Every cell as text, "-" where it is missing.
fn cells(table: &Table) -> Vec<Vec<String>> {
    let page = table.page(0, u32::MAX, &[], &[]).unwrap();
    page.rows
        .into_iter()
        .map(|row| row.into_iter().map(|cell| cell.unwrap_or("-".into())).collect())
        .collect()
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.column_names().iter().position(|found| *found == name).unwrap();
    cells(table).into_iter().map(|mut row| row.swap_remove(at)).collect()
}

fn kind(table: &Table, name: &str) -> Kind {
    table.kind(name).unwrap()
}

fn csv(table: &Table) -> String {
    String::from_utf8(block_on(table.to_csv(HeaderRow::Always, &Pace::unhosted())).unwrap()).unwrap()
}

fn reason<'r>(report: &'r ParseReport, name: &str) -> &'r str {
    &report.columns.iter().find(|column| column.name == name).unwrap().reason
}
