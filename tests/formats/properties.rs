//! Whatever the bytes are, a file loads or is refused; nothing panics.

use super::{file, try_load};
use playhead::model::ImportOptions;
use proptest::prelude::*;

/// Loads, and compares what the report says with the tables.
fn check(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Ok(loaded) = try_load(name, bytes, &ImportOptions::default()) {
        for (table, report) in loaded {
            prop_assert_eq!(table.n_rows() as u64, report.n_rows);
            prop_assert_eq!(table.column_names().len(), report.columns.len());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn anything_like_json_loads_or_is_refused(text in r#"[\[{][\[\]{}",:0-9a-c.eE\\ntru \n-]{0,120}"#) {
        check("t.json", text.as_bytes())?;
        check("t.jsonl", text.as_bytes())?;
        check("t.txt", text.as_bytes())?;
    }

    #[test]
    fn damaged_files_load_or_are_refused(
        which in 0usize..4,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<prop::sample::Index>(),
    ) {
        let name = ["posts.json", "typed.xlsx", "members.csv.gz", "posts_utf16.json"][which];
        let mut bytes = file(name);
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(name, &bytes)?;
        check(name, &bytes[..end.index(bytes.len())])?;
    }
}
