//! What the user does to recipes.

use super::parts::{entry_of, missing};
use super::sentence;
use crate::model::{RecipeStep, Step};
use crate::ui::answer::notify;
use crate::ui::command::Effect;
use crate::ui::slot::SlotId;
use crate::ui::state::{DataSource, Document, Panel, SourceKind, State, TableTab, View};
use crate::ui::suggest::free_name;
use crate::ui::update::{change, set_table, show_table};

/// The recipe that makes `table`.
pub fn recipe_of(document: &Document, table: &str) -> Option<u32> {
    let is_it =
        |source: &&DataSource| matches!(&source.kind, SourceKind::Recipe { into, .. } if into == table);
    document.sources.iter().find(is_it).map(|source| source.id)
}

/// Opens the recipe that makes `table`, or begins one over it.
pub fn new_recipe(state: &mut State, table: &str) -> Vec<Effect> {
    match recipe_of(&state.document, table) {
        Some(id) => open(state, id),
        None => begin(state, table, Vec::new(), &format!("began to clean {table}")),
    }
}

/// Puts the steps and the table they make on view.
pub fn open(state: &mut State, id: u32) -> Vec<Effect> {
    let Some(SourceKind::Recipe { into, .. }) = state.document.source(id).map(|source| &source.kind) else {
        return Vec::new();
    };
    // Whoever goes through what looks wrong goes on there.
    let tab = match state.document.view {
        View::Table { tab: TableTab::Quality, .. } => TableTab::Quality,
        _ => TableTab::Rows,
    };
    show_table(state, into.clone(), tab);
    state.document.panel = Panel::Recipe(id);
    open_step(state, None);
    vec![Effect::FocusPanel]
}

/// Adds a step to the recipe that makes `table`; where there is none, a new one makes a cleaned table of it.
pub fn add_step(state: &mut State, table: &str, step: RecipeStep) -> Vec<Effect> {
    let words = sentence(&step.step);
    let label =
        format!("added the step \u{201c}{}\u{201d}", entry_of(&step.step).map_or("", |entry| entry.title));
    let is_missing = missing(&step.step).is_some();
    let Some(id) = recipe_of(&state.document, table) else {
        let effects = begin(state, table, vec![step], &label);
        open_step(state, is_missing.then_some(0));
        return effects;
    };
    let idx = steps_of(&state.document, id).len();
    edit(state, id, &label, |steps| steps.push(step));
    let effects = open(state, id);
    open_step(state, is_missing.then_some(idx));
    if !is_missing {
        notify(state, format!("Step added: {words}."), |notice| notice.offers_undo = true);
    }
    effects
}

fn begin(state: &mut State, table: &str, steps: Vec<RecipeStep>, label: &str) -> Vec<Effect> {
    let mut taken = state.document.table_names();
    taken.extend(state.engine.made.iter().flat_map(|(_, tables)| tables.clone()));
    let into = free_name(&format!("{table}_clean"), &taken);
    let (mut id, mut n_moved) = (0, 0);
    change(state, label, None, |document| {
        for analysis in &mut document.analyses {
            if analysis.spec.table() == table {
                set_table(&mut analysis.spec, &into);
                n_moved += 1;
            }
        }
        id = document.take_id();
        let kind = SourceKind::Recipe { table: table.into(), steps, into: into.clone() };
        document.sources.push(DataSource { id, kind });
    });
    let effects = open(state, id);
    let moved = if n_moved > 0 { "; analyses now use it" } else { "" };
    notify(state, format!("{into} is a copy of {table} to clean{moved}."), |notice| {
        notice.offers_undo = true
    });
    effects
}

pub fn set_step(state: &mut State, id: u32, idx: usize, step: RecipeStep) {
    state.chrome.draft = None;
    edit(state, id, "changed a step", |steps| {
        if let Some(place) = steps.get_mut(idx) {
            *place = step;
        }
    });
}

pub fn remove_step(state: &mut State, id: u32, idx: usize) {
    let Some(step) = steps_of(&state.document, id).get(idx) else { return };
    let words = sentence(&step.step);
    open_step(state, None);
    edit(state, id, "removed a step", |steps| {
        steps.remove(idx);
    });
    notify(state, format!("Step removed: {words}."), |notice| notice.offers_undo = true);
}

pub fn move_step(state: &mut State, id: u32, idx: usize, is_up: bool) {
    let other = if is_up { idx.checked_sub(1) } else { Some(idx + 1) };
    let n = steps_of(&state.document, id).len();
    let Some(other) = other.filter(|other| *other < n && idx < n) else { return };
    let was_open = state.chrome.open_step;
    edit(state, id, "moved a step", |steps| steps.swap(idx, other));
    // The form goes with its step.
    open_step(
        state,
        was_open.map(|open| {
            if open == idx {
                other
            } else if open == other {
                idx
            } else {
                open
            }
        }),
    );
    state.chrome.announcement = format!("Step {} is now step {}.", idx + 1, other + 1);
}

pub fn toggle_step(state: &mut State, id: u32, idx: usize) {
    let is_on = steps_of(&state.document, id).get(idx).is_some_and(|step| step.enabled);
    let label = if is_on { "switched a step off" } else { "switched a step on" };
    edit(state, id, label, |steps| {
        if let Some(step) = steps.get_mut(idx) {
            step.enabled = !step.enabled;
        }
    });
}

/// Opens the form of a step in the panel on view, or closes it.
pub fn open_step(state: &mut State, idx: Option<usize>) {
    state.chrome.open_step = idx;
    state.chrome.draft = None;
    // The columns before another step are others, and are asked for anew.
    state.engine.step_columns = None;
    if let Some(slot) = state.engine.slots.get_mut(&SlotId::StepColumns) {
        slot.forget();
    }
}

/// Analyses of a recipe's table go back to the table it was made from.
pub fn point_back(document: &mut Document, kind: &SourceKind) {
    let SourceKind::Recipe { table, into, .. } = kind else { return };
    for analysis in &mut document.analyses {
        if analysis.spec.table() == into {
            set_table(&mut analysis.spec, table);
        }
    }
}

pub fn steps_of(document: &Document, id: u32) -> &[RecipeStep] {
    match document.source(id).map(|source| &source.kind) {
        Some(SourceKind::Recipe { steps, .. }) => steps,
        _ => &[],
    }
}

fn edit(state: &mut State, id: u32, label: &str, edit: impl FnOnce(&mut Vec<RecipeStep>)) {
    change(state, label, None, |document| {
        let source = document.sources.iter_mut().find(|source| source.id == id);
        if let Some(SourceKind::Recipe { steps, .. }) = source.map(|source| &mut source.kind) {
            edit(steps);
        }
    });
}

/// The rows stand for the same as before, so that what was planted in them still holds.
pub fn keeps_truth(steps: &[RecipeStep]) -> bool {
    steps.iter().filter(|step| step.enabled).all(|step| {
        matches!(
            step.step,
            Step::DropDuplicates(_)
                | Step::FillMissing(_)
                | Step::Cast(_)
                | Step::Rename(_)
                | Step::Split(_)
                | Step::Derive(_)
                | Step::Sort(_)
                | Step::Sample(_)
                | Step::Select(_)
                | Step::DropColumns(_)
        )
    })
}

/// The other tables that steps read.
pub fn tables_of(steps: &[RecipeStep]) -> Vec<&str> {
    let mut tables = Vec::new();
    for step in steps.iter().filter(|step| step.enabled) {
        match &step.step {
            Step::Join(step) => tables.push(step.table.as_str()),
            Step::Concatenate(step) => tables.extend(step.tables.iter().map(String::as_str)),
            _ => {}
        }
    }
    tables
}

/// The steps as they are sent: those that miss something are switched off, so that each keeps its place.
pub fn sendable(steps: &[RecipeStep]) -> Vec<RecipeStep> {
    let one = |step: &RecipeStep| {
        let mut step = step.clone();
        step.enabled &= missing(&step.step).is_none();
        step
    };
    steps.iter().map(one).collect()
}

/// Whether `table` is made, in however many steps, from the table `of`.
pub fn depends_on(document: &Document, table: &str, of: &str) -> bool {
    let mut waiting = vec![table.to_owned()];
    let mut seen: Vec<String> = Vec::new();
    while let Some(name) = waiting.pop() {
        if seen.contains(&name) {
            continue;
        }
        for source in &document.sources {
            let parents: Vec<&str> = match &source.kind {
                SourceKind::Recipe { table, steps, into } if *into == name => {
                    std::iter::once(table.as_str()).chain(tables_of(steps)).collect()
                }
                SourceKind::Join { left, right, into, .. } if *into == name => vec![left, right],
                _ => continue,
            };
            if parents.contains(&of) {
                return true;
            }
            waiting.extend(parents.into_iter().map(str::to_owned));
        }
        seen.push(name);
    }
    false
}
