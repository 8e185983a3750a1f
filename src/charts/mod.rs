//! Charts: marks with named channels over scales, laid out to one scene that drawing and
//! hit-testing both use.
//!
//! `model` says what is shown, `layout` makes a `scene` of it, `draw` paints the scene, `hit` finds the
//! mark that is meant and `cursor` marks it. A chart of a new kind is one function in `from_result/`.

pub mod cursor;
pub mod draw;
pub mod from_result;
pub mod geometry;
pub mod hit;
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
