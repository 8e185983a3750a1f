//! From JSON values to structs and back, by lists of fields.

use super::Json;
use std::collections::BTreeMap;

pub trait Read: Sized {
    /// Takes the value apart. `None` where it does not fit.
    fn read(json: &mut Json) -> Option<Self>;
}

pub trait Write {
    fn write(&self) -> Json;
}

impl Json {
    /// A member read as what it is for.
    pub fn field<T: Read>(&mut self, name: &str) -> Option<T> {
        T::read(&mut self.take(name))
    }
}

/// `record!(Variant { name, is_control })` reads a struct; `record!(both Metric { ... })` also writes it.
macro_rules! record {
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl Read for $type {
            fn read(json: &mut Json) -> Option<Self> {
                Some(Self { $($field: json.field(stringify!($field))?),* })
            }
        }
    };
    (both $type:ty { $($field:ident),* $(,)? }) => {
        record!($type { $($field),* });
        impl Write for $type {
            fn write(&self) -> Json {
                let mut json = Json::object();
                $(json.set(stringify!($field), self.$field.write());)*
                json
            }
        }
    };
}

/// Enums without content: `words!(Kind { "count" => Count })`, both ways.
macro_rules! words {
    ($type:ty { $($word:literal => $variant:ident),* $(,)? }) => {
        impl Read for $type {
            fn read(json: &mut Json) -> Option<Self> {
                let Json::Text(text) = json else { return None };
                match text.as_str() {
                    $($word => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
        impl Write for $type {
            fn write(&self) -> Json {
                let word = match self {
                    $(Self::$variant => $word,)*
                };
                Json::Text(word.into())
            }
        }
    };
}

pub(super) use {record, words};

impl Read for Json {
    fn read(json: &mut Json) -> Option<Self> {
        Some(std::mem::take(json))
    }
}

impl Read for bool {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Bool(value) => Some(*value),
            _ => None,
        }
    }
}

impl Write for bool {
    fn write(&self) -> Json {
        Json::Bool(*self)
    }
}

impl Read for String {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Text(text) => Some(std::mem::take(text)),
            _ => None,
        }
    }
}

impl Write for String {
    fn write(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl Read for f64 {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Number(value) => Some(*value),
            _ => None,
        }
    }
}

impl Write for f64 {
    fn write(&self) -> Json {
        Json::Number(*self)
    }
}

/// Whole numbers up to 2^53, which is all that JSON carries without loss.
macro_rules! whole {
    ($($type:ty),*) => {$(
        impl Read for $type {
            fn read(json: &mut Json) -> Option<Self> {
                let value = f64::read(json)?;
                (value >= 0.0 && value <= <$type>::MAX as f64 && value.fract() == 0.0).then_some(value as $type)
            }
        }
        impl Write for $type {
            fn write(&self) -> Json {
                Json::Number(*self as f64)
            }
        }
    )*};
}

whole!(u32, u64);

impl<T: Read> Read for Option<T> {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Null => Some(None),
            json => T::read(json).map(Some),
        }
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&self) -> Json {
        self.as_ref().map_or(Json::Null, T::write)
    }
}

/// A list that is not there is empty.
impl<T: Read> Read for Vec<T> {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Null => Some(Self::new()),
            Json::List(items) => items.iter_mut().map(T::read).collect(),
            _ => None,
        }
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Json {
        Json::List(self.iter().map(T::write).collect())
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::Null => Some(Self::new()),
            Json::Object(members) => members
                .iter_mut()
                .map(|(name, value)| Some((std::mem::take(name), T::read(value)?)))
                .collect(),
            _ => None,
        }
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn write(&self) -> Json {
        Json::Object(self.iter().map(|(name, value)| (name.clone(), value.write())).collect())
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(json: &mut Json) -> Option<Self> {
        match json {
            Json::List(items) => match items.as_mut_slice() {
                [a, b] => Some((A::read(a)?, B::read(b)?)),
                _ => None,
            },
            _ => None,
        }
    }
}

impl<const N: usize> Read for [f64; N] {
    fn read(json: &mut Json) -> Option<Self> {
        Vec::<f64>::read(json)?.try_into().ok()
    }
}

impl<T: Read> Read for Box<T> {
    fn read(json: &mut Json) -> Option<Self> {
        T::read(json).map(Self::new)
    }
}
