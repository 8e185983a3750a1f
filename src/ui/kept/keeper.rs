//! Keeps the work: one job after another, each ends with another look at what is kept.

use super::js;
use super::locks;
use super::manifest::{self, Entry, Manifest, ManifestFile};
use super::names;
use super::state::{Found, KeptCommand, KeptEffect};
use super::store::{Kept, Store};
use super::{carry, words};
use crate::ui::command::Command;
use crate::ui::contents::{Likeness, compare, wanted_files};
use crate::ui::files;
use crate::ui::runtime::App;
use crate::ui::state::{Document, SourceKind};
use js_sys::Function;
use leptos::prelude::{set_timeout, window, window_event_listener_untyped};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem::ManuallyDrop;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, Storage};

thread_local! {
    // It lives as long as the page; with nothing to drop, reaching it takes no code.
    static KEEPER: ManuallyDrop<RefCell<Keeper>> = const { ManuallyDrop::new(RefCell::new(Keeper::new())) };
}

struct Keeper {
    store: Option<Store>,
    /// The work of this tab; empty until it saves or goes on with one.
    own: String,
    /// Lets go of its lock.
    release: Option<Function>,
    jobs: VecDeque<KeptEffect>,
    is_working: bool,
    is_save_due: bool,
    /// Files at hand and the names under which their bytes are kept.
    stored: Vec<(u32, String)>,
    /// Files at hand whose bytes are only there: read from the storage.
    borrowed: Vec<(u32, String)>,
    /// What was there at the last look.
    kept: Vec<Kept>,
    /// Works of other tabs: looked at again when those tabs end.
    watched: Vec<String>,
}

impl Keeper {
    const fn new() -> Self {
        Self {
            store: None,
            own: String::new(),
            release: None,
            jobs: VecDeque::new(),
            is_working: false,
            is_save_due: false,
            stored: Vec::new(),
            borrowed: Vec::new(),
            kept: Vec::new(),
            watched: Vec::new(),
        }
    }
}

/// Set to "off" where nothing is to be kept.
const KEEP_KEY: &str = "playhead.keep";
/// The work of this tab, for when it is loaded anew.
const WORK_KEY: &str = "playhead.work";
/// Changes that follow one another within this are one save.
const PAUSE: Duration = Duration::from_millis(300);
/// How long a page that is loaded anew waits for its own lock. A copy of a tab waits in vain.
const HAND_OVER_MS: u32 = 500;
/// Bytes taken into memory at a time.
const PIECE_BYTES: u64 = 512 << 10;

/// Looks at what is kept.
pub fn start(app: App) {
    let leak = window_event_listener_untyped("storage", move |event| {
        if js::text(&event, "key") == KEEP_KEY {
            app.send(Command::Kept(KeptCommand::SwitchedElsewhere(is_on())));
        }
    });
    std::mem::forget(leak);
    // A tab that is put away may never come back: what is due is saved at once.
    let leak = window_event_listener_untyped("visibilitychange", move |_| save_now(app));
    std::mem::forget(leak);
    perform(app, KeptEffect::Look);
}

pub fn perform(app: App, effect: KeptEffect) {
    match effect {
        KeptEffect::SaveSoon => {
            let was_due = with(|keeper| std::mem::replace(&mut keeper.is_save_due, true));
            if !was_due {
                set_timeout(move || save_now(app), PAUSE);
            }
        }
        KeptEffect::ExportWorkspace => carry::export(app),
        effect => enqueue(app, effect),
    }
}

fn save_now(app: App) {
    if with(|keeper| std::mem::take(&mut keeper.is_save_due)) {
        enqueue(app, KeptEffect::SaveSoon);
    }
}

fn enqueue(app: App, job: KeptEffect) {
    with(|keeper| keeper.jobs.push_back(job));
    if !with(|keeper| std::mem::replace(&mut keeper.is_working, true)) {
        spawn_local(work(app));
    }
}

async fn work(app: App) {
    while let Some(job) = with(|keeper| keeper.jobs.pop_front()) {
        do_job(app, job).await;
    }
    with(|keeper| keeper.is_working = false);
}

async fn do_job(app: App, job: KeptEffect) {
    let send = |command| app.send(Command::Kept(command));
    let store = match opened().await {
        Ok(store) => store,
        Err(error) => {
            let (_, words) = js::reason(&error);
            let obstacle =
                format!("this browser gives the page no storage, as in some private windows ({words}).");
            send(KeptCommand::Looked(Box::new(Found {
                obstacle: Some(obstacle),
                is_on: is_on(),
                ..Found::default()
            })));
            return;
        }
    };
    let mut end = None;
    match job {
        KeptEffect::SaveSoon => {
            end = Some(save(app, &store).await);
        }
        KeptEffect::Take { work, adopts, opens } => {
            let files = take(&work, adopts).await;
            send(KeptCommand::Taken { work, opens, files });
            return;
        }
        KeptEffect::Forget(work) => forget(&store, &work).await,
        KeptEffect::ForgetAll => forget(&store, "").await,
        KeptEffect::SetKeeping(is_on) => {
            if let Some(storage) = storage("localStorage") {
                let _ = if is_on { storage.remove_item(KEEP_KEY) } else { storage.set_item(KEEP_KEY, "off") };
            }
            if !is_on {
                forget(&store, "").await;
            }
        }
        KeptEffect::AskToPersist => {
            let is_granted = js::ask(&storage_manager(), "persist", &[]).await == Ok(JsValue::TRUE);
            if !is_granted {
                let text = "The browser did not promise it. It decides by how much you use the site; a bookmark or an installed page helps.";
                send(KeptCommand::Remarked { text: text.into(), is_carrying: false });
            }
        }
        KeptEffect::Look | KeptEffect::ExportWorkspace => {}
    }
    let found = look(app, &store).await;
    send(KeptCommand::Looked(Box::new(found)));
    // More changes since then, also while was looked, are another save.
    let is_newest = with(|keeper| !keeper.is_save_due && !keeper.jobs.contains(&KeptEffect::SaveSoon));
    if let Some(end) = end.filter(|end| is_newest || end.is_err()) {
        send(KeptCommand::SaveEnded(end));
    }
}

fn with<T>(act: impl FnOnce(&mut Keeper) -> T) -> T {
    KEEPER.with(|keeper| act(&mut keeper.borrow_mut()))
}

async fn opened() -> Result<Store, JsValue> {
    if let Some(store) = with(|keeper| keeper.store.clone()) {
        return Ok(store);
    }
    let store = Store::open().await?;
    with(|keeper| keeper.store = Some(store.clone()));
    Ok(store)
}

fn storage(name: &str) -> Option<Storage> {
    js::get(&window(), name).dyn_into().ok()
}

fn storage_manager() -> JsValue {
    js::get(&js::global("navigator"), "storage")
}

fn is_on() -> bool {
    let kept = storage("localStorage").and_then(|storage| storage.get_item(KEEP_KEY).ok().flatten());
    kept.as_deref() != Some("off")
}

async fn estimate() -> Option<(u64, u64)> {
    let estimate = js::ask(&storage_manager(), "estimate", &[]).await.ok()?;
    js::number(&estimate, "usage").zip(js::number(&estimate, "quota"))
}

async fn look(app: App, store: &Store) -> Found {
    let (mut obstacle, kept) = match store.list().await {
        Ok(kept) => (None, kept),
        Err(error) => {
            (Some(format!("what is kept could not be read ({}).", js::reason(&error).1)), Vec::new())
        }
    };
    let entries = entries_of(&kept);
    let mut works = manifest::works(&entries);
    let own = with(|keeper| {
        keeper.kept = kept;
        keeper.own.clone()
    });
    let session = session_work();
    let held = locks::held().await.unwrap_or_default();
    for work in &mut works {
        work.is_open_elsewhere = work.id != own && held.contains(&work.id);
        if work.is_open_elsewhere && own.is_empty() {
            look_when_free(app, &work.id);
        }
    }
    if with(|keeper| !keeper.own.is_empty()) {
        // A look that fails later does not stop what works.
        obstacle = None;
    }
    Found {
        works,
        own,
        session,
        now_ms: js_sys::Date::now(),
        is_on: is_on(),
        obstacle,
        is_database: matches!(store, Store::Database(_)),
        estimate: estimate().await,
        is_persistent: js::ask(&storage_manager(), "persisted", &[]).await == Ok(JsValue::TRUE),
    }
}

/// A tab that has just ended holds its lock a moment longer, and one that is open may end: its work is offered then.
fn look_when_free(app: App, work: &str) {
    let is_new = with(|keeper| {
        let is_new = !keeper.watched.iter().any(|watched| watched == work);
        if is_new {
            keeper.watched.push(work.into());
        }
        is_new
    });
    if is_new {
        let work = work.to_owned();
        locks::when_free(&work.clone(), move || {
            with(|keeper| keeper.watched.retain(|watched| *watched != work));
            perform(app, KeptEffect::Look);
        });
    }
}

fn session_work() -> String {
    let kept = storage("sessionStorage").and_then(|storage| storage.get_item(WORK_KEY).ok().flatten());
    kept.unwrap_or_default()
}

fn entries_of(kept: &[Kept]) -> Vec<Entry> {
    kept.iter().map(|kept| kept.entry.clone()).collect()
}

/// Makes a work this tab's own, unless another tab has it.
async fn adopt(work: &str) -> bool {
    if with(|keeper| keeper.own == work) {
        return true;
    }
    // This tab's own work may still be held by the page that it was before it was loaded anew.
    let patience_ms = if session_work() == work { HAND_OVER_MS } else { 0 };
    let Some(release) = locks::hold(work, patience_ms).await else { return false };
    let before = with(|keeper| {
        keeper.own = work.into();
        keeper.release.replace(release)
    });
    if let Some(before) = before {
        let _ = before.call0(&JsValue::NULL);
    }
    if let Some(storage) = storage("sessionStorage") {
        let _ = storage.set_item(WORK_KEY, work);
    }
    true
}

/// Ten letters and digits by chance.
fn new_id() -> String {
    const LETTERS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    (0..10).map(|_| char::from(LETTERS[(js_sys::Math::random() * 36.0) as usize % 36])).collect()
}

/// Puts the files of a work at hand.
async fn take(work: &str, adopts: bool) -> Vec<crate::ui::command::FileAtHand> {
    let is_own = adopts && adopt(work).await;
    let (mut keys, mut given) = (Vec::new(), Vec::new());
    with(|keeper| {
        let entries = entries_of(&keeper.kept);
        let files = manifest::work(&entries, work).map(|work| work.files).unwrap_or_default();
        for file in files.into_iter().filter(|file| file.is_there) {
            let Some(kept) = keeper.kept.iter().find(|kept| kept.entry.name == file.key) else { continue };
            let Some(file_given) = files::of_blob(&kept.blob, &file.name) else { continue };
            keys.push(file.key);
            given.push(file_given);
        }
    });
    let at_hand = files::keep(given).await;
    with(|keeper| {
        for (file, key) in at_hand.iter().zip(keys) {
            keeper.borrowed.push((file.file_id, key.clone()));
            if is_own {
                keeper.stored.push((file.file_id, key));
            }
        }
    });
    at_hand
}

/// Writes files that are not kept yet, then the manifest, then clears away.
async fn save(app: App, store: &Store) -> Result<(), String> {
    let document = app.peek(|state| state.document.clone());
    match try_save(store, &document).await {
        Ok(()) => Ok(()),
        Err(error) => {
            let (name, message) = js::reason(&error);
            Err(words::failure(&name, &message, words::n_file_bytes(&document), estimate().await))
        }
    }
}

async fn try_save(store: &Store, document: &Document) -> Result<(), JsValue> {
    if with(|keeper| keeper.own.is_empty()) {
        adopt(&new_id()).await;
    }
    let own = with(|keeper| keeper.own.clone());
    let entries = entries_of(&store.list().await?);
    let before = manifest::manifests_of(&entries, &own);
    let generation = before.first().map_or(1, |manifest| manifest.generation + 1);
    let mut files = Vec::new();
    for source in &document.sources {
        let SourceKind::File { file_id: Some(id), name, n_bytes, fingerprint, .. } = &source.kind else {
            continue;
        };
        let is_whole = |key: &String| {
            let is_own = names::parse(key).is_some_and(|name| name.work() == own);
            is_own && entries.iter().any(|entry| entry.name == *key && entry.n_bytes == *n_bytes)
        };
        let stored =
            with(|keeper| keeper.stored.iter().find(|(file, _)| file == id).map(|(_, key)| key.clone()));
        let key = match stored.filter(is_whole) {
            Some(key) => key,
            None => {
                let Some(file) = files::get(*id) else { continue };
                let key = names::data(&own, &new_id());
                store.write(&key, &file).await?;
                with(|keeper| {
                    keeper.stored.retain(|(file, _)| file != id);
                    keeper.stored.push((*id, key.clone()));
                });
                key
            }
        };
        let (name, fingerprint) = (name.clone(), fingerprint.clone());
        files.push(ManifestFile { key, name, n_bytes: *n_bytes, fingerprint });
    }
    keep_what_waits(document, &before, &mut files);
    let manifest =
        Manifest { generation, saved_at_ms: js_sys::Date::now(), document: Some(document.clone()), files };
    let text = js_sys::Array::of1(&manifest.to_text().into());
    let blob = Blob::new_with_str_sequence(&text)?;
    store.write(&names::manifest(&own, generation), &blob).await?;
    clear_away(store, &own).await
}

/// A file that the document waits for stays kept if it was: the tab may have been loaded anew in between.
fn keep_what_waits(document: &Document, before: &[Manifest], files: &mut Vec<ManifestFile>) {
    for wanted in wanted_files(document) {
        let mut kept = before.iter().flat_map(|manifest| &manifest.files);
        files.extend(kept.find(|file| compare(wanted, file.known()) == Likeness::Same).cloned());
    }
}

async fn clear_away(store: &Store, own: &str) -> Result<(), JsValue> {
    let entries = entries_of(&store.list().await?);
    let in_use: Vec<String> = with(|keeper| {
        let stored = keeper.stored.iter().chain(&keeper.borrowed);
        stored.map(|(_, key)| key.clone()).collect()
    });
    // Where the browser cannot tell which tabs live, all may.
    let held = locks::held().await;
    let is_alive = |id: &str| held.as_ref().is_none_or(|held| held.iter().any(|other| other == id));
    for name in manifest::leftovers(&entries, own, &in_use, is_alive) {
        let _ = store.remove(&name).await;
    }
    Ok(())
}

/// Removes what is kept of a work, or all where it is empty. Files that the tab still reads are taken into memory of the
/// browser first.
async fn forget(store: &Store, work: &str) {
    let is_forgotten =
        |name: &str| names::parse(name).is_some_and(|name| work.is_empty() || name.work() == work);
    let borrowed = with(|keeper| {
        keeper.stored.retain(|(_, key)| !is_forgotten(key));
        let (gone, stays) =
            std::mem::take(&mut keeper.borrowed).into_iter().partition(|(_, key)| is_forgotten(key));
        keeper.borrowed = stays;
        let gone: Vec<(u32, String)> = gone;
        gone
    });
    for (file_id, _) in borrowed {
        if let Some(file) = files::get(file_id)
            && let Ok(copy) = copied(&file).await
            && let Some(copy) = files::of_blob(&copy, &file.name())
        {
            files::replace(file_id, copy);
        }
    }
    let Ok(kept) = store.list().await else { return };
    // Manifests first: a work without a manifest is not there, one without its files is damaged.
    for end in [".json", ".data"] {
        for Kept { entry, .. } in &kept {
            if entry.name.ends_with(end) && is_forgotten(&entry.name) {
                let _ = store.remove(&entry.name).await;
            }
        }
    }
}

/// The same bytes, no longer tied to a file on the disk.
async fn copied(file: &Blob) -> Result<Blob, JsValue> {
    let n_bytes = file.size() as u64;
    let parts = js_sys::Array::new();
    let mut at = 0;
    while at < n_bytes {
        let end = (at + PIECE_BYTES).min(n_bytes);
        let piece = file.slice_with_f64_and_f64(at as f64, end as f64)?;
        let bytes = js::ask(&piece, "arrayBuffer", &[]).await?;
        parts.push(&Blob::new_with_u8_array_sequence(&js_sys::Array::of1(&bytes))?.into());
        at = end;
    }
    Blob::new_with_blob_sequence(&parts)
}
