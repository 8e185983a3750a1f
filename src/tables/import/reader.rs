//! A file as batches of records of one width.

use super::cells::{Cells, Span};
use super::decode::{self, Utf8Evidence};
use super::dialect::Dialect;
use super::notes::{LineIndex, Notes, RowNote, clip};
use super::repair::Repairer;
use super::tokenizer::{Note, Step, Tokenizer};
use crate::format;
use crate::model::{Encoding, EngineError, ErrorCode, LineEnding, ProblemCode};
use crate::tables::source::ByteSource;

/// Rows of a batch: few enough that their cells stay in the processor's cache while columns take turns.
const BATCH_ROWS: usize = 1024;

/// A record longer than this is not one of a table.
const MAX_RECORD_BYTES: usize = 64 << 20;

/// Cells that are filled in where rows have too few: this many for each byte of the file, and so many more. Rows that need
/// more are not those of the header, and a small file would make a table that does not fit into memory.
const MAX_FILLED_PER_BYTE: u64 = 16;
const MAX_FILLED: u64 = 4_000_000;

/// Reading grows up to this where a record does not fit.
const MAX_CHUNK_BYTES: usize = 16 << 20;

/// Records with exactly `n_columns` cells each: short ones are filled, long ones are cut.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub n_rows: usize,
    n_columns: usize,
    cells: Cells,
}

impl Batch {
    #[inline]
    pub fn cell<'a>(&'a self, text: &'a str, row: usize, column: usize) -> &'a str {
        self.cells.text(row * self.n_columns + column, text)
    }
}

/// Reads a source from its beginning to its end.
pub(super) struct Reader<'a> {
    source: &'a dyn ByteSource,
    encoding: Encoding,
    /// The encoding was guessed from the beginning: at the first bytes that break it the whole file is asked.
    is_guessed: bool,
    chunk_bytes: usize,
    offset: u64,
    n_left_over: usize,
    raw: Vec<u8>,
    pub text: String,
    at: usize,
    is_end: bool,
    tokenizer: Tokenizer<'a>,
    n_columns: usize,
    bounds: Bounds,
    repairer: Option<&'a Repairer>,
    n_repairs_tried: u32,
    n_cells_filled: u64,
    n_skipped_records: usize,
    /// Blank lines seen since the last record; they count only once another record follows.
    blank_lines: Vec<u64>,
    n_blank_lines: u64,
    pub n_rows: usize,
    pub batch: Batch,
    pub lines: LineIndex,
    pub notes: Notes,
    pub fitted: Fitted,
}

/// Rows that were brought to the table's width.
#[derive(Debug, Default)]
pub(super) struct Fitted {
    pub n_rows_padded: u64,
    pub n_rows_cut: u64,
    pub n_cells_cut: u64,
    pub n_rows_repaired: u64,
    /// Cells of each column that were not there, and that were divided anew into another text.
    pub by_column: Vec<(u64, u64)>,
}

/// Where the rows stand in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    /// Line of the table's first record, from 1.
    pub first_line: u64,
    /// Records before the first row.
    pub n_header_records: usize,
    /// The line after the table; `None` where it goes on to the end of the file.
    pub end_line: Option<u64>,
    /// The byte after the table, where something else follows that is known only from the end of the file.
    pub end_byte: Option<u64>,
    /// Every row ends with a delimiter that divides nothing.
    pub has_trailing_delimiter: bool,
}

/// How a call of [`Reader::next_batch`] ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    Batch,
    /// Call [`Reader::refill`] and go on.
    NeedMore,
    End,
    /// Something stands behind the delimiter at the end of a row; start again with a column for it.
    NotTrailing,
}

impl<'a> Reader<'a> {
    pub fn new(
        source: &'a dyn ByteSource,
        encoding: (Encoding, bool),
        dialect: &'a Dialect,
        n_columns: usize,
        (bounds, repairer): (Bounds, Option<&'a Repairer>),
        chunk_bytes: usize,
    ) -> Self {
        let mut tokenizer = Tokenizer::new(dialect);
        tokenizer.width = Some(n_columns + usize::from(bounds.has_trailing_delimiter));
        Self {
            source,
            encoding: encoding.0,
            is_guessed: encoding.1,
            chunk_bytes: chunk_bytes.max(1),
            offset: 0,
            n_left_over: 0,
            raw: Vec::new(),
            text: String::new(),
            at: 0,
            is_end: false,
            tokenizer,
            n_columns,
            n_skipped_records: bounds.n_header_records,
            bounds,
            repairer,
            n_repairs_tried: 0,
            n_cells_filled: 0,
            blank_lines: Vec::new(),
            n_blank_lines: 0,
            n_rows: 0,
            batch: Batch { n_columns, ..Batch::default() },
            lines: LineIndex::default(),
            notes: Notes::default(),
            fitted: Fitted { by_column: vec![(0, 0); n_columns], ..Fitted::default() },
        }
    }

    /// Share of the file that was read.
    pub fn done(&self) -> f64 {
        self.offset as f64 / self.source.n_bytes().max(1) as f64
    }

    pub fn line_ending(&self) -> LineEnding {
        self.tokenizer.line_ending()
    }

    pub fn n_quoted(&self) -> u64 {
        self.tokenizer.n_quoted
    }

    /// Fills `batch` with the next rows.
    // Small functions are optimised by a browser long before one that holds all of them.
    #[inline(never)]
    pub fn next_batch(&mut self) -> Result<Progress, EngineError> {
        self.batch.n_rows = 0;
        self.batch.cells.clear();
        if self.tokenizer.line < self.bounds.first_line && !self.skip_preamble() {
            return Ok(Progress::NeedMore);
        }
        loop {
            if self.bounds.end_line.is_some_and(|end| self.tokenizer.line >= end) {
                return Ok(if self.batch.n_rows > 0 { Progress::Batch } else { Progress::End });
            }
            let n_spans = self.batch.cells.spans.len();
            let line = self.tokenizer.line;
            match self.tokenizer.step(&self.text, self.at, self.is_end, &mut self.batch.cells) {
                Step::Record { next } => {
                    if next - self.at > MAX_RECORD_BYTES {
                        return Err(self.refuse_record(line));
                    }
                    self.flush_blank_lines();
                    if self.n_skipped_records > 0 {
                        self.n_skipped_records -= 1;
                        self.batch.cells.spans.truncate(n_spans);
                    } else {
                        if self.bounds.has_trailing_delimiter && !self.drop_trailing(n_spans) {
                            return Ok(Progress::NotTrailing);
                        }
                        self.take_row(n_spans, line, next)?;
                    }
                    self.at = next;
                    if self.batch.n_rows == BATCH_ROWS {
                        return Ok(Progress::Batch);
                    }
                }
                Step::Blank { next } => {
                    self.note_blank(line);
                    self.at = next;
                }
                Step::NeedMore if self.batch.n_rows > 0 => return Ok(Progress::Batch),
                Step::NeedMore => return Ok(Progress::NeedMore),
                Step::End => return Ok(if self.batch.n_rows > 0 { Progress::Batch } else { Progress::End }),
            }
        }
    }

    /// Goes on to the line where the table begins; `false` where more text is needed to get there.
    fn skip_preamble(&mut self) -> bool {
        while self.tokenizer.line < self.bounds.first_line {
            let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let (next, is_over) = match memchr::memchr2(b'\n', b'\r', rest) {
                Some(i) if rest.get(i) == Some(&b'\r') && rest.get(i + 1) == Some(&b'\n') => (i + 2, true),
                // What follows the CR is not there yet.
                Some(i) if rest.get(i) == Some(&b'\r') && i + 1 == rest.len() && !self.is_end => (i, false),
                Some(i) => (i + 1, true),
                None => (rest.len(), false),
            };
            self.at += next;
            if is_over {
                self.tokenizer.line += 1;
            } else {
                return self.is_end;
            }
        }
        true
    }

    /// Takes the empty cell behind a row's last delimiter away; `false` where it is not empty.
    fn drop_trailing(&mut self, n_spans: usize) -> bool {
        if self.batch.cells.spans.len() - n_spans != self.n_columns + 1 {
            return true;
        }
        let last = self.batch.cells.spans.len() - 1;
        let is_empty = self.batch.cells.text(last, &self.text).is_empty();
        if is_empty {
            self.batch.cells.spans.pop();
        }
        is_empty
    }

    fn note_blank(&mut self, line: u64) {
        self.n_blank_lines += 1;
        if self.blank_lines.len() < Notes::MAX {
            self.blank_lines.push(line);
        }
    }

    /// Blank lines between records are reported; those at the end of the file are not.
    fn flush_blank_lines(&mut self) {
        if self.n_blank_lines == 0 {
            return;
        }
        let n_unlisted = self.n_blank_lines - self.blank_lines.len() as u64;
        for line in std::mem::take(&mut self.blank_lines) {
            self.notes.push(|| RowNote {
                line,
                row: None,
                column: None,
                code: ProblemCode::EmptyLine,
                raw: String::new(),
            });
        }
        self.notes.n += n_unlisted;
        self.n_blank_lines = 0;
    }

    /// Lines that follow the last row and are no part of the table.
    pub fn note_below(&mut self, lines: &[String]) {
        for (line, text) in (self.tokenizer.line..).zip(lines).filter(|(_, text)| !text.trim().is_empty()) {
            self.notes.push(|| RowNote {
                line,
                row: None,
                column: None,
                code: ProblemCode::Footnote,
                raw: text.clone(),
            });
        }
    }

    /// Makes a row of the cells from `n_spans` on.
    #[inline]
    fn take_row(&mut self, n_spans: usize, line: u64, next: usize) -> Result<(), EngineError> {
        let row = u32::try_from(self.n_rows).ok().filter(|row| *row < u32::MAX / 2).ok_or_else(|| {
            let message = format!("\"{}\" has more than 2,147,483,646 rows.", self.source.name());
            EngineError::new(ErrorCode::TooLarge, message)
                .at_file(self.source.name())
                .at_line(line)
                .hint("Load a part of the rows, or a summary of them.")
        })?;
        if !self.tokenizer.notes.is_empty() {
            self.keep_tokenizer_notes(n_spans, line, row);
        }
        let n_cells = self.batch.cells.spans.len() - n_spans;
        if n_cells != self.n_columns && !self.repair(n_spans, line, row, next) {
            self.fit(n_spans, n_cells, line, row);
            if self.n_cells_filled > MAX_FILLED + MAX_FILLED_PER_BYTE * self.source.n_bytes() {
                return Err(self.refuse_width(line));
            }
        }
        self.lines.push(row, line);
        self.n_rows += 1;
        self.batch.n_rows += 1;
        Ok(())
    }

    fn keep_tokenizer_notes(&mut self, n_spans: usize, line: u64, row: u32) {
        for Note { code, span_idx } in self.tokenizer.notes.drain(..) {
            let column = Some(span_idx.saturating_sub(n_spans)).filter(|column| *column < self.n_columns);
            let cells = &self.batch.cells;
            let text = &self.text;
            self.notes.push(|| RowNote {
                line,
                row: Some(row),
                column,
                code,
                raw: clip(cells.text(span_idx, text)),
            });
        }
    }

    /// Divides the row anew, where one reading of it is clearly right.
    fn repair(&mut self, n_spans: usize, line: u64, row: u32, next: usize) -> bool {
        // A file in which this is common is not one with some damaged rows.
        const MAX_TRIED: u32 = 5_000;
        let Some(repairer) = self.repairer.filter(|_| self.n_repairs_tried < MAX_TRIED) else { return false };
        self.n_repairs_tried += 1;
        let cells = &self.batch.cells;
        let texts: Vec<&str> = (n_spans..cells.spans.len()).map(|i| cells.text(i, &self.text)).collect();
        let record = self.text.get(self.at..next).unwrap_or_default();
        let Some(found) = repairer.repair(&texts, record) else { return false };
        let before = texts.iter().map(Some).chain(std::iter::repeat(None));
        for ((cell, text), counts) in found.iter().zip(before).zip(&mut self.fitted.by_column) {
            counts.1 += u64::from(text.is_none_or(|text| *text != cell.as_str()));
        }
        self.fitted.n_rows_repaired += 1;
        let raw = clip(record.trim_end_matches(['\n', '\r']));
        self.notes.push(|| RowNote {
            line,
            row: Some(row),
            column: None,
            code: ProblemCode::RepairedRow,
            raw,
        });
        self.notes.mark_changed(row);
        self.batch.cells.spans.truncate(n_spans);
        for cell in found {
            self.batch.cells.push_text(&cell);
        }
        true
    }

    /// Fills or cuts the row to the table's width.
    fn fit(&mut self, n_spans: usize, n_cells: usize, line: u64, row: u32) {
        let cells = &self.batch.cells;
        let text = &self.text;
        let delimiter = self.tokenizer_delimiter();
        let join = |from: usize, to: usize| {
            let parts: Vec<&str> = (from..to).map(|i| cells.text(i, text)).collect();
            clip(&parts.join(&delimiter))
        };
        if n_cells < self.n_columns {
            self.fitted.n_rows_padded += 1;
            self.n_cells_filled += (self.n_columns - n_cells) as u64;
            self.fitted.by_column.iter_mut().skip(n_cells).for_each(|counts| counts.0 += 1);
            self.notes.push(|| RowNote {
                line,
                row: Some(row),
                column: None,
                code: ProblemCode::TooFewCells,
                raw: join(n_spans, n_spans + n_cells),
            });
        } else {
            self.fitted.n_rows_cut += 1;
            self.fitted.n_cells_cut += (n_cells - self.n_columns) as u64;
            self.notes.push(|| RowNote {
                line,
                row: Some(row),
                column: None,
                code: ProblemCode::TooManyCells,
                raw: join(n_spans + self.n_columns, n_spans + n_cells),
            });
        }
        self.notes.mark_changed(row);
        self.batch.cells.spans.resize(n_spans + self.n_columns, Span::default());
    }

    fn tokenizer_delimiter(&self) -> String {
        self.tokenizer.dialect().delimiter_text()
    }

    /// Appends the next chunk to what is left of the text. Returns an encoding where the file turns out to be in that
    /// one: start again with it.
    pub async fn refill(&mut self) -> Result<Option<Encoding>, EngineError> {
        let n_kept = self.text.len() - self.at;
        if n_kept > MAX_RECORD_BYTES {
            return Err(self.refuse_record(self.tokenizer.line));
        }
        if n_kept > self.chunk_bytes && self.chunk_bytes >= 1 << 16 {
            self.chunk_bytes = (self.chunk_bytes * 2).min(MAX_CHUNK_BYTES);
        }
        self.text.drain(..self.at);
        self.at = 0;
        self.tokenizer.forget_places();
        let end = self.bounds.end_byte.unwrap_or_else(|| self.source.n_bytes());
        let n_rest = usize::try_from(end.saturating_sub(self.offset)).unwrap_or(usize::MAX);
        let max = (self.chunk_bytes + self.n_left_over).min(n_rest);
        self.source.read_on(self.offset, max, &mut self.raw).await?;
        self.raw.truncate(n_rest);
        let n_read = self.raw.len() as u64;
        self.is_end = self.offset + n_read >= end || n_read <= self.n_left_over as u64;
        let mut bytes = self.raw.as_slice();
        let mut n_mark = 0;
        if self.offset == 0 {
            let mark = decode::mark(self.encoding);
            if bytes.len() < mark.len() && mark.starts_with(bytes) && !self.is_end {
                self.n_left_over = bytes.len();
                return Ok(None);
            }
            if let Some(rest) = bytes.strip_prefix(mark) {
                bytes = rest;
                n_mark = mark.len();
            }
        }
        let decoded = decode::decode(self.encoding, bytes, self.is_end, &mut self.text);
        if !decoded.bad_at.is_empty() {
            if self.is_guessed && self.encoding == Encoding::Utf8 {
                self.is_guessed = false;
                let evidence = self.count_evidence()?;
                if evidence.n_bad > evidence.n_well_formed {
                    return Ok(Some(Encoding::Windows1252));
                }
            }
            self.note_bad_bytes(&decoded.bad_at);
        }
        let n_used = n_mark + decoded.n_used;
        self.offset += n_used as u64;
        self.n_left_over = self.raw.len() - n_used;
        Ok(None)
    }

    fn refuse_record(&self, line: u64) -> EngineError {
        let message = format!(
            "Line {line} of \"{}\" is longer than {}, which is no row of a table.",
            self.source.name(),
            format::bytes(MAX_RECORD_BYTES as u64)
        );
        EngineError::new(ErrorCode::TooLarge, message)
            .at_file(self.source.name())
            .at_line(line)
            .hint("Check that the file has line ends, and name its delimiter in the import options.")
    }

    fn refuse_width(&self, line: u64) -> EngineError {
        let message = format!(
            "\"{}\" has {} columns, and most of its rows have far fewer cells.",
            self.source.name(),
            format::count(self.n_columns as u64)
        );
        EngineError::new(ErrorCode::TooLarge, message)
            .at_file(self.source.name())
            .at_line(line)
            .hint("Check the line where the table begins, and how many rows name its columns.")
    }

    fn note_bad_bytes(&mut self, bad_at: &[(usize, u8)]) {
        let (mut line, mut counted_to) = (self.tokenizer.line, 0);
        for (at, byte) in bad_at {
            if self.notes.is_full() {
                self.notes.n += 1;
                continue;
            }
            line +=
                super::tokenizer::n_line_ends(self.text.as_bytes().get(counted_to..*at).unwrap_or_default());
            counted_to = *at;
            let raw = format!("byte 0x{byte:02X}");
            self.notes.push(|| RowNote { line, row: None, column: None, code: ProblemCode::BadBytes, raw });
        }
    }

    fn count_evidence(&self) -> Result<Utf8Evidence, EngineError> {
        let mut total = Utf8Evidence::default();
        let (mut offset, mut buffer) = (0, Vec::new());
        loop {
            self.source.read(offset, 1 << 20, &mut buffer)?;
            if buffer.is_empty() {
                return Ok(total);
            }
            offset += buffer.len() as u64;
            // A character cut by the end of a run counts as nothing; one in a million does not matter.
            let evidence = Utf8Evidence::of(&buffer, false);
            total.n_bad += evidence.n_bad;
            total.n_well_formed += evidence.n_well_formed;
        }
    }
}
