//! Form fields: a label, a control, and what to know or mend about it.

use crate::ui::dom::{Html, el, list};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// What surrounds a control. `id` must be unique on the page.
#[derive(Debug, Clone, Default)]
pub struct Field {
    pub id: String,
    pub label: String,
    pub hint: String,
    pub error: Option<String>,
    /// Label and control side by side.
    pub is_row: bool,
}

impl Field {
    pub fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), ..Self::default() }
    }

    #[must_use]
    pub fn row(mut self) -> Self {
        self.is_row = true;
        self
    }

    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn error(mut self, error: Option<String>) -> Self {
        self.error = error;
        self
    }

    fn described_by(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.id));
        let error = self.error.is_some().then(|| format!("{}-error", self.id));
        let ids: Vec<String> = [hint, error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn invalid(&self) -> Option<&'static str> {
        self.error.is_some().then_some("true")
    }

    fn framed(self, control: Html) -> Html {
        let class = if self.is_row { "field field--row" } else { "field" };
        let hint = hint_view(&self.id, self.hint);
        let error = error_view(&self.id, self.error);
        el("div")
            .class(class)
            .add(el("label").class("field__label").attr("for", self.id).add(self.label))
            .add(control)
            .add(hint)
            .add(error)
            .into()
    }
}

fn hint_view(id: &str, hint: String) -> Option<Html> {
    let id = format!("{id}-hint");
    (!hint.is_empty()).then(|| el("p").class("field__hint").id(id).add(hint).into())
}

fn error_view(id: &str, error: Option<String>) -> Option<Html> {
    let id = format!("{id}-error");
    error.map(|error| el("p").class("field__error").id(id).add(error).into())
}

/// One choice of a list: its value and the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
}

pub fn choice(value: impl Into<String>, label: impl Into<String>) -> Choice {
    Choice { value: value.into(), label: label.into() }
}

/// One of several. A value that is not among the choices is shown as such, not changed silently.
pub fn select(
    field: Field,
    choices: Vec<Choice>,
    selected: &str,
    on_change: impl Fn(String) + 'static,
) -> Html {
    let control = bare_select(&field, choices, selected, Box::new(on_change));
    field.framed(control)
}

/// A select whose label is only read out: for rows of a list.
pub fn unlabelled_select(
    id: String,
    label: String,
    choices: Vec<Choice>,
    selected: &str,
    on_change: impl Fn(String) + 'static,
) -> Html {
    let mut field = Field::new(id, "");
    field.label = label.clone();
    let control = bare_select(&field, choices, selected, Box::new(on_change));
    list([el("label").class("unseen").attr("for", field.id).add(label).into(), control])
}

fn bare_select(
    field: &Field,
    mut choices: Vec<Choice>,
    selected: &str,
    on_change: Box<dyn Fn(String)>,
) -> Html {
    if !choices.iter().any(|choice| choice.value == selected) {
        let label = if selected.is_empty() { "choose".to_owned() } else { format!("{selected} (not there)") };
        choices.insert(0, choice(selected, label));
    }
    let options: Vec<Html> = choices
        .into_iter()
        .map(|choice| {
            let is_selected = choice.value == selected;
            el("option").attr("value", choice.value).prop_is("selected", is_selected).add(choice.label).into()
        })
        .collect();
    el("select")
        .class("input")
        .id(field.id.clone())
        .attr_if("aria-describedby", field.described_by())
        .attr_if("aria-invalid", field.invalid())
        .on("change", move |event| on_change(event_target_value(&event)))
        .add(options)
        .into()
}

/// A number; `on_change` gets it when it is valid and the field is left.
pub fn number(
    field: Field,
    value: f64,
    range: (f64, f64),
    step: &'static str,
    on_change: impl Fn(f64) + 'static,
) -> Html {
    let control = bare_number(&field, value, range, step, Box::new(on_change));
    field.framed(control)
}

fn bare_number(
    field: &Field,
    value: f64,
    range: (f64, f64),
    step: &'static str,
    on_change: Box<dyn Fn(f64)>,
) -> Html {
    let on_change = Box::new(move |new: Option<f64>| on_change(new.unwrap_or(value)));
    bare_number_or_none(field, Some(value), range, step, "", on_change)
}

/// A number that may be left out; `none` stands in the empty field.
pub fn number_or_none(
    field: Field,
    value: Option<f64>,
    range: (f64, f64),
    step: &'static str,
    none: &'static str,
    on_change: impl Fn(Option<f64>) + 'static,
) -> Html {
    let control = bare_number_or_none(&field, value, range, step, none, Box::new(on_change));
    field.framed(control)
}

fn bare_number_or_none(
    field: &Field,
    value: Option<f64>,
    (min, max): (f64, f64),
    step: &'static str,
    none: &'static str,
    on_change: Box<dyn Fn(Option<f64>)>,
) -> Html {
    let shown = value.map(|value| value.to_string()).unwrap_or_default();
    let written = shown.clone();
    // Without a word for none, a field that was emptied goes back to what it was.
    let may_be_empty = !none.is_empty();
    let changed = move |event: web_sys::Event| {
        let text = event_target_value(&event);
        match text.parse::<f64>() {
            Ok(new) if new >= min && new <= max => on_change(Some(new)),
            Err(_) if text.is_empty() && may_be_empty => on_change(None),
            _ => reset(&event, &written),
        }
    };
    el("input")
        .class("input")
        .attr("type", "number")
        .id(field.id.clone())
        .attr("min", min.to_string())
        .attr("max", max.to_string())
        .attr("step", step)
        .attr_if("placeholder", may_be_empty.then_some(none))
        .attr_if("aria-describedby", field.described_by())
        .attr_if("aria-invalid", field.invalid())
        .prop("value", shown)
        .on("change", changed)
        .into()
}

/// A number outside its range goes back to what it was; the range stands beside the field.
fn reset(event: &web_sys::Event, value: &str) {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = input {
        input.report_validity();
        input.set_value(value);
    }
}

/// A number with a slider beside it. `on_input` gets every step of a drag.
pub fn slider(
    field: Field,
    value: f64,
    range: (f64, f64),
    step: &'static str,
    on_input: impl Fn(f64) + Clone + 'static,
) -> Html {
    let typed = on_input.clone();
    let control = bare_number(&field, value, range, step, Box::new(typed));
    let dragged: Box<dyn Fn(f64)> = Box::new(on_input);
    let label = field.label.clone();
    let (min, max) = range;
    let hint = hint_view(&field.id, field.hint.clone());
    let error = error_view(&field.id, field.error.clone());
    el("div")
        .class("field field--slider")
        .add(el("label").class("field__label").attr("for", field.id).add(label.clone()))
        .add(control)
        .add(
            el("input")
                .class("range")
                .attr("type", "range")
                .attr("min", min.to_string())
                .attr("max", max.to_string())
                .attr("step", step)
                .attr("aria-label", format!("{label}, slider"))
                .prop("value", value.to_string())
                .on("input", move |event| {
                    if let Ok(new) = event_target_value(&event).parse::<f64>() {
                        dragged(new);
                    }
                }),
        )
        .add(hint)
        .add(error)
        .into()
}

/// A line of text; `on_change` gets it when the field is left.
pub fn text(field: Field, kind: &'static str, value: String, on_change: impl Fn(String) + 'static) -> Html {
    let on_change: Box<dyn Fn(String)> = Box::new(on_change);
    let control = el("input")
        .class("input")
        .attr("type", kind)
        .id(field.id.clone())
        .attr("spellcheck", "false")
        .attr("autocomplete", "off")
        .attr_if("aria-describedby", field.described_by())
        .attr_if("aria-invalid", field.invalid())
        .prop("value", value)
        .on("change", move |event| on_change(event_target_value(&event)));
    field.framed(control.into())
}

/// Yes or no.
pub fn check(label: Html, note: String, is_checked: bool, on_change: impl Fn(bool) + 'static) -> Html {
    let on_change: Box<dyn Fn(bool)> = Box::new(on_change);
    el("label")
        .class("check")
        .add(
            el("input")
                .attr("type", "checkbox")
                .prop_is("checked", is_checked)
                .on("change", move |event| on_change(event_target_checked(&event))),
        )
        .add(label)
        .add(el("span").class("check__note").add(note))
        .into()
}

/// A group of checks under one name.
pub fn checks(field: Field, items: Vec<Html>) -> Html {
    let hint = hint_view(&field.id, field.hint);
    let error = error_view(&field.id, field.error);
    el("fieldset")
        .class("field")
        .add(el("legend").add(field.label))
        .add(el("div").class("checks").add(items))
        .add(hint)
        .add(error)
        .into()
}
