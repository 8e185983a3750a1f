//! Settings, and the list of keys.

use crate::ui::command::Command;
use crate::ui::parts::icon::icon_button;
use crate::ui::runtime::App;
use crate::ui::state::{Dialog, Theme};
use leptos::prelude::*;

pub fn dialogs(app: App) -> AnyView {
    let shown = app.part(|state| state.chrome.dialog);
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    // The browser keeps the focus inside a modal dialog and gives it back afterwards.
    Effect::new(move || {
        let Some(element) = dialog.get() else { return };
        if shown.get() == Dialog::None {
            element.close();
        } else if !element.open() {
            let _ = element.show_modal();
        }
    });
    view! {
        <dialog node_ref=dialog class="dialog" aria-labelledby="dialog-title" on:close=move |_| app.send(Command::CloseDialog)>
            {move || match shown.get() {
                Dialog::None => ().into_any(),
                Dialog::Settings => framed(app, "Settings", settings(app)),
                Dialog::Keys => framed(app, "Keys", keys()),
            }}
        </dialog>
    }
    .into_any()
}

fn framed(app: App, title: &'static str, body: AnyView) -> AnyView {
    view! {
        <header class="panel__head">
            <h2 id="dialog-title">{title}</h2>
            {icon_button("close", "Close (Esc)".into(), move || app.send(Command::CloseDialog))}
        </header>
        {body}
    }
    .into_any()
}

fn settings(app: App) -> AnyView {
    let now = app.part(|state| state.chrome.theme);
    let themes = [(Theme::System, "as the system"), (Theme::Light, "light"), (Theme::Dark, "dark")];
    let choices: Vec<AnyView> = themes
        .into_iter()
        .map(|(theme, label)| {
            view! {
                <label>
                    <input
                        type="radio" name="theme" prop:checked=move || now.get() == theme
                        on:change=move |_| app.send(Command::SetTheme(theme))
                    />
                    {label}
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="field"><legend>"Appearance"</legend><div class="segmented">{choices}</div></fieldset>
        <p class="muted dialog__note">
            "The choice is saved on this device. Data is not: it lives in this page until you close it. "
            "Nothing is sent anywhere."
        </p>
    }
    .into_any()
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

fn keys() -> AnyView {
    let rows: Vec<AnyView> = KEYS
        .iter()
        .map(|(keys, what)| {
            let keys: Vec<AnyView> =
                keys.iter().map(|key| view! { <kbd class="key">{*key}</kbd>" " }.into_any()).collect();
            view! { <div><dt>{keys}</dt><dd>{*what}</dd></div> }.into_any()
        })
        .collect();
    view! { <dl class="keys">{rows}</dl> }.into_any()
}
