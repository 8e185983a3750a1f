//! Each sort of finding, on a small table made for it, and what its step does.

use super::{codes, column, found, mended, mends, report, table, table_of};
use playhead::model::{FindingSeverity, Kind, Step};
use std::fmt::Write;

/// A table of `n` rows with an id, from a function of the row.
fn made(header: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    let mut text = format!("key_id,{header}\n");
    for i in 0..n {
        writeln!(text, "k{i},{}", row(i)).unwrap();
    }
    text
}

#[test]
fn columns_that_say_little() {
    let text = made("source,gap,x,copy", 40, |i| {
        format!("web,{},{},{}", if i == 3 { "seen" } else { "" }, i * i % 23, i * i % 23)
    });
    let things = table("things", &text);
    let report = report(&things, &[]);
    assert_eq!(codes(&report), ["constant_column source", "mostly_missing gap", "identical_columns copy+x"]);
    assert_eq!(found(&report, "mostly_missing").n_rows, 39);
    assert_eq!(
        found(&report, "constant_column").sentence,
        "source is web in every row: it tells no rows apart."
    );
    let dropped = mends(&things, "identical_columns");
    assert_eq!(dropped.column_names(), ["key_id", "source", "gap", "x"]);
    mends(&things, "constant_column");
    mends(&things, "mostly_missing");
}

#[test]
fn spellings_of_one_value_become_the_most_frequent() {
    let spell = ["USA", "US", "U.S.", "united states", "Germany", "DE", "India", "india ", "India", "USA"];
    let text = made("country", 60, |i| spell[i % 10].to_owned());
    let people = table("people", &text);
    let finding = found(&report(&people, &[]), "spellings");
    assert_eq!(finding.severity, FindingSeverity::Problem);
    let mended = mends(&people, "spellings");
    let mut left = column(&mended, "country");
    left.sort();
    left.dedup();
    assert_eq!(left, ["Germany", "India", "USA"]);
    assert_eq!(finding.action, "Recode 5 spellings to 3 values");
    let one = made("country", 60, |i| ["USA", "US", "USA", "U.S.", "India"][i % 5].to_owned());
    assert_eq!(found(&report(&table("t", &one), &[]), "spellings").action, "Recode 2 spellings to USA");
}

#[test]
fn case_diacritics_and_punctuation() {
    let spell = ["São Paulo", "Sao Paulo", "são-paulo", "Zürich", "ZÜRICH", "São Paulo", "Zürich"];
    let text = made("city", 70, |i| spell[i % 7].to_owned());
    let mended = mends(&table("people", &text), "spellings");
    let mut left = column(&mended, "city");
    left.sort();
    left.dedup();
    assert_eq!(left, ["São Paulo", "Zürich"]);
}

#[test]
fn a_rare_typing_error_and_initials_may_be_meant_otherwise() {
    let text = made("genre", 300, |i| match i {
        7 => "Documentry".into(),
        8 => "Documentary film".into(),
        _ if i % 40 == 1 => "VOD".into(),
        _ => ["Documentary", "Comedy", "Video on Demand"][i % 3].to_owned(),
    });
    let things = table("things", &text);
    let report = report(&things, &[]);
    let finding = found(&report, "similar_spellings");
    assert_eq!(finding.severity, FindingSeverity::Look);
    let Some(Step::Recode(step)) = &finding.step.as_ref().map(|step| step.step.clone()) else {
        panic!("a recode")
    };
    let map: Vec<(&str, &str)> = step.map.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(map, [("Documentry", "Documentary"), ("VOD", "Video on Demand")]);
    mends(&things, "similar_spellings");
}

#[test]
fn dates_that_cannot_be() {
    let day = |i: usize| match i {
        3 => "2924-03-01".to_owned(),
        5 | 9 => "1970-01-01".to_owned(),
        11 => "2041-05-05".to_owned(),
        _ => format!("2024-{:02}-{:02}", i % 12 + 1, i % 28 + 1),
    };
    let text = made("signup_date", 120, day);
    let people = table("people", &text);
    let report = report(&people, &[]);
    assert_eq!(
        codes(&report),
        ["placeholder_date signup_date", "impossible_date signup_date", "far_off_date signup_date"]
    );
    assert_eq!(found(&report, "placeholder_date").n_rows, 2);
    for code in ["placeholder_date", "impossible_date", "far_off_date"] {
        let mended = mends(&people, code);
        assert_eq!(mended.n_rows(), 120);
        let n = column(&mended, "signup_date").iter().filter(|cell| *cell == "-").count();
        assert_eq!(n as u64, found(&report, code).n_rows, "{code}");
    }
    let with_time = made("seen_at", 120, |i| format!("{} 10:00:00", day(i)));
    let people = table("people", &with_time);
    for code in ["placeholder_date", "impossible_date", "far_off_date"] {
        mends(&people, code);
    }
}

#[test]
fn an_end_before_its_start() {
    let text = made("start_date,end_date", 50, |i| {
        let end = if i % 20 == 7 { "2024-01-01".to_owned() } else { format!("2024-05-{:02}", i % 28 + 1) };
        format!("2024-03-{:02},{}", i % 28 + 1, if i == 9 { String::new() } else { end })
    });
    let plays = table("plays", &text);
    let finding = found(&report(&plays, &[]), "end_before_start");
    assert_eq!((finding.n_rows, finding.action.as_str()), (3, "Drop 3 rows"));
    assert_eq!(finding.sentence, "end_date lies before start_date in 3 rows.");
    assert_eq!(mends(&plays, "end_before_start").n_rows(), 47, "a row without an end is kept");
}

#[test]
fn numbers_out_of_range_and_placeholders() {
    let text = made("age,watch_minutes,completion_pct,rating_value", 200, |i| {
        let age = if i == 4 { 180 } else { 20 + i % 50 };
        let minutes = if i == 8 { -12 } else { (i * 37 % 90) as i64 };
        let done = if i == 9 { 140 } else { i % 101 };
        let rating = if i % 50 == 2 { 999.0 } else { (i % 41) as f64 / 8.0 };
        format!("{age},{minutes},{done},{rating}")
    });
    let people = table("people", &text);
    let report = report(&people, &[]);
    let ranges: Vec<String> =
        codes(&report).into_iter().filter(|code| code.starts_with("out_of_range")).collect();
    assert_eq!(ranges, ["out_of_range age", "out_of_range watch_minutes", "out_of_range completion_pct"]);
    let placeholder = found(&report, "placeholder_number");
    assert_eq!((placeholder.n_rows, placeholder.columns[0].as_str()), (4, "rating_value"));
    mends(&people, "placeholder_number");
    let mended = mended(&people, &found(&report, "out_of_range"));
    assert_eq!(column(&mended, "age")[4], "-");
    assert!(
        report.findings.iter().all(|finding| finding.code != "outliers"),
        "told once: {:?}",
        codes(&report)
    );
}

#[test]
fn mixed_units() {
    let text = made("watched,price", 60, |i| {
        let watched = if i % 10 == 3 { "0.5 h".to_owned() } else { format!("{} min", 10 + i % 30) };
        let price = if i % 6 == 1 { format!("{} €", i % 9 + 1) } else { format!("${}", i % 9 + 1) };
        format!("{watched},{price}")
    });
    let kinds = [("watched", Kind::Nominal), ("price", Kind::Nominal)];
    let plays = table_of("plays", &text, &kinds);
    let report = report(&plays, &[]);
    let units: Vec<_> = report.findings.iter().filter(|finding| finding.code == "mixed_units").collect();
    assert_eq!(units.len(), 2, "{:?}", codes(&report));
    assert_eq!(units[0].action, "Write 6 cells in min");
    assert_eq!(column(&mended(&plays, units[0]), "watched")[3], "30 min");
    assert!(units[1].step.is_none(), "currencies are not converted");
}

#[test]
fn blanks_and_numbers_as_text() {
    let text = made("title,amount", 100, |i| {
        let title = if i % 25 == 4 { format!("\" Title {i}\"") } else { format!("\"Title {i}\"") };
        format!("{title},{}", if i % 20 == 6 { "about 5".to_owned() } else { (i * 7 % 60).to_string() })
    });
    let things = table_of("things", &text, &[("title", Kind::Text), ("amount", Kind::Text)]);
    let report = report(&things, &[]);
    assert_eq!(found(&report, "blanks").n_rows, 4);
    mends(&things, "blanks");
    let finding = found(&report, "numbers_as_text");
    assert_eq!((finding.n_rows, finding.action.as_str()), (5, "Read as numbers; 5 cells become missing"));
}

#[test]
fn values_that_another_table_does_not_have() {
    let users: String = made("age", 30, |i| (20 + i).to_string()).replace("key_id", "user_id");
    let users = table("users", &users);
    let mut text = String::from("play_id,user_id,minutes\n");
    for i in 0..90 {
        let user = if i % 30 == 4 { "k99".to_owned() } else { format!("k{}", i % 30) };
        writeln!(text, "{},{},{}", i + 1, if i == 7 { "" } else { &user }, i % 17).unwrap();
    }
    let plays = table("plays", &text);
    let finding = found(&report(&plays, &[&users]), "orphans");
    assert_eq!(finding.sentence, "3 rows name a user_id that users does not have (1 value).");
    assert_eq!((finding.severity, finding.examples[0].row), (FindingSeverity::Problem, 5));
    let mended = mended(&plays, &finding);
    assert_eq!(mended.n_rows(), 87, "a row without a user is kept");
    assert!(codes(&report(&mended, &[&users])).is_empty());
    assert!(codes(&report(&users, &[&plays])).is_empty());
}
