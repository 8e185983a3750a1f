//! Recipes: every step against pandas, expressions, errors, and what holds for all of them.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "recipe/cases.rs"]
mod cases;
#[path = "recipe/errors.rs"]
mod errors;
#[path = "recipe/grammar.rs"]
mod grammar;
#[path = "recipe/large.rs"]
mod large;
#[path = "engine/process.rs"]
mod process;
#[path = "recipe/reports.rs"]
mod reports;
#[path = "recipe/session.rs"]
mod session;

use playhead::model::{EngineError, ImportOptions, Kind, Recipe, RecipeReport, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, load, run_recipe};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Loads a text as a table; other kinds than those named are guessed.
fn table(name: &str, text: &str, kinds: &[(&str, Kind)]) -> Table {
    let kinds = kinds.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    table_with(name, text, kinds)
}

fn table_with(name: &str, text: &str, kinds: BTreeMap<String, Kind>) -> Table {
    let options =
        ImportOptions { kinds, missing_tokens: Some(vec![String::new()]), ..ImportOptions::default() };
    let source = MemorySource::new("t.csv", text.as_bytes().to_vec());
    block_on(load(name, &source, TableOrigin::Text, &options, &Pace::unhosted())).unwrap().0
}

/// Runs steps, as JSON, over the first table; the others can be joined.
fn run(tables: &[Table], steps: &Value) -> Result<(Table, RecipeReport), EngineError> {
    let recipe = json!({"table": tables[0].name(), "steps": steps, "into": "out"});
    let recipe: Recipe =
        serde_json::from_value(recipe.clone()).unwrap_or_else(|cause| panic!("{cause}: {recipe}"));
    let other = |name: &str| {
        let known: Vec<&str> = tables.iter().map(Table::name).collect();
        let found = tables.iter().find(|table| table.name() == name);
        found.ok_or_else(|| EngineError::unknown_table(name, &known))
    };
    block_on(run_recipe(&recipe, &tables[0], &other, &Pace::unhosted()))
}

#[track_caller]
fn made(tables: &[Table], steps: Value) -> (Table, RecipeReport) {
    run(tables, &steps).unwrap_or_else(|error| panic!("{error}"))
}

#[track_caller]
fn refused(tables: &[Table], steps: Value) -> EngineError {
    match run(tables, &steps) {
        Ok(_) => panic!("{steps} was accepted"),
        Err(error) => error,
    }
}

fn rows(table: &Table) -> Vec<Vec<Option<String>>> {
    table.page(0, u32::MAX, &[], &[]).unwrap().rows
}

/// The cells of one column, "-" where they are missing.
fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.column_names().iter().position(|found| *found == name).expect("the column is there");
    rows(table).into_iter().map(|mut row| row[at].take().unwrap_or("-".into())).collect()
}

fn csv(table: &Table) -> String {
    String::from_utf8(block_on(table.to_csv(playhead::model::HeaderRow::Always, &Pace::unhosted())).unwrap())
        .unwrap()
}
