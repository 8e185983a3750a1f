//! Texts with blanks around them, and numbers that stand among texts.

use super::columns::{Looked, text};
use super::finding::{WithStep, finding, of_cells, plural, quoted};
use super::levels::Level;
use super::rows::one_text_of;
use crate::model::{CastStep, CellExample, DeriveStep, Finding, FindingSeverity, Kind, Step};

/// Cells with leading or trailing blanks. `merged`: texts that another finding is about.
pub(super) fn blanks(column: &Looked<'_>, merged: &[String]) -> Option<Finding> {
    if column.kind == Kind::Id {
        return None;
    }
    let is_blank = |row: &u32| {
        text(&column.values, *row as usize).is_some_and(|text| {
            text.trim() != text && !text.trim().is_empty() && !merged.iter().any(|other| other == text)
        })
    };
    let rows: Vec<u32> = (0..column.n_rows as u32).filter(is_blank).collect();
    if rows.is_empty() {
        return None;
    }
    let cells = plural(rows.len(), "cell", "cells");
    let begin = if rows.len() == 1 { "begins or ends" } else { "begin or end" };
    let sentence = format!("{cells} of {} {begin} with blanks.", column.name);
    let mut made = of_cells("blanks", column, FindingSeverity::Problem, &rows, sentence);
    let mut texts: Vec<&str> = rows.iter().filter_map(|row| text(&column.values, *row as usize)).collect();
    texts.sort_unstable();
    texts.dedup();
    made.rows = one_text_of(column.name, texts.into_iter());
    for example in &mut made.examples {
        example.text = format!("\u{201c}{}\u{201d}", example.text);
    }
    let Some(name) = quoted(column.name) else { return Some(made) };
    let step = DeriveStep { column: column.name.into(), expression: format!("trim({name})") };
    Some(made.mended_by(Step::Derive(step), format!("Trim {cells}")))
}

/// A column of texts most of which are numbers.
pub(super) fn numbers_as_text(column: &Looked<'_>, levels: &[Level<'_>]) -> Option<Finding> {
    let mut others: Vec<&Level<'_>> = Vec::new();
    let (mut n_numbers, mut n_different) = (0, 0);
    for level in levels {
        let text = level.text.trim();
        if text.len() > 1 && text.starts_with('0') && !text.starts_with("0.") {
            // Codes such as 007.
            return None;
        }
        if text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '.')
            && text.parse::<f64>().is_ok()
        {
            n_numbers += level.n;
            n_different += 1;
        } else {
            others.push(level);
        }
    }
    let n_others: usize = others.iter().map(|level| level.n).sum();
    if others.is_empty() || n_different < 5 || n_numbers < 4 * n_others {
        return None;
    }
    let sentence = format!(
        "{} holds numbers, but is read as {} because of {} that {}.",
        column.name,
        column.kind.name(),
        plural(n_others, "cell", "cells"),
        if n_others == 1 { "is none" } else { "are none" }
    );
    let mut made = finding(
        "numbers_as_text",
        &[column.name],
        FindingSeverity::Look,
        (n_others, column.n_rows),
        sentence,
    );
    made.rows = one_text_of(column.name, others.iter().map(|level| level.text));
    made.examples = level_examples(others.into_iter());
    let step = CastStep { column: column.name.into(), kind: Kind::Continuous };
    let action = format!("Read as numbers; {} missing", plural(n_others, "cell becomes", "cells become"));
    Some(made.mended_by(Step::Cast(step), action))
}

/// Where levels come first.
pub(super) fn level_examples<'a>(levels: impl Iterator<Item = &'a Level<'a>>) -> Vec<CellExample> {
    levels
        .take(Finding::MAX_EXAMPLES)
        .map(|level| CellExample { row: u64::from(level.first_row) + 1, text: level.text.into() })
        .collect()
}
