//! Workers beside this one, which read shares of a large file ([`crate::tables::read_share`]).
//!
//! They are started while nobody waits. After each file they are ended and others started, because a module never
//! gives memory back. A member is this same program under another name; it hears nothing but shares.

use super::blob_source::BlobSource;
use super::worker::{get, set};
use crate::model::ImportOptions;
use crate::pace::Pace;
use crate::tables::{Crew, Parcel, Share, read_share};
use js_sys::{Array, ArrayBuffer, Function, Object, Promise, Uint8Array};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent, Worker, WorkerOptions};

/// The name under which a member is started.
pub(super) const MEMBER: &str = "playhead-crew";
/// More members would read the whole file for fewer and fewer columns each.
const MAX_MEMBERS: usize = 3;
/// Smaller files are read before a member has made its plan.
const MIN_BYTES: f64 = 4e6;

/// The members that are at hand.
pub(super) struct Members {
    scope: DedicatedWorkerGlobalScope,
    list: RefCell<Vec<Rc<Member>>>,
}

type Listener = Closure<dyn FnMut(MessageEvent)>;

struct Member {
    worker: Worker,
    is_ready: Cell<bool>,
    /// Called with the answer, or with null where there will be none.
    resolve: RefCell<Option<Function>>,
    listener: RefCell<Option<Listener>>,
}

impl Member {
    fn settle(&self, answer: &JsValue) {
        if let Some(resolve) = self.resolve.take() {
            let _ = resolve.call1(&JsValue::NULL, answer);
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Members {
    pub fn new(scope: DedicatedWorkerGlobalScope) -> Rc<Self> {
        Rc::new(Self { scope, list: RefCell::default() })
    }

    /// Starts members where there are none: one for every processor but our own.
    pub fn gather(&self) {
        if !self.list.borrow().is_empty() {
            return;
        }
        let n_processors = self.scope.navigator().hardware_concurrency() as usize;
        let n_members = n_processors.saturating_sub(1).min(MAX_MEMBERS);
        let members = (0..n_members).filter_map(|_| start(&self.scope).ok());
        self.list.borrow_mut().extend(members);
    }

    /// The crew for one file; `None` where it is small, or no member is ready.
    pub fn shift(self: &Rc<Self>, file: &File) -> Option<Shift> {
        let list = self.list.borrow();
        let ready: Vec<Rc<Member>> = list.iter().filter(|member| member.is_ready.get()).cloned().collect();
        let is_worth_it = file.size() >= MIN_BYTES && !ready.is_empty();
        is_worth_it.then(|| Shift {
            members: self.clone(),
            at_work: RefCell::new(ready),
            file: file.clone(),
            was_asked: Cell::new(false),
            answers: RefCell::default(),
        })
    }
}

fn start(scope: &DedicatedWorkerGlobalScope) -> Result<Rc<Member>, JsValue> {
    let options = WorkerOptions::new();
    options.set_name(MEMBER);
    let worker = Worker::new_with_options(&scope.location().href(), &options)?;
    let member = Rc::new(Member {
        worker,
        is_ready: Cell::new(false),
        resolve: RefCell::default(),
        listener: RefCell::default(),
    });
    let listener = {
        let member = Rc::downgrade(&member);
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(member) = member.upgrade() else { return };
            match get(&event.data(), "parcels") {
                // Its first word; its last one, before it stops, comes in the same form.
                parcels if parcels.is_undefined() => {
                    let is_first = !member.is_ready.replace(true);
                    if !is_first {
                        member.settle(&JsValue::NULL);
                    }
                }
                parcels => member.settle(&parcels),
            }
        })
    };
    member.worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    member.listener.replace(Some(listener));
    Ok(member)
}

/// The crew at work on one file.
pub(super) struct Shift {
    members: Rc<Members>,
    at_work: RefCell<Vec<Rc<Member>>>,
    file: File,
    was_asked: Cell<bool>,
    answers: RefCell<Vec<Promise>>,
}

impl Crew for Shift {
    fn ask(&self, options: &ImportOptions) -> usize {
        let Ok(options) = serde_json::to_string(options) else { return 1 };
        self.was_asked.set(true);
        let at_work = self.at_work.borrow();
        let n_shares = at_work.len() + 1;
        for (member, idx) in at_work.iter().zip(1..) {
            let data = Object::new();
            set(&data, "share", &JsValue::from(idx));
            set(&data, "n", &JsValue::from(n_shares as u32));
            set(&data, "options", &options.as_str().into());
            set(&data, "file", &self.file);
            let mut keep = |resolve: Function, _: Function| {
                member.resolve.replace(Some(resolve));
            };
            self.answers.borrow_mut().push(Promise::new(&mut keep));
            if member.worker.post_message(&data).is_err() {
                member.settle(&JsValue::NULL);
            }
        }
        n_shares
    }

    fn take(&self) -> Pin<Box<dyn Future<Output = Vec<Parcel>> + '_>> {
        Box::pin(async {
            let mut parcels = Vec::new();
            let answers: Vec<Promise> = self.answers.take();
            for answer in answers {
                let Ok(answer) = JsFuture::from(answer).await else { continue };
                let Ok(buffers) = answer.dyn_into::<Array>() else { continue };
                parcels.extend(buffers.iter().map(|buffer| Box::new(move || unpacked(&buffer)) as Parcel));
            }
            // Their memory is given back before ours grows.
            self.at_work.borrow_mut().clear();
            self.members.list.borrow_mut().clear();
            parcels
        })
    }
}

/// The bytes of a buffer, whose memory is given back at once.
fn unpacked(buffer: &JsValue) -> Vec<u8> {
    let bytes = Uint8Array::new(buffer).to_vec();
    if let Some(buffer) = buffer.dyn_ref::<ArrayBuffer>() {
        let _ = buffer.transfer_with_length(0);
    }
    bytes
}

impl Drop for Shift {
    /// Done, failed or cancelled: members that read have worked enough. Those that were not asked stay.
    fn drop(&mut self) {
        if self.was_asked.get() {
            self.members.list.borrow_mut().clear();
            self.members.gather();
        }
    }
}

/// What a member does: reads shares, one after the other.
pub(super) fn serve(scope: &DedicatedWorkerGlobalScope) {
    let on_message = {
        let scope = scope.clone();
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let scope = scope.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let (answer, transfer) = (Object::new(), Array::new());
                let parcels = match read(&event.data()).await {
                    Some(parcels) => {
                        parcels.for_each(|parcel| {
                            transfer.push(&Uint8Array::from(parcel.as_slice()).buffer());
                        });
                        transfer.clone().into()
                    }
                    None => JsValue::NULL,
                };
                set(&answer, "parcels", &parcels);
                let _ = scope.post_message_with_transfer(&answer, &transfer);
            });
        })
    };
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
}

async fn read(data: &JsValue) -> Option<impl Iterator<Item = Vec<u8>> + use<>> {
    let file = get(data, "file").dyn_into::<File>().ok()?;
    let options: ImportOptions = serde_json::from_str(&get(data, "options").as_string()?).ok()?;
    let share = Share { idx: get(data, "share").as_f64()? as usize, n: get(data, "n").as_f64()? as usize };
    let source = BlobSource::new(&file.name(), file.into(), None).ok()?;
    read_share(&source, &options, share, &Pace::unhosted()).await.ok()
}
