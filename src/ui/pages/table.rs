//! A table on view: its rows, the profile of its columns, and how its file was read.

use super::{grid, import, profile};
use crate::format;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::icon::button;
use crate::ui::runtime::{App, Part};
use crate::ui::state::{TableTab, View};

pub fn table(app: App, name: String) -> Html {
    let tab = app.part(|state| match state.document.view {
        View::Table { tab, .. } => tab,
        _ => TableTab::Rows,
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
    el("div")
        .class("table-view")
        .add(
            el("header")
                .class("table-view__head")
                .add(el("h2").add(title))
                .add(el("p").class("muted").add(live(move || size.get().unwrap_or_else(|| "reading".into()))))
                .add(
                    el("div")
                        .class("analysis__actions")
                        .add(button("button", "Save as CSV", move || {
                            app.send(Command::ExportCsv(save.clone()))
                        }))
                        .add(button("button", "Back to the report", move || app.send(Command::ShowReport))),
                ),
        )
        .add(
            el("div")
                .class("tabs")
                .add(tab_button(app, &name, "Rows", TableTab::Rows, tab))
                .add(tab_button(app, &name, "Columns", TableTab::Columns, tab))
                .add(live(move || {
                    is_file.get().then(|| tab_button(app, &name, "How it was read", TableTab::Import, tab))
                })),
        )
        .add(live(move || match tab.get() {
            TableTab::Rows => grid::grid(app, body.clone()),
            TableTab::Columns => profile::profile(app, body.clone()),
            TableTab::Import => import::report(app, body.clone()),
        }))
        .into()
}

fn tab_button(app: App, table: &str, label: &'static str, of: TableTab, now: Part<TableTab>) -> Html {
    let table = table.to_owned();
    el("button")
        .attr("type", "button")
        .live_attr("aria-pressed", move || Some((now.get() == of).to_string()))
        .on("click", move |_| app.send(Command::ShowTable { table: table.clone(), tab: of }))
        .add(label)
        .into()
}
