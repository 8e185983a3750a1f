//! Running other programs.

use crate::{Outcome, paths};
use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// Cargo itself, in the repository.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// A program, in the repository, with the project's tools first on the path. On Windows `npm` is a
/// script, which is only found with its ending.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut program = program.as_ref().to_owned();
    if cfg!(windows) && program == "npm" {
        program = "npm.cmd".into();
    }
    let mut command = Command::new(program);
    command.current_dir(paths::root()).env("PATH", path_with_tools());
    // Trunk takes NO_COLOR=1 for a wrong value of an option of its own.
    if std::env::var_os("NO_COLOR").is_some() {
        command.env("NO_COLOR", "true");
    }
    // What cargo tells this program about xtask would only mislead another cargo.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

fn path_with_tools() -> OsString {
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let own = paths::tools_bin().into_iter();
    std::env::join_paths(own.chain(std::env::split_paths(&inherited))).unwrap_or(inherited)
}

/// Runs to the end with our own input and output; an unsuccessful end is an error.
pub fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|cause| cannot_start(command, &cause))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", line_of(command))) }
}

/// Runs and gives the trimmed standard output, or `None` where the program is missing or fails.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Runs, shows the standard output as it comes and hands each line to `see`; says whether it succeeded.
pub fn run_and_see(command: &mut Command, mut see: impl FnMut(&str)) -> Outcome<bool> {
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|cause| cannot_start(command, &cause))?;
    if let Some(output) = child.stdout.take() {
        let mut screen = std::io::stdout();
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|cause| format!("{}: {cause}", line_of(command)))?;
            let line = String::from_utf8_lossy(&line);
            // A closed screen is no reason to stop counting.
            let _ = writeln!(screen, "{line}");
            see(&line);
        }
    }
    let status = child.wait().map_err(|cause| format!("{}: {cause}", line_of(command)))?;
    Ok(status.success())
}

/// The first of these programs that the path has.
pub fn find(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(&path_with_tools()).collect();
    let endings: &[&str] = if cfg!(windows) { &[".exe", ".cmd", ".bat"] } else { &[""] };
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| (name, folder)))
        .flat_map(|(name, folder)| endings.iter().map(move |ending| folder.join(format!("{name}{ending}"))))
        .find(|path| path.is_file())
}

fn cannot_start(command: &Command, cause: &std::io::Error) -> String {
    format!("cannot start {}: {cause}", command.get_program().to_string_lossy())
}

/// The command as one would type it.
fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
