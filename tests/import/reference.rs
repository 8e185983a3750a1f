//! The reference data: 5,000 sessions of 1,000 users. Needs `PLAYHEAD_SHARED`.

use playhead::model::{HeaderRow, ImportOptions, JoinHow, Kind, TableOrigin};
use playhead::pace::{Pace, block_on};
use playhead::tables::{PathSource, Table, join, load};

fn load_shared(name: &str) -> Option<(Table, String)> {
    let folder = std::env::var("PLAYHEAD_SHARED").ok()?;
    let path = format!("{folder}/data/netflix-ab/{name}.csv");
    let source = PathSource::open(&path).unwrap();
    let origin = TableOrigin::File { name: format!("{name}.csv") };
    let loaded = block_on(load(name, &source, origin, &ImportOptions::default(), &Pace::unhosted()));
    let (table, report) = loaded.unwrap();
    assert_eq!((report.n_problems, report.n_rows_changed), (0, 0));
    Some((table, std::fs::read_to_string(path).unwrap()))
}

#[test]
fn sessions_and_users_load_as_they_are() {
    let (Some((sessions, sessions_text)), Some((users, users_text))) =
        (load_shared("sessions"), load_shared("users"))
    else {
        return;
    };
    assert_eq!((sessions.n_rows(), users.n_rows()), (5_000, 1_000));
    let expected = [
        ("session_id", Kind::Id),
        ("user_id", Kind::Id),
        ("group", Kind::Nominal),
        ("session_start", Kind::DateTime),
        ("session_length", Kind::Continuous),
        ("watched", Kind::Binary),
        ("clicks_before_watch", Kind::Count),
        ("device_type", Kind::Nominal),
        ("bounce_reason", Kind::Nominal),
    ];
    for (column, kind) in expected {
        assert_eq!(sessions.kind(column).unwrap(), kind, "{column}");
    }
    assert_eq!(users.kind("signup_date").unwrap(), Kind::Date);
    assert_eq!(users.kind("country").unwrap(), Kind::Nominal);
    let info = sessions.info();
    let missing = |name: &str| info.columns.iter().find(|column| column.name == name).unwrap().n_missing;
    assert_eq!((missing("bounce_reason"), missing("session_length")), (3_582, 0));
    for (table, text) in [(&sessions, sessions_text), (&users, users_text)] {
        let csv = block_on(table.to_csv(HeaderRow::AsLoaded, &Pace::unhosted())).unwrap();
        assert!(
            csv == text.replace("\r\n", "\n").as_bytes(),
            "{} does not come back as it was",
            table.name()
        );
    }
    let pace = Pace::unhosted();
    let joined = join(&sessions, &users, "user_id", "user_id", JoinHow::Left, "both", false, &pace);
    let (joined, report) = block_on(joined).unwrap();
    assert_eq!((joined.unwrap().n_rows(), report.n_left_unmatched), (5_000, 0));
    assert!(report.warnings.is_empty(), "{:?}", report.warnings);
}
