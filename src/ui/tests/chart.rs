//! Charts in the report: what the first one shows, what it is called, and that each change is one step back.

use super::Page;
use crate::analyses::Spec;
use crate::analyses::chart::{ChartField, ChartMark, ChartMeasure, ChartSpec};
use crate::ui::chart_builder::{Shelf, choose, put};
use crate::ui::command::Command;
use crate::ui::pages::nav;

fn chart(page: &Page) -> (u32, ChartSpec) {
    let last = page.state.document.analyses.last().expect("an analysis");
    match &last.spec {
        Spec::Chart(spec) => (last.id, spec.clone()),
        other => panic!("not a chart: {other:?}"),
    }
}

#[test]
fn the_first_chart_is_the_best_suggestion_and_every_change_one_step() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    page.send(Command::AddAnalysis("chart"));
    page.settle();
    let (id, first) = chart(&page);
    assert_eq!(first.mark, ChartMark::Line);
    assert_eq!(first.x, Some(ChartField::column("session_start")));
    assert_eq!(first.y, Some(ChartField::measure("session_length", ChartMeasure::Mean)));
    assert_eq!(nav::name(&Spec::Chart(first.clone())), "Mean of session_length by session_start");

    let columns = page.state.table("sessions").expect("a table").columns.clone();
    let group = columns.iter().find(|column| column.name == "group").expect("a column");
    // No line goes through names: the kind of chart follows from the fields again.
    let bars = put(&first, Shelf::X, group, &columns);
    assert_eq!(bars.mark, ChartMark::Auto);
    page.send(Command::SetSpec { id, spec: Box::new(Spec::Chart(bars.clone())) });
    let chosen = choose(&bars, ChartMark::Bar, &columns);
    page.send(Command::SetSpec { id, spec: Box::new(Spec::Chart(chosen.clone())) });
    assert_eq!(chart(&page).1, chosen);
    assert_eq!(nav::name_of(&page.state, id), "Mean of session_length by group");
    page.send(Command::Undo);
    assert_eq!(chart(&page).1, bars);
    page.send(Command::Undo);
    assert_eq!(chart(&page).1, first);
    page.settle();
}
