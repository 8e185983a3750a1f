//! A table on view: its rows, the profile of its columns, and how its file was read.

use super::{grid, import, profile, quality};
use crate::format;
use crate::protocol::ExportFormat;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::icon::button;
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;
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
    // The source is being asked again or does not work: what is shown is the last that did.
    let is_stale = app.part(move |state| {
        let source = state.source_of(&of);
        let slot = source.and_then(|source| state.slot(&SlotId::Source(source.id)));
        slot.is_some_and(|slot| !slot.is_current() || slot.error.is_some())
    });
    let of = name.clone();
    let is_file = app.part(move |state| state.engine.parse_reports.contains_key(&of));
    let (title, body, clean) = (name.clone(), name.clone(), name.clone());
    let save = |label: &'static str, format: ExportFormat| {
        let table = name.clone();
        button("button", label, move || app.send(Command::Export { table: table.clone(), format }))
    };
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
                        .add(button("button", "Clean", move || app.send(Command::NewRecipe(clean.clone()))))
                        .add(save("Save as CSV", ExportFormat::Csv))
                        .add(save("Save as JSON Lines", ExportFormat::JsonLines))
                        .add(button("button", "Back to the report", move || app.send(Command::ShowReport))),
                ),
        )
        .add(
            el("div")
                .class("tabs")
                .add(tab_button(app, &name, "Rows", TableTab::Rows, tab))
                .add(tab_button(app, &name, "Columns", TableTab::Columns, tab))
                .add(tab_button(app, &name, quality::label(app, name.clone()), TableTab::Quality, tab))
                .add(live(move || {
                    is_file.get().then(|| tab_button(app, &name, "How it was read", TableTab::Import, tab))
                })),
        )
        .add(
            el("div")
                .class("table-view__body")
                .live_class("analysis__body--stale", move || is_stale.get())
                .add(live(move || match tab.get() {
                    TableTab::Rows => grid::grid(app, body.clone()),
                    TableTab::Columns => profile::profile(app, body.clone()),
                    TableTab::Quality => quality::quality(app, body.clone()),
                    TableTab::Import => import::report(app, body.clone()),
                })),
        )
        .into()
}

fn tab_button(app: App, table: &str, label: impl Into<Html>, of: TableTab, now: Part<TableTab>) -> Html {
    let table = table.to_owned();
    el("button")
        .attr("type", "button")
        .live_attr("aria-pressed", move || Some((now.get() == of).to_string()))
        .on("click", move |_| app.send(Command::ShowTable { table: table.clone(), tab: of }))
        .add(label)
        .into()
}
