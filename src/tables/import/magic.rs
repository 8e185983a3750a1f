//! Files that are no text, told by their first bytes.

use crate::model::{EngineError, ErrorCode};

/// The error `binary_file` for a file that begins with `head` where that is not text. `is_utf16`: zero
/// bytes are expected. `delimiter`: the one that the user named, which may be a control character.
pub(super) fn refuse_binary(
    name: &str,
    head: &[u8],
    is_utf16: bool,
    delimiter: &[u8],
) -> Result<(), EngineError> {
    if let Some((what, hint)) = known_format(head) {
        let message = format!("\"{name}\" is {what}, not a text table.");
        return Err(EngineError::new(ErrorCode::BinaryFile, message).at_file(name).hint(hint));
    }
    let n_control = head
        .iter()
        .filter(|byte| !delimiter.contains(byte))
        .filter(|byte| matches!(byte, 0x00..=0x08 | 0x0e..=0x1a | 0x1c..=0x1f) || **byte == 0x7f)
        .count();
    let n_zero = head.iter().filter(|byte| **byte == 0).count();
    if !is_utf16 && (n_zero > 0 || n_control * 50 > head.len()) {
        let what = if n_zero > 0 { "zero bytes" } else { "control characters" };
        let message = format!("\"{name}\" is not a text file: it contains {what}.");
        return Err(EngineError::new(ErrorCode::BinaryFile, message)
            .at_file(name)
            .hint("Save the data as CSV and load that."));
    }
    Ok(())
}

/// The same for text that was decoded from UTF-16: binary numbers can look like that at first.
pub(super) fn refuse_control_characters(name: &str, sample: &str) -> Result<(), EngineError> {
    let n_control = sample.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if n_control * 50 <= sample.len() {
        return Ok(());
    }
    let message = format!("\"{name}\" is not a text file: it contains control characters.");
    Err(EngineError::new(ErrorCode::BinaryFile, message)
        .at_file(name)
        .hint("Save the data as CSV and load that."))
}

fn known_format(head: &[u8]) -> Option<(&'static str, &'static str)> {
    const SPREADSHEET: &str =
        "Open it in a spreadsheet program and save it as .xlsx or CSV, without a password.";
    const UNPACK: &str = "Unpack it and load the CSV file inside.";
    const OTHER: &str = "Load a CSV file.";
    const EXPORT: &str = "Write the table out as CSV and load that.";
    let starts = |magic: &[u8]| head.starts_with(magic);
    Some(match head {
        _ if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") => zip_kind(head, SPREADSHEET, UNPACK),
        _ if starts(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") => {
            ("an old Excel or Office file (xls), or one with a password", SPREADSHEET)
        }
        _ if starts(b"\x1f\x8b") => ("a gzip archive", UNPACK),
        _ if head.get(257..262) == Some(b"ustar") => ("a tar archive", UNPACK),
        _ if starts(b"BZh") && head.get(4..10) == Some(b"1AY&SY") => ("a bzip2 archive", UNPACK),
        _ if starts(b"\x28\xb5\x2f\xfd") => ("a zstd archive", UNPACK),
        _ if starts(b"\xfd7zXZ\0") => ("an xz archive", UNPACK),
        _ if starts(b"7z\xbc\xaf\x27\x1c") => ("a 7-zip archive", UNPACK),
        _ if starts(b"Rar!\x1a\x07") => ("a RAR archive", UNPACK),
        _ if starts(b"\x89PNG\r\n\x1a\n") => ("a PNG image", OTHER),
        _ if starts(b"\xff\xd8\xff") => ("a JPEG image", OTHER),
        _ if starts(b"GIF87a") || starts(b"GIF89a") => ("a GIF image", OTHER),
        _ if starts(b"%PDF-") => ("a PDF document", OTHER),
        _ if starts(b"PAR1") => ("a Parquet file", EXPORT),
        _ if starts(b"ARROW1\0\0") => ("an Arrow file", EXPORT),
        _ if starts(b"SQLite format 3\0") => ("an SQLite database", EXPORT),
        _ if starts(b"\0asm") => ("a WebAssembly module", OTHER),
        _ if starts(b"\x7fELF") || starts(b"MZ\x90\0") => ("a program", OTHER),
        _ => return None,
    })
}

/// Office files are zip archives; the names of their parts stand in the first kilobytes.
fn zip_kind(head: &[u8], spreadsheet: &'static str, unpack: &'static str) -> (&'static str, &'static str) {
    let contains = |part: &[u8]| memchr::memmem::find(head, part).is_some();
    if contains(b"xl/") || (contains(b"[Content_Types].xml") && !contains(b"word/") && !contains(b"ppt/")) {
        ("an Excel workbook (xlsx)", spreadsheet)
    } else if contains(b"opendocument.spreadsheet") {
        ("an OpenDocument spreadsheet", spreadsheet)
    } else {
        ("a zip archive", unpack)
    }
}
