//! Import of delimited text.
//!
//! A sample from the beginning gives a plan: encoding, dialect, header, and a reading for each column. One
//! pass over the file then builds typed columns. A column whose cells do not bear its reading out is built
//! once more as text in a second pass, and decided on with all of its cells known; so kinds hold for the
//! whole file, however late it turns out to be different.

mod builder;
mod cells;
pub(super) mod decode;
mod dialect;
mod dictionary;
mod evidence;
mod finish;
mod finish_names;
mod finish_numbers;
mod header;
mod known;
mod magic;
mod names;
mod notes;
mod outside;
mod plan;
mod reader;
mod reading;
mod records;
mod repair;
mod report;
mod structure;
mod table_header;
mod tail;
mod tokenizer;
mod verdict;

pub(super) use self::known::{Known, Made};
pub(super) use self::notes::{LineIndex, clip};
pub(super) use self::reading::CellType;
pub(super) use evidence::BOOL_WORDS;

use self::builder::{ColumnBuilder, too_large};
use self::finish::{Context, finish};
use self::notes::Notes;
use self::plan::{Attempt, Plan};
use self::reader::{Bounds, Fitted, Progress, Reader};
use self::reading::{Reading, WhyText};
use self::report::{ColumnNotes, add_problems, column_reports};
use super::Table;
use super::source::ByteSource;
use crate::format;
use crate::model::{
    Encoding, EngineError, ErrorCode, Escape, FileFormat, ImportOptions, LineEnding, ParseReport, Problem,
    ProblemCode, TableOrigin,
};
use crate::pace::Pace;

/// Bytes read at a time: in a browser each read of a file costs a round trip to another process.
const CHUNK_BYTES: usize = 4 << 20;
/// What the columns of a table may hold: a browser's module ends at 4 GB, and analyses need room beside them.
const MAX_TABLE_BYTES: u64 = if cfg!(target_arch = "wasm32") { 1_900_000_000 } else { 64_000_000_000 };

/// Reads a delimited text into a table of the name, with a report of all that was guessed and changed.
///
/// Errors: `binary_file`, `too_large`, `bad_option` for options that do not fit the file,
/// `unknown_column` for kinds of columns that there are not, `cancelled`, and those of the source.
pub async fn load(
    table: &str,
    source: &dyn ByteSource,
    origin: TableOrigin,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<(Table, ParseReport), EngineError> {
    load_in_chunks(table, source, origin, options, pace, CHUNK_BYTES).await
}

/// [`load`] of a text of which something is known beforehand.
pub(super) async fn load_known(
    table: &str,
    source: &dyn ByteSource,
    origin: TableOrigin,
    options: &ImportOptions,
    known: &Known,
    pace: &Pace,
) -> Result<(Table, ParseReport), EngineError> {
    attempts(table, source, origin, options, known, pace, CHUNK_BYTES).await
}

/// [`load`] with chunks of another size: what is read never depends on it, and tests show that.
#[doc(hidden)]
pub async fn load_in_chunks(
    table: &str,
    source: &dyn ByteSource,
    origin: TableOrigin,
    options: &ImportOptions,
    pace: &Pace,
    chunk_bytes: usize,
) -> Result<(Table, ParseReport), EngineError> {
    attempts(table, source, origin, options, &Known::default(), pace, chunk_bytes).await
}

async fn attempts(
    table: &str,
    source: &dyn ByteSource,
    origin: TableOrigin,
    options: &ImportOptions,
    known: &Known,
    pace: &Pace,
    chunk_bytes: usize,
) -> Result<(Table, ParseReport), EngineError> {
    let mut attempt = Attempt { encoding: None, has_trailing_delimiter: known.made.is_none() };
    loop {
        let plan = match Plan::of(source, options, attempt, known) {
            Err(error) if error.code == ErrorCode::EmptyFile => {
                return empty_table(table, source, origin, known, &error);
            }
            plan => plan?,
        };
        let import =
            Import { table, source, origin: &origin, plan: &plan, attempt, known, pace, chunk_bytes };
        match import.run().await? {
            Ok(loaded) => return Ok(loaded),
            Err(next) => attempt = next,
        }
    }
}

/// One attempt to import a file by a plan.
struct Import<'a> {
    table: &'a str,
    source: &'a dyn ByteSource,
    origin: &'a TableOrigin,
    plan: &'a Plan,
    attempt: Attempt,
    known: &'a Known,
    pace: &'a Pace,
    chunk_bytes: usize,
}

/// What a pass learns of the file beside its columns.
struct Pass {
    n_rows: usize,
    notes: Notes,
    fitted: Fitted,
    lines: LineIndex,
    line_ending: LineEnding,
    n_quoted: u64,
}

impl Import<'_> {
    /// The inner error says how to try again.
    async fn run(&self) -> Result<Result<(Table, ParseReport), Attempt>, EngineError> {
        let n_columns = self.plan.columns.len();
        let all: Vec<(usize, Reading)> =
            self.plan.columns.iter().enumerate().map(|(at, column)| (at, column.reading.clone())).collect();
        let (pass, mut builders) = match self.pass(all, &self.pace.part(0.0, 0.7)).await? {
            Ok(done) => done,
            Err(next) => return Ok(Err(next)),
        };
        let refuted: Vec<(usize, Reading)> = (0..n_columns)
            .filter(|at| builders.get(*at).is_some_and(|(_, builder)| !builder.is_borne_out()))
            .map(|at| (at, Reading::Text { why: WhyText::Plain }))
            .collect();
        if !refuted.is_empty() {
            // The memory of what is built anew is given back first.
            for (at, _) in &refuted {
                if let Some((_, builder)) = builders.get_mut(*at) {
                    *builder = self.builder(*at, Reading::Text { why: WhyText::Plain }, 0)?;
                }
            }
            let rebuilt = match self.pass(refuted, &self.pace.part(0.7, 0.95)).await? {
                Ok((_, rebuilt)) => rebuilt,
                Err(next) => return Ok(Err(next)),
            };
            for (at, builder) in rebuilt {
                if let Some(slot) = builders.get_mut(at) {
                    *slot = (at, builder);
                }
            }
        }
        self.assemble(pass, builders).await.map(Ok)
    }

    /// Reads the file from its beginning and builds the given columns.
    #[allow(clippy::type_complexity)]
    async fn pass(
        &self,
        columns: Vec<(usize, Reading)>,
        pace: &Pace,
    ) -> Result<Result<(Pass, Vec<(usize, ColumnBuilder<'_>)>), Attempt>, EngineError> {
        let plan = self.plan;
        let mut builders = Vec::with_capacity(columns.len());
        for (at, reading) in columns {
            builders.push((at, self.builder(at, reading, plan.n_rows_expected)?));
        }
        let bounds = Bounds {
            first_line: plan.header.line,
            n_header_records: plan.header.n_records,
            end_line: plan.end_line,
            end_byte: plan.tail.as_ref().map(|tail| tail.start),
            has_trailing_delimiter: plan.header.has_trailing_delimiter,
        };
        let mut reader = Reader::new(
            self.source,
            (plan.encoding, plan.is_encoding_guessed),
            &plan.dialect,
            plan.columns.len(),
            (bounds, plan.repairer.as_ref()),
            self.chunk_bytes,
        );
        let stage = format!("reading {}", self.source.name());
        let mut next_check = 1 << 18;
        loop {
            match reader.next_batch()? {
                Progress::Batch => {}
                Progress::End => break,
                Progress::OtherEncoding(encoding) => {
                    return Ok(Err(Attempt { encoding: Some(encoding), ..self.attempt }));
                }
                Progress::NotTrailing => {
                    return Ok(Err(Attempt { has_trailing_delimiter: false, ..self.attempt }));
                }
            }
            for (at, builder) in &mut builders {
                builder.push_batch(&reader.text, &reader.batch, *at);
            }
            if reader.n_rows >= next_check {
                next_check += 1 << 18;
                let n_bytes: usize = builders.iter().map(|(_, builder)| builder.n_bytes()).sum();
                if n_bytes as u64 > MAX_TABLE_BYTES {
                    return Err(self.refuse_size(reader.n_rows as u64, false));
                }
            }
            pace.step(reader.done(), &stage).await?;
        }
        if let Some(tail) = &plan.tail {
            reader.note_below(&tail.lines);
        }
        let pass = Pass {
            n_rows: reader.n_rows,
            line_ending: reader.line_ending(),
            n_quoted: reader.n_quoted(),
            notes: reader.notes,
            fitted: reader.fitted,
            lines: reader.lines,
        };
        Ok(Ok((pass, builders)))
    }

    fn builder(&self, at: usize, reading: Reading, n_rows: usize) -> Result<ColumnBuilder<'_>, EngineError> {
        let asked = self.plan.columns.get(at).and_then(|column| column.asked);
        let is_forced = asked.is_some_and(plan::is_value_kind);
        ColumnBuilder::new(reading, is_forced, &self.plan.tokens, n_rows)
            .map_err(|_| self.refuse_size(self.plan.n_rows_expected as u64, true))
    }

    fn refuse_size(&self, n_rows: u64, is_estimate: bool) -> EngineError {
        let name = self.source.name();
        let error = too_large();
        let message = format!(
            "\"{name}\" has {} {} rows of {} and does not fit into memory.",
            if is_estimate { "about" } else { "more than" },
            format::count(n_rows),
            format::plural(self.plan.columns.len() as u64, "column", "columns"),
        );
        EngineError { message, ..error }.at_file(name)
    }

    async fn assemble(
        &self,
        pass: Pass,
        builders: Vec<(usize, ColumnBuilder<'_>)>,
    ) -> Result<(Table, ParseReport), EngineError> {
        let plan = self.plan;
        let mut pass = pass;
        let mut header_line = plan.header.line;
        if let Some(made) = &self.known.made {
            pass.lines = made.lines.clone();
            pass.lines.n_before = plan.n_records_before_rows as u32;
            header_line = made.lines.line(0);
            for note in &mut pass.notes.list {
                note.line = note.row.map_or(header_line, |row| pass.lines.line(row));
            }
        }
        let mut stored = Vec::with_capacity(builders.len());
        let mut column_notes = Vec::with_capacity(builders.len());
        let n_columns = builders.len();
        for ((at, builder), column) in builders.into_iter().zip(&plan.columns) {
            let context = Context {
                name: &column.name.name,
                is_first_column: at == 0,
                asked: column.asked,
                around: column.around,
                tokens: &plan.tokens,
            };
            let mut finished =
                finish(builder, &context).map_err(|error| error.at_file(self.source.name()))?;
            column_notes.push(ColumnNotes::of(&mut finished));
            finished.stored.meta.written_name = column.name.written.clone().map(Into::into);
            stored.push(finished.stored);
            self.pace.step(0.95 + 0.05 * at as f64 / n_columns.max(1) as f64, "deciding kinds").await?;
        }
        let mut table = Table::from_stored(self.table, self.origin.clone(), pass.n_rows, stored)?;
        table.set_has_header_row(plan.header.cells.is_some());
        let (file_name, n_bytes) = file_of(self.known, self.source);
        let mut report = ParseReport {
            file_name,
            n_bytes,
            format: FileFormat::Delimited,
            compressed: self.known.is_compressed,
            encoding: plan.encoding,
            delimiter: plan.dialect.delimiter_text(),
            quote: match plan.dialect.quote {
                Some(quote) if pass.n_quoted > 0 => char::from(quote).to_string(),
                _ => String::new(),
            },
            escape: match plan.dialect.has_backslash_escapes {
                true => Escape::Backslash,
                false => Escape::Doubled,
            },
            line_ending: pass.line_ending,
            has_header: plan.header.cells.is_some(),
            n_header_rows: plan.header.n_records as u32,
            first_line: plan.header.line,
            tables: plan.tables.clone(),
            table: plan.table_idx as u32 + 1,
            runner_up: plan.runner_up.clone(),
            n_rows: pass.n_rows as u64,
            n_rows_changed: 0,
            n_rows_padded: pass.fitted.n_rows_padded,
            n_rows_cut: pass.fitted.n_rows_cut,
            n_cells_cut: pass.fitted.n_cells_cut,
            n_rows_repaired: pass.fitted.n_rows_repaired,
            columns: column_reports(&table, &column_notes, &pass.fitted, &pass.lines)?,
            problems: Vec::new(),
            n_problems: 0,
        };
        let names: Vec<_> = plan.columns.iter().map(|column| column.name.clone()).collect();
        let header = (header_line, plan);
        add_problems(&mut report, &table, &column_notes, &names, header, pass.notes, &pass.lines)?;
        if let Some(made) = &self.known.made {
            describe_made(&mut report, made);
        }
        Ok((table, report))
    }
}

/// Name and size of the file that the user has.
fn file_of(known: &Known, source: &dyn ByteSource) -> (String, u64) {
    known.file.clone().unwrap_or_else(|| (source.name().to_owned(), source.n_bytes()))
}

/// A file with nothing in it is a table without columns, and the report says so.
fn empty_table(
    table: &str,
    source: &dyn ByteSource,
    origin: TableOrigin,
    known: &Known,
    error: &EngineError,
) -> Result<(Table, ParseReport), EngineError> {
    let mut table = Table::from_stored(table, origin, 0, Vec::new())?;
    table.set_has_header_row(false);
    let (file_name, n_bytes) = file_of(known, source);
    let report = ParseReport {
        file_name,
        n_bytes,
        format: known.made.as_ref().map(|made| made.format).unwrap_or_default(),
        compressed: known.is_compressed,
        encoding: Encoding::Utf8,
        delimiter: String::new(),
        quote: String::new(),
        escape: Escape::Doubled,
        line_ending: LineEnding::None,
        has_header: false,
        n_header_rows: 0,
        first_line: 1,
        tables: Vec::new(),
        table: 1,
        runner_up: None,
        n_rows: 0,
        n_rows_changed: 0,
        n_rows_padded: 0,
        n_rows_cut: 0,
        n_cells_cut: 0,
        n_rows_repaired: 0,
        columns: Vec::new(),
        problems: vec![Problem {
            line: 1,
            column: None,
            code: ProblemCode::EmptyFile,
            raw: String::new(),
            action: error.message.clone(),
        }],
        n_problems: 1,
    };
    Ok((table, report))
}

/// The report tells of the file, not of the text that was made of it.
fn describe_made(report: &mut ParseReport, made: &Made) {
    report.format = made.format;
    report.encoding = made.encoding.unwrap_or(Encoding::Utf8);
    report.delimiter.clear();
    report.quote.clear();
    report.line_ending = LineEnding::None;
    report.n_problems += made.n_problems;
    report.problems.extend(made.problems.iter().cloned());
    report.problems.sort_by_key(|problem| problem.line);
    report.problems.truncate(ParseReport::MAX_PROBLEMS);
}

/// The error `empty_file`.
pub(super) fn empty_file(name: &str, what: &str) -> EngineError {
    EngineError::new(ErrorCode::EmptyFile, format!("\"{name}\" {what}."))
        .at_file(name)
        .hint("Load a file with a header and at least one row.")
}
