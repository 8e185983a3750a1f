//! Results as parts of a document. Each is a function from a result to a view; nothing is computed
//! here but how a number is written.

mod ab_test;
mod chart;
mod correlate;
mod describe;
pub(super) mod table;

use super::parts::callout;
use super::parts::icon::icon;
use super::runtime::{App, Part};
use crate::analyses::ab_test::AbTestResult;
use crate::analyses::chart::ChartResult;
use crate::analyses::correlate::CorrelateResult;
use crate::analyses::describe::DescribeResult;
use crate::analyses::{AnalysisResult, LedgerStep, Severity, Warning};
use crate::charts::from_result;
use crate::charts::model::Chart;
use crate::format;
use crate::ui::command::Command;
use crate::ui::dom::{Foreign, Html, el, live};
use crate::ui::parts::chart::{ChartFigure, ChartFigureProps, Setting};
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// Which foldable parts of one result the reader opened or closed. It outlives the result, so that a
/// new answer does not fold what was being read.
#[derive(Debug, Clone, Copy)]
pub struct Folds(RwSignal<Vec<(String, bool)>>);

impl Folds {
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    fn is_open(self, name: &str, by_default: bool) -> bool {
        let found = self.0.read().iter().find(|(other, _)| other == name).map(|(_, is_open)| *is_open);
        found.unwrap_or(by_default)
    }

    fn set(self, name: &str, is_open: bool) {
        self.0.update(|folds| {
            folds.retain(|(other, _)| other != name);
            folds.push((name.into(), is_open));
        });
    }
}

impl Default for Folds {
    fn default() -> Self {
        Self::new()
    }
}

/// The newest answer of an analysis. Parts of a report read it one by one, so that a new answer changes
/// figures in place: what was open stays open, and the focus stays where it was.
#[derive(Debug, Clone, Copy)]
pub struct Found(Part<Option<Shared>>);

/// An older answer and a newer one are told apart by identity: comparing their numbers would be slow,
/// and a missing number is never equal to itself.
#[derive(Debug, Clone)]
struct Shared(Arc<AnalysisResult>);

impl PartialEq for Shared {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Found {
    pub fn of(app: App, id: u32) -> Self {
        Self(app.part(move |state| {
            let provisional = state.engine.brush.provisional.get(&id);
            provisional.or_else(|| state.engine.results.get(&id)).cloned().map(Shared)
        }))
    }

    fn read<T>(self, reader: impl FnOnce(&AnalysisResult) -> Option<T>) -> Option<T> {
        self.0.read(|found| reader(&found.as_ref()?.0))
    }

    fn ab_test<T>(self, reader: impl FnOnce(&AbTestResult) -> T) -> Option<T> {
        self.read(|found| match found {
            AnalysisResult::AbTest(result) => Some(reader(result)),
            _ => None,
        })
    }

    /// Of a chart, without following it.
    fn peek<T>(self, reader: impl FnOnce(&ChartResult) -> Option<T>) -> Option<T> {
        untrack(move || self.chart(reader).flatten())
    }

    fn chart<T>(self, reader: impl FnOnce(&ChartResult) -> T) -> Option<T> {
        self.read(|found| match found {
            AnalysisResult::Chart(result) => Some(reader(result)),
            _ => None,
        })
    }

    fn describe<T>(self, reader: impl FnOnce(&DescribeResult) -> T) -> Option<T> {
        self.read(|found| match found {
            AnalysisResult::Describe(result) => Some(reader(result)),
            _ => None,
        })
    }

    fn correlate<T>(self, reader: impl FnOnce(&CorrelateResult) -> T) -> Option<T> {
        self.read(|found| match found {
            AnalysisResult::Correlate(result) => Some(reader(result)),
            _ => None,
        })
    }
}

/// The part of the document that belongs to an analysis; `waiting` stands there until the first answer.
pub fn view(app: App, id: u32, waiting: impl Fn() -> Html + Send + 'static) -> Html {
    let found = Found::of(app, id);
    let folds = Folds::new();
    let kind = Part::new(move || {
        found.read(|found| {
            Some(match found {
                AnalysisResult::AbTest(_) => "ab_test",
                AnalysisResult::Describe(_) => "describe",
                AnalysisResult::Correlate(_) => "correlate",
                AnalysisResult::Chart(_) => "chart",
            })
        })
    });
    live(move || match kind.get() {
        Some("ab_test") => ab_test::view(app, id, found, folds),
        Some("describe") => describe::view(found),
        Some("chart") => chart::view(found),
        Some(_) => correlate::view(found),
        None => waiting(),
    })
}

/// The chart of an analysis, alone, as it stands in a tile of this height.
pub fn tile(app: App, id: u32, height_px: Signal<f64>) -> Html {
    let found = Found::of(app, id);
    let setting = Setting { height_px: Some(height_px), ..Setting::default() };
    let kind = Part::new(move || {
        found.read(|found| {
            Some(match found {
                AnalysisResult::AbTest(_) => 0,
                AnalysisResult::Describe(_) => 1,
                AnalysisResult::Correlate(_) => 2,
                AnalysisResult::Chart(_) => 3,
            })
        })
    });
    live(move || match kind.get() {
        Some(0) => {
            chart_of(Box::new(move || found.ab_test(from_result::ab_test::effects).flatten()), setting)
        }
        Some(1) => {
            let first = |result: &DescribeResult| from_result::describe::charts(result).into_iter().next();
            chart_of(Box::new(move || found.describe(first).flatten()), setting)
        }
        Some(2) => {
            chart_of(Box::new(move || found.correlate(from_result::correlate::matrix).flatten()), setting)
        }
        Some(_) => chart::tile(app, id, found, setting),
        None => Html::Nothing,
    })
}

/// A part that can be folded away. Its inside exists only while it is open, so that a long report
/// stays quick.
fn foldable(
    folds: Folds,
    name: &str,
    is_open_first: bool,
    inside: impl Fn() -> Html + Send + Sync + 'static,
) -> Html {
    let (key, key_of_press) = (name.to_owned(), name.to_owned());
    let is_open = Part::new(move || folds.is_open(&key, is_open_first));
    el("section")
        .class("fold")
        .add(
            el("h3").add(
                el("button")
                    .attr("type", "button")
                    .class("fold__button")
                    .live_attr("aria-expanded", move || Some(is_open.get().to_string()))
                    .on("click", move |_| folds.set(&key_of_press, !is_open.peek()))
                    .text(name),
            ),
        )
        .add(live(move || is_open.get().then(&inside)))
        .into()
}

/// A part that comes a moment after what stands above it: a long report is put on the page in several tasks, none of
/// which holds it long.
fn later(make: impl Fn() -> Html + 'static) -> Html {
    let is_time = RwSignal::new(false);
    set_timeout(
        move || {
            // The report may have gone in the meantime.
            let _ = is_time.try_set(true);
        },
        AFTER_A_PICTURE,
    );
    live(move || if is_time.get() { make() } else { el("div").attr("data-later", "").into() })
}

/// Time for the browser to show what is there.
const AFTER_A_PICTURE: Duration = Duration::from_millis(20);

/// The answer in words, and what it does not show. Where the limits repeat a warning, they carry its
/// sign, and [`warnings`] leaves that one out.
fn answer(sentence: &str, limits: &str, warnings: &[Warning]) -> Html {
    let limits = match warnings.iter().find(|warning| warning.message == limits) {
        Some(warning) => callout::warning(warning),
        None if limits.is_empty() => Html::Nothing,
        None => el("p").class("answer__limits").add(limits.to_owned()).into(),
    };
    el("div")
        .class("answer")
        .add(el("p").class("answer__sentence").add(sentence.to_owned()))
        .add(limits)
        .into()
}

/// The gravest first, without the one that is said as the limits of the answer.
fn warnings(warnings: &[Warning], limits: &str) -> Html {
    let mut views: Vec<Html> = Vec::new();
    for severity in [Severity::Stop, Severity::Caution, Severity::Note] {
        let found = warnings.iter().filter(|w| w.severity == severity && w.message != limits);
        views.extend(found.map(callout::warning));
    }
    if views.is_empty() { Html::Nothing } else { el("div").class("callouts").add(views).into() }
}

/// Where every row went.
fn ledger(steps: &[LedgerStep]) -> Html {
    let mut before: Option<u64> = None;
    let rows: Vec<Html> = steps
        .iter()
        .map(|step| {
            let lost = before.map(|before| before.saturating_sub(step.n_rows)).filter(|lost| *lost > 0);
            before = Some(step.n_rows);
            let lost = lost.map(|lost| format!("\u{2212}{}", format::count(lost)));
            el("tr")
                .add(el("th").attr("scope", "row").add(step.step.clone()))
                .add(el("td").class("num").add(format::count(step.n_rows)))
                .add(el("td").class("num muted").add(lost))
                .into()
        })
        .collect();
    el("section")
        .class("result-part")
        .add(el("h3").text("Rows"))
        .add(
            el("table")
                .class("ledger")
                .add(el("caption").class("unseen").text("Rows at each step, and rows lost"))
                .add(el("tbody").add(rows)),
        )
        .into()
}

/// A line of text with a button that copies it.
fn copyable(app: App, text: &str, what: &'static str) -> Html {
    let copied = text.to_owned();
    let label = format!("Copy {what}");
    el("div")
        .class("copyable")
        .add(el("p").add(text.to_owned()))
        .add(
            el("button")
                .attr("type", "button")
                .class("icon-button")
                .attr("aria-label", label.clone())
                .attr("title", label)
                .on("click", move |_| app.send(Command::Copy { text: copied.clone(), what }))
                .add(icon("copy")),
        )
        .into()
}

/// "95 %" of an alpha of 0.05.
fn level(alpha: f64) -> String {
    format!("{} %", format::trim_zeros(&format::number(100.0 * (1.0 - alpha), 4)))
}

/// A chart, while there is data for one. It is laid out anew when its answer changes, and keeps what
/// the reader did to it.
fn chart(make: impl Fn() -> Option<Chart> + Send + Sync + 'static) -> Html {
    chart_of(Box::new(make), Setting::default())
}

fn chart_of(make: Box<dyn Fn() -> Option<Chart> + Send + Sync>, setting: Setting) -> Html {
    // Whoever asks for the chart after a change gets a new one; charts are not compared.
    let made = Memo::new_with_compare(move |_| make().map(Arc::new), |_, _| true);
    let is_there = Part::new(move || made.read().is_some());
    let element_id = format!("chart-{}", next_number());
    live(move || {
        let first = is_there.get().then(|| made.get_untracked()).flatten()?;
        // A figure that is about to go keeps its last chart.
        let last = StoredValue::new(first);
        let shown = Signal::derive(move || {
            if let Some(chart) = made.get() {
                last.set_value(chart);
            }
            last.get_value()
        });
        let id = element_id.clone();
        let figure = move || ChartFigure(ChartFigureProps { chart: shown, id, setting }).into_any();
        Some(Html::Leptos(Box::new(Foreign { key: element_id.clone(), make: Box::new(figure) })))
    })
}

/// Counts the charts of this visit: each has an id of its own.
fn next_number() -> u32 {
    thread_local! {
        static LAST: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    LAST.with(|last| {
        last.set(last.get() + 1);
        last.get()
    })
}
