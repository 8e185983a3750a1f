//! Calls by name into interfaces that not every browser has: one that is missing is an error like any other, and the
//! page needs no bindings of its own for each.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

pub type Answer = Result<JsValue, JsValue>;

/// A member; undefined where there is none.
pub fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &name.into()).unwrap_or_default()
}

/// A member of the window.
pub fn global(name: &str) -> JsValue {
    get(&js_sys::global(), name)
}

pub fn text(target: &JsValue, name: &str) -> String {
    get(target, name).as_string().unwrap_or_default()
}

pub fn number(target: &JsValue, name: &str) -> Option<u64> {
    get(target, name).as_f64().map(|value| value as u64)
}

pub fn call(target: &JsValue, name: &str, args: &[&JsValue]) -> Answer {
    let method = get(target, name).dyn_into::<Function>();
    let method = method.map_err(|_| js_sys::Error::new(&format!("there is no {name} here")))?;
    let list = Array::new();
    for arg in args {
        list.push(arg);
    }
    method.apply(target, &list)
}

/// Calls what gives a promise, and waits for it.
pub fn ask(target: &JsValue, name: &str, args: &[&JsValue]) -> JsFuture {
    match call(target, name, args) {
        Ok(promise) => JsFuture::from(Promise::resolve(&promise)),
        Err(error) => JsFuture::from(Promise::reject(&error)),
    }
}

/// An object of options.
pub fn options(members: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

/// A promise, with the function that keeps it.
pub fn promise() -> (Promise, Function) {
    let mut resolve = None;
    let promise = Promise::new(&mut |keep, _| resolve = Some(keep));
    (promise, resolve.unwrap_or_default())
}

/// The name and the words of an error. One of ours is words alone.
pub fn reason(error: &JsValue) -> (String, String) {
    let name = text(error, "name");
    let message = error.as_string().unwrap_or_else(|| text(error, "message"));
    let words = if message.is_empty() { name.clone() } else { message };
    (name, words)
}
