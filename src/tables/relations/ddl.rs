//! A data model as SQL: one CREATE TABLE for each table, parents first.

use super::keys::{TableFacts, table_facts};
use super::measure::measure_relations;
use super::sql_names::{in_comment, sql_names};
use super::sql_types::{MAX_KEY_CHARS, SqlType, sql_type};
use crate::format;
use crate::model::{ColumnOf, DdlDialect, EngineError, Kind, Relation, RelationEnds};
use crate::pace::Pace;
use crate::tables::Table;

/// A table on its way into SQL.
struct Draft<'a> {
    facts: TableFacts<'a>,
    name: String,
    columns: Vec<String>,
    types: Vec<SqlType>,
    /// Columns without a missing cell.
    is_complete: Vec<bool>,
}

impl Draft<'_> {
    fn index_of(&self, column: &str) -> Option<usize> {
        self.facts.columns.iter().position(|facts| facts.name == column)
    }

    fn written(&self, column: &str) -> &str {
        self.index_of(column).and_then(|at| self.columns.get(at)).map_or("", String::as_str)
    }

    /// MySQL has no keys of long texts.
    fn is_short(&self, column: &str, dialect: DdlDialect) -> bool {
        let long = |of: &&SqlType| matches!(of, SqlType::Text { longest } if *longest > MAX_KEY_CHARS);
        dialect != DdlDialect::Mysql
            || self.index_of(column).and_then(|at| self.types.get(at)).filter(long).is_none()
    }
}

/// The tables as CREATE TABLE statements: types by kind and range, NOT NULL where no cell is missing, primary keys
/// as they were found, and the given relations as foreign keys. What the rows contradict becomes a comment. The
/// same tables and relations give the same text. Errors as in [`super::measure_relations`].
pub async fn write_ddl(
    tables: &[&Table],
    dialect: DdlDialect,
    relations: &[RelationEnds],
    pace: &Pace,
) -> Result<String, EngineError> {
    let relations = measure_relations(tables, relations, &pace.part(0.0, 0.4)).await?;
    let names: Vec<&str> = tables.iter().map(|table| table.name()).collect();
    let mut drafts = Vec::with_capacity(tables.len());
    for (table, name) in tables.iter().zip(sql_names(&names, dialect, false)) {
        let facts = table_facts(table, &pace.part(0.4, 0.9)).await?;
        let mut types = Vec::with_capacity(table.n_columns());
        let mut is_complete = Vec::with_capacity(table.n_columns());
        for at in 0..table.n_columns() {
            pace.step(0.9, "choosing types").await?;
            types.push(sql_type(table, at)?);
            is_complete.push(table.values_at(at)?.n_missing() == 0);
        }
        let columns = sql_names(&table.column_names(), dialect, true);
        drafts.push(Draft { facts, name, columns, types, is_complete });
    }
    widen(&mut drafts, &relations);
    let order = parents_first(&drafts, &relations);
    let mut sql = head(&drafts, dialect);
    let mut later = String::new();
    for (place, at) in order.iter().enumerate() {
        let Some(draft) = drafts.get(*at) else { continue };
        let is_known = |name: &str| {
            let made = order.iter().take(place + 1).filter_map(|at| drafts.get(*at));
            made.into_iter().any(|draft| draft.facts.table.name() == name)
        };
        create(draft, &drafts, &relations, dialect, &is_known, &mut sql, &mut later);
    }
    sql.push_str(&later);
    Ok(sql)
}

fn head(drafts: &[Draft<'_>], dialect: DdlDialect) -> String {
    let kinds = drafts.iter().flat_map(|draft| &draft.facts.columns).map(|column| column.kind);
    let mut notes = vec![format!(
        "{} for {}. Types, NOT NULL and keys are what the rows at hand show.",
        format::plural(drafts.len() as u64, "table", "tables"),
        dialect.name()
    )];
    if kinds.clone().any(|kind| kind == Kind::DateTime) {
        notes.push("Date-times are UTC.".into());
    }
    if kinds.clone().any(|kind| kind == Kind::Duration) {
        notes.push("Durations are seconds.".into());
    }
    if dialect == DdlDialect::Bigquery {
        notes.push("BigQuery does not check keys; its optimiser takes them for true.".into());
    }
    notes.into_iter().map(|note| format!("-- {note}\n")).collect()
}

/// Both ends of a relation get one type; twice through, so that it reaches the ends of chains.
fn widen(drafts: &mut [Draft<'_>], relations: &[Relation]) {
    for relation in relations.iter().chain(relations).chain(relations.iter().rev()) {
        let place = |end: &ColumnOf| {
            let table = drafts.iter().position(|draft| draft.facts.table.name() == end.table)?;
            Some((table, drafts.get(table)?.index_of(&end.column)?))
        };
        let Some((from, to)) = place(&relation.from).zip(place(&relation.to)) else { continue };
        let of =
            |(table, at): (usize, usize)| drafts.get(table).and_then(|draft| draft.types.get(at)).copied();
        let Some((a, b)) = of(from).zip(of(to)) else { continue };
        for (table, at) in [from, to] {
            if let Some(slot) = drafts.get_mut(table).and_then(|draft| draft.types.get_mut(at)) {
                *slot = a.wider(b);
            }
        }
    }
}

/// Places of tables so that each stands behind those it points to, where that is possible.
fn parents_first(drafts: &[Draft<'_>], relations: &[Relation]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(drafts.len());
    while order.len() < drafts.len() {
        let waits = |at: usize, draft: &Draft<'_>| {
            relations.iter().any(|relation| {
                let parent = drafts.iter().position(|draft| draft.facts.table.name() == relation.to.table);
                relation.from.table == draft.facts.table.name()
                    && parent.is_some_and(|parent| parent != at && !order.contains(&parent))
            })
        };
        let mut left = drafts.iter().enumerate().filter(|(at, _)| !order.contains(at));
        let free = left.clone().find(|(at, draft)| !waits(*at, draft));
        // In a circle the first one goes first, and its foreign key is added at the end.
        match free.or_else(|| left.next()) {
            Some((at, _)) => order.push(at),
            None => break,
        }
    }
    order
}

fn create(
    draft: &Draft<'_>,
    drafts: &[Draft<'_>],
    relations: &[Relation],
    dialect: DdlDialect,
    is_known: &dyn Fn(&str) -> bool,
    sql: &mut String,
    later: &mut String,
) {
    let not_enforced = if dialect == DdlDialect::Bigquery { " NOT ENFORCED" } else { "" };
    let table = draft.facts.table.name();
    let key = &draft.facts.keys.primary_key;
    let has_key = !key.is_empty() && key.iter().all(|column| draft.is_short(column, dialect));
    let mut lines: Vec<String> = Vec::new();
    let mut remarks: Vec<String> = Vec::new();
    let is_in_key = |column: &str| {
        let is_end = |end: &ColumnOf| end.table == table && end.column == column;
        key.iter().any(|key| key == column)
            || relations.iter().any(|relation| is_end(&relation.from) || is_end(&relation.to))
    };
    for (at, column) in draft.facts.columns.iter().enumerate() {
        let written = draft.columns.get(at).zip(draft.types.get(at)).zip(draft.is_complete.get(at));
        let Some(((name, sql_type), is_complete)) = written else { continue };
        let not_null = if *is_complete && draft.facts.table.n_rows() > 0 { " NOT NULL" } else { "" };
        lines.push(format!("{name} {}{not_null}", sql_type.name(dialect, is_in_key(&column.name))));
    }
    if has_key {
        let columns: Vec<&str> = key.iter().map(|column| draft.written(column)).collect();
        lines.push(format!("PRIMARY KEY ({}){not_enforced}", columns.join(", ")));
    } else {
        remarks.push("No column, and no pair of columns, was found to be a key.".into());
    }
    for column in unique_parents(draft, relations) {
        if draft.is_short(&column, dialect) && dialect != DdlDialect::Bigquery {
            lines.push(format!("UNIQUE ({})", draft.written(&column)));
        }
    }
    for relation in relations.iter().filter(|relation| relation.from.table == table) {
        let Some(parent) = drafts.iter().find(|draft| draft.facts.table.name() == relation.to.table) else {
            continue;
        };
        let clause = format!(
            "FOREIGN KEY ({}) REFERENCES {} ({}){not_enforced}",
            draft.written(&relation.from.column),
            parent.name,
            parent.written(&relation.to.column)
        );
        let is_short = draft.is_short(&relation.from.column, dialect);
        if let Some(why) = obstacle(relation, parent, dialect, is_short) {
            remarks.push(format!("{why} It would be:"));
            remarks.push(format!("  {clause}"));
        } else if is_known(&relation.to.table) {
            lines.push(clause);
        } else {
            later.push_str(&format!("\nALTER TABLE {} ADD {clause};\n", draft.name));
        }
    }
    let n_rows = format::plural(draft.facts.table.n_rows() as u64, "row", "rows");
    sql.push_str(&format!("\n-- {n_rows}\nCREATE TABLE {} (\n  ", draft.name));
    sql.push_str(&lines.join(",\n  "));
    sql.push('\n');
    for remark in remarks {
        sql.push_str(&format!("  -- {}\n", in_comment(&remark)));
    }
    sql.push_str(");\n");
}

/// Columns beside the primary key that foreign keys point to.
fn unique_parents(draft: &Draft<'_>, relations: &[Relation]) -> Vec<String> {
    let mut columns: Vec<String> = Vec::new();
    for relation in relations {
        let column = &relation.to.column;
        let points_here = relation.to.table == draft.facts.table.name() && is_unique_parent(relation);
        if points_here && !draft.facts.is_primary(column) && !columns.contains(column) {
            columns.push(column.clone());
        }
    }
    columns
}

/// Every value of the parent stands in one row.
fn is_unique_parent(relation: &Relation) -> bool {
    relation.n_repeated_parents == 0
}

/// Why a relation cannot be a foreign key.
fn obstacle(relation: &Relation, parent: &Draft<'_>, dialect: DdlDialect, is_short: bool) -> Option<String> {
    let (from, to) = (&relation.from, &relation.to);
    if !is_unique_parent(relation) {
        return Some(format!("{} is not different in every row of {}: no foreign key.", to.column, to.table));
    }
    if relation.n_orphan_rows > 0 {
        let have = if relation.n_orphan_rows == 1 { "has" } else { "have" };
        let rows = format::plural(relation.n_orphan_rows, "row", "rows");
        return Some(format!("{rows} {have} a {} that is not in {}: no foreign key.", from.column, to.table));
    }
    if dialect == DdlDialect::Bigquery && !parent.facts.is_primary(&to.column) {
        return Some(format!("{} is not the primary key of {}: no foreign key.", to.column, to.table));
    }
    (!is_short || !parent.is_short(&to.column, dialect))
        .then(|| format!("{} is too long for a key of MySQL: no foreign key.", from.column))
}
