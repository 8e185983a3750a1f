//! Puts views into the page.

use super::keyed::{BuiltEach, build_each};
use super::patch::patch;
use super::{Attribute, Foreign, Html, Listener, Parts, Value};
use leptos::prelude::{Render, RenderEffect, document};
use leptos::tachys::view::Mountable;
use leptos::tachys::view::any_view::AnyViewState;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{Element, Event, Node};

/// A view that is in the page, with what is needed to change and to remove it.
pub(super) enum Built {
    Nothing,
    Text(Node, String),
    Element(Box<BuiltElement>),
    /// The items, and the comment that marks their end.
    List(Vec<Built>, Node),
    /// What it shows now is the effect's value; the comment marks its end.
    Live(RenderEffect<Built>, Node),
    Each(Box<BuiltEach>),
    Leptos {
        key: String,
        state: Box<AnyViewState>,
        end: Node,
    },
}

pub(super) struct BuiltElement {
    pub tag: &'static str,
    pub element: Element,
    pub attributes: Vec<(&'static str, BuiltAttribute)>,
    pub listeners: Vec<BuiltListener>,
    pub children: Vec<Built>,
}

pub(super) enum BuiltAttribute {
    Fixed(Value),
    Live(RenderEffect<Value>),
}

/// A listener whose function can be exchanged without touching the page.
pub(super) struct BuiltListener {
    pub event: &'static str,
    pub current: Rc<RefCell<Listener>>,
    closure: Closure<dyn FnMut(Event)>,
}

/// Draws a view at the end of an element, for as long as the page lives.
pub fn mount(parent: &Element, html: Html) {
    std::mem::forget(build(html, parent, None));
}

/// Puts a view into `parent`, in front of `before` or at the end.
pub(super) fn build(html: Html, parent: &Node, before: Option<&Node>) -> Built {
    match html {
        Html::Nothing => Built::Nothing,
        Html::Text(text) => {
            let node: Node = document().create_text_node(&text).into();
            insert(parent, &node, before);
            Built::Text(node, text)
        }
        Html::Element(element) => Built::Element(Box::new(build_element(*element.0, parent, before))),
        Html::List(items) => {
            let end = mark(parent, before);
            let items = items.into_iter().map(|item| build(item, parent, Some(&end))).collect();
            Built::List(items, end)
        }
        Html::Live(make) => {
            let end = mark(parent, before);
            live(make, end, None)
        }
        Html::Each(each) => {
            let end = mark(parent, before);
            Built::Each(Box::new(build_each(*each, end)))
        }
        Html::Leptos(foreign) => {
            let Foreign { key, make } = *foreign;
            let end = mark(parent, before);
            let mut state = Box::new(make().build());
            if let Some(parent) = parent.dyn_ref::<Element>() {
                state.mount(parent, Some(&end));
            }
            Built::Leptos { key, state, end }
        }
    }
}

/// Follows signals: each run patches what the one before it showed.
pub(super) fn live(make: Box<dyn Fn() -> Html>, end: Node, shown: Option<Built>) -> Built {
    let mark = end.clone();
    let run = move |shown: Option<Built>| {
        let html = make();
        // The mark knows where the part is now: lists move their items.
        let Some(parent) = mark.parent_node() else { return shown.unwrap_or(Built::Nothing) };
        match shown {
            Some(shown) => patch(shown, html, &parent, Some(&mark)),
            None => build(html, &parent, Some(&mark)),
        }
    };
    Built::Live(RenderEffect::new_with_value(run, shown), end)
}

/// An empty comment that marks a place.
fn mark(parent: &Node, before: Option<&Node>) -> Node {
    let mark: Node = document().create_comment("").into();
    insert(parent, &mark, before);
    mark
}

pub(super) fn insert(parent: &Node, node: &Node, before: Option<&Node>) {
    let _ = parent.insert_before(node, before);
}

const SVG: &str = "http://www.w3.org/2000/svg";

fn create(tag: &str) -> Option<Element> {
    match tag {
        "svg" | "use" | "path" | "g" | "rect" | "text" => document().create_element_ns(Some(SVG), tag).ok(),
        _ => document().create_element(tag).ok(),
    }
}

fn build_element(html: Parts, parent: &Node, before: Option<&Node>) -> BuiltElement {
    // Tags are written in this crate; one that the browser refuses is a mistake that shows at once.
    let element = create(html.tag).unwrap_or_else(|| JsValue::UNDEFINED.unchecked_into());
    let children = html.children.into_iter().map(|child| build(child, &element, None)).collect();
    // After the children: a select has a value only once it has options.
    let attributes = html
        .attributes
        .into_iter()
        .map(|(name, attribute)| (name, build_attribute(&element, name, attribute, None)))
        .collect();
    let listeners =
        html.listeners.into_iter().map(|(event, listener)| listen(&element, event, listener)).collect();
    insert(parent, &element, before);
    if let Some(place) = html.place {
        place.fill(&element);
    }
    BuiltElement { tag: html.tag, element, attributes, listeners, children }
}

/// `was` is what stands there already.
pub(super) fn build_attribute(
    element: &Element,
    name: &'static str,
    attribute: Attribute,
    was: Option<Value>,
) -> BuiltAttribute {
    match attribute {
        Attribute::Fixed(value) => {
            if was.as_ref() != Some(&value) {
                set(element, name, &value);
            }
            BuiltAttribute::Fixed(value)
        }
        Attribute::Live(make) => {
            let element = element.clone();
            let run = move |was: Option<Value>| {
                let value = make();
                if was.as_ref() != Some(&value) {
                    set(&element, name, &value);
                }
                value
            };
            BuiltAttribute::Live(RenderEffect::new_with_value(run, was))
        }
    }
}

pub(super) fn set(element: &Element, name: &str, value: &Value) {
    match value {
        Value::Absent => {
            let _ = element.remove_attribute(name);
        }
        Value::Text(text) => {
            let _ = element.set_attribute(name, text);
        }
        Value::TextProperty(text) => set_property(element, name, &text.into()),
        Value::BoolProperty(is_on) => set_property(element, name, &(*is_on).into()),
        Value::Class(is_on) => {
            let _ = element.class_list().toggle_with_force(name, *is_on);
        }
        // Through the object model, which the content security policy allows.
        Value::Style(text) => {
            if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
                let _ = web_sys::HtmlElement::style(element).set_property(name, text);
            }
        }
    }
}

fn set_property(element: &Element, name: &str, value: &JsValue) {
    let _ = js_sys::Reflect::set(element, &name.into(), value);
}

pub(super) fn listen(element: &Element, event: &'static str, listener: Listener) -> BuiltListener {
    let current = Rc::new(RefCell::new(listener));
    let called = current.clone();
    let closure = Closure::<dyn FnMut(Event)>::new(move |event| {
        // A listener that is exchanged while it runs is still the old one to its end.
        if let Ok(mut listener) = called.try_borrow_mut() {
            listener(event);
        }
    });
    let _ = element.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
    BuiltListener { event, current, closure }
}

impl BuiltListener {
    pub fn remove_from(&self, element: &Element) {
        let _ =
            element.remove_event_listener_with_callback(self.event, self.closure.as_ref().unchecked_ref());
    }
}
