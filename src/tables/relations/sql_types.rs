//! The type that a column has in a database.

use crate::model::{DdlDialect, EngineError, Kind};
use crate::tables::Table;
use crate::tables::calendar::MICROS_PER_SECOND;
use crate::tables::values::Values;

/// What a column needs of a type.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum SqlType {
    Boolean,
    /// `is_big`: 32 bits are not enough, or it is an id, which grows.
    Integer {
        is_big: bool,
    },
    Float,
    Date,
    DateTime {
        has_fraction: bool,
    },
    /// Characters of the longest text.
    Text {
        longest: usize,
    },
}

/// Longer texts of MySQL are no VARCHAR, unless they are keys: all columns of a row share 65,535 bytes.
const MAX_VARCHAR: usize = 255;
/// Longer texts may be more than the 65,535 bytes that a TEXT of MySQL holds.
const MAX_TEXT: usize = 16_000;
/// Longer texts are no keys of MySQL: 3,072 bytes, four a character.
pub(super) const MAX_KEY_CHARS: usize = 768;

/// Pairs of levels that databases read as false and true.
const BOOLEANS: [[&str; 2]; 5] = [["0", "1"], ["false", "true"], ["f", "t"], ["no", "yes"], ["n", "y"]];

pub(super) fn sql_type(table: &Table, at: usize) -> Result<SqlType, EngineError> {
    let kind = table.meta(at)?.kind;
    let values = table.values_at(at)?;
    if kind == Kind::Binary && is_boolean(&values) {
        return Ok(SqlType::Boolean);
    }
    Ok(match values {
        Values::Integers(slots) => {
            let is_wide = |value: i64| i32::try_from(value).is_err();
            SqlType::Integer { is_big: kind == Kind::Id || slots.iter().flatten().any(is_wide) }
        }
        Values::Numbers(_) => SqlType::Float,
        Values::Days(_) => SqlType::Date,
        Values::Micros(slots) => {
            let has_fraction = slots.iter().flatten().any(|micros| micros % MICROS_PER_SECOND != 0);
            SqlType::DateTime { has_fraction }
        }
        Values::Texts(texts) => {
            let longest = texts.iter().flatten().map(|text| text.chars().count()).max();
            SqlType::Text { longest: longest.unwrap_or(0) }
        }
        Values::Levels(_, levels) => {
            let longest = levels.iter().map(|level| level.chars().count()).max();
            SqlType::Text { longest: longest.unwrap_or(0) }
        }
    })
}

fn is_boolean(values: &Values<'_>) -> bool {
    let is_pair = |levels: &[String]| {
        BOOLEANS.iter().any(|pair| {
            levels.len() == 2
                && levels.iter().all(|level| pair.contains(&level.to_ascii_lowercase().as_str()))
        })
    };
    match values {
        Values::Levels(_, levels) => is_pair(levels),
        Values::Integers(slots) => slots.iter().flatten().all(|value| value == 0 || value == 1),
        _ => false,
    }
}

impl SqlType {
    /// The type that takes the values of both: a foreign key has the type of what it points to.
    pub fn wider(self, other: Self) -> Self {
        match (self, other) {
            (Self::Text { longest: a }, Self::Text { longest: b }) => Self::Text { longest: a.max(b) },
            (Self::Integer { is_big: a }, Self::Integer { is_big: b }) => Self::Integer { is_big: a || b },
            (Self::DateTime { has_fraction: a }, Self::DateTime { has_fraction: b }) => {
                Self::DateTime { has_fraction: a || b }
            }
            (Self::Float, Self::Integer { .. }) | (Self::Integer { .. }, Self::Float) => Self::Float,
            (Self::Boolean, other) | (other, Self::Boolean) => other,
            (this, _) => this,
        }
    }

    /// `is_key`: the column is a key or points to one.
    pub fn name(self, dialect: DdlDialect, is_key: bool) -> String {
        let [postgresql, mysql, bigquery] = match self {
            Self::Boolean => ["BOOLEAN", "BOOLEAN", "BOOL"],
            Self::Integer { is_big: false } => ["INTEGER", "INT", "INT64"],
            Self::Integer { is_big: true } => ["BIGINT", "BIGINT", "INT64"],
            Self::Float => ["DOUBLE PRECISION", "DOUBLE", "FLOAT64"],
            Self::Date => ["DATE", "DATE", "DATE"],
            Self::DateTime { has_fraction: false } => ["TIMESTAMP", "DATETIME", "TIMESTAMP"],
            Self::DateTime { has_fraction: true } => ["TIMESTAMP", "DATETIME(6)", "TIMESTAMP"],
            Self::Text { longest } => {
                let most = if is_key { MAX_KEY_CHARS } else { MAX_VARCHAR };
                if dialect == DdlDialect::Mysql && longest <= most {
                    return format!("VARCHAR({})", longest.max(1));
                }
                let long = if longest > MAX_TEXT { "LONGTEXT" } else { "TEXT" };
                ["TEXT", long, "STRING"]
            }
        };
        match dialect {
            DdlDialect::Postgresql => postgresql,
            DdlDialect::Mysql => mysql,
            DdlDialect::Bigquery => bigquery,
        }
        .into()
    }
}
