//! What the engine said, written into the state.

use super::command::Effect;
use super::slot::{MAX_CRASHES, Slot, SlotId};
use super::state::{EngineStatus, Notice, Screen, SourceKind, State};
use super::{dashboard, preview, recipe, relations, suggest};
use crate::analyses::AnalysisResult;
use crate::format;
use crate::model::{EngineError, ErrorCode, Page, RecipeReport, TableInfo};
use crate::protocol::{LoadedTable, Message, Outcome, PROTOCOL, Progress, Ready, Reply, Request, VERSION};
use std::sync::Arc;

/// Pages of the grid kept beside the ones on view.
const MAX_PAGES: usize = 24;
/// Deaths without an answer in between, after which the page gives up.
const MAX_DEATHS: u32 = 3;

/// The worker's first word. A worker of another version is a stale copy: the page reloads itself.
pub fn ready(state: &mut State, ready: &Ready) -> Vec<Effect> {
    if ready.protocol != PROTOCOL || ready.version != VERSION {
        state.engine.status = EngineStatus::Failed;
        let text = format!(
            "The page is version {VERSION} and its engine is version {}. Reload to bring them together.",
            ready.version
        );
        notify(state, text, |notice| notice.offers_reload = true);
        return vec![Effect::ReloadOnce];
    }
    state.engine.status = EngineStatus::Ready;
    Vec::new()
}

/// The worker is gone and its tables with it. Results stay on the screen.
pub fn died(state: &mut State) -> Vec<Effect> {
    let engine = &mut state.engine;
    engine.n_deaths_in_a_row += 1;
    for (id, slot) in engine.slots.iter_mut() {
        if slot.request_id.take().is_some() {
            slot.n_crashes += 1;
            slot.is_superseded = false;
            slot.is_slow = false;
        }
        if slot.n_crashes >= MAX_CRASHES && !slot.asked_key.is_empty() {
            slot.answered_key.clone_from(&slot.asked_key);
            let message = "The engine stopped while it worked on this, twice.";
            let error = EngineError::new(ErrorCode::Internal, message);
            slot.error = Some(error.hint("change an option, or use fewer rows"));
        } else if matches!(id, SlotId::Source(_) | SlotId::BrushOpen) {
            slot.answered_key.clear();
        }
    }
    if engine.n_deaths_in_a_row >= MAX_DEATHS {
        engine.status = EngineStatus::Failed;
        let text = "The engine does not start. Check the connection and reload the page.";
        notify(state, text.into(), |notice| notice.offers_reload = true);
        return Vec::new();
    }
    // A worker that never answered took nothing with it: it is started again without a word.
    if !engine.tables.is_empty() {
        let n = engine.tables.len() as u64;
        let what = format::plural(n, "table is", "tables are");
        notify(state, format!("The engine stopped and was started again; {what} being read again."), |_| {});
    }
    state.engine.status = EngineStatus::Restarting;
    vec![Effect::RestartWorker]
}

pub fn answered(state: &mut State, message: Message) {
    let Some(request_id) = message.id else { return };
    let slot = state.engine.slots.iter_mut().find(|(_, slot)| slot.request_id == Some(request_id));
    // Answers to cancel, and to questions of a worker that is gone, belong to no slot.
    let Some((slot_id, slot)) = slot else { return };
    let slot_id = slot_id.clone();
    match message.outcome {
        Outcome::Progress(Progress { done, stage }) => {
            slot.done = done;
            slot.stage = stage;
            return;
        }
        Outcome::Error(error) => {
            slot.request_id = None;
            slot.is_slow = false;
            if error.code == ErrorCode::Cancelled && slot.is_superseded {
                slot.is_superseded = false;
            } else {
                slot.is_superseded = false;
                slot.answered_key.clone_from(&slot.asked_key);
                slot.error = Some(error.clone());
                failed(state, &slot_id, &error);
            }
        }
        Outcome::Reply(reply) => {
            slot.request_id = None;
            slot.is_slow = false;
            slot.is_superseded = false;
            slot.error = None;
            slot.n_crashes = 0;
            slot.answered_key.clone_from(&slot.asked_key);
            state.engine.n_deaths_in_a_row = 0;
            replied(state, &slot_id, *reply);
        }
    }
    first_analysis(state);
}

fn failed(state: &mut State, slot_id: &SlotId, error: &EngineError) {
    match slot_id {
        SlotId::Errand => notify(state, error.to_string(), |_| {}),
        SlotId::Source(_) | SlotId::Analysis(_) => {
            state.chrome.announcement = format!("Error: {}", error.message);
        }
        SlotId::JoinDryRun => state.engine.join_report = None,
        // Tables changed since it was opened.
        SlotId::Brush if error.code == ErrorCode::UnknownIndex => {
            if let Some(slot) = state.engine.slots.get_mut(&SlotId::BrushOpen) {
                slot.forget();
            }
        }
        SlotId::Page(_)
        | SlotId::PickedRows(_)
        | SlotId::BrushOpen
        | SlotId::Brush
        | SlotId::Profile
        | SlotId::Sniff(_)
        | SlotId::Bars
        | SlotId::Relations(_)
        | SlotId::Quality(_)
        | SlotId::StepColumns
        | SlotId::StepDraft => {}
    }
}

fn replied(state: &mut State, slot_id: &SlotId, reply: Reply) {
    match (slot_id, reply) {
        (SlotId::Source(id), Reply::Loaded { table, report, also }) => {
            let mut words = format!("{}: {} read.", table.name, format::plural(table.n_rows, "row", "rows"));
            if !also.is_empty() {
                let more = format::plural(also.len() as u64, "more table", "more tables");
                words.push_str(&format!(" The file holds {more}."));
            }
            state.chrome.announcement = words;
            let mut tables = Vec::with_capacity(1 + also.len());
            for LoadedTable { table, report } in std::iter::once(LoadedTable { table, report }).chain(also) {
                state.engine.parse_reports.insert(table.name.clone(), Arc::new(report));
                tables.push(table);
            }
            made(state, *id, tables);
        }
        (SlotId::Source(id), Reply::Generated { tables, truths }) => {
            state.engine.truths.insert(*id, Arc::new(truths));
            made(state, *id, tables);
        }
        (SlotId::Source(id), Reply::Joined { table, .. }) => made(state, *id, table.into_iter().collect()),
        (SlotId::Source(id), Reply::Recipe { table, report }) => ran(state, *id, table, report),
        (SlotId::StepColumns, Reply::Recipe { report, .. }) => {
            state.engine.step_columns = Some(Arc::new(report.columns));
        }
        (SlotId::JoinDryRun, Reply::Joined { report, .. }) => {
            state.engine.join_report = Some(Arc::new(report));
        }
        (SlotId::Analysis(id), Reply::Result { result }) => {
            state.chrome.announcement = format!("Result updated. {}", sentence(&result));
            state.engine.results.insert(*id, Arc::new(result));
        }
        (SlotId::Page(_), Reply::Preview { page }) => keep_page(state, page),
        (SlotId::PickedRows(table), Reply::Preview { page }) => {
            *state.engine.picked_rows.get_or_default(table.clone()) = page.n_rows_filtered;
        }
        (SlotId::BrushOpen, Reply::BrushOpened { index, charts }) => {
            (state.engine.brush.index, state.engine.brush.charts) = (index, charts);
        }
        (SlotId::Brush, Reply::Brushed { index, charts, .. }) => {
            dashboard::brush::moved_to(state, index, charts);
        }
        (SlotId::Bars, Reply::Bars { bars }) => state.engine.bars = Some(Arc::new(bars)),
        (SlotId::Profile, Reply::Profile { profile }) => state.engine.profile = Some(Arc::new(profile)),
        (SlotId::Quality(table), Reply::Quality { report }) => {
            state.engine.quality.insert(table.clone(), Arc::new(report));
        }
        (SlotId::Sniff(id), Reply::Sniffed(sniffed)) => preview::answered(state, *id, *sniffed),
        (SlotId::Relations(question), reply) => relations::answered(state, *question, reply),
        _ => {}
    }
}

/// A recipe has made its table.
fn ran(state: &mut State, id: u32, table: Option<TableInfo>, report: RecipeReport) {
    let (before, after) = (format::count(report.n_rows_before), format::count(report.n_rows_after));
    state.chrome.announcement = format!("Steps done: {before} rows before, {after} after.");
    made(state, id, table.into_iter().collect());
    // An answer that comes too late is of other steps; the next one is on its way.
    if state.slot(&SlotId::Source(id)).is_some_and(Slot::is_current) {
        let steps = recipe::edit::steps_of(&state.document, id).to_vec();
        state.engine.recipe_reports.insert(id, recipe::told::Kept { steps, report: Arc::new(report) });
    }
}

fn sentence(result: &AnalysisResult) -> &str {
    match result {
        AnalysisResult::AbTest(result) => &result.sentence,
        AnalysisResult::Describe(result) => &result.sentence,
        AnalysisResult::Correlate(result) => &result.sentence,
        AnalysisResult::Chart(result) => &result.sentence,
    }
}

fn made(state: &mut State, source: u32, tables: Vec<TableInfo>) {
    let names: Vec<&String> = tables.iter().map(|table| &table.name).collect();
    // A table belongs to the source that made it last.
    for (_, others) in state.engine.made.iter_mut() {
        others.retain(|name| !names.contains(&name));
    }
    // Read in another way, a file may make fewer tables than before.
    for old in state.engine.made.get(&source).cloned().unwrap_or_default() {
        if !names.contains(&&old) {
            state.engine.parse_reports.remove(&old);
            state.engine.tables.retain(|table| table.name != old);
            state.engine.errands.push(Request::Drop { table: old });
        }
    }
    state.engine.made.insert(source, tables.iter().map(|table| table.name.clone()).collect());
    for table in tables {
        match state.engine.tables.iter_mut().find(|known| known.name == table.name) {
            Some(known) => *known = Arc::new(table),
            None => state.engine.tables.push(Arc::new(table)),
        }
    }
}

fn keep_page(state: &mut State, page: Page) {
    state.engine.n_rows_shown = Some(page.n_rows_filtered);
    let pages = &mut state.engine.pages;
    pages.retain(|(_, old)| {
        old.table == page.table
            && old.revision == page.revision
            && old.n_rows_filtered == page.n_rows_filtered
    });
    pages.insert(page.offset, Arc::new(page));
    while pages.len() > MAX_PAGES {
        let wanted = &state.engine.wanted_pages;
        let Some(offset) = pages.iter().map(|(offset, _)| *offset).find(|offset| !wanted.contains(offset))
        else {
            break;
        };
        pages.remove(&offset);
        if let Some(slot) = state.engine.slots.get_mut(&SlotId::Page(offset)) {
            slot.forget();
        }
    }
}

/// When the last of the first files is in, the report opens on a sensible analysis of its own.
fn first_analysis(state: &mut State) {
    if !state.engine.awaits_first_analysis || state.chrome.screen != Screen::Lab {
        return;
    }
    let is_settled = state.document.sources.iter().all(|source| {
        let slot = state.engine.slots.get(&SlotId::Source(source.id));
        let is_at_hand = !matches!(&source.kind, SourceKind::File { file_id: None, .. });
        !is_at_hand || slot.is_some_and(|slot| !slot.is_busy() && !slot.answered_key.is_empty())
    });
    if !is_settled {
        return;
    }
    state.engine.awaits_first_analysis = false;
    if state.document.analyses.is_empty()
        && let Some(spec) = suggest::first_spec(&state.engine.tables)
    {
        let id = state.document.take_id();
        state.document.analyses.push(super::state::Analysis { id, spec });
    }
}

/// Shows one line; it replaces the one before.
pub fn notify(state: &mut State, text: String, adjust: impl FnOnce(&mut Notice)) {
    state.chrome.next_notice_id += 1;
    let mut notice =
        Notice { id: state.chrome.next_notice_id, text, offers_undo: false, offers_reload: false };
    adjust(&mut notice);
    state.chrome.notice = Some(notice);
}
