//! What a column measures, which decides what may be done with it.

use serde::{Deserialize, Serialize};

/// The kind of a column. One icon and one word everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Measured on a scale: minutes, ratings with decimals, money.
    Continuous,
    /// Whole numbers from 0 that count something.
    Count,
    /// Two values: 0/1, true/false, yes/no.
    Binary,
    /// Names without an order: country, device.
    Nominal,
    /// Names with an order: tiers, star ratings.
    Ordinal,
    Date,
    DateTime,
    /// A length of time; stored in seconds.
    Duration,
    /// Names a row or a unit; never averaged.
    Id,
    /// Free text.
    Text,
}

impl Kind {
    pub const ALL: [Self; 10] = [
        Self::Continuous,
        Self::Count,
        Self::Binary,
        Self::Nominal,
        Self::Ordinal,
        Self::Date,
        Self::DateTime,
        Self::Duration,
        Self::Id,
        Self::Text,
    ];

    /// The word shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Continuous => "continuous",
            Self::Count => "count",
            Self::Binary => "binary",
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Date => "date",
            Self::DateTime => "date-time",
            Self::Duration => "duration",
            Self::Id => "id",
            Self::Text => "text",
        }
    }

    /// A mean of the column says something.
    pub fn is_numeric(self) -> bool {
        matches!(self, Self::Continuous | Self::Count | Self::Binary | Self::Duration)
    }

    pub fn is_time(self) -> bool {
        matches!(self, Self::Date | Self::DateTime)
    }

    /// The kind of a column with cells of both kinds below each other, where there is one.
    pub fn with(self, other: Self) -> Option<Self> {
        use Kind::{Binary, Continuous, Count, Nominal, Text};
        match (self, other) {
            (one, two) if one == two => Some(one),
            (Continuous, Count | Binary) | (Count | Binary, Continuous) => Some(Continuous),
            (Count, Binary) | (Binary, Count) => Some(Count),
            (Nominal, Binary) | (Binary, Nominal) => Some(Nominal),
            (Nominal, Text) | (Text, Nominal) => Some(Text),
            _ => None,
        }
    }

    /// The column splits rows into groups.
    pub fn is_grouping(self) -> bool {
        matches!(self, Self::Binary | Self::Nominal | Self::Ordinal)
    }
}
