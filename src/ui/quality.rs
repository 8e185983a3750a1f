//! What looks wrong in tables, as the page knows it: when to look, and what a click adds.
//!
//! A table on view is looked through at once. Tables of files are looked through when the engine has nothing else to
//! do, so that the list of data can say what was found; larger ones wait until they are opened.

use super::recipe::edit::{recipe_of, steps_of};
use super::state::{SourceKind, State, View};
use crate::model::{Finding, FindingSeverity, QualityReport, Step, TableOrigin};
use crate::protocol::Request;
use std::sync::Arc;

/// Tables of more rows are looked through only when they are opened.
const MAX_ROWS_UNASKED: u64 = 200_000;

/// The tables to look through, whether at once or only when nothing else is to do, with their requests.
pub fn wanted(state: &State) -> Vec<(String, bool, Request)> {
    let on_view = match &state.document.view {
        View::Table { table, .. } => Some(table.as_str()),
        _ => None,
    };
    let request = |table: &str| Request::Quality { table: table.into() };
    let mut wanted: Vec<(String, bool, Request)> = Vec::new();
    wanted.extend(on_view.map(|table| (table.to_owned(), true, request(table))));
    for info in &state.engine.tables {
        let is_file = state
            .source_of(&info.name)
            .is_some_and(|source| matches!(source.kind, SourceKind::File { file_id: Some(_), .. }));
        if is_file && info.n_rows <= MAX_ROWS_UNASKED && on_view != Some(info.name.as_str()) {
            wanted.push((info.name.clone(), false, request(&info.name)));
        }
    }
    wanted
}

/// What findings depend on beside their own table: the tables that are not made of others.
pub fn others_key(state: &State) -> String {
    let tables = state.engine.tables.iter();
    let is_made =
        |origin: &TableOrigin| matches!(origin, TableOrigin::Join { .. } | TableOrigin::Recipe { .. });
    let keys = tables.filter(|info| !is_made(&info.origin));
    keys.map(|info| format!("+{}:{}", info.name, info.revision)).collect()
}

/// How many findings ask for a look: all but facts.
pub fn n_to_look_at(report: &QualityReport) -> usize {
    report.findings.iter().filter(|finding| finding.severity != FindingSeverity::Fact).count()
}

pub fn report_of(state: &State, table: &str) -> Option<Arc<QualityReport>> {
    state.engine.quality.get(&table.to_owned()).cloned()
}

/// The table that a step goes to: that of the recipe over the table, where one was begun.
pub fn target(state: &State, table: &str) -> String {
    if recipe_of(&state.document, table).is_some() {
        return table.into();
    }
    let mut sources = state.document.sources.iter().rev();
    let begun = sources.find_map(|source| match &source.kind {
        SourceKind::Recipe { table: from, into, .. } if from == table => Some(into.clone()),
        _ => None,
    });
    begun.unwrap_or_else(|| table.into())
}

/// The steps that were already added for the table.
pub fn taken(state: &State, table: &str) -> Vec<Step> {
    let id = recipe_of(&state.document, &target(state, table));
    id.map_or(Vec::new(), |id| steps_of(&state.document, id).iter().map(|step| step.step.clone()).collect())
}

pub fn is_taken(finding: &Finding, taken: &[Step]) -> bool {
    finding.step.as_ref().is_some_and(|step| taken.contains(&step.step))
}
