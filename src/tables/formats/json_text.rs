//! JSON as it is written: numbers keep their digits, keys their order and repetitions.
//!
//! serde_json's own values do neither without features that would change every other use of it.

use std::borrow::Cow;

/// A value that borrows from the text where it can.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'t> {
    Null,
    Bool(bool),
    /// Its digits; also NaN and Infinity, which are no JSON but what Python writes.
    Number(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Value<'t>>),
    Object(Vec<(Cow<'t, str>, Value<'t>)>),
}

/// Where a text is not JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fault {
    /// Position in bytes.
    pub at: usize,
    /// What stands there or is missing: "a comma with nothing behind it".
    pub what: &'static str,
    /// The text ends inside the value.
    pub is_end: bool,
}

/// Deeper nesting is refused, so that no text can exhaust the stack.
const MAX_DEPTH: u32 = 128;

pub(super) const TOO_DEEP: &str = "values are nested more than 128 deep";

#[derive(Debug, Clone)]
pub(super) struct Scanner<'t> {
    text: &'t str,
    at: usize,
    depth: u32,
    /// Where halves of surrogate pairs stood alone and became U+FFFD.
    pub replaced_at: Vec<usize>,
}

impl<'t> Scanner<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, depth: 0, replaced_at: Vec::new() }
    }

    pub fn at(&self) -> usize {
        self.at
    }

    pub fn move_to(&mut self, at: usize) {
        self.at = at;
    }

    #[inline]
    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    #[inline]
    pub fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.peek() {
            self.at += 1;
        }
    }

    /// Nothing but space is left.
    pub fn is_done(&mut self) -> bool {
        self.skip_space();
        self.at >= self.text.len()
    }

    pub fn fault(&self, what: &'static str) -> Fault {
        let is_end = self.at >= self.text.len();
        Fault { at: self.at, what: if is_end { "the text ends inside a value" } else { what }, is_end }
    }

    /// The value that begins here, after space.
    pub fn value(&mut self) -> Result<Value<'t>, Fault> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => {
                let mut members = Vec::new();
                let mut is_first = self.enter(b'{')?;
                while let Some(key) = self.next_key(&mut is_first)? {
                    let value = self.value()?;
                    members.push((key, value));
                }
                Ok(Value::Object(members))
            }
            Some(b'[') => {
                let mut items = Vec::new();
                let mut is_first = self.enter(b'[')?;
                while self.next_item(&mut is_first)? {
                    items.push(self.value()?);
                }
                Ok(Value::List(items))
            }
            Some(b'"') => self.text().map(Value::Text),
            _ => self.scalar(),
        }
    }

    /// Passes over a value without making it.
    pub fn skip_value(&mut self) -> Result<(), Fault> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => {
                let mut is_first = self.enter(b'{')?;
                while self.next_key(&mut is_first)?.is_some() {
                    self.skip_value()?;
                }
                Ok(())
            }
            Some(b'[') => {
                let mut is_first = self.enter(b'[')?;
                while self.next_item(&mut is_first)? {
                    self.skip_value()?;
                }
                Ok(())
            }
            Some(b'"') => self.text().map(|_| ()),
            _ => self.scalar().map(|_| ()),
        }
    }

    /// Goes into an object or a list whose first byte is `open`; the answer is `is_first` for its items.
    pub fn enter(&mut self, open: u8) -> Result<bool, Fault> {
        if self.peek() != Some(open) {
            return Err(self.fault("expected an object or a list"));
        }
        if self.depth == MAX_DEPTH {
            return Err(self.fault(TOO_DEEP));
        }
        self.depth += 1;
        self.at += 1;
        Ok(true)
    }

    /// Goes to the next item of a list; `false` behind its end.
    pub fn next_item(&mut self, is_first: &mut bool) -> Result<bool, Fault> {
        self.next_of(is_first, b']', "expected a comma or the end of the list")
    }

    /// The next key of an object, up to its value; `None` behind the object's end.
    pub fn next_key(&mut self, is_first: &mut bool) -> Result<Option<Cow<'t, str>>, Fault> {
        if !self.next_of(is_first, b'}', "expected a comma or the end of the object")? {
            return Ok(None);
        }
        if self.peek() != Some(b'"') {
            return Err(self.fault("expected a key in double quotes"));
        }
        let key = self.text()?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.fault("expected a colon after the key"));
        }
        self.at += 1;
        self.skip_space();
        Ok(Some(key))
    }

    fn next_of(&mut self, is_first: &mut bool, close: u8, expected: &'static str) -> Result<bool, Fault> {
        self.skip_space();
        let was_first = std::mem::replace(is_first, false);
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(_) if was_first => Ok(true),
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                self.skip_space();
                if self.peek() == Some(close) {
                    self.at = comma;
                    return Err(self.fault("a comma with nothing behind it"));
                }
                Ok(true)
            }
            _ => Err(self.fault(expected)),
        }
    }

    /// A text in quotes.
    pub fn text(&mut self) -> Result<Cow<'t, str>, Fault> {
        if self.peek() != Some(b'"') {
            return Err(self.fault("expected a text in double quotes"));
        }
        self.at += 1;
        let start = self.at;
        let mut owned: Option<String> = None;
        let mut from = start;
        loop {
            let bytes = self.text.as_bytes().get(self.at..).unwrap_or_default();
            let Some(n) = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'\n' | b'\r')) else {
                self.at = self.text.len();
                return Err(self.fault("the text never ends"));
            };
            let found = bytes.get(n).copied();
            self.at += n;
            let run = self.text.get(from..self.at).unwrap_or_default();
            match found {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(match owned {
                        Some(mut owned) => {
                            owned.push_str(run);
                            Cow::Owned(owned)
                        }
                        None => Cow::Borrowed(run),
                    });
                }
                Some(b'\\') => {
                    let text = owned.get_or_insert_default();
                    text.push_str(run);
                    let c = self.escape()?;
                    text.push(c);
                    from = self.at;
                }
                _ => return Err(self.fault("a text goes over the end of its line")),
            }
        }
    }

    /// The character that an escape stands for; the position is on the backslash.
    fn escape(&mut self) -> Result<char, Fault> {
        let start = self.at;
        self.at += 1;
        let letter = self.peek();
        let c = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                self.at += 1;
                return self.unicode(start);
            }
            _ => return Err(self.fault("an escape that JSON does not have")),
        };
        self.at += 1;
        Ok(c)
    }

    fn unicode(&mut self, start: usize) -> Result<char, Fault> {
        let first = self.four_digits()?;
        if let Some(c) = char::from_u32(first) {
            return Ok(c);
        }
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if first < 0xdc00 && rest.starts_with(b"\\u") {
            let after_first = self.at;
            self.at += 2;
            let second = self.four_digits()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            // What follows is a character of its own.
            self.at = after_first;
        }
        self.replaced_at.push(start);
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Result<u32, Fault> {
        let digits = self.text.get(self.at..self.at + 4);
        let code = digits
            .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let Some(code) = code else {
            if self.at + 4 > self.text.len() {
                self.at = self.text.len();
            }
            return Err(self.fault("expected four hexadecimal digits after \\u"));
        };
        self.at += 4;
        Ok(code)
    }

    fn scalar(&mut self) -> Result<Value<'t>, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let n = rest
            .bytes()
            .position(|byte| matches!(byte, b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' | b':' | b'"'))
            .unwrap_or(rest.len());
        let word = rest.get(..n).unwrap_or_default();
        let value = match word {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "NaN" | "Infinity" | "-Infinity" => Value::Number(word),
            _ if is_number(word) => Value::Number(word),
            _ => {
                // At the end of a piece of text a word may only be cut off.
                if n == rest.len() {
                    self.at = self.text.len();
                }
                return Err(
                    self.fault("expected a value: an object, list, text, number, true, false or null")
                );
            }
        };
        self.at += n;
        Ok(value)
    }
}

/// The grammar of RFC 8259: no plus, no leading zeros, digits on both sides of the point.
fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    are_digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(are_digits)
        && exponent.is_none_or(|text| are_digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> (usize, &'static str) {
        let fault = Scanner::new(text).value().unwrap_err();
        (fault.at, fault.what)
    }

    #[test]
    fn texts_and_numbers_are_kept_as_written() {
        let text = r#" {"a": [1.50, -0, 1E+5, 12345678901234567890], "\u00e9\ud834\udd1e\n": "\ud834x", "a": null} "#;
        let mut scanner = Scanner::new(text);
        let number = |text| Value::Number(text);
        let list = ["1.50", "-0", "1E+5", "12345678901234567890"].map(number).to_vec();
        let expected = Value::Object(vec![
            ("a".into(), Value::List(list)),
            ("é𝄞\n".into(), Value::Text("\u{fffd}x".into())),
            ("a".into(), Value::Null),
        ]);
        assert_eq!(scanner.value(), Ok(expected));
        assert!(scanner.is_done());
        assert_eq!(scanner.replaced_at.len(), 1);
    }

    #[test]
    fn faults_name_their_place() {
        assert_eq!(fault(r#"{"a":1,}"#), (6, "a comma with nothing behind it"));
        assert_eq!(fault("[1 2]"), (3, "expected a comma or the end of the list"));
        assert_eq!(fault(r#"{a:1}"#), (1, "expected a key in double quotes"));
        assert_eq!(fault("[007]").0, 1);
        assert_eq!(fault("[1.]").0, 1);
        assert_eq!(fault(r#""\x""#), (2, "an escape that JSON does not have"));
        for text in ["[", "[1", "{\"a\"", "\"\\ud8", "\"abc", "tru", "[1,"] {
            assert!(Scanner::new(text).value().unwrap_err().is_end, "{text}");
            assert!(Scanner::new(text).skip_value().unwrap_err().is_end, "{text}");
        }
        assert_eq!(fault(&"[".repeat(1_000_000)), (128, "values are nested more than 128 deep"));
    }
}
