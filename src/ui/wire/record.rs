//! From JSON values to structs and back, by lists of fields.

use super::Json;
use std::collections::BTreeMap;

/// Reading never stops half-way: what does not fit is noted in `is_valid` and read as something, and
/// the whole is thrown away at the end. That leaves no half-made structs to clean up, which would be most
/// of the code.
pub trait Read {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self;
}

pub trait Write {
    fn write(&self) -> Json;
}

impl Json {
    /// A member read as what it is for.
    pub fn field<T: Read>(&mut self, name: &str, is_valid: &mut bool) -> T {
        T::read(&mut self.take(name), is_valid)
    }
}

/// `record!(Variant { name, is_control })` reads a struct; `record!(both Metric { ... })` also writes it.
/// `record!(both Spec { table } or { alpha })` takes members that are not there from `Spec::default()`.
macro_rules! record {
    (both $type:ty { $($field:ident),* $(,)? } or { $($optional:ident),* $(,)? }) => {
        impl Read for $type {
            fn read(json: &mut Json, is_valid: &mut bool) -> Self {
                let mut read = Self { $($field: json.field(stringify!($field), is_valid),)* ..Self::default() };
                $(if json.has(stringify!($optional)) {
                    read.$optional = json.field(stringify!($optional), is_valid);
                })*
                read
            }
        }
        record!(write $type { $($field,)* $($optional),* });
    };
    ($type:ty { $($field:ident),* $(,)? }) => {
        impl Read for $type {
            fn read(json: &mut Json, is_valid: &mut bool) -> Self {
                Self { $($field: json.field(stringify!($field), is_valid)),* }
            }
        }
    };
    (both $type:ty { $($field:ident),* $(,)? }) => {
        record!($type { $($field),* });
        record!(write $type { $($field),* });
    };
    (write $type:ty { $($field:ident),* $(,)? }) => {
        impl Write for $type {
            fn write(&self) -> Json {
                let mut json = Json::object();
                $(json.set(stringify!($field), self.$field.write());)*
                json
            }
        }
    };
}

/// Enums without content: `words!(Kind { "count" => Count })`, both ways. The first stands for a member that is not there.
macro_rules! words {
    ($type:ty { $first:literal => $default:ident $(, $word:literal => $variant:ident)* $(,)? }) => {
        impl Read for $type {
            fn read(json: &mut Json, is_valid: &mut bool) -> Self {
                match json.as_word() {
                    $first => Self::$default,
                    "" if *json == Json::Null => Self::$default,
                    $($word => Self::$variant,)*
                    _ => {
                        *is_valid = false;
                        Self::$default
                    }
                }
            }
        }
        impl Write for $type {
            fn write(&self) -> Json {
                let word = match self {
                    Self::$default => $first,
                    $(Self::$variant => $word,)*
                };
                Json::Text(word.into())
            }
        }
    };
}

pub(super) use {record, words};

impl Read for bool {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        *is_valid &= matches!(json, Json::Bool(_));
        *json == Json::Bool(true)
    }
}

impl Write for bool {
    fn write(&self) -> Json {
        Json::Bool(*self)
    }
}

impl Read for String {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json {
            Json::Text(text) => std::mem::take(text),
            _ => {
                *is_valid = false;
                Self::new()
            }
        }
    }
}

impl Write for String {
    fn write(&self) -> Json {
        Json::Text(self.clone())
    }
}

impl Read for f64 {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json {
            Json::Number(value) => *value,
            _ => {
                *is_valid = false;
                0.0
            }
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
            fn read(json: &mut Json, is_valid: &mut bool) -> Self {
                let value = f64::read(json, is_valid);
                *is_valid &= value >= 0.0 && value <= <$type>::MAX as f64 && value.fract() == 0.0;
                value as $type
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
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        match json {
            Json::Null => None,
            json => Some(T::read(json, is_valid)),
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
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let items = json.items(is_valid);
        let mut list = Self::with_capacity(items.len());
        for item in items {
            list.push(T::read(item, is_valid));
        }
        list
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&self) -> Json {
        let mut list = Vec::with_capacity(self.len());
        for item in self {
            list.push(item.write());
        }
        Json::List(list)
    }
}

impl<T: Read> Read for BTreeMap<String, T> {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let mut map = Self::new();
        match json {
            Json::Null => {}
            Json::Object(members) => {
                for (name, value) in members {
                    map.insert(std::mem::take(name), T::read(value, is_valid));
                }
            }
            _ => *is_valid = false,
        }
        map
    }
}

impl<T: Write> Write for BTreeMap<String, T> {
    fn write(&self) -> Json {
        let mut json = Json::object();
        for (name, value) in self {
            json.set(name, value.write());
        }
        json
    }
}

impl<A: Read, B: Read> Read for (A, B) {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let items = json.items(is_valid);
        *is_valid &= items.len() == 2;
        let mut rest = Json::Null;
        let (first, second) = match items {
            [first, second] => (first, second),
            _ => (&mut Json::Null, &mut rest),
        };
        (A::read(first, is_valid), B::read(second, is_valid))
    }
}

impl<const N: usize> Read for [f64; N] {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        let items = json.items(is_valid);
        *is_valid &= items.len() == N;
        let mut array = [0.0; N];
        for (place, item) in array.iter_mut().zip(items) {
            *place = f64::read(item, is_valid);
        }
        array
    }
}

impl<T: Read> Read for Box<T> {
    fn read(json: &mut Json, is_valid: &mut bool) -> Self {
        Self::new(T::read(json, is_valid))
    }
}
