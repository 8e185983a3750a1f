//! A column read anew as another kind.

use super::super::column::{NewColumn, StoredColumn};
use super::super::export::write_cell;
use super::super::import::BOOL_WORDS;
use super::super::moment::DateOrder;
use super::super::number::{Decimal, NumberFormat, parse_number};
use super::super::read_moment::{read_duration, read_moment};
use super::super::values::Values;
use super::super::{Codes, ColumnData, Table, calendar};
use super::{Outcome, column_at, derive, n_different, with_replaced};
use crate::format;
use crate::model::{CastStep, CellExample, EngineError, ErrorCode, Kind, StepProblem};
use crate::pace::Pace;
use std::borrow::Cow;

pub(super) async fn cast(table: &Table, step: &CastStep, pace: &Pace) -> Result<Outcome, EngineError> {
    let at = column_at(table, &step.column, "column")?;
    let (old, old_kind) = (table.values_at(at)?, table.meta(at)?.kind);
    if old_kind == step.kind {
        return Ok(table.clone().into());
    }
    let n_rows = table.n_rows();
    let mut problems = Vec::new();
    let column = match relabelled(table, at, step.kind)? {
        Some(column) => column,
        None => {
            let caster = Caster { table, at, name: &step.column, kind: step.kind };
            caster.read(&mut problems)?
        }
    };
    pace.step(0.5, "reading cells").await?;
    let new_table = with_replaced(table, vec![(at, column)])?;
    let new = new_table.values_at(at)?;
    let is_lost = |row: &usize| new.is_missing(*row) && !old.is_missing(*row);
    let lost = || (0..n_rows).filter(is_lost);
    let n_lost = lost().count() as u64;
    if n_lost > 0 {
        let example = |row: usize| CellExample { row: row as u64 + 1, text: cell(table, at, row) };
        problems.push(StepProblem {
            column: Some(step.column.clone()),
            message: format!(
                "{} that {} no {} became missing.",
                format::plural(n_lost, "cell", "cells"),
                if n_lost == 1 { "is" } else { "are" },
                expected(step.kind)
            ),
            n: n_lost,
            examples: lost().take(StepProblem::MAX_EXAMPLES).map(example).collect(),
        });
    }
    let n_cells_changed = n_different(table, &new_table, at, pace).await?;
    Ok(Outcome { table: new_table, n_cells_changed, problems })
}

/// The same values under another kind, where they need not be read anew. They stay written as they were.
fn relabelled(table: &Table, at: usize, kind: Kind) -> Result<Option<StoredColumn>, EngineError> {
    let is_name = matches!(kind, Kind::Nominal | Kind::Ordinal | Kind::Id);
    let keeps = match table.values_at(at)? {
        Values::Integers(slots) => match kind {
            Kind::Continuous | Kind::Duration => true,
            Kind::Count => slots.iter().flatten().all(|value| value >= 0),
            Kind::Binary => slots.iter().flatten().all(|value| value == 0 || value == 1),
            _ => is_name,
        },
        Values::Numbers(_) => matches!(kind, Kind::Continuous | Kind::Duration) || is_name,
        Values::Texts(_) => matches!(kind, Kind::Text | Kind::Id),
        Values::Levels(..) => is_name && table.meta(at)?.kind != Kind::Binary,
        Values::Days(_) | Values::Micros(_) => false,
    };
    if !keeps {
        return Ok(None);
    }
    let mut column = table.stored_at(at)?;
    column.meta.kind = kind;
    Ok(Some(column))
}

/// The cell as it stands in the file.
fn cell(table: &Table, at: usize, row: usize) -> String {
    let mut text = String::new();
    if let (Ok(values), Ok(meta)) = (table.values_at(at), table.meta(at)) {
        write_cell(&values, meta, row, &mut text);
    }
    text
}

fn expected(kind: Kind) -> &'static str {
    match kind {
        Kind::Continuous => "number",
        Kind::Count => "whole number from 0",
        Kind::Binary => "yes or no",
        Kind::Date => "date",
        Kind::DateTime => "date-time",
        Kind::Duration => "duration",
        Kind::Nominal | Kind::Ordinal => "name",
        Kind::Id => "id",
        Kind::Text => "text",
    }
}

/// "Numbers were read with a decimal comma and points between thousands."
fn marks(format: NumberFormat) -> String {
    let decimal = if format.decimal == Decimal::Comma { "comma" } else { "point" };
    let group = format.group.map(|group| format!(" and {} between thousands", group.name()));
    format!("Numbers were read with a decimal {decimal}{}.", group.unwrap_or_default())
}

struct Caster<'a> {
    table: &'a Table,
    at: usize,
    name: &'a str,
    kind: Kind,
}

impl Caster<'_> {
    fn read(&self, problems: &mut Vec<StepProblem>) -> Result<StoredColumn, EngineError> {
        let values = self.table.values_at(self.at)?;
        match self.kind {
            Kind::Continuous => self.stored(ColumnData::Numbers(self.numbers(values, problems)?)),
            Kind::Duration => self.stored(ColumnData::Numbers(self.numbers(values, problems)?)),
            Kind::Count => {
                let whole = |x: f64| (x >= 0.0 && x.fract() == 0.0 && x < 9e15).then_some(x as i64);
                self.stored(ColumnData::Integers(
                    self.numbers(values, problems)?.into_iter().map(whole).collect(),
                ))
            }
            Kind::Binary => self.binary(values, problems),
            Kind::Date | Kind::DateTime => self.moments(values, problems),
            Kind::Nominal | Kind::Ordinal | Kind::Id | Kind::Text => self.texts(values),
        }
    }

    fn stored(&self, data: ColumnData) -> Result<StoredColumn, EngineError> {
        StoredColumn::from_new(NewColumn { name: self.name.into(), kind: self.kind, data })
    }

    /// NaN where a cell is no number. Texts are read with the marks that most of them have.
    fn numbers(&self, values: Values<'_>, problems: &mut Vec<StepProblem>) -> Result<Vec<f64>, EngineError> {
        match values {
            Values::Integers(slots) => Ok(slots.iter().map(|x| x.map_or(f64::NAN, |x| x as f64)).collect()),
            Values::Numbers(slots) => Ok(slots.iter().map(|x| x.unwrap_or(f64::NAN)).collect()),
            Values::Texts(_) | Values::Levels(..) => {
                let Codes { codes, levels } = Codes::of(values, self.kind);
                let read = |format: NumberFormat| -> Vec<Option<f64>> {
                    levels.iter().map(|text| self.number(text, format)).collect()
                };
                let n_read = |read: &[Option<f64>]| read.iter().flatten().count();
                let mut numbers = read(NumberFormat::PLAIN);
                let mut found_format = NumberFormat::PLAIN;
                for format in NumberFormat::ALL {
                    let found = read(format);
                    if n_read(&found) > n_read(&numbers) {
                        (numbers, found_format) = (found, format);
                    }
                }
                if found_format != NumberFormat::PLAIN {
                    problems.push(self.note(marks(found_format), n_read(&numbers)));
                }
                let is_binary = self.table.meta(self.at)?.kind == Kind::Binary;
                if is_binary && numbers.iter().all(Option::is_none) {
                    // No and yes are 0 and 1.
                    numbers = vec![Some(0.0), Some(1.0)];
                }
                let number = |code: &u32| numbers.get(*code as usize).copied().flatten().unwrap_or(f64::NAN);
                Ok(codes.iter().map(number).collect())
            }
            Values::Days(_) | Values::Micros(_) => Err(self.impossible()),
        }
    }

    fn number(&self, text: &str, format: NumberFormat) -> Option<f64> {
        if self.kind == Kind::Duration && text.contains(':') {
            return read_duration(text.trim()).map(|(seconds, _, _)| seconds);
        }
        parse_number(text, format).map(|number| number.value)
    }

    /// How texts were read, where that is not the only way.
    fn note(&self, message: String, n: usize) -> StepProblem {
        StepProblem { column: Some(self.name.to_owned()), message, n: n as u64, examples: Vec::new() }
    }

    /// 0 and 1, or two words for no and yes, which keep their spelling where there is one of each.
    fn binary(
        &self,
        values: Values<'_>,
        problems: &mut Vec<StepProblem>,
    ) -> Result<StoredColumn, EngineError> {
        if matches!(values, Values::Integers(_) | Values::Numbers(_)) {
            let bit = |x: f64| (x == 0.0 || x == 1.0).then_some(x as i64);
            return self.stored(ColumnData::Integers(
                self.numbers(values, problems)?.into_iter().map(bit).collect(),
            ));
        }
        if matches!(values, Values::Days(_) | Values::Micros(_)) {
            return Err(self.impossible());
        }
        let Codes { codes, levels } = Codes::of(values, self.kind);
        let read = |text: &String| {
            let text = text.trim();
            let word = BOOL_WORDS.iter().find_map(|(no, yes)| {
                let is_yes = text.eq_ignore_ascii_case(yes);
                (is_yes || text.eq_ignore_ascii_case(no)).then_some(is_yes)
            });
            word.or(match text {
                "0" => Some(false),
                "1" => Some(true),
                _ => None,
            })
        };
        let bits: Vec<Option<bool>> = levels.iter().map(read).collect();
        let spelling = |wanted: bool, default: &str| {
            let mut found = levels.iter().zip(&bits).filter(|(_, bit)| **bit == Some(wanted));
            match (found.next(), found.next()) {
                (Some((level, _)), None) => level.trim().to_owned(),
                _ => default.to_owned(),
            }
        };
        let code = |code: &u32| bits.get(*code as usize).copied().flatten().map_or(Codes::MISSING, u32::from);
        let levels = vec![spelling(false, "false"), spelling(true, "true")];
        Ok(StoredColumn::levels(self.name, self.kind, codes.iter().map(code).collect(), levels))
    }

    /// Texts are read in the order of day, month and year that most of them have.
    fn moments(
        &self,
        values: Values<'_>,
        problems: &mut Vec<StepProblem>,
    ) -> Result<StoredColumn, EngineError> {
        let micros: Vec<Option<i64>> = match values {
            Values::Days(slots) => {
                slots.iter().map(|day| day.map(|day| i64::from(day) * calendar::MICROS_PER_DAY)).collect()
            }
            Values::Micros(slots) => slots.iter().collect(),
            Values::Integers(_) | Values::Numbers(_) => return Err(self.impossible()),
            Values::Texts(_) | Values::Levels(..) => {
                let Codes { codes, levels } = Codes::of(values, self.kind);
                let read = |order: DateOrder| -> Vec<Option<i64>> {
                    let micros = |text: &String| Some(read_moment(text.trim(), order)?.0.micros());
                    levels.iter().map(micros).collect()
                };
                let n_read = |read: &[Option<i64>]| read.iter().flatten().count();
                let mut best = (read(DateOrder::Ymd), "");
                for (order, words) in
                    [(DateOrder::Dmy, "day, month, year"), (DateOrder::Mdy, "month, day, year")]
                {
                    let found = read(order);
                    if n_read(&found) > n_read(&best.0) {
                        best = (found, words);
                    }
                }
                if !best.1.is_empty() {
                    let message = format!("Dates were read in the order {}.", best.1);
                    problems.push(self.note(message, n_read(&best.0)));
                }
                codes.iter().map(|code| best.0.get(*code as usize).copied().flatten()).collect()
            }
        };
        if self.kind == Kind::Date {
            let day = |micros: i64| micros.div_euclid(calendar::MICROS_PER_DAY) as i32;
            return self
                .stored(ColumnData::Dates(micros.into_iter().map(|micros| micros.map(day)).collect()));
        }
        let validity = micros.iter().map(Option::is_some).collect();
        let values = micros.into_iter().map(Option::unwrap_or_default).collect();
        Ok(StoredColumn::micros(self.name, self.kind, values, Some(validity)))
    }

    /// Cells as they stand in the file: "007" stays "007".
    fn texts(&self, values: Values<'_>) -> Result<StoredColumn, EngineError> {
        let text = |row| (!values.is_missing(row)).then(|| Cow::Owned(cell(self.table, self.at, row)));
        let texts: Vec<Option<Cow<'_, str>>> = (0..self.table.n_rows()).map(text).collect();
        if matches!(self.kind, Kind::Text | Kind::Id) {
            let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned);
            return self.stored(ColumnData::Texts(texts.into_iter().map(owned).collect()));
        }
        match derive::texts(texts) {
            (_, ColumnData::Levels { codes, levels }) => {
                // The order of an ordinal column begins as the natural one.
                let mut named = StoredColumn::levels(self.name, Kind::Nominal, codes, levels);
                named.meta.kind = self.kind;
                Ok(named)
            }
            (_, data) => self.stored(data),
        }
    }

    fn impossible(&self) -> EngineError {
        let kind = self.table.meta(self.at).map_or(Kind::Text, |meta| meta.kind);
        let message = format!(
            "Column \"{}\" is of kind {}, which does not become {}.",
            self.name,
            kind.name(),
            self.kind.name()
        );
        let hint = if self.kind.is_time() {
            "Only texts and dates become dates."
        } else {
            "Derive the number that you need from the date, such as year(x) or days_between(a, b)."
        };
        EngineError::new(ErrorCode::WrongKind, message).at_column(self.name).at_field("kind").hint(hint)
    }
}
