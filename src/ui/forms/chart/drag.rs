//! Dragging a column onto a shelf with a mouse or a pen. A finger scrolls, and uses the menus; so does a keyboard.

use crate::ui::chart_builder::Shelf;
use crate::ui::dom::{El, Html, el, live};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, MouseEvent, PointerEvent};

/// The pointer moves so many pixels before a press becomes a drag.
const THRESHOLD: f64 = 6.0;

/// The attribute that names a shelf in the page.
const SHELF: &str = "data-shelf";

/// What is being dragged, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Drag {
    /// The words at the pointer; `None` while nothing is dragged.
    words: RwSignal<Option<String>>,
    at: RwSignal<(f64, f64)>,
    over: RwSignal<Option<Shelf>>,
    /// Where the pointer went down.
    from: StoredValue<Option<(f64, f64)>>,
    /// The drag that has just ended is followed by a click, which means nothing.
    was_drag: StoredValue<bool>,
}

impl Drag {
    pub fn new() -> Self {
        Self {
            words: RwSignal::new(None),
            at: RwSignal::new((0.0, 0.0)),
            over: RwSignal::new(None),
            from: StoredValue::new(None),
            was_drag: StoredValue::new(false),
        }
    }

    /// Whether something is dragged over the shelf at this moment. Follows the pointer.
    pub fn is_over(self, shelf: Shelf) -> bool {
        self.over.get() == Some(shelf)
    }

    /// Whether a click only ends a drag.
    pub fn swallows_click(self) -> bool {
        self.was_drag.try_update_value(std::mem::take).unwrap_or(false)
    }

    /// Marks an element as a shelf that takes what is dropped on it.
    pub fn target(self, element: El, shelf: Shelf) -> El {
        element.attr(SHELF, shelf.field()).live_class("shelf--over", move || self.is_over(shelf))
    }

    /// Lets an element be dragged; `put` gets the shelf that it is dropped on.
    pub fn source(self, element: El, words: String, put: impl Fn(Shelf) + 'static) -> El {
        element
            .on("pointerdown", move |event| self.press(&event))
            .on("pointermove", move |event| self.follow(&event, &words))
            .on("pointerup", move |_| {
                let shelf = self.over.get_untracked();
                let was_drag = self.stop();
                self.was_drag.set_value(was_drag);
                // A click follows at once or never.
                set_timeout(
                    move || {
                        let _ = self.was_drag.try_set_value(false);
                    },
                    std::time::Duration::ZERO,
                );
                if let Some(shelf) = shelf.filter(|_| was_drag) {
                    put(shelf);
                }
            })
            .on("pointercancel", move |_| {
                self.stop();
            })
            .on("keydown", move |event| {
                let is_escape =
                    event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|key| key.key() == "Escape");
                if is_escape && self.stop() {
                    event.stop_propagation();
                }
            })
    }

    fn press(self, event: &Event) {
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        let element = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok());
        if let Some(element) = element {
            let _ = element.set_pointer_capture(event.pointer_id());
        }
        self.from.set_value(Some(place(event)));
    }

    fn follow(self, event: &Event, words: &str) {
        let Some(from) = self.from.try_get_value().flatten() else { return };
        let Some(event) = event.dyn_ref::<PointerEvent>() else { return };
        let at = place(event);
        let is_far = (at.0 - from.0).hypot(at.1 - from.1) >= THRESHOLD;
        if self.words.get_untracked().is_none() {
            if !is_far {
                return;
            }
            self.words.set(Some(words.to_owned()));
        }
        self.at.set(at);
        let over = shelf_at(at);
        if self.over.get_untracked() != over {
            self.over.set(over);
        }
    }

    /// Ends a drag; `true` if there was one.
    fn stop(self) -> bool {
        self.from.set_value(None);
        let was_drag = self.words.get_untracked().is_some();
        if was_drag {
            self.words.set(None);
            self.over.set(None);
        }
        was_drag
    }

    /// What follows the pointer.
    pub fn ghost(self) -> Html {
        live(move || {
            let words = self.words.get()?;
            let px = move |of: fn((f64, f64)) -> f64| move || format!("{}px", of(self.at.get()) + 12.0);
            Some(
                el("div")
                    .class("chip drag-ghost")
                    .attr("aria-hidden", "true")
                    .live_style("left", px(|at| at.0))
                    .live_style("top", px(|at| at.1))
                    .add(words),
            )
        })
    }
}

fn place(event: &MouseEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

/// The shelf that is drawn at a place of the window.
fn shelf_at((x, y): (f64, f64)) -> Option<Shelf> {
    let found = document().element_from_point(x as f32, y as f32)?;
    let shelf = found.closest(&format!("[{SHELF}]")).ok().flatten()?;
    let name = shelf.get_attribute(SHELF)?;
    Shelf::ALL.into_iter().find(|shelf| shelf.field() == name)
}
