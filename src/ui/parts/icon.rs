//! Icons: drawn once in index.html, used by name.

use crate::model::Kind;
use leptos::prelude::*;

/// An icon of the sheet in index.html, for the eye only.
pub fn icon(name: &'static str) -> AnyView {
    drawn("icon", format!("#icon-{name}"))
}

/// The one icon of a column's kind. Say the kind in words beside it, or with [`kind_labelled`].
pub fn kind(kind: Kind) -> AnyView {
    drawn("kind", format!("#kind-{}", kind.name()))
}

/// The icon with its word for screen readers and as a tooltip.
pub fn kind_labelled(of: Kind) -> AnyView {
    view! { <span class="kind-labelled" title=of.name()>{kind(of)}<span class="unseen">{of.name()}</span></span> }.into_any()
}

fn drawn(class: &'static str, href: String) -> AnyView {
    view! { <svg class=class aria-hidden="true" focusable="false"><use_ href=href></use_></svg> }.into_any()
}

/// A button that is only an icon; `label` is its name and its tooltip.
pub fn icon_button(name: &'static str, label: String, on_press: impl Fn() + 'static) -> AnyView {
    pressable(name, label, Box::new(on_press))
}

fn pressable(name: &'static str, label: String, on_press: Box<dyn Fn()>) -> AnyView {
    view! {
        <button type="button" class="icon-button" aria-label=label.clone() title=label on:click=move |_| on_press()>
            {icon(name)}
        </button>
    }
    .into_any()
}

/// A button of words.
pub fn button(class: &'static str, label: impl Into<String>, on_press: impl Fn() + 'static) -> AnyView {
    let on_press: Box<dyn Fn()> = Box::new(on_press);
    let label: String = label.into();
    view! { <button type="button" class=class on:click=move |_| on_press()>{label}</button> }.into_any()
}
