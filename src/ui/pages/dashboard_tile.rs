//! A tile: its name, what moves and resizes it, and what is in it.

use super::dashboard::{state_of, tile_name};
use super::dashboard_filter;
use crate::ui::command::Command;
use crate::ui::dashboard::{DashboardAct, TileContent};
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::icon::{icon, icon_button};
use crate::ui::parts::progress::progress;
use crate::ui::results;
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;
use crate::ui::state::{Panel, State};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, PointerEvent};

/// Height of a row of the grid and the gap below it, in pixels; repeated in style/dashboard.css.
const ROW_PX: f64 = 40.0;
const GAP_PX: f64 = 8.0;
/// Height of a tile's head, the room around its contents, and the strip of tools below.
const FRAME_PX: f64 = 78.0;

pub fn tile(app: App, id: u32) -> Html {
    let name = app.part(move |state| tile_name(state, id));
    let size = app.part(move |state| {
        state.document.dashboard.tile(id).map(|tile| (tile.n_columns, tile.n_rows)).unwrap_or_default()
    });
    let is_open = app.part(move |state| state.document.panel == Panel::Analysis(id));
    let is_picked = app.part(move |state| state.document.dashboard.pick(id).is_some());
    let kind = app.part(move |state| match state.document.dashboard.tile(id).map(|tile| &tile.content) {
        Some(TileContent::Analysis(_)) => 0,
        Some(TileContent::Text(_)) => 1,
        _ => 2,
    });
    let is_stale = app.part(move |state| {
        let slot = state.slot(&SlotId::Analysis(id));
        kind_of(state, id) && !slot.is_some_and(|slot| slot.is_current() && slot.error.is_none())
    });
    el("div")
        .class("tile")
        .attr("role", "group")
        .id(format!("tile-{id}"))
        .attr("data-tile", id.to_string())
        .attr("aria-labelledby", format!("tile-title-{id}"))
        .live_attr("aria-busy", move || Some(is_stale.get().to_string()))
        .live_class("tile--open", move || is_open.get())
        .live_class("tile--picked", move || is_picked.get())
        .live_style("grid-column-end", move || format!("span {}", size.get().0))
        .live_style("grid-row-end", move || format!("span {}", size.get().1))
        .add(
            el("header")
                .class("tile__head")
                .add(el("h3").class("tile__title").id(format!("tile-title-{id}")).add(name))
                .add(actions(app, id, kind, name, is_open)),
        )
        .add(progress(app, SlotId::Analysis(id)))
        .add(el("div").class("tile__body").live_class("tile__body--stale", move || is_stale.get()).add(live(
            move || match kind.get() {
                0 => analysis(app, id, size),
                1 => text(app, id),
                _ => dashboard_filter::filter(app, id),
            },
        )))
        .add(resize(app, id, name))
        .into()
}

fn kind_of(state: &State, id: u32) -> bool {
    state.document.dashboard.tile(id).is_some_and(|tile| tile.spec().is_some())
}

fn analysis(app: App, id: u32, size: Part<(u32, u32)>) -> Html {
    let height_px = Signal::derive(move || {
        let n_rows = f64::from(size.get().1);
        n_rows * (ROW_PX + GAP_PX) - GAP_PX - FRAME_PX
    });
    crate::ui::dom::list([state_of(app, id), results::tile(app, id, height_px)])
}

fn actions(app: App, id: u32, kind: Part<i32>, name: Part<String>, is_open: Part<bool>) -> Html {
    let options = move || {
        (kind.get() == 0).then(|| {
            el("button")
                .attr("type", "button")
                .id(format!("options-of-{id}"))
                .class("icon-button")
                .live_attr("aria-expanded", move || Some(is_open.get().to_string()))
                .live_attr("aria-label", move || Some(format!("Options of {}", name.get())))
                .live_attr("title", move || Some("Options".into()))
                .on("click", move |_| {
                    app.send(if is_open.peek() { Command::ClosePanel } else { Command::SelectAnalysis(id) });
                })
                .add(icon("options"))
        })
    };
    el("div")
        .class("tile__actions")
        .add(live(options))
        .add(move_handle(app, id, name))
        .add(live(move || {
            icon_button("remove", format!("Remove {}", name.get()), move || {
                app.send(Command::Dashboard(DashboardAct::Remove(id)));
            })
        }))
        .into()
}

/// Dragged to another tile's place, or moved by the arrow keys.
fn move_handle(app: App, id: u32, name: Part<String>) -> Html {
    let place =
        move || app.peek(|state| state.document.dashboard.tiles.iter().position(|tile| tile.id == id));
    let to = move |to: usize| app.send(Command::Dashboard(DashboardAct::Move { id, to }));
    el("button")
        .attr("type", "button")
        .class("icon-button tile__handle")
        .id(format!("move-tile-{id}"))
        .live_attr("aria-label", move || Some(format!("Move {}: arrow keys", name.get())))
        .attr("title", "Move: drag, or arrow keys")
        .on("pointerdown", capture)
        .on("pointermove", move |event| {
            let Some(event) = held(&event) else { return };
            let under = document().element_from_point(event.client_x() as f32, event.client_y() as f32);
            let tile = under.and_then(|element| element.closest("[data-tile]").ok().flatten());
            let other = tile.and_then(|tile| tile.get_attribute("data-tile")?.parse::<u32>().ok());
            let idx = app
                .peek(|state| state.document.dashboard.tiles.iter().position(|tile| Some(tile.id) == other));
            if let Some(idx) = idx.filter(|_| other != Some(id)) {
                to(idx);
            }
        })
        .on("keydown", move |event| {
            let Some(here) = place() else { return };
            let there = match key(&event).as_str() {
                "ArrowLeft" | "ArrowUp" => here.checked_sub(1),
                "ArrowRight" | "ArrowDown" => Some(here + 1),
                _ => return,
            };
            event.prevent_default();
            if let Some(there) = there {
                to(there);
                // A tile that moves in the page loses the focus.
                request_animation_frame(move || crate::ui::runtime::focus(&format!("move-tile-{id}")));
            }
        })
        .add(icon("move"))
        .into()
}

/// The corner: dragged, or changed by the arrow keys.
fn resize(app: App, id: u32, name: Part<String>) -> Html {
    let size = move || {
        app.peek(|state| state.document.dashboard.tile(id).map(|tile| (tile.n_columns, tile.n_rows)))
            .unwrap_or_default()
    };
    let set = move |(n_columns, n_rows): (u32, u32)| {
        if (n_columns, n_rows) != size() {
            app.send(Command::Dashboard(DashboardAct::Resize { id, n_columns, n_rows }));
        }
    };
    el("button")
        .attr("type", "button")
        .class("icon-button tile__corner")
        .live_attr("aria-label", move || Some(format!("Resize {}: arrow keys", name.get())))
        .attr("title", "Resize: drag, or arrow keys")
        .on("pointerdown", capture)
        .on("pointermove", move |event| {
            let Some(event) = held(&event) else { return };
            let Some(tile) = document().get_element_by_id(&format!("tile-{id}")) else { return };
            let area = tile.get_bounding_client_rect();
            let (n_columns, _) = size();
            let column_px = (area.width() + GAP_PX) / f64::from(n_columns.max(1));
            let n_columns = (f64::from(event.client_x()) - area.left() + GAP_PX) / column_px;
            let n_rows = (f64::from(event.client_y()) - area.top() + GAP_PX) / (ROW_PX + GAP_PX);
            set((n_columns.round().max(1.0) as u32, n_rows.round().max(1.0) as u32));
        })
        .on("keydown", move |event| {
            let (n_columns, n_rows) = size();
            let new = match key(&event).as_str() {
                "ArrowLeft" => (n_columns.saturating_sub(1), n_rows),
                "ArrowRight" => (n_columns + 1, n_rows),
                "ArrowUp" => (n_columns, n_rows.saturating_sub(1)),
                "ArrowDown" => (n_columns, n_rows + 1),
                _ => return,
            };
            event.prevent_default();
            set(new);
        })
        .add(icon("resize"))
        .into()
}

fn key(event: &Event) -> String {
    event.dyn_ref::<KeyboardEvent>().map(KeyboardEvent::key).unwrap_or_default()
}

/// The handle keeps the pointer until it is let go of.
fn capture(event: Event) {
    let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    if let (Some(target), Some(event)) = (target, event.dyn_ref::<PointerEvent>()) {
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// A move with the button down.
fn held(event: &Event) -> Option<PointerEvent> {
    event.dyn_ref::<PointerEvent>().filter(|event| event.buttons() & 1 == 1).cloned()
}

/// Words of one's own between the charts.
fn text(app: App, id: u32) -> Html {
    let content = app.part(move |state| match state.document.dashboard.tile(id).map(|tile| &tile.content) {
        Some(TileContent::Text(text)) => text.clone(),
        _ => String::new(),
    });
    el("textarea")
        .class("input tile__text")
        .attr("aria-label", "Text of the tile")
        .attr("placeholder", "Write what the reader should know.")
        .live_prop("value", move || content.get())
        .on("input", move |event| {
            app.send(Command::Dashboard(DashboardAct::SetText { id, text: event_target_value(&event) }));
        })
        .into()
}
