//! Text to records: finds where cells and records begin and end.

use super::cells::{Cells, Span, unescape};
use super::dialect::Dialect;
use super::quotes::{Closing, Quotes};
use super::scan::{BLOCK, Scanner};
use crate::model::{LineEnding, ProblemCode};
use memchr::{memchr, memchr2, memchr3};

/// Records with a doubtful quote that are read again however long they are, which no file with some damage exceeds.
const N_READ_AGAIN: u32 = 16;
/// Further ones are while all that was read in vain is no more than this, and so many times what was read of records with
/// quotes.
const READ_AGAIN_BYTES: u64 = 256 << 10;
const READ_AGAIN_TIMES: u64 = 4;

/// What stands at a place of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// A record, whose cells were appended.
    Record {
        next: usize,
    },
    /// A line with nothing or only spaces on it.
    Blank {
        next: usize,
    },
    /// The record goes on beyond the text.
    NeedMore,
    End,
}

/// A quote that is not what quotes are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Note {
    pub code: ProblemCode,
    /// Index among the appended spans.
    pub span_idx: usize,
}

/// Reads records. Lenient on purpose: a quote opens a cell only at its start and only if it closes before
/// a delimiter or the end of a line; any other quote is text.
///
/// What it makes of a text never depends on how the text was cut into pieces.
#[derive(Debug)]
pub(super) struct Tokenizer<'d> {
    dialect: &'d Dialect,
    first_of_delimiter: u8,
    /// Where single bytes divide cells.
    scanner: Option<Scanner>,
    /// Cells that a record should have, once that is known.
    pub width: Option<usize>,
    /// Line of the next record, from 1.
    pub line: u64,
    pub n_quoted: u64,
    endings: [u64; 3],
    /// Of the last record.
    pub notes: Vec<Note>,
    quotes: Quotes<'d>,
    /// Records that were read again, the bytes that were read in vain for it, and those of all records with quotes.
    n_read_again: u32,
    n_bytes_in_vain: u64,
    n_bytes_with_quotes: u64,
}

struct Outcome {
    step: Step,
    n_quoted: u64,
    n_lines: u64,
    ending: Option<usize>,
    /// A quote that may not be meant to open its cell.
    doubtful: Option<usize>,
}

impl<'d> Tokenizer<'d> {
    pub fn new(dialect: &'d Dialect) -> Self {
        let scanner = match dialect.delimiter.as_slice() {
            [delimiter] if !dialect.is_run => Some(Scanner::new(*delimiter, dialect.quote)),
            _ => None,
        };
        Self {
            scanner,
            dialect,
            first_of_delimiter: dialect.delimiter.first().copied().unwrap_or(b','),
            width: None,
            line: 1,
            n_quoted: 0,
            endings: [0; 3],
            notes: Vec::new(),
            quotes: Quotes::new(dialect),
            n_read_again: 0,
            n_bytes_in_vain: 0,
            n_bytes_with_quotes: 0,
        }
    }

    /// To be called before a step on another text, or on the same one with other places.
    pub fn forget_places(&mut self) {
        self.quotes.forget();
    }

    pub fn dialect(&self) -> &'d Dialect {
        self.dialect
    }

    pub fn line_ending(&self) -> LineEnding {
        match self.endings {
            [0, 0, 0] => LineEnding::None,
            [_, 0, 0] => LineEnding::Lf,
            [0, _, 0] => LineEnding::CrLf,
            [0, 0, _] => LineEnding::Cr,
            _ => LineEnding::Mixed,
        }
    }

    /// Reads one record at `at`. `is_end`: the text is all there is.
    #[inline]
    pub fn step(&mut self, text: &str, at: usize, is_end: bool, cells: &mut Cells) -> Step {
        self.notes.clear();
        let bytes = text.as_bytes();
        let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) else {
            return if is_end { Step::End } else { Step::NeedMore };
        };
        let n_spans = cells.spans.len();
        let found = match self.scanner {
            Some(scanner) => split_plain(scanner, rest, at, cells),
            None => match self.dialect.quote {
                Some(quote) => memchr3(b'\n', b'\r', quote, rest),
                None => memchr2(b'\n', b'\r', rest),
            },
        };
        let line = match found.and_then(|i| Some((i, *rest.get(i)?))) {
            None if !is_end => {
                cells.spans.truncate(n_spans);
                return Step::NeedMore;
            }
            None => rest,
            Some((i, b'\n' | b'\r')) => rest.get(..i).unwrap_or_default(),
            Some(_) => {
                cells.spans.truncate(n_spans);
                return self.step_with_quotes(text, at, is_end, cells);
            }
        };
        let line_end = at + line.len();
        let Some((n_ending, ending)) = self.line_end_at(bytes, line_end, is_end) else {
            cells.spans.truncate(n_spans);
            return Step::NeedMore;
        };
        self.line += 1;
        if let Some(count) = ending.and_then(|kind| self.endings.get_mut(kind)) {
            *count += 1;
        }
        let next = line_end + n_ending;
        if line.first().is_none_or(|first| *first == b' ') && self.is_blank(line) {
            cells.spans.truncate(n_spans);
            return Step::Blank { next };
        }
        if self.scanner.is_none() {
            self.split(line, at, cells);
        }
        Step::Record { next }
    }

    /// Nothing or spaces, unless spaces divide cells.
    fn is_blank(&self, line: &[u8]) -> bool {
        let may_be_spaces = self.first_of_delimiter != b' ' || self.dialect.is_run;
        line.is_empty() || (may_be_spaces && line.iter().all(|byte| *byte == b' '))
    }

    /// Splits a line without quotes at a delimiter of several bytes, or at runs of spaces.
    fn split(&self, line: &[u8], at: usize, cells: &mut Cells) {
        if self.dialect.is_run {
            return self.split_at_runs(line, at, cells);
        }
        let mut start = 0;
        let n_delimiter = self.dialect.delimiter.len();
        for i in memchr::memmem::find_iter(line, &self.dialect.delimiter) {
            cells.spans.push(Span::new(at + start, at + i));
            start = i + n_delimiter;
        }
        cells.spans.push(Span::new(at + start, at + line.len()));
    }

    /// Splits a line without quotes where runs of spaces divide.
    fn split_at_runs(&self, line: &[u8], at: usize, cells: &mut Cells) {
        let line_end = line.len() - n_blanks_at_end(line);
        let mut start = n_blanks(line);
        while let Some(i) =
            line.get(start..line_end).and_then(|rest| memchr::memmem::find(rest, &self.dialect.delimiter))
        {
            let end = start + i;
            cells.spans.push(Span::new(at + start, at + end));
            // A delimiter that is no blank is tried on such a file too, where rows are divided anew.
            start = end + n_blanks(line.get(end..).unwrap_or_default()).max(self.dialect.delimiter.len());
        }
        cells.spans.push(Span::new(at + start, at + line_end.max(start)));
    }

    /// Length of the delimiter at a place; 0 where there is none or it ends the line, `None` where more text is
    /// needed to know.
    fn delimiter_at(&self, bytes: &[u8], at: usize, is_end: bool) -> Option<usize> {
        let rest = bytes.get(at..).unwrap_or_default();
        if !self.dialect.is_run {
            return Some(if rest.starts_with(&self.dialect.delimiter) {
                self.dialect.delimiter.len()
            } else {
                0
            });
        }
        let n = n_blanks(rest);
        match rest.get(n) {
            None if !is_end => None,
            None | Some(b'\n' | b'\r') => Some(0),
            Some(_) if n >= self.dialect.delimiter.len() => Some(n),
            Some(_) => Some(0),
        }
    }

    fn step_with_quotes(&mut self, text: &str, at: usize, is_end: bool, cells: &mut Cells) -> Step {
        let (n_spans, n_arena) = (cells.spans.len(), cells.arena.len());
        let mut outcome = self.read_record(text, at, is_end, cells, None);
        let width = self.width;
        let is_right = |cells: &Cells| width.is_none_or(|width| cells.spans.len() - n_spans == width);
        let mut n_in_vain = 0;
        let may_read_again = self.n_read_again < N_READ_AGAIN
            || self.n_bytes_in_vain <= READ_AGAIN_BYTES + READ_AGAIN_TIMES * self.n_bytes_with_quotes;
        if let (Step::Record { next }, Some(doubtful), false, true) =
            (outcome.step, outcome.doubtful, is_right(cells), may_read_again)
        {
            // The record has the wrong length. Perhaps the quote opened a cell that it should not have.
            let rewind = |cells: &mut Cells| {
                cells.spans.truncate(n_spans);
                cells.arena.truncate(n_arena);
            };
            n_in_vain += next - at;
            rewind(cells);
            outcome = self.read_record(text, at, is_end, cells, Some(doubtful));
            if let Step::Record { next } = outcome.step
                && !is_right(cells)
            {
                n_in_vain += next - at;
                rewind(cells);
                outcome = self.read_record(text, at, is_end, cells, None);
            }
        }
        if outcome.step == Step::NeedMore {
            cells.spans.truncate(n_spans);
            cells.arena.truncate(n_arena);
            return Step::NeedMore;
        }
        if let Step::Record { next } = outcome.step {
            self.n_bytes_with_quotes += (next - at) as u64;
            self.n_read_again += u32::from(n_in_vain > 0);
            self.n_bytes_in_vain += n_in_vain as u64;
        }
        self.n_quoted += outcome.n_quoted;
        self.line += outcome.n_lines;
        if let Some(count) = outcome.ending.and_then(|kind| self.endings.get_mut(kind)) {
            *count += 1;
        }
        outcome.step
    }

    /// Reads a record cell by cell. The quote at `literal_at` is taken as text.
    fn read_record(
        &mut self,
        text: &str,
        at: usize,
        is_end: bool,
        cells: &mut Cells,
        literal_at: Option<usize>,
    ) -> Outcome {
        self.notes.clear();
        let bytes = text.as_bytes();
        let mut outcome =
            Outcome { step: Step::NeedMore, n_quoted: 0, n_lines: 0, ending: None, doubtful: None };
        let mut start = at;
        if self.dialect.is_run {
            start += n_blanks(bytes.get(at..).unwrap_or_default());
        }
        loop {
            let mut open_note = None;
            let opening = self.dialect.quote.filter(|quote| bytes.get(start) == Some(quote));
            let mut end = start;
            if opening.is_some() && literal_at == Some(start) {
                open_note = Some(ProblemCode::StrayQuote);
            } else if let Some(quote) = opening {
                match self.quotes.closing(bytes, start, quote, is_end) {
                    Closing::NeedMore => return outcome,
                    Closing::Never { is_open } => {
                        open_note =
                            Some(if is_open { ProblemCode::UnclosedQuote } else { ProblemCode::StrayQuote });
                    }
                    Closing::At { end: close, is_escaped, has_strays } => {
                        let content = text.get(start + 1..close).unwrap_or_default();
                        let n_lines = n_line_ends(content.as_bytes());
                        outcome.n_lines += n_lines;
                        outcome.n_quoted += 1;
                        if n_lines > 0 || has_strays {
                            outcome.doubtful.get_or_insert(start);
                        }
                        if has_strays {
                            self.notes
                                .push(Note { code: ProblemCode::StrayQuote, span_idx: cells.spans.len() });
                        }
                        if is_escaped {
                            let span = unescape(
                                content,
                                quote,
                                self.dialect.has_backslash_escapes,
                                &mut cells.arena,
                            );
                            cells.spans.push(span);
                        } else {
                            cells.spans.push(Span::new(start + 1, close));
                        }
                        end = close + 1;
                    }
                }
            }
            if end == start {
                let Some(cell_end) = self.unquoted_end(bytes, start, is_end) else { return outcome };
                end = cell_end;
                let cell = bytes.get(start..end).unwrap_or_default();
                let has_stray = || self.dialect.quote.is_some_and(|quote| memchr(quote, cell).is_some());
                if let Some(code) = open_note.or_else(|| has_stray().then_some(ProblemCode::StrayQuote)) {
                    self.notes.push(Note { code, span_idx: cells.spans.len() });
                }
                cells.spans.push(Span::new(start, end));
            }
            match self.delimiter_at(bytes, end, is_end) {
                None => return outcome,
                Some(0) => {}
                Some(n) => {
                    start = end + n;
                    continue;
                }
            }
            if self.dialect.is_run {
                end += n_blanks(bytes.get(end..).unwrap_or_default());
            }
            let Some((n_ending, ending)) = self.line_end_at(bytes, end, is_end) else { return outcome };
            outcome.ending = ending;
            outcome.n_lines += 1;
            outcome.step = Step::Record { next: end + n_ending };
            return outcome;
        }
    }

    fn unquoted_end(&self, bytes: &[u8], start: usize, is_end: bool) -> Option<usize> {
        let mut at = start;
        loop {
            let rest = bytes.get(at..)?;
            let Some(i) = memchr3(self.first_of_delimiter, b'\n', b'\r', rest) else {
                return is_end.then_some(bytes.len());
            };
            let tail = rest.get(i..)?;
            if tail.first() != Some(&self.first_of_delimiter) || tail.starts_with(&self.dialect.delimiter) {
                return Some(at + i);
            }
            at += i + 1;
        }
    }

    /// Length and kind of the line end at `at`; `None` where more text is needed to know.
    #[inline]
    fn line_end_at(&self, bytes: &[u8], at: usize, is_end: bool) -> Option<(usize, Option<usize>)> {
        match (bytes.get(at), bytes.get(at + 1)) {
            (None, _) => is_end.then_some((0, None)),
            (Some(b'\n'), _) => Some((1, Some(0))),
            (Some(b'\r'), Some(b'\n')) => Some((2, Some(1))),
            (Some(b'\r'), None) if !is_end => None,
            _ => Some((1, Some(2))),
        }
    }
}

/// Appends the cells of the line that begins `rest`, which stands at `at` of its text. Returns where the line ends or a
/// quote stands; the cells are of no use in the latter case.
#[inline]
fn split_plain(scanner: Scanner, rest: &[u8], at: usize, cells: &mut Cells) -> Option<usize> {
    let (mut start, mut i) = (0, 0);
    let stop = loop {
        let marks = scanner.marks(rest.get(i..)?);
        // All bits below the first stop; all there are where there is none.
        let mut delimiters = marks.delimiters & (marks.stops.wrapping_sub(1) & !marks.stops);
        while delimiters != 0 {
            let end = i + delimiters.trailing_zeros() as usize;
            cells.spans.push(Span::new(at + start, at + end));
            start = end + 1;
            delimiters &= delimiters - 1;
        }
        if marks.stops != 0 {
            break Some(i + marks.stops.trailing_zeros() as usize);
        }
        i += BLOCK;
        if i >= rest.len() {
            break None;
        }
    };
    cells.spans.push(Span::new(at + start, at + stop.unwrap_or(rest.len())));
    stop
}

/// Spaces and tabs at the beginning.
fn n_blanks(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

fn n_blanks_at_end(bytes: &[u8]) -> usize {
    bytes.iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Line ends in a quoted cell: LF, CRLF and CR count as one each.
pub(super) fn n_line_ends(bytes: &[u8]) -> u64 {
    let mut n_lines = 0;
    for i in memchr::memchr2_iter(b'\n', b'\r', bytes) {
        let is_second_of_crlf = bytes.get(i) == Some(&b'\n') && i > 0 && bytes.get(i - 1) == Some(&b'\r');
        n_lines += u64::from(!is_second_of_crlf);
    }
    n_lines
}

#[cfg(test)]
mod tests;
