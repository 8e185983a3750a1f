//! The small charts in the head of the grid. A click on a bar filters by its column, a drag over a histogram by a range, and
//! every other chart follows.
//!
//! They are for the pointer: the same filters are set with the button "Filter" of each column, and the same figures
//! stand under "Columns".

use crate::format;
use crate::model::{Bar, ColumnBars, ColumnInfo, Filter, TableBars};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live, live_text};
use crate::ui::grid::{bar_words, chosen, pick_name, pick_range};
use crate::ui::runtime::App;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent, PointerEvent};

/// Height of the drawing of a histogram, in its own units.
const HEIGHT: f64 = 60.0;

/// Where the pointer is: a column by its place, and a bar of it.
type At = Option<(usize, usize)>;

/// What the pointer does in the charts of one grid.
#[derive(Debug, Clone, Copy)]
pub struct Pointer {
    over: RwSignal<At>,
    /// The bar at which a drag began.
    from: RwSignal<At>,
}

impl Pointer {
    pub fn new() -> Self {
        Self { over: RwSignal::new(None), from: RwSignal::new(None) }
    }

    /// The bars that a drag spans in a column.
    fn span(self, column: usize) -> Option<(usize, usize)> {
        let from = self.from.get().filter(|(at, _)| *at == column)?.1;
        let over = self.over.get().filter(|(at, _)| *at == column).map_or(from, |(_, bar)| bar);
        Some((from.min(over), from.max(over)))
    }
}

/// The chart of a column and the line below it. `at`: the place of the column.
pub fn chart(
    app: App,
    at: usize,
    column: &ColumnInfo,
    bars: Option<&Arc<TableBars>>,
    filters: &[Filter],
    pointer: Pointer,
) -> Html {
    let n_missing = column.n_missing;
    let remark = if n_missing > 0 {
        format!("{} missing", format::count(n_missing))
    } else {
        match &column.unit {
            Some(unit) => format!("{}, {unit}", column.kind.name()),
            None => column.kind.name().into(),
        }
    };
    let found = bars.and_then(|bars| bars.columns.iter().find(|bars| bars.name == column.name)).cloned();
    let Some(found) = found else {
        let empty = el("div").class("grid__chart grid__chart--pending");
        return list([empty.into(), el("span").class("grid__missing").add(remark).into()]);
    };
    let is_range = found.bars.first().is_some_and(|bar| bar.to.is_some());
    let picked = chosen(filters, &found);
    let drawing = if found.bars.is_empty() {
        el("div").class("grid__chart grid__words").add(different(&found, column, bars)).into()
    } else if is_range {
        histogram(app, at, &found, picked.as_deref(), filters, pointer)
    } else {
        names(app, at, &found, picked.as_deref(), filters, pointer)
    };
    let (told, kind) = (found.bars, found.kind);
    let words = move || {
        let over = pointer.over.get().filter(|(column, _)| *column == at);
        match over.and_then(|(_, bar)| told.get(bar)) {
            Some(bar) => bar_words(bar, kind),
            None => remark.clone(),
        }
    };
    list([drawing, el("span").class("grid__missing").add(live_text(words)).into()])
}

/// "all different", or how many.
fn different(found: &ColumnBars, column: &ColumnInfo, bars: Option<&Arc<TableBars>>) -> String {
    let n = bars.map_or(0, |bars| bars.n_rows) - column.n_missing;
    match found.n_unique {
        _ if n == 0 => "no values".into(),
        Some(n_unique) if n_unique == n => "all different".into(),
        Some(n_unique) => {
            let share = format::percent(n_unique as f64 / n as f64, 0);
            format!("{} different ({share})", format::count(n_unique))
        }
        None => "many different".into(),
    }
}

fn histogram(
    app: App,
    at: usize,
    column: &ColumnBars,
    picked: Option<&[bool]>,
    filters: &[Filter],
    pointer: Pointer,
) -> Html {
    let n_bars = column.bars.len();
    let largest = column.bars.iter().map(|bar| bar.n_all).max().unwrap_or(1).max(1) as f64;
    let is_in = |idx: usize| picked.is_none_or(|picked| picked.get(idx) == Some(&true));
    let path = |of: &dyn Fn(usize, &Bar) -> u64| {
        let mut path = String::new();
        for (idx, bar) in column.bars.iter().enumerate() {
            let n = of(idx, bar);
            if n > 0 {
                // What is there is seen, however little it is.
                let height = (HEIGHT * n as f64 / largest).max(1.5);
                path.push_str(&format!("M{:.2} {HEIGHT}v-{height:.2}h.84v{height:.2}z", idx as f64 + 0.08));
            }
        }
        path
    };
    let drawn = |class, path: String| el("path").class(class).attr("d", path);
    let span = move || {
        let (first, last) = pointer.span(at)?;
        Some(
            el("rect")
                .class("grid-bar__span")
                .attr("x", first.to_string())
                .attr("y", "0")
                .attr("width", (last + 1 - first).to_string())
                .attr("height", HEIGHT.to_string()),
        )
    };
    let edge = |bar: Option<&Bar>, is_first: bool| {
        let text = bar.and_then(|bar| if is_first { bar.from.clone() } else { bar.to.clone() });
        short(&text.unwrap_or_default())
    };
    let send = pick(app, column, filters);
    let place = move |event: &Event| bar_under(event, n_bars);
    el("div")
        .class("grid__chart")
        .attr("aria-hidden", "true")
        .add(
            el("svg")
                .class("grid-bars")
                .attr("viewBox", format!("0 0 {n_bars} {HEIGHT}"))
                .attr("preserveAspectRatio", "none")
                .add(drawn("grid-bar__all", path(&|_, bar| bar.n_all)))
                .add(drawn("grid-bar__out", path(&|idx, bar| if is_in(idx) { 0 } else { bar.n })))
                .add(drawn("grid-bar__in", path(&|idx, bar| if is_in(idx) { bar.n } else { 0 })))
                .add(live(span))
                .on("pointerdown", move |event| {
                    let Some(event) = event.dyn_ref::<PointerEvent>().filter(|event| event.button() == 0)
                    else {
                        return;
                    };
                    if let Some(chart) = event.current_target().and_then(|it| it.dyn_into::<Element>().ok()) {
                        let _ = chart.set_pointer_capture(event.pointer_id());
                    }
                    let bar = place(event);
                    pointer.over.set(bar.map(|bar| (at, bar)));
                    pointer.from.set(bar.map(|bar| (at, bar)));
                })
                .on("pointermove", move |event| {
                    let over = place(&event).map(|bar| (at, bar));
                    if pointer.over.get_untracked() != over {
                        pointer.over.set(over);
                    }
                })
                .on("pointerup", move |event| {
                    let from = pointer.from.get_untracked().filter(|(column, _)| *column == at);
                    pointer.from.set(None);
                    if let (Some((_, from)), Some(to)) = (from, place(&event)) {
                        let is_more = event.dyn_ref::<MouseEvent>().is_some_and(MouseEvent::shift_key);
                        send(from, to, is_more);
                    }
                })
                .on("pointercancel", move |_| pointer.from.set(None))
                .on("pointerleave", move |_| pointer.over.set(None)),
        )
        .add(
            el("div")
                .class("grid__edges")
                .add(el("span").add(edge(column.bars.first(), true)))
                .add(el("span").add(edge(column.bars.last(), false))),
        )
        .into()
}

/// Sends the filter of the bars from one to another; `is_more` takes in those that were chosen before.
fn pick(app: App, column: &ColumnBars, filters: &[Filter]) -> impl Fn(usize, usize, bool) + 'static {
    let (column, filters) = (column.clone(), filters.to_vec());
    move |from, to, is_more| {
        let (mut first, mut last) = (from.min(to), from.max(to));
        if is_more && let Some(before) = chosen(&filters, &column) {
            first = before.iter().position(|is_in| *is_in).map_or(first, |idx| idx.min(first));
            last = before.iter().rposition(|is_in| *is_in).map_or(last, |idx| idx.max(last));
            let is_same = |(idx, is_in): (usize, &bool)| *is_in == (first..=last).contains(&idx);
            if before.iter().enumerate().all(is_same) {
                return;
            }
        }
        app.send(Command::FilterRows(pick_range(&filters, &column, first, last)));
    }
}

fn names(
    app: App,
    at: usize,
    column: &ColumnBars,
    picked: Option<&[bool]>,
    filters: &[Filter],
    pointer: Pointer,
) -> Html {
    let largest = column.bars.iter().map(|bar| bar.n_all).max().unwrap_or(1).max(1) as f64;
    let fill = |class, n: u64| {
        let share = format!("{:.1}%", 100.0 * n as f64 / largest);
        el("span").class(class).class_if("grid-name__none", n == 0).style("width", share)
    };
    let rows: Vec<Html> = column
        .bars
        .iter()
        .enumerate()
        .map(|(idx, bar)| {
            let is_in = picked.is_none_or(|picked| picked.get(idx) == Some(&true));
            let (column, filters) = (column.clone(), filters.to_vec());
            el("div")
                .class("grid-name")
                .class_if("grid-name--out", !is_in)
                .class_if("grid-name--in", is_in && picked.is_some())
                .on("click", move |event| {
                    let is_more = event
                        .dyn_ref::<MouseEvent>()
                        .is_some_and(|event| event.shift_key() || event.ctrl_key() || event.meta_key());
                    app.send(Command::FilterRows(pick_name(&filters, &column, idx, is_more)));
                })
                .on("pointerenter", move |_| pointer.over.set(Some((at, idx))))
                .on("pointerleave", move |_| pointer.over.set(None))
                .add(
                    el("span")
                        .class("grid-name__text")
                        .add(bar.from.clone().unwrap_or_else(|| "others".into())),
                )
                .add(
                    el("span")
                        .class("grid-name__track")
                        .add(fill("grid-name__all", bar.n_all))
                        .add(fill("grid-name__fill", bar.n)),
                )
                .into()
        })
        .collect();
    el("div").class("grid__chart").attr("aria-hidden", "true").add(rows).into()
}

/// The bar under the pointer, of `n_bars` of one width; beyond the sides the outermost.
fn bar_under(event: &Event, n_bars: usize) -> Option<usize> {
    let chart = event.current_target()?.dyn_into::<Element>().ok()?.get_bounding_client_rect();
    let x = f64::from(event.dyn_ref::<MouseEvent>()?.client_x());
    let share = (x - chart.left()) / chart.width();
    (share.is_finite() && n_bars > 0).then(|| ((share.max(0.0) * n_bars as f64) as usize).min(n_bars - 1))
}

/// Long numbers lose digits: the ends of the axis are for orientation. Midnights lose their time.
fn short(text: &str) -> String {
    match text.parse::<f64>() {
        Ok(number) if text.len() > 7 => format::trim_zeros(&format::number(number, 3)),
        _ => text.split([' ', 'T']).next().unwrap_or_default().to_owned(),
    }
}
