//! The dashboard: what filters it, its tiles, and what can be added.

use super::dashboard_tile::tile;
use super::{offers, report};
use crate::format;
use crate::ui::command::Command;
use crate::ui::dashboard::{DashboardAct, TileContent};
use crate::ui::dom::{Html, each, el, list, live};
use crate::ui::grid::chips;
use crate::ui::parts::field::{choice, unlabelled_select};
use crate::ui::parts::icon::{button, icon, icon_button};
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;
use crate::ui::state::State;
use leptos::prelude::{document, window};
use web_sys::Element;

pub fn dashboard(app: App) -> Html {
    let ids = app.part(|state| {
        state.document.dashboard.tiles.iter().map(|tile| tile.id.to_string()).collect::<Vec<_>>()
    });
    let is_empty = Part::new(move || ids.get().is_empty());
    el("div")
        .class("dashboard")
        .id("dashboard")
        .add(offers::troubles(app))
        .add(
            el("header")
                .class("dashboard__head")
                .add(el("h2").class("dashboard__title").text("Dashboard"))
                .add(add(app))
                .add(live(move || (!is_empty.get()).then(screen_tools))),
        )
        .add(picked(app))
        .add(live(move || is_empty.get().then(|| empty(app))))
        .add(
            el("div")
                .class("tiles")
                .add(each(move || ids.get(), move |id| id.parse().map_or(Html::Nothing, |id| tile(app, id)))),
        )
        .into()
}

fn act(app: App, act: DashboardAct) {
    app.send(Command::Dashboard(act));
}

/// What to do when nothing is there yet.
fn empty(app: App) -> Html {
    let has_tables = app.part(|state| state.engine.tables.iter().any(|table| table.n_rows > 0));
    live(move || {
        let text = if has_tables.get() {
            "Nothing is on the dashboard yet. Begin with one made of what your tables suggest, add a chart of your own, or put \
             an analysis of the report here."
        } else {
            "There is no data yet. Drop files anywhere on this page, or add them on the left."
        };
        let make = has_tables.get().then(|| {
            button("button button--primary", "Make me a dashboard", move || act(app, DashboardAct::Make))
        });
        el("div").class("dashboard__empty").add(el("p").text(text)).add(make)
    })
}

/// A chart, a text, or a filter of a column.
fn add(app: App) -> Html {
    let columns = app.part(columns);
    list([
        button("button", "Add chart", move || act(app, DashboardAct::AddChart)),
        button("button", "Add text", move || act(app, DashboardAct::AddText)),
        live(move || {
            let columns = columns.get();
            if columns.is_empty() {
                return Html::Nothing;
            }
            let mut choices = vec![choice("", "Add filter")];
            choices.extend(
                columns.iter().enumerate().map(|(idx, (_, _, label))| choice(idx.to_string(), label.clone())),
            );
            let id = "dashboard-add-filter".to_owned();
            unlabelled_select(id, "Add a filter".into(), choices, "", move |idx| {
                let chosen = idx.parse::<usize>().ok().and_then(|idx| columns.get(idx).cloned());
                if let Some((table, column, _)) = chosen {
                    act(app, DashboardAct::AddFilter { table, column });
                }
            })
        }),
    ])
}

/// The columns that a filter can be made of: table, column, and what is shown.
fn columns(state: &State) -> Vec<(String, String, String)> {
    let has_several = state.engine.tables.len() > 1;
    let mut found = Vec::new();
    for table in &state.engine.tables {
        for column in &table.columns {
            let can_filter = column.kind.is_numeric() || column.kind.is_time() || !column.levels.is_empty();
            if can_filter {
                let name = &column.name;
                let label = if has_several { format!("{}: {name}", table.name) } else { name.clone() };
                found.push((table.name.clone(), name.clone(), label));
            }
        }
    }
    found
}

/// Full screen and print.
fn screen_tools() -> Html {
    el("div")
        .class("dashboard__tools")
        .add(button("button", "Full screen", || {
            if document().fullscreen_element().is_some() {
                document().exit_fullscreen();
            } else if let Some(element) = document().get_element_by_id("report") {
                let _ = Element::request_fullscreen(&element);
            }
        }))
        .add(button("button", "Print", || {
            let _ = window().print();
        }))
        .into()
}

/// What filters the dashboard, as chips, and how many rows are left.
fn picked(app: App) -> Html {
    let picks = app.part(|state| {
        let picks = state.document.dashboard.picks.iter();
        picks.map(|pick| (pick.tile, pick.table.clone(), words(&pick.filter))).collect::<Vec<_>>()
    });
    let rows = app.part(|state| {
        let tables = crate::ui::dashboard::counted(state).into_iter();
        tables
            .filter_map(|(table, filter)| {
                let slot = state.slot(&SlotId::PickedRows(table.clone()))?;
                let n_all = state.table(&table)?.n_rows;
                let n = state.engine.picked_rows.get(&table).filter(|_| slot.is_current())?;
                Some((table, filter, *n, n_all))
            })
            .collect::<Vec<_>>()
    });
    live(move || {
        let picks = picks.get();
        if picks.is_empty() {
            return Html::Nothing;
        }
        let chips = picks.into_iter().map(|(id, table, words)| {
            let label = format!("Take the filter away: {words}");
            let (shown, of) = (words.clone(), table.clone());
            el("li")
                .class("chip")
                .add(el("span").add(shown))
                .add(icon_button("close", label, move || {
                    act(app, DashboardAct::Pick { id, table: of.clone(), filter: Vec::new() });
                }))
                .into()
        });
        let chips: Vec<Html> = chips.collect();
        el("div")
            .class("dashboard__picks")
            .add(icon("filter"))
            .add(el("ul").class("chips").attr("aria-label", "Filters of the dashboard").add(chips))
            .add(button("button", "Clear all", move || act(app, DashboardAct::ClearPicks)))
            .add(live(move || {
                // The rows behind the figures are one click away.
                let parts = rows.get().into_iter().map(|(table, filter, n, n_all)| {
                    let words = format!("{} of {} rows in {table}", format::count(n), format::count(n_all));
                    el("button")
                        .attr("type", "button")
                        .class("link-button")
                        .attr("title", format!("Show these rows of {table}"))
                        .on("click", move |_| {
                            let (table, filter) = (table.clone(), filter.clone());
                            app.send(Command::ShowRowsWhere { table, filter });
                        })
                        .add(words)
                        .into()
                });
                el("div").class("dashboard__rows").attr("role", "status").add(parts.collect::<Vec<Html>>())
            }))
            .into()
    })
}

fn words(filters: &[crate::model::Filter]) -> String {
    chips(filters).into_iter().map(|chip| chip.words).collect::<Vec<_>>().join(", ")
}

/// What a tile is called.
pub(super) fn tile_name(state: &State, id: u32) -> String {
    match state.document.dashboard.tile(id).map(|tile| &tile.content) {
        Some(TileContent::Analysis(spec)) => super::nav::name(spec),
        Some(TileContent::Text(_)) => "Text".into(),
        Some(TileContent::Filter { column, .. }) => column.clone(),
        None => String::new(),
    }
}

/// The answer of a tile, while it is not there.
pub(super) fn state_of(app: App, id: u32) -> Html {
    let error = app.part(move |state| report::error(state, id));
    live(move || error.get().map(|error| report::told(app, id, &error)))
}
