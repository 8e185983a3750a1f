//! The chart builder: columns, the shelves that they are put on, the kind of chart, and how it is arranged.

mod columns;
mod details;
mod drag;
mod marks;
mod options;
mod shelves;
mod suggestions;

use super::{Input, edit, filters, table_field};
use crate::analyses::Spec;
use crate::analyses::chart::ChartSpec;
use crate::model::ColumnInfo;
use crate::ui::chart_builder::{Shelf, put, put_rows};
use crate::ui::dom::{Html, list};
use crate::ui::runtime::{App, focus};
use drag::Drag;
use leptos::prelude::*;

/// What is open in the form of one chart, and what is being dragged in it. It outlives the form's views.
#[derive(Debug, Clone, Copy)]
pub struct Builder {
    /// The place in the list of columns whose menu is open.
    menu: RwSignal<Option<usize>>,
    /// Whether the suggestions are unfolded; until someone decides, they are while nothing is on the shelves.
    are_suggestions_open: RwSignal<Option<bool>>,
    drag: Drag,
}

impl Builder {
    pub fn new() -> Self {
        Self { menu: RwSignal::new(None), are_suggestions_open: RwSignal::new(None), drag: Drag::new() }
    }
}

pub fn form(app: App, input: &Input, spec: &ChartSpec, builder: Builder) -> Html {
    list([
        table_field(app, input),
        suggestions::fields(app, input, spec, builder),
        columns::fields(app, input, spec, builder),
        shelves::fields(app, input, spec, builder),
        marks::field(app, input, spec),
        options::fields(app, input, spec),
        filters::fields(app, input, &spec.filter),
        builder.drag.ghost(),
    ])
}

/// Sends the spec with one change; `change` gets it as it is then.
fn change(app: App, id: u32, change: impl FnOnce(&ChartSpec) -> ChartSpec) {
    edit(app, id, |spec| {
        if let Spec::Chart(spec) = spec {
            *spec = change(spec);
        }
    });
}

/// Puts the column of this name on a shelf; without a name, the rows.
fn put_named(app: App, id: u32, columns: &[ColumnInfo], shelf: Shelf, name: &str) {
    let column = columns.iter().find(|column| column.name == name);
    change(app, id, |spec| match column {
        Some(column) => put(spec, shelf, column, columns),
        None if name.is_empty() => put_rows(spec, shelf, columns),
        None => spec.clone(),
    });
}

/// Shelves that are shown: sizes belong to points.
fn shown_shelves(spec: &ChartSpec, columns: &[ColumnInfo]) -> Vec<Shelf> {
    use crate::analyses::chart::ChartMark;
    let is_scatter = crate::ui::chart_builder::shown_mark(spec, columns) == ChartMark::Scatter;
    Shelf::ALL
        .into_iter()
        .filter(|shelf| *shelf != Shelf::Size || is_scatter || spec.size.is_some())
        .collect()
}

/// After the next drawing: what had the focus may be gone by then.
fn focus_later(id: String) {
    request_animation_frame(move || focus(&id));
}
