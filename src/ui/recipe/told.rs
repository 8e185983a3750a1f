//! What the engine said about a recipe: at each step, and as a log to keep.

use super::parts::missing;
use crate::format;
use crate::model::{EngineError, RecipeReport, RecipeStep, StepReport};
use crate::ui::slot::SlotId;
use crate::ui::state::{SourceKind, State};
use std::sync::Arc;

/// A report, and the steps that it is of.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub steps: Vec<RecipeStep>,
    pub report: Arc<RecipeReport>,
}

impl Kept {
    /// The report of a step; `None` where it or a step before it has changed since.
    pub fn of(&self, steps: &[RecipeStep], idx: usize) -> Option<&StepReport> {
        let is_same = steps.get(..=idx).is_some() && self.steps.get(..=idx) == steps.get(..=idx);
        self.report.steps.get(idx).filter(|_| is_same)
    }
}

/// The line under a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Off,
    /// It is not sent before this is done.
    Missing(&'static str),
    Failed(Box<EngineError>),
    /// A step above it failed.
    NotRun,
    Waiting,
    Done(StepReport),
}

/// What to say under each step of the recipe that source `id` is.
pub fn told(state: &State, id: u32) -> Vec<Told> {
    let Some(SourceKind::Recipe { steps, .. }) = state.document.source(id).map(|source| &source.kind) else {
        return Vec::new();
    };
    let kept = state.engine.recipe_reports.get(&id);
    let error =
        state.slot(&SlotId::Source(id)).filter(|slot| slot.is_current()).and_then(|s| s.error.as_ref());
    let failed = error.and_then(failed_step);
    let one = |(idx, step): (usize, &RecipeStep)| {
        if !step.enabled {
            return Told::Off;
        }
        if let Some(words) = missing(&step.step) {
            return Told::Missing(words);
        }
        match (failed, error) {
            (Some(at), Some(error)) if at == idx => return Told::Failed(Box::new(at_step(error, at))),
            (Some(at), _) if at < idx => return Told::NotRun,
            (None, Some(_)) => return Told::NotRun,
            _ => {}
        }
        kept.and_then(|kept| kept.of(steps, idx)).map_or(Told::Waiting, |report| Told::Done(report.clone()))
    };
    steps.iter().enumerate().map(one).collect()
}

/// The place of the step that an error is about, from "steps\[2\].column".
pub fn failed_step(error: &EngineError) -> Option<usize> {
    error.at.field.as_deref()?.strip_prefix("steps[")?.split(']').next()?.parse().ok()
}

/// The same error as it reads at its step: without "Step 3, derive:".
fn at_step(error: &EngineError, idx: usize) -> EngineError {
    let mut error = error.clone();
    let rest =
        error.message.strip_prefix(&format!("Step {}, ", idx + 1)).and_then(|rest| rest.split_once(": "));
    if let Some((_, rest)) = rest {
        error.message = rest.to_owned();
    }
    error
}

/// "5,000 → 4,873 rows, 127 dropped, 3 ms".
pub fn words(report: &StepReport) -> String {
    let (before, after) = (report.n_rows_before, report.n_rows_after);
    let mut parts = Vec::new();
    if before == after {
        parts.push(format::plural(after, "row", "rows"));
    } else {
        parts.push(format!("{} \u{2192} {}", format::count(before), format::plural(after, "row", "rows")));
        let (n, word) = if after < before { (before - after, "fewer") } else { (after - before, "more") };
        parts.push(format!("{} {word}", format::count(n)));
    }
    if report.n_cells_changed > 0 {
        parts.push(format!("{} changed", format::plural(report.n_cells_changed, "cell", "cells")));
    } else if before == after && report.columns_added.is_empty() && report.columns_removed.is_empty() {
        parts.push("no cell changed".into());
    }
    for (list, word) in [(&report.columns_added, "added"), (&report.columns_removed, "removed")] {
        match list.as_slice() {
            [] => {}
            [one] => parts.push(format!("{one} {word}")),
            all => parts.push(format!("{} columns {word}", all.len())),
        }
    }
    parts.push(milliseconds(report.duration_ms));
    parts.join(", ")
}

pub fn milliseconds(ms: f64) -> String {
    if ms < 1.0 { "under 1 ms".into() } else { format!("{} ms", format::count(ms.round() as u64)) }
}

/// One line a step: number, step in words, rows before and after, cells, milliseconds, problems.
pub type LogLine = [String; 8];

pub const LOG_HEADS: [&str; 8] =
    ["step", "what", "state", "rows before", "rows after", "cells changed", "milliseconds", "problems"];

/// The run log of the recipe: what is known of each step.
pub fn log(state: &State, id: u32) -> Vec<LogLine> {
    let Some(SourceKind::Recipe { steps, .. }) = state.document.source(id).map(|source| &source.kind) else {
        return Vec::new();
    };
    let line = |(idx, (step, told)): (usize, (&RecipeStep, Told))| {
        let (word, report, trouble) = match told {
            Told::Off => ("off", None, String::new()),
            Told::Missing(words) => ("incomplete", None, words.to_owned()),
            Told::Failed(error) => ("failed", None, error.to_string()),
            Told::NotRun => ("not run", None, String::new()),
            Told::Waiting => ("waiting", None, String::new()),
            Told::Done(report) => {
                let problems: Vec<String> =
                    report.problems.iter().map(|problem| problem.message.clone()).collect();
                ("done", Some(report), problems.join(" "))
            }
        };
        let of = |value: fn(&StepReport) -> u64| report.as_ref().map(|report| value(report).to_string());
        [
            (idx + 1).to_string(),
            super::sentence(&step.step),
            word.into(),
            of(|report| report.n_rows_before).unwrap_or_default(),
            of(|report| report.n_rows_after).unwrap_or_default(),
            of(|report| report.n_cells_changed).unwrap_or_default(),
            report.as_ref().map(|report| format!("{:.3}", report.duration_ms)).unwrap_or_default(),
            trouble,
        ]
    };
    steps.iter().zip(told(state, id)).enumerate().map(line).collect()
}

/// Lines as CSV (RFC 4180, with LF).
pub fn to_csv(lines: &[LogLine]) -> String {
    let heads = LOG_HEADS.map(str::to_owned);
    let mut out = String::new();
    for line in std::iter::once(&heads).chain(lines) {
        for (at, cell) in line.iter().enumerate() {
            out.push_str(if at == 0 { "" } else { "," });
            if cell.contains([',', '"', '\n', '\r']) {
                out.push_str(&format!("\"{}\"", cell.replace('"', "\"\"")));
            } else {
                out.push_str(cell);
            }
        }
        out.push('\n');
    }
    out
}
