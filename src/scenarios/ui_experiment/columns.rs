//! Rows of the world as tables.

use super::levels::{BOUNCE_REASONS, CONTENT_TYPES, COUNTRIES, DEVICES, GENRES, TIERS, TIMES, VARIANTS};
use super::sessions::Sessions;
use super::users::Users;
use crate::model::{EngineError, Kind, TableOrigin};
use crate::pace::Pace;
use crate::tables::{Codes, ColumnData, NewColumn, Table};

pub fn users_table(users: Users, origin: TableOrigin) -> Result<Table, EngineError> {
    let n_users = users.country.len();
    let columns = vec![
        column("user_id", Kind::Id, ColumnData::Integers((1..=n_users as i64).map(Some).collect())),
        column("country", Kind::Nominal, levels(users.country, &COUNTRIES)),
        column("subscription_type", Kind::Ordinal, levels(users.tier, &TIERS)),
        column("device_preferred", Kind::Nominal, levels(users.device_preferred, &DEVICES)),
        column(
            "signup_date",
            Kind::Date,
            ColumnData::Dates(users.signup_day.into_iter().map(Some).collect()),
        ),
    ];
    Table::from_columns("users", origin, columns)
}

/// Pauses between columns: each of five million rows takes some milliseconds to convert.
pub async fn sessions_table(
    sessions: Sessions,
    origin: TableOrigin,
    pace: &Pace,
) -> Result<Table, EngineError> {
    let n_sessions = sessions.user_idx.len() as i64;
    let reasons = sessions.bounce_reason.into_iter().map(|reason| reason.map_or(Codes::MISSING, u32::from));
    let mut columns = Vec::with_capacity(13);
    let makers: [Box<dyn FnOnce() -> NewColumn>; 13] = [
        Box::new(move || column("session_id", Kind::Id, integers(1..=n_sessions))),
        Box::new(|| {
            column("user_id", Kind::Id, integers(sessions.user_idx.into_iter().map(|i| i64::from(i) + 1)))
        }),
        Box::new(|| column("group", Kind::Nominal, levels(sessions.variant, &VARIANTS))),
        Box::new(|| {
            let seconds = sessions.start.into_iter().map(Some).collect();
            column("session_start", Kind::DateTime, ColumnData::DateTimes(seconds))
        }),
        Box::new(|| column("session_length", Kind::Continuous, ColumnData::Numbers(sessions.length))),
        Box::new(|| column("watched", Kind::Binary, integers(sessions.watched.into_iter().map(i64::from)))),
        Box::new(|| {
            column("watch_completion", Kind::Binary, integers(sessions.completed.into_iter().map(i64::from)))
        }),
        Box::new(|| {
            column("clicks_before_watch", Kind::Count, integers(sessions.clicks.into_iter().map(i64::from)))
        }),
        Box::new(|| column("device_type", Kind::Nominal, levels(sessions.device, &DEVICES))),
        Box::new(|| column("content_type", Kind::Nominal, levels(sessions.content_type, &CONTENT_TYPES))),
        Box::new(|| column("genre", Kind::Nominal, levels(sessions.genre, &GENRES))),
        Box::new(|| column("time_of_day", Kind::Ordinal, levels(sessions.time, &TIMES))),
        Box::new(move || {
            let levels = BOUNCE_REASONS.map(String::from).to_vec();
            column("bounce_reason", Kind::Nominal, ColumnData::Levels { codes: reasons.collect(), levels })
        }),
    ];
    for make in makers {
        pace.step(columns.len() as f64 / 14.0, "filling the table").await?;
        columns.push(make());
    }
    Table::from_columns("sessions", origin, columns)
}

fn column(name: &str, kind: Kind, data: ColumnData) -> NewColumn {
    NewColumn { name: name.into(), kind, data }
}

fn integers(values: impl Iterator<Item = i64>) -> ColumnData {
    ColumnData::Integers(values.map(Some).collect())
}

fn levels(indices: Vec<u8>, names: &[&str]) -> ColumnData {
    let codes = indices.into_iter().map(u32::from).collect();
    ColumnData::Levels { codes, levels: names.iter().map(|name| (*name).to_owned()).collect() }
}
