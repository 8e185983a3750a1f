//! Keys, relations and the model as SQL: counts against pandas, what must not be taken for a relation, and texts
//! that sqlglot has read.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "relations/cases.rs"]
mod cases;
#[path = "relations/chance.rs"]
mod chance;
#[path = "relations/ddl.rs"]
mod ddl;
#[path = "engine/process.rs"]
mod process;
#[path = "relations/session.rs"]
mod session;

use playhead::model::{ColumnOf, DataModel, EngineError, ImportOptions, RelationEnds, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, find_relations, load};

fn table(name: &str, text: &str) -> Table {
    let source = MemorySource::new("t.csv", text.as_bytes().to_vec());
    let options = ImportOptions::default();
    block_on(load(name, &source, TableOrigin::Text, &options, &Pace::unhosted())).unwrap().0
}

fn found(tables: &[Table]) -> DataModel {
    let tables: Vec<&Table> = tables.iter().collect();
    block_on(find_relations(&tables, &Pace::unhosted())).unwrap()
}

fn ends(from: (&str, &str), to: (&str, &str)) -> RelationEnds {
    let end = |(table, column): (&str, &str)| ColumnOf { table: table.into(), column: column.into() };
    RelationEnds { from: end(from), to: end(to) }
}

/// The relations as "child.column > parent.column".
fn arrows(model: &DataModel) -> Vec<String> {
    let arrow = |relation: &playhead::model::Relation| {
        let (from, to) = (&relation.from, &relation.to);
        format!("{}.{} > {}.{}", from.table, from.column, to.table, to.column)
    };
    model.relations.iter().map(arrow).collect()
}

fn key_of(model: &DataModel, table: &str) -> Vec<String> {
    model.tables.iter().find(|keys| keys.table == table).unwrap().primary_key.clone()
}

fn ddl(
    tables: &[Table],
    dialect: playhead::model::DdlDialect,
    relations: &[RelationEnds],
) -> Result<String, EngineError> {
    let tables: Vec<&Table> = tables.iter().collect();
    block_on(playhead::tables::write_ddl(&tables, dialect, relations, &Pace::unhosted()))
}
