//! What looks wrong in a table: counts against pandas and scipy, what each finding proposes, and silence on clean data.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

#[path = "quality/cases.rs"]
mod cases;
#[path = "quality/clean.rs"]
mod clean;
#[path = "quality/findings.rs"]
mod findings;
#[path = "quality/large.rs"]
mod large;
#[path = "engine/process.rs"]
mod process;
#[path = "quality/rows.rs"]
mod rows;
#[path = "quality/session.rs"]
mod session;

use playhead::model::{
    Filter, Finding, FindingSeverity, ImportOptions, Kind, QualityReport, Recipe, TableOrigin, Value,
};
use playhead::pace::{Pace, block_on};
use playhead::tables::{MemorySource, Table, find_quality, load, run_recipe};

fn table_of(name: &str, text: &str, kinds: &[(&str, Kind)]) -> Table {
    let source = MemorySource::new("t.csv", text.as_bytes().to_vec());
    let kinds = kinds.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    let options = ImportOptions { kinds, ..ImportOptions::default() };
    block_on(load(name, &source, TableOrigin::Text, &options, &Pace::unhosted())).unwrap().0
}

fn table(name: &str, text: &str) -> Table {
    table_of(name, text, &[])
}

fn report(table: &Table, others: &[&Table]) -> QualityReport {
    let report = block_on(find_quality(table, others, &Pace::unhosted())).unwrap();
    for finding in report.findings.iter().filter(|finding| !finding.rows.is_empty()) {
        let n_rows = table.page(0, 1, &[], &finding.rows).unwrap().n_rows_filtered;
        assert_eq!(n_rows, finding.n_rows, "rows of {finding:#?}");
    }
    report
}

/// The rows of a finding in words: "minutes < 0, minutes none of -99".
fn rows_of(finding: &Finding) -> String {
    let text = |value: &Value| match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(is) => is.to_string(),
    };
    let list = |values: &[Value]| values.iter().map(text).collect::<Vec<_>>().join("|");
    let words = finding.rows.iter().map(|filter| {
        let column = filter.column();
        match filter {
            Filter::Eq { value, .. } => format!("{column} = {}", text(value)),
            Filter::Lt { value, .. } => format!("{column} < {}", text(value)),
            Filter::Le { value, .. } => format!("{column} <= {}", text(value)),
            Filter::Gt { value, .. } => format!("{column} > {}", text(value)),
            Filter::Ge { value, .. } => format!("{column} >= {}", text(value)),
            Filter::In { values, .. } => format!("{column} one of {}", list(values)),
            Filter::NotIn { values, .. } => format!("{column} none of {}", list(values)),
            Filter::IsMissing { .. } => format!("{column} is missing"),
            other => format!("{other:?}"),
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

/// The findings as "code columns".
fn codes(report: &QualityReport) -> Vec<String> {
    report.findings.iter().map(|finding| format!("{} {}", finding.code, finding.columns.join("+"))).collect()
}

#[track_caller]
fn found(report: &QualityReport, code: &str) -> Finding {
    let finding = report.findings.iter().find(|finding| finding.code == code);
    finding.unwrap_or_else(|| panic!("no {code} in {:?}", codes(report))).clone()
}

/// The table after the step of a finding.
#[track_caller]
fn mended(table: &Table, finding: &Finding) -> Table {
    let step = finding.step.clone().expect("a step");
    let recipe = Recipe { table: table.name().into(), steps: vec![step], into: "out".into(), dry_run: false };
    let other = |name: &str| Err(playhead::model::EngineError::unknown_table(name, &[]));
    match block_on(run_recipe(&recipe, table, &other, &Pace::unhosted())) {
        Ok((mended, report)) => {
            assert!(report.steps[0].problems.is_empty(), "{:?}", report.steps[0].problems);
            mended
        }
        Err(error) => panic!("{:?}: {error}", finding.step),
    }
}

/// Asserts that the step of a finding mends it, and gives the table it makes.
#[track_caller]
fn mends(table: &Table, code: &str) -> Table {
    let mended = mended(table, &found(&report(table, &[]), code));
    let left = report(&mended, &[]);
    assert!(left.findings.iter().all(|finding| finding.code != code), "{:#?}", left.findings);
    mended
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let at = table.column_names().iter().position(|found| *found == name).expect("the column is there");
    let rows = table.page(0, u32::MAX, &[], &[]).unwrap().rows;
    rows.into_iter().map(|mut row| row[at].take().unwrap_or("-".into())).collect()
}

fn problems(report: &QualityReport) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| finding.severity == FindingSeverity::Problem).collect()
}
