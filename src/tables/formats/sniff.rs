//! What a file is, told by its first bytes.

use super::gzip;
use super::json_text::{Scanner, TOO_DEEP};
use super::text::HEAD_BYTES;
use crate::model::{Encoding, EngineError, ImportOptions};
use crate::tables::import::decode::{decode, detect, mark};
use crate::tables::source::ByteSource;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Delimited,
    Gzip,
    Json,
    JsonLines,
    Xlsx,
}

/// Enough for every magic number, a byte order mark and some blank lines.
const FIRST_BYTES: usize = 4 << 10;

/// Tells the content of a source. What is none of the others is delimited text, or for import to refuse.
pub(super) fn sniff(source: &dyn ByteSource, options: &ImportOptions) -> Result<Content, EngineError> {
    let mut head = Vec::new();
    source.read(0, FIRST_BYTES, &mut head)?;
    if head.starts_with(gzip::MAGIC) {
        return Ok(Content::Gzip);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Content::Xlsx);
    }
    if !may_be_json(&head, options.encoding) {
        return Ok(Content::Delimited);
    }
    source.read(0, HEAD_BYTES, &mut head)?;
    let is_whole = head.len() as u64 >= source.n_bytes();
    let encoding = options.encoding.unwrap_or_else(|| detect(&head, is_whole));
    let mut text = String::new();
    decode(encoding, head.strip_prefix(mark(encoding)).unwrap_or(&head), is_whole, &mut text);
    Ok(json_kind(&text, source.name(), is_whole))
}

/// The first byte that is no space opens an object or a list.
fn may_be_json(head: &[u8], encoding: Option<Encoding>) -> bool {
    let encoding = encoding.unwrap_or_else(|| detect(head, false));
    let body = head.strip_prefix(mark(encoding)).unwrap_or(head);
    let mut bytes = body.iter().filter(|byte| !matches!(byte, 0 | b' ' | b'\t' | b'\n' | b'\r'));
    matches!(bytes.next(), Some(b'{' | b'['))
}

/// JSON, one value a line, or neither.
fn json_kind(text: &str, file_name: &str, is_whole: bool) -> Content {
    let name = file_name.to_ascii_lowercase();
    let is_named = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let says_lines = is_named(&[".jsonl", ".ndjson", ".jsonlines"]);
    let mut scanner = Scanner::new(text);
    scanner.skip_space();
    let start = scanner.at();
    match scanner.skip_value() {
        Err(fault) if fault.is_end && !is_whole => {
            // The first value is longer than what was looked at.
            if says_lines { Content::JsonLines } else { Content::Json }
        }
        Err(_) if says_lines => Content::JsonLines,
        Err(fault) if fault.what == TOO_DEEP => Content::Json,
        Err(_) if is_named(&[".json", ".geojson"]) || has_key(text) => Content::Json,
        Err(_) => Content::Delimited,
        Ok(()) => {
            let value = text.get(start..scanner.at()).unwrap_or_default();
            let is_one_line = !value.contains('\n');
            let after = text.get(scanner.at()..).unwrap_or_default();
            let ends_line = after.trim_start_matches([' ', '\t', '\r']);
            let next = after.trim_start();
            if next.is_empty() {
                return if says_lines { Content::JsonLines } else { Content::Json };
            }
            let is_value_next = next.starts_with(['{', '[']);
            if is_one_line && ends_line.starts_with('\n') && (is_value_next || has_key(text) || says_lines) {
                Content::JsonLines
            } else if is_value_next || is_named(&[".json", ".geojson"]) {
                Content::Json
            } else if says_lines {
                Content::JsonLines
            } else {
                Content::Delimited
            }
        }
    }
}

/// An object with a key, perhaps in lists, stands first: nothing else looks like that.
fn has_key(text: &str) -> bool {
    let inner = text.trim_start_matches(|c: char| c.is_whitespace() || c == '[');
    let Some(object) = inner.strip_prefix('{') else { return false };
    let mut scanner = Scanner::new(object.trim_start());
    scanner.text().is_ok() && {
        scanner.skip_space();
        scanner.peek() == Some(b':')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_tables_that_begin_like_it() {
        let cases = [
            ("{\"a\":1}", "x", Content::Json),
            ("{\"a\":1}\n{\"a\":2}\n", "x", Content::JsonLines),
            ("{\"a\":1}\nnonsense\n", "x", Content::JsonLines),
            ("{\n\"a\":1}\n{\"a\":2}\n", "x", Content::Json),
            ("[{\"a\":1},]", "x", Content::Json),
            ("[id],[name]\n1,x\n", "x", Content::Delimited),
            ("[1],[2]\n[3],[4]\n", "x", Content::Delimited),
            ("[1]\n[2]\n", "x", Content::JsonLines),
            ("{a},{b}\n", "x", Content::Delimited),
            ("{a}", "x.json", Content::Json),
            ("{\"a\":1},5\n", "x.csv", Content::Delimited),
            ("{\"a\":1}", "x.jsonl", Content::JsonLines),
            ("[]", "x", Content::Json),
        ];
        for (text, name, expected) in cases {
            assert_eq!(json_kind(text, name, true), expected, "{text}");
        }
        assert_eq!(json_kind("[{\"a\":\"xxxx", "x", false), Content::Json);
    }
}
