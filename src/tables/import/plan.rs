//! The plan of an import, made from the beginning of the file and the user's options.

use super::decode;
use super::dialect::{Dialect, DialectOptions, sniff};
use super::empty_file;
use super::evidence::{Evidence, MissingTokens};
use super::header::has_header;
use super::known::Known;
use super::magic::{refuse_binary, refuse_control_characters};
use super::names::{ColumnName, column_names};
use super::reading::{CellType, Reading, Surroundings, decide};
use super::records::{Records, read_sample};
use crate::format;
use crate::model::{DecimalMark, Encoding, EngineError, ErrorCode, ImportOptions, Kind};
use crate::tables::number::Decimal;
use crate::tables::source::ByteSource;

/// The beginning that the plan is made from.
const SAMPLE_BYTES: usize = 256 << 10;
/// What dialects are compared on.
const DIALECT_SAMPLE_BYTES: usize = 64 << 10;
const MAX_SAMPLE_RECORDS: usize = 4_000;
const MAX_COLUMNS: usize = 20_000;

/// Everything that is decided before the file is read through.
#[derive(Debug)]
pub(super) struct Plan {
    pub encoding: Encoding,
    pub is_encoding_guessed: bool,
    pub dialect: Dialect,
    pub has_header: bool,
    /// Header cells as they stand, and their line.
    pub header: Vec<String>,
    pub header_line: u64,
    pub n_records_before_rows: usize,
    pub columns: Vec<PlannedColumn>,
    pub tokens: MissingTokens,
    /// A few more than there are expected to be.
    pub n_rows_expected: usize,
}

#[derive(Debug)]
pub(super) struct PlannedColumn {
    pub name: ColumnName,
    pub reading: Reading,
    pub asked: Option<Kind>,
    pub around: Surroundings,
}

impl Plan {
    /// `encoding`: what the file turned out to be, after a first attempt.
    pub fn of(
        source: &dyn ByteSource,
        options: &ImportOptions,
        encoding: Option<Encoding>,
        known: &Known,
    ) -> Result<Self, EngineError> {
        let name = source.name();
        let dialect_options = dialect_options(options)?;
        let made = known.made.as_ref();
        let mut head = Vec::new();
        source.read(0, SAMPLE_BYTES, &mut head)?;
        if head.is_empty() {
            return Err(empty_file(name, "is empty"));
        }
        let is_whole = head.len() as u64 >= source.n_bytes();
        let is_encoding_guessed = options.encoding.is_none() && encoding.is_none() && made.is_none();
        let detected = match made {
            Some(_) => Encoding::Utf8,
            None => options.encoding.or(encoding).unwrap_or_else(|| decode::detect(&head, is_whole)),
        };
        let is_utf16 = matches!(detected, Encoding::Utf16Le | Encoding::Utf16Be);
        if made.is_none() {
            refuse_binary(name, &head, is_utf16, dialect_options.delimiter.as_deref().unwrap_or_default())?;
        }
        let body = head.strip_prefix(decode::mark(detected)).unwrap_or(&head);
        let mut sample = String::new();
        decode::decode(detected, body, is_whole, &mut sample);
        if is_utf16 {
            refuse_control_characters(name, &sample)?;
        }
        if is_whole && sample.trim().is_empty() {
            return Err(empty_file(name, "has nothing but blank lines"));
        }
        let n_dialect_bytes = floor_char_boundary(&sample, DIALECT_SAMPLE_BYTES);
        let is_dialect_whole = is_whole && n_dialect_bytes == sample.len();
        let dialect_sample = sample.get(..n_dialect_bytes).unwrap_or(&sample);
        let dialect = match made {
            Some(_) => Dialect::rfc_4180(),
            None => sniff(dialect_sample, is_dialect_whole, &dialect_options),
        };
        let records = read_sample(&sample, is_whole, &dialect, MAX_SAMPLE_RECORDS);
        let first_width = records.width(0);
        let usual_width = records.usual_width(1).unwrap_or(first_width);
        if usual_width.max(first_width) > MAX_COLUMNS {
            return Err(too_many_columns(name, usual_width.max(first_width)));
        }
        let known_header = options.header.or_else(|| made.and_then(|made| made.has_header));
        let has_header = known_header.unwrap_or_else(|| has_header(&records, usual_width.max(first_width)));
        // A header names every column that it has; without one, most rows decide.
        let n_columns =
            if has_header { usual_width.max(first_width) } else { records.usual_width(0).unwrap_or(1) };
        let header: Vec<String> =
            if has_header { records.cells(0).map(str::to_owned).collect() } else { Vec::new() };
        let names = column_names(has_header.then_some(header.as_slice()), n_columns);
        if !known.is_one_of_several {
            check_kinds(options, &names, name)?;
        }
        let tokens = MissingTokens::new(options.missing_tokens.as_deref());
        let first_row = usize::from(has_header);
        let evidence = evidence(&records, n_columns, first_row, &tokens);
        let around = surroundings(options, &dialect, &evidence);
        let columns = names
            .into_iter()
            .zip(&evidence)
            .enumerate()
            .map(|(at, (name, evidence))| {
                let asked = options.kinds.get(&name.name).copied();
                let around = around.in_column(made.and_then(|made| made.cells.get(at)).copied());
                PlannedColumn { reading: decide(evidence, asked, around), asked, name, around }
            })
            .collect();
        let n_sampled_rows = records.n_records().saturating_sub(first_row);
        let n_rows_expected =
            if is_whole { n_sampled_rows } else { expected_rows(source, &sample, &records)? };
        Ok(Self {
            encoding: detected,
            is_encoding_guessed,
            dialect,
            has_header,
            header_line: records.line(0),
            header,
            n_records_before_rows: first_row,
            columns,
            tokens,
            n_rows_expected,
        })
    }
}

/// Kinds whose cells are values: where the user wants one, cells that do not fit are missing.
pub(super) fn is_value_kind(kind: Kind) -> bool {
    matches!(kind, Kind::Continuous | Kind::Count | Kind::Date | Kind::DateTime | Kind::Duration)
}

fn evidence(
    records: &Records<'_>,
    n_columns: usize,
    first_row: usize,
    tokens: &MissingTokens,
) -> Vec<Evidence> {
    let mut evidence = vec![Evidence::default(); n_columns];
    // Wide tables are looked at less deeply, so that planning stays short.
    let n_most = (200_000 / n_columns.max(1)).max(50);
    let n_records = records.n_records();
    for record in (first_row..n_records).take(n_most) {
        for (cell, evidence) in records.cells(record).zip(&mut evidence) {
            evidence.add(cell, 1, tokens);
        }
    }
    evidence
}

impl Surroundings {
    /// The same for a column whose cells were of a known type.
    fn in_column(self, cells: Option<CellType>) -> Self {
        let cells = cells.unwrap_or_default();
        match cells {
            CellType::Numbers | CellType::Rows => {
                Self { mark: Some(Decimal::Point), is_mark_certain: true, cells }
            }
            CellType::Unknown | CellType::Codes => Self { cells, ..self },
        }
    }
}

/// A few more rows than the file should have: its bytes over those of a line, which are counted at several
/// places, because a file may begin with short lines.
fn expected_rows(source: &dyn ByteSource, sample: &str, records: &Records<'_>) -> Result<usize, EngineError> {
    const PROBE_BYTES: usize = 32 << 10;
    let n_bytes = source.n_bytes();
    let (mut n_probed, mut n_lines) = (0u64, 0u64);
    let mut probe = Vec::new();
    for place in 0..8u64 {
        source.read(n_bytes / 8 * place, PROBE_BYTES, &mut probe)?;
        n_probed += probe.len() as u64;
        let n_ends = |end: u8| memchr::memchr_iter(end, &probe).count() as u64;
        n_lines += n_ends(b'\n').max(n_ends(b'\r'));
    }
    // A record may have several lines.
    let n_sample_lines = memchr::memchr_iter(b'\n', sample.as_bytes()).count().max(records.n_records());
    let share_of_sample = records.text_share(sample.len());
    let records_per_line =
        (records.n_records() as f64 / (n_sample_lines as f64 * share_of_sample).max(1.0)).min(1.0);
    let n_rows = n_bytes as f64 / n_probed.max(1) as f64 * n_lines as f64 * records_per_line;
    Ok((n_rows * 1.03) as usize + 64)
}

/// The file's decimal mark: the user's, or that of the columns that leave no doubt, or a comma where cells
/// are divided by semicolons because of it.
fn surroundings(options: &ImportOptions, dialect: &Dialect, evidence: &[Evidence]) -> Surroundings {
    if let Some(mark) = options.decimal_mark {
        let mark = match mark {
            DecimalMark::Point => Decimal::Point,
            DecimalMark::Comma => Decimal::Comma,
        };
        return Surroundings { mark: Some(mark), is_mark_certain: true, cells: CellType::Unknown };
    }
    let n_sure = |mark: Decimal| evidence.iter().filter(|column| column.sure_mark() == Some(mark)).count();
    let (n_point, n_comma) = (n_sure(Decimal::Point), n_sure(Decimal::Comma));
    let mark = match n_point.cmp(&n_comma) {
        std::cmp::Ordering::Greater => Some(Decimal::Point),
        std::cmp::Ordering::Less => Some(Decimal::Comma),
        std::cmp::Ordering::Equal if dialect.delimiter == b";" => Some(Decimal::Comma),
        std::cmp::Ordering::Equal => None,
    };
    Surroundings { mark, is_mark_certain: false, cells: CellType::Unknown }
}

fn dialect_options(options: &ImportOptions) -> Result<DialectOptions, EngineError> {
    let bad = |field: &str, message: String, hint: &str| {
        EngineError::new(ErrorCode::BadOption, message).at_field(format!("options.{field}")).hint(hint)
    };
    let quote = match options.quote.as_deref() {
        None => None,
        Some("") => Some(None),
        Some(text) => match text.as_bytes() {
            [quote] if quote.is_ascii_punctuation() => Some(Some(*quote)),
            _ => {
                let message = format!("\"{text}\" cannot be a quote character.");
                return Err(bad("quote", message, "Use \" or ', or an empty text where nothing is quoted."));
            }
        },
    };
    let delimiter = match options.delimiter.as_deref() {
        None => None,
        Some(text) => {
            let is_quote = quote.flatten().is_some_and(|quote| text.as_bytes() == [quote]);
            if text.chars().count() != 1 || text.contains(['\n', '\r', '\0']) || is_quote {
                let message = format!("{text:?} cannot be the delimiter.");
                return Err(bad(
                    "delimiter",
                    message,
                    "Use one character, such as a comma, semicolon, tab or |.",
                ));
            }
            Some(text.as_bytes().to_vec())
        }
    };
    Ok(DialectOptions { delimiter, quote })
}

fn check_kinds(options: &ImportOptions, names: &[ColumnName], file: &str) -> Result<(), EngineError> {
    let Some(unknown) = options.kinds.keys().find(|kind| names.iter().all(|name| name.name != **kind)) else {
        return Ok(());
    };
    let known: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
    let message = format!("\"{file}\" has no column named \"{unknown}\", whose kind the import options set.");
    Err(EngineError::new(ErrorCode::UnknownColumn, message)
        .at_file(file)
        .at_column(unknown)
        .at_field(format!("options.kinds.{unknown}"))
        .hint_nearest(unknown, &known, "columns"))
}

fn too_many_columns(name: &str, n_columns: usize) -> EngineError {
    let message = format!(
        "\"{name}\" has {} columns; at most {} can be loaded.",
        format::count(n_columns as u64),
        format::count(MAX_COLUMNS as u64)
    );
    EngineError::new(ErrorCode::TooLarge, message)
        .at_file(name)
        .at_line(1)
        .hint("Check the delimiter of the file.")
}

/// The largest position up to `max` that does not cut a character.
fn floor_char_boundary(text: &str, max: usize) -> usize {
    let mut at = max.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
