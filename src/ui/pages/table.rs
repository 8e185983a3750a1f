//! A table on view: its rows, the profile of its columns, and how its file was read.

use super::{grid, import, profile};
use crate::format;
use crate::ui::command::Command;
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;
use crate::ui::state::{TableTab, View};
use leptos::prelude::*;

pub fn table(app: App, name: String) -> AnyView {
    let tab = app.part(|state| match state.document.view {
        View::Table { tab, .. } => tab,
        View::Report => TableTab::Rows,
    });
    let of = name.clone();
    let size = app.part(move |state| {
        let info = state.table(&of)?;
        let columns = format::plural(info.columns.len() as u64, "column", "columns");
        Some(format!("{}, {columns}", format::plural(info.n_rows, "row", "rows")))
    });
    let of = name.clone();
    let is_file = app.part(move |state| state.engine.parse_reports.contains_key(&of));
    let (title, body, save) = (name.clone(), name.clone(), name.clone());
    view! {
        <div class="table-view">
            <header class="table-view__head">
                <h2>{title}</h2>
                <p class="muted">{move || size.get().unwrap_or_else(|| "reading".into())}</p>
                <div class="analysis__actions">
                    {button("button", "Save as CSV", move || app.send(Command::ExportCsv(save.clone())))}
                    {button("button", "Back to the report", move || app.send(Command::ShowReport))}
                </div>
            </header>
            <div class="tabs">
                {tab_button(app, &name, "Rows", TableTab::Rows, tab)}
                {tab_button(app, &name, "Columns", TableTab::Columns, tab)}
                {move || is_file.get().then(|| tab_button(app, &name, "How it was read", TableTab::Import, tab))}
            </div>
            {move || match tab.get() {
                TableTab::Rows => grid::grid(app, body.clone()),
                TableTab::Columns => profile::profile(app, body.clone()),
                TableTab::Import => import::report(app, body.clone()),
            }}
        </div>
    }
    .into_any()
}

fn tab_button(app: App, table: &str, label: &'static str, of: TableTab, now: Memo<TableTab>) -> AnyView {
    let table = table.to_owned();
    view! {
        <button
            type="button" aria-pressed=move || (now.get() == of).to_string()
            on:click=move |_| app.send(Command::ShowTable { table: table.clone(), tab: of })
        >
            {label}
        </button>
    }
    .into_any()
}
