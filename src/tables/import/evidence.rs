//! What the cells of a column look like, counted.

use crate::tables::form::{Decimals, DurationForm, NumberForm};
use crate::tables::moment::{DateOrder, Moment, Template};
use crate::tables::number::{Decimal, Group, NumberFormat, parse_number};
use crate::tables::read_moment::{read_duration, read_moment};
use crate::tables::read_named::read_named;
use crate::tables::unit::{Affix, Unit, split};

/// Texts that stand for a missing value in a column of numbers, dates or yes and no. In a column of names
/// they are names: "NA" may be Namibia, and "None" an answer.
const MISSING_TOKENS: [&str; 26] = [
    "NA", "N/A", "n/a", "na", "NaN", "nan", "NAN", "null", "NULL", "Null", "None", "none", "nil", "-", "--",
    "?", ".", "missing", "Missing", "#N/A", "#NA", "#NULL!", "#DIV/0!", "#VALUE!", "\\N", "<NA>",
];

/// Which texts are missing values.
#[derive(Debug, Clone)]
pub(super) struct MissingTokens {
    /// The user's list, which holds in every column.
    custom: Option<Vec<String>>,
}

impl MissingTokens {
    pub fn new(custom: Option<&[String]>) -> Self {
        Self { custom: custom.map(<[String]>::to_vec) }
    }

    pub fn has_custom(&self) -> bool {
        self.custom.is_some()
    }

    /// In a column of values; `trimmed` is not empty.
    pub fn is_missing_value(&self, trimmed: &str) -> bool {
        match &self.custom {
            Some(tokens) => tokens.iter().any(|token| token == trimmed),
            None => MISSING_TOKENS.contains(&trimmed),
        }
    }

    /// In a column of names.
    pub fn is_missing_name(&self, trimmed: &str) -> bool {
        self.custom.as_ref().is_some_and(|tokens| tokens.iter().any(|token| token == trimmed))
    }
}

/// Words for no and yes, in lower case. Single letters count only where both are found and nothing else.
pub(in crate::tables) const BOOL_WORDS: [(&str, &str); 7] =
    [("false", "true"), ("no", "yes"), ("n", "y"), ("f", "t"), ("off", "on"), ("nein", "ja"), ("non", "oui")];

/// Counts over the cells of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Evidence {
    /// Cells that are neither empty nor a missing token.
    pub n_values: u64,
    pub n_tokens: u64,
    /// Cells that are a number in each of [`NumberFormat::ALL`].
    pub n_numbers: [u64; 7],
    pub n_leading_zero: u64,
    /// Whole numbers of more than 15 digits, which a float cannot hold.
    pub n_long: u64,
    pub n_code_like: u64,
    pub n_zero_or_one: u64,
    /// Numbers other than zero without a currency or percent sign, and zeros.
    pub n_bare: u64,
    pub n_bare_zero: u64,
    /// Numbers with a sign around them or in parentheses; whether they are negative.
    affixes: Vec<((Affix, bool), u64)>,
    /// Cells that are a date or date-time, year first, day first, month first.
    pub n_moments: [u64; 3],
    pub n_with_time: u64,
    pub n_with_offset: u64,
    /// Read with the day first, the day exceeds 12; so it cannot be the month.
    pub n_surely_day_first: u64,
    pub n_surely_month_first: u64,
    pub n_durations: u64,
    /// For each of [`BOOL_WORDS`]: no, yes.
    pub n_bools: [(u64, u64); 7],
    /// Cells that are a month of a year: "Jan 2024".
    pub n_months: u64,
    month_templates: Vec<(Template, u64)>,
    templates: [Vec<(Template, u64)>; 3],
    duration_forms: Vec<(DurationForm, u64)>,
    shapes: NumberShapes,
    /// Sums of steps between rows in days, day first and month first.
    day_steps: [StepSum; 2],
}

#[derive(Debug, Clone, Copy, Default)]
struct StepSum {
    last: Option<i32>,
    total: u64,
}

/// How numbers are written.
#[derive(Debug, Clone, Default)]
struct NumberShapes {
    /// Counts of cells by their number of decimals; without a mark they are at 0.
    by_decimals: [u64; 20],
    /// More than one decimal, of which the last is a zero: "1.50".
    n_padded: u64,
    /// "12.0"
    n_point_zero: u64,
    /// More than three digits, without marks between groups.
    n_ungrouped: u64,
    group: Option<char>,
}

const ORDERS: [DateOrder; 3] = [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy];

impl Evidence {
    /// Counts a text that stands in `n` cells.
    pub fn add(&mut self, text: &str, n: u64, tokens: &MissingTokens) {
        let trimmed = text.trim();
        let Some(first) = trimmed.chars().next() else { return };
        if tokens.is_missing_value(trimmed) {
            self.n_tokens += n;
            return;
        }
        self.n_values += n;
        if first.is_ascii_digit() || matches!(first, '-' | '+' | '.' | ',' | '\u{2212}') {
            let n_of = |mark: u8| trimmed.bytes().filter(|byte| *byte == mark).count();
            let (n_colons, n_slashes) = (n_of(b':'), n_of(b'/'));
            if n_colons == 0 && n_slashes == 0 {
                self.add_number(trimmed, n);
            }
            if n_slashes.max(n_of(b'-')).max(n_of(b'.')) >= 2 {
                self.add_moment(trimmed, n);
            } else if let Some((moment, template)) = read_named(trimmed) {
                self.add_named(moment, &template, n);
            }
            if n_colons == 2
                && let Some((_, n_decimals, is_padded)) = read_duration(trimmed)
            {
                self.n_durations += n;
                count(&mut self.duration_forms, DurationForm { is_padded, n_decimals }, n);
            }
            return;
        }
        if split(trimmed).is_some() {
            self.add_number(trimmed, n);
        } else if let Some((moment, template)) = read_named(trimmed) {
            self.add_named(moment, &template, n);
        }
        if trimmed.len() <= 5 {
            for ((no, yes), counts) in BOOL_WORDS.iter().zip(&mut self.n_bools) {
                counts.0 += if trimmed.eq_ignore_ascii_case(no) { n } else { 0 };
                counts.1 += if trimmed.eq_ignore_ascii_case(yes) { n } else { 0 };
            }
        }
    }

    fn add_number(&mut self, trimmed: &str, n: u64) {
        let signed = split(trimmed);
        let text = signed.map_or(trimmed, |signed| signed.body);
        let mut found = None;
        for (format, counter) in NumberFormat::ALL.iter().zip(&mut self.n_numbers) {
            if let Some(number) = parse_number(text, *format) {
                *counter += n;
                found = found.or(Some(number));
            }
        }
        let Some(number) = found else { return };
        self.n_leading_zero += if number.has_leading_zero { n } else { 0 };
        self.n_long += if number.n_decimals.is_none() && number.n_significant > 15 { n } else { 0 };
        self.n_code_like += if number.is_code_like { n } else { 0 };
        match signed {
            Some(signed) => {
                count(&mut self.affixes, (signed.affix, signed.is_negative), n);
                self.n_bare += if signed.affix.unit.is_none() { n } else { 0 };
            }
            None if number.value == 0.0 => self.n_bare_zero += n,
            None => self.n_bare += n,
        }
        let is_bit = signed.is_none() && (number.value == 0.0 || number.value == 1.0);
        self.n_zero_or_one += if is_bit { n } else { 0 };
        let shapes = &mut self.shapes;
        // Decimals are counted behind the last mark, whatever it turns out to mean.
        let unsigned = text.trim_start_matches(['-', '+', '\u{2212}']);
        let n_decimals = unsigned.rfind(['.', ',']).map_or(0, |at| unsigned.len() - at - 1);
        if let Some(counter) = shapes.by_decimals.get_mut(n_decimals.min(19)) {
            *counter += n;
        }
        shapes.n_padded += if n_decimals > 1 && text.ends_with('0') { n } else { 0 };
        shapes.n_point_zero += if n_decimals == 1 && text.ends_with('0') { n } else { 0 };
        let n_first_digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        shapes.n_ungrouped += if n_first_digits > 3 { n } else { 0 };
        if let Some(mark) = unsigned
            .chars()
            .find(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\'' | '\u{2019}'))
        {
            shapes.group = Some(mark);
        }
    }

    /// A date with the name of its month, which is one in every order.
    fn add_named(&mut self, moment: Moment, template: &Template, n: u64) {
        if !template.has_day() {
            self.n_months += n;
            count_template(&mut self.month_templates, template.clone(), n);
            return;
        }
        for (counter, templates) in self.n_moments.iter_mut().zip(&mut self.templates) {
            *counter += n;
            count_template(templates, template.clone(), n);
        }
        self.n_with_time += if moment.micros_of_day.is_some() { n } else { 0 };
        self.n_with_offset += if template.has_offset() { n } else { 0 };
    }

    fn add_moment(&mut self, trimmed: &str, n: u64) {
        if let Some((moment, template)) = read_named(trimmed) {
            return self.add_named(moment, &template, n);
        }
        let mut has_time = false;
        let mut has_offset = false;
        let mut is_read = [false; 3];
        for (i, order) in ORDERS.into_iter().enumerate() {
            let Some((moment, template)) = read_moment(trimmed, order) else { continue };
            has_time |= moment.micros_of_day.is_some();
            has_offset |= template.has_offset();
            if let (Some(counter), Some(templates), Some(is_read)) =
                (self.n_moments.get_mut(i), self.templates.get_mut(i), is_read.get_mut(i))
            {
                *counter += n;
                *is_read = true;
                count_template(templates, template, n);
            }
            if let Some(sum) = i.checked_sub(1).and_then(|i| self.day_steps.get_mut(i)) {
                let step = sum.last.map_or(0, |last| moment.days.abs_diff(last));
                *sum = StepSum { last: Some(moment.days), total: sum.total + u64::from(step) };
            }
        }
        self.n_with_time += if has_time { n } else { 0 };
        self.n_with_offset += if has_offset { n } else { 0 };
        self.n_surely_day_first += if is_read == [false, true, false] { n } else { 0 };
        self.n_surely_month_first += if is_read == [false, false, true] { n } else { 0 };
    }

    /// Cells that are of no kind but text.
    pub fn n_typed(&self) -> u64 {
        let bools = self.n_bools.iter().map(|(no, yes)| no + yes).max().unwrap_or(0);
        self.n_numbers
            .iter()
            .chain(&self.n_moments)
            .copied()
            .max()
            .unwrap_or(0)
            .max(self.n_durations)
            .max(self.n_months)
            .max(bools)
    }

    /// Cells that are a date or date-time of the order.
    pub fn n_of_order(&self, order: DateOrder) -> u64 {
        let counts = ORDERS.into_iter().zip(self.n_moments);
        counts.filter(|(other, _)| *other == order).map(|(_, n)| n).sum()
    }

    /// Year, day or month first, with how it was told. `asked`: the order that the user names, which says nothing of
    /// dates that begin with their year.
    pub fn date_order(&self, asked: Option<DateOrder>, is_comma_file: bool) -> (DateOrder, OrderEvidence) {
        let [n_year, n_day, n_month] = self.n_moments;
        let begin_with_year = n_year >= n_day.max(n_month);
        match asked {
            Some(DateOrder::Dmy | DateOrder::Mdy) if begin_with_year => {
                return (DateOrder::Ymd, OrderEvidence::BeginWithYear);
            }
            Some(order) => return (order, OrderEvidence::Asked),
            None if begin_with_year => return (DateOrder::Ymd, OrderEvidence::Certain),
            None => {}
        }
        if n_day != n_month {
            let order = if n_day > n_month { DateOrder::Dmy } else { DateOrder::Mdy };
            return (order, OrderEvidence::Certain);
        }
        let [day, month] = self.day_steps;
        if day.total.max(month.total) > 60 && day.total * 3 < month.total {
            return (DateOrder::Dmy, OrderEvidence::Steps);
        }
        if day.total.max(month.total) > 60 && month.total * 3 < day.total {
            return (DateOrder::Mdy, OrderEvidence::Steps);
        }
        // Points are written by people who write the day first, and so are files with decimal commas.
        let has_points = self.templates[1].iter().any(|(template, _)| template.has_points());
        let order = if has_points || is_comma_file { DateOrder::Dmy } else { DateOrder::Mdy };
        (order, if has_points { OrderEvidence::Points } else { OrderEvidence::None })
    }

    /// The writing that most dates of the order have; a date-time if any cell has a time.
    pub fn template(&self, order: DateOrder) -> Option<Template> {
        let templates =
            ORDERS.iter().position(|other| *other == order).and_then(|i| self.templates.get(i))?;
        let has_time = self.n_with_time > 0;
        let fitting = templates.iter().filter(|(template, _)| template.has_time() == has_time);
        fitting.max_by_key(|(_, n)| *n).map(|(template, _)| template.clone())
    }

    /// The writing that most months of a year have.
    pub fn month_template(&self) -> Option<Template> {
        self.month_templates.iter().max_by_key(|(_, n)| *n).map(|(template, _)| template.clone())
    }

    pub fn duration_form(&self) -> DurationForm {
        let most = self.duration_forms.iter().max_by_key(|(_, n)| *n);
        most.map_or(DurationForm { is_padded: true, n_decimals: 0 }, |(form, _)| *form)
    }

    pub fn number_form(&self, format: NumberFormat) -> NumberForm {
        let shapes = &self.shapes;
        let total: u64 = shapes.by_decimals.iter().sum();
        let is_fixed = |n: usize| shapes.by_decimals.get(n).is_some_and(|count| *count == total) && total > 0;
        let whole_like = format.group == Some(Group::Comma) || format.group == Some(Group::Point);
        let decimals = match (1..19).find(|n| is_fixed(*n)) {
            // One decimal throughout is what programs write for whole floats ("12.0") as well.
            Some(1) => Decimals::AtLeastOne,
            Some(n) if !(whole_like && n == 3) && shapes.n_padded > 0 => Decimals::Fixed(n as u32),
            _ if shapes.n_point_zero > 0 && shapes.by_decimals.first() == Some(&0) => Decimals::AtLeastOne,
            _ => Decimals::Shortest,
        };
        let group = match format.group {
            _ if shapes.n_ungrouped > 0 => None,
            None => None,
            Some(Group::Comma) => Some(','),
            Some(Group::Point) => Some('.'),
            Some(Group::Space) => Some(shapes.group.unwrap_or(' ')),
            Some(Group::Apostrophe) => Some(shapes.group.unwrap_or('\'')),
        };
        NumberForm { decimals, decimal: format.decimal, group, affix: None }
    }

    /// The currency and percent signs of the numbers with their counts, the most frequent first.
    pub fn units(&self) -> Vec<(Unit, u64)> {
        let mut units = Vec::new();
        for ((affix, _), n) in &self.affixes {
            if let Some(unit) = affix.unit {
                count(&mut units, unit, *n);
            }
        }
        units.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        units
    }

    /// Numbers in parentheses, without a sign.
    pub fn n_parens(&self) -> u64 {
        self.affixes.iter().filter(|((affix, _), _)| affix.unit.is_none()).map(|(_, n)| n).sum()
    }

    /// How most numbers of the unit are written; `None` where nothing stands around them.
    pub fn affix(&self, unit: Option<Unit>) -> Option<Affix> {
        let most = |is_fitting: &dyn Fn(bool) -> bool| {
            let fitting =
                self.affixes.iter().filter(|((affix, is), _)| affix.unit == unit && is_fitting(*is));
            fitting.max_by_key(|(_, n)| *n).map(|((affix, _), _)| *affix)
        };
        let usual = most(&|_| true)?;
        let negative = most(&|is_negative| is_negative).map_or(usual.negative, |affix| affix.negative);
        Some(Affix { negative, ..usual })
    }

    /// The number format that reads most cells. A tie is broken by the file's decimal mark, then by
    /// plainness: "1,234" in a file of decimal commas is a little more than one, elsewhere a thousand.
    pub fn number_format(&self, mark: Option<Decimal>, is_mark_certain: bool) -> (NumberFormat, u64) {
        let counts = || NumberFormat::ALL.iter().copied().zip(self.n_numbers);
        let allowed = || {
            counts().filter(|(format, _)| !is_mark_certain || mark.is_none_or(|mark| format.decimal == mark))
        };
        let most = allowed().map(|(_, n)| n).max().unwrap_or(0);
        let best = || allowed().filter(|(_, n)| *n == most);
        let found = best().find(|(format, _)| Some(format.decimal) == mark).or_else(|| best().next());
        found.unwrap_or((NumberFormat::PLAIN, 0))
    }

    /// The decimal mark, where only one of them makes sense of the column.
    pub fn sure_mark(&self) -> Option<Decimal> {
        let most = |mark: Decimal| {
            let of_mark =
                NumberFormat::ALL.iter().zip(self.n_numbers).filter(|(format, _)| format.decimal == mark);
            of_mark.map(|(_, n)| n).max().unwrap_or(0)
        };
        let (point, comma) = (most(Decimal::Point), most(Decimal::Comma));
        // Most cells have to be numbers: "1,5" in a column of texts says nothing.
        let is_enough = |n: u64| n * 20 >= self.n_values * 19 && n > 0;
        match point.cmp(&comma) {
            std::cmp::Ordering::Greater if is_enough(point) => Some(Decimal::Point),
            std::cmp::Ordering::Less if is_enough(comma) => Some(Decimal::Comma),
            _ => None,
        }
    }
}

/// How the order of day and month was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OrderEvidence {
    /// Some value makes sense in one order only.
    Certain,
    /// In the other order the dates jump.
    Steps,
    /// Points between the numbers.
    Points,
    /// The user says so.
    Asked,
    /// The user wants another order, but the dates begin with their year.
    BeginWithYear,
    None,
}

fn count_template(counts: &mut Vec<(Template, u64)>, template: Template, n: u64) {
    for (known, count) in counts.iter_mut() {
        if known.merge(&template) {
            *count += n;
            return;
        }
    }
    count(counts, template, n);
}

fn count<T: PartialEq>(counts: &mut Vec<(T, u64)>, item: T, n: u64) {
    const MAX_DIFFERENT: usize = 32;
    if let Some((_, count)) = counts.iter_mut().find(|(known, _)| *known == item) {
        *count += n;
    } else if counts.len() < MAX_DIFFERENT {
        counts.push((item, n));
    }
}
