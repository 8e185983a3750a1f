//! Painting scenes on canvases, and measuring text as a canvas sets it.

use super::State;
use super::appearance::Appearance;
use crate::charts::cursor::{brush, cursor};
use crate::charts::draw::{FONT_FAMILY, Pixels, draw, draw_shapes};
use crate::charts::measure::{FixedMeasure, TextMeasure, Weight};
use crate::charts::scene::Scene;
use leptos::{html, prelude::*};
use plotters_canvas::CanvasBackend;
use std::cell::OnceCell;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Backend units in a pixel of the layout. Backends take whole units; the canvas is scaled down by this,
/// so that marks are placed to an eighth of a pixel.
const UNITS_PER_PX: f64 = 8.0;

/// Paints the scene when it or the appearance changes, and the cursor when it moves.
pub fn draw_on_change(state: State, base: NodeRef<html::Canvas>, overlay: NodeRef<html::Canvas>) {
    Effect::new(move |_| {
        let Some(canvas) = base.get() else { return };
        let (scene, appearance) = (state.scene.get(), state.appearance.get());
        paint(&canvas, &scene, &appearance);
    });
    Effect::new(move |_| {
        let Some(canvas) = overlay.get() else { return };
        let (scene, appearance) = (state.scene.get(), state.appearance.get());
        paint_over(&canvas, &scene, &appearance, (state.active.get(), state.brushed.get()));
    });
}

/// Paints a whole scene; the canvas takes its size. `None` where the browser gives no context.
pub fn paint(canvas: &HtmlCanvasElement, scene: &Scene, appearance: &Appearance) -> Option<()> {
    let scale = appearance.device_px_per_px * appearance.text_scale;
    let mut backend = prepare(canvas, scene, scale)?;
    draw(scene, &appearance.theme, &mut backend, pixels(scale)).ok()
}

/// The cursor on a mark and the range that is drawn over.
fn paint_over(
    canvas: &HtmlCanvasElement,
    scene: &Scene,
    appearance: &Appearance,
    (active, brushed): (Option<usize>, Option<(f64, f64)>),
) -> Option<()> {
    let scale = appearance.device_px_per_px * appearance.text_scale;
    let mut backend = prepare(canvas, scene, scale)?;
    let mut shapes = brushed.map_or_else(Vec::new, |range| brush(scene, range));
    shapes.extend(active.into_iter().flat_map(|index| cursor(scene, index)));
    draw_shapes(&shapes, &appearance.theme, &mut backend, pixels(scale)).ok()
}

/// Gives the canvas as many pixels as the screen has there, empty, and scaled to units.
fn prepare(canvas: &HtmlCanvasElement, scene: &Scene, scale: f64) -> Option<CanvasBackend> {
    let (width, height) = ((scene.width_px * scale).round() as u32, (scene.height_px * scale).round() as u32);
    // Setting the size also clears, but makes the browser allocate anew.
    if canvas.width() != width || canvas.height() != height {
        canvas.set_width(width);
        canvas.set_height(height);
    }
    let context = context_of(canvas)?;
    context.reset_transform().ok()?;
    context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    let shrink = scale / UNITS_PER_PX;
    context.scale(shrink, shrink).ok()?;
    CanvasBackend::with_canvas_object(canvas.clone())
}

fn pixels(scale: f64) -> Pixels {
    Pixels { units_per_px: UNITS_PER_PX, units_per_device_px: UNITS_PER_PX / scale }
}

fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Measures with a canvas that is never shown, in the fonts that charts are drawn in.
#[derive(Debug, Clone, Copy)]
pub struct CanvasMeasure;

impl TextMeasure for CanvasMeasure {
    fn width_px(&self, text: &str, size_px: f64, weight: Weight) -> f64 {
        let measured = with_context(|context| {
            let bold = if weight == Weight::Bold { "bold " } else { "" };
            // At the size of the drawing's units: hinting could round the widths of small letters.
            context.set_font(&format!("{bold}{}px {FONT_FAMILY}", size_px * UNITS_PER_PX));
            Some(context.measure_text(text).ok()?.width() / UNITS_PER_PX)
        });
        measured.unwrap_or_else(|| FixedMeasure.width_px(text, size_px, weight))
    }
}

fn with_context<T>(measure: impl FnOnce(&CanvasRenderingContext2d) -> Option<T>) -> Option<T> {
    thread_local! {
        static CONTEXT: OnceCell<Option<CanvasRenderingContext2d>> = const { OnceCell::new() };
    }
    CONTEXT.with(|cell| measure(cell.get_or_init(|| context_of(&new_canvas()?)).as_ref()?))
}

/// A canvas outside the page.
pub fn new_canvas() -> Option<HtmlCanvasElement> {
    document().create_element("canvas").ok()?.dyn_into().ok()
}
