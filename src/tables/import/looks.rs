//! What the cells of a column look like, and how well a text looks like one of them.

use hashbrown::HashMap;
use std::borrow::Cow;

/// A column with more different shapes than this holds free text.
const MAX_SHAPES: usize = 8;
/// Shapes are cut behind the character that makes them longer than this.
const MAX_SHAPE_BYTES: usize = 40;
/// A cell that cannot be one of its column.
pub(super) const WRONG: f64 = -1.0;

/// What the cells of a column look like.
#[derive(Debug, Default)]
pub(super) struct Look {
    n: u32,
    n_empty: u32,
    /// Shapes with the number of digits, as "99:99"; empty where there are too many.
    shapes: HashMap<String, u32>,
    /// Shapes whatever their lengths, as "9:9".
    loose_shapes: HashMap<String, u32>,
}

impl Look {
    pub fn add(&mut self, cell: &str) {
        let cell = cell.trim();
        self.n += 1;
        if cell.is_empty() {
            self.n_empty += 1;
            return;
        }
        // A few more than are kept, to see that there are too many.
        for (shapes, is_strict) in [(&mut self.shapes, true), (&mut self.loose_shapes, false)] {
            if shapes.len() <= MAX_SHAPES {
                *shapes.entry(shape(cell, is_strict)).or_default() += 1;
            }
        }
    }

    pub fn finish(&mut self) {
        let n_filled = self.n - self.n_empty;
        for shapes in [&mut self.shapes, &mut self.loose_shapes] {
            // Shapes that are nearly as many as cells say nothing.
            if shapes.len() > MAX_SHAPES || shapes.len() as u32 * 3 > n_filled.max(3) * 2 {
                shapes.clear();
            }
        }
    }

    /// How well the text can be a cell of the column: [`WRONG`] to 1.
    pub fn score(&self, cell: &str) -> f64 {
        let cell = cell.trim();
        let shape_of = |is_strict| Cow::Owned(shape(cell, is_strict));
        self.score_shaped(cell.chars().next(), shape_of, || cell.chars().all(char::is_alphabetic))
    }

    /// [`Self::score`] of the text between two places.
    pub fn score_part(&self, outline: &Outline<'_>, start: usize, end: usize) -> f64 {
        let Some((first, last)) = outline.filled(start, end) else {
            return self.score_shaped(None, |_| Cow::Borrowed(""), || false);
        };
        let first_char = outline.text.get(first..).and_then(|text| text.chars().next());
        let shape_of = |is_strict| Cow::Borrowed(outline.shape(first, last, is_strict));
        self.score_shaped(first_char, shape_of, || outline.is_word(first, last))
    }

    /// `first`: the first character of a text without spaces around it.
    fn score_shaped<'s>(
        &self,
        first: Option<char>,
        shape_of: impl Fn(bool) -> Cow<'s, str>,
        is_word: impl Fn() -> bool,
    ) -> f64 {
        let Some(first) = first else {
            let share = f64::from(self.n_empty) / f64::from(self.n.max(1));
            return if self.n_empty == 0 { WRONG } else { share };
        };
        if self.n_empty == self.n {
            return WRONG;
        }
        let known = match (self.shapes.is_empty(), self.loose_shapes.is_empty()) {
            (false, _) => self.shapes.contains_key(shape_of(true).as_ref()),
            (true, false) => self.loose_shapes.contains_key(shape_of(false).as_ref()),
            // Free text.
            (true, true) => return if first.is_ascii_digit() { 0.0 } else { 0.4 },
        };
        match known {
            true if is_word() => 0.6,
            true => 1.0,
            false => WRONG,
        }
    }
}

fn class_of(c: char) -> char {
    match c {
        c if c.is_numeric() => '9',
        c if c.is_alphabetic() => 'a',
        c => c,
    }
}

/// The character begins another piece of the shape, and is not one more of a run.
fn begins_piece(class: char, last: char, is_strict: bool) -> bool {
    class != last || (is_strict && class == '9') || !matches!(class, '9' | 'a')
}

/// The text with every digit as 9 and every run of letters as one a; without lengths, every run of digits as one 9.
fn shape(cell: &str, is_strict: bool) -> String {
    let mut shape = String::new();
    let mut last = '\0';
    for class in cell.chars().map(class_of) {
        if begins_piece(class, last, is_strict) {
            shape.push(class);
        }
        last = class;
        if shape.len() > MAX_SHAPE_BYTES {
            break;
        }
    }
    shape
}

/// The shapes of all parts of a text. A part's shape is a part of the text's shape, so that all of them are found
/// by reading the text once.
#[derive(Debug)]
pub(super) struct Outline<'c> {
    text: &'c str,
    /// With the number of digits, and without lengths; each with where the piece of each byte's character begins.
    shapes: [(String, Vec<usize>); 2],
    /// For each byte, the next character from there on that is no space, and that is no letter.
    next: Vec<(usize, usize)>,
    /// For each byte, the last character before it that is no space.
    last_filled: Vec<Option<usize>>,
}

impl<'c> Outline<'c> {
    pub fn of(text: &'c str) -> Self {
        let n = text.len();
        let mut shapes = [true, false].map(|is_strict| {
            let (mut shape, mut pieces) = (String::new(), Vec::with_capacity(n));
            let (mut last, mut piece) = ('\0', 0);
            for c in text.chars() {
                let class = class_of(c);
                if begins_piece(class, last, is_strict) {
                    piece = shape.len();
                    shape.push(class);
                }
                last = class;
                pieces.resize(pieces.len() + c.len_utf8(), piece);
            }
            (shape, pieces)
        });
        shapes.iter_mut().for_each(|(_, pieces)| pieces.push(0));
        let mut next = vec![(n, n); n + 1];
        let mut following = (n, n);
        for (i, c) in text.char_indices().rev() {
            following.0 = if c.is_whitespace() { following.0 } else { i };
            following.1 = if c.is_alphabetic() { following.1 } else { i };
            next.iter_mut().skip(i).take(c.len_utf8()).for_each(|next| *next = following);
        }
        let mut last_filled = vec![None; n + 1];
        let mut last = None;
        for (i, c) in text.char_indices() {
            last = if c.is_whitespace() { last } else { Some(i) };
            last_filled.iter_mut().skip(i + c.len_utf8()).take(1).for_each(|place| *place = last);
        }
        Self { text, shapes, next, last_filled }
    }

    /// The first and the last character between two places that are no spaces.
    fn filled(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let first = self.next.get(start)?.0;
        let last = self.last_filled.get(end).copied().flatten()?;
        (first < end && start <= last).then_some((first, last))
    }

    /// What [`shape`] makes of the text from the character at `first` to that at `last`.
    fn shape(&self, first: usize, last: usize, is_strict: bool) -> &str {
        let [strict, loose] = &self.shapes;
        let (shape, pieces) = if is_strict { strict } else { loose };
        let piece = |at: usize| pieces.get(at).copied().unwrap_or(0);
        let end = ends_behind(shape, piece(last));
        let part = shape.get(piece(first)..end).unwrap_or_default();
        let cut = ends_behind(part, MAX_SHAPE_BYTES);
        part.get(..cut).unwrap_or(part)
    }

    fn is_word(&self, first: usize, last: usize) -> bool {
        self.next.get(first).is_some_and(|(_, no_letter)| *no_letter > last)
    }
}

/// Where the character ends that `at` is in; the end of the text where there is none.
fn ends_behind(text: &str, at: usize) -> usize {
    (at + 1..text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_score_as_texts_of_their_own(
            cells in prop::collection::vec("[a-c1-3Ⅷé: ]{0,4}", 1..12),
            text in "[a-c1-3Ⅷé€:. \u{a0}]{0,60}",
        ) {
            let mut look = Look::default();
            cells.iter().for_each(|cell| look.add(cell));
            look.finish();
            let outline = Outline::of(&text);
            let places: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
            for (i, start) in places.iter().enumerate() {
                for end in &places[i..] {
                    let part = &text[*start..*end];
                    prop_assert_eq!(look.score_part(&outline, *start, *end), look.score(part), "{:?}", part);
                    if let Some((first, last)) = outline.filled(*start, *end) {
                        for is_strict in [true, false] {
                            prop_assert_eq!(outline.shape(first, last, is_strict), shape(part.trim(), is_strict));
                        }
                    }
                }
            }
        }
    }
}
