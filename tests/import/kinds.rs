//! Kinds of columns, and missing values.

use super::{cells, column, csv, kind, load_text, load_with, reason, try_load};
use playhead::model::{ErrorCode, ImportOptions, Kind};
use std::collections::BTreeMap;

/// A column under a name, with cells repeated to make a table long enough to judge.
fn table_of(name: &str, cells: &[&str]) -> String {
    let mut text = format!("n,{name}\n");
    for (i, cell) in cells.iter().cycle().take(60.max(cells.len())).enumerate() {
        text.push_str(&format!("{},{cell}\n", i * 3));
    }
    text
}

#[track_caller]
fn assert_kind(expected: Kind, name: &str, cells: &[&str]) {
    let (table, report) = load_text(&table_of(name, cells));
    assert_eq!(kind(&table, name), expected, "{cells:?}: {}", reason(&report, name));
}

#[test]
fn kinds_of_ordinary_columns() {
    assert_kind(Kind::Continuous, "minutes", &["13.8", "6.38", "12", "0.5"]);
    assert_kind(Kind::Count, "clicks", &["0", "2", "5", "11"]);
    assert_kind(Kind::Continuous, "change", &["-3", "2", "0", "11"]);
    assert_kind(Kind::Binary, "watched", &["0", "1", "1"]);
    assert_kind(Kind::Binary, "watched", &["0.0", "1.0", ""]);
    assert_kind(Kind::Binary, "watched", &["true", "false"]);
    assert_kind(Kind::Binary, "watched", &["TRUE", "FALSE", "NA"]);
    assert_kind(Kind::Binary, "watched", &["yes", "no", "No"]);
    assert_kind(Kind::Binary, "watched", &["Y", "N"]);
    assert_kind(Kind::Nominal, "sex", &["M", "F"]);
    assert_kind(Kind::Nominal, "letter", &["Y", "X"]);
    assert_kind(Kind::Nominal, "group", &["A", "B"]);
    assert_kind(Kind::Nominal, "country", &["IN", "BR", "UK", "NO"]);
    assert_kind(Kind::Ordinal, "plan", &["Basic", "Premium", "Standard"]);
    assert_kind(Kind::Ordinal, "stars", &["1", "5", "3", "4"]);
    assert_kind(Kind::Date, "day", &["2024-02-17", "2024-03-01"]);
    assert_kind(Kind::DateTime, "at", &["2024-02-17 17:00:00", "2024-03-01 00:30:00"]);
    assert_kind(Kind::Duration, "length", &["00:13:20", "01:02:03"]);
    assert_kind(Kind::Id, "user_id", &["12", "7", "9"]);
    assert_kind(Kind::Id, "userId", &["u12", "u7", "u9"]);
    assert_kind(Kind::Count, "floats", &["3.0", "4.0", "12.0", ""]);
}

#[test]
fn numbers_that_only_look_like_something_else_stay_numbers() {
    assert_kind(Kind::Count, "year", &["2019", "2020", "2021"]);
    assert_kind(Kind::Count, "stamp", &["20240217", "20240301"]);
    assert_kind(Kind::Continuous, "version", &["1.2", "10.11"]);
    assert_kind(Kind::Nominal, "version", &["1.2.3", "10.11.12", "1.2.4"]);
    assert_kind(Kind::Nominal, "ratio", &["1/2", "3/4"]);
}

#[test]
fn digits_that_name_something_stay_text() {
    let (table, report) = load_text("zip,n\n01234,1\n98765,2\n00501,3\n12345,4\n");
    assert_eq!((kind(&table, "zip"), column(&table, "zip")[0].as_str()), (Kind::Id, "01234"));
    assert!(reason(&report, "zip").contains("leading zeros"));
    let (table, report) = load_text("card,n\n1234567890123456789,1\n9999999999999999,2\n");
    assert_eq!((kind(&table, "card"), column(&table, "card")[0].as_str()), (Kind::Id, "1234567890123456789"));
    assert!(reason(&report, "card").contains("15 digits"));
    let (table, _) = load_text("part,n\n12E4,1\n55E1,2\n13E7,3\n");
    assert_eq!((kind(&table, "part"), column(&table, "part")[0].as_str()), (Kind::Id, "12E4"));
    assert!(csv(&table).contains("12E4,1\n"));
}

#[test]
fn row_numbers_are_ids_and_other_unique_numbers_are_not() {
    let rows: String = (1..=50).map(|i| format!("{i},{},{}\n", i * 37 % 1_009, i * 3)).collect();
    let (table, report) = load_text(&format!("row,spend,n\n{rows}"));
    assert_eq!(kind(&table, "row"), Kind::Id, "{}", reason(&report, "row"));
    assert_eq!((kind(&table, "spend"), kind(&table, "n")), (Kind::Count, Kind::Count));
    let rows: String = (0..50).map(|i| format!("a{:04x}-{i},x\n", i * 7_919)).collect();
    let (table, _) = load_text(&format!("token,n\n{rows}"));
    assert_eq!(kind(&table, "token"), Kind::Id);
}

#[test]
fn long_texts_are_text() {
    let rows: String = (0..60)
        .map(|i| format!("{i},\"I watched {i} films, and the best was number {}\"\n", i * 7))
        .collect();
    let (table, _) = load_text(&format!("n,comment\n{rows}"));
    assert_eq!(kind(&table, "comment"), Kind::Text);
}

#[test]
fn ordinal_levels_stand_in_their_order() {
    let (table, _) = load_text(&table_of("plan", &["Premium", "Basic", "Standard"]));
    assert_eq!(table.codes("plan").unwrap().levels, ["Basic", "Standard", "Premium"]);
    let (table, _) = load_text(&table_of("arm", &["a10", "a2", "B", "a1"]));
    assert_eq!(table.codes("arm").unwrap().levels, ["a1", "a2", "a10", "B"]);
}

#[test]
fn missing_tokens_are_missing_among_values() {
    for token in ["NA", "N/A", "NaN", "null", "NULL", "None", "-", "#N/A", "missing", "\\N", "?"] {
        let (table, report) = load_text(&table_of("minutes", &["1.5", token, "2.5", ""]));
        assert_eq!(kind(&table, "minutes"), Kind::Continuous, "{token}");
        let minutes = &report.columns[1];
        assert_eq!((minutes.n_missing, minutes.n_coerced), (30, 0), "{token}");
        let tokens: Vec<_> = minutes.missing_tokens.iter().map(|t| (t.token.as_str(), t.n)).collect();
        assert_eq!(tokens, [("", 15), (token, 15)]);
        assert_eq!(report.n_rows_changed, 0);
    }
}

#[test]
fn missing_tokens_are_names_among_names() {
    let (table, report) = load_text(&table_of("country", &["NA", "DE", "FR", ""]));
    assert_eq!(column(&table, "country")[..4], ["NA", "DE", "FR", "-"]);
    assert_eq!(report.columns[1].n_missing, 15);
    assert!(
        reason(&report, "country").contains("\"NA\" (15) kept as a name"),
        "{}",
        reason(&report, "country")
    );
    let (table, _) = load_text(&table_of("surname", &["Null", "Lee", "None"]));
    assert_eq!(column(&table, "surname")[..3], ["Null", "Lee", "None"]);
}

#[test]
fn the_users_tokens_replace_the_list() {
    let options =
        ImportOptions { missing_tokens: Some(vec!["999".into(), "NA".into()]), ..ImportOptions::default() };
    let (table, report) = load_with("country,n\nNA,1\nDE,999\nFR,3\nDE,4\n", &options);
    assert_eq!(cells(&table)[..2], [["-", "1"], ["DE", "-"]]);
    assert_eq!(report.columns[0].missing_tokens[0].token, "NA");
    assert_eq!(csv(&table), "country,n\nNA,1\nDE,999\nFR,3\nDE,4\n");
}

#[test]
fn a_column_without_values_loads() {
    let (table, report) = load_text("a,b,c\n1,,x\n2,,y\n3,  ,z\n");
    assert_eq!((kind(&table, "b"), report.columns[1].n_missing), (Kind::Text, 3));
    assert_eq!(csv(&table), "a,b,c\n1,,x\n2,,y\n3,  ,z\n");
}

fn kinds(pairs: &[(&str, Kind)]) -> ImportOptions {
    let kinds: BTreeMap<_, _> = pairs.iter().map(|(name, kind)| ((*name).to_owned(), *kind)).collect();
    ImportOptions { kinds, ..ImportOptions::default() }
}

#[test]
fn the_user_decides_on_kinds() {
    let text =
        "code,score,group,day,flag\n007,1,1,01/02/2024,a\n008,x,2,02/02/2024,b\n009,y,1,03/02/2024,a\n";
    let asked = [
        ("code", Kind::Count),
        ("score", Kind::Continuous),
        ("group", Kind::Nominal),
        ("day", Kind::Text),
        ("flag", Kind::Binary),
    ];
    let (table, report) = load_with(text, &kinds(&asked));
    for (name, expected) in asked {
        assert_eq!(kind(&table, name), expected, "{name}");
        assert!(reason(&report, name).contains("import options"));
    }
    assert_eq!(cells(&table)[1], ["8", "-", "2", "02/02/2024", "b"]);
    assert_eq!(report.columns[1].n_coerced, 2);
    assert_eq!(table.numbers("flag").unwrap(), [0.0, 1.0, 0.0]);
    assert_eq!(csv(&table), text, "what was coerced comes back as it stood");
    let (table, _) =
        load_with("at,n\n2024-01-01 10:00,1\n2024-01-02 23:59,2\n", &kinds(&[("at", Kind::Date)]));
    assert_eq!(column(&table, "at"), ["2024-01-01", "2024-01-02"]);
    let (table, _) = load_with("at,n\n2024-01-01,1\n2024-01-02,2\n", &kinds(&[("at", Kind::DateTime)]));
    assert_eq!(column(&table, "at"), ["2024-01-01 00:00:00", "2024-01-02 00:00:00"]);
}

#[test]
fn kinds_of_columns_that_are_not_there_are_refused() {
    let error = try_load("group,n\na,1\n", &kinds(&[("grup", Kind::Nominal)])).map(|_| ()).unwrap_err();
    assert_eq!((error.code, error.hint.as_deref()), (ErrorCode::UnknownColumn, Some("did you mean group?")));
    let error = try_load("g,n\na,1\nb,2\nc,3\n", &kinds(&[("g", Kind::Binary)])).map(|_| ()).unwrap_err();
    assert_eq!((error.code, error.at.column.as_deref()), (ErrorCode::BadOption, Some("g")));
}
