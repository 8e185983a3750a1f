//! What looks wrong in tables: when it is asked, and where a step goes.

use super::Page;
use crate::model::*;
use crate::protocol::*;
use crate::ui::command::Command;
use crate::ui::quality;
use crate::ui::state::{SourceKind, TableTab, View};

fn step() -> RecipeStep {
    Step::DropDuplicates(DropDuplicatesStep::default()).into()
}

pub fn answer(table: &str) -> Reply {
    let one = |severity| Finding { severity, step: Some(step()), ..Finding::default() };
    let findings = vec![one(FindingSeverity::Problem), one(FindingSeverity::Fact)];
    Reply::Quality { report: QualityReport { table: table.into(), n_rows: 3, findings } }
}

fn is_quality(request: &Request) -> bool {
    matches!(request, Request::Quality { .. })
}

#[test]
fn files_are_looked_through_once_all_else_is_answered() {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    assert_eq!(page.posted(is_quality), 2);
    let report = quality::report_of(&page.state, "users").expect("a report");
    assert_eq!(quality::n_to_look_at(&report), 1, "facts ask for nothing");
    page.send(Command::ShowTable { table: "users".into(), tab: TableTab::Quality });
    page.settle();
    page.send(Command::ShowReport);
    page.settle();
    assert_eq!(page.posted(is_quality), 2, "nothing has changed");
}

#[test]
fn a_world_is_looked_through_only_when_it_is_on_view() {
    let mut page = Page::started();
    page.send(Command::OpenWorld(Box::new(ScenarioSpec::UiExperiment(UiExperimentSpec::default()))));
    page.settle();
    assert_eq!(page.posted(is_quality), 0);
    page.send(Command::ShowTable { table: "users".into(), tab: TableTab::Quality });
    page.settle();
    assert_eq!(page.posted(is_quality), 1);
}

#[test]
fn steps_gather_in_one_recipe_and_the_view_stays() {
    let mut page = Page::started();
    page.drop_files(&["users.csv"]);
    page.settle();
    page.send(Command::ShowTable { table: "users".into(), tab: TableTab::Quality });
    page.settle();
    assert_eq!(quality::target(&page.state, "users"), "users");
    page.send(Command::AddStep { table: "users".into(), step: Box::new(step()) });
    let is_on_quality = |page: &Page| matches!(&page.state.document.view, View::Table { table, tab: TableTab::Quality, .. } if table == "users_clean");
    assert!(is_on_quality(&page));
    assert_eq!(quality::target(&page.state, "users"), "users_clean");
    assert_eq!(quality::taken(&page.state, "users"), [step().step]);
    let table = quality::target(&page.state, "users");
    page.send(Command::AddStep { table, step: Box::new(step()) });
    let recipes = page.state.document.sources.iter().filter_map(|source| match &source.kind {
        SourceKind::Recipe { steps, .. } => Some(steps.len()),
        _ => None,
    });
    assert_eq!(recipes.collect::<Vec<_>>(), [2]);
    page.send(Command::Undo);
    page.send(Command::Undo);
    assert_eq!(quality::target(&page.state, "users"), "users");
}

#[test]
fn the_rows_of_a_finding_are_shown_in_place_of_what_was_and_undone() {
    let mut page = Page::started();
    page.drop_files(&["users.csv"]);
    page.settle();
    page.send(Command::ShowTable { table: "users".into(), tab: TableTab::Quality });
    page.send(Command::SearchRows("x".into()));
    let before = page.state.document.view.clone();
    let filter = vec![Filter::IsMissing { column: "age".into() }];
    page.send(Command::ShowRowsWhere { table: "users".into(), filter: filter.clone() });
    let View::Table { table, tab, filter: shown, search, .. } = &page.state.document.view else {
        panic!("a table")
    };
    assert_eq!((table.as_str(), *tab, shown, search.as_str()), ("users", TableTab::Rows, &filter, ""));
    page.send(Command::Undo);
    assert_eq!(page.state.document.view, before);
}
