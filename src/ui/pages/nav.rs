//! The left zone: data, what can be asked, and what the report holds.

use super::data;
use crate::analyses::{CATALOG, Spec};
use crate::ui::case_study::{self, Question};
use crate::ui::chart_builder;
use crate::ui::command::Command;
use crate::ui::dashboard::DashboardAct;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::icon::{button, icon};
use crate::ui::runtime::{App, focus};
use crate::ui::state::{Panel, SourceKind, State, View};
use leptos::prelude::*;

pub fn nav(app: App) -> Html {
    // Narrow screens fold the zone away, so that the report is what one sees first.
    let is_open = RwSignal::new(false);
    let shown = app.part(|state| (state.document.view.clone(), state.document.panel.clone()));
    // What was chosen there is what one wants to see next. The analysis that comes by itself changes neither.
    Effect::new(move || {
        let (_, panel) = shown.get();
        if is_open.get_untracked() {
            is_open.set(false);
            let next = if panel == Panel::None { "report" } else { "zone-options" };
            request_animation_frame(move || focus(next));
        }
    });
    list([
        el("button")
            .attr("type", "button")
            .class("nav-toggle button")
            .attr("aria-controls", "nav-body")
            .live_attr("aria-expanded", move || Some(is_open.get().to_string()))
            .on("click", move |_| is_open.update(|is_open| *is_open = !*is_open))
            .text("Data and analyses")
            .into(),
        el("div")
            .id("nav-body")
            .class("nav-body")
            .live_class("nav-body--open", move || is_open.get())
            .add(
                el("section")
                    .class("nav-part")
                    .attr("aria-labelledby", "nav-data")
                    .add(el("h2").id("nav-data").text("Data"))
                    .add(data::sources(app))
                    .add(data::add(app)),
            )
            .add(views(app))
            .add(analyses(app))
            .add(questions(app))
            .add(outline(app))
            .into(),
    ])
}

/// The two ways to look at the work.
fn views(app: App) -> Html {
    let shown = app.part(|state| state.document.view.clone());
    let view = move |name: &'static str, view: View, act: fn() -> Command| {
        let is_shown = move || (shown.read(|shown| *shown == view)).then(|| "page".to_owned());
        let item = el("button")
            .attr("type", "button")
            .class("nav-action")
            .live_attr("aria-current", is_shown)
            .on("click", move |_| app.send(act()))
            .text(name);
        el("li").add(item)
    };
    el("section")
        .class("nav-part")
        .attr("aria-labelledby", "nav-views")
        .add(el("h2").id("nav-views").text("View"))
        .add(el("ul").add(view("Report", View::Report, || Command::ShowReport)).add(view(
            "Dashboard",
            View::Dashboard,
            || Command::Dashboard(DashboardAct::Show),
        )))
        .into()
}

fn analyses(app: App) -> Html {
    let entries: Vec<Html> = CATALOG
        .iter()
        .map(|entry| {
            let kind = entry.kind;
            el("li")
                .add(
                    el("button")
                        .attr("type", "button")
                        .class("nav-action")
                        .attr("title", entry.question)
                        .on("click", move |_| app.send(Command::AddAnalysis(kind)))
                        .add(icon("plus"))
                        .add(el("span").add(entry.name)),
                )
                .into()
        })
        .collect();
    el("section")
        .class("nav-part")
        .attr("aria-labelledby", "nav-analyses")
        .add(el("h2").id("nav-analyses").text("Add to the report"))
        .add(el("ul").add(entries))
        .into()
}

/// The questions of the case study that is open.
fn questions(app: App) -> Html {
    let found = app.part(|state| {
        let world = state.document.sources.iter().find_map(|source| match &source.kind {
            SourceKind::World { spec } => Some(case_study::questions(spec)),
            _ => None,
        });
        world.unwrap_or_default()
    });
    live(move || {
        let questions = found.get();
        if questions.is_empty() {
            return Html::Nothing;
        }
        let items: Vec<Html> = questions.into_iter().map(|question| ask(app, question)).collect();
        el("section")
            .class("nav-part")
            .attr("aria-labelledby", "nav-questions")
            .add(el("h2").id("nav-questions").text("Questions of this case"))
            .add(el("ul").add(items))
            .into()
    })
}

fn ask(app: App, question: Question) -> Html {
    let Question { text, spec } = question;
    let item = button("nav-action", text, move || app.send(Command::AddSpec(Box::new(spec.clone()))));
    el("li").add(item).into()
}

/// The results in order; the one whose options are open is marked.
fn outline(app: App) -> Html {
    let entries = app.part(|state| {
        let is_report = state.document.view == View::Report;
        let entries = state.document.analyses.iter();
        (is_report, entries.map(|analysis| (analysis.id, name(&analysis.spec))).collect::<Vec<_>>())
    });
    live(move || {
        let (is_report, entries) = entries.get();
        if entries.is_empty() {
            return Html::Nothing;
        }
        let items: Vec<Html> = entries
            .into_iter()
            .map(|(id, name)| {
                let item = button("nav-action", name, move || {
                    app.send(Command::ShowReport);
                    request_animation_frame(move || {
                        if let Some(element) = document().get_element_by_id(&format!("analysis-{id}")) {
                            element.scroll_into_view();
                        }
                        focus(&format!("analysis-title-{id}"));
                    });
                });
                el("li").add(item).into()
            })
            .collect();
        let back = (!is_report)
            .then(|| button("button", "Back to the report", move || app.send(Command::ShowReport)));
        el("section")
            .class("nav-part")
            .attr("aria-labelledby", "nav-outline")
            .add(el("h2").id("nav-outline").text("In this report"))
            .add(el("ol").add(items))
            .add(back)
            .into()
    })
}

/// A title for an analysis: "A/B test of group", "Describe by device_type".
pub fn name(spec: &Spec) -> String {
    match spec {
        Spec::AbTest(spec) if spec.variant.is_empty() => "A/B test".into(),
        Spec::AbTest(spec) => format!("A/B test of {}", spec.variant),
        Spec::Describe(spec) if spec.by.is_empty() => format!("Description of {}", spec.table),
        Spec::Describe(spec) => format!("Description by {}", spec.by.join(" and ")),
        Spec::Correlate(spec) => format!("Correlations in {}", spec.table),
        Spec::Chart(spec) => chart_builder::title(spec),
    }
}

/// The name of the analysis with this number.
pub fn name_of(state: &State, id: u32) -> String {
    state.spec(id).map(name).unwrap_or_default()
}
