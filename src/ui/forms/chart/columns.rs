//! The columns of the table, each a button that opens a menu of shelves and can be dragged to one.

use super::{Builder, focus_later, put_named, shown_shelves};
use crate::analyses::chart::ChartSpec;
use crate::model::{ColumnInfo, Kind};
use crate::ui::chart_builder::{Shelf, fits};
use crate::ui::dom::{Html, el, live};
use crate::ui::forms::Input;
use crate::ui::parts::icon;
use crate::ui::runtime::{App, focus};
use leptos::prelude::*;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// A column, or the rows themselves.
struct Item {
    /// Empty for the rows.
    column: String,
    label: String,
    kind: Option<Kind>,
    /// Its place in the list.
    idx: usize,
    /// Where it can be put.
    shelves: Vec<Shelf>,
    /// Where it stands already.
    stands_on: Vec<&'static str>,
}

pub fn fields(app: App, input: &Input, spec: &ChartSpec, builder: Builder) -> Html {
    let all: Rc<Vec<ColumnInfo>> = Rc::new(input.columns().to_vec());
    if all.is_empty() {
        return Html::Nothing;
    }
    let shelves = shown_shelves(spec, &all);
    let stands_on = |name: &str| {
        let shelves = shelves.iter().filter(|shelf| shelf.of(spec).is_some_and(|field| field.column == name));
        shelves.map(|shelf| shelf.name()).collect()
    };
    let rows = Item {
        column: String::new(),
        label: "rows".into(),
        kind: None,
        idx: 0,
        shelves: vec![Shelf::Y],
        stands_on: stands_on(""),
    };
    let columns = all.iter().enumerate().map(|(at, column)| Item {
        column: column.name.clone(),
        label: column.name.clone(),
        kind: Some(column.kind),
        idx: at + 1,
        shelves: shelves.iter().copied().filter(|shelf| fits(*shelf, column.kind)).collect(),
        stands_on: stands_on(&column.name),
    });
    let items: Vec<Html> =
        std::iter::once(rows).chain(columns).map(|item| view(app, input, &all, item, builder)).collect();
    el("fieldset")
        .class("field")
        .add(el("legend").text("Columns"))
        .add(el("ul").class("columns-list").add(items))
        .add(el("p").class("field__hint").text("Drag a column to a shelf, or press it to choose one."))
        .into()
}

fn view(app: App, input: &Input, all: &Rc<Vec<ColumnInfo>>, item: Item, builder: Builder) -> Html {
    let Item { column, label, kind, idx, shelves, stands_on } = item;
    let (id, menu) = (input.id, builder.menu);
    let button_id = input.field_id(&format!("column-{idx}"));
    let is_open = move || menu.get() == Some(idx);
    let send = {
        let (all, column, can_take) = (all.clone(), column.clone(), shelves.clone());
        Rc::new(move |shelf: Shelf| {
            if can_take.contains(&shelf) {
                put_named(app, id, &all, shelf, &column);
            }
        })
    };
    let dropped = send.clone();
    let note = (!stands_on.is_empty()).then(|| format!("on {}", stands_on.join(", ")));
    let icon = match kind {
        Some(kind) => icon::kind_labelled(kind),
        None => icon::kind(Kind::Count),
    };
    let button = el("button")
        .attr("type", "button")
        .class("column-button")
        .id(&button_id)
        .live_attr("aria-expanded", move || Some(is_open().to_string()))
        .on("click", move |_| {
            if !builder.drag.swallows_click() {
                menu.update(|open| *open = (*open != Some(idx)).then_some(idx));
            }
        })
        .add(icon)
        .add(el("span").class("column-button__name").add(label.clone()))
        .add(el("span").class("check__note").add(note));
    let button = builder.drag.source(button, label.clone(), move |shelf| dropped(shelf));
    let escaped = button_id.clone();
    el("li")
        .class("columns-list__item")
        .on("keydown", move |event| {
            let is_escape = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
            if is_escape && menu.get_untracked() == Some(idx) {
                // The options stay open: only the menu closes.
                event.stop_propagation();
                menu.set(None);
                focus(&escaped);
            }
        })
        .add(button)
        .add(live(move || {
            is_open().then(|| choices(&label, &shelves, builder, send.clone(), button_id.clone()))
        }))
        .into()
}

/// "Put minutes on: X, Y, ..."
fn choices(
    label: &str,
    shelves: &[Shelf],
    builder: Builder,
    send: Rc<impl Fn(Shelf) + 'static>,
    button_id: String,
) -> Html {
    let buttons: Vec<Html> = shelves
        .iter()
        .map(|shelf| {
            let (shelf, send, button_id) = (*shelf, send.clone(), button_id.clone());
            el("button")
                .attr("type", "button")
                .class("button")
                .attr("aria-label", format!("Put {label} on {}", shelf.name()))
                .on("click", move |_| {
                    // The button goes away with the menu.
                    focus(&button_id);
                    builder.menu.set(None);
                    send(shelf);
                    focus_later(button_id.clone());
                })
                .text(shelf.name())
                .into()
        })
        .collect();
    el("div")
        .class("columns-list__menu")
        .attr("role", "group")
        .attr("aria-label", format!("Put {label} on"))
        .add(el("span").class("muted").attr("aria-hidden", "true").text("Put on"))
        .add(buttons)
        .into()
}
