//! What the commands need besides Rust: looked for first, installed where it is missing.

use crate::{Outcome, paths, process};
use std::fs;
use std::path::Path;

const WASM_TARGET: &str = "wasm32-unknown-unknown";
const TRUNK_VERSION: &str = "0.21.14";

struct Step {
    what: &'static str,
    is_there: fn() -> Outcome<bool>,
    install: fn() -> Outcome,
    /// Said before the installation: why, and how long.
    why: &'static str,
}

const STEPS: &[Step] = &[
    Step {
        what: "Rust's WebAssembly target",
        is_there: has_wasm_target,
        install: install_wasm_target,
        why: "the page and its engine are compiled for it; seconds",
    },
    Step {
        what: "Trunk",
        is_there: has_trunk,
        install: install_trunk,
        why: "it puts the site together; about 3 minutes, once",
    },
    Step {
        what: "wasm-bindgen",
        is_there: has_wasm_bindgen,
        install: install_wasm_bindgen,
        why: "it joins Rust and JavaScript and must be of the version in Cargo.lock; about 2 minutes, once",
    },
    Step {
        what: "npm packages (wasm-opt and what drives the browser in tests)",
        is_there: has_npm_packages,
        install: install_npm_packages,
        why: "wasm-opt makes the download smaller; 120 MB in tests/browser/node_modules",
    },
];

/// Installs what is missing for a build of the site, saying so; says nothing where all is there.
pub fn ensure() -> Outcome {
    for (step_idx, step) in STEPS.iter().enumerate() {
        if !(step.is_there)()? {
            let (number, n_steps) = (step_idx + 1, STEPS.len());
            println!("Step {number} of {n_steps}, {}: installing ({})", step.what, step.why);
            (step.install)().map_err(|cause| format!("{} could not be installed: {cause}", step.what))?;
            println!("Step {number} of {n_steps}, {}: done", step.what);
        }
    }
    Ok(())
}

fn has_wasm_target() -> Outcome<bool> {
    let mut rustc = process::command("rustc");
    let folder = process::answer(rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]));
    Ok(folder.is_some_and(|folder| Path::new(&folder).is_dir()))
}

fn install_wasm_target() -> Outcome {
    if process::find(&["rustup"]).is_none() {
        return Err(format!(
            "rustup is missing. Install Rust from https://rustup.rs, or add the target {WASM_TARGET} the way \
             this Rust was installed (on Debian: rust-std for wasm32)."
        ));
    }
    process::run(process::command("rustup").args(["target", "add", WASM_TARGET]))
}

fn has_trunk() -> Outcome<bool> {
    let said = process::answer(process::command("trunk").arg("--version"));
    Ok(said.is_some_and(|said| said.split_whitespace().nth(1) == Some(TRUNK_VERSION)))
}

/// Without encrypted connections: it only arranges what is on this computer.
fn install_trunk() -> Outcome {
    install_crate("trunk", TRUNK_VERSION, "0", &["--no-default-features"])
}

fn has_wasm_bindgen() -> Outcome<bool> {
    let version = locked_version("wasm-bindgen")?;
    let said = process::answer(process::command("wasm-bindgen").arg("--version"));
    Ok(said.is_some_and(|said| said.split_whitespace().nth(1) == Some(version.as_str())))
}

fn install_wasm_bindgen() -> Outcome {
    install_crate("wasm-bindgen-cli", &locked_version("wasm-bindgen")?, "1", &["--bin", "wasm-bindgen"])
}

/// The version of a package in Cargo.lock.
fn locked_version(package: &str) -> Outcome<String> {
    let path = paths::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(|cause| format!("{}: {cause}", path.display()))?;
    let name = format!("name = \"{package}\"\n");
    let after = lock.split_once(&name).map(|(_, after)| after);
    let version = after.and_then(|after| after.split('"').nth(1));
    version.map(str::to_owned).ok_or_else(|| format!("{package} is not in Cargo.lock"))
}

/// Into the project's own folder. The tools need not be fast themselves: with few optimisations they
/// are built in less than half of the time.
fn install_crate(name: &str, version: &str, level: &str, options: &[&str]) -> Outcome {
    let cache = paths::cache()?;
    let install = |lock: &[&str]| {
        let mut cargo = process::cargo();
        cargo.args(["install", name, "--version", version, "--force", "--debug"]).args(options).args(lock);
        cargo.arg("--root").arg(cache.join("tools"));
        cargo.env("CARGO_TARGET_DIR", cache.join("tools-build"));
        cargo.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_OPT_LEVEL", level);
        process::run(&mut cargo)
    };
    let outcome = install(&["--locked"]).or_else(|cause| {
        println!("{cause}. Its lock file may name a withdrawn crate: trying again with newer ones.");
        install(&[])
    });
    // Only the program is needed again. What cannot be removed is merely in the way.
    let _ = fs::remove_dir_all(cache.join("tools-build"));
    outcome
}

/// npm leaves a copy of the lock file behind; ours, where we left it, says that the packages fit.
fn has_npm_packages() -> Outcome<bool> {
    let suite = paths::browser_suite();
    let wanted = fs::read(suite.join("package-lock.json"));
    let installed = fs::read(suite.join("node_modules").join(".installed-lock.json"));
    Ok(matches!((wanted, installed), (Ok(wanted), Ok(installed)) if wanted == installed))
}

fn install_npm_packages() -> Outcome {
    npm_ci(&paths::browser_suite())
}

/// Installs exactly what the folder's lock file names.
pub fn npm_ci(folder: &Path) -> Outcome {
    if process::find(&["npm"]).is_none() {
        return Err(
            "Node.js (20 or later, with npm) is missing. Install it from https://nodejs.org or your \
                    system's packages (on Debian: apt-get install nodejs npm)."
                .into(),
        );
    }
    let mut npm = process::command("npm");
    process::run(npm.args(["ci", "--no-fund", "--no-audit", "--loglevel", "error"]).current_dir(folder))?;
    let copy = folder.join("node_modules").join(".installed-lock.json");
    fs::copy(folder.join("package-lock.json"), copy).map(|_| ()).map_err(|cause| cause.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wasm_bindgen_is_locked() {
        let version = locked_version("wasm-bindgen").unwrap();
        assert_eq!(version.split('.').count(), 3, "{version}");
        assert!(locked_version("no-such-package").unwrap_err().contains("Cargo.lock"));
    }
}
