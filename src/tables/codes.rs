//! Any column as codes into a list of its different values.

use super::natural;
use super::values::{Slots, Values};
use crate::model::Kind;
use hashbrown::HashMap;
use std::hash::Hash;

/// A column as indices into its different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    /// One a row; [`Codes::MISSING`] where the cell is missing.
    pub codes: Vec<u32>,
    /// The different values as text, in natural order; of an ordinal column in its own order.
    pub levels: Vec<String>,
}

impl Codes {
    pub const MISSING: u32 = u32::MAX;

    pub(crate) fn of(values: Values<'_>, kind: Kind) -> Self {
        match values {
            Values::Integers(slots) => {
                let (codes, distinct) = of_integers(|| slots.iter());
                Self {
                    codes,
                    levels: texts(distinct, |out, value| super::values::write_integer(out, value, kind)),
                }
            }
            Values::Micros(slots) => {
                let (codes, distinct) = of_integers(|| slots.iter());
                Self { codes, levels: texts(distinct, super::calendar::write_date_time) }
            }
            Values::Days(slots) => {
                let (codes, distinct) = of_integers(|| slots.iter().map(|day| day.map(i64::from)));
                Self {
                    codes,
                    levels: texts(distinct, |out, day| super::calendar::write_date(out, day as i32)),
                }
            }
            Values::Numbers(slots) => {
                // Keyed by bits: -0 and 0 are one value.
                let keys = slots.iter().map(|value| value.map(|value| (value + 0.0).to_bits()));
                let by_value = |a: &u64, b: &u64| f64::from_bits(*a).total_cmp(&f64::from_bits(*b));
                let (codes, distinct) = of_keys(keys, by_value);
                let write =
                    |out: &mut String, bits| super::values::write_number(out, f64::from_bits(bits), kind);
                Self { codes, levels: texts(distinct, write) }
            }
            Values::Texts(array) => {
                let mut code_of: HashMap<&str, u32> = HashMap::new();
                let mut names: Vec<&str> = Vec::new();
                let mut codes: Vec<u32> = Vec::with_capacity(array.len());
                for text in array.iter() {
                    codes.push(text.map_or(Self::MISSING, |text| {
                        *code_of.entry(text).or_insert_with(|| {
                            names.push(text);
                            names.len() as u32 - 1
                        })
                    }));
                }
                let order = natural::sorted_indices(&names);
                let levels =
                    order.iter().filter_map(|old| names.get(*old as usize)).map(|name| (*name).to_owned());
                let levels = levels.collect();
                renumber(&mut codes, &order);
                Self { codes, levels }
            }
            Values::Levels(slots, levels) => {
                let codes: Vec<u32> = slots.iter().map(|code| code.unwrap_or(Self::MISSING)).collect();
                Self { codes, levels: levels.to_vec() }
            }
        }
    }
}

/// Different values in a column of grouping kind, if there are at most `max`.
pub(crate) fn few_levels(values: Values<'_>, kind: Kind, max: usize) -> Option<Vec<String>> {
    fn distinct<T: Copy + Eq + Hash>(slots: Slots<'_, T>, max: usize) -> Option<()> {
        let mut seen = hashbrown::HashSet::new();
        let is_new = |value: &T| seen.insert(*value);
        (slots.iter().flatten().filter(is_new).take(max + 1).count() <= max).then_some(())
    }
    match values {
        Values::Levels(_, levels) => return (levels.len() <= max).then(|| levels.to_vec()),
        Values::Integers(slots) | Values::Micros(slots) => distinct(slots, max)?,
        Values::Days(slots) => distinct(slots, max)?,
        Values::Numbers(slots) => {
            let mut seen = hashbrown::HashSet::new();
            let is_new = |value: &f64| seen.insert(value.to_bits());
            if slots.iter().flatten().filter(is_new).take(max + 1).count() > max {
                return None;
            }
        }
        Values::Texts(array) => {
            let mut seen = hashbrown::HashSet::new();
            if array.iter().flatten().filter(|text| seen.insert(*text)).take(max + 1).count() > max {
                return None;
            }
        }
    }
    Some(Codes::of(values, kind).levels)
}

/// Codes of whole numbers; a table of their range replaces hashing where the range is small.
fn of_integers<I: Iterator<Item = Option<i64>>>(values: impl Fn() -> I) -> (Vec<u32>, Vec<i64>) {
    const EMPTY: u32 = u32::MAX;
    let (mut low, mut high, mut n_rows) = (i64::MAX, i64::MIN, 0usize);
    for value in values() {
        n_rows += 1;
        if let Some(value) = value {
            low = low.min(value);
            high = high.max(value);
        }
    }
    let width = high.checked_sub(low).and_then(|width| usize::try_from(width).ok());
    let Some(width) = width.filter(|width| *width < 4 * n_rows + 1024) else {
        return of_keys(values(), i64::cmp);
    };
    let mut code_of = vec![EMPTY; width + 1];
    for value in values().flatten() {
        if let Some(slot) = code_of.get_mut((value - low) as usize) {
            *slot = 0;
        }
    }
    let mut distinct = Vec::new();
    for (offset, slot) in code_of.iter_mut().enumerate().filter(|(_, slot)| **slot != EMPTY) {
        *slot = distinct.len() as u32;
        distinct.push(low + offset as i64);
    }
    let code = |value: i64| code_of.get((value - low) as usize).copied().unwrap_or(EMPTY);
    (values().map(|value| value.map_or(Codes::MISSING, code)).collect(), distinct)
}

fn of_keys<T: Copy + Eq + Hash>(
    values: impl Iterator<Item = Option<T>>,
    order: impl Fn(&T, &T) -> std::cmp::Ordering,
) -> (Vec<u32>, Vec<T>) {
    let mut code_of: HashMap<T, u32> = HashMap::new();
    let mut distinct: Vec<T> = Vec::new();
    let mut codes: Vec<u32> = values
        .map(|value| {
            value.map_or(Codes::MISSING, |value| {
                *code_of.entry(value).or_insert_with(|| {
                    distinct.push(value);
                    distinct.len() as u32 - 1
                })
            })
        })
        .collect();
    let mut by_value: Vec<(T, u32)> = distinct.into_iter().zip(0u32..).collect();
    by_value.sort_unstable_by(|a, b| order(&a.0, &b.0));
    let old_codes: Vec<u32> = by_value.iter().map(|(_, old)| *old).collect();
    renumber(&mut codes, &old_codes);
    (codes, by_value.into_iter().map(|(value, _)| value).collect())
}

/// Gives codes their new numbers; `order` lists the old ones in their new order.
fn renumber(codes: &mut [u32], order: &[u32]) {
    let mut new_of = vec![Codes::MISSING; order.len()];
    for (old, new) in order.iter().zip(0u32..) {
        if let Some(slot) = new_of.get_mut(*old as usize) {
            *slot = new;
        }
    }
    for code in codes {
        *code = new_of.get(*code as usize).copied().unwrap_or(Codes::MISSING);
    }
}

fn texts<T>(values: Vec<T>, write: impl Fn(&mut String, T)) -> Vec<String> {
    let mut text = String::new();
    values
        .into_iter()
        .map(|value| {
            text.clear();
            write(&mut text, value);
            text.clone()
        })
        .collect()
}
