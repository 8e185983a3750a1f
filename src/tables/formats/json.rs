//! JSON documents: lists of records, lists of rows, objects, and objects that hold lists of records.

use super::grid::{Cell, Grid};
use super::json_text::{Fault, Scanner, Value};
use super::normalise::Normaliser;
use super::text::{LineCounter, Pieces, Problems};
use super::{MAX_CONTENT_BYTES, Part, keys, refuse_options, too_large};
use crate::format;
use crate::model::{Encoding, EngineError, ErrorCode, FileFormat, ImportOptions};
use crate::pace::Pace;
use crate::tables::import::empty_file;
use crate::tables::source::ByteSource;

/// Values read between two steps of the pace.
const SLICE_VALUES: usize = 256;
/// Members of a document beside its lists of records.
const REST: &str = "document";

/// Reads a document. `table` is the name that its first table will have.
///
/// Errors: `bad_file` with the line where the text is not JSON, `empty_file`, `too_large`.
pub(super) async fn read(
    table: &str,
    source: &dyn ByteSource,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<Vec<Part>, EngineError> {
    refuse_options(source.name(), options, FileFormat::Json, &["delimiter", "quote"])?;
    let mut problems = Problems::default();
    let mut pieces = Pieces::new(source, options.encoding)?;
    let mut text = String::new();
    let stage = format!("reading {}", source.name());
    while pieces.next(&mut text, &mut problems)? {
        if text.len() as u64 > MAX_CONTENT_BYTES {
            return Err(too_large(source.name(), "is one JSON value of", MAX_CONTENT_BYTES)
                .hint("Save it as JSON Lines, one record a line: that is read piece by piece."));
        }
        pace.part(0.0, 0.2).step(pieces.done(), &stage).await?;
    }
    let mut document = Document {
        file: source.name(),
        text: &text,
        scanner: Scanner::new(&text),
        lines: LineCounter::new(),
        records: Records::new(source.name()),
        n_values: 0,
        pace: pace.part(0.2, 0.7),
        stage,
    };
    document.read().await?;
    let replaced_at = std::mem::take(&mut document.scanner.replaced_at);
    let records = document.records;
    let mut lines = LineCounter::new();
    for at in replaced_at {
        problems.push_bad_bytes(lines.line(&text, at), text.get(at..at + 6).unwrap_or_default().into());
    }
    let about = About { table, file: source.name(), format: FileFormat::Json, encoding: pieces.encoding };
    records.finish(&about, options, problems, &pace.part(0.7, 1.0)).await
}

/// What the parts of a file have in common.
pub(super) struct About<'a> {
    pub table: &'a str,
    pub file: &'a str,
    pub format: FileFormat,
    pub encoding: Encoding,
}

/// Values of the top level: rows where the first of them is a list, else records.
pub(super) enum Records {
    /// Nothing came yet.
    None(Normaliser),
    Rows(Grid),
    Tables(Normaliser),
}

impl Records {
    pub fn new(file: &str) -> Self {
        Self::None(Normaliser::new(file, MAX_CONTENT_BYTES))
    }

    /// Adds a value that begins on `line` of `file`.
    pub fn push(&mut self, value: &Value<'_>, line: u64, file: &str) -> Result<(), EngineError> {
        if let Self::None(normaliser) = self {
            *self = if matches!(value, Value::List(_)) {
                Self::Rows(Grid::default())
            } else {
                let mut normaliser = std::mem::replace(normaliser, Normaliser::new(file, 0));
                normaliser.add_root(Vec::new());
                Self::Tables(normaliser)
            };
        }
        match self {
            Self::None(_) => Ok(()),
            Self::Rows(grid) => {
                push_row(grid, value, line);
                if grid.n_bytes > MAX_CONTENT_BYTES {
                    return Err(too_large(file, "makes a table of", MAX_CONTENT_BYTES));
                }
                Ok(())
            }
            Self::Tables(normaliser) => normaliser.push(0, value, line),
        }
    }

    pub async fn finish(
        self,
        about: &About<'_>,
        options: &ImportOptions,
        problems: Problems,
        pace: &Pace,
    ) -> Result<Vec<Part>, EngineError> {
        match self {
            Self::None(_) => Err(empty_file(about.file, "holds no records")),
            Self::Rows(grid) => {
                if grid.columns.is_empty() {
                    return Err(empty_file(about.file, "holds nothing but empty lists"));
                }
                let (csv, made) = grid.finish(about.format, Some(about.encoding), problems, pace).await?;
                Ok(vec![Part::made(about.file, String::new(), csv, made)])
            }
            Self::Tables(normaliser) => {
                refuse_options(about.file, options, about.format, &["header", "header_rows"])?;
                let what = (about.format, about.encoding);
                keys::finish(normaliser, (about.table, about.file), what, problems, pace).await
            }
        }
    }
}

/// One row of a list of lists. What is no single value stays as JSON.
fn push_row(grid: &mut Grid, value: &Value<'_>, line: u64) {
    grid.begin_row(line);
    let one = std::slice::from_ref(value);
    let items = if let Value::List(items) = value { items.as_slice() } else { one };
    for (column, item) in items.iter().enumerate() {
        match item {
            // Its column is there, also where nothing else is.
            Value::Null => grid.set(column, Cell::Other("")),
            Value::Bool(value) => grid.set(column, Cell::Other(if *value { "true" } else { "false" })),
            Value::Number(text) => grid.set(column, Cell::Number(text)),
            Value::Text(text) => grid.set(column, Cell::Text(text)),
            Value::List(_) | Value::Object(_) => {
                let mut text = String::new();
                write(item, &mut text);
                grid.set(column, Cell::Other(&text));
            }
        }
    }
}

fn write(value: &Value<'_>, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                write(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, (key, value)) in members.iter().enumerate() {
                out.push_str(if i == 0 { "" } else { "," });
                write_text(key, out);
                out.push(':');
                write(value, out);
            }
            out.push('}');
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    // Writing a text cannot fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// The error `bad_file` for a text that is not JSON.
fn not_json(file: &str, text: &str, fault: Fault) -> EngineError {
    let before = text.get(..fault.at).unwrap_or(text);
    let line = super::text::n_line_ends(before) + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    let message = format!(
        "\"{file}\" is not valid JSON: line {}, character {}: {}.",
        format::count(line),
        format::count(column as u64),
        fault.what
    );
    let hint = if fault.is_end {
        "The file may be cut off: write or download it again."
    } else {
        "Correct the file there, or write it again with a JSON library."
    };
    EngineError::new(ErrorCode::BadFile, message).at_file(file).at_line(line).hint(hint)
}

/// A document while it is read.
struct Document<'t> {
    file: &'t str,
    text: &'t str,
    scanner: Scanner<'t>,
    lines: LineCounter,
    records: Records,
    n_values: usize,
    pace: Pace,
    stage: String,
}

/// A member of an object on the top level: its key, and where its value begins.
struct Member {
    key: String,
    at: usize,
    is_list_of_records: bool,
}

impl Document<'_> {
    async fn read(&mut self) -> Result<(), EngineError> {
        self.scanner.skip_space();
        let mut is_first = true;
        while !self.scanner.is_done() {
            match self.scanner.peek() {
                Some(b'[') => {
                    let opened = self.scanner.enter(b'[');
                    let mut is_first_item = self.checked(opened)?;
                    loop {
                        let item = self.scanner.next_item(&mut is_first_item);
                        if !self.checked(item)? {
                            break;
                        }
                        self.record().await?;
                    }
                }
                Some(b'{') if is_first => self.object().await?,
                _ => self.record().await?,
            }
            is_first = false;
        }
        Ok(())
    }

    /// Reads the value that comes next as a record.
    async fn record(&mut self) -> Result<(), EngineError> {
        let line = self.lines.line(self.text, self.scanner.at());
        let value = self.scanner.value();
        let value = self.checked(value)?;
        self.records.push(&value, line, self.file)?;
        self.step().await
    }

    /// The first object: a record, or a document whose members are lists of records.
    async fn object(&mut self) -> Result<(), EngineError> {
        let start = self.scanner.at();
        let n_replaced = self.scanner.replaced_at.len();
        let mut members = Vec::new();
        let opened = self.scanner.enter(b'{');
        let mut is_first = self.checked(opened)?;
        loop {
            let key = self.scanner.next_key(&mut is_first);
            let Some(key) = self.checked(key)? else { break };
            let at = self.scanner.at();
            let is_list_of_records = self.skip_records().await?;
            members.push(Member { key: key.into_owned(), at, is_list_of_records });
        }
        // What was passed over is read again.
        self.scanner.replaced_at.truncate(n_replaced);
        let end = self.scanner.at();
        let has_lists = members.iter().any(|member| member.is_list_of_records);
        if !has_lists || !self.scanner.is_done() {
            self.scanner.move_to(start);
            return self.record().await;
        }
        let mut normaliser = Normaliser::new(self.file, MAX_CONTENT_BYTES);
        let mut rest = Vec::new();
        let mut roots: Vec<(String, usize)> = Vec::new();
        for member in members {
            self.scanner.move_to(member.at);
            if !member.is_list_of_records {
                let value = self.scanner.value();
                rest.push((member.key.into(), self.checked(value)?));
                continue;
            }
            let known = roots.iter().find(|(key, _)| *key == member.key).map(|(_, root)| *root);
            let root = known.unwrap_or_else(|| {
                let path = if roots.is_empty() { Vec::new() } else { vec![member.key.clone()] };
                normaliser.add_root(path)
            });
            roots.push((member.key, root));
            let opened = self.scanner.enter(b'[');
            let mut is_first = self.checked(opened)?;
            loop {
                let item = self.scanner.next_item(&mut is_first);
                if !self.checked(item)? {
                    break;
                }
                let line = self.lines.line(self.text, self.scanner.at());
                let value = self.scanner.value();
                let value = self.checked(value)?;
                normaliser.push(root, &value, line)?;
                self.step().await?;
            }
        }
        if !rest.is_empty() {
            let root = normaliser.add_root(vec![REST.into()]);
            normaliser.push(root, &Value::Object(rest), self.lines.line(self.text, start))?;
        }
        self.scanner.move_to(end);
        self.records = Records::Tables(normaliser);
        Ok(())
    }

    /// Passes over a value, in steps; `true` for a list of objects and nothing else.
    async fn skip_records(&mut self) -> Result<bool, EngineError> {
        if self.scanner.peek() != Some(b'[') {
            let skipped = self.scanner.skip_value();
            return self.checked(skipped).map(|()| false);
        }
        let (mut n_items, mut n_objects) = (0usize, 0usize);
        let opened = self.scanner.enter(b'[');
        let mut is_first = self.checked(opened)?;
        loop {
            let item = self.scanner.next_item(&mut is_first);
            if !self.checked(item)? {
                return Ok(n_items > 0 && n_objects == n_items);
            }
            n_items += 1;
            n_objects += usize::from(self.scanner.peek() == Some(b'{'));
            let skipped = self.scanner.skip_value();
            self.checked(skipped)?;
            self.step().await?;
        }
    }

    fn checked<T>(&self, read: Result<T, Fault>) -> Result<T, EngineError> {
        read.map_err(|fault| not_json(self.file, self.text, fault))
    }

    async fn step(&mut self) -> Result<(), EngineError> {
        self.n_values += 1;
        if self.n_values.is_multiple_of(SLICE_VALUES) {
            let done = self.scanner.at() as f64 / self.text.len().max(1) as f64;
            self.pace.step(done, &self.stage).await?;
        }
        Ok(())
    }
}
