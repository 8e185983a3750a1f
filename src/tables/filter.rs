//! Row filters.

use super::Table;
use super::read_moment::read_duration;
use super::table::with_article;
use super::values::{Slots, Values};
use super::{calendar, natural};
use crate::model::{EngineError, ErrorCode, Filter, Kind, Value};
use hashbrown::HashSet;
use std::cmp::Ordering;

/// Indices of the rows that pass every filter.
pub(super) fn rows_where(table: &Table, filters: &[Filter]) -> Result<Vec<u32>, EngineError> {
    let n_rows = table.n_rows();
    let Some((first, rest)) = filters.split_first() else { return Ok((0..n_rows as u32).collect()) };
    let mut keep = vec![true; n_rows];
    for (filter, i) in std::iter::once(first).chain(rest).zip(0..) {
        apply(table, filter, &mut keep).map_err(|error| error.at_field(format!("filter[{i}]")))?;
    }
    Ok(keep.iter().zip(0u32..).filter(|(keep, _)| **keep).map(|(_, row)| row).collect())
}

/// Clears `keep` where the filter does not hold.
pub(super) fn apply(table: &Table, filter: &Filter, keep: &mut [bool]) -> Result<(), EngineError> {
    let column = filter.column();
    let at = table.index_of(column)?;
    let values = table.values_at(at)?;
    let subject = Subject { table, column, kind: table.meta(at)?.kind, values };
    match filter {
        Filter::IsMissing { .. } => retain(keep, |row| values.is_missing(row)),
        Filter::NotMissing { .. } => retain(keep, |row| !values.is_missing(row)),
        Filter::Contains { value, .. } => subject.contains(value, keep),
        Filter::Eq { value, .. } => subject.one_of(std::slice::from_ref(value), true, keep)?,
        Filter::Ne { value, .. } => subject.one_of(std::slice::from_ref(value), false, keep)?,
        Filter::In { values, .. } => subject.one_of(values, true, keep)?,
        Filter::NotIn { values, .. } => subject.one_of(values, false, keep)?,
        Filter::Lt { value, .. } => subject.compare(value, Ordering::is_lt, keep)?,
        Filter::Le { value, .. } => subject.compare(value, Ordering::is_le, keep)?,
        Filter::Gt { value, .. } => subject.compare(value, Ordering::is_gt, keep)?,
        Filter::Ge { value, .. } => subject.compare(value, Ordering::is_ge, keep)?,
        Filter::Related { table: other, .. } => {
            let message = format!("A filter that looks into another table (\"{other}\") does not work here.");
            let hint = "Use it in an analysis, or join the tables first.";
            return Err(subject.place(EngineError::new(ErrorCode::BadOption, message)).hint(hint));
        }
    }
    Ok(())
}

/// The column that a filter tests.
struct Subject<'a> {
    table: &'a Table,
    column: &'a str,
    kind: Kind,
    values: Values<'a>,
}

impl Subject<'_> {
    /// Keeps cells that equal one of the wanted values (`is_wanted`), or none of them.
    fn one_of(&self, wanted: &[Value], is_wanted: bool, keep: &mut [bool]) -> Result<(), EngineError> {
        match self.values {
            Values::Integers(slots) => {
                let wanted = OneOf::new(self.numbers(wanted)?);
                keep_slots(keep, slots, |value| wanted.has(value as f64) == is_wanted);
            }
            Values::Numbers(slots) => {
                let wanted = OneOf::new(self.numbers(wanted)?);
                keep_slots(keep, slots, |value| wanted.has(value) == is_wanted);
            }
            Values::Days(slots) => {
                let wanted = wanted.iter().map(|value| self.moment(value)).collect::<Result<Vec<_>, _>>()?;
                let is_at =
                    |day: i32| wanted.iter().any(|m| m.covers(i64::from(day) * calendar::MICROS_PER_DAY));
                keep_slots(keep, slots, |day| is_at(day) == is_wanted);
            }
            Values::Micros(slots) => {
                let wanted = wanted.iter().map(|value| self.moment(value)).collect::<Result<Vec<_>, _>>()?;
                keep_slots(keep, slots, |micros| wanted.iter().any(|m| m.covers(micros)) == is_wanted);
            }
            Values::Texts(array) => {
                let wanted: HashSet<String> = wanted.iter().map(text_of).collect();
                retain(keep, |row| array.get(row).is_some_and(|text| wanted.contains(text) == is_wanted));
            }
            Values::Levels(slots, levels) => {
                let texts = wanted.iter().filter(|want| matches!(want, Value::Text(_))).map(text_of);
                let texts: HashSet<String> = texts.collect();
                let others: Vec<&Value> =
                    wanted.iter().filter(|want| !matches!(want, Value::Text(_))).collect();
                let is_one = |(level, code): (&String, u32)| {
                    texts.contains(level) || others.iter().any(|want| self.is_level(code, level, want))
                };
                let wanted: Vec<bool> = levels.iter().zip(0u32..).map(is_one).collect();
                let is_in = |code: u32| wanted.get(code as usize).copied().unwrap_or(false);
                keep_slots(keep, slots, |code| is_in(code) == is_wanted);
            }
        }
        Ok(())
    }

    /// Yes and no are also found as true and false, and as 1 and 0.
    fn is_level(&self, code: u32, level: &str, want: &Value) -> bool {
        match want {
            Value::Bool(want) if self.kind == Kind::Binary => *want == (code == 1),
            Value::Number(want) if self.kind == Kind::Binary && level.parse::<f64>().is_err() => {
                *want == f64::from(code)
            }
            Value::Number(want) => level.parse::<f64>().is_ok_and(|number| number == *want),
            want => text_of(want) == level,
        }
    }

    fn compare(
        &self,
        value: &Value,
        holds: fn(Ordering) -> bool,
        keep: &mut [bool],
    ) -> Result<(), EngineError> {
        match self.values {
            Values::Integers(slots) => {
                let limit = self.number(value)?;
                keep_slots(keep, slots, |value| (value as f64).partial_cmp(&limit).is_some_and(holds));
            }
            Values::Numbers(slots) => {
                let limit = self.number(value)?;
                keep_slots(keep, slots, |value| value.partial_cmp(&limit).is_some_and(holds));
            }
            Values::Days(slots) => {
                let moment = self.moment(value)?;
                keep_slots(keep, slots, |day| holds(moment.order(i64::from(day) * calendar::MICROS_PER_DAY)));
            }
            Values::Micros(slots) => {
                let moment = self.moment(value)?;
                keep_slots(keep, slots, |micros| holds(moment.order(micros)));
            }
            Values::Levels(slots, levels) if self.kind == Kind::Ordinal => {
                let limit = text_of(value);
                let limit = levels.iter().position(|level| *level == limit).ok_or_else(|| {
                    let known: Vec<&str> = levels.iter().map(String::as_str).collect();
                    let message = format!("Column \"{}\" has no level \"{limit}\".", self.column);
                    self.place(EngineError::new(ErrorCode::UnknownLevel, message))
                        .hint_nearest(&limit, &known, "levels")
                })?;
                keep_slots(keep, slots, |code| holds((code as usize).cmp(&limit)));
            }
            Values::Levels(slots, levels) => {
                let limit = text_of(value);
                let passes: Vec<bool> =
                    levels.iter().map(|level| holds(natural::compare(level, &limit))).collect();
                keep_slots(keep, slots, |code| passes.get(code as usize).copied().unwrap_or(false));
            }
            Values::Texts(array) => {
                let limit = text_of(value);
                retain(keep, |row| array.get(row).is_some_and(|text| holds(natural::compare(text, &limit))));
            }
        }
        Ok(())
    }

    fn contains(&self, part: &str, keep: &mut [bool]) {
        let part = part.to_lowercase();
        match self.values {
            Values::Levels(slots, levels) => {
                let passes: Vec<bool> =
                    levels.iter().map(|level| level.to_lowercase().contains(&part)).collect();
                keep_slots(keep, slots, |code| passes.get(code as usize).copied().unwrap_or(false));
            }
            Values::Texts(array) => {
                retain(keep, |row| array.get(row).is_some_and(|text| text.to_lowercase().contains(&part)));
            }
            values => {
                let mut text = String::new();
                retain(keep, |row| {
                    text.clear();
                    values.write_display(row, self.kind, &mut text) && text.contains(&part)
                });
            }
        }
    }

    fn numbers(&self, values: &[Value]) -> Result<Vec<f64>, EngineError> {
        values.iter().map(|value| self.number(value)).collect()
    }

    fn number(&self, value: &Value) -> Result<f64, EngineError> {
        let number = match value {
            Value::Number(value) => Some(*value),
            Value::Bool(value) => Some(f64::from(u8::from(*value))),
            Value::Text(text) if self.kind == Kind::Duration && text.contains(':') => {
                read_duration(text.trim()).map(|(seconds, _, _)| seconds)
            }
            Value::Text(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        };
        number.ok_or_else(|| self.mismatch(value, "Compare it with a number, such as 12.5."))
    }

    fn moment(&self, value: &Value) -> Result<Moment, EngineError> {
        let moment = if let Value::Text(text) = value { Moment::parse(text.trim()) } else { None };
        moment.ok_or_else(|| {
            self.mismatch(value, "Write a date as \"2024-03-01\" or a date-time as \"2024-03-01 17:00:00\".")
        })
    }

    fn mismatch(&self, value: &Value, hint: &str) -> EngineError {
        let shown = match value {
            Value::Text(text) => format!("the text \"{text}\""),
            value => text_of(value),
        };
        let message = format!(
            "Column \"{}\" is {} and cannot be compared with {shown}.",
            self.column,
            with_article(self.kind)
        );
        self.place(EngineError::new(ErrorCode::WrongKind, message)).hint(hint)
    }

    fn place(&self, error: EngineError) -> EngineError {
        error.at_table(self.table.name()).at_column(self.column)
    }
}

/// Numbers to look for: a few one by one, many by their bits.
enum OneOf {
    Few(Vec<f64>),
    Many(HashSet<u64>),
}

impl OneOf {
    fn new(wanted: Vec<f64>) -> Self {
        if wanted.len() <= 8 {
            return Self::Few(wanted);
        }
        // Adding zero makes one zero of both.
        Self::Many(wanted.into_iter().map(|x| (x + 0.0).to_bits()).collect())
    }

    fn has(&self, x: f64) -> bool {
        match self {
            Self::Few(wanted) => wanted.contains(&x),
            Self::Many(wanted) => wanted.contains(&(x + 0.0).to_bits()),
        }
    }
}

/// A date or date-time in a filter: the microseconds from `start` to before `end`. A date covers its day,
/// so that a date-time of that day equals it, and "after 1 March" begins with 2 March.
struct Moment {
    start: i64,
    end: i64,
}

impl Moment {
    fn parse(text: &str) -> Option<Self> {
        let (date, time) = match text.find(['T', ' ']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)),
            None => (text, None),
        };
        let mut parts = date.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return None;
        }
        let date =
            calendar::Civil { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        let midnight = i64::from(calendar::days_from_civil(date)?) * calendar::MICROS_PER_DAY;
        let Some(time) = time else {
            return Some(Self { start: midnight, end: midnight + calendar::MICROS_PER_DAY });
        };
        let time = time.trim().trim_end_matches('Z');
        let mut parts = time.splitn(3, ':');
        let (hour, minute) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
        let seconds = parts.next();
        let second: f64 = seconds.unwrap_or("0").parse().ok()?;
        if hour > 23 || minute > 59 || !(0.0..61.0).contains(&second) {
            return None;
        }
        let start = midnight
            + i64::from(hour * 60 + minute) * 60 * calendar::MICROS_PER_SECOND
            + (second * 1e6).round() as i64;
        let width = match seconds {
            None => 60 * calendar::MICROS_PER_SECOND,
            Some(seconds) if seconds.contains('.') => 1,
            Some(_) => calendar::MICROS_PER_SECOND,
        };
        Some(Self { start, end: start + width })
    }

    fn covers(&self, micros: i64) -> bool {
        self.order(micros).is_eq()
    }

    /// How `micros` lies to the moment.
    fn order(&self, micros: i64) -> Ordering {
        if micros < self.start {
            Ordering::Less
        } else if micros >= self.end {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

pub(super) fn text_of(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => {
            let mut text = String::new();
            super::form::write_shortest(&mut text, *value);
            text
        }
        Value::Text(value) => value.clone(),
    }
}

fn retain(keep: &mut [bool], mut passes: impl FnMut(usize) -> bool) {
    for (row, keep) in keep.iter_mut().enumerate() {
        *keep = *keep && passes(row);
    }
}

fn keep_slots<T: Copy>(keep: &mut [bool], slots: Slots<'_, T>, passes: impl Fn(T) -> bool) {
    for (keep, value) in keep.iter_mut().zip(slots.iter()) {
        *keep = *keep && value.is_some_and(&passes);
    }
}
