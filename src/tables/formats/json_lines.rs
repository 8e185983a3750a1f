//! JSON Lines: one value a line, read piece by piece.

use super::json::{About, Records};
use super::json_text::{Fault, Scanner, Value};
use super::text::{Pieces, Problems};
use super::{MAX_CONTENT_BYTES, Part, refuse_options, too_large};
use crate::format;
use crate::model::{EngineError, ErrorCode, FileFormat, ImportOptions, Problem, ProblemCode};
use crate::pace::Pace;
use crate::tables::import::clip;
use crate::tables::source::ByteSource;

/// Lines that are not JSON are left out and reported, as long as they are one, or at most this share.
const MAX_BAD_PERCENT: u64 = 5;
const SLICE_LINES: u64 = 512;

/// Reads a file of one value a line. Blank lines are passed over; a line that is not JSON is left out of
/// the tables and listed in the report.
///
/// Errors: `bad_file` where too many lines are not JSON, `empty_file`, `too_large`.
pub(super) async fn read(
    table: &str,
    source: &dyn ByteSource,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<Vec<Part>, EngineError> {
    let file = source.name();
    refuse_options(file, options, FileFormat::JsonLines, &["delimiter", "quote"])?;
    let mut pieces = Pieces::new(source, options.encoding)?;
    let mut lines = Lines {
        file,
        records: Records::new(file),
        problems: Problems::default(),
        n_lines: 0,
        n_values: 0,
        n_bad: 0,
        first_bad: None,
    };
    let stage = format!("reading {file}");
    let part = pace.part(0.0, 0.7);
    let mut text = String::new();
    loop {
        let is_more = pieces.next(&mut text, &mut lines.problems)?;
        let end = if is_more { text.rfind('\n').map_or(0, |at| at + 1) } else { text.len() };
        for line in text.get(..end).unwrap_or_default().split_inclusive('\n') {
            lines.push(line.trim())?;
            if lines.n_lines.is_multiple_of(SLICE_LINES) {
                part.step(pieces.done(), &stage).await?;
            }
        }
        text.drain(..end);
        if !is_more {
            break;
        }
        if text.len() as u64 > MAX_CONTENT_BYTES {
            return Err(too_large(file, "has a line of", MAX_CONTENT_BYTES));
        }
    }
    lines.check()?;
    let about = About { table, file, format: FileFormat::JsonLines, encoding: pieces.encoding };
    lines.records.finish(&about, options, lines.problems, &pace.part(0.7, 1.0)).await
}

struct Lines<'f> {
    file: &'f str,
    records: Records,
    problems: Problems,
    n_lines: u64,
    /// Lines that hold something.
    n_values: u64,
    n_bad: u64,
    first_bad: Option<(u64, Fault)>,
}

impl Lines<'_> {
    fn push(&mut self, line: &str) -> Result<(), EngineError> {
        self.n_lines += 1;
        if line.is_empty() {
            return Ok(());
        }
        self.n_values += 1;
        let mut scanner = Scanner::new(line);
        match value_of(&mut scanner) {
            Ok(value) => {
                for at in scanner.replaced_at {
                    let raw = line.get(at..at + 6).unwrap_or_default();
                    self.problems.push_bad_bytes(self.n_lines, raw.into());
                }
                self.records.push(&value, self.n_lines, self.file)
            }
            Err(fault) => {
                self.n_bad += 1;
                self.first_bad = self.first_bad.or(Some((self.n_lines, fault)));
                let n_lines = self.n_lines;
                self.problems.push(|| Problem {
                    line: n_lines,
                    column: None,
                    code: ProblemCode::BadLine,
                    raw: clip(line),
                    action: format!("left out; character {}: {}", place(line, fault), fault.what),
                });
                Ok(())
            }
        }
    }

    /// Too many bad lines mean that the file is something else, or broken throughout.
    fn check(&self) -> Result<(), EngineError> {
        let Some((line, fault)) = self.first_bad else { return Ok(()) };
        let is_tolerable = self.n_bad * 100 <= self.n_values * MAX_BAD_PERCENT;
        if (self.n_bad == 1 && self.n_values > 1) || is_tolerable {
            return Ok(());
        }
        let message = format!(
            "\"{}\" is not valid JSON Lines: {} of {} are not JSON. Line {}: {}.",
            self.file,
            format::count(self.n_bad),
            format::plural(self.n_values, "line", "lines"),
            format::count(line),
            fault.what
        );
        Err(EngineError::new(ErrorCode::BadFile, message)
            .at_file(self.file)
            .at_line(line)
            .hint("Each line has to hold one JSON value; correct the lines or leave them out."))
    }
}

fn value_of<'t>(scanner: &mut Scanner<'t>) -> Result<Value<'t>, Fault> {
    let value = scanner.value()?;
    if scanner.is_done() { Ok(value) } else { Err(scanner.fault("something stands behind the value")) }
}

fn place(line: &str, fault: Fault) -> usize {
    line.get(..fault.at).unwrap_or(line).chars().count() + 1
}
