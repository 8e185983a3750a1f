//! Tables after they are loaded: columns, filters, pages, profiles, joins, export.

use super::{cells, column, csv, load_text};
use playhead::model::{ErrorCode, Filter, HeaderRow, JoinHow, Kind, SortKey, TableOrigin, Value};
use playhead::pace::{Host, Pace, block_on};
use playhead::tables::{Codes, ColumnData, NewColumn, Table, join};
use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;

fn new(name: &str, kind: Kind, data: ColumnData) -> NewColumn {
    NewColumn { name: name.into(), kind, data }
}

fn sample() -> Table {
    let texts = ["Ann", "bob", "", "Zoë"].map(|text| (!text.is_empty()).then(|| text.to_owned()));
    let columns = vec![
        new("id", Kind::Id, ColumnData::Integers(vec![Some(1), Some(2), Some(3), Some(4)])),
        new("x", Kind::Continuous, ColumnData::Numbers(vec![2.5, f64::NAN, -1.0, 10.0])),
        new("ok", Kind::Binary, ColumnData::Bools(vec![Some(true), Some(false), None, Some(true)])),
        new("day", Kind::Date, ColumnData::Dates(vec![Some(0), Some(19_770), None, Some(-1)])),
        new("at", Kind::DateTime, ColumnData::DateTimes(vec![Some(0), Some(1_708_189_200), None, Some(-1)])),
        new("name", Kind::Text, ColumnData::Texts(texts.to_vec())),
        new(
            "arm",
            Kind::Nominal,
            ColumnData::Levels {
                codes: vec![0, 1, Codes::MISSING, 2],
                levels: vec!["a10".into(), "a2".into(), "B".into(), "unused".into()],
            },
        ),
    ];
    Table::from_columns("s", TableOrigin::Text, columns).unwrap()
}

#[test]
fn columns_read_as_numbers_codes_and_seconds() {
    let table = sample();
    let numbers = |name: &str| -> Vec<Option<f64>> {
        table.numbers(name).unwrap().into_iter().map(|x| (!x.is_nan()).then_some(x)).collect()
    };
    assert_eq!(numbers("x"), [Some(2.5), None, Some(-1.0), Some(10.0)]);
    assert_eq!(numbers("ok"), [Some(1.0), Some(0.0), None, Some(1.0)]);
    assert_eq!(numbers("day"), [Some(0.0), Some(19_770.0), None, Some(-1.0)]);
    assert_eq!(numbers("at"), [Some(0.0), Some(1_708_189_200.0), None, Some(-1.0)]);
    assert_eq!(table.seconds("day").unwrap(), [Some(0), Some(19_770 * 86_400), None, Some(-86_400)]);
    let codes = table.codes("arm").unwrap();
    assert_eq!(
        (codes.codes, codes.levels),
        (vec![1, 0, Codes::MISSING, 2], vec!["a2".into(), "a10".into(), "B".into()])
    );
    let codes = table.codes("x").unwrap();
    assert_eq!(
        (codes.codes, codes.levels),
        (vec![1, Codes::MISSING, 0, 2], vec!["-1".into(), "2.5".into(), "10".into()])
    );
    assert_eq!(table.codes("day").unwrap().levels, ["1969-12-31", "1970-01-01", "2024-02-17"]);
    assert_eq!(table.codes("ok").unwrap().levels, ["false", "true"]);
    let error = table.numbers("arm").unwrap_err();
    assert_eq!((error.code, error.at.column.as_deref()), (ErrorCode::WrongKind, Some("arm")));
    assert!(error.hint.unwrap().contains('x'));
    assert_eq!(table.numbers("ar").unwrap_err().hint.as_deref(), Some("did you mean arm?"));
    assert_eq!(table.seconds("x").unwrap_err().code, ErrorCode::WrongKind);
}

#[test]
fn info_counts_missing_cells_and_lists_levels() {
    let mut table = sample();
    table.set_revision(7);
    let info = table.info();
    assert_eq!((info.n_rows, info.revision, info.name.as_str()), (4, 7, "s"));
    assert_eq!(info.columns.iter().map(|column| column.n_missing).collect::<Vec<_>>(), [0, 1, 1, 1, 1, 1, 1]);
    assert_eq!(info.columns[6].levels, ["a2", "a10", "B"]);
    assert_eq!(info.columns[2].levels, ["false", "true"]);
    assert!(info.columns[5].levels.is_empty());
}

#[test]
fn columns_that_do_not_fit_together_are_refused() {
    let make = |columns| Table::from_columns("t", TableOrigin::Text, columns).map(|_| ());
    let numbers = |n| ColumnData::Numbers(vec![1.0; n]);
    assert!(make(vec![new("a", Kind::Count, numbers(2)), new("b", Kind::Count, numbers(3))]).is_err());
    assert!(make(vec![new("a", Kind::Count, numbers(2)), new("a", Kind::Count, numbers(2))]).is_err());
    assert!(make(vec![new("a", Kind::Date, numbers(2))]).is_err());
    assert!(make(vec![]).is_ok());
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

#[test]
fn filters_keep_rows() {
    let table = sample();
    let name = |name: &str| name.to_owned();
    let cases: Vec<(Filter, &[u32])> = vec![
        (Filter::Eq { column: name("x"), value: Value::Number(2.5) }, &[0]),
        (Filter::Ne { column: name("x"), value: Value::Number(2.5) }, &[2, 3]),
        (Filter::Lt { column: name("x"), value: Value::Number(2.5) }, &[2]),
        (Filter::Ge { column: name("id"), value: text("3") }, &[2, 3]),
        (Filter::Eq { column: name("ok"), value: Value::Bool(true) }, &[0, 3]),
        (Filter::Eq { column: name("ok"), value: Value::Number(0.0) }, &[1]),
        (Filter::Eq { column: name("ok"), value: text("true") }, &[0, 3]),
        (Filter::Eq { column: name("arm"), value: text("a2") }, &[1]),
        (Filter::Ne { column: name("arm"), value: text("a2") }, &[0, 3]),
        (Filter::Ne { column: name("arm"), value: text("zz") }, &[0, 1, 3]),
        (Filter::Gt { column: name("arm"), value: text("a2") }, &[0, 3]),
        (Filter::In { column: name("arm"), values: vec![text("B"), text("a10")] }, &[0, 3]),
        (Filter::NotIn { column: name("arm"), values: vec![text("B"), text("a10")] }, &[1]),
        (Filter::Contains { column: name("name"), value: "zO".into() }, &[3]),
        (Filter::Contains { column: name("arm"), value: "A".into() }, &[0, 1]),
        (Filter::Contains { column: name("day"), value: "1970".into() }, &[0]),
        (Filter::IsMissing { column: name("name") }, &[2]),
        (Filter::NotMissing { column: name("x") }, &[0, 2, 3]),
        (Filter::Eq { column: name("day"), value: text("2024-02-17") }, &[1]),
        (Filter::Lt { column: name("day"), value: text("1970-01-01") }, &[3]),
        (Filter::Gt { column: name("day"), value: text("1970-01-01") }, &[1]),
        (Filter::Eq { column: name("at"), value: text("2024-02-17") }, &[1]),
        (Filter::Eq { column: name("at"), value: text("2024-02-17 17:00") }, &[1]),
        (Filter::Eq { column: name("at"), value: text("2024-02-17T17:00:01") }, &[]),
        (Filter::Le { column: name("at"), value: text("1970-01-01") }, &[0, 3]),
        (Filter::Gt { column: name("at"), value: text("1969-12-31 23:59:59") }, &[0, 1]),
        (Filter::In { column: name("day"), values: vec![text("1969-12-31"), text("2024-02-17")] }, &[1, 3]),
    ];
    for (filter, expected) in cases {
        assert_eq!(table.rows_where(std::slice::from_ref(&filter)).unwrap(), expected, "{filter:?}");
    }
    assert_eq!(table.rows_where(&[]).unwrap(), [0, 1, 2, 3]);
    let both = [
        Filter::NotMissing { column: name("x") },
        Filter::Ge { column: name("id"), value: Value::Number(2.0) },
    ];
    assert_eq!(table.rows_where(&both).unwrap(), [2, 3]);
}

#[test]
fn filters_that_make_no_sense_say_what_would() {
    let table = sample();
    let failed = |filter: Filter| table.rows_where(&[filter]).unwrap_err();
    let error = failed(Filter::Eq { column: "arn".into(), value: text("a") });
    assert_eq!((error.code, error.hint.as_deref()), (ErrorCode::UnknownColumn, Some("did you mean arm?")));
    assert_eq!(error.at.field.as_deref(), Some("filter[0]"));
    let error = failed(Filter::Gt { column: "x".into(), value: text("many") });
    assert_eq!((error.code, error.at.column.as_deref()), (ErrorCode::WrongKind, Some("x")));
    assert!(error.message.contains("\"many\""), "{}", error.message);
    let error = failed(Filter::Gt { column: "day".into(), value: text("17.02.2024") });
    assert!(error.hint.unwrap().contains("2024-03-01"));
    assert_eq!(
        failed(Filter::Eq { column: "at".into(), value: Value::Number(3.0) }).code,
        ErrorCode::WrongKind
    );
    let (table, _) = load_text(&format!("n,plan\n{}", "1,low\n2,medium\n3,high\n".repeat(20)));
    let rows = table.rows_where(&[Filter::Ge { column: "plan".into(), value: text("medium") }]).unwrap();
    assert_eq!(rows.len(), 40, "an ordinal column is compared in its order");
    let error = table.rows_where(&[Filter::Lt { column: "plan".into(), value: text("hih") }]).unwrap_err();
    assert_eq!((error.code, error.hint.as_deref()), (ErrorCode::UnknownLevel, Some("did you mean high?")));
}

fn key(column: &str, descending: bool) -> SortKey {
    SortKey { column: column.into(), descending }
}

fn ids(table: &Table, sort: &[SortKey], filter: &[Filter]) -> Vec<String> {
    let page = table.page(0, 100, sort, filter).unwrap();
    page.rows.into_iter().map(|row| row[0].clone().unwrap()).collect()
}

#[test]
fn pages_are_sorted_with_missing_cells_last() {
    let table = sample();
    for (column, up, down) in [
        ("x", ["3", "1", "4", "2"], ["4", "1", "3", "2"]),
        ("day", ["4", "1", "2", "3"], ["2", "1", "4", "3"]),
        ("at", ["4", "1", "2", "3"], ["2", "1", "4", "3"]),
        ("name", ["1", "2", "4", "3"], ["4", "2", "1", "3"]),
        ("arm", ["2", "1", "4", "3"], ["4", "1", "2", "3"]),
        ("ok", ["2", "1", "4", "3"], ["1", "4", "2", "3"]),
    ] {
        assert_eq!(ids(&table, &[key(column, false)], &[]), up, "{column}");
        assert_eq!(ids(&table, &[key(column, true)], &[]), down, "{column}");
    }
    assert_eq!(ids(&table, &[key("ok", true), key("x", true)], &[]), ["4", "1", "2", "3"]);
    let filter = [Filter::NotMissing { column: "x".into() }];
    assert_eq!(ids(&table, &[key("x", true)], &filter), ["4", "1", "3"]);
    assert_eq!(ids(&table, &[], &filter), ["1", "3", "4"]);
    assert_eq!(
        table.page(0, 1, &[key("y", false)], &[]).unwrap_err().at.field.as_deref(),
        Some("sort[0].column")
    );
}

#[test]
fn a_page_counts_among_the_filtered_rows() {
    let rows: String = (0..100).map(|i| format!("{i},{}\n", i % 10)).collect();
    let (table, _) = load_text(&format!("i,digit\n{rows}"));
    let filter = [Filter::Eq { column: "digit".into(), value: Value::Number(3.0) }];
    let page = table.page(8, 5, &[key("i", true)], &filter).unwrap();
    assert_eq!((page.n_rows, page.n_rows_filtered, page.offset), (100, 10, 8));
    assert_eq!(page.rows, [[Some("13".into()), Some("3".into())], [Some("3".into()), Some("3".into())]]);
    assert_eq!(page.columns, ["i", "digit"]);
    assert!(table.page(1_000, 5, &[], &[]).unwrap().rows.is_empty());
}

#[test]
fn cells_are_shown_as_people_read_them() {
    let table = sample();
    assert_eq!(cells(&table)[0], ["1", "2.5", "true", "1970-01-01", "1970-01-01 00:00:00", "Ann", "a10"]);
    assert_eq!(cells(&table)[1], ["2", "-", "false", "2024-02-17", "2024-02-17 17:00:00", "bob", "a2"]);
    let numbers = ColumnData::Numbers(vec![0.1 + 0.2, 1e21, 1e-7, -0.0, 1e15]);
    let table =
        Table::from_columns("t", TableOrigin::Text, vec![new("x", Kind::Continuous, numbers)]).unwrap();
    assert_eq!(column(&table, "x"), ["0.30000000000000004", "1e21", "1e-7", "0", "1000000000000000"]);
}

#[test]
fn profiles_summarise_every_column() {
    let profile = block_on(sample().profile(&[], &Pace::unhosted())).unwrap();
    assert_eq!(profile.n_rows, 4);
    let x = &profile.columns[1];
    assert_eq!((x.n, x.n_missing, x.n_unique), (3, 1, Some(3)));
    assert_eq!((x.min.as_deref(), x.max.as_deref()), (Some("-1"), Some("10")));
    let numbers = x.numbers.as_ref().unwrap();
    assert_eq!((numbers.q1, numbers.median, numbers.q3), (0.75, 2.5, 6.25));
    assert!((numbers.mean - 11.5 / 3.0).abs() < 1e-15);
    assert_eq!(numbers.histogram.iter().map(|bin| bin.n).sum::<u64>(), 3);
    assert!(numbers.histogram.len() <= 20);
    assert!(profile.columns[0].numbers.is_none(), "ids have no mean");
    let ok = profile.columns[2].numbers.as_ref().unwrap();
    assert!((ok.mean - 2.0 / 3.0).abs() < 1e-15);
    assert_eq!(profile.columns[3].min.as_deref(), Some("1969-12-31"));
    let name = &profile.columns[5];
    assert_eq!(
        (name.min.as_deref(), name.max.as_deref(), name.n_unique),
        (Some("Ann"), Some("Zoë"), Some(3))
    );
    let top: Vec<_> = profile.columns[2].top.iter().map(|count| (count.value.as_str(), count.n)).collect();
    assert_eq!(top, [("true", 2), ("false", 1)]);
    let filter = [Filter::Eq { column: "ok".into(), value: Value::Bool(true) }];
    let profile = block_on(sample().profile(&filter, &Pace::unhosted())).unwrap();
    assert_eq!((profile.n_rows, profile.columns[1].numbers.as_ref().unwrap().mean), (2, 6.25));
}

#[test]
fn profiles_of_large_columns() {
    let n = 150_000;
    let values: Vec<f64> = (0..n).map(|i| f64::from((i * 7_919) % n)).collect();
    let skewed = (0..n).map(|i| Some(i64::from(i % 100) / 60)).collect();
    let columns = vec![
        new("x", Kind::Continuous, ColumnData::Numbers(values)),
        new("y", Kind::Count, ColumnData::Integers(skewed)),
    ];
    let table = Table::from_columns("t", TableOrigin::Text, columns).unwrap();
    let profile = block_on(table.profile(&[], &Pace::unhosted())).unwrap();
    let x = profile.columns[0].numbers.as_ref().unwrap();
    assert_eq!(profile.columns[0].n_unique, None, "counting stops at 100,000");
    assert_eq!((x.q1, x.median, x.q3), (37_499.75, 74_999.5, 112_499.25));
    assert_eq!(x.mean, 74_999.5);
    let top: Vec<_> = profile.columns[1].top.iter().map(|count| (count.value.as_str(), count.n)).collect();
    assert_eq!(top, [("0", 90_000), ("1", 60_000)]);
}

fn users() -> Table {
    load_text("user_id,country,minutes\n1,DE,5\n2,FR,6\n3,NO,7\n5,SE,8\n").0
}

#[track_caller]
fn joined(left: &Table, right: &Table, how: JoinHow) -> (Table, playhead::model::JoinReport) {
    let pace = Pace::unhosted();
    let done = join(left, right, "user_id", "user_id", how, "j", false, &pace);
    let (table, report) = block_on(done).unwrap_or_else(|error| panic!("{error}"));
    (table.unwrap(), report)
}

#[test]
fn joins_add_columns_and_warn() {
    let (sessions, _) = load_text("session_id,user_id,minutes\n1,2,10\n2,9,11\n3,,12\n4,1,13\n5,2,14\n");
    let (table, report) = joined(&sessions, &users(), JoinHow::Left);
    assert_eq!(table.column_names(), ["session_id", "user_id", "minutes", "country", "minutes_t"]);
    assert_eq!(column(&table, "country"), ["FR", "-", "-", "DE", "FR"]);
    assert_eq!(column(&table, "minutes_t"), ["6", "-", "-", "5", "6"]);
    assert_eq!((report.n_rows_left, report.n_rows_right, report.n_rows_out), (5, 4, 5));
    assert_eq!((report.n_left_unmatched, report.n_left_missing_key, report.n_right_unmatched), (2, 1, 2));
    assert_eq!((report.n_right_duplicate_keys, report.max_matches_per_left_row), (0, 1));
    assert_eq!(report.renamed, [("minutes".into(), "minutes_t".into())]);
    assert_eq!(
        report.warnings,
        [
            "1 of 5 rows of t has no user_id; their columns from t are missing.",
            "1 of 5 rows of t has a user_id that is not in t; their columns from t are missing."
        ]
    );
    assert_eq!(table.info().origin, TableOrigin::Join { left: "t".into(), right: "t".into() });
    let (table, report) = joined(&sessions, &users(), JoinHow::Inner);
    assert_eq!(
        (column(&table, "session_id"), report.n_rows_out),
        (vec!["1".into(), "4".into(), "5".into()], 3)
    );
}

#[test]
fn a_dry_run_counts_the_same_and_makes_nothing() {
    let (sessions, _) = load_text("session_id,user_id\n1,2\n2,9\n3,1\n");
    let (_, report) = joined(&sessions, &users(), JoinHow::Left);
    let (users, pace) = (users(), Pace::unhosted());
    let dry = join(&sessions, &users, "user_id", "user_id", JoinHow::Left, "j", true, &pace);
    let (table, dry_report) = block_on(dry).unwrap();
    assert!(table.is_none());
    assert_eq!(dry_report, report);
}

#[test]
fn fan_out_is_counted_and_warned_of() {
    let (left, _) = load_text("user_id,a\n1,x\n2,y\n");
    let (right, _) = load_text("user_id,b\n2,p\n2,q\n2,r\n1,s\n");
    let (table, report) = joined(&left, &right, JoinHow::Left);
    assert_eq!(cells(&table), [["1", "x", "s"], ["2", "y", "p"], ["2", "y", "q"], ["2", "y", "r"]]);
    assert_eq!(
        (report.n_right_duplicate_keys, report.max_matches_per_left_row, report.n_rows_out),
        (1, 3, 4)
    );
    assert!(
        report.warnings[0].contains("repeated up to 3 times")
            && report.warnings[0].contains("2 rows become 4")
    );
}

#[test]
fn keys_of_any_sort_join() {
    for (left, right) in [
        ("user_id,a\nu1,x\nu2,y\n", "user_id,b\nu2,p\n"),
        ("user_id,a\n1.0,x\n2.5,y\n2.0,z\n", "user_id,b\n2,p\n"),
        ("user_id,a\n2024-01-01,x\n2024-01-02,y\n", "user_id,b\n02.01.2024,p\n"),
        ("user_id,a\n01,x\n02,y\n", "user_id,b\n02,p\n03,q\n"),
        ("user_id,a\n2024-01-01 10:00,x\n", "user_id,b\n2024-01-01T10:00:00Z,p\n"),
        ("user_id,a\nyes,x\nno,y\n", "user_id,b\nno,p\n"),
    ] {
        let (table, report) = joined(&load_text(left).0, &load_text(right).0, JoinHow::Inner);
        assert_eq!((report.n_rows_out, column(&table, "b")), (1, vec!["p".to_owned()]), "{left}");
    }
}

#[test]
fn keys_that_cannot_be_compared_are_refused_with_a_hint() {
    let failed = |left: &str, right: &str| {
        let (left, right) = (load_text(left).0, load_text(right).0);
        block_on(join(&left, &right, "user_id", "user_id", JoinHow::Left, "j", true, &Pace::unhosted()))
            .unwrap_err()
    };
    let error = failed("user_id,a\n1,x\n2,y\n", "user_id,b\n01,p\n02,q\n");
    assert_eq!(error.code, ErrorCode::WrongKind);
    assert!(error.hint.unwrap().contains("leading zeros"));
    let error = failed("user_id,a\n2024-01-01,x\n", "user_id,b\n2024-01-01 10:00,p\n");
    assert!(error.hint.unwrap().contains("date"));
    let (left, right) = (load_text("a,b\n1,2\n").0, users());
    let error = block_on(join(&left, &right, "a", "userid", JoinHow::Left, "j", true, &Pace::unhosted()))
        .unwrap_err();
    assert_eq!(
        (error.code, error.hint.as_deref()),
        (ErrorCode::UnknownColumn, Some("did you mean user_id?"))
    );
}

#[test]
fn a_join_that_explodes_is_refused() {
    let same = |n: usize| {
        let key = new("user_id", Kind::Id, ColumnData::Integers(vec![Some(1); n]));
        Table::from_columns("t", TableOrigin::Text, vec![key]).unwrap()
    };
    let (left, right) = (same(5_000), same(5_000));
    let error =
        block_on(join(&left, &right, "user_id", "user_id", JoinHow::Left, "j", false, &Pace::unhosted()))
            .unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLarge);
    assert!(error.message.contains("25,000,000 rows"), "{}", error.message);
}

#[test]
fn export_quotes_only_where_needed() {
    let texts = ["plain", "a,b", "say \"hi\"", "two\nlines", " spaces ", "semi;colon"];
    let data = ColumnData::Texts(texts.iter().map(|text| Some((*text).to_owned())).collect());
    let numbers = ColumnData::Numbers(vec![1.0, 0.1, -2.5, 1e6, f64::NAN, 3.0]);
    let columns = vec![new("t,x", Kind::Text, data), new("n", Kind::Continuous, numbers)];
    let table = Table::from_columns("t", TableOrigin::Text, columns).unwrap();
    let expected = "\"t,x\",n\nplain,1\n\"a,b\",0.1\n\"say \"\"hi\"\"\",-2.5\n\"two\nlines\",1000000\n spaces ,\nsemi;colon,3\n";
    assert_eq!(csv(&table), expected);
    assert_eq!(csv(&sample()).lines().nth(2), Some("2,,false,2024-02-17,2024-02-17 17:00:00,bob,a2"));
}

/// A host whose clock runs fast, and which cancels at its n-th turn.
#[derive(Debug)]
struct Impatient {
    now_ms: Cell<f64>,
    turns_left: Cell<i32>,
    n_reports: Rc<Cell<u32>>,
}

impl Host for Impatient {
    fn now_ms(&self) -> f64 {
        self.now_ms.set(self.now_ms.get() + 20.0);
        self.now_ms.get()
    }
    fn report(&self, done: f64, stage: &str) {
        assert!((0.0..=1.0).contains(&done) && !stage.is_empty());
        self.n_reports.set(self.n_reports.get() + 1);
    }
    fn is_cancelled(&self) -> bool {
        self.turns_left.set(self.turns_left.get() - 1);
        self.turns_left.get() < 0
    }
    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn long_work_reports_and_can_be_cancelled() {
    let rows: String = (0..50_000).map(|i| format!("{i},{}.5\n", i % 977)).collect();
    let text = format!("user_id,x\n{rows}");
    let pace = |turns: i32| {
        let n_reports = Rc::new(Cell::new(0));
        let host =
            Impatient { now_ms: Cell::new(0.0), turns_left: Cell::new(turns), n_reports: n_reports.clone() };
        (Pace::new(Rc::new(host)), n_reports)
    };
    let source = playhead::tables::MemorySource::new("t.csv", text.clone());
    let load = |pace: &Pace| {
        let options = playhead::model::ImportOptions::default();
        block_on(playhead::tables::load("t", &source, TableOrigin::Text, &options, pace))
            .map(|(table, _)| table)
    };
    let (calm, n_reports) = pace(i32::MAX);
    let table = load(&calm).unwrap();
    assert!(n_reports.get() > 20, "{} reports", n_reports.get());
    let (short, _) = pace(5);
    assert_eq!(load(&short).map(|_| ()).unwrap_err().code, ErrorCode::Cancelled);
    let (short, _) = pace(1);
    assert_eq!(block_on(table.to_csv(HeaderRow::AsLoaded, &short)).unwrap_err().code, ErrorCode::Cancelled);
    let (short, _) = pace(1);
    assert_eq!(block_on(table.profile(&[], &short)).unwrap_err().code, ErrorCode::Cancelled);
    let (short, _) = pace(1);
    let cancelled = join(&table, &table, "user_id", "user_id", JoinHow::Left, "j", false, &short);
    assert_eq!(block_on(cancelled).unwrap_err().code, ErrorCode::Cancelled);
}
