//! The view of relations: what it asks, and what the user changes.

use super::Page;
use crate::model::*;
use crate::protocol::*;
use crate::ui::command::Command;
use crate::ui::relations::{RelationAct, RelationQuestion, error, shown};
use crate::ui::route::{self, Route};
use crate::ui::state::{Panel, View};

pub fn ends(from: (&str, &str), to: (&str, &str)) -> RelationEnds {
    let end = |(table, column): (&str, &str)| ColumnOf { table: table.into(), column: column.into() };
    RelationEnds { from: end(from), to: end(to) }
}

/// Sessions point to users by their id, where both are asked about.
pub fn answer(tables: &[String], relations: &Option<Vec<RelationEnds>>) -> Reply {
    let is_there = |name: &str| tables.iter().any(|table| table == name);
    let found = ends(("sessions", "user_id"), ("users", "user_id"));
    let ends = match relations {
        Some(ends) => ends.clone(),
        None if is_there("sessions") && is_there("users") => vec![found],
        None => Vec::new(),
    };
    let measured = |ends: RelationEnds| Relation { from: ends.from, to: ends.to, ..Relation::default() };
    let keys = |name: &String| TableKeys { table: name.clone(), ..TableKeys::default() };
    let tables = if relations.is_none() { tables.iter().map(keys).collect() } else { Vec::new() };
    Reply::Relations { model: DataModel { tables, relations: ends.into_iter().map(measured).collect() } }
}

fn act(page: &mut Page, act: RelationAct) {
    page.send(Command::Relations(act));
    page.settle();
}

fn on_view() -> Page {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    act(&mut page, RelationAct::Show);
    page
}

fn listed(page: &Page) -> Vec<RelationEnds> {
    shown(&page.state).expect("a model").relations.iter().map(|(relation, _)| relation.ends()).collect()
}

fn last_ddl(page: &Page) -> Vec<RelationEnds> {
    let posts = page.effects.iter().rev().filter_map(|effect| match effect {
        crate::ui::command::Effect::Post { request, .. } => Some(&**request),
        _ => None,
    });
    let mut ddls = posts.filter_map(|request| match request {
        Request::Ddl { relations, .. } => Some(relations.clone()),
        _ => None,
    });
    ddls.next().expect("SQL was asked for")
}

#[test]
fn relations_are_looked_for_only_on_their_view() {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    assert_eq!(page.posted(|request| matches!(request, Request::Relations { .. })), 0);
    act(&mut page, RelationAct::Show);
    assert_eq!(page.posted(|request| matches!(request, Request::Relations { .. })), 1);
    assert_eq!(listed(&page), [ends(("sessions", "user_id"), ("users", "user_id"))]);
    assert_eq!(last_ddl(&page), listed(&page));
    assert_eq!(page.state.engine.relations.ddl.as_deref().map(String::as_str), Some("Postgresql, 1"));
    page.send(Command::ShowReport);
    act(&mut page, RelationAct::Show);
    assert_eq!(page.posted(|request| matches!(request, Request::Relations { .. })), 1, "nothing has changed");
}

#[test]
fn a_removed_relation_comes_back_by_undo_and_by_putting_it_back() {
    let mut page = on_view();
    let one = ends(("sessions", "user_id"), ("users", "user_id"));
    act(&mut page, RelationAct::Remove(Box::new(one.clone())));
    assert!(listed(&page).is_empty() && last_ddl(&page).is_empty());
    assert_eq!(shown(&page.state).expect("a model").removed, vec![one.clone()]);
    page.send(Command::Undo);
    page.settle();
    assert_eq!(listed(&page), vec![one.clone()]);
    page.send(Command::Redo);
    act(&mut page, RelationAct::Add(Box::new(one.clone())));
    assert_eq!(listed(&page), [one]);
    assert!(page.state.document.relations.added.is_empty(), "it was found, and need not be measured");
}

#[test]
fn an_added_relation_is_measured_and_goes_into_the_link() {
    let mut page = on_view();
    let new = ends(("users", "country"), ("sessions", "group"));
    act(&mut page, RelationAct::SetDraft(Box::new(new.clone())));
    assert_eq!(page.state.engine.relations.draft.as_ref().expect("measured").relations[0].ends(), new);
    act(&mut page, RelationAct::Add(Box::new(new.clone())));
    assert_eq!(listed(&page)[1], new);
    assert_eq!(page.state.chrome.relations.draft, None);
    let Route::Document(read) = route::parse(&route::fragment(&page.state.document)) else {
        panic!("a document")
    };
    assert_eq!(read.relations.added, vec![new.clone()]);
    assert_eq!(read.view, View::Relations);
    // A relation whose table is gone is not asked about.
    let source = page.state.document.sources[0].id;
    page.send(Command::RemoveSource(source));
    page.settle();
    assert!(listed(&page).is_empty());
    assert_eq!(error(&page.state, RelationQuestion::Added), None);
    page.send(Command::Undo);
    page.settle();
    assert_eq!(listed(&page).len(), 2);
}

#[test]
fn a_join_along_a_relation_is_put_together_with_its_columns() {
    let mut page = on_view();
    act(&mut page, RelationAct::Join(Box::new(ends(("sessions", "user_id"), ("users", "user_id")))));
    let Panel::Join(draft) = page.state.document.panel.clone() else { panic!("the join panel") };
    assert_eq!((draft.left.as_str(), draft.right.as_str()), ("sessions", "users"));
    page.send(Command::ApplyJoin(Box::new(draft)));
    page.settle();
    // The joined table is made of the others and is no part of the model.
    assert_eq!(shown(&page.state).expect("a model").tables.len(), 2);
    assert_eq!(page.state.document.view, View::Relations);
}
