//! What looks like a relation and is none, what is one without looking so, and large tables.

use super::{arrows, found, key_of, table};
use playhead::model::{Cardinality, Kind, TableOrigin};
use playhead::tables::{ColumnData, NewColumn, Table};

fn lines(head: &str, n: usize, row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (1..=n).map(row).collect();
    format!("{head}\n{}\n", rows.join("\n"))
}

#[test]
fn small_whole_numbers_are_in_every_list_of_them() {
    let ratings = table(
        "ratings",
        &lines("rating_id,rating,n_clicks,place", 300, |i| {
            format!("{},{},{},{}", 9_000 + i, i % 5 + 1, i * 7 % 40, i % 100 + 1)
        }),
    );
    let movies = table("movies", &lines("id,minutes", 1_000, |i| format!("{i},{}", 80 + i % 90)));
    let shops = table("shops", &lines("id,town", 100, |i| format!("{i},T{}", i % 7)));
    let model = found(&[ratings, movies, shops]);
    assert_eq!(arrows(&model), Vec::<String>::new());
    assert_eq!(key_of(&model, "ratings"), ["rating_id"]);
}

#[test]
fn small_whole_numbers_with_the_right_name_are_keys() {
    let movies = table("movies", &lines("id,minutes", 1_000, |i| format!("{i},{}", 80 + i % 90)));
    let ratings = table(
        "ratings",
        &lines("rating_id,movie_id,rating", 300, |i| format!("{i},{},{}", i % 17 + 1, i % 5 + 1)),
    );
    assert_eq!(arrows(&found(&[movies, ratings])), ["ratings.movie_id > movies.id"]);
}

#[test]
fn texts_that_cannot_agree_by_chance_need_no_name() {
    let people =
        table("members", &lines("code,joined", 80, |i| format!("M-{:05},2024-01-{:02}", i * 37, i % 28 + 1)));
    let visits = table("visits", &lines("visit,guest", 400, |i| format!("V{i},M-{:05}", (i % 80 + 1) * 37)));
    let model = found(&[people, visits]);
    assert_eq!(arrows(&model), ["visits.guest > members.code"]);
    assert!(model.relations[0].confidence < 0.7);
}

#[test]
fn one_to_one_points_to_the_table_whose_own_key_it_is() {
    let users = table("users", &lines("user_id,age", 40, |i| format!("u{i},{}", 20 + i % 30)));
    let consent = table("consent", &lines("user_id,given", 40, |i| format!("u{i},{}", i % 2)));
    for tables in [[users.clone(), consent.clone()], [consent, users]] {
        let model = found(&tables);
        assert_eq!(arrows(&model), ["consent.user_id > users.user_id"]);
        assert_eq!(model.relations[0].cardinality, Cardinality::OneToOne);
    }
}

#[test]
fn a_key_with_faults_is_still_one_and_a_missing_table_is_missed() {
    // Nine tenths of the values are there.
    let users = table("users", &lines("id,age", 50, |i| format!("{i},{}", 20 + i % 30)));
    let plays = table("plays", &lines("play_id,user_id", 500, |i| format!("{i},{}", i % 55 + 1)));
    let model = found(&[users.clone(), plays.clone()]);
    assert_eq!(arrows(&model), ["plays.user_id > users.id"]);
    assert_eq!(model.relations[0].n_orphan_values, 5);
    assert_eq!(arrows(&found(&[plays])), Vec::<String>::new());
    assert_eq!(found(&[]).tables, []);
}

#[test]
fn tables_without_rows_or_of_one_row_have_only_named_keys() {
    let model =
        found(&[table("empty", "a_id,b\n"), table("one", "x,y\n3,4\n"), table("lonely", "id,y\n3,4\n")]);
    assert_eq!(key_of(&model, "empty"), Vec::<String>::new());
    assert_eq!(key_of(&model, "one"), Vec::<String>::new());
    assert_eq!(key_of(&model, "lonely"), ["id"]);
    assert!(model.relations.is_empty());
}

#[test]
fn a_day_and_a_name_make_a_key_of_two() {
    let text = lines("day,country,n", 60, |i| {
        format!("2024-01-{:02},{},{}", i % 20 + 1, ["AT", "DE", "FR"][i % 3], i)
    });
    assert_eq!(key_of(&found(&[table("daily", &text)]), "daily"), Vec::<String>::new());
    let text = lines("user_id,day,n", 60, |i| format!("u{},2024-01-{:02},{}", i % 3, i / 3 + 1, i % 4));
    assert_eq!(key_of(&found(&[table("daily", &text)]), "daily"), ["user_id", "day"]);
}

/// A million plays of a hundred thousand users, of whom three are not there.
#[test]
fn a_million_rows_are_counted_to_the_last() {
    let column = |name: &str, kind, data| NewColumn { name: name.into(), kind, data };
    let ids = |n: usize, of: &dyn Fn(usize) -> usize| {
        ColumnData::Texts((0..n).map(|i| Some(format!("user-{:07}", of(i)))).collect())
    };
    let users = Table::from_columns(
        "users",
        TableOrigin::Text,
        vec![column("user_id", Kind::Id, ids(100_000, &|i| i))],
    );
    let n = 1_000_000;
    let plays = vec![
        column("play_id", Kind::Id, ColumnData::Integers((0..n as i64).map(Some).collect())),
        column("user_id", Kind::Id, ids(n, &|i| i * 7_919 % 100_003)),
        column(
            "ms",
            Kind::Count,
            ColumnData::Integers((0..n as i64).map(|i| Some(i * 31 % 400_000)).collect()),
        ),
        column("skipped", Kind::Binary, ColumnData::Bools((0..n).map(|i| Some(i % 3 == 0)).collect())),
    ];
    let plays = Table::from_columns("plays", TableOrigin::Text, plays);
    let tables = [users.unwrap(), plays.unwrap()];
    let model = found(&tables);
    assert_eq!(arrows(&model), ["plays.user_id > users.user_id"]);
    assert_eq!(model.relations[0].n_orphan_values, 3);
}
