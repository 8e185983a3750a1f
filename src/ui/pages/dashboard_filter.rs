//! A tile that filters the others by a column: levels to tick, or the ends of a range.

use crate::model::{ColumnInfo, Filter, Kind, Value};
use crate::ui::command::Command;
use crate::ui::dashboard::{DashboardAct, TileContent};
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::field::{Field, check, text};
use crate::ui::runtime::App;
use crate::ui::state::State;

/// What the tile needs to know to draw itself.
#[derive(Debug, Clone, PartialEq)]
struct Input {
    table: String,
    column: ColumnInfo,
    filter: Vec<Filter>,
}

fn input(state: &State, id: u32) -> Option<Input> {
    let TileContent::Filter { table, column } = &state.document.dashboard.tile(id)?.content else {
        return None;
    };
    let info = state.table(table)?.columns.iter().find(|info| info.name == *column)?;
    let filter = state.document.dashboard.pick(id).map(|pick| pick.filter.clone()).unwrap_or_default();
    Some(Input { table: table.clone(), column: info.clone(), filter })
}

pub fn filter(app: App, id: u32) -> Html {
    let input = app.part(move |state| input(state, id));
    live(move || match input.get() {
        None => el("p").class("muted").text("The column is not there (yet).").into(),
        Some(input) if input.column.levels.is_empty() => range(app, id, &input),
        Some(input) => levels(app, id, &input),
    })
}

fn pick(app: App, id: u32, table: &str, filter: Vec<Filter>) {
    app.send(Command::Dashboard(DashboardAct::Pick { id, table: table.into(), filter }));
}

/// Nothing ticked: all rows.
fn levels(app: App, id: u32, input: &Input) -> Html {
    let ticked: Vec<String> = match input.filter.first() {
        Some(Filter::In { values, .. }) => values.iter().filter_map(text_of).collect(),
        _ => Vec::new(),
    };
    let items: Vec<Html> = input
        .column
        .levels
        .iter()
        .map(|level| {
            let (table, column) = (input.table.clone(), input.column.name.clone());
            let (level, ticked) = (level.clone(), ticked.clone());
            let is_ticked = ticked.contains(&level);
            check(level.clone().into(), String::new(), is_ticked, move |is_ticked| {
                let mut values: Vec<String> =
                    ticked.iter().filter(|other| **other != level).cloned().collect();
                if is_ticked {
                    values.push(level.clone());
                }
                let values: Vec<Value> = values.into_iter().map(Value::Text).collect();
                let column = column.clone();
                let filter = if values.is_empty() { Vec::new() } else { vec![Filter::In { column, values }] };
                pick(app, id, &table, filter);
            })
        })
        .collect();
    el("div").class("tile__levels").add(items).into()
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => None,
    }
}

/// From and to, either of which may be left empty.
fn range(app: App, id: u32, input: &Input) -> Html {
    let end = |wants_low: bool| {
        input.filter.iter().find_map(|filter| match filter {
            Filter::Ge { value, .. } if wants_low => Some(value.clone()),
            Filter::Le { value, .. } if !wants_low => Some(value.clone()),
            _ => None,
        })
    };
    let (low, high) = (end(true), end(false));
    let field = |is_low: bool, label: &str| {
        let shown = if is_low { &low } else { &high }.as_ref().map(shown).unwrap_or_default();
        let (table, column) = (input.table.clone(), input.column.clone());
        let (low, high) = (low.clone(), high.clone());
        let kind = if column.kind == Kind::Date { "date" } else { "text" };
        let name = format!("tile-{id}-{}", if is_low { "from" } else { "to" });
        text(Field::new(name, label).row(), kind, shown, move |text| {
            let value = value_of(&text, column.kind);
            let (low, high) = if is_low { (value, high.clone()) } else { (low.clone(), value) };
            let name = || column.name.clone();
            let mut filter: Vec<Filter> = Vec::new();
            filter.extend(low.map(|value| Filter::Ge { column: name(), value }));
            filter.extend(high.map(|value| Filter::Le { column: name(), value }));
            pick(app, id, &table, filter);
        })
    };
    list([field(true, "From"), field(false, "To")])
}

fn shown(value: &Value) -> String {
    match value {
        Value::Number(x) => x.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
    }
}

fn value_of(text: &str, kind: Kind) -> Option<Value> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let number = text.parse::<f64>().ok().filter(|x| x.is_finite() && !kind.is_time());
    Some(number.map_or_else(|| Value::Text(text.into()), Value::Number))
}
