//! Brings the page to life: engine, static start page, lab.

use super::command::Command;
use super::preview::PreviewAct;
use super::runtime::{App, saved_check_first, saved_theme};
use super::{dom, engine_client, kept, pages, start};
use leptos::prelude::*;

/// Starts everything. The static page is attached to, not replaced; the lab is drawn into `#lab`.
pub fn start() {
    let app = App::new();
    let theme = saved_theme();
    app.send(Command::SetTheme(theme));
    app.send(Command::Preview(PreviewAct::Ask(saved_check_first())));
    engine_client::start(app);
    if let Some(place) = start::by_id::<web_sys::HtmlElement>("lab") {
        // Leptos starts its effects here and owns the signals; the view itself is ours.
        let root = place.clone();
        let draw = move || {
            start::attach(app);
            dom::mount(&root, pages::lab(app));
            if let Some(place) = start::by_id::<web_sys::Element>("dialogs") {
                dom::mount(&place, pages::dialogs(app));
            }
            if let Some(place) = start::by_id::<web_sys::Element>("start-kept") {
                dom::mount(&place, kept::offer(app));
            }
            if let Some(place) = start::by_id::<web_sys::Element>("start-notice") {
                dom::mount(&place, pages::notice(app));
            }
            kept::start(app);
        };
        mount_to(place, draw).forget();
    }
}
