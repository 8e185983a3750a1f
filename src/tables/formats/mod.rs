//! Files that are more than one delimited text: gzip, JSON, JSON Lines and Excel workbooks.
//!
//! Each of them becomes one or more texts of rows in memory, which the import of delimited text then reads
//! like any other; so kinds, headers and reports are the same for all. Delimited text itself passes through
//! untouched: only its first bytes are looked at.

mod chunks;
mod grid;
mod gzip;
mod json;
mod json_lines;
mod json_text;
mod keys;
mod look;
mod names;
mod normalise;
mod sniff;
mod text;
mod xlsx;
mod xlsx_cells;
mod xlsx_styles;
mod xml;
mod zip;

pub use self::look::sniff_file;
use self::sniff::{Content, sniff};
use super::Table;
use super::import::{Known, Made, load_known};
use super::source::{ByteSource, MemorySource};
use crate::format;
use crate::model::{EngineError, ErrorCode, FileFormat, ImportOptions, ParseReport, TableOrigin};
use crate::pace::{Pace, apart};

/// What the content of one file may take up in memory before it is a table.
const MAX_CONTENT_BYTES: u64 = if cfg!(target_arch = "wasm32") { 1_000_000_000 } else { 4_000_000_000 };
/// A gzip file inside a gzip file is unpacked too; one that holds itself for ever is not.
const MAX_LAYERS: usize = 3;

/// A text that makes one table.
pub(super) struct Part {
    /// Added to the table's name; empty for the first.
    suffix: String,
    source: Box<dyn ByteSource>,
    known: Known,
}

/// Reads a file of any known format into its tables: the first of the name, the others of
/// `<table>_<suffix>`. One table at least; all of them or an error.
///
/// Errors: those of [`super::load`], and `bad_file` for files that are damaged.
pub async fn load_all(
    table: &str,
    source: Box<dyn ByteSource>,
    origin: TableOrigin,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<Vec<(Table, ParseReport)>, EngineError> {
    let parts = apart(open(table, source, options, &pace.part(0.0, 0.4))).await?;
    let is_delimited = matches!(parts.as_slice(), [part] if part.known.made.is_none());
    let pace = if is_delimited { pace.clone() } else { pace.part(0.4, 1.0) };
    let n_parts = parts.len();
    let mut loaded: Vec<(Table, ParseReport)> = Vec::with_capacity(n_parts);
    for (i, mut part) in parts.into_iter().enumerate() {
        let name = if part.suffix.is_empty() { table.to_owned() } else { format!("{table}_{}", part.suffix) };
        part.known.is_one_of_several = n_parts > 1;
        let pace = pace.part(i as f64 / n_parts as f64, (i + 1) as f64 / n_parts as f64);
        let source = part.source.as_ref();
        loaded.push(apart(load_known(&name, source, origin.clone(), options, &part.known, &pace)).await?);
    }
    check_kinds(&loaded, options, n_parts)?;
    Ok(loaded)
}

/// Opens a file: unpacks it and tells its format.
async fn open(
    table: &str,
    source: Box<dyn ByteSource>,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<Vec<Part>, EngineError> {
    let file = (source.name().to_owned(), source.n_bytes());
    let mut source = source;
    let mut n_layers = 0;
    let content = loop {
        let content = sniff(source.as_ref(), options)?;
        if content != Content::Gzip {
            break content;
        }
        if n_layers == MAX_LAYERS {
            let message = format!("\"{}\" is packed more than {MAX_LAYERS} times.", file.0);
            return Err(EngineError::new(ErrorCode::BadFile, message)
                .at_file(&file.0)
                .hint("Unpack it and load the file inside."));
        }
        n_layers += 1;
        source =
            Box::new(apart(gzip::unpack(source.as_ref(), MAX_CONTENT_BYTES, &pace.part(0.0, 0.5))).await?);
    };
    let pace = pace.part(0.5, 1.0);
    let mut parts = match content {
        Content::Gzip | Content::Delimited => {
            vec![Part { suffix: String::new(), source, known: Known::default() }]
        }
        Content::Json => apart(json::read(table, source.as_ref(), options, &pace)).await?,
        Content::JsonLines => apart(json_lines::read(table, source.as_ref(), options, &pace)).await?,
        Content::Xlsx => apart(xlsx::read(source.as_ref(), options, &pace)).await?,
    };
    for part in &mut parts {
        part.known.is_compressed = n_layers > 0;
        part.known.file = Some(file.clone());
    }
    Ok(parts)
}

impl Part {
    /// A part that was made: its text and what is known of it.
    fn made(name: &str, suffix: String, csv: Vec<u8>, made: Made) -> Self {
        let source = Box::new(MemorySource::new(name, csv));
        Self { suffix, source, known: Known { made: Some(made), ..Known::default() } }
    }
}

/// Kinds of columns that no table of the file has.
fn check_kinds(
    loaded: &[(Table, ParseReport)],
    options: &ImportOptions,
    n_parts: usize,
) -> Result<(), EngineError> {
    if n_parts < 2 {
        // Import has looked already.
        return Ok(());
    }
    let known: Vec<&str> = loaded.iter().flat_map(|(table, _)| table.column_names()).collect();
    let Some(unknown) = options.kinds.keys().find(|name| !known.contains(&name.as_str())) else {
        return Ok(());
    };
    let message =
        format!("No table of the file has a column named \"{unknown}\", whose kind the import options set.");
    Err(EngineError::new(ErrorCode::UnknownColumn, message)
        .at_column(unknown)
        .at_field(format!("options.kinds.{unknown}"))
        .hint_nearest(unknown, &known, "columns"))
}

/// Options that only delimited text has.
fn refuse_options(
    file: &str,
    options: &ImportOptions,
    format: FileFormat,
    refused: &[&str],
) -> Result<(), EngineError> {
    let given = [
        ("delimiter", options.delimiter.is_some()),
        ("quote", options.quote.is_some()),
        ("encoding", options.encoding.is_some()),
        ("header", options.header.is_some()),
        ("header_rows", options.header_rows.is_some()),
    ];
    let Some((field, _)) = given.iter().find(|(field, is_given)| *is_given && refused.contains(field)) else {
        return Ok(());
    };
    let message = format!("\"{file}\" is {}, which has no {field} to choose.", format.name());
    Err(EngineError::new(ErrorCode::BadOption, message)
        .at_file(file)
        .at_field(format!("options.{field}"))
        .hint("Leave the option out."))
}

/// The error `too_large` for a content of more than `max_bytes`.
fn too_large(file: &str, what: &str, max_bytes: u64) -> EngineError {
    let message = format!("\"{file}\" {what} more than {}.", format::bytes(max_bytes));
    EngineError::new(ErrorCode::TooLarge, message)
        .at_file(file)
        .hint("Load fewer rows or columns, or split the file.")
}
