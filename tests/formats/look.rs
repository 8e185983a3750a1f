//! A look at files of other formats before they are loaded.

use super::{file, load};
use playhead::model::{EngineError, ErrorCode, ImportOptions, Sniffed};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, sniff_file};
use std::fmt::Write as _;
use std::io::Write;

fn try_sniff(name: &str, bytes: &[u8]) -> Result<Sniffed, EngineError> {
    let source = Box::new(MemorySource::new(name, bytes));
    block_on(sniff_file(source, &ImportOptions::default(), &Pace::unhosted()))
}

#[track_caller]
fn sniff(name: &str, bytes: &[u8]) -> Sniffed {
    try_sniff(name, bytes).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn packed(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn small_files_look_as_they_load() {
    for name in
        ["posts.json", "posts_utf16.json", "posts.jsonl.gz", "typed.xlsx", "several.xlsx", "members.csv.gz"]
    {
        let bytes = file(name);
        let sniffed = sniff(name, &bytes);
        let loaded = load(name, &bytes);
        assert!(sniffed.is_whole, "{name}");
        assert_eq!(sniffed.report, loaded[0].1, "{name}");
        assert_eq!(sniffed.n_other_tables as usize, loaded.len() - 1, "{name}");
        assert_eq!(sniffed.page.rows, loaded[0].0.page(0, 50, &[], &[]).unwrap().rows, "{name}");
        assert_eq!(sniffed.raw.is_empty(), name.ends_with("xlsx"), "{name}");
    }
}

#[test]
fn long_packed_files_and_json_lines_are_read_from_their_beginning() {
    let (mut csv, mut lines) = (String::from("id,minutes\n"), String::new());
    for i in 0..60_000 {
        writeln!(csv, "{i},{}.25", i % 90).unwrap();
        writeln!(lines, "{{\"id\":{i},\"minutes\":{}.25}}", i % 90).unwrap();
    }
    for (name, bytes) in
        [("a.csv.gz", packed(&csv)), ("a.jsonl.gz", packed(&lines)), ("a.jsonl", lines.into_bytes())]
    {
        let sniffed = sniff(name, &bytes);
        assert!(!sniffed.is_whole, "{name}");
        assert_eq!(sniffed.report.n_problems, 0, "{name}: {:?}", sniffed.report.problems);
        assert!((3_000..=9_000).contains(&sniffed.report.n_rows), "{name}: {}", sniffed.report.n_rows);
        assert_eq!(sniffed.page.rows[49], [Some("49".to_owned()), Some("49.25".to_owned())], "{name}");
        assert_eq!(sniffed.report.n_bytes, bytes.len() as u64);
    }
}

#[test]
fn what_can_only_be_read_as_a_whole_is_not_when_it_is_large() {
    let text = format!("[{}]", "{\"a\":1},".repeat(5_000_000).trim_end_matches(','));
    for (name, bytes) in [("a.json.gz", packed(&text)), ("a.json", text.into_bytes())] {
        let error = try_sniff(name, &bytes).unwrap_err();
        assert_eq!((error.code, error.at.file.as_deref()), (ErrorCode::TooLarge, Some(name)));
        assert!(error.hint.is_some_and(|hint| hint.starts_with("Load it")));
    }
    assert_eq!(try_sniff("cut.csv.gz", &file("cut.csv.gz")).unwrap_err().code, ErrorCode::BadFile);
}
