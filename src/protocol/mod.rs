//! What the page and the engine say to each other. See `docs/protocol.md`.
//!
//! Knows the specs and results of the analyses, and nothing of how they are computed or shown.

mod reply;
mod request;

pub use crate::model::{EngineError, ErrorCode, Place};
pub use reply::{LoadedTable, Message, Outcome, Progress, Ready, Reply, ScenarioEntry};
pub use request::{ExportFormat, ExportOptions, Incoming, Request, Source};

/// Grows with every incompatible change. Page and engine must agree.
pub const PROTOCOL: u32 = 1;

/// The version of the build; page and engine ship together.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
