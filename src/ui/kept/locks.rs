//! Which works are open in living tabs (Web Locks). The browser lets go of a lock when its tab ends, however it does.

use super::js::{self, Answer};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const PREFIX: &str = "playhead.work.";

fn locks() -> JsValue {
    js::get(&js::global("navigator"), "locks")
}

/// Holds the lock of a work until the function is called or the tab ends. `None`: another tab has it, and did not end
/// within the milliseconds. Without Web Locks the lock is taken for granted.
pub async fn hold(work: &str, patience_ms: u32) -> Option<Function> {
    let (let_go_of, release) = js::promise();
    let (answer, tell) = js::promise();
    let refuse = tell.clone();
    let got = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_ours = !lock.is_null();
        let _ = tell.call1(&JsValue::NULL, &is_ours.into());
        if is_ours { let_go_of.into() } else { JsValue::UNDEFINED }
    });
    let options = match js::call(&js::global("AbortSignal"), "timeout", &[&patience_ms.into()]) {
        Ok(signal) if patience_ms > 0 => js::options(&[("signal", signal)]),
        _ => js::options(&[("ifAvailable", true.into())]),
    };
    let Ok(request) = js::call(&locks(), "request", &[&name(work), &options, &got]) else {
        return Some(release);
    };
    let given_up = Closure::once_into_js(move |_: JsValue| {
        let _ = refuse.call1(&JsValue::NULL, &JsValue::FALSE);
    });
    let _ = js::call(&request, "catch", &[&given_up]);
    let is_ours = JsFuture::from(answer).await == Ok(JsValue::TRUE);
    is_ours.then_some(release)
}

/// Calls back once no tab has the work any more.
pub fn when_free(work: &str, act: impl FnOnce() + 'static) {
    let options = js::options(&[("mode", "shared".into())]);
    let _ = js::call(&locks(), "request", &[&name(work), &options, &Closure::once_into_js(act)]);
}

fn name(work: &str) -> JsValue {
    format!("{PREFIX}{work}").into()
}

/// The works that living tabs hold, this one's included; `None` where the browser cannot tell.
pub async fn held() -> Option<Vec<String>> {
    let state: Answer = js::ask(&locks(), "query", &[]).await;
    let held = js::get(&state.ok()?, "held").dyn_into::<Array>().ok()?;
    let names = held.iter().map(|lock| js::text(&lock, "name"));
    Some(names.filter_map(|name| name.strip_prefix(PREFIX).map(str::to_owned)).collect())
}
