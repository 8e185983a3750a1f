//! Where things are.

use crate::Outcome;
use std::path::{Path, PathBuf};

/// The repository.
pub fn root() -> PathBuf {
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&xtask).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// Our folder inside cargo's target folder: tools, optimised modules, stamps. This program was itself
/// built there, so the folder is found whatever chose it (`CARGO_TARGET_DIR`, a configuration file).
pub fn cache() -> Outcome<PathBuf> {
    let program = std::env::current_exe().map_err(|cause| format!("cannot tell where xtask is: {cause}"))?;
    // target/<profile>/xtask, and target/<profile>/deps/xtask-<hash> under test.
    let mut folders = program.ancestors().skip(1).filter(|folder| !folder.ends_with("deps"));
    let target = folders.nth(1).ok_or("xtask is not inside a target folder")?;
    let cache = target.join("xtask-cache");
    std::fs::create_dir_all(&cache).map_err(|cause| format!("cannot make {}: {cause}", cache.display()))?;
    Ok(cache)
}

/// Where `cargo install` puts the tools of this project, so that the user's own stay as they are.
pub fn tools_bin() -> Outcome<PathBuf> {
    Ok(cache()?.join("tools").join("bin"))
}

/// The folder of the browser suite, which also brings wasm-opt.
pub fn browser_suite() -> PathBuf {
    root().join("tests").join("browser")
}

/// All files below a folder, in order, as paths from `root`; a file stands for itself.
pub fn files_below(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![path.to_path_buf()];
    while let Some(path) = waiting.pop() {
        if path.is_file() {
            found.push(path);
        } else if let Ok(entries) = std::fs::read_dir(&path) {
            waiting.extend(entries.filter_map(Result::ok).map(|entry| entry.path()));
        }
    }
    found.sort();
    found
}
