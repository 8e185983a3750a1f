//! The vocabulary that every layer speaks: plain data with serde, and nothing else.
//!
//! Knows nothing about polars, statistics, the protocol's envelope or the screen. It exists so that
//! the page can name a table, a filter or an error without compiling the code that makes one.

mod bars;
mod error;
mod filter;
mod function;
mod import;
mod join;
mod kind;
mod profile;
mod quality;
mod recipe;
mod relations;
mod scenario;
mod sniffed;
mod table;

pub use bars::{Bar, ColumnBars, TableBars};
pub use error::{EngineError, ErrorCode, Place};
pub use filter::{Filter, Value};
pub use function::Function;
pub use import::{
    ColumnReport, DateOrder, DecimalMark, Encoding, Escape, Example, FileFormat, FoundTable, ImportOptions,
    LineEnding, ParseReport, Problem, ProblemCode, RunnerUp, TokenCount,
};
pub use join::{JoinHow, JoinReport};
pub use kind::Kind;
pub use profile::{ColumnProfile, HistogramBin, NumberProfile, TableProfile, ValueCount};
pub use quality::{Finding, FindingSeverity, LimitCount, QualityReport};
pub use recipe::{
    Aggregate, AggregateFunction, CastStep, CellExample, ColumnsStep, ConcatenateStep, DeriveStep,
    DropDuplicatesStep, DropMissingStep, Fill, FillMissingStep, FilterStep, GroupStep, JoinKey, JoinStep,
    Keep, Limits, LimitsStep, MissingIn, Others, PivotStep, Recipe, RecipeReport, RecipeStep, RecodeStep,
    RenameStep, SampleStep, SortStep, SplitStep, Step, StepProblem, StepReport, UnpivotStep,
};
pub use relations::{
    Cardinality, ColumnOf, DataModel, DdlDialect, KeyCandidate, Relation, RelationEnds, TableKeys,
};
pub use scenario::{KnobRange, ScenarioSpec, Truth, TruthQuantity, UiExperimentSpec};
pub use sniffed::Sniffed;
pub use table::{ColumnInfo, HeaderRow, Page, SortKey, TableInfo, TableOrigin};
