//! Rows with a cell too many or too few, divided anew by what the cells of each column look like.
//!
//! A row is only changed where one reading of it is clearly right: every cell then looks like those of its
//! column, and no other reading does as well. All else is left as it stands, filled or cut at its end.

use super::cells::Cells;
use super::dialect::Dialect;
use super::records::Records;
use super::tokenizer::{Step, Tokenizer};
use hashbrown::HashMap;
use std::ops::Range;

/// Records that columns are known by.
const MAX_RECORDS: usize = 1_000;
/// A column with more different shapes than this holds free text.
const MAX_SHAPES: usize = 8;
/// Longer cells are not split anew.
const MAX_SPLIT_BYTES: usize = 2_000;
/// Wider tables would have too many readings to compare.
const MAX_COLUMNS: usize = 200;
/// A row with more readings than this is ambiguous.
const MAX_READINGS: usize = 400;
/// Two free texts, which could be parted anywhere.
const FREE_PAIR: f64 = 0.81;
/// How much better the best reading has to be than the next.
const MARGIN: f64 = 0.5;
/// A cell that cannot be one of its column.
const WRONG: f64 = -1.0;
const OTHER_DELIMITERS: [&[u8]; 5] = [b";", b"\t", b"|", b",", b" "];

#[derive(Debug)]
pub(super) struct Repairer {
    columns: Vec<Look>,
    delimiter: String,
    others: Vec<Dialect>,
}

/// What the cells of a column look like.
#[derive(Debug, Default)]
struct Look {
    n: u32,
    n_empty: u32,
    /// Shapes with the number of digits, as "99:99"; empty where there are too many.
    shapes: HashMap<String, u32>,
    /// Shapes whatever their lengths, as "9:9".
    loose_shapes: HashMap<String, u32>,
}

impl Repairer {
    /// `None` where there are too few rows to know the columns by.
    pub fn of(
        records: &Records<'_>,
        rows: Range<usize>,
        n_columns: usize,
        dialect: &Dialect,
    ) -> Option<Self> {
        const MIN_ROWS: usize = 5;
        let mut columns: Vec<Look> = (0..n_columns).map(|_| Look::default()).collect();
        let mut n = 0;
        for record in rows.take(MAX_RECORDS).filter(|record| records.width(*record) == n_columns) {
            n += 1;
            for (cell, look) in records.cells(record).zip(&mut columns) {
                look.add(cell);
            }
        }
        if n < MIN_ROWS || !(2..=MAX_COLUMNS).contains(&n_columns) {
            return None;
        }
        columns.iter_mut().for_each(Look::finish);
        let others = OTHER_DELIMITERS.iter().filter(|other| **other != dialect.delimiter.as_slice());
        let others = others
            .map(|other| Dialect { delimiter: other.to_vec(), is_run: false, ..dialect.clone() })
            .collect();
        Some(Self { columns, delimiter: dialect.delimiter_text(), others })
    }

    /// The row in as many cells as there are columns, where one reading is clearly right. `line`: the whole record.
    pub fn repair(&self, cells: &[&str], line: &str) -> Option<Vec<String>> {
        let n_columns = self.columns.len();
        if let Some(found) = self.with_other_delimiter(line) {
            return Some(found);
        }
        if cells.len() == n_columns + 1 {
            self.best(self.shorter(cells))
        } else if cells.len() + 1 == n_columns {
            self.best(self.longer(cells))
        } else {
            None
        }
    }

    /// The one line of the file that another delimiter divides.
    fn with_other_delimiter(&self, line: &str) -> Option<Vec<String>> {
        let line = line.trim_end_matches(['\n', '\r']);
        let readings = self.others.iter().filter_map(|dialect| {
            let mut cells = Cells::default();
            let mut tokenizer = Tokenizer::new(dialect);
            tokenizer.width = Some(self.columns.len());
            let Step::Record { next } = tokenizer.step(line, 0, true, &mut cells) else { return None };
            let texts = (0..cells.spans.len()).map(|i| cells.text(i, line).to_owned());
            (next >= line.len() && cells.spans.len() == self.columns.len()).then(|| texts.collect())
        });
        self.best(readings.collect())
    }

    /// Without one of the empty cells, or with two cells put together whose delimiter belongs to their text.
    fn shorter(&self, cells: &[&str]) -> Vec<Vec<String>> {
        let mut readings = Vec::new();
        for i in 0..cells.len() {
            let (before, after) =
                (cells.get(..i).unwrap_or_default(), cells.get(i + 1..).unwrap_or_default());
            if cells.get(i).is_some_and(|cell| cell.trim().is_empty()) {
                readings.push([before, after].concat().into_iter().map(str::to_owned).collect());
            }
            if let (Some(cell), Some((next, rest))) = (cells.get(i), after.split_first())
                && !cell.is_empty()
                && !next.is_empty()
            {
                let joined = format!("{cell}{}{next}", self.delimiter);
                let owned = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
                readings.push([owned(before), vec![joined], owned(rest)].concat());
            }
        }
        readings
    }

    /// With an empty cell somewhere, or with a cell split in two.
    fn longer(&self, cells: &[&str]) -> Vec<Vec<String>> {
        let mut readings: Vec<Vec<String>> = Vec::new();
        let with = |at: usize, n_replaced: usize, new: [&str; 2], n_new: usize| {
            let before = cells.get(..at).unwrap_or_default();
            let after = cells.get(at + n_replaced..).unwrap_or_default();
            let new = new.get(..n_new).unwrap_or_default();
            [before, new, after].concat().into_iter().map(str::to_owned).collect::<Vec<String>>()
        };
        for at in 0..=cells.len() {
            readings.push(with(at, 0, ["", ""], 1));
        }
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.len() <= MAX_SPLIT_BYTES) {
            let (Some(left), Some(right)) = (self.columns.get(at), self.columns.get(at + 1)) else {
                continue;
            };
            for (i, _) in cell.char_indices().skip(1) {
                let (first, second) = cell.split_at(i);
                let scores = (left.score(first), right.score(second));
                if scores.0 > 0.0 && scores.1 > 0.0 && scores.0 + scores.1 > FREE_PAIR {
                    if readings.len() > MAX_READINGS {
                        return Vec::new();
                    }
                    readings.push(with(at, 1, [first, second], 2));
                }
            }
        }
        readings
    }

    /// The reading in which every cell can be one of its column, if no other one comes near.
    fn best(&self, readings: Vec<Vec<String>>) -> Option<Vec<String>> {
        let mut scored: Vec<(f64, Vec<String>)> = Vec::new();
        for reading in readings {
            let scores = || reading.iter().zip(&self.columns).map(|(cell, look)| look.score(cell));
            if scores().any(|score| score <= WRONG) || scored.iter().any(|(_, known)| *known == reading) {
                continue;
            }
            let score: f64 = scores().sum();
            if score > 0.3 * self.columns.len() as f64 {
                scored.push((score, reading));
            }
        }
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut scored = scored.into_iter();
        let (best_score, best) = scored.next()?;
        scored.next().is_none_or(|(next_score, _)| best_score - next_score >= MARGIN).then_some(best)
    }
}

impl Look {
    fn add(&mut self, cell: &str) {
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

    fn finish(&mut self) {
        let n_filled = self.n - self.n_empty;
        for shapes in [&mut self.shapes, &mut self.loose_shapes] {
            // Shapes that are nearly as many as cells say nothing.
            if shapes.len() > MAX_SHAPES || shapes.len() as u32 * 3 > n_filled.max(3) * 2 {
                shapes.clear();
            }
        }
    }

    /// How well the text can be a cell of the column: [`WRONG`] to 1.
    fn score(&self, cell: &str) -> f64 {
        let cell = cell.trim();
        if cell.is_empty() {
            let share = f64::from(self.n_empty) / f64::from(self.n.max(1));
            return if self.n_empty == 0 { WRONG } else { share };
        }
        if self.n_empty == self.n {
            return WRONG;
        }
        let is_typed = cell.starts_with(|c: char| c.is_ascii_digit());
        let known = match (self.shapes.is_empty(), self.loose_shapes.is_empty()) {
            (false, _) => self.shapes.contains_key(&shape(cell, true)),
            (true, false) => self.loose_shapes.contains_key(&shape(cell, false)),
            // Free text.
            (true, true) => return if is_typed { 0.0 } else { 0.4 },
        };
        let is_word = cell.chars().all(char::is_alphabetic);
        match (known, is_word) {
            (true, true) => 0.6,
            (true, false) => 1.0,
            (false, _) => WRONG,
        }
    }
}

/// The text with every digit as 9 and every run of letters as one a; without lengths, every run of digits as one 9.
fn shape(cell: &str, is_strict: bool) -> String {
    let mut shape = String::new();
    let mut last = '\0';
    for c in cell.chars() {
        let class = match c {
            c if c.is_numeric() => '9',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if class != last || (is_strict && class == '9') || !matches!(class, '9' | 'a') {
            shape.push(class);
        }
        last = class;
        if shape.len() > 40 {
            break;
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::super::records::read_sample;
    use super::*;

    const TABLE: &str = "1,00:10,A-1,3.5,fine day\n2,00:20,B-2,14.25,\n3,00:30,C-3,1.5,so it goes\n\
                         4,00:40,D-4,2.75,\n5,00:50,E-5,8.5,ok\n6,01:00,F-6,7.5,never again\n";

    fn repaired(line: &str) -> Option<Vec<String>> {
        let dialect = Dialect::rfc_4180();
        let records = read_sample(TABLE, true, &dialect, 100);
        let repairer = Repairer::of(&records, 0..records.n_records(), 5, &dialect).unwrap();
        repairer.repair(&line.split(',').collect::<Vec<_>>(), line)
    }

    #[test]
    fn rows_that_can_be_read_in_one_way_only() {
        let expected = Some(["7", "01:10", "G-7", "9.25", ""].map(str::to_owned).to_vec());
        assert_eq!(repaired("7,01:10,,G-7,9.25,"), expected);
        assert_eq!(repaired("7,01:10G-7,9.25,"), expected);
        assert_eq!(repaired("7;01:10;G-7;9.25;"), expected);
        assert_eq!(repaired("7,01:10,G-7,9.25"), expected);
        let expected = Some(["7", "01:10", "G-7", "9.25", "well, yes"].map(str::to_owned).to_vec());
        assert_eq!(repaired("7,01:10,G-7,9.25,well, yes"), expected);
    }

    #[test]
    fn long_texts_are_not_parted_at_every_place() {
        let text = "some words, and more of them ".repeat(60);
        let rows: String = (0..20).map(|i| format!("{i};{i} {text};{text}{i};ok\n")).collect();
        let dialect = Dialect { delimiter: b";".to_vec(), ..Dialect::rfc_4180() };
        let records = read_sample(&rows, true, &dialect, 100);
        let repairer = Repairer::of(&records, 0..records.n_records(), 4, &dialect).unwrap();
        assert!(repairer.longer(&["7", &text, "ok"]).len() <= MAX_READINGS);
    }

    #[test]
    fn rows_that_could_be_anything_are_left_alone() {
        assert_eq!(repaired("7,01:10"), None);
        assert_eq!(repaired("x,y,z,w"), None);
        assert_eq!(repaired("7,01:10,G-7,9.25,a,b,c"), None);
    }
}
