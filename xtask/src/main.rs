//! The project's commands, one file each: `cargo xtask <command>`.

// Forbidden where it would reach the page; this program never does.
#![allow(clippy::disallowed_methods)]

mod arguments;
mod bench;
mod browser;
mod build;
mod csp;
mod engine;
mod fingerprint;
mod fuzz;
mod http;
mod paths;
mod process;
mod serve;
mod site;
mod test;
mod tools;
mod wasm_opt;

use arguments::Arguments;
use std::process::ExitCode;

/// What goes wrong is said in words, with the next step, and ends the command.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask <command>

  serve [--open] [--port 8080]     installs what is missing, builds the site and serves it on this computer
  test [--only <stage>]            everything that is checked: format, lints, tests, release build, browser suite
  build [--public-url /x/] [--dist dist]
                                   makes the folder to deploy; without a URL it works under any path
  bench [--rows 1000000]           measures sizes and times, and prints the README's table
  fuzz [--seconds 60] [--seed 1]   damaged files and expressions for that long, from the input of that number on
  engine < requests.jsonl          the engine without a browser: replies on standard output

Where cargo builds is cargo's own choice; CARGO_TARGET_DIR moves it.";

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let outcome = match command.as_str() {
        "serve" => Arguments::read(words, &["port"], &["open"]).and_then(serve::run),
        "test" => Arguments::read(words, &["only"], &[]).and_then(test::run),
        "build" => Arguments::read(words, &["public-url", "dist"], &[]).and_then(build::run),
        "bench" => Arguments::read(words, &["rows"], &[]).and_then(bench::run),
        "fuzz" => Arguments::read(words, &["seconds", "seed"], &[]).and_then(fuzz::run),
        "engine" => engine::run(words),
        "" | "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command {other:?}.\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cargo xtask {command}: {message}");
            ExitCode::FAILURE
        }
    }
}
