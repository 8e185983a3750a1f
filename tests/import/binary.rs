//! Files that are no tables at all.

use super::{cells, try_load};
use playhead::model::{EngineError, ErrorCode, ImportOptions, ProblemCode};

fn refused(bytes: &[u8]) -> EngineError {
    try_load(bytes, &ImportOptions::default()).map(|_| ()).unwrap_err()
}

#[test]
fn an_empty_file_is_a_table_without_columns_and_says_so() {
    for bytes in [&b""[..], b"\n\n\r\n", b"   \n", b"\xef\xbb\xbf", b"\xff\xfe"] {
        let (table, report) = try_load(bytes, &ImportOptions::default()).unwrap();
        assert_eq!((table.n_rows(), table.n_columns()), (0, 0), "{bytes:?}");
        let problem = &report.problems[0];
        assert_eq!((problem.code, report.n_problems), (ProblemCode::EmptyFile, 1));
        assert!(problem.action.contains("t.csv"), "{}", problem.action);
    }
}

#[test]
fn a_binary_file_is_named_for_what_it_is() {
    let zip =
        [&b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0"[..], b"xxxxxxxxx[Content_Types].xml....xl/workbook.xml"]
            .concat();
    let cases: [(&[u8], &str); 8] = [
        (&zip, "Excel"),
        (b"PK\x03\x04\x14\0\0\0\0\0data.csv", "zip"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"PAR1\x15\x04\x15", "Parquet"),
        (b"a,b\n1,\0\0\0\n2,3\n", "zero bytes"),
        (b"\x01\x02\x03\x04 table \x05\x06\x07\x08", "control characters"),
    ];
    for (bytes, what) in cases {
        let error = refused(bytes);
        assert_eq!(error.code, ErrorCode::BinaryFile, "{what}");
        assert!(error.message.contains(what), "{}", error.message);
        assert!(error.message.contains("t.csv") && error.hint.is_some());
    }
}

#[test]
fn utf16_is_not_binary() {
    let text: Vec<u8> = "a;b\n1;größer\n2;€\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let (table, _) = try_load(text, &ImportOptions::default()).unwrap();
    assert_eq!(cells(&table), [["1", "größer"], ["2", "€"]]);
}

#[test]
fn a_file_of_too_many_columns_is_refused() {
    let error = refused(",".repeat(30_000).as_bytes());
    assert_eq!(error.code, ErrorCode::TooLarge);
    assert!(error.message.contains("30,001 columns"), "{}", error.message);
}

#[test]
fn one_line_without_an_end_is_refused() {
    let mut bytes = b"a,b\n1,2\n".to_vec();
    bytes.resize(70 << 20, b'x');
    let error = refused(&bytes);
    assert_eq!(error.code, ErrorCode::TooLarge);
    assert_eq!(error.at.line, Some(3));
}
