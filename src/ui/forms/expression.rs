//! The field of an expression: checked by the engine while it is typed, with what there is to put in.

use super::step::{Form, Set};
use crate::model::{EngineError, Function};
use crate::ui::command::Command;
use crate::ui::dom::{Html, Place, el, list, live};
use crate::ui::parts::field::Field;
use crate::ui::recipe::parts::{get, put, read};
use crate::ui::recipe::told::{Told, told};
use crate::ui::slot::SlotId;
use crate::ui::state::State;
use crate::ui::wire::Json;
use leptos::prelude::event_target_value;
use std::rc::Rc;
use web_sys::HtmlTextAreaElement;

pub fn field(form: &Rc<Form>, frame: Field, now: &str, set: Set) -> Html {
    let (app, id, old) = (form.app, frame.id, now.to_owned());
    let (source, idx) = (form.source, form.idx);
    let error = app.part(move |state| error(state, source, idx));
    let area = Place::new();
    let step = form.step.clone();
    let draft = Rc::new(move |text: &str| {
        let mut step = step.clone();
        put(&mut step, "expression", Json::Text(text.into()));
        // Whether it works does not depend on a name, which may come later.
        if get(&step, "column").as_word().is_empty() {
            put(&mut step, "column", Json::Text("new".into()));
        }
        if let Some(step) = read(step) {
            app.send(Command::DraftStep(Box::new(step)));
        }
    });
    let typed = draft.clone();
    let described = format!("{id}-hint {id}-error");
    let control = el("textarea")
        .class("input expression")
        .place(area)
        .id(id.clone())
        .attr("rows", "3")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "off")
        .attr("aria-describedby", described)
        .live_attr("aria-invalid", move || error.get().is_some().then(|| "true".into()))
        .prop("value", old.clone())
        .on("input", move |event| typed(&event_target_value(&event)))
        .on("blur", move |event| {
            let new = event_target_value(&event);
            if new != old {
                set(if new.trim().is_empty() { Json::Null } else { Json::Text(new) });
            }
        });
    el("div")
        .class("field")
        .add(el("label").class("field__label").attr("for", id.clone()).add(frame.label))
        .add(control)
        .add(
            el("div")
                .id(format!("{id}-error"))
                .attr("aria-live", "polite")
                .add(live(move || error.get().map(|error| told_at(&error, area)))),
        )
        .add(el("p").class("field__hint").id(format!("{id}-hint")).add(frame.hint))
        .add(helper(form, area, draft))
        .into()
}

/// What is wrong with what is being typed, else with the step as it is.
fn error(state: &State, source: u32, idx: usize) -> Option<EngineError> {
    let is_typing = state.chrome.draft.is_some() && state.chrome.open_step == Some(idx);
    let error = if is_typing {
        state.slot(&SlotId::StepDraft).filter(|slot| slot.is_current())?.error.clone()?
    } else {
        match told(state, source).into_iter().nth(idx)? {
            Told::Failed(error) => *error,
            _ => return None,
        }
    };
    error.at.field.as_ref().is_some_and(|field| field.ends_with("expression")).then_some(error)
}

/// The expression with the character marked, and what is wrong there.
fn told_at(error: &EngineError, area: Place) -> Html {
    let text = area.get::<HtmlTextAreaElement>().map(|area| area.value()).unwrap_or_default();
    let at = error.at.position.map_or(0, |position| position.saturating_sub(1)) as usize;
    let before: String = text.chars().take(at).collect();
    // Behind the end there is nothing to mark but a space.
    let marked = text.chars().nth(at).unwrap_or('\u{a0}').to_string();
    let after: String = text.chars().skip(at + 1).collect();
    let message = error.message.split_once("expression: ").map_or(error.message.as_str(), |(_, rest)| rest);
    let hint = error.hint.as_ref().map(|hint| format!(" ({hint})")).unwrap_or_default();
    list([
        el("p")
            .class("expression__where")
            .attr("aria-hidden", "true")
            .add(before)
            .add(el("mark").add(marked))
            .add(after)
            .into(),
        el("p").class("field__error").add(format!("At character {}: {message}{hint}", at + 1)).into(),
    ])
}

/// Columns and functions, which a press puts in where the caret stands.
fn helper(form: &Rc<Form>, area: Place, draft: Rc<dyn Fn(&str)>) -> Html {
    let item = |text: String, n_back: u32, label: String, help: &str| {
        let draft = draft.clone();
        el("li")
            .add(
                el("button")
                    .attr("type", "button")
                    .class("expression__item")
                    // The field keeps the caret, and is not taken for finished.
                    .on("mousedown", |event| event.prevent_default())
                    .on("click", move |_| {
                        if let Some(area) = area.get::<HtmlTextAreaElement>() {
                            insert(&area, &text, n_back);
                            draft(&area.value());
                        }
                    })
                    .add(el("code").add(label))
                    .add(el("span").class("muted").add(help)),
            )
            .into()
    };
    let columns = form.columns.iter().map(|column| {
        let name = quoted(&column.name);
        item(name.clone(), 0, name, &column.kind.name().replace('_', "-"))
    });
    let columns: Vec<Html> = columns.collect();
    let functions = Function::ALL
        .map(|function| item(format!("{}()", function.name()), 1, function.usage().into(), function.help()));
    el("details")
        .class("disclosure")
        // A press that took the focus away would move the summary from under the pointer.
        .add(
            el("summary")
                .on("mousedown", |event| event.prevent_default())
                .text("Columns and functions to put in"),
        )
        .add(
            el("div")
                .class("expression__list")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", "Columns and functions")
                .add(el("ul").add(columns))
                .add(el("ul").add(functions.into_iter().collect::<Vec<_>>())),
        )
        .into()
}

/// In the place of what is selected; the caret goes behind it, or `n_back` characters before its end.
fn insert(area: &HtmlTextAreaElement, text: &str, n_back: u32) {
    let start = area.selection_start().ok().flatten().unwrap_or_default();
    let _ = area.set_range_text(text);
    // Names and functions are counted as a browser counts them.
    let caret = start + text.encode_utf16().count() as u32 - n_back;
    let _ = area.focus();
    let _ = area.set_selection_range(caret, caret);
}

/// A column's name as an expression takes it.
fn quoted(name: &str) -> String {
    const WORDS: [&str; 9] = ["and", "or", "not", "in", "is", "null", "true", "false", "if"];
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !name.starts_with(|c: char| c.is_numeric())
        && !WORDS.iter().any(|word| name.eq_ignore_ascii_case(word));
    if is_plain { name.into() } else { format!("`{name}`") }
}
