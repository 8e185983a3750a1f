//! Charts that the table suggests, each one press away.

use super::{Builder, change};
use crate::analyses::chart::ChartSpec;
use crate::ui::chart_builder::{Shelf, suggest_charts};
use crate::ui::dom::{Html, el, live};
use crate::ui::forms::Input;
use crate::ui::runtime::App;
use leptos::prelude::*;

pub fn fields(app: App, input: &Input, spec: &ChartSpec, builder: Builder) -> Html {
    let found = input.table.as_ref().map(|table| suggest_charts(table)).unwrap_or_default();
    if found.is_empty() {
        return Html::Nothing;
    }
    let id = input.id;
    let list_id = input.field_id("suggestions");
    let is_empty = Shelf::ALL.iter().all(|shelf| shelf.of(spec).is_none());
    let now = ChartSpec { filter: Vec::new(), ..spec.clone() };
    let open = builder.are_suggestions_open;
    let is_open = move || open.get().unwrap_or(is_empty);
    let items = move || {
        let item = |(title, spec): (String, ChartSpec)| {
            let is_shown = spec == now;
            el("li")
                .add(
                    el("button")
                        .attr("type", "button")
                        .class("button suggestion")
                        .attr("aria-pressed", is_shown.to_string())
                        .on("click", move |_| {
                            // Several can be tried one after another.
                            open.set(Some(true));
                            let spec = spec.clone();
                            change(app, id, |now| ChartSpec { filter: now.filter.clone(), ..spec });
                        })
                        .add(title),
                )
                .into()
        };
        let found = found.iter().map(|suggestion| (suggestion.title.clone(), suggestion.spec.clone()));
        el("ul").class("suggestions").add(found.map(item).collect::<Vec<Html>>())
    };
    el("section")
        .class("fold fold--small")
        .add(
            el("h3").add(
                el("button")
                    .attr("type", "button")
                    .class("fold__button")
                    .id(&list_id)
                    .live_attr("aria-expanded", move || Some(is_open().to_string()))
                    .on("click", move |_| {
                        let is_now = open.get_untracked().unwrap_or(is_empty);
                        open.set(Some(!is_now));
                    })
                    .text("Suggestions"),
            ),
        )
        .add(live(move || is_open().then(&items)))
        .into()
}
