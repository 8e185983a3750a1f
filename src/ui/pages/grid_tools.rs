//! What stands above the rows of a table: the search, the filters as chips, the form of one column's filters, and how many
//! rows are left.

use crate::format;
use crate::model::{Filter, FilterStep, Step, TableInfo};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live, live_text};
use crate::ui::forms::filters::conditions;
use crate::ui::grid::{Chip, chips, n_rows_shown, without_column};
use crate::ui::parts::icon::{button, icon};
use crate::ui::parts::progress::progress;
use crate::ui::runtime::{App, Part, focus};
use crate::ui::slot::SlotId;
use crate::ui::state::{State, View};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// The column whose form is open, by its place.
pub type Open = RwSignal<Option<usize>>;

pub fn filters_of(state: &State) -> Vec<Filter> {
    match &state.document.view {
        View::Table { filter, .. } => filter.clone(),
        _ => Vec::new(),
    }
}

pub fn search_of(state: &State) -> String {
    match &state.document.view {
        View::Table { search, .. } => search.clone(),
        _ => String::new(),
    }
}

/// The rows on view are those that are wanted.
pub fn is_settled(state: &State) -> bool {
    let mut pages = state.engine.wanted_pages.iter();
    pages
        .all(|page| state.slot(&SlotId::Page(*page)).is_some_and(|slot| slot.is_current() && !slot.is_busy()))
}

/// The field that looks through all columns.
pub fn search(app: App) -> Html {
    let text = app.part(search_of);
    let keys = move |event: web_sys::Event| {
        let is_escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        if is_escape && !text.peek().is_empty() {
            event.prevent_default();
            event.stop_propagation();
            app.send(Command::SearchRows(String::new()));
        }
    };
    el("div")
        .class("field field--row grid__search")
        .add(el("label").class("field__label").attr("for", "grid-search").text("Search all columns"))
        .add(
            el("input")
                .class("input")
                .attr("type", "search")
                .id("grid-search")
                .attr("spellcheck", "false")
                .attr("autocomplete", "off")
                .live_prop("value", move || text.get())
                .on("input", move |event| app.send(Command::SearchRows(event_target_value(&event))))
                .on("keydown", keys),
        )
        .into()
}

/// How many rows are left, where some are not shown.
pub fn count(app: App, table: &str) -> Html {
    let name = table.to_owned();
    let counted = app.part(move |state| {
        let n_rows = state.table(&name)?.n_rows;
        let is_narrowed = !filters_of(state).is_empty() || !search_of(state).is_empty();
        let is_known = state.engine.n_rows_shown.is_some() && is_settled(state);
        is_narrowed.then(|| is_known.then(|| (n_rows_shown(state, n_rows), n_rows)))
    });
    let words = move || match counted.get() {
        Some(Some((n, n_rows))) => {
            format!("{} of {}", format::count(n), format::plural(n_rows, "row", "rows"))
        }
        Some(None) => "counting rows".into(),
        None => String::new(),
    };
    el("p").class("grid__count").attr("role", "status").add(live_text(words)).into()
}

/// The filters as chips, and what can be done with them.
pub fn narrowed(app: App, table: &str) -> Html {
    let first_page = app.part(|state| state.engine.wanted_pages.first().copied());
    let shown = app.part(|state| (filters_of(state), search_of(state)));
    let table = table.to_owned();
    let tools = move || {
        let (filters, search) = shown.get();
        if filters.is_empty() && search.is_empty() {
            return Html::Nothing;
        }
        let items: Vec<Html> = chips(&filters).iter().map(|of| chip(app, of)).collect();
        let keep = match (filters.is_empty(), search.is_empty()) {
            (true, _) => Html::Nothing,
            (false, true) => {
                let table = table.clone();
                button("button", "Keep only these rows", move || {
                    let conditions = app.peek(filters_of);
                    let step = Step::Filter(FilterStep { conditions, expression: None });
                    app.send(Command::AddStep { table: table.clone(), step: Box::new(step.into()) });
                })
            }
            (false, false) => el("span")
                .class("muted")
                .text("Clear the search to keep only the rows that pass the filters.")
                .into(),
        };
        el("div")
            .class("grid__summary")
            .add(el("ul").class("chips").attr("aria-label", "Filters").add(items))
            .add(button("button button--quiet", "Clear all", move || {
                app.send(Command::ShowAllRows);
                focus("grid-search");
            }))
            .add(keep)
            .into()
    };
    list([live(tools), live(move || first_page.get().map(|page| progress(app, SlotId::Page(page))))])
}

/// Pressed, the chip takes its column's filters out.
fn chip(app: App, chip: &Chip) -> Html {
    let column = chip.column.clone();
    el("li")
        .add(
            el("button")
                .attr("type", "button")
                .class("chip")
                .attr("aria-label", format!("Remove the filter {}", chip.words))
                .on("click", move |_| {
                    let rest = without_column(&app.peek(filters_of), &column);
                    app.send(Command::FilterRows(rest));
                    focus("grid-search");
                })
                .add(el("span").add(chip.words.clone()))
                .add(icon("close")),
        )
        .into()
}

pub fn filter_button_id(at: usize) -> String {
    format!("grid-filter-{at}")
}

const FORM_TITLE: &str = "grid-filter-title";

/// Opens the form of a column, or closes it.
pub fn toggle(open: Open, at: usize) {
    if open.get_untracked() == Some(at) {
        open.set(None);
    } else {
        open.set(Some(at));
        request_animation_frame(|| focus(FORM_TITLE));
    }
}

/// The filters of the column whose button was pressed.
pub fn form(app: App, info: Part<Option<Arc<TableInfo>>>, open: Open) -> Html {
    let filters = app.part(filters_of);
    live(move || {
        let at = open.get()?;
        let column = info.get()?.columns.get(at)?.clone();
        let name = column.name.clone();
        let is_own = move |filter: &&Filter| filter.column() == name;
        let own: Vec<Filter> = filters.get().iter().filter(&is_own).cloned().collect();
        let name = column.name.clone();
        let rows = conditions(std::slice::from_ref(&column), "grid-filter", &own, move |new| {
            let mut all = without_column(&app.peek(filters_of), &name);
            all.extend(new);
            app.send(Command::FilterRows(all));
        });
        let close = move || {
            open.set(None);
            focus(&filter_button_id(at));
        };
        Some(
            el("section")
                .class("grid__form")
                .attr("aria-labelledby", FORM_TITLE)
                .on("keydown", move |event| {
                    if event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape") {
                        event.stop_propagation();
                        close();
                    }
                })
                .add(el("h3").id(FORM_TITLE).attr("tabindex", "-1").add(format!("Filter {}", column.name)))
                .add(rows)
                .add(button("button button--quiet", "Close", close)),
        )
    })
}
