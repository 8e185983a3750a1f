//! Relations between tables as the page knows them: what was found, what the user added and removed, and what to
//! ask for it.

pub mod layout;

use super::answer::notify;
use super::command::Effect;
use super::slot::SlotId;
use super::state::{JoinDraft, Panel, SourceKind, State, View};
use super::update::change;
use crate::model::{
    ColumnOf, DataModel, DdlDialect, EngineError, Relation, RelationEnds, TableInfo, TableOrigin,
};
use crate::protocol::{Reply, Request};
use std::sync::Arc;

/// What the user changed about the relations that were found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RelationEdits {
    pub added: Vec<RelationEnds>,
    pub removed: Vec<RelationEnds>,
}

/// What the engine said of relations.
#[derive(Debug, Clone, Default)]
pub struct RelationAnswers {
    pub found: Option<Arc<DataModel>>,
    /// Those that the user added, measured.
    pub added: Option<Arc<DataModel>>,
    /// The one that is being put together, measured.
    pub draft: Option<Arc<DataModel>>,
    pub ddl: Option<Arc<String>>,
}

/// What is being put together, and how the model is written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RelationSettings {
    pub draft: Option<RelationEnds>,
    pub dialect: DdlDialect,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationQuestion {
    Found,
    Added,
    Draft,
    Ddl,
}

/// What can be done on the view of relations.
#[derive(Debug, Clone, PartialEq)]
pub enum RelationAct {
    Show,
    SetDraft(Box<RelationEnds>),
    Add(Box<RelationEnds>),
    Remove(Box<RelationEnds>),
    /// Puts a join along the relation together.
    Join(Box<RelationEnds>),
    SetDialect(DdlDialect),
}

pub fn act(state: &mut State, act: RelationAct) -> Vec<Effect> {
    match act {
        RelationAct::Show => state.document.view = View::Relations,
        RelationAct::SetDraft(ends) => state.chrome.relations.draft = Some(*ends),
        RelationAct::SetDialect(dialect) => state.chrome.relations.dialect = dialect,
        RelationAct::Add(ends) => {
            let is_found = found(state).iter().any(|relation| relation.ends() == *ends);
            let label = format!("added the relation {}", words(&ends));
            change(state, &label, None, |document| {
                let RelationEdits { added, removed } = &mut document.relations;
                removed.retain(|other| *other != *ends);
                if !is_found && !added.contains(&ends) {
                    added.push(*ends);
                }
            });
            state.chrome.relations.draft = None;
        }
        RelationAct::Remove(ends) => {
            let is_found = found(state).iter().any(|relation| relation.ends() == *ends);
            let label = format!("removed the relation {}", words(&ends));
            change(state, &label, None, |document| {
                let RelationEdits { added, removed } = &mut document.relations;
                added.retain(|other| *other != *ends);
                if is_found && !removed.contains(&ends) {
                    removed.push(*ends);
                }
            });
            notify(state, label.replacen("removed", "Removed", 1) + ".", |notice| notice.offers_undo = true);
        }
        RelationAct::Join(ends) => {
            let RelationEnds { from, to } = *ends;
            state.document.panel = Panel::Join(JoinDraft {
                left: from.table,
                right: to.table,
                left_key: from.column,
                right_key: to.column,
                how: Default::default(),
            });
            return vec![Effect::FocusPanel];
        }
    }
    Vec::new()
}

/// "sessions.user_id to users.user_id".
pub fn words(ends: &RelationEnds) -> String {
    format!("{} to {}", column_words(&ends.from), column_words(&ends.to))
}

pub fn column_words(of: &ColumnOf) -> String {
    format!("{}.{}", of.table, of.column)
}

fn found(state: &State) -> &[Relation] {
    state.engine.relations.found.as_ref().map_or(&[], |model| &model.relations)
}

/// The tables that relations are about: those that were not made of others.
pub fn tables(state: &State) -> Vec<&Arc<TableInfo>> {
    let is_own = |table: &&Arc<TableInfo>| {
        let is_made = matches!(table.origin, TableOrigin::Join { .. } | TableOrigin::Recipe { .. });
        let source = state.source_of(&table.name);
        let has_failed = source
            .and_then(|source| state.slot(&SlotId::Source(source.id)))
            .is_some_and(|slot| slot.error.is_some());
        let is_join = source.is_some_and(|source| matches!(source.kind, SourceKind::Join { .. }));
        source.is_some() && !is_made && !is_join && !has_failed
    };
    state.engine.tables.iter().filter(is_own).collect()
}

/// Both columns are there.
fn is_there(state: &State, ends: &RelationEnds) -> bool {
    let tables = tables(state);
    [&ends.from, &ends.to].into_iter().all(|end| {
        let table = tables.iter().find(|table| table.name == end.table);
        table.is_some_and(|table| table.columns.iter().any(|column| column.name == end.column))
    })
}

/// What the view of relations wants to know, with the tables that it is about.
pub fn wanted(state: &State) -> Vec<(RelationQuestion, Vec<String>, Request)> {
    let tables: Vec<String> = tables(state).iter().map(|table| table.name.clone()).collect();
    let is_crossing = state.document.view == View::Dashboard && tables.len() > 1;
    if !(state.document.view == View::Relations || is_crossing) || tables.is_empty() {
        return Vec::new();
    }
    let measure = |relations: Vec<RelationEnds>| Request::Relations {
        tables: tables.clone(),
        relations: Some(relations),
    };
    let find = Request::Relations { tables: tables.clone(), relations: None };
    let mut wants = vec![(RelationQuestion::Found, tables.clone(), find)];
    let added = &state.document.relations.added;
    let added: Vec<RelationEnds> = added.iter().filter(|ends| is_there(state, ends)).cloned().collect();
    if !added.is_empty() {
        wants.push((RelationQuestion::Added, tables.clone(), measure(added)));
    }
    if is_crossing {
        return wants;
    }
    if let Some(draft) = state.chrome.relations.draft.clone().filter(|ends| is_there(state, ends)) {
        wants.push((RelationQuestion::Draft, tables.clone(), measure(vec![draft])));
    }
    if let Some(shown) = shown(state) {
        let relations = shown.relations.iter().map(|(relation, _)| relation.ends());
        let relations = relations.filter(|ends| is_there(state, ends)).collect();
        let dialect = state.chrome.relations.dialect;
        wants.push((RelationQuestion::Ddl, tables.clone(), Request::Ddl { tables, dialect, relations }));
    }
    wants
}

pub fn answered(state: &mut State, question: RelationQuestion, reply: Reply) {
    let answers = &mut state.engine.relations;
    match (question, reply) {
        (RelationQuestion::Found, Reply::Relations { model }) => answers.found = Some(Arc::new(model)),
        (RelationQuestion::Added, Reply::Relations { model }) => answers.added = Some(Arc::new(model)),
        (RelationQuestion::Draft, Reply::Relations { model }) => answers.draft = Some(Arc::new(model)),
        (RelationQuestion::Ddl, Reply::Ddl { text, .. }) => answers.ddl = Some(Arc::new(text)),
        _ => {}
    }
}

/// The model on view.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub tables: Vec<Arc<TableInfo>>,
    pub model: Arc<DataModel>,
    /// With whether the user added it.
    pub relations: Vec<(Relation, bool)>,
    /// Those that were found and that the user removed.
    pub removed: Vec<RelationEnds>,
}

/// The relations that hold: those that were found or added, without those that were removed.
pub fn ends(state: &State) -> Vec<RelationEnds> {
    let RelationEdits { added, removed } = &state.document.relations;
    let found = found(state).iter().map(Relation::ends).filter(|ends| !removed.contains(ends));
    let added = added.iter().filter(|ends| is_there(state, ends)).cloned();
    let mut all: Vec<RelationEnds> = Vec::new();
    for ends in found.chain(added) {
        if !all.contains(&ends) {
            all.push(ends);
        }
    }
    all
}

/// `None` until relations were looked for.
pub fn shown(state: &State) -> Option<Shown> {
    let model = state.engine.relations.found.clone()?;
    let tables: Vec<Arc<TableInfo>> = tables(state).into_iter().cloned().collect();
    let RelationEdits { added, removed } = &state.document.relations;
    let mut relations = Vec::new();
    let mut taken_away = Vec::new();
    for relation in &model.relations {
        let ends = relation.ends();
        if !is_there(state, &ends) {
            continue;
        }
        if removed.contains(&ends) {
            taken_away.push(ends);
        } else {
            relations.push((relation.clone(), false));
        }
    }
    let measured = state.engine.relations.added.as_ref().map_or(&[][..], |model| &model.relations);
    for relation in measured {
        let ends = relation.ends();
        let is_new = !relations.iter().any(|(other, _)| other.ends() == ends);
        if added.contains(&ends) && is_new && is_there(state, &ends) {
            relations.push((relation.clone(), true));
        }
    }
    Some(Shown { tables, model, relations, removed: taken_away })
}

/// What the engine said against a question; only of the latest one.
pub fn error(state: &State, question: RelationQuestion) -> Option<EngineError> {
    state.slot(&SlotId::Relations(question)).filter(|slot| slot.is_current())?.error.clone()
}

/// The relation that is being put together: as the user chose, else from the second table to the first.
pub fn draft(state: &State) -> Option<RelationEnds> {
    let tables = tables(state);
    let kept = state.chrome.relations.draft.clone().filter(|ends| is_there(state, ends));
    kept.or_else(|| {
        let (parent, child) = match tables.as_slice() {
            [] => return None,
            [only] => (only, only),
            [parent, child, ..] => (parent, child),
        };
        let end = |table: &TableInfo| ColumnOf {
            table: table.name.clone(),
            column: table.columns.first().map(|column| column.name.clone()).unwrap_or_default(),
        };
        Some(RelationEnds { from: end(child), to: end(parent) })
    })
}
