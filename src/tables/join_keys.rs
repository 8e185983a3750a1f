//! Keys of a join: whether they can be compared, and which rows have the same.

use super::Table;
use super::values::Values;
use crate::model::{EngineError, ErrorCode};
use hashbrown::HashMap;
use std::hash::Hash;

/// No row, or a missing key.
pub(super) const NONE: u32 = u32::MAX;

/// How values of a key are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum KeySort {
    Number,
    Date,
    DateTime,
    Text,
}

fn sort_of(values: &Values<'_>) -> KeySort {
    match values {
        Values::Integers(_) | Values::Numbers(_) => KeySort::Number,
        Values::Days(_) => KeySort::Date,
        Values::Micros(_) => KeySort::DateTime,
        Values::Texts(_) | Values::Levels(..) => KeySort::Text,
    }
}

pub(super) fn check_keys(
    left: &Table,
    left_at: usize,
    right: &Table,
    right_at: usize,
) -> Result<(), EngineError> {
    let (left_values, right_values) = (left.values_at(left_at)?, right.values_at(right_at)?);
    let (left_sort, right_sort) = (sort_of(&left_values), sort_of(&right_values));
    if left_sort == right_sort {
        return Ok(());
    }
    let describe = |table: &Table, at: usize, values: &Values<'_>| {
        let name = table.column_names().get(at).copied().unwrap_or_default();
        let stored = match sort_of(values) {
            KeySort::Number => "numbers",
            KeySort::Date => "dates",
            KeySort::DateTime => "date-times",
            KeySort::Text => "texts",
        };
        format!("\"{name}\" of {} holds {stored}", table.name())
    };
    let message = format!(
        "The keys cannot be compared: {}, {}.",
        describe(left, left_at, &left_values),
        describe(right, right_at, &right_values)
    );
    let is_digits_as_text = |values: &Values<'_>| {
        let is_number = |text: &str| text.trim().parse::<f64>().is_ok();
        match values {
            Values::Texts(array) => array.iter().flatten().take(1_000).all(is_number),
            Values::Levels(_, levels) => levels.iter().take(1_000).all(|level| is_number(level)),
            _ => false,
        }
    };
    let hint = match (left_sort, right_sort) {
        (KeySort::Number, KeySort::Text) | (KeySort::Text, KeySort::Number)
            if is_digits_as_text(&left_values) || is_digits_as_text(&right_values) =>
        {
            "One key is digits kept as text, perhaps because of leading zeros. Load both files with the same kind for \
             the key: text keeps the zeros, count drops them."
        }
        (KeySort::Date, KeySort::DateTime) | (KeySort::DateTime, KeySort::Date) => {
            "Load both files with the kind date for the key to compare days."
        }
        _ => "Choose two columns that hold the same sort of values.",
    };
    Err(EngineError::new(ErrorCode::WrongKind, message).at_table(left.name()).at_field("left_key").hint(hint))
}

/// Keys of both sides as numbers that are equal where the keys are; [`NONE`] where a key is missing, or on
/// the left where the right does not have it.
pub(super) fn matching_keys(left: Values<'_>, right: Values<'_>) -> (Vec<u32>, Vec<u32>) {
    match (left, right) {
        (Values::Integers(left), Values::Integers(right)) => number_keys(left.iter(), right.iter()),
        (Values::Micros(left), Values::Micros(right)) => number_keys(left.iter(), right.iter()),
        (Values::Days(left), Values::Days(right)) => number_keys(left.iter(), right.iter()),
        (left, right) if sort_of(&left) == KeySort::Number => {
            number_keys(float_keys(left), float_keys(right))
        }
        (left, right) => text_keys(left, right),
    }
}

/// Whole numbers and floats, comparable with each other.
fn float_keys<'a>(values: Values<'a>) -> Box<dyn Iterator<Item = Option<u64>> + 'a> {
    let bits = |value: f64| (value + 0.0).to_bits();
    match values {
        Values::Integers(slots) => {
            Box::new(slots.iter().map(move |value| value.map(|value| bits(value as f64))))
        }
        Values::Numbers(slots) => Box::new(slots.iter().map(move |value| value.map(bits))),
        _ => Box::new(std::iter::empty()),
    }
}

fn number_keys<T: Hash + Eq>(
    left: impl Iterator<Item = Option<T>>,
    right: impl Iterator<Item = Option<T>>,
) -> (Vec<u32>, Vec<u32>) {
    let mut key_of: HashMap<T, u32> = HashMap::new();
    let right = right
        .map(|value| {
            value.map_or(NONE, |value| {
                let next = key_of.len() as u32;
                *key_of.entry(value).or_insert(next)
            })
        })
        .collect();
    let left = left.map(|value| value.and_then(|value| key_of.get(&value).copied()));
    (left.map(|key| key.unwrap_or(NONE)).collect(), right)
}

fn text_keys(left: Values<'_>, right: Values<'_>) -> (Vec<u32>, Vec<u32>) {
    let mut key_of: HashMap<&str, u32> = HashMap::new();
    let mut add = |text| {
        let next = key_of.len() as u32;
        *key_of.entry(text).or_insert(next)
    };
    let right = match right {
        Values::Texts(array) => array.iter().map(|text| text.map_or(NONE, &mut add)).collect(),
        Values::Levels(slots, levels) => {
            let keys: Vec<u32> = levels.iter().map(|level| add(level)).collect();
            slots.iter().map(|code| level_key(code, &keys)).collect()
        }
        _ => Vec::new(),
    };
    let find = |text: &str| key_of.get(text).copied().unwrap_or(NONE);
    let left = match left {
        Values::Texts(array) => array.iter().map(|text| text.map_or(NONE, find)).collect(),
        Values::Levels(slots, levels) => {
            let keys: Vec<u32> = levels.iter().map(|level| find(level)).collect();
            slots.iter().map(|code| level_key(code, &keys)).collect()
        }
        _ => Vec::new(),
    };
    (left, right)
}

fn level_key(code: Option<u32>, keys: &[u32]) -> u32 {
    code.and_then(|code| keys.get(code as usize).copied()).unwrap_or(NONE)
}

/// The right rows of each key, linked from the first to the last.
pub(super) struct Chains {
    /// First row and count, by key.
    pub heads: Vec<(u32, u32)>,
    next: Vec<u32>,
    pub n_rows: usize,
}

impl Chains {
    pub fn of(keys: &[u32]) -> Self {
        let n_keys = keys.iter().filter(|key| **key != NONE).max().map_or(0, |key| *key as usize + 1);
        let mut heads = vec![(NONE, 0); n_keys];
        let mut next = vec![NONE; keys.len()];
        for (row, key) in keys.iter().enumerate().rev() {
            let row = row as u32;
            if let (Some(head), Some(next)) = (heads.get_mut(*key as usize), next.get_mut(row as usize)) {
                *next = head.0;
                *head = (row, head.1 + 1);
            }
        }
        Self { heads, next, n_rows: keys.len() }
    }

    pub fn n_matches(&self, key: u32) -> u32 {
        self.heads.get(key as usize).map_or(0, |(_, n)| *n)
    }

    pub fn rows(&self, key: u32) -> impl Iterator<Item = u32> {
        let first = self.heads.get(key as usize).map(|(row, _)| *row);
        std::iter::successors(first, |row| self.next.get(*row as usize).copied().filter(|next| *next != NONE))
    }
}
