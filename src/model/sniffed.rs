//! The beginning of a file, read as a load would read it.

use super::{Page, ParseReport};
use serde::{Deserialize, Serialize};

/// What a file looks like before it is loaded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Sniffed {
    /// Of the rows that were read: `n_rows` and all other counts but `n_bytes` are of them alone.
    pub report: ParseReport,
    /// The first rows, at most [`Sniffed::MAX_ROWS`].
    pub page: Page,
    /// The first lines of the file as they stand in it, long ones cut; empty for workbooks.
    pub raw: Vec<String>,
    /// The rows that were read are all that there are.
    pub is_whole: bool,
    /// Tables that the file makes beside this one.
    pub n_other_tables: u32,
}

impl Sniffed {
    pub const MAX_ROWS: u32 = 50;
    pub const MAX_LINES: usize = 30;
}
