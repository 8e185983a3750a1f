//! gzip files, of one member or several.

use super::chunks::Chunks;
use super::names::unpacked;
use super::too_large;
use crate::format;
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;
use crate::tables::source::{ByteSource, MemorySource};
use flate2::bufread::MultiGzDecoder;
use std::io::{Error, ErrorKind, Read};

/// Bytes unpacked at a time.
const CHUNK_BYTES: usize = 1 << 18;

/// The first two bytes of every gzip file.
pub(super) const MAGIC: &[u8] = b"\x1f\x8b";

/// Unpacks a file into memory, under its name without ".gz".
///
/// Errors: `bad_file` where it is cut off or damaged, `too_large` for a content of more than `max_bytes`.
pub(super) async fn unpack(
    source: &dyn ByteSource,
    max_bytes: u64,
    pace: &Pace,
) -> Result<MemorySource, EngineError> {
    let name = source.name();
    let stage = format!("unpacking {name}");
    let mut decoder = MultiGzDecoder::new(Chunks::new(source, 0, u64::MAX));
    let mut content: Vec<u8> = Vec::new();
    loop {
        let n_before = content.len();
        if content.try_reserve(CHUNK_BYTES).is_err() {
            return Err(too_large(name, "holds", n_before as u64));
        }
        let read = (&mut decoder).take(CHUNK_BYTES as u64).read_to_end(&mut content);
        if let Err(error) = read {
            let chunks = decoder.into_inner();
            return Err(chunks.failed.unwrap_or_else(|| damaged(source, &error, content.len() as u64)));
        }
        if content.len() == n_before {
            break;
        }
        if content.len() as u64 > max_bytes {
            return Err(too_large(name, "holds", max_bytes));
        }
        let n_packed = decoder.get_ref().offset;
        pace.step(n_packed as f64 / source.n_bytes().max(1) as f64, &stage).await?;
    }
    Ok(MemorySource::new(unpacked(name), content))
}

/// The first `n_bytes` of the content, and whether they are all of it. Errors: `bad_file`.
pub(super) fn unpack_beginning(
    source: &dyn ByteSource,
    n_bytes: usize,
) -> Result<(MemorySource, bool), EngineError> {
    let mut decoder = MultiGzDecoder::new(Chunks::new(source, 0, u64::MAX));
    let mut content: Vec<u8> = Vec::new();
    if let Err(error) = (&mut decoder).take(n_bytes as u64 + 1).read_to_end(&mut content) {
        let chunks = decoder.into_inner();
        return Err(chunks.failed.unwrap_or_else(|| damaged(source, &error, content.len() as u64)));
    }
    let is_whole = content.len() <= n_bytes;
    content.truncate(n_bytes);
    Ok((MemorySource::new(unpacked(source.name()), content), is_whole))
}

fn damaged(source: &dyn ByteSource, error: &Error, n_unpacked: u64) -> EngineError {
    let name = source.name();
    let readable = match n_unpacked {
        0 => "Nothing of its content could be read.".to_owned(),
        n => format!("Its content could be read for {}.", format::bytes(n)),
    };
    let message = if error.kind() == ErrorKind::UnexpectedEof {
        format!("\"{name}\" is cut off: the gzip data ends before its end mark. {readable}")
    } else {
        format!("\"{name}\" is damaged: {error}. {readable}")
    };
    EngineError::new(ErrorCode::BadFile, message)
        .at_file(name)
        .hint("Copy or download the file again, or load the unpacked file.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pace::block_on;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(content: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(content).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_content_over_the_limit_is_refused_before_it_is_all_there() {
        let source = MemorySource::new("zeros.csv.gz", packed(&vec![b'0'; 20 << 20]));
        let error = block_on(unpack(&source, 1 << 20, &Pace::unhosted())).map(|_| ()).unwrap_err();
        assert_eq!(error.code, ErrorCode::TooLarge);
        assert!(block_on(unpack(&source, 21 << 20, &Pace::unhosted())).is_ok());
    }
}
