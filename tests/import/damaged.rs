//! Files with the damage that surveys of open data found, loaded without any hint. `make_damage.py` made them, each
//! with the table of a correct load beside it.

use super::try_load;
use playhead::model::{HeaderRow, ImportOptions};
use playhead::pace::{Pace, block_on};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/damage")
}

/// What an export of the loaded file writes, as the lines of its clean table are written.
fn loaded(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let (table, report) = try_load(bytes, &ImportOptions::default()).unwrap();
    assert_eq!(table.n_rows() as u64, report.n_rows);
    String::from_utf8(block_on(table.to_csv(HeaderRow::AsLoaded, &Pace::unhosted())).unwrap()).unwrap()
}

#[test]
fn every_damaged_file_gives_its_clean_table() {
    let mut names: Vec<PathBuf> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "csv"))
        .collect();
    names.sort();
    assert_eq!(names.len(), 100);
    let mut wrong = Vec::new();
    for path in names {
        let clean = std::fs::read_to_string(path.with_extension("clean")).unwrap();
        let found = loaded(&path);
        if found != clean {
            let differs = found.lines().zip(clean.lines()).find(|(found, clean)| found != clean);
            wrong.push(format!("{}: {differs:?}", path.file_name().unwrap().to_string_lossy()));
        }
    }
    assert!(wrong.is_empty(), "{} files:\n{}", wrong.len(), wrong.join("\n"));
}

/// What is left out of a table stands in the report, and other tables can be loaded on their own.
#[test]
fn lines_outside_the_table_are_told() {
    let bytes = "Weekly export\nall figures provisional\n\nday,n\n2024-01-01,5\n2024-01-02,7\n2024-01-03,6\n\n\
                 By country\ncountry,n,share\nNO,4,0.5\nPE,7,0.2\nUA,9,0.3\n\nSource: our own\n";
    let (table, report) = try_load(bytes, &ImportOptions::default()).unwrap();
    assert_eq!((table.n_rows(), report.first_line, report.tables.len()), (3, 4, 2));
    let told: Vec<(u64, String)> =
        report.problems.iter().map(|problem| (problem.line, format!("{:?}", problem.code))).collect();
    let expected = [(1, "Preamble"), (2, "Preamble"), (9, "Footnote"), (10, "OtherTable"), (15, "Footnote")];
    assert_eq!(told, expected.map(|(line, code)| (line, code.to_owned())));
    assert_eq!((report.n_problems, report.n_rows_changed), (5, 0));

    let options = ImportOptions { table: Some(2), ..ImportOptions::default() };
    let (table, report) = try_load(bytes, &options).unwrap();
    assert_eq!(table.column_names(), ["country", "n", "share"]);
    assert_eq!((table.n_rows(), report.table, report.first_line), (3, 2, 10));
    let error = try_load(bytes, &ImportOptions { table: Some(3), ..ImportOptions::default() }).unwrap_err();
    assert!(error.message.contains("2 tables"), "{}", error.message);
}

/// What looks like the beginning of something else and is not.
#[test]
fn rows_that_look_odd_stay_rows() {
    let cases = [
        ("a row that comes again", "Oslo,Norway\nLima,Peru\nParis,France\nOslo,Norway\n", 0, 4),
        ("values that are not known", "a,b,c\nunknown,unknown,x\n1,2,y\n3,4,z\n5,6,w\n7,8,v\n", 1, 5),
        ("the same further down", "a,b,c\n1,2,x\nunknown,unknown,y\n3,4,z\n5,6,w\n7,8,v\n", 1, 5),
        ("a sum", "region,q1,q2\nN,1,2\nS,3,4\nTotal,4,6\n", 1, 3),
        ("groups with lines between", "day,n\n2024-01-01,1\n\n2024-02-01,3\n2024-02-02,4\n", 1, 3),
        ("rows with few cells filled first", "id,a,b,c\n1,,,\n2,,,\n3,1,2,3\n4,5,6,7\n", 1, 4),
        ("a short last row", "a,b,c\n1,2,3\n4,5,6\n4\n", 1, 3),
    ];
    for (what, text, n_header_rows, n_rows) in cases {
        let (_, report) = try_load(text, &ImportOptions::default()).unwrap();
        assert_eq!(
            (report.n_header_rows, report.n_rows, report.tables.len()),
            (n_header_rows, n_rows, 1),
            "{what}"
        );
    }
}
