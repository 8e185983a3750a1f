//! Runs the analysis.

pub fn run() {}
