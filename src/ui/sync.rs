//! What to ask the engine so that the screen shows the document.
//!
//! [`sync`] compares what the document wants with what was asked and answered, slot by slot, and
//! returns the missing requests. It is called after every command: a changed option, an undo, a
//! finished load and a restarted engine all take this one path.

use super::command::Effect;
use super::recipe::edit::{depends_on, sendable, tables_of};
use super::slot::SlotId;
use super::state::{DataSource, EngineStatus, PAGE_ROWS, Panel, SourceKind, State, TableTab, View};
use super::{dashboard, preview, quality, relations, suggest, wire};
use crate::model::{Recipe, RecipeStep};
use crate::protocol::{Request, Source};

pub fn sync(state: &mut State) -> Vec<Effect> {
    let mut effects = Vec::new();
    forget_removed_tables(state);
    let wanted = wanted(state);
    withdraw_unwanted(state, &wanted, &mut effects);
    for want in wanted {
        ask(state, want, &mut effects);
    }
    send_errand(state, &mut effects);
    effects
}

/// A question, with the key that tells whether an answer is the one to it.
struct Want {
    slot: SlotId,
    key: String,
    /// `None`: wanted, but it cannot be asked yet (a part of it is still loading).
    request: Option<(Request, Option<u32>)>,
}

fn wanted(state: &State) -> Vec<Want> {
    let mut wants = Vec::new();
    for (id, request, file_id) in preview::wanted(state) {
        let key = format!("{}#{file_id}", key_of(&request));
        wants.push(Want { slot: SlotId::Sniff(id), key, request: Some((request, Some(file_id))) });
    }
    for source in &state.document.sources {
        if let Some(want) = want_source(state, source) {
            wants.push(want);
        }
    }
    for analysis in &state.document.analyses {
        let request = Request::Analyze { spec: analysis.spec.clone() };
        wants.push(want_of_table(state, SlotId::Analysis(analysis.id), analysis.spec.table(), request));
    }
    let is_brushed = state.engine.brush.now.is_some();
    if state.document.view == View::Dashboard {
        for (slot, spec, tables) in
            state.document.dashboard.tiles.iter().filter_map(|tile| dashboard::asked(state, tile))
        {
            let table = spec.table().to_owned();
            let request = Request::Analyze { spec };
            // Where the engine says best what is missing, it is asked.
            let want = match tables.as_slice() {
                [_] => want_of_table(state, slot, &table, request),
                tables => want_of_tables(state, slot, tables, request),
            };
            // While a range is dragged, all that is not answered yet makes room for it.
            if !is_brushed || is_answered(state, &want) {
                wants.push(want);
            }
        }
    }
    want_brush(state, &mut wants);
    if state.document.view == View::Dashboard && !state.document.dashboard.picks.is_empty() {
        for (table, filter) in dashboard::counted(state) {
            let mut tables = vec![table.clone()];
            tables.extend(crate::model::Filter::related_tables(&filter).into_iter().map(str::to_owned));
            let (sort, search) = (Vec::new(), String::new());
            let request =
                Request::Preview { table: table.clone(), offset: 0, limit: 0, sort, filter, search };
            let want = want_of_tables(state, SlotId::PickedRows(table), &tables, request);
            if !is_brushed || is_answered(state, &want) {
                wants.push(want);
            }
        }
    }
    if let Some(draft) = join_on_view(state) {
        let request = Request::Join {
            left: draft.left.clone(),
            right: draft.right.clone(),
            left_key: draft.left_key,
            right_key: draft.right_key,
            how: draft.how,
            into: suggest::join_name(state, &draft.left, &draft.right),
            dry_run: true,
        };
        let right = table_key(state, &draft.right);
        let mut want = want_of_table(state, SlotId::JoinDryRun, &draft.left, request);
        want.key.push_str(&right.clone().unwrap_or_default());
        want.request = want.request.filter(|_| right.is_some());
        wants.push(want);
    }
    wants.extend(want_open_step(state));
    if let View::Table { table, tab, sort, filter, search } = &state.document.view {
        match tab {
            TableTab::Rows => {
                let mut has_rows = true;
                for offset in &state.engine.wanted_pages {
                    let request = Request::Preview {
                        table: table.clone(),
                        offset: *offset,
                        limit: PAGE_ROWS,
                        sort: sort.iter().cloned().collect(),
                        filter: filter.clone(),
                        search: search.clone(),
                    };
                    let want = want_of_table(state, SlotId::Page(*offset), table, request);
                    has_rows &= state.slot(&want.slot).is_some_and(|slot| slot.answered_key == want.key);
                    wants.push(want);
                }
                // Rows come first: their charts wait, and are taken back while rows are missing.
                if has_rows {
                    let (table, filter, search) = (table.clone(), filter.clone(), search.clone());
                    let request = Request::Bars { table: table.clone(), filter, search };
                    wants.push(want_of_table(state, SlotId::Bars, &table, request));
                }
            }
            TableTab::Columns => {
                let request = Request::Profile { table: table.clone(), filter: Vec::new() };
                wants.push(want_of_table(state, SlotId::Profile, table, request));
            }
            TableTab::Quality | TableTab::Import => {}
        }
    }
    for (question, tables, request) in relations::wanted(state) {
        wants.push(want_of_tables(state, SlotId::Relations(question), &tables, request));
    }
    want_quality(state, &mut wants);
    wants
}

/// The index of a range that is dragged, and once it is there the newest range.
fn want_brush(state: &State, wants: &mut Vec<Want>) {
    let Some((request, tables)) = dashboard::brush::open(state) else { return };
    let want = want_of_tables(state, SlotId::BrushOpen, &tables, request);
    let is_open =
        is_answered(state, &want) && state.slot(&want.slot).is_some_and(|slot| slot.error.is_none());
    wants.push(want);
    if let Some(request) = dashboard::brush::moved(state).filter(|_| is_open) {
        wants.push(Want { slot: SlotId::Brush, key: key_of(&request), request: Some((request, None)) });
    }
}

fn is_answered(state: &State, want: &Want) -> bool {
    state.slot(&want.slot).is_some_and(|slot| slot.answered_key == want.key && !slot.is_busy())
}

/// What looks wrong in the table on view; in other tables, one after another, once all else is answered.
fn want_quality(state: &State, wants: &mut Vec<Want>) {
    let others = quality::others_key(state);
    for (table, is_on_view, request) in quality::wanted(state) {
        let is_idle = wants.iter().all(|want| is_answered(state, want));
        let mut want = want_of_table(state, SlotId::Quality(table.clone()), &table, request);
        want.key.push_str(&others);
        want.request = want.request.filter(|_| is_on_view || is_idle);
        wants.push(want);
    }
}

/// The join that the middle zone is putting together, else the one that is offered.
pub fn join_on_view(state: &State) -> Option<super::state::JoinDraft> {
    match &state.document.panel {
        Panel::Join(draft) => Some(draft.clone()),
        _ => suggest::join_offer(state),
    }
}

fn want_source(state: &State, source: &DataSource) -> Option<Want> {
    let slot = SlotId::Source(source.id);
    let (request, file_id, parts) = match &source.kind {
        SourceKind::File { file_id, name, table, options, .. } => {
            let file_id = file_id.filter(|id| state.engine.file_ids.contains(id))?;
            let request = Request::Load {
                table: table.clone(),
                source: Source::File(name.clone()),
                options: options.clone(),
            };
            (request, Some(file_id), None)
        }
        SourceKind::World { spec } => (Request::Generate { spec: spec.clone() }, None, None),
        SourceKind::Join { left, right, left_key, right_key, how, into } => {
            let request = Request::Join {
                left: left.clone(),
                right: right.clone(),
                left_key: left_key.clone(),
                right_key: right_key.clone(),
                how: *how,
                into: into.clone(),
                dry_run: false,
            };
            let parts = table_key(state, left).zip(table_key(state, right));
            (request, None, Some(parts))
        }
        SourceKind::Recipe { table, steps, into } => {
            return Some(want_recipe(state, slot, table, steps, into));
        }
    };
    let mut key = key_of(&request);
    if let Some(file_id) = file_id {
        key.push_str(&format!("#{file_id}"));
    }
    let can_ask = match parts {
        None => true,
        Some(Some((left, right))) => {
            key.push_str(&left);
            key.push_str(&right);
            true
        }
        Some(None) => {
            key.push('?');
            false
        }
    };
    Some(Want { slot, key, request: can_ask.then_some((request, file_id)) })
}

/// The steps over a table, as they are sent. `into` is empty for a dry run.
fn want_recipe(state: &State, slot: SlotId, table: &str, steps: &[RecipeStep], into: &str) -> Want {
    let steps = sendable(steps);
    let others: Vec<String> = tables_of(&steps).into_iter().map(str::to_owned).collect();
    let recipe = Recipe { table: table.into(), steps, into: into.into(), dry_run: into.is_empty() };
    let request = Request::Recipe(recipe);
    // A table that is made from itself, which only a changed link can bring, is never asked for.
    let is_circle = depends_on(&state.document, into, into);
    if is_circle {
        return Want { slot, key: key_of(&request), request: None };
    }
    let mut want = want_of_table(state, slot, table, request);
    for other in others {
        match table_key(state, &other) {
            Some(key) => want.key.push_str(&key),
            None if state.has_source(&other) => {
                want.key.push('?');
                want.request = None;
            }
            None => {}
        }
    }
    want
}

/// What the form of the open step has to know: the columns before it, and whether what is being typed works.
fn want_open_step(state: &State) -> Vec<Want> {
    let Panel::Recipe(id) = state.document.panel else { return Vec::new() };
    let Some(SourceKind::Recipe { table, steps, .. }) = state.document.source(id).map(|source| &source.kind)
    else {
        return Vec::new();
    };
    let Some(before) = state.chrome.open_step.and_then(|idx| steps.get(..idx)) else { return Vec::new() };
    let mut wants = vec![want_recipe(state, SlotId::StepColumns, table, before, "")];
    if let Some(draft) = &state.chrome.draft {
        let mut steps = before.to_vec();
        steps.push(draft.clone().into());
        wants.push(want_recipe(state, SlotId::StepDraft, table, &steps, ""));
    }
    wants
}

fn want_of_table(state: &State, slot: SlotId, table: &str, request: Request) -> Want {
    let mut key = key_of(&request);
    match table_key(state, table) {
        Some(table_key) => {
            key.push_str(&table_key);
            Want { slot, key, request: Some((request, None)) }
        }
        // The source says whether it is loading or has failed.
        None if state.has_source(table) => {
            key.push('?');
            Want { slot, key, request: None }
        }
        // The engine says best what is missing: its error names the table.
        None => Want { slot, key, request: Some((request, None)) },
    }
}

/// As [`want_of_table`], of several that are all there.
fn want_of_tables(state: &State, slot: SlotId, tables: &[String], request: Request) -> Want {
    let mut key = key_of(&request);
    let keys: Option<Vec<String>> = tables.iter().map(|table| table_key(state, table)).collect();
    key.push_str(&keys.as_ref().map_or_else(|| "?".into(), |keys| keys.concat()));
    Want { slot, key, request: keys.is_some().then_some((request, None)) }
}

/// Name and revision of a table whose source is settled; `None` while it is missing or being remade.
fn table_key(state: &State, table: &str) -> Option<String> {
    let info = state.table(table)?;
    let source = state.source_of(table)?;
    let slot = state.engine.slots.get(&SlotId::Source(source.id))?;
    let is_settled = !slot.is_busy()
        && slot.error.is_none()
        && !slot.answered_key.is_empty()
        && slot.answered_key == want_key(state, source);
    is_settled.then(|| format!("@{table}:{}", info.revision))
}

fn want_key(state: &State, source: &DataSource) -> String {
    want_source(state, source).map(|want| want.key).unwrap_or_default()
}

fn key_of(request: &Request) -> String {
    wire::request_key(request)
}

/// Requests that nothing on the screen waits for any more are taken back.
fn withdraw_unwanted(state: &mut State, wanted: &[Want], effects: &mut Vec<Effect>) {
    let keep: Vec<&SlotId> = wanted.iter().map(|want| &want.slot).collect();
    for (id, slot) in state.engine.slots.iter_mut() {
        if keep.contains(&&*id) || *id == SlotId::Errand {
            continue;
        }
        slot.wanted_key.clear();
        if let (Some(target), false) = (slot.request_id, slot.is_superseded) {
            slot.is_superseded = true;
            let id = take_request_id(&mut state.engine.next_request_id);
            effects.push(Effect::Post { id, request: Box::new(Request::Cancel { target }), file_id: None });
        }
    }
}

fn ask(state: &mut State, want: Want, effects: &mut Vec<Effect>) {
    let is_ready = state.engine.status == EngineStatus::Ready;
    let engine = &mut state.engine;
    // A move is answered before the word that takes it back is read.
    let is_move = want.slot == SlotId::Brush;
    let slot = engine.slots.get_or_default(want.slot);
    if slot.wanted_key != want.key {
        slot.wanted_key.clone_from(&want.key);
        slot.is_cancelled_by_user = false;
    }
    if slot.is_current() && !slot.is_busy() {
        return;
    }
    match slot.request_id {
        Some(_) if slot.asked_key == want.key || slot.is_superseded || is_move => {}
        Some(target) => {
            slot.is_superseded = true;
            let id = take_request_id(&mut engine.next_request_id);
            effects.push(Effect::Post { id, request: Box::new(Request::Cancel { target }), file_id: None });
        }
        None => {
            let Some((request, file_id)) = want.request.filter(|_| is_ready) else { return };
            let id = take_request_id(&mut engine.next_request_id);
            if slot.asked_key != want.key {
                slot.n_crashes = 0;
            }
            slot.request_id = Some(id);
            slot.asked_key = want.key;
            slot.is_superseded = false;
            slot.is_slow = false;
            slot.done = 0.0;
            slot.stage.clear();
            effects.push(Effect::Post { id, request: Box::new(request), file_id });
            if !is_move {
                effects.push(Effect::WatchForSlow(id));
            }
        }
    }
}

/// Tables whose source left the document are dropped in the engine too.
fn forget_removed_tables(state: &mut State) {
    let removed: Vec<u32> = state
        .engine
        .made
        .iter()
        .map(|(id, _)| *id)
        .filter(|id| state.document.source(*id).is_none())
        .collect();
    let names = state.document.table_names();
    for id in removed {
        for table in state.engine.made.remove(&id).unwrap_or_default() {
            state.engine.parse_reports.remove(&table);
            state.engine.quality.remove(&table);
            state.engine.tables.retain(|info| info.name != table);
            // A table of the same name from another source replaces this one by itself.
            if !names.contains(&table) {
                state.engine.errands.push(Request::Drop { table });
            }
        }
        state.engine.truths.remove(&id);
        state.engine.recipe_reports.remove(&id);
        if let Some(slot) = state.engine.slots.get_mut(&SlotId::Source(id)) {
            slot.forget();
        }
    }
}

fn send_errand(state: &mut State, effects: &mut Vec<Effect>) {
    // A table that came back by undo is not dropped after all.
    let mut errands = std::mem::take(&mut state.engine.errands);
    errands.retain(|errand| !matches!(errand, Request::Drop { table } if state.has_source(table)));
    state.engine.errands = errands;
    let engine = &mut state.engine;
    let slot = engine.slots.get_or_default(SlotId::Errand);
    if engine.status != EngineStatus::Ready || slot.is_busy() || engine.errands.is_empty() {
        return;
    }
    let request = engine.errands.remove(0);
    let id = take_request_id(&mut engine.next_request_id);
    slot.request_id = Some(id);
    effects.push(Effect::Post { id, request: Box::new(request), file_id: None });
}

fn take_request_id(next: &mut u64) -> u64 {
    *next += 1;
    *next
}
