//! A chart on the page: title and takeaway, the drawing, a cursor for pointer and keyboard, and the
//! numbers behind it.
//!
//! The drawing is a canvas; what it shows is also reachable without seeing it: the frame is one tab
//! stop, arrows walk the marks of the scene and speak them, and the data table has every number.

mod appearance;
mod brush;
mod canvas;
mod export;
mod legend;
mod pointer;
mod table;
mod tooltip;

use crate::charts::geometry::Point;
use crate::charts::hit::{Step, nearest, step};
use crate::charts::layout::{View, layout, preferred_height_px};
use crate::charts::model::{Chart, MarkKey};
use crate::charts::scale::Scale;
use crate::charts::scene::Scene;
use appearance::{Appearance, appearance};
use canvas::CanvasMeasure;
use leptos::{ev, html, prelude::*};
use std::sync::Arc;

/// Where a chart stands, and what its marks do there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Setting {
    /// In a tile: the chart fills this height in pixels, and its words and tools step back.
    pub height_px: Option<Signal<f64>>,
    /// Called with a mark that was chosen, and whether it is added to others.
    pub on_pick: Option<Callback<(MarkKey, bool)>>,
    /// Called with a range of a continuous x axis that is drawn over.
    pub on_range: Option<Callback<Ranged>>,
}

/// A range of a continuous x axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranged {
    /// `None` when there is none any more.
    pub range: Option<(f64, f64)>,
    /// All of the axis that is on view.
    pub whole: (f64, f64),
    /// False while it is being dragged.
    pub is_final: bool,
}

/// What the reader has done to a chart. All of it is forgotten with the figure.
#[derive(Debug, Clone, Copy)]
struct State {
    chart: Signal<Arc<Chart>>,
    scene: Memo<Arc<Scene>>,
    appearance: ArcRead,
    /// Index of the hit under the cursor.
    active: RwSignal<Option<usize>>,
    /// What a screen reader is to say next; only the keyboard writes it.
    spoken: RwSignal<String>,
    hidden: RwSignal<Vec<usize>>,
    /// The part of the x axis on view.
    zoom_x: RwSignal<Option<(f64, f64)>>,
    /// The range of the x axis that is drawn over.
    brushed: RwSignal<Option<(f64, f64)>>,
    pressed_x: StoredValue<Option<f64>>,
    is_dragging: StoredValue<bool>,
    /// Where a range by the keyboard begins.
    anchor_x: StoredValue<Option<f64>>,
    setting: Setting,
}

/// The appearance outlives every figure, but a figure reads it like its own signals.
type ArcRead = Signal<Appearance>;

/// A figure with everything that belongs to a chart. `id` is unique on the page; parts of the figure get
/// ids that begin with it.
#[component]
pub fn ChartFigure(
    #[prop(into)] chart: Signal<Arc<Chart>>,
    #[prop(into)] id: String,
    setting: Setting,
) -> impl IntoView {
    let frame = NodeRef::<html::Div>::new();
    let width_px = pointer::width_of(frame);
    let appearance: Signal<Appearance> = appearance().into();
    let hidden = RwSignal::new(Vec::new());
    let zoom_x = RwSignal::new(None);
    let view = move || View { hidden: hidden.get(), zoom_x: zoom_x.get() };
    let scene = Memo::new(move |_| Arc::new(scene_of(chart, width_px, appearance, &view(), setting)));
    let active = RwSignal::new(None);
    let state = State {
        chart,
        scene,
        appearance,
        active,
        spoken: RwSignal::new(String::new()),
        hidden,
        zoom_x,
        brushed: RwSignal::new(None),
        pressed_x: StoredValue::new(None),
        is_dragging: StoredValue::new(false),
        anchor_x: StoredValue::new(None),
        setting,
    };
    // A cursor of another scene would stand on another mark.
    Effect::new(move |_| {
        scene.track();
        active.set(None);
    });
    let is_table_open = RwSignal::new(false);
    let table_id = format!("{id}-table");
    view! {
        <figure class="chart" class:chart--tile=setting.height_px.is_some() id=id.clone() data-kind=move || chart.with(|chart| chart.kind)>
            {caption(chart, &id)}
            {legend::legend(state)}
            {drawing(state, frame, &id)}
            {move || note(&chart.read())}
            {export::tools(state, is_table_open, table_id.clone())}
            {move || is_table_open.get().then(|| table::table(&chart.read(), table_id.clone()))}
        </figure>
    }
    .into_any()
}

/// Empty until the frame has a width.
fn scene_of(
    chart: Signal<Arc<Chart>>,
    width_px: RwSignal<f64>,
    appearance: Signal<Appearance>,
    view: &View,
    setting: Setting,
) -> Scene {
    // The reader's text size scales the whole drawing: it is laid out as for a narrower frame.
    let width_px = width_px.get() / appearance.with(|found| found.text_scale);
    let chart = chart.read();
    let preferred_px = preferred_height_px(&chart, width_px, &CanvasMeasure, view);
    // Rows decide their height themselves.
    let height_px = match setting.height_px {
        Some(height_px) if chart.y.category_list().is_none() => height_px.get().max(80.0),
        _ => preferred_px,
    };
    layout(&chart, width_px, height_px, &CanvasMeasure, view)
}

fn caption(chart: Signal<Arc<Chart>>, id: &str) -> AnyView {
    view! {
        <figcaption class="chart__caption">
            <p class="chart__title" id=format!("{id}-title")>{move || chart.with(|chart| chart.title.clone())}</p>
            <p class="chart__takeaway" id=format!("{id}-takeaway")>
                {move || chart.with(|chart| chart.takeaway.clone())}
            </p>
        </figcaption>
    }
    .into_any()
}

fn note(chart: &Chart) -> Option<AnyView> {
    (!chart.note.is_empty()).then(|| view! { <p class="chart__note">{chart.note.clone()}</p> }.into_any())
}

/// The canvases with their tooltip: one tab stop.
fn drawing(state: State, frame: NodeRef<html::Div>, id: &str) -> AnyView {
    let base = NodeRef::<html::Canvas>::new();
    let overlay = NodeRef::<html::Canvas>::new();
    canvas::draw_on_change(state, base, overlay);
    let on_pointer = pointer::once_a_frame(frame, state.appearance, move |at| {
        point_at(state, at);
        brush::drag(state, at);
    });
    let on_press = {
        let on_pointer = on_pointer.clone();
        move |event: ev::PointerEvent| {
            brush::press(state, frame, &event);
            on_pointer(event);
        }
    };
    let leave = move |event: ev::PointerEvent| {
        // A finger that lifts leaves the tooltip to be read.
        if event.pointer_type() == "mouse" {
            state.active.set(None);
        }
    };
    let height = move || {
        let scale = state.appearance.with(|found| found.text_scale);
        format!("{}px", (state.scene.with(|scene| scene.height_px) * scale).ceil())
    };
    let hint_id = format!("{id}-hint");
    let description_ids = format!("{id}-takeaway {hint_id}");
    view! {
        <div
            class="chart__frame"
            node_ref=frame
            tabindex="0"
            role="application"
            aria-roledescription="chart"
            aria-labelledby=format!("{id}-title")
            aria-describedby=description_ids
            style:height=height
            on:pointermove=on_pointer
            on:pointerdown=on_press
            on:pointerup=move |event| brush::release(state, event.shift_key())
            on:pointercancel=move |_| brush::abandon(state)
            on:pointerleave=leave
            on:dblclick=move |_| { brush::reset(state); }
            on:wheel=move |event| brush::wheel(state, frame, &event)
            on:blur=move |_| state.active.set(None)
            on:keydown=move |event| on_key(state, &event)
        >
            <canvas class="chart__canvas" node_ref=base aria-hidden="true"></canvas>
            <canvas class="chart__canvas" node_ref=overlay aria-hidden="true"></canvas>
            {move || tooltip::tooltip(state)}
            <span class="unseen" id=hint_id>{move || hint(state)}</span>
            <span class="unseen" aria-live="polite">{move || state.spoken.get()}</span>
        </div>
    }
    .into_any()
}

fn hint(state: State) -> String {
    let n_marks = state.scene.with(|scene| scene.hits.len()) as u64;
    let marks = crate::format::plural(n_marks, "mark", "marks");
    let picks = if state.setting.on_pick.is_some() { " Enter filters by a mark." } else { "" };
    let zooms = state.scene.with(|scene| match scene.x {
        Scale::Band(_) => "",
        _ => " Plus and minus zoom, Shift with the arrows selects a range.",
    });
    format!(
        "{marks}. Arrow keys walk them, Home and End go to the ends of a row, Escape leaves.{picks}{zooms}"
    )
}

fn point_at(state: State, at: Point) {
    let found = state.scene.with_untracked(|scene| nearest(scene, at));
    if state.active.get_untracked() != found {
        state.active.set(found);
    }
}

fn on_key(state: State, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    let step_of_key = match event.key().as_str() {
        "ArrowRight" if event.shift_key() => return extend(state, event, Step::Next),
        "ArrowLeft" if event.shift_key() => return extend(state, event, Step::Previous),
        "Enter" | " " if state.setting.on_pick.is_some() => {
            event.prevent_default();
            return brush::pick(state, event.shift_key());
        }
        "+" => return brush::zoom(state, true),
        "-" => return brush::zoom(state, false),
        "PageUp" if state.zoom_x.get_untracked().is_some() => {
            event.prevent_default();
            return brush::pan(state, -0.5);
        }
        "PageDown" if state.zoom_x.get_untracked().is_some() => {
            event.prevent_default();
            return brush::pan(state, 0.5);
        }
        "Escape" if brush::reset(state) => {
            event.prevent_default();
            event.stop_propagation();
            return;
        }
        "ArrowRight" => Step::Next,
        "ArrowLeft" => Step::Previous,
        "ArrowDown" => Step::Down,
        "ArrowUp" => Step::Up,
        "Home" => Step::First,
        "End" => Step::Last,
        "Escape" if state.active.get_untracked().is_some() => {
            event.prevent_default();
            event.stop_propagation();
            state.active.set(None);
            state.spoken.set(String::new());
            return;
        }
        _ => return,
    };
    event.prevent_default();
    state.anchor_x.set_value(None);
    let from = state.active.get_untracked();
    let to = state.scene.with_untracked(|scene| step(scene, from, step_of_key));
    state.active.set(to);
    state.spoken.set(to.map_or_else(String::new, |index| spoken(state, index)));
}

fn extend(state: State, event: &ev::KeyboardEvent, towards: Step) {
    event.prevent_default();
    brush::extend(state, towards);
    state.spoken.set(state.active.get_untracked().map_or_else(String::new, |index| spoken(state, index)));
}

/// The figures of a mark, and which of how many it is.
fn spoken(state: State, index: usize) -> String {
    state.scene.with_untracked(|scene| {
        let Some(hit) = scene.hits.get(index) else { return String::new() };
        format!("{} {} of {}.", hit.info.spoken(), index + 1, scene.hits.len())
    })
}
