//! Cells of records, as places in the text that they were read from.

/// Where a cell's text stands: in the text that was read, or in the arena of cells that had to be rewritten
/// because quotes inside them were doubled or escaped.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    start: u32,
    end: u32,
}

const IN_ARENA: u32 = 1 << 31;

impl Span {
    pub fn new(start: usize, end: usize) -> Self {
        // The buffer is kept below 2 GiB, see `Reader`.
        Self { start: start as u32, end: end as u32 }
    }

    #[inline]
    pub fn of<'a>(self, text: &'a str, arena: &'a str) -> &'a str {
        let (from, start) =
            if self.start & IN_ARENA == 0 { (text, self.start) } else { (arena, self.start & !IN_ARENA) };
        from.get(start as usize..self.end as usize).unwrap_or_default()
    }
}

/// Cells as spans, in a row.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub spans: Vec<Span>,
    pub arena: String,
}

impl Cells {
    pub fn clear(&mut self) {
        self.spans.clear();
        self.arena.clear();
    }

    /// Appends a cell with a text of its own.
    pub fn push_text(&mut self, text: &str) {
        let start = self.arena.len();
        self.arena.push_str(text);
        self.spans.push(Span { start: start as u32 | IN_ARENA, end: self.arena.len() as u32 });
    }

    #[inline]
    pub fn text<'a>(&'a self, index: usize, text: &'a str) -> &'a str {
        self.spans.get(index).map_or("", |span| span.of(text, &self.arena))
    }
}

/// Writes the content of a quoted cell into the arena, inner quotes single.
pub(super) fn unescape(content: &str, quote: u8, has_backslash_escapes: bool, arena: &mut String) -> Span {
    let start = arena.len();
    let quote = char::from(quote);
    let mut chars = content.chars().peekable();
    while let Some(c) = chars.next() {
        let follows_quote = chars.peek() == Some(&quote);
        if follows_quote && (c == quote || (c == '\\' && has_backslash_escapes)) {
            chars.next();
            arena.push(quote);
        } else {
            arena.push(c);
        }
    }
    Span { start: start as u32 | IN_ARENA, end: arena.len() as u32 }
}
