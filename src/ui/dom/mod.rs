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
    Element(El),
    List(Vec<Html>),
    /// Made again whenever a signal it read has changed.
    Live(Box<dyn Fn() -> Html>),
    /// A list whose items live on while their key stays.
    Each(Box<keyed::Each>),
    /// A view of Leptos itself.
    Leptos(Box<Foreign>),
}

/// A Leptos view, such as a chart. It is made once and then looks after itself; another key makes
/// another one.
pub struct Foreign {
    pub key: String,
    pub make: Box<dyn FnOnce() -> AnyView>,
}

impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Nothing",
            Self::Text(_) => "Text",
            Self::Element(element) => element.0.tag,
            Self::List(_) => "List",
            Self::Live(_) => "Live",
            Self::Each(_) => "Each",
            Self::Leptos(_) => "Leptos",
        })
    }
}

impl fmt::Debug for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)
    }
}

/// An element with everything on it. The methods that fill it take little code where they are called:
/// the work is done in one place, and what moves about is a pointer.
pub struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<(&'static str, Attribute)>,
    listeners: Vec<(&'static str, Listener)>,
    children: Vec<Html>,
    place: Option<Place>,
}

type Listener = Box<dyn FnMut(Event)>;

/// What an attribute, a property, a class or a style is set to.
enum Attribute {
    Fixed(Value),
    /// Follows the signals that it reads.
    Live(Box<dyn Fn() -> Value>),
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
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
        f.write_str(self.0.tag)
    }
}

/// An element by its tag.
#[inline(never)]
pub fn el(tag: &'static str) -> El {
    El(Box::new(Parts {
        tag,
        attributes: Vec::new(),
        listeners: Vec::new(),
        children: Vec::new(),
        place: None,
    }))
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
    #[inline(never)]
    fn put(mut self, name: &'static str, value: Value) -> Self {
        self.0.attributes.push((name, Attribute::Fixed(value)));
        self
    }

    #[inline(never)]
    fn put_text(self, name: &'static str, value: &str) -> Self {
        self.put(name, Value::Text(value.into()))
    }

    #[inline(never)]
    fn put_live(mut self, name: &'static str, value: Box<dyn Fn() -> Value>) -> Self {
        self.0.attributes.push((name, Attribute::Live(value)));
        self
    }

    #[inline(never)]
    fn put_listener(mut self, event: &'static str, listener: Listener) -> Self {
        self.0.listeners.push((event, listener));
        self
    }

    #[inline(never)]
    fn put_child(mut self, child: Html) -> Self {
        self.0.children.push(child);
        self
    }

    #[inline(never)]
    fn put_words(self, text: &str) -> Self {
        self.put_child(Html::Text(text.into()))
    }

    #[must_use]
    pub fn attr(self, name: &'static str, value: impl AsRef<str>) -> Self {
        self.put_text(name, value.as_ref())
    }

    /// The attribute is there only with a value.
    #[must_use]
    pub fn attr_if(self, name: &'static str, value: Option<impl AsRef<str>>) -> Self {
        match value {
            Some(value) => self.put_text(name, value.as_ref()),
            None => self.put(name, Value::Absent),
        }
    }

    #[must_use]
    pub fn live_attr(self, name: &'static str, value: impl Fn() -> Option<String> + 'static) -> Self {
        self.put_live(name, Box::new(move || value().map_or(Value::Absent, Value::Text)))
    }

    #[must_use]
    pub fn class(self, class: impl AsRef<str>) -> Self {
        self.put_text("class", class.as_ref())
    }

    #[must_use]
    pub fn class_if(self, class: &'static str, is_on: bool) -> Self {
        self.put(class, Value::Class(is_on))
    }

    #[must_use]
    pub fn live_class(self, class: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        self.put_live(class, Box::new(move || Value::Class(is_on())))
    }

    #[must_use]
    pub fn id(self, id: impl AsRef<str>) -> Self {
        self.put_text("id", id.as_ref())
    }

    #[must_use]
    pub fn style(self, property: &'static str, value: String) -> Self {
        self.put(property, Value::Style(value))
    }

    #[must_use]
    pub fn live_style(self, property: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.put_live(property, Box::new(move || Value::Style(value())))
    }

    /// A property, such as `value` of an input, which the user may have changed since.
    #[must_use]
    pub fn prop(self, name: &'static str, value: String) -> Self {
        self.put(name, Value::TextProperty(value))
    }

    #[must_use]
    pub fn prop_is(self, name: &'static str, value: bool) -> Self {
        self.put(name, Value::BoolProperty(value))
    }

    #[must_use]
    pub fn live_prop(self, name: &'static str, value: impl Fn() -> String + 'static) -> Self {
        self.put_live(name, Box::new(move || Value::TextProperty(value())))
    }

    #[must_use]
    pub fn live_prop_is(self, name: &'static str, value: impl Fn() -> bool + 'static) -> Self {
        self.put_live(name, Box::new(move || Value::BoolProperty(value())))
    }

    #[must_use]
    pub fn on(self, event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        self.put_listener(event, Box::new(listener))
    }

    /// A click, by mouse, finger or keyboard.
    #[must_use]
    pub fn on_press(self, press: impl Fn() + 'static) -> Self {
        self.put_listener("click", Box::new(move |_| press()))
    }

    #[must_use]
    pub fn text(self, text: impl AsRef<str>) -> Self {
        self.put_words(text.as_ref())
    }

    #[must_use]
    pub fn add(self, child: impl Into<Html>) -> Self {
        self.put_child(child.into())
    }

    /// Keeps the element of the page, once it is made.
    #[must_use]
    pub fn place(mut self, place: Place) -> Self {
        self.0.place = Some(place);
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
        Self::Element(element)
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
