//! `cargo xtask fuzz --seconds 900`: damaged inputs for as long as that, on the engine as it is released.

use crate::arguments::Arguments;
use crate::{Outcome, process};

pub fn run(arguments: Arguments) -> Outcome {
    let seconds = arguments.number("seconds")?.unwrap_or(60);
    let mut cargo = process::cargo();
    cargo.args(["test", "--profile", "native", "--features", "engine", "--test", "fuzz", "--"]);
    cargo.arg("--nocapture").env("PLAYHEAD_FUZZ_SECONDS", seconds.to_string());
    if let Some(seed) = arguments.number("seed")? {
        cargo.env("PLAYHEAD_FUZZ_SEED", seed.to_string());
    }
    process::run(&mut cargo)
}
