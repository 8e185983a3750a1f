//! Form fields: a label, a control, and what to know or mend about it.

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

    fn framed(self, control: AnyView) -> AnyView {
        let class = if self.is_row { "field field--row" } else { "field" };
        let hint = hint_view(&self.id, self.hint);
        let error = error_view(&self.id, self.error);
        view! {
            <div class=class>
                <label class="field__label" for=self.id>{self.label}</label>
                {control}{hint}{error}
            </div>
        }
        .into_any()
    }
}

fn hint_view(id: &str, hint: String) -> Option<AnyView> {
    let id = format!("{id}-hint");
    (!hint.is_empty()).then(|| view! { <p class="field__hint" id=id>{hint}</p> }.into_any())
}

fn error_view(id: &str, error: Option<String>) -> Option<AnyView> {
    let id = format!("{id}-error");
    error.map(|error| view! { <p class="field__error" id=id>{error}</p> }.into_any())
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
) -> AnyView {
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
) -> AnyView {
    let mut field = Field::new(id, "");
    field.label = label.clone();
    let control = bare_select(&field, choices, selected, Box::new(on_change));
    view! { <label class="unseen" for=field.id>{label}</label>{control} }.into_any()
}

fn bare_select(
    field: &Field,
    mut choices: Vec<Choice>,
    selected: &str,
    on_change: Box<dyn Fn(String)>,
) -> AnyView {
    if !choices.iter().any(|choice| choice.value == selected) {
        let label = if selected.is_empty() { "choose".to_owned() } else { format!("{selected} (not there)") };
        choices.insert(0, choice(selected, label));
    }
    let options: Vec<AnyView> = choices
        .into_iter()
        .map(|choice| {
            let is_selected = choice.value == selected;
            view! { <option value=choice.value prop:selected=is_selected>{choice.label}</option> }.into_any()
        })
        .collect();
    view! {
        <select
            class="input" id=field.id.clone() aria-describedby=field.described_by() aria-invalid=field.invalid()
            on:change=move |event| on_change(event_target_value(&event))
        >
            {options}
        </select>
    }
    .into_any()
}

/// A number; `on_change` gets it when it is valid and the field is left.
pub fn number(
    field: Field,
    value: f64,
    range: (f64, f64),
    step: &'static str,
    on_change: impl Fn(f64) + 'static,
) -> AnyView {
    let control = bare_number(&field, value, range, step, Box::new(on_change));
    field.framed(control)
}

fn bare_number(
    field: &Field,
    value: f64,
    (min, max): (f64, f64),
    step: &'static str,
    on_change: Box<dyn Fn(f64)>,
) -> AnyView {
    let changed = move |event: web_sys::Event| match event_target_value(&event).parse::<f64>() {
        Ok(new) if new >= min && new <= max => on_change(new),
        _ => reset(&event, value),
    };
    view! {
        <input
            class="input" type="number" id=field.id.clone() min=min.to_string() max=max.to_string() step=step
            aria-describedby=field.described_by() aria-invalid=field.invalid()
            prop:value=value.to_string() on:change=changed
        />
    }
    .into_any()
}

/// A number outside its range goes back to what it was; the range stands beside the field.
fn reset(event: &web_sys::Event, value: f64) {
    let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(input) = input {
        input.report_validity();
        input.set_value(&value.to_string());
    }
}

/// A number with a slider beside it. `on_input` gets every step of a drag.
pub fn slider(
    field: Field,
    value: f64,
    range: (f64, f64),
    step: &'static str,
    on_input: impl Fn(f64) + Clone + 'static,
) -> AnyView {
    let typed = on_input.clone();
    let control = bare_number(&field, value, range, step, Box::new(typed));
    let dragged: Box<dyn Fn(f64)> = Box::new(on_input);
    let label = field.label.clone();
    let (min, max) = range;
    let hint = hint_view(&field.id, field.hint.clone());
    let error = error_view(&field.id, field.error.clone());
    view! {
        <div class="field field--slider">
            <label class="field__label" for=field.id>{label.clone()}</label>
            {control}
            <input
                class="range" type="range" min=min.to_string() max=max.to_string() step=step
                aria-label=format!("{label}, slider") prop:value=value.to_string()
                on:input=move |event| {
                    if let Ok(new) = event_target_value(&event).parse::<f64>() {
                        dragged(new);
                    }
                }
            />
            {hint}{error}
        </div>
    }
    .into_any()
}

/// A line of text; `on_change` gets it when the field is left.
pub fn text(
    field: Field,
    kind: &'static str,
    value: String,
    on_change: impl Fn(String) + 'static,
) -> AnyView {
    let on_change: Box<dyn Fn(String)> = Box::new(on_change);
    let control = view! {
        <input
            class="input" type=kind id=field.id.clone() spellcheck="false" autocomplete="off"
            aria-describedby=field.described_by() aria-invalid=field.invalid() prop:value=value
            on:change=move |event| on_change(event_target_value(&event))
        />
    };
    field.framed(control.into_any())
}

/// Yes or no.
pub fn check(label: AnyView, note: String, is_checked: bool, on_change: impl Fn(bool) + 'static) -> AnyView {
    let on_change: Box<dyn Fn(bool)> = Box::new(on_change);
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=is_checked on:change=move |event| on_change(event_target_checked(&event)) />
            {label}<span class="check__note">{note}</span>
        </label>
    }
    .into_any()
}

/// A group of checks under one name.
pub fn checks(field: Field, items: Vec<AnyView>) -> AnyView {
    let hint = hint_view(&field.id, field.hint);
    let error = error_view(&field.id, field.error);
    view! {
        <fieldset class="field">
            <legend>{field.label}</legend>
            <div class="checks">{items}</div>
            {hint}{error}
        </fieldset>
    }
    .into_any()
}
