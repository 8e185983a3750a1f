//! Numbers with currency and percent signs, and accounting negatives.

use super::{csv, kind, load_text, load_with, reason};
use playhead::model::{ImportOptions, Kind, ProblemCode};

#[track_caller]
fn read(cells: &[&str], expected: &[f64], unit: Option<&str>) {
    let rows: String = cells.iter().map(|cell| format!("\"{cell}\",x\n")).collect();
    let text = format!("price,name\n{rows}");
    let (table, report) = load_text(&text);
    let column = &report.columns[0];
    assert_eq!(column.unit.as_deref(), unit, "{}", column.reason);
    assert_eq!(table.numbers("price").unwrap(), expected, "{}", column.reason);
    assert_eq!(table.info().columns[0].unit.as_deref(), unit);
    let again = load_text(&csv(&table)).0;
    assert_eq!(csv(&again), csv(&table));
    assert_eq!(csv(&table).replace('"', ""), text.replace('"', ""));
}

#[test]
fn signs_are_units() {
    read(&["$1,234.50", "$12.00", "-$5.25"], &[1234.5, 12.0, -5.25], Some("$"));
    read(&["1.234,50 €", "12,00 €", "-5,25 €"], &[1234.5, 12.0, -5.25], Some("€"));
    read(&["EUR 12", "EUR 7.5", "EUR -3"], &[12.0, 7.5, -3.0], Some("EUR"));
    read(&["12.5%", "3%", "0%"], &[12.5, 3.0, 0.0], Some("%"));
    read(&["12,5 %", "3 %", "100 %"], &[12.5, 3.0, 100.0], Some("%"));
    read(&["(1,200)", "300", "2,500"], &[-1200.0, 300.0, 2500.0], None);
    read(&["($1,200.00)", "$300.00", "$0.00"], &[-1200.0, 300.0, 0.0], Some("$"));
    read(&["$5", "0", "$7"], &[5.0, 0.0, 7.0], Some("$"));
    read(&[" $ 5", "$7", "+$7"], &[5.0, 7.0, 7.0], Some("$"));
}

#[test]
fn the_reason_names_the_sign() {
    let (table, report) = load_text("a,b\n$1,12%\n$2,5%\n$0,7%\n");
    assert_eq!((kind(&table, "a"), kind(&table, "b")), (Kind::Continuous, Kind::Continuous));
    assert_eq!(reason(&report, "a"), "all 3 values are numbers from 0 to 2 with the sign $");
    assert_eq!(
        reason(&report, "b"),
        "all 3 values are numbers from 5 to 12 with the sign %, kept as written: 12% is 12"
    );
    let (_, report) = load_text("a,b\n(5),x\n7,y\n");
    assert!(
        reason(&report, "a").ends_with("; those in parentheses are negative"),
        "{}",
        reason(&report, "a")
    );
}

#[test]
fn several_units_stay_text() {
    let dollars: String = (0..120).map(|i| format!("{i},${i}\n")).collect();
    let euros: String = (0..5).map(|i| format!("{i},€{i}\n")).collect();
    let text = format!("n,price\n{dollars}{euros}");
    let (table, report) = load_text(&text);
    assert_eq!(
        (kind(&table, "price"), reason(&report, "price")),
        (Kind::Text, "mixed units: $ in 120 cells, € in 5")
    );
    let problem = report.problems.iter().find(|problem| problem.code == ProblemCode::MixedUnits).unwrap();
    assert_eq!(
        (problem.line, problem.column.as_deref(), problem.action.as_str()),
        (1, Some("price"), "kept as text; mixed units: $ in 120 cells, € in 5")
    );
    assert_eq!((report.n_problems, report.n_rows_changed), (1, 0));
    assert_eq!(csv(&table), text);
    let (table, report) = load_text("n,price\n1,$5\n2,6\n3,$7\n4,8\n");
    assert_eq!(kind(&table, "price"), Kind::Text);
    assert_eq!(reason(&report, "price"), "mixed units: $ in 2 cells, none in 2");
}

#[test]
fn another_unit_late_in_the_file_is_found() {
    let rows: String = (0..40_000).map(|i| format!("{i},row {i},${i}\n")).collect();
    let (table, report) = load_text(&format!("n,name,price\n{rows}40000,last,€3\n"));
    assert_eq!(kind(&table, "price"), Kind::Text);
    assert_eq!(reason(&report, "price"), "mixed units: $ in 40,000 cells, € in 1");
    let (table, report) = load_text(&format!("n,name,price\n{rows}40000,last,(3)\n"));
    assert_eq!((kind(&table, "price"), report.columns[2].n_coerced), (Kind::Continuous, 1));
    let plain = rows.replace('$', "");
    let (table, report) = load_text(&format!("n,name,price\n{plain}40000,last,(3)\n"));
    assert_eq!(table.numbers("price").unwrap()[40_000], -3.0, "{}", reason(&report, "price"));
}

#[test]
fn a_few_cells_without_the_sign_are_coerced() {
    let rows: String = (1..=60).map(|i| format!("{i},{i}%\n")).collect();
    let (table, report) = load_text(&format!("n,share\n{rows}61,0.5\n62,n/a\n63,unknown\n"));
    let share = &report.columns[1];
    assert_eq!((share.unit.as_deref(), share.n_coerced, share.n_missing), (Some("%"), 2, 1));
    assert!(table.numbers("share").unwrap()[60].is_nan());
    let plain: String = (1..=60).map(|i| format!("{i},{i}\n")).collect();
    let (table, report) = load_text(&format!("n,share\n{plain}61,$5\n"));
    assert_eq!((report.columns[1].unit.as_deref(), report.columns[1].n_coerced), (None, 1));
    assert_eq!(kind(&table, "share"), Kind::Count);
}

#[test]
fn no_other_unit_is_guessed() {
    for cell in ["12 min", "5kg", "EUR12", "INR001", "(1)", "#5", "3rd", "5/10", "1-2"] {
        let (table, report) = load_text(&format!("a,b\n{cell},1\n{cell},2\n{cell},3\n"));
        assert_ne!(kind(&table, "a"), Kind::Continuous, "{cell}: {}", reason(&report, "a"));
        assert_eq!(report.columns[0].unit, None);
    }
}

#[test]
fn a_number_that_is_asked_for_takes_the_usual_unit() {
    let options =
        ImportOptions { kinds: [("p".into(), Kind::Continuous)].into(), ..ImportOptions::default() };
    let (table, report) = load_with("n,p\n1,$5\n2,$6\n3,€7\n", &options);
    assert_eq!((report.columns[1].unit.as_deref(), report.columns[1].n_coerced), (Some("$"), 1));
    assert_eq!(table.numbers("p").unwrap()[..2], [5.0, 6.0]);
    assert_eq!(csv(&table), "n,p\n1,$5\n2,$6\n3,€7\n");
}

#[test]
fn a_header_stands_above_signs() {
    let (table, report) = load_text("price,share\n$5,1%\n$6,2%\n");
    assert!(report.has_header);
    assert_eq!(table.column_names(), ["price", "share"]);
}
