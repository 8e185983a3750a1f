//! Nothing is wrong with clean data, and little is remarkable.

use super::{codes, problems, report, table};
use playhead::model::{FindingSeverity, ScenarioSpec, UiExperimentSpec};
use playhead::pace::{Pace, block_on};
use playhead::scenarios::generate;
use playhead::tables::Table;
use std::fmt::Write;

#[test]
fn generated_worlds_have_nothing_to_look_at() {
    for seed in [1, 2, 3, 4] {
        let spec = ScenarioSpec::UiExperiment(UiExperimentSpec { seed, ..UiExperimentSpec::default() });
        let tables = block_on(generate(&spec, &Pace::unhosted())).unwrap().0;
        let all: Vec<&Table> = tables.iter().collect();
        for table in &all {
            let others: Vec<&Table> =
                all.iter().copied().filter(|other| other.name() != table.name()).collect();
            let report = report(table, &others);
            assert!(problems(&report).is_empty(), "{seed} {}: {:#?}", table.name(), report.findings);
            let look = report.findings.iter().filter(|finding| finding.severity == FindingSeverity::Look);
            assert_eq!(look.count(), 0, "{seed} {}: {:?}", table.name(), codes(&report));
        }
    }
}

#[test]
fn tables_of_the_import_tests_have_no_problems() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/damage");
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "clean") {
            let text = std::fs::read_to_string(&path).unwrap();
            let is_meant =
                ["stray_quote", "spaces_in_cells"].iter().any(|word| path.to_string_lossy().contains(word));
            if text.lines().count() < 3 || is_meant {
                continue;
            }
            let report = report(&table("t", &text), &[]);
            assert!(problems(&report).is_empty(), "{}: {:#?}", path.display(), report.findings);
            n += 1;
        }
    }
    assert!(n > 50);
}

/// Categories that are near to each other and still different, ids that come again, dates over years.
#[test]
fn near_is_not_the_same() {
    let mut text = String::from("row,user_id,country,grade,size,model,status,language,born,score,note\n");
    let countries = [
        "Austria",
        "Australia",
        "Niger",
        "Nigeria",
        "Slovakia",
        "Slovenia",
        "Iran",
        "Iraq",
        "Mali",
        "Malawi",
    ];
    let grades = ["A", "A+", "A-", "B", "B+"];
    let languages = ["C", "C++", "C#", "Go", "Rust"];
    let status = ["active", "inactive", "paid", "unpaid", "included", "excluded"];
    for i in 0..400usize {
        let day = format!("{}-{:02}-{:02}", 1950 + i % 55, i % 12 + 1, i % 28 + 1);
        writeln!(
            text,
            "{},{},{},{},{},Model {},{},{},{day},{},{}",
            i + 1,
            (i * i * 7919) % 3000,
            countries[i % countries.len()],
            grades[i % 5],
            ["S", "M", "L", "XL", "XXL"][i % 5],
            i % 30,
            status[i % 6],
            languages[(i / 2) % 5],
            (i * 37) % 101,
            ["Christina", "Christine", "Martin", "Marvin"][i % 4],
        )
        .unwrap();
    }
    let report = report(&table("people", &text), &[]);
    assert_eq!(codes(&report), Vec::<String>::new(), "{:#?}", report.findings);
}

#[test]
fn tables_of_categories_repeat_rows_and_counts_have_tails() {
    let mut text = String::from("plan,device,plays\n");
    for i in 0..2000usize {
        let plays = if i % 3 == 0 { 0 } else { (i * 7919) % 5 };
        writeln!(text, "{},{},{plays}", ["free", "paid"][i % 2], ["TV", "Phone", "Tablet"][(i / 7) % 3])
            .unwrap();
    }
    let report = report(&table("t", &text), &[]);
    assert_eq!(codes(&report), Vec::<String>::new(), "{:#?}", report.findings);
    // Nothing can be said of hardly anything.
    for text in ["a,b\n1,2\n", "a\n", "a,b\n1,2\n1,2\n1,3\n"] {
        assert!(problems(&super::report(&table("t", text), &[])).is_empty());
    }
}
