//! Import of delimited text.
//!
//! A sample from the beginning gives a plan: encoding, dialect, header, and a reading for each column. One
//! pass over the file then builds typed columns. A column whose cells do not bear its reading out is built
//! once more as text in a second pass, and decided on with all of its cells known; so kinds hold for the
//! whole file, however late it turns out to be different.

mod above;
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
mod looks;
mod magic;
mod names;
mod notes;
mod outside;
mod parcel;
mod plan;
mod quotes;
mod reader;
mod reading;
mod records;
mod repair;
mod report;
mod scales;
mod scan;
mod share;
mod structure;
mod table_header;
mod tail;
mod tokenizer;
mod verdict;

pub(super) use self::known::{Known, Made};
pub(super) use self::notes::{LineIndex, clip};
pub(super) use self::plan::SAMPLE_BYTES;
pub(super) use self::reading::CellType;
pub use self::share::{Crew, Parcel, Share};
pub(super) use evidence::BOOL_WORDS;

use self::builder::{ColumnBuilder, too_large};
use self::finish::{Context, Finished, finish};
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
use crate::pace::{Pace, apart};

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
    let chunk_bytes = if known.is_sample { SAMPLE_BYTES } else { CHUNK_BYTES };
    attempts(table, source, origin, options, known, pace, chunk_bytes).await
}

/// The columns of one share of a delimited text, each as a parcel: what [`Crew::take`] brings to [`load`].
pub async fn read_share(
    source: &dyn ByteSource,
    options: &ImportOptions,
    share: Share,
    pace: &Pace,
) -> Result<impl Iterator<Item = Vec<u8>> + use<>, EngineError> {
    let known = Known::default();
    let mut attempt = Attempt::first(&known);
    loop {
        let plan = Plan::of(source, options, attempt, &known)?;
        let n_shares = share.n;
        let import = Import { source, plan: &plan, attempt, pace, chunk_bytes: CHUNK_BYTES, n_shares };
        match apart(import.build(&share.columns(&plan))).await? {
            // A column that cannot be packed is lacking, and read by who lacks it.
            Ok((_, columns)) => {
                return Ok(columns.into_iter().filter_map(|(at, column)| parcel::pack(at, &column).ok()));
            }
            Err(next) => attempt = next,
        }
    }
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
    let mut attempt = Attempt::first(known);
    let crew = source.crew().filter(|_| known.made.is_none() && !known.is_sample);
    let mut n_shares = None;
    loop {
        let plan = match Plan::of(source, options, attempt, known) {
            Err(error) if error.code == ErrorCode::EmptyFile => {
                return empty_table(table, source, origin, known, &error);
            }
            plan => plan?,
        };
        // The others read on through further attempts: what this one finds out they find out too.
        let n_shares = *n_shares.get_or_insert_with(|| crew.map_or(1, |crew| crew.ask(options)));
        let import = Import { source, plan: &plan, attempt, pace, chunk_bytes, n_shares };
        let share = Share { idx: 0, n: n_shares };
        let (pass, mut columns) = match apart(import.build(&share.columns(&plan))).await? {
            Ok(built) => built,
            Err(next) => {
                attempt = next;
                continue;
            }
        };
        if let Some(crew) = crew.filter(|_| n_shares > 1) {
            pace.step(0.95, "putting columns together").await?;
            for parcel in crew.take().await {
                columns.extend(parcel::unpack(&parcel(), pass.n_rows));
            }
            let lacking: Vec<usize> =
                (0..plan.columns.len()).filter(|at| columns.iter().all(|(there, _)| there != at)).collect();
            if !lacking.is_empty() {
                match apart(import.build(&lacking)).await? {
                    Ok((_, rest)) => columns.extend(rest),
                    Err(next) => {
                        attempt = next;
                        continue;
                    }
                }
            }
            columns.sort_by_key(|(at, _)| *at);
        }
        return import.assemble(table, &origin, known, pass, columns);
    }
}

/// One attempt to import a file by a plan.
struct Import<'a> {
    source: &'a dyn ByteSource,
    plan: &'a Plan,
    attempt: Attempt,
    pace: &'a Pace,
    chunk_bytes: usize,
    /// Shares that the columns are divided into, and which end up in one table.
    n_shares: usize,
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
    /// Builds and finishes the columns at these places. The inner error says how to try again.
    #[allow(clippy::type_complexity)]
    async fn build(
        &self,
        columns: &[usize],
    ) -> Result<Result<(Pass, Vec<(usize, Finished)>), Attempt>, EngineError> {
        let reading = |at: &usize| Some((*at, self.plan.columns.get(*at)?.reading.clone()));
        let all: Vec<(usize, Reading)> = columns.iter().filter_map(reading).collect();
        let (pass, mut builders) = match apart(self.pass(all, &self.pace.part(0.0, 0.7))).await? {
            Ok(done) => done,
            Err(next) => return Ok(Err(next)),
        };
        let refuted: Vec<(usize, Reading)> = builders
            .iter()
            .filter(|(_, builder)| !builder.is_borne_out())
            .map(|(at, _)| (*at, Reading::Text { why: WhyText::Plain }))
            .collect();
        if !refuted.is_empty() {
            // The memory of what is built anew is given back first.
            for (at, builder) in builders.iter_mut().filter(|(_, builder)| !builder.is_borne_out()) {
                *builder = self.builder(*at, Reading::Text { why: WhyText::Plain }, 0)?;
            }
            let rebuilt = match apart(self.pass(refuted, &self.pace.part(0.7, 0.95))).await? {
                Ok((_, rebuilt)) => rebuilt,
                Err(next) => return Ok(Err(next)),
            };
            for (at, builder) in rebuilt {
                if let Some(slot) = builders.iter_mut().find(|(there, _)| *there == at) {
                    *slot = (at, builder);
                }
            }
        }
        let mut finished = Vec::with_capacity(builders.len());
        for (at, builder) in builders {
            let Some(column) = self.plan.columns.get(at) else { continue };
            let context = Context {
                name: &column.name.name,
                is_first_column: at == 0,
                asked: column.asked,
                around: column.around,
                tokens: &self.plan.tokens,
            };
            let column = finish(builder, &context).map_err(|error| error.at_file(self.source.name()))?;
            finished.push((at, column));
            self.pace.step(0.95, "deciding kinds").await?;
        }
        Ok(Ok((pass, finished)))
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
                Progress::NeedMore => {
                    if let Some(encoding) = reader.refill().await? {
                        return Ok(Err(Attempt { encoding: Some(encoding), ..self.attempt }));
                    }
                    continue;
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
                if (n_bytes * self.n_shares) as u64 > MAX_TABLE_BYTES {
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

    fn assemble(
        &self,
        table: &str,
        origin: &TableOrigin,
        known: &Known,
        pass: Pass,
        columns: Vec<(usize, Finished)>,
    ) -> Result<(Table, ParseReport), EngineError> {
        let plan = self.plan;
        let mut pass = pass;
        let mut header_line = plan.header.line;
        if let Some(made) = &known.made {
            pass.lines = made.lines.clone();
            pass.lines.n_before = plan.n_records_before_rows as u32;
            header_line = made.lines.line(0);
            for note in &mut pass.notes.list {
                note.line = note.row.map_or(header_line, |row| pass.lines.line(row));
            }
        }
        let mut stored = Vec::with_capacity(columns.len());
        let mut column_notes = Vec::with_capacity(columns.len());
        for ((_, mut finished), column) in columns.into_iter().zip(&plan.columns) {
            column_notes.push(ColumnNotes::of(&mut finished));
            finished.stored.meta.written_name = column.name.written.clone().map(Into::into);
            stored.push(finished.stored);
        }
        let mut table = Table::from_stored(table, origin.clone(), pass.n_rows, stored)?;
        table.set_has_header_row(plan.header.cells.is_some());
        let (file_name, n_bytes) = file_of(known, self.source);
        let mut report = ParseReport {
            file_name,
            n_bytes,
            format: FileFormat::Delimited,
            compressed: known.is_compressed,
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
        if let Some(made) = &known.made {
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
