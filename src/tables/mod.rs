//! Tables: import, kinds, filters, pages, profiles, joins, recipes, relations, quality and export, with polars-core behind one wall.
//!
//! Knows nothing of statistics. What other layers see are plain slices, codes and texts; no polars type
//! leaves this module.

mod bars;
mod calendar;
mod calendar_names;
mod codes;
mod column;
mod digits;
mod export;
mod export_json_lines;
pub mod expression;
mod filter;
mod form;
mod formats;
mod gather;
mod import;
mod join;
mod join_keys;
mod moment;
mod natural;
mod number;
mod page;
mod profile;
mod quality;
mod read_moment;
mod read_named;
mod recipe;
mod relations;
mod search;
mod source;
mod table;
mod typed;
mod unit;
mod values;

pub use codes::Codes;
pub use column::{ColumnData, NewColumn};
pub use formats::{load_all, sniff_file};
pub use import::{Crew, Parcel, Share, load, load_in_chunks, read_share};
pub use join::join;
pub use quality::find_quality;
pub use recipe::run_recipe;
pub use relations::{find_relations, measure_relations, write_ddl};
#[cfg(not(target_arch = "wasm32"))]
pub use source::PathSource;
pub use source::{ByteSource, MemorySource};
pub use table::Table;
