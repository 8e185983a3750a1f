//! Numbers and dates in the writings of the world.

use super::{column, csv, kind, load_text, load_with, reason};
use playhead::model::{DecimalMark, ImportOptions, Kind};

#[track_caller]
fn numbers(text: &str, name: &str) -> Vec<f64> {
    let (table, report) = load_text(text);
    table.numbers(name).unwrap_or_else(|error| panic!("{error}: {}", reason(&report, name)))
}

#[test]
fn decimal_commas_and_thousands() {
    assert_eq!(numbers("a;b\n1,5;x\n2,75;y\n1000;z\n", "a"), [1.5, 2.75, 1000.0]);
    assert_eq!(numbers("a;b\n1.234,50;x\n12,00;y\n1.000.000,25;z\n", "a"), [1234.5, 12.0, 1_000_000.25]);
    assert_eq!(
        numbers("a,b\n\"1,234.50\",x\n\"12.00\",y\n\"1,000,000.25\",z\n", "a"),
        [1234.5, 12.0, 1_000_000.25]
    );
    assert_eq!(numbers("a,b\n\"1,234\",x\n\"12\",y\n\"1,000\",z\n", "a"), [1234.0, 12.0, 1000.0]);
    assert_eq!(
        numbers("a;b\n1 234,5;x\n12,0;y\n1\u{a0}000\u{a0}000,5;z\n", "a"),
        [1234.5, 12.0, 1_000_000.5]
    );
    assert_eq!(numbers("a;b\n1'234.5;x\n12.0;y\n", "a"), [1234.5, 12.0]);
}

#[test]
fn one_value_tells_for_the_whole_column() {
    // "1,234" alone could be either; "12,5" cannot be thousands.
    assert_eq!(numbers("a;b\n1,234;x\n12,5;y\n2,500;z\n", "a"), [1.234, 12.5, 2.5]);
    // A file with a column of decimal commas has points between thousands.
    assert_eq!(numbers("a;b\n1.234;1,5\n2.500;2,5\n10.000;3,5\n", "a"), [1234.0, 2500.0, 10_000.0]);
    assert_eq!(numbers("a;b\n1.234;x\n2.5;y\n", "a"), [1.234, 2.5]);
}

#[test]
fn marks_are_told_with_their_evidence() {
    for (text, ending) in [
        (
            "a;b\n1.234,50;x\n12,00;y\n",
            "; points stand between thousands in 1 of 2 values; the decimal mark is a comma in 2 of 2 values",
        ),
        (
            "a,b\n\"1,234\",x\n\"12\",y\n",
            "; commas stand between thousands in 1 of 2 values; ambiguous: no value shows that it is not a decimal mark; read so as is usual",
        ),
        ("a,b\n\"1,234,567\",x\n12,y\n", "; commas stand between thousands in 1 of 2 values"),
        (
            "a;b\n1.234;1,5\n2.500;2,5\n",
            "; points stand between thousands in 2 of 2 values; ambiguous: no value shows that it is not a decimal mark; read so like other columns of the file",
        ),
        (
            "a;b\n1,234;x\n2,500;y\n",
            "; the decimal mark is a comma in 2 of 2 values; ambiguous: no value shows that it is not a mark between thousands; read so like other columns of the file",
        ),
        ("a;b\n1,234;x\n2,5;y\n", "; the decimal mark is a comma in 2 of 2 values"),
    ] {
        let (_, report) = load_text(text);
        assert!(reason(&report, "a").ends_with(ending), "{text}: {}", reason(&report, "a"));
    }
    let point = ImportOptions { decimal_mark: Some(DecimalMark::Point), ..ImportOptions::default() };
    let (_, report) = load_with("a;b\n1,234;x\n2,500;y\n", &point);
    assert!(reason(&report, "a").ends_with("; read so by the import options"), "{}", reason(&report, "a"));
}

#[test]
fn the_user_names_the_decimal_mark() {
    let comma = ImportOptions { decimal_mark: Some(DecimalMark::Comma), ..ImportOptions::default() };
    let (table, _) = load_with("a\tb\n1,234\tx\n2,500\ty\n", &comma);
    assert_eq!(table.numbers("a").unwrap(), [1.234, 2.5]);
    let point = ImportOptions { decimal_mark: Some(DecimalMark::Point), ..ImportOptions::default() };
    let (table, _) = load_with("a;b\n1,234;x\n2,500;y\n", &point);
    assert_eq!(table.numbers("a").unwrap(), [1234.0, 2500.0]);
}

#[test]
fn numbers_keep_every_digit() {
    let text = "x,n\n0.1,1\n0.8414709848078965,2\n1e-300,3\n-2.5E+3,4\n+7,5\n .5 ,6\n\u{2212}1.25,7\n123456789012345,8\n";
    let expected = [0.1, 0.8414709848078965, 1e-300, -2500.0, 7.0, 0.5, -1.25, 123_456_789_012_345.0];
    assert_eq!(numbers(text, "x"), expected);
    assert_eq!(csv(&load_text(text).0), text);
}

#[test]
fn infinite_numbers_are_not_read() {
    let rows: String = (0..60).map(|i| format!("{i}.5,a\n")).collect();
    let (table, report) = load_text(&format!("x,n\n{rows}inf,b\n-Infinity,c\n1e999,d\n"));
    assert_eq!((kind(&table, "x"), report.columns[0].n_coerced), (Kind::Continuous, 3));
    assert!(table.numbers("x").unwrap()[60].is_nan());
}

#[test]
fn dates_of_the_world() {
    let expected = ["2024-02-17", "2024-03-01"];
    for (dates, day_first) in [
        ("2024-02-17\n2024-03-01\n", None),
        ("2024/02/17\n2024/03/01\n", None),
        ("2024-2-17\n2024-3-1\n", None),
        ("17/02/2024\n01/03/2024\n", Some(true)),
        ("17.02.2024\n01.03.2024\n", Some(true)),
        ("17.2.2024\n1.3.2024\n", Some(true)),
        ("17-02-2024\n01-03-2024\n", Some(true)),
        ("17/02/24\n01/03/24\n", Some(true)),
        ("02/17/2024\n03/01/2024\n", Some(false)),
        ("2/17/2024\n3/1/2024\n", Some(false)),
    ] {
        let (table, report) = load_text(&format!("day\n{dates}"));
        assert_eq!(
            (kind(&table, "day"), column(&table, "day")),
            (Kind::Date, expected.map(String::from).to_vec()),
            "{dates}"
        );
        let reason = reason(&report, "day");
        match day_first {
            None => assert!(reason.contains("year first"), "{reason}"),
            Some(true) => assert!(reason.contains("day first: 1 of 2 values exceeds 12"), "{reason}"),
            Some(false) => assert!(reason.contains("month first: 1 of 2 values exceeds 12"), "{reason}"),
        }
        assert_eq!(csv(&table), format!("day\n{dates}"), "dates come back as they stood");
    }
}

#[test]
fn ambiguous_dates_are_said_to_be() {
    let (table, report) = load_text("day,n\n03/04/2024,1\n05/06/2024,2\n");
    assert!(reason(&report, "day").contains("ambiguous"), "{}", reason(&report, "day"));
    assert!(reason(&report, "day").contains("month first"));
    assert_eq!(column(&table, "day"), ["2024-03-04", "2024-05-06"]);
    let (table, _) = load_text("day;n\n03/04/2024;1,5\n05/06/2024;2,5\n");
    assert_eq!(column(&table, "day"), ["2024-04-03", "2024-06-05"]);
    let (table, _) = load_text("day,n\n03.04.2024,1\n05.06.2024,2\n");
    assert_eq!(column(&table, "day"), ["2024-04-03", "2024-06-05"]);
    // Days in a row that would jump from month to month otherwise.
    let days: String = (1..=9).map(|day| format!("0{day}/05/2024,{day}\n")).collect();
    let (table, report) = load_text(&format!("day,n\n{days}"));
    assert_eq!(column(&table, "day")[1], "2024-05-02");
    assert!(reason(&report, "day").contains("jump"), "{}", reason(&report, "day"));
}

#[test]
fn date_times_of_the_world() {
    for (text, shown) in [
        ("2024-02-17 17:00:00", "2024-02-17 17:00:00"),
        ("2024-02-17T17:00:00", "2024-02-17 17:00:00"),
        ("2024-02-17T17:00", "2024-02-17 17:00:00"),
        ("2024-02-17T17:00:00Z", "2024-02-17 17:00:00"),
        ("2024-02-17T17:00:00.250Z", "2024-02-17 17:00:00.25"),
        ("2024-02-17T17:00:00+02:00", "2024-02-17 15:00:00"),
        ("2024-02-17 17:00:00-0530", "2024-02-17 22:30:00"),
        ("17.02.2024 17:00", "2024-02-17 17:00:00"),
        ("2/17/2024 5:00:00 PM", "2024-02-17 17:00:00"),
        ("17/02/2024, 17:00", "2024-02-17 17:00:00"),
    ] {
        let quoted = format!("at;n\n{text};1\n{text};2\n");
        let (table, report) = load_text(&quoted);
        assert_eq!(kind(&table, "at"), Kind::DateTime, "{text}: {}", reason(&report, "at"));
        assert_eq!(column(&table, "at"), [shown, shown], "{text}");
        assert_eq!(
            csv(&table)
                .replace("\"", "")
                .replace(",1\n", ";1\n")
                .replace(",2\n", ";2\n")
                .replace("at,n", "at;n"),
            quoted
        );
    }
    let (table, _) = load_text("at,n\n2024-02-17 17:00:00.9,1\n1969-12-31 23:59:59.5,2\n");
    assert_eq!(table.seconds("at").unwrap(), [Some(1_708_189_200), Some(-1)]);
    assert_eq!(table.numbers("at").unwrap(), [1_708_189_200.9, -0.5]);
}

#[test]
fn durations_are_seconds() {
    let (table, report) = load_text("length,n\n00:13:20,1\n01:00:05,2\n-00:00:01,3\n");
    assert_eq!(kind(&table, "length"), Kind::Duration, "{}", reason(&report, "length"));
    assert_eq!(table.numbers("length").unwrap(), [800.0, 3605.0, -1.0]);
    assert_eq!(column(&table, "length")[..2], ["0:13:20", "1:00:05"]);
    assert_eq!(csv(&table), "length,n\n00:13:20,1\n01:00:05,2\n-00:00:01,3\n");
}

#[test]
fn dates_of_no_calendar_are_not_dates() {
    let (table, _) = load_text("a,b\n2024-02-30,13/13/2024\n2024-13-01,32/01/2024\n");
    assert_ne!(kind(&table, "a"), Kind::Date);
    assert_ne!(kind(&table, "b"), Kind::Date);
}
