//! The types of an expression over the columns of a table.

use super::fault::{fault, unexpected};
use super::typed::{Type, Typed, TypedNode};
use super::{Expr, Function, Node, Operator};
use crate::model::{EngineError, ErrorCode, Kind};
use crate::tables::Table;
use crate::tables::moment::DateOrder;
use crate::tables::read_moment::read_moment;
use crate::tables::values::Values;

/// Finds the columns and checks the types. Errors: `unknown_column` with the nearest name, `wrong_kind` with what
/// was found and what was expected; both say at which character.
pub(crate) fn check(expr: &Expr, table: &Table) -> Result<Typed, EngineError> {
    Checker { table }.check(expr)
}

/// As [`check`], of an expression that must be true or false.
pub(crate) fn check_condition(expr: &Expr, table: &Table) -> Result<Typed, EngineError> {
    Checker { table }.of_type(expr, Type::Bool)
}

struct Checker<'a> {
    table: &'a Table,
}

impl Checker<'_> {
    fn check(&self, expr: &Expr) -> Result<Typed, EngineError> {
        Ok(match &expr.node {
            Node::Number(value) => Typed::whole(TypedNode::Number(*value), value.fract() == 0.0),
            Node::Text(text) => Typed::new(Type::Text, TypedNode::Text(text.clone())),
            Node::Bool(value) => Typed::new(Type::Bool, TypedNode::Bool(*value)),
            Node::Null => Typed::new(Type::Any, TypedNode::Missing),
            Node::Column(name) => self.column(name, expr.position)?,
            Node::Negate(inner) => {
                let typed = self.of_type(inner, Type::Number)?;
                Typed::whole(TypedNode::Negate(Box::new(typed.clone())), typed.is_whole)
            }
            Node::Not(inner) => {
                let typed = self.of_type(inner, Type::Bool)?;
                Typed::new(Type::Bool, TypedNode::Not(Box::new(typed)))
            }
            Node::Binary(operator, left, right) => self.binary(*operator, left, right, expr.position)?,
            Node::In { subject, list, is_negated } => {
                let parts: Vec<&Expr> = std::iter::once(subject.as_ref()).chain(list).collect();
                let (_, mut typed) = self.unified(&parts)?;
                let list = typed.split_off(1);
                let Some(subject) = typed.pop().map(Box::new) else { return Err(lost(expr.position)) };
                Typed::new(Type::Bool, TypedNode::In { subject, list, is_negated: *is_negated })
            }
            Node::IsNull { subject, is_negated } => {
                let subject = Box::new(self.check(subject)?);
                Typed::new(Type::Bool, TypedNode::IsNull { subject, is_negated: *is_negated })
            }
            Node::Call(function, arguments) => self.call(*function, arguments, expr.position)?,
        })
    }

    fn column(&self, name: &str, position: u32) -> Result<Typed, EngineError> {
        let Ok(at) = self.table.index_of(name) else {
            let message = format!("table \"{}\" has no column named \"{name}\".", self.table.name());
            return Err(fault(ErrorCode::UnknownColumn, position, &message)
                .at_table(self.table.name())
                .at_column(name)
                .hint_nearest(name, &self.table.column_names(), "columns"));
        };
        let node = TypedNode::Column(at);
        Ok(match self.table.values_at(at)? {
            Values::Integers(_) => Typed::whole(node, true),
            Values::Numbers(_) => Typed::whole(node, false),
            Values::Days(_) => Typed::new(Type::Date, node),
            Values::Micros(_) => Typed::new(Type::DateTime, node),
            Values::Levels(..) if self.table.meta(at)?.kind == Kind::Binary => Typed::new(Type::Bool, node),
            Values::Levels(..) | Values::Texts(_) => Typed::new(Type::Text, node),
        })
    }

    fn of_type(&self, expr: &Expr, wanted: Type) -> Result<Typed, EngineError> {
        let typed = self.check(expr)?;
        self.converted(&typed, wanted).ok_or_else(|| mismatch(expr, typed.type_, wanted.shown()))
    }

    /// The value as another type, where that is without doubt.
    fn converted(&self, typed: &Typed, to: Type) -> Option<Typed> {
        if typed.type_ == to {
            return Some(typed.clone());
        }
        let boxed = || Box::new(typed.clone());
        Some(match (&typed.node, typed.type_, to) {
            (_, Type::Any, to) => Typed { type_: to, is_whole: to == Type::Number, node: TypedNode::Missing },
            (_, Type::Bool, Type::Number) => Typed::whole(TypedNode::NumberOfBool(boxed()), true),
            (TypedNode::Column(at), Type::Number, Type::Bool) if self.kind(*at) == Some(Kind::Binary) => {
                Typed::new(to, TypedNode::BoolOfNumber(boxed()))
            }
            (_, Type::Date, Type::DateTime) => Typed::new(to, TypedNode::DateTimeOfDate(boxed())),
            (TypedNode::Text(text), Type::Text, Type::Date) => {
                let (moment, _) = read_moment(text.trim(), DateOrder::Ymd)?;
                if moment.micros_of_day.is_some() {
                    return None;
                }
                Typed::new(to, TypedNode::Date(moment.days))
            }
            (TypedNode::Text(text), Type::Text, Type::DateTime) => {
                let (moment, _) = read_moment(text.trim(), DateOrder::Ymd)?;
                Typed::new(to, TypedNode::DateTime(moment.micros()))
            }
            (TypedNode::Column(at), Type::Bool, Type::Text) => Typed::new(to, TypedNode::LevelTexts(*at)),
            (TypedNode::Column(at), Type::Text, Type::Number) => {
                let Ok(Values::Levels(_, levels)) = self.table.values_at(*at) else { return None };
                let numbers: Option<Vec<f64>> =
                    levels.iter().map(|level| level.parse().ok().filter(|x: &f64| x.is_finite())).collect();
                let numbers = numbers.filter(|numbers| !numbers.is_empty())?;
                let is_whole = numbers.iter().all(|number| number.fract() == 0.0);
                Typed::whole(TypedNode::LevelNumbers(*at, numbers.into()), is_whole)
            }
            _ => return None,
        })
    }

    fn kind(&self, at: usize) -> Option<Kind> {
        self.table.meta(at).ok().map(|meta| meta.kind)
    }

    /// The parts as one type that all of them have or can be read as.
    fn unified(&self, parts: &[&Expr]) -> Result<(Type, Vec<Typed>), EngineError> {
        let typed = parts.iter().map(|expr| self.check(expr)).collect::<Result<Vec<_>, _>>()?;
        let wanted = || typed.iter().map(|typed| typed.type_).filter(|type_| *type_ != Type::Any);
        let Some(first) = wanted().next() else { return Ok((Type::Any, typed)) };
        let found = wanted().find_map(|to| {
            let all: Option<Vec<Typed>> = typed.iter().map(|typed| self.converted(typed, to)).collect();
            all.map(|all| (to, all))
        });
        found.ok_or_else(|| {
            let odd = parts.iter().zip(&typed).find(|(_, typed)| self.converted(typed, first).is_none());
            match odd {
                Some((expr, typed)) => mismatch(expr, typed.type_, &format!("{}, as before", first.shown())),
                None => lost(1),
            }
        })
    }

    fn binary(
        &self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        position: u32,
    ) -> Result<Typed, EngineError> {
        match operator {
            Operator::And | Operator::Or => {
                let left = Box::new(self.of_type(left, Type::Bool)?);
                let right = Box::new(self.of_type(right, Type::Bool)?);
                let node = if operator == Operator::And {
                    TypedNode::And(left, right)
                } else {
                    TypedNode::Or(left, right)
                };
                Ok(Typed::new(Type::Bool, node))
            }
            Operator::Add
            | Operator::Subtract
            | Operator::Multiply
            | Operator::Divide
            | Operator::Remainder
            | Operator::Power => {
                let left = self.operand(left)?;
                let right = self.operand(right)?;
                let is_whole = left.is_whole
                    && right.is_whole
                    && !matches!(operator, Operator::Divide | Operator::Power);
                let node = TypedNode::Arithmetic(operator, Box::new(left), Box::new(right));
                Ok(Typed::whole(node, is_whole))
            }
            _ => self.comparison(operator, left, right, position),
        }
    }

    fn operand(&self, expr: &Expr) -> Result<Typed, EngineError> {
        self.of_type(expr, Type::Number).map_err(|error| {
            let is_time = matches!(self.check(expr), Ok(Typed { type_: Type::Date | Type::DateTime, .. }));
            if is_time {
                error.hint("Use days_between(from, to) for the time between two dates.")
            } else {
                error
            }
        })
    }

    fn comparison(
        &self,
        operator: Operator,
        left: &Expr,
        right: &Expr,
        position: u32,
    ) -> Result<Typed, EngineError> {
        let is_order = !matches!(operator, Operator::Equal | Operator::NotEqual);
        if is_order && let Some((a, b)) = self.ranked(left, right)? {
            return Ok(Typed::new(Type::Bool, TypedNode::Compare(operator, Box::new(a), Box::new(b))));
        }
        let (type_, mut typed) = self.unified(&[left, right])?;
        if is_order && type_ == Type::Bool {
            typed = typed.iter().filter_map(|typed| self.converted(typed, Type::Number)).collect();
        }
        let (Some(b), Some(a)) = (typed.pop(), typed.pop()) else { return Err(lost(position)) };
        if type_ == Type::Any {
            return Err(unexpected(position, "two nulls", "something to compare").hint("Write x is null."));
        }
        Ok(Typed::new(Type::Bool, TypedNode::Compare(operator, Box::new(a), Box::new(b))))
    }

    /// An ordinal column and one of its levels as places in the order; `None` for anything else.
    fn ranked(&self, left: &Expr, right: &Expr) -> Result<Option<(Typed, Typed)>, EngineError> {
        let rank = |column: &Expr, level: &Expr| -> Result<Option<(Typed, Typed)>, EngineError> {
            let (Node::Column(name), Node::Text(text)) = (&column.node, &level.node) else { return Ok(None) };
            let Ok(at) = self.table.index_of(name) else { return Ok(None) };
            let (Some(Kind::Ordinal), Values::Levels(_, levels)) = (self.kind(at), self.table.values_at(at)?)
            else {
                return Ok(None);
            };
            let Some(place) = levels.iter().position(|known| known == text) else {
                let known: Vec<&str> = levels.iter().map(String::as_str).collect();
                let message = format!("column \"{name}\" has no level '{text}'.");
                return Err(fault(ErrorCode::UnknownLevel, level.position, &message)
                    .at_column(name)
                    .hint_nearest(text, &known, "levels"));
            };
            let ranks = Typed::whole(TypedNode::LevelRanks(at), true);
            Ok(Some((ranks, Typed::whole(TypedNode::Number(place as f64), true))))
        };
        if let Some(ranked) = rank(left, right)? {
            return Ok(Some(ranked));
        }
        Ok(rank(right, left)?.map(|(a, b)| (b, a)))
    }

    fn call(&self, function: Function, arguments: &[Expr], position: u32) -> Result<Typed, EngineError> {
        use Type::{Bool, Date, DateTime, Number, Text};
        let all = |type_: Type| -> Result<Vec<Typed>, EngineError> {
            arguments.iter().map(|argument| self.of_type(argument, type_)).collect()
        };
        let typed = |type_, arguments| Ok(Typed::new(type_, TypedNode::Call(function, arguments)));
        let number = |is_whole, arguments| Ok(Typed::whole(TypedNode::Call(function, arguments), is_whole));
        let usage =
            |error: EngineError| if error.hint.is_none() { error.hint(function.usage()) } else { error };
        match function {
            Function::Abs => {
                let arguments = all(Number).map_err(usage)?;
                number(arguments.iter().all(|argument| argument.is_whole), arguments)
            }
            Function::Round => {
                let arguments = all(Number).map_err(usage)?;
                number(arguments.len() == 1, arguments)
            }
            Function::Floor | Function::Ceil => number(true, all(Number).map_err(usage)?),
            Function::Ln | Function::Log10 | Function::Exp | Function::Sqrt => {
                number(false, all(Number).map_err(usage)?)
            }
            Function::Min | Function::Max | Function::Coalesce => {
                let parts: Vec<&Expr> = arguments.iter().collect();
                let (type_, parts) = self.unified(&parts)?;
                let is_ordered = matches!(type_, Number | Date | DateTime);
                if function != Function::Coalesce && !is_ordered {
                    let expected = "numbers, dates or date-times";
                    return Err(unexpected(position, type_.shown(), expected).hint(function.usage()));
                }
                let is_whole = parts.iter().all(|part| part.is_whole);
                Ok(Typed { type_, is_whole, node: TypedNode::Call(function, parts) })
            }
            Function::If => {
                let [condition, a, b] = arguments else { return Err(lost(position)) };
                let condition = self.of_type(condition, Bool).map_err(usage)?;
                let (type_, mut parts) = self.unified(&[a, b])?;
                let is_whole = parts.iter().all(|part| part.is_whole);
                parts.insert(0, condition);
                Ok(Typed { type_, is_whole, node: TypedNode::Call(function, parts) })
            }
            Function::Lower | Function::Upper | Function::Trim | Function::Replace => {
                typed(Text, all(Text).map_err(usage)?)
            }
            Function::Length => number(true, all(Text).map_err(usage)?),
            Function::Contains | Function::StartsWith | Function::EndsWith => {
                typed(Bool, all(Text).map_err(usage)?)
            }
            Function::Substring => {
                let wanted = [Text, Number, Number];
                let arguments =
                    arguments.iter().zip(wanted).map(|(argument, type_)| self.of_type(argument, type_));
                typed(Text, arguments.collect::<Result<_, _>>().map_err(usage)?)
            }
            Function::Concat => {
                let texts = arguments.iter().map(|argument| Ok(self.text_of(self.check(argument)?)));
                typed(Text, texts.collect::<Result<_, EngineError>>()?)
            }
            Function::Year | Function::Quarter | Function::Month | Function::Day | Function::Weekday => {
                number(true, vec![self.date(arguments, position).map_err(usage)?])
            }
            Function::Hour | Function::Minute => number(true, all(DateTime).map_err(usage)?),
            Function::Date => {
                let [argument] = arguments else { return Err(lost(position)) };
                let argument = self.check(argument)?;
                Ok(match argument.type_ {
                    Date => argument,
                    DateTime => Typed::new(Date, TypedNode::DateOfDateTime(Box::new(argument))),
                    Text | Type::Any => Typed::new(Date, TypedNode::Call(function, vec![argument])),
                    other => {
                        return Err(unexpected(position, other.shown(), "a text or a date-time")
                            .hint("date('2024-03-01')"));
                    }
                })
            }
            Function::DaysBetween | Function::HoursBetween | Function::MinutesBetween => {
                let of =
                    |argument| self.of_type(argument, Date).or_else(|_| self.of_type(argument, DateTime));
                let arguments: Vec<Typed> =
                    arguments.iter().map(of).collect::<Result<_, _>>().map_err(usage)?;
                let is_whole = arguments.iter().all(|argument| argument.type_ == Date);
                let moments = arguments.iter().filter_map(|argument| self.converted(argument, DateTime));
                number(is_whole, moments.collect())
            }
        }
    }

    /// The one argument as a date.
    fn date(&self, arguments: &[Expr], position: u32) -> Result<Typed, EngineError> {
        let [argument] = arguments else { return Err(lost(position)) };
        let typed = self.check(argument)?;
        if typed.type_ == Type::DateTime {
            return Ok(Typed::new(Type::Date, TypedNode::DateOfDateTime(Box::new(typed))));
        }
        self.converted(&typed, Type::Date).ok_or_else(|| {
            let error = mismatch(argument, typed.type_, "a date");
            if typed.type_ == Type::Text { error.hint("Read texts with date(text).") } else { error }
        })
    }

    fn text_of(&self, typed: Typed) -> Typed {
        match self.converted(&typed, Type::Text) {
            Some(text) => text,
            None => Typed::new(Type::Text, TypedNode::TextOf(Box::new(typed))),
        }
    }
}

fn mismatch(expr: &Expr, found: Type, expected: &str) -> EngineError {
    let found = match &expr.node {
        Node::Column(name) => format!("{} (column \"{name}\")", found.shown()),
        Node::Text(text) => format!("the text '{text}'"),
        _ => found.shown().into(),
    };
    let mut error = unexpected(expr.position, &found, expected);
    error.code = ErrorCode::WrongKind;
    error
}

/// The parser counts arguments, so this is a fault of the engine.
fn lost(position: u32) -> EngineError {
    fault(ErrorCode::Internal, position, "a part of the expression was lost.")
}
