//! The page without a browser: commands in, effects out, and a made-up engine that answers in the order it was asked.

use super::{brush, grid, preview, quality, relations};
use crate::analyses::describe::{DescribeResult, DescribeSpec};
use crate::analyses::{AnalysisResult, Spec};
use crate::model::*;
use crate::protocol::*;
use crate::ui::command::{Command, Effect, FileAtHand};
use crate::ui::state::State;
use crate::ui::update::update;

/// What an engine says to a request, given the number of the last table it made.
pub type Engine = fn(&mut u64, &Request) -> Outcome;

pub struct Page {
    pub state: State,
    pub inbox: Vec<(u64, Request)>,
    pub effects: Vec<Effect>,
    engine: Engine,
    revision: u64,
}

/// Its engine has not said yet that it is there.
impl Default for Page {
    fn default() -> Self {
        let (inbox, effects) = (Vec::new(), Vec::new());
        Self { state: State::default(), inbox, effects, engine: answer, revision: 0 }
    }
}

impl Page {
    pub fn started() -> Self {
        Self::with(answer)
    }

    pub fn with(engine: Engine) -> Self {
        let mut page = Self { engine, ..Self::default() };
        page.send(Command::EngineReady(Ready { protocol: PROTOCOL, version: VERSION.into() }));
        page
    }

    pub fn send(&mut self, command: Command) {
        for effect in update(&mut self.state, command) {
            if let Effect::Post { id, request, .. } = &effect {
                self.inbox.push((*id, (**request).clone()));
            }
            self.effects.push(effect);
        }
    }

    pub fn say(&mut self, id: u64, outcome: Outcome) {
        self.send(Command::Answered(Box::new(Message { id: Some(id), outcome })));
    }

    /// Lets the engine work until nothing is left to do.
    pub fn settle(&mut self) {
        for _ in 0..100 {
            if self.inbox.is_empty() {
                return;
            }
            let (id, request) = self.inbox.remove(0);
            let outcome = self.answer(&request);
            self.say(id, outcome);
        }
        panic!("the page never stops asking");
    }

    pub fn answer(&mut self, request: &Request) -> Outcome {
        (self.engine)(&mut self.revision, request)
    }

    pub fn posted(&self, is_it: impl Fn(&Request) -> bool) -> usize {
        let posts = self.effects.iter().filter(|effect| match effect {
            Effect::Post { request, .. } => is_it(request),
            _ => false,
        });
        posts.count()
    }

    pub fn first_spec(&self) -> &Spec {
        &self.state.document.analyses[0].spec
    }

    pub fn drop_files(&mut self, names: &[&str]) {
        let files = names.iter().enumerate().map(|(i, name)| FileAtHand {
            file_id: i as u32 + 1,
            name: (*name).into(),
            n_bytes: 10,
            fingerprint: None,
        });
        self.send(Command::AddFiles(files.collect()));
    }
}

/// Has read whatever it is given: users and sessions by their names.
fn answer(revision: &mut u64, request: &Request) -> Outcome {
    let reply = match request {
        Request::Load { table, source: Source::File(name), options } => {
            let origin = TableOrigin::File { name: name.clone() };
            // A JSON file with a list in its records, unless it is read in another encoding.
            let has_list = name.ends_with(".json") && options.encoding.is_none();
            let list = has_list.then(|| format!("{table}_tags"));
            Reply::Loaded {
                table: table_of(revision, table, origin.clone()),
                report: report(name),
                also: list
                    .map(|list| LoadedTable {
                        table: table_of(revision, &list, origin),
                        report: report(name),
                    })
                    .into_iter()
                    .collect(),
            }
        }
        Request::Generate { spec } => {
            let origin = TableOrigin::Scenario { spec: spec.clone() };
            let tables =
                vec![table_of(revision, "users", origin.clone()), table_of(revision, "sessions", origin)];
            Reply::Generated { tables, truths: Vec::new() }
        }
        Request::Join { left, right, into, dry_run, .. } => {
            let origin = TableOrigin::Join { left: left.clone(), right: right.clone() };
            let table = (!dry_run).then(|| table_of(revision, into, origin));
            Reply::Joined { table, report: join_report() }
        }
        Request::Sniff { source, options } => preview::answer(source, options),
        Request::Recipe(recipe) => {
            let origin = TableOrigin::Recipe { table: recipe.table.clone() };
            let table = (!recipe.dry_run).then(|| table_of(revision, &recipe.into, origin));
            Reply::Recipe { table, report: recipe_report() }
        }
        Request::Preview { .. } | Request::Bars { .. } => grid::answer(request),
        Request::BrushOpen { .. } | Request::BrushTo { .. } => brush::answer(request),
        Request::Relations { tables, relations } => relations::answer(tables, relations),
        Request::Ddl { dialect, relations, .. } => {
            Reply::Ddl { dialect: *dialect, text: format!("{dialect:?}, {}", relations.len()) }
        }
        Request::Analyze { spec } => Reply::Result { result: described(spec.table()) },
        Request::Quality { table } => quality::answer(table),
        Request::Drop { table } => Reply::Dropped { table: table.clone() },
        Request::Cancel { target } => Reply::Cancelled { target: *target, was_known: false },
        other => panic!("no answer made up for {other:?}"),
    };
    Outcome::Reply(Box::new(reply))
}

fn table_of(revision: &mut u64, name: &str, origin: TableOrigin) -> TableInfo {
    *revision += 1;
    let column = |name: &str, kind: Kind, levels: &[&str]| ColumnInfo {
        name: name.into(),
        kind,
        n_missing: 0,
        levels: levels.iter().map(|level| (*level).into()).collect(),
        unit: None,
    };
    let columns = match name {
        "users" => vec![
            column("user_id", Kind::Id, &[]),
            column("country", Kind::Nominal, &["BR", "IN"]),
            column("signup_date", Kind::Date, &[]),
        ],
        _ => vec![
            column("session_id", Kind::Id, &[]),
            column("user_id", Kind::Id, &[]),
            column("group", Kind::Nominal, &["A", "B"]),
            column("session_start", Kind::DateTime, &[]),
            column("session_length", Kind::Continuous, &[]),
            column("watched", Kind::Binary, &["0", "1"]),
            column("watch_completion", Kind::Binary, &["0", "1"]),
            column("clicks_before_watch", Kind::Count, &[]),
            column("device_type", Kind::Nominal, &["Mobile", "TV"]),
        ],
    };
    let n_rows = if name == "users" { 1_000 } else { 5_000 };
    TableInfo { name: name.into(), revision: *revision, n_rows, columns, origin }
}

pub fn report(name: &str) -> ParseReport {
    ParseReport {
        file_name: name.into(),
        n_bytes: 10,
        format: FileFormat::Delimited,
        compressed: false,
        encoding: Encoding::Utf8,
        delimiter: ",".into(),
        quote: String::new(),
        escape: Escape::Doubled,
        line_ending: LineEnding::Lf,
        has_header: true,
        n_header_rows: 1,
        first_line: 1,
        tables: Vec::new(),
        table: 1,
        runner_up: None,
        n_rows: 2,
        n_rows_changed: 0,
        n_rows_padded: 0,
        n_rows_cut: 0,
        n_cells_cut: 0,
        n_rows_repaired: 0,
        columns: Vec::new(),
        problems: Vec::new(),
        n_problems: 0,
    }
}

fn recipe_report() -> RecipeReport {
    let (columns, steps) = (Vec::new(), Vec::new());
    RecipeReport { n_rows_before: 2, n_rows_after: 4, columns, steps, duration_ms: 0.0 }
}

fn join_report() -> JoinReport {
    JoinReport {
        n_rows_left: 5_000,
        n_rows_right: 1_000,
        n_rows_out: 5_000,
        n_left_unmatched: 0,
        n_left_missing_key: 0,
        n_right_unmatched: 8,
        n_right_duplicate_keys: 0,
        max_matches_per_left_row: 1,
        renamed: Vec::new(),
        warnings: Vec::new(),
    }
}

fn described(table: &str) -> AnalysisResult {
    AnalysisResult::Describe(DescribeResult {
        spec: DescribeSpec { table: table.into(), columns: Vec::new(), by: Vec::new(), filter: Vec::new() },
        revision: 1,
        sentence: "5,000 rows.".into(),
        ledger: Vec::new(),
        warnings: Vec::new(),
        groups: Vec::new(),
    })
}
