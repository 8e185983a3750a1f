//! The text of an expression as tokens.

use super::fault::{fault, unexpected};
use crate::model::{EngineError, ErrorCode};

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    /// A bare word: a column, a function, or one of the words of the grammar.
    Word(String),
    /// A column in backticks.
    Column(String),
    Sign(&'static str),
    End,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub token: Token,
    /// Character of the text, from 1.
    pub position: u32,
}

/// Longer signs stand before those they begin with.
const SIGNS: [&str; 17] =
    ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", ","];

/// Longer texts are no expressions that a person wrote.
const MAX_CHARS: usize = 10_000;

impl Token {
    /// As an error names it.
    pub fn shown(&self) -> String {
        match self {
            Self::Number(value) => format!("the number {value}"),
            Self::Text(text) => format!("the text '{text}'"),
            Self::Word(word) => format!("\"{word}\""),
            Self::Column(name) => format!("the column `{name}`"),
            Self::Sign(sign) => format!("\"{sign}\""),
            Self::End => "the end".into(),
        }
    }
}

/// The tokens of the text, an end after them.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, EngineError> {
    let n_chars = text.chars().count();
    if n_chars > MAX_CHARS {
        let message = format!("The expression has {n_chars} characters; at most {MAX_CHARS} are read.");
        return Err(EngineError::new(ErrorCode::TooLarge, message).at_field("expression"));
    }
    let mut found = Vec::new();
    let mut rest = text;
    let mut position = 1;
    while let Some(first) = rest.chars().next() {
        let (token, n_bytes) = match first {
            first if first.is_whitespace() => {
                position += 1;
                rest = rest.get(first.len_utf8()..).unwrap_or_default();
                continue;
            }
            '\'' => quoted(rest, '\'')
                .map(|(text, n)| (Token::Text(text), n))
                .ok_or_else(|| unexpected(position, "a text without an end", "a closing '"))?,
            '`' => quoted(rest, '`')
                .map(|(name, n)| (Token::Column(name), n))
                .ok_or_else(|| unexpected(position, "a column name without an end", "a closing `"))?,
            '"' => {
                return Err(unexpected(position, "a double quote", "a value")
                    .hint("Write texts in single quotes ('Basic') and names with spaces in backticks."));
            }
            first if first.is_ascii_digit() || (first == '.' && starts_with_digit(rest.get(1..))) => {
                number(rest, position)?
            }
            first if first.is_alphabetic() || first == '_' => {
                let end = rest.find(|c: char| !is_of_word(c)).unwrap_or(rest.len());
                (Token::Word(rest.get(..end).unwrap_or_default().into()), end)
            }
            _ => match SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
                Some(sign) => (Token::Sign(sign), sign.len()),
                None => {
                    let message = format!("\"{first}\" has no meaning here.");
                    return Err(fault(ErrorCode::BadOption, position, &message)
                        .hint("Write names with other characters than letters, digits and _ in backticks."));
                }
            },
        };
        found.push(Placed { token, position });
        let (taken, after) = rest.split_at_checked(n_bytes).unwrap_or((rest, ""));
        position += taken.chars().count() as u32;
        rest = after;
    }
    found.push(Placed { token: Token::End, position });
    Ok(found)
}

/// Letters, digits, underscores, and marks that belong to a letter before them.
pub(super) fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The inside of a quoted text, in which a doubled quote is one, and the bytes it takes.
fn quoted(text: &str, quote: char) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut letters = text.char_indices().skip(1).peekable();
    while let Some((at, letter)) = letters.next() {
        if letter != quote {
            inside.push(letter);
        } else if letters.peek().is_some_and(|(_, next)| *next == quote) {
            inside.push(quote);
            letters.next();
        } else {
            return Some((inside, at + quote.len_utf8()));
        }
    }
    None
}

/// Digits with a point and an exponent: "12", "0.5", ".5", "1e6".
fn number(text: &str, position: u32) -> Result<(Token, usize), EngineError> {
    let digits =
        |from: usize| text.get(from..).map_or(0, |rest| rest.bytes().take_while(u8::is_ascii_digit).count());
    let mut end = digits(0);
    if text.get(end..).is_some_and(|rest| rest.starts_with('.')) {
        end += 1 + digits(end + 1);
    }
    if text.get(end..).is_some_and(|rest| rest.starts_with(['e', 'E'])) {
        let signed = text.get(end + 1..).is_some_and(|rest| rest.starts_with(['+', '-']));
        let from = end + 1 + usize::from(signed);
        if digits(from) > 0 {
            end = from + digits(from);
        }
    }
    let written = text.get(..end).unwrap_or_default();
    if text.get(end..).and_then(|rest| rest.chars().next()).is_some_and(is_of_word) {
        let word_end = text.find(|c: char| !is_of_word(c) && c != '.').unwrap_or(text.len());
        let shown = format!("\"{}\"", text.get(..word_end).unwrap_or_default());
        return Err(unexpected(position, &shown, "a number")
            .hint("Write names that begin with a digit in backticks."));
    }
    match written.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((Token::Number(value), end)),
        _ => Err(unexpected(position, &format!("\"{written}\""), "a number below 1.8e308")),
    }
}

fn starts_with_digit(rest: Option<&str>) -> bool {
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}
