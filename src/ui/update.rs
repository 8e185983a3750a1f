//! The one place where the state changes.

use super::answer::{self, notify};
use super::command::{Command, Effect};
use super::dashboard::{self, TileContent};
use super::route::Route;
use super::slot::SlotId;
use super::state::{
    Analysis, DataSource, Dialog, Document, PAGE_ROWS, Panel, Screen, SourceKind, State, TableTab, View,
};
use super::{case_study, grid, kept, preview, recipe, relations, same_shape, sources, suggest, sync};
use crate::analyses::{CATALOG, Spec};
use crate::model::{ScenarioSpec, SortKey};
use crate::protocol::{ExportOptions, Request};

/// Applies a command and says what the page has to do. Pure: no clock, no browser.
pub fn update(state: &mut State, command: Command) -> Vec<Effect> {
    let before = state.document.clone();
    if is_act(&command) {
        // What was said about the last act is over with the next one.
        state.chrome.notice = None;
        if !dashboard::brush::goes_on(&command) {
            state.engine.brush.now = None;
        }
    }
    let mut effects = apply(state, command);
    effects.extend(sync::sync(state));
    dashboard::brush::settle(state);
    let has_link = effects.iter().any(|effect| matches!(effect, Effect::WriteLink { .. }));
    if state.document != before {
        effects.extend(kept::update::after_change(state, &before));
        if !has_link && state.chrome.screen == Screen::Lab {
            effects.push(Effect::WriteLink { is_new_page: false });
        }
    }
    effects
}

/// The user did something, as opposed to the engine or to scrolling.
fn is_act(command: &Command) -> bool {
    !matches!(
        command,
        Command::EngineReady(_)
            | Command::EngineDied
            | Command::Answered(_)
            | Command::TurnedSlow(_)
            | Command::NeedRows { .. }
            | Command::DraftStep(_)
            | Command::SetTheme(_)
            | Command::Preview(preview::PreviewAct::Ask(_))
            | Command::Kept(_)
    )
}

fn apply(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::EngineReady(ready) => return answer::ready(state, &ready),
        Command::EngineDied => return answer::died(state),
        Command::Answered(message) => answer::answered(state, *message),
        Command::TurnedSlow(request_id) => {
            let slots = state.engine.slots.iter_mut();
            for (_, slot) in slots.filter(|(_, slot)| slot.request_id == Some(request_id)) {
                slot.is_slow = true;
            }
        }

        Command::AddFiles(files) => return sources::add_files(state, files),
        Command::LoadAnyway(file_id) => return sources::load_anyway(state, file_id),
        Command::RemoveSource(id) => sources::remove_source(state, id),
        Command::SetImportOptions { source, options } => sources::set_import_options(state, source, *options),
        Command::OpenWorld(spec) => return open_world(state, &spec),
        Command::SetWorld { source, spec, gesture } => sources::set_world(state, source, *spec, gesture),
        Command::OpenWorldPanel(source) => {
            state.document.panel = Panel::World(source);
            return vec![Effect::FocusPanel];
        }
        Command::OpenJoinPanel => return sources::open_join_panel(state),
        Command::SetJoinDraft(draft) => state.document.panel = Panel::Join(*draft),
        Command::ApplyJoin(draft) => sources::apply_join(state, *draft),
        Command::DeclineJoin { left, right } => state.chrome.declined_joins.push((left, right)),
        Command::Export { table, format } => {
            let options = ExportOptions::default();
            state.engine.errands.push(Request::Export { table, format, path: None, options });
        }

        Command::NewRecipe(table) => return recipe::edit::new_recipe(state, &table),
        Command::OpenRecipe(source) => return recipe::edit::open(state, source),
        Command::AddStep { table, step } => return recipe::edit::add_step(state, &table, *step),
        Command::SetStep { source, idx, step } => recipe::edit::set_step(state, source, idx, *step),
        Command::RemoveStep { source, idx } => recipe::edit::remove_step(state, source, idx),
        Command::MoveStep { source, idx, is_up } => recipe::edit::move_step(state, source, idx, is_up),
        Command::ToggleStep { source, idx } => recipe::edit::toggle_step(state, source, idx),
        Command::OpenStep(idx) => recipe::edit::open_step(state, idx),
        Command::DraftStep(step) => state.chrome.draft = Some(*step),
        Command::PointBack(source) => {
            let Some(kind) = state.document.source(source).map(|source| source.kind.clone()) else {
                return Vec::new();
            };
            change(state, "pointed the analyses back", None, |document| {
                recipe::edit::point_back(document, &kind);
            });
        }
        Command::ApplyStack(stack) => same_shape::apply(state, *stack),
        Command::DeclineStack(tables) => state.chrome.declined_stacks.push(tables),
        Command::Preview(act) => return preview::act(state, act),
        Command::Relations(act) => return relations::act(state, act),
        Command::Dashboard(act) => return dashboard::act(state, act),
        Command::SaveRunLog(source) => {
            let Some(name) = state.document.source(source).map(DataSource::label) else { return Vec::new() };
            let text = recipe::told::to_csv(&recipe::told::log(state, source));
            return vec![Effect::SaveText { name: format!("{name}_run_log.csv"), text }];
        }

        Command::AddAnalysis(kind) => match suggest::new_spec(state, kind) {
            Some(spec) => return add_spec(state, spec),
            None => notify(state, "Add data first; an analysis needs a table.".into(), |_| {}),
        },
        Command::AddSpec(spec) => return add_spec(state, *spec),
        Command::SetSpec { id, spec } => {
            change(state, "changed an option", None, |document| {
                let analysis = document.analyses.iter_mut().find(|analysis| analysis.id == id);
                let tile = document.dashboard.tiles.iter_mut().find(|tile| tile.id == id);
                match (analysis, tile.map(|tile| &mut tile.content)) {
                    (Some(analysis), _) => analysis.spec = *spec,
                    (None, Some(TileContent::Analysis(old))) => *old = spec,
                    _ => {}
                }
            });
        }
        Command::SelectAnalysis(id) => {
            let is_tile = state.document.dashboard.tile(id).is_some();
            state.document.view = if is_tile { View::Dashboard } else { View::Report };
            state.document.panel = Panel::Analysis(id);
            return vec![Effect::FocusPanel];
        }
        Command::DuplicateAnalysis(id) => {
            if let Some(spec) = state.spec(id).cloned() {
                return insert_spec(state, spec, Some(id), "duplicated an analysis");
            }
        }
        Command::RemoveAnalysis(id) => remove_analysis(state, id),
        Command::MoveAnalysis { id, is_up } => {
            change(state, "moved an analysis", None, |document| {
                let Some(idx) = document.analyses.iter().position(|analysis| analysis.id == id) else {
                    return;
                };
                let other = if is_up { idx.checked_sub(1) } else { Some(idx + 1) };
                if let Some(other) = other.filter(|other| *other < document.analyses.len()) {
                    document.analyses.swap(idx, other);
                }
            });
        }
        Command::ClosePanel => state.document.panel = Panel::None,
        Command::Cancel(slot) => return cancel(state, &slot),
        Command::RunAgain(slot) => {
            if let Some(slot) = state.engine.slots.get_mut(&slot) {
                slot.forget();
            }
        }
        Command::Undo => time_travel(state, true),
        Command::Redo => time_travel(state, false),

        Command::Navigate(route) => {
            navigate(state, *route);
            return kept::update::put_in(state, false);
        }
        Command::ShowReport => state.document.view = View::Report,
        Command::ShowTable { table, tab } => show_table(state, table, tab),
        Command::SortBy(column) => sort_by(state, column),
        Command::FilterRows(filter) => grid::set_filter(state, filter),
        Command::SearchRows(text) => grid::set_search(state, text),
        Command::ShowRowsWhere { table, filter } => grid::show_where(state, table, filter),
        Command::ShowAllRows => grid::show_all(state),
        Command::NeedRows { first, last } => {
            let page = u64::from(PAGE_ROWS);
            state.engine.wanted_pages = (first / page..=last / page).map(|n| n * page).collect();
        }

        Command::SetTheme(theme) => {
            state.chrome.theme = theme;
            return vec![Effect::SaveTheme(theme)];
        }
        Command::OpenDialog(dialog) => {
            state.chrome.dialog = dialog;
            if dialog == Dialog::Storage {
                state.kept.remark.clear();
                return vec![Effect::Kept(kept::KeptEffect::Look)];
            }
        }
        Command::CloseDialog => preview::close(state),
        Command::DismissNotice => state.chrome.notice = None,
        Command::Copy { text, what } => {
            notify(state, format!("Copied {what}."), |_| {});
            return vec![Effect::CopyText(text)];
        }
        Command::CopyLink => {
            let needs_files =
                state.document.sources.iter().any(|source| matches!(source.kind, SourceKind::File { .. }));
            let text = if needs_files {
                "Link copied. It holds the analyses, not your files: whoever opens it is asked for them."
            } else {
                "Link copied. It brings back this world, its seed and every analysis."
            };
            notify(state, text.into(), |_| {});
            return vec![Effect::CopyLink];
        }
        Command::Notify(text) => notify(state, text, |_| {}),
        Command::Kept(command) => return kept::update::apply(state, command),
    }
    Vec::new()
}

/// A change that undo takes back.
pub(super) fn change(
    state: &mut State,
    label: &str,
    gesture: Option<String>,
    edit: impl FnOnce(&mut Document),
) {
    let before = state.document.clone();
    edit(&mut state.document);
    if state.document != before {
        state.history.keep(before, label, gesture);
    }
}

fn time_travel(state: &mut State, is_back: bool) {
    let now = &state.document;
    let found = if is_back { state.history.undo(now) } else { state.history.redo(now) };
    let Some((document, label)) = found else {
        let text = if is_back { "Nothing to undo." } else { "Nothing to redo." };
        notify(state, text.into(), |_| {});
        return;
    };
    // Numbers are never used twice, so that an answer cannot land on another analysis.
    let next_id = state.document.next_id;
    state.document = document;
    state.document.next_id = state.document.next_id.max(next_id);
    grid::forget_rows(state);
    state.chrome.draft = None;
    let what = if is_back { "Undone" } else { "Redone" };
    notify(state, format!("{what}: {label}."), |_| {});
    state.chrome.screen = Screen::Lab;
}

/// A new document takes the place of the old one, which undo brings back.
pub fn replace_document(state: &mut State, document: &Document, label: &str) {
    let document = document.renumbered(state.document.next_id);
    if state.document.sources.is_empty() {
        state.document = document;
    } else {
        change(state, label, None, |now| *now = document);
    }
    state.chrome.other_files.clear();
    grid::forget_rows(state);
    recipe::edit::open_step(state, None);
    state.engine.awaits_first_analysis = false;
}

fn open_world(state: &mut State, spec: &ScenarioSpec) -> Vec<Effect> {
    replace_document(state, &case_study::document(spec), "opened a case study");
    state.chrome.screen = Screen::Lab;
    vec![Effect::WriteLink { is_new_page: true }]
}

fn navigate(state: &mut State, route: Route) {
    match route {
        Route::Start => state.chrome.screen = Screen::Start,
        Route::Lab => state.chrome.screen = Screen::Lab,
        Route::World(spec) => {
            open_unless_open(state, &case_study::document(&spec), "opened a case study");
            state.chrome.screen = Screen::Lab;
        }
        Route::Document(document) => {
            let mut document = *document;
            sources::keep_files(&state.document, &mut document);
            open_unless_open(state, &document, "opened a link");
            state.chrome.screen = Screen::Lab;
        }
        Route::Broken => {
            let text = "This link is incomplete or was changed, so nothing was opened. Ask for it again, or open your files here.";
            notify(state, text.into(), |_| {});
            state.chrome.screen = Screen::Start;
        }
    }
}

/// Going back and forth between screens does not load anything anew.
fn open_unless_open(state: &mut State, document: &Document, label: &str) {
    if state.document.renumbered(0) != document.renumbered(0) {
        replace_document(state, document, label);
    }
}

/// Points a spec at another table.
pub fn set_table(spec: &mut Spec, table: &str) {
    let field = match spec {
        Spec::AbTest(spec) => &mut spec.table,
        Spec::Describe(spec) => &mut spec.table,
        Spec::Correlate(spec) => &mut spec.table,
        Spec::Chart(spec) => &mut spec.table,
    };
    table.clone_into(field);
}

fn add_spec(state: &mut State, spec: Spec) -> Vec<Effect> {
    let name =
        CATALOG.iter().find(|entry| entry.kind == spec.kind()).map_or("an analysis", |entry| entry.name);
    insert_spec(state, spec, None, &format!("added {name}"))
}

fn insert_spec(state: &mut State, spec: Spec, after: Option<u32>, label: &str) -> Vec<Effect> {
    let mut new_id = 0;
    change(state, label, None, |document| {
        let id = document.take_id();
        let idx = document.analyses.iter().position(|analysis| Some(analysis.id) == after);
        let idx = idx.map_or(document.analyses.len(), |idx| idx + 1);
        document.analyses.insert(idx, Analysis { id, spec });
        document.view = View::Report;
        document.panel = Panel::Analysis(id);
        new_id = id;
    });
    vec![Effect::ScrollToAnalysis(new_id)]
}

fn remove_analysis(state: &mut State, id: u32) {
    let Some(kind) = state.spec(id).map(Spec::kind) else { return };
    let name = CATALOG.iter().find(|entry| entry.kind == kind).map_or("analysis", |entry| entry.name);
    change(state, &format!("removed {name}"), None, |document| {
        document.analyses.retain(|analysis| analysis.id != id);
        if document.panel == Panel::Analysis(id) {
            document.panel = Panel::None;
        }
    });
    notify(state, format!("Removed {name}."), |notice| notice.offers_undo = true);
}

fn cancel(state: &mut State, id: &SlotId) -> Vec<Effect> {
    let engine = &mut state.engine;
    let Some(slot) = engine.slots.get_mut(id) else { return Vec::new() };
    let Some(target) = slot.request_id.filter(|_| !slot.is_cancelled_by_user) else { return Vec::new() };
    slot.is_cancelled_by_user = true;
    engine.next_request_id += 1;
    let request = Box::new(Request::Cancel { target });
    vec![Effect::Post { id: engine.next_request_id, request, file_id: None }]
}

pub(super) fn show_table(state: &mut State, table: String, tab: TableTab) {
    let is_same = matches!(&state.document.view, View::Table { table: shown, .. } if *shown == table);
    let (sort, filter, search) = match &state.document.view {
        View::Table { sort, filter, search, .. } if is_same => (sort.clone(), filter.clone(), search.clone()),
        _ => Default::default(),
    };
    if !is_same {
        grid::forget_rows(state);
    }
    state.engine.wanted_pages = vec![0];
    state.document.view = View::Table { table, tab, sort, filter, search };
}

/// The same column again turns the order round, and a third time takes it away.
fn sort_by(state: &mut State, column: String) {
    if let View::Table { sort, .. } = &mut state.document.view {
        *sort = match sort.take() {
            Some(key) if key.column == column && key.descending => None,
            Some(key) if key.column == column => Some(SortKey { column, descending: true }),
            _ => Some(SortKey { column, descending: false }),
        };
    }
}
