//! wasm-opt, from npm's `binaryen`: a distribution's own may be old enough to break the module.
//! Optimising takes minutes and depends on nothing but the module, so the outcome is kept.

use crate::{Outcome, fingerprint, paths, process};
use std::path::Path;
use std::time::Instant;

/// What rustc uses on wasm32 today; naming them keeps wasm-opt from emitting anything newer.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// Optimises the module in place, or puts the kept outcome of an earlier time there.
pub fn optimise(module: &Path, name: &str, level: &str) -> Outcome {
    let said = |cause: std::io::Error| format!("{}: {cause}", module.display());
    let bytes = std::fs::read(module).map_err(said)?;
    let key = fingerprint::of_bytes(&[level.as_bytes(), FEATURES.concat().as_bytes(), &bytes]);
    let folder = paths::cache()?.join("wasm-opt");
    std::fs::create_dir_all(&folder).map_err(said)?;
    let kept = folder.join(format!("{name}-{}.wasm", &key[..16]));
    if !kept.is_file() {
        println!("  wasm-opt {level} {name} ({:.1} MB) ...", bytes.len() as f64 / 1e6);
        let start = Instant::now();
        let unfinished = kept.with_extension("unfinished");
        let wasm_opt = paths::browser_suite().join("node_modules").join("binaryen").join("bin");
        let mut command = process::command("node");
        command.arg(wasm_opt.join("wasm-opt")).arg(level).args(FEATURES);
        process::run(command.arg(module).arg("--output").arg(&unfinished))?;
        forget_earlier(&folder, name);
        std::fs::rename(&unfinished, &kept).map_err(said)?;
        println!("  wasm-opt {level} {name}: {:.0} s", start.elapsed().as_secs_f64());
    }
    std::fs::copy(&kept, module).map(|_| ()).map_err(said)
}

/// Keeps the folder from growing with every build.
fn forget_earlier(folder: &Path, name: &str) {
    for file in paths::files_below(folder) {
        let file_name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let key = file_name.strip_prefix(name).and_then(|rest| rest.strip_prefix('-'));
        let is_key = |key: &str| key.len() == 16 && key.bytes().all(|byte| byte.is_ascii_hexdigit());
        if key.and_then(|key| key.strip_suffix(".wasm")).is_some_and(is_key) {
            let _ = std::fs::remove_file(file);
        }
    }
}
