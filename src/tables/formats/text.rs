//! Sources as text, piece by piece, in whatever encoding they are.

use crate::model::{Encoding, EngineError, ParseReport, Problem, ProblemCode};
use crate::tables::import::decode::{decode, detect, mark};
use crate::tables::source::ByteSource;

const CHUNK_BYTES: usize = 1 << 20;
/// What an encoding is told from.
pub(super) const HEAD_BYTES: usize = 256 << 10;

/// Problems of one file: the first of them, and the count of all.
#[derive(Debug, Clone, Default)]
pub(super) struct Problems {
    pub list: Vec<Problem>,
    pub n: u64,
}

impl Problems {
    pub fn push(&mut self, problem: impl FnOnce() -> Problem) {
        self.n += 1;
        if self.list.len() < ParseReport::MAX_PROBLEMS {
            self.list.push(problem());
        }
    }

    pub fn push_bad_bytes(&mut self, line: u64, raw: String) {
        self.push(|| Problem {
            line,
            column: None,
            code: ProblemCode::BadBytes,
            raw,
            action: "replaced by U+FFFD".into(),
        });
    }
}

/// Reads a source from its beginning to its end.
pub(super) struct Pieces<'s> {
    source: &'s dyn ByteSource,
    pub encoding: Encoding,
    offset: u64,
    /// Bytes that wait for the rest of their character.
    rest: Vec<u8>,
    chunk: Vec<u8>,
    n_lines_before: u64,
}

impl<'s> Pieces<'s> {
    /// `encoding`: the user's choice.
    pub fn new(source: &'s dyn ByteSource, encoding: Option<Encoding>) -> Result<Self, EngineError> {
        let mut head = Vec::new();
        source.read(0, HEAD_BYTES, &mut head)?;
        let is_whole = head.len() as u64 >= source.n_bytes();
        let encoding = encoding.unwrap_or_else(|| detect(&head, is_whole));
        let offset = if head.starts_with(mark(encoding)) { mark(encoding).len() as u64 } else { 0 };
        Ok(Self { source, encoding, offset, rest: Vec::new(), chunk: Vec::new(), n_lines_before: 0 })
    }

    /// Appends the next piece to `out`; `false` where nothing is left.
    pub fn next(&mut self, out: &mut String, problems: &mut Problems) -> Result<bool, EngineError> {
        self.source.read(self.offset, CHUNK_BYTES, &mut self.chunk)?;
        self.offset += self.chunk.len() as u64;
        let is_end = self.chunk.is_empty() || self.offset >= self.source.n_bytes();
        self.rest.extend_from_slice(&self.chunk);
        if self.rest.is_empty() {
            return Ok(false);
        }
        let start = out.len();
        let decoded = decode(self.encoding, &self.rest, is_end, out);
        for (at, byte) in decoded.bad_at {
            let line = self.n_lines_before + 1 + n_line_ends(out.get(start..at).unwrap_or_default());
            problems.push_bad_bytes(line, format!("0x{byte:02X}"));
        }
        self.n_lines_before += n_line_ends(out.get(start..).unwrap_or_default());
        self.rest.drain(..decoded.n_used);
        Ok(true)
    }

    /// Share read, 0 to 1.
    pub fn done(&self) -> f64 {
        self.offset as f64 / self.source.n_bytes().max(1) as f64
    }
}

/// Lines as editors count them, but for files of lone carriage returns.
pub(super) fn n_line_ends(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// Lines of positions that only go forward.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineCounter {
    at: usize,
    line: u64,
}

impl LineCounter {
    pub fn new() -> Self {
        Self { at: 0, line: 1 }
    }

    /// The line of position `at`, from 1.
    pub fn line(&mut self, text: &str, at: usize) -> u64 {
        if at < self.at {
            *self = Self::new();
        }
        self.line += n_line_ends(text.get(self.at..at).unwrap_or_default());
        self.at = at;
        self.line
    }
}
