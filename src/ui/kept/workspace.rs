//! `workspace.json`: the first member of a workspace file, and the names of the others.

use crate::ui::state::Document;
use crate::ui::wire::{Json, Write};

pub const PATH: &str = "workspace.json";
pub const EXTENSION: &str = ".playhead";
/// Another number is another format.
const VERSION: u64 = 1;
/// No document is as large; a text of this length is something else.
pub const MAX_BYTES: u64 = 16_000_000;

#[derive(Debug, Clone, PartialEq)]
pub struct Workspace {
    pub document: Document,
    pub files: Vec<WorkspaceFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkspaceFile {
    /// As the user named it.
    pub name: String,
    pub n_bytes: u64,
    /// The member that holds its bytes.
    pub path: String,
}

impl Workspace {
    pub fn to_text(&self) -> String {
        let mut json = Json::object();
        json.set("playhead_workspace", VERSION.write());
        json.set("document", self.document.renumbered(0).write());
        let files = self.files.iter().map(|file| {
            let mut json = Json::object();
            json.set("name", file.name.write());
            json.set("n_bytes", file.n_bytes.write());
            json.set("path", file.path.write());
            json
        });
        json.set("files", Json::List(files.collect()));
        json.to_text()
    }

    /// # Errors
    /// In words, where the text is not a workspace of this version.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut is_valid = true;
        let json = Json::parse(text).filter(|json| json.has("playhead_workspace"));
        let mut json = json.ok_or_else(|| format!("its {PATH} is not that of a workspace"))?;
        let version: u64 = json.field("playhead_workspace", &mut is_valid);
        if version != VERSION {
            return Err(
                "another version of Playhead wrote it, in a format that this one does not know".into()
            );
        }
        let document = json.field("document", &mut is_valid);
        let mut files = Vec::new();
        for file in json.take("files").items(&mut is_valid) {
            let name = file.field("name", &mut is_valid);
            let n_bytes = file.field("n_bytes", &mut is_valid);
            files.push(WorkspaceFile { name, n_bytes, path: file.field("path", &mut is_valid) });
        }
        let damaged = format!("its {PATH} is damaged, or a newer version of Playhead wrote it");
        if is_valid { Ok(Self { document, files }) } else { Err(damaged) }
    }
}

/// The path of a file inside a workspace: `files/` and its name, made fit for every system and unlike `taken`.
pub fn path_for(name: &str, taken: &[String]) -> String {
    let name = safe_name(name);
    let (stem, end) =
        name.rsplit_once('.').map_or((name.as_str(), String::new()), |(a, b)| (a, format!(".{b}")));
    // Windows and macOS take upper and lower case for the same.
    let is_free = |path: &String| !taken.iter().any(|other| other.eq_ignore_ascii_case(path));
    let numbered = (2_u32..).map(|n| format!("files/{stem} ({n}){end}"));
    std::iter::once(format!("files/{name}")).chain(numbered).find(is_free).unwrap_or_default()
}

/// A file name that no system takes for a path, a device or a hidden file; at most 100 letters.
pub fn safe_name(name: &str) -> String {
    let is_bad =
        |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    let name: String = name.chars().map(|c| if is_bad(c) { '_' } else { c }).collect();
    let name = name.trim_matches([' ', '.']);
    let n_chars = name.chars().count();
    // The end says what kind of file it is.
    let name: String = name.chars().skip(n_chars.saturating_sub(100)).collect();
    let stem = name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt")));
    if name.is_empty() || is_device { format!("file_{name}") } else { name }
}
