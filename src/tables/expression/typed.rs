//! An expression whose types are known.

use super::{Function, Operator};
use std::sync::Arc;

/// What a part of an expression gives for each row, or a missing value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Number,
    Bool,
    Text,
    Date,
    DateTime,
    /// `null` alone fits everywhere.
    Any,
}

impl Type {
    /// As errors name it.
    pub fn shown(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Bool => "true or false",
            Self::Text => "a text",
            Self::Date => "a date",
            Self::DateTime => "a date-time",
            Self::Any => "null",
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub type_: Type,
    /// A number without decimals, whatever the data.
    pub is_whole: bool,
    pub(super) node: TypedNode,
}

#[derive(Debug, Clone)]
pub(super) enum TypedNode {
    Missing,
    Number(f64),
    Bool(bool),
    Text(String),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    DateTime(i64),
    /// The column at this place of the table.
    Column(usize),
    /// A column of names that are numbers, one a level.
    LevelNumbers(usize, Arc<[f64]>),
    /// A column of yes and no by its names.
    LevelTexts(usize),
    /// The place of a level in its order, from 0.
    LevelRanks(usize),
    NumberOfBool(Box<Typed>),
    BoolOfNumber(Box<Typed>),
    DateTimeOfDate(Box<Typed>),
    DateOfDateTime(Box<Typed>),
    /// As people read it; the column's place where it is one, for its kind.
    TextOf(Box<Typed>),
    Negate(Box<Typed>),
    Not(Box<Typed>),
    And(Box<Typed>, Box<Typed>),
    Or(Box<Typed>, Box<Typed>),
    /// Of numbers.
    Arithmetic(Operator, Box<Typed>, Box<Typed>),
    /// Of two values of one type.
    Compare(Operator, Box<Typed>, Box<Typed>),
    In {
        subject: Box<Typed>,
        list: Vec<Typed>,
        is_negated: bool,
    },
    IsNull {
        subject: Box<Typed>,
        is_negated: bool,
    },
    Call(Function, Vec<Typed>),
}

impl Typed {
    pub(super) fn new(type_: Type, node: TypedNode) -> Self {
        Self { type_, is_whole: false, node }
    }

    pub(super) fn whole(node: TypedNode, is_whole: bool) -> Self {
        Self { type_: Type::Number, is_whole, node }
    }
}
