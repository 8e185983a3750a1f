//! Excel workbooks (ECMA-376): every sheet with cells becomes a table.
//!
//! Written here because the library for it weighs 290 KB in the download, most of it for encodings and
//! older formats; this and the two files of cells and styles need nothing but zip and XML.

use super::names::{plain, take};
use super::text::Problems;
use super::xlsx_cells::{Shared, Texts, read_sheet};
use super::xlsx_styles::meanings;
use super::xml::{Event, Xml};
use super::zip::Archive;
use super::{MAX_CONTENT_BYTES, Part, refuse_options};
use crate::model::{Encoding, EngineError, ErrorCode, FileFormat, ImportOptions};
use crate::pace::Pace;
use crate::tables::import::decode::{decode, detect, mark};
use crate::tables::import::empty_file;
use crate::tables::source::ByteSource;
use hashbrown::HashSet;

const SAVE_AGAIN: &str = "Open it in a spreadsheet program and save it as .xlsx or CSV.";
const UNPACK: &str = "Unpack it and load the files inside.";

/// Reads a workbook.
///
/// Errors: `binary_file` for zip archives that are something else, `bad_file` where the file is damaged,
/// `empty_file` without a cell, `too_large`.
pub(super) async fn read(
    source: &dyn ByteSource,
    options: &ImportOptions,
    pace: &Pace,
) -> Result<Vec<Part>, EngineError> {
    let file = source.name();
    let Some(archive) = Archive::open(source)? else {
        return Err(without_list(source)?);
    };
    let book = Workbook { file, archive: &archive, pace: pace.part(0.0, 0.1) };
    let Some(path) = book.path().await? else { return Err(not_a_workbook(file, &archive)) };
    if path.to_ascii_lowercase().ends_with(".bin") {
        return Err(refuse(file, "a binary Excel workbook (xlsb)", SAVE_AGAIN));
    }
    refuse_options(file, options, FileFormat::Xlsx, &["delimiter", "quote", "encoding"])?;
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let workbook = book.part(&path).await?.ok_or_else(|| damaged(file, "its list of sheets is missing"))?;
    let links = book.links(&path).await?;
    let target = |what: &str| {
        let link = links.iter().find(|link| link.kind.ends_with(what));
        link.map(|link| resolve(folder, &link.target))
    };
    let mut shared = Shared { file: file.into(), max_bytes: MAX_CONTENT_BYTES, ..Shared::default() };
    if let Some(part) = target("/sharedStrings")
        && let Some(text) = book.part(&part).await?
    {
        shared.texts = Texts::read(&text).ok_or_else(|| damaged(file, "its texts are cut off"))?;
    }
    if let Some(part) = target("/styles")
        && let Some(text) = book.part(&part).await?
    {
        shared.meanings = meanings(&text);
    }
    let mut sheets: Vec<(String, String)> = Vec::new();
    for event in Xml::new(&workbook) {
        let Event::Open(element) = event else { continue };
        match element.name {
            "workbookPr" => {
                shared.is_1904 = element.get("date1904").is_some_and(|value| value == "1" || value == "true");
            }
            "sheet" => {
                let name = element.get("name").unwrap_or_default();
                let link = element.get("id").and_then(|id| links.iter().find(|link| link.id == id));
                if let Some(link) = link.filter(|link| link.kind.ends_with("/worksheet")) {
                    sheets.push((name.into_owned(), resolve(folder, &link.target)));
                }
            }
            _ => {}
        }
    }
    let n_sheets = sheets.len();
    let mut taken = HashSet::new();
    let mut parts = Vec::new();
    for (i, (name, path)) in sheets.iter().enumerate() {
        let pace =
            pace.part(0.1 + 0.9 * i as f64 / n_sheets as f64, 0.1 + 0.9 * (i + 1) as f64 / n_sheets as f64);
        let book = Workbook { file, archive: &archive, pace: pace.part(0.0, 0.3) };
        let cut = || damaged(file, &format!("its sheet \"{name}\" is missing or cut off"));
        let text = book.part(path).await?.ok_or_else(cut)?;
        let (grid, problems): (_, Problems) =
            read_sheet(&text, &shared, &pace.part(0.3, 0.8)).await?.ok_or_else(cut)?;
        drop(text);
        if grid.n_rows == 0 {
            continue;
        }
        let suffix = if parts.is_empty() { String::new() } else { take(plain(name), &mut taken) };
        let (csv, made) = grid.finish(FileFormat::Xlsx, None, problems, &pace.part(0.8, 1.0)).await?;
        parts.push(Part::made(file, suffix, csv, made));
    }
    if parts.is_empty() {
        return Err(empty_file(file, "has no sheet with cells"));
    }
    Ok(parts)
}

struct Workbook<'a> {
    file: &'a str,
    archive: &'a Archive<'a>,
    pace: Pace,
}

/// From one part of a workbook to another.
struct Link {
    id: String,
    /// The end of it tells what the target is: ".../worksheet".
    kind: String,
    target: String,
}

impl Workbook<'_> {
    /// The part of the name as text; `None` where there is none.
    async fn part(&self, name: &str) -> Result<Option<String>, EngineError> {
        let Some(entry) = self.archive.find(name) else { return Ok(None) };
        let bytes = self.archive.read(entry, MAX_CONTENT_BYTES, &self.pace).await?;
        Ok(Some(match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let bytes = error.into_bytes();
                let encoding: Encoding = detect(&bytes, true);
                let mut text = String::new();
                decode(encoding, bytes.strip_prefix(mark(encoding)).unwrap_or(&bytes), true, &mut text);
                text
            }
        }))
    }

    /// The part that lists the sheets; `None`: the archive is no workbook.
    async fn path(&self) -> Result<Option<String>, EngineError> {
        let links = self.links("").await?;
        let main = links.iter().find(|link| link.kind.ends_with("/officeDocument"));
        let path = main.map(|link| resolve("", &link.target));
        let path = path.unwrap_or_else(|| "xl/workbook.xml".into());
        let is_sheet = path.to_ascii_lowercase().contains("workbook");
        Ok((is_sheet && self.archive.find(&path).is_some()).then_some(path))
    }

    /// The links of a part; those of the archive itself where `path` is empty.
    async fn links(&self, path: &str) -> Result<Vec<Link>, EngineError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        let Some(text) = self.part(&format!("{folder}{slash}_rels/{name}.rels")).await? else {
            return Ok(Vec::new());
        };
        let mut links = Vec::new();
        for event in Xml::new(&text) {
            let Event::Open(element) = event else { continue };
            if element.name == "Relationship" {
                let get = |name: &str| element.get(name).unwrap_or_default().into_owned();
                links.push(Link { id: get("Id"), kind: get("Type"), target: get("Target") });
            }
        }
        if links.is_empty() {
            return Err(damaged(self.file, "the links between its parts are cut off"));
        }
        Ok(links)
    }
}

/// The path of a target that is written relative to a folder.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.into();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

/// The error for an archive whose list of parts is missing. The names of its first parts tell what it was.
fn without_list(source: &dyn ByteSource) -> Result<EngineError, EngineError> {
    let mut head = Vec::new();
    source.read(0, 4 << 10, &mut head)?;
    let has = |part: &[u8]| memchr::memmem::find(&head, part).is_some();
    Ok(if has(b"xl/") || has(b"[Content_Types].xml") {
        damaged(source.name(), "the list of its parts is missing, so it may be cut off")
    } else {
        refuse(source.name(), "a zip archive", UNPACK)
    })
}

fn not_a_workbook(file: &str, archive: &Archive<'_>) -> EngineError {
    let has = |part: &str| archive.entries.iter().any(|entry| entry.name.starts_with(part));
    if has("word/") {
        refuse(file, "a Word document", "Copy the table into a spreadsheet and save that as .xlsx or CSV.")
    } else if has("ppt/") {
        refuse(file, "a presentation", "Copy the table into a spreadsheet and save that as .xlsx or CSV.")
    } else if has("mimetype") && has("content.xml") {
        refuse(file, "an OpenDocument file (ods)", SAVE_AGAIN)
    } else {
        refuse(file, "a zip archive", UNPACK)
    }
}

fn refuse(file: &str, what: &str, hint: &str) -> EngineError {
    let message = format!("\"{file}\" is {what}, which cannot be read here.");
    EngineError::new(ErrorCode::BinaryFile, message).at_file(file).hint(hint)
}

fn damaged(file: &str, what: &str) -> EngineError {
    let message = format!("\"{file}\" is damaged: {what}.");
    EngineError::new(ErrorCode::BadFile, message)
        .at_file(file)
        .hint("Copy or download the file again, or save it anew in a spreadsheet program.")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_found_from_their_folder() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolve("xl", "/xl/a.xml"), "xl/a.xml");
        assert_eq!(resolve("xl/x", "../a.xml"), "xl/a.xml");
        assert_eq!(resolve("", "xl/workbook.xml"), "xl/workbook.xml");
    }
}
