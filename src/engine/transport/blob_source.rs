//! A file of the browser. Its beginning and other places are read at once; the way through it is a stream, which
//! brings bytes while others are worked on: each read at once costs a round trip to another process.

use super::crew::Shift;
use super::worker::get;
use crate::model::{EngineError, ErrorCode};
use crate::tables::{ByteSource, Crew};
use js_sys::{Promise, Uint8Array};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FileReaderSync, ReadableStreamDefaultReader};

/// What is gathered of a stream before it is worked on.
const GATHERED_BYTES: usize = 1 << 20;
/// A piece may begin a few bytes before the last one ended, with a character that was cut.
const N_KEPT: usize = 8;

pub(super) struct BlobSource {
    name: String,
    blob: Blob,
    reader: FileReaderSync,
    stream: RefCell<Option<Stream>>,
    shift: Option<Shift>,
}

/// The way through the file.
struct Stream {
    reader: ReadableStreamDefaultReader,
    /// Place in the file of what the stream brings next.
    offset: u64,
    /// Asked for already.
    next: Promise,
    /// The last bytes before `offset`.
    kept: Vec<u8>,
}

impl Drop for Stream {
    /// What is under way is of no interest any more, its failure neither.
    fn drop(&mut self) {
        for promise in [self.next.clone(), self.reader.cancel()] {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = JsFuture::from(promise).await;
            });
        }
    }
}

impl BlobSource {
    /// `shift`: the crew that reads the same file, where there is one.
    pub fn new(name: &str, blob: Blob, shift: Option<Shift>) -> Result<Self, EngineError> {
        let reader = FileReaderSync::new().map_err(|_| unreadable(name))?;
        Ok(Self { name: name.to_owned(), blob, reader, stream: RefCell::default(), shift })
    }

    fn slice(&self, from: u64, to: u64) -> Result<Blob, EngineError> {
        self.blob.slice_with_f64_and_f64(from as f64, to as f64).map_err(|_| unreadable(&self.name))
    }

    /// The stream, if it goes on at `offset`, else a new one.
    fn stream_at(&self, offset: u64) -> Result<Stream, EngineError> {
        let is_there =
            |stream: &Stream| offset <= stream.offset && stream.offset - offset <= stream.kept.len() as u64;
        if let Some(stream) = self.stream.take().filter(is_there) {
            return Ok(stream);
        }
        let rest = self.slice(offset, self.n_bytes())?;
        let reader = rest.stream().get_reader().unchecked_into::<ReadableStreamDefaultReader>();
        let next = reader.read();
        Ok(Stream { reader, offset, next, kept: Vec::new() })
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
        let piece = self.slice(offset, end)?;
        let piece = self.reader.read_as_array_buffer(&piece).map_err(|_| unreadable(&self.name))?;
        let piece = Uint8Array::new(&piece);
        buffer.resize(piece.length() as usize, 0);
        piece.copy_to(buffer);
        Ok(())
    }

    fn read_on<'a>(
        &'a self,
        offset: u64,
        max: usize,
        buffer: &'a mut Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = Result<(), EngineError>> + 'a>> {
        Box::pin(async move {
            let mut stream = self.stream_at(offset)?;
            let n_again = (stream.offset - offset) as usize;
            buffer.clear();
            buffer.extend_from_slice(&stream.kept[stream.kept.len() - n_again..]);
            while buffer.len() < max.min(GATHERED_BYTES) {
                let piece = JsFuture::from(stream.next.clone()).await.map_err(|_| unreadable(&self.name))?;
                stream.next = stream.reader.read();
                let Ok(bytes) = get(&piece, "value").dyn_into::<Uint8Array>() else { break };
                let start = buffer.len();
                buffer.resize(start + bytes.length() as usize, 0);
                bytes.copy_to(&mut buffer[start..]);
                stream.offset += u64::from(bytes.length());
            }
            stream.kept.clear();
            stream.kept.extend_from_slice(&buffer[buffer.len().saturating_sub(N_KEPT)..]);
            self.stream.replace(Some(stream));
            Ok(())
        })
    }

    fn crew(&self) -> Option<&dyn Crew> {
        self.shift.as_ref().map(|shift| shift as &dyn Crew)
    }
}

fn unreadable(name: &str) -> EngineError {
    let message =
        "The browser could not read the file; it may have been moved or changed since it was chosen.";
    EngineError::new(ErrorCode::Io, message).at_file(name).hint("Choose the file again.")
}
