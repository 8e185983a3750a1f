//! Many rows over several slices: a million when asked for by `PLAYHEAD_LARGE=1`, to be timed in a release build.

use super::{codes, report};
use playhead::model::{Kind, TableOrigin};
use playhead::tables::{ColumnData, NewColumn, Table};

fn wide(n: i64) -> Table {
    let new = |name: &str, kind, data| NewColumn { name: name.into(), kind, data };
    let mut state = 88_172_645_463_325_252_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut uniform = |n: u64| (next() >> 11) % n;
    let level = |name: &str, kind, levels: &[&str], codes: Vec<u32>| {
        new(
            name,
            kind,
            ColumnData::Levels { codes, levels: levels.iter().map(|level| (*level).into()).collect() },
        )
    };
    let mut few = |k: u64| (0..n).map(|_| uniform(k) as u32).collect::<Vec<u32>>();
    let (countries, devices, groups) = (few(5), few(3), few(2));
    let mut numbers = |scale: f64| (0..n).map(|_| scale * uniform(1 << 40) as f64).collect::<Vec<f64>>();
    let (a, b, c) = (numbers(1e-9), numbers(1e-8), numbers(1e-7));
    let columns = vec![
        new("session_id", Kind::Id, ColumnData::Integers((0..n).map(Some).collect())),
        new("user_id", Kind::Id, ColumnData::Integers((0..n).map(|i| Some(i * 7919 % 200_003)).collect())),
        level("country", Kind::Nominal, &["BR", "DE", "IN", "UK", "US"], countries),
        level("device", Kind::Nominal, &["Mobile", "TV", "Web"], devices),
        level("group", Kind::Nominal, &["A", "B"], groups),
        new("minutes", Kind::Continuous, ColumnData::Numbers(a)),
        new("speed", Kind::Continuous, ColumnData::Numbers(b)),
        new("load", Kind::Continuous, ColumnData::Numbers(c)),
        new("clicks", Kind::Count, ColumnData::Integers((0..n).map(|i| Some(i * 31 % 17)).collect())),
        new(
            "start",
            Kind::DateTime,
            ColumnData::DateTimes((0..n).map(|i| Some(1_700_000_000 + i * 7)).collect()),
        ),
        new("day", Kind::Date, ColumnData::Dates((0..n).map(|i| Some(19_000 + (i % 400) as i32)).collect())),
        new(
            "title",
            Kind::Text,
            ColumnData::Texts((0..n).map(|i| Some(format!("Episode {i} of a long series"))).collect()),
        ),
    ];
    Table::from_columns("sessions", TableOrigin::Text, columns).unwrap()
}

#[test]
fn many_rows_are_looked_through() {
    let is_large = std::env::var_os("PLAYHEAD_LARGE").is_some();
    let table = wide(if is_large { 1_000_000 } else { 60_000 });
    let report = report(&table, &[]);
    assert_eq!(codes(&report), Vec::<String>::new(), "{:#?}", report.findings);
}
