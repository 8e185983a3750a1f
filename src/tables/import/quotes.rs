//! Where quoted cells close.

use super::dialect::Dialect;
use memchr::{memchr, memchr2};

/// A quoted cell longer than this is taken for one whose quote was never meant to open it.
const MAX_QUOTED_BYTES: usize = 8 << 20;
/// Most cells are shorter: as far as this is looked without a search that is kept.
const NEAR_BYTES: usize = 64;

pub(super) enum Closing {
    At {
        end: usize,
        is_escaped: bool,
        has_strays: bool,
    },
    /// The quote is text. `is_open`: the file ended before it closed.
    Never {
        is_open: bool,
    },
    NeedMore,
}

/// What a quote inside a quoted cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inner {
    /// Part of the text, doubled or behind a backslash.
    Escaped,
    Closes,
    /// Part of the text, though it is not written as one.
    Stray,
    /// More text is needed to know.
    Unclear,
}

/// Finds where quotes close. Quotes behind the run of quotes that a cell begins with are the same whichever quote
/// opened the cell; so what lies ahead is found once, and not again for each quote.
#[derive(Debug)]
pub(super) struct Quotes<'d> {
    dialect: &'d Dialect,
    /// For texts that go on, and for those that are all there is.
    ahead: [Ahead; 2],
}

/// What lies ahead in a text.
#[derive(Debug, Default)]
struct Ahead {
    /// The next quote that would close a cell, or of which that is not clear.
    closing: Found,
    /// The next stray quote that stands where a cell begins.
    opening: Found,
    line_end: Found,
}

/// The first place of some sort from another place on.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    /// Where the search began, and the place; `None` where there is none to the end of the text.
    known: Option<(usize, Option<usize>)>,
    #[cfg(test)]
    n_searched: usize,
}

impl Found {
    /// The first place at `from` or behind it. `search` looks for it from one place on, up to another.
    fn from(
        &mut self,
        from: usize,
        n: usize,
        search: impl Fn(usize, usize) -> Option<usize>,
    ) -> Option<usize> {
        let found = match self.known {
            Some((start, place)) if start <= from && place.is_none_or(|place| place >= from) => return place,
            Some((start, place)) if start > from => search(from, start).or(place),
            _ => search(from, n),
        };
        #[cfg(test)]
        {
            let end = match self.known {
                Some((start, _)) if start > from => start.min(found.unwrap_or(n)),
                _ => found.unwrap_or(n),
            };
            self.n_searched += end - from;
        }
        self.known = Some((from, found));
        found
    }
}

impl<'d> Quotes<'d> {
    pub fn new(dialect: &'d Dialect) -> Self {
        Self { dialect, ahead: Default::default() }
    }

    /// To be called where another text follows, or the same one with other places.
    pub fn forget(&mut self) {
        self.ahead = Default::default();
    }

    /// Where the quote at `open` closes.
    pub fn closing(&mut self, bytes: &[u8], open: usize, quote: u8, is_end: bool) -> Closing {
        let limit = open + MAX_QUOTED_BYTES;
        // The run of quotes that begins with this one is read in pairs from its second quote on.
        let behind_run = open + bytes.iter().skip(open).take_while(|byte| **byte == quote).count();
        let (mut at, mut is_escaped, mut has_strays, mut is_known) = (open + 1, false, false, false);
        let never = || match bytes.len() >= limit {
            true => Closing::Never { is_open: false },
            false if is_end => Closing::Never { is_open: true },
            false => Closing::NeedMore,
        };
        let near = bytes.get(..bytes.len().min(open + NEAR_BYTES)).unwrap_or_default();
        loop {
            let is_far = at >= behind_run && near.get(at..).is_none_or(|near| memchr(quote, near).is_none());
            if is_far && !is_known {
                is_known = true;
                match self.next_ahead(bytes, (open, at), quote, is_end) {
                    // A quote that opens a cell on a later line: the first one never opened anything.
                    (closing, Some(opening))
                        if opening < limit && closing.is_none_or(|closing| opening < closing) =>
                    {
                        return Closing::Never { is_open: false };
                    }
                    (Some(closing), _) if closing < limit => {}
                    _ => return never(),
                }
            }
            let rest = bytes.get(at..bytes.len().min(limit));
            let Some(i) = rest.and_then(|rest| memchr(quote, rest)) else { return never() };
            let found = at + i;
            let (inner, next) = inner(self.dialect, bytes, found, quote, is_end);
            at = next;
            match inner {
                Inner::Closes => return Closing::At { end: found, is_escaped, has_strays },
                Inner::Unclear => return Closing::NeedMore,
                Inner::Escaped => is_escaped = true,
                Inner::Stray => has_strays = true,
            }
            if inner == Inner::Stray && !is_known && opens_cell(self.dialect, bytes, found) {
                let content = bytes.get(open..found).unwrap_or_default();
                if memchr2(b'\n', b'\r', content).is_some() {
                    return Closing::Never { is_open: false };
                }
            }
        }
    }

    /// The next quote that closes a cell that the quote at `open` begins, or of which that is not clear; and the next one
    /// on a later line that opens another cell, as far as that comes before. Both from a place on that is in no run of quotes.
    fn next_ahead(
        &mut self,
        bytes: &[u8],
        (open, from): (usize, usize),
        quote: u8,
        is_end: bool,
    ) -> (Option<usize>, Option<usize>) {
        let n = bytes.len();
        let dialect = self.dialect;
        let [goes_on, ends] = &mut self.ahead;
        let ahead = if is_end { ends } else { goes_on };
        let is_closing = |_: usize, inner: Inner| matches!(inner, Inner::Closes | Inner::Unclear);
        let is_opening = |at: usize, inner: Inner| inner == Inner::Stray && opens_cell(dialect, bytes, at);
        let search = |from: usize, to: usize, is_it: &dyn Fn(usize, Inner) -> bool| {
            first_quote(dialect, bytes, (from, to), quote, is_end, is_it)
        };
        let closing = ahead.closing.from(from, n, |from, to| search(from, to, &is_closing));
        let line_end = ahead.line_end.from(open, n, |from, to| {
            memchr2(b'\n', b'\r', bytes.get(from..to).unwrap_or_default()).map(|i| from + i)
        });
        let line_end = line_end.filter(|line_end| closing.is_none_or(|closing| *line_end < closing));
        let opening = line_end.and_then(|line_end| {
            ahead.opening.from(line_end.max(from), n, |from, to| search(from, to, &is_opening))
        });
        (closing, opening)
    }
}

/// What the quote at `found` is, and where the text goes on behind it.
fn inner(dialect: &Dialect, bytes: &[u8], found: usize, quote: u8, is_end: bool) -> (Inner, usize) {
    if dialect.has_backslash_escapes && n_backslashes_before(bytes, found) % 2 == 1 {
        return (Inner::Escaped, found + 1);
    }
    let after = bytes.get(found + 1..).unwrap_or_default();
    match after.first() {
        None if is_end => (Inner::Closes, found + 1),
        None => (Inner::Unclear, found + 1),
        Some(b'\n' | b'\r') => (Inner::Closes, found + 1),
        Some(next) if *next == quote => (Inner::Escaped, found + 2),
        Some(_) if after.starts_with(&dialect.delimiter) => (Inner::Closes, found + 1),
        Some(_) if !is_end && after.len() < dialect.delimiter.len() => (Inner::Unclear, found + 1),
        Some(_) => (Inner::Stray, found + 1),
    }
}

/// The first quote of a sort that begins between two places, none of which is inside a run of quotes.
fn first_quote(
    dialect: &Dialect,
    bytes: &[u8],
    (from, to): (usize, usize),
    quote: u8,
    is_end: bool,
    is_it: &dyn Fn(usize, Inner) -> bool,
) -> Option<usize> {
    let mut at = from;
    while at < to {
        let found = at + memchr(quote, bytes.get(at..to).unwrap_or_default())?;
        let (inner, next) = inner(dialect, bytes, found, quote, is_end);
        if is_it(found, inner) {
            return Some(found);
        }
        at = next;
    }
    None
}

/// The byte before is a delimiter's or a line's end.
fn opens_cell(dialect: &Dialect, bytes: &[u8], at: usize) -> bool {
    let before = bytes.get(..at).unwrap_or_default();
    before.ends_with(b"\n") || before.ends_with(b"\r") || before.ends_with(&dialect.delimiter)
}

fn n_backslashes_before(bytes: &[u8], at: usize) -> usize {
    bytes.get(..at).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a quote closes at, read quote by quote from where it opens.
    fn read_on(dialect: &Dialect, bytes: &[u8], open: usize, is_end: bool) -> (Option<usize>, &'static str) {
        let mut at = open + 1;
        while let Some(i) = memchr(b'"', &bytes[at..]) {
            let found = at + i;
            let (inner, next) = inner(dialect, bytes, found, b'"', is_end);
            let is_later_line = memchr2(b'\n', b'\r', &bytes[open..found]).is_some();
            match inner {
                Inner::Closes => return (Some(found), "at"),
                Inner::Unclear => return (None, "more"),
                Inner::Stray if is_later_line && opens_cell(dialect, bytes, found) => return (None, "never"),
                Inner::Stray | Inner::Escaped => at = next,
            }
        }
        (None, if is_end { "open" } else { "more" })
    }

    fn found(
        quotes: &mut Quotes<'_>,
        bytes: &[u8],
        open: usize,
        is_end: bool,
    ) -> (Option<usize>, &'static str) {
        match quotes.closing(bytes, open, b'"', is_end) {
            Closing::At { end, .. } => (Some(end), "at"),
            Closing::Never { is_open: true } => (None, "open"),
            Closing::Never { is_open: false } => (None, "never"),
            Closing::NeedMore => (None, "more"),
        }
    }

    proptest! {
        #[test]
        fn what_lies_ahead_is_the_same_for_every_quote(
            pieces in prop::collection::vec(
                prop_oneof![
                    Just("\""), Just("\""), Just("\"\""), Just(",\""), Just("\n\""), Just(","), Just("\n"), Just("x"),
                    Just("\\"), Just("::"), Just("x\"x"), Just("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
                ],
                0..80,
            ),
            delimiter in prop_oneof![Just(","), Just("::")],
            has_backslash_escapes in any::<bool>(),
            order in prop::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..40),
        ) {
            let text = pieces.concat();
            let bytes = text.as_bytes();
            let delimiter = delimiter.as_bytes().to_vec();
            let dialect = Dialect { delimiter, has_backslash_escapes, ..Dialect::rfc_4180() };
            let opens: Vec<usize> = memchr::memchr_iter(b'"', bytes).collect();
            let mut quotes = Quotes::new(&dialect);
            let back = order.iter().filter(|_| !opens.is_empty()).map(|(i, is_end)| (*i.get(&opens), *is_end));
            for (open, is_end) in opens.iter().map(|open| (*open, true)).chain(back) {
                // A quote in the middle of a run or behind a backslash opens no cell.
                if open > 0 && matches!(bytes[open - 1], b'"' | b'\\') {
                    continue;
                }
                let expected = read_on(&dialect, bytes, open, is_end);
                prop_assert_eq!(found(&mut quotes, bytes, open, is_end), expected, "{:?} at {}", text, open);
            }
        }
    }

    #[test]
    fn many_quotes_that_do_not_close_are_searched_once() {
        let dialect = Dialect::rfc_4180();
        for block in [",\"x", "\"\"a\n", "\"a b\"c,\n", ",\"x\ny"] {
            let text = block.repeat(5_000);
            let bytes = text.as_bytes();
            let mut quotes = Quotes::new(&dialect);
            for open in memchr::memchr_iter(b'"', bytes) {
                found(&mut quotes, bytes, open, true);
            }
            let [_, Ahead { closing, opening, line_end }] = &quotes.ahead;
            let n_searched = closing.n_searched + opening.n_searched + line_end.n_searched;
            assert!(n_searched <= 4 * text.len(), "{block:?}: {n_searched} of {}", text.len());
        }
    }
}
