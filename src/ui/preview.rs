//! Files that are looked at before they are loaded: each with its options, and what the engine reads in its beginning.

use super::command::{Effect, FileAtHand};
use super::slot::SlotId;
use super::sources;
use super::state::{Dialog, Screen, SourceKind, State};
use crate::model::{ImportOptions, Sniffed};
use crate::protocol::{Request, Source};
use std::sync::Arc;

/// The first number of a file that is looked at. Sources of documents count from 1 and never get here, so that one
/// command sets the options of either.
const FIRST_NUMBER: u32 = 1 << 31;

#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// The user wants to look before files are loaded.
    pub is_asked: bool,
    pub files: Vec<Looked>,
    /// The one on view, by its place.
    pub at: usize,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    pub file: FileAtHand,
    pub options: ImportOptions,
}

impl Looked {
    /// Its number among sources.
    pub fn id(&self) -> u32 {
        FIRST_NUMBER + self.file.file_id
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum PreviewAct {
    /// Whether to look at files before they are loaded, from now on.
    Ask(bool),
    Look(Vec<FileAtHand>),
    Show(u32),
    LeaveOut(u32),
    Load,
}

pub fn act(state: &mut State, act: PreviewAct) -> Vec<Effect> {
    let preview = &mut state.chrome.preview;
    match act {
        PreviewAct::Ask(is_asked) => {
            preview.is_asked = is_asked;
            return vec![Effect::SaveCheckFirst(is_asked)];
        }
        PreviewAct::Look(files) => {
            for file in files {
                let options = known_options(state, &file.name);
                let files = &mut state.chrome.preview.files;
                // The same file again takes the place of itself.
                files.retain(|looked| looked.file.name != file.name);
                files.push(Looked { file, options });
            }
            if !state.chrome.preview.files.is_empty() {
                state.chrome.dialog = Dialog::Preview;
            }
        }
        PreviewAct::Show(id) => {
            preview.at = preview.files.iter().position(|looked| looked.id() == id).unwrap_or(0);
        }
        PreviewAct::LeaveOut(id) => {
            preview.files.retain(|looked| looked.id() != id);
            preview.at = preview.at.min(preview.files.len().saturating_sub(1));
            state.engine.sniffs.remove(&id);
            if state.chrome.preview.files.is_empty() {
                close(state);
            }
        }
        PreviewAct::Load => {
            let files = std::mem::take(&mut preview.files);
            close(state);
            let at_hand = files.iter().map(|looked| looked.file.clone()).collect();
            let effects = sources::add_files(state, at_hand);
            for source in &mut state.document.sources {
                if let SourceKind::File { file_id: Some(file_id), options, .. } = &mut source.kind
                    && let Some(looked) = files.iter().find(|looked| looked.file.file_id == *file_id)
                {
                    options.clone_from(&looked.options);
                }
            }
            return effects;
        }
    }
    Vec::new()
}

/// A file that takes the place of one that is loaded is read as that one was.
fn known_options(state: &State, file_name: &str) -> ImportOptions {
    let known = state.document.sources.iter().find_map(|source| match &source.kind {
        SourceKind::File { name, options, .. } if name == file_name => Some(options.clone()),
        _ => None,
    });
    known.filter(|_| state.chrome.screen == Screen::Lab).unwrap_or_default()
}

/// Nothing of what was looked at stays.
pub fn close(state: &mut State) {
    state.chrome.dialog = Dialog::None;
    state.chrome.preview.files.clear();
    state.chrome.preview.at = 0;
    state.engine.sniffs.clear();
}

/// Sets the options of a file that is looked at; `false` where the number is of another source.
pub fn set_options(state: &mut State, id: u32, options: &ImportOptions) -> bool {
    let looked = state.chrome.preview.files.iter_mut().find(|looked| looked.id() == id);
    match looked {
        Some(looked) => {
            looked.options.clone_from(options);
            true
        }
        None => id >= FIRST_NUMBER,
    }
}

/// What to ask, the file on view first: number, request, file.
pub fn wanted(state: &State) -> Vec<(u32, Request, u32)> {
    let Preview { files, at, .. } = &state.chrome.preview;
    let on_view = files.get(*at).into_iter();
    let others = files.iter().enumerate().filter(|(i, _)| i != at).map(|(_, looked)| looked);
    on_view
        .chain(others)
        .map(|looked| {
            let source = Source::File(looked.file.name.clone());
            let request = Request::Sniff { source, options: looked.options.clone() };
            (looked.id(), request, looked.file.file_id)
        })
        .collect()
}

pub fn answered(state: &mut State, id: u32, sniffed: Sniffed) {
    if state.chrome.preview.files.iter().any(|looked| looked.id() == id) {
        let n = sniffed.report.columns.len() as u64;
        state.chrome.announcement = format!("Read as {}.", crate::format::plural(n, "column", "columns"));
        state.engine.sniffs.insert(id, Arc::new(sniffed));
    }
}

/// The words for the state of a file in the list.
pub fn state_words(state: &State, looked: &Looked) -> String {
    let slot = state.slot(&SlotId::Sniff(looked.id()));
    if slot.is_some_and(|slot| slot.is_current() && slot.error.is_some()) {
        return "cannot be read like this".into();
    }
    let Some(sniffed) = state.engine.sniffs.get(&looked.id()) else { return "being read".into() };
    let columns = crate::format::plural(sniffed.report.columns.len() as u64, "column", "columns");
    if looked.options == ImportOptions::default() { columns } else { format!("{columns}, options changed") }
}
