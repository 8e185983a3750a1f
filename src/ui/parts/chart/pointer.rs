//! Where the frame of a chart is, how wide, and where the pointer is over it.

use super::appearance::Appearance;
use crate::charts::geometry::Point;
use leptos::{ev, html, prelude::*};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

/// The width of an element in CSS pixels, kept up to date; 0 until it is on the page.
pub fn width_of(frame: NodeRef<html::Div>) -> RwSignal<f64> {
    let width_px = RwSignal::new(0.0);
    let watch = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn Fn()>)>);
    Effect::new(move |_| {
        let Some(element) = frame.get() else { return };
        let measured = element.clone();
        let update = Closure::<dyn Fn()>::new(move || {
            let found = f64::from(measured.client_width());
            // The observer may call once more after the figure is gone.
            if width_px.try_get_untracked().is_some_and(|known| known != found) {
                width_px.set(found);
            }
        });
        if let Ok(observer) = ResizeObserver::new(update.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watch.set_value(Some((observer, update)));
        }
    });
    on_cleanup(move || {
        watch.try_update_value(|watch| {
            if let Some((observer, _)) = watch.take() {
                observer.disconnect();
            }
        });
    });
    width_px
}

/// A handler that passes on the pointer's place in the scene, at most once an animation frame and then
/// the latest.
pub fn once_a_frame(
    frame: NodeRef<html::Div>,
    appearance: Signal<Appearance>,
    on_point: impl Fn(Point) + 'static,
) -> impl Fn(ev::PointerEvent) + Clone + 'static {
    let latest = Rc::new(Cell::new(None::<(f64, f64)>));
    let on_point = Rc::new(on_point);
    move |event: ev::PointerEvent| {
        let place = (f64::from(event.client_x()), f64::from(event.client_y()));
        if latest.replace(Some(place)).is_some() {
            return;
        }
        let (latest, on_point) = (latest.clone(), on_point.clone());
        request_animation_frame(move || {
            let Some((x, y)) = latest.take() else { return };
            // The figure may have gone in the meantime.
            let Some(Some(element)) = frame.try_get_untracked() else { return };
            let Some(scale) = appearance.try_with_untracked(|found| found.text_scale) else { return };
            on_point(in_scene(&element, scale, (x, y)));
        });
    }
}

/// The pointer's place in the scene, now.
pub fn place(
    frame: NodeRef<html::Div>,
    appearance: Signal<Appearance>,
    event: &web_sys::MouseEvent,
) -> Option<Point> {
    let element = frame.get_untracked()?;
    let scale = appearance.with_untracked(|found| found.text_scale);
    Some(in_scene(&element, scale, (f64::from(event.client_x()), f64::from(event.client_y()))))
}

fn in_scene(element: &web_sys::Element, scale: f64, (x, y): (f64, f64)) -> Point {
    let area = element.get_bounding_client_rect();
    Point::new((x - area.left()) / scale, (y - area.top()) / scale)
}
