//! Names of the series, as buttons that hide and show them.

use super::State;
use crate::charts::model::{Series, Symbol};
use leptos::prelude::*;

/// Nothing for charts of one series.
pub fn legend(state: State) -> impl Fn() -> Option<AnyView> {
    move || {
        let chart = state.chart.read();
        let used = chart.series_in_use();
        if used.len() < 2 {
            return None;
        }
        let buttons =
            used.into_iter().filter_map(|index| Some(button(state, index, chart.series.get(index)?)));
        Some(view! { <ul class="chart__legend" aria-label="Series">{buttons.collect_view()}</ul> }.into_any())
    }
}

fn button(state: State, index: usize, series: &Series) -> AnyView {
    let is_shown = move || !state.hidden.read().contains(&index);
    let toggle = move |_| {
        state.hidden.update(|hidden| match hidden.iter().position(|other| *other == index) {
            Some(at) => drop(hidden.remove(at)),
            None => hidden.push(index),
        });
    };
    let name = series.name.clone();
    view! {
        <li>
            <button
                type="button"
                class="chart__series"
                aria-pressed=move || is_shown().to_string()
                title=move || if is_shown() { "Hide this series" } else { "Show this series" }
                on:click=toggle
            >
                {swatch(series)}
                {name}
            </button>
        </li>
    }
    .into_any()
}

/// The symbol of a series in its colour.
fn swatch(series: &Series) -> AnyView {
    let path = match series.symbol {
        Symbol::Circle => "M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9z",
        Symbol::Square => "M2 2h8v8H2z",
        Symbol::Diamond => "M6 .6 11.4 6 6 11.4.6 6z",
        Symbol::Triangle => "M6 .8 11 9.8H1z",
        Symbol::TriangleDown => "M6 11.2 11 2.2H1z",
    };
    let class = format!("chart__swatch chart__swatch--{}", series.slot % crate::charts::theme::N_SERIES + 1);
    view! {
        <svg class=class viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
