//! The beginning of a file, read as a load would read it, for a look before anything is loaded.

use super::{Content, Part, gzip, json, json_lines, sniff, xlsx};
use crate::format;
use crate::model::{
    Encoding, EngineError, ErrorCode, FileFormat, ImportOptions, ParseReport, Sniffed, TableOrigin,
};
use crate::pace::Pace;
use crate::tables::import::decode::{decode, mark};
use crate::tables::import::{Known, SAMPLE_BYTES, load_known};
use crate::tables::source::{ByteSource, MemorySource};

/// Formats that can only be read as a whole are looked at up to this size.
const MAX_WHOLE_BYTES: u64 = 32 << 20;
/// Long lines are cut after so many characters.
const MAX_LINE_CHARS: usize = 300;
const TABLE: &str = "preview";

/// Reads the beginning of a file: its first 256 KB, or all of a JSON document or workbook. What it gives is what a
/// load with the same options finds in these rows.
///
/// Errors: those of [`super::load_all`], and `too_large` for a document or workbook of more than 32 MB.
pub async fn sniff_file(
    source: Box<dyn ByteSource>,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<Sniffed, EngineError> {
    let file = (source.name().to_owned(), source.n_bytes());
    let mut source = source;
    let mut is_cut = false;
    let mut content = sniff(source.as_ref(), options)?;
    let is_compressed = content == Content::Gzip;
    if is_compressed {
        let (beginning, is_whole) = gzip::unpack_beginning(source.as_ref(), SAMPLE_BYTES)?;
        let beginning = Beginning { source: beginning, is_whole };
        content = sniff(&beginning, options)?;
        if is_whole || matches!(content, Content::Delimited | Content::JsonLines) {
            source = Box::new(beginning);
        } else {
            let whole = gzip::unpack(source.as_ref(), MAX_WHOLE_BYTES, pace).await;
            source = Box::new(whole.map_err(|error| not_in_part(&file.0, error))?);
            content = sniff(source.as_ref(), options)?;
        }
    }
    if content == Content::JsonLines
        && let Some(beginning) = whole_lines(source.as_ref())?
    {
        source = Box::new(beginning);
        is_cut = true;
    }
    if matches!(content, Content::Json | Content::JsonLines | Content::Xlsx)
        && source.n_bytes() > MAX_WHOLE_BYTES
    {
        return Err(not_in_part(&file.0, EngineError::new(ErrorCode::TooLarge, String::new())));
    }
    let is_text = content != Content::Xlsx;
    let mut head = Vec::new();
    if is_text {
        source.read(0, SAMPLE_BYTES, &mut head)?;
    }
    let mut parts = match content {
        Content::Delimited => vec![Part { suffix: String::new(), source, known: Known::default() }],
        Content::Json => json::read(TABLE, source.as_ref(), options, pace).await?,
        Content::JsonLines => json_lines::read(TABLE, source.as_ref(), options, pace).await?,
        Content::Xlsx => xlsx::read(source.as_ref(), options, pace).await?,
        Content::Gzip => {
            let message = format!("\"{}\" is packed more than once.", file.0);
            let error = EngineError::new(ErrorCode::BadFile, message).at_file(&file.0);
            return Err(error.hint("Load it without looking first, or unpack it."));
        }
    };
    let n_parts = parts.len();
    if n_parts == 0 {
        return Err(EngineError::new(ErrorCode::Internal, "The file made no table."));
    }
    let Part { source, mut known, .. } = parts.swap_remove(0);
    known.file = Some(file);
    known.is_compressed = is_compressed;
    known.is_one_of_several = n_parts > 1;
    known.is_sample = true;
    let (table, report) =
        load_known(TABLE, source.as_ref(), TableOrigin::Text, options, &known, pace).await?;
    Ok(Sniffed {
        page: table.page(0, Sniffed::MAX_ROWS, &[], &[])?,
        raw: first_lines(&head, &report),
        is_whole: !is_cut && !known.is_cut.get(),
        n_other_tables: n_parts as u32 - 1,
        report,
    })
}

fn not_in_part(file: &str, error: EngineError) -> EngineError {
    if error.code != ErrorCode::TooLarge {
        return error;
    }
    let message = format!(
        "\"{file}\" can only be read as a whole, and holds more than {}: there is no look at it before it is loaded.",
        format::bytes(MAX_WHOLE_BYTES)
    );
    EngineError::new(ErrorCode::TooLarge, message).at_file(file).hint("Load it, and look at its report.")
}

/// The whole lines of the first bytes; `None` where these are all, or no line ends in them.
fn whole_lines(source: &dyn ByteSource) -> Result<Option<MemorySource>, EngineError> {
    let mut head = Vec::new();
    source.read(0, SAMPLE_BYTES, &mut head)?;
    if head.len() as u64 >= source.n_bytes() {
        return Ok(None);
    }
    let Some(at) = memchr::memrchr(b'\n', &head) else { return Ok(None) };
    // In UTF-16, little-endian, the other half of the line end follows.
    let n_bytes = if head.get(at + 1) == Some(&0) { at + 2 } else { at + 1 };
    head.truncate(n_bytes);
    Ok(Some(MemorySource::new(source.name(), head)))
}

fn first_lines(head: &[u8], report: &ParseReport) -> Vec<String> {
    let mut text = String::new();
    let encoding = if report.format == FileFormat::Xlsx { Encoding::Utf8 } else { report.encoding };
    decode(encoding, head.strip_prefix(mark(encoding)).unwrap_or(head), false, &mut text);
    let end = if text.contains('\n') { '\n' } else { '\r' };
    let clipped = |line: &str| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut shown: String = line.chars().take(MAX_LINE_CHARS).collect();
        if shown.len() < line.len() {
            shown.push('\u{2026}');
        }
        shown
    };
    text.split_terminator(end).take(Sniffed::MAX_LINES).map(clipped).collect()
}

/// Bytes of which more may follow that are not here.
struct Beginning {
    source: MemorySource,
    is_whole: bool,
}

impl ByteSource for Beginning {
    fn name(&self) -> &str {
        self.source.name()
    }

    fn n_bytes(&self) -> u64 {
        self.source.n_bytes() + u64::from(!self.is_whole)
    }

    fn read(&self, offset: u64, max: usize, buffer: &mut Vec<u8>) -> Result<(), EngineError> {
        self.source.read(offset, max, buffer)
    }
}
