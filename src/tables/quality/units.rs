//! Numbers with units in text, of which some are in another unit.

use super::columns::Looked;
use super::finding::{WithStep, finding, plural};
use super::levels::Level;
use super::rows::one_text_of;
use super::texts::level_examples;
use crate::format;
use crate::model::{Finding, FindingSeverity, RecodeStep, Step};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    Time,
    Length,
    Mass,
    Bytes,
    Temperature,
    Money,
}

/// How a unit is written, what it measures, and how many of the least unit it is; 0 where that varies.
const UNITS: [(&str, Measure, f64); 70] = [
    ("ms", Measure::Time, 0.001),
    ("s", Measure::Time, 1.0),
    ("sec", Measure::Time, 1.0),
    ("secs", Measure::Time, 1.0),
    ("second", Measure::Time, 1.0),
    ("seconds", Measure::Time, 1.0),
    ("min", Measure::Time, 60.0),
    ("mins", Measure::Time, 60.0),
    ("minute", Measure::Time, 60.0),
    ("minutes", Measure::Time, 60.0),
    ("h", Measure::Time, 3600.0),
    ("hr", Measure::Time, 3600.0),
    ("hrs", Measure::Time, 3600.0),
    ("hour", Measure::Time, 3600.0),
    ("hours", Measure::Time, 3600.0),
    ("d", Measure::Time, 86400.0),
    ("day", Measure::Time, 86400.0),
    ("days", Measure::Time, 86400.0),
    ("week", Measure::Time, 604_800.0),
    ("weeks", Measure::Time, 604_800.0),
    ("mm", Measure::Length, 0.001),
    ("cm", Measure::Length, 0.01),
    ("m", Measure::Length, 1.0),
    ("km", Measure::Length, 1000.0),
    ("in", Measure::Length, 0.0254),
    ("inch", Measure::Length, 0.0254),
    ("inches", Measure::Length, 0.0254),
    ("ft", Measure::Length, 0.3048),
    ("feet", Measure::Length, 0.3048),
    ("yd", Measure::Length, 0.9144),
    ("mi", Measure::Length, 1609.344),
    ("mile", Measure::Length, 1609.344),
    ("miles", Measure::Length, 1609.344),
    ("mg", Measure::Mass, 0.001),
    ("g", Measure::Mass, 1.0),
    ("kg", Measure::Mass, 1000.0),
    ("t", Measure::Mass, 1_000_000.0),
    ("oz", Measure::Mass, 28.349_523_125),
    ("lb", Measure::Mass, 453.592_37),
    ("lbs", Measure::Mass, 453.592_37),
    ("b", Measure::Bytes, 1.0),
    ("kb", Measure::Bytes, 1e3),
    ("mb", Measure::Bytes, 1e6),
    ("gb", Measure::Bytes, 1e9),
    ("tb", Measure::Bytes, 1e12),
    ("\u{b0}c", Measure::Temperature, 0.0),
    ("c", Measure::Temperature, 0.0),
    ("\u{b0}f", Measure::Temperature, 0.0),
    ("f", Measure::Temperature, 0.0),
    ("$", Measure::Money, 0.0),
    ("us$", Measure::Money, 0.0),
    ("usd", Measure::Money, 0.0),
    ("\u{20ac}", Measure::Money, 0.0),
    ("eur", Measure::Money, 0.0),
    ("\u{a3}", Measure::Money, 0.0),
    ("gbp", Measure::Money, 0.0),
    ("\u{a5}", Measure::Money, 0.0),
    ("jpy", Measure::Money, 0.0),
    ("cny", Measure::Money, 0.0),
    ("\u{20b9}", Measure::Money, 0.0),
    ("inr", Measure::Money, 0.0),
    ("chf", Measure::Money, 0.0),
    ("cad", Measure::Money, 0.0),
    ("aud", Measure::Money, 0.0),
    ("r$", Measure::Money, 0.0),
    ("brl", Measure::Money, 0.0),
    ("\u{20a9}", Measure::Money, 0.0),
    ("krw", Measure::Money, 0.0),
    ("mxn", Measure::Money, 0.0),
    ("sek", Measure::Money, 0.0),
];
/// A step names at most so many texts.
const MAX_RECODED: usize = 300;

struct Amount<'a> {
    level: &'a Level<'a>,
    value: f64,
    /// Place of the unit in [`UNITS`], of the first where several are the same.
    unit: usize,
    written: String,
}

pub(super) fn find(column: &Looked<'_>, levels: &[Level<'_>]) -> Option<Finding> {
    let amounts: Vec<Amount<'_>> = levels.iter().filter_map(amount).collect();
    let n_amounts: usize = amounts.iter().map(|amount| amount.level.n).sum();
    if 5 * n_amounts < 4 * column.n_present {
        return None;
    }
    // Cells of each unit, the most frequent first.
    let mut units: Vec<(usize, usize)> = Vec::new();
    for amount in &amounts {
        match units.iter_mut().find(|(unit, _)| *unit == amount.unit) {
            Some((_, n)) => *n += amount.level.n,
            None => units.push((amount.unit, amount.level.n)),
        }
    }
    units.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let ((main, _), rest) = units.split_first()?;
    let (_, measure, factor) = UNITS.get(*main)?;
    let is_same_measure = |unit: usize| UNITS.get(unit).is_some_and(|(_, other, _)| other == measure);
    if rest.is_empty() || !rest.iter().all(|(unit, _)| is_same_measure(*unit)) {
        return None;
    }
    let of_unit = |unit: usize| amounts.iter().find(move |amount| amount.unit == unit);
    let main_words = of_unit(*main)?.written.clone();
    let others: Vec<&Amount<'_>> = amounts.iter().filter(|amount| amount.unit != *main).collect();
    let n: usize = others.iter().map(|amount| amount.level.n).sum();
    let names: Vec<&str> =
        rest.iter().filter_map(|(unit, _)| of_unit(*unit)).map(|amount| amount.written.as_str()).collect();
    let sentence = format!(
        "{} mixes units: most cells are in {main_words}, {} in {}.",
        column.name,
        plural(n, "is", "are"),
        names.join(", ")
    );
    let mut made =
        finding("mixed_units", &[column.name], FindingSeverity::Problem, (n, column.n_rows), sentence);
    made.rows = one_text_of(column.name, others.iter().map(|amount| amount.level.text));
    made.examples = level_examples(others.iter().map(|amount| amount.level));
    if *factor == 0.0 || others.len() > MAX_RECODED {
        return Some(made);
    }
    let template = of_unit(*main)?.level.text.trim();
    let gap = if template.contains(' ') { " " } else { "" };
    let recoded = |amount: &&Amount<'_>| {
        let from = UNITS.get(amount.unit).map_or(1.0, |(_, _, from)| *from);
        let value = format::trim_zeros(&format!("{:.6}", amount.value * from / factor));
        (amount.level.text.to_owned(), format!("{value}{gap}{main_words}"))
    };
    let map: BTreeMap<String, String> = others.iter().map(recoded).collect();
    let step = RecodeStep { column: column.name.into(), map, others: Default::default() };
    Some(made.mended_by(Step::Recode(step), format!("Write {} in {main_words}", plural(n, "cell", "cells"))))
}

/// "12 min", "0.5h", "$5", "1,200.50 EUR".
fn amount<'a>(level: &'a Level<'a>) -> Option<Amount<'a>> {
    let text = level.text.trim();
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, digits, after) = (text.get(..start)?, text.get(start..end)?, text.get(end..)?);
    let sign = if before.contains('-') { -1.0 } else { 1.0 };
    let before = before.trim_matches(|c: char| c.is_whitespace() || c == '-' || c == '+');
    let after = after.trim_start_matches('.').trim();
    let written = match (before.is_empty(), after.is_empty()) {
        (false, true) => before,
        (true, false) => after.trim_end_matches('.'),
        _ => return None,
    };
    if !digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    // Commas are marks of thousands where three digits follow each of them, decimal marks otherwise.
    let is_grouped = digits.contains('.') || digits.split(',').skip(1).all(|part| part.len() == 3);
    let digits = if is_grouped { digits.replace(',', "") } else { digits.replace(',', ".") };
    let value = sign * digits.parse::<f64>().ok()?;
    let key = written.to_lowercase();
    let (_, measure, factor) = UNITS.iter().find(|(name, ..)| *name == key)?;
    // Units of one size are one unit; signs and letters of one currency are.
    let same = |(name, other, size): &(&str, Measure, f64)| {
        other == measure && if *factor == 0.0 { currency(name) == currency(&key) } else { size == factor }
    };
    Some(Amount { level, value, unit: UNITS.iter().position(same)?, written: written.into() })
}

/// One spelling of what is the same money or temperature.
fn currency(name: &str) -> &str {
    match name {
        "$" | "us$" => "usd",
        "\u{20ac}" => "eur",
        "\u{a3}" => "gbp",
        "\u{20b9}" => "inr",
        "\u{20a9}" => "krw",
        "\u{a5}" => "jpy",
        "r$" => "brl",
        "\u{b0}c" => "c",
        "\u{b0}f" => "f",
        other => other,
    }
}
