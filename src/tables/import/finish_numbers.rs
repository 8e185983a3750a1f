//! Kinds of columns of numbers.

use super::builder::Tally;
use super::finish::{Context, all_of};
use super::names::{is_id_name, is_rating_name};
use super::reading::CellType;
use crate::format;
use crate::model::Kind;
use crate::tables::form::NumberForm;
use crate::tables::number::{Decimal, Group, NumberFormat};
use crate::tables::unit::{Negative, Unit};
use crate::tables::values::write_number;
use polars_arrow::bitmap::Bitmap;

/// What points and commas were taken for, where that is not plain.
pub(super) fn marks(
    format: NumberFormat,
    form: NumberForm,
    tally: &Tally,
    n_values: u64,
    context: &Context<'_>,
) -> String {
    let mut text = String::new();
    let has_parens = |negative| matches!(negative, Negative::Parens | Negative::InnerParens);
    if form.affix.is_some_and(|affix| has_parens(affix.negative)) {
        text.push_str("; those in parentheses are negative");
    }
    if let Some(group) = format.group.filter(|_| tally.n_with_group > 0) {
        text.push_str(&format!(
            "; {} stand between thousands{}",
            group.name(),
            of(tally.n_with_group, n_values)
        ));
    }
    if format.decimal == Decimal::Comma && tally.n_with_decimals > 0 {
        text.push_str(&format!("; the decimal mark is a comma{}", of(tally.n_with_decimals, n_values)));
    }
    let has_group = matches!(format.group, Some(Group::Comma | Group::Point)) && tally.n_with_group > 0;
    let has_comma = format.decimal == Decimal::Comma && tally.n_with_decimals > 0;
    if (has_group || has_comma) && tally.n_with_sure_mark == 0 {
        let other = if has_group { "a decimal mark" } else { "a mark between thousands" };
        let how = match context.around.mark {
            Some(_) if context.around.is_mark_certain => "by the import options",
            Some(mark) if mark == format.decimal => "like other columns of the file",
            _ => "as is usual",
        };
        text.push_str(&format!("; ambiguous: no value shows that it is not {other}; read so {how}"));
    }
    text
}

/// " in 3 of 412 values"
fn of(n: u64, n_values: u64) -> String {
    format!(" in {} of {}", format::count(n), format::plural(n_values, "value", "values"))
}

pub(super) fn kind_of_integers(
    values: &[i64],
    validity: Option<&Bitmap>,
    n_values: u64,
    context: &Context<'_>,
) -> (Kind, String) {
    if context.around.cells == CellType::Rows {
        return (Kind::Id, "row numbers that lead from one table of the file to another".into());
    }
    let mut present =
        values.iter().zip(0usize..).filter(|(_, row)| is_present(validity, *row)).map(|(value, _)| *value);
    let Some(first) = present.next() else { return (Kind::Count, all_of(0, "", "")) };
    let (low, high) = present.fold((first, first), |(low, high), value| (low.min(value), high.max(value)));
    if (low, high) == (0, 1) {
        return (Kind::Binary, all_of(n_values, "0 or 1", "0 or 1"));
    }
    if is_id_name(context.name) {
        return (Kind::Id, format!("its name says that \"{}\" identifies something", context.name));
    }
    if is_sequence(values, validity, low, high, n_values, context.is_first_column) {
        let what = format!("different and run from {low} to {high} without a gap");
        return (Kind::Id, all_of(n_values, "a row number", &what));
    }
    if is_rating_name(context.name) && low >= 0 && (2..=10).contains(&high) {
        return (
            Kind::Ordinal,
            format!("its name says that it is a rating, and values run from {low} to {high}"),
        );
    }
    let all = if low == high {
        all_of(n_values, "a whole number", &grouped(low))
    } else {
        all_of(
            n_values,
            "a whole number",
            &format!("whole numbers from {} to {}", grouped(low), grouped(high)),
        )
    };
    if low >= 0 {
        return (Kind::Count, all);
    }
    (Kind::Continuous, format!("{all}; negative ones count nothing"))
}

pub(super) fn kind_of_numbers(
    values: &[f64],
    validity: Option<&Bitmap>,
    n_values: u64,
    n_fractional: u64,
    context: &Context<'_>,
) -> (Kind, String) {
    let present =
        || values.iter().zip(0usize..).filter(|(_, row)| is_present(validity, *row)).map(|(value, _)| *value);
    let (low, high) = present()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    if n_values == 0 {
        return (Kind::Continuous, all_of(0, "", ""));
    }
    if low == 0.0 && high == 1.0 && n_fractional == 0 {
        return (Kind::Binary, all_of(n_values, "0 or 1", "0 or 1"));
    }
    let range = |what: &str| {
        let (mut from, mut to) = (String::new(), String::new());
        write_number(&mut from, low, Kind::Continuous);
        write_number(&mut to, high, Kind::Continuous);
        if low == high {
            all_of(n_values, "a number", &from)
        } else {
            all_of(n_values, "a number", &format!("{what} from {from} to {to}"))
        }
    };
    if n_fractional == 0 && is_id_name(context.name) {
        return (Kind::Id, format!("its name says that \"{}\" identifies something", context.name));
    }
    if n_fractional == 0 && low >= 0.0 && high < 1e15 {
        return (Kind::Count, range("whole numbers"));
    }
    let share = format!(
        "; {} of them {} decimals",
        format::count(n_fractional),
        if n_fractional == 1 { "has" } else { "have" }
    );
    (Kind::Continuous, format!("{}{share}", range("numbers")))
}

/// Numbers with a currency or percent sign.
pub(super) fn kind_of_units(
    values: impl Iterator<Item = f64>,
    validity: Option<&Bitmap>,
    n_values: u64,
    unit: Unit,
) -> (Kind, String) {
    let present = values.zip(0usize..).filter(|(_, row)| is_present(validity, *row)).map(|(value, _)| value);
    let (low, high) = present
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let (mut from, mut to) = (String::new(), String::new());
    write_number(&mut from, low, Kind::Continuous);
    write_number(&mut to, high, Kind::Continuous);
    let sign = unit.text();
    let one = format!("a number with the sign {sign}");
    let mut reason = all_of(n_values, &one, &format!("numbers from {from} to {to} with the sign {sign}"));
    if matches!(sign, "%" | "‰") {
        reason.push_str(&format!(", kept as written: 12{sign} is 12"));
    }
    (Kind::Continuous, reason)
}

/// Every whole number from `low` to `high` once: a row number. Short ones are believed in the first column only.
fn is_sequence(
    values: &[i64],
    validity: Option<&Bitmap>,
    low: i64,
    high: i64,
    n_values: u64,
    is_first_column: bool,
) -> bool {
    let n_least = if is_first_column { 10 } else { 100 };
    if n_values < n_least
        || !(0..=1).contains(&low)
        || high.checked_sub(low) != i64::try_from(n_values - 1).ok()
    {
        return false;
    }
    let mut is_seen = vec![false; n_values as usize];
    for (value, _) in values.iter().zip(0usize..).filter(|(_, row)| is_present(validity, *row)) {
        match is_seen.get_mut((value - low) as usize) {
            Some(seen) if !*seen => *seen = true,
            _ => return false,
        }
    }
    true
}

fn is_present(validity: Option<&Bitmap>, row: usize) -> bool {
    validity.is_none_or(|bits| bits.get(row).unwrap_or(false))
}

fn grouped(value: i64) -> String {
    let digits = format::count(value.unsigned_abs());
    if value < 0 { format!("\u{2212}{digits}") } else { digits }
}
