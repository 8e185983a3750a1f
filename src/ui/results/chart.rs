//! A chart that the user composed: the answer in words, the chart or its small multiples, and where the rows went.
//!
//! What a single chart shows stands with it, and is the answer; several have one above them all.

use super::{Found, answer, chart, chart_of, ledger, warnings};
use crate::analyses::Interval;
use crate::analyses::chart::{ChartAxis, ChartData, ChartMark, ChartPanel, ChartResult, ChartValue};
use crate::charts::from_result::chart as charts;
use crate::charts::model::{Chart, MarkKey};
use crate::format;
use crate::ui::command::Command;
use crate::ui::dashboard::{DashboardAct, pick};
use crate::ui::dom::{Html, each, el, list, live};
use crate::ui::parts::chart::{Ranged, Setting};
use crate::ui::parts::figure::{figure, interval};
use crate::ui::runtime::{App, Part};
use leptos::prelude::Callback;

pub fn view(found: Found) -> Html {
    let panels = Part::new(move || {
        let name = |panel: &ChartPanel| panel.name.clone();
        let names = found.chart(|result| result.panels.iter().map(name).collect::<Vec<String>>());
        names.unwrap_or_default()
    });
    list([
        live(move || {
            let sentence =
                |result: &ChartResult| (result.panels.len() > 1).then(|| answer(&result.sentence, "", &[]));
            found.chart(sentence).flatten()
        }),
        live(move || found.chart(|result| warnings(&result.warnings, ""))),
        el("div")
            .class("panels")
            .live_class("panels--one", move || panels.get().len() < 2)
            .live_class("panels--answer", move || panels.get().len() < 2)
            .add(each(move || panels.get(), move |name| panel(found, name)))
            .into(),
        live(move || found.chart(|result| ledger(&result.ledger))),
    ])
}

/// The panels alone; what is chosen in them filters the tiles beside.
pub fn tile(app: App, id: u32, found: Found, setting: Setting) -> Html {
    let panels = Part::new(move || {
        let name = |panel: &ChartPanel| panel.name.clone();
        found.chart(|result| result.panels.iter().map(name).collect::<Vec<String>>()).unwrap_or_default()
    });
    let is_figure =
        Part::new(move || found.chart(|result| result.spec.mark == ChartMark::Kpi).unwrap_or(false));
    el("div")
        .class("panels")
        .live_class("panels--one", move || panels.get().len() < 2)
        .add(each(
            move || panels.get(),
            move |name| {
                let name = name.to_owned();
                live(move || {
                    let name = name.clone();
                    if is_figure.get() {
                        return live(move || found.chart(|result| kpi(result, &name)));
                    }
                    let setting = Setting {
                        on_pick: Some(pick_of(app, id, found, name.clone())),
                        on_range: Some(range_of(app, id, found)),
                        ..setting
                    };
                    chart_of(Box::new(move || panel_chart(found, &name)), setting)
                })
            },
        ))
        .into()
}

fn panel_chart(found: Found, name: &str) -> Option<Chart> {
    let made = found.chart(|result| {
        let at = result.panels.iter().position(|panel| panel.name == name)?;
        charts::chart(result, at)
    });
    made.flatten()
}

/// A mark that is chosen filters; chosen again it is let go of; with Shift it joins marks of the same column.
fn pick_of(app: App, id: u32, found: Found, name: String) -> Callback<(MarkKey, bool)> {
    Callback::new(move |(key, is_adding): (MarkKey, bool)| {
        let picked = found.peek(|result| {
            let at = result.panels.iter().position(|panel| panel.name == name)?;
            Some((result.spec.table.clone(), pick::filters(result, at, key)?))
        });
        let Some((table, filter)) = picked else { return };
        let old = app.peek(|state| state.document.dashboard.pick(id).map(|pick| pick.filter.clone()));
        let filter = pick::joined(old.unwrap_or_default(), filter, is_adding);
        app.send(Command::Dashboard(DashboardAct::Pick { id, table, filter }));
    })
}

/// A range filters when it is let go of; while it is dragged the others follow it.
fn range_of(app: App, id: u32, found: Found) -> Callback<Ranged> {
    Callback::new(move |ranged: Ranged| {
        let is_brushed = app.peek(|state| state.engine.brush.is_of(id));
        if let Some((from, to)) = ranged.range.filter(|_| !ranged.is_final)
            && let Some((table, column)) = found.peek(pick::brushed)
        {
            if !is_brushed {
                let whole = ranged.whole;
                app.send(Command::Dashboard(DashboardAct::BrushBegin { id, table, column, whole }));
            }
            return app.send(Command::Dashboard(DashboardAct::BrushTo { id, from, to }));
        }
        let picked = found.peek(|result| {
            let filter = ranged.range.map_or(Some(Vec::new()), |(from, to)| pick::range(result, from, to))?;
            Some((result.spec.table.clone(), filter))
        });
        if let Some((table, filter)) = picked {
            app.send(Command::Dashboard(DashboardAct::Pick { id, table, filter }));
        }
        if is_brushed {
            app.send(Command::Dashboard(DashboardAct::BrushEnd));
        }
    })
}

fn panel(found: Found, name: &str) -> Html {
    let name = name.to_owned();
    let is_figure =
        Part::new(move || found.chart(|result| result.spec.mark == ChartMark::Kpi).unwrap_or(false));
    live(move || {
        let name = name.clone();
        if is_figure.get() {
            return live(move || found.chart(|result| kpi(result, &name)));
        }
        chart(move || panel_chart(found, &name))
    })
}

/// One figure: large, with what it is, how sure it is and how many rows it is made of.
fn kpi(result: &ChartResult, name: &str) -> Html {
    let Some(panel) = result.panels.iter().find(|panel| panel.name == name) else { return Html::Nothing };
    let ChartData::Values { values } = &panel.data else { return Html::Nothing };
    let axis = &result.value;
    let figures: Vec<Html> = values.iter().map(|value| one(axis, panel, value)).collect();
    el("div").class("kpis").add(figures).into()
}

fn one(axis: &ChartAxis, panel: &ChartPanel, value: &ChartValue) -> Html {
    let label =
        if panel.name.is_empty() { axis.label.clone() } else { format!("{}: {}", panel.name, axis.label) };
    let named = |what: &str| format!("{label}|{what}");
    let sure = value.interval.map(|ends| {
        let text = |ends| format!("95 % interval {}", interval_words(axis, ends));
        el("p").class("kpi__note").add(interval(named("95 % interval"), Some(ends), text))
    });
    el("div")
        .class("kpi")
        .add(el("p").class("kpi__label").add(label.clone()))
        .add(el("p").class("kpi__value").add(figure(named("value"), value.value, |x| in_words(axis, x))))
        .add(sure)
        // A count of rows has said it.
        .add((!axis.is_count).then(|| el("p").class("kpi__note").add(format::plural(value.n, "row", "rows"))))
        .into()
}

/// A value of an axis with its unit: "12.35 seconds", "$12.35", "66.8 %", "5,000".
fn in_words(axis: &ChartAxis, x: f64) -> String {
    let unit = axis.unit.as_str();
    match unit.chars().next() {
        _ if axis.is_share => format::percent(x, 1),
        _ if axis.is_count => format::decimals(x, 0),
        None => format::number(x, 4),
        Some(first) if first == '%' || first.is_alphabetic() => format!("{} {unit}", format::number(x, 4)),
        Some(_) if x < 0.0 => format!("\u{2212}{unit}{}", format::number(-x, 4)),
        Some(_) => format!("{unit}{}", format::number(x, 4)),
    }
}

/// "1.75 to 2.19".
fn interval_words(axis: &ChartAxis, ends: Interval) -> String {
    let low = ends.low.map_or("\u{2212}\u{221e}".into(), |x| in_words(axis, x));
    let high = ends.high.map_or("\u{221e}".into(), |x| in_words(axis, x));
    format!("{low} to {high}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_stands_before_a_currency() {
        let axis = ChartAxis { unit: "$".into(), ..ChartAxis::default() };
        assert_eq!(in_words(&axis, -3.0), "\u{2212}$3.000");
    }

    #[test]
    fn a_figure_is_written_with_its_unit() {
        let axis = ChartAxis::default();
        assert_eq!(in_words(&axis, 12.345_678), "12.35");
        let with_unit = |unit: &str| in_words(&ChartAxis { unit: unit.into(), ..ChartAxis::default() }, 12.5);
        assert_eq!(with_unit("$"), "$12.50");
        assert_eq!(with_unit("%"), "12.50 %");
        assert_eq!(with_unit("seconds"), "12.50 seconds");
        let share = ChartAxis { is_share: true, ..ChartAxis::default() };
        assert_eq!(in_words(&share, 0.6677), "66.8 %");
        assert_eq!(interval_words(&share, Interval { low: Some(0.5), high: Some(0.75) }), "50.0 % to 75.0 %");
        let count = ChartAxis { is_count: true, ..ChartAxis::default() };
        assert_eq!(in_words(&count, 5_000.0), "5,000");
    }
}
