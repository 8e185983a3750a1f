//! Icons: drawn once in index.html, used by name.

use crate::model::Kind;
use crate::ui::dom::{Html, el};

/// An icon of the sheet in index.html, for the eye only.
pub fn icon(name: &'static str) -> Html {
    drawn("icon", format!("#icon-{name}"))
}

/// The one icon of a column's kind. Say the kind in words beside it, or with [`kind_labelled`].
pub fn kind(kind: Kind) -> Html {
    drawn("kind", format!("#kind-{}", kind.name()))
}

/// The icon with its word for screen readers and as a tooltip.
pub fn kind_labelled(of: Kind) -> Html {
    el("span")
        .class("kind-labelled")
        .attr("title", of.name())
        .add(kind(of))
        .add(el("span").class("unseen").add(of.name()))
        .into()
}

fn drawn(class: &'static str, href: String) -> Html {
    el("svg")
        .class(class)
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .add(el("use").attr("href", href))
        .into()
}

/// A button that is only an icon; `label` is its name and its tooltip.
pub fn icon_button(name: &'static str, label: String, on_press: impl Fn() + 'static) -> Html {
    pressable(name, label, Box::new(on_press))
}

fn pressable(name: &'static str, label: String, on_press: Box<dyn Fn()>) -> Html {
    el("button")
        .attr("type", "button")
        .class("icon-button")
        .attr("aria-label", label.clone())
        .attr("title", label)
        .on("click", move |_| on_press())
        .add(icon(name))
        .into()
}

/// A button of words.
pub fn button(class: &'static str, label: impl Into<String>, on_press: impl Fn() + 'static) -> Html {
    let on_press: Box<dyn Fn()> = Box::new(on_press);
    let label: String = label.into();
    el("button").attr("type", "button").class(class).on("click", move |_| on_press()).add(label).into()
}
