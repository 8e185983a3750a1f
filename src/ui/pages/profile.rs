//! The profile of a table: a line for each column, with a drawing of its values.

use crate::format;
use crate::model::{ColumnProfile, EngineError, HistogramBin, TableProfile};
use crate::ui::parts::callout;
use crate::ui::parts::icon::kind_labelled;
use crate::ui::parts::progress::progress;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use leptos::prelude::*;
use std::sync::Arc;

/// Most frequent values shown beside a column.
const N_TOP: usize = 5;

pub fn profile(app: App, name: String) -> AnyView {
    let shown = app.part(move |state| {
        let profile: Option<Arc<TableProfile>> =
            state.engine.profile.clone().filter(|profile| profile.table == name);
        let error: Option<EngineError> = state.slot(&SlotId::Profile).and_then(|slot| slot.error.clone());
        (profile, error)
    });
    view! {
        {progress(app, SlotId::Profile)}
        {move || {
            let (profile, error) = shown.get();
            let error = error.as_ref().map(callout::error);
            let columns = profile.map(|profile| profile.columns.iter().map(column).collect::<Vec<AnyView>>());
            view! { {error}<div class="profiles">{columns}</div> }
        }}
    }
    .into_any()
}

fn column(column: &ColumnProfile) -> AnyView {
    let n_all = column.n + column.n_missing;
    let missing = if column.n_missing == 0 {
        "none missing".into()
    } else {
        let share = column.n_missing as f64 / n_all.max(1) as f64;
        format!("{} missing ({})", format::count(column.n_missing), format::percent(share, 1))
    };
    let unique = match column.n_unique {
        Some(n) => format::plural(n, "different value", "different values"),
        None => "more than 100,000 different values".into(),
    };
    view! {
        <section class="profile">
            <h3>{kind_labelled(column.kind)}<span>{column.name.clone()}</span></h3>
            <p class="muted">{format!("{}; {missing}; {unique}", column.kind.name())}</p>
            {body(column)}
        </section>
    }
    .into_any()
}

fn body(column: &ColumnProfile) -> AnyView {
    let number = |x: f64| format::trim_zeros(&format::number(x, 4));
    let range = column.min.clone().zip(column.max.clone());
    match &column.numbers {
        Some(numbers) => {
            let sd = numbers.sd.map_or("\u{2013}".into(), number);
            let (min, max) = range.unwrap_or_default();
            view! {
                {histogram(&numbers.histogram)}
                <dl class="facts">
                    {fact("mean", number(numbers.mean))}{fact("sd", sd)}{fact("min", min)}
                    {fact("q1", number(numbers.q1))}{fact("median", number(numbers.median))}
                    {fact("q3", number(numbers.q3))}{fact("max", max)}
                </dl>
            }
            .into_any()
        }
        None if column.n > 1 && column.n_unique == Some(column.n) => {
            view! { <p class="muted">"Every value occurs once."</p> }.into_any()
        }
        None => {
            let n = column.n.max(1) as f64;
            let largest = column.top.first().map_or(1, |top| top.n).max(1) as f64;
            let bars: Vec<AnyView> = column
                .top
                .iter()
                .take(N_TOP)
                .map(|top| {
                    let share = format::percent(top.n as f64 / n, 1);
                    let width = format!("{:.1}%", 100.0 * top.n as f64 / largest);
                    view! {
                        <li class="bar-row">
                            <span class="bar-row__name" title=top.value.clone()>{top.value.clone()}</span>
                            <span class="bar-row__track"><span class="bar-row__fill" style:width=width></span></span>
                            <span class="num">{format::count(top.n)}</span><span class="num muted">{share}</span>
                        </li>
                    }
                    .into_any()
                })
                .collect();
            let range = range
                .filter(|_| column.kind.is_time())
                .map(|(min, max)| view! { <p class="muted">{format!("from {min} to {max}")}</p> });
            view! { <ol class="bar-rows">{bars}</ol>{range} }.into_any()
        }
    }
}

fn fact(name: &'static str, value: String) -> AnyView {
    view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any()
}

/// A small histogram in plain shapes; the numbers stand below it.
fn histogram(bins: &[HistogramBin]) -> AnyView {
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return ().into_any() };
    let largest = bins.iter().map(|bin| bin.n).max().unwrap_or(1).max(1) as f64;
    let width = 300.0 / bins.len() as f64;
    let mut path = String::new();
    for (idx, bin) in bins.iter().enumerate() {
        let height = 48.0 * bin.n as f64 / largest;
        path.push_str(&format!(
            "M{:.2} 48v{:.2}h{:.2}v{height:.2}z",
            idx as f64 * width,
            -height,
            width - 1.0
        ));
    }
    let number = |x: f64| format::trim_zeros(&format::number(x, 3));
    let label = format!("Histogram from {} to {}", number(first.from), number(last.to));
    view! {
        <svg class="histogram" viewBox="0 0 300 48" preserveAspectRatio="none" role="img" aria-label=label>
            <path d=path></path>
        </svg>
    }
    .into_any()
}
