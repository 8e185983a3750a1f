//! The line of notice, in the bar of the lab and on the start page.

use crate::ui::command::Command;
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::icon::{button, icon_button};
use crate::ui::runtime::App;
use leptos::prelude::*;

/// The one line that says what just happened, with what can be done about it.
pub fn notice(app: App) -> Html {
    let shown = app.part(|state| state.chrome.notice.clone());
    el("div")
        .class("notices")
        .attr("role", "status")
        .add(live(move || {
            shown.get().map(|notice| {
                let undo =
                    notice.offers_undo.then(|| button("button", "Undo", move || app.send(Command::Undo)));
                let reload = notice.offers_reload.then(|| {
                    button("button", "Reload", || {
                        let _ = window().location().reload();
                    })
                });
                el("div")
                    .class("notice")
                    .add(el("p").add(notice.text))
                    .add(undo)
                    .add(reload)
                    .add(icon_button("close", "Dismiss".into(), move || app.send(Command::DismissNotice)))
            })
        }))
        .into()
}
