//! A file that several workers read at once is the table that one of them reads alone.

use super::try_load;
use playhead::model::{EngineError, HeaderRow, ImportOptions, Kind, ParseReport, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{ByteSource, Crew, MemorySource, Parcel, Share, Table, load, read_share};
use std::future::Future;
use std::path::Path;
use std::pin::Pin;

/// Reads its shares when they are asked for, one after the other.
struct Reading {
    source: MemorySource,
    options: ImportOptions,
    n_shares: usize,
    /// Parcels that get lost or damaged on the way.
    spoil: fn(Vec<Vec<u8>>) -> Vec<Vec<u8>>,
}

impl ByteSource for Reading {
    fn name(&self) -> &str {
        self.source.name()
    }

    fn n_bytes(&self) -> u64 {
        self.source.n_bytes()
    }

    fn read(&self, offset: u64, max: usize, buffer: &mut Vec<u8>) -> Result<(), EngineError> {
        self.source.read(offset, max, buffer)
    }

    fn crew(&self) -> Option<&dyn Crew> {
        Some(self)
    }
}

impl Crew for Reading {
    fn ask(&self, options: &ImportOptions) -> usize {
        assert_eq!(*options, self.options);
        self.n_shares
    }

    fn take(&self) -> Pin<Box<dyn Future<Output = Vec<Parcel>> + '_>> {
        Box::pin(async {
            let mut parcels: Vec<Vec<u8>> = Vec::new();
            for idx in 1..self.n_shares {
                let share = Share { idx, n: self.n_shares };
                let made = read_share(&self.source, &self.options, share, &Pace::unhosted()).await;
                parcels.extend(made.into_iter().flatten());
            }
            let parcels = (self.spoil)(parcels);
            parcels.into_iter().map(|parcel| Box::new(move || parcel) as Parcel).collect()
        })
    }
}

fn load_shared(
    bytes: &[u8],
    options: &ImportOptions,
    n_shares: usize,
    spoil: fn(Vec<Vec<u8>>) -> Vec<Vec<u8>>,
) -> Result<(Table, ParseReport), EngineError> {
    let source = MemorySource::new("t.csv", bytes);
    let source = Reading { source, options: options.clone(), n_shares, spoil };
    let origin = TableOrigin::File { name: "t.csv".into() };
    block_on(load("t", &source, origin, options, &Pace::unhosted()))
}

fn text_of(table: &Table) -> String {
    String::from_utf8(block_on(table.to_csv(HeaderRow::AsLoaded, &Pace::unhosted())).unwrap()).unwrap()
}

fn assert_same(bytes: &[u8], options: &ImportOptions, spoil: fn(Vec<Vec<u8>>) -> Vec<Vec<u8>>) {
    let alone = try_load(bytes, options);
    for n_shares in [2, 5] {
        let shared = load_shared(bytes, options, n_shares, spoil);
        match (&alone, &shared) {
            (Ok((table, report)), Ok((shared_table, shared_report))) => {
                assert_eq!(report, shared_report);
                assert_eq!(table.info(), shared_table.info());
                assert_eq!(text_of(table), text_of(shared_table));
            }
            (Err(error), Err(shared_error)) => assert_eq!(error, shared_error),
            (alone, shared) => panic!("{} alone, {} shared", alone.is_ok(), shared.is_ok()),
        }
    }
}

/// A column of every kind and form, some of which the sample does not foresee.
fn every_kind() -> String {
    let mut text = String::from("id;count;price;day;at;length;is;name;words;late;mixed\n");
    for row in 0..6_000u32 {
        let late = if row == 5_800 { "1.5".into() } else { row.to_string() };
        let mixed = if row % 1_000 == 999 { "n/a".into() } else { format!("{},50", row % 77) };
        text.push_str(&format!(
            "{row:06};{};{}.{:03},{:02};{:02}.{:02}.2024;2024-03-{:02}T0{}:15:00;0{}:{:02}:10;{};{};\"word {row}; and more\";{late};{mixed}\n",
            if row % 50 == 7 { String::new() } else { (row % 9).to_string() },
            row % 4 + 1,
            row % 1_000,
            row % 100,
            row % 28 + 1,
            row % 12 + 1,
            row % 28 + 1,
            row % 10,
            row % 3,
            row % 60,
            ["yes", "no"][row as usize % 2],
            ["Oslo", "Lima", " Kyiv", ""][row as usize % 4],
        ));
    }
    text
}

#[test]
fn every_kind_comes_over_as_it_is() {
    assert_same(every_kind().as_bytes(), &ImportOptions::default(), |parcels| parcels);
    let kinds = [("id".to_owned(), Kind::Count), ("words".to_owned(), Kind::Nominal)].into();
    assert_same(every_kind().as_bytes(), &ImportOptions { kinds, ..ImportOptions::default() }, |parcels| {
        parcels
    });
}

#[test]
fn damaged_files_are_the_same_shared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/damage");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            assert_same(&std::fs::read(path).unwrap(), &ImportOptions::default(), |parcels| parcels);
        }
    }
}

/// The encoding, and that lines end with a delimiter, turn out to be otherwise far below the beginning.
#[test]
fn workers_come_to_the_same_second_attempt() {
    let mut latin = every_kind().into_bytes();
    latin.extend_from_slice(
        b"006000;1;1,0;01.01.2024;2024-03-01T00:15:00;00:00:10;yes;K\xf8benhavn;x;1;1,50\n",
    );
    assert_same(&latin, &ImportOptions::default(), |parcels| parcels);
    let mut trailing: String = every_kind().lines().map(|line| format!("{line};\n")).collect();
    trailing.push_str("006000;1;1,0;01.01.2024;2024-03-01T00:15:00;00:00:10;yes;Oslo;x;1;1,50;more\n");
    assert_same(trailing.as_bytes(), &ImportOptions::default(), |parcels| parcels);
}

#[test]
fn what_gets_lost_is_read_again() {
    let options = ImportOptions::default();
    assert_same(every_kind().as_bytes(), &options, |_| Vec::new());
    assert_same(every_kind().as_bytes(), &options, |parcels| parcels.into_iter().skip(1).collect());
    assert_same(every_kind().as_bytes(), &options, |mut parcels| {
        for parcel in &mut parcels {
            parcel.truncate(parcel.len() - 9);
        }
        parcels
    });
    let kinds = [("words".to_owned(), Kind::Binary)].into();
    assert_same(every_kind().as_bytes(), &ImportOptions { kinds, ..options }, |parcels| parcels);
}
