//! Brings the page to life: engine, static start page, lab.

use super::command::Command;
use super::runtime::{App, saved_theme};
use super::{engine_client, pages, start};
use leptos::prelude::*;

/// Starts everything. The static page is attached to, not replaced; the lab is drawn into `#lab`.
pub fn start() {
    let app = App::new();
    let theme = saved_theme();
    app.send(Command::SetTheme(theme));
    engine_client::start(app);
    if let Some(place) = start::by_id::<web_sys::HtmlElement>("lab") {
        mount_to(place, move || {
            start::attach(app);
            pages::lab(app)
        })
        .forget();
    }
}
