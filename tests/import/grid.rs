//! What a grid asks of a table: pages of searched rows, and the small charts of its columns.

use super::load_text;
use playhead::model::{Bar, ColumnBars, Filter, Kind, SortKey, TableBars, Value};
use playhead::pace::{Pace, block_on};
use playhead::tables::Table;

/// Numbers, names, dates and texts of 600 rows, some cells missing.
fn sample() -> Table {
    let mut text = String::from("id,minutes,price,country,day,at,note\n");
    for row in 0..600_u32 {
        let mixed = row.wrapping_mul(2_654_435_761) >> 8;
        let country = ["NO", "SE", "DK", "FI", "IS", "DE", "FR"][(mixed % 29 % 7) as usize];
        let minutes = if row % 17 == 0 { String::new() } else { (mixed % 61).to_string() };
        let day = format!("2024-{:02}-{:02}", mixed % 5 + 1, mixed % 27 + 1);
        let note = ["fast", "Slow start", "\u{c9}t\u{e9} 12", "ended early"][(mixed % 11 % 4) as usize];
        text.push_str(&format!(
            "u{row:04},{minutes},{}.5,{country},{day},{day} {:02}:{:02}:00,{note} {row}\n",
            mixed % 13,
            mixed % 24,
            mixed % 60
        ));
    }
    load_text(&text).0
}

fn search(
    table: &Table,
    offset: u64,
    limit: u32,
    sort: &[SortKey],
    filter: &[Filter],
    text: &str,
) -> (u64, Vec<String>) {
    let page = block_on(table.search_page((offset, limit), sort, filter, text, &Pace::unhosted())).unwrap();
    (page.n_rows_filtered, page.rows.into_iter().map(|row| row[0].clone().unwrap()).collect())
}

fn bars(table: &Table, filter: &[Filter], text: &str) -> TableBars {
    block_on(table.bars(filter, text, &Pace::unhosted())).unwrap()
}

fn column<'a>(bars: &'a TableBars, name: &str) -> &'a ColumnBars {
    bars.columns.iter().find(|column| column.name == name).unwrap()
}

fn text(value: &str) -> Value {
    Value::Text(value.into())
}

#[test]
fn a_search_finds_what_pages_show_in_any_case() {
    let fresh = sample();
    let table = fresh.clone();
    let all = table.page(0, 600, &[], &[]).unwrap().rows;
    for wanted in ["no", "SLOW", "\u{e9}t\u{c9}", "2024-03", "12:0", "7.5", "u00", "early 5", "zzz", "5", "e"]
    {
        let lower = wanted.to_lowercase();
        let holds =
            |cell: &Option<String>| cell.as_ref().is_some_and(|cell| cell.to_lowercase().contains(&lower));
        let expected: Vec<String> =
            all.iter().filter(|row| row.iter().any(holds)).map(|row| row[0].clone().unwrap()).collect();
        assert_eq!(
            search(&fresh.clone(), 0, 600, &[], &[], wanted),
            (expected.len() as u64, expected.clone()),
            "{wanted}"
        );
        // After other searches the answer is the same.
        assert_eq!(search(&table, 0, 600, &[], &[], wanted).1, expected, "{wanted}");
    }
}

#[test]
fn kept_orders_give_the_pages_of_a_fresh_table() {
    let fresh = sample();
    let table = fresh.clone();
    let sorts = [vec![], vec![SortKey { column: "minutes".into(), descending: true }]];
    let filters = [
        vec![],
        vec![Filter::Ne { column: "country".into(), value: text("SE") }],
        vec![Filter::Ge { column: "minutes".into(), value: Value::Number(20.0) }],
    ];
    for wanted in ["e", "ea", "ear", "", "s", "e"] {
        for (sort, filter) in sorts.iter().flat_map(|sort| filters.iter().map(move |filter| (sort, filter))) {
            for offset in [0, 50, 7] {
                let kept = search(&table, offset, 40, sort, filter, wanted);
                assert_eq!(
                    kept,
                    search(&fresh.clone(), offset, 40, sort, filter, wanted),
                    "{wanted} {sort:?} {filter:?}"
                );
            }
        }
    }
}

/// The filters that keep the rows of a bar.
fn of_bar(column: &ColumnBars, bar: &Bar, is_last: bool) -> Vec<Filter> {
    let name = || column.name.clone();
    let value = |text: &str| match column.kind {
        Kind::Count | Kind::Continuous => Value::Number(text.parse().unwrap()),
        _ => Value::Text(text.into()),
    };
    match (&bar.from, &bar.to) {
        (Some(from), Some(to)) => {
            let (from, to) = (value(from), value(to));
            let end = if is_last {
                Filter::Le { column: name(), value: to }
            } else {
                Filter::Lt { column: name(), value: to }
            };
            vec![Filter::Ge { column: name(), value: from }, end]
        }
        (Some(from), None) => vec![Filter::Eq { column: name(), value: value(from) }],
        _ => {
            let named = column.bars.iter().filter_map(|bar| bar.from.as_deref().map(value)).collect();
            vec![Filter::NotIn { column: name(), values: named }]
        }
    }
}

#[test]
fn each_bar_counts_the_rows_that_its_own_filter_would_keep() {
    let table = sample();
    let filters = [
        Filter::Ge { column: "minutes".into(), value: Value::Number(10.0) },
        Filter::Lt { column: "minutes".into(), value: Value::Number(40.0) },
        Filter::In { column: "country".into(), values: vec![text("NO"), text("FR")] },
    ];
    for filters in [&filters[..0], &filters[..2], &filters[2..], &filters[..]] {
        let found = bars(&table, filters, "");
        assert_eq!(found.n_rows_filtered, table.rows_where(filters).unwrap().len() as u64);
        let with_bars = found.columns.iter().filter(|column| !column.bars.is_empty());
        let names: Vec<&str> = with_bars.clone().map(|column| column.name.as_str()).collect();
        assert_eq!(names, ["minutes", "price", "country", "day", "at"]);
        for column in with_bars {
            assert!(column.bars.len() <= 20);
            for (idx, bar) in column.bars.iter().enumerate() {
                let own = of_bar(column, bar, idx + 1 == column.bars.len());
                let mut all: Vec<Filter> =
                    filters.iter().filter(|filter| filter.column() != column.name).cloned().collect();
                let n_all = table.rows_where(&own).unwrap().len() as u64;
                all.extend(own);
                let n = table.rows_where(&all).unwrap().len() as u64;
                assert_eq!((bar.n_all, bar.n), (n_all, n), "{} {bar:?}", column.name);
            }
        }
    }
}

#[test]
fn a_search_narrows_every_chart() {
    let table = sample();
    let found = bars(&table, &[], "slow");
    let (n, _) = search(&table, 0, 1, &[], &[], "slow");
    assert_eq!(found.n_rows_filtered, n);
    let total: u64 = column(&found, "country").bars.iter().map(|bar| bar.n).sum();
    assert_eq!(total, n);
}

#[test]
fn names_have_five_bars_and_one_for_the_others() {
    let table = sample();
    let found = bars(&table, &[], "");
    let country = column(&found, "country");
    let names: Vec<Option<&str>> = country.bars.iter().map(|bar| bar.from.as_deref()).collect();
    assert_eq!((names.len(), names[5]), (6, None));
    assert!(country.bars[..5].windows(2).all(|pair| pair[0].n_all >= pair[1].n_all));
    assert_eq!((column(&found, "id").n_unique, column(&found, "note").n_unique), (Some(600), Some(600)));
    assert_eq!(column(&found, "day").bars[0].from.as_deref(), Some("2024-01-01"));
}

#[test]
fn columns_without_values_have_no_bars() {
    let (table, _) = load_text("a,b\n,x\n,y\n");
    let found = bars(&table, &[], "");
    assert!(column(&found, "a").bars.is_empty());
    assert_eq!(found.n_rows, 2);
}
