//! `cargo xtask build`: the folder to deploy.

use crate::arguments::Arguments;
use crate::{Outcome, fingerprint, paths, process, site, tools};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Where `serve` and `test` put the site: not the root, because GitHub Pages does not either.
pub const PLAYHEAD_URL: &str = "/playhead/";

pub fn run(arguments: Arguments) -> Outcome {
    tools::ensure()?;
    let public_url = arguments.value("public-url").unwrap_or("./");
    let dist = paths::root().join(arguments.value("dist").unwrap_or("dist"));
    site(public_url, &dist)?;
    println!("The folder to deploy is {}", dist.display());
    Ok(())
}

/// The site for [`PLAYHEAD_URL`] in the usual folder.
pub fn playhead_site() -> Outcome<PathBuf> {
    let dist = paths::root().join("dist");
    site(PLAYHEAD_URL, &dist)?;
    Ok(dist)
}

/// Builds the site for `public_url` into `dist`, unless nothing has changed since that was last done.
fn site(public_url: &str, dist: &Path) -> Outcome {
    let said = |cause: std::io::Error| format!("{}: {cause}", dist.display());
    let compiler = process::answer(process::command("rustc").arg("--version")).unwrap_or_default();
    let wanted = fingerprint::of_site_inputs(&paths::root(), &[public_url, &compiler]);
    let stamp = stamp_of(dist)?;
    if dist.join("index.html").is_file() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == wanted) {
        println!("The site in {} is up to date.", dist.display());
        return Ok(());
    }
    if !is_ours_to_replace(dist) {
        return Err(format!("{} holds something else; name another --dist.", dist.display()));
    }
    let start = Instant::now();
    println!("Building the release site for {public_url} (several minutes from scratch)");
    let stage = paths::cache()?.join("stage");
    let _ = fs::remove_dir_all(&stage);
    let mut trunk = process::command("trunk");
    trunk.args(["build", "--release", "--locked", "--skip-version-check", "--public-url", public_url]);
    process::run(trunk.arg("--dist").arg(&stage).env("RUST_BACKTRACE", "0"))?;
    site::finish(&stage)?;

    let _ = fs::remove_file(&stamp);
    if dist.exists() {
        fs::remove_dir_all(dist).map_err(said)?;
    }
    for file in paths::files_below(&stage) {
        let target = dist.join(file.strip_prefix(&stage).unwrap_or(&file));
        fs::create_dir_all(target.parent().unwrap_or(dist)).map_err(said)?;
        fs::copy(&file, &target).map_err(said)?;
    }
    fs::write(&stamp, wanted).map_err(said)?;
    println!("Built in {:.0} s.", start.elapsed().as_secs_f64());
    Ok(())
}

/// The file that remembers what `dist` was built from. It is not in `dist`, which is deployed.
fn stamp_of(dist: &Path) -> Outcome<PathBuf> {
    let stamps = paths::cache()?.join("stamps");
    fs::create_dir_all(&stamps).map_err(|cause| format!("{}: {cause}", stamps.display()))?;
    let key = fingerprint::of_bytes(&[dist.to_string_lossy().as_bytes()]);
    Ok(stamps.join(&key[..16]))
}

/// A folder that is missing, empty, or holds a site.
fn is_ours_to_replace(dist: &Path) -> bool {
    fs::read_dir(dist).map_or(true, |mut entries| entries.next().is_none())
        || dist.join("index.html").is_file()
}
