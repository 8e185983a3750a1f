//! The quiet row under a chart: its data table, and the chart as a picture or as numbers.

use super::canvas::{CanvasMeasure, new_canvas, paint};
use super::{State, brush};
use crate::charts::layout::{View, layout_with_heading};
use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Pixels of a picture for each of the layout, whatever the screen.
const PICTURE_SCALE: f64 = 2.0;
/// A picture is at least this wide, in pixels of the layout, so that it does for a page.
const LEAST_PICTURE_PX: f64 = 640.0;

/// Toggle and downloads.
pub fn tools(state: State, is_table_open: RwSignal<bool>, table_id: String) -> AnyView {
    let label = move || if is_table_open.get() { "Hide data table" } else { "Show data table" };
    // A reference to a table that is not there would lead nowhere.
    let controls = move || is_table_open.get().then(|| table_id.clone());
    view! {
        <div class="chart__tools">
            <button
                type="button"
                class="chart__tool"
                aria-expanded=move || is_table_open.get().to_string()
                aria-controls=controls
                on:click=move |_| is_table_open.update(|is_open| *is_open = !*is_open)
            >
                {label}
            </button>
            {move || state.zoom_x.get().map(|_| view! {
                <button type="button" class="chart__tool" on:click=move |_| { brush::reset(state); }>
                    "Show all of the axis"
                </button>
            })}
            <button
                type="button"
                class="chart__tool"
                title="Save the chart as a picture"
                on:click=move |_| { save_picture(state); }
            >
                "PNG"
            </button>
            <button
                type="button"
                class="chart__tool"
                title="Save the numbers with all their digits"
                on:click=move |_| { save_numbers(state); }
            >
                "CSV"
            </button>
        </div>
    }
    .into_any()
}

/// Draws the chart with its words on its background, as the page shows it now.
fn save_picture(state: State) -> Option<()> {
    let view = View { hidden: state.hidden.get_untracked(), zoom_x: state.zoom_x.get_untracked() };
    let mut appearance = state.appearance.get_untracked();
    appearance.device_px_per_px = PICTURE_SCALE;
    appearance.text_scale = 1.0;
    let width_px = state.scene.with_untracked(|scene| scene.width_px).max(LEAST_PICTURE_PX);
    let chart = state.chart.get_untracked();
    let scene = layout_with_heading(&chart, width_px, &CanvasMeasure, &view);
    let canvas = new_canvas()?;
    paint(&canvas, &scene, &appearance)?;
    let name = format!("{}.png", chart.kind);
    let save = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            download(&blob, &name);
        }
    });
    canvas.to_blob(save.unchecked_ref()).ok()
}

fn save_numbers(state: State) -> Option<()> {
    let chart = state.chart.get_untracked();
    let parts = Array::of1(&JsValue::from_str(&chart.table.to_csv()));
    let options = BlobPropertyBag::new();
    options.set_type("text/csv;charset=utf-8");
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    download(&blob, &format!("{}.csv", chart.kind))
}

/// Hands a file to the browser. `None` where it refuses.
fn download(blob: &Blob, name: &str) -> Option<()> {
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let link = document().create_element("a").ok()?.dyn_into::<HtmlAnchorElement>().ok()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Not at once: some browsers read it after the click.
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&url);
        },
        std::time::Duration::from_secs(60),
    );
    Some(())
}
