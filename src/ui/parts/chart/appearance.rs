//! How the reader wants the page to look, as far as a canvas must know: one signal for all charts.

use crate::charts::theme::{Rgb, SystemColors, Theme};
use leptos::prelude::*;
use std::cell::OnceCell;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, MediaQueryList, MutationObserver, MutationObserverInit, Window};

/// Colours, sharpness and size of the drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Appearance {
    pub theme: Theme,
    /// Pixels of the screen in a CSS pixel.
    pub device_px_per_px: f64,
    /// The reader's text size relative to 16 px.
    pub text_scale: f64,
}

/// The appearance now, and whenever it changes. Listens for as long as the page lives.
pub fn appearance() -> ArcRwSignal<Appearance> {
    thread_local! {
        static SHARED: OnceCell<ArcRwSignal<Appearance>> = const { OnceCell::new() };
    }
    SHARED.with(|shared| shared.get_or_init(watched).clone())
}

fn watched() -> ArcRwSignal<Appearance> {
    let signal = ArcRwSignal::new(current());
    let refresh = {
        let signal = signal.clone();
        move || {
            let found = current();
            if signal.with_untracked(|known| *known != found) {
                signal.set(found);
            }
        }
    };
    let refresh = Closure::<dyn Fn()>::new(refresh);
    let listener = refresh.as_ref().unchecked_ref();
    let window = window();
    for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
        if let Some(list) = media(&window, query) {
            // A page that cannot be told of a change keeps its first colours.
            let _ = list.add_event_listener_with_callback("change", listener);
        }
    }
    // Zooming and moving to another screen change the sharpness, and arrive as a resize.
    let _ = window.add_event_listener_with_callback("resize", listener);
    if let (Ok(observer), Some(root)) = (MutationObserver::new(listener), document().document_element()) {
        let options = MutationObserverInit::new();
        options.set_attributes(true);
        let _ = observer.observe_with_options(&root, &options);
    }
    refresh.forget();
    signal
}

fn current() -> Appearance {
    let window = window();
    Appearance {
        theme: theme(&window),
        device_px_per_px: window.device_pixel_ratio().clamp(0.5, 8.0),
        text_scale: text_scale(&window),
    }
}

fn theme(window: &Window) -> Theme {
    let is_on = |query| media(window, query).is_some_and(|list| list.matches());
    if is_on("(forced-colors: active)")
        && let Some(colors) = system_colors(window)
    {
        return Theme::forced(colors);
    }
    let chosen = document().document_element().and_then(|root| root.get_attribute("data-theme"));
    let is_dark = match chosen.as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => is_on("(prefers-color-scheme: dark)"),
    };
    if is_dark { Theme::dark() } else { Theme::light() }
}

fn text_scale(window: &Window) -> f64 {
    let root = document().document_element();
    let style = root.and_then(|root| window.get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    let size_px = size.and_then(|size| size.trim_end_matches("px").parse::<f64>().ok());
    size_px.map_or(1.0, |size_px| (size_px / 16.0).clamp(0.5, 4.0))
}

/// Reads the system's colours off an element that wears them.
fn system_colors(window: &Window) -> Option<SystemColors> {
    let document = document();
    let probe = document.create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
    probe.set_hidden(true);
    document.body()?.append_child(&probe).ok()?;
    let resolve = |name: &str| {
        probe.style().set_property("color", name).ok()?;
        let color = window.get_computed_style(&probe).ok()??.get_property_value("color").ok()?;
        Rgb::from_css(&color)
    };
    let colors = || {
        Some(SystemColors {
            canvas: resolve("Canvas")?,
            canvas_text: resolve("CanvasText")?,
            gray_text: resolve("GrayText")?,
            highlight: resolve("Highlight")?,
            link_text: resolve("LinkText")?,
        })
    };
    let found = colors();
    probe.remove();
    found
}

fn media(window: &Window, query: &str) -> Option<MediaQueryList> {
    window.match_media(query).ok().flatten()
}
