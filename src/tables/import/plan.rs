//! The plan of an import, made from the beginning of the file and the user's options.

use super::decode;
use super::dialect::{Dialect, DialectOptions, WHITESPACE, sniff};
use super::empty_file;
use super::evidence::{Evidence, MissingTokens};
use super::known::Known;
use super::magic::{refuse_binary, refuse_control_characters};
use super::names::{ColumnName, column_names};
use super::notes::RowNote;
use super::outside::outside;
use super::reading::{CellType, Reading, Surroundings, decide};
use super::records::{Records, read_sample};
use super::repair::Repairer;
use super::structure::{Part, parts};
use super::table_header::Header;
use super::tail::{Tail, tail};
use crate::format;
use crate::model::{
    DecimalMark, Encoding, EngineError, ErrorCode, FoundTable, ImportOptions, Kind, RunnerUp,
};
use crate::tables::number::Decimal;
use crate::tables::source::ByteSource;
use std::ops::Range;

/// The beginning that the plan is made from.
pub(in crate::tables) const SAMPLE_BYTES: usize = 256 << 10;
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
    pub runner_up: Option<RunnerUp>,
    pub header: Header,
    /// Records of the file above the first row, those outside the table included.
    pub n_records_before_rows: usize,
    /// `None` where rows of another length are left as they stand.
    pub repairer: Option<Repairer>,
    /// The tables of the file, and which of them is read, from 0.
    pub tables: Vec<FoundTable>,
    pub table_idx: usize,
    /// The line after the table, where another one or something else follows.
    pub end_line: Option<u64>,
    /// Lines below the table in a file that goes on beyond the sample.
    pub tail: Option<Tail>,
    /// Lines that are no part of the table, with what they are.
    pub outside: Vec<RowNote>,
    pub n_outside: u64,
    pub columns: Vec<PlannedColumn>,
    pub tokens: MissingTokens,
    /// A few more than there are expected to be.
    pub n_rows_expected: usize,
}

/// What earlier attempts to read the file found out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    pub encoding: Option<Encoding>,
    /// A delimiter at the end of every line may be taken for one that divides nothing.
    pub has_trailing_delimiter: bool,
}

impl Attempt {
    pub fn first(known: &Known) -> Self {
        Self { encoding: None, has_trailing_delimiter: known.made.is_none() }
    }
}

#[derive(Debug)]
pub(super) struct PlannedColumn {
    pub name: ColumnName,
    pub reading: Reading,
    pub asked: Option<Kind>,
    pub around: Surroundings,
}

impl Plan {
    /// `attempt`: what earlier attempts found out.
    pub fn of(
        source: &dyn ByteSource,
        options: &ImportOptions,
        attempt: Attempt,
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
        let is_encoding_guessed = options.encoding.is_none() && attempt.encoding.is_none() && made.is_none();
        let detected = match made {
            Some(_) => Encoding::Utf8,
            None => options.encoding.or(attempt.encoding).unwrap_or_else(|| decode::detect(&head, is_whole)),
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
        let (dialect, runner_up) = match made {
            Some(_) => (Dialect::rfc_4180(), None),
            None => sniff(dialect_sample, is_dialect_whole, &dialect_options),
        };
        let records = read_sample(&sample, is_whole, &dialect, MAX_SAMPLE_RECORDS);
        let is_whole_sample = is_whole && records.is_whole();
        let is_one_table = made.is_some_and(|made| made.has_header.is_some());
        let first_record = options.first_line.map(|line| records.at_line(line)).or(is_one_table.then_some(0));
        let parts = parts(&records, first_record, is_whole_sample);
        let table_idx = chosen(options, parts.len(), name)?;
        let part = parts.get(table_idx).cloned().unwrap_or_else(|| Part::whole(&records));
        let known_header = match options.header_rows {
            Some(n) => Some(n as usize),
            None => options.header.or_else(|| made.and_then(|made| made.has_header)).map(usize::from),
        };
        let header = Header::of(&records, &part, known_header, attempt.has_trailing_delimiter);
        let n_columns = header.n_columns;
        if n_columns > MAX_COLUMNS {
            return Err(too_many_columns(name, n_columns));
        }
        let names = column_names(header.cells.as_deref(), n_columns);
        if !known.is_one_of_several {
            check_kinds(options, &names, name)?;
        }
        let (outside, n_outside) = outside(&sample, &records, &parts, table_idx, is_whole_sample);
        let tokens = MissingTokens::new(options.missing_tokens.as_deref());
        let rows = part.records.start + header.n_records..part.records.end;
        let evidence = evidence(&records, n_columns, rows.clone(), &tokens);
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
        let repairer = match made {
            Some(_) => None,
            None => Repairer::of(&records, rows.clone(), n_columns, &dialect),
        };
        let is_end_known = is_whole_sample || part.records.end < records.n_records();
        let n_rows_expected = if is_end_known || known.is_sample {
            rows.len()
        } else {
            expected_rows(source, &sample, &records)?
        };
        let is_cut = known.is_sample && !is_end_known;
        known.is_cut.set(is_cut);
        let end_line = if part.records.end < records.n_records() {
            Some(records.line(part.records.end))
        } else {
            is_cut.then_some(records.end_line)
        };
        let may_have_tail = !is_end_known
            && !known.is_sample
            && made.is_none()
            && options.first_line.is_none()
            && n_columns > 1;
        let width = n_columns + usize::from(header.has_trailing_delimiter);
        let tail = if may_have_tail { tail(source, detected, &dialect, width)? } else { None };
        Ok(Self {
            encoding: detected,
            is_encoding_guessed,
            dialect,
            runner_up,
            header,
            n_records_before_rows: rows.start,
            repairer,
            tables: found_tables(&records, &parts),
            table_idx,
            end_line,
            tail,
            outside,
            n_outside,
            columns,
            tokens,
            n_rows_expected,
        })
    }
}

/// The table that is asked for, from 0.
fn chosen(options: &ImportOptions, n_tables: usize, file: &str) -> Result<usize, EngineError> {
    let Some(asked) = options.table else { return Ok(0) };
    let index = (asked as usize).checked_sub(1).filter(|index| *index < n_tables);
    index.ok_or_else(|| {
        let found = format::plural(n_tables as u64, "table", "tables");
        EngineError::new(ErrorCode::BadOption, format!("\"{file}\" has {found}, and no table {asked}."))
            .at_file(file)
            .at_field("options.table")
            .hint("Tables of a file are counted from 1.")
    })
}

fn found_tables(records: &Records<'_>, parts: &[Part]) -> Vec<FoundTable> {
    let found = |part: &Part| FoundTable {
        first_line: records.line(part.records.start),
        n_columns: part.width as u32,
    };
    parts.iter().map(found).collect()
}

/// Kinds whose cells are values: where the user wants one, cells that do not fit are missing.
pub(super) fn is_value_kind(kind: Kind) -> bool {
    matches!(kind, Kind::Continuous | Kind::Count | Kind::Date | Kind::DateTime | Kind::Duration)
}

fn evidence(
    records: &Records<'_>,
    n_columns: usize,
    rows: Range<usize>,
    tokens: &MissingTokens,
) -> Vec<Evidence> {
    let mut evidence = vec![Evidence::default(); n_columns];
    // Wide tables are looked at less deeply, so that planning stays short.
    let n_most = (200_000 / n_columns.max(1)).max(50);
    for record in rows.take(n_most) {
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
                Self { mark: Some(Decimal::Point), is_mark_certain: true, cells, ..self }
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
    let around = |mark, is_mark_certain| Surroundings {
        mark,
        is_mark_certain,
        date_order: options.date_order,
        cells: CellType::Unknown,
    };
    if let Some(mark) = options.decimal_mark {
        let mark = match mark {
            DecimalMark::Point => Decimal::Point,
            DecimalMark::Comma => Decimal::Comma,
        };
        return around(Some(mark), true);
    }
    let n_sure = |mark: Decimal| evidence.iter().filter(|column| column.sure_mark() == Some(mark)).count();
    let (n_point, n_comma) = (n_sure(Decimal::Point), n_sure(Decimal::Comma));
    let mark = match n_point.cmp(&n_comma) {
        std::cmp::Ordering::Greater => Some(Decimal::Point),
        std::cmp::Ordering::Less => Some(Decimal::Comma),
        std::cmp::Ordering::Equal if dialect.delimiter == b";" => Some(Decimal::Comma),
        std::cmp::Ordering::Equal => None,
    };
    around(mark, false)
}

fn dialect_options(options: &ImportOptions) -> Result<DialectOptions, EngineError> {
    let bad = |field: &str, message: String, hint: &str| {
        EngineError::new(ErrorCode::BadOption, message).at_field(format!("options.{field}")).hint(hint)
    };
    if let Some(n) = options.header_rows.filter(|n| *n > ImportOptions::MAX_HEADER_ROWS) {
        let message = format!("A header has at most {} rows, not {n}.", ImportOptions::MAX_HEADER_ROWS);
        return Err(bad("header_rows", message, "Lines above the header are left out by first_line."));
    }
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
            let is_short = (1..=8).contains(&text.chars().count()) || text == WHITESPACE;
            if !is_short || text.contains(['\n', '\r', '\0']) || is_quote {
                let message = format!("{text:?} cannot be the delimiter.");
                return Err(bad(
                    "delimiter",
                    message,
                    "Use one to eight characters, such as a comma, a tab or ||, or the word whitespace.",
                ));
            }
            Some(text.as_bytes().to_vec())
        }
    };
    Ok(DialectOptions { delimiter, quote, escape: options.escape })
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
