//! The frame of the lab: bar, data and analyses, options, results.

use super::{bar, dashboard, nav, relations, report, table};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::forms;
use crate::ui::runtime::{App, focus};
use crate::ui::state::{Dialog, Panel, View};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Everything below `#lab`. It is drawn once; its parts follow the state.
pub fn lab(app: App) -> Html {
    let leak = window_event_listener(leptos::ev::keydown, move |event| press(app, &event));
    std::mem::forget(leak);
    let has_panel = app.part(|state| match (&state.document.view, &state.document.panel) {
        (_, Panel::None) => false,
        (_, Panel::Recipe(_)) | (View::Report | View::Dashboard, _) | (View::Relations, Panel::Join(_)) => {
            true
        }
        _ => false,
    });
    list([
        el("div")
            .class("lab")
            .live_class("lab--options", move || has_panel.get())
            .add(
                el("button")
                    .attr("type", "button")
                    .class("skip")
                    .on("click", move |_| focus("report"))
                    .text("Skip to the report"),
            )
            .add(bar::bar(app))
            .add(
                el("nav")
                    .id("zone-nav")
                    .class("zone zone--nav")
                    .attr("aria-label", "Data and analyses")
                    .attr("tabindex", "-1")
                    .add(nav::nav(app)),
            )
            .add(live(move || {
                has_panel.get().then(|| {
                    el("aside")
                        .id("zone-options")
                        .class("zone zone--options")
                        .attr("aria-label", "Options")
                        .attr("tabindex", "-1")
                        .add(forms::panel(app))
                })
            }))
            .add(el("main").id("report").class("zone zone--report").attr("tabindex", "-1").add(main(app)))
            .into(),
        el("p")
            .class("unseen")
            .attr("aria-live", "polite")
            .add(app.part(|state| state.chrome.announcement.clone()))
            .into(),
    ])
}

fn main(app: App) -> Html {
    let shown = app.part(|state| match &state.document.view {
        View::Report => Zone::Report,
        View::Table { table, .. } => Zone::Table(table.clone()),
        View::Relations => Zone::Relations,
        View::Dashboard => Zone::Dashboard,
    });
    // Another view begins at its top.
    Effect::new(move || {
        shown.get();
        if let Some(zone) = document().get_element_by_id("report") {
            zone.set_scroll_top(0);
        }
    });
    live(move || match shown.get() {
        Zone::Report => report::report(app),
        Zone::Table(name) => table::table(app, name),
        Zone::Relations => relations::relations(app),
        Zone::Dashboard => dashboard::dashboard(app),
    })
}

/// What the right zone shows, as far as it is drawn anew.
#[derive(Debug, Clone, PartialEq)]
enum Zone {
    Report,
    Table(String),
    Relations,
    Dashboard,
}

/// Keys of the whole lab. Fields keep their own undo and their own letters.
fn press(app: App, event: &KeyboardEvent) {
    let is_command = event.ctrl_key() || event.meta_key();
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_typing = target.is_some_and(|target| {
        target
            .matches("textarea, input:not([type=checkbox]):not([type=radio]):not([type=range])")
            .unwrap_or(false)
    });
    let command = match event.key().as_str() {
        "z" | "Z" if is_command && !is_typing && event.shift_key() => Command::Redo,
        "z" if is_command && !is_typing => Command::Undo,
        "y" if is_command && !is_typing => Command::Redo,
        "?" if !is_command && !is_typing => Command::OpenDialog(Dialog::Keys),
        "Escape" if app.peek(|state| state.chrome.dialog == Dialog::None) => {
            let panel = app.peek(|state| state.document.panel.clone());
            if let Panel::Analysis(id) = panel {
                request_animation_frame(move || focus(&format!("options-of-{id}")));
            }
            Command::ClosePanel
        }
        "F6" => {
            next_zone();
            event.prevent_default();
            return;
        }
        _ => return,
    };
    if app.peek(|state| state.chrome.screen == crate::ui::state::Screen::Lab) {
        if is_command {
            event.prevent_default();
        }
        app.send(command);
        // What had the focus may be gone, or not be possible any more: the browser takes it away with the next picture.
        let look = || {
            let is_lost = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            if is_lost {
                let panel = document().get_element_by_id("panel-title");
                focus(if panel.is_some() { "panel-title" } else { "report" });
            }
        };
        request_animation_frame(move || request_animation_frame(look));
    }
}

/// F6 goes round the zones.
fn next_zone() {
    let zones = ["zone-nav", "zone-options", "report"];
    let active = document().active_element();
    let holds = |id: &str| {
        let zone = document().get_element_by_id(id);
        zone.is_some_and(|zone| active.as_ref().is_some_and(|active| zone.contains(Some(active))))
    };
    let now = zones.iter().position(|id| holds(id)).unwrap_or(zones.len() - 1);
    let next = (1..=zones.len()).map(|step| zones[(now + step) % zones.len()]);
    for id in next {
        if document().get_element_by_id(id).is_some() {
            focus(id);
            return;
        }
    }
}
