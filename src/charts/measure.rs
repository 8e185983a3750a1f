//! How wide a text is, and how to make it fit.
//!
//! The page measures with a canvas; tests and native drawing use [`FixedMeasure`], so that a layout is
//! the same on every machine.

use std::fmt::Debug;

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Weight {
    #[default]
    Regular,
    Bold,
}

pub trait TextMeasure: Debug {
    /// Advance width in pixels of one line of text.
    fn width_px(&self, text: &str, size_px: f64, weight: Weight) -> f64;
}

/// Widths of a common sans-serif face (Arial's metrics, in thousandths of the size), a little on the
/// wide side for what it does not know.
#[derive(Debug, Clone, Copy, Default)]
pub struct FixedMeasure;

impl TextMeasure for FixedMeasure {
    fn width_px(&self, text: &str, size_px: f64, weight: Weight) -> f64 {
        let thousandths: f64 = text.chars().map(advance).sum();
        let bold = if weight == Weight::Bold { 1.06 } else { 1.0 };
        thousandths / 1000.0 * size_px * bold
    }
}

fn advance(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' => 222.0,
        'f' | 't' | ' ' | '.' | ',' | ':' | ';' | '/' | 'I' | '!' | '\u{a0}' => 278.0,
        'r' | '(' | ')' | '-' | '[' | ']' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        'w' => 722.0,
        'm' => 833.0,
        'a'..='z' | '0'..='9' | '_' | 'L' | '?' | '\u{2013}' => 556.0,
        '+' | '=' | '<' | '>' | '\u{2212}' | '\u{d7}' => 584.0,
        'F' | 'T' | 'Z' => 611.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' => 667.0,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' => 722.0,
        'G' | 'O' | 'Q' => 778.0,
        'M' => 833.0,
        '%' => 889.0,
        'W' => 944.0,
        _ if c.is_ascii() => 560.0,
        _ => 1000.0,
    }
}

/// The text if it fits, else its beginning with an ellipsis; nothing where not even that fits.
pub fn ellipsize(measure: &dyn TextMeasure, text: &str, size_px: f64, weight: Weight, max_px: f64) -> String {
    // Rooms are often made to measure: a rounding error is no reason to cut.
    let max_px = max_px + 0.01;
    if measure.width_px(text, size_px, weight) <= max_px {
        return text.into();
    }
    let ends: Vec<usize> = text.char_indices().map(|(start, _)| start).collect();
    // The widest beginning that fits, by bisection: measuring costs a call into the browser.
    let (mut fits, mut too_long) = (0, ends.len());
    while too_long - fits > 1 {
        let middle = (fits + too_long) / 2;
        let candidate = shortened(text, ends.get(middle).copied().unwrap_or(text.len()));
        if measure.width_px(&candidate, size_px, weight) <= max_px {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    match ends.get(fits) {
        Some(&end) if fits > 0 => shortened(text, end),
        _ => String::new(),
    }
}

fn shortened(text: &str, end: usize) -> String {
    let start = text.get(..end).unwrap_or(text);
    format!("{}\u{2026}", start.trim_end_matches([' ', ',', '(', '_']))
}

/// The text in lines no wider than `max_px`, broken at spaces; a word that is too wide is shortened.
/// The last of at most `max_lines` lines ends with an ellipsis where text was left over.
pub fn wrap(
    measure: &dyn TextMeasure,
    text: &str,
    size_px: f64,
    weight: Weight,
    max_px: f64,
    max_lines: usize,
) -> Vec<String> {
    let fits = |line: &str| measure.width_px(line, size_px, weight) <= max_px;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let is_last = lines.len() >= max_lines;
        match lines.last_mut() {
            // A last line takes everything, and is shortened below.
            Some(last) if is_last || fits(&format!("{last} {word}")) => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(word.into()),
        }
    }
    lines.into_iter().map(|line| ellipsize(measure, &line, size_px, weight, max_px)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_keeps_its_beginning() {
        let fit = |max_px| ellipsize(&FixedMeasure, "watch_completion", 12.0, Weight::Regular, max_px);
        assert_eq!(fit(200.0), "watch_completion");
        let short = fit(60.0);
        assert!(short.starts_with("watch") && short.ends_with('\u{2026}'), "{short}");
        assert!(FixedMeasure.width_px(&short, 12.0, Weight::Regular) <= 60.0);
        assert_eq!(fit(3.0), "");
    }

    #[test]
    fn lines_stay_within_their_width_and_number() {
        let text = "B keeps viewers 2.0 minutes longer, and the interval is from 1.7 to 2.2 minutes";
        let lines = wrap(&FixedMeasure, text, 12.0, Weight::Regular, 150.0, 9);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), text);
        let two = wrap(&FixedMeasure, text, 12.0, Weight::Regular, 150.0, 2);
        assert_eq!(two.len(), 2);
        assert!(two[1].ends_with('\u{2026}'));
        assert!(two.iter().all(|line| FixedMeasure.width_px(line, 12.0, Weight::Regular) <= 150.0));
    }
}
