//! The middle zone: options of what is selected. There is no Run button; a change is a command, and
//! the answer follows.

mod ab_test;
mod chart;
mod columns;
mod correlate;
mod describe;
mod expression;
pub mod filters;
mod join;
mod metrics;
mod recipe;
mod step;
mod world;

pub use join::{DryRun, dry_run};

use super::command::Command;
use super::parts::icon::icon_button;
use super::runtime::App;
use super::slot::SlotId;
use super::state::{Panel, State};
use crate::analyses::{CATALOG, Spec};
use crate::model::{EngineError, TableInfo};
use crate::ui::dom::{Html, el, list, live};
use std::sync::Arc;

/// The panel of the middle zone; empty while nothing is selected.
pub fn panel(app: App) -> Html {
    let shown = app.part(|state| state.document.panel.clone());
    live(move || match shown.get() {
        Panel::None => Html::Nothing,
        Panel::Analysis(id) => analysis(app, id),
        Panel::World(source) => world::panel(app, source),
        Panel::Join(draft) => join::panel(app, draft),
        Panel::Recipe(id) => recipe::panel(app, id),
    })
}

/// What a form needs to know to draw itself; it is drawn again when any of it changes.
#[derive(Debug, Clone, PartialEq)]
struct Input {
    id: u32,
    spec: Spec,
    /// The table that the spec names, where there is one.
    table: Option<Arc<TableInfo>>,
    tables: Vec<String>,
    error: Option<EngineError>,
}

fn input(state: &State, id: u32) -> Option<Input> {
    let spec = state.spec(id)?.clone();
    let slot = state.slot(&SlotId::Analysis(id));
    Some(Input {
        id,
        table: state.table(spec.table()).cloned(),
        tables: state.table_names().into_iter().map(str::to_owned).collect(),
        error: slot.filter(|slot| slot.is_current()).and_then(|slot| slot.error.clone()),
        spec,
    })
}

fn analysis(app: App, id: u32) -> Html {
    let input = app.part(move |state| input(state, id));
    let builder = chart::Builder::new();
    live(move || {
        let Some(input) = input.get() else { return Html::Nothing };
        let entry = CATALOG.iter().find(|entry| entry.kind == input.spec.kind());
        let name = entry.map_or("Options", |entry| entry.name);
        let help = entry.map_or("", |entry| entry.help);
        let body = match &input.spec {
            Spec::AbTest(spec) => ab_test::form(app, &input, spec),
            Spec::Describe(spec) => describe::form(app, &input, spec),
            Spec::Correlate(spec) => correlate::form(app, &input, spec),
            Spec::Chart(spec) => chart::form(app, &input, spec, builder),
        };
        framed(app, name, help, body)
    })
}

/// Title, close button, help and fields.
fn framed(app: App, title: &str, help: &'static str, body: Html) -> Html {
    list([
        el("header")
            .class("panel__head")
            .add(el("h2").id("panel-title").attr("tabindex", "-1").add(title))
            .add(icon_button("close", "Close the options (Esc)".into(), move || {
                app.send(Command::ClosePanel)
            }))
            .into(),
        el("details")
            .class("disclosure panel__help")
            .add(el("summary").text("What it does"))
            .add(el("p").add(help))
            .into(),
        el("div").class("panel__fields").add(body).into(),
    ])
}

impl Input {
    /// The engine's complaint about a field of the spec, to stand at that field.
    fn error_at(&self, field: &str) -> Option<String> {
        let error = self.error.as_ref()?;
        let at = error.at.field.as_deref()?;
        let is_here = at == field || at.strip_prefix(field).is_some_and(|rest| rest.starts_with(['.', '[']));
        is_here.then(|| error.to_string())
    }

    /// An id for the page from the field's place in the spec.
    fn field_id(&self, field: &str) -> String {
        format!("option-{}-{field}", self.id)
    }

    fn columns(&self) -> &[crate::model::ColumnInfo] {
        self.table.as_ref().map_or(&[], |table| &table.columns)
    }
}

/// The table to read, where there is more than one.
fn table_field(app: App, input: &Input) -> Html {
    use super::parts::field::{Field, choice, select};
    if input.tables.len() < 2 && input.table.is_some() {
        return Html::Nothing;
    }
    let id = input.id;
    let choices = input.tables.iter().map(|name| choice(name, name)).collect();
    let field = Field::new(input.field_id("table"), "Table").row().error(input.error_at("table"));
    select(field, choices, input.spec.table(), move |table| {
        edit(app, id, |spec| super::update::set_table(spec, &table));
    })
}

/// Sends the spec as it is now with one edit.
fn edit(app: App, id: u32, edit: impl FnOnce(&mut Spec)) {
    let spec = app.peek(|state| state.spec(id).cloned());
    if let Some(mut spec) = spec {
        edit(&mut spec);
        app.send(Command::SetSpec { id, spec: Box::new(spec) });
    }
}
