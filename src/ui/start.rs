//! The start page is static HTML: this attaches to it and never draws it anew.

use super::command::Command;
use super::preview::PreviewAct;
use super::runtime::{App, add_files};
use super::state::Screen;
use super::{engine_client, files, hero, opened_with, route};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{
    ClipboardEvent, DataTransfer, DragEvent, Element, HtmlButtonElement, HtmlInputElement,
    HtmlTextAreaElement,
};

/// Listens to the static page and to the window, and follows the address.
pub fn attach(app: App) {
    while let Ok(Some(element)) = document().query_selector(".opening:not([hidden])") {
        let _ = element.set_attribute("hidden", "");
    }
    check_first(app);
    choose_files(app);
    opened_with::listen(app);
    drop_files(app);
    paste(app);
    hero::attach();
    let leak = window_event_listener_untyped("hashchange", move |_| follow_address(app));
    std::mem::forget(leak);
    let leak = window_event_listener_untyped("playhead:kill-worker", move |_| engine_client::kill(app));
    std::mem::forget(leak);
    show_screen(app);
    follow_address(app);
}

fn follow_address(app: App) {
    let hash = window().location().hash().unwrap_or_default();
    let route = route::parse(&hash);
    // A plain anchor of the start page is the browser's affair while that page is shown.
    app.send(Command::Navigate(Box::new(route)));
}

/// Shows the start page or the lab, and says in the title which it is.
fn show_screen(app: App) {
    let shown = app.part(|state| (state.chrome.screen, super::pages::title(state)));
    let can_resume = app.part(|state| !state.document.sources.is_empty());
    Effect::new(move || {
        let (screen, title) = shown.get();
        let is_start = screen == Screen::Start;
        set_hidden("start", !is_start);
        set_hidden("lab", is_start);
        let name = "Playhead";
        let title = if is_start {
            format!("{name}: A/B reports from CSV files, in the page")
        } else {
            format!("{title} \u{b7} {name}")
        };
        document().set_title(&title);
        if !is_start {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    });
    Effect::new(move || set_hidden("resume", !can_resume.get()));
}

fn set_hidden(id: &str, is_hidden: bool) {
    if let Some(element) = document().get_element_by_id(id) {
        let _ = element.toggle_attribute_with_force("hidden", is_hidden);
    }
}

/// The checkbox in the drop zone, which the lab has too.
fn check_first(app: App) {
    let Some(input) = by_id::<HtmlInputElement>("check-first") else { return };
    let is_asked = app.part(|state| state.chrome.preview.is_asked);
    // Ticked before the program was there.
    if input.checked() {
        app.send(Command::Preview(PreviewAct::Ask(true)));
    }
    let shown = input.clone();
    Effect::new(move || shown.set_checked(is_asked.get()));
    let leak = listen(&input.clone(), "change", move |_| {
        app.send(Command::Preview(PreviewAct::Ask(input.checked())));
    });
    std::mem::forget(leak);
}

fn choose_files(app: App) {
    let Some(input) = by_id::<HtmlInputElement>("file-input") else { return };
    take_files(app, &input);
    let leak = listen(&input.clone(), "change", move |_| take_files(app, &input));
    std::mem::forget(leak);
}

/// Takes the files that an input holds, also those chosen before the program was there.
pub fn take_files(app: App, input: &HtmlInputElement) {
    let chosen = files::of_list(input.files());
    if !chosen.is_empty() {
        add_files(app, chosen);
        // The same file can be chosen again.
        input.set_value("");
    }
}

/// Files may be dropped anywhere; a veil says so while they hover.
fn drop_files(app: App) {
    for kind in ["dragenter", "dragover"] {
        on_window(kind, move |event: DragEvent| {
            if carries_files(event.data_transfer()) {
                event.prevent_default();
                set_hidden("drop-veil", false);
            }
        });
    }
    on_window("dragleave", |event: DragEvent| {
        // Leaving one element enters another; only leaving the window has nothing to go to.
        if event.related_target().is_none() {
            set_hidden("drop-veil", true);
        }
    });
    on_window("drop", move |event: DragEvent| {
        set_hidden("drop-veil", true);
        let Some(transfer) = event.data_transfer() else { return };
        let dropped = files::of_list(transfer.files());
        if !dropped.is_empty() {
            event.prevent_default();
            add_files(app, dropped);
        }
    });
}

fn carries_files(transfer: Option<DataTransfer>) -> bool {
    transfer.is_some_and(|transfer| transfer.types().iter().any(|kind| kind == "Files"))
}

/// A table may be pasted anywhere but into a field, or read from the box.
fn paste(app: App) {
    on_window("paste", move |event: ClipboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("input, textarea, select").ok().flatten().is_some()) {
            return;
        }
        let Some(transfer) = event.clipboard_data() else { return };
        let pasted = files::of_list(transfer.files());
        if !pasted.is_empty() {
            event.prevent_default();
            add_files(app, pasted);
            return;
        }
        let text = transfer.get_data("text/plain").unwrap_or_default();
        if looks_like_table(&text) {
            event.prevent_default();
            add_text(app, &text);
        }
    });
    let button = by_id::<HtmlButtonElement>("paste-read");
    let area = by_id::<HtmlTextAreaElement>("paste-text");
    if let (Some(button), Some(area)) = (button, area) {
        button.set_disabled(false);
        let leak = listen(&button, "click", move |_| {
            if add_text(app, &area.value()) {
                area.set_value("");
            }
        });
        std::mem::forget(leak);
    }
}

/// Reads a text as a table named "pasted". Says so where there is nothing to read.
pub fn add_text(app: App, text: &str) -> bool {
    if text.trim().is_empty() {
        app.send(Command::Notify("There is nothing to read in the box.".into()));
        return false;
    }
    let Some(file) = files::from_text(text, "pasted.csv") else { return false };
    add_files(app, vec![file]);
    true
}

/// Two lines or more, of which the first two hold the same delimiter, or JSON. Other text is left alone.
pub fn looks_like_table(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !c.is_whitespace()).take(2).collect();
    if matches!(bare.as_str(), "{\"" | "[{" | "[[") && text.trim_end().ends_with(['}', ']']) {
        return true;
    }
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return false };
    ['\t', ',', ';', '|'].iter().any(|delimiter| first.contains(*delimiter) && second.contains(*delimiter))
}

fn on_window<E: JsCast + 'static>(kind: &'static str, handler: impl Fn(E) + 'static) {
    let leak = window_event_listener_untyped(kind, move |event| {
        if let Ok(event) = event.dyn_into::<E>() {
            handler(event);
        }
    });
    // The listeners live as long as the page.
    std::mem::forget(leak);
}

/// Listens to one element; dropping the closure would end it.
pub fn listen(
    target: &web_sys::EventTarget,
    kind: &str,
    handler: impl FnMut(web_sys::Event) + 'static,
) -> wasm_bindgen::closure::Closure<dyn FnMut(web_sys::Event)> {
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(handler);
    let _ = target.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    closure
}

pub fn by_id<T: JsCast>(id: &str) -> Option<T> {
    document().get_element_by_id(id)?.dyn_into::<T>().ok()
}

#[cfg(test)]
mod tests {
    use super::looks_like_table;

    #[test]
    fn tables_are_told_from_prose() {
        assert!(looks_like_table("a,b\n1,2\n"));
        assert!(looks_like_table("a\tb\r\n1\t2"));
        assert!(!looks_like_table("just one, line"));
        assert!(!looks_like_table("Dear all,\nsee you tomorrow"));
        assert!(!looks_like_table(""));
        assert!(looks_like_table("[{\"a\": 1}]\n") && looks_like_table("{\n \"a\": 1}"));
        assert!(!looks_like_table("[sic] and so on"));
    }
}
