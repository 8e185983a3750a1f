//! How a file divides text into cells, and how that is found out.

use super::records::{Records, read_sample};
use crate::model::{Escape, RunnerUp};
use crate::tables::moment::DateOrder;
use crate::tables::number::{NumberFormat, parse_number};
use crate::tables::read_moment::{read_duration, read_moment};
use crate::tables::read_named::read_named;
use crate::tables::unit::unit_of;
use hashbrown::HashMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Dialect {
    /// One character, or several that stand together.
    pub delimiter: Vec<u8>,
    /// The delimiter with all spaces and tabs behind it divides once; spaces at the ends of a line divide nothing.
    pub is_run: bool,
    /// An ASCII character; `None` where nothing is quoted.
    pub quote: Option<u8>,
    /// A backslash before a quote makes it part of the text.
    pub has_backslash_escapes: bool,
}

/// The name of the delimiter that is any number of spaces and tabs.
pub(super) const WHITESPACE: &str = "whitespace";

impl Dialect {
    /// Commas, and quotes that are doubled inside.
    pub fn rfc_4180() -> Self {
        Self { delimiter: b",".to_vec(), is_run: false, quote: Some(b'"'), has_backslash_escapes: false }
    }

    pub fn delimiter_text(&self) -> String {
        if self.is_run {
            return WHITESPACE.into();
        }
        String::from_utf8_lossy(&self.delimiter).into_owned()
    }
}

/// What the user said about the dialect.
#[derive(Debug, Clone, Default)]
pub(super) struct DialectOptions {
    pub delimiter: Option<Vec<u8>>,
    /// `Some(None)`: nothing is quoted.
    pub quote: Option<Option<u8>>,
    pub escape: Option<Escape>,
}

/// In the order in which they win ties.
const DELIMITERS: [&[u8]; 13] =
    [b",", b";", b"\t", b"|", b", ", b"; ", b"||", b"::", b"~", b"^", b"\x1f", b"\x01", b" "];
/// Runs of at least so many spaces, as in columns that are aligned.
const RUNS: [&[u8]; 2] = [b"  ", b" "];
/// Records that are scored for each candidate.
const MAX_RECORDS: usize = 250;

/// Finds the dialect of a sample: every combination of the candidates is tried on it and scored as a whole.
/// `is_whole`: the sample is all of the file; else its last record is cut and not looked at.
///
/// The score multiplies how alike the lengths of records are with how much cells look like values, as van
/// den Burg, Nazábal and Sutton (2019) found to work best; the weights are our own.
pub(super) fn sniff(sample: &str, is_whole: bool, options: &DialectOptions) -> (Dialect, Option<RunnerUp>) {
    let delimiters: Vec<Vec<u8>> = match &options.delimiter {
        Some(delimiter) => vec![delimiter.clone()],
        None => {
            let known = DELIMITERS.iter().filter(|delimiter| !is_half(sample, delimiter));
            known.map(|delimiter| delimiter.to_vec()).collect()
        }
    };
    let quotes: Vec<Option<u8>> = match options.quote {
        Some(quote) => vec![quote],
        None if sample.contains('\'') => vec![Some(b'"'), Some(b'\'')],
        None => vec![Some(b'"')],
    };
    let has_candidates = sample.contains("\\\"") || sample.contains("\\'");
    let escapes: &[bool] = match options.escape {
        Some(Escape::Doubled) => &[false],
        Some(Escape::Backslash) => &[true],
        None if has_candidates => &[false, true],
        None => &[false],
    };
    let mut scored: Vec<(f64, Dialect)> = Vec::new();
    let runs: &[&[u8]] = match options.delimiter.as_deref() {
        Some(delimiter) if delimiter == WHITESPACE.as_bytes() => &RUNS,
        Some(_) => &[],
        None => &RUNS,
    };
    let plain = delimiters.iter().filter(|delimiter| delimiter.as_slice() != WHITESPACE.as_bytes());
    let plain = plain.map(|delimiter| (delimiter.clone(), false));
    let candidates: Vec<(Vec<u8>, bool)> = plain.chain(runs.iter().map(|run| (run.to_vec(), true))).collect();
    for (delimiter, is_run) in candidates {
        for quote in &quotes {
            for has_backslash_escapes in escapes {
                let dialect = Dialect {
                    delimiter: delimiter.clone(),
                    is_run,
                    quote: *quote,
                    has_backslash_escapes: *has_backslash_escapes,
                };
                let score =
                    score(&read_sample(sample, is_whole, &dialect, MAX_RECORDS), &delimiters, &dialect);
                scored.push((score, dialect));
            }
        }
    }
    // The sort is stable: earlier candidates win ties.
    scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let mut scored = scored.into_iter();
    let (highest, best) = scored.next().unwrap_or_else(|| (0.0, Dialect::rfc_4180()));
    let second =
        scored.find(|(_, dialect)| dialect.delimiter != best.delimiter || dialect.quote != best.quote);
    let runner_up =
        second.filter(|(score, _)| *score > 0.0 && highest > 0.0).map(|(score, dialect)| RunnerUp {
            delimiter: dialect.delimiter_text(),
            quote: dialect.quote.map(|quote| char::from(quote).to_string()).unwrap_or_default(),
            score_ratio: score / highest,
        });
    (best, runner_up)
}

fn score(records: &Records, delimiters: &[Vec<u8>], dialect: &Dialect) -> f64 {
    let n_records = records.n_records();
    if n_records == 0 {
        return 0.0;
    }
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for record in 0..n_records {
        *counts.entry(records.width(record)).or_default() += 1;
    }
    let n_in_runs = n_in_runs(records);
    let (width, n_alike) = counts.into_iter().max_by_key(|(width, n)| (*n, *width)).unwrap_or((1, n_records));
    if width == 1 && dialect.delimiter.len() > 1 {
        // That nothing was divided speaks for the shorter delimiter.
        return 0.0;
    }
    // Several tables may follow each other in a file, each of its own width.
    let mut consistency = (n_alike as f64).max(0.95 * n_in_runs as f64) / n_records as f64;
    if records.width(0) < width {
        // A first line of fewer cells is more often a header in another dialect than a damaged one.
        consistency *= 0.7;
    }
    let (mut n_cells, mut value_score) = (0usize, 0.0);
    for record in (0..n_records).filter(|record| records.width(*record) == width) {
        for cell in records.cells(record) {
            n_cells += 1;
            value_score += cell_score(cell, delimiters, dialect);
            // A space in front of every cell belongs to the delimiter.
            value_score -= if cell.starts_with(' ') { 0.03 } else { 0.0 };
        }
    }
    let value_score = value_score / n_cells.max(1) as f64;
    // More columns carry more evidence; one column carries none, but has to win where nothing else fits.
    let width_score = if width == 1 { 0.4 } else { 1.0 - 0.5 / width as f64 };
    let stray_share = records.n_stray_quotes as f64 / n_records as f64;
    let quote_score = 1.0 / (1.0 + stray_share) + 0.02 * (records.n_quoted.min(50) as f64 / 50.0);
    consistency * consistency * value_score * width_score * quote_score
}

/// Records with some of the same width, above one cell, next to each other.
fn n_in_runs(records: &Records) -> usize {
    const MIN_RUN: usize = 4;
    let (mut n, mut run) = (0, 0);
    for record in 0..records.n_records() {
        let width = records.width(record);
        let goes_on = run > 0 && width == records.width(record - 1);
        run = if goes_on { run + 1 } else { usize::from(width > 1) };
        n += match run {
            MIN_RUN => MIN_RUN,
            run if run > MIN_RUN => 1,
            _ => 0,
        };
    }
    n
}

/// The delimiter is half of one that is twice as long.
fn is_half(sample: &str, delimiter: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(delimiter) else { return false };
    let doubled = text.repeat(2);
    let is_known = DELIMITERS.contains(&doubled.as_bytes());
    is_known && sample.matches(&doubled).count() * 2 == sample.matches(text).count() && sample.contains(text)
}

/// How much a cell looks like one value, 0 to 1.
fn cell_score(cell: &str, delimiters: &[Vec<u8>], dialect: &Dialect) -> f64 {
    let trimmed = cell.trim();
    if trimmed.is_empty() {
        return 0.6;
    }
    if is_typed(trimmed) {
        return 1.0;
    }
    let bytes = trimmed.as_bytes();
    let is_wrapped =
        |quote: u8| bytes.len() > 1 && bytes.first() == Some(&quote) && bytes.last() == Some(&quote);
    if is_wrapped(b'"') || is_wrapped(b'\'') {
        // Quotes that another dialect would take off.
        return 0.3;
    }
    let n_foreign = delimiters
        .iter()
        .filter(|other| other.len() == 1 && !dialect.delimiter.starts_with(other))
        .filter(|other| memchr::memmem::find(bytes, other).is_some())
        .count();
    if n_foreign > 0 {
        // A comma with a space is prose, other delimiters inside a cell are suspicious.
        let is_prose = n_foreign == 1 && trimmed.contains(", ") && !trimmed.contains(";");
        return if is_prose { 0.6 } else { 0.25 };
    }
    0.85
}

fn is_typed(text: &str) -> bool {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ',' | '\u{2212}')) {
        return unit_of(text).is_some() || read_named(text).is_some();
    }
    unit_of(text).is_some()
        || NumberFormat::ALL.iter().any(|format| parse_number(text, *format).is_some())
        || [DateOrder::Ymd, DateOrder::Dmy, DateOrder::Mdy]
            .iter()
            .any(|order| read_moment(text, *order).is_some())
        || read_duration(text).is_some()
}
