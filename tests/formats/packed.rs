//! gzip files.

use super::{csv, file, load, load_file, refused};
use playhead::model::{ErrorCode, FileFormat, ProblemCode};

#[test]
fn members_are_read_one_after_the_other() {
    let bytes = file("members.csv.gz");
    let loaded = load("members.csv.gz", &bytes);
    let [(table, report)] = loaded.as_slice() else { panic!("one table") };
    assert_eq!(table.n_rows(), 2_000);
    assert!(csv(table).ends_with("1999,999.5\n2000,1000.0\n"));
    assert_eq!((report.format, report.compressed), (FileFormat::Delimited, true));
    assert_eq!((report.file_name.as_str(), report.n_bytes), ("members.csv.gz", bytes.len() as u64));
    assert_eq!(report.delimiter, ",");
}

#[test]
fn the_bytes_tell_and_not_the_name() {
    assert_eq!(load("members.csv", &file("members.csv.gz"))[0].0.n_rows(), 2_000);
    let plain = load("plain.csv.gz", b"a,b\n1,2\n");
    assert!(!plain[0].1.compressed);
    assert_eq!(plain[0].1.file_name, "plain.csv.gz");
}

#[test]
fn gzip_in_gzip_is_unpacked_but_not_for_ever() {
    let loaded = load_file("twice.csv.gz.gz");
    assert_eq!((loaded[0].0.n_rows(), loaded[0].1.compressed), (2_000, true));
    let error = refused("four_times.csv.gz", &file("four_times.csv.gz"));
    assert_eq!(error.code, ErrorCode::BadFile);
}

#[test]
fn damage_is_named_with_how_far_the_file_could_be_read() {
    let error = refused("cut.csv.gz", &file("cut.csv.gz"));
    assert_eq!((error.code, error.at.file.as_deref()), (ErrorCode::BadFile, Some("cut.csv.gz")));
    assert!(error.message.contains("cut off") && error.message.contains("KB"), "{}", error.message);
    let error = refused("damaged.csv.gz", &file("damaged.csv.gz"));
    assert_eq!((error.code, error.at.file.as_deref()), (ErrorCode::BadFile, Some("damaged.csv.gz")));
    assert!(error.message.contains("damaged") && error.hint.is_some(), "{}", error.message);
    let error = refused("head.gz", b"\x1f\x8b\x08\0\0\0\0\0");
    assert!(error.message.contains("cut off") && error.message.contains("Nothing"), "{}", error.message);
    let empty = load("empty.csv.gz", b"\x1f\x8b\x08\0\0\0\0\0\x02\x03\x03\0\0\0\0\0\0\0\0\0");
    assert_eq!((empty[0].0.n_columns(), empty[0].1.problems[0].code), (0, ProblemCode::EmptyFile));
}

#[test]
fn json_may_be_packed_too() {
    let loaded = load_file("posts.jsonl.gz");
    assert_eq!(loaded[0].1.format, FileFormat::JsonLines);
    assert!(loaded.iter().all(|(_, report)| report.compressed));
}
