//! The values of an expression, for slices of rows.
//!
//! Missing values follow SQL: a missing operand makes a missing result, and only `and`, `or`, `is null`, `in`,
//! `if` and `coalesce` look further. A branch that a row does not take is not evaluated for it, so that it
//! cannot be the cause of a problem.

use super::evaluate_functions as functions;
use super::typed::{Type, Typed, TypedNode};
use super::{Function, Operator};
use crate::model::{CellExample, EngineError, StepProblem};
use crate::pace::Pace;
use crate::tables::values::Values;
use crate::tables::{Table, calendar, natural};
use std::borrow::Cow;
use std::cmp::Ordering;

/// Rows that are evaluated at once.
const SLICE_ROWS: usize = 8_192;

/// One value a row.
#[derive(Debug)]
pub(crate) enum Vector<'a> {
    /// NaN is missing.
    Numbers(Vec<f64>),
    Bools(Vec<Option<bool>>),
    Texts(Vec<Option<Cow<'a, str>>>),
    Dates(Vec<Option<i32>>),
    /// Microseconds since 1970-01-01 00:00:00 UTC.
    DateTimes(Vec<Option<i64>>),
}

#[derive(Debug)]
pub(crate) struct Evaluated<'a> {
    pub values: Vector<'a>,
    pub problems: Vec<StepProblem>,
}

/// Evaluates a checked expression for every row. The error `cancelled`.
pub(crate) async fn evaluate<'a>(
    typed: &'a Typed,
    table: &'a Table,
    pace: &Pace,
) -> Result<Evaluated<'a>, EngineError> {
    let mut evaluator = Evaluator { table, columns: Vec::new(), tally: Tally::default() };
    for at in 0..table.n_columns() {
        evaluator.columns.push(table.values_at(at)?);
    }
    let n_rows = table.n_rows();
    let mut whole = Vector::empty(typed.type_);
    let mut start = 0;
    while start < n_rows {
        let end = (start + SLICE_ROWS).min(n_rows);
        let rows: Vec<u32> = (start as u32..end as u32).collect();
        whole.append(evaluator.of(typed, &rows));
        start = end;
        pace.step(start as f64 / n_rows as f64, "evaluating the expression").await?;
    }
    Ok(Evaluated { values: whole, problems: evaluator.tally.problems() })
}

impl<'a> Vector<'a> {
    fn empty(type_: Type) -> Self {
        Self::missing(type_, 0)
    }

    pub(super) fn missing(type_: Type, n: usize) -> Self {
        match type_ {
            Type::Number => Self::Numbers(vec![f64::NAN; n]),
            Type::Bool | Type::Any => Self::Bools(vec![None; n]),
            Type::Text => Self::Texts(vec![None; n]),
            Type::Date => Self::Dates(vec![None; n]),
            Type::DateTime => Self::DateTimes(vec![None; n]),
        }
    }

    fn append(&mut self, other: Self) {
        match (self, other) {
            (Self::Numbers(whole), Self::Numbers(part)) => whole.extend(part),
            (Self::Bools(whole), Self::Bools(part)) => whole.extend(part),
            (Self::Texts(whole), Self::Texts(part)) => whole.extend(part),
            (Self::Dates(whole), Self::Dates(part)) => whole.extend(part),
            (Self::DateTimes(whole), Self::DateTimes(part)) => whole.extend(part),
            // Types were checked: parts are always of the type of the whole.
            _ => {}
        }
    }

    /// Puts `part` to the places `at`.
    fn put(&mut self, at: &[u32], part: Self) {
        fn scatter<T>(whole: &mut [T], at: &[u32], part: Vec<T>) {
            for (place, value) in at.iter().zip(part) {
                if let Some(slot) = whole.get_mut(*place as usize) {
                    *slot = value;
                }
            }
        }
        match (self, part) {
            (Self::Numbers(whole), Self::Numbers(part)) => scatter(whole, at, part),
            (Self::Bools(whole), Self::Bools(part)) => scatter(whole, at, part),
            (Self::Texts(whole), Self::Texts(part)) => scatter(whole, at, part),
            (Self::Dates(whole), Self::Dates(part)) => scatter(whole, at, part),
            (Self::DateTimes(whole), Self::DateTimes(part)) => scatter(whole, at, part),
            _ => {}
        }
    }

    fn is_missing(&self) -> Vec<bool> {
        match self {
            Self::Numbers(values) => values.iter().map(|value| value.is_nan()).collect(),
            Self::Bools(values) => values.iter().map(Option::is_none).collect(),
            Self::Texts(values) => values.iter().map(Option::is_none).collect(),
            Self::Dates(values) => values.iter().map(Option::is_none).collect(),
            Self::DateTimes(values) => values.iter().map(Option::is_none).collect(),
        }
    }

    pub(super) fn numbers(self) -> Vec<f64> {
        if let Self::Numbers(values) = self { values } else { Vec::new() }
    }

    pub(crate) fn bools(self) -> Vec<Option<bool>> {
        if let Self::Bools(values) = self { values } else { Vec::new() }
    }

    pub(super) fn texts(self) -> Vec<Option<Cow<'a, str>>> {
        if let Self::Texts(values) = self { values } else { Vec::new() }
    }

    pub(super) fn dates(self) -> Vec<Option<i32>> {
        if let Self::Dates(values) = self { values } else { Vec::new() }
    }

    pub(super) fn date_times(self) -> Vec<Option<i64>> {
        if let Self::DateTimes(values) = self { values } else { Vec::new() }
    }
}

/// What went wrong in single rows.
#[derive(Debug, Default)]
pub(super) struct Tally {
    by_fault: [(u64, Vec<CellExample>); 3],
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Fault {
    DivisionByZero,
    NoNumber,
    NoDate,
}

impl Tally {
    pub fn add(&mut self, fault: Fault, row: u32, text: impl FnOnce() -> String) {
        if let Some((n, examples)) = self.by_fault.get_mut(fault as usize) {
            *n += 1;
            if examples.len() < StepProblem::MAX_EXAMPLES {
                examples.push(CellExample { row: u64::from(row) + 1, text: text() });
            }
        }
    }

    fn problems(self) -> Vec<StepProblem> {
        let messages = [
            "Divisions by zero gave missing values.",
            "Results that are no finite numbers, as of ln(0) or sqrt(-1), are missing.",
            "Texts that are no dates (as in 2024-03-01) gave missing values.",
        ];
        self.by_fault
            .into_iter()
            .zip(messages)
            .filter(|((n, _), _)| *n > 0)
            .map(|((n, examples), message)| StepProblem {
                column: None,
                message: message.into(),
                n,
                examples,
            })
            .collect()
    }
}

pub(super) struct Evaluator<'a> {
    table: &'a Table,
    columns: Vec<Values<'a>>,
    pub tally: Tally,
}

impl<'a> Evaluator<'a> {
    /// The values for these rows.
    pub fn of(&mut self, typed: &'a Typed, rows: &[u32]) -> Vector<'a> {
        let n = rows.len();
        match &typed.node {
            TypedNode::Missing => Vector::missing(typed.type_, n),
            TypedNode::Number(value) => Vector::Numbers(vec![*value; n]),
            TypedNode::Bool(value) => Vector::Bools(vec![Some(*value); n]),
            TypedNode::Text(text) => Vector::Texts(vec![text_value(Cow::Borrowed(text.as_str())); n]),
            TypedNode::Date(days) => Vector::Dates(vec![Some(*days); n]),
            TypedNode::DateTime(micros) => Vector::DateTimes(vec![Some(*micros); n]),
            TypedNode::Column(at) => self.column(*at, typed.type_, rows),
            TypedNode::LevelTexts(at) => self.column(*at, Type::Text, rows),
            TypedNode::LevelRanks(at) => self.level_numbers(*at, rows, |code| Some(f64::from(code))),
            TypedNode::LevelNumbers(at, numbers) => {
                self.level_numbers(*at, rows, |code| numbers.get(code as usize).copied())
            }
            TypedNode::NumberOfBool(inner) => {
                let number = |value: Option<bool>| value.map_or(f64::NAN, |value| f64::from(u8::from(value)));
                Vector::Numbers(self.of(inner, rows).bools().into_iter().map(number).collect())
            }
            TypedNode::BoolOfNumber(inner) => {
                let bool = |value: f64| (!value.is_nan()).then_some(value != 0.0);
                Vector::Bools(self.of(inner, rows).numbers().into_iter().map(bool).collect())
            }
            TypedNode::DateTimeOfDate(inner) => {
                let micros = |day: Option<i32>| day.map(|day| i64::from(day) * calendar::MICROS_PER_DAY);
                Vector::DateTimes(self.of(inner, rows).dates().into_iter().map(micros).collect())
            }
            TypedNode::DateOfDateTime(inner) => {
                let day = |micros: Option<i64>| micros.map(|m| m.div_euclid(calendar::MICROS_PER_DAY) as i32);
                Vector::Dates(self.of(inner, rows).date_times().into_iter().map(day).collect())
            }
            TypedNode::TextOf(inner) => self.text_of(inner, rows),
            TypedNode::Negate(inner) => {
                Vector::Numbers(self.of(inner, rows).numbers().into_iter().map(|x| -x).collect())
            }
            TypedNode::Not(inner) => {
                let not = |value: Option<bool>| value.map(|value| !value);
                Vector::Bools(self.of(inner, rows).bools().into_iter().map(not).collect())
            }
            TypedNode::And(left, right) => self.connective(left, right, false, rows),
            TypedNode::Or(left, right) => self.connective(left, right, true, rows),
            TypedNode::Arithmetic(operator, left, right) => {
                let (a, b) = (self.of(left, rows).numbers(), self.of(right, rows).numbers());
                Vector::Numbers(functions::arithmetic(*operator, &a, &b, rows, &mut self.tally))
            }
            TypedNode::Compare(operator, left, right) => {
                let order = orders(&self.of(left, rows), &self.of(right, rows), is_order(*operator));
                let holds = |order: Option<Ordering>| order.map(|order| holds(*operator, order));
                Vector::Bools(order.into_iter().map(holds).collect())
            }
            TypedNode::In { subject, list, is_negated } => self.is_in(subject, list, *is_negated, rows),
            TypedNode::IsNull { subject, is_negated } => {
                let missing = self.of(subject, rows).is_missing();
                Vector::Bools(missing.into_iter().map(|missing| Some(missing != *is_negated)).collect())
            }
            TypedNode::Call(Function::If, arguments) => self.branch(arguments, typed.type_, rows),
            TypedNode::Call(Function::Coalesce, arguments) => self.coalesce(arguments, typed.type_, rows),
            TypedNode::Call(function, arguments) => {
                let arguments = arguments.iter().map(|argument| self.of(argument, rows)).collect();
                functions::call(*function, arguments, rows, &mut self.tally)
            }
        }
    }

    fn column(&self, at: usize, type_: Type, rows: &[u32]) -> Vector<'a> {
        let rows = || rows.iter().map(|row| *row as usize);
        match (self.columns.get(at).copied(), type_) {
            (Some(Values::Integers(slots)), _) => {
                Vector::Numbers(rows().map(|row| slots.get(row).map_or(f64::NAN, |x| x as f64)).collect())
            }
            (Some(Values::Numbers(slots)), _) => {
                // Infinite values of a file have no place in arithmetic.
                let finite = |x: &f64| x.is_finite();
                Vector::Numbers(rows().map(|row| slots.get(row).filter(finite).unwrap_or(f64::NAN)).collect())
            }
            (Some(Values::Days(slots)), _) => Vector::Dates(rows().map(|row| slots.get(row)).collect()),
            (Some(Values::Micros(slots)), _) => Vector::DateTimes(rows().map(|row| slots.get(row)).collect()),
            (Some(Values::Texts(texts)), _) => {
                Vector::Texts(rows().map(|row| texts.get(row).map(Cow::Borrowed)).collect())
            }
            (Some(Values::Levels(slots, _)), Type::Bool) => {
                Vector::Bools(rows().map(|row| slots.get(row).map(|code| code == 1)).collect())
            }
            (Some(Values::Levels(slots, levels)), _) => {
                let level = |code: u32| levels.get(code as usize).map(|level| Cow::Borrowed(level.as_str()));
                Vector::Texts(rows().map(|row| slots.get(row).and_then(level)).collect())
            }
            (None, type_) => Vector::missing(type_, rows().count()),
        }
    }

    fn level_numbers(&self, at: usize, rows: &[u32], number: impl Fn(u32) -> Option<f64>) -> Vector<'a> {
        let Some(Values::Levels(slots, _)) = self.columns.get(at) else {
            return Vector::missing(Type::Number, rows.len());
        };
        let value = |row: &u32| slots.get(*row as usize).and_then(&number).unwrap_or(f64::NAN);
        Vector::Numbers(rows.iter().map(value).collect())
    }

    /// Cells of a column as the table shows them; other values in their plainest writing.
    fn text_of(&mut self, typed: &'a Typed, rows: &[u32]) -> Vector<'a> {
        if let TypedNode::Column(at) = typed.node
            && let (Some(values), Ok(meta)) = (self.columns.get(at), self.table.meta(at))
        {
            let text = |row: &u32| values.display(*row as usize, meta.kind).map(Cow::Owned);
            return Vector::Texts(rows.iter().map(text).collect());
        }
        let texts = functions::texts_of(self.of(typed, rows));
        Vector::Texts(texts)
    }

    /// `and` (`decisive` false) and `or` (`decisive` true): one decisive side decides, a missing one only hides
    /// the other. The right side is evaluated where the left one does not decide.
    fn connective(&mut self, left: &'a Typed, right: &'a Typed, decisive: bool, rows: &[u32]) -> Vector<'a> {
        let mut found = self.of(left, rows).bools();
        let open: Vec<u32> = places(&found, |value| *value != Some(decisive));
        let open_rows = picked(rows, &open);
        let others = self.of(right, &open_rows).bools();
        for (place, other) in open.iter().zip(others) {
            if let Some(slot) = found.get_mut(*place as usize) {
                *slot = match (*slot, other) {
                    (_, Some(other)) if other == decisive => Some(decisive),
                    (Some(_), Some(_)) => Some(!decisive),
                    _ => None,
                };
            }
        }
        Vector::Bools(found)
    }

    /// True where an item is equal; missing where none is and an item or the subject is missing.
    fn is_in(&mut self, subject: &'a Typed, list: &'a [Typed], is_negated: bool, rows: &[u32]) -> Vector<'a> {
        let subject = self.of(subject, rows);
        let mut found: Vec<Option<bool>> = vec![Some(false); rows.len()];
        for item in list {
            let equal = orders(&subject, &self.of(item, rows), false);
            for (slot, equal) in found.iter_mut().zip(equal) {
                *slot = match (*slot, equal) {
                    (Some(true), _) | (_, Some(Ordering::Equal)) => Some(true),
                    (_, None) | (None, _) => None,
                    _ => Some(false),
                };
            }
        }
        let turned = |value: Option<bool>| value.map(|value| value != is_negated);
        Vector::Bools(found.into_iter().map(turned).collect())
    }

    /// `if`: a missing condition takes the second branch, as in SQL's `case`.
    fn branch(&mut self, arguments: &'a [Typed], type_: Type, rows: &[u32]) -> Vector<'a> {
        let mut whole = Vector::missing(type_, rows.len());
        let [condition, a, b] = arguments else { return whole };
        let conditions = self.of(condition, rows).bools();
        for (branch, is_first) in [(a, true), (b, false)] {
            let at = places(&conditions, |value| (*value == Some(true)) == is_first);
            let part = self.of(branch, &picked(rows, &at));
            whole.put(&at, part);
        }
        whole
    }

    fn coalesce(&mut self, arguments: &'a [Typed], type_: Type, rows: &[u32]) -> Vector<'a> {
        let mut whole = Vector::missing(type_, rows.len());
        for argument in arguments {
            let at = places(&whole.is_missing(), |missing| *missing);
            if at.is_empty() {
                break;
            }
            let part = self.of(argument, &picked(rows, &at));
            whole.put(&at, part);
        }
        whole
    }
}

fn places<T>(values: &[T], is_wanted: impl Fn(&T) -> bool) -> Vec<u32> {
    values.iter().zip(0u32..).filter(|(value, _)| is_wanted(value)).map(|(_, place)| place).collect()
}

fn picked(rows: &[u32], at: &[u32]) -> Vec<u32> {
    at.iter().filter_map(|place| rows.get(*place as usize)).copied().collect()
}

/// An empty text is a missing one, as everywhere in tables.
pub(super) fn text_value(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(text)
}

fn is_order(operator: Operator) -> bool {
    !matches!(operator, Operator::Equal | Operator::NotEqual)
}

fn holds(operator: Operator, order: Ordering) -> bool {
    match operator {
        Operator::Equal => order.is_eq(),
        Operator::NotEqual => order.is_ne(),
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    }
}

/// How values of one type lie to each other; `None` where one is missing. Texts are put into natural order only
/// where the order is asked for.
fn orders(a: &Vector<'_>, b: &Vector<'_>, needs_order: bool) -> Vec<Option<Ordering>> {
    fn each<T>(a: &[Option<T>], b: &[Option<T>], by: impl Fn(&T, &T) -> Ordering) -> Vec<Option<Ordering>> {
        a.iter().zip(b).map(|(a, b)| Some(by(a.as_ref()?, b.as_ref()?))).collect()
    }
    match (a, b) {
        (Vector::Numbers(a), Vector::Numbers(b)) => a.iter().zip(b).map(|(a, b)| a.partial_cmp(b)).collect(),
        (Vector::Bools(a), Vector::Bools(b)) => each(a, b, Ord::cmp),
        (Vector::Texts(a), Vector::Texts(b)) if needs_order => each(a, b, |a, b| natural::compare(a, b)),
        (Vector::Texts(a), Vector::Texts(b)) => each(a, b, Ord::cmp),
        (Vector::Dates(a), Vector::Dates(b)) => each(a, b, Ord::cmp),
        (Vector::DateTimes(a), Vector::DateTimes(b)) => each(a, b, Ord::cmp),
        _ => Vec::new(),
    }
}
