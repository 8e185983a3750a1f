//! A range that is dragged on the dashboard: the tiles follow it, and exact results come at its end.

use super::*;
use crate::analyses::AnalysisResult;
use crate::analyses::chart::{ChartAxis, ChartData, ChartPanel, ChartSpec, IndexedChart};
use crate::ui::dashboard::DashboardAct;

/// Every chart but the first can follow; its panel is named after the range.
pub fn answer(request: &Request) -> Reply {
    match request {
        Request::BrushOpen { specs, .. } => {
            let chart = |(idx, spec): (u32, &ChartSpec)| IndexedChart {
                idx,
                spec: spec.clone(),
                x: ChartAxis::default(),
                y: ChartAxis::default(),
                value: ChartAxis::default(),
                series_label: String::new(),
                series: vec![String::new()],
            };
            Reply::BrushOpened { index: 5, charts: (0..).zip(specs).skip(1).map(chart).collect() }
        }
        Request::BrushTo { index, from, to } => {
            let data = ChartData::Values { values: Vec::new() };
            let panel = ChartPanel { name: format!("{from} to {to}"), n_rows: 1, data };
            Reply::Brushed { index: *index, from: *from, to: *to, charts: vec![vec![panel]; 20] }
        }
        other => panic!("{other:?} is not of the dashboard"),
    }
}

/// A dashboard whose first chart is brushed, and the numbers of its charts.
fn opened() -> (Page, Vec<u32>) {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    page.send(Command::Dashboard(DashboardAct::Make));
    page.settle();
    let tiles = &page.state.document.dashboard.tiles;
    let ids: Vec<u32> = tiles.iter().filter(|tile| tile.spec().is_some()).map(|tile| tile.id).collect();
    assert!(ids.len() > 3, "{ids:?}");
    (page, ids)
}

fn begin(page: &mut Page, id: u32) {
    let (table, column) = ("sessions".into(), "session_length".into());
    page.send(Command::Dashboard(DashboardAct::BrushBegin { id, table, column, whole: (0.0, 100.0) }));
}

fn to(page: &mut Page, id: u32, to: f64) {
    page.send(Command::Dashboard(DashboardAct::BrushTo { id, from: 10.0, to }));
}

fn let_go(page: &mut Page, id: u32, to: f64) {
    let filter = vec![Filter::Le { column: "session_length".into(), value: Value::Number(to) }];
    page.send(Command::Dashboard(DashboardAct::Pick { id, table: "sessions".into(), filter }));
    page.send(Command::Dashboard(DashboardAct::BrushEnd));
}

/// What is asked and not answered.
fn asked(page: &Page) -> Vec<String> {
    let name = |request: &Request| match request {
        Request::BrushOpen { specs, .. } => format!("open {}", specs.len()),
        Request::BrushTo { to, .. } => format!("to {to}"),
        Request::Analyze { .. } => "analyze".into(),
        Request::Cancel { .. } => "cancel".into(),
        Request::Preview { .. } => "rows".into(),
        other => format!("{other:?}"),
    };
    page.inbox.iter().map(|(_, request)| name(request)).collect()
}

/// The engine answers what was asked first.
fn step(page: &mut Page) {
    let (id, request) = page.inbox.remove(0);
    let outcome = page.answer(&request);
    page.say(id, outcome);
}

/// The name of the panel that a tile shows for the moment.
fn shown(page: &Page, id: u32) -> Option<String> {
    match &**page.state.engine.brush.provisional.get(&id)? {
        AnalysisResult::Chart(result) => Some(result.panels[0].name.clone()),
        other => panic!("not a chart: {other:?}"),
    }
}

#[test]
fn tiles_follow_the_newest_range_and_are_exact_at_its_end() {
    let (mut page, ids) = opened();
    let is_analyze = |request: &Request| matches!(request, Request::Analyze { .. });
    let n_analyses = page.posted(is_analyze);
    begin(&mut page, ids[0]);
    to(&mut page, ids[0], 20.0);
    to(&mut page, ids[0], 30.0);
    assert_eq!(asked(&page), [format!("open {}", ids.len() - 1)]);
    step(&mut page);
    assert_eq!(asked(&page), ["to 30"]);
    to(&mut page, ids[0], 40.0);
    to(&mut page, ids[0], 50.0);
    assert_eq!(asked(&page), ["to 30"], "one at a time, and none is taken back");
    step(&mut page);
    assert_eq!(asked(&page), ["to 50"], "the newest comes next");
    assert_eq!(shown(&page, ids[2]).as_deref(), Some("10 to 30"));
    step(&mut page);
    assert_eq!(shown(&page, ids[2]).as_deref(), Some("10 to 50"));
    assert_eq!(shown(&page, ids[0]), None, "the brush does not filter its own tile");
    assert_eq!(shown(&page, ids[1]), None, "it is not indexed");
    assert!(page.inbox.is_empty());
    assert_eq!(page.posted(is_analyze), n_analyses, "nothing else was asked");
    assert!(page.state.document.dashboard.picks.is_empty());

    let_go(&mut page, ids[0], 50.0);
    assert_eq!(shown(&page, ids[2]).as_deref(), Some("10 to 50"), "until the exact result is there");
    page.settle();
    assert_eq!(page.posted(is_analyze), n_analyses + ids.len() - 1);
    assert!(page.state.engine.brush.provisional.is_empty());
}

#[test]
fn each_brush_is_one_step_of_undo_and_the_index_is_kept() {
    let (mut page, ids) = opened();
    for end in [30.0, 60.0] {
        begin(&mut page, ids[0]);
        to(&mut page, ids[0], end - 10.0);
        to(&mut page, ids[0], end);
        page.settle();
        let_go(&mut page, ids[0], end);
        page.settle();
    }
    assert_eq!(
        page.posted(|request| matches!(request, Request::BrushOpen { .. })),
        1,
        "it is the same index"
    );
    let picked = |page: &Page| page.state.document.dashboard.picks.first().map(|pick| pick.filter.clone());
    let up_to = |to: f64| vec![Filter::Le { column: "session_length".into(), value: Value::Number(to) }];
    assert_eq!(picked(&page), Some(up_to(60.0)));
    page.send(Command::Undo);
    assert_eq!(picked(&page), Some(up_to(30.0)));
    page.send(Command::Undo);
    assert_eq!(picked(&page), None);
}

#[test]
fn a_range_that_is_not_picked_leaves_nothing() {
    let (mut page, ids) = opened();
    begin(&mut page, ids[0]);
    to(&mut page, ids[0], 20.0);
    page.settle();
    assert!(shown(&page, ids[2]).is_some());
    // Whatever else the user does ends it.
    page.send(Command::ClosePanel);
    assert_eq!((shown(&page, ids[2]), page.state.engine.brush.now.is_some()), (None, false));

    begin(&mut page, ids[0]);
    to(&mut page, ids[0], 25.0);
    let_go(&mut page, ids[1], 20.0);
    step(&mut page);
    assert_eq!(shown(&page, ids[2]), None, "an answer that comes too late is not shown");
}

#[test]
fn an_index_that_is_gone_is_opened_anew() {
    let (mut page, ids) = opened();
    begin(&mut page, ids[0]);
    to(&mut page, ids[0], 20.0);
    step(&mut page);
    let (id, _) = page.inbox.remove(0);
    page.say(id, Outcome::Error(EngineError::new(ErrorCode::UnknownIndex, "gone")));
    assert_eq!(asked(&page), [format!("open {}", ids.len() - 1)]);
    to(&mut page, ids[0], 30.0);
    page.settle();
    assert_eq!(shown(&page, ids[2]).as_deref(), Some("10 to 30"));
}
