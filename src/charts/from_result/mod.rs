//! Charts of results: a folder an analysis, a file a chart. Each is a pure function of the result.

pub mod ab_test;
pub mod chart;
pub mod correlate;
pub mod describe;
mod words;
