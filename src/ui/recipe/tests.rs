//! Steps without a browser: what is missing in them, how they read, what is asked, and what undo takes back.

use super::edit::{depends_on, recipe_of, sendable};
use super::parts::{Control, entry_of, fresh, get, missing, put, read};
use super::sentence;
use super::steps::STEPS;
use super::told::{Told, log, to_csv, told, words};
use crate::analyses::Spec;
use crate::analyses::describe::DescribeSpec;
use crate::model::*;
use crate::protocol::*;
use crate::ui::command::{Command, Effect};
use crate::ui::route::{self, Route};
use crate::ui::slot::SlotId;
use crate::ui::state::{Analysis, DataSource, Document, Panel, Screen, SourceKind, TableTab, View};
use crate::ui::tests::page::Page;
use crate::ui::wire::{Json, Write};

fn step(text: &str) -> Step {
    read(Json::parse(text).expect("JSON")).expect("a step")
}

fn filter(expression: &str) -> RecipeStep {
    Step::Filter(FilterStep { conditions: Vec::new(), expression: Some(expression.into()) }).into()
}

impl Page {
    /// A page over the tables of a world, with a description of its users.
    fn with_users() -> Self {
        let mut page = Self::with(answer);
        let spec = DescribeSpec { table: "users".into(), columns: vec![], by: vec![], filter: vec![] };
        page.state.document = Document {
            sources: vec![DataSource {
                id: 1,
                kind: SourceKind::World { spec: ScenarioSpec::UiExperiment(UiExperimentSpec::default()) },
            }],
            analyses: vec![Analysis { id: 2, spec: Spec::Describe(spec) }],
            next_id: 2,
            ..Document::default()
        };
        page.state.chrome.screen = Screen::Lab;
        page.send(Command::ShowReport);
        page.settle();
        page
    }

    fn add(&mut self, table: &str, step: RecipeStep) {
        self.send(Command::AddStep { table: table.into(), step: Box::new(step) });
        self.settle();
    }

    fn recipe(&self) -> u32 {
        recipe_of(&self.state.document, "users_clean").expect("a recipe")
    }

    fn steps(&self) -> Vec<String> {
        let steps = super::edit::steps_of(&self.state.document, self.recipe());
        steps.iter().map(|step| sentence(&step.step)).collect()
    }

    fn n_recipes(&self) -> usize {
        let is_recipe = |effect: &&Effect| match effect {
            Effect::Post { request, .. } => matches!(&**request, Request::Recipe(recipe) if !recipe.dry_run),
            _ => false,
        };
        self.effects.iter().filter(is_recipe).count()
    }

    fn spec_table(&self) -> &str {
        self.state.document.analyses[0].spec.table()
    }
}

fn answer(revision: &mut u64, request: &Request) -> Outcome {
    let reply = match request {
        Request::Generate { .. } => {
            let tables = vec![table_of(revision, "users"), table_of(revision, "sessions")];
            Reply::Generated { tables, truths: Vec::new() }
        }
        // A filter drops ten rows; one that says "broken" does not work.
        Request::Recipe(recipe) => {
            let mut n_rows = 1_000;
            let mut steps = Vec::new();
            for (idx, planned) in recipe.steps.iter().enumerate() {
                let n_rows_before = n_rows;
                if let (true, Step::Filter(filter)) = (planned.enabled, &planned.step) {
                    if filter.expression.as_deref() == Some("broken") {
                        let message =
                            format!("Step {}, filter: At character 1 of the expression: no.", idx + 1);
                        let error = EngineError::new(ErrorCode::BadOption, message);
                        let field = format!("steps[{idx}].expression");
                        return Outcome::Error(error.at_field(field).at_position(1));
                    }
                    n_rows -= 10;
                }
                steps.push(StepReport {
                    step: planned.step.name().into(),
                    enabled: planned.enabled,
                    n_rows_before,
                    n_rows_after: n_rows,
                    columns_added: Vec::new(),
                    columns_removed: Vec::new(),
                    n_cells_changed: 0,
                    duration_ms: 2.6,
                    problems: Vec::new(),
                });
            }
            let report = RecipeReport {
                n_rows_before: 1_000,
                n_rows_after: n_rows,
                columns: Vec::new(),
                steps,
                duration_ms: 3.0,
            };
            let table = (!recipe.dry_run).then(|| table_of(revision, &recipe.into));
            Reply::Recipe { table, report }
        }
        Request::Join { into, dry_run, .. } => {
            let report = serde_json::from_str(
                r#"{"n_rows_left":1,"n_rows_right":1,"n_rows_out":1,"n_left_unmatched":0,"n_left_missing_key":0,
                "n_right_unmatched":0,"n_right_duplicate_keys":0,"max_matches_per_left_row":1,"renamed":[],"warnings":[]}"#,
            );
            Reply::Joined {
                table: (!dry_run).then(|| table_of(revision, into)),
                report: report.expect("a report"),
            }
        }
        Request::Preview { table, .. } => Reply::Preview {
            page: crate::model::Page {
                table: table.clone(),
                revision: *revision,
                columns: Vec::new(),
                n_rows: 0,
                n_rows_filtered: 0,
                offset: 0,
                rows: Vec::new(),
            },
        },
        Request::Drop { table } => Reply::Dropped { table: table.clone() },
        Request::Cancel { target } => Reply::Cancelled { target: *target, was_known: true },
        _ => return Outcome::Error(EngineError::new(ErrorCode::Internal, "not made up")),
    };
    Outcome::Reply(Box::new(reply))
}

fn table_of(revision: &mut u64, name: &str) -> TableInfo {
    *revision += 1;
    let column = |name: &str, kind| ColumnInfo {
        name: name.into(),
        kind,
        n_missing: 0,
        levels: Vec::new(),
        unit: None,
    };
    let columns = vec![column("user_id", Kind::Id), column("age", Kind::Count)];
    TableInfo { name: name.into(), revision: *revision, n_rows: 1_000, columns, origin: TableOrigin::Text }
}

#[test]
fn every_step_has_its_entry_and_says_what_it_misses() {
    assert_eq!(STEPS.len(), 20);
    let complete = ["drop_duplicates", "drop_missing", "sample", "group"];
    for entry in &STEPS {
        let step = fresh(entry).expect(entry.name);
        assert_eq!(step.step.name(), entry.name);
        assert_eq!(entry_of(&step.step).map(|found| found.name), Some(entry.name));
        assert_eq!(missing(&step.step).is_none(), complete.contains(&entry.name), "{}", entry.name);
        let json = step.step.write();
        for part in entry.parts {
            let is_member = !matches!(part.control, Control::OneOf(_)) && part.when.is_none();
            let optional = ["expression", "source"].contains(&part.name);
            assert!(
                !is_member || optional || *get(&json, part.name) != Json::Null,
                "{}.{}",
                entry.name,
                part.name
            );
        }
    }
}

#[test]
fn what_is_missing_goes_away_as_it_is_put_in() {
    let mut json =
        Json::parse(r#"{"step":"group","aggregates":[{"name":"","function":"mean","column":""}]}"#).unwrap();
    assert_eq!(missing(&read(json.clone()).unwrap()), Some("Choose a column."));
    let rows = r#"[{"name":"","function":"mean","column":"x"}]"#;
    put(&mut json, "aggregates", Json::parse(rows).unwrap());
    assert_eq!(missing(&read(json.clone()).unwrap()), Some("Write the name of the new column."));
    put(&mut json, "aggregates", Json::parse(r#"[{"name":"m","function":"mean","column":"x"}]"#).unwrap());
    assert_eq!(missing(&read(json).unwrap()), None);
    assert!(missing(&step(r#"{"step":"fill_missing","columns":["x"],"with":{"constant":""}}"#)).is_some());
    assert!(missing(&step(r#"{"step":"fill_missing","columns":["x"],"with":{"constant":0}}"#)).is_none());
    assert!(missing(&step(r#"{"step":"join","table":"t","keys":[{"left":"a","right":""}]}"#)).is_some());
}

#[test]
fn steps_read_as_sentences() {
    let cases = [
        (r#"{"step":"filter","expression":"minutes > 10"}"#, "Keep rows where minutes > 10"),
        (
            r#"{"step":"filter","conditions":[{"op":"ge","column":"x","value":1},{"op":"is_missing","column":"y"}]}"#,
            "Keep rows where x is at least 1 and y is missing",
        ),
        (r#"{"step":"drop_duplicates"}"#, "Drop rows that are equal to another"),
        (
            r#"{"step":"drop_duplicates","columns":["a"],"keep":"last"}"#,
            "Drop rows that repeat a, keeping the last",
        ),
        (r#"{"step":"drop_missing","columns":["a","b"]}"#, "Drop rows where a or b is missing"),
        (r#"{"step":"drop_missing","when":"all"}"#, "Drop rows that are all missing"),
        (
            r#"{"step":"fill_missing","columns":["a"],"with":{"constant":0},"by":["g"]}"#,
            "Fill missing a with \"0\", within each g",
        ),
        (
            r#"{"step":"cap","columns":["a","b"],"limits":{"method":"percentile","low":1,"high":99}}"#,
            "Cap a and b outside percentiles 1 to 99",
        ),
        (
            r#"{"step":"remove_outliers","columns":["minutes"],"limits":{"method":"iqr","factor":1.5}}"#,
            "Drop rows where minutes is beyond 1.5 IQR",
        ),
        (
            r#"{"step":"remove_outliers","columns":["minutes"],"limits":{"method":"percentile","low":0,"high":99}}"#,
            "Drop rows where minutes is above percentile 99",
        ),
        (r#"{"step":"cast","column":"a","kind":"date_time"}"#, "Read a as date-time"),
        (r#"{"step":"rename","names":{"a":"b","c":"d"}}"#, "Rename a to b, c to d"),
        (
            r#"{"step":"recode","column":"a","map":{"x":"y","z":""},"others":{"text":"other"}}"#,
            "Recode a: x to y, z to missing; others become other",
        ),
        (
            r#"{"step":"split","column":"a","separator":"-","into":["b","c"]}"#,
            "Split a at \"-\" into b and c",
        ),
        (r#"{"step":"derive","column":"h","expression":"m / 60"}"#, "Derive h = m / 60"),
        (
            r#"{"step":"group","by":["g"],"aggregates":[{"name":"n","function":"n"},{"name":"m","function":"mean","column":"x"}]}"#,
            "One row for each g: number of rows, mean of x",
        ),
        (
            r#"{"step":"pivot","by":["g"],"names_from":"v","values_from":"x","function":"sum","prefix":""}"#,
            "One row for each g, one column for each v: sum of x",
        ),
        (
            r#"{"step":"unpivot","columns":["a","b","c","d","e"],"names_to":"name","values_to":"value"}"#,
            "Turn a, b, c and 2 more into rows of name and value",
        ),
        (
            r#"{"step":"join","table":"t","keys":[{"left":"id","right":"id"}],"how":"inner"}"#,
            "Add the columns of t on id, rows with a match only",
        ),
        (r#"{"step":"concatenate","tables":["t"]}"#, "Add the rows of t"),
        (r#"{"step":"sort","by":[{"column":"a","descending":true}]}"#, "Sort by a, greatest first"),
        (r#"{"step":"sample","share":0.125,"seed":7}"#, "Sample 12.5 % of the rows with seed 7"),
        (r#"{"step":"select","columns":[]}"#, "Keep only \u{2026}"),
    ];
    for (text, expected) in cases {
        assert_eq!(sentence(&step(text)), expected);
    }
}

#[test]
fn a_first_step_makes_a_cleaned_table_which_the_analyses_use() {
    let mut page = Page::with_users();
    page.add("users", filter("age > 10"));
    assert_eq!(page.spec_table(), "users_clean");
    assert!(page.state.table("users").is_some(), "the table itself stays");
    assert!(matches!(&page.state.document.view, View::Table { table, .. } if table == "users_clean"));
    assert_eq!(page.state.document.panel, Panel::Recipe(page.recipe()));
    assert!(page.state.chrome.notice.as_ref().is_some_and(|notice| notice.offers_undo));
    let id = page.recipe();
    let told = told(&page.state, id);
    let [Told::Done(report)] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(words(report), "1,000 \u{2192} 990 rows, 10 fewer, 3 ms");

    page.send(Command::PointBack(id));
    assert_eq!(page.spec_table(), "users");
    page.send(Command::Undo);
    assert_eq!(page.spec_table(), "users_clean");

    // Another step goes to the same recipe, by the name of its own table.
    page.add("users_clean", filter("age < 90"));
    assert_eq!(page.steps(), ["Keep rows where age > 10", "Keep rows where age < 90"]);
    page.send(Command::Undo);
    page.send(Command::Undo);
    page.settle();
    assert_eq!(page.spec_table(), "users");
    assert!(page.state.table("users_clean").is_none(), "and is dropped in the engine");
}

#[test]
fn steps_are_switched_off_moved_changed_removed_and_all_of_it_undone() {
    let mut page = Page::with_users();
    page.send(Command::NewRecipe("users".into()));
    page.add("users_clean", filter("a"));
    page.add("users_clean", filter("b"));
    let source = page.recipe();
    page.send(Command::MoveStep { source, idx: 1, is_up: true });
    assert_eq!(page.steps(), ["Keep rows where b", "Keep rows where a"]);
    page.send(Command::MoveStep { source, idx: 1, is_up: false });
    assert_eq!(page.steps(), ["Keep rows where b", "Keep rows where a"], "there is nothing below the last");
    page.send(Command::ToggleStep { source, idx: 0 });
    page.settle();
    assert_eq!(told(&page.state, source)[0], Told::Off);
    assert_eq!(page.state.engine.recipe_reports.get(&source).unwrap().report.n_rows_after, 990);
    page.send(Command::SetStep { source, idx: 1, step: Box::new(filter("c")) });
    page.send(Command::RemoveStep { source, idx: 0 });
    assert_eq!(page.steps(), ["Keep rows where c"]);
    for expected in [2, 2, 2, 2, 1, 0] {
        page.send(Command::Undo);
        page.settle();
        assert_eq!(page.steps().len(), expected);
    }
    page.send(Command::NewRecipe("users_clean".into()));
    assert_eq!(page.recipe(), source, "the recipe of a cleaned table is opened, not another begun");
}

#[test]
fn a_step_that_misses_something_is_not_sent_and_keeps_its_place() {
    let mut page = Page::with_users();
    page.add("users", step(r#"{"step":"cap","limits":{"method":"iqr","factor":1.5}}"#).into());
    let source = page.recipe();
    assert_eq!(page.state.chrome.open_step, Some(0), "its form is open");
    assert_eq!(told(&page.state, source), [Told::Missing("Choose the columns.")]);
    page.add("users_clean", filter("a"));
    let sent = sendable(super::edit::steps_of(&page.state.document, source));
    assert_eq!(sent.iter().map(|step| step.enabled).collect::<Vec<_>>(), [false, true]);
    assert!(matches!(told(&page.state, source).as_slice(), [Told::Missing(_), Told::Done(_)]));
}

#[test]
fn an_error_stands_at_its_step_and_the_last_good_table_stays() {
    let mut page = Page::with_users();
    page.add("users", filter("a"));
    let revision = page.state.table("users_clean").unwrap().revision;
    page.add("users_clean", filter("broken"));
    page.add("users_clean", filter("b"));
    let source = page.recipe();
    let told = told(&page.state, source);
    let [Told::Done(_), Told::Failed(error), Told::NotRun] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!(error.message, "At character 1 of the expression: no.");
    assert_eq!(page.state.table("users_clean").unwrap().revision, revision);
    let csv = to_csv(&log(&page.state, source));
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "step,what,state,rows before,rows after,cells changed,milliseconds,problems");
    assert_eq!(lines[1], "1,Keep rows where a,done,1000,990,0,2.600,");
    assert!(lines[2].starts_with("2,Keep rows where broken,failed,,,,,"), "{csv}");
    page.send(Command::SaveRunLog(source));
    assert!(
        page.effects.iter().any(
            |effect| matches!(effect, Effect::SaveText { name, .. } if name == "users_clean_run_log.csv")
        )
    );
}

#[test]
fn an_expression_is_checked_while_it_is_typed_and_kept_when_it_is_done() {
    let mut page = Page::with_users();
    page.add("users", filter("a"));
    let source = page.recipe();
    page.send(Command::OpenStep(Some(0)));
    page.settle();
    let n = page.n_recipes();
    page.send(Command::DraftStep(Box::new(filter("broken").step)));
    page.settle();
    let slot = page.state.slot(&SlotId::StepDraft).unwrap();
    assert!(slot.is_current() && slot.error.is_some());
    assert_eq!(page.n_recipes(), n, "the table is left alone meanwhile");
    assert_eq!(page.steps(), ["Keep rows where a"]);
    page.send(Command::SetStep { source, idx: 0, step: Box::new(filter("c")) });
    page.settle();
    assert!(page.state.chrome.draft.is_none());
    assert_eq!(page.steps(), ["Keep rows where c"]);
}

#[test]
fn a_link_brings_the_recipe_back() {
    let mut page = Page::with_users();
    page.add("users", filter("age > 10"));
    page.send(Command::ToggleStep { source: page.recipe(), idx: 0 });
    let Route::Document(read) = route::parse(&route::fragment(&page.state.document)) else {
        panic!("a document")
    };
    assert_eq!(*read, page.state.document.renumbered(0));
    assert_eq!(read.panel, Panel::Recipe(recipe_of(&read, "users_clean").unwrap()));
}

#[test]
fn a_changed_source_makes_the_table_anew_and_removing_the_recipe_points_analyses_back() {
    let mut page = Page::with_users();
    page.add("users", filter("a"));
    let n = page.n_recipes();
    let spec = ScenarioSpec::UiExperiment(UiExperimentSpec { seed: 9, ..UiExperimentSpec::default() });
    page.send(Command::SetWorld { source: 1, spec: Box::new(spec), gesture: None });
    page.settle();
    assert_eq!(page.n_recipes(), n + 1);
    page.send(Command::RemoveSource(page.recipe()));
    page.settle();
    assert_eq!(page.spec_table(), "users");
    assert_eq!(page.state.document.panel, Panel::None);
    assert_eq!(page.state.document.view, View::Report);
}

#[test]
fn a_joined_table_is_followed_and_a_circle_is_never_asked() {
    let mut page = Page::with_users();
    let join = r#"{"step":"join","table":"sessions","keys":[{"left":"user_id","right":"user_id"}]}"#;
    page.add("users", step(join).into());
    let n = page.n_recipes();
    let spec = ScenarioSpec::UiExperiment(UiExperimentSpec { seed: 9, ..UiExperimentSpec::default() });
    page.send(Command::SetWorld { source: 1, spec: Box::new(spec), gesture: None });
    page.settle();
    assert_eq!(page.n_recipes(), n + 1);

    // Only a changed link can say this.
    let own = join.replace("sessions", "users_clean");
    page.send(Command::SetStep { source: page.recipe(), idx: 0, step: Box::new(step(&own).into()) });
    page.send(Command::ShowTable { table: "users_clean".into(), tab: TableTab::Rows });
    page.settle();
    assert!(depends_on(&page.state.document, "users_clean", "users_clean"));
    assert_eq!(page.n_recipes(), n + 1);
}
