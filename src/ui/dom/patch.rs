//! Brings what is in the page up to date with a newer view of it.
//!
//! Elements that stay keep their place, focus, scroll position and what was typed into them; only
//! what differs is touched.

use super::build::{Built, BuiltAttribute, BuiltElement, build, build_attribute, listen, live, set};
use super::{Attribute, Html, Parts, Value};
use leptos::tachys::view::Mountable;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// `end` is the node behind the part, in `parent`; `None` where nothing is behind it.
pub(super) fn patch(built: Built, html: Html, parent: &Node, end: Option<&Node>) -> Built {
    match (built, html) {
        (Built::Nothing, Html::Nothing) => Built::Nothing,
        (Built::Text(node, old), Html::Text(new)) => {
            if old != new {
                node.set_text_content(Some(&new));
            }
            Built::Text(node, new)
        }
        (Built::Element(mut old), Html::Element(new)) if old.tag == new.0.tag => {
            patch_element(&mut old, *new.0);
            Built::Element(old)
        }
        (Built::List(old, mark), Html::List(new)) => {
            Built::List(patch_list(old, new, parent, Some(&mark)), mark)
        }
        (Built::Live(effect, mark), Html::Live(make)) => {
            // The old effect ends here; the new one goes on from what it showed.
            let shown = effect.take_value();
            drop(effect);
            live(make, mark, shown)
        }
        (Built::Leptos { key, state, end }, Html::Leptos(new)) if key == new.key => {
            Built::Leptos { key, state, end }
        }
        (old, new) => {
            let before = first(&old).or_else(|| end.cloned());
            let built = build(new, parent, before.as_ref());
            remove(old);
            built
        }
    }
}

/// By place: items of one list mean the same in both views unless they are keyed.
fn patch_list(old: Vec<Built>, new: Vec<Html>, parent: &Node, end: Option<&Node>) -> Vec<Built> {
    let mut olds = old.into_iter();
    let mut list = Vec::with_capacity(new.len());
    for html in new {
        let built = match olds.next() {
            Some(built) => {
                // What follows an item is the next one that has a node, else the end.
                let behind = olds.as_slice().iter().find_map(first).or_else(|| end.cloned());
                patch(built, html, parent, behind.as_ref())
            }
            None => build(html, parent, end),
        };
        list.push(built);
    }
    olds.for_each(remove);
    list
}

fn patch_element(old: &mut BuiltElement, new: Parts) {
    let parent: Node = old.element.clone().into();
    let children = std::mem::take(&mut old.children);
    old.children = patch_list(children, new.children, &parent, None);
    patch_attributes(old, new.attributes);
    let mut listeners = std::mem::take(&mut old.listeners).into_iter();
    for (event, listener) in new.listeners {
        match listeners.next() {
            Some(same) if same.event == event => {
                // The listener that runs at this moment cannot be exchanged: it gets a new place.
                let is_free = same.current.try_borrow_mut().is_ok();
                if is_free {
                    *same.current.borrow_mut() = listener;
                    old.listeners.push(same);
                } else {
                    same.remove_from(&old.element);
                    std::mem::forget(same);
                    old.listeners.push(listen(&old.element, event, listener));
                }
            }
            Some(other) => {
                other.remove_from(&old.element);
                old.listeners.push(listen(&old.element, event, listener));
            }
            None => old.listeners.push(listen(&old.element, event, listener)),
        }
    }
    for listener in listeners {
        listener.remove_from(&old.element);
    }
    if let Some(place) = new.place {
        place.fill(&old.element);
    }
}

fn patch_attributes(old: &mut BuiltElement, new: Vec<(&'static str, Attribute)>) {
    let mut olds = std::mem::take(&mut old.attributes);
    for (name, attribute) in new {
        let place = olds.iter().position(|(other, _)| *other == name);
        let was = place.and_then(|place| match olds.swap_remove(place).1 {
            BuiltAttribute::Fixed(value) => Some(value),
            BuiltAttribute::Live(effect) => effect.take_value(),
        });
        // The user may have changed a property since: it is written again, but not while it is being typed.
        let is_property = matches!(was, Some(Value::TextProperty(_) | Value::BoolProperty(_)));
        let was = was.filter(|_| !is_property || is_active(&old.element));
        old.attributes.push((name, build_attribute(&old.element, name, attribute, was)));
    }
    for (name, attribute) in olds {
        let was = match attribute {
            BuiltAttribute::Fixed(value) => Some(value),
            BuiltAttribute::Live(effect) => effect.take_value(),
        };
        let nothing = match was {
            Some(Value::Class(_)) => Value::Class(false),
            Some(Value::Style(_)) => Value::Style(String::new()),
            Some(Value::Text(_)) => Value::Absent,
            _ => continue,
        };
        set(&old.element, name, &nothing);
    }
}

fn is_active(element: &Element) -> bool {
    leptos::prelude::document().active_element().is_some_and(|active| active == *element)
}

/// The first node of a part; `None` where it has none.
pub(super) fn first(built: &Built) -> Option<Node> {
    match built {
        Built::Nothing => None,
        Built::Text(node, _) => Some(node.clone()),
        Built::Element(element) => Some(element.element.clone().into()),
        Built::List(items, end) => Some(items.iter().find_map(first).unwrap_or_else(|| end.clone())),
        Built::Live(effect, end) => {
            let found = effect.with_value_mut(|shown| first(shown)).flatten();
            Some(found.unwrap_or_else(|| end.clone()))
        }
        Built::Each(each) => Some(each.first()),
        Built::Leptos { state, end, .. } => {
            let node = state.elements().first().map(|element: &Element| element.clone().unchecked_into());
            Some(node.unwrap_or_else(|| end.clone()))
        }
    }
}

/// Takes a part out of the page and ends what followed signals for it.
pub(super) fn remove(built: Built) {
    match built {
        Built::Nothing => {}
        Built::Text(node, _) => detach(&node),
        Built::Element(element) => {
            detach(&element.element);
            retire(*element);
        }
        Built::List(items, end) => {
            items.into_iter().for_each(remove);
            detach(&end);
        }
        Built::Live(effect, end) => {
            if let Some(shown) = effect.take_value() {
                remove(shown);
            }
            detach(&end);
        }
        Built::Each(each) => each.remove(),
        Built::Leptos { mut state, end, .. } => {
            state.unmount();
            detach(&end);
        }
    }
}

/// A listener may remove its own element: its closure is freed when it has returned.
fn retire(element: BuiltElement) {
    let shelf = Rc::new(RefCell::new(Some(element)));
    leptos::prelude::queue_microtask(move || drop(shelf.borrow_mut().take()));
}

pub(super) fn detach(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
