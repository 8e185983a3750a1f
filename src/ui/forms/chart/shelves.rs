//! The shelves: what is on each, what is made of it, and a list to choose from.

use super::details::Details;
use super::{Builder, change, put_named, shown_shelves};
use crate::analyses::chart::{ChartField, ChartSpec};
use crate::model::{ColumnInfo, Kind};
use crate::ui::chart_builder::{Shelf, can_swap, field_words, fits, put, put_rows, swap, take_off};
use crate::ui::dom::{Html, el};
use crate::ui::forms::Input;
use crate::ui::parts::field::{Choice, Field, choice, select};
use crate::ui::parts::icon::{icon_button, kind, kind_labelled};
use crate::ui::runtime::{App, focus};
use std::rc::Rc;

/// Choices of a list that are not columns.
const NOTHING: &str = "";
const ROWS: &str = "rows";
const MISSING: &str = "missing";

pub fn fields(app: App, input: &Input, spec: &ChartSpec, builder: Builder) -> Html {
    let all: Rc<Vec<ColumnInfo>> = Rc::new(input.columns().to_vec());
    // Shelves that are not shown keep their place, so that the others keep theirs.
    let shown = shown_shelves(spec, &all);
    let view = |shelf: &Shelf| {
        if shown.contains(shelf) {
            shelf_view(app, input, spec, &all, *shelf, builder)
        } else {
            Html::Nothing
        }
    };
    let shelves: Vec<Html> = Shelf::ALL.iter().map(view).collect();
    el("fieldset")
        .class("field")
        .add(el("legend").text("Shelves"))
        .add(el("div").class("shelves").add(shelves))
        .add(swap_button(app, input.id, spec, &all))
        .into()
}

fn swap_button(app: App, id: u32, spec: &ChartSpec, all: &Rc<Vec<ColumnInfo>>) -> Html {
    let is_possible = can_swap(spec, all);
    let all = all.clone();
    let why = if is_possible { "" } else { "There is no chart with X and Y the other way round" };
    el("button")
        .attr("type", "button")
        .class("button shelves__swap")
        .attr_if("aria-disabled", (!is_possible).then_some("true"))
        .attr_if("title", (!why.is_empty()).then_some(why))
        .on_press(move || {
            // It keeps the focus when there is nothing left to swap, so it is not disabled for good.
            if is_possible {
                change(app, id, |spec| swap(spec, &all));
            }
        })
        .text("Swap X and Y")
        .into()
}

fn shelf_view(
    app: App,
    input: &Input,
    spec: &ChartSpec,
    all: &Rc<Vec<ColumnInfo>>,
    shelf: Shelf,
    builder: Builder,
) -> Html {
    let field = shelf.of(spec);
    let column = field.and_then(|field| all.iter().find(|column| column.name == field.column));
    let at = shelf.field();
    let label = format!("{}: column", shelf.name());
    let details = Details::of(app, input, spec, all, shelf);
    // A fault of what is made of the column is told there.
    let is_told = details.as_ref().is_some_and(Details::has_error);
    let control = Field::new(input.field_id(at), label).row().error(input.error_at(at).filter(|_| !is_told));
    let columns = all.clone();
    let id = input.id;
    let (choices, chosen) = choices(all, shelf, field);
    let choose = select(control, choices, &chosen, move |value| match value.as_str() {
        NOTHING => change(app, id, |spec| take_off(spec, shelf, &columns)),
        ROWS => put_named(app, id, &columns, shelf, ""),
        value => {
            let column = value.strip_prefix('#').and_then(|at| columns.get(at.parse::<usize>().ok()?));
            if let Some(column) = column {
                put_named(app, id, &columns, shelf, &column.name);
            }
        }
    });
    let chip = field.map(|field| chip(app, input, all, shelf, field, column, builder));
    let shelf_element = el("div")
        .class("shelf")
        .class_if("shelf--empty", field.is_none())
        .attr("role", "group")
        .attr("aria-label", shelf.name())
        .add(choose)
        .add(chip)
        .add(details.map(|details| details.view()));
    builder.drag.target(shelf_element, shelf).into()
}

/// The columns that fit, and which of the choices is chosen. Columns go by their place: a name could be anything.
fn choices(all: &[ColumnInfo], shelf: Shelf, field: Option<&ChartField>) -> (Vec<Choice>, String) {
    let mut choices = vec![choice(NOTHING, "nothing")];
    if shelf == Shelf::Y {
        choices.push(choice(ROWS, "rows"));
    }
    let fitting = all.iter().enumerate().filter(|(_, column)| fits(shelf, column.kind));
    choices.extend(fitting.map(|(at, column)| choice(format!("#{at}"), &column.name)));
    let chosen = match field {
        None => NOTHING.into(),
        Some(field) if field.column.is_empty() => ROWS.into(),
        Some(field) => match all.iter().position(|column| column.name == field.column) {
            Some(at) => format!("#{at}"),
            None => {
                choices.push(choice(MISSING, format!("{} (not there)", field.column)));
                MISSING.into()
            }
        },
    };
    (choices, chosen)
}

/// What is made of the column, in words; it can be dragged to another shelf, and taken off.
fn chip(
    app: App,
    input: &Input,
    all: &Rc<Vec<ColumnInfo>>,
    shelf: Shelf,
    field: &ChartField,
    column: Option<&ColumnInfo>,
    builder: Builder,
) -> Html {
    let (id, columns, name) = (input.id, all.clone(), field.column.clone());
    let words = field_words(field);
    let icon = match column {
        Some(column) => kind_labelled(column.kind),
        None => kind(Kind::Count),
    };
    let held = el("span").class("shelf__chip-name").add(icon).add(el("span").add(words.clone()));
    let moved = columns.clone();
    let held = builder.drag.source(held, words.clone(), move |to| {
        let is_other = to != shelf && (to == Shelf::Y || !name.is_empty());
        let column = moved.iter().find(|column| column.name == name);
        if is_other && column.is_none_or(|column| fits(to, column.kind)) {
            change(app, id, |spec| {
                let rest = take_off(spec, shelf, &moved);
                match column {
                    Some(column) => put(&rest, to, column, &moved),
                    None => put_rows(&rest, to, &moved),
                }
            });
        }
    });
    let select_id = input.field_id(shelf.field());
    let remove = icon_button("close", format!("Take {words} off {}", shelf.name()), move || {
        // The button goes away with the chip.
        focus(&select_id);
        change(app, id, |spec| take_off(spec, shelf, &columns));
    });
    el("div").class("chip shelf__chip").add(held).add(remove).into()
}
