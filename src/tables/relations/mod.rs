//! Relations between tables: keys, foreign keys, what the rows say of them, and the model as SQL.
//!
//! A key is a column that is different in every row. A foreign key is a column whose values are in a key of
//! another table, and whose name or values make that more than chance. Samples rule out most pairs of columns;
//! what is left is counted exactly.

mod ddl;
mod infer;
mod keys;
mod measure;
mod names;
mod sample;
mod sql_names;
mod sql_types;

pub use ddl::write_ddl;
pub use infer::find_relations;
pub use measure::measure_relations;
pub(super) use names::{is_own_key, looks_like_key, words};
