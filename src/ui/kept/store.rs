//! Where bytes are kept: a flat list of names, in the origin private file system or in IndexedDB.

use super::js::{self, Answer};
use super::manifest::Entry;
use super::names::{self, Name};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

/// All pages of a GitHub user share one storage: the name says whose this is.
const PLACE: &str = "playhead";
/// The one list of the database.
const LIST: &str = "kept";

#[derive(Debug, Clone)]
pub enum Store {
    /// A directory of the origin private file system.
    Directory(JsValue),
    Database(JsValue),
}

/// One name with its bytes, which stay with the browser.
#[derive(Debug, Clone)]
pub struct Kept {
    pub entry: Entry,
    pub blob: Blob,
}

impl Store {
    /// # Errors
    /// What the browser said, where it has neither.
    pub async fn open() -> Result<Self, JsValue> {
        match directory().await {
            Ok(directory) => Ok(Self::Directory(directory)),
            Err(_) => database().await.map(Self::Database),
        }
    }

    pub async fn list(&self) -> Result<Vec<Kept>, JsValue> {
        let blobs = match self {
            Self::Directory(directory) => blobs_of_directory(directory).await?,
            Self::Database(database) => blobs_of_database(database).await?,
        };
        let mut list = Vec::with_capacity(blobs.len());
        for (name, blob) in blobs {
            let is_manifest = matches!(names::parse(&name), Some(Name::Manifest { .. }));
            let text = match is_manifest {
                true => match js::ask(&blob, "text", &[]).await {
                    Ok(text) => text.as_string(),
                    // Another tab has just written it anew; the one before it is there.
                    Err(_) => continue,
                },
                false => None,
            };
            let n_bytes = blob.size() as u64;
            list.push(Kept { entry: Entry { name, n_bytes, text: text.unwrap_or_default() }, blob });
        }
        Ok(list)
    }

    /// Writes all or nothing under a name. The browser copies the bytes piece by piece, outside of this page's memory.
    pub async fn write(&self, name: &str, blob: &JsValue) -> Answer {
        match self {
            Self::Directory(directory) => {
                let create = js::options(&[("create", true.into())]);
                let handle = js::ask(directory, "getFileHandle", &[&name.into(), &create]).await?;
                // Writes go to another file, which takes the place of the old one when it is closed.
                let stream = js::ask(&handle, "createWritable", &[]).await?;
                if let Err(error) = js::ask(&stream, "write", &[blob]).await {
                    let _ = js::ask(&stream, "abort", &[]).await;
                    return Err(error);
                }
                js::ask(&stream, "close", &[]).await
            }
            Self::Database(database) => {
                change(database, |list| js::call(list, "put", &[blob, &name.into()])).await
            }
        }
    }

    pub async fn remove(&self, name: &str) -> Answer {
        match self {
            Self::Directory(directory) => js::ask(directory, "removeEntry", &[&name.into()]).await,
            Self::Database(database) => {
                change(database, |list| js::call(list, "delete", &[&name.into()])).await
            }
        }
    }
}

/// `Err` also where files can only be written in a worker, as in Safari before 26.
async fn directory() -> Answer {
    let handles = js::get(&js::global("FileSystemFileHandle"), "prototype");
    if !js::get(&handles, "createWritable").is_function() {
        return Err(JsValue::UNDEFINED);
    }
    let storage = js::get(&js::global("navigator"), "storage");
    let root = js::ask(&storage, "getDirectory", &[]).await?;
    let create = js::options(&[("create", true.into())]);
    js::ask(&root, "getDirectoryHandle", &[&PLACE.into(), &create]).await
}

async fn blobs_of_directory(directory: &JsValue) -> Result<Vec<(String, Blob)>, JsValue> {
    let handles = js::call(directory, "values", &[])?;
    let mut blobs = Vec::new();
    loop {
        let step = js::ask(&handles, "next", &[]).await?;
        if js::get(&step, "done").is_truthy() {
            return Ok(blobs);
        }
        let handle = js::get(&step, "value");
        // What vanishes while we look is not there.
        if let Ok(file) = js::ask(&handle, "getFile", &[]).await {
            blobs.push((js::text(&handle, "name"), file.unchecked_into()));
        }
    }
}

async fn database() -> Answer {
    let opening = js::call(&js::global("indexedDB"), "open", &[&PLACE.into(), &1.into()])?;
    let request = opening.clone();
    let make = Closure::once_into_js(move || {
        let _ = js::call(&js::get(&request, "result"), "createObjectStore", &[&LIST.into()]);
    });
    let _ = js_sys::Reflect::set(&opening, &"onupgradeneeded".into(), &make);
    ended(&opening, "onsuccess").await?;
    Ok(js::get(&opening, "result"))
}

async fn blobs_of_database(database: &JsValue) -> Result<Vec<(String, Blob)>, JsValue> {
    let transaction = js::call(database, "transaction", &[&LIST.into()])?;
    let list = js::call(&transaction, "objectStore", &[&LIST.into()])?;
    let names = js::call(&list, "getAllKeys", &[])?;
    let blobs = js::call(&list, "getAll", &[])?;
    ended(&transaction, "oncomplete").await?;
    let list = |request: &JsValue| Array::from(&js::get(request, "result"));
    let (names, blobs) = (list(&names), list(&blobs));
    let pairs = names.iter().zip(blobs.iter());
    Ok(pairs.filter_map(|(name, blob)| Some((name.as_string()?, blob.dyn_into().ok()?))).collect())
}

/// One change, on the disk before this ends.
async fn change(database: &JsValue, change: impl FnOnce(&JsValue) -> Answer) -> Answer {
    let strictly = js::options(&[("durability", "strict".into())]);
    let transaction = js::call(database, "transaction", &[&LIST.into(), &"readwrite".into(), &strictly])?;
    change(&js::call(&transaction, "objectStore", &[&LIST.into()])?)?;
    ended(&transaction, "oncomplete").await
}

/// Waits for a request or a transaction.
async fn ended(of: &JsValue, event: &str) -> Answer {
    let (promise, end) = js::promise();
    for name in [event, "onerror", "onabort", "onblocked"] {
        let _ = js_sys::Reflect::set(of, &name.into(), &end);
    }
    let seen = JsFuture::from(promise).await?;
    if js::text(&seen, "type") == event[2..] {
        return Ok(JsValue::UNDEFINED);
    }
    let error = js::get(of, "error");
    Err(if error.is_truthy() { error } else { js::get(&js::get(&seen, "target"), "error") })
}
