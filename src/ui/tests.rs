//! What the page does, with a made-up engine that answers it.

mod brush;
mod chart;
mod contents;
mod dashboard;
mod grid;
pub mod page;
mod preview;
mod quality;
mod relations;

use super::command::{Command, Effect};
use super::route::{self, Route};
use super::slot::SlotId;
use super::state::{DataSource, EngineStatus, Panel, Screen, SourceKind, TableTab, View};
use crate::analyses::Spec;
use crate::analyses::ab_test::{AnalysisUnit, MetricMeasure};
use crate::model::*;
use crate::protocol::*;
use page::{Page, report};

#[test]
fn two_dropped_files_open_on_the_report_a_reviewer_would_ask_for() {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    assert_eq!(page.state.chrome.screen, Screen::Lab);
    let Spec::AbTest(spec) = page.first_spec() else { panic!("an A/B report") };
    assert_eq!((spec.table.as_str(), spec.variant.as_str()), ("sessions", "group"));
    assert_eq!(spec.unit.as_deref(), Some("user_id"));
    assert_eq!(spec.time.as_deref(), Some("session_start"));
    let labels: Vec<String> = spec.metrics.iter().map(|metric| metric.label()).collect();
    let expected = [
        "session_length",
        "watched",
        "watch_completion",
        "watch_completion / watched",
        "clicks_before_watch",
    ];
    assert_eq!(labels, expected);
    let document = &page.state.document;
    assert_eq!((&document.view, &document.panel), (&View::Report, &Panel::None), "nothing folds for it");
    assert!(matches!(spec.metrics[1].measure, MetricMeasure::Proportion { .. }));
    assert_eq!(page.state.engine.results.len(), 1);
}

#[test]
fn files_may_be_dropped_before_the_engine_is_there() {
    let mut page = Page::default();
    page.drop_files(&["sessions.csv"]);
    assert!(page.inbox.is_empty());
    page.send(Command::EngineReady(Ready { protocol: PROTOCOL, version: VERSION.into() }));
    page.settle();
    assert_eq!(page.state.engine.tables.len(), 1);
}

#[test]
fn a_shared_key_is_offered_as_a_join_and_one_click_moves_the_report_onto_it() {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    let draft = super::suggest::join_offer(&page.state).expect("an offer");
    assert_eq!((draft.left.as_str(), draft.right.as_str()), ("sessions", "users"));
    assert!(page.state.engine.join_report.is_some(), "with its dry run");
    page.send(Command::ApplyJoin(Box::new(draft)));
    page.settle();
    assert_eq!(page.first_spec().table(), "sessions_users");
    assert!(super::suggest::join_offer(&page.state).is_none());
    page.send(Command::Undo);
    page.settle();
    assert_eq!(page.first_spec().table(), "sessions");
    assert!(page.state.table("sessions_users").is_none());
}

#[test]
fn every_table_of_a_file_is_kept_and_goes_with_it() {
    let mut page = Page::started();
    page.drop_files(&["posts.json.gz", "posts.json"]);
    page.settle();
    assert_eq!(page.state.table_names(), ["posts", "posts_2", "posts_2_tags"]);
    let id = page.state.document.sources[1].id;
    assert_eq!(page.state.engine.made.get(&id).unwrap(), &["posts_2", "posts_2_tags"]);
    assert_eq!(page.state.source_of("posts_2_tags").unwrap().id, id);
    assert!(page.state.engine.parse_reports.get(&"posts_2_tags".to_owned()).is_some());

    page.send(Command::ShowTable { table: "posts_2_tags".into(), tab: TableTab::Import });
    page.send(Command::RemoveSource(id));
    page.settle();
    assert_eq!(page.state.document.view, View::Report, "the table on view is gone");
    assert_eq!(page.state.table_names(), ["posts"]);
    let is_drop = |request: &Request| matches!(request, Request::Drop { .. });
    assert_eq!(page.posted(is_drop), 2);
    page.send(Command::Undo);
    page.settle();
    assert_eq!(page.state.table_names(), ["posts", "posts_2", "posts_2_tags"]);

    let options = ImportOptions { encoding: Some(Encoding::Utf8), ..ImportOptions::default() };
    page.send(Command::SetImportOptions { source: id, options: Box::new(options) });
    page.settle();
    assert_eq!(page.state.table_names(), ["posts", "posts_2"], "read anew, it makes one table");
    assert_eq!(page.posted(is_drop), 3);
}

#[test]
fn a_table_that_comes_back_is_not_dropped_with_the_errands() {
    let mut page = Page::started();
    page.drop_files(&["posts.json"]);
    page.settle();
    let id = page.state.document.sources[0].id;
    page.send(Command::RemoveSource(id));
    page.send(Command::Undo);
    page.settle();
    let last_load = page.effects.iter().rposition(
        |effect| matches!(effect, Effect::Post { request, .. } if matches!(**request, Request::Load { .. })),
    );
    let after = &page.effects[last_load.unwrap()..];
    let drops = after.iter().filter(
        |effect| matches!(effect, Effect::Post { request, .. } if matches!(**request, Request::Drop { .. })),
    );
    assert_eq!(drops.count(), 0);
    assert_eq!(page.state.table_names(), ["posts", "posts_tags"]);
}

#[test]
fn a_changed_option_cancels_the_request_under_way_and_asks_once_more() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    let Spec::AbTest(spec) = page.first_spec().clone() else { panic!("an A/B report") };
    let id = page.state.document.analyses[0].id;
    for analysis_unit in [AnalysisUnit::Rows, AnalysisUnit::Unit, AnalysisUnit::FirstVariant] {
        let spec = Spec::AbTest(crate::analyses::ab_test::AbTestSpec { analysis_unit, ..spec.clone() });
        page.send(Command::SetSpec { id, spec: Box::new(spec) });
    }
    let waiting: Vec<&Request> = page.inbox.iter().map(|(_, request)| request).collect();
    let [Request::Analyze { .. }, Request::Cancel { .. }] = waiting.as_slice() else {
        panic!("one analysis under way and one cancel, not {waiting:?}")
    };
    let (first, _) = page.inbox.remove(0);
    page.inbox.clear();
    page.say(first, Outcome::Error(EngineError::cancelled()));
    assert!(page.state.slot(&SlotId::Analysis(id)).unwrap().error.is_none(), "its own cancel is no error");
    let [(_, Request::Analyze { spec: Spec::AbTest(asked) })] = page.inbox.as_slice() else {
        panic!("the newest spec is asked")
    };
    assert_eq!(asked.analysis_unit, AnalysisUnit::FirstVariant);
}

#[test]
fn cancel_is_final_until_asked_again() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    let (load, request) = page.inbox.remove(0);
    let loaded = page.answer(&request);
    page.say(load, loaded);
    let id = page.state.document.analyses[0].id;
    page.send(Command::Cancel(SlotId::Analysis(id)));
    let (analyze, _) = page.inbox.remove(0);
    page.say(analyze, Outcome::Error(EngineError::cancelled()));
    page.settle();
    assert_eq!(page.posted(|request| matches!(request, Request::Analyze { .. })), 1);
    let error = page.state.slot(&SlotId::Analysis(id)).unwrap().error.as_ref();
    assert_eq!(error.map(|error| error.code), Some(ErrorCode::Cancelled));
    page.send(Command::RunAgain(SlotId::Analysis(id)));
    page.settle();
    assert!(page.state.slot(&SlotId::Analysis(id)).unwrap().is_current());
}

#[test]
fn a_dead_engine_is_restarted_its_tables_reloaded_and_results_stay() {
    let mut page = Page::started();
    page.drop_files(&["users.csv", "sessions.csv"]);
    page.settle();
    let draft = super::suggest::join_offer(&page.state).unwrap();
    page.send(Command::ApplyJoin(Box::new(draft)));
    page.settle();
    let results = page.state.engine.results.len();

    page.send(Command::EngineDied);
    assert!(page.effects.contains(&Effect::RestartWorker));
    assert_eq!(page.state.engine.status, EngineStatus::Restarting);
    assert_eq!(page.state.engine.results.len(), results);
    let notice = page.state.chrome.notice.clone().expect("one line about it");
    assert!(notice.text.contains("started again"), "{}", notice.text);

    let n_loads = page.posted(|request| matches!(request, Request::Load { .. }));
    page.send(Command::EngineReady(Ready { protocol: PROTOCOL, version: VERSION.into() }));
    page.settle();
    assert_eq!(page.posted(|request| matches!(request, Request::Load { .. })), n_loads + 2);
    assert_eq!(page.posted(|request| matches!(request, Request::Join { dry_run: false, .. })), 2);
    assert!(page.state.slot(&SlotId::Analysis(page.state.document.analyses[0].id)).unwrap().is_current());
}

#[test]
fn a_question_that_kills_the_engine_twice_is_not_asked_a_third_time() {
    let mut page = Page::started();
    page.drop_files(&["bomb.csv"]);
    for _ in 0..2 {
        page.inbox.clear();
        page.send(Command::EngineDied);
        page.send(Command::EngineReady(Ready { protocol: PROTOCOL, version: VERSION.into() }));
    }
    assert_eq!(page.posted(|request| matches!(request, Request::Load { .. })), 2);
    let source = page.state.document.sources[0].id;
    assert!(page.state.slot(&SlotId::Source(source)).unwrap().error.is_some());
}

#[test]
fn an_engine_of_another_version_reloads_the_page() {
    let mut page = Page::default();
    page.send(Command::EngineReady(Ready { protocol: PROTOCOL, version: "0.0.0".into() }));
    assert!(page.effects.contains(&Effect::ReloadOnce));
    assert_eq!(page.state.engine.status, EngineStatus::Failed);
}

#[test]
fn undo_brings_back_a_removed_analysis_with_its_result() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    let id = page.state.document.analyses[0].id;
    page.send(Command::RemoveAnalysis(id));
    assert!(page.state.document.analyses.is_empty());
    page.send(Command::Undo);
    page.settle();
    assert_eq!(page.state.document.analyses[0].id, id);
    assert_eq!(page.posted(|request| matches!(request, Request::Analyze { .. })), 1, "nothing is recomputed");
    page.send(Command::Redo);
    assert!(page.state.document.analyses.is_empty());
}

#[test]
fn undo_brings_back_a_removed_table() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    let source = page.state.document.sources[0].id;
    page.send(Command::RemoveSource(source));
    page.settle();
    assert!(page.state.table("sessions").is_none());
    assert_eq!(page.posted(|request| matches!(request, Request::Drop { .. })), 1);
    page.send(Command::Undo);
    page.settle();
    assert!(page.state.table("sessions").is_some());
}

#[test]
fn dragging_a_knob_is_one_step_of_undo_and_one_request_at_a_time() {
    let mut page = Page::started();
    let spec = UiExperimentSpec::default();
    page.send(Command::OpenWorld(Box::new(ScenarioSpec::UiExperiment(spec.clone()))));
    page.settle();
    let source = page.state.document.sources[0].id;
    let before = page.state.document.clone();
    for step in 1..=20_u32 {
        let spec = UiExperimentSpec { effect_length_minutes: f64::from(step) / 10.0, ..spec.clone() };
        let spec = Box::new(ScenarioSpec::UiExperiment(spec));
        page.send(Command::SetWorld { source, spec, gesture: Some("effect_length_minutes") });
    }
    assert!(page.inbox.len() <= 2, "{:?}", page.inbox);
    page.settle();
    page.send(Command::Undo);
    page.settle();
    assert_eq!(page.state.document, before);
}

#[test]
fn a_world_opens_joined_and_its_knob_remakes_everything_below() {
    let mut page = Page::started();
    page.send(Command::Navigate(Box::new(Route::World(ScenarioSpec::UiExperiment(
        UiExperimentSpec::default(),
    )))));
    page.settle();
    assert_eq!(page.state.engine.tables.len(), 3);
    assert_eq!(page.first_spec().table(), "sessions_users");
    let source = page.state.document.sources[0].id;
    let spec = UiExperimentSpec { seed: 2, ..UiExperimentSpec::default() };
    page.send(Command::SetWorld { source, spec: Box::new(ScenarioSpec::UiExperiment(spec)), gesture: None });
    page.settle();
    assert_eq!(page.posted(|request| matches!(request, Request::Generate { .. })), 2);
    assert_eq!(page.posted(|request| matches!(request, Request::Join { dry_run: false, .. })), 2);
    assert_eq!(page.posted(|request| matches!(request, Request::Analyze { .. })), 2);
}

#[test]
fn a_link_to_files_waits_for_them_and_takes_the_one_of_that_name() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    let link = route::fragment(&page.state.document);

    let mut other = Page::started();
    other.send(Command::Navigate(Box::new(route::parse(&link))));
    other.settle();
    assert!(other.state.engine.tables.is_empty());
    assert!(matches!(
        other.state.document.sources.as_slice(),
        [DataSource { kind: SourceKind::File { file_id: None, .. }, .. }]
    ));
    other.drop_files(&["sessions.csv"]);
    other.settle();
    assert_eq!(other.state.document.sources.len(), 1);
    assert_eq!(other.state.document.analyses.len(), 1);
    assert_eq!(other.state.engine.results.len(), 1);
}

#[test]
fn opening_something_else_never_shows_an_old_result_under_a_new_title() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    let old: Vec<u32> = page.state.engine.results.iter().map(|(id, _)| *id).collect();
    page.send(Command::OpenWorld(Box::new(ScenarioSpec::UiExperiment(UiExperimentSpec::default()))));
    for analysis in &page.state.document.analyses {
        assert!(!old.contains(&analysis.id));
    }
}

#[test]
fn sorting_turns_round_and_then_ends() {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    page.send(Command::ShowTable { table: "sessions".into(), tab: TableTab::Rows });
    let sorts: Vec<Option<bool>> = (0..3)
        .map(|_| {
            page.send(Command::SortBy("group".into()));
            let View::Table { sort, .. } = &page.state.document.view else { panic!("a table") };
            sort.as_ref().map(|key| key.descending)
        })
        .collect();
    assert_eq!(sorts, [Some(false), Some(true), None]);
}

#[test]
fn a_failed_load_is_told_and_not_repeated() {
    let mut page = Page::started();
    page.drop_files(&["empty.csv"]);
    let (id, _) = page.inbox.remove(0);
    page.say(id, Outcome::Error(EngineError::new(ErrorCode::EmptyFile, "empty.csv has no bytes.")));
    page.send(Command::ShowReport);
    assert!(page.inbox.is_empty());
    assert!(page.state.chrome.announcement.contains("empty.csv has no bytes"));
    assert_eq!(page.state.document.panel, Panel::None);
}
