//! Settings, the list of keys, and what is kept on this device.

use super::preview;
use crate::ui::command::Command;
use crate::ui::dom::{Html, Place, el, list, live};
use crate::ui::kept;
use crate::ui::parts::icon::button;
use crate::ui::parts::icon::icon_button;
use crate::ui::runtime::{App, focus};
use crate::ui::state::{Dialog, Theme};
use leptos::prelude::*;

pub fn dialogs(app: App) -> Html {
    let shown = app.part(|state| state.chrome.dialog);
    let dialog = Place::new();
    // The browser keeps the focus inside a modal dialog and gives it back afterwards.
    Effect::new(move || {
        let now = shown.get();
        let Some(element) = dialog.get::<web_sys::HtmlDialogElement>() else { return };
        if now == Dialog::None {
            element.close();
        } else if !element.open() {
            let _ = element.show_modal();
        } else {
            // Another one in the place of this: what had the focus is gone.
            request_animation_frame(|| focus("dialog-title"));
        }
    });
    el("dialog")
        .place(dialog)
        .class("dialog")
        .live_class("dialog--wide", move || shown.get() == Dialog::Preview)
        .attr("aria-labelledby", "dialog-title")
        // Esc goes through the state at once: the browser tells of a closed dialog later, when files that were chosen
        // meanwhile may have opened it again.
        .on("cancel", move |event| {
            event.prevent_default();
            app.send(Command::CloseDialog);
        })
        .on("close", move |_| {
            let is_open = dialog.get::<web_sys::HtmlDialogElement>().is_some_and(|element| element.open());
            if !is_open && app.peek(|state| state.chrome.dialog != Dialog::None) {
                app.send(Command::CloseDialog);
            }
        })
        .add(live(move || match shown.get() {
            Dialog::None => Html::Nothing,
            Dialog::Settings => framed(app, "Settings", settings(app)),
            Dialog::Keys => framed(app, "Keys", keys()),
            Dialog::Preview => preview::panel(app),
            Dialog::Storage => framed(app, "Your work", kept::panel(app)),
        }))
        .into()
}

fn framed(app: App, title: &'static str, body: Html) -> Html {
    list([
        el("header")
            .class("panel__head")
            .add(el("h2").id("dialog-title").attr("tabindex", "-1").add(title))
            .add(icon_button("close", "Close (Esc)".into(), move || app.send(Command::CloseDialog)))
            .into(),
        body,
    ])
}

fn settings(app: App) -> Html {
    let now = app.part(|state| state.chrome.theme);
    let themes = [(Theme::System, "as the system"), (Theme::Light, "light"), (Theme::Dark, "dark")];
    let choices: Vec<Html> = themes
        .into_iter()
        .map(|(theme, label)| {
            el("label")
                .add(
                    el("input")
                        .attr("type", "radio")
                        .attr("name", "theme")
                        .live_prop_is("checked", move || now.get() == theme)
                        .on("change", move |_| app.send(Command::SetTheme(theme))),
                )
                .add(label)
                .into()
        })
        .collect();
    list([
        el("fieldset")
            .class("field")
            .add(el("legend").text("Appearance"))
            .add(el("div").class("segmented").add(choices))
            .into(),
        el("fieldset")
            .class("field")
            .add(el("legend").text("Your work"))
            .add(el("p").class("field__hint").text(
                "Files and analyses are kept on this device and nowhere else, so that they are here after a reload.",
            ))
            .add(el("div").class("panel__actions").add(button("button", "Storage and workspace", move || {
                app.send(Command::OpenDialog(Dialog::Storage))
            })))
            .into(),
    ])
}

const KEYS: [(&[&str], &str); 9] = [
    (&["Ctrl", "Z"], "undo"),
    (&["Ctrl", "Shift", "Z"], "redo"),
    (&["Ctrl", "V"], "read a table from the clipboard, outside of fields"),
    (&["F6"], "next zone: data, options, report"),
    (&["Esc"], "close the options, or leave a chart"),
    (&["Tab"], "next control; a chart is one stop"),
    (&["\u{2190}", "\u{2192}"], "in a chart: from mark to mark"),
    (&["Enter"], "press, or choose the mark"),
    (&["Shift", "?"], "this list"),
];

fn keys() -> Html {
    let rows: Vec<Html> = KEYS
        .iter()
        .map(|(keys, what)| {
            let keys: Vec<Html> =
                keys.iter().map(|key| list([el("kbd").class("key").add(*key).into(), " ".into()])).collect();
            el("div").add(el("dt").add(keys)).add(el("dd").add(*what)).into()
        })
        .collect();
    el("dl").class("keys").add(rows).into()
}
