//! Where the bytes of a table come from.

use super::import::Crew;
use crate::model::EngineError;
#[cfg(not(target_arch = "wasm32"))]
use crate::model::ErrorCode;
use std::future::Future;
use std::pin::Pin;

/// Random access to bytes: a file natively, a `Blob` in the worker, a pasted text.
///
/// Import reads a source in chunks and may read it more than once, so a file never has to fit into memory.
pub trait ByteSource {
    /// The file's name as the user knows it; stands in reports and errors.
    fn name(&self) -> &str;

    fn n_bytes(&self) -> u64;

    /// Replaces `buffer` by up to `max` bytes from `offset`; fewer only at the end of the source.
    fn read(&self, offset: u64, max: usize, buffer: &mut Vec<u8>) -> Result<(), EngineError>;

    /// As [`ByteSource::read`], for who reads on from where the last such call ended, or a few bytes before: the source
    /// may have the bytes at hand by then. May give fewer bytes, but none only at the end.
    fn read_on<'a>(
        &'a self,
        offset: u64,
        max: usize,
        buffer: &'a mut Vec<u8>,
    ) -> Pin<Box<dyn Future<Output = Result<(), EngineError>> + 'a>> {
        Box::pin(std::future::ready(self.read(offset, max, buffer)))
    }

    /// Others who can read the same bytes at the same time.
    fn crew(&self) -> Option<&dyn Crew> {
        None
    }
}

/// Bytes that are in memory already: a pasted text, a generated file.
#[derive(Debug, Clone)]
pub struct MemorySource {
    name: String,
    bytes: Vec<u8>,
}

impl MemorySource {
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into() }
    }
}

impl ByteSource for MemorySource {
    fn name(&self) -> &str {
        &self.name
    }

    fn n_bytes(&self) -> u64 {
        self.bytes.len() as u64
    }

    fn read(&self, offset: u64, max: usize, buffer: &mut Vec<u8>) -> Result<(), EngineError> {
        let start = usize::try_from(offset).map_or(self.bytes.len(), |start| start.min(self.bytes.len()));
        let end = start.saturating_add(max).min(self.bytes.len());
        buffer.clear();
        buffer.extend_from_slice(self.bytes.get(start..end).unwrap_or_default());
        Ok(())
    }
}

/// A file on this computer.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Debug)]
pub struct PathSource {
    name: String,
    path: String,
    n_bytes: u64,
    file: std::cell::RefCell<std::fs::File>,
}

#[cfg(not(target_arch = "wasm32"))]
impl PathSource {
    /// Opens the file. The error names the path and the system's reason.
    pub fn open(path: &str) -> Result<Self, EngineError> {
        let name = std::path::Path::new(path)
            .file_name()
            .map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
        let file = std::fs::File::open(path).map_err(|error| io_error("open", path, &error))?;
        let metadata = file.metadata().map_err(|error| io_error("open", path, &error))?;
        if !metadata.is_file() {
            return Err(EngineError::new(ErrorCode::Io, format!("\"{path}\" is not a file."))
                .at_file(name)
                .hint("Name a CSV file."));
        }
        Ok(Self { name, path: path.to_owned(), n_bytes: metadata.len(), file: std::cell::RefCell::new(file) })
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl ByteSource for PathSource {
    fn name(&self) -> &str {
        &self.name
    }

    fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    fn read(&self, offset: u64, max: usize, buffer: &mut Vec<u8>) -> Result<(), EngineError> {
        use std::io::{Read, Seek, SeekFrom};
        let mut file = self.file.borrow_mut();
        buffer.clear();
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| (&mut *file).take(max as u64).read_to_end(buffer))
            .map_err(|error| io_error("read", &self.path, &error))?;
        Ok(())
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn io_error(verb: &str, path: &str, error: &std::io::Error) -> EngineError {
    EngineError::new(ErrorCode::Io, format!("Could not {verb} \"{path}\": {error}."))
        .at_file(path)
        .hint("Check the path and that the file may be read.")
}
