//! What the document is made from: files and generated worlds, added, replaced, removed and joined.

use super::answer::notify;
use super::command::{Effect, FileAtHand};
use super::contents::Likeness;
use super::state::{DataSource, Document, JoinDraft, Panel, Screen, SourceKind, State, View};
use super::update::{change, replace_document, set_table};
use super::{contents, preview, recipe, suggest};
use crate::model::{ImportOptions, ScenarioSpec};

pub fn add_files(state: &mut State, files: Vec<FileAtHand>) -> Vec<Effect> {
    add(state, files, false)
}

/// Takes a file for the source that waits for another of its name, because the user said so.
pub fn load_anyway(state: &mut State, file_id: u32) -> Vec<Effect> {
    let file = state.chrome.other_files.iter().find(|file| file.file_id == file_id).cloned();
    add(state, file.into_iter().collect(), true)
}

fn add(state: &mut State, files: Vec<FileAtHand>, takes_other: bool) -> Vec<Effect> {
    if files.is_empty() {
        return Vec::new();
    }
    state.engine.file_ids.extend(files.iter().map(|file| file.file_id));
    let is_new = state.chrome.screen == Screen::Start;
    if is_new {
        replace_document(state, &Document::default(), "opened other files");
        state.chrome.screen = Screen::Lab;
    }
    state.engine.awaits_first_analysis = state.document.analyses.is_empty();
    let mut replaced = Vec::new();
    let before = state.document.clone();
    let made: Vec<String> = state.engine.made.iter().flat_map(|(_, tables)| tables.clone()).collect();
    for file in files {
        state.chrome.other_files.retain(|other| other.name != file.name);
        match contents::give(&mut state.document, &file, takes_other) {
            Likeness::Same => {}
            Likeness::OtherName => replaced.extend(add_file(&mut state.document, file, &made)),
            Likeness::OtherSize | Likeness::OtherContents => {
                let waiting = contents::wanted_files(&state.document);
                let words = waiting.into_iter().find_map(|wanted| contents::difference(wanted, file.known()));
                state.chrome.announcement = words.unwrap_or_default();
                state.chrome.other_files.push(file);
            }
        }
    }
    if !before.sources.is_empty() && state.document != before {
        state.history.keep(before, "added data", None);
    }
    if !replaced.is_empty() {
        let text = format!("{} replaced the file of that name.", replaced.join(", "));
        notify(state, text, |notice| notice.offers_undo = true);
    }
    vec![Effect::WriteLink { is_new_page: is_new }]
}

/// Adds a file for which no source waits. Returns its name where it replaced another.
/// `made`: names of tables that there are.
fn add_file(document: &mut Document, file: FileAtHand, made: &[String]) -> Option<String> {
    let has_name = |source: &&mut DataSource| {
        source
            .kind
            .file()
            .is_some_and(|(known, _)| contents::compare(known, file.known()) != Likeness::OtherName)
    };
    if let Some(source) = document.sources.iter_mut().find(has_name) {
        contents::put(&mut source.kind, &file);
        return Some(file.name);
    }
    let mut taken = document.table_names();
    taken.extend_from_slice(made);
    let table = suggest::free_name(&suggest::table_name(&file.name), &taken);
    let id = document.take_id();
    let kind = SourceKind::File {
        file_id: Some(file.file_id),
        name: file.name,
        n_bytes: file.n_bytes,
        fingerprint: file.fingerprint,
        table,
        options: ImportOptions::default(),
    };
    document.sources.push(DataSource { id, kind });
    None
}

pub fn remove_source(state: &mut State, id: u32) {
    let Some(source) = state.document.source(id) else { return };
    let (label, kind) = (source.label(), source.kind.clone());
    let mut gone = kind.table_names();
    gone.extend(state.engine.made.get(&id).cloned().unwrap_or_default());
    change(state, &format!("removed {label}"), None, |document| {
        document.sources.retain(|source| source.id != id);
        recipe::edit::point_back(document, &kind);
        if matches!(&document.view, View::Table { table, .. } if gone.contains(table)) {
            document.view = View::Report;
        }
        if document.panel == Panel::World(id) || document.panel == Panel::Recipe(id) {
            document.panel = Panel::None;
        }
    });
    notify(state, format!("Removed {label}."), |notice| notice.offers_undo = true);
}

pub fn set_import_options(state: &mut State, id: u32, new: ImportOptions) {
    if preview::set_options(state, id, &new) {
        return;
    }
    change(state, "changed how a file is read", None, |document| {
        let source = document.sources.iter_mut().find(|source| source.id == id);
        if let Some(SourceKind::File { options, .. }) = source.map(|source| &mut source.kind) {
            *options = new;
        }
    });
}

pub fn set_world(state: &mut State, id: u32, new: ScenarioSpec, gesture: Option<&'static str>) {
    let gesture = gesture.map(|field| format!("{id}.{field}"));
    change(state, "changed the world", gesture, |document| {
        let source = document.sources.iter_mut().find(|source| source.id == id);
        if let Some(SourceKind::World { spec }) = source.map(|source| &mut source.kind) {
            *spec = new;
        }
    });
}

/// A link has no files; those of the document on screen are taken where they are the ones it means.
pub fn keep_files(from: &Document, to: &mut Document) {
    for (known, file_id) in from.sources.iter().filter_map(|source| source.kind.file()) {
        let Some(file_id) = file_id else { continue };
        let file = FileAtHand {
            file_id,
            name: known.name.into(),
            n_bytes: known.n_bytes,
            fingerprint: known.fingerprint.map(str::to_owned),
        };
        contents::give(to, &file, false);
    }
}

pub fn open_join_panel(state: &mut State) -> Vec<Effect> {
    let offered = suggest::join_offer(state);
    let first_two = || {
        let [a, b, ..] = state.engine.tables.as_slice() else { return None };
        suggest::join_of(a, b).or_else(|| {
            Some(JoinDraft {
                left: a.name.clone(),
                right: b.name.clone(),
                left_key: a.columns.first()?.name.clone(),
                right_key: b.columns.first()?.name.clone(),
                how: Default::default(),
            })
        })
    };
    match offered.or_else(first_two) {
        Some(draft) => {
            state.document.panel = Panel::Join(draft);
            vec![Effect::FocusPanel]
        }
        None => {
            notify(state, "A join needs two tables.".into(), |_| {});
            Vec::new()
        }
    }
}

/// Makes the joined table; analyses of the left table go on with it, so that its new columns are at hand.
pub fn apply_join(state: &mut State, draft: JoinDraft) {
    let into = suggest::join_name(state, &draft.left, &draft.right);
    let JoinDraft { left, right, left_key, right_key, how } = draft;
    change(state, "joined two tables", None, |document| {
        for analysis in &mut document.analyses {
            if analysis.spec.table() == left {
                set_table(&mut analysis.spec, &into);
            }
        }
        let id = document.take_id();
        let kind = SourceKind::Join { left, right, left_key, right_key, how, into: into.clone() };
        document.sources.push(DataSource { id, kind });
        if matches!(document.panel, Panel::Join(_)) {
            document.panel = Panel::None;
        }
    });
    notify(state, format!("Joined into {into}; analyses now use it."), |notice| notice.offers_undo = true);
}
