//! Numbers and dates in the writings of the world.

use super::{column, csv, kind, load_text, load_with, reason};
use playhead::model::{DateOrder, DecimalMark, ImportOptions, Kind, ProblemCode};

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

fn in_order(order: DateOrder) -> ImportOptions {
    ImportOptions { date_order: Some(order), ..ImportOptions::default() }
}

#[test]
fn the_user_names_the_order_of_dates() {
    let text = "day,at,iso\n01/02/2024,3/4/2024 5:06 PM,2024-02-01\n05/06/2024,7/8/2024 9:10 AM,2024-06-05\n";
    for (order, day, at, words) in [
        (DateOrder::Dmy, ["2024-02-01", "2024-06-05"], ["2024-04-03 17:06:00", "2024-08-07 09:10:00"], "day"),
        (
            DateOrder::Mdy,
            ["2024-01-02", "2024-05-06"],
            ["2024-03-04 17:06:00", "2024-07-08 09:10:00"],
            "month",
        ),
    ] {
        let (table, report) = load_with(text, &in_order(order));
        assert_eq!((kind(&table, "day"), kind(&table, "at")), (Kind::Date, Kind::DateTime));
        assert_eq!(
            (column(&table, "day"), column(&table, "at")),
            (day.map(String::from).into(), at.map(String::from).into())
        );
        for name in ["day", "at"] {
            let ending = format!("; no value exceeds 12; read as {words} first by the import options");
            assert!(reason(&report, name).ends_with(&ending), "{}", reason(&report, name));
        }
        // What begins with its year cannot be meant.
        assert_eq!(column(&table, "iso"), ["2024-02-01", "2024-06-05"]);
        assert_eq!(
            reason(&report, "iso"),
            "all 2 values are dates, year first: the order of the import options is for dates that do not begin with the year"
        );
        assert_eq!((csv(&table).as_str(), report.n_problems), (text, 0));
    }
    let (table, report) = load_with(text, &in_order(DateOrder::Ymd));
    assert_eq!(
        (kind(&table, "iso"), kind(&table, "day"), kind(&table, "at")),
        (Kind::Date, Kind::Text, Kind::Text)
    );
    assert_eq!(
        reason(&report, "day"),
        "the import options ask for dates with the year first, which 2 of 2 values are not; the first is \"01/02/2024\" in line 2"
    );
}

#[test]
fn dates_of_another_order_than_the_users_stay_text() {
    let text = "day,n\n01/02/2024,1\nNA,2\n02/17/2024,3\n03/18/2024,4\n";
    let (table, report) = load_with(text, &in_order(DateOrder::Dmy));
    assert_eq!(kind(&table, "day"), Kind::Text);
    assert_eq!(column(&table, "day"), ["01/02/2024", "NA", "02/17/2024", "03/18/2024"]);
    assert!(
        reason(&report, "day").ends_with("; the first is \"02/17/2024\" in line 4"),
        "{}",
        reason(&report, "day")
    );
    let [problem] = report.problems.as_slice() else { panic!("{:?}", report.problems) };
    assert_eq!(
        (problem.line, problem.code, problem.raw.as_str()),
        (4, ProblemCode::OtherDateOrder, "02/17/2024")
    );
    assert!(
        problem
            .action
            .starts_with("the column was kept as text; the import options ask for dates with the day first")
    );
    // Where the kind is asked for too, only what fits is a date.
    let kinds = [("day".to_owned(), Kind::Date)].into();
    let (table, report) = load_with(text, &ImportOptions { kinds, ..in_order(DateOrder::Dmy) });
    assert_eq!(column(&table, "day"), ["2024-02-01", "-", "-", "-"]);
    assert_eq!(report.problems[0].action, "read as missing; expected a date with the day first");
    let kinds = [("day".to_owned(), Kind::Date)].into();
    let (table, report) = load_with(text, &ImportOptions { kinds, ..in_order(DateOrder::Ymd) });
    assert_eq!((column(&table, "day"), report.columns[0].n_coerced), (["-"; 4].map(String::from).into(), 3));
    assert_eq!(csv(&table), text);
}

#[test]
fn a_rare_date_of_another_order_is_missing_and_told() {
    let many: String = (1..=600).map(|i| format!("{:02}/{:02}/2024,{i}\n", i % 12 + 1, i % 11 + 1)).collect();
    // Far behind the sample that the import is planned on, and within it.
    for (before, after) in [(0, 60_000), (60_000, 0)] {
        let text = format!("day,n\n{}02/17/2024,0\n{}", many.repeat(before / 600), many.repeat(after / 600));
        let (table, report) = load_with(text.as_str(), &in_order(DateOrder::Dmy));
        assert_eq!((kind(&table, "day"), report.columns[0].n_coerced), (Kind::Date, 1));
        let problem = &report.problems[0];
        assert_eq!((problem.line, problem.raw.as_str()), (before as u64 + 2, "02/17/2024"));
        assert_eq!(problem.action, "read as missing; expected a date with the day first");
    }
    // A column that turns out to be of another order late is text as a whole.
    let other = "12/31/2024,0\n".repeat(40_000);
    let (table, report) = load_with(format!("day,n\n{}{other}", many.repeat(100)), &in_order(DateOrder::Dmy));
    assert_eq!(kind(&table, "day"), Kind::Text);
    assert!(
        reason(&report, "day").contains("which 40,000 of 100,000 values are not"),
        "{}",
        reason(&report, "day")
    );
    assert_eq!(report.problems[0].line, 60_002);
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
