//! The same lines over `postMessage`. Files travel beside a message as `File`, and are read in pieces
//! with `FileReaderSync`, never as a whole.

use super::PROGRESS_EVERY_MS;
use super::blob_source::BlobSource;
use super::crew::{self, Members};
use crate::engine::inbox::Inbox;
use crate::engine::warm_up;
use crate::engine::{Answer, Attachments, Session};
use crate::model::{EngineError, ErrorCode};
use crate::pace::{Host, Pace};
use crate::protocol::{Message, Outcome, PROTOCOL, Progress, Ready, Source, VERSION};
use crate::tables::ByteSource;
use js_sys::{Array, Object, Reflect, Uint8Array};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, DedicatedWorkerGlobalScope, File, MessageChannel, MessageEvent};

/// Says `ready`, then answers messages for as long as the worker lives.
pub fn serve() {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    say_when_stopping(&scope);
    if scope.name() == crew::MEMBER {
        crew::serve(&scope);
        say_ready(&scope);
        return;
    }
    let wire = Rc::new(Wire {
        scope: scope.clone(),
        members: Members::new(scope.clone()),
        inbox: Inbox::default(),
        session: RefCell::new(Some(Session::default())),
        turn: Turn::new(),
    });
    let on_message = {
        let wire = wire.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            wire.clone().receive(&event.data())
        })
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say_ready(&scope);
    let host = Rc::new(IdleHost { wire, turn: Turn::new() });
    wasm_bindgen_futures::spawn_local(async move {
        // A file that was dropped before the engine was there is waiting already.
        host.turn.give().await;
        if !host.wire.inbox.is_busy()
            && let Ok(blob) = blob_of(warm_up::text().as_bytes())
        {
            warm_up::warm_up(&MadeUp { blob }, &Pace::new(host.clone())).await;
        }
        host.wire.members.gather();
    });
}

fn say_ready(scope: &DedicatedWorkerGlobalScope) {
    let ready = Ready { protocol: PROTOCOL, version: VERSION.into() };
    if let Ok(ready) = serde_json::to_string(&ready) {
        post(scope, &format!("{{\"ready\":{ready}}}"), None);
    }
}

/// A panic, and memory that runs out, end the module without an error that the page would see: the work runs
/// in a promise. So the worker says `{"panic":"..."}` as its last word, and the page starts another.
fn say_when_stopping(scope: &DedicatedWorkerGlobalScope) {
    let say = |scope: &DedicatedWorkerGlobalScope, cause: &str| {
        let data = Object::new();
        set(&data, "message", &serde_json::json!({ "panic": cause }).to_string().into());
        let _ = scope.post_message(&data);
    };
    std::panic::set_hook(Box::new(move |panic| {
        console_error_panic_hook::hook(panic);
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            say(&scope, &panic.to_string());
        }
    }));
    let on_rejection = {
        let scope = scope.clone();
        Closure::<dyn FnMut(JsValue)>::new(move |event: JsValue| {
            say(&scope, &format!("{:?}", get(&event, "reason")));
        })
    };
    let _ =
        scope.add_event_listener_with_callback("unhandledrejection", on_rejection.as_ref().unchecked_ref());
    on_rejection.forget();
}

struct Wire {
    scope: DedicatedWorkerGlobalScope,
    members: Rc<Members>,
    inbox: Inbox<Vec<File>>,
    /// Out while a request runs.
    session: RefCell<Option<Session>>,
    turn: Turn,
}

impl Wire {
    fn receive(self: Rc<Self>, data: &JsValue) {
        let line = get(data, "message").as_string().unwrap_or_default();
        let files = get(data, "files").dyn_into::<Array>().unwrap_or_default();
        let files = files.iter().filter_map(|file| file.dyn_into().ok()).collect();
        if let Some(answer) = self.inbox.accept(&line, files) {
            self.send(&answer, None);
        }
        if !self.inbox.is_running() {
            wasm_bindgen_futures::spawn_local(self.answer_waiting());
        }
    }

    async fn answer_waiting(self: Rc<Self>) {
        // Only one of these runs at a time: it holds the session.
        let Some(mut session) = self.session.take() else { return };
        while let Some(job) = self.inbox.start_next() {
            let host = RequestHost { id: job.id, wire: self.clone(), last_report_ms: Cell::new(f64::MIN) };
            let outcome = if self.inbox.is_cancelled(job.id) {
                Err(EngineError::cancelled())
            } else {
                let files = Files { files: job.attachments, members: self.members.clone() };
                session.answer(job.request, &files, &Pace::new(Rc::new(host))).await
            };
            self.inbox.finish();
            match outcome {
                Ok(Answer { reply, bytes }) => {
                    let message = Message { id: Some(job.id), outcome: Outcome::Reply(Box::new(reply)) };
                    self.send(&message, bytes.as_deref());
                }
                Err(error) => self.send(&Message { id: Some(job.id), outcome: Outcome::Error(error) }, None),
            }
        }
        self.session.replace(Some(session));
    }

    fn send(&self, message: &Message, bytes: Option<&[u8]>) {
        if let Ok(line) = serde_json::to_string(message) {
            post(&self.scope, &line, bytes);
        }
    }
}

fn post(scope: &DedicatedWorkerGlobalScope, line: &str, bytes: Option<&[u8]>) {
    let data = Object::new();
    set(&data, "message", &line.into());
    if let Some(blob) = bytes.and_then(|bytes| blob_of(bytes).ok()) {
        set(&data, "blob", &blob);
    }
    // Posting plain strings and blobs cannot fail to be cloned.
    let _ = scope.post_message(&data);
}

struct RequestHost {
    id: u64,
    wire: Rc<Wire>,
    last_report_ms: Cell<f64>,
}

impl Host for RequestHost {
    fn now_ms(&self) -> f64 {
        js_sys::Date::now()
    }

    fn report(&self, done: f64, stage: &str) {
        let now_ms = self.now_ms();
        if now_ms - self.last_report_ms.get() >= PROGRESS_EVERY_MS {
            self.last_report_ms.set(now_ms);
            let progress = Progress { done, stage: stage.into() };
            self.wire.send(&Message { id: Some(self.id), outcome: Outcome::Progress(progress) }, None);
        }
    }

    fn is_cancelled(&self) -> bool {
        self.wire.inbox.is_cancelled(self.id)
    }

    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(self.wire.turn.give())
    }
}

/// For work that ends as soon as anything is asked.
struct IdleHost {
    wire: Rc<Wire>,
    turn: Turn,
}

impl Host for IdleHost {
    fn now_ms(&self) -> f64 {
        js_sys::Date::now()
    }

    fn report(&self, _done: f64, _stage: &str) {}

    fn is_cancelled(&self) -> bool {
        self.wire.inbox.is_busy()
    }

    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(self.turn.give())
    }
}

/// Gives the event loop a turn: a message to ourselves comes back after those already waiting, without
/// the 4 ms that nested timers cost.
struct Turn {
    channel: Option<MessageChannel>,
}

impl Turn {
    fn new() -> Self {
        Self { channel: MessageChannel::new().ok() }
    }

    fn give(&self) -> impl Future<Output = ()> + use<> {
        let channel = self.channel.clone();
        async move {
            let Some(channel) = channel else { return };
            let mut resolve_when_back = |resolve: js_sys::Function, _: js_sys::Function| {
                channel.port1().set_onmessage(Some(&resolve));
                let _ = channel.port2().post_message(&JsValue::NULL);
            };
            let _ = JsFuture::from(js_sys::Promise::new(&mut resolve_when_back)).await;
        }
    }
}

/// The files of one message.
struct Files {
    files: Vec<File>,
    members: Rc<Members>,
}

impl Attachments for Files {
    fn open(&self, source: &Source) -> Result<Box<dyn ByteSource>, EngineError> {
        match (source, self.files.first()) {
            (Source::File(name), Some(file)) => {
                let shift = self.members.shift(file);
                Ok(Box::new(BlobSource::new(name, file.clone().into(), shift)?))
            }
            (Source::File(name), None) => {
                let message = "The request names a file, but no file came with it.";
                Err(EngineError::new(ErrorCode::BadRequest, message).at_file(name).at_field("source"))
            }
            (Source::Path(path) | Source::Text(path), _) => {
                let message = "A page cannot open a file by its path.";
                let error = EngineError::new(ErrorCode::BadOption, message).at_file(path);
                Err(error.at_field("source").hint("Drop the file on the page."))
            }
        }
    }

    fn write(&self, path: &str, _bytes: &[u8]) -> Result<(), EngineError> {
        let message = "A page cannot write to a path.";
        let error = EngineError::new(ErrorCode::BadOption, message).at_file(path);
        Err(error.at_field("path").hint("Leave the path out; the reply carries the file."))
    }
}

/// The file of the warm-up.
struct MadeUp {
    blob: Blob,
}

impl Attachments for MadeUp {
    fn open(&self, _source: &Source) -> Result<Box<dyn ByteSource>, EngineError> {
        Ok(Box::new(BlobSource::new("warm-up", self.blob.clone(), None)?))
    }

    fn write(&self, _path: &str, _bytes: &[u8]) -> Result<(), EngineError> {
        Ok(())
    }
}

fn blob_of(bytes: &[u8]) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("application/octet-stream");
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(&Uint8Array::from(bytes)), &options)
}

pub(super) fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

pub(super) fn set(object: &Object, key: &str, value: &JsValue) {
    // Setting a property of a fresh plain object cannot fail.
    let _ = Reflect::set(object, &key.into(), value);
}
