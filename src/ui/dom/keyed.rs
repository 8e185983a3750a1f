//! Lists whose items live on while their key stays.

use super::Html;
use super::build::{Built, build, insert};
use super::patch::{detach, first, remove};
use leptos::prelude::{Owner, RenderEffect};
use web_sys::Node;

/// A list by keys: [`each`].
pub struct Each {
    keys: Box<dyn Fn() -> Vec<String>>,
    make: Box<dyn Fn(&str) -> Html>,
}

impl std::fmt::Debug for Each {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Each")
    }
}

/// An item for each key. Keys are different from each other; a key that stays keeps its item as it is.
pub fn each(keys: impl Fn() -> Vec<String> + 'static, make: impl Fn(&str) -> Html + 'static) -> Html {
    Html::Each(Box::new(Each { keys: Box::new(keys), make: Box::new(make) }))
}

pub(super) struct BuiltEach {
    effect: RenderEffect<Vec<Item>>,
    end: Node,
}

struct Item {
    key: String,
    built: Built,
    /// Signals and effects of the item end with it, not with the next run of the list.
    owner: Owner,
}

pub(super) fn build_each(each: Each, end: Node) -> BuiltEach {
    let parent_owner = Owner::current();
    let mark = end.clone();
    let run = move |shown: Option<Vec<Item>>| {
        let keys = (each.keys)();
        let mut old = shown.unwrap_or_default();
        let Some(parent) = mark.parent_node() else { return old };
        let mut items: Vec<Item> = Vec::with_capacity(keys.len());
        for key in keys {
            let item = match old.iter().position(|item| item.key == key) {
                Some(place) => old.remove(place),
                None => {
                    let owner = parent_owner.as_ref().map_or_else(Owner::new, Owner::child);
                    let built = owner
                        .with(|| leptos::prelude::untrack(|| build((each.make)(&key), &parent, Some(&mark))));
                    Item { key, built, owner }
                }
            };
            items.push(item);
        }
        for item in old {
            remove(item.built);
            item.owner.cleanup();
        }
        put_in_order(&items, &parent, &mark);
        items
    };
    BuiltEach { effect: RenderEffect::new(run), end }
}

/// From the last to the first: each item stands in front of what follows it.
fn put_in_order(items: &[Item], parent: &Node, mark: &Node) {
    let mut behind = mark.clone();
    for item in items.iter().rev() {
        let Some(node) = first(&item.built) else { continue };
        let is_in_place =
            last(&item.built).and_then(|last| last.next_sibling()).is_some_and(|next| next == behind);
        if !is_in_place {
            for node in nodes(&item.built) {
                insert(parent, &node, Some(&behind));
            }
        }
        behind = node;
    }
}

/// The nodes of an item in the page, from its first to its last.
fn nodes(built: &Built) -> Vec<Node> {
    let (Some(first), Some(last)) = (first(built), last(built)) else { return Vec::new() };
    let mut nodes = vec![first.clone()];
    let mut node = first;
    while node != last {
        let Some(next) = node.next_sibling() else { break };
        nodes.push(next.clone());
        node = next;
    }
    nodes
}

fn last(built: &Built) -> Option<Node> {
    match built {
        Built::Nothing => None,
        Built::Text(node, _) => Some(node.clone()),
        Built::Element(element) => Some(element.element.clone().into()),
        Built::List(_, end) | Built::Live(_, end) | Built::Leptos { end, .. } => Some(end.clone()),
        Built::Each(each) => Some(each.end.clone()),
    }
}

impl BuiltEach {
    pub fn first(&self) -> Node {
        let found =
            self.effect.with_value_mut(|items| items.iter().find_map(|item| first(&item.built))).flatten();
        found.unwrap_or_else(|| self.end.clone())
    }

    pub fn remove(self) {
        for item in self.effect.take_value().unwrap_or_default() {
            remove(item.built);
            item.owner.cleanup();
        }
        detach(&self.end);
    }
}
