//! Categories that are written in several ways.
//!
//! Spellings that differ in case, blanks, punctuation or diacritics, and names of one country, are one category for
//! certain. A rare text that is one typing error away from a frequent one, and initials, only may be.

use super::columns::Looked;
use super::countries::country;
use super::finding::{WithStep, finding, plural};
use super::levels::Level;
use super::rows::one_text_of;
use super::similar::{is_initials, is_typo, key, words};
use super::texts::level_examples;
use crate::model::{EngineError, Finding, FindingSeverity, RecodeStep, Step};
use crate::pace::Pace;
use hashbrown::HashMap;
use std::collections::BTreeMap;

/// Of more texts, no two are compared: they are titles and names, not categories.
const MAX_COMPARED: usize = 400;
/// A typing error comes in so many times fewer cells than what was meant.
const RARER: usize = 10;

/// Texts and what they should be, by place in the list of levels.
type Merged = Vec<(usize, usize)>;

/// The findings, and the texts that they would replace.
pub(super) async fn find(
    column: &Looked<'_>,
    levels: &[Level<'_>],
    pace: &Pace,
) -> Result<(Vec<Finding>, Vec<String>), EngineError> {
    let keys: Vec<String> = levels.iter().map(|level| key(level.text)).collect();
    pace.step(0.5, "comparing spellings").await?;
    let certain = certain(levels, &keys);
    let target = |idx: usize| certain.iter().find(|(from, _)| *from == idx).map_or(idx, |(_, to)| *to);
    let mut maybe = Vec::new();
    // Names of which most stand once are not categories.
    if levels.len() <= MAX_COMPARED && 2 * levels.len() <= column.n_present {
        for (idx, level) in levels.iter().enumerate() {
            pace.step(0.6, "comparing spellings").await?;
            if target(idx) != idx {
                continue;
            }
            let found = (0..levels.len())
                .filter(|other| target(*other) == *other && *other != idx)
                .filter(|other| is_likely(level, levels.get(*other), (&keys, idx, *other)))
                .max_by_key(|other| levels.get(*other).map_or(0, |level| level.n));
            maybe.extend(found.map(|other| (idx, other)));
        }
        // Other spellings of what is replaced go with it; what is replaced is no target.
        maybe.retain({
            let replaced: Vec<usize> = maybe.iter().map(|(from, _)| *from).collect();
            move |(_, to)| !replaced.contains(to)
        });
        let along: Merged = certain
            .iter()
            .filter_map(|(from, to)| Some((*from, maybe.iter().find(|(rare, _)| rare == to)?.1)))
            .collect();
        maybe.extend(along);
    }
    let merged = certain.iter().chain(&maybe);
    let merged =
        merged.filter_map(|(from, _)| levels.get(*from)).map(|level| level.text.to_owned()).collect();
    let mut findings = Vec::new();
    findings.extend(told(column, levels, &certain, "spellings", FindingSeverity::Problem));
    findings.extend(told(column, levels, &maybe, "similar_spellings", FindingSeverity::Look));
    Ok((findings, merged))
}

fn certain(levels: &[Level<'_>], keys: &[String]) -> Merged {
    let plain: Vec<String> = levels.iter().map(|level| words(level.text).join(" ")).collect();
    let countries: Vec<Option<usize>> = plain.iter().map(|text| country(text)).collect();
    // "IT" and "in" are countries only among others.
    let n_known = countries.iter().flatten().count();
    let are_countries = 2 * n_known >= levels.len() && n_known > 1;
    let mut groups: HashMap<&str, Vec<usize>> = HashMap::new();
    for (idx, key) in keys.iter().enumerate().filter(|(_, key)| !key.is_empty()) {
        groups.entry(key).or_default().push(idx);
    }
    let mut groups: Vec<Vec<usize>> = groups.into_values().collect();
    if are_countries {
        let mut joined: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        groups.retain(|group| {
            let known = group.iter().find_map(|idx| countries.get(*idx).copied().flatten());
            if let Some(known) = known {
                joined.entry(known).or_default().extend(group);
            }
            known.is_none()
        });
        groups.extend(joined.into_values());
    }
    let mut merged = Vec::new();
    for group in groups.iter().filter(|group| group.len() > 1) {
        // The most frequent, then one without blanks around it, then the first.
        let order = |idx: &usize| {
            levels
                .get(*idx)
                .map(|level| (level.n, level.text.trim() == level.text, std::cmp::Reverse(level.first_row)))
        };
        let Some(target) = group.iter().copied().max_by_key(order) else { continue };
        merged.extend(group.iter().filter(|idx| **idx != target).map(|idx| (*idx, target)));
    }
    merged.sort_unstable();
    merged
}

/// The rare text may be meant as the frequent one.
fn is_likely(
    rare: &Level<'_>,
    frequent: Option<&Level<'_>>,
    (keys, from, to): (&[String], usize, usize),
) -> bool {
    let (Some(frequent), Some(a), Some(b)) = (frequent, keys.get(from), keys.get(to)) else { return false };
    if frequent.n < rare.n || (frequent.n == rare.n && frequent.first_row > rare.first_row) {
        return false;
    }
    let is_known = |text: &str| country(&words(text).join(" ")).is_some();
    let may_be_typo = frequent.n >= RARER * rare.n && !(is_known(rare.text) && is_known(frequent.text));
    (may_be_typo && is_typo(a, b))
        || is_initials(rare.text, frequent.text)
        || is_initials(frequent.text, rare.text)
}

fn told(
    column: &Looked<'_>,
    levels: &[Level<'_>],
    merged: &Merged,
    code: &str,
    severity: FindingSeverity,
) -> Option<Finding> {
    let level = |idx: usize| levels.get(idx);
    // Text to text, the targets in order of their cells.
    let mut targets: Vec<usize> = merged.iter().map(|(_, to)| *to).collect();
    targets.sort_unstable();
    targets.dedup();
    targets.sort_by_key(|to| std::cmp::Reverse(level(*to).map_or(0, |level| level.n)));
    let first = level(*targets.first()?)?.text.trim();
    let n_cells = merged.iter().filter_map(|(from, _)| level(*from)).map(|level| level.n).sum();
    let shown: Vec<String> = targets
        .iter()
        .take(3)
        .filter_map(|to| {
            let others =
                merged.iter().filter(|(_, target)| target == to).filter_map(|(from, _)| level(*from));
            let others: Vec<String> = others.take(4).map(|level| quoted(level.text)).collect();
            Some(format!("{} for {}", others.join(", "), quoted(level(*to)?.text.trim())))
        })
        .collect();
    let more = match targets.len().saturating_sub(3) {
        0 => String::new(),
        n => format!("; and {n} more"),
    };
    let what = if severity == FindingSeverity::Problem {
        "holds several spellings of one value"
    } else {
        "may hold other spellings of one value"
    };
    let sentence = format!("{} {what}: {}{more}.", column.name, shown.join("; "));
    let mut made = finding(code, &[column.name], severity, (n_cells, column.n_rows), sentence);
    made.rows = one_text_of(column.name, merged.iter().filter_map(|(from, _)| Some(level(*from)?.text)));
    made.examples = level_examples(merged.iter().filter_map(|(from, _)| level(*from)));
    let mut map = BTreeMap::new();
    for (from, to) in merged {
        if let (Some(from), Some(to)) = (level(*from), level(*to)) {
            map.insert(from.text.to_owned(), to.text.trim().to_owned());
            // A target with blanks around it becomes the one without.
            if to.text.trim() != to.text {
                map.insert(to.text.to_owned(), to.text.trim().to_owned());
            }
        }
    }
    let n = plural(merged.len(), "spelling", "spellings");
    let action = match targets.len() {
        1 => format!("Recode {n} to {first}"),
        k => format!("Recode {n} to {k} values"),
    };
    let step = RecodeStep { column: column.name.into(), map, others: Default::default() };
    Some(made.mended_by(Step::Recode(step), action))
}

fn quoted(text: &str) -> String {
    format!("\u{201c}{text}\u{201d}")
}
