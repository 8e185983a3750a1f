//! The line on top: name, document, undo, link, settings.

use crate::ui::command::Command;
use crate::ui::parts::icon::{button, icon, icon_button};
use crate::ui::runtime::App;
use crate::ui::state::{Dialog, EngineStatus};
use leptos::prelude::*;

pub fn bar(app: App) -> AnyView {
    let title = app.part(super::title);
    let status = app.part(|state| match state.engine.status {
        EngineStatus::Starting => "The engine is on its way.",
        EngineStatus::Restarting => "The engine is being started again.",
        EngineStatus::Failed => "The engine does not run.",
        EngineStatus::Ready => "",
    });
    view! {
        <header class="bar">
            <a class="wordmark" href="#/" aria-label="Playhead, start page">"play"<span class="wordmark__line"></span>"head"</a>
            <h1 class="bar__title">{title}</h1>
            <p class="bar__status muted">{status}</p>
            {notice(app)}
            <div class="bar__actions">
                {step(app, true)}
                {step(app, false)}
                {icon_button("link", "Copy a link to this report".into(), move || app.send(Command::CopyLink))}
                {icon_button("settings", "Settings".into(), move || app.send(Command::OpenDialog(Dialog::Settings)))}
                {icon_button("keys", "Keys (Shift+?)".into(), move || app.send(Command::OpenDialog(Dialog::Keys)))}
            </div>
        </header>
    }
    .into_any()
}

/// Undo or redo, named after what it would take back or bring back.
fn step(app: App, is_back: bool) -> AnyView {
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
    view! {
        <button
            type="button" class="icon-button" aria-label=words title=words
            prop:disabled=move || label.read().is_none()
            on:click=move |_| app.send(if is_back { Command::Undo } else { Command::Redo })
        >
            {icon(name)}
        </button>
    }
    .into_any()
}

/// The one line that says what just happened, with what can be done about it.
fn notice(app: App) -> AnyView {
    let shown = app.part(|state| state.chrome.notice.clone());
    view! {
        <div class="notices" role="status">
            {move || shown.get().map(|notice| {
                let undo = notice.offers_undo.then(|| button("button", "Undo", move || app.send(Command::Undo)));
                let reload = notice.offers_reload.then(|| {
                    button("button", "Reload", || {
                        let _ = window().location().reload();
                    })
                });
                view! {
                    <div class="notice">
                        <p>{notice.text}</p>
                        {undo}{reload}
                        {icon_button("close", "Dismiss".into(), move || app.send(Command::DismissNotice))}
                    </div>
                }
            })}
        </div>
    }
    .into_any()
}
