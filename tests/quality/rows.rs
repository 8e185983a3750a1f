//! Which rows a finding is about, as filters. That they keep as many rows as the finding counts is asserted wherever a
//! report is made, see `report`.

use super::{found, report, rows_of, table, table_of};
use playhead::model::{Finding, Kind};
use playhead::tables::Table;
use std::fmt::Write;

fn made(header: &str, n: usize, row: impl Fn(usize) -> String) -> Table {
    table("things", &text_of(header, n, row))
}

fn text_of(header: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = format!("key_id,{header}\n");
    for i in 0..n {
        writeln!(text, "k{i},{}", row(i)).unwrap();
    }
    text
}

fn of(table: &Table, code: &str) -> String {
    rows_of(&found(&report(table, &[]), code))
}

/// Numbers of a bell's shape with the given ones in the first rows.
fn bell(first: &'static [f64]) -> impl Fn(usize) -> String {
    move |i| match first.get(i) {
        Some(x) => x.to_string(),
        None => {
            let parts = [31, 37, 41, 43, 47].map(|step| (i * step % 59) as f64);
            format!("{:.1}", parts.iter().sum::<f64>() / 5.0)
        }
    }
}

#[test]
fn outliers_are_a_bound_or_a_list() {
    assert_eq!(of(&made("load", 300, bell(&[400.5, 380.0])), "outliers"), "load >= 380");
    assert_eq!(of(&made("load", 300, bell(&[-400.5, -380.0])), "outliers"), "load <= -380");
    assert_eq!(of(&made("load", 300, bell(&[-400.5, 380.0])), "outliers"), "load one of -400.5|380");
}

#[test]
fn values_that_are_told_elsewhere_are_left_out() {
    // 999 is a placeholder; -3 is none of what minutes can be.
    let minutes = made("minutes", 300, bell(&[400.0, 999.0, 999.0, -3.0, 410.0]));
    assert_eq!(of(&minutes, "outliers"), "minutes >= 400, minutes <= 410");
    assert_eq!(of(&minutes, "out_of_range"), "minutes < 0");
    assert_eq!(of(&minutes, "placeholder_number"), "minutes = 999");
    let ages = made("age", 300, |i| match i {
        2 => "-4".into(),
        5 | 6 => "180".into(),
        9 | 10 => "-99".into(),
        _ => (20 + i * 7 % 50).to_string(),
    });
    assert_eq!(of(&ages, "out_of_range"), "age one of -99|-4|180");
    let shares =
        made("done_pct", 300, |i| if i % 90 == 3 { (101 + i).to_string() } else { (i % 101).to_string() });
    assert_eq!(of(&shares, "out_of_range"), "done_pct > 100");
}

#[test]
fn dates() {
    let day = |i: usize| match i {
        3 => "2924-03-01".to_owned(),
        5 | 9 => "1970-01-01".to_owned(),
        11 => "2041-05-05".to_owned(),
        14 => "2044-05-05".to_owned(),
        17 => "9999-12-31".to_owned(),
        _ => format!("2024-{:02}-{:02}", i % 12 + 1, i % 28 + 1),
    };
    for (time, header) in [("", "signup_date"), (" 10:00:00", "seen_at")] {
        let people = made(header, 120, |i| format!("{}{time}", day(i)));
        assert_eq!(of(&people, "placeholder_date"), format!("{header} = 1970-01-01"));
        assert_eq!(of(&people, "impossible_date"), format!("{header} > 2100-12-31, {header} <= 2924-03-01"));
        assert_eq!(of(&people, "far_off_date"), format!("{header} >= 2041-05-05, {header} <= 2044-05-05"));
    }
    let both = made("signup_date", 120, |i| match i {
        4 => "1850-01-01".into(),
        i => day(i),
    });
    assert_eq!(of(&both, "impossible_date"), "signup_date one of 1850-01-01|2924-03-01");
}

#[test]
fn texts_are_listed() {
    let spell = ["USA", "US", "U.S.", "USA", "Germany", "DE", "India", "india ", "India", "USA"];
    let people = made("country", 60, |i| spell[i % 10].to_owned());
    assert_eq!(of(&people, "spellings"), "country one of US|U.S.|DE|india ");
    let text = text_of("title,amount,watched", 100, |i| {
        let title = if i % 25 == 4 { format!("\" Title {i}\"") } else { format!("\"Title {i}\"") };
        let amount = if i % 20 == 6 { "about 5".to_owned() } else { (i * 7 % 60).to_string() };
        format!("{title},{amount},{}", if i == 8 { "1 h".to_owned() } else { format!("{} min", i % 30) })
    });
    let kinds = [("title", Kind::Text), ("amount", Kind::Text), ("watched", Kind::Nominal)];
    let things = table_of("things", &text, &kinds);
    assert_eq!(of(&things, "blanks"), "title one of  Title 29| Title 4| Title 54| Title 79");
    assert_eq!(of(&things, "numbers_as_text"), "amount = about 5");
    assert_eq!(of(&things, "mixed_units"), "watched = 1 h");
}

#[test]
fn missing_cells_and_orphans() {
    let things = made("gap,x", 40, |i| format!("{},{}", if i == 3 { "seen" } else { "" }, i * i % 23));
    assert_eq!(of(&things, "mostly_missing"), "gap is missing");
    let users = table("users", &text_of("age", 30, |i| (20 + i).to_string()).replace("key_id", "user_id"));
    let plays = |n_unknown: usize| {
        let mut text = String::from("play_id,user_id,minutes\n");
        for i in 0..900 {
            let user =
                if i % 9 == 4 { format!("k{}", 100 + i / 9 % n_unknown) } else { format!("k{}", i % 30) };
            writeln!(text, "{},{user},{}", i + 1, i % 17).unwrap();
        }
        rows_of(&found(&report(&table("plays", &text), &[&users]), "orphans"))
    };
    assert_eq!(plays(3), "user_id one of k100|k101|k102");
    assert_eq!(plays(21), "", "too many to be listed");
}

#[test]
fn what_filters_cannot_say_has_none() {
    let mut text = text_of("plan,x", 40, |i| format!("{},{}", ["a", "b"][i % 2], i * 7 % 31));
    text.push_str("k7,b,18\nk9,a,3\n");
    let report = report(&table("things", &text), &[]);
    let repeats = |finding: &&Finding| finding.code.starts_with("duplicate");
    assert!(report.findings.iter().any(|finding| repeats(&finding)), "{report:#?}");
    assert!(report.findings.iter().filter(repeats).all(|finding| finding.rows.is_empty()));
}
