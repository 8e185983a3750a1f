//! The dashboard: tiles, what is picked in them, and what the engine is then asked.

use super::Page;
use crate::model::{Filter, Value};
use crate::protocol::Request;
use crate::ui::command::{Command, Effect};
use crate::ui::dashboard::{DashboardAct, TileContent};
use crate::ui::route::{self, Route};
use crate::ui::state::{Panel, View};

fn act(page: &mut Page, act: DashboardAct) {
    page.send(Command::Dashboard(act));
    page.settle();
}

/// Users and sessions, and the dashboard that their tables suggest.
fn made() -> Page {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    act(&mut page, DashboardAct::Make);
    page
}

fn ids(page: &Page) -> Vec<u32> {
    page.state.document.dashboard.tiles.iter().map(|tile| tile.id).collect()
}

/// The filter of the newest question about a table.
fn last_filter(page: &Page, table: &str) -> Vec<Filter> {
    let mut asked = page.effects.iter().rev().filter_map(|effect| match effect {
        Effect::Post { request, .. } => match &**request {
            Request::Analyze { spec } if spec.table() == table => Some(spec.clone().filter_mut().clone()),
            _ => None,
        },
        _ => None,
    });
    asked.next().unwrap_or_default()
}

fn is_sweden() -> Vec<Filter> {
    vec![Filter::Eq { column: "country".into(), value: Value::Text("SE".into()) }]
}

#[test]
fn a_first_one_is_made_and_undone_and_a_link_brings_it_back() {
    let mut page = made();
    assert_eq!(page.state.document.view, View::Dashboard);
    assert!(ids(&page).len() > 2, "{:?}", page.state.document.dashboard);
    let document = page.state.document.clone();
    let fragment = route::fragment(&document);
    let Route::Document(read) = route::parse(&fragment) else { panic!("a document: {fragment}") };
    assert_eq!(read.renumbered(0).dashboard, document.renumbered(0).dashboard);
    page.send(Command::Undo);
    assert!(ids(&page).is_empty());
}

#[test]
fn a_pick_filters_the_others_along_relations_and_not_its_own_tile() {
    let mut page = made();
    let table = "users".to_owned();
    act(&mut page, DashboardAct::AddFilter { table: table.clone(), column: "country".into() });
    let id = *ids(&page).last().expect("a tile");
    act(&mut page, DashboardAct::Pick { id, table, filter: is_sweden() });
    let [Filter::Related { column, table, key, filter }] = &last_filter(&page, "sessions")[..] else {
        panic!("a filter that looks into users: {:?}", last_filter(&page, "sessions"))
    };
    assert_eq!((column.as_str(), table.as_str(), key.as_str()), ("user_id", "users", "user_id"));
    assert_eq!(*filter, is_sweden());
    // In a chart of its own table it is its own filter, and in its own tile nothing.
    let chart = page
        .state
        .document
        .dashboard
        .tiles
        .iter()
        .find(|tile| tile.spec().is_some_and(|spec| spec.table() == "users"));
    let chart = chart.expect("a tile of users").id;
    act(&mut page, DashboardAct::Pick { id: chart, table: "users".into(), filter: is_sweden() });
    let picks = page.state.document.dashboard.picks.len();
    assert_eq!(picks, 2, "one a tile");
    act(&mut page, DashboardAct::Pick { id: chart, table: "users".into(), filter: Vec::new() });
    act(&mut page, DashboardAct::ClearPicks);
    assert!(last_filter(&page, "sessions").is_empty());
}

#[test]
fn tiles_are_moved_resized_and_removed() {
    let mut page = made();
    let before = ids(&page);
    act(&mut page, DashboardAct::Move { id: before[0], to: 1 });
    assert_eq!(ids(&page)[..2], [before[1], before[0]]);
    act(&mut page, DashboardAct::Resize { id: before[0], n_columns: 99, n_rows: 0 });
    let tile = page.state.document.dashboard.tile(before[0]).expect("the tile").clone();
    assert_eq!((tile.n_columns, tile.n_rows), (12, 2), "held to what the grid has");
    act(&mut page, DashboardAct::Remove(before[0]));
    assert!(!ids(&page).contains(&before[0]));
    page.send(Command::Undo);
    assert_eq!(ids(&page)[1], before[0]);
}

#[test]
fn a_chart_of_a_tile_has_options_and_an_analysis_can_be_put_there() {
    let mut page = made();
    act(&mut page, DashboardAct::AddChart);
    let id = *ids(&page).last().expect("a tile");
    assert_eq!(page.state.document.panel, Panel::Analysis(id));
    let mut spec = page.state.spec(id).expect("a spec").clone();
    spec.filter_mut().extend(is_sweden());
    page.send(Command::SetSpec { id, spec: Box::new(spec) });
    page.settle();
    assert!(page.state.spec(id).expect("a spec").clone().filter_mut().len() == 1);
    let analysis = page.state.document.analyses[0].id;
    act(&mut page, DashboardAct::AddAnalysis(analysis));
    let TileContent::Analysis(copied) = &page.state.document.dashboard.tiles.last().expect("a tile").content
    else {
        panic!("an analysis")
    };
    assert_eq!(Some(&**copied), page.state.spec(analysis));
}
