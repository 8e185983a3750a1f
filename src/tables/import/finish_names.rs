//! Columns of names: their kind, and words for yes and no.

use super::builder::{ColumnBuilder, Data, NO_CODE};
use super::evidence::{BOOL_WORDS, MissingTokens};
use super::finish::{Context, Finished, all_of, code_counts, with_raws};
use super::names::is_id_name;
use super::reading::{Reading, WhyText};
use super::scales::{Scale, scale_of};
use crate::format;
use crate::model::{EngineError, ErrorCode, Kind};
use crate::tables::column::StoredColumn;
use crate::tables::form::Raws;
use crate::tables::moment::DateOrder;
use crate::tables::natural;
use crate::tables::read_moment::read_moment;

/// Different texts, their counts, and what they are like as a whole.
struct Names<'a> {
    n_values: u64,
    n_levels: usize,
    mean_chars: f64,
    /// No spaces, and nearly all with a digit.
    are_codes: bool,
    /// Only for few levels.
    levels: Vec<&'a str>,
}

pub(super) fn finish_names(
    mut builder: ColumnBuilder<'_>,
    context: &Context<'_>,
) -> Result<Finished, EngineError> {
    builder.shrink();
    let n_missing = builder.n_missing();
    let ColumnBuilder { reading, data, raws, n_empty, token_counts, n_rows, .. } = builder;
    let n_values = u64::from(n_rows) - n_missing;
    let why = if let Reading::Text { why } = reading { why } else { WhyText::Plain };
    let mixed_units = match &why {
        WhyText::MixedUnits(counts) if context.asked.is_none() => Some(counts.clone()),
        _ => None,
    };
    let name = context.name;
    let other_order = match &why {
        WhyText::OtherDateOrder(order) if context.asked.is_none() => {
            other_order(&data, *order, context.tokens)
        }
        _ => None,
    };
    let (stored, mut reason) = match data {
        Data::Codes { codes, dictionary } => {
            let counts = code_counts(&codes, dictionary.len());
            let names = Names::of(dictionary.iter().zip(counts.iter().copied()), n_values);
            let scale = scale_of(&names.levels);
            let (kind, mut reason) = kind_of_names(&names, n_missing, scale, &why, context);
            let kind = context.asked.unwrap_or(kind);
            if context.asked.is_none() {
                mention_kept_tokens(&mut reason, dictionary.iter().zip(counts), context);
            }
            let (codes, levels) = match (kind, scale) {
                (Kind::Binary, _) if names.n_levels > 2 => return Err(not_binary(name, names.n_levels)),
                (Kind::Ordinal, Some(scale)) => {
                    reorder(codes, &names.levels, |a, b| scale.position(a).cmp(&scale.position(b)))
                }
                (Kind::Ordinal | Kind::Binary, _) => reorder(codes, &names.levels, natural::compare),
                _ => (codes, dictionary.iter().map(str::to_owned).collect()),
            };
            (StoredColumn::levels(name, kind, codes, levels), reason)
        }
        Data::FinishedStrings(strings) => {
            let texts = strings.downcast_iter().flat_map(|array| array.non_null_values_iter());
            let names = Names::of(texts.map(|text| (text, 1)), n_values);
            let (kind, reason) = kind_of_names(&names, n_missing, None, &why, context);
            let kind = match context.asked {
                Some(Kind::Binary) => return Err(not_binary(name, names.n_levels)),
                Some(kind) => kind,
                None => kind,
            };
            (StoredColumn::texts(kind, strings.with_name(name.into())), reason)
        }
        _ => (StoredColumn::levels(name, Kind::Text, Vec::new(), Vec::new()), String::new()),
    };
    if let Some((n, _)) = other_order {
        reason.push_str(&format!(", which {} of {} values", format::count(n), format::count(n_values)));
        reason.push_str(if n == 1 { " is not" } else { " are not" });
    }
    let reason = context.asked.map_or(reason, |_| "set in the import options".into());
    let stored = with_raws(stored, raws);
    Ok(Finished {
        stored,
        reason,
        n_missing,
        n_empty,
        token_counts,
        coerced: Vec::new(),
        expected: "a name".into(),
        mixed_units,
        other_order_row: other_order.map(|(_, row)| row),
    })
}

/// How many cells are no date of the order, and the first row of one.
fn other_order(data: &Data, order: DateOrder, tokens: &MissingTokens) -> Option<(u64, u32)> {
    let is_other = |text: &str| {
        let trimmed = text.trim();
        !tokens.is_missing_value(trimmed) && read_moment(trimmed, order).is_none()
    };
    let mut found: Option<(u64, u32)> = None;
    let mut add = |row: u32| found = Some(found.map_or((1, row), |(n, first)| (n + 1, first)));
    match data {
        Data::Codes { codes, dictionary } => {
            let are_other: Vec<bool> = dictionary.iter().map(is_other).collect();
            let rows = codes.iter().zip(0u32..);
            rows.filter(|(code, _)| are_other.get(**code as usize) == Some(&true))
                .for_each(|(_, row)| add(row));
        }
        Data::FinishedStrings(strings) => {
            let texts = strings.downcast_iter().flat_map(|array| array.iter()).zip(0u32..);
            texts.filter(|(text, _)| text.is_some_and(is_other)).for_each(|(_, row)| add(row));
        }
        _ => {}
    }
    found
}

fn not_binary(name: &str, n_levels: usize) -> EngineError {
    let message = format!(
        "Column \"{name}\" has {} different values; a binary column has two.",
        format::count(n_levels as u64)
    );
    EngineError::new(ErrorCode::BadOption, message)
        .at_column(name)
        .at_field(format!("options.kinds.{name}"))
        .hint("Ask for the kind nominal.")
}

impl<'a> Names<'a> {
    fn of(texts: impl Iterator<Item = (&'a str, u64)>, n_values: u64) -> Self {
        const MAX_LISTED: usize = 400;
        let (mut n_levels, mut n_chars, mut n_with_digit, mut has_space) = (0usize, 0u64, 0u64, false);
        let mut levels = Vec::new();
        for (text, n) in texts {
            n_levels += 1;
            n_chars += n * text.len() as u64;
            n_with_digit += if text.bytes().any(|byte| byte.is_ascii_digit()) { n } else { 0 };
            has_space = has_space || text.contains(char::is_whitespace);
            if levels.len() < MAX_LISTED {
                levels.push(text);
            }
        }
        let mean_chars = n_chars as f64 / n_values.max(1) as f64;
        let are_codes = !has_space && mean_chars <= 64.0 && n_with_digit * 10 >= n_values * 9;
        if n_levels > MAX_LISTED {
            levels.clear();
        }
        Self { n_values, n_levels, mean_chars, are_codes, levels }
    }
}

fn kind_of_names(
    names: &Names<'_>,
    n_missing: u64,
    scale: Option<Scale>,
    why: &WhyText,
    context: &Context<'_>,
) -> (Kind, String) {
    let Names { n_values, n_levels, mean_chars, are_codes, .. } = *names;
    let n_levels_text = format::count(n_levels as u64);
    if n_values == 0 {
        let reason = if n_missing == 0 { "there are no rows" } else { "every cell is empty" };
        return (Kind::Text, reason.into());
    }
    match why {
        WhyText::LeadingZeros => {
            return (Kind::Id, "digits with leading zeros, which a number would lose".into());
        }
        WhyText::LongDigits => {
            return (Kind::Id, "more than 15 digits, which a number cannot hold exactly".into());
        }
        WhyText::CodeLike => return (Kind::Id, "codes that look like numbers with an exponent".into()),
        WhyText::MixedUnits(counts) => return (Kind::Text, format!("mixed units: {counts}")),
        WhyText::OtherDateOrder(order) => {
            let reason = format!("the import options ask for dates with the {} first", order.leading());
            return (Kind::Text, reason);
        }
        WhyText::Plain | WhyText::Asked => {}
    }
    if is_id_name(context.name) {
        return (Kind::Id, format!("its name says that \"{}\" identifies something", context.name));
    }
    let is_unique = n_levels as u64 == n_values;
    if is_unique && are_codes && n_values >= 10 {
        return (Kind::Id, all_of(n_values, "a code", "different codes without spaces"));
    }
    if let Some(scale) = scale {
        return (
            Kind::Ordinal,
            format!("{n_levels_text} names from a known order: {}", scale.names().join(", ")),
        );
    }
    let share = n_levels as f64 / n_values as f64;
    let is_short = mean_chars <= 40.0;
    let is_nominal = if n_values < 40 {
        is_short && (n_levels <= 20 || share <= 0.5)
    } else {
        (is_short && share <= 0.5 && n_levels <= 5_000) || (share <= 0.2 && n_levels <= 50)
    };
    let kind = if is_nominal { Kind::Nominal } else { Kind::Text };
    let different = if n_levels == 1 { "name" } else { "different names" };
    let values = format::plural(n_values, "value", "values");
    (kind, format!("{n_levels_text} {different} in {values}"))
}

/// Says that "NA" was left alone.
fn mention_kept_tokens<'c>(
    reason: &mut String,
    levels: impl Iterator<Item = (&'c str, u64)>,
    context: &Context<'_>,
) {
    let kept: Vec<String> = levels
        .filter(|(level, n)| {
            *n > 0 && !context.tokens.has_custom() && context.tokens.is_missing_value(level.trim())
        })
        .map(|(level, n)| format!("\"{level}\" ({})", format::count(n)))
        .take(3)
        .collect();
    if !kept.is_empty() {
        reason.push_str(&format!(
            "; {} kept as a name: in a column of names only an empty cell is missing",
            kept.join(", ")
        ));
    }
}

/// Levels in the order of `compare`, and codes to match.
fn reorder(
    mut codes: Vec<u32>,
    levels: &[&str],
    compare: impl Fn(&str, &str) -> std::cmp::Ordering,
) -> (Vec<u32>, Vec<String>) {
    let mut order: Vec<(u32, &str)> = (0u32..).zip(levels.iter().copied()).collect();
    order.sort_by(|a, b| compare(a.1, b.1).then(a.0.cmp(&b.0)));
    let mut new_of = vec![NO_CODE; levels.len()];
    for ((old, _), new) in order.iter().zip(0u32..) {
        if let Some(slot) = new_of.get_mut(*old as usize) {
            *slot = new;
        }
    }
    for code in &mut codes {
        *code = new_of.get(*code as usize).copied().unwrap_or(NO_CODE);
    }
    (codes, order.into_iter().map(|(_, level)| level.to_owned()).collect())
}

/// What a text in a column of yes and no is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    No,
    Yes,
    Missing,
    Bad,
}

/// Stores words for no and yes as two levels, in their most frequent spelling.
pub(super) fn finish_bools(
    builder: ColumnBuilder<'_>,
    context: &Context<'_>,
    words: usize,
) -> Result<Finished, EngineError> {
    let n_rows = builder.n_rows;
    let ColumnBuilder { data, raws, mut n_empty, mut token_counts, .. } = builder;
    let Data::Codes { codes, dictionary } = data else {
        return Err(EngineError::new(ErrorCode::Internal, "A column of yes and no lost its levels."));
    };
    let (no, yes) = BOOL_WORDS.get(words).copied().unwrap_or(("false", "true"));
    let counts = code_counts(&codes, dictionary.len());
    let fates: Vec<Fate> = dictionary
        .iter()
        .map(|level| match level.trim() {
            level if level.eq_ignore_ascii_case(no) => Fate::No,
            level if level.eq_ignore_ascii_case(yes) => Fate::Yes,
            level if context.tokens.is_missing_value(level) => Fate::Missing,
            _ => Fate::Bad,
        })
        .collect();
    let usual = |fate: Fate| {
        let of_fate = (0u32..).zip(&fates).zip(&counts).filter(|((_, found), _)| **found == fate);
        of_fate.max_by_key(|(_, n)| **n).map(|((code, _), _)| code)
    };
    let (usual_no, usual_yes) = (usual(Fate::No), usual(Fate::Yes));
    let spelled =
        |code: Option<u32>| code.and_then(|code| dictionary.get(code)).map(|level| level.trim().to_owned());
    let (no_text, yes_text) = match (spelled(usual_no), spelled(usual_yes)) {
        (Some(no_text), Some(yes_text)) => (no_text, yes_text),
        (Some(no_text), None) => (no_text.clone(), in_case_of(yes, &no_text)),
        (None, Some(yes_text)) => (in_case_of(no, &yes_text), yes_text),
        (None, None) => (no.to_owned(), yes.to_owned()),
    };
    let mut new_raws = Raws::default();
    let mut coerced = Vec::new();
    let mut new_codes = codes;
    for (code, row) in new_codes.iter_mut().zip(0u32..) {
        let text = dictionary.get(*code);
        let Some((fate, text)) = fates.get(*code as usize).copied().zip(text) else {
            if let Some(raw) = raws.get(row) {
                new_raws.push(row, raw);
            }
            *code = NO_CODE;
            continue;
        };
        let (new_code, is_restored) = match fate {
            Fate::No => (0, text == no_text),
            Fate::Yes => (1, text == yes_text),
            Fate::Missing | Fate::Bad => (NO_CODE, false),
        };
        if fate == Fate::Bad {
            coerced.push(row);
        }
        if !is_restored {
            new_raws.push(row, text);
        }
        *code = new_code;
    }
    for ((fate, n), level) in fates.iter().zip(&counts).zip(dictionary.iter()) {
        if *fate == Fate::Missing && *n > 0 {
            if level.trim().is_empty() {
                n_empty += n;
            } else {
                token_counts.push((level.trim().to_owned(), *n));
            }
        }
    }
    let n_missing = n_empty + token_counts.iter().map(|(_, n)| n).sum::<u64>();
    let n_values = u64::from(n_rows) - n_missing - coerced.len() as u64;
    let kind = context.asked.unwrap_or(Kind::Binary);
    let reason = match context.asked {
        Some(_) => "set in the import options".into(),
        None => {
            let words = format!("{yes_text} or {no_text}");
            all_of(n_values, &words, &words)
        }
    };
    let stored = StoredColumn::levels(context.name, kind, new_codes, vec![no_text, yes_text]);
    let stored = with_raws(stored, new_raws);
    Ok(Finished {
        stored,
        reason,
        n_missing,
        n_empty,
        token_counts,
        coerced,
        expected: "yes or no".into(),
        mixed_units: None,
        other_order_row: None,
    })
}

/// The word in capitals, with one, or without, as the sample is written.
fn in_case_of(word: &str, sample: &str) -> String {
    let mut chars = sample.chars();
    let is_upper = |c: Option<char>| c.is_some_and(char::is_uppercase);
    match (is_upper(chars.next()), is_upper(chars.next())) {
        (true, true) => word.to_uppercase(),
        (true, false) => {
            let mut chars = word.chars();
            chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
        }
        _ => word.to_owned(),
    }
}
