//! The data in the left zone: sources, their tables, their columns, and ways to add more.

use crate::format;
use crate::model::{ColumnInfo, TableInfo};
use crate::protocol::ExportFormat;
use crate::ui::command::Command;
use crate::ui::dom::{Html, Place, each, el, list, live};
use crate::ui::parts::field::check;
use crate::ui::parts::icon::{button, icon, icon_button, kind_labelled};
use crate::ui::parts::progress::progress;
use crate::ui::preview::PreviewAct;
use crate::ui::quality;
use crate::ui::relations::RelationAct;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::start;
use crate::ui::state::{SourceKind, State, TableTab, View};
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// What a source shows of itself.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    label: String,
    kind: SourceKind,
    is_busy: bool,
    has_failed: bool,
    tables: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq)]
struct Entry {
    /// A recipe makes it; its steps are at the source.
    is_recipe: bool,
    info: Arc<TableInfo>,
    is_on_view: bool,
    /// Findings that ask for a look; `None` while the table was not looked through.
    n_to_look_at: Option<usize>,
    /// Rows changed while reading; files only.
    n_rows_changed: Option<u64>,
    /// Which of several tables in the file, from 1, and how many there are.
    place_in_file: Option<(u32, usize)>,
}

pub fn sources(app: App) -> Html {
    let ids = app
        .part(|state| state.document.sources.iter().map(|source| source.id.to_string()).collect::<Vec<_>>());
    el("ul")
        .class("sources")
        .add(each(move || ids.get(), move |id| id.parse().map_or(Html::Nothing, |id| source(app, id))))
        .into()
}

fn shown(state: &State, id: u32) -> Option<Shown> {
    let source = state.document.source(id)?;
    let slot = state.slot(&SlotId::Source(id));
    let names = state.engine.made.get(&id).cloned().unwrap_or_default();
    let entries = names.iter().filter_map(|name| {
        let is_on_view = matches!(&state.document.view, View::Table { table, .. } if table == name);
        let report = state.engine.parse_reports.get(name);
        let n_rows_changed = report.map(|report| report.n_rows_changed);
        let place_in_file = report.map(|report| (report.table, report.tables.len())).filter(|(_, n)| *n > 1);
        let is_recipe = matches!(source.kind, SourceKind::Recipe { .. });
        let n_to_look_at = quality::report_of(state, name).map(|report| quality::n_to_look_at(&report));
        let info = state.table(name)?.clone();
        Some(Entry { is_recipe, info, is_on_view, n_to_look_at, n_rows_changed, place_in_file })
    });
    Some(Shown {
        label: source.label(),
        kind: source.kind.clone(),
        is_busy: slot.is_some_and(|slot| !slot.is_current()),
        has_failed: slot.is_some_and(|slot| slot.error.is_some()),
        tables: entries.collect(),
    })
}

fn source(app: App, id: u32) -> Html {
    let shown = app.part(move |state| shown(state, id));
    el("li")
        .class("source")
        .add(live(move || shown.get().map(|shown| head(app, id, shown))))
        .add(progress(app, SlotId::Source(id)))
        .into()
}

fn head(app: App, id: u32, shown: Shown) -> Html {
    let (name, knobs) = match &shown.kind {
        SourceKind::File { .. } => ("file", None),
        SourceKind::World { .. } => (
            "world",
            Some(icon_button("options", "Knobs and seed".into(), move || {
                app.send(Command::OpenWorldPanel(id))
            })),
        ),
        SourceKind::Join { .. } => ("join", None),
        SourceKind::Recipe { .. } => (
            "clean",
            Some(icon_button("options", format!("Steps of {}", shown.label), move || {
                app.send(Command::OpenRecipe(id))
            })),
        ),
    };
    let words = match &shown.kind {
        SourceKind::Join { left, right, left_key, .. } => format!("{left} with {right} on {left_key}"),
        SourceKind::Recipe { table, steps, .. } => {
            format!("{table}, {}", format::plural(steps.len() as u64, "step", "steps"))
        }
        _ => shown.label.clone(),
    };
    let tooltip = words.clone();
    let state = match &shown.kind {
        SourceKind::File { file_id: None, .. } => Some("not at hand"),
        SourceKind::Recipe { .. } if shown.has_failed => Some("a step does not work"),
        _ if shown.has_failed => Some("could not be read"),
        _ if shown.is_busy && shown.tables.is_empty() => Some("reading"),
        _ => None,
    };
    let state = state.map(|words| el("p").class("muted source__note").add(words));
    let tables: Vec<Html> = shown.tables.into_iter().map(|entry| table(app, entry)).collect();
    list([
        el("div")
            .class("source__head")
            .add(icon(name))
            .add(el("span").class("source__label").attr("title", tooltip).add(words))
            .add(knobs)
            .add(icon_button("remove", format!("Remove {}", shown.label), move || {
                app.send(Command::RemoveSource(id))
            }))
            .into(),
        state.into(),
        tables.into(),
    ])
}

fn table(app: App, entry: Entry) -> Html {
    let Entry { is_recipe, info, is_on_view, n_to_look_at, n_rows_changed, place_in_file } = entry;
    let show = {
        let name = info.name.clone();
        move |tab| app.send(Command::ShowTable { table: name.clone(), tab })
    };
    let (rows, report, found, profile) = (show.clone(), show.clone(), show.clone(), show);
    let (save, clean) = (info.name.clone(), info.name.clone());
    let place = place_in_file.map(|(at, n)| format!("; table {at} of {n} in the file")).unwrap_or_default();
    let size = format!(
        "{}, {}{place}",
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
    let to_look_at = n_to_look_at.filter(|n| *n > 0).map(|n| {
        let words = format!("{} to look at", format::plural(n as u64, "thing", "things"));
        button("link", words, move || found(TableTab::Quality))
    });
    let columns: Vec<Html> = info.columns.iter().map(column).collect();
    el("div")
        .class("table-entry")
        .add(
            el("div")
                .class("table-entry__head")
                .add(
                    el("button")
                        .attr("type", "button")
                        .class("table-entry__name")
                        .attr_if("aria-current", is_on_view.then_some("true"))
                        .on("click", move |_| rows(TableTab::Rows))
                        .add(info.name.clone()),
                )
                .add(
                    el("span")
                        .class("metric__actions")
                        .add((!is_recipe).then(|| {
                            icon_button("clean", format!("Clean {}", info.name), move || {
                                app.send(Command::NewRecipe(clean.clone()))
                            })
                        }))
                        .add(icon_button("save", format!("Save {} as CSV", info.name), move || {
                            app.send(Command::Export { table: save.clone(), format: ExportFormat::Csv })
                        })),
                ),
        )
        .add(el("p").class("muted table-entry__size").add(size))
        .add(changed)
        .add(to_look_at)
        .add(
            el("details")
                .class("disclosure")
                .add(el("summary").text("Columns"))
                .add(el("ul").class("column-list").add(columns))
                .add(button("link", "Profile of every column", move || profile(TableTab::Columns))),
        )
        .into()
}

fn column(column: &ColumnInfo) -> Html {
    let missing = (column.n_missing > 0)
        .then(|| el("span").class("check__note").add(format!("{} missing", format::count(column.n_missing))));
    el("li")
        .add(kind_labelled(column.kind))
        .add(el("span").class("column-list__name").add(column.name.clone()))
        .add(missing)
        .into()
}

/// Ways to add data. A join is offered from the second table on.
pub fn add(app: App) -> Html {
    let can_join = app.part(|state| state.engine.tables.len() >= 2);
    let is_on_view = app.part(|state| state.document.view == View::Relations);
    let is_asked = app.part(|state| state.chrome.preview.is_asked);
    let area = Place::new();
    list([
        el("div")
            .class("panel__actions")
            .add(file_button(app, "Add files"))
            .add(live(move || {
                can_join
                    .get()
                    .then(|| button("button", "Join tables", move || app.send(Command::OpenJoinPanel)))
            }))
            .add(live(move || {
                can_join.get().then(|| {
                    el("button")
                        .attr("type", "button")
                        .class("button")
                        .attr_if("aria-current", is_on_view.get().then_some("true"))
                        .on("click", move |_| app.send(Command::Relations(RelationAct::Show)))
                        .text("Relations")
                })
            }))
            .into(),
        live(move || {
            check("Check before loading".into(), String::new(), is_asked.get(), move |is_asked| {
                app.send(Command::Preview(PreviewAct::Ask(is_asked)));
            })
        }),
        el("details")
            .class("disclosure")
            .add(el("summary").text("Paste a table"))
            .add(
                el("div")
                    .class("drop__paste")
                    .add(
                        el("textarea")
                            .place(area)
                            .class("input")
                            .attr("rows", "4")
                            .attr("aria-label", "Rows of a table")
                            .attr("spellcheck", "false"),
                    )
                    .add(button("button", "Read the table", move || {
                        if let Some(area) = area.get::<web_sys::HtmlTextAreaElement>()
                            && start::add_text(app, &area.value())
                        {
                            area.set_value("");
                        }
                    })),
            )
            .into(),
    ])
}

/// A real file input in the shape of a button.
pub fn file_button(app: App, label: &'static str) -> Html {
    el("label")
        .class("button file-button")
        .add(label)
        .add(el("input").attr("type", "file").attr("multiple", "").on("change", move |event| {
            let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
            if let Some(input) = input {
                start::take_files(app, &input);
            }
        }))
        .into()
}
