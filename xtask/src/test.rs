//! `cargo xtask test`: everything that is checked, with the time of each stage and one last line that
//! counts all tests.

use crate::arguments::Arguments;
use crate::{Outcome, browser, build, paths, process, tools};
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// Everything, the page too: its state and updates are tested without a browser.
const NATIVE_FEATURES: &str = "app,engine,schema";
const WASM: &str = "wasm32-unknown-unknown";

struct Stage {
    name: &'static str,
    run: fn(&mut Counts) -> Outcome,
}

const STAGES: &[Stage] = &[
    Stage { name: "tools", run: |counts| counts.check(tools::ensure()) },
    Stage { name: "format", run: format },
    Stage { name: "clippy-native", run: clippy_native },
    Stage { name: "clippy-wasm", run: clippy_wasm },
    Stage { name: "native", run: native },
    Stage { name: "site", run: |counts| counts.check(build::playhead_site().map(|_| ())) },
    Stage { name: "browser", run: browser_suite },
];

/// Tests of a stage. A stage without tests of its own (format, lints, builds) counts as one.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
struct Counts {
    n_passed: u64,
    n_failed: u64,
}

impl Counts {
    fn check(&mut self, outcome: Outcome) -> Outcome {
        match outcome {
            Ok(()) => self.n_passed += 1,
            Err(_) => self.n_failed += 1,
        }
        outcome
    }

    /// Runs a program that prints how many tests passed and failed.
    fn read(&mut self, command: &mut Command, counts_in: fn(&str) -> Option<Counts>) -> Outcome {
        let before = *self;
        let succeeded = process::run_and_see(command, |line| {
            if let Some(found) = counts_in(line) {
                self.n_passed += found.n_passed;
                self.n_failed += found.n_failed;
            }
        })?;
        if succeeded && *self == before {
            self.n_failed += 1;
            return Err("no test was run".into());
        }
        if !succeeded && self.n_failed == before.n_failed {
            self.n_failed += 1;
            return Err("it could not be built or did not come to its end".into());
        }
        if succeeded { Ok(()) } else { Err("tests failed".into()) }
    }
}

/// Runs every stage, also after one has failed, so that one run shows all there is to mend.
pub fn run(arguments: Arguments) -> Outcome {
    let only = arguments.value("only");
    if only.is_some_and(|only| STAGES.iter().all(|stage| stage.name != only)) {
        let names: Vec<&str> = STAGES.iter().map(|stage| stage.name).collect();
        return Err(format!("the stages are {}", names.join(", ")));
    }
    let mut lines = Vec::new();
    let mut all = Counts::default();
    for stage in STAGES.iter().filter(|stage| only.is_none_or(|only| only == stage.name)) {
        println!("\n== {} ==", stage.name);
        let start = Instant::now();
        let mut counts = Counts::default();
        let outcome = (stage.run)(&mut counts);
        let said = match &outcome {
            Ok(()) => "passed".to_owned(),
            Err(cause) => format!("FAILED: {cause}"),
        };
        if outcome.is_err() {
            // A stage that failed before it could count anything is a failure nevertheless.
            counts.n_failed = counts.n_failed.max(1);
        }
        all.n_passed += counts.n_passed;
        all.n_failed += counts.n_failed;
        let line = format!(
            "{:<14} {:>6.1} s  {:>5} passed {:>3} failed  {said}",
            stage.name,
            start.elapsed().as_secs_f64(),
            counts.n_passed,
            counts.n_failed
        );
        println!("{line}");
        lines.push(line);
    }
    println!("\n{}\n", lines.join("\n"));
    println!("{} passed, {} failed", all.n_passed, all.n_failed);
    if all.n_failed == 0 { Ok(()) } else { Err("not everything passed; see above".into()) }
}

fn format(counts: &mut Counts) -> Outcome {
    counts.check(process::run(process::cargo().args(["fmt", "--all", "--check"])))
}

fn clippy_native(counts: &mut Counts) -> Outcome {
    let engine = clippy(&["--package", "playhead", "--all-targets", "--features", NATIVE_FEATURES]);
    counts.check(engine)?;
    counts.check(clippy(&["--package", "xtask", "--all-targets"]))
}

/// Each binary with its own features alone, as it is shipped.
fn clippy_wasm(counts: &mut Counts) -> Outcome {
    let app = clippy(&["--target", WASM, "--bin", "playhead", "--features", "app"]);
    let engine = clippy(&["--target", WASM, "--bin", "playhead-engine", "--features", "engine"]);
    counts.check(app).and(counts.check(engine))
}

fn clippy(words: &[&str]) -> Outcome {
    process::run(process::cargo().arg("clippy").args(words).args(["--", "-D", "warnings"]))
}

/// Unit, reference, import and stdio tests, layer rules, and those of this program.
fn native(counts: &mut Counts) -> Outcome {
    let mut test = process::cargo();
    test.args(["test", "--no-fail-fast", "--package", "playhead", "--features", NATIVE_FEATURES]);
    let playhead = counts.read(&mut test, counts_of_cargo_test);
    let own = counts.read(process::cargo().args(["test", "--package", "xtask"]), counts_of_cargo_test);
    playhead.and(own)
}

fn browser_suite(counts: &mut Counts) -> Outcome {
    let chrome = browser::find_or_install()?;
    println!("The browser is {}", chrome.display());
    // Its tests are of the site as it would be deployed, so that must be there.
    let dist = build::playhead_site()?;
    let gallery = gallery()?;
    let suite = paths::browser_suite();
    let mut node = process::command("node");
    node.current_dir(&suite).env("CHROME", chrome).env("PLAYHEAD_DIST", dist);
    node.env("PLAYHEAD_ENGINE", native_engine()?).env("PLAYHEAD_GALLERY", gallery);
    node.args(["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    let mut files: Vec<_> = paths::files_below(&suite.join("suite"))
        .into_iter()
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    counts.read(node.args(files), counts_of_node_test)
}

/// A folder with a picture of every chart, which the native tests draw; an older one would keep charts
/// that are no more.
fn gallery() -> Outcome<PathBuf> {
    let folder = paths::cache()?.join("gallery");
    if folder.exists() {
        fs::remove_dir_all(&folder).map_err(|cause| format!("cannot empty {}: {cause}", folder.display()))?;
    }
    let mut test = process::cargo();
    test.env("DRAW_CHARTS", &folder).args(["test", "--package", "playhead", "--features", NATIVE_FEATURES]);
    process::run(test.args(["--test", "charts", "every_case_draws_in_every_theme"]))?;
    Ok(folder)
}

/// The native engine, against whose answers the page's are held: the one that the native tests run.
fn native_engine() -> Outcome<String> {
    let mut build = process::cargo();
    build.args(["build", "--bin", "playhead-engine", "--features", NATIVE_FEATURES]);
    process::run(&mut build)?;
    let said = process::answer(build.args(["--quiet", "--message-format", "json"])).unwrap_or_default();
    let path = said.rsplit("\"executable\":\"").next().and_then(|rest| rest.split('"').next());
    path.map(|path| path.replace("\\\\", "\\")).ok_or_else(|| "cargo does not say where the engine is".into())
}

/// `test result: ok. 12 passed; 0 failed; ...`
fn counts_of_cargo_test(line: &str) -> Option<Counts> {
    let rest = line.strip_prefix("test result: ")?;
    let number_before = |word: &str| rest.split(word).next()?.split_whitespace().last()?.parse().ok();
    Some(Counts { n_passed: number_before(" passed")?, n_failed: number_before(" failed")? })
}

/// `ℹ pass 12` and `ℹ fail 0`, after whatever mark the reporter begins with.
fn counts_of_node_test(line: &str) -> Option<Counts> {
    let mut words = line.split_whitespace().skip(1);
    let (word, number) = (words.next()?, words.next()?.parse().ok()?);
    match (word, words.next()) {
        ("pass", None) => Some(Counts { n_passed: number, n_failed: 0 }),
        ("fail" | "cancelled", None) => Some(Counts { n_passed: 0, n_failed: number }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_both_runners() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out";
        assert_eq!(counts_of_cargo_test(line), Some(Counts { n_passed: 12, n_failed: 3 }));
        assert_eq!(counts_of_cargo_test("test stats::mean ... ok"), None);
        assert_eq!(counts_of_node_test("ℹ pass 7"), Some(Counts { n_passed: 7, n_failed: 0 }));
        assert_eq!(counts_of_node_test("# fail 2"), Some(Counts { n_passed: 0, n_failed: 2 }));
        assert_eq!(counts_of_node_test("✔ pass 7 files to the page"), None);
    }

    #[test]
    fn a_run_without_tests_is_a_failure() {
        let mut counts = Counts::default();
        let outcome = counts.read(process::cargo().arg("--version"), counts_of_cargo_test);
        assert!(outcome.is_err());
        assert_eq!(counts, Counts { n_passed: 0, n_failed: 1 });
    }
}
