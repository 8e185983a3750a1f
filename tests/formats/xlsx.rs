//! Excel workbooks.

use super::{csv, file, kinds, load, load_file, refused, texts, try_load};
use playhead::model::{ErrorCode, FileFormat, ImportOptions, ProblemCode};

#[test]
fn every_type_of_cell_is_read() {
    let loaded = load_file("typed.xlsx");
    let [(table, report)] = loaded.as_slice() else { panic!("the empty sheet makes no table") };
    assert_eq!((table.name(), report.format, report.compressed), ("t", FileFormat::Xlsx, false));
    let expected = [
        ("code", "id"),
        ("day", "date"),
        ("at", "date-time"),
        ("share", "continuous"),
        ("number", "continuous"),
        ("ok", "binary"),
        ("note", "nominal"),
        ("clock", "duration"),
    ];
    assert_eq!(kinds(table), expected.map(|(name, kind)| (name.to_owned(), kind)));
    let text = csv(table);
    let first = "000,2024-02-20,2024-02-29T12:30:00,0,0.1,true,\"a, \"\"b\"\"\nc\",00:15:00\n";
    assert!(text.contains(first), "{text}");
    assert!(text.contains("001,2024-02-21,2024-02-29T13:30:01,0.01,1000000.1,false,,01:15:00\n"), "{text}");
    assert!(text.contains("003,2024-02-23,2024-02-29T15:30:03,0.03,#N/A,false,note 3,03:15:00\n"), "{text}");
    assert_eq!(report.columns[4].missing_tokens[0].token, "#N/A");
    assert_eq!(report.columns[0].examples[0].line, 2);
}

#[test]
fn other_programs_write_workbooks_in_other_ways() {
    let loaded = load_file("by_hand.xlsx");
    let expected = "name,size,at,ok\nAnn <B>A,100000,2024-01-31,true\n\
                    東京,0.30000000000000004,2024-02-01,false\n,#DIV/0!,,\n";
    assert_eq!(texts(&loaded), [("t".to_owned(), expected.to_owned())]);
    assert_eq!(loaded[0].1.columns[2].kind.name(), "date");
    assert_eq!(loaded[0].1.columns[0].examples[0].line, 2);
}

#[test]
fn every_sheet_becomes_a_table() {
    let loaded = load_file("several.xlsx");
    let expected = [
        ("t", "user_id,since\n1,2020-01-31\n2,2021-12-31\n"),
        ("t_plans_prices", "plan,price,currency\nBasic,7.99,EUR\nPremium,13.99,\n"),
    ];
    assert_eq!(texts(&loaded), expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let problem = &loaded[0].1.problems[0];
    assert_eq!((problem.code, problem.line), (ProblemCode::EmptyLine, 3));
    assert_eq!(loaded[0].1.columns[0].examples[1].line, 4);
    assert_eq!(loaded[1].1.columns[0].examples[0].line, 4, "the row of the sheet");
}

#[test]
fn the_header_of_a_sheet_is_guessed_or_said() {
    let options = ImportOptions { header: Some(false), ..ImportOptions::default() };
    let loaded = try_load("several.xlsx", &file("several.xlsx"), &options).unwrap();
    assert!(csv(&loaded[1].0).starts_with("column_1,column_2,column_3\nplan,price,currency\n"));
    let options = ImportOptions { delimiter: Some(",".into()), ..ImportOptions::default() };
    let error = try_load("several.xlsx", &file("several.xlsx"), &options).map(|_| ()).unwrap_err();
    assert_eq!(error.code, ErrorCode::BadOption);
}

#[test]
fn what_is_no_workbook_is_named_with_the_way_out() {
    let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
    let cases = [
        ("tables.zip", file("tables.zip"), "zip archive", "Unpack"),
        ("cut.zip", file("tables.zip")[..60].to_vec(), "zip archive", "Unpack"),
        ("letter.docx", file("letter.docx"), "Word", "spreadsheet"),
        ("sheet.ods", file("sheet.ods"), "OpenDocument", ".xlsx or CSV"),
        ("old.xls", old, "old Excel", ".xlsx or CSV"),
    ];
    for (name, bytes, what, hint) in cases {
        let error = refused(name, &bytes);
        assert_eq!((error.code, error.at.file.as_deref()), (ErrorCode::BinaryFile, Some(name)));
        assert!(error.message.contains(what), "{}", error.message);
        assert!(error.hint.as_deref().unwrap().contains(hint), "{:?}", error.hint);
    }
}

#[test]
fn a_damaged_workbook_is_an_error_and_never_half_a_table() {
    let whole = file("typed.xlsx");
    let error = refused("cut.xlsx", &file("cut.xlsx"));
    assert_eq!(error.code, ErrorCode::BadFile);
    assert!(error.message.contains("cut off"), "{}", error.message);
    // A flipped byte is found by the checksum, or lies where nothing is read.
    let sound = texts(&load("typed.xlsx", &whole));
    for at in (0..whole.len()).step_by(97) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        if let Ok(loaded) = try_load("typed.xlsx", &bytes, &ImportOptions::default()) {
            let found = texts(&loaded);
            assert!(found == sound || loaded[0].1.format == FileFormat::Delimited, "byte {at}");
        }
    }
}
