//! As much of XML as workbooks use: elements, attributes, texts. Names are read without their prefix.

use std::borrow::Cow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event<'x> {
    Open(Element<'x>),
    /// The name of the element that ends; also of one that was empty.
    Close(&'x str),
    /// As written, with its entities.
    Text(&'x str),
    /// As it is.
    Plain(&'x str),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Element<'x> {
    pub name: &'x str,
    attributes: &'x str,
}

/// Goes through a document once. It ends early where the document is cut off or no XML; then
/// [`Xml::is_broken`] is true.
#[derive(Debug, Clone)]
pub(super) struct Xml<'x> {
    text: &'x str,
    at: usize,
    closing: Option<&'x str>,
    depth: usize,
    pub is_broken: bool,
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Self {
        Self { text, at: 0, closing: None, depth: 0, is_broken: false }
    }

    /// Share read, 0 to 1.
    pub fn done(&self) -> f64 {
        self.at as f64 / self.text.len().max(1) as f64
    }

    fn rest(&self) -> &'x str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// What stands up to `end`; the position goes behind it.
    fn until(&mut self, end: &str) -> Option<&'x str> {
        let rest = self.rest();
        let Some(n) = memchr::memmem::find(rest.as_bytes(), end.as_bytes()) else {
            self.is_broken = true;
            self.at = self.text.len();
            return None;
        };
        self.at += n + end.len();
        rest.get(..n)
    }

    /// Where the tag ends: at a ">" outside of quotes.
    fn tag(&mut self) -> Option<&'x str> {
        let rest = self.rest();
        let mut quote = None;
        for (n, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (None, b'>') => {
                    self.at += n + 1;
                    return rest.get(..n);
                }
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
        }
        self.is_broken = true;
        self.at = self.text.len();
        None
    }
}

impl<'x> Iterator for Xml<'x> {
    type Item = Event<'x>;

    fn next(&mut self) -> Option<Event<'x>> {
        if let Some(name) = self.closing.take() {
            return Some(Event::Close(name));
        }
        loop {
            let rest = self.rest();
            if rest.is_empty() {
                self.is_broken = self.is_broken || self.depth > 0;
                return None;
            }
            let Some(after) = rest.strip_prefix('<') else {
                let n = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
                self.at += n;
                return rest.get(..n).map(Event::Text);
            };
            if after.starts_with("!--") {
                self.at += 4;
                self.until("-->")?;
            } else if after.starts_with("![CDATA[") {
                self.at += 9;
                return self.until("]]>").map(Event::Plain);
            } else if after.starts_with('?') {
                self.until("?>")?;
            } else if after.starts_with('!') {
                self.until(">")?;
            } else if after.starts_with('/') {
                self.at += 2;
                let name = self.until(">")?;
                self.depth = self.depth.saturating_sub(1);
                return Some(Event::Close(local(name.trim())));
            } else {
                self.at += 1;
                let tag = self.tag()?;
                let (tag, is_empty) = match tag.strip_suffix('/') {
                    Some(tag) => (tag, true),
                    None => (tag, false),
                };
                let n = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
                let (name, attributes) = tag.split_at(n);
                let name = local(name);
                if is_empty {
                    self.closing = Some(name);
                } else {
                    self.depth += 1;
                }
                return Some(Event::Open(Element { name, attributes }));
            }
        }
    }
}

impl<'x> Element<'x> {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<Cow<'x, str>> {
        let mut rest = self.attributes;
        loop {
            let (key, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = after.get(1..)?.split_once(quote)?;
            if local(key.trim()) == name {
                return Some(unescape(value));
            }
            rest = after;
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The text with its entities replaced.
pub(super) fn unescape(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        text.push_str(before);
        let replaced = after.split_once(';').and_then(|(entity, after)| Some((character(entity)?, after)));
        match replaced {
            Some((c, after)) => {
                text.push(c);
                rest = after;
            }
            None => {
                text.push('&');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_texts_and_entities() {
        let text = "<?xml version='1.0'?><!-- <x> --><x:a k=\"1 > 0 &amp; &#x41;\" r:id='b'>t&lt;<b/><![CDATA[<&]]></x:a>";
        let mut xml = Xml::new(text);
        let Some(Event::Open(a)) = xml.next() else { panic!("an element") };
        assert_eq!(
            (a.name, a.get("k").as_deref(), a.get("id").as_deref()),
            ("a", Some("1 > 0 & A"), Some("b"))
        );
        assert_eq!(a.get("none"), None);
        assert_eq!(xml.next(), Some(Event::Text("t&lt;")));
        assert!(matches!(xml.next(), Some(Event::Open(b)) if b.name == "b"));
        assert_eq!(
            xml.by_ref().collect::<Vec<_>>(),
            [Event::Close("b"), Event::Plain("<&"), Event::Close("a")]
        );
        assert!(!xml.is_broken);
        assert_eq!(unescape("a&b &bad; &amp;"), "a&b &bad; &");
        for cut in ["<a><b>", "<a", "<a><!-- "] {
            let mut xml = Xml::new(cut);
            while xml.next().is_some() {}
            assert!(xml.is_broken, "{cut}");
        }
    }
}
