//! Seeded worlds: what is in them, that they repeat, and that estimates find the planted truth.
#![cfg(feature = "engine")]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its helpers too")]

use playhead::model::{ErrorCode, ScenarioSpec, Truth, TruthQuantity, UiExperimentSpec};
use playhead::pace::{Host, Pace, block_on};
use playhead::scenarios::{SCENARIOS, generate};
use playhead::tables::Table;
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

#[path = "scenarios/worlds.rs"]
mod worlds;

use worlds::*;

/// FNV-1a of the CSV exports of the world with seed 1 and every other knob at its default. A browser computes the same:
/// if this changes, old links show other data.
const USERS_HASH: u64 = 0xf7b8_d8ca_526c_8a64;
const SESSIONS_HASH: u64 = 0x53a6_db72_6ed3_4588;

/// How far an estimate may be from the truth, in standard errors.
const N_ERRORS: f64 = 4.0;

#[test]
fn a_seed_is_the_same_bytes_everywhere() {
    let knobs = UiExperimentSpec { seed: 1, ..UiExperimentSpec::default() };
    let (users, sessions, truths) = world(&knobs);
    let (users_csv, sessions_csv) = (csv(&users), csv(&sessions));
    let (users_again, sessions_again, truths_again) = world(&knobs);
    assert_eq!(users_csv, csv(&users_again));
    assert_eq!(sessions_csv, csv(&sessions_again));
    assert_eq!(truths, truths_again);
    let hashes = (fnv(&users_csv), fnv(&sessions_csv));
    assert_eq!(
        hashes,
        (USERS_HASH, SESSIONS_HASH),
        "users {:#018x}, sessions {:#018x}, from {:?}",
        hashes.0,
        hashes.1,
        sessions_csv.lines().take(3).collect::<Vec<_>>()
    );
}

#[test]
fn another_seed_is_another_world() {
    let (users, sessions, truths) = world(&UiExperimentSpec::default());
    let (other_users, other_sessions, other_truths) =
        world(&UiExperimentSpec { seed: 987_654_321, ..Default::default() });
    assert_ne!(csv(&users), csv(&other_users));
    assert_ne!(csv(&sessions), csv(&other_sessions));
    assert_eq!(truths, other_truths, "the truth is of the population, not of the sample");
}

#[test]
fn tables_have_the_published_columns_and_levels() {
    let (users, sessions, _) = world(&UiExperimentSpec::default());
    assert_eq!((users.name(), users.n_rows()), ("users", 1_000));
    assert_eq!((sessions.name(), sessions.n_rows()), ("sessions", 5_000));
    assert_eq!(
        users.column_names(),
        ["user_id", "country", "subscription_type", "device_preferred", "signup_date"]
    );
    assert_eq!(
        sessions.column_names(),
        [
            "session_id",
            "user_id",
            "group",
            "session_start",
            "session_length",
            "watched",
            "watch_completion",
            "clicks_before_watch",
            "device_type",
            "content_type",
            "genre",
            "time_of_day",
            "bounce_reason"
        ]
    );
    let devices = ["Laptop", "Mobile", "TV"];
    let expected: [(&Table, &str, &[&str]); 9] = [
        (&users, "country", &["AU", "BR", "CA", "DE", "IN", "UK", "US"]),
        (&users, "subscription_type", &["Basic", "Premium", "Standard"]),
        (&users, "device_preferred", &devices),
        (&sessions, "group", &["A", "B"]),
        (&sessions, "device_type", &devices),
        (&sessions, "content_type", &["Movie", "Series"]),
        (&sessions, "genre", &["Action", "Comedy", "Documentary", "Drama", "Horror", "Sci-Fi", "Thriller"]),
        (&sessions, "time_of_day", &["Afternoon", "Evening", "Morning", "Night"]),
        (
            &sessions,
            "bounce_reason",
            &["", "No Interest", "Playback Error", "Preview Too Short", "UI Confusion"],
        ),
    ];
    for (table, column, levels) in expected {
        let found: BTreeSet<String> = texts(table, column).into_iter().collect();
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), levels, "{column}");
    }
}

#[test]
fn rows_make_sense() {
    let (users, sessions, _) = world(&UiExperimentSpec::default());
    let ids = |table: &Table, column: &str| table.numbers(column).unwrap();
    assert!(ids(&users, "user_id").iter().enumerate().all(|(i, id)| *id == i as f64 + 1.0));
    assert!(ids(&sessions, "session_id").iter().enumerate().all(|(i, id)| *id == i as f64 + 1.0));
    let day = 86_400;
    let first_second = 19_723 * day;
    assert!(users.seconds("signup_date").unwrap().iter().all(|second| second.unwrap() < first_second));
    let columns =
        ["session_length", "watched", "watch_completion", "clicks_before_watch"].map(|c| ids(&sessions, c));
    let (starts, times) = (sessions.seconds("session_start").unwrap(), texts(&sessions, "time_of_day"));
    let reasons = texts(&sessions, "bounce_reason");
    for row in 0..sessions.n_rows() {
        let [length, watched, completed, clicks] = [0, 1, 2, 3].map(|c| columns[c][row]);
        assert!(length > 0.0 && length < 90.0);
        assert!((length * 100.0 - (length * 100.0).round()).abs() < 1e-9, "{length} has two decimals");
        assert!((watched == 0.0 || watched == 1.0) && (completed == 0.0 || completed == watched));
        assert!(clicks >= 0.0 && clicks.fract() == 0.0);
        assert!(reasons[row].is_empty() || watched == 0.0, "a watched session did not bounce");
        let start = starts[row].unwrap();
        assert!((first_second..first_second + 91 * day).contains(&start), "in the first quarter of 2024");
        let hours = match times[row].as_str() {
            "Morning" => 5..12,
            "Afternoon" => 12..17,
            "Evening" => 17..21,
            _ => 21..29,
        };
        let hour = start % day / 3_600;
        assert!(hours.contains(&hour) || hours.contains(&(hour + 24)), "{hour} is not {}", times[row]);
    }
}

#[test]
fn users_or_sessions_are_randomised() {
    let variants_of_users = |randomise_users: bool| {
        let knobs =
            UiExperimentSpec { n_users: 8_000, n_sessions: 40_000, randomise_users, share_b: 0.3, ..large() };
        let (users, sessions, _) = world(&knobs);
        let rows = Rows::new(&users, &sessions);
        let share_b = rows.is_b.iter().filter(|is_b| **is_b).count() as f64 / rows.is_b.len() as f64;
        assert!((share_b - 0.3).abs() < 0.025, "{share_b}");
        let mut seen = vec![[false; 2]; users.n_rows()];
        for (user, is_b) in rows.user.iter().zip(&rows.is_b) {
            seen[*user][usize::from(*is_b)] = true;
        }
        seen.iter().filter(|seen| **seen == [true, true]).count()
    };
    assert_eq!(variants_of_users(true), 0, "no user sees both variants");
    assert!(variants_of_users(false) > 4_000, "most users see both");
}

#[test]
fn overall_truth_is_what_was_asked_for() {
    let knobs = UiExperimentSpec {
        effect_length_minutes: -3.0,
        effect_watch_pp: 4.0,
        effect_completion_pp: -11.0,
        effect_clicks: 0.7,
        ..UiExperimentSpec::default()
    };
    for (knobs, expected) in
        [(UiExperimentSpec::default(), [2.12, 0.078, 0.094, -0.32]), (knobs, [-3.0, 0.04, -0.11, 0.7])]
    {
        let (_, _, truths) = world(&knobs);
        let metrics = ["session_length", "watched", "watch_completion / watched", "clicks_before_watch"];
        for (metric, expected) in metrics.iter().zip(expected) {
            let found = truth(&truths, metric, None);
            assert!((found - expected).abs() < 1e-10, "{metric}: {found} for {expected}");
        }
    }
    let (_, _, truths) = world(&UiExperimentSpec::default());
    let lift = |metric: &str| {
        let is_asked = |truth: &&Truth| {
            truth.metric == metric && truth.segment.is_none() && truth.quantity == TruthQuantity::Lift
        };
        truths.iter().find(is_asked).unwrap().value
    };
    assert!((lift("session_length") - 2.12 / 11.42).abs() < 1e-9);
    assert!((lift("watch_completion / watched") - 0.094 / 0.528).abs() < 1e-9, "18 % by the headline");
    assert!((lift("bounce_reason") + 0.12).abs() < 1e-9, "bounces are 12 % rarer by the headline");
}

#[test]
fn the_effect_is_largest_on_mobile_and_at_night() {
    let (_, _, truths) = world(&UiExperimentSpec::default());
    for metric in truths.iter().map(|truth| truth.metric.as_str()).collect::<BTreeSet<_>>() {
        for (column, largest, others) in [
            ("device_type", "Mobile", &["TV", "Laptop"] as &[&str]),
            ("time_of_day", "Night", &["Morning", "Afternoon", "Evening"]),
        ] {
            let size = |level: &str| truth(&truths, metric, Some((column, level))).abs();
            for other in others {
                assert!(
                    size(largest) > size(other),
                    "{metric}: {largest} {}, {other} {}",
                    size(largest),
                    size(other)
                );
            }
        }
    }
}

#[test]
fn estimates_find_the_planted_truth_overall_and_in_segments() {
    let other = UiExperimentSpec {
        n_users: 20_000,
        n_sessions: 100_000,
        randomise_users: false,
        share_b: 0.3,
        effect_length_minutes: -3.0,
        effect_watch_pp: -12.0,
        effect_completion_pp: 15.0,
        effect_clicks: 1.1,
        ..large()
    };
    for knobs in [large(), other] {
        let (users, sessions, truths) = world(&knobs);
        let rows = Rows::new(&users, &sessions);
        let differences: Vec<&Truth> =
            truths.iter().filter(|truth| truth.quantity == TruthQuantity::Difference).collect();
        assert_eq!(differences.len(), 6 * (1 + 3 + 4 + 7));
        let mut squares = 0.0;
        for truth in &differences {
            let (found, error) = rows.difference(&truth.metric, |row| match &truth.segment {
                None => true,
                Some((column, level)) => rows.levels[column.as_str()][row] == *level,
            });
            let departure = (found - truth.value) / error;
            assert!(departure.abs() < N_ERRORS, "{truth:?}: found {found}, standard error {error}");
            squares += departure * departure;
        }
        let mean_square = squares / differences.len() as f64;
        assert!((0.5..2.0).contains(&mean_square), "departures are as large as errors say: {mean_square}");
    }
}

#[test]
fn headline_figures_are_within_sampling_error_of_the_published_ones() {
    let rows = default_rows();
    let published = [
        ("session_length", 11.42, 13.54),
        ("watched", 0.671, 0.749),
        ("watch_completion / watched", 0.528, 0.622),
        ("clicks_before_watch", 1.42, 1.10),
    ];
    for (metric, a, b) in published {
        for (is_b, expected) in [(false, a), (true, b)] {
            let (found, error) = rows.ratio(metric, |row| rows.is_b[row] == is_b);
            assert!(
                (found - expected).abs() < 3.0 * error,
                "{metric}: {found} for {expected}, error {error}"
            );
        }
    }
    let sd = {
        let lengths = &rows.metrics["session_length"].0;
        let mean = lengths.iter().sum::<f64>() / lengths.len() as f64;
        (lengths.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / lengths.len() as f64).sqrt()
    };
    assert!((4.0..6.0).contains(&sd), "standard deviation of session length: {sd}");
}

#[test]
fn figures_by_level_are_near_the_published_ones() {
    let rows = default_rows();
    // Level, sessions out of 5,000 (0: not published), mean length, completion of watched in percent.
    type Level = (&'static str, f64, f64, f64);
    let published: [(&str, &[Level]); 5] = [
        (
            "device_type",
            &[("TV", 0.0, 15.12, 61.40), ("Laptop", 0.0, 12.32, 57.85), ("Mobile", 0.0, 9.07, 49.10)],
        ),
        (
            "time_of_day",
            &[
                ("Night", 0.0, 14.10, 63.20),
                ("Evening", 0.0, 13.20, 60.45),
                ("Afternoon", 0.0, 10.45, 55.10),
                ("Morning", 0.0, 8.42, 48.20),
            ],
        ),
        (
            "genre",
            &[
                ("Action", 950.0, 14.22, 61.80),
                ("Sci-Fi", 730.0, 13.18, 59.40),
                ("Thriller", 810.0, 12.95, 58.10),
                ("Horror", 610.0, 11.85, 55.25),
                ("Comedy", 580.0, 10.12, 50.90),
                ("Drama", 640.0, 9.45, 49.30),
                ("Documentary", 380.0, 8.92, 48.10),
            ],
        ),
        (
            "subscription_type",
            &[
                ("Premium", 1850.0, 14.20, 63.80),
                ("Standard", 1900.0, 12.85, 58.22),
                ("Basic", 1250.0, 10.40, 51.10),
            ],
        ),
        (
            "country",
            &[
                ("IN", 1550.0, 13.10, 60.20),
                ("US", 1320.0, 12.45, 58.90),
                ("BR", 890.0, 11.02, 55.15),
                ("UK", 700.0, 12.85, 59.40),
                ("CA", 340.0, 11.55, 56.20),
                ("DE", 150.0, 10.92, 54.10),
                ("AU", 50.0, 10.31, 52.80),
            ],
        ),
    ];
    for (column, levels) in published {
        let total: f64 = levels.iter().map(|level| level.1).sum();
        for (level, n_published, length, completion) in levels {
            let is_level = |row: usize| rows.levels[column][row] == *level;
            let (found, error) = rows.ratio("session_length", is_level);
            // The published tables differ by up to 5 % in their overall mean, so the levels cannot all hold as printed.
            assert!(
                (found - length).abs() < 3.5 * error + 0.05 * length,
                "{level}: {found} minutes for {length}"
            );
            let (found, error) = rows.ratio("watch_completion / watched", is_level);
            // Clustered errors are too small where a level has a dozen users.
            let n = (0..rows.user.len()).filter(|row| is_level(*row)).count() as f64;
            let error = error.max((0.25 / (0.7 * n)).sqrt());
            assert!(
                (found - completion / 100.0).abs() < 3.5 * error + 0.022,
                "{level}: completion {found} for {completion} %"
            );
            if *n_published > 0.0 {
                let share = n_published / total;
                // Users bring about six sessions each, weighted by sessions, so counts vary more than single draws.
                let error = (5_000.0 * share * (1.0 - share) * 6.5).sqrt();
                assert!((n - 5_000.0 * share).abs() < 3.5 * error, "{level}: {n} sessions");
            }
        }
    }
    let length = |country: &str, tier: &str| {
        let keep = |row: usize| {
            rows.levels["country"][row] == country && rows.levels["subscription_type"][row] == tier
        };
        rows.ratio("session_length", keep)
    };
    let (us_premium, error) = length("US", "Premium");
    assert!((us_premium - 15.88).abs() < 3.5 * error);
    for (country, tier) in [("IN", "Premium"), ("UK", "Standard"), ("CA", "Basic")] {
        assert!(length(country, tier).0 < us_premium, "US Premium is highest");
    }
}

#[test]
fn a_few_users_are_far_more_engaged_than_most() {
    let rows = default_rows();
    let mut totals = BTreeMap::<usize, (f64, u32)>::new();
    for (user, length) in rows.user.iter().zip(&rows.metrics["session_length"].0) {
        let total = totals.entry(*user).or_default();
        total.0 += length;
        total.1 += 1;
    }
    let mut totals: Vec<(f64, u32)> = totals.into_values().collect();
    totals.sort_by(|a, b| b.0.total_cmp(&a.0));
    // Published: the five most engaged have 14 to 18 sessions and 197 to 242 minutes.
    let top = &totals[..5];
    let n_sessions = top.iter().map(|(_, n_sessions)| f64::from(*n_sessions)).sum::<f64>() / 5.0;
    assert!((12.0..18.0).contains(&n_sessions), "{top:?}");
    assert!(top.iter().all(|(minutes, _)| (180.0..320.0).contains(minutes)), "{top:?}");
    assert!(totals.len() > 950, "nearly every user has a session: {}", totals.len());
}

#[test]
fn sessions_of_one_user_are_alike() {
    let rows = large_rows();
    // One-way analysis of variance: the share of variance that is between users, within a variant.
    for (metric, range) in
        [("session_length", 0.1..0.25), ("watched", 0.04..0.15), ("clicks_before_watch", 0.04..0.2)]
    {
        let values = &rows.metrics[metric].0;
        let kept: Vec<usize> = (0..values.len()).filter(|row| rows.is_b[*row]).collect();
        let mut users = BTreeMap::<usize, (f64, f64, f64)>::new();
        for &row in &kept {
            let sums = users.entry(rows.user[row]).or_default();
            *sums = (sums.0 + 1.0, sums.1 + values[row], sums.2 + values[row] * values[row]);
        }
        let (n, k) = (kept.len() as f64, users.len() as f64);
        let mean = kept.iter().map(|row| values[*row]).sum::<f64>() / n;
        let within = users.values().map(|(n, sum, squares)| squares - sum * sum / n).sum::<f64>() / (n - k);
        let between = users.values().map(|(n, sum, _)| n * (sum / n - mean) * (sum / n - mean)).sum::<f64>()
            / (k - 1.0);
        let size = (n - users.values().map(|(n, _, _)| n * n).sum::<f64>() / n) / (k - 1.0);
        let icc = (between - within) / (between + (size - 1.0) * within);
        assert!(range.contains(&icc), "{metric}: intraclass correlation {icc}");
    }
}

#[test]
fn the_preferred_device_is_used_most() {
    let (users, sessions, _) = world(&UiExperimentSpec { n_users: 5_000, n_sessions: 25_000, ..large() });
    let preferred = texts(&users, "device_preferred");
    let used = texts(&sessions, "device_type");
    let user = sessions.numbers("user_id").unwrap();
    let agree =
        used.iter().zip(&user).filter(|(used, user)| **used == preferred[**user as usize - 1]).count() as f64;
    let share = agree / used.len() as f64;
    // 0.4 by preference, and 0.6 times the chance of meeting it anyway, the sum of squared shares.
    let expected = 0.4 + 0.6 * (0.42 * 0.42 + 0.26 * 0.26 + 0.32 * 0.32);
    assert!((share - expected).abs() < 0.02, "{share}");
}

#[test]
fn confusion_is_a_rarer_reason_in_b() {
    let rows = large_rows();
    let share = |is_b: bool| {
        let reasons =
            rows.levels["bounce_reason"].iter().zip(&rows.is_b).filter(|(r, b)| **b == is_b && !r.is_empty());
        let n = reasons.clone().count() as f64;
        reasons.filter(|(reason, _)| *reason == "UI Confusion").count() as f64 / n
    };
    assert!((share(false) - 0.26).abs() < 0.02, "{}", share(false));
    assert!(share(true) < share(false) - 0.05, "{} in B, {} in A", share(true), share(false));
}

#[test]
fn knobs_at_zero_give_no_effect() {
    let nothing = UiExperimentSpec {
        effect_length_minutes: 0.0,
        effect_watch_pp: 0.0,
        effect_completion_pp: 0.0,
        effect_clicks: 0.0,
        ..UiExperimentSpec::default()
    };
    let (_, sessions, truths) = world(&nothing);
    assert!(truths.iter().all(|truth| truth.value == 0.0), "{truths:?}");
    let (_, other_sessions, _) = world(&UiExperimentSpec { share_b: 0.9, ..nothing });
    // Nothing but the label depends on the variant.
    let (sessions, other) = (csv(&sessions), csv(&other_sessions));
    assert_ne!(csv_column(&sessions, "group"), csv_column(&other, "group"));
    for column in ["session_length", "watched", "watch_completion", "clicks_before_watch", "bounce_reason"] {
        assert_eq!(csv_column(&sessions, column), csv_column(&other, column), "{column}");
    }
}

#[test]
fn a_knob_changes_only_what_it_concerns() {
    let (users, sessions, _) = world(&UiExperimentSpec::default());
    let names: Vec<String> = sessions.column_names().iter().map(|name| (*name).to_owned()).collect();
    let (users, sessions) = (csv(&users), csv(&sessions));
    let cases: [(UiExperimentSpec, &[&str]); 4] = [
        (UiExperimentSpec { effect_length_minutes: 5.0, ..Default::default() }, &["session_length"]),
        (UiExperimentSpec { effect_completion_pp: 20.0, ..Default::default() }, &["watch_completion"]),
        (
            UiExperimentSpec { effect_clicks: 1.0, ..Default::default() },
            &["clicks_before_watch", "bounce_reason"],
        ),
        (
            UiExperimentSpec { effect_watch_pp: 15.0, ..Default::default() },
            &["session_length", "watched", "watch_completion", "clicks_before_watch", "bounce_reason"],
        ),
    ];
    for (knobs, changed) in cases {
        let (other_users, other_sessions, _) = world(&knobs);
        assert_eq!(users, csv(&other_users));
        let other = csv(&other_sessions);
        for name in &names {
            let is_same = csv_column(&sessions, name) == csv_column(&other, name);
            assert_eq!(is_same, !changed.contains(&name.as_str()), "{name} with {knobs:?}");
        }
    }
}

#[test]
fn more_sessions_and_more_users_extend_the_tables() {
    let (users, sessions, _) = world(&UiExperimentSpec::default());
    let (same_users, more_sessions, _) = world(&UiExperimentSpec { n_sessions: 6_000, ..Default::default() });
    assert_eq!(csv(&users), csv(&same_users));
    assert!(csv(&more_sessions).starts_with(&csv(&sessions)));
    let (more_users, _, _) = world(&UiExperimentSpec { n_users: 1_100, ..Default::default() });
    assert!(csv(&more_users).starts_with(&csv(&users)));
}

#[test]
fn the_smallest_world_exists() {
    let (users, sessions, _) = world(&UiExperimentSpec { n_users: 2, n_sessions: 2, ..Default::default() });
    assert_eq!((users.n_rows(), sessions.n_rows()), (2, 2));
}

#[test]
fn knobs_outside_their_range_are_named() {
    let default = UiExperimentSpec::default;
    let cases = [
        ("seed", UiExperimentSpec { seed: (1 << 53) + 1, ..default() }, "9,007,199,254,740,992"),
        ("n_users", UiExperimentSpec { n_users: 1, ..default() }, "from 2 to 1,000,000"),
        ("n_users", UiExperimentSpec { n_users: 1_000_001, ..default() }, "from 2 to 1,000,000"),
        ("n_sessions", UiExperimentSpec { n_sessions: 1, ..default() }, "from 2 to 5,000,000"),
        ("n_sessions", UiExperimentSpec { n_sessions: 5_000_001, ..default() }, "from 2 to 5,000,000"),
        ("share_b", UiExperimentSpec { share_b: 0.0, ..default() }, "from 0.01 to 0.99"),
        ("share_b", UiExperimentSpec { share_b: f64::NAN, ..default() }, "from 0.01 to 0.99"),
        (
            "effect_length_minutes",
            UiExperimentSpec { effect_length_minutes: -6.5, ..default() },
            "to 20 minutes",
        ),
        (
            "effect_watch_pp",
            UiExperimentSpec { effect_watch_pp: 40.0, ..default() },
            "to 25 percentage points",
        ),
        (
            "effect_completion_pp",
            UiExperimentSpec { effect_completion_pp: -60.0, ..default() },
            "to 40 percentage",
        ),
        ("effect_clicks", UiExperimentSpec { effect_clicks: f64::INFINITY, ..default() }, "to 5 clicks"),
    ];
    for (field, knobs, range) in cases {
        let error = block_on(generate(&ScenarioSpec::UiExperiment(knobs), &Pace::unhosted())).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadOption, "{field}");
        assert_eq!(error.at.field.as_deref(), Some(field));
        assert!(error.message.contains(field) && error.message.contains(range), "{}", error.message);
    }
}

/// A host whose user has pressed Cancel.
struct Impatient;

impl Host for Impatient {
    fn now_ms(&self) -> f64 {
        use std::cell::Cell;
        thread_local!(static CLOCK: Cell<f64> = const { Cell::new(0.0) });
        CLOCK.with(|clock| {
            clock.set(clock.get() + 100.0);
            clock.get()
        })
    }
    fn report(&self, done: f64, _stage: &str) {
        assert!((0.0..=1.0).contains(&done));
    }
    fn is_cancelled(&self) -> bool {
        true
    }
    fn pause(&self) -> Pin<Box<dyn Future<Output = ()>>> {
        Box::pin(std::future::ready(()))
    }
}

#[test]
fn generation_can_be_cancelled() {
    let spec = ScenarioSpec::UiExperiment(UiExperimentSpec { n_sessions: 5_000_000, ..Default::default() });
    let error = block_on(generate(&spec, &Pace::new(Rc::new(Impatient)))).unwrap_err();
    assert_eq!(error.code, ErrorCode::Cancelled);
}

#[test]
fn every_world_is_described() {
    assert!(!SCENARIOS.is_empty());
    for description in SCENARIOS {
        let spec = (description.default_spec)();
        let json = serde_json::to_value(&spec).unwrap();
        assert_eq!(json["scenario"], description.scenario);
        assert!(!description.title.is_empty() && description.summary.len() > 40);
        assert!(block_on(generate(&spec, &Pace::unhosted())).is_ok());
    }
}
