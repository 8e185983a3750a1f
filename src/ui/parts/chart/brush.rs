//! Drawing over a range of the x axis: where it is listened to, the range goes there; elsewhere the chart shows it larger.

use super::{Ranged, State, pointer};
use crate::charts::geometry::Point;
use crate::charts::hit::{Step, step};
use crate::charts::scale::Scale;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A press that moves less than this is a click.
const LEAST_PX: f64 = 6.0;
/// How much a step of zooming keeps.
const ZOOM_STEP: f64 = 0.6;

/// Whether the x axis measures something: only then has it ranges.
fn is_continuous(state: State) -> bool {
    state.scene.with_untracked(|scene| !matches!(scene.x, Scale::Band(_)))
}

/// A press begins a range. A finger scrolls the page instead.
pub fn press(state: State, frame: NodeRef<html::Div>, event: &ev::PointerEvent) {
    if event.button() != 0 || event.pointer_type() == "touch" {
        return;
    }
    let Some(at) = pointer::place(frame, state.appearance, event) else { return };
    let is_in_plot = state.scene.with_untracked(|scene| {
        let plot = scene.plot;
        at.x >= plot.left - LEAST_PX
            && at.x <= plot.right + LEAST_PX
            && at.y >= plot.top
            && at.y <= plot.bottom
    });
    state.pressed_x.set_value(is_in_plot.then_some(at.x));
    if let Some(element) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// The pointer moved with the button down.
pub fn drag(state: State, to: Point) {
    let Some(from) = state.pressed_x.get_value() else { return };
    if !is_continuous(state) || (to.x - from).abs() < LEAST_PX && !state.is_dragging.get_value() {
        return;
    }
    state.is_dragging.set_value(true);
    let range = state.scene.with_untracked(|scene| {
        let value = |px: f64| scene.x.value(px.clamp(scene.plot.left, scene.plot.right));
        let (from, to) = (value(from), value(to.x));
        (from.min(to), from.max(to))
    });
    state.brushed.set(Some(range));
    tell(state, false);
}

/// Says where the range is now.
fn tell(state: State, is_final: bool) {
    let Some(on_range) = state.setting.on_range else { return };
    let whole = state.scene.with_untracked(|scene| {
        let (left, right) = (scene.x.value(scene.plot.left), scene.x.value(scene.plot.right));
        (left.min(right), left.max(right))
    });
    on_range.run(Ranged { range: state.brushed.get_untracked(), whole, is_final });
}

/// The button was let go of: a click picks a mark, a range that nobody listens to is shown larger.
pub fn release(state: State, is_adding: bool) {
    let was_dragging = state.is_dragging.get_value();
    state.is_dragging.set_value(false);
    state.pressed_x.set_value(None);
    if was_dragging {
        if state.setting.on_range.is_none() {
            state.zoom_x.set(state.brushed.get_untracked());
            state.brushed.set(None);
        }
        return tell(state, true);
    }
    pick(state, is_adding);
}

/// The pointer was taken away: a range stays as it is, and no mark was chosen.
pub fn abandon(state: State) {
    if state.is_dragging.get_value() {
        return release(state, false);
    }
    state.pressed_x.set_value(None);
}

/// Picks the mark under the cursor; where there is none, what was picked is let go of.
pub fn pick(state: State, is_adding: bool) {
    let Some(on_pick) = state.setting.on_pick else { return };
    let active = state.active.get_untracked();
    let key = state.scene.with_untracked(|scene| scene.hits.get(active?)?.info.key);
    if let Some(key) = key {
        on_pick.run((key, is_adding));
    }
}

/// Lets go of a range, and shows all of the axis. Says whether there was anything.
pub fn reset(state: State) -> bool {
    let had = state.brushed.get_untracked().is_some() || state.zoom_x.get_untracked().is_some();
    if state.brushed.get_untracked().is_some() {
        state.brushed.set(None);
        tell(state, true);
    }
    if had {
        state.zoom_x.set(None);
    }
    had
}

/// The range from the mark where Shift was pressed first to the one that a step leads to.
pub fn extend(state: State, towards: Step) {
    if !is_continuous(state) {
        return;
    }
    let from = state.active.get_untracked();
    let to = state.scene.with_untracked(|scene| step(scene, from, towards));
    let x_of = |index: Option<usize>| {
        state.scene.with_untracked(|scene| Some(scene.x.value(scene.hits.get(index?)?.anchor.x)))
    };
    let (Some(start), Some(end)) = (state.anchor_x.get_value().or_else(|| x_of(from)), x_of(to)) else {
        return;
    };
    state.anchor_x.set_value(Some(start));
    state.active.set(to);
    let range = (start.min(end), start.max(end));
    state.brushed.set(Some(range));
    tell(state, true);
}

/// Shows a smaller or larger part of the axis, around the cursor or the middle.
pub fn zoom(state: State, is_in: bool) {
    zoom_around(state, None, is_in);
}

/// Pixels are what is multiplied, so that an axis of any scale stays one.
fn zoom_around(state: State, x: Option<f64>, is_in: bool) {
    if !is_continuous(state) {
        return;
    }
    let factor = if is_in { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
    let range = state.scene.with_untracked(|scene| {
        let plot = scene.plot;
        let cursor = state.active.get_untracked().and_then(|index| scene.hits.get(index));
        let middle = x.or_else(|| cursor.map(|hit| hit.anchor.x)).unwrap_or((plot.left + plot.right) / 2.0);
        let middle = middle.clamp(plot.left, plot.right);
        let value = |end: f64| scene.x.value(middle + (end - middle) * factor);
        (value(plot.left), value(plot.right))
    });
    if range.0.is_finite() && range.1.is_finite() && range.0 < range.1 {
        state.zoom_x.set(Some(range));
    }
}

/// A wheel with Ctrl, which is also what a pinch on a touchpad says, zooms around the pointer; without it the page scrolls.
pub fn wheel(state: State, frame: NodeRef<html::Div>, event: &ev::WheelEvent) {
    if !(event.ctrl_key() || event.meta_key()) || event.delta_y() == 0.0 {
        return;
    }
    event.prevent_default();
    if let Some(at) = pointer::place(frame, state.appearance, event) {
        zoom_around(state, Some(at.x), event.delta_y() < 0.0);
    }
}

/// Moves the part of the axis on view by a share of its width.
pub fn pan(state: State, share: f64) {
    let Some((low, high)) = state.zoom_x.get_untracked() else { return };
    let by = (high - low) * share;
    state.zoom_x.set(Some((low + by, high + by)));
}
