//! The cells of one sheet.

use super::grid::{Cell, Grid};
use super::text::Problems;
use super::too_large;
use super::xlsx_styles::{Meaning, moment_text};
use super::xml::{Element, Event, Xml, unescape};
use crate::model::{EngineError, Problem, ProblemCode};
use crate::pace::Pace;
use std::borrow::Cow;

const SLICE_ROWS: usize = 1_024;
/// Columns of the widest sheet that there can be.
const MAX_COLUMNS: usize = 16_384;

/// What the sheets of a workbook have in common.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub file: String,
    pub texts: Texts,
    pub meanings: Vec<Meaning>,
    pub is_1904: bool,
    pub max_bytes: u64,
}

/// The texts that cells refer to by number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Reads the part `sharedStrings.xml`; `None` where it is cut off.
    pub fn read(part: &str) -> Option<Self> {
        let mut texts = Self::default();
        let mut xml = Xml::new(part);
        while let Some(event) = xml.next() {
            if matches!(event, Event::Open(element) if element.name == "si") {
                push_runs(&mut xml, "si", &mut texts.all);
                texts.ends.push(texts.all.len());
            }
        }
        (!xml.is_broken).then_some(texts)
    }

    fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.all.get(start..*self.ends.get(at)?)
    }
}

/// Appends the texts of an element that was opened, up to its end; readings of East Asian signs left out.
fn push_runs(xml: &mut Xml<'_>, end: &str, out: &mut String) {
    let (mut is_text, mut is_reading) = (false, false);
    for event in xml.by_ref() {
        match event {
            Event::Open(element) if element.name == "rPh" => is_reading = true,
            Event::Close("rPh") => is_reading = false,
            Event::Open(element) if element.name == "t" => is_text = true,
            Event::Close("t") => is_text = false,
            Event::Text(raw) if is_text && !is_reading => out.push_str(&without_codes(&unescape(raw))),
            Event::Plain(text) if is_text && !is_reading => out.push_str(text),
            Event::Close(name) if name == end => return,
            _ => {}
        }
    }
}

/// Characters that XML cannot hold are written as "_x000D_".
fn without_codes(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, code) = rest.split_at(at);
        out.push_str(before);
        let digits = code.get(2..6).filter(|_| code.get(6..7) == Some("_"));
        match digits.and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = code.get(7..).unwrap_or_default();
            }
            None => {
                out.push_str("_x");
                rest = code.get(2..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads a sheet. Rows without a cell are left out, and reported where rows follow; columns without a cell
/// are left out. `None`: the part is cut off.
pub(super) async fn read_sheet(
    part: &str,
    shared: &Shared,
    pace: &Pace,
) -> Result<Option<(Grid, Problems)>, EngineError> {
    let mut grid = Grid::default();
    let mut problems = Problems::default();
    let mut xml = Xml::new(part);
    let (mut row_number, mut last_filled) = (0u64, 0u64);
    let mut column = 0usize;
    let stage = format!("reading {}", shared.file);
    while let Some(event) = xml.next() {
        let Event::Open(element) = event else { continue };
        match element.name {
            "row" => {
                let written = element.get("r").and_then(|number| number.parse().ok());
                row_number = written.unwrap_or(row_number + 1);
                column = 0;
            }
            "c" => {
                let at = element.get("r").and_then(|place| column_of(&place)).unwrap_or(column);
                column = at + 1;
                let value = read_cell(&mut xml, element, shared);
                let Some(value) = value.filter(|_| at < MAX_COLUMNS) else { continue };
                if last_filled != row_number || grid.n_rows == 0 {
                    if grid.n_rows > 0 {
                        for line in last_filled + 1..row_number {
                            problems.push(|| empty_row(line));
                        }
                    }
                    grid.begin_row(row_number);
                    last_filled = row_number;
                    if grid.n_rows.is_multiple_of(SLICE_ROWS) {
                        pace.step(xml.done(), &stage).await?;
                    }
                }
                grid.set(at, value.as_cell());
                if grid.n_bytes > shared.max_bytes {
                    return Err(too_large(&shared.file, "has a sheet of", shared.max_bytes));
                }
            }
            _ => {}
        }
    }
    grid.columns.retain(|column| column.n_values > 0);
    Ok((!xml.is_broken).then_some((grid, problems)))
}

fn empty_row(line: u64) -> Problem {
    Problem {
        line,
        column: None,
        code: ProblemCode::EmptyLine,
        raw: String::new(),
        action: "left out".into(),
    }
}

/// The column of a place: "A1" is 0, "AB12" is 27.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).take(4);
    let number =
        letters.fold(0usize, |n, letter| n * 26 + usize::from(letter.to_ascii_uppercase() - b'A') + 1);
    number.checked_sub(1)
}

#[derive(Debug, PartialEq)]
enum Read<'s> {
    Number(String),
    Text(Cow<'s, str>),
    Other(String),
}

impl Read<'_> {
    fn as_cell(&self) -> Cell<'_> {
        match self {
            Self::Number(text) => Cell::Number(text),
            Self::Text(text) => Cell::Text(text),
            Self::Other(text) => Cell::Other(text),
        }
    }
}

/// Reads a cell to its end; `None` where it is empty.
fn read_cell<'s>(xml: &mut Xml<'_>, cell: Element<'_>, shared: &'s Shared) -> Option<Read<'s>> {
    let mut value = String::new();
    let mut is_value = false;
    while let Some(event) = xml.next() {
        match event {
            Event::Close("c") => break,
            Event::Open(element) if element.name == "is" => push_runs(xml, "is", &mut value),
            Event::Open(element) if element.name == "v" => is_value = true,
            Event::Close("v") => is_value = false,
            Event::Text(raw) if is_value => value.push_str(&unescape(raw)),
            Event::Plain(text) if is_value => value.push_str(text),
            _ => {}
        }
    }
    let kind = cell.get("t").unwrap_or_default();
    let read = match kind.as_ref() {
        "s" => Read::Text(Cow::Borrowed(shared.texts.get(value.trim().parse().ok()?)?)),
        "str" => Read::Text(Cow::Owned(without_codes(&value).into_owned())),
        "inlineStr" => Read::Text(Cow::Owned(value)),
        "b" => Read::Other(if value.trim() == "1" { "true" } else { "false" }.into()),
        "e" | "d" => Read::Other(value),
        _ => {
            let style: usize = cell.get("s").and_then(|style| style.parse().ok()).unwrap_or(0);
            let meaning = shared.meanings.get(style).copied().unwrap_or_default();
            number(value.trim(), meaning, shared.is_1904)
        }
    };
    let (Read::Number(text) | Read::Other(text)) = &read else {
        return (!matches!(&read, Read::Text(text) if text.is_empty())).then_some(read);
    };
    (!text.is_empty()).then_some(read)
}

/// A number as a date where its format says so, else in its shortest form.
fn number<'s>(written: &str, meaning: Meaning, is_1904: bool) -> Read<'s> {
    let Some(value) = written.parse::<f64>().ok().filter(|value| value.is_finite()) else {
        return Read::Text(Cow::Owned(written.to_owned()));
    };
    if let Some(text) = moment_text(value, meaning, is_1904) {
        return Read::Other(text);
    }
    let size = value.abs();
    // Sheets write 0.1 as 0.10000000000000001 and 100000 as 1E5; Rust's shortest form knows no exponent.
    let is_plain = value == 0.0 || (1e-7..1e21).contains(&size);
    Read::Number(if is_plain { format!("{}", value + 0.0) } else { format!("{value:e}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_plain() {
        let text = |written: &str| match number(written, Meaning::Number, false) {
            Read::Number(text) => text,
            other => panic!("{other:?}"),
        };
        assert_eq!(text("0.10000000000000001"), "0.1");
        assert_eq!(text("1E5"), "100000");
        assert_eq!(text("1.2345678901234E+16"), "12345678901234000");
        assert_eq!(text("-0"), "0");
        assert_eq!(text("1.5E-300"), "1.5e-300");
        assert_eq!(text("5"), "5");
    }

    #[test]
    fn places_and_codes() {
        assert_eq!(
            ["A1", "Z9", "AA1", "XFD1", "1"].map(column_of),
            [Some(0), Some(25), Some(26), Some(16_383), None]
        );
        assert_eq!(without_codes("a_x000D_b _x00 _xZZZZ_"), "a\rb _x00 _xZZZZ_");
    }
}
