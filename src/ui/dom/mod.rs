//! Views as plain values, and how they get into the page.
//!
//! Leptos' `view!` gives each piece of a page a type of its own, with code for building, updating and
//! removing it. For a page of this size that was half of the download. So a view here is one enum,
//! [`Html`]: functions return it, one piece of code puts it into the page ([`build`]) and one brings a
//! page up to date with a newer view ([`patch`]). Signals, memos and effects are Leptos' own: a
//! [`Html::Live`] part runs again when what it read changes.
//!
//! ```text
//! el("p").class("muted").text("5,000 rows").into()
//! el("ul").add(items)                                   // Vec<Html>
//! live(move || el("p").text(&title.get()).into())       // follows a signal
//! ```

mod build;
mod keyed;
mod patch;

pub use build::mount;
pub use keyed::each;

use leptos::prelude::{AnyView, GetValue, LocalStorage, SetValue, StoredValue};
use std::fmt;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// A piece of the page that is not in it yet.
#[derive(Default)]
pub enum Html {
    #[default]
    Nothing,
    Text(String),
    Element(Box<El>),
    List(Vec<Html>),
    /// Made again whenever a signal it read has changed.
    Live(Box<dyn Fn() -> Html>),
    /// A list whose items live on while their key stays.
    Each(Box<keyed::Each>),
    /// A Leptos view, such as a chart. It is made once and then looks after itself; another key makes
    /// another one.
    Leptos {
        key: String,
        make: Box<dyn FnOnce() -> AnyView>,
    },
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("Nothing"),
            Self::Text(text) => write!(f, "{text:?}"),
            Self::Element(element) => element.fmt(f),
            Self::List(items) => items.fmt(f),
            Self::Live(_) => f.write_str("Live"),
            Self::Each(_) => f.write_str("Each"),
            Self::Leptos { key, .. } => write!(f, "Leptos({key:?})"),
        }
    }
}

/// An element with everything on it.
pub struct El {
    tag: &'static str,
    attributes: Vec<(&'static str, Attribute)>,
    listeners: Vec<(&'static str, Listener)>,
    children: Vec<Html>,
    place: Option<Place>,
}

type Listener = Box<dyn FnMut(Event)>;

/// What an attribute, a property, a class or a style is set to.
pub(super) enum Attribute {
    Fixed(Value),
    /// Follows the signals that it reads.
    Live(Box<dyn Fn() -> Value>),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// The attribute is not there.
    Absent,
    Text(String),
    /// A property that is not an attribute: what the user may have changed since.
    TextProperty(String),
    BoolProperty(bool),
    /// A class that is on or off; the attribute's name is the class.
    Class(bool),
    /// A style; the attribute's name is the property.
    Style(String),
}

impl fmt::Debug for El {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(self.tag).field("children", &self.children).finish_non_exhaustive()
    }
}

/// An element by its tag.
pub fn el(tag: &'static str) -> El {
    El { tag, attributes: Vec::new(), listeners: Vec::new(), children: Vec::new(), place: None }
}

/// A part that follows signals.
pub fn live<T: Into<Html>>(make: impl Fn() -> T + 'static) -> Html {
    Html::Live(Box::new(move || make().into()))
}

/// A text that follows signals.
pub fn live_text(text: impl Fn() -> String + 'static) -> Html {
    live(move || Html::Text(text()))
}

/// Several pieces one after another.
pub fn list<const N: usize>(items: [Html; N]) -> Html {
    Html::List(items.into())
}

impl El {
    fn put(mut self, name: &'static str, value: Value) -> Self {
        self.attributes.push((name, Attribute::Fixed(value)));
        self
    }

    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<String>) -> Self {
        self.put(name, Value::Text(value.into()))
    }

    /// The attribute is there only with a value.
    #[must_use]
    pub fn attr_if(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        let value = value.map_or(Value::Absent, |value| Value::Text(value.into()));
        self.put(name, value)
    }

    #[must_use]
    pub fn live_attr(mut self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        let value = move || value().map_or(Value::Absent, Value::Text);
        self.attributes.push((name, Attribute::Live(Box::new(value))));
        self
    }

    #[must_use]
    pub fn class(self, class: impl Into<String>) -> Self {
        self.attr("class", class)
    }

    #[must_use]
    pub fn class_if(self, class: &'static str, is_on: bool) -> Self {
        self.put(class, Value::Class(is_on))
    }

    #[must_use]
    pub fn live_class(mut self, class: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        self.attributes.push((class, Attribute::Live(Box::new(move || Value::Class(is_on())))));
        self
    }

    #[must_use]
    pub fn id(self, id: impl Into<String>) -> Self {
        self.attr("id", id)
    }

    #[must_use]
    pub fn style(self, property: &'static str, value: impl Into<String>) -> Self {
        self.put(property, Value::Style(value.into()))
    }

    #[must_use]
    pub fn live_style(mut self, property: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.attributes.push((property, Attribute::Live(Box::new(move || Value::Style(value())))));
        self
    }

    /// A property, such as `value` of an input, which the user may have changed since.
    #[must_use]
    pub fn prop(self, name: &'static str, value: impl Into<String>) -> Self {
        self.put(name, Value::TextProperty(value.into()))
    }

    #[must_use]
    pub fn prop_is(self, name: &'static str, value: bool) -> Self {
        self.put(name, Value::BoolProperty(value))
    }

    #[must_use]
    pub fn live_prop(mut self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.attributes.push((name, Attribute::Live(Box::new(move || Value::TextProperty(value())))));
        self
    }

    #[must_use]
    pub fn live_prop_is(mut self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        self.attributes.push((name, Attribute::Live(Box::new(move || Value::BoolProperty(value())))));
        self
    }

    #[must_use]
    pub fn on(mut self, event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        self.listeners.push((event, Box::new(listener)));
        self
    }

    /// A click, by mouse, finger or keyboard.
    #[must_use]
    pub fn on_press(self, press: impl Fn() + 'static) -> Self {
        self.on("click", move |_| press())
    }

    #[must_use]
    pub fn text(self, text: impl Into<String>) -> Self {
        self.add(Html::Text(text.into()))
    }

    #[must_use]
    pub fn add(mut self, child: impl Into<Html>) -> Self {
        self.children.push(child.into());
        self
    }

    /// Keeps the element of the page, once it is made.
    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }
}

/// Where an element is found once it is made.
#[derive(Debug, Clone, Copy)]
pub struct Place(StoredValue<Option<web_sys::Element>, LocalStorage>);

impl Place {
    pub fn new() -> Self {
        Self(StoredValue::new_local(None))
    }

    pub(super) fn fill(self, element: &web_sys::Element) {
        self.0.set_value(Some(element.clone()));
    }

    pub fn get<T: JsCast>(self) -> Option<T> {
        self.0.try_get_value().flatten()?.dyn_into().ok()
    }
}

impl Default for Place {
    fn default() -> Self {
        Self::new()
    }
}

impl From<El> for Html {
    fn from(element: El) -> Self {
        Self::Element(Box::new(element))
    }
}

impl From<String> for Html {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Html {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<Vec<Self>> for Html {
    fn from(items: Vec<Self>) -> Self {
        Self::List(items)
    }
}

impl<T: Into<Self>> From<Option<T>> for Html {
    fn from(item: Option<T>) -> Self {
        item.map_or(Self::Nothing, T::into)
    }
}
