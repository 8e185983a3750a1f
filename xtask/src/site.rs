//! What is done to Trunk's output before it can be deployed: modules made small, the worker's files
//! named after their contents, the service worker told what to keep, the content security policy put in.

use crate::{Outcome, csp, fingerprint, paths, wasm_opt};
use std::fs;
use std::path::{Path, PathBuf};

/// The worker's name, which is its binary's.
const ENGINE: &str = "playhead-engine";
const APP: &str = "playhead";

/// Once the page is there, so that the first visit is not held up. A browser that keeps nothing (private
/// windows) refuses, and that is fine.
const REGISTER: &str = "<script>addEventListener(\"load\",()=>{\
    navigator.serviceWorker?.register(\"./sw.js\").catch(()=>{})})</script>";

/// -O3 and -Oz take four times as long and make the download no smaller.
const LEVEL: &str = "-O2";

pub fn finish(stage: &Path) -> Outcome {
    let app = only_file(stage, |name| name.starts_with("playhead-") && !name.starts_with(ENGINE))?;
    let engine = only_file(stage, |name| name.starts_with(ENGINE))?;
    std::thread::scope(|scope| {
        let app = scope.spawn(|| wasm_opt::optimise(&app, APP, LEVEL));
        wasm_opt::optimise(&engine, ENGINE, LEVEL)?;
        app.join().unwrap_or_else(|_| Err("wasm-opt was interrupted".into()))
    })?;
    let loader = name_worker_by_contents(stage)?;

    let page = stage.join("index.html");
    let html = read(&page)?;
    let added = format!("</title><meta name=\"{ENGINE}\" content=\"{loader}\">{REGISTER}");
    let html = html.replacen("</title>", &added, 1);
    if !html.contains(&loader) {
        return Err("index.html has no </title>, after which the worker's name is put".into());
    }
    write(&page, &csp::insert(&html)?)?;
    let template = read(&paths::root().join("public").join("sw.js"))?;
    write(&stage.join("sw.js"), &service_worker(stage, &template)?)
}

/// The service worker with the files to keep from the start: all but the engine, which is large and is
/// kept once it was used.
fn service_worker(stage: &Path, template: &str) -> Outcome<String> {
    let mut files = paths::files_below(stage);
    files.retain(|file| !file.ends_with("sw.js"));
    let contents: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap_or_default()).collect();
    let version = fingerprint::of_bytes(&contents.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let mut shell = vec!["\"./\"".to_owned()];
    for file in &files {
        let name = file.strip_prefix(stage).unwrap_or(file).to_string_lossy().replace('\\', "/");
        if name != "index.html" && !name.starts_with(ENGINE) {
            shell.push(format!("\"./{name}\""));
        }
    }
    let filled = template
        .replacen("const VERSION = \"\";", &format!("const VERSION = \"{}\";", &version[..16]), 1)
        .replacen("const SHELL = [];", &format!("const SHELL = [{}];", shell.join(", ")), 1);
    if filled.contains("VERSION = \"\"") || !filled.contains(&shell.join(", ")) {
        return Err("public/sw.js does not have the two constants that the build fills in".into());
    }
    Ok(filled)
}

/// The one module whose name fits.
fn only_file(stage: &Path, fits: impl Fn(&str) -> bool) -> Outcome<PathBuf> {
    let mut found = paths::files_below(stage);
    found.retain(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with("_bg.wasm") && fits(&name)
    });
    match (found.pop(), found.is_empty()) {
        (Some(module), true) => Ok(module),
        _ => {
            Err("index.html must have one <link data-trunk rel=\"rust\"> for each of the two binaries".into())
        }
    }
}

/// Trunk leaves a worker's names as they are, so that a new page could meet an old engine from the
/// browser's cache. Renames its files after their contents and gives the loader's new name.
fn name_worker_by_contents(stage: &Path) -> Outcome<String> {
    let [glue, module, loader] =
        ["{}.js", "{}_bg.wasm", "{}_loader.js"].map(|form| form.replace("{}", ENGINE));
    let loader_text = read(&stage.join(&loader)).map_err(|cause| {
        format!("{cause}. The worker's <link data-trunk> in index.html needs data-type=\"worker\" and data-loader-shim.")
    })?;
    let contents = [&glue, &module].map(|name| fs::read(stage.join(name)).unwrap_or_default());
    let hash = fingerprint::of_bytes(&[&contents[0], &contents[1], loader_text.as_bytes()]);
    let renamed = |name: &str| name.replacen(ENGINE, &format!("{ENGINE}-{}", &hash[..16]), 1);

    let mut text = loader_text.clone();
    for name in [&glue, &module] {
        text = text.replace(&format!("./{name}"), &format!("./{}", renamed(name)));
        let (from, to) = (stage.join(name), stage.join(renamed(name)));
        fs::rename(&from, &to).map_err(|cause| format!("{}: {cause}", from.display()))?;
    }
    if text.matches(&hash[..16]).count() != 2 {
        return Err(format!("the worker's loader does not name {glue} and {module}: {loader_text}"));
    }
    write(&stage.join(renamed(&loader)), &text)?;
    fs::remove_file(stage.join(&loader)).map_err(|cause| format!("{loader}: {cause}"))?;
    Ok(renamed(&loader))
}

fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|cause| format!("{}: {cause}", path.display()))
}

fn write(path: &Path, text: &str) -> Outcome {
    fs::write(path, text).map_err(|cause| format!("{}: {cause}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_worker_keeps_the_shell_and_not_the_engine() {
        let stage = std::env::temp_dir().join(format!("playhead-shell-{}", std::process::id()));
        fs::create_dir_all(&stage).unwrap();
        for name in ["index.html", "main-1.css", "playhead-2_bg.wasm", "playhead-engine-3_bg.wasm"] {
            fs::write(stage.join(name), name).unwrap();
        }
        let template = read(&paths::root().join("public").join("sw.js")).unwrap();
        let filled = service_worker(&stage, &template).unwrap();
        assert!(
            filled.contains("const SHELL = [\"./\", \"./main-1.css\", \"./playhead-2_bg.wasm\"];"),
            "{filled}"
        );
        fs::write(stage.join("main-1.css"), "changed").unwrap();
        assert_ne!(filled, service_worker(&stage, &template).unwrap());
        fs::remove_dir_all(&stage).unwrap();
        assert!(service_worker(&stage, "// nothing to fill").is_err());
    }

    #[test]
    fn worker_files_get_new_names_with_new_contents() {
        let stage = std::env::temp_dir().join(format!("playhead-site-{}", std::process::id()));
        let mut loaders = Vec::new();
        for module in ["one", "two"] {
            fs::create_dir_all(&stage).unwrap();
            fs::write(stage.join("playhead-engine.js"), "glue").unwrap();
            fs::write(stage.join("playhead-engine_bg.wasm"), module).unwrap();
            let shim = "importScripts(\"./playhead-engine.js\");wasm_bindgen(\"./playhead-engine_bg.wasm\");";
            fs::write(stage.join("playhead-engine_loader.js"), shim).unwrap();
            let loader = name_worker_by_contents(&stage).unwrap();
            let text = fs::read_to_string(stage.join(&loader)).unwrap();
            for named in text.split('"').filter_map(|part| part.strip_prefix("./")) {
                assert!(stage.join(named).is_file(), "{named} is named but not there");
            }
            fs::remove_dir_all(&stage).unwrap();
            loaders.push(loader);
        }
        assert_ne!(loaders[0], loaders[1]);
    }
}
