//! A stretch of a source, as the standard library reads.

use crate::model::EngineError;
use crate::tables::source::ByteSource;
use std::io::{BufRead, Error, ErrorKind, Read};

const CHUNK_BYTES: usize = 1 << 18;

pub(super) struct Chunks<'s> {
    source: &'s dyn ByteSource,
    /// Where the next chunk begins.
    pub offset: u64,
    end: u64,
    buffer: Vec<u8>,
    n_used: usize,
    /// The source's own error, which says more than an `io::Error` can.
    pub failed: Option<EngineError>,
}

impl<'s> Chunks<'s> {
    /// The bytes from `offset` to `end`, or to the end of the source.
    pub fn new(source: &'s dyn ByteSource, offset: u64, end: u64) -> Self {
        Self { source, offset, end, buffer: Vec::new(), n_used: 0, failed: None }
    }
}

impl BufRead for Chunks<'_> {
    fn fill_buf(&mut self) -> std::io::Result<&[u8]> {
        if self.n_used >= self.buffer.len() {
            self.n_used = 0;
            let left = self.end.saturating_sub(self.offset);
            let max = usize::try_from(left).unwrap_or(usize::MAX).min(CHUNK_BYTES);
            if let Err(error) = self.source.read(self.offset, max, &mut self.buffer) {
                self.failed = Some(error);
                return Err(Error::from(ErrorKind::Other));
            }
            self.offset += self.buffer.len() as u64;
        }
        Ok(self.buffer.get(self.n_used..).unwrap_or_default())
    }

    fn consume(&mut self, n: usize) {
        self.n_used += n;
    }
}

impl Read for Chunks<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}
