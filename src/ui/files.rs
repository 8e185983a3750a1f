//! The files that the user gave, by number from 1. They stay here on the main thread: the state only knows
//! their numbers, and the engine gets a handle with each request that reads one.

use super::command::FileAtHand;
use std::cell::RefCell;

thread_local! {
    static FILES: RefCell<Vec<web_sys::File>> = const { RefCell::new(Vec::new()) };
}

/// Keeps a file for the rest of the visit, so that a restarted engine can read it again.
pub fn keep(file: web_sys::File) -> FileAtHand {
    FILES.with_borrow_mut(|files| {
        let file_id = files.len() as u32 + 1;
        let kept = FileAtHand { file_id, name: file.name(), n_bytes: file.size() as u64 };
        files.push(file);
        kept
    })
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
