//! What keeping does to the state. Pure, like the update that calls it.

use super::state::{Found, KeptCommand, KeptEffect, Status, bare};
use crate::model::{ScenarioSpec, UiExperimentSpec};
use crate::ui::answer::notify;
use crate::ui::command::{Effect, FileAtHand};
use crate::ui::contents::wanted_files;
use crate::ui::order::order;
use crate::ui::state::{Dialog, Document, Panel, Screen, State, View};
use crate::ui::update::replace_document;
use crate::ui::{case_study, contents};

pub fn apply(state: &mut State, command: KeptCommand) -> Vec<Effect> {
    let effect = match command {
        KeptCommand::Looked(found) => return looked(state, found),
        KeptCommand::SaveEnded(end) => {
            if state.kept.status == Status::Saving {
                state.kept.status = match end {
                    Ok(()) => Status::Saved,
                    Err(reason) => Status::Failed(reason),
                };
            }
            return Vec::new();
        }
        KeptCommand::Taken { work, opens, files } => return taken(state, &work, opens, files),
        KeptCommand::SwitchedElsewhere(is_on) => {
            switch(state, is_on);
            KeptEffect::Look
        }
        KeptCommand::WorkspaceRead { document, files } => return workspace_read(state, &document, &files),
        KeptCommand::Remarked { text, is_carrying } => {
            state.kept.is_carrying = is_carrying;
            // The line of notice is covered by the panel.
            if state.chrome.dialog == Dialog::Storage {
                state.kept.remark = text;
            } else {
                notify(state, text, |_| {});
            }
            return Vec::new();
        }
        KeptCommand::Continue(work) => {
            state.chrome.dialog = Default::default();
            let adopts = state.document.sources.is_empty();
            KeptEffect::Take { work, adopts, opens: true }
        }
        KeptCommand::Forget(work) => {
            if state.kept.found.as_ref().is_some_and(|found| found.own == work) {
                state.kept.status = Status::Forgotten;
            }
            KeptEffect::Forget(work)
        }
        KeptCommand::ForgetAll => {
            if state.kept.status != Status::Off {
                state.kept.status = Status::Forgotten;
            }
            KeptEffect::ForgetAll
        }
        KeptCommand::KeepAgain => return save(state),
        KeptCommand::SetKeeping(is_on) => {
            switch(state, is_on);
            let mut effects = vec![Effect::Kept(KeptEffect::SetKeeping(is_on))];
            if is_on && is_worth_keeping(&state.document) {
                effects.extend(save(state));
            }
            return effects;
        }
        KeptCommand::AskToPersist => KeptEffect::AskToPersist,
        KeptCommand::ExportWorkspace => {
            state.kept.is_carrying = true;
            state.kept.remark = "Saving the workspace.".into();
            KeptEffect::ExportWorkspace
        }
    };
    vec![Effect::Kept(effect)]
}

fn switch(state: &mut State, is_on: bool) {
    let can_keep = state.kept.found.as_ref().is_some_and(|found| found.obstacle.is_none());
    if can_keep {
        state.kept.status = if is_on { Status::Idle } else { Status::Off };
    }
}

fn looked(state: &mut State, found: Box<Found>) -> Vec<Effect> {
    let is_first = state.kept.status == Status::Looking;
    let status = match &found.obstacle {
        Some(obstacle) => Status::Impossible(obstacle.clone()),
        None if !found.is_on => Status::Off,
        None => Status::Idle,
    };
    let can_keep = status == Status::Idle;
    state.kept.found = Some(found);
    if !is_first {
        return Vec::new();
    }
    let put_in = if can_keep { put_in(state, true) } else { Vec::new() };
    if !put_in.is_empty() {
        // Still looking, until the files are there.
        return put_in;
    }
    state.kept.status = status;
    if is_worth_keeping(&state.document) { save(state) } else { Vec::new() }
}

/// Asks for kept files that the document on screen waits for, or for the whole work where the address names
/// none. `is_start`: the page was just loaded, so that the tab may go on with the work it had.
pub fn put_in(state: &State, is_start: bool) -> Vec<Effect> {
    let Some(found) = &state.kept.found else { return Vec::new() };
    if state.chrome.screen != Screen::Lab {
        return Vec::new();
    }
    let document = &state.document;
    let session = found.works.iter().find(|work| work.id == found.session);
    let take = |work: &super::state::Work, adopts: bool, opens: bool| {
        vec![Effect::Kept(KeptEffect::Take { work: work.id.clone(), adopts: adopts && is_start, opens })]
    };
    if document.sources.is_empty() {
        // "#/lab" alone means the work under way; a tab that had emptied its document stays empty.
        let newest = || found.works.iter().find(|work| work.has_data() && !work.is_open_elsewhere);
        let work = if session.is_some() { session.filter(|work| work.has_data()) } else { newest() };
        let is_bare = document.analyses.is_empty() && is_start;
        return work.filter(|_| is_bare).map_or(Vec::new(), |work| take(work, true, true));
    }
    let wanted = wanted_files(document);
    let n_wanted = wanted.len();
    let same = found.works.iter().find(|work| work.holds(document) && !work.is_open_elsewhere);
    let is_same = session.is_some_and(|work| work.holds(document));
    if let Some(work) = session.filter(|work| is_same || n_wanted > 0 && work.n_found(&wanted) == n_wanted) {
        return take(work, true, false);
    }
    if let Some(work) = same.filter(|work| work.n_found(&wanted) == n_wanted && (is_start || n_wanted > 0)) {
        return take(work, true, false);
    }
    let n_found = |idx: usize| found.works[idx].n_found(&wanted);
    let best_first = order(found.works.len(), &|a, b| n_found(a) > n_found(b));
    let best = best_first.first().copied().filter(|idx| n_found(*idx) > 0);
    best.map_or(Vec::new(), |idx| take(&found.works[idx], false, false))
}

fn taken(state: &mut State, id: &str, opens: bool, files: Vec<FileAtHand>) -> Vec<Effect> {
    let is_start = state.chrome.screen == Screen::Start;
    if state.kept.status == Status::Looking {
        state.kept.status = Status::Idle;
    }
    let mut lost = Vec::new();
    let found = state.kept.found.as_ref();
    if let Some(work) = found.and_then(|found| found.works.iter().find(|work| work.id == id)).cloned() {
        lost.extend(work.files.iter().filter(|file| !file.is_there).map(|file| file.name.clone()));
        if let Some(document) = work.document.filter(|_| opens) {
            replace_document(state, &document, "opened kept work");
        }
    }
    give(state, &files);
    if opens {
        state.chrome.screen = Screen::Lab;
    }
    if !lost.is_empty() {
        let text =
            format!("{} was not kept whole. Choose it again to see the whole report.", lost.join(", "));
        notify(state, text, |_| {});
    }
    // What was read anew is kept already, but under this tab's name it may not be.
    let mut effects = save(state);
    if opens {
        effects.push(Effect::WriteLink { is_new_page: is_start });
    }
    effects
}

fn workspace_read(state: &mut State, document: &Document, files: &[FileAtHand]) -> Vec<Effect> {
    let is_start = state.chrome.screen == Screen::Start;
    state.kept.is_carrying = false;
    state.chrome.dialog = Default::default();
    replace_document(state, document, "opened a workspace");
    give(state, files);
    state.chrome.screen = Screen::Lab;
    let mut text = "Opened the workspace.".to_owned();
    let missing: Vec<&str> = wanted_files(&state.document).iter().map(|file| file.name).collect();
    if !missing.is_empty() {
        text.push_str(&format!(
            " It does not hold {}: choose it to see the whole report.",
            missing.join(", ")
        ));
    }
    notify(state, text, |_| {});
    vec![Effect::WriteLink { is_new_page: is_start }]
}

/// Gives files to the sources that wait for them. Others of their names are not put in.
fn give(state: &mut State, files: &[FileAtHand]) {
    state.engine.file_ids.extend(files.iter().map(|file| file.file_id));
    for file in files {
        contents::give(&mut state.document, file, false);
    }
    if state.document.analyses.is_empty() && !files.is_empty() {
        state.engine.awaits_first_analysis = true;
    }
}

/// After each command that changed the document.
pub fn after_change(state: &mut State, before: &Document) -> Vec<Effect> {
    let document = &state.document;
    let is_other = !document.sources.iter().any(|source| before.source(source.id).is_some());
    let is_wanted = match state.kept.status {
        Status::Looking | Status::Off | Status::Impossible(_) => false,
        Status::Forgotten => is_other && is_worth_keeping(document),
        Status::Idle => is_worth_keeping(document),
        Status::Saving | Status::Saved | Status::Failed(_) => true,
    };
    if is_wanted && state.chrome.screen == Screen::Lab { save(state) } else { Vec::new() }
}

fn save(state: &mut State) -> Vec<Effect> {
    if matches!(state.kept.status, Status::Looking | Status::Off | Status::Impossible(_)) {
        return Vec::new();
    }
    state.kept.status = Status::Saving;
    vec![Effect::Kept(KeptEffect::SaveSoon)]
}

/// A case study that was only looked at comes back by its address.
fn is_worth_keeping(document: &Document) -> bool {
    let world = ScenarioSpec::UiExperiment(UiExperimentSpec::default());
    let plain = |document: &Document| Document { view: View::Report, panel: Panel::None, ..bare(document) };
    !document.sources.is_empty() && plain(document) != plain(&case_study::document(&world))
}
