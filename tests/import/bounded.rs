//! Small files that would make large tables.

use super::{load_text, try_load};
use playhead::model::{ErrorCode, ImportOptions};

#[test]
fn a_header_far_wider_than_its_rows_is_refused_where_it_would_fill_the_memory() {
    let header: Vec<String> = (0..9_000).map(|i| format!("c{i}")).collect();
    let text = |n_rows: usize| format!("{}\n{}", header.join(","), "1,2\n".repeat(n_rows));
    let error = try_load(text(1_000), &ImportOptions::default()).unwrap_err();
    assert_eq!(error.code, ErrorCode::TooLarge);
    assert!(error.message.contains("9,000 columns"), "{}", error.message);
    let (table, report) = load_text(&text(100));
    assert_eq!((table.n_columns(), report.n_rows_padded), (9_000, 100));
}
