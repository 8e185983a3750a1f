//! Replies: what the engine answers.

use super::ExportFormat;
use crate::analyses::chart::{ChartPanel, IndexedChart};
use crate::analyses::{AnalysisResult, CatalogEntry};
use crate::model::{
    DataModel, DdlDialect, EngineError, JoinReport, Page, ParseReport, QualityReport, RecipeReport,
    ScenarioSpec, Sniffed, TableBars, TableInfo, TableProfile, Truth,
};
use serde::{Deserialize, Serialize};

/// The worker's first word in the browser, before any request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ready {
    pub protocol: u32,
    pub version: String,
}

/// One line from the engine: progress any number of times, then a reply or an error, once.
/// `id` is `null` only where a line could not be read far enough to know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    pub id: Option<u64>,
    #[serde(flatten)]
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Progress(Progress),
    Reply(Box<Reply>),
    Error(EngineError),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Progress {
    /// Share done, 0 to 1.
    pub done: f64,
    /// What is being done, for people: "reading sessions.csv".
    pub stage: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reply {
    Hello {
        protocol: u32,
        version: String,
        analyses: Vec<CatalogEntry>,
        scenarios: Vec<ScenarioEntry>,
    },
    Loaded {
        table: TableInfo,
        report: ParseReport,
        /// The other tables of a file that makes several.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        also: Vec<LoadedTable>,
    },
    Sniffed(Box<Sniffed>),
    Tables {
        tables: Vec<TableInfo>,
    },
    Preview {
        page: Page,
    },
    Bars {
        bars: TableBars,
    },
    Profile {
        profile: TableProfile,
    },
    Generated {
        tables: Vec<TableInfo>,
        truths: Vec<Truth>,
    },
    /// `table` is `None` after a dry run.
    Joined {
        table: Option<TableInfo>,
        report: JoinReport,
    },
    /// `table` is `None` after a dry run.
    Recipe {
        table: Option<TableInfo>,
        report: RecipeReport,
    },
    Relations {
        model: DataModel,
    },
    Quality {
        report: QualityReport,
    },
    Ddl {
        dialect: DdlDialect,
        text: String,
    },
    Result {
        result: AnalysisResult,
    },
    /// The charts that `brush_to` answers for `index`.
    BrushOpened {
        index: u64,
        charts: Vec<IndexedChart>,
    },
    /// Both ends are among the rows.
    Brushed {
        index: u64,
        /// The edges of bins nearest to what was asked.
        from: f64,
        to: f64,
        /// The panels of each chart, in the order in which they were opened; without intervals.
        charts: Vec<Vec<ChartPanel>>,
    },
    /// `text` carries the file where no path was given (natively); in the browser the bytes travel
    /// beside the message.
    Exported {
        table: String,
        #[serde(default)]
        format: ExportFormat,
        n_rows: u64,
        n_bytes: u64,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<String>,
    },
    Dropped {
        table: String,
    },
    /// `was_known` is false where the target had already been answered, or was never asked.
    Cancelled {
        target: u64,
        was_known: bool,
    },
}

/// A table with the report of how it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LoadedTable {
    pub table: TableInfo,
    pub report: ParseReport,
}

/// A world that `generate` can make.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ScenarioEntry {
    pub scenario: String,
    pub title: String,
    pub summary: String,
    /// The world with every knob at its default.
    pub default_spec: ScenarioSpec,
}
