//! What holds for every file.

use super::{csv, load_with, try_load};
use playhead::model::{Escape, ImportOptions, Kind, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{ColumnData, MemorySource, NewColumn, Table, load_in_chunks};
use proptest::prelude::*;

/// Cells that have gone wrong somewhere: numbers, dates, tokens, quotes, spaces, line ends.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-c]{0,3}",
        3 => "-?[0-9]{1,6}",
        3 => "-?[0-9]{1,4}\\.[0-9]{1,3}",
        1 => "[0-9]{1,3},[0-9]{3}",
        2 => "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
        1 => "[0-3][0-9]/[01][0-9]/20[0-9]{2}( [0-2][0-9]:[0-5][0-9])?",
        1 => "[0-9]:[0-5][0-9]:[0-5][0-9]",
        1 => "0{1,2}[0-9]{1,20}|1e[0-9]{1,3}|[+.][0-9]|-0",
        2 => prop::sample::select(vec!["NA", "N/A", "null", "-", "true", "False", "yes", "no", "NaN", "inf"])
            .prop_map(str::to_owned),
        1 => "[ \"',;\n\r\té€]{0,4}",
    ]
}

/// Columns of similar cells, as tables have them.
fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1usize..5, 1usize..40).prop_flat_map(|(n_columns, n_rows)| {
        prop::collection::vec(prop::collection::vec(cell(), n_columns), n_rows)
    })
}

fn table_of(rows: &[Vec<String>]) -> Table {
    let n_columns = rows[0].len();
    let columns = (0..n_columns)
        .map(|i| NewColumn {
            name: format!("c{i}"),
            kind: Kind::Text,
            data: ColumnData::Texts(rows.iter().map(|row| Some(row[i].clone())).collect()),
        })
        .collect();
    Table::from_columns("t", TableOrigin::Text, columns).unwrap()
}

/// The dialect of our own exports.
fn own_dialect() -> ImportOptions {
    ImportOptions {
        delimiter: Some(",".into()),
        quote: Some("\"".into()),
        escape: Some(Escape::Doubled),
        header: Some(true),
        first_line: Some(1),
        ..ImportOptions::default()
    }
}

fn load_chunked(
    bytes: &[u8],
    options: &ImportOptions,
    chunk_bytes: usize,
) -> Result<(String, String), String> {
    let source = MemorySource::new("t.csv", bytes);
    let pace = Pace::unhosted();
    let loaded = block_on(load_in_chunks("t", &source, TableOrigin::Text, options, &pace, chunk_bytes));
    loaded.map(|(table, report)| (csv(&table), format!("{report:?}"))).map_err(|error| format!("{error:?}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_loads_back(rows in rows()) {
        let written = csv(&table_of(&rows));
        let (table, report) = load_with(written.clone(), &own_dialect());
        prop_assert_eq!(csv(&table), written);
        prop_assert_eq!(table.n_rows(), rows.len());
        prop_assert_eq!(report.n_rows as usize, rows.len());
    }

    #[test]
    fn numbers_come_back_exactly(values in prop::collection::vec(prop::num::f64::NORMAL | prop::num::f64::ZERO, 1..30)) {
        let column = NewColumn { name: "x".into(), kind: Kind::Continuous, data: ColumnData::Numbers(values.clone()) };
        let written = csv(&Table::from_columns("t", TableOrigin::Text, vec![column]).unwrap());
        let mut options = own_dialect();
        options.kinds.insert("x".into(), Kind::Continuous);
        let (table, _) = load_with(written.clone(), &options);
        let expected: Vec<f64> = values.iter().map(|x| x + 0.0).collect();
        prop_assert_eq!(table.numbers("x").unwrap(), expected);
        prop_assert_eq!(csv(&table), written);
    }

    #[test]
    fn any_bytes_load_or_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok((table, report)) = try_load(bytes, &ImportOptions::default()) {
            prop_assert_eq!(table.n_rows() as u64, report.n_rows);
        }
    }

    #[test]
    fn any_near_table_loads(text in "[ab,;\t|\"'\n\r0-9.\\\\é -]{0,200}") {
        if let Ok((table, report)) = try_load(text, &ImportOptions::default()) {
            prop_assert_eq!(table.n_rows() as u64, report.n_rows);
            let again = load_with(csv(&table), &own_dialect()).0;
            prop_assert_eq!(csv(&again), csv(&table));
        }
    }

    #[test]
    fn chunks_make_no_difference(text in "[ab,;\"\n\r0-9.é€ -]{1,300}", chunk_bytes in 1usize..65) {
        let whole = load_chunked(text.as_bytes(), &ImportOptions::default(), 1 << 20);
        prop_assert_eq!(load_chunked(text.as_bytes(), &ImportOptions::default(), chunk_bytes), whole);
    }

    #[test]
    fn chunks_make_no_difference_to_bytes(bytes in prop::collection::vec(prop::sample::select(b"a,\n\"\r1\xe9\xc3\xa9".to_vec()), 1..200), chunk_bytes in 1usize..65) {
        let whole = load_chunked(&bytes, &own_dialect(), 1 << 20);
        prop_assert_eq!(load_chunked(&bytes, &own_dialect(), chunk_bytes), whole);
    }

    #[test]
    fn chunks_make_no_difference_to_utf16(text in "[ab,\n0-9é€😀]{8,100}", chunk_bytes in 1usize..65) {
        let bytes: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let whole = load_chunked(&bytes, &ImportOptions::default(), 1 << 20);
        prop_assert_eq!(load_chunked(&bytes, &ImportOptions::default(), chunk_bytes), whole);
    }
}
