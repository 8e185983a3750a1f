//! Charts: marks with named channels over scales, laid out to one scene that drawing and
//! hit-testing both use.
//!
//! `model` says what is shown, `layout` makes a `scene` of it, `draw` paints the scene, `hit` finds the
//! mark that is meant and `cursor` marks it. Knows nothing of the browser: text is measured through a
//! trait, drawing goes to any backend, colours are roles that a `theme` resolves.
//!
//! To add a chart: one file in `from_result/` that fills a [`model::Chart`] from a result, and one line in
//! `tests/charts/cases.rs`; `UPDATE_SNAPSHOTS=1 cargo test --features charts --test charts` writes its
//! snapshot. `kinds/` makes charts of plain numbers, for analyses that only fill them in. A new kind of mark
//! is one file in `marks/` and a line in [`model::Mark`].

pub mod cursor;
pub mod draw;
pub mod from_result;
pub mod geometry;
pub mod hit;
pub mod kinds;
pub mod layout;
pub mod marks;
pub mod measure;
pub mod model;
pub mod number_format;
pub mod scale;
pub mod scene;
mod symbol;
pub mod table;
pub mod theme;
