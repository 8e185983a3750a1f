//! The line on top: name, document, undo, link, settings.

use crate::ui::command::Command;
use crate::ui::dom::{Html, el};
use crate::ui::kept;
use crate::ui::parts::icon::{icon, icon_button};
use crate::ui::runtime::App;
use crate::ui::state::{Dialog, EngineStatus};

pub fn bar(app: App) -> Html {
    let title = app.part(super::title);
    let status = app.part(|state| match state.engine.status {
        EngineStatus::Starting => "The engine is on its way.",
        EngineStatus::Restarting => "The engine is being started again.",
        EngineStatus::Failed => "The engine does not run.",
        EngineStatus::Ready => "",
    });
    el("header")
        .class("bar")
        .add(
            el("a")
                .class("wordmark")
                .attr("href", "#/")
                .attr("aria-label", "Playhead, start page")
                .text("play")
                .add(el("span").class("wordmark__line"))
                .text("head"),
        )
        .add(el("h1").class("bar__title").add(title))
        .add(el("p").class("bar__status muted").add(status))
        .add(kept::bar_state(app))
        .add(super::notice(app))
        .add(
            el("div")
                .class("bar__actions")
                .add(step(app, true))
                .add(step(app, false))
                .add(icon_button("link", "Copy a link to this report".into(), move || {
                    app.send(Command::CopyLink)
                }))
                .add(icon_button("settings", "Settings".into(), move || {
                    app.send(Command::OpenDialog(Dialog::Settings))
                }))
                .add(icon_button("keys", "Keys (Shift+?)".into(), move || {
                    app.send(Command::OpenDialog(Dialog::Keys))
                })),
        )
        .into()
}

/// Undo or redo, named after what it would take back or bring back.
fn step(app: App, is_back: bool) -> Html {
    let label = app.part(move |state| {
        let history = &state.history;
        let found = if is_back { history.undo_label() } else { history.redo_label() };
        found.map(str::to_owned)
    });
    let (name, word, keys) =
        if is_back { ("undo", "Undo", "Ctrl+Z") } else { ("redo", "Redo", "Ctrl+Shift+Z") };
    let words = move || match label.get() {
        Some(label) => format!("{word}: {label} ({keys})"),
        None => format!("{word} ({keys})"),
    };
    el("button")
        .attr("type", "button")
        .class("icon-button")
        .live_attr("aria-label", move || Some(words()))
        .live_attr("title", move || Some(words()))
        .live_prop_is("disabled", move || label.get().is_none())
        .on("click", move |_| app.send(if is_back { Command::Undo } else { Command::Redo }))
        .add(icon(name))
        .into()
}
