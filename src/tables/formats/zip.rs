//! Zip archives, as far as office files need them: a list of entries, stored or deflated.

use super::chunks::Chunks;
use super::too_large;
use crate::model::{EngineError, ErrorCode};
use crate::pace::Pace;
use crate::tables::source::ByteSource;
use flate2::Crc;
use flate2::bufread::DeflateDecoder;
use std::io::Read;

const SLICE_BYTES: usize = 1 << 18;
const END_BYTES: usize = 22;
const MAX_COMMENT_BYTES: usize = 65_535;
const ENTRY_BYTES: usize = 46;
const LOCAL_BYTES: usize = 30;
/// A list of entries larger than this is none.
const MAX_LIST_BYTES: u64 = 64 << 20;

#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub name: String,
    method: u16,
    is_encrypted: bool,
    crc: u32,
    n_packed: u64,
    n_unpacked: u64,
    offset: u64,
}

pub(super) struct Archive<'s> {
    source: &'s dyn ByteSource,
    pub entries: Vec<Entry>,
}

impl<'s> Archive<'s> {
    /// Reads the list of entries, which stands at the end. `None`: there is none, so the file is cut off or
    /// no archive.
    pub fn open(source: &'s dyn ByteSource) -> Result<Option<Self>, EngineError> {
        let n_bytes = source.n_bytes();
        let n_tail = (END_BYTES + MAX_COMMENT_BYTES).min(usize::try_from(n_bytes).unwrap_or(usize::MAX));
        let tail_offset = n_bytes - n_tail as u64;
        let mut tail = Vec::new();
        source.read(tail_offset, n_tail, &mut tail)?;
        let Some(end) = memchr::memmem::rfind(&tail, b"PK\x05\x06") else { return Ok(None) };
        let (Some(size), Some(offset)) = (u32_at(&tail, end + 12), u32_at(&tail, end + 16)) else {
            return Ok(None);
        };
        let (mut size, mut offset) = (u64::from(size), u64::from(offset));
        if size == u64::from(u32::MAX) || offset == u64::from(u32::MAX) {
            let locator = end.checked_sub(20).filter(|at| has(&tail, *at, b"PK\x06\x07"));
            let Some(at) = locator.and_then(|at| u64_at(&tail, at + 8)) else { return Ok(None) };
            let mut record = Vec::new();
            source.read(at, 56, &mut record)?;
            let (Some(long_size), Some(long_offset)) = (u64_at(&record, 40), u64_at(&record, 48)) else {
                return Ok(None);
            };
            (size, offset) = (long_size, long_offset);
        }
        if size > MAX_LIST_BYTES || offset > n_bytes {
            return Ok(None);
        }
        let mut list = Vec::new();
        source.read(offset, usize::try_from(size).unwrap_or(usize::MAX), &mut list)?;
        let mut entries = Vec::new();
        let mut at = 0;
        while has(&list, at, b"PK\x01\x02") {
            let Some((entry, n)) = entry_at(&list, at) else { return Ok(None) };
            entries.push(entry);
            at += n;
        }
        Ok(Some(Self { source, entries }))
    }

    /// The entry of the name, whatever its case.
    pub fn find(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// Unpacks an entry.
    ///
    /// Errors: `bad_file` where it is damaged, `too_large` for more than `max_bytes`.
    pub async fn read(&self, entry: &Entry, max_bytes: u64, pace: &Pace) -> Result<Vec<u8>, EngineError> {
        let file = self.source.name();
        if entry.n_unpacked > max_bytes {
            return Err(too_large(file, "holds", max_bytes));
        }
        if entry.is_encrypted || !matches!(entry.method, 0 | 8) {
            let how = if entry.is_encrypted { "with a password" } else { "in an unusual way" };
            let message = format!("\"{file}\" is packed {how}, which cannot be read here.");
            return Err(EngineError::new(ErrorCode::BadFile, message)
                .at_file(file)
                .hint("Open it in a spreadsheet program and save it anew, without a password."));
        }
        let mut local = Vec::new();
        self.source.read(entry.offset, LOCAL_BYTES, &mut local)?;
        let lens = u16_at(&local, 26).zip(u16_at(&local, 28));
        let Some((n_name, n_extra)) = lens.filter(|_| has(&local, 0, b"PK\x03\x04")) else {
            return Err(damaged(file, &entry.name));
        };
        let start = entry.offset + LOCAL_BYTES as u64 + u64::from(n_name) + u64::from(n_extra);
        let chunks = Chunks::new(self.source, start, start.saturating_add(entry.n_packed));
        let mut reader: Box<dyn Read + '_> =
            if entry.method == 0 { Box::new(chunks) } else { Box::new(DeflateDecoder::new(chunks)) };
        let mut content: Vec<u8> = Vec::new();
        let stage = format!("unpacking {file}");
        let mut crc = Crc::new();
        loop {
            let n_before = content.len();
            if content.try_reserve(SLICE_BYTES).is_err() {
                return Err(too_large(file, "holds", n_before as u64));
            }
            let read = reader.by_ref().take(SLICE_BYTES as u64).read_to_end(&mut content);
            read.map_err(|_| damaged(file, &entry.name))?;
            let new = content.get(n_before..).unwrap_or_default();
            if new.is_empty() {
                break;
            }
            crc.update(new);
            // The size in the list may be a lie.
            if content.len() as u64 > max_bytes {
                return Err(too_large(file, "holds", max_bytes));
            }
            pace.step(content.len() as f64 / entry.n_unpacked.max(1) as f64, &stage).await?;
        }
        if crc.sum() != entry.crc {
            return Err(damaged(file, &entry.name));
        }
        Ok(content)
    }
}

/// An entry of the list and its size there.
fn entry_at(list: &[u8], at: usize) -> Option<(Entry, usize)> {
    let n_name = usize::from(u16_at(list, at + 28)?);
    let n_extra = usize::from(u16_at(list, at + 30)?);
    let n_comment = usize::from(u16_at(list, at + 32)?);
    let name_at = at + ENTRY_BYTES;
    let name = list.get(name_at..name_at + n_name)?;
    let extra = list.get(name_at + n_name..name_at + n_name + n_extra)?;
    let mut entry = Entry {
        name: String::from_utf8_lossy(name).replace('\\', "/"),
        method: u16_at(list, at + 10)?,
        is_encrypted: u16_at(list, at + 8)? & 1 == 1,
        crc: u32_at(list, at + 16)?,
        n_packed: u64::from(u32_at(list, at + 20)?),
        n_unpacked: u64::from(u32_at(list, at + 24)?),
        offset: u64::from(u32_at(list, at + 42)?),
    };
    // Sizes beyond 4 GB stand in an extra field, in this order, each only where it is needed.
    if let Some(mut long_at) = long_sizes(extra) {
        for size in [&mut entry.n_unpacked, &mut entry.n_packed, &mut entry.offset] {
            if *size == u64::from(u32::MAX) {
                *size = u64_at(extra, long_at)?;
                long_at += 8;
            }
        }
    }
    Some((entry, ENTRY_BYTES + n_name + n_extra + n_comment))
}

/// Where the long sizes begin in an extra field.
fn long_sizes(extra: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        let (id, n) = (u16_at(extra, at)?, u16_at(extra, at + 2)?);
        if id == 1 {
            return Some(at + 4);
        }
        at += 4 + usize::from(n);
    }
}

fn damaged(file: &str, entry: &str) -> EngineError {
    let message = format!("\"{file}\" is damaged: its part \"{entry}\" cannot be unpacked.");
    EngineError::new(ErrorCode::BadFile, message).at_file(file).hint("Copy or download the file again.")
}

fn has(bytes: &[u8], at: usize, magic: &[u8]) -> bool {
    bytes.get(at..at + magic.len()) == Some(magic)
}

fn array_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    array_at(bytes, at).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    array_at(bytes, at).map(u32::from_le_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    array_at(bytes, at).map(u64::from_le_bytes)
}
