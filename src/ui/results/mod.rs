//! Results as parts of a document. Each is a function from a result to a view; nothing is computed
//! here but how a number is written.

mod ab_test;
mod correlate;
mod describe;
mod table;

use super::parts::callout;
use super::parts::icon::{button, icon};
use super::runtime::App;
use crate::analyses::{AnalysisResult, LedgerStep, Severity, Warning};
use crate::charts::model::Chart;
use crate::format;
use crate::ui::command::Command;
use leptos::prelude::*;

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

pub fn view(app: App, id: u32, result: &AnalysisResult, folds: Folds) -> AnyView {
    match result {
        AnalysisResult::AbTest(result) => ab_test::view(app, id, result, folds),
        AnalysisResult::Describe(result) => describe::view(result),
        AnalysisResult::Correlate(result) => correlate::view(result),
    }
}

/// A part that can be folded away. Its inside exists only while it is open, so that a long report
/// stays quick.
fn foldable(folds: Folds, name: &str, title: AnyView, is_open_first: bool, inside: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let (key, key_of_press) = (name.to_owned(), name.to_owned());
    let is_open = Memo::new(move |_| folds.is_open(&key, is_open_first));
    view! {
        <section class="fold">
            <h3>
                <button
                    type="button" class="fold__button" aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| folds.set(&key_of_press, !is_open.get_untracked())
                >
                    {title}
                </button>
            </h3>
            {move || is_open.get().then(&inside)}
        </section>
    }
    .into_any()
}

/// The answer in words, and what it does not show.
fn answer(sentence: &str, limits: &str) -> AnyView {
    let limits = (!limits.is_empty()).then(|| view! { <p class="answer__limits">{limits.to_owned()}</p> });
    view! { <div class="answer"><p class="answer__sentence">{sentence.to_owned()}</p>{limits}</div> }.into_any()
}

/// The gravest first.
fn warnings(warnings: &[Warning]) -> AnyView {
    let mut sorted: Vec<&Warning> = warnings.iter().collect();
    sorted.sort_by_key(|warning| match warning.severity {
        Severity::Stop => 0,
        Severity::Caution => 1,
        Severity::Note => 2,
    });
    let views: Vec<AnyView> = sorted.into_iter().map(callout::warning).collect();
    if views.is_empty() { ().into_any() } else { view! { <div class="callouts">{views}</div> }.into_any() }
}

/// Where every row went.
fn ledger(steps: &[LedgerStep]) -> AnyView {
    let mut before: Option<u64> = None;
    let rows: Vec<AnyView> = steps
        .iter()
        .map(|step| {
            let lost = before.map(|before| before.saturating_sub(step.n_rows)).filter(|lost| *lost > 0);
            before = Some(step.n_rows);
            let lost = lost.map(|lost| format!("\u{2212}{}", format::count(lost)));
            view! {
                <tr>
                    <th scope="row">{step.step.clone()}</th>
                    <td class="num">{format::count(step.n_rows)}</td>
                    <td class="num muted">{lost}</td>
                </tr>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="result-part">
            <h3>"Rows"</h3>
            <table class="ledger">
                <caption class="unseen">"Rows at each step, and rows lost"</caption>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// A line of text with a button that copies it.
fn copyable(app: App, text: &str, what: &'static str) -> AnyView {
    let copied = text.to_owned();
    let label = format!("Copy {what}");
    view! {
        <div class="copyable">
            <p>{text.to_owned()}</p>
            <button
                type="button" class="icon-button" aria-label=label.clone() title=label
                on:click=move |_| app.send(Command::Copy { text: copied.clone(), what })
            >
                {icon("copy")}
            </button>
        </div>
    }
    .into_any()
}

/// "95 %" of an alpha of 0.05.
fn level(alpha: f64) -> String {
    format!("{} %", format::trim_zeros(&format::number(100.0 * (1.0 - alpha), 4)))
}

/// A chart, where there is data for one.
fn chart(chart: Option<Chart>) -> AnyView {
    let _ = chart;
    ().into_any()
}

/// A quiet button inside a table or a line.
fn link(label: impl Into<String>, on_press: impl Fn() + 'static) -> AnyView {
    button("link", label, on_press)
}
