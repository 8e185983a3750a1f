//! An expression as a tree, and the tree as a text.

use super::Function;
use super::lexer::is_of_word;
use std::fmt;

/// A part of an expression. Two are equal when they mean the same, wherever they stand.
#[derive(Debug, Clone)]
pub struct Expr {
    pub node: Node,
    /// Character of the text, from 1: of an operator its sign, else the beginning.
    pub position: u32,
    /// The nodes on the longest way down, this one included.
    pub(super) depth: u32,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

#[derive(Debug, Clone, PartialEq)]
pub enum Node {
    Number(f64),
    Text(String),
    Bool(bool),
    Null,
    Column(String),
    Negate(Box<Expr>),
    Not(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    In { subject: Box<Expr>, list: Vec<Expr>, is_negated: bool },
    IsNull { subject: Box<Expr>, is_negated: bool },
    Call(Function, Vec<Expr>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
}

impl Operator {
    pub fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Power => "^",
        }
    }
}

/// Words that the grammar keeps for itself; a column of such a name stands in backticks.
pub(super) const WORDS: [&str; 9] = ["and", "or", "not", "in", "is", "null", "true", "false", "if"];

/// The expression as a text that reads as the same tree; every part of an operation stands in parentheses.
impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.node {
            Node::Number(value) => write!(f, "{value:?}"),
            Node::Text(text) => write!(f, "'{}'", text.replace('\'', "''")),
            Node::Bool(value) => write!(f, "{value}"),
            Node::Null => f.write_str("null"),
            Node::Column(name) => write_column(f, name),
            Node::Negate(inner) => write!(f, "-{}", Operand(inner)),
            Node::Not(inner) => write!(f, "not {}", Operand(inner)),
            Node::Binary(operator, left, right) => {
                write!(f, "{} {} {}", Operand(left), operator.sign(), Operand(right))
            }
            Node::In { subject, list, is_negated } => {
                let not = if *is_negated { "not " } else { "" };
                write!(f, "{} {not}in ", Operand(subject))?;
                write_list(f, list)
            }
            Node::IsNull { subject, is_negated } => {
                write!(f, "{} is {}null", Operand(subject), if *is_negated { "not " } else { "" })
            }
            Node::Call(function, arguments) => {
                f.write_str(function.name())?;
                write_list(f, arguments)
            }
        }
    }
}

struct Operand<'a>(&'a Expr);

impl fmt::Display for Operand<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.node {
            Node::Negate(_) | Node::Not(_) | Node::Binary(..) | Node::In { .. } | Node::IsNull { .. } => {
                write!(f, "({})", self.0)
            }
            _ => write!(f, "{}", self.0),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, list: &[Expr]) -> fmt::Result {
    f.write_str("(")?;
    for (i, item) in list.iter().enumerate() {
        if i > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    f.write_str(")")
}

fn write_column(f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
    let is_plain = name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(is_of_word)
        && !WORDS.iter().any(|word| word.eq_ignore_ascii_case(name));
    if is_plain { f.write_str(name) } else { write!(f, "`{}`", name.replace('`', "``")) }
}
