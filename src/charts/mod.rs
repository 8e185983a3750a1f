//! Charts: marks with named channels over scales, laid out to one scene that drawing and
//! hit-testing both use.

pub mod theme;
