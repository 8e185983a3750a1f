//! Values that another table should have and does not.

use super::finding::{WithStep, finding, plural, quoted};
use super::rows::one_text_of;
use crate::model::{CellExample, EngineError, FilterStep, Finding, FindingSeverity, Relation, Step};
use crate::pace::Pace;
use crate::tables::Table;
use crate::tables::relations::find_relations;
use crate::tables::values::Values;
use hashbrown::HashSet;

/// A step names at most so many values.
const MAX_NAMED: usize = 100;

pub(super) async fn find(table: &Table, others: &[&Table], pace: &Pace) -> Result<Vec<Finding>, EngineError> {
    if others.is_empty() {
        return Ok(Vec::new());
    }
    let tables: Vec<&Table> = std::iter::once(&table).chain(others).copied().collect();
    let model = find_relations(&tables, pace).await?;
    let mut findings = Vec::new();
    for relation in &model.relations {
        let is_own = relation.from.table == table.name() && relation.n_orphan_rows > 0;
        let parent = tables.iter().find(|other| other.name() == relation.to.table);
        if let Some(parent) = parent.filter(|_| is_own) {
            findings.push(orphans(table, parent, relation)?);
        }
    }
    Ok(findings)
}

fn orphans(table: &Table, parent: &Table, relation: &Relation) -> Result<Finding, EngineError> {
    let (from, to) = (&relation.from.column, &relation.to);
    let n_rows = relation.n_orphan_rows as usize;
    let sentence = format!(
        "{} a {from} that {} does not have ({}).",
        plural(n_rows, "row names", "rows name"),
        to.table,
        plural(relation.n_orphan_values as usize, "value", "different values")
    );
    let of = (n_rows, table.n_rows());
    let mut made = finding("orphans", &[from], FindingSeverity::Problem, of, sentence);
    let (at, to_at) = (table.index_of(from)?, parent.index_of(&to.column)?);
    let (values, kind) = (table.values_at(at)?, table.meta(at)?.kind);
    let (parent_values, parent_kind) = (parent.values_at(to_at)?, parent.meta(to_at)?.kind);
    let known: HashSet<String> =
        (0..parent.n_rows()).filter_map(|row| parent_values.display(row, parent_kind)).collect();
    let mut unknown: Vec<String> = Vec::new();
    for row in 0..table.n_rows() {
        let Some(text) = values.display(row, kind).filter(|text| !known.contains(text)) else { continue };
        if made.examples.len() < Finding::MAX_EXAMPLES {
            made.examples.push(CellExample { row: row as u64 + 1, text: text.clone() });
        }
        if !unknown.contains(&text) {
            unknown.push(text);
        }
        if unknown.len() > MAX_NAMED {
            return Ok(made);
        }
    }
    if unknown.len() as u64 == relation.n_orphan_values {
        made.rows = one_text_of(from, unknown.iter().map(String::as_str));
    }
    let literal = |text: &String| match values {
        Values::Integers(_) | Values::Numbers(_) => text.clone(),
        _ => format!("'{}'", text.replace('\'', "''")),
    };
    let list: Vec<String> = unknown.iter().map(literal).collect();
    let Some(name) = quoted(from).filter(|_| unknown.len() as u64 == relation.n_orphan_values) else {
        return Ok(made);
    };
    let expression = Some(format!("{name} is null or {name} not in ({})", list.join(", ")));
    let step = Step::Filter(FilterStep { conditions: Vec::new(), expression });
    Ok(made.mended_by(step, format!("Drop {}", plural(n_rows, "row", "rows"))))
}
