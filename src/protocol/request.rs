//! Requests: what the page asks.

use crate::analyses::Spec;
use crate::analyses::chart::ChartSpec;
use crate::model::{
    DdlDialect, Filter, HeaderRow, ImportOptions, JoinHow, Recipe, RelationEnds, ScenarioSpec, SortKey,
};
use serde::{Deserialize, Serialize};

/// A request with the number that its answers repeat.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Incoming {
    pub id: u64,
    pub request: Request,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// First of all: do both sides speak the same protocol?
    Hello {
        protocol: u32,
    },
    /// Reads a file or a text into a table; an existing table of the name is replaced. A file that makes
    /// several names the others `<table>_<part>`.
    Load {
        table: String,
        source: Source,
        #[serde(default)]
        options: ImportOptions,
    },
    /// Reads the beginning of a file as a load would, and keeps nothing of it.
    Sniff {
        source: Source,
        #[serde(default)]
        options: ImportOptions,
    },
    /// Lists the tables.
    Tables {},
    /// A page of rows as text.
    Preview {
        table: String,
        #[serde(default)]
        offset: u64,
        /// At most 1,000.
        #[serde(default = "default_limit")]
        limit: u32,
        #[serde(default)]
        sort: Vec<SortKey>,
        #[serde(default)]
        filter: Vec<Filter>,
        /// Only rows of which some cell, as text, contains this; whatever the case. Empty: all.
        #[serde(default)]
        search: String,
    },
    /// A small chart of every column, of the rows that pass the filters of the other columns.
    Bars {
        table: String,
        #[serde(default)]
        filter: Vec<Filter>,
        #[serde(default)]
        search: String,
    },
    /// Summaries of every column.
    Profile {
        table: String,
        #[serde(default)]
        filter: Vec<Filter>,
    },
    /// Makes the tables of a seeded world; existing tables of their names are replaced.
    Generate {
        spec: ScenarioSpec,
    },
    /// Adds the columns of `right` to the rows of `left`.
    Join {
        left: String,
        right: String,
        left_key: String,
        right_key: String,
        #[serde(default)]
        how: JoinHow,
        /// Name of the new table.
        into: String,
        /// Only reports what the join would do.
        #[serde(default)]
        dry_run: bool,
    },
    /// Cleans a table by an ordered list of steps; the table itself stays as it is.
    Recipe(Recipe),
    /// Finds keys and foreign keys of the tables, or counts what the rows say of given relations.
    Relations {
        /// Empty: all that were not made of others.
        #[serde(default)]
        tables: Vec<String>,
        /// Measured instead of searched for.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relations: Option<Vec<RelationEnds>>,
    },
    /// Looks for what seems wrong in a table: duplicates, outliers, spellings, and the like. Where other tables are
    /// loaded, also for values that they should have and do not.
    Quality {
        table: String,
    },
    /// Writes the tables and given relations as CREATE TABLE statements.
    Ddl {
        /// Empty: all that were not made of others.
        #[serde(default)]
        tables: Vec<String>,
        dialect: DdlDialect,
        #[serde(default)]
        relations: Vec<RelationEnds>,
    },
    Analyze {
        spec: Spec,
    },
    /// Makes charts of a table ready to follow a range of one of its columns: those whose figures add up (counts, sums, means,
    /// shares, histograms). Kept until the next one is opened or any table changes.
    BrushOpen {
        table: String,
        /// Of numbers, or of times as seconds since 1970-01-01 00:00:00 UTC.
        column: String,
        from: f64,
        to: f64,
        /// Ranges begin and end at the edges of so many bins of one width, at most 4,096.
        #[serde(default = "default_bins")]
        n_bins: u32,
        specs: Vec<ChartSpec>,
    },
    /// The figures of the charts that were made ready, for the rows of a range.
    BrushTo {
        index: u64,
        from: f64,
        to: f64,
    },
    /// Writes a table out: to `path` natively, else into the reply (as a file in the browser).
    Export {
        table: String,
        #[serde(default)]
        format: ExportFormat,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        #[serde(default)]
        options: ExportOptions,
    },
    Drop {
        table: String,
    },
    /// Stops request `target`, running or waiting. It then answers with the error `cancelled`.
    Cancel {
        target: u64,
    },
}

fn default_limit() -> u32 {
    100
}

fn default_bins() -> u32 {
    512
}

/// Where the bytes of a table come from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Source {
    /// A file on this computer (native engine only).
    Path(String),
    /// The text itself: what was pasted.
    Text(String),
    /// The file that travels beside the message in `postMessage` (browser only); its name.
    File(String),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ExportOptions {
    pub header: HeaderRow,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// UTF-8, comma, LF, quotes only where needed.
    #[default]
    Csv,
    /// One object a line, of every column; numbers as they stand in the file, missing cells `null`.
    JsonLines,
}
