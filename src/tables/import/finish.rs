//! From the cells of a column to its kind, with the reason.

use super::builder::{ColumnBuilder, Data, NO_CODE, Tally};
use super::evidence::{Evidence, MissingTokens, OrderEvidence};
use super::finish_names::{finish_bools, finish_names};
use super::finish_numbers::{kind_of_integers, kind_of_numbers, kind_of_units, marks};
use super::reading::{Reading, Surroundings, decide};
use crate::format;
use crate::model::{EngineError, Kind};
use crate::tables::calendar::MICROS_PER_DAY;
use crate::tables::column::StoredColumn;
use crate::tables::form::{Form, Raws};
use crate::tables::moment::{DateOrder, Template};
use std::borrow::Cow;

/// What finishing has to know beside the cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    pub name: &'a str,
    pub is_first_column: bool,
    /// The kind that the user wants.
    pub asked: Option<Kind>,
    pub around: Surroundings,
    pub tokens: &'a MissingTokens,
}

/// A column with what the report tells of it.
pub(super) struct Finished {
    pub stored: StoredColumn,
    pub reason: String,
    pub n_missing: u64,
    pub n_empty: u64,
    pub token_counts: Vec<(String, u64)>,
    /// Rows whose text was not of the kind, and "a number".
    pub coerced: Vec<u32>,
    pub expected: Cow<'static, str>,
    /// Why numbers with signs are kept as texts: "$ in 120 cells, € in 5".
    pub mixed_units: Option<Box<str>>,
    /// The first row with a date that is not of the order that the user wants, where that made the column text.
    pub other_order_row: Option<u32>,
}

/// Decides the kind and stores the column.
pub(super) fn finish(builder: ColumnBuilder<'_>, context: &Context<'_>) -> Result<Finished, EngineError> {
    let builder = match builder.data {
        Data::Codes { .. } | Data::Strings(_) => read_again(builder, context)?,
        _ => builder,
    };
    match (&builder.reading, &builder.data) {
        (Reading::Bool { words }, Data::Codes { .. }) => {
            let words = *words;
            finish_bools(builder, context, words)
        }
        (_, Data::Codes { .. } | Data::FinishedStrings(_)) => finish_names(builder, context),
        _ => Ok(finish_values(builder, context)),
    }
}

/// Decides on a column of texts with all of its cells known; where they are values, makes them so.
fn read_again<'p>(
    mut builder: ColumnBuilder<'p>,
    context: &Context<'p>,
) -> Result<ColumnBuilder<'p>, EngineError> {
    let evidence = match &builder.data {
        Data::Codes { codes, dictionary } => {
            let counts = code_counts(codes, dictionary.len());
            evidence_of(
                dictionary.iter().zip(counts),
                u64::from(builder.n_rows) - builder.n_empty,
                context.tokens,
            )
        }
        // Mostly different texts: looking at every one of them would take long and say nothing new.
        Data::Strings(_) => return read_strings_again(builder, context),
        _ => return Ok(builder),
    };
    match decide(&evidence, context.asked, context.around) {
        reading @ (Reading::Bool { .. } | Reading::Text { .. }) => {
            builder.reading = reading;
            Ok(builder)
        }
        reading => {
            let Data::Codes { codes, dictionary } =
                std::mem::replace(&mut builder.data, Data::Integers(Vec::new()))
            else {
                return Ok(builder);
            };
            let raws = std::mem::take(&mut builder.raws);
            let mut values =
                ColumnBuilder::new(reading, context.asked.is_some(), context.tokens, codes.len())?;
            values.push_cells(
                codes
                    .iter()
                    .zip(0u32..)
                    .map(|(code, row)| dictionary.get(*code).or_else(|| raws.get(row)).unwrap_or_default()),
            );
            Ok(values)
        }
    }
}

fn read_strings_again<'p>(
    mut builder: ColumnBuilder<'p>,
    context: &Context<'p>,
) -> Result<ColumnBuilder<'p>, EngineError> {
    let Data::Strings(strings) = std::mem::replace(&mut builder.data, Data::Integers(Vec::new())) else {
        return Ok(builder);
    };
    let strings = strings.finish();
    let n_values = u64::from(builder.n_rows) - builder.n_empty;
    let texts = strings.downcast_iter().flat_map(|array| array.non_null_values_iter());
    let reading = decide(
        &evidence_of(texts.map(|text| (text, 1)), n_values, context.tokens),
        context.asked,
        context.around,
    );
    if matches!(reading, Reading::Bool { .. } | Reading::Text { .. }) {
        builder.reading = reading;
        builder.data = Data::FinishedStrings(Box::new(strings));
        return Ok(builder);
    }
    let raws = std::mem::take(&mut builder.raws);
    let mut values = ColumnBuilder::new(reading, context.asked.is_some(), context.tokens, strings.len())?;
    let cells = strings.downcast_iter().flat_map(|array| array.iter()).zip(0u32..);
    values.push_cells(cells.map(|(text, row)| text.or_else(|| raws.get(row)).unwrap_or_default()));
    Ok(values)
}

/// Counts texts until it is clear that too few of them are values.
fn evidence_of<'c>(
    texts: impl Iterator<Item = (&'c str, u64)>,
    n_values: u64,
    tokens: &MissingTokens,
) -> Evidence {
    let mut evidence = Evidence::default();
    for (i, (text, n)) in texts.enumerate() {
        evidence.add(text, n, tokens);
        if i % 256 == 255 && (evidence.n_values - evidence.n_typed()) * 10 > n_values {
            break;
        }
    }
    evidence
}

fn finish_values(mut builder: ColumnBuilder<'_>, context: &Context<'_>) -> Finished {
    builder.shrink();
    let validity = builder.take_validity();
    let n_missing = builder.n_missing();
    let n_values = u64::from(builder.n_rows) - n_missing - builder.coerced.len() as u64;
    let ColumnBuilder { reading, data, raws, n_empty, token_counts, coerced, tally, .. } = builder;
    let name = context.name;
    let asked = context.asked;
    let (stored, reason, expected): (_, _, Cow<'static, str>) = match (data, reading) {
        (Data::Integers(values), Reading::Number { format, form }) => {
            let (kind, mut reason) = match form.affix.and_then(|affix| affix.unit) {
                Some(unit) => {
                    let numbers = values.iter().map(|value| *value as f64);
                    kind_of_units(numbers, validity.as_ref(), n_values, unit)
                }
                None => kind_of_integers(&values, validity.as_ref(), n_values, context),
            };
            reason.push_str(&marks(format, form, &tally, n_values, context));
            let stored = StoredColumn::integers(name, asked.unwrap_or(kind), values, validity);
            (with_form(stored, Form::Number(form)), reason, "a number".into())
        }
        (Data::Numbers(values), Reading::Number { format, form }) => {
            let (kind, mut reason) = match form.affix.and_then(|affix| affix.unit) {
                Some(unit) => kind_of_units(values.iter().copied(), validity.as_ref(), n_values, unit),
                None => kind_of_numbers(&values, validity.as_ref(), n_values, tally.n_fractional, context),
            };
            reason.push_str(&marks(format, form, &tally, n_values, context));
            let stored = StoredColumn::numbers(name, asked.unwrap_or(kind), values, validity);
            (with_form(stored, Form::Number(form)), reason, "a number".into())
        }
        (Data::Durations(values), Reading::Duration { form }) => {
            let reason = all_of(
                n_values,
                "written as hours, minutes and seconds",
                "written as hours, minutes and seconds",
            );
            let kind = asked.unwrap_or(Kind::Duration);
            (
                with_form(StoredColumn::numbers(name, kind, values, validity), Form::Duration(form)),
                reason,
                "hh:mm:ss".into(),
            )
        }
        (Data::Days(values), Reading::Moment { order, how, template }) => {
            let what = if template.has_day() {
                ("a date", "dates")
            } else {
                ("a month, which stands for its first day", "months, each of which stands for its first day")
            };
            let reason = date_reason(what, (order, how), &template, &tally, n_values);
            let form = Form::Moment(template);
            let stored = if asked == Some(Kind::DateTime) {
                let micros = values.into_iter().map(|day| i64::from(day) * MICROS_PER_DAY).collect();
                StoredColumn::micros(name, Kind::DateTime, micros, validity)
            } else {
                StoredColumn::days(name, asked.unwrap_or(Kind::Date), values, validity)
            };
            (with_form(stored, form), reason, expected_date(order, how, "a date"))
        }
        (Data::Micros(values), Reading::Moment { order, how, template }) => {
            let what = ("a date with a time", "dates with times");
            let mut reason = date_reason(what, (order, how), &template, &tally, n_values);
            if template.has_offset() {
                reason.push_str("; times are turned to UTC");
            }
            let stored = if asked == Some(Kind::Date) {
                let days =
                    values.into_iter().map(|micros| micros.div_euclid(MICROS_PER_DAY) as i32).collect();
                StoredColumn::days(name, Kind::Date, days, validity)
            } else {
                let stored = StoredColumn::micros(name, asked.unwrap_or(Kind::DateTime), values, validity);
                with_form(stored, Form::Moment(template))
            };
            (stored, reason, expected_date(order, how, "a date with a time"))
        }
        // Data and reading are made together; anything else is a column without cells.
        _ => {
            let stored = StoredColumn::numbers(name, Kind::Continuous, Vec::new(), None);
            (stored, String::new(), "a number".into())
        }
    };
    let reason = asked.map_or(reason, |_| "set in the import options".into());
    let stored = with_raws(stored, raws);
    Finished {
        stored,
        reason,
        n_missing,
        n_empty,
        token_counts,
        coerced,
        expected,
        mixed_units: None,
        other_order_row: None,
    }
}

pub(super) fn with_form(mut stored: StoredColumn, form: Form) -> StoredColumn {
    stored.meta.form = form;
    stored
}

pub(super) fn with_raws(mut stored: StoredColumn, raws: Raws) -> StoredColumn {
    stored.meta.raws = raws.into();
    stored
}

/// "all 5,000 values are whole numbers"
pub(super) fn all_of(n: u64, singular: &str, plural: &str) -> String {
    match n {
        0 => "there are no values".into(),
        1 => format!("the only value is {singular}"),
        n => format!("all {} values are {plural}", format::count(n)),
    }
}

/// "a date with the day first", where the user wants it so.
fn expected_date(order: DateOrder, how: OrderEvidence, what: &'static str) -> Cow<'static, str> {
    match how {
        OrderEvidence::Asked if what == "a date" => {
            format!("a date with the {} first", order.leading()).into()
        }
        OrderEvidence::Asked => format!("{what} and the {} first", order.leading()).into(),
        _ => what.into(),
    }
}

fn date_reason(
    what: (&str, &str),
    (order, how): (DateOrder, OrderEvidence),
    template: &Template,
    tally: &Tally,
    n_values: u64,
) -> String {
    let mut reason = order_reason(what, (order, how), template, tally.n_day_above_12, n_values);
    if template.has_short_year() || tally.n_with_short_year > 0 {
        reason.push_str("; years of two digits are 1970 to 2069");
    }
    reason
}

fn order_reason(
    what: (&str, &str),
    (order, how): (DateOrder, OrderEvidence),
    template: &Template,
    n_day_above_12: u64,
    n_values: u64,
) -> String {
    let all = all_of(n_values, what.0, what.1);
    let word = match order {
        DateOrder::Ymd if !template.has_day() => return all,
        DateOrder::Ymd if template.has_name() => return format!("{all}, with months as words"),
        DateOrder::Ymd if how == OrderEvidence::BeginWithYear => {
            return format!(
                "{all}, year first: the order of the import options is for dates that do not begin with the year"
            );
        }
        DateOrder::Ymd => return format!("{all}, year first"),
        DateOrder::Dmy | DateOrder::Mdy => order.leading(),
    };
    if n_day_above_12 > 0 {
        let exceed = if n_day_above_12 == 1 { "exceeds" } else { "exceed" };
        let position = if order == DateOrder::Dmy { "first" } else { "second" };
        return format!(
            "{all}; {word} first: {} of {} values {exceed} 12 in the {position} place",
            format::count(n_day_above_12),
            format::count(n_values)
        );
    }
    match how {
        OrderEvidence::Steps => format!(
            "{all}; ambiguous: no value exceeds 12; read as {word} first, because the dates would jump otherwise"
        ),
        OrderEvidence::Points => {
            format!("{all}; ambiguous: no value exceeds 12; read as {word} first, as is usual with points")
        }
        OrderEvidence::Asked => {
            format!("{all}; no value exceeds 12; read as {word} first by the import options")
        }
        OrderEvidence::Certain | OrderEvidence::BeginWithYear | OrderEvidence::None => {
            format!(
                "{all}; ambiguous: no value exceeds 12, so day and month cannot be told apart; read as {word} first"
            )
        }
    }
}

/// Counts of codes.
pub(super) fn code_counts(codes: &[u32], n_levels: usize) -> Vec<u64> {
    let mut counts = vec![0; n_levels];
    for code in codes.iter().filter(|code| **code != NO_CODE) {
        if let Some(count) = counts.get_mut(*code as usize) {
            *count += 1;
        }
    }
    counts
}
