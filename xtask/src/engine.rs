//! `cargo xtask engine < requests.jsonl`: the native engine, built as released.

use crate::{Outcome, process};

/// Cargo speaks on standard error, so that replies are alone on standard output.
pub fn run(arguments: impl Iterator<Item = String>) -> Outcome {
    let mut cargo = process::cargo();
    cargo.args([
        "run",
        "--profile",
        "native",
        "--features",
        "engine,schema",
        "--bin",
        "playhead-engine",
        "--",
    ]);
    process::run(cargo.args(arguments))
}
