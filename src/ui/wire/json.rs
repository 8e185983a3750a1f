//! JSON texts and values (RFC 8259).

/// A value. Members of objects keep their order; numbers are 64-bit floats, as in JavaScript.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Json {
    #[default]
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

/// Lists in lists beyond this are refused, as they would exhaust the stack.
const MAX_DEPTH: u32 = 100;

impl Json {
    /// `None` where the text is not one JSON value.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { text, at: 0 };
        let value = parser.value(0)?;
        parser.skip_space();
        (parser.at == text.len()).then_some(value)
    }

    pub fn object() -> Self {
        Self::Object(Vec::new())
    }

    /// Adds a member; `null` is left out, which every reader of ours takes for the same.
    pub fn set(&mut self, name: &str, value: Self) {
        if let (Self::Object(members), false) = (self, value == Self::Null) {
            members.push((name.into(), value));
        }
    }

    pub fn has(&self, name: &str) -> bool {
        matches!(self, Self::Object(members) if members.iter().any(|(other, _)| other == name))
    }

    /// Moves a member out; `null` where there is none.
    pub fn take(&mut self, name: &str) -> Self {
        let Self::Object(members) = self else { return Self::Null };
        let found = members.iter_mut().find(|(other, _)| other == name);
        found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }

    /// The member as a text: for the tags of enums. Empty where there is none.
    pub fn tag(&mut self, name: &str) -> String {
        match self.take(name) {
            Self::Text(text) => text,
            _ => String::new(),
        }
    }

    /// The text; empty where it is something else.
    pub fn as_word(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// The items of a list; none where there is no list.
    pub fn items(&mut self, is_valid: &mut bool) -> &mut [Self] {
        match self {
            Self::List(items) => items,
            Self::Null => &mut [],
            _ => {
                *is_valid = false;
                &mut []
            }
        }
    }

    pub fn to_text(&self) -> String {
        let mut out = String::new();
        self.write_to(&mut out);
        out
    }

    fn write_to(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(value) if value.is_finite() => out.push_str(&value.to_string()),
            // JSON has no other numbers.
            Self::Number(_) => out.push_str("null"),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                for (idx, item) in items.iter().enumerate() {
                    out.push(if idx == 0 { '[' } else { ',' });
                    item.write_to(out);
                }
                out.push_str(if items.is_empty() { "[]" } else { "]" });
            }
            Self::Object(members) => {
                for (idx, (name, value)) in members.iter().enumerate() {
                    out.push(if idx == 0 { '{' } else { ',' });
                    write_text(name, out);
                    out.push(':');
                    value.write_to(out);
                }
                out.push_str(if members.is_empty() { "{}" } else { "}" });
            }
        }
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                out.push_str("\\u00");
                for shift in [4, 0] {
                    let digit = (u32::from(c) >> shift) & 15;
                    out.push(char::from_digit(digit, 16).unwrap_or('0'));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

/// `at` is always on a character boundary.
struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn value(&mut self, depth: u32) -> Option<Json> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.skip_space();
        match self.peek()? {
            b'{' => self.object(depth),
            b'[' => self.list(depth),
            b'"' => self.string().map(Json::Text),
            b't' => self.word("true", Json::Bool(true)),
            b'f' => self.word("false", Json::Bool(false)),
            b'n' => self.word("null", Json::Null),
            _ => self.number(),
        }
    }

    fn object(&mut self, depth: u32) -> Option<Json> {
        let mut members = Vec::new();
        self.at += 1;
        if self.eat(b'}') {
            return Some(Json::Object(members));
        }
        loop {
            self.skip_space();
            let name = self.string()?;
            if !self.eat(b':') {
                return None;
            }
            members.push((name, self.value(depth + 1)?));
            if self.eat(b'}') {
                return Some(Json::Object(members));
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn list(&mut self, depth: u32) -> Option<Json> {
        let mut items = Vec::new();
        self.at += 1;
        if self.eat(b']') {
            return Some(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.eat(b']') {
                return Some(Json::List(items));
            }
            if !self.eat(b',') {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if self.peek()? != b'"' {
            return None;
        }
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let end = rest.find(['"', '\\'])?;
            out.push_str(&rest[..end]);
            self.at += end + 1;
            if rest.as_bytes()[end] == b'"' {
                return Some(out);
            }
            let escaped = self.peek()?;
            self.at += 1;
            out.push(match escaped {
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.code_point()?,
                b'"' | b'\\' | b'/' => char::from(escaped),
                _ => return None,
            });
        }
    }

    /// After `\u`: one code unit, or two that form a pair.
    fn code_point(&mut self) -> Option<char> {
        let first = self.code_unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first);
        }
        if !self.text.get(self.at..)?.starts_with("\\u") {
            return None;
        }
        self.at += 2;
        let second = self.code_unit()?.checked_sub(0xdc00).filter(|unit| *unit < 0x400)?;
        char::from_u32(0x10000 + ((first - 0xd800) << 10) + second)
    }

    fn code_unit(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        u32::from_str_radix(digits, 16).ok()
    }

    fn number(&mut self) -> Option<Json> {
        let rest = self.text.get(self.at..)?;
        let is_part = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E');
        let n_bytes = rest.bytes().take_while(|byte| is_part(*byte)).count();
        self.at += n_bytes;
        rest[..n_bytes].parse().ok().map(Json::Number)
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        let is_it = self.text.get(self.at..)?.starts_with(word);
        self.at += word.len();
        is_it.then_some(value)
    }

    /// Skips space, and the byte if it is next.
    fn eat(&mut self, byte: u8) -> bool {
        self.skip_space();
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}
