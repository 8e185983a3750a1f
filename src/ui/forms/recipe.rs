//! The steps of a recipe, one below the other: what each does, what it did, and its form.

use super::framed;
use super::step::{self, Form};
use crate::format;
use crate::model::{ColumnInfo, EngineError, ErrorCode, RecipeStep, TableInfo};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::field::check;
use crate::ui::parts::icon::{button, icon, icon_button};
use crate::ui::parts::progress::progress;
use crate::ui::recipe::edit::depends_on;
use crate::ui::recipe::parts::{entry_of, fresh};
use crate::ui::recipe::sentence;
use crate::ui::recipe::steps::STEPS;
use crate::ui::recipe::told::{LogLine, Told, failed_step, log, told, words};
use crate::ui::results::table::{Figures, Row, words as cell};
use crate::ui::runtime::{App, focus};
use crate::ui::slot::SlotId;
use crate::ui::state::{SourceKind, State};
use crate::ui::wire::Write;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::JsCast;

const HELP: &str = "Each step makes a new table of the one before it. The table you began with is never changed: steps \
                    can be edited, moved, switched off and undone at any time, and a link brings all of them back.";

#[derive(Debug, Clone, PartialEq)]
struct Shown {
    table: String,
    into: String,
    steps: Vec<RecipeStep>,
    told: Vec<Told>,
    open: Option<usize>,
    columns: Arc<Vec<ColumnInfo>>,
    tables: Vec<Arc<TableInfo>>,
    /// Analyses of the table that is made.
    n_analyses: usize,
    /// An error that is not of a step.
    error: Option<EngineError>,
}

fn shown(state: &State, id: u32) -> Option<Shown> {
    let SourceKind::Recipe { table, steps, into } = &state.document.source(id)?.kind else { return None };
    let before = state.engine.step_columns.clone();
    let columns = before.or_else(|| state.table(table).map(|info| Arc::new(info.columns.clone())));
    let can_add =
        |other: &&Arc<TableInfo>| other.name != *into && !depends_on(&state.document, &other.name, into);
    let slot = state.slot(&SlotId::Source(id)).filter(|slot| slot.is_current());
    Some(Shown {
        table: table.clone(),
        into: into.clone(),
        steps: steps.clone(),
        told: told(state, id),
        n_analyses: state.document.analyses.iter().filter(|one| one.spec.table() == into).count(),
        open: state.chrome.open_step,
        columns: columns.unwrap_or_default(),
        tables: state.engine.tables.iter().filter(can_add).cloned().collect(),
        error: if depends_on(&state.document, into, into) {
            let message = format!("These steps read {into}, the table that they make.");
            Some(EngineError::new(ErrorCode::BadOption, message).hint("choose another table"))
        } else {
            slot.and_then(|slot| slot.error.clone()).filter(|error| failed_step(error).is_none())
        },
    })
}

pub fn panel(app: App, id: u32) -> Html {
    let shown = app.part(move |state| shown(state, id));
    let is_menu_open = RwSignal::new(false);
    live(move || {
        let Some(shown) = shown.get() else { return Html::Nothing };
        let head = format!("Makes {} of {}, which stays as it is.", shown.into, shown.table);
        let n = shown.steps.len();
        let steps: Vec<Html> = (0..n).map(|idx| item(app, id, &shown, idx)).collect();
        let steps: Html = match n {
            0 => el("p").class("muted").text("There is no step yet. Add the first one.").into(),
            _ => el("ol").class("steps").add(steps).into(),
        };
        let back = (shown.n_analyses > 0).then(|| {
            let n = format::plural(
                shown.n_analyses as u64,
                "analysis of the report uses",
                "analyses of the report use",
            );
            let back = button("link", format!("Use {} there instead", shown.table), move || {
                app.send(Command::PointBack(id));
            });
            el("p").class("step__told").add(format!("{n} it. ")).add(back)
        });
        let body = list([
            el("p").class("step__told").add(head).into(),
            back.into(),
            shown.error.as_ref().map(callout::error).into(),
            steps,
            progress(app, SlotId::Source(id)),
            menu(app, shown.into.clone(), n, is_menu_open),
            if n > 0 { run_log(app, id) } else { Html::Nothing },
        ]);
        framed(app, &format!("Clean {}", shown.table), HELP, body)
    })
}

fn item(app: App, source: u32, shown: &Shown, idx: usize) -> Html {
    let (Some(step), Some(told)) = (shown.steps.get(idx), shown.told.get(idx)) else { return Html::Nothing };
    let is_open = shown.open == Some(idx);
    let n = idx + 1;
    let toggle = check("on".into(), String::new(), step.enabled, move |_| {
        app.send(Command::ToggleStep { source, idx });
    });
    let edit = if is_open { "Close" } else { "Edit" };
    let form = is_open.then(|| form(app, source, shown, idx)).flatten();
    el("li")
        .id(format!("step-{source}-{idx}"))
        .class("step")
        .class_if("step--off", !step.enabled)
        .class_if("step--open", is_open)
        .add(el("p").class("step__what").add(sentence(&step.step)))
        .add(if is_open && is_at_field(told) { Html::Nothing } else { line(told) })
        .add(
            el("div")
                .class("step__actions")
                .attr("role", "group")
                .attr("aria-label", format!("Step {n}"))
                .add(toggle)
                .add(
                    el("button")
                        .attr("type", "button")
                        .class("button button--quiet")
                        .attr("aria-label", format!("{edit} step {n}"))
                        .attr("aria-expanded", is_open.to_string())
                        .on("click", move |_| {
                            app.send(Command::OpenStep((!is_open).then_some(idx)));
                            if !is_open {
                                focus_form(source, idx);
                            }
                        })
                        .text(edit),
                )
                .add(mover(app, source, idx, true, idx == 0))
                .add(mover(app, source, idx, false, n == shown.steps.len()))
                .add(icon_button("remove", format!("Remove step {n}"), move || {
                    app.send(Command::RemoveStep { source, idx });
                    request_animation_frame(|| focus("panel-title"));
                })),
        )
        .add(form)
        .into()
}

/// Up or down; the focus goes with the step.
fn mover(app: App, source: u32, idx: usize, is_up: bool, is_last: bool) -> Html {
    let word = if is_up { "up" } else { "down" };
    let label = format!("Move step {} {word}", idx + 1);
    el("button")
        .attr("type", "button")
        .class("icon-button")
        .id(format!("step-{source}-{idx}-{word}"))
        .attr("aria-label", label.clone())
        .attr("title", label)
        .prop_is("disabled", is_last)
        .on("click", move |_| {
            app.send(Command::MoveStep { source, idx, is_up });
            let new = if is_up { idx.saturating_sub(1) } else { idx + 1 };
            request_animation_frame(move || {
                let other = if is_up { "down" } else { "up" };
                focus(&format!("step-{source}-{new}-{other}"));
                // The same direction, as long as there is somewhere to go.
                focus(&format!("step-{source}-{new}-{word}"));
            });
        })
        .add(icon(if is_up { "up" } else { "down" }))
        .into()
}

/// The form itself says what is wrong, at the expression.
fn is_at_field(told: &Told) -> bool {
    let Told::Failed(error) = told else { return false };
    error.at.position.is_some()
}

/// What became of the step.
fn line(told: &Told) -> Html {
    let plain = |text: &str| el("p").class("step__told").add(text.to_owned()).into();
    match told {
        Told::Off => plain("switched off"),
        Told::NotRun => plain("not run"),
        Told::Waiting => plain("waiting"),
        Told::Missing(words) => plain(words),
        Told::Failed(error) => el("p").class("field__error").add(error.to_string()).into(),
        Told::Done(report) => {
            let problems = report.problems.iter().map(|problem| {
                let examples: Vec<String> = problem
                    .examples
                    .iter()
                    .take(3)
                    .map(|example| {
                        format!("row {}: \u{201c}{}\u{201d}", format::count(example.row), example.text)
                    })
                    .collect();
                let examples =
                    if examples.is_empty() { String::new() } else { format!(" ({})", examples.join(", ")) };
                el("li").add(format!("{}{examples}", problem.message)).into()
            });
            let problems: Vec<Html> = problems.collect();
            let list_of = (!problems.is_empty()).then(|| el("ul").class("step__problems").add(problems));
            list([plain(&words(report)), list_of.into()])
        }
    }
}

fn form(app: App, source: u32, shown: &Shown, idx: usize) -> Option<Html> {
    let step = shown.steps.get(idx)?;
    let entry = entry_of(&step.step)?;
    let form = Form {
        app,
        source,
        idx,
        columns: shown.columns.clone(),
        tables: shown.tables.clone(),
        step: step.step.write(),
        enabled: step.enabled,
    };
    let fields = el("div").class("step__form").add(step::fields(Rc::new(form), entry.parts));
    Some(fields.into())
}

/// The first field of a form that has just been opened.
fn focus_form(source: u32, idx: usize) {
    request_animation_frame(move || {
        let path = format!("#step-{source}-{idx} .step__form :is(input, select, textarea, button)");
        if let Ok(Some(element)) = document().query_selector(&path)
            && let Some(element) = element.dyn_ref::<web_sys::HtmlElement>()
        {
            let _ = element.focus();
        }
    });
}

/// All steps there are, in groups.
fn menu(app: App, into: String, n_steps: usize, is_open: RwSignal<bool>) -> Html {
    let groups = move || {
        let mut groups: Vec<Html> = Vec::new();
        let mut rest = STEPS.as_slice();
        while let Some(first) = rest.first() {
            let n = rest.iter().take_while(|entry| entry.group == first.group).count();
            let (now, later) = rest.split_at(n);
            rest = later;
            let items = now.iter().map(|entry| {
                let table = into.clone();
                let add = move || {
                    let Some(step) = fresh(entry) else { return };
                    is_open.set(false);
                    app.send(Command::AddStep { table: table.clone(), step: Box::new(step) });
                    app.send(Command::OpenStep(Some(n_steps)));
                    let id = app.peek(|state| crate::ui::recipe::edit::recipe_of(&state.document, &table));
                    if let Some(id) = id {
                        focus_form(id, n_steps);
                    }
                };
                el("li").add(button("nav-action", entry.title, add)).into()
            });
            let items: Vec<Html> = items.collect();
            groups.push(el("div").add(el("h3").add(first.group)).add(el("ul").add(items)).into());
        }
        el("div").id("step-menu").class("step-menu").add(groups)
    };
    el("div")
        .on("keydown", move |event| {
            let is_escape = event
                .dyn_ref::<web_sys::KeyboardEvent>()
                .is_some_and(|event| event.key() == "Escape" && is_open.get_untracked());
            if is_escape {
                event.stop_propagation();
                is_open.set(false);
                focus("add-step");
            }
        })
        .add(
            el("button")
                .attr("type", "button")
                .id("add-step")
                .class("button")
                .live_attr("aria-expanded", move || Some(is_open.get().to_string()))
                .attr("aria-controls", "step-menu")
                .on("click", move |_| is_open.update(|is_open| *is_open = !*is_open))
                .add(icon("plus"))
                .text("Add a step"),
        )
        .add(live(move || is_open.get().then(&groups)))
        .into()
}

fn run_log(app: App, id: u32) -> Html {
    let lines = app.part(move |state| log(state, id));
    el("details")
        .class("disclosure panel__more")
        .add(el("summary").text("Run log"))
        .add(live(move || log_table(&lines.get())))
        .add(button("button", "Download the log", move || app.send(Command::SaveRunLog(id))))
        .into()
}

fn log_table(lines: &[LogLine]) -> Html {
    let rows = lines.iter().map(|[n, what, state, before, after, cells, ms, problems]| {
        let cells = [state, before, after, cells, ms, problems].map(|text| cell(text.clone()));
        Row::new(format!("{n}. {what}"), cells.into())
    });
    Figures {
        caption: "Run log".into(),
        heads: [
            "Step",
            "State",
            "#Rows before",
            "#Rows after",
            "#Cells changed",
            "#Milliseconds",
            "Problems",
        ]
        .map(str::to_owned)
        .into(),
        rows: rows.collect(),
        is_captioned: false,
    }
    .view()
}
