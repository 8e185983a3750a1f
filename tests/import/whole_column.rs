//! Columns that turn out otherwise than their beginning looked.

use super::{column, csv, kind, load_text, reason};
use playhead::model::Kind;

/// Far beyond what is sampled.
const N: usize = 80_000;

fn long(cell: impl Fn(usize) -> String) -> String {
    let mut text = String::from("n,x\n");
    for i in 0..N {
        text.push_str(&format!("{i},{}\n", cell(i)));
    }
    text
}

#[test]
fn decimals_after_whole_numbers() {
    let (table, report) = load_text(&long(|i| if i < N / 2 { i.to_string() } else { format!("{i}.25") }));
    assert_eq!((kind(&table, "x"), report.columns[1].n_coerced), (Kind::Continuous, 0));
    let numbers = table.numbers("x").unwrap();
    assert_eq!((numbers[10], numbers[N - 1]), (10.0, N as f64 - 0.75));
}

#[test]
fn names_after_numbers() {
    let text = long(|i| if i < N / 2 { (i % 100).to_string() } else { format!("name{}", i % 9) });
    let (table, report) = load_text(&text);
    assert_eq!((kind(&table, "x"), report.columns[1].n_coerced), (Kind::Nominal, 0));
    assert_eq!(csv(&table), text);
}

#[test]
fn a_few_names_among_numbers_are_coerced() {
    let text = long(|i| if i % 1_000 == 999 { "oops".into() } else { format!("{}.5", i % 100) });
    let (table, report) = load_text(&text);
    let x = &report.columns[1];
    assert_eq!((x.kind, x.n_coerced, x.n_missing), (Kind::Continuous, 80, 0));
    assert_eq!((report.n_problems, report.n_rows_changed), (80, 80));
    let problem = &report.problems[0];
    assert_eq!((problem.line, problem.raw.as_str(), problem.column.as_deref()), (1_001, "oops", Some("x")));
    assert!(problem.action.contains("a number"));
    assert!(table.numbers("x").unwrap()[999].is_nan());
    assert_eq!(csv(&table), text);
}

#[test]
fn more_than_one_in_twenty_is_too_many() {
    let (table, _) = load_text(&long(|i| if i % 15 == 0 { "oops".into() } else { format!("{}.5", i % 100) }));
    assert_eq!(kind(&table, "x"), Kind::Nominal);
}

#[test]
fn numbers_after_names() {
    let text = long(|i| if i < 100 { "later".into() } else { i.to_string() });
    let (table, report) = load_text(&text);
    assert_eq!((kind(&table, "x"), report.columns[1].n_coerced), (Kind::Count, 100));
    assert_eq!(table.numbers("x").unwrap()[N - 1], N as f64 - 1.0);
    assert_eq!(csv(&table), text);
}

#[test]
fn values_after_an_empty_beginning() {
    let (table, _) =
        load_text(&long(|i| if i < N / 2 { String::new() } else { format!("2024-01-{:02}", i % 28 + 1) }));
    assert_eq!(kind(&table, "x"), Kind::Date);
    let (table, _) =
        load_text(&long(|i| if i < N / 2 { String::new() } else { ["true", "false"][i % 2].into() }));
    assert_eq!(kind(&table, "x"), Kind::Binary);
}

#[test]
fn leading_zeros_after_numbers() {
    let (table, _) =
        load_text(&long(|i| if i < N / 2 { (10_000 + i).to_string() } else { format!("{:05}", i % 9_000) }));
    assert_eq!((kind(&table, "x"), column(&table, "x")[N - 1].len()), (Kind::Id, 5));
}

#[test]
fn a_late_day_tells_the_order_of_all() {
    let text =
        long(
            |i| {
                if i < N - 5 {
                    format!("0{}/0{}/2024", i % 9 + 1, i / 9 % 9 + 1)
                } else {
                    "31/01/2024".into()
                }
            },
        );
    let (table, report) = load_text(&text);
    assert_eq!(column(&table, "x")[..2], ["2024-01-01", "2024-01-02"]);
    assert_eq!(column(&table, "x")[N - 1], "2024-01-31");
    assert!(
        reason(&report, "x").contains("day first: 5 of 80,000 values exceed 12"),
        "{}",
        reason(&report, "x")
    );
    assert_eq!(csv(&table), text);
}

#[test]
fn a_late_comma_tells_the_mark_of_all() {
    let text = long(|i| if i < N - 5 { format!("\"1,{:03}\"", i % 1_000) } else { "\"12,5\"".into() });
    let (table, _) = load_text(&text);
    let numbers = table.numbers("x").unwrap();
    assert_eq!((numbers[7], numbers[N - 1]), (1.007, 12.5));
}

#[test]
fn times_after_dates() {
    let (table, _) =
        load_text(&long(|i| if i < N / 2 { "2024-01-01".into() } else { "2024-01-01 12:30".into() }));
    assert_eq!(kind(&table, "x"), Kind::DateTime);
    assert_eq!(column(&table, "x")[N - 1], "2024-01-01 12:30:00");
    assert_eq!(column(&table, "x")[0], "2024-01-01 00:00:00");
}

#[test]
fn many_different_texts() {
    let text = long(|i| format!("text number {i}"));
    let (table, _) = load_text(&text);
    assert_eq!((kind(&table, "x"), table.codes("x").unwrap().levels.len()), (Kind::Text, N));
    assert_eq!(csv(&table), text);
    // So different that they are not kept as a dictionary, and numbers after all.
    let (table, report) = load_text(&long(|i| if i < 200 { format!("later {i}") } else { format!("{i}.5") }));
    assert_eq!((kind(&table, "x"), report.columns[1].n_coerced), (Kind::Continuous, 200));
}
