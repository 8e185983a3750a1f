//! Which state counts after any crash, and zip files whole and damaged.

mod page;

use super::manifest::{Entry, Manifest, ManifestFile, leftovers, manifests_of, work, works};
use super::workspace::{Workspace, WorkspaceFile, path_for, safe_name};
use super::zip::{self, Member};
use super::{crc32::crc32, names, words};
use crate::ui::state::{DataSource, Document, SourceKind};
use proptest::prelude::*;

fn file_source(id: u32, name: &str, n_bytes: u64) -> DataSource {
    let kind = SourceKind::File {
        file_id: None,
        name: name.into(),
        n_bytes,
        fingerprint: None,
        table: name.trim_end_matches(".csv").into(),
        options: Default::default(),
    };
    DataSource { id, kind }
}

fn two_files() -> Document {
    let sources = vec![file_source(1, "users.csv", 20), file_source(2, "sessions.csv", 70)];
    Document { sources, next_id: 2, ..Document::default() }
}

fn manifest(work: &str, generation: u64, document: &Document) -> (Manifest, Vec<Entry>) {
    let mut files = Vec::new();
    let mut entries = Vec::new();
    for source in &document.sources {
        let SourceKind::File { name, n_bytes, fingerprint, .. } = &source.kind else { continue };
        let key = names::data(work, &format!("g{generation}{}", name.trim_end_matches(".csv")));
        files.push(ManifestFile {
            key: key.clone(),
            name: name.clone(),
            n_bytes: *n_bytes,
            fingerprint: fingerprint.clone(),
        });
        entries.push(Entry { name: key, n_bytes: *n_bytes, text: String::new() });
    }
    let saved_at_ms = generation as f64 * 1e3;
    let manifest = Manifest { generation, saved_at_ms, document: Some(document.clone()), files };
    let text = manifest.to_text();
    entries.push(Entry { name: names::manifest(work, generation), n_bytes: text.len() as u64, text });
    (manifest, entries)
}

/// Two saves of one work: the files of both, and both manifests.
fn two_saves() -> Vec<Entry> {
    let mut entries = manifest("w1", 1, &two_files()).1;
    let mut document = two_files();
    document.sources.truncate(1);
    entries.extend(manifest("w1", 2, &document).1);
    entries
}

fn n_sources(entries: &[Entry]) -> usize {
    work(entries, "w1").unwrap().document.unwrap().sources.len()
}

#[test]
fn a_manifest_comes_back_as_it_was() {
    let (manifest, _) = manifest("w1", 7, &two_files());
    assert_eq!(Manifest::read(&manifest.to_text()), Some(manifest));
}

#[test]
fn a_manifest_of_another_version_is_kept_but_not_opened() {
    let (manifest, _) = manifest("w1", 7, &two_files());
    let mut text = manifest.to_text().replace("\"version\":1", "\"version\":2");
    let at = text.rfind(",\"check\"").unwrap();
    text.truncate(at);
    let check = crc32(0, format!("{text}}}").as_bytes());
    let read = Manifest::read(&format!("{text},\"check\":\"{check:08x}\"}}")).unwrap();
    assert_eq!(read.document, None);
    assert_eq!(read.files, manifest.files);
}

#[test]
fn the_newest_whole_state_with_all_its_files_counts() {
    let entries = two_saves();
    assert_eq!(n_sources(&entries), 1, "the second save");

    let mut cut = entries.clone();
    let newest = cut.iter_mut().find(|entry| entry.name == "w1.a.json").unwrap();
    newest.text.truncate(40);
    assert_eq!(n_sources(&cut), 2, "the first save, as the second is cut");

    let lost: Vec<Entry> = entries.iter().filter(|entry| !entry.name.contains("g2users")).cloned().collect();
    assert_eq!(n_sources(&lost), 2, "the first save, as a file of the second is missing");

    let mut short = entries;
    short.iter_mut().find(|entry| entry.name.contains("g2users")).unwrap().n_bytes = 19;
    assert_eq!(n_sources(&short), 2, "the first save, as a file of the second is cut");
    short.retain(|entry| !entry.name.contains("g1users"));
    let work = work(&short, "w1").unwrap();
    assert_eq!(work.document.map(|document| document.sources.len()), Some(1), "nothing is whole: the newest");
    assert!(!work.files[0].is_there);
}

proptest! {
    /// Whatever one byte of a manifest becomes, it is refused or it is the same.
    #[test]
    fn a_damaged_manifest_is_not_believed(at in 0_usize..600, byte in 0_u8..128) {
        let (manifest, _) = manifest("w1", 3, &two_files());
        let mut bytes = manifest.to_text().into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let read = Manifest::read(&String::from_utf8(bytes).unwrap());
        prop_assert!(read.is_none() || read == Some(manifest));
    }

    /// Power may go after any write of the second save: the first or the second state is there, whole.
    #[test]
    fn a_save_that_ends_anywhere_leaves_a_whole_state(n_written in 0_usize..3, n_chars in 0_usize..2_000) {
        let mut entries = manifest("w1", 1, &two_files()).1;
        let mut document = two_files();
        document.sources.truncate(1);
        let mut second = manifest("w1", 2, &document).1;
        let text = &mut second.last_mut().unwrap().text;
        let is_whole = n_written == 2 && n_chars >= text.len();
        text.truncate(n_chars);
        entries.extend(second.into_iter().take(n_written));
        prop_assert_eq!(n_sources(&entries), if is_whole { 1 } else { 2 });
        prop_assert!(work(&entries, "w1").unwrap().files.iter().all(|file| file.is_there));
    }
}

#[test]
fn only_what_nobody_needs_is_cleared_away() {
    let mut entries = two_saves();
    let orphan = |name: &str| Entry { name: name.into(), n_bytes: 5, text: String::new() };
    entries.extend([
        orphan("w1.lost.data"),
        orphan("w2.begun.data"),
        orphan("w3.lost.data"),
        orphan("notes.txt"),
    ]);
    let gone = leftovers(&entries, "w1", &[], |id| id == "w2");
    assert_eq!(gone, ["w1.lost.data", "w3.lost.data"]);
    let gone = leftovers(&entries, "w1", &["w1.lost.data".into()], |_| true);
    assert!(gone.is_empty(), "what this tab reads and what living tabs have: {gone:?}");
}

#[test]
fn the_same_work_kept_twice_and_the_oldest_of_many_go() {
    let mut entries = manifest("own", 50, &two_files()).1;
    entries.extend(manifest("twin", 40, &two_files()).1);
    for n in 1..=7_u64 {
        let mut document = two_files();
        document.sources[0] = file_source(1, &format!("other{n}.csv"), n);
        entries.extend(manifest(&format!("w{n}"), n, &document).1);
    }
    let gone = leftovers(&entries, "own", &[], |_| false);
    entries.retain(|entry| !gone.contains(&entry.name));
    let ids: Vec<String> = works(&entries).into_iter().map(|work| work.id).collect();
    assert_eq!(ids[0], "own");
    assert!(!ids.contains(&"twin".to_owned()) && ids.contains(&"w7".to_owned()), "{ids:?}");
    assert!(ids.len() <= super::manifest::MAX_WORKS, "{ids:?}");
    assert!(manifests_of(&entries, "w1").is_empty());
}

/// The zip file of these members.
fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let members: Vec<Member> = files
        .iter()
        .map(|(path, bytes)| Member {
            path: (*path).into(),
            crc32: crc32(0, bytes),
            n_bytes: bytes.len() as u64,
        })
        .collect();
    let mut out = Vec::new();
    for (member, (_, bytes)) in members.iter().zip(files) {
        out.extend(zip::head(member));
        out.extend_from_slice(bytes);
    }
    out.extend(zip::tail(&members).unwrap());
    out
}

/// All members, as the page reads them: by slices of the file.
fn unzipped(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let slice = |at: u64, n: u64| bytes.get(at as usize..(at + n) as usize).unwrap_or_default();
    let start = bytes.len().saturating_sub(zip::MAX_END_BYTES as usize);
    let directory = zip::directory(&bytes[start..], bytes.len() as u64)?;
    let found = zip::members(slice(directory.at, directory.n_bytes), &directory)?;
    let mut files = Vec::new();
    for found in found {
        let at = zip::data_at(&found, slice(found.header_at, zip::LOCAL_BYTES), &directory)?;
        let content = slice(at, found.member.n_bytes);
        if crc32(0, content) != found.member.crc32 {
            return Err("damaged".into());
        }
        files.push((found.member.path, content.to_vec()));
    }
    Ok(files)
}

const FILES: [(&str, &[u8]); 3] =
    [("workspace.json", b"{}"), ("files/séances.csv", b"a,b\n1,2\n"), ("files/empty.csv", b"")];

#[test]
fn a_zip_file_comes_back_as_it_was() {
    let bytes = zipped(&FILES);
    let read: Vec<(String, Vec<u8>)> = unzipped(&bytes).unwrap();
    let same = FILES.iter().map(|(path, bytes)| ((*path).to_owned(), bytes.to_vec()));
    assert_eq!(read, same.collect::<Vec<_>>());
    // With a comment behind it, as some programs leave.
    let mut commented = bytes;
    let at = commented.len() - 2;
    commented[at] = 5;
    commented.extend_from_slice(b"hello");
    assert_eq!(unzipped(&commented).unwrap(), read);
}

#[test]
fn other_files_are_refused_in_words() {
    let bytes = zipped(&FILES);
    let refused = |bytes: &[u8]| unzipped(bytes).unwrap_err();
    assert!(refused(b"a,b\n1,2\n").contains("not a zip file"));
    assert!(refused(b"").contains("not a zip file"));
    assert!(refused(&bytes[..bytes.len() - 30]).contains("cut"));
    assert!(refused(&bytes[40..]).contains("cut") || refused(&bytes[40..]).contains("damaged"));
    let mut packed = bytes.clone();
    let at = packed.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    packed[at + 10] = 8;
    assert!(refused(&packed).contains("workspace.json in it is compressed"));
    packed[at + 8] = 1;
    assert!(refused(&packed).contains("encrypted"));
}

#[test]
fn more_than_a_zip_file_holds_is_not_written() {
    let large = |path: &str| Member { path: path.into(), crc32: 0, n_bytes: 3 << 30 };
    assert!(zip::tail(&[large("a")]).is_some());
    assert!(zip::tail(&[large("a"), large("b")]).is_none());
}

proptest! {
    /// Damage is told or does not matter; it never panics and never gives other bytes.
    #[test]
    fn a_damaged_zip_file_gives_the_right_bytes_or_none(
        changes in prop::collection::vec((0_usize..1_000, any::<u8>()), 1..6),
        n_cut in 0_usize..40,
    ) {
        let whole = zipped(&FILES);
        let mut bytes = whole.clone();
        for (at, byte) in changes {
            let at = at % bytes.len();
            bytes[at] = byte;
        }
        bytes.truncate(whole.len() - n_cut);
        if let Ok(files) = unzipped(&bytes) {
            for (_, content) in files {
                prop_assert!(FILES.iter().any(|(_, original)| *original == content));
            }
        }
    }

    #[test]
    fn any_bytes_are_no_zip_file_or_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = unzipped(&bytes);
        let mut ended = bytes;
        ended.extend_from_slice(b"PK\x05\x06\0\0\0\0\x02\0\x02\0\x40\0\0\0\0\0\0\0\0\0");
        let _ = unzipped(&ended);
    }
}

#[test]
fn a_workspace_comes_back_as_it_was() {
    let files = vec![WorkspaceFile { name: "a/b.csv".into(), n_bytes: 9, path: "files/a_b.csv".into() }];
    let workspace = Workspace { document: two_files(), files };
    assert_eq!(Workspace::read(&workspace.to_text()), Ok(workspace.clone()));
    let newer = workspace.to_text().replace("\"playhead_workspace\":1", "\"playhead_workspace\":2");
    assert!(Workspace::read(&newer).unwrap_err().contains("another version"));
    assert!(Workspace::read("{\"a\":1}").unwrap_err().contains("not that of a workspace"));
    assert!(Workspace::read("").is_err());
}

#[test]
fn names_of_files_are_safe_and_differ() {
    assert_eq!(safe_name("../../etc/passwd"), "_.._etc_passwd");
    assert_eq!(safe_name("C:\\a\u{0}b.csv"), "C__a_b.csv");
    assert_eq!(safe_name(".."), "file_");
    assert_eq!(safe_name("nul.csv"), "file_nul.csv");
    assert_eq!(safe_name("séances (1).csv"), "séances (1).csv");
    assert_eq!(safe_name(&"x".repeat(300)).len(), 100);
    let mut taken = vec!["files/Users.csv".to_owned()];
    taken.push(path_for("users.csv", &taken));
    assert_eq!(taken[1], "files/users (2).csv");
    assert_eq!(path_for("users.csv", &taken), "files/users (3).csv");
    assert_eq!(path_for("noend", &["files/noend".into()]), "files/noend (2)");
}

#[test]
fn times_in_words() {
    assert_eq!(words::ago(1e3, 30e3), "just now");
    assert_eq!(words::ago(0.0, 61e3), "1 minute ago");
    assert_eq!(words::ago(0.0, 7_300e3), "2 hours ago");
    assert_eq!(words::ago(0.0, 86_400e3 * 3.5), "3 days ago");
    assert_eq!(words::ago(5e9, 0.0), "just now", "a clock that was set back");
}
