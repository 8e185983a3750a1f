//! The right zone: the report, a document that grows with each analysis.

use super::{nav, offers, stack_offer};
use crate::model::{EngineError, ErrorCode, ProblemCode};
use crate::ui::command::Command;
use crate::ui::dashboard::DashboardAct;
use crate::ui::dom::{Html, each, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::icon::{button, icon_button};
use crate::ui::parts::progress::progress;
use crate::ui::results;
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;
use crate::ui::state::{Panel, SourceKind, State};

pub fn report(app: App) -> Html {
    let ids = app.part(|state| {
        state.document.analyses.iter().map(|analysis| analysis.id.to_string()).collect::<Vec<_>>()
    });
    let is_empty = Part::new(move || ids.get().is_empty());
    el("div")
        .class("report")
        .add(offers::troubles(app))
        .add(stack_offer::offer(app))
        .add(offers::offers(app))
        .add(live(move || is_empty.get().then(|| empty(app))))
        .add(each(move || ids.get(), move |id| id.parse().map_or(Html::Nothing, |id| analysis(app, id))))
        .into()
}

/// What to do when nothing is there yet.
fn empty(app: App) -> Html {
    let text = app.part(|state| {
        let is_settled = state.document.sources.iter().all(|source| {
            let slot = state.slot(&SlotId::Source(source.id));
            let needs_file = matches!(source.kind, SourceKind::File { file_id: None, .. });
            needs_file || slot.is_some_and(|slot| slot.is_current() && !slot.is_busy())
        });
        if state.document.sources.is_empty() {
            "There is no data yet. Drop files anywhere on this page, or add them on the left.".into()
        } else if !is_settled {
            "The data is being read. The first analysis opens by itself.".into()
        } else if state.engine.tables.is_empty() {
            String::new()
        } else if state.engine.tables.iter().all(|table| table.n_rows == 0) {
            let mut reports = state.engine.parse_reports.iter().flat_map(|(_, report)| &report.problems);
            let empty = reports.find(|problem| problem.code == ProblemCode::EmptyFile);
            match empty {
                Some(problem) => format!("{} There is nothing to compute.", problem.action),
                None => "There are columns and no rows yet: nothing to compute.".into(),
            }
        } else {
            "The report is empty. Choose what to add to it: each analysis opens with options that fit the table, \
             and recomputes with every change."
                .into()
        }
    });
    el("p").class("report__empty").add(text).into()
}

fn analysis(app: App, id: u32) -> Html {
    let title = app.part(move |state| nav::name_of(state, id));
    let is_open = app.part(move |state| state.document.panel == Panel::Analysis(id));
    let is_stale = app.part(move |state| {
        let slot = state.slot(&SlotId::Analysis(id));
        !slot.is_some_and(|slot| slot.is_current() && slot.error.is_none())
    });
    // Words that wait for an answer are not an old answer.
    let is_old = app.part(move |state| state.engine.results.get(&id).is_some());
    let error = app.part(move |state| error(state, id));
    el("article")
        .id(format!("analysis-{id}"))
        .class("analysis")
        .live_class("analysis--open", move || is_open.get())
        .attr("aria-labelledby", format!("analysis-title-{id}"))
        .live_attr("aria-busy", move || Some(is_stale.get().to_string()))
        .add(
            el("header")
                .class("analysis__head")
                .add(el("h2").id(format!("analysis-title-{id}")).attr("tabindex", "-1").add(title))
                .add(actions(app, id, is_open)),
        )
        .add(progress(app, SlotId::Analysis(id)))
        .add(live(move || error.get().map(|error| told(app, id, &error))))
        .add(
            el("div")
                .class("analysis__body")
                .live_class("analysis__body--stale", move || is_stale.get() && is_old.get())
                .add(results::view(app, id, move || waiting(app, id))),
        )
        .into()
}

fn actions(app: App, id: u32, is_open: Part<bool>) -> Html {
    let toggle = move || {
        app.send(if is_open.peek() { Command::ClosePanel } else { Command::SelectAnalysis(id) });
    };
    el("div")
        .class("analysis__actions")
        .add(
            el("button")
                .attr("type", "button")
                .id(format!("options-of-{id}"))
                .class("button")
                .live_attr("aria-expanded", move || Some(is_open.get().to_string()))
                .on("click", move |_| toggle())
                .text("Options"),
        )
        .add(icon_button("up", "Move up".into(), move || app.send(Command::MoveAnalysis { id, is_up: true })))
        .add(icon_button("down", "Move down".into(), move || {
            app.send(Command::MoveAnalysis { id, is_up: false })
        }))
        .add(icon_button("dashboard", "Put on the dashboard".into(), move || {
            app.send(Command::Dashboard(DashboardAct::AddAnalysis(id)))
        }))
        .add(icon_button("duplicate", "Duplicate".into(), move || app.send(Command::DuplicateAnalysis(id))))
        .add(icon_button("remove", "Remove from the report".into(), move || {
            app.send(Command::RemoveAnalysis(id))
        }))
        .into()
}

pub(super) fn error(state: &State, id: u32) -> Option<EngineError> {
    let slot = state.slot(&SlotId::Analysis(id)).filter(|slot| slot.is_current())?;
    slot.error.clone()
}

pub(super) fn told(app: App, id: u32, error: &EngineError) -> Html {
    if error.code == ErrorCode::Cancelled {
        return el("div")
            .class("panel__actions")
            .add(el("p").text("Cancelled."))
            .add(button("button", "Run again", move || app.send(Command::RunAgain(SlotId::Analysis(id)))))
            .into();
    }
    list([callout::error(error), el("p").class("muted").text("Change an option to try again.").into()])
}

/// The room of a result that is not there yet.
fn waiting(app: App, id: u32) -> Html {
    let words = app.part(move |state| {
        let slot = state.slot(&SlotId::Analysis(id));
        match error(state, id) {
            Some(_) => "",
            None if slot.is_some_and(|slot| slot.is_busy()) => "Computing.",
            None => "Waits for its data.",
        }
    });
    live(move || {
        let words = words.get();
        (!words.is_empty()).then(|| el("p").class("analysis__waiting muted").text(words))
    })
}
