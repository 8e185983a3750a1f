//! The engine's worker: starts it, posts requests to it, and turns what it says into commands.
//!
//! Which request to send, and what to do when the worker dies, is decided in the state
//! ([`super::sync`], [`super::answer`]); this file only carries.

use super::command::Command;
use super::files;
use super::runtime::{App, forget_reload};
use super::wire::{self, FromWorker};
use crate::protocol::{ExportFormat, Outcome, PROTOCOL, Reply, Request, VERSION};
use leptos::prelude::{document, set_timeout, window};
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker};

thread_local! {
    static CLIENT: RefCell<Option<Client>> = const { RefCell::new(None) };
}

/// A worker with the closures that listen to it.
struct Client {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(ErrorEvent)>,
}

impl Drop for Client {
    /// A worker that was let go must not speak again.
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// Starts a worker, in place of the one before. It says when it is ready.
pub fn start(app: App) {
    CLIENT.with_borrow_mut(|client| *client = None);
    let Ok(worker) = Worker::new(&script_url()) else {
        app.send(Command::EngineDied);
        return;
    };
    let on_message = Closure::new(move |event: MessageEvent| heard(app, &event.data()));
    let on_error = Closure::new(move |event: ErrorEvent| {
        web_sys::console::warn_1(&format!("The engine stopped: {}", event.message()).into());
        event.prevent_default();
        died(app);
    });
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let new = Client { worker, _on_message: on_message, _on_error: on_error };
    CLIENT.with_borrow_mut(|client| *client = Some(new));
}

/// The build writes the hashed name of the worker's script into the page.
fn script_url() -> String {
    let meta = document().query_selector("meta[name='playhead-engine']").ok().flatten();
    let named = meta.and_then(|meta| meta.get_attribute("content"));
    format!("./{}", named.as_deref().unwrap_or("playhead-engine_loader.js"))
}

/// Sends a request, with the file that it reads.
pub fn post(id: u64, request: Request, file_id: Option<u32>) {
    let line = wire::request_line(id, &request);
    let envelope = js_sys::Object::new();
    let attached = js_sys::Array::new();
    if let Some(file) = file_id.and_then(files::get) {
        attached.push(&file);
    }
    let _ = js_sys::Reflect::set(&envelope, &"message".into(), &line.into());
    let _ = js_sys::Reflect::set(&envelope, &"files".into(), &attached);
    CLIENT.with_borrow(|client| {
        if let Some(client) = client {
            let _ = client.worker.post_message(&envelope);
        }
    });
}

/// Ends the worker as if it had crashed. The browser suite uses it.
pub fn kill(app: App) {
    died(app);
}

fn died(app: App) {
    CLIENT.with_borrow_mut(|client| *client = None);
    app.send(Command::EngineDied);
}

fn heard(app: App, envelope: &JsValue) {
    let part = |name: &str| js_sys::Reflect::get(envelope, &name.into()).ok();
    let Some(line) = part("message").and_then(|line| line.as_string()) else { return };
    match wire::read_line(&line) {
        Some(FromWorker::Ready(ready)) => {
            if ready.protocol == PROTOCOL && ready.version == VERSION {
                forget_reload();
            }
            app.send(Command::EngineReady(ready));
        }
        // A panic ends a wasm module; the worker's last word says so.
        Some(FromWorker::Panic(words)) => {
            web_sys::console::warn_1(&words.into());
            died(app);
        }
        Some(FromWorker::Message(message)) => {
            if let Outcome::Reply(reply) = &message.outcome
                && let Reply::Exported { table, format, .. } = &**reply
                && let Some(blob) = part("blob").and_then(|blob| blob.dyn_into::<Blob>().ok())
            {
                let end = match format {
                    ExportFormat::Csv => "csv",
                    ExportFormat::JsonLines => "jsonl",
                };
                save(&blob, &format!("{table}.{end}"));
            }
            if matches!(&message.outcome, Outcome::Reply(reply) if matches!(**reply, Reply::Result { .. })) {
                // A report is read in this task and put on the page in the next one, so that neither holds it long.
                set_timeout(move || app.send(Command::Answered(message)), Duration::ZERO);
            } else {
                app.send(Command::Answered(message));
            }
        }
        None => web_sys::console::error_2(&"Not understood:".into(), &line.into()),
    }
}

/// Offers a text to the user as a file.
pub fn save_text(text: &str, name: &str) {
    if let Some(file) = files::from_text(text, name) {
        save(&file, name);
    }
}

/// Offers bytes to the user as a file.
pub fn save(blob: &Blob, name: &str) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    if let Ok(link) = document().create_element("a")
        && let Ok(link) = link.dyn_into::<web_sys::HtmlAnchorElement>()
    {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    // The download has begun once the click returns, but some browsers read the address later.
    let revoke = Closure::once_into_js(move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    });
    let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(revoke.unchecked_ref(), 60_000);
}
