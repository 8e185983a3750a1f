//! The profile of a table: a line for each column, with a drawing of its values.

use crate::format;
use crate::model::{ColumnProfile, EngineError, HistogramBin, TableProfile};
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::icon::kind_labelled;
use crate::ui::parts::progress::progress;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use std::sync::Arc;

/// Most frequent values shown beside a column.
const N_TOP: usize = 5;

pub fn profile(app: App, name: String) -> Html {
    let shown = app.part(move |state| {
        let profile: Option<Arc<TableProfile>> =
            state.engine.profile.clone().filter(|profile| profile.table == name);
        let error: Option<EngineError> = state.slot(&SlotId::Profile).and_then(|slot| slot.error.clone());
        (profile, error)
    });
    list([
        progress(app, SlotId::Profile),
        live(move || {
            let (profile, error) = shown.get();
            let error = error.as_ref().map(callout::error);
            let columns = profile.map(|profile| profile.columns.iter().map(column).collect::<Vec<Html>>());
            list([error.into(), el("div").class("profiles").add(columns).into()])
        }),
    ])
}

fn column(column: &ColumnProfile) -> Html {
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
    el("section")
        .class("profile")
        .add(el("h3").add(kind_labelled(column.kind)).add(el("span").add(column.name.clone())))
        .add(el("p").class("muted").add(format!("{}; {missing}; {unique}", column.kind.name())))
        .add(body(column))
        .into()
}

fn body(column: &ColumnProfile) -> Html {
    let number = |x: f64| format::trim_zeros(&format::number(x, 4));
    let range = column.min.clone().zip(column.max.clone());
    match &column.numbers {
        Some(numbers) => {
            let sd = numbers.sd.map_or("\u{2013}".into(), number);
            let (min, max) = range.unwrap_or_default();
            list([
                histogram(&numbers.histogram),
                el("dl")
                    .class("facts")
                    .add(fact("mean", number(numbers.mean)))
                    .add(fact("sd", sd))
                    .add(fact("min", min))
                    .add(fact("q1", number(numbers.q1)))
                    .add(fact("median", number(numbers.median)))
                    .add(fact("q3", number(numbers.q3)))
                    .add(fact("max", max))
                    .into(),
            ])
        }
        None if column.n > 1 && column.n_unique == Some(column.n) => {
            el("p").class("muted").text("Every value occurs once.").into()
        }
        None => {
            let n = column.n.max(1) as f64;
            let largest = column.top.first().map_or(1, |top| top.n).max(1) as f64;
            let bars: Vec<Html> = column
                .top
                .iter()
                .take(N_TOP)
                .map(|top| {
                    let share = format::percent(top.n as f64 / n, 1);
                    let width = format!("{:.1}%", 100.0 * top.n as f64 / largest);
                    el("li")
                        .class("bar-row")
                        .add(
                            el("span")
                                .class("bar-row__name")
                                .attr("title", top.value.clone())
                                .add(top.value.clone()),
                        )
                        .add(
                            el("span")
                                .class("bar-row__track")
                                .add(el("span").class("bar-row__fill").style("width", width)),
                        )
                        .add(el("span").class("num").add(format::count(top.n)))
                        .add(el("span").class("num muted").add(share))
                        .into()
                })
                .collect();
            let range = range
                .filter(|_| column.kind.is_time())
                .map(|(min, max)| el("p").class("muted").add(format!("from {min} to {max}")));
            list([el("ol").class("bar-rows").add(bars).into(), range.into()])
        }
    }
}

fn fact(name: &'static str, value: String) -> Html {
    el("div").add(el("dt").add(name)).add(el("dd").add(value)).into()
}

/// A small histogram in plain shapes; the numbers stand below it.
fn histogram(bins: &[HistogramBin]) -> Html {
    let (Some(first), Some(last)) = (bins.first(), bins.last()) else { return Html::Nothing };
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
    el("svg")
        .class("histogram")
        .attr("viewBox", "0 0 300 48")
        .attr("preserveAspectRatio", "none")
        .attr("role", "img")
        .attr("aria-label", label)
        .add(el("path").attr("d", path))
        .into()
}
