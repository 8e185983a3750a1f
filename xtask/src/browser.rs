//! Finding a browser for the suite and the benchmarks, or installing Debian's.

use crate::{Outcome, process};
use std::path::{Path, PathBuf};

const NAMES: &[&str] =
    &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge"];

const PLACES: &[&str] = &[
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
    "/snap/bin/chromium",
];

/// The browser that `CHROME` names, else one that is installed, else Debian's after installing it.
pub fn find_or_install() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("CHROME") {
        let named = PathBuf::from(named);
        if named.is_file() {
            return Ok(named);
        }
        return Err(format!("CHROME names {}, which is not there", named.display()));
    }
    if let Some(found) = find() {
        return Ok(found);
    }
    if is_root() && process::find(&["apt-get"]).is_some() {
        println!("No browser was found: installing Debian's Chromium (the browser suite drives it)");
        let apt = |words: &[&str]| {
            process::run(process::command("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(words))
        };
        let install = ["install", "--yes", "--no-install-recommends", "chromium"];
        apt(&install).or_else(|_| apt(&["update"]).and_then(|()| apt(&install)))?;
    }
    find().ok_or_else(|| {
        "no browser was found. Install Chromium or Google Chrome (on Debian and Ubuntu: sudo apt-get install \
         chromium), or say where one is: CHROME=/path/to/chrome cargo xtask test"
            .into()
    })
}

fn find() -> Option<PathBuf> {
    let installed = || PLACES.iter().map(Path::new).find(|place| place.is_file());
    process::find(NAMES).or_else(|| installed().map(Path::to_path_buf))
}

fn is_root() -> bool {
    cfg!(unix) && process::answer(process::command("id").arg("-u")).as_deref() == Some("0")
}
