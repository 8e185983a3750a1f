//! Lines below the table at the end of a file that is longer than its sample.

use super::decode;
use super::dialect::Dialect;
use super::notes::clip;
use super::outside::lines;
use super::records::read_sample;
use super::structure::without_footnotes;
use crate::model::{Encoding, EngineError};
use crate::tables::source::ByteSource;

/// What is looked at; even, so that it does not cut a unit of UTF-16.
const TAIL_BYTES: usize = 64 << 10;

/// What follows the table.
#[derive(Debug)]
pub(super) struct Tail {
    /// Where it begins in the file, in bytes.
    pub start: u64,
    /// Its lines, cut to what a report shows.
    pub lines: Vec<String>,
}

/// Looks for lines at the end of the file that are no rows of a table of the width, as it is done where the sample is all
/// of the file; `None` where there are none or where they cannot be told for sure.
pub(super) fn tail(
    source: &dyn ByteSource,
    encoding: Encoding,
    dialect: &Dialect,
    width: usize,
) -> Result<Option<Tail>, EngineError> {
    let n_bytes = source.n_bytes();
    let start = n_bytes.saturating_sub(TAIL_BYTES as u64) & !1;
    let mut bytes = Vec::new();
    source.read(start, TAIL_BYTES + 1, &mut bytes)?;
    let mut text = String::new();
    decode::decode(encoding, &bytes, true, &mut text);
    // The first line is cut, or names the columns.
    let Some(first_end) = text.find(['\n', '\r']) else { return Ok(None) };
    let text = text.get(first_end + 1..).unwrap_or_default();
    let records = read_sample(text, true, dialect, usize::MAX);
    let n_records = records.n_records();
    if records.usual_width(0..n_records) != Some(width) || records.n_stray_quotes > 0 {
        return Ok(None);
    }
    let end = without_footnotes(&records, 0..n_records, width);
    if end == n_records {
        return Ok(None);
    }
    let n_lines = usize::try_from(records.line(end) - 1).unwrap_or(usize::MAX);
    let Some(below) = lines(text).nth(n_lines).and_then(|line| suffix_from(text, line)) else {
        return Ok(None);
    };
    // Replaced bytes have other lengths.
    if below.contains('\u{fffd}') {
        return Ok(None);
    }
    let n_below = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => below.len(),
        Encoding::Utf16Le | Encoding::Utf16Be => below.encode_utf16().count() * 2,
        Encoding::Windows1252 => below.chars().count(),
    };
    Ok(Some(Tail { start: n_bytes - n_below as u64, lines: lines(below).map(clip).collect() }))
}

/// From a part of the text to its end.
fn suffix_from<'t>(text: &'t str, part: &str) -> Option<&'t str> {
    text.get((part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?..)
}
