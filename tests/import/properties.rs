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
        1 => "-?[$€£][0-9]{1,3}(,[0-9]{3}){0,2}\\.[0-9]{2}|\\([$]?[0-9]{1,4}\\)|[0-9]{1,2}(\\.[0-9])?( )?%",
        1 => "[0-3]?[0-9] (Jan|Feb|mar|MAY|Sept|Dezember|août) (19|20)?[0-9]{2}",
    ]
}

/// Columns of similar cells, as tables have them.
fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    (1usize..5, 1usize..40).prop_flat_map(|(n_columns, n_rows)| {
        prop::collection::vec(prop::collection::vec(cell(), n_columns), n_rows)
    })
}

/// A writing of values, of which a whole column is made.
const WRITINGS: [&str; 20] = [
    "-?[$][0-9]{1,3}(,[0-9]{3}){0,2}\\.[0-9]{2}",
    "-?[0-9]{1,3}(\\.[0-9]{3}){0,2},[0-9]{2} €",
    "[(]?[0-9]{1,3}[)]?|[0-9]{1,3},[0-9]{3}",
    "[(][$][0-9]{1,3}[)]|[$][0-9]{1,4}",
    "EUR -?[0-9]{1,4}(\\.5)?",
    "[0-9]{1,2}\\.[0-9]%|0",
    "-?[0-9]{1,3},[0-9]{1,2}\u{a0}%",
    "[1-9] (Jan|Feb|Mar|Apr|May|Jun) 20[0-9]{2}",
    "(March|April|May) [1-9]?[0-9](st|nd|th)?, 20[0-9]{2}",
    "(Mon|Tue|Wed), [12][0-9] Mar 2024( [01][0-9]:[0-5][0-9])?",
    "[0-2][0-9]-(jan|feb|mär|Mai|OKT)-[0-9]{2}",
    "(Jan|Feb|May|Dec) 20[0-9]{2}",
    "[1-9]/[12][0-9]/2024 [1-9]:[0-5][0-9] (AM|PM)",
    "-?[0-9]{1,6}",
    "-?[0-9]{1,4}\\.[0-9]{1,3}",
    "20[0-9]{2}-[01][0-9]-[0-3][0-9]",
    "[0-9]:[0-5][0-9]:[0-5][0-9]",
    "yes|no|NA",
    "[a-c é]{0,3}",
    "[a-z ,;|\"'\n]{0,9}",
];

/// Columns of one writing each, with some odd cells among them.
fn written_columns() -> impl Strategy<Value = Vec<Vec<String>>> {
    let column = |n_rows: usize| {
        prop::sample::select(WRITINGS.to_vec()).prop_flat_map(move |writing| {
            let cell =
                prop_oneof![30 => writing.prop_map(String::from), 1 => cell(), 1 => Just(String::new())];
            prop::collection::vec(cell, n_rows)
        })
    };
    (2usize..5, 1usize..60)
        .prop_flat_map(move |(n_columns, n_rows)| prop::collection::vec(column(n_rows), n_columns))
}

/// Any dialect: delimiter, quote, escape, line end, and whether every cell is quoted.
fn dialect() -> impl Strategy<Value = (&'static str, char, Escape, &'static str, bool)> {
    (
        prop::sample::select(vec![",", ";", "\t", "|", "^", "~", "||", "::"]),
        prop::sample::select(vec!['"', '\'']),
        prop::sample::select(vec![Escape::Doubled, Escape::Backslash]),
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        any::<bool>(),
    )
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

/// Blanks divide this file, and rows of another width are tried with other delimiters.
#[test]
fn rows_of_other_widths_between_blanks_come_to_an_end() {
    let rows = "a, b 2024 09:05\n".repeat(60);
    let options = ImportOptions { delimiter: Some("whitespace".into()), ..own_dialect() };
    let (table, report) = load_with(format!("w x y z\n{rows}a, b; c 2024 5 6\na,b\n"), &options);
    assert_eq!((table.n_rows(), report.n_rows), (62, 62));
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
    fn any_table_in_any_dialect_comes_back(columns in written_columns(), dialect in dialect()) {
        let (delimiter, quote, escape, end, is_all_quoted) = dialect;
        let escaped = match escape {
            Escape::Doubled => format!("{quote}{quote}"),
            Escape::Backslash => format!("\\{quote}"),
        };
        let first = delimiter.chars().next().unwrap();
        let cell = |text: &str| {
            let needs_quotes = is_all_quoted || text.contains([quote, first, '\n', '\r']);
            if needs_quotes { format!("{quote}{}{quote}", text.replace(quote, &escaped)) } else { text.to_owned() }
        };
        let names: Vec<String> = (0..columns.len()).map(|i| cell(&format!("c{i}"))).collect();
        let mut text = names.join(delimiter) + end;
        for row in 0..columns[0].len() {
            let cells: Vec<String> = columns.iter().map(|column| cell(&column[row])).collect();
            text += &(cells.join(delimiter) + end);
        }
        let options = ImportOptions {
            delimiter: Some(delimiter.into()),
            quote: Some(quote.into()),
            escape: Some(escape),
            ..own_dialect()
        };
        let (table, report) = load_with(text.clone(), &options);
        let rows: Vec<Vec<String>> =
            (0..columns[0].len()).map(|row| columns.iter().map(|column| column[row].clone()).collect()).collect();
        prop_assert_eq!(csv(&table), csv(&table_of(&rows)), "{:?}", text);
        prop_assert_eq!(report.n_rows_padded + report.n_rows_cut + report.n_rows_repaired, 0);
        let again = load_with(csv(&table), &own_dialect()).0;
        prop_assert_eq!(csv(&again), csv(&table));
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
