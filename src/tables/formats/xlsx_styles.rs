//! What the number formats of a workbook make of numbers: dates, times, or nothing.

use super::xml::{Event, Xml};
use crate::tables::calendar::write_date;
use hashbrown::HashMap;
use std::fmt::Write;

/// What a number stands for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Meaning {
    #[default]
    Number,
    Date,
    DateTime,
    /// A time of day.
    Time,
    /// Hours, minutes and seconds that may exceed a day.
    Elapsed,
}

/// The meaning of every cell style, by its position.
pub(super) fn meanings(styles: &str) -> Vec<Meaning> {
    let mut custom: HashMap<String, Meaning> = HashMap::new();
    let mut meanings = Vec::new();
    let mut is_in_cell_styles = false;
    for event in Xml::new(styles) {
        match event {
            Event::Open(element) if element.name == "numFmt" => {
                if let (Some(id), Some(code)) = (element.get("numFmtId"), element.get("formatCode")) {
                    custom.insert(id.into_owned(), meaning_of_code(&code));
                }
            }
            Event::Open(element) if element.name == "cellXfs" => is_in_cell_styles = true,
            Event::Close("cellXfs") => is_in_cell_styles = false,
            Event::Open(element) if element.name == "xf" && is_in_cell_styles => {
                let id = element.get("numFmtId").unwrap_or_default();
                let known = custom.get(id.as_ref()).copied();
                meanings.push(known.unwrap_or_else(|| meaning_of_id(id.parse().unwrap_or(0))));
            }
            _ => {}
        }
    }
    meanings
}

/// Formats that every workbook has (ECMA-376, 18.8.30), those of East Asian languages included.
fn meaning_of_id(id: u32) -> Meaning {
    match id {
        14..=17 | 27..=31 | 34..=36 | 50..=58 => Meaning::Date,
        18..=21 | 32..=33 | 45 | 47 => Meaning::Time,
        22 => Meaning::DateTime,
        46 => Meaning::Elapsed,
        _ => Meaning::Number,
    }
}

fn meaning_of_code(code: &str) -> Meaning {
    let (mut has_date, mut has_month_or_minute, mut has_time) = (false, false, false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => {
                chars.by_ref().find(|c| *c == '"');
            }
            '\\' | '_' | '*' => {
                chars.next();
            }
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let inside = inside.to_ascii_lowercase();
                let is_elapsed = |letter: char| !inside.is_empty() && inside.chars().all(|c| c == letter);
                if is_elapsed('h') || is_elapsed('m') || is_elapsed('s') {
                    return Meaning::Elapsed;
                }
            }
            ';' => break,
            'y' | 'Y' | 'd' | 'D' => has_date = true,
            'm' | 'M' => has_month_or_minute = true,
            'h' | 'H' | 's' | 'S' => has_time = true,
            _ => {}
        }
    }
    // In "AM/PM" the letter stands beside hours.
    match (has_date || (has_month_or_minute && !has_time), has_time) {
        (true, true) => Meaning::DateTime,
        (true, false) => Meaning::Date,
        (false, true) => Meaning::Time,
        (false, false) => Meaning::Number,
    }
}

/// The last day that sheets know, 9999-12-31.
const LAST_DAY: f64 = 2_958_466.0;
const MS_PER_DAY: i64 = 86_400_000;

/// The number of days `serial` as ISO 8601 text; `None` where it is no moment. `is_1904`: the workbook
/// counts from 1904 on, as those of old Macs do.
pub(super) fn moment_text(serial: f64, meaning: Meaning, is_1904: bool) -> Option<String> {
    if meaning == Meaning::Number || !(0.0..LAST_DAY).contains(&serial) {
        return None;
    }
    let total_ms = (serial * MS_PER_DAY as f64).round() as i64;
    let mut text = String::new();
    if meaning == Meaning::Elapsed || (meaning == Meaning::Time && total_ms < MS_PER_DAY) {
        write_time(&mut text, total_ms);
        return Some(text);
    }
    let (days, ms) = (total_ms.div_euclid(MS_PER_DAY), total_ms.rem_euclid(MS_PER_DAY));
    // Day 60 is 29 February 1900, which never was: the days before it count from one day later.
    let from_1970 = match (is_1904, days) {
        (true, days) => days - 24_107,
        (false, days) if days < 60 => days - 25_568,
        (false, days) => days - 25_569,
    };
    write_date(&mut text, i32::try_from(from_1970).ok()?);
    if ms > 0 || meaning != Meaning::Date {
        text.push('T');
        write_time(&mut text, ms);
    }
    Some(text)
}

fn write_time(text: &mut String, total_ms: i64) {
    let (seconds, ms) = (total_ms / 1_000, total_ms % 1_000);
    // Writing to a text cannot fail.
    let _ = write!(text, "{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if ms > 0 {
        let _ = write!(text, ".{ms:03}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_tell_dates_from_numbers() {
        let cases = [
            ("General", Meaning::Number),
            ("0.00%", Meaning::Number),
            ("0.00E+00", Meaning::Number),
            ("#,##0 \"days\"", Meaning::Number),
            ("[Red]#,##0;[$€-407] 0", Meaning::Number),
            ("yyyy\\-mm\\-dd", Meaning::Date),
            ("mmm", Meaning::Date),
            ("[$-409]d/m/yy h:mm AM/PM;@", Meaning::DateTime),
            ("mm:ss.0", Meaning::Time),
            ("[h]:mm:ss", Meaning::Elapsed),
        ];
        for (code, meaning) in cases {
            assert_eq!(meaning_of_code(code), meaning, "{code}");
        }
    }

    #[test]
    fn serial_days_are_dates() {
        let text = |serial, meaning| moment_text(serial, meaning, false).unwrap_or_default();
        assert_eq!(text(1.0, Meaning::Date), "1900-01-01");
        assert_eq!(text(59.0, Meaning::Date), "1900-02-28");
        assert_eq!(text(61.0, Meaning::Date), "1900-03-01");
        assert_eq!(text(45_351.0, Meaning::Date), "2024-02-29");
        assert_eq!(text(45_351.5, Meaning::Date), "2024-02-29T12:00:00");
        assert_eq!(text(45_351.0, Meaning::DateTime), "2024-02-29T00:00:00");
        assert_eq!(text(0.520_833_333_333_333_4, Meaning::Time), "12:30:00");
        assert_eq!(text(1.5, Meaning::Elapsed), "36:00:00");
        assert_eq!(moment_text(0.0, Meaning::Date, true).as_deref(), Some("1904-01-01"));
        assert_eq!(moment_text(-1.0, Meaning::Date, false), None);
    }
}
