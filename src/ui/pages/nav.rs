//! The left zone: data, what can be asked, and what the report holds.

use super::data;
use crate::analyses::{CATALOG, Spec};
use crate::ui::case_study::{self, Question};
use crate::ui::command::Command;
use crate::ui::parts::icon::{button, icon};
use crate::ui::runtime::App;
use crate::ui::state::{SourceKind, State, View};
use leptos::prelude::*;

pub fn nav(app: App) -> AnyView {
    view! {
        <section class="nav-part" aria-labelledby="nav-data">
            <h2 id="nav-data">"Data"</h2>
            {data::sources(app)}
            {data::add(app)}
        </section>
        {analyses(app)}
        {questions(app)}
        {outline(app)}
    }
    .into_any()
}

fn analyses(app: App) -> AnyView {
    let entries: Vec<AnyView> = CATALOG
        .iter()
        .map(|entry| {
            let kind = entry.kind;
            view! {
                <li>
                    <button type="button" class="nav-action" title=entry.question on:click=move |_| app.send(Command::AddAnalysis(kind))>
                        {icon("plus")}<span>{entry.name}</span>
                    </button>
                </li>
            }
            .into_any()
        })
        .collect();
    view! {
        <section class="nav-part" aria-labelledby="nav-analyses">
            <h2 id="nav-analyses">"Add to the report"</h2>
            <ul>{entries}</ul>
        </section>
    }
    .into_any()
}

/// The questions of the case study that is open.
fn questions(app: App) -> AnyView {
    let found = app.part(|state| {
        let world = state.document.sources.iter().find_map(|source| match &source.kind {
            SourceKind::World { spec } => Some(case_study::questions(spec)),
            _ => None,
        });
        world.unwrap_or_default()
    });
    view! { {move || {
        let questions = found.get();
        if questions.is_empty() {
            return ().into_any();
        }
        let items: Vec<AnyView> = questions.into_iter().map(|question| ask(app, question)).collect();
        view! {
            <section class="nav-part" aria-labelledby="nav-questions">
                <h2 id="nav-questions">"Questions of this case"</h2>
                <ul>{items}</ul>
            </section>
        }
        .into_any()
    }} }
    .into_any()
}

fn ask(app: App, question: Question) -> AnyView {
    let Question { text, spec } = question;
    let item = button("nav-action", text, move || app.send(Command::AddSpec(spec.clone())));
    view! { <li>{item}</li> }.into_any()
}

/// The results in order; the one whose options are open is marked.
fn outline(app: App) -> AnyView {
    let entries = app.part(|state| {
        let is_report = state.document.view == View::Report;
        let entries = state.document.analyses.iter();
        (is_report, entries.map(|analysis| (analysis.id, name(&analysis.spec))).collect::<Vec<_>>())
    });
    view! { {move || {
        let (is_report, entries) = entries.get();
        if entries.is_empty() {
            return ().into_any();
        }
        let items: Vec<AnyView> = entries.into_iter().map(|(id, name)| {
            let item = button("nav-action", name, move || {
                app.send(Command::ShowReport);
                request_animation_frame(move || {
                    if let Some(element) = document().get_element_by_id(&format!("analysis-{id}")) {
                        element.scroll_into_view();
                    }
                    crate::ui::runtime::focus(&format!("analysis-title-{id}"));
                });
            });
            view! { <li>{item}</li> }.into_any()
        }).collect();
        let back = (!is_report).then(|| button("button", "Back to the report", move || app.send(Command::ShowReport)));
        view! {
            <section class="nav-part" aria-labelledby="nav-outline">
                <h2 id="nav-outline">"In this report"</h2>
                <ol>{items}</ol>
                {back}
            </section>
        }
        .into_any()
    }} }
    .into_any()
}

/// A title for an analysis: "A/B test of group", "Describe by device_type".
pub fn name(spec: &Spec) -> String {
    match spec {
        Spec::AbTest(spec) if spec.variant.is_empty() => "A/B test".into(),
        Spec::AbTest(spec) => format!("A/B test of {}", spec.variant),
        Spec::Describe(spec) if spec.by.is_empty() => format!("Description of {}", spec.table),
        Spec::Describe(spec) => format!("Description by {}", spec.by.join(" and ")),
        Spec::Correlate(spec) => format!("Correlations in {}", spec.table),
    }
}

/// The name of the analysis with this number.
pub fn name_of(state: &State, id: u32) -> String {
    state.analysis(id).map(|analysis| name(&analysis.spec)).unwrap_or_default()
}
