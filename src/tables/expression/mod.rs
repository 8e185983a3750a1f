//! Expressions over the columns of a table: `if(minutes > 60, 'long', lower(plan))`. See docs/expressions.md.
//!
//! A text is cut into tokens ([`lexer`]), read into a tree ([`parser`]), checked against a table's columns
//! ([`check`]) and then evaluated in slices of rows ([`evaluate`]). Nothing runs before its types are known.

mod check;
mod evaluate;
mod evaluate_functions;
mod fault;
mod lexer;
mod parser;
mod tree;
mod typed;

pub use crate::model::Function;
pub(crate) use check::{check, check_condition};
pub(crate) use evaluate::{Vector, evaluate};
pub use parser::parse;
pub use tree::{Expr, Node, Operator};
pub(crate) use typed::Type;
