//! Who may import whom. The compiler keeps polars out of the page and Leptos out of the engine
//! (features per binary); this test keeps the layers inside each binary apart.
//!
//! Every `crate::x` path in `src/` is read, those of test modules included, comments and texts left
//! out, and compared with [`LAYERS`].

// A file of the repository that cannot be read stops the test; that is the message.
#![allow(clippy::expect_used)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Files of a folder, and the top-level modules that they may name.
struct Layer {
    /// Path below `src/`: a folder with its slash, or a file. The first that fits counts.
    files: &'static str,
    may_import: &'static [&'static str],
}

const LAYERS: &[Layer] = &[
    Layer { files: "lib.rs", may_import: &[] },
    Layer { files: "format.rs", may_import: &[] },
    Layer { files: "model/", may_import: &["format"] },
    Layer { files: "pace.rs", may_import: &["model"] },
    Layer { files: "stats/", may_import: &["format", "model", "pace"] },
    Layer { files: "tables/", may_import: &["format", "model", "pace"] },
    Layer { files: "scenarios/", may_import: &["format", "model", "pace", "tables"] },
    Layer { files: "analyses/", may_import: &["format", "model", "pace", "stats", "tables"] },
    Layer { files: "protocol/", may_import: &["model", "analyses"] },
    Layer {
        files: "engine/",
        may_import: &["format", "model", "pace", "stats", "tables", "scenarios", "analyses", "protocol"],
    },
    Layer { files: "charts/from_result/", may_import: &["format", "model", "analyses"] },
    Layer { files: "charts/", may_import: &["format", "model"] },
    Layer { files: "ui/", may_import: &["format", "model", "analyses", "protocol", "charts"] },
    Layer { files: "bin/app.rs", may_import: &["ui", "protocol"] },
    Layer { files: "bin/engine.rs", may_import: &["engine", "protocol", "pace", "model"] },
];

/// In `analyses/`, the files that the page compiles too: they describe, and compute nothing.
const ANALYSES_IN_THE_PAGE: &[&str] = &["mod.rs", "catalog.rs", "shared.rs", "spec.rs", "result.rs"];

/// Crates (and parts of std) that belong behind one wall, with the places that may name them.
const WALLS: &[(&str, &[&str])] = &[
    ("polars", &["tables/"]),
    ("leptos", &["ui/", "bin/app.rs"]),
    ("flate2", &["tables/formats/"]),
    ("plotters", &["charts/", "ui/parts/"]),
    ("web_sys", &["ui/", "engine/", "bin/"]),
    ("js_sys", &["ui/", "engine/", "bin/"]),
    ("wasm_bindgen", &["ui/", "engine/", "bin/"]),
    ("rand", &["scenarios/", "stats/", "analyses/", "tables/recipe/"]),
    ("statrs", &["stats/"]),
    ("std::fs", &["tables/", "engine/", "bin/engine.rs"]),
    ("std::env", &["bin/engine.rs"]),
    ("std::net", &[]),
    ("std::thread", &["engine/transport/stdio.rs"]),
];

const MOST_LINES: usize = 600;

#[test]
fn layers_import_only_what_is_below_them() {
    let mut faults = Vec::new();
    for file in rust_files("src") {
        let Some(layer) = LAYERS.iter().find(|layer| file.is_in(layer.files)) else {
            faults.push(format!("{}: in no layer; add it to LAYERS", file.path));
            continue;
        };
        let own = file.path.split(['/', '.']).next().unwrap_or_default();
        let describes =
            file.is_in("analyses/") && ANALYSES_IN_THE_PAGE.iter().any(|name| file.name() == *name);
        for module in modules_named(&file) {
            let is_computing = module == "stats" || module == "tables" || module == "pace";
            if module != own && (!layer.may_import.contains(&module.as_str()) || (describes && is_computing))
            {
                faults.push(format!("{} imports {module}", file.path));
            }
        }
        // The computing half of an analysis exists in the engine alone.
        let may_compute = file.is_in("analyses/") || file.is_in("engine/");
        if !may_compute && analysis_paths(&file.code).iter().any(|path| path.ends_with("::run")) {
            faults.push(format!("{} runs an analysis", file.path));
        }
    }
    assert!(faults.is_empty(), "layers of DESIGN.md section 1 are broken:\n{}", faults.join("\n"));
}

#[test]
fn crates_stay_behind_their_walls() {
    let mut faults = Vec::new();
    for file in rust_files("src") {
        for (name, places) in WALLS {
            if names_crate(&file.code, name) && !places.iter().any(|place| file.is_in(place)) {
                faults.push(format!("{} names {name}; only {places:?} may", file.path));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn colours_are_written_in_one_place_a_language() {
    let mut faults = Vec::new();
    for file in rust_files("src") {
        if file.path != "charts/theme.rs" {
            let coloured = file.texts.iter().find(|text| has_colour(text, &[6, 8]));
            if let Some(text) = coloured {
                faults.push(format!("src/{}: {text:?}", file.path));
            }
            if file.code.contains("RGBColor(") {
                faults.push(format!("src/{}: RGBColor(..)", file.path));
            }
        }
    }
    for path in files_with("style", "css") {
        if !path.ends_with("tokens.css") {
            let text = fs::read_to_string(&path).expect("readable");
            for line in without_block_comments(&text).lines().filter(|line| has_colour(line, &[3, 4, 6, 8])) {
                faults.push(format!("{}: {}", path.display(), line.trim()));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "colours belong in src/charts/theme.rs and style/tokens.css:\n{}",
        faults.join("\n")
    );
}

#[test]
fn files_stay_short_enough_to_be_one_concept() {
    let long: Vec<String> = ["src", "tests", "xtask/src", "style"]
        .iter()
        .flat_map(|folder| {
            ["rs", "css", "mjs"].iter().flat_map(move |extension| files_with(folder, extension))
        })
        .filter_map(|path| {
            let n_lines = fs::read_to_string(&path).expect("readable").lines().count();
            (n_lines > MOST_LINES).then(|| format!("{} has {n_lines} lines", path.display()))
        })
        .collect();
    assert!(long.is_empty(), "over {MOST_LINES} lines:\n{}", long.join("\n"));
}

#[test]
fn the_reader_sees_what_it_must() {
    let file = SourceFile::new(
        "tables/import/kinds.rs",
        r##"
        // use crate::ui::no;
        /* crate::ui /* nested */ crate::ui */
        use crate::{model::Kind, stats::{mean, variance}, pace::Pace};
        use super::super::super::engine::Session;
        use super::super::Table;
        fn f<'a>(x: &'a str) -> char { let t = "crate::charts"; let c = '"'; crate::format::number(1.0); c }
        const RAW: &str = r#"crate::ui " #aabbcc "#;
        "##,
    );
    let found: Vec<String> = modules_named(&file).into_iter().collect();
    assert_eq!(found, ["engine", "format", "model", "pace", "stats"]);
    assert!(file.texts.iter().any(|text| has_colour(text, &[6])));
    assert!(names_crate("use polars_core::frame;", "polars"));
    assert!(names_crate("std::fs::read(x)", "std::fs"));
    assert!(!names_crate("let operand = 1; brand()", "rand"));
    assert!(!names_crate("std::fstream", "std::fs"));
    assert!(has_colour("color: #fff;", &[3]) && has_colour("rgba( 1, 2, 3)", &[]));
    assert!(!has_colour("href=\"#face-value\"", &[3, 6]) && !has_colour("#sessions", &[3, 6]));
}

/// A file of `src/`, split into code and texts.
struct SourceFile {
    /// Below `src/`, with forward slashes.
    path: String,
    /// Without comments and without the insides of texts.
    code: String,
    /// The insides of the string literals.
    texts: Vec<String>,
}

impl SourceFile {
    fn new(path: &str, source: &str) -> Self {
        let (code, texts) = code_and_texts(source);
        Self { path: path.to_owned(), code, texts }
    }

    fn is_in(&self, place: &str) -> bool {
        if place.ends_with('/') { self.path.starts_with(place) } else { self.path == place }
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// How many `super` lead from the file's module to the crate's root.
    fn depth(&self) -> usize {
        let n_parts = self.path.split('/').count();
        if self.name() == "mod.rs" { n_parts - 1 } else { n_parts }
    }
}

/// The top-level modules that the file names through `crate::`, `playhead::` or enough `super::`.
fn modules_named(file: &SourceFile) -> BTreeSet<String> {
    let top_level: BTreeSet<&str> = LAYERS
        .iter()
        .filter_map(|layer| layer.files.split(['/', '.']).next())
        .filter(|name| *name != "lib" && *name != "bin")
        .collect();
    let mut found = BTreeSet::new();
    let climb = "super::".repeat(file.depth());
    for start in ["crate::", "playhead::", climb.as_str()].into_iter().filter(|start| !start.is_empty()) {
        for rest in after_each(&file.code, start) {
            let mut names = first_names(rest);
            names.retain(|name| top_level.contains(name.as_str()));
            found.extend(names);
        }
    }
    found
}

/// The names directly after `crate::`: one, or each of a group in braces.
fn first_names(path: &str) -> Vec<String> {
    let Some(group) = path.strip_prefix('{') else { return vec![identifier(path).to_owned()] };
    let mut names = Vec::new();
    let mut depth = 0_usize;
    let mut at_start = true;
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            letter if letter.is_whitespace() => {}
            _ if at_start => {
                names.push(identifier(&group[at..]).to_owned());
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

/// Paths that begin with `crate::analyses::`, as far as they go without braces.
fn analysis_paths(code: &str) -> Vec<&str> {
    after_each(code, "crate::analyses::")
        .map(|rest| {
            let end = rest.find(|letter: char| !is_of_name(letter) && letter != ':').unwrap_or(rest.len());
            &rest[..end]
        })
        .collect()
}

/// What follows each `start` that begins a path of its own.
fn after_each<'a>(code: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    code.match_indices(start)
        .filter(|(at, _)| !code[..*at].ends_with(|letter: char| is_of_name(letter) || letter == ':'))
        .map(|(at, _)| &code[at + start.len()..])
}

/// Whether a path begins with the crate `name`, or one of its family (`polars`, `polars_core`).
fn names_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before_is_free = !code[..at].ends_with(|letter: char| is_of_name(letter) || letter == ':');
        let rest = &code[at + name.len()..];
        let family_end = rest.find(|letter: char| !is_of_name(letter)).unwrap_or(rest.len());
        let family = &rest[..family_end];
        let is_family = family.is_empty() || family.starts_with('_');
        let is_path = rest[family_end..].starts_with("::") || rest[family_end..].starts_with(';');
        before_is_free && is_family && (is_path || name.contains("::"))
    })
}

fn identifier(text: &str) -> &str {
    let end = text.find(|letter: char| !is_of_name(letter)).unwrap_or(text.len());
    &text[..end]
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// `#` and as many hexadecimal digits as one of `lengths`, or one of CSS's colour functions.
fn has_colour(text: &str, lengths: &[usize]) -> bool {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "lab("];
    if functions.iter().any(|function| text.contains(function)) {
        return true;
    }
    text.match_indices('#').any(|(at, _)| {
        let rest = &text[at + 1..];
        let n_digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
        let goes_on = rest[n_digits..].starts_with(|letter: char| is_of_name(letter) || letter == '-');
        lengths.contains(&n_digits) && !goes_on
    })
}

/// Splits Rust source: code with comments removed and texts emptied, and the texts.
fn code_and_texts(source: &str) -> (String, Vec<String>) {
    let mut code = String::with_capacity(source.len());
    let mut texts = Vec::new();
    let mut rest = source;
    while let Some(letter) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = after_block_comment(rest);
            code.push(' ');
        } else if let Some((inside, after)) = text_literal(rest, &code) {
            texts.push(inside.to_owned());
            code.push_str("\"\"");
            rest = after;
        } else if let Some(after) = char_literal(rest) {
            code.push_str("' '");
            rest = after;
        } else {
            code.push(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }
    (code, texts)
}

/// What follows a block comment; Rust's may nest.
fn after_block_comment(source: &str) -> &str {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < source.len() {
        if source[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if source[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                break;
            }
        } else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    &source[at.min(source.len())..]
}

/// A string literal at the start of `source`, raw ones included: its inside, and what follows.
fn text_literal<'a>(source: &'a str, code_before: &str) -> Option<(&'a str, &'a str)> {
    if let Some(body) = source.strip_prefix('"') {
        let mut is_escaped = false;
        for (at, letter) in body.char_indices() {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '"' => return Some((&body[..at], &body[at + 1..])),
                _ => {}
            }
        }
        return Some((body, ""));
    }
    let raw = source.strip_prefix('r')?;
    let n_hashes = raw.chars().take_while(|letter| *letter == '#').count();
    let body = raw[n_hashes..].strip_prefix('"')?;
    if code_before.ends_with(|letter: char| is_of_name(letter) && letter != 'b') {
        return None;
    }
    let end = format!("\"{}", "#".repeat(n_hashes));
    let at = body.find(&end).unwrap_or(body.len());
    Some((&body[..at], body.get(at + end.len()..).unwrap_or("")))
}

/// A character literal at the start of `source` (not a lifetime): what follows it.
fn char_literal(source: &str) -> Option<&str> {
    let body = source.strip_prefix('\'')?;
    let mut letters = body.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        letters.next()?;
        let end = letters.find(|(_, letter)| *letter == '\'')?.0;
        return Some(&body[end + 1..]);
    }
    let (at, second) = letters.next()?;
    (second == '\'').then(|| &body[at + 1..])
}

fn without_block_comments(css: &str) -> String {
    let mut kept = String::new();
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        kept.push_str(&rest[..start]);
        rest = rest[start..].find("*/").map_or("", |end| &rest[start + end + 2..]);
    }
    kept + rest
}

fn rust_files(folder: &str) -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files: Vec<SourceFile> = files_with(folder, "rs")
        .iter()
        .map(|path| {
            let below = path.strip_prefix(&root).expect("below the folder");
            let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
            SourceFile::new(&parts.join("/"), &fs::read_to_string(path).expect("readable"))
        })
        .collect();
    assert!(!files.is_empty(), "no Rust files in {}", root.display());
    files
}

/// All files of an extension below a folder of the repository, in order, without `node_modules`.
fn files_with(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
