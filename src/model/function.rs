//! The functions of expressions: what the engine's checker and parser know them by, and what a page lists.

/// A function by its name and the number of its arguments; what they must be is in `tables/expression/check.rs`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Abs,
    Round,
    Floor,
    Ceil,
    Ln,
    Log10,
    Exp,
    Sqrt,
    Min,
    Max,
    Coalesce,
    If,
    Lower,
    Upper,
    Trim,
    Length,
    Contains,
    StartsWith,
    EndsWith,
    Replace,
    Substring,
    Concat,
    Year,
    Quarter,
    Month,
    Day,
    Weekday,
    Hour,
    Minute,
    Date,
    DaysBetween,
    HoursBetween,
    MinutesBetween,
}

impl Function {
    pub const ALL: [Self; 33] = [
        Self::Abs,
        Self::Round,
        Self::Floor,
        Self::Ceil,
        Self::Ln,
        Self::Log10,
        Self::Exp,
        Self::Sqrt,
        Self::Min,
        Self::Max,
        Self::Coalesce,
        Self::If,
        Self::Lower,
        Self::Upper,
        Self::Trim,
        Self::Length,
        Self::Contains,
        Self::StartsWith,
        Self::EndsWith,
        Self::Replace,
        Self::Substring,
        Self::Concat,
        Self::Year,
        Self::Quarter,
        Self::Month,
        Self::Day,
        Self::Weekday,
        Self::Hour,
        Self::Minute,
        Self::Date,
        Self::DaysBetween,
        Self::HoursBetween,
        Self::MinutesBetween,
    ];

    pub fn name(self) -> &'static str {
        self.described().0
    }

    /// How it is called: "round(x, digits)".
    pub fn usage(self) -> &'static str {
        self.described().1
    }

    /// The fewest and the most arguments.
    pub fn n_arguments(self) -> (usize, usize) {
        match self {
            Self::Min | Self::Max | Self::Coalesce | Self::Concat => (1, usize::MAX),
            Self::Round => (1, 2),
            Self::Substring => (2, 3),
            Self::If | Self::Replace => (3, 3),
            Self::Contains | Self::StartsWith | Self::EndsWith => (2, 2),
            Self::DaysBetween | Self::HoursBetween | Self::MinutesBetween => (2, 2),
            _ => (1, 1),
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.name().eq_ignore_ascii_case(name))
    }

    fn described(self) -> (&'static str, &'static str) {
        match self {
            Self::Abs => ("abs", "abs(x)"),
            Self::Round => ("round", "round(x, digits)"),
            Self::Floor => ("floor", "floor(x)"),
            Self::Ceil => ("ceil", "ceil(x)"),
            Self::Ln => ("ln", "ln(x)"),
            Self::Log10 => ("log10", "log10(x)"),
            Self::Exp => ("exp", "exp(x)"),
            Self::Sqrt => ("sqrt", "sqrt(x)"),
            Self::Min => ("min", "min(a, b, ...)"),
            Self::Max => ("max", "max(a, b, ...)"),
            Self::Coalesce => ("coalesce", "coalesce(a, b, ...)"),
            Self::If => ("if", "if(condition, a, b)"),
            Self::Lower => ("lower", "lower(text)"),
            Self::Upper => ("upper", "upper(text)"),
            Self::Trim => ("trim", "trim(text)"),
            Self::Length => ("length", "length(text)"),
            Self::Contains => ("contains", "contains(text, part)"),
            Self::StartsWith => ("starts_with", "starts_with(text, part)"),
            Self::EndsWith => ("ends_with", "ends_with(text, part)"),
            Self::Replace => ("replace", "replace(text, old, new)"),
            Self::Substring => ("substring", "substring(text, from, length)"),
            Self::Concat => ("concat", "concat(a, b, ...)"),
            Self::Year => ("year", "year(date)"),
            Self::Quarter => ("quarter", "quarter(date)"),
            Self::Month => ("month", "month(date)"),
            Self::Day => ("day", "day(date)"),
            Self::Weekday => ("weekday", "weekday(date)"),
            Self::Hour => ("hour", "hour(date_time)"),
            Self::Minute => ("minute", "minute(date_time)"),
            Self::Date => ("date", "date(text)"),
            Self::DaysBetween => ("days_between", "days_between(from, to)"),
            Self::HoursBetween => ("hours_between", "hours_between(from, to)"),
            Self::MinutesBetween => ("minutes_between", "minutes_between(from, to)"),
        }
    }

    /// What it gives, in one line.
    pub fn help(self) -> &'static str {
        match self {
            Self::Abs => "without its sign",
            Self::Round => "to the nearest; digits behind the point may be left out",
            Self::Floor => "the whole number below",
            Self::Ceil => "the whole number above",
            Self::Ln => "natural logarithm",
            Self::Log10 => "logarithm to base 10",
            Self::Exp => "e to the power x",
            Self::Sqrt => "square root",
            Self::Min => "the least of them",
            Self::Max => "the greatest of them",
            Self::Coalesce => "the first that is not missing",
            Self::If => "a where the condition is true, else b",
            Self::Lower => "in small letters",
            Self::Upper => "in capitals",
            Self::Trim => "without spaces around it",
            Self::Length => "number of characters",
            Self::Contains => "whether the part is in the text",
            Self::StartsWith => "whether the text begins with it",
            Self::EndsWith => "whether the text ends with it",
            Self::Replace => "every old part by the new one",
            Self::Substring => "characters counted from 1; length may be left out",
            Self::Concat => "one text of all of them",
            Self::Year => "as a number",
            Self::Quarter => "1 to 4",
            Self::Month => "1 to 12",
            Self::Day => "of the month, 1 to 31",
            Self::Weekday => "1 on Monday to 7 on Sunday",
            Self::Hour => "0 to 23",
            Self::Minute => "0 to 59",
            Self::Date => "a date of a text or of a date-time",
            Self::DaysBetween => "days from the first to the second",
            Self::HoursBetween => "hours from the first to the second",
            Self::MinutesBetween => "minutes from the first to the second",
        }
    }
}
