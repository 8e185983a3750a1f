//! `cargo xtask bench`: sizes and times, as the table in the README shows them.

use crate::arguments::Arguments;
use crate::{Outcome, browser, build, paths, process, tools};

/// Also installs the peer that the page is compared with, which nothing else needs.
pub fn run(arguments: Arguments) -> Outcome {
    let n_rows = arguments.number("rows")?.unwrap_or(1_000_000);
    tools::ensure()?;
    let chrome = browser::find_or_install()?;
    let dist = build::playhead_site()?;
    let bench = paths::browser_suite().join("bench");
    println!("Installing DuckDB-WASM, to compare with (tests/browser/bench/node_modules)");
    tools::npm_ci(&bench)?;
    let mut node = process::command("node");
    node.current_dir(&bench).env("CHROME", chrome).env("PLAYHEAD_DIST", dist);
    process::run(node.arg("bench.mjs").arg(n_rows.to_string()))
}
