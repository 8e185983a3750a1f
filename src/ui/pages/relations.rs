//! Relations on view: the diagram, the list with what the rows say, one more relation, and the model as SQL.

use super::{relations_diagram, relations_sql};
use crate::format;
use crate::model::{ColumnOf, Relation, RelationEnds, TableInfo, TableKeys};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout::{self, callout};
use crate::ui::parts::field::{Choice, Field, choice, select};
use crate::ui::parts::icon::{button, icon, icon_button};
use crate::ui::parts::progress::progress;
use crate::ui::relations::{
    RelationAct, RelationQuestion, Shown, column_words, draft, error, shown, tables, words,
};
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;
use crate::ui::state::State;
use std::sync::Arc;

pub fn relations(app: App) -> Html {
    let n_tables = app.part(|state| tables(state).len());
    let model = app.part(shown);
    let found_error = app.part(|state| error(state, RelationQuestion::Found));
    el("div")
        .class("table-view relations")
        .add(
            el("header").class("table-view__head").add(el("h2").text("Relations")).add(
                el("div")
                    .class("analysis__actions")
                    .add(button("button", "Back to the report", move || app.send(Command::ShowReport))),
            ),
        )
        .add(live(move || found_error.get().map(|error| callout::error(&error))))
        .add(progress(app, SlotId::Relations(RelationQuestion::Found)))
        .add(live(move || {
            let n_tables = n_tables.get();
            if n_tables == 0 {
                return el("p").class("muted").text("Add data to see keys and relations.").into();
            }
            match model.get() {
                None => el("p").class("muted").text("Looking for keys and relations.").into(),
                Some(shown) => list([
                    el("p").class("relations__answer").add(answer(&shown)).into(),
                    relations_diagram::diagram(&shown),
                    relation_table(app, &shown),
                    removed(app, &shown.removed),
                    key_table(&shown.model.tables),
                ]),
            }
        }))
        .add(live(move || (n_tables.get() > 0).then(|| add_one(app))))
        .add(live(move || (n_tables.get() > 0).then(|| relations_sql::sql(app))))
        .into()
}

/// What was found, in a sentence or two.
fn answer(shown: &Shown) -> String {
    let n = shown.relations.len() as u64;
    if shown.tables.len() < 2 && n == 0 {
        return "A relation needs two tables, or a column that names other rows of its own table. Add another file.".into();
    }
    if n == 0 {
        return "No column of one table holds keys of another, as far as names and values tell. You can add a relation below.".into();
    }
    let orphans: u64 = shown.relations.iter().map(|(relation, _)| relation.n_orphan_rows).sum();
    let repeated = shown.relations.iter().filter(|(relation, _)| relation.n_repeated_parents > 0).count();
    let mut text = format!(
        "{} between {}, from names and values.",
        format::plural(n, "relation", "relations"),
        format::plural(shown.tables.len() as u64, "table", "tables")
    );
    text.push(' ');
    text.push_str(&match (orphans, repeated) {
        (0, 0) => "Every value finds exactly one row.".to_owned(),
        (0, _) => "Some parents stand in several rows.".to_owned(),
        _ => format!("{} to rows that are not there.", format::plural(orphans, "row points", "rows point")),
    });
    text
}

fn relation_table(app: App, shown: &Shown) -> Html {
    if shown.relations.is_empty() {
        return Html::Nothing;
    }
    let bodies: Vec<Html> =
        shown.relations.iter().map(|(relation, is_added)| relation_rows(app, relation, *is_added)).collect();
    let head =
        |label: &'static str, class: &'static str| el("th").attr("scope", "col").class(class).add(label);
    region(
        "Relations",
        el("table")
            .class("figures relations__table")
            .add(el("caption").text("Each relation with what the rows say of it"))
            .add(
                el("thead").add(
                    el("tr")
                        .add(head("From", ""))
                        .add(head("To", ""))
                        .add(head("Cardinality", ""))
                        .add(head("Match rate", "num"))
                        .add(head("Missing", "num"))
                        .add(head("Orphans", "num"))
                        .add(head("Fan-out", "num"))
                        .add(el("td")),
                ),
            )
            .add(bodies),
    )
}

/// A body of its own for each relation: its numbers, and under them the words.
fn relation_rows(app: App, relation: &Relation, is_added: bool) -> Html {
    let ends = relation.ends();
    let number = |text: String| el("td").class("num").add(text);
    let name = words(&ends);
    let (join, remove) = (ends.clone(), ends.clone());
    let actions = el("td").add(
        el("div")
            .class("relations__actions")
            .add(
                el("button")
                    .attr("type", "button")
                    .class("button")
                    .attr("aria-label", format!("Join {} with {}", ends.from.table, ends.to.table))
                    .on("click", move |_| {
                        app.send(Command::Relations(RelationAct::Join(Box::new(join.clone()))));
                    })
                    .text("Join"),
            )
            .add(icon_button("remove", format!("Remove the relation {name}"), move || {
                app.send(Command::Relations(RelationAct::Remove(Box::new(remove.clone()))));
            })),
    );
    let problems: Vec<Html> = relation
        .problems
        .iter()
        .map(|problem| callout("caution", el("p").add(problem.clone()).into()))
        .collect();
    let added = is_added.then_some("You added this. ");
    el("tbody")
        .class("relations__one")
        .add(
            el("tr")
                .add(el("th").attr("scope", "row").add(column_words(&ends.from)))
                .add(el("td").add(column_words(&ends.to)))
                .add(el("td").add(relation.cardinality.name()))
                .add(number(match_rate(relation)))
                .add(number(some(relation.n_missing)))
                .add(number(some(relation.n_orphan_rows)))
                .add(number(fan_out(relation)))
                .add(actions),
        )
        .add(
            el("tr").class("relations__words").add(
                el("td").attr("colspan", "8").add(
                    el("div")
                        .class("relations__said")
                        .add(el("p").class("muted").add(added).add(relation.reason.clone()))
                        .add(problems),
                ),
            ),
        )
        .into()
}

fn some(n: u64) -> String {
    if n == 0 { "none".into() } else { format::count(n) }
}

/// Never 100 % where one row does not match.
fn match_rate(relation: &Relation) -> String {
    match relation.match_rate {
        None => "no values".into(),
        Some(rate) if rate < 1.0 && rate > 0.999 => "over 99.9 %".into(),
        Some(rate) => format!("{} %", format::decimals(rate * 100.0, 1)),
    }
}

/// "5.0 on average, up to 12": rows of the child for each key of the parent.
fn fan_out(relation: &Relation) -> String {
    match relation.mean_children {
        None => "no keys".into(),
        Some(mean) => format!(
            "{} on average, up to {}",
            format::decimals(mean, 1),
            format::count(relation.max_children)
        ),
    }
}

fn removed(app: App, ends: &[RelationEnds]) -> Html {
    if ends.is_empty() {
        return Html::Nothing;
    }
    let items: Vec<Html> = ends
        .iter()
        .map(|ends| {
            let back = ends.clone();
            el("li")
                .add(words(ends))
                .add(
                    el("button")
                        .attr("type", "button")
                        .class("link")
                        .attr("aria-label", format!("Put back the relation {}", words(ends)))
                        .on("click", move |_| {
                            app.send(Command::Relations(RelationAct::Add(Box::new(back.clone()))));
                        })
                        .text("Put back"),
                )
                .into()
        })
        .collect();
    el("section")
        .class("relations__part")
        .attr("aria-label", "Removed relations")
        .add(el("h3").text("Removed"))
        .add(el("ul").class("relations__removed").add(items))
        .into()
}

/// The key of each table, and why.
fn key_table(tables: &[TableKeys]) -> Html {
    let rows: Vec<Html> = tables
        .iter()
        .map(|keys| {
            let key = keys.candidates.iter().find(|candidate| candidate.columns == keys.primary_key);
            let (name, why) = match key {
                Some(key) => (key.columns.join(" and "), key.reason.clone()),
                None => (
                    "none found".into(),
                    "No column, and no pair of columns, is different in every row.".into(),
                ),
            };
            el("tr")
                .add(el("th").attr("scope", "row").add(keys.table.clone()))
                .add(el("td").class("num").add(format::count(keys.n_rows)))
                .add(el("td").add(name))
                .add(el("td").add(why))
                .into()
        })
        .collect();
    let head =
        |label: &'static str, class: &'static str| el("th").attr("scope", "col").class(class).add(label);
    region(
        "Keys",
        el("table")
            .class("figures figures--words relations__keys")
            .add(el("caption").text("The key of each table: what names a row"))
            .add(
                el("thead").add(
                    el("tr")
                        .add(head("Table", ""))
                        .add(head("Rows", "num"))
                        .add(head("Primary key", ""))
                        .add(head("Why", "")),
                ),
            )
            .add(el("tbody").add(rows)),
    )
}

fn region(label: &'static str, table: crate::ui::dom::El) -> Html {
    el("div")
        .class("scroll-x")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", label)
        .add(table)
        .into()
}

/// What the form of one more relation shows.
#[derive(Debug, Clone, PartialEq)]
struct Adding {
    ends: RelationEnds,
    tables: Vec<Arc<TableInfo>>,
    /// The user chose something, so that it is measured.
    is_chosen: bool,
    measured: Option<Relation>,
    error: Option<crate::model::EngineError>,
    is_known: bool,
}

fn adding(state: &State) -> Option<Adding> {
    let ends = draft(state)?;
    let slot = state.slot(&SlotId::Relations(RelationQuestion::Draft));
    let is_current = slot.is_some_and(|slot| slot.is_current());
    let measured = state.engine.relations.draft.as_ref().filter(|_| is_current);
    let measured = measured.and_then(|model| model.relations.first()).filter(|one| one.ends() == ends);
    let known = shown(state);
    Some(Adding {
        tables: tables(state).into_iter().cloned().collect(),
        is_chosen: state.chrome.relations.draft.is_some(),
        measured: measured.cloned(),
        error: error(state, RelationQuestion::Draft),
        is_known: known.is_some_and(|shown| shown.relations.iter().any(|(other, _)| other.ends() == ends)),
        ends,
    })
}

fn add_one(app: App) -> Html {
    let adding: Part<Option<Adding>> = app.part(adding);
    el("section")
        .class("relations__part")
        .attr("aria-labelledby", "relations-add")
        .add(el("h3").id("relations-add").text("Add a relation"))
        .add(live(move || adding.get().map(|adding| form(app, adding))))
        .into()
}

fn form(app: App, adding: Adding) -> Html {
    let Adding { ends, tables, is_chosen, measured, error, is_known } = adding;
    let send = move |ends: RelationEnds| {
        app.send(Command::Relations(RelationAct::SetDraft(Box::new(ends))));
    };
    let e = ends.clone();
    let from = end_fields("from", "of the child", &tables, &ends.from, move |from| {
        send(RelationEnds { from, ..e.clone() });
    });
    let e = ends.clone();
    let to = end_fields("to", "of the parent", &tables, &ends.to, move |to| {
        send(RelationEnds { to, ..e.clone() });
    });
    let told = match (&error, &measured) {
        _ if !is_chosen => el("p")
            .class("muted")
            .text("Choose a column that holds keys, and the key that it points to.")
            .into(),
        _ if ends.from == ends.to => el("p").class("muted").text("Choose two different columns.").into(),
        (Some(error), _) => callout::error(error),
        (None, None) => el("p").class("muted").text("Counting.").into(),
        (None, Some(relation)) => measured_words(relation),
    };
    let can_add = error.is_none() && measured.is_some() && !is_known && ends.from != ends.to;
    let note = is_known.then(|| el("p").class("muted").text("This relation is in the list."));
    list([
        el("div").class("relations__form").add(from).add(to).into(),
        el("div").attr("aria-live", "polite").class("relations__measured").add(told).add(note).into(),
        el("div")
            .class("panel__actions")
            .add(can_add.then(|| {
                button("button button--primary", "Add the relation", move || {
                    app.send(Command::Relations(RelationAct::Add(Box::new(ends.clone()))));
                })
            }))
            .into(),
    ])
}

fn measured_words(relation: &Relation) -> Html {
    let problems: Vec<Html> = relation
        .problems
        .iter()
        .map(|problem| callout("caution", el("p").add(problem.clone()).into()))
        .collect();
    let words = format!(
        "{}; match rate {}; {}.",
        capital(relation.cardinality.name()),
        match_rate(relation),
        match relation.mean_children {
            None => "the parent has no keys".into(),
            Some(_) => format!("{} for each key of {}", fan_out(relation), relation.to.table),
        }
    );
    list([el("p").add(icon("check")).text(" ").add(words).into(), problems.into()])
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_ascii_uppercase()).into_iter().chain(chars).collect()
}

/// Table and column of one end.
fn end_fields(
    side: &'static str,
    role: &'static str,
    tables: &[Arc<TableInfo>],
    end: &ColumnOf,
    send: impl Fn(ColumnOf) + Clone + 'static,
) -> Html {
    let names: Vec<Choice> = tables.iter().map(|table| choice(&table.name, &table.name)).collect();
    let table = tables.iter().find(|table| table.name == end.table);
    let columns: Vec<Choice> = table
        .map(|table| table.columns.as_slice())
        .unwrap_or_default()
        .iter()
        .map(|column| choice(&column.name, format!("{} ({})", column.name, column.kind.name())))
        .collect();
    let (known, wish, send_table) = (tables.to_vec(), end.column.clone(), send.clone());
    let table = select(
        Field::new(format!("relation-{side}-table"), format!("Table {role}")),
        names,
        &end.table,
        move |table| {
            let columns = known.iter().find(|known| known.name == table).map(|table| &table.columns);
            let columns = columns.map(Vec::as_slice).unwrap_or_default();
            let same = columns.iter().find(|column| column.name == wish).or(columns.first());
            let column = same.map(|column| column.name.clone()).unwrap_or_default();
            send_table(ColumnOf { table, column });
        },
    );
    let of = end.table.clone();
    let column = select(
        Field::new(format!("relation-{side}-column"), format!("Column {role}")),
        columns,
        &end.column,
        move |column| send(ColumnOf { table: of.clone(), column }),
    );
    list([table, column])
}
