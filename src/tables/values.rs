//! Read access to a column's values.

use super::column::Store;
use super::typed::TypedArray;
use super::{calendar, digits};
use crate::model::{EngineError, ErrorCode, Kind};
use polars_arrow::array::{Array, Utf8ViewArray};
use polars_arrow::bitmap::Bitmap;

/// Read access to a column's values.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Values<'a> {
    Integers(Slots<'a, i64>),
    Numbers(Slots<'a, f64>),
    Days(Slots<'a, i32>),
    Micros(Slots<'a, i64>),
    Texts(Texts<'a>),
    Levels(Slots<'a, u32>, &'a [String]),
}

/// Texts of which some are missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Texts<'a> {
    array: &'a Utf8ViewArray,
}

impl<'a> Texts<'a> {
    /// `None` also beyond the end, where the array itself would panic.
    pub fn get(&self, row: usize) -> Option<&'a str> {
        if row < self.array.len() { self.array.get(row) } else { None }
    }

    pub fn iter(self) -> impl Iterator<Item = Option<&'a str>> {
        self.array.iter()
    }

    pub fn len(&self) -> usize {
        self.array.len()
    }

    pub fn n_missing(&self) -> usize {
        self.array.null_count()
    }
}

/// A slice in which some slots are missing.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slots<'a, T> {
    pub values: &'a [T],
    validity: Option<&'a Bitmap>,
}

impl<'a, T: Copy> Slots<'a, T> {
    pub fn validity(&self) -> Option<&'a Bitmap> {
        self.validity
    }

    pub fn get(&self, row: usize) -> Option<T> {
        match self.validity {
            Some(bits) if !bits.get(row).unwrap_or(false) => None,
            _ => self.values.get(row).copied(),
        }
    }

    pub fn iter(self) -> impl Iterator<Item = Option<T>> + 'a {
        let mut bits = self.validity.map(Bitmap::iter);
        self.values.iter().map(move |value| match &mut bits {
            Some(bits) => bits.next().unwrap_or(false).then_some(*value),
            None => Some(*value),
        })
    }

    pub fn n_missing(&self) -> usize {
        self.validity.map_or(0, Bitmap::unset_bits)
    }
}

impl<'a> Values<'a> {
    pub fn of(values: &'a TypedArray, store: &'a Store) -> Result<Self, EngineError> {
        let found = match (values, store) {
            (TypedArray::I64(array), Store::Integers) => {
                first(array.downcast_iter()).map(slots).map(Self::Integers)
            }
            (TypedArray::I64(array), Store::Micros) => {
                first(array.downcast_iter()).map(slots).map(Self::Micros)
            }
            (TypedArray::F64(array), Store::Numbers) => {
                first(array.downcast_iter()).map(slots).map(Self::Numbers)
            }
            (TypedArray::I32(array), Store::Days) => first(array.downcast_iter()).map(slots).map(Self::Days),
            (TypedArray::Texts(array), Store::Texts) => {
                first(array.downcast_iter()).map(|array| Self::Texts(Texts { array }))
            }
            (TypedArray::U32(array), Store::Levels(levels)) => {
                first(array.downcast_iter()).map(|array| Self::Levels(slots(array), levels))
            }
            _ => None,
        };
        found.ok_or_else(|| {
            EngineError::new(
                ErrorCode::Internal,
                format!("Column \"{}\" is not stored as expected.", values.name()),
            )
        })
    }

    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Integers(slots) | Self::Micros(slots) => slots.get(row).is_none(),
            Self::Numbers(slots) => slots.get(row).is_none(),
            Self::Days(slots) => slots.get(row).is_none(),
            Self::Texts(texts) => texts.get(row).is_none(),
            Self::Levels(slots, _) => slots.get(row).is_none(),
        }
    }

    pub fn n_missing(&self) -> usize {
        match self {
            Self::Integers(slots) | Self::Micros(slots) => slots.n_missing(),
            Self::Numbers(slots) => slots.n_missing(),
            Self::Days(slots) => slots.n_missing(),
            Self::Texts(texts) => texts.n_missing(),
            Self::Levels(slots, _) => slots.n_missing(),
        }
    }

    /// Appends the cell as people read it; `false` where it is missing.
    pub fn write_display(&self, row: usize, kind: Kind, out: &mut String) -> bool {
        match self {
            Self::Integers(slots) => slots.get(row).map(|value| write_integer(out, value, kind)),
            Self::Numbers(slots) => slots.get(row).map(|value| write_number(out, value, kind)),
            Self::Days(slots) => slots.get(row).map(|days| calendar::write_date(out, days)),
            Self::Micros(slots) => slots.get(row).map(|micros| calendar::write_date_time(out, micros)),
            Self::Texts(texts) => texts.get(row).map(|text| out.push_str(text)),
            Self::Levels(slots, levels) => {
                slots.get(row).and_then(|code| levels.get(code as usize)).map(|level| out.push_str(level))
            }
        }
        .is_some()
    }

    pub fn display(&self, row: usize, kind: Kind) -> Option<String> {
        let mut text = String::new();
        self.write_display(row, kind, &mut text).then_some(text)
    }
}

pub(crate) fn write_integer(out: &mut String, value: i64, kind: Kind) {
    if kind == Kind::Duration {
        calendar::write_duration(out, value as f64);
    } else {
        digits::push_integer(out, value);
    }
}

pub(crate) fn write_number(out: &mut String, value: f64, kind: Kind) {
    if kind == Kind::Duration {
        calendar::write_duration(out, value);
    } else {
        super::form::write_shortest(out, value);
    }
}

fn first<T>(mut chunks: impl Iterator<Item = T>) -> Option<T> {
    // Columns are made in one chunk and never appended to.
    chunks.next()
}

fn slots<T: polars_arrow::types::NativeType>(array: &polars_arrow::array::PrimitiveArray<T>) -> Slots<'_, T> {
    let validity = array.validity().filter(|bits| bits.unset_bits() > 0);
    Slots { values: array.values(), validity }
}
