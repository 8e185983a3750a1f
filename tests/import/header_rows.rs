//! How many records name the columns, as the user says.

use super::{load_with, try_load};
use playhead::model::ImportOptions;

fn names(text: &str, n: u32) -> (Vec<String>, usize, u32) {
    let options = ImportOptions { header_rows: Some(n), header: Some(true), ..ImportOptions::default() };
    let (table, report) = load_with(text, &options);
    (table.column_names().into_iter().map(str::to_owned).collect(), table.n_rows(), report.n_header_rows)
}

#[test]
fn header_rows_are_as_many_as_the_user_says() {
    let text = "x,y\na,b\nc,d\n1,2\n3,4\n";
    let named = |names: [&str; 2]| names.map(str::to_owned).to_vec();
    assert_eq!(names(text, 0), (named(["column_1", "column_2"]), 5, 0));
    assert_eq!(names(text, 1), (named(["x", "y"]), 4, 1));
    assert_eq!(names(text, 2), (named(["x a", "y b"]), 3, 2));
    assert_eq!(names(text, 3), (named(["x a c", "y b d"]), 2, 3));
    assert_eq!(names("x,y\n", 3), (named(["x", "y"]), 0, 1));
}

#[test]
fn more_header_rows_are_refused() {
    let options = ImportOptions { header_rows: Some(4), ..ImportOptions::default() };
    let error = try_load("x,y\n1,2\n", &options).unwrap_err();
    assert_eq!(error.at.field.as_deref(), Some("options.header_rows"));
    assert_eq!(error.message, "A header has at most 3 rows, not 4.");
}
