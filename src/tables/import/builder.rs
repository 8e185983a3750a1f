//! One column, built cell by cell.

use super::dictionary::Dictionary;
use super::evidence::MissingTokens;
use super::reader::Batch;
use super::reading::Reading;
use crate::model::{EngineError, ErrorCode};
use crate::tables::form::Raws;
use crate::tables::moment::Template;
use crate::tables::number::{Decimal, Number, parse_number, parse_plain_decimal, parse_plain_integer};
use crate::tables::read_moment::{read_duration, read_moment};
use crate::tables::unit::parse_signed;
use polars_arrow::bitmap::BitmapBuilder;
use polars_core::prelude::{PlSmallStr, StringChunked, StringChunkedBuilder};

/// A code that is no level.
pub(super) const NO_CODE: u32 = u32::MAX;

/// A column under construction. Cells that are not written as the reading's form writes them are kept
/// beside it as raw texts, so that the file can be written out again as it was.
pub(super) struct ColumnBuilder<'p> {
    pub reading: Reading,
    tokens: &'p MissingTokens,
    /// The user asked for the kind: cells that do not fit are missing, however many.
    pub is_forced: bool,
    pub data: Data,
    validity: BitmapBuilder,
    pub raws: Raws,
    pub n_rows: u32,
    pub n_empty: u64,
    pub token_counts: Vec<(String, u64)>,
    /// Rows whose cell does not fit the reading.
    pub coerced: Vec<u32>,
    pub tally: Tally,
    /// Too little fits; nothing more is kept.
    pub is_hopeless: bool,
}

/// What the finishing has to know about the values.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub n_leading_zero: u64,
    pub n_long: u64,
    pub n_code_like: u64,
    /// Values with decimals that are not zeros.
    pub n_fractional: u64,
    pub n_with_decimals: u64,
    pub n_with_group: u64,
    /// Of these, and of those with decimals, the ones that show which mark is which: "1,234.5", "1,234,567", "12,5".
    pub n_with_sure_mark: u64,
    /// A whole number was too large to be turned into a float exactly.
    pub is_lossy: bool,
    /// Dates whose day exceeds 12.
    pub n_day_above_12: u64,
    pub n_with_time: u64,
    /// Dates with years of two digits that are not written as most are.
    pub n_with_short_year: u64,
    pub n_text_bytes: u64,
}

pub(super) enum Data {
    Integers(Vec<i64>),
    Numbers(Vec<f64>),
    /// A date or, where the template has a time, a date-time.
    Days(Vec<i32>),
    Micros(Vec<i64>),
    Durations(Vec<f64>),
    Codes {
        codes: Vec<u32>,
        dictionary: Box<Dictionary>,
    },
    Strings(Box<StringChunkedBuilder>),
    FinishedStrings(Box<StringChunked>),
}

/// A column of names starts as a dictionary and turns to plain strings when these many are different...
const MIN_DIFFERENT_FOR_STRINGS: usize = 10_000;

impl<'p> ColumnBuilder<'p> {
    /// `n_rows_expected` is reserved at once, because growing by doubling would need three times the room.
    pub fn new(
        reading: Reading,
        is_forced: bool,
        tokens: &'p MissingTokens,
        n_rows_expected: usize,
    ) -> Result<Self, EngineError> {
        let data = match &reading {
            Reading::Number { form, .. } if form.decimals == crate::tables::form::Decimals::Shortest => {
                Data::Integers(reserved(n_rows_expected)?)
            }
            Reading::Number { .. } => Data::Numbers(reserved(n_rows_expected)?),
            Reading::Moment { template, .. } if template.has_time() => {
                Data::Micros(reserved(n_rows_expected)?)
            }
            Reading::Moment { .. } => Data::Days(reserved(n_rows_expected)?),
            Reading::Duration { .. } => Data::Durations(reserved(n_rows_expected)?),
            Reading::Bool { .. } | Reading::Text { .. } => {
                Data::Codes { codes: reserved(n_rows_expected)?, dictionary: Box::default() }
            }
        };
        Ok(Self {
            reading,
            tokens,
            is_forced,
            data,
            validity: BitmapBuilder::with_capacity(n_rows_expected),
            raws: Raws::default(),
            n_rows: 0,
            n_empty: 0,
            token_counts: Vec::new(),
            coerced: Vec::new(),
            tally: Tally::default(),
            is_hopeless: false,
        })
    }

    pub fn push_batch(&mut self, text: &str, batch: &Batch, column: usize) {
        if self.is_hopeless {
            return;
        }
        let cells = (0..batch.n_rows).map(|row| batch.cell(text, row, column));
        self.push_cells(cells);
        self.give_up_early();
    }

    pub fn push_cells<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        let is_slow = self.tokens.has_custom() || self.has_affix();
        match &mut self.data {
            Data::Integers(_) | Data::Numbers(_) | Data::Days(_) | Data::Micros(_) if is_slow => {
                for cell in cells {
                    self.push_slowly(cell);
                }
            }
            Data::Integers(_) => self.push_integers(cells),
            Data::Numbers(_) => self.push_numbers(cells),
            Data::Days(_) | Data::Micros(_) => self.push_moments(cells),
            Data::Durations(_) => {
                for cell in cells {
                    self.push_slowly(cell);
                }
            }
            Data::Codes { .. } | Data::Strings(_) => self.push_texts(cells),
            Data::FinishedStrings(_) => {}
        }
    }

    /// Something stands around the digits.
    fn has_affix(&self) -> bool {
        matches!(self.reading, Reading::Number { form, .. } if form.affix.is_some())
    }

    #[inline(never)]
    fn push_integers<'c>(&mut self, mut cells: impl Iterator<Item = &'c str>) {
        // Grouped thousands are not plain; a number without a group would not be written back as it stood.
        let is_grouped = matches!(self.reading, Reading::Number { form, .. } if form.group.is_some());
        for cell in cells.by_ref() {
            let Data::Integers(values) = &mut self.data else { break };
            let plain = parse_plain_integer(cell.as_bytes());
            if let Some(value) = plain.filter(|value| !is_grouped || value.abs() < 1000) {
                values.push(value);
                self.validity.push(true);
                self.n_rows += 1;
            } else {
                self.push_slowly(cell);
                if matches!(self.data, Data::Numbers(_)) {
                    break;
                }
            }
        }
        // A fraction turned the column into floats.
        if matches!(self.data, Data::Numbers(_)) {
            self.push_numbers(cells);
        }
    }

    #[inline(never)]
    fn push_numbers<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        use crate::tables::form::Decimals;
        let Reading::Number { form, .. } = self.reading else { return };
        let decimal = if form.decimal == Decimal::Comma { b',' } else { b'.' };
        for cell in cells {
            let fast =
                parse_plain_decimal(cell.as_bytes(), decimal).filter(|(value, n_decimals, ends_in_zero)| {
                    let is_in_form = match form.decimals {
                        Decimals::Shortest => !ends_in_zero,
                        Decimals::AtLeastOne => *n_decimals == 1 || (*n_decimals > 0 && !ends_in_zero),
                        Decimals::Fixed(n) => *n_decimals == n,
                    };
                    is_in_form && (form.group.is_none() || value.abs() < 1000.0)
                });
            match (fast, &mut self.data) {
                (Some((value, n_decimals, _)), Data::Numbers(values)) => {
                    values.push(value);
                    self.validity.push(true);
                    self.n_rows += 1;
                    self.tally.n_with_decimals += u64::from(n_decimals > 0);
                    // Three digits behind a comma could be thousands.
                    self.tally.n_with_sure_mark += u64::from(n_decimals > 0 && n_decimals != 3);
                    self.tally.n_fractional += u64::from(value.fract() != 0.0);
                }
                _ => self.push_slowly(cell),
            }
        }
    }

    #[inline(never)]
    fn push_moments<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        let Reading::Moment { template, .. } = &self.reading else { return };
        let template: Template = template.clone();
        let has_name = template.has_name();
        for cell in cells {
            let Some(moment) = template.parse(cell.as_bytes()) else {
                self.push_slowly(cell);
                continue;
            };
            match &mut self.data {
                Data::Days(values) => values.push(moment.days),
                Data::Micros(values) => values.push(moment.micros()),
                _ => {}
            }
            self.validity.push(true);
            self.n_rows += 1;
            self.tally.n_day_above_12 += u64::from(moment.day > 12 && !has_name);
            self.tally.n_with_time += u64::from(moment.micros_of_day.is_some());
        }
    }

    #[inline(never)]
    fn push_texts<'c>(&mut self, cells: impl Iterator<Item = &'c str>) {
        for cell in cells {
            let row = self.n_rows;
            self.n_rows += 1;
            let first = cell.as_bytes().first().copied().unwrap_or(b' ');
            // Most texts begin with a letter and are not a token of the user's.
            let is_missing = (!first.is_ascii_alphanumeric() || self.tokens.has_custom())
                && self.is_missing_name(cell, row);
            match &mut self.data {
                Data::Codes { codes, dictionary } => {
                    codes.push(if is_missing { NO_CODE } else { dictionary.code(cell) });
                }
                Data::Strings(strings) => {
                    // Polars holds up to 12 bytes of a text in its view, longer ones beside it.
                    self.tally.n_text_bytes += if cell.len() > 12 { cell.len() as u64 } else { 0 };
                    strings.append_option((!is_missing).then_some(cell));
                }
                _ => {}
            }
        }
        self.stop_dictionary();
    }

    fn is_missing_name(&mut self, cell: &str, row: u32) -> bool {
        let trimmed = cell.trim();
        if trimmed.is_empty() {
            self.n_empty += 1;
        } else if self.tokens.is_missing_name(trimmed) {
            count_token(&mut self.token_counts, trimmed);
        } else {
            return false;
        }
        if !cell.is_empty() {
            self.raws.push(row, cell);
        }
        true
    }

    /// Turns to plain strings where a dictionary does not save anything.
    fn stop_dictionary(&mut self) {
        let Data::Codes { codes, dictionary } = &self.data else { return };
        if dictionary.len() < MIN_DIFFERENT_FOR_STRINGS || dictionary.len() * 2 < codes.len() {
            return;
        }
        let n_rows = codes.capacity().max(codes.len());
        let mut strings = StringChunkedBuilder::new(PlSmallStr::EMPTY, n_rows);
        for code in codes {
            strings.append_option(dictionary.get(*code));
        }
        self.data = Data::Strings(Box::new(strings));
    }

    /// Any cell of a column of values, however it is written.
    fn push_slowly(&mut self, cell: &str) {
        let row = self.n_rows;
        self.n_rows += 1;
        let trimmed = cell.trim();
        // The user may have said that "999" is no value.
        let is_token = self.tokens.has_custom() && self.tokens.is_missing_value(trimmed);
        let is_read = !trimmed.is_empty() && !is_token && self.push_value(cell, trimmed, row);
        self.validity.push(is_read);
        if is_read {
            return;
        }
        match &mut self.data {
            Data::Integers(values) | Data::Micros(values) => values.push(0),
            Data::Numbers(values) | Data::Durations(values) => values.push(0.0),
            Data::Days(values) => values.push(0),
            Data::Codes { .. } | Data::Strings(_) | Data::FinishedStrings(_) => {}
        }
        if !cell.is_empty() {
            self.raws.push(row, cell);
        }
        if trimmed.is_empty() {
            self.n_empty += 1;
        } else if self.tokens.is_missing_value(trimmed) {
            count_token(&mut self.token_counts, trimmed);
        } else {
            self.coerced.push(row);
        }
    }

    /// Reads the value; `false` where the text is none.
    fn push_value(&mut self, cell: &str, trimmed: &str, row: u32) -> bool {
        match &self.reading {
            Reading::Number { format, form } => {
                let (format, form) = (*format, *form);
                let number = match form.affix {
                    None => parse_number(trimmed, format),
                    Some(affix) => parse_signed(trimmed, format, affix.unit),
                };
                let Some(number) = number else { return false };
                self.tally.n_leading_zero += u64::from(number.has_leading_zero);
                self.tally.n_long += u64::from(number.n_decimals.is_none() && number.n_significant > 15);
                self.tally.n_code_like += u64::from(number.is_code_like);
                self.tally.n_with_decimals += u64::from(number.n_decimals.is_some());
                self.tally.n_with_group += u64::from(number.has_group);
                self.tally.n_with_sure_mark += u64::from(is_mark_sure(trimmed, &number));
                self.tally.n_fractional += u64::from(number.value.fract() != 0.0);
                if matches!(self.data, Data::Integers(_)) && number.integer.is_none() {
                    self.widen();
                }
                let is_untrimmed = trimmed.len() == cell.len();
                let is_restored = match (&mut self.data, number.integer) {
                    (Data::Integers(values), Some(integer)) => {
                        values.push(integer);
                        // Without groups and signs, whole numbers are written exactly, however many digits there are.
                        if form.shapes_integers() {
                            is_untrimmed && form.restores(&number, cell)
                        } else {
                            is_untrimmed && number.is_plain && !number.has_group
                        }
                    }
                    (Data::Numbers(values), _) => {
                        values.push(number.value);
                        is_untrimmed && form.restores(&number, cell)
                    }
                    _ => return false,
                };
                if !is_restored {
                    self.raws.push(row, cell);
                }
                true
            }
            Reading::Moment { order, template, .. } => {
                let Some((moment, found)) = read_moment(trimmed, *order) else { return false };
                if found.has_day() != template.has_day() {
                    return false;
                }
                match &mut self.data {
                    Data::Days(values) if moment.micros_of_day.is_none() || self.is_forced => {
                        values.push(moment.days)
                    }
                    Data::Micros(values) => values.push(moment.micros()),
                    _ => return false,
                }
                self.tally.n_day_above_12 += u64::from(moment.day > 12 && !found.has_name());
                self.tally.n_with_short_year += u64::from(found.has_short_year());
                self.tally.n_with_time += u64::from(moment.micros_of_day.is_some());
                self.raws.push(row, cell);
                true
            }
            Reading::Duration { form } => {
                let Some((seconds, _, _)) = read_duration(trimmed) else { return false };
                let mut written = String::new();
                form.write(&mut written, seconds);
                if let Data::Durations(values) = &mut self.data {
                    values.push(seconds);
                }
                if written != cell {
                    self.raws.push(row, cell);
                }
                true
            }
            Reading::Bool { .. } | Reading::Text { .. } => false,
        }
    }

    /// Turns whole numbers into floats, for the fraction that follows.
    fn widen(&mut self) {
        const MAX_EXACT: u64 = 1 << 53;
        let Data::Integers(values) = &mut self.data else { return };
        self.tally.is_lossy |= values.iter().any(|value| value.unsigned_abs() > MAX_EXACT);
        let capacity = values.capacity();
        let mut numbers = Vec::with_capacity(capacity);
        numbers.extend(values.iter().map(|value| *value as f64));
        self.data = Data::Numbers(numbers);
    }

    /// Stops keeping cells of a column that will be read anew in any case.
    fn give_up_early(&mut self) {
        let n_values = u64::from(self.n_rows) - self.n_missing();
        let n_coerced = self.coerced.len() as u64;
        if !self.is_forced && n_coerced > 2_000 && n_coerced * 5 > n_values {
            self.is_hopeless = true;
            self.data = Data::Integers(Vec::new());
            self.raws = Raws::default();
            self.coerced = Vec::new();
        }
    }

    /// Cells that are empty or a missing token.
    pub fn n_missing(&self) -> u64 {
        self.n_empty + self.token_counts.iter().map(|(_, n)| n).sum::<u64>()
    }

    /// The bits of the cells that are not missing; `None` where all are there.
    pub fn take_validity(&mut self) -> Option<polars_arrow::bitmap::Bitmap> {
        std::mem::take(&mut self.validity).into_opt_validity()
    }

    /// Gives back memory that was reserved for rows that did not come.
    pub fn shrink(&mut self) {
        fn shrink<T>(values: &mut Vec<T>) {
            if values.capacity() > values.len() + values.len() / 4 + 1024 {
                values.shrink_to_fit();
            }
        }
        match &mut self.data {
            Data::Integers(values) | Data::Micros(values) => shrink(values),
            Data::Numbers(values) | Data::Durations(values) => shrink(values),
            Data::Days(values) => shrink(values),
            Data::Codes { codes, .. } => shrink(codes),
            Data::Strings(_) | Data::FinishedStrings(_) => {}
        }
    }

    /// Bytes held.
    pub fn n_bytes(&self) -> usize {
        let n_rows = self.n_rows as usize;
        self.raws.n_bytes()
            + match &self.data {
                Data::Integers(_) | Data::Numbers(_) | Data::Micros(_) | Data::Durations(_) => n_rows * 8,
                Data::Days(_) => n_rows * 4,
                Data::Codes { dictionary, .. } => n_rows * 4 + dictionary.n_bytes(),
                // Buffers grow by doubling.
                Data::Strings(_) | Data::FinishedStrings(_) => n_rows * 24 + self.tally.n_text_bytes as usize,
            }
    }
}

/// Whether the text shows which of point and comma is the decimal mark.
fn is_mark_sure(trimmed: &str, number: &Number) -> bool {
    let n_marks = trimmed.bytes().filter(|byte| matches!(byte, b'.' | b',')).count();
    n_marks > 1 || number.n_decimals.is_some_and(|n| n != 3)
}

fn count_token(counts: &mut Vec<(String, u64)>, token: &str) {
    match counts.iter_mut().find(|(known, _)| known == token) {
        Some((_, n)) => *n += 1,
        None => counts.push((token.to_owned(), 1)),
    }
}

fn reserved<T>(n: usize) -> Result<Vec<T>, EngineError> {
    let mut values = Vec::new();
    values.try_reserve_exact(n).map_err(|_| too_large())?;
    Ok(values)
}

/// The table does not fit into memory.
pub(super) fn too_large() -> EngineError {
    EngineError::new(ErrorCode::TooLarge, "The table does not fit into memory.")
        .hint("Load a part of the rows or columns, or a summary of them.")
}
