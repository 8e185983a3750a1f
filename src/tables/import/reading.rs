//! What the cells of a column are read as, decided from the evidence.

use super::evidence::{BOOL_WORDS, Evidence, OrderEvidence};
use crate::format;
use crate::model::Kind;
use crate::tables::form::{DurationForm, NumberForm};
use crate::tables::moment::{DateOrder, Template};
use crate::tables::number::{Decimal, NumberFormat};
use crate::tables::unit::{Affix, Unit};

/// How cells become values.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reading {
    Number {
        format: NumberFormat,
        form: NumberForm,
    },
    Moment {
        order: DateOrder,
        how: OrderEvidence,
        template: Template,
    },
    Duration {
        form: DurationForm,
    },
    /// The position in [`BOOL_WORDS`]. Only ever of a column whose different texts are all known.
    Bool {
        words: usize,
    },
    Text {
        why: WhyText,
    },
}

/// Why a column is left as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WhyText {
    Plain,
    /// Digits with leading zeros, which a number would lose.
    LeadingZeros,
    /// More digits than a number can hold.
    LongDigits,
    /// "12E5"
    CodeLike,
    /// Numbers with several signs, or some with one: "$ in 120 cells, € in 5".
    MixedUnits(Box<str>),
    /// Dates of another order than this, which the user wants.
    OtherDateOrder(DateOrder),
    /// The user says so.
    Asked,
}

/// What is known beside the column itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// The decimal mark of the file, as far as it is known.
    pub mark: Option<Decimal>,
    /// The user named the mark.
    pub is_mark_certain: bool,
    /// The order of dates that the user named.
    pub date_order: Option<DateOrder>,
    pub cells: CellType,
}

/// What the cells of a column were in a format that tells numbers from texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CellType {
    /// The format does not tell, or values of several types stand there.
    #[default]
    Unknown,
    /// Nothing but numbers, written with a point.
    Numbers,
    /// Row numbers that were made to lead from one table to another.
    Rows,
    /// Texts, at least one of them digits that a number would change: leading zeros, more than 15 digits.
    Codes,
}

/// At most this share of a column's values may be of another kind: they are read as missing, and reported.
const MAX_COERCED_PERCENT: u64 = 5;

/// Enough of the values are of the kind.
pub(super) fn is_enough(n_fitting: u64, n_values: u64) -> bool {
    n_fitting > 0 && (n_values - n_fitting.min(n_values)) * 100 <= n_values * MAX_COERCED_PERCENT
}

/// Decides from the evidence. `asked`: the kind that the user wants, which then holds however few cells fit.
pub(super) fn decide(evidence: &Evidence, asked: Option<Kind>, around: Surroundings) -> Reading {
    let is_comma_file = around.mark == Some(Decimal::Comma);
    let number = || {
        let (format, n) = evidence.number_format(around.mark, around.is_mark_certain);
        let units = units(evidence);
        // Where a number is asked for, numbers of another unit are missing.
        let affix = match &units {
            Units::One(affix) => *affix,
            Units::Mixed(..) => usual_affix(evidence),
            Units::Listing => evidence.affix(None),
        };
        let form = NumberForm { affix, ..evidence.number_form(format) };
        (Reading::Number { format, form }, n, units)
    };
    let moment = || {
        if evidence.n_months > evidence.n_moments.iter().copied().max().unwrap_or(0) {
            let (order, how) = (DateOrder::Ymd, OrderEvidence::Certain);
            let template = evidence.month_template()?;
            return Some((Reading::Moment { order, how, template }, evidence.n_months));
        }
        let (order, how) = evidence.date_order(around.date_order, is_comma_file);
        let n = evidence.n_of_order(order);
        evidence.template(order).map(|template| (Reading::Moment { order, how, template }, n))
    };
    // Dates that would be read if the user did not want another order.
    let other_order = || {
        let asked = around.date_order?;
        let n = evidence.n_of_order(evidence.date_order(None, is_comma_file).0);
        is_enough(n, evidence.n_values).then_some(asked)
    };
    let duration = || Reading::Duration { form: evidence.duration_form() };
    match asked {
        Some(Kind::Text) => return Reading::Text { why: WhyText::Asked },
        Some(Kind::Continuous | Kind::Count) => return number().0,
        Some(Kind::Duration) if evidence.n_durations > 0 => return duration(),
        Some(Kind::Duration) => return number().0,
        Some(Kind::Date | Kind::DateTime) => {
            if let Some((reading, _)) = moment() {
                return reading;
            }
            if let Some(order) = other_order() {
                let template = Template::of_order(order);
                return Reading::Moment { order, how: OrderEvidence::Asked, template };
            }
        }
        Some(Kind::Binary | Kind::Nominal | Kind::Ordinal | Kind::Id) | None => {}
    }
    if let Some(words) = bool_words(evidence) {
        return Reading::Bool { words };
    }
    let (reading, n_numbers, units) = number();
    if asked == Some(Kind::Binary) && evidence.n_zero_or_one < evidence.n_values {
        return Reading::Text { why: WhyText::Asked };
    }
    if is_enough(n_numbers, evidence.n_values) {
        return match (why_not_a_number(evidence, n_numbers, around.cells), units) {
            (Some(why), _) => Reading::Text { why },
            (None, Units::One(_)) => reading,
            (None, Units::Mixed(counts)) => Reading::Text { why: WhyText::MixedUnits(counts) },
            (None, Units::Listing) => Reading::Text { why: WhyText::Plain },
        };
    }
    if let Some((reading, n)) = moment()
        && is_enough(n, evidence.n_values)
    {
        return reading;
    }
    if is_enough(evidence.n_durations, evidence.n_values) {
        return duration();
    }
    if let Some(order) = other_order() {
        return Reading::Text { why: WhyText::OtherDateOrder(order) };
    }
    Reading::Text { why: WhyText::Plain }
}

/// The signs around a column's numbers.
enum Units {
    /// One sign, or none; what stands around the digits.
    One(Option<Affix>),
    /// "$ in 120 cells, € in 5"
    Mixed(Box<str>),
    /// "(1)", "(2)": parentheses around all of them are no negatives.
    Listing,
}

fn units(evidence: &Evidence) -> Units {
    let units = evidence.units();
    let (n_values, n_zero) = (evidence.n_values, evidence.n_bare_zero);
    let n_parens = evidence.n_parens();
    let Some((unit, n)) = units.first() else {
        let is_listing = n_parens > 0 && n_parens == evidence.n_bare && n_zero == 0;
        return if is_listing { Units::Listing } else { Units::One(evidence.affix(None)) };
    };
    if is_enough(evidence.n_bare + n_zero, n_values) {
        return Units::One(evidence.affix(None));
    }
    if units.len() == 1 && is_enough(n + n_zero, n_values) {
        return Units::One(evidence.affix(Some(*unit)));
    }
    let mut counts = String::new();
    for (i, (unit, n)) in units.iter().enumerate() {
        let cells = if i > 0 {
            String::new()
        } else if *n == 1 {
            " cell".into()
        } else {
            " cells".into()
        };
        let comma = if i > 0 { ", " } else { "" };
        counts.push_str(&format!("{comma}{} in {}{cells}", unit.text(), format::count(*n)));
    }
    if evidence.n_bare + n_zero > 0 {
        counts.push_str(&format!(", none in {}", format::count(evidence.n_bare + n_zero)));
    }
    Units::Mixed(counts.into())
}

/// What stands around most of the numbers.
fn usual_affix(evidence: &Evidence) -> Option<Affix> {
    let usual: Option<Unit> =
        evidence.units().first().filter(|(_, n)| *n > evidence.n_bare).map(|(unit, _)| *unit);
    evidence.affix(usual)
}

/// Digits that name something are not to be counted with.
fn why_not_a_number(evidence: &Evidence, n_numbers: u64, cells: CellType) -> Option<WhyText> {
    let are_codes = cells == CellType::Codes;
    let is_share = |n: u64, percent: u64| n > 0 && (are_codes || n * 100 >= n_numbers * percent);
    if is_share(evidence.n_leading_zero, 1) {
        Some(WhyText::LeadingZeros)
    } else if is_share(evidence.n_long, 1) {
        Some(WhyText::LongDigits)
    } else if is_share(evidence.n_code_like, 20) && cells != CellType::Numbers {
        Some(WhyText::CodeLike)
    } else if are_codes {
        // A sample may show none of them.
        Some(WhyText::LeadingZeros)
    } else {
        None
    }
}

fn bool_words(evidence: &Evidence) -> Option<usize> {
    BOOL_WORDS.iter().zip(&evidence.n_bools).position(|((no, yes), (n_no, n_yes))| {
        let n = n_no + n_yes;
        let is_word = no.len() > 1 && yes.len() > 1 && *yes != "on";
        if is_word {
            is_enough(n, evidence.n_values)
        } else {
            *n_no > 0 && *n_yes > 0 && n == evidence.n_values
        }
    })
}
