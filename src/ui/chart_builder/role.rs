//! What a field stands for on its shelf: a figure, a number, a time or a name.

use crate::analyses::chart::{ChartField, ChartMeasure, TimeUnit};
use crate::model::{ColumnInfo, Kind};

/// What becomes of the values of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Nothing is on the shelf.
    Nothing,
    /// One figure for each group of rows.
    Measure,
    /// Numbers as they are.
    Number,
    /// Numbers in intervals.
    Bins,
    /// A time, cut to a unit or as it is.
    Time,
    /// A part of a time that comes again: its places have an order and names.
    TimePart,
    /// Names with an order.
    Ordered,
    /// Names without one.
    Names,
}

impl Role {
    /// Something stands at it: a name, a time or an interval.
    pub fn is_place(self) -> bool {
        matches!(self, Self::Bins | Self::Time | Self::TimePart | Self::Ordered | Self::Names)
    }

    /// A list of names, whatever its order.
    pub fn is_category(self) -> bool {
        matches!(self, Self::TimePart | Self::Ordered | Self::Names)
    }

    /// Numbers, in intervals or not.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Number | Self::Bins)
    }

    /// A point can stand at each of its values.
    pub fn is_plain(self) -> bool {
        matches!(self, Self::Number | Self::Time)
    }
}

/// The role of a field. A column that the table does not have counts as names: the engine says what is wrong.
pub fn role(field: Option<&ChartField>, columns: &[ColumnInfo]) -> Role {
    let Some(field) = field else { return Role::Nothing };
    if field.is_measure() || field.column.is_empty() {
        return Role::Measure;
    }
    let column = columns.iter().find(|column| column.name == field.column);
    match column.map_or(Kind::Nominal, |column| column.kind) {
        Kind::Continuous | Kind::Count | Kind::Duration => {
            if field.bins.is_some() {
                Role::Bins
            } else {
                Role::Number
            }
        }
        Kind::Date | Kind::DateTime => match field.time_unit {
            TimeUnit::MonthOfYear | TimeUnit::Weekday | TimeUnit::HourOfDay => Role::TimePart,
            _ => Role::Time,
        },
        Kind::Ordinal => Role::Ordered,
        Kind::Binary | Kind::Nominal | Kind::Id | Kind::Text => Role::Names,
    }
}

/// What can be made of a column of this kind; the first leaves its values as they are.
pub fn measures_for(kind: Kind) -> &'static [ChartMeasure] {
    use ChartMeasure::{Count, CountDistinct, Max, Mean, Median, Min, None, Share, Sum};
    match kind {
        Kind::Continuous | Kind::Count | Kind::Duration => {
            &[None, Mean, Median, Sum, Min, Max, Count, CountDistinct]
        }
        Kind::Binary => &[None, Share, Count],
        Kind::Nominal | Kind::Ordinal | Kind::Id | Kind::Text | Kind::Date | Kind::DateTime => {
            &[None, Count, CountDistinct]
        }
    }
}

/// Units that a time of this kind can be cut to. Dates have no hours.
pub fn units_for(kind: Kind) -> &'static [TimeUnit] {
    use TimeUnit::{Auto, Day, Hour, HourOfDay, Month, MonthOfYear, Quarter, Week, Weekday, Year};
    match kind {
        Kind::Date => &[Auto, Year, Quarter, Month, Week, Day, MonthOfYear, Weekday],
        Kind::DateTime => &[Auto, Year, Quarter, Month, Week, Day, Hour, MonthOfYear, Weekday, HourOfDay],
        _ => &[],
    }
}

/// Intervals of a number that colours or small multiples tell apart: more could not be.
pub(super) const FEW_BINS: u32 = 4;

/// Numbers on a scale, which are divided into intervals where they are places.
pub(super) fn is_measured(kind: Kind) -> bool {
    matches!(kind, Kind::Continuous | Kind::Count | Kind::Duration)
}

/// The one figure that says most about a column of this kind.
pub(super) fn figure(kind: Kind) -> ChartMeasure {
    match kind {
        Kind::Continuous | Kind::Count | Kind::Duration => ChartMeasure::Mean,
        Kind::Binary => ChartMeasure::Share,
        Kind::Nominal | Kind::Ordinal | Kind::Id | Kind::Text | Kind::Date | Kind::DateTime => {
            ChartMeasure::CountDistinct
        }
    }
}
