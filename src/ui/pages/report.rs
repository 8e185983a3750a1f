//! The right zone: the report, a document that grows with each analysis.

use super::{nav, offers};
use crate::model::{EngineError, ErrorCode};
use crate::ui::command::Command;
use crate::ui::parts::callout;
use crate::ui::parts::icon::{button, icon_button};
use crate::ui::parts::progress::progress;
use crate::ui::results;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::{Panel, State};
use leptos::prelude::*;

pub fn report(app: App) -> AnyView {
    let ids =
        app.part(|state| state.document.analyses.iter().map(|analysis| analysis.id).collect::<Vec<_>>());
    let is_empty = Memo::new(move |_| ids.read().is_empty());
    view! {
        <div class="report">
            {offers::offers(app)}
            {move || is_empty.get().then(|| empty(app))}
            <For each=move || ids.get() key=|id| *id children=move |id| analysis(app, id) />
        </div>
    }
    .into_any()
}

/// What to do when nothing is there yet.
fn empty(app: App) -> AnyView {
    let has_tables = app.part(|state| !state.engine.tables.is_empty());
    let has_sources = app.part(|state| !state.document.sources.is_empty());
    view! { {move || {
        let text = if has_tables.get() {
            "The report is empty. Choose what to add to it on the left: each analysis opens with options that fit \
             the table, and recomputes with every change."
        } else if has_sources.get() {
            "The data is being read. The first analysis opens by itself."
        } else {
            "There is no data yet. Drop CSV files anywhere on this page, or add them on the left."
        };
        view! { <p class="report__empty">{text}</p> }
    }} }
    .into_any()
}

fn analysis(app: App, id: u32) -> AnyView {
    let title = app.part(move |state| nav::name_of(state, id));
    let is_open = app.part(move |state| state.document.panel == Panel::Analysis(id));
    let is_stale = app.part(move |state| {
        let slot = state.slot(&SlotId::Analysis(id));
        !slot.is_some_and(|slot| slot.is_current() && slot.error.is_none())
    });
    let error = app.part(move |state| error(state, id));
    view! {
        <article
            id=format!("analysis-{id}") class="analysis" class:analysis--open=is_open
            aria-labelledby=format!("analysis-title-{id}") aria-busy=move || is_stale.get().to_string()
        >
            <header class="analysis__head">
                <h2 id=format!("analysis-title-{id}") tabindex="-1">{title}</h2>
                {actions(app, id, is_open)}
            </header>
            {progress(app, SlotId::Analysis(id))}
            {move || error.get().map(|error| told(app, id, &error))}
            <div class="analysis__body" class:analysis__body--stale=is_stale>
                {results::view(app, id, move || waiting(app, id))}
            </div>
        </article>
    }
    .into_any()
}

fn actions(app: App, id: u32, is_open: Memo<bool>) -> AnyView {
    let toggle = move || {
        app.send(if is_open.get_untracked() { Command::ClosePanel } else { Command::SelectAnalysis(id) });
    };
    view! {
        <div class="analysis__actions">
            <button
                type="button" id=format!("options-of-{id}") class="button" aria-expanded=move || is_open.get().to_string()
                on:click=move |_| toggle()
            >
                "Options"
            </button>
            {icon_button("up", "Move up".into(), move || app.send(Command::MoveAnalysis { id, is_up: true }))}
            {icon_button("down", "Move down".into(), move || app.send(Command::MoveAnalysis { id, is_up: false }))}
            {icon_button("duplicate", "Duplicate".into(), move || app.send(Command::DuplicateAnalysis(id)))}
            {icon_button("remove", "Remove from the report".into(), move || app.send(Command::RemoveAnalysis(id)))}
        </div>
    }
    .into_any()
}

fn error(state: &State, id: u32) -> Option<EngineError> {
    let slot = state.slot(&SlotId::Analysis(id)).filter(|slot| slot.is_current())?;
    slot.error.clone()
}

fn told(app: App, id: u32, error: &EngineError) -> AnyView {
    if error.code == ErrorCode::Cancelled {
        return view! {
            <div class="panel__actions">
                <p>"Cancelled."</p>
                {button("button", "Run again", move || app.send(Command::RunAgain(SlotId::Analysis(id))))}
            </div>
        }
        .into_any();
    }
    view! {
        {callout::error(error)}
        <p class="muted">"Change an option to try again."</p>
    }
    .into_any()
}

/// The room of a result that is not there yet.
fn waiting(app: App, id: u32) -> AnyView {
    let has_error = app.part(move |state| error(state, id).is_some());
    view! { {move || (!has_error.get()).then(|| view! { <p class="analysis__waiting muted">"Computing."</p> })} }.into_any()
}
