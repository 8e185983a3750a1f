//! A file of the browser, read in pieces. While one piece is worked on, the next is on its way: a read costs a round
//! trip to another process, which took a sixth of the time of loading a large file.

use crate::model::{EngineError, ErrorCode};
use crate::tables::ByteSource;
use js_sys::Uint8Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FileReaderSync};

/// Smaller reads are probes here and there, not a way through the file.
const MIN_AHEAD_BYTES: usize = 1 << 20;
/// A piece may begin a few bytes before the last one ended, with a character that was cut.
const N_BEFORE: u64 = 8;

pub(super) struct BlobSource {
    name: String,
    blob: Blob,
    reader: FileReaderSync,
    ahead: Rc<RefCell<Option<Piece>>>,
}

/// Bytes that were read ahead.
struct Piece {
    offset: u64,
    bytes: Uint8Array,
}

impl BlobSource {
    pub fn new(name: &str, blob: Blob) -> Result<Self, EngineError> {
        let reader = FileReaderSync::new().map_err(|_| unreadable(name))?;
        Ok(Self { name: name.to_owned(), blob, reader, ahead: Rc::default() })
    }

    fn slice(&self, from: u64, to: u64) -> Result<Blob, EngineError> {
        self.blob.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| unreadable(&self.name))
    }

    /// Copies the bytes that were read ahead, if they are those.
    fn take_ahead(&self, from: u64, to: u64, buffer: &mut Vec<u8>) -> bool {
        let Some(Piece { offset, bytes }) = self.ahead.take() else { return false };
        if from < offset || to > offset + u64::from(bytes.length()) {
            return false;
        }
        let part = bytes.subarray((from - offset) as u32, (to - offset) as u32);
        buffer.resize(part.length() as usize, 0);
        part.copy_to(buffer);
        true
    }

    /// Asks for the piece that comes next. It is there once the event loop has had a turn or two; where it is not, it
    /// is read again.
    fn read_ahead(&self, end: u64, max: usize) {
        let offset = end.saturating_sub(N_BEFORE);
        let to = self.n_bytes().min(end + max as u64 + N_BEFORE);
        let Ok(piece) = self.slice(offset, to) else { return };
        let promise = piece.array_buffer();
        let ahead = self.ahead.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Ok(buffer) = JsFuture::from(promise).await {
                ahead.replace(Some(Piece { offset, bytes: Uint8Array::new(&buffer) }));
            }
        });
    }
}

impl ByteSource for BlobSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn n_bytes(&self) -> u64 {
        self.blob.size() as u64
    }

    fn read(&self, offset: u64, max: usize, buffer: &mut Vec<u8>) -> Result<(), EngineError> {
        let end = (offset + max as u64).min(self.n_bytes()).max(offset);
        if !self.take_ahead(offset, end, buffer) {
            let piece = self.slice(offset, end)?;
            let piece = self.reader.read_as_array_buffer(&piece).map_err(|_| unreadable(&self.name))?;
            let piece = Uint8Array::new(&piece);
            buffer.resize(piece.length() as usize, 0);
            piece.copy_to(buffer);
        }
        if max >= MIN_AHEAD_BYTES && end < self.n_bytes() {
            self.read_ahead(end, max);
        }
        Ok(())
    }
}

fn unreadable(name: &str) -> EngineError {
    let message =
        "The browser could not read the file; it may have been moved or changed since it was chosen.";
    EngineError::new(ErrorCode::Io, message).at_file(name).hint("Choose the file again.")
}
