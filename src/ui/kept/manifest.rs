//! The manifest of a work: what is kept, with a checksum of itself, and which of two counts.

use super::crc32::crc32;
use super::names::{self, Name};
use super::state::{Work, WorkFile};
use crate::ui::contents::Known;
use crate::ui::order::order;
use crate::ui::state::Document;
use crate::ui::wire::{Json, Read, Write};

/// Another number is another format.
const VERSION: u64 = 1;

#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// Counts the saves of a work.
    pub generation: u64,
    /// Milliseconds since 1970.
    pub saved_at_ms: f64,
    /// `None`: written by a version of the page that this one does not understand.
    pub document: Option<Document>,
    pub files: Vec<ManifestFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestFile {
    /// Where its bytes are: a name of [`names`].
    pub key: String,
    pub name: String,
    pub n_bytes: u64,
    pub fingerprint: Option<String>,
}

impl ManifestFile {
    pub fn known(&self) -> Known<'_> {
        Known { name: &self.name, n_bytes: self.n_bytes, fingerprint: self.fingerprint.as_deref() }
    }
}

impl Manifest {
    /// JSON whose last member is the checksum of the text without it.
    pub fn to_text(&self) -> String {
        let mut json = Json::object();
        json.set("version", VERSION.write());
        json.set("generation", self.generation.write());
        json.set("saved_at_ms", self.saved_at_ms.write());
        json.set(
            "document",
            self.document.as_ref().map_or(Json::Null, |document| document.renumbered(0).write()),
        );
        let files = self.files.iter().map(|file| {
            let mut json = Json::object();
            json.set("key", file.key.write());
            json.set("name", file.name.write());
            json.set("n_bytes", file.n_bytes.write());
            if file.fingerprint.is_some() {
                json.set("fingerprint", file.fingerprint.write());
            }
            json
        });
        json.set("files", Json::List(files.collect()));
        let mut text = json.to_text();
        let check = crc32(0, text.as_bytes());
        text.pop();
        text.push_str(&format!("{CHECK}{check:08x}\"}}"));
        text
    }

    /// `None` where the text is cut, damaged or not a manifest.
    pub fn read(text: &str) -> Option<Self> {
        let at = text.len().checked_sub(CHECK.len() + 10)?;
        let check = text.get(at..)?.strip_prefix(CHECK)?.strip_suffix("\"}")?;
        let text = format!("{}}}", text.get(..at)?);
        if check != format!("{:08x}", crc32(0, text.as_bytes())) {
            return None;
        }
        let mut json = Json::parse(&text)?;
        let mut is_valid = true;
        let is_ours = json.field::<u64>("version", &mut is_valid) == VERSION;
        let generation = json.field("generation", &mut is_valid);
        let saved_at_ms = json.field("saved_at_ms", &mut is_valid);
        let mut document = json.take("document");
        let mut files = Vec::new();
        for file in json.take("files").items(&mut is_valid) {
            let key = file.field("key", &mut is_valid);
            let name = file.field("name", &mut is_valid);
            let n_bytes = file.field("n_bytes", &mut is_valid);
            let fingerprint = file.field("fingerprint", &mut is_valid);
            files.push(ManifestFile { key, name, n_bytes, fingerprint });
        }
        let mut is_known = is_ours;
        let document = Document::read(&mut document, &mut is_known);
        is_valid.then_some(Self { generation, saved_at_ms, document: is_known.then_some(document), files })
    }
}

const CHECK: &str = ",\"check\":\"";

/// What is kept under one name.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub name: String,
    pub n_bytes: u64,
    /// The text of a manifest; empty for data.
    pub text: String,
}

/// The manifests of a work that are whole, the newest first.
pub fn manifests_of(entries: &[Entry], work: &str) -> Vec<Manifest> {
    let ours = entries.iter().filter(|entry| names::parse(&entry.name) == Some(Name::Manifest { work }));
    let found: Vec<Manifest> = ours.filter_map(|entry| Manifest::read(&entry.text)).collect();
    let newest_first = order(found.len(), &|a, b| found[a].generation > found[b].generation);
    newest_first.into_iter().map(|idx| found[idx].clone()).collect()
}

/// The state of a work that counts: the newest that is whole with all its files, else the newest that is whole.
pub fn work(entries: &[Entry], id: &str) -> Option<Work> {
    let is_there = |file: &ManifestFile| {
        entries.iter().any(|entry| entry.name == file.key && entry.n_bytes == file.n_bytes)
    };
    let mut manifests = manifests_of(entries, id);
    let idx = manifests.iter().position(|manifest| manifest.files.iter().all(is_there)).unwrap_or(0);
    if manifests.is_empty() {
        return None;
    }
    let manifest = manifests.swap_remove(idx);
    let ours = entries.iter().filter(|entry| names::parse(&entry.name).is_some_and(|name| name.work() == id));
    Some(Work {
        id: id.into(),
        saved_at_ms: manifest.saved_at_ms,
        document: manifest.document,
        n_bytes: ours.map(|entry| entry.n_bytes).sum(),
        is_open_elsewhere: false,
        files: manifest
            .files
            .into_iter()
            .map(|file| WorkFile {
                is_there: is_there(&file),
                key: file.key,
                name: file.name,
                n_bytes: file.n_bytes,
                fingerprint: file.fingerprint,
            })
            .collect(),
    })
}

/// The ids of all works that own anything.
pub fn ids(entries: &[Entry]) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for name in entries.iter().filter_map(|entry| names::parse(&entry.name)) {
        if !ids.iter().any(|id| id == name.work()) {
            ids.push(name.work().to_owned());
        }
    }
    ids
}

/// All works, the newest first.
pub fn works(entries: &[Entry]) -> Vec<Work> {
    let works: Vec<Work> = ids(entries).iter().filter_map(|id| work(entries, id)).collect();
    let newest_first = order(works.len(), &|a, b| works[a].saved_at_ms > works[b].saved_at_ms);
    newest_first.into_iter().map(|idx| works[idx].clone()).collect()
}

/// Works that are kept. The oldest goes when another one comes.
pub const MAX_WORKS: usize = 6;

/// The names that nobody needs after `own` was saved. `in_use`: keys that the tab still reads. `is_alive`: another tab
/// has this work open.
pub fn leftovers(
    entries: &[Entry],
    own: &str,
    in_use: &[String],
    is_alive: impl Fn(&str) -> bool,
) -> Vec<String> {
    let works = works(entries);
    let own_document = works.iter().find(|work| work.id == own).and_then(|work| work.document.clone());
    let mut n_others = 0;
    let mut given_up = Vec::new();
    for work in works.iter().filter(|work| work.id != own && !is_alive(&work.id)) {
        let is_same = work.document.is_some() && work.document == own_document;
        let is_empty = work.document.as_ref().is_some_and(|document| document.sources.is_empty());
        n_others += 1;
        if is_same || is_empty || n_others >= MAX_WORKS {
            given_up.push(work.id.as_str());
        }
    }
    let is_left = |entry: &&Entry| {
        let Some(name) = names::parse(&entry.name) else { return false };
        let id = name.work();
        if id != own && is_alive(id) {
            return false;
        }
        if given_up.contains(&id) {
            return true;
        }
        match name {
            Name::Manifest { .. } => Manifest::read(&entry.text).is_none(),
            Name::Data { .. } => {
                // Both places count: the older one is what remains if the newer one is damaged.
                let manifests = manifests_of(entries, id);
                let mut named = manifests.iter().flat_map(|manifest| &manifest.files);
                !named.any(|file| file.key == entry.name) && !in_use.contains(&entry.name)
            }
        }
    };
    entries.iter().filter(is_left).map(|entry| entry.name.clone()).collect()
}
