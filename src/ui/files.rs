//! The files that the user gave, by number from 1. They stay here on the main thread: the state only knows
//! their numbers, and the engine gets a handle with each request that reads one.

use super::command::FileAtHand;
use super::contents;
use super::kept::js;
use std::cell::RefCell;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static FILES: RefCell<Vec<web_sys::File>> = const { RefCell::new(Vec::new()) };
}

/// Keeps files for the rest of the visit, so that a restarted engine can read them again, and looks at pieces of
/// their contents. Of large files, too, no more than 256 KB are read for that.
pub async fn keep(files: Vec<web_sys::File>) -> Vec<FileAtHand> {
    // All are asked for before the first is waited for.
    let asked: Vec<_> =
        files.iter().map(|file| bytes_of(file, &contents::pieces(file.size() as u64))).collect();
    let mut kept = Vec::new();
    for (file, asked) in files.into_iter().zip(asked) {
        let n_bytes = file.size() as u64;
        let fingerprint = match asked {
            Some(bytes) => bytes
                .await
                .ok()
                .map(|bytes| contents::fingerprint(n_bytes, &js_sys::Uint8Array::new(&bytes).to_vec())),
            None => None,
        };
        let name = file.name();
        let file_id = FILES.with_borrow_mut(|files| {
            files.push(file);
            files.len() as u32
        });
        kept.push(FileAtHand { file_id, name, n_bytes, fingerprint });
    }
    kept
}

/// The bytes of pieces of a file, in one answer.
fn bytes_of(file: &web_sys::File, pieces: &[(u64, u64)]) -> Option<JsFuture> {
    let parts = js_sys::Array::new();
    for (start, end) in pieces {
        parts.push(&file.slice_with_f64_and_f64(*start as f64, *end as f64).ok()?.into());
    }
    let blob = web_sys::Blob::new_with_blob_sequence(&parts).ok()?;
    Some(js::ask(&blob, "arrayBuffer", &[]))
}

pub fn get(file_id: u32) -> Option<web_sys::File> {
    let place = file_id.checked_sub(1)? as usize;
    FILES.with_borrow(|files| files.get(place).cloned())
}

/// Puts the same bytes in the place of a file, from elsewhere.
pub fn replace(file_id: u32, file: web_sys::File) {
    FILES.with_borrow_mut(|files| {
        if let Some(place) = file_id.checked_sub(1).and_then(|idx| files.get_mut(idx as usize)) {
            *place = file;
        }
    });
}

/// Gives bytes a name. They are not copied.
pub fn of_blob(blob: &web_sys::Blob, name: &str) -> Option<web_sys::File> {
    web_sys::File::new_with_blob_sequence(&js_sys::Array::of1(blob), name).ok()
}

/// Makes a file of a text that was pasted.
pub fn from_text(text: &str, name: &str) -> Option<web_sys::File> {
    let parts = js_sys::Array::of1(&text.into());
    web_sys::File::new_with_str_sequence(&parts, name).ok()
}

/// The files of a list that an input or a drop gives.
pub fn of_list(list: Option<web_sys::FileList>) -> Vec<web_sys::File> {
    let Some(list) = list else { return Vec::new() };
    (0..list.length()).filter_map(|i| list.get(i)).collect()
}
