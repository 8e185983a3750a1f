//! How a file is to be read, and the report of how it was read.

use super::Kind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the user said about a file. Everything left out is guessed from the file itself.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ImportOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// One to eight characters, or `whitespace` for any number of spaces and tabs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<String>,
    /// The quote character; an empty string means that nothing is quoted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escape: Option<Escape>,
    /// `true`: the first record alone names the columns; left out, it may be several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<bool>,
    /// Records that name the columns, 0 to 3, whatever `header` says; the names of several are joined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_rows: Option<u32>,
    /// Line at which the table begins, with its header if it has one, from 1. Lines above it are left out, and it goes
    /// on to the end of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_line: Option<u64>,
    /// Which of the tables in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal_mark: Option<DecimalMark>,
    /// The order of dates that are written as numbers. Dates that begin with a year of four digits are read year first
    /// under `dmy` and `mdy` too; a column that cannot be read in the order stays text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// Replaces the built-in list of texts that stand for a missing value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing_tokens: Option<Vec<String>>,
    /// Kinds of columns, by name; the other columns are inferred.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub kinds: BTreeMap<String, Kind>,
}

impl ImportOptions {
    /// Records that can name the columns together.
    pub const MAX_HEADER_ROWS: u32 = 3;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Encoding {
    #[serde(rename = "utf-8")]
    Utf8,
    #[serde(rename = "utf-8-bom")]
    Utf8Bom,
    #[serde(rename = "utf-16le")]
    Utf16Le,
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Latin-1 with the printable characters that Windows puts at 0x80 to 0x9F.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl Encoding {
    /// The name shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with byte order mark",
            Self::Utf16Le => "UTF-16, little-endian",
            Self::Utf16Be => "UTF-16, big-endian",
            Self::Windows1252 => "Latin-1 (Windows-1252)",
        }
    }
}

/// How a quote inside a quoted cell is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Escape {
    /// Twice.
    #[default]
    Doubled,
    /// With a backslash before it.
    Backslash,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    Point,
    Comma,
}

/// The order of year, month and day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    Ymd,
    Dmy,
    Mdy,
}

impl DateOrder {
    /// What comes first.
    pub fn leading(self) -> &'static str {
        match self {
            Self::Ymd => "year",
            Self::Dmy => "day",
            Self::Mdy => "month",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum LineEnding {
    Lf,
    CrLf,
    Cr,
    Mixed,
    /// One line without an end.
    None,
}

/// What a file is, told by its bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// Text with a delimiter between cells.
    #[default]
    Delimited,
    Json,
    /// One JSON value a line.
    JsonLines,
    Xlsx,
}

impl FileFormat {
    /// The name shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Delimited => "delimited text",
            Self::Json => "JSON",
            Self::JsonLines => "JSON Lines",
            Self::Xlsx => "an Excel workbook",
        }
    }
}

/// What was found in a file and what was done with it. Nothing is changed without a line here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ParseReport {
    pub file_name: String,
    /// Size of the file as it was given, compressed or not.
    pub n_bytes: u64,
    pub format: FileFormat,
    /// The file was packed with gzip.
    pub compressed: bool,
    pub encoding: Encoding,
    /// Empty in formats that have none.
    pub delimiter: String,
    /// Empty where the file quotes nothing.
    pub quote: String,
    pub escape: Escape,
    pub line_ending: LineEnding,
    pub has_header: bool,
    /// Records whose cells make up the names; 0 without a header.
    pub n_header_rows: u32,
    /// Line at which the table begins, from 1; lines above it are among the problems.
    pub first_line: u64,
    /// All tables of the file, in order; the one that was read is `table`.
    pub tables: Vec<FoundTable>,
    /// Which of `tables` was read, from 1.
    pub table: u32,
    /// The dialect that fits second best.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<RunnerUp>,
    /// Data rows in the table (the header is not one).
    pub n_rows: u64,
    /// Rows in which at least one cell was coerced, padded or cut.
    pub n_rows_changed: u64,
    /// Rows with fewer cells than columns; what is not there is missing.
    pub n_rows_padded: u64,
    /// Rows with more cells than columns, and their cells that are not in the table.
    pub n_rows_cut: u64,
    pub n_cells_cut: u64,
    /// Rows that were divided anew.
    pub n_rows_repaired: u64,
    pub columns: Vec<ColumnReport>,
    /// The first problems, in file order; at most [`ParseReport::MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// All problems, also those beyond the list.
    pub n_problems: u64,
}

impl ParseReport {
    pub const MAX_PROBLEMS: usize = 200;
}

/// A table among the lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FoundTable {
    pub first_line: u64,
    pub n_columns: u32,
}

/// Another way to divide the file into cells, that was not taken.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RunnerUp {
    pub delimiter: String,
    /// Empty where nothing is quoted.
    pub quote: String,
    /// Its score over that of the dialect that was taken, 0 to 1.
    pub score_ratio: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ColumnReport {
    pub name: String,
    pub kind: Kind,
    /// Why this kind: "all 5,000 values are 0 or 1".
    pub reason: String,
    /// Cells that are empty or a missing token.
    pub n_missing: u64,
    /// Cells with text that is not of the column's kind; they are missing in the table.
    pub n_coerced: u64,
    /// Cells that are missing because their row ends before them; `n_missing` counts them too.
    pub n_padded: u64,
    /// Cells that hold another text because their row was divided anew.
    pub n_repaired: u64,
    /// The currency or percent sign that the values were written with. They are as written: 12.5% is 12.5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The texts read as missing, most frequent first; the empty cell is "".
    pub missing_tokens: Vec<TokenCount>,
    /// Some cells as they stand in the file, beside what they became; one that is written otherwise than it is shown
    /// is among them where the first rows have one.
    pub examples: Vec<Example>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenCount {
    pub token: String,
    pub n: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Example {
    /// Line in the file, from 1.
    pub line: u64,
    pub raw: String,
    pub parsed: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// Line in the file where the record starts, from 1.
    pub line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    pub code: ProblemCode,
    /// What stands in the file, cut after 200 characters.
    pub raw: String,
    /// What was done: "read as missing; expected a number".
    pub action: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The cell is not of its column's kind and was read as missing.
    Coerced,
    /// The row has fewer cells than the header; the rest is missing.
    TooFewCells,
    /// The row has more cells than the header; the extra ones are listed here and not in the table.
    TooManyCells,
    /// A quote that does not open or close a cell was kept as text.
    StrayQuote,
    /// A quote was still open at the end of the file.
    UnclosedQuote,
    /// Bytes that are not text in the file's encoding were replaced by U+FFFD.
    BadBytes,
    /// A header cell was empty or a repetition and got a new name.
    RenamedColumn,
    EmptyLine,
    /// A line above the table that is no part of it.
    Preamble,
    /// A line below the table that is no part of it.
    Footnote,
    /// Another table begins here, which can be loaded on its own.
    OtherTable,
    /// A row of another length whose cells could be told from the kinds of the columns.
    RepairedRow,
    /// A delimiter at the end of every line, which divides nothing.
    TrailingDelimiter,
    /// There is nothing in the file.
    EmptyFile,
    /// A line of JSON Lines that is not JSON; it is listed here and not in the table.
    BadLine,
    /// Numbers of a column have several currency or percent signs, so they were left as text.
    MixedUnits,
    /// A date is not written in the order that the options ask for; it is the first of its column, which was left as
    /// text.
    OtherDateOrder,
    /// A key stands twice in one JSON object; the earlier value is listed here, the last one is in the table.
    RepeatedKey,
}
