//! Files that the system opens with the installed page. Browsers without `launchQueue` have none.

use super::kept::js;
use super::runtime::{App, add_files};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

pub fn listen(app: App) {
    let queue = js::global("launchQueue");
    if queue.is_undefined() {
        return;
    }
    let consumer = Closure::<dyn FnMut(JsValue)>::new(move |launch: JsValue| {
        let handles = js_sys::Array::from(&js::get(&launch, "files"));
        spawn_local(async move {
            let mut opened = Vec::new();
            for handle in handles.iter() {
                if let Ok(file) = js::ask(&handle, "getFile", &[]).await
                    && let Ok(file) = file.dyn_into::<web_sys::File>()
                {
                    opened.push(file);
                }
            }
            if !opened.is_empty() {
                add_files(app, opened);
            }
        });
    });
    let _ = js::call(&queue, "setConsumer", &[consumer.as_ref()]);
    consumer.forget();
}
