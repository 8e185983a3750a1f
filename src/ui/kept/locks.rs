//! Which works are open in living tabs (Web Locks). The browser lets go of a lock when its tab ends, however it does.

use super::js::{self, Answer};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const PREFIX: &str = "playhead.work.";

fn locks() -> JsValue {
    js::get(&js::global("navigator"), "locks")
}

/// Holds the lock of a work until the function is called or the tab ends. `None`: another tab has it. Without Web
/// Locks the lock is taken for granted.
pub async fn hold(work: &str) -> Option<Function> {
    let (let_go_of, release) = js::promise();
    let (answer, tell) = js::promise();
    let got = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_ours = !lock.is_null();
        let _ = tell.call1(&JsValue::NULL, &is_ours.into());
        if is_ours { let_go_of.into() } else { JsValue::UNDEFINED }
    });
    let name = format!("{PREFIX}{work}").into();
    let options = js::options(&[("ifAvailable", true.into())]);
    if js::call(&locks(), "request", &[&name, &options, &got]).is_err() {
        return Some(release);
    }
    let is_ours = JsFuture::from(answer).await == Ok(JsValue::TRUE);
    is_ours.then_some(release)
}

/// The works that living tabs hold, this one's included; `None` where the browser cannot tell.
pub async fn held() -> Option<Vec<String>> {
    let state: Answer = js::ask(&locks(), "query", &[]).await;
    let held = js::get(&state.ok()?, "held").dyn_into::<Array>().ok()?;
    let names = held.iter().map(|lock| js::text(&lock, "name"));
    Some(names.filter_map(|name| name.strip_prefix(PREFIX).map(str::to_owned)).collect())
}
