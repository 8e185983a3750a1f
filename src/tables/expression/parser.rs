//! Tokens as a tree: operators by their binding strength (Pratt 1973).

use super::Function;
use super::fault::{fault, unexpected};
use super::lexer::{Placed, Token, tokens};
use super::tree::{Expr, Node, Operator, WORDS};
use crate::model::{EngineError, ErrorCode};

/// Deeper trees would use up the stack of the worker.
const MAX_DEPTH: u32 = 64;
/// Expressions that are read within each other: parentheses count too.
const MAX_OPEN: u32 = 2 * MAX_DEPTH + 2;

/// Reads an expression. The error `bad_option` says at which character what was found and what was expected;
/// it has `at.field` "expression" and `at.position`.
///
/// ```
/// let tree = playhead::tables::expression::parse("1 + 2 * x").unwrap();
/// assert_eq!(tree.to_string(), "1.0 + (2.0 * x)");
/// ```
pub fn parse(text: &str) -> Result<Expr, EngineError> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: &tokens, at: 0, n_open: 0 };
    let expr = parser.expression(Strength::LOWEST)?;
    let end = parser.peek();
    if end.token == Token::End {
        return Ok(expr);
    }
    Err(unexpected(end.position, &end.token.shown(), "an operator or the end"))
}

/// How strongly an operator holds its operands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Strength(u8);

impl Strength {
    const LOWEST: Self = Self(0);
    const OR: Self = Self(1);
    const AND: Self = Self(2);
    const NOT: Self = Self(3);
    const COMPARISON: Self = Self(4);
    const SUM: Self = Self(5);
    const PRODUCT: Self = Self(6);
    const SIGN: Self = Self(7);
    const POWER: Self = Self(8);

    fn above(self) -> Self {
        Self(self.0 + 1)
    }
}

struct Parser<'t> {
    tokens: &'t [Placed],
    at: usize,
    /// Expressions that are being read within each other.
    n_open: u32,
}

const END: &Placed = &Placed { token: Token::End, position: 1 };

impl<'t> Parser<'t> {
    fn peek(&self) -> &'t Placed {
        self.tokens.get(self.at).or(self.tokens.last()).unwrap_or(END)
    }

    fn next(&mut self) -> &'t Placed {
        let placed = self.peek();
        self.at += 1;
        placed
    }

    /// Takes the next token where it is this sign.
    fn takes(&mut self, sign: &str) -> bool {
        let is_it = matches!(&self.peek().token, Token::Sign(found) if *found == sign);
        self.at += usize::from(is_it);
        is_it
    }

    /// Takes the next token where it is this word, in any case.
    fn takes_word(&mut self, word: &str) -> bool {
        let is_it = matches!(&self.peek().token, Token::Word(found) if found.eq_ignore_ascii_case(word));
        self.at += usize::from(is_it);
        is_it
    }

    fn expect(&mut self, sign: &str, expected: &str) -> Result<(), EngineError> {
        if self.takes(sign) {
            return Ok(());
        }
        let found = self.peek();
        Err(unexpected(found.position, &found.token.shown(), expected))
    }

    fn expression(&mut self, at_least: Strength) -> Result<Expr, EngineError> {
        self.n_open += 1;
        if self.n_open > MAX_OPEN {
            return Err(too_deep(self.peek().position));
        }
        let mut left = self.prefixed()?;
        let mut n_comparisons = 0;
        while let Some((strength, position)) = self.infix(at_least) {
            if strength == Strength::COMPARISON {
                n_comparisons += 1;
                if n_comparisons > 1 {
                    return Err(unexpected(position, "a second comparison", "\"and\" or \"or\"")
                        .hint("Write a < b and b < c."));
                }
            }
            left = self.operation(left, strength)?;
        }
        self.n_open -= 1;
        Ok(left)
    }

    /// The strength and the place of the operator that comes next, if it is strong enough.
    fn infix(&self, at_least: Strength) -> Option<(Strength, u32)> {
        let placed = self.peek();
        let strength = match &placed.token {
            Token::Sign("=" | "==" | "!=" | "<>" | "<" | "<=" | ">" | ">=") => Strength::COMPARISON,
            Token::Sign("+" | "-") => Strength::SUM,
            Token::Sign("*" | "/" | "%") => Strength::PRODUCT,
            Token::Sign("^") => Strength::POWER,
            Token::Word(word) => match word.to_ascii_lowercase().as_str() {
                "or" => Strength::OR,
                "and" => Strength::AND,
                "in" | "is" | "not" => Strength::COMPARISON,
                _ => return None,
            },
            _ => return None,
        };
        (strength >= at_least).then_some((strength, placed.position))
    }

    /// What stands behind `left`: an operator and its right side.
    fn operation(&mut self, left: Expr, strength: Strength) -> Result<Expr, EngineError> {
        let Placed { token, position } = self.next();
        let position = *position;
        let operator = match token {
            Token::Sign(sign) => operator_of(sign),
            Token::Word(word) if word.eq_ignore_ascii_case("or") => Some(Operator::Or),
            Token::Word(word) if word.eq_ignore_ascii_case("and") => Some(Operator::And),
            _ => None,
        };
        if let Some(operator) = operator {
            // A power holds to the right: 2^3^2 is 2^(3^2), and 2^-1 is allowed.
            let right =
                self.expression(if operator == Operator::Power { Strength::SIGN } else { strength.above() })?;
            return node(Node::Binary(operator, Box::new(left), Box::new(right)), position);
        }
        if matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("is")) {
            let is_negated = self.takes_word("not");
            if !self.takes_word("null") {
                let found = self.peek();
                return Err(unexpected(found.position, &found.token.shown(), "\"null\" or \"not null\""));
            }
            return node(Node::IsNull { subject: Box::new(left), is_negated }, position);
        }
        let is_negated = matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("not"));
        if is_negated && !self.takes_word("in") {
            let found = self.peek();
            return Err(unexpected(found.position, &found.token.shown(), "\"in\" after \"not\""));
        }
        self.expect("(", "\"(\" before a list, as in (1, 2)")?;
        let list = self.list()?;
        if list.is_empty() {
            return Err(unexpected(position, "an empty list", "at least one value"));
        }
        node(Node::In { subject: Box::new(left), list, is_negated }, position)
    }

    /// A value, with the signs before it.
    fn prefixed(&mut self) -> Result<Expr, EngineError> {
        let Placed { token, position } = self.next();
        let position = *position;
        match token {
            Token::Sign("-") => {
                let inner = self.expression(Strength::SIGN)?;
                node(Node::Negate(Box::new(inner)), position)
            }
            Token::Sign("+") => self.expression(Strength::SIGN),
            Token::Sign("(") => {
                let inner = self.expression(Strength::LOWEST)?;
                self.expect(")", "an operator or \")\"")?;
                Ok(inner)
            }
            Token::Number(value) => node(Node::Number(*value), position),
            Token::Text(text) => node(Node::Text(text.clone()), position),
            Token::Column(name) => node(Node::Column(name.clone()), position),
            Token::Word(word) => self.word(word, position),
            token => Err(unexpected(position, &token.shown(), "a value")),
        }
    }

    fn word(&mut self, word: &str, position: u32) -> Result<Expr, EngineError> {
        let lower = word.to_ascii_lowercase();
        match lower.as_str() {
            "true" => return node(Node::Bool(true), position),
            "false" => return node(Node::Bool(false), position),
            "null" => return node(Node::Null, position),
            "not" => {
                let inner = self.expression(Strength::NOT)?;
                return node(Node::Not(Box::new(inner)), position);
            }
            _ => {}
        }
        if !self.takes("(") {
            if WORDS.contains(&lower.as_str()) {
                return Err(unexpected(position, &format!("\"{word}\""), "a value")
                    .hint(format!("Write `{word}` for a column of this name.")));
            }
            return node(Node::Column(word.into()), position);
        }
        let Some(function) = Function::named(word) else {
            let names = Function::ALL.map(Function::name);
            let message = format!("there is no function \"{word}\".");
            return Err(fault(ErrorCode::BadOption, position, &message).hint_nearest(
                &lower,
                &names,
                "functions",
            ));
        };
        let arguments = self.list()?;
        let (fewest, most) = function.n_arguments();
        if arguments.len() < fewest || arguments.len() > most {
            let expected = match (fewest, most) {
                (1, 1) => "1 argument".into(),
                (fewest, most) if fewest == most => format!("{fewest} arguments"),
                (fewest, usize::MAX) => format!("{fewest} or more arguments"),
                (fewest, most) => format!("{fewest} or {most} arguments"),
            };
            let found = format!(
                "{} in {word}(...)",
                crate::format::plural(arguments.len() as u64, "argument", "arguments")
            );
            return Err(unexpected(position, &found, &expected).hint(function.usage()));
        }
        node(Node::Call(function, arguments), position)
    }

    /// Expressions up to the closing parenthesis; the opening one is taken already.
    fn list(&mut self) -> Result<Vec<Expr>, EngineError> {
        let mut list = Vec::new();
        if self.takes(")") {
            return Ok(list);
        }
        loop {
            list.push(self.expression(Strength::LOWEST)?);
            if self.takes(")") {
                return Ok(list);
            }
            self.expect(",", "\",\" or \")\"")?;
        }
    }
}

fn operator_of(sign: &str) -> Option<Operator> {
    Some(match sign {
        "=" | "==" => Operator::Equal,
        "!=" | "<>" => Operator::NotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "+" => Operator::Add,
        "-" => Operator::Subtract,
        "*" => Operator::Multiply,
        "/" => Operator::Divide,
        "%" => Operator::Remainder,
        "^" => Operator::Power,
        _ => return None,
    })
}

fn node(node: Node, position: u32) -> Result<Expr, EngineError> {
    let deepest = |list: &[Expr]| list.iter().map(|expr| expr.depth).max().unwrap_or(0);
    let below = match &node {
        Node::Number(_) | Node::Text(_) | Node::Bool(_) | Node::Null | Node::Column(_) => 0,
        Node::Negate(inner) | Node::Not(inner) => inner.depth,
        Node::IsNull { subject, .. } => subject.depth,
        Node::Binary(_, left, right) => left.depth.max(right.depth),
        Node::In { subject, list, .. } => subject.depth.max(deepest(list)),
        Node::Call(_, arguments) => deepest(arguments),
    };
    if below >= MAX_DEPTH {
        return Err(too_deep(position));
    }
    Ok(Expr { node, position, depth: below + 1 })
}

fn too_deep(position: u32) -> EngineError {
    let message = format!("more than {MAX_DEPTH} operations stand within each other.");
    fault(ErrorCode::TooLarge, position, &message)
        .hint("Use in (...) for many alternatives, or several derive steps.")
}
