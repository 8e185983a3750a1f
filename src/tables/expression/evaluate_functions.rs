//! Arithmetic and functions over slices of values.

use super::evaluate::{Fault, Tally, Vector, text_value};
use super::{Function, Operator, Type};
use crate::tables::calendar::{self, MICROS_PER_DAY, MICROS_PER_SECOND};
use crate::tables::form::write_shortest;
use crate::tables::moment::DateOrder;
use crate::tables::read_moment::read_moment;
use std::borrow::Cow;

/// Days from a Thursday, which 1970-01-01 was, to a Monday before it.
const THURSDAY: i32 = 3;

pub(super) fn arithmetic(
    operator: Operator,
    a: &[f64],
    b: &[f64],
    rows: &[u32],
    tally: &mut Tally,
) -> Vec<f64> {
    a.iter()
        .zip(b)
        .zip(rows)
        .map(|((a, b), row)| {
            let (a, b) = (*a, *b);
            if a.is_nan() || b.is_nan() {
                return f64::NAN;
            }
            let is_division = matches!(operator, Operator::Divide | Operator::Remainder);
            if is_division && b == 0.0 {
                tally.add(Fault::DivisionByZero, *row, || format!("{a} {} {b}", operator.sign()));
                return f64::NAN;
            }
            let value = match operator {
                Operator::Add => a + b,
                Operator::Subtract => a - b,
                Operator::Multiply => a * b,
                Operator::Divide => a / b,
                // The remainder has the sign of the divisor, so that hours and weekdays go round.
                Operator::Remainder => a - b * (a / b).floor(),
                _ => libm::pow(a, b),
            };
            finite(value, *row, tally, || format!("{a} {} {b}", operator.sign()))
        })
        .collect()
}

fn finite(value: f64, row: u32, tally: &mut Tally, text: impl FnOnce() -> String) -> f64 {
    if value.is_finite() {
        return value;
    }
    tally.add(Fault::NoNumber, row, text);
    f64::NAN
}

/// Every function but `if` and `coalesce`, which do not evaluate all of their arguments.
pub(super) fn call<'a>(
    function: Function,
    mut arguments: Vec<Vector<'a>>,
    rows: &[u32],
    tally: &mut Tally,
) -> Vector<'a> {
    let n = rows.len();
    if matches!(function, Function::Min | Function::Max) {
        return extreme(arguments, function == Function::Max);
    }
    if function == Function::Concat {
        return concat(arguments, n);
    }
    let third = if arguments.len() > 2 { arguments.pop() } else { None };
    let second = if arguments.len() > 1 { arguments.pop() } else { None };
    let first = arguments.pop().unwrap_or_else(|| Vector::missing(Type::Number, n));
    match function {
        Function::Abs => numbers(first, f64::abs),
        Function::Floor => numbers(first, f64::floor),
        Function::Ceil => numbers(first, f64::ceil),
        Function::Round => {
            let digits = second.map_or_else(|| vec![0.0; n], Vector::numbers);
            Vector::Numbers(first.numbers().into_iter().zip(digits).map(|(x, d)| round(x, d)).collect())
        }
        Function::Ln => checked(first, rows, tally, "ln", libm::log),
        Function::Log10 => checked(first, rows, tally, "log10", libm::log10),
        Function::Exp => checked(first, rows, tally, "exp", libm::exp),
        Function::Sqrt => checked(first, rows, tally, "sqrt", libm::sqrt),
        Function::Lower => texts(first, |text| text.to_lowercase()),
        Function::Upper => texts(first, |text| text.to_uppercase()),
        Function::Trim => texts(first, |text| text.trim().to_owned()),
        Function::Length => {
            let length =
                |text: Option<Cow<'_, str>>| text.map_or(f64::NAN, |text| text.chars().count() as f64);
            Vector::Numbers(first.texts().into_iter().map(length).collect())
        }
        Function::Contains => tests(first, second, |text, part| text.contains(part)),
        Function::StartsWith => tests(first, second, |text, part| text.starts_with(part)),
        Function::EndsWith => tests(first, second, |text, part| text.ends_with(part)),
        Function::Replace => replace(first, second, third),
        Function::Substring => substring(first, second, third),
        Function::Year => dates(first, |_, date| f64::from(date.year)),
        Function::Quarter => dates(first, |_, date| f64::from(date.month.div_ceil(3))),
        Function::Month => dates(first, |_, date| f64::from(date.month)),
        Function::Day => dates(first, |_, date| f64::from(date.day)),
        Function::Weekday => dates(first, |days, _| f64::from((days + THURSDAY).rem_euclid(7) + 1)),
        Function::Hour => times(first, |seconds| seconds / 3_600),
        Function::Minute => times(first, |seconds| seconds / 60 % 60),
        Function::Date => read_dates(first, rows, tally),
        Function::DaysBetween => between(first, second, MICROS_PER_DAY),
        Function::HoursBetween => between(first, second, 3_600 * MICROS_PER_SECOND),
        Function::MinutesBetween => between(first, second, 60 * MICROS_PER_SECOND),
        Function::Min | Function::Max | Function::Concat | Function::If | Function::Coalesce => first,
    }
}

fn numbers(argument: Vector<'_>, map: impl Fn(f64) -> f64) -> Vector<'static> {
    Vector::Numbers(argument.numbers().into_iter().map(map).collect())
}

fn checked(
    argument: Vector<'_>,
    rows: &[u32],
    tally: &mut Tally,
    name: &str,
    map: fn(f64) -> f64,
) -> Vector<'static> {
    let value = |(x, row): (f64, &u32)| {
        if x.is_nan() { x } else { finite(map(x), *row, tally, || format!("{name}({x})")) }
    };
    Vector::Numbers(argument.numbers().into_iter().zip(rows).map(value).collect())
}

/// Halves go away from zero. Beyond 15 digits nothing is left to round.
fn round(x: f64, digits: f64) -> f64 {
    if digits.is_nan() || x.is_nan() {
        return f64::NAN;
    }
    let digits = digits.trunc().clamp(-300.0, 300.0) as i32;
    if digits > 15 {
        return x;
    }
    let rounded = if digits >= 0 {
        let scale = 10f64.powi(digits);
        (x * scale).round() / scale
    } else {
        let scale = 10f64.powi(-digits);
        (x / scale).round() * scale
    };
    if rounded.is_finite() { rounded } else { x }
}

/// The smallest or the largest; missing where one is missing.
fn extreme(arguments: Vec<Vector<'_>>, is_max: bool) -> Vector<'_> {
    fn fold<T: PartialOrd + Copy>(a: Vec<Option<T>>, b: Vec<Option<T>>, is_max: bool) -> Vec<Option<T>> {
        let pick = |(a, b): (Option<T>, Option<T>)| {
            let (a, b) = (a?, b?);
            Some(if (b > a) == is_max { b } else { a })
        };
        a.into_iter().zip(b).map(pick).collect()
    }
    let mut arguments = arguments.into_iter();
    let Some(first) = arguments.next() else { return Vector::Numbers(Vec::new()) };
    arguments.fold(first, |so_far, next| match (so_far, next) {
        (Vector::Numbers(a), Vector::Numbers(b)) => {
            let pick = |(a, b): (f64, f64)| {
                if a.is_nan() || b.is_nan() {
                    f64::NAN
                } else if is_max {
                    a.max(b)
                } else {
                    a.min(b)
                }
            };
            Vector::Numbers(a.into_iter().zip(b).map(pick).collect())
        }
        (Vector::Dates(a), Vector::Dates(b)) => Vector::Dates(fold(a, b, is_max)),
        (Vector::DateTimes(a), Vector::DateTimes(b)) => Vector::DateTimes(fold(a, b, is_max)),
        (so_far, _) => so_far,
    })
}

fn texts<'a>(argument: Vector<'a>, map: impl Fn(&str) -> String) -> Vector<'a> {
    let value = |text: Option<Cow<'a, str>>| text.and_then(|text| text_value(Cow::Owned(map(&text))));
    Vector::Texts(argument.texts().into_iter().map(value).collect())
}

fn tests(text: Vector<'_>, part: Option<Vector<'_>>, test: impl Fn(&str, &str) -> bool) -> Vector<'static> {
    let parts = part.map(Vector::texts).unwrap_or_default();
    let value = |(text, part): (Option<Cow<'_, str>>, Option<Cow<'_, str>>)| Some(test(&text?, &part?));
    Vector::Bools(text.texts().into_iter().zip(parts).map(value).collect())
}

/// Replacing by nothing is allowed: there an empty text is not a missing one.
fn replace<'a>(text: Vector<'a>, old: Option<Vector<'a>>, new: Option<Vector<'a>>) -> Vector<'a> {
    let old = old.map(Vector::texts).unwrap_or_default();
    let new = new.map(Vector::texts).unwrap_or_default();
    let mut replaced = Vec::with_capacity(old.len());
    for ((text, old), new) in text.texts().into_iter().zip(old).zip(new) {
        replaced.push(text.zip(old).and_then(|(text, old)| {
            text_value(Cow::Owned(text.replace(old.as_ref(), new.as_deref().unwrap_or_default())))
        }));
    }
    Vector::Texts(replaced)
}

/// Characters from `from`, counted from 1; all the rest without a length.
fn substring<'a>(text: Vector<'a>, from: Option<Vector<'a>>, length: Option<Vector<'a>>) -> Vector<'a> {
    let texts = text.texts();
    let from = from.map(Vector::numbers).unwrap_or_default();
    let length = length.map_or_else(|| vec![f64::INFINITY; texts.len()], Vector::numbers);
    let value = |((text, from), length): ((Option<Cow<'a, str>>, f64), f64)| {
        let text = text?;
        if from.is_nan() || length.is_nan() {
            return None;
        }
        let end = from.trunc() + length.trunc();
        let is_inside = |place: usize| place as f64 >= from.trunc() && (place as f64) < end;
        let part: String =
            text.chars().enumerate().filter(|(i, _)| is_inside(i + 1)).map(|(_, letter)| letter).collect();
        text_value(Cow::Owned(part))
    };
    Vector::Texts(texts.into_iter().zip(from).zip(length).map(value).collect())
}

fn concat(arguments: Vec<Vector<'_>>, n: usize) -> Vector<'_> {
    let mut whole: Vec<Option<String>> = vec![Some(String::new()); n];
    for argument in arguments {
        for (whole, part) in whole.iter_mut().zip(argument.texts()) {
            match (&mut *whole, part) {
                (Some(text), Some(part)) => text.push_str(&part),
                (whole, _) => *whole = None,
            }
        }
    }
    Vector::Texts(whole.into_iter().map(|text| text.map(Cow::Owned)).collect())
}

/// Values in their plainest writing.
pub(super) fn texts_of(values: Vector<'_>) -> Vec<Option<Cow<'_, str>>> {
    fn written<T>(value: Option<T>, write: impl Fn(&mut String, T)) -> Option<Cow<'static, str>> {
        value.map(|value| {
            let mut text = String::new();
            write(&mut text, value);
            Cow::Owned(text)
        })
    }
    match values {
        Vector::Numbers(values) => {
            values.into_iter().map(|x| written((!x.is_nan()).then_some(x), write_shortest)).collect()
        }
        Vector::Bools(values) => {
            values.into_iter().map(|value| value.map(|value| Cow::Owned(value.to_string()))).collect()
        }
        Vector::Texts(values) => values,
        Vector::Dates(values) => values.into_iter().map(|days| written(days, calendar::write_date)).collect(),
        Vector::DateTimes(values) => {
            values.into_iter().map(|micros| written(micros, calendar::write_date_time)).collect()
        }
    }
}

fn dates(argument: Vector<'_>, part: impl Fn(i32, calendar::Civil) -> f64) -> Vector<'static> {
    let value = |days: Option<i32>| days.map_or(f64::NAN, |days| part(days, calendar::civil_from_days(days)));
    Vector::Numbers(argument.dates().into_iter().map(value).collect())
}

fn times(argument: Vector<'_>, part: impl Fn(i64) -> i64) -> Vector<'static> {
    let of_day = |micros: i64| micros.rem_euclid(MICROS_PER_DAY) / MICROS_PER_SECOND;
    let value = |micros: Option<i64>| micros.map_or(f64::NAN, |micros| part(of_day(micros)) as f64);
    Vector::Numbers(argument.date_times().into_iter().map(value).collect())
}

fn read_dates(argument: Vector<'_>, rows: &[u32], tally: &mut Tally) -> Vector<'static> {
    let value = |(text, row): (Option<Cow<'_, str>>, &u32)| {
        let text = text?;
        let moment = read_moment(text.trim(), DateOrder::Ymd);
        if moment.is_none() {
            tally.add(Fault::NoDate, *row, || text.chars().take(200).collect());
        }
        moment.map(|(moment, _)| moment.micros().div_euclid(MICROS_PER_DAY) as i32)
    };
    let texts = if let Vector::Texts(texts) = argument { texts } else { vec![None; rows.len()] };
    Vector::Dates(texts.into_iter().zip(rows).map(value).collect())
}

fn between(from: Vector<'_>, to: Option<Vector<'_>>, unit_micros: i64) -> Vector<'static> {
    let to = to.map(Vector::date_times).unwrap_or_default();
    let value = |(from, to): (Option<i64>, Option<i64>)| match (from, to) {
        (Some(from), Some(to)) => to.saturating_sub(from) as f64 / unit_micros as f64,
        _ => f64::NAN,
    };
    Vector::Numbers(from.date_times().into_iter().zip(to).map(value).collect())
}
