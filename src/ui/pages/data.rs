//! The data in the left zone: sources, their tables, their columns, and ways to add more.

use crate::format;
use crate::model::{ColumnInfo, TableInfo};
use crate::ui::command::Command;
use crate::ui::parts::callout;
use crate::ui::parts::icon::{button, icon, icon_button, kind_labelled};
use crate::ui::parts::progress::progress;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::start;
use crate::ui::state::{SourceKind, State, TableTab, View};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What a source shows of itself.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    label: String,
    kind: SourceKind,
    is_busy: bool,
    error: Option<crate::model::EngineError>,
    tables: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    info: Arc<TableInfo>,
    is_on_view: bool,
    /// Rows changed while reading; files only.
    n_rows_changed: Option<u64>,
}

pub fn sources(app: App) -> AnyView {
    let ids = app.part(|state| state.document.sources.iter().map(|source| source.id).collect::<Vec<_>>());
    view! {
        <ul class="sources">
            <For each=move || ids.get() key=|id| *id children=move |id| source(app, id) />
        </ul>
    }
    .into_any()
}

fn shown(state: &State, id: u32) -> Option<Shown> {
    let source = state.document.source(id)?;
    let slot = state.slot(&SlotId::Source(id));
    let names = state.engine.made.get(&id).cloned().unwrap_or_default();
    let entries = names.iter().filter_map(|name| {
        let is_on_view = matches!(&state.document.view, View::Table { table, .. } if table == name);
        let n_rows_changed = state.engine.parse_reports.get(name).map(|report| report.n_rows_changed);
        Some(Entry { info: state.table(name)?.clone(), is_on_view, n_rows_changed })
    });
    Some(Shown {
        label: source.label(),
        kind: source.kind.clone(),
        is_busy: slot.is_some_and(|slot| !slot.is_current()),
        error: slot.and_then(|slot| slot.error.clone()),
        tables: entries.collect(),
    })
}

fn source(app: App, id: u32) -> AnyView {
    let shown = app.part(move |state| shown(state, id));
    view! {
        <li class="source">
            {move || shown.get().map(|shown| head(app, id, shown))}
            {progress(app, SlotId::Source(id))}
        </li>
    }
    .into_any()
}

fn head(app: App, id: u32, shown: Shown) -> AnyView {
    let (name, knobs) = match &shown.kind {
        SourceKind::File { .. } => ("file", None),
        SourceKind::World { .. } => (
            "world",
            Some(icon_button("options", "Knobs and seed".into(), move || {
                app.send(Command::OpenWorldPanel(id))
            })),
        ),
        SourceKind::Join { .. } => ("join", None),
    };
    let words = match &shown.kind {
        SourceKind::Join { left, right, left_key, .. } => format!("{left} with {right} on {left_key}"),
        _ => shown.label.clone(),
    };
    let tooltip = words.clone();
    let state = match &shown.kind {
        SourceKind::File { file_id: None, name, n_bytes, .. } => Some(missing_file(app, name, *n_bytes)),
        _ if shown.error.is_some() => shown.error.as_ref().map(callout::error),
        _ if shown.is_busy && shown.tables.is_empty() => {
            Some(view! { <p class="muted source__note">"reading"</p> }.into_any())
        }
        _ => None,
    };
    let tables: Vec<AnyView> = shown.tables.into_iter().map(|entry| table(app, entry)).collect();
    view! {
        <div class="source__head">
            {icon(name)}
            <span class="source__label" title=tooltip>{words}</span>
            {knobs}
            {icon_button("remove", format!("Remove {}", shown.label), move || app.send(Command::RemoveSource(id)))}
        </div>
        {state}
        {tables}
    }
    .into_any()
}

/// A link names files and cannot bring them.
fn missing_file(app: App, name: &str, n_bytes: u64) -> AnyView {
    let text = format!(
        "This report was made with {name} ({}). Choose or drop that file to see it.",
        format::bytes(n_bytes)
    );
    view! {
        <p class="source__note">{text}</p>
        {file_button(app, "Choose the file")}
    }
    .into_any()
}

fn table(app: App, entry: Entry) -> AnyView {
    let Entry { info, is_on_view, n_rows_changed } = entry;
    let show = {
        let name = info.name.clone();
        move |tab| app.send(Command::ShowTable { table: name.clone(), tab })
    };
    let (rows, report, profile) = (show.clone(), show.clone(), show);
    let save = info.name.clone();
    let size = format!(
        "{}, {}",
        format::plural(info.n_rows, "row", "rows"),
        format::plural(info.columns.len() as u64, "column", "columns")
    );
    let changed = n_rows_changed.map(|n| {
        button(
            "link",
            format!("{} of {} rows changed", format::count(n), format::count(info.n_rows)),
            move || {
                report(TableTab::Import);
            },
        )
    });
    let columns: Vec<AnyView> = info.columns.iter().map(column).collect();
    view! {
        <div class="table-entry">
            <div class="table-entry__head">
                <button
                    type="button" class="table-entry__name" aria-current=is_on_view.then_some("true")
                    on:click=move |_| rows(TableTab::Rows)
                >
                    {info.name.clone()}
                </button>
                {icon_button("save", format!("Save {} as CSV", info.name), move || app.send(Command::ExportCsv(save.clone())))}
            </div>
            <p class="muted table-entry__size">{size}</p>
            {changed}
            <details class="disclosure">
                <summary>"Columns"</summary>
                <ul class="column-list">{columns}</ul>
                {button("link", "Profile of every column", move || profile(TableTab::Columns))}
            </details>
        </div>
    }
    .into_any()
}

fn column(column: &ColumnInfo) -> AnyView {
    let missing = (column.n_missing > 0)
        .then(|| view! { <span class="check__note">{format!("{} missing", format::count(column.n_missing))}</span> });
    view! {
        <li>{kind_labelled(column.kind)}<span class="column-list__name">{column.name.clone()}</span>{missing}</li>
    }
    .into_any()
}

/// Ways to add data. A join is offered from the second table on.
pub fn add(app: App) -> AnyView {
    let can_join = app.part(|state| state.engine.tables.len() >= 2);
    let area = NodeRef::<leptos::html::Textarea>::new();
    view! {
        <div class="panel__actions">
            {file_button(app, "Add files")}
            {move || can_join.get().then(|| button("button", "Join tables", move || app.send(Command::OpenJoinPanel)))}
        </div>
        <details class="disclosure">
            <summary>"Paste a table"</summary>
            <div class="drop__paste">
                <textarea node_ref=area class="input" rows="4" aria-label="Rows of a table" spellcheck="false"></textarea>
                {button("button", "Read the table", move || {
                    if let Some(area) = area.get_untracked()
                        && start::add_text(app, &area.value())
                    {
                        area.set_value("");
                    }
                })}
            </div>
        </details>
    }
    .into_any()
}

/// A real file input in the shape of a button.
pub fn file_button(app: App, label: &'static str) -> AnyView {
    view! {
        <label class="button file-button">
            {label}
            <input
                type="file" multiple
                on:change=move |event| {
                    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
                    if let Some(input) = input {
                        start::take_files(app, &input);
                    }
                }
            />
        </label>
    }
    .into_any()
}
