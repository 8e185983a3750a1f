//! Rows with a cell too many or too few, divided anew by what the cells of each column look like.
//!
//! A row is only changed where one reading of it is clearly right: every cell then looks like those of its
//! column, and no other reading does as well. All else is left as it stands, filled or cut at its end.

use super::cells::Cells;
use super::dialect::Dialect;
use super::looks::{Look, Outline, WRONG};
use super::records::Records;
use super::tokenizer::{Step, Tokenizer};
use std::borrow::Cow;
use std::ops::Range;

/// Records that columns are known by.
const MAX_RECORDS: usize = 1_000;
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
const OTHER_DELIMITERS: [&[u8]; 5] = [b";", b"\t", b"|", b",", b" "];

#[derive(Debug)]
pub(super) struct Repairer {
    columns: Vec<Look>,
    delimiter: String,
    others: Vec<Dialect>,
}

/// One way to divide a row: texts in the place of some of its cells, as many as the table has columns with the others.
#[derive(Debug)]
struct Reading<'c> {
    at: usize,
    n_replaced: usize,
    new: Vec<Cow<'c, str>>,
}

impl<'c> Reading<'c> {
    fn new<const N: usize>(at: usize, n_replaced: usize, new: [&'c str; N]) -> Self {
        Self { at, n_replaced, new: new.map(Cow::Borrowed).to_vec() }
    }

    fn cells<'r>(&'r self, cells: &'r [&'r str]) -> impl Iterator<Item = &'r str> {
        let after = cells.iter().skip(self.at + self.n_replaced).copied();
        cells.iter().take(self.at).copied().chain(self.new.iter().map(Cow::as_ref)).chain(after)
    }

    /// Whether both make the same cells of the row. Cells before and behind both places are.
    fn is_like(&self, other: &Self, cells: &[&str]) -> bool {
        let start = self.at.min(other.at);
        let end = (self.at + self.new.len()).max(other.at + other.new.len());
        let own = self.cells(cells).skip(start).take(end - start);
        own.eq(other.cells(cells).skip(start).take(end - start))
    }
}

/// How well the cells of a row look where they stand, and moved by as many columns as there are too few or too many.
/// No reading of the row needs more than these and the scores of its own texts.
struct Scores {
    straight: Vec<f64>,
    moved: Vec<f64>,
    /// The first column whose cell is wrong where it stands.
    first_wrong: usize,
    /// The column behind the last whose cell is wrong when it is moved.
    behind_wrong: usize,
}

impl Scores {
    fn of(columns: &[Look], cells: &[&str]) -> Self {
        let score = |look: &Look, at: Option<usize>| {
            at.and_then(|at| cells.get(at)).map_or(WRONG, |cell| look.score(cell))
        };
        let straight: Vec<f64> = columns.iter().enumerate().map(|(i, look)| score(look, Some(i))).collect();
        let moved = |i: usize| (i + cells.len()).checked_sub(columns.len());
        let moved: Vec<f64> = columns.iter().enumerate().map(|(i, look)| score(look, moved(i))).collect();
        let is_wrong = |score: &f64| *score <= WRONG;
        Self {
            first_wrong: straight.iter().position(is_wrong).unwrap_or(straight.len()),
            behind_wrong: moved.iter().rposition(is_wrong).map_or(0, |last| last + 1),
            straight,
            moved,
        }
    }

    /// No cell is wrong beside `n_new` texts at a place.
    fn fits_around(&self, at: usize, n_new: usize) -> bool {
        at <= self.first_wrong && self.behind_wrong <= at + n_new
    }

    /// `None` where a cell is wrong.
    fn sum(&self, reading: &Reading<'_>, columns: &[Look]) -> Option<f64> {
        let Reading { at, new, .. } = reading;
        let own = columns.iter().skip(*at).zip(new).map(|(look, text)| look.score(text));
        let own: Vec<f64> = own.collect();
        if !self.fits_around(*at, new.len()) || own.iter().any(|score| *score <= WRONG) {
            return None;
        }
        let (before, after) = (self.straight.iter().take(*at), self.moved.iter().skip(at + new.len()));
        Some(before.chain(&own).chain(after).sum())
    }
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
        if let Some(found) = self.with_other_delimiter(cells, line) {
            return Some(found);
        }
        if cells.len().abs_diff(n_columns) != 1 {
            return None;
        }
        let scores = Scores::of(&self.columns, cells);
        let readings = match cells.len() > n_columns {
            true => self.shorter(cells, &scores),
            false => self.longer(cells, &scores),
        };
        self.best(cells, readings, &scores)
    }

    /// The one line of the file that another delimiter divides.
    fn with_other_delimiter(&self, cells: &[&str], line: &str) -> Option<Vec<String>> {
        let line = line.trim_end_matches(['\n', '\r']);
        let readings = self.others.iter().filter_map(|dialect| {
            let mut found = Cells::default();
            let mut tokenizer = Tokenizer::new(dialect);
            tokenizer.width = Some(self.columns.len());
            let Step::Record { next } = tokenizer.step(line, 0, true, &mut found) else { return None };
            let is_right = next >= line.len() && found.spans.len() == self.columns.len();
            let texts = (0..found.spans.len()).map(|i| Cow::Owned(found.text(i, line).to_owned()));
            is_right.then(|| Reading { at: 0, n_replaced: cells.len(), new: texts.collect() })
        });
        let readings: Vec<Reading<'_>> = readings.collect();
        if readings.is_empty() {
            return None;
        }
        self.best(cells, readings, &Scores::of(&self.columns, cells))
    }

    /// Without one of the empty cells, or with two cells put together whose delimiter belongs to their text.
    fn shorter<'c>(&self, cells: &[&'c str], scores: &Scores) -> Vec<Reading<'c>> {
        let mut readings = Vec::new();
        for (i, cell) in cells.iter().enumerate() {
            if cell.trim().is_empty() && scores.fits_around(i, 0) {
                readings.push(Reading::new(i, 1, []));
            }
            if let Some(next) = cells.get(i + 1)
                && !cell.is_empty()
                && !next.is_empty()
                && scores.fits_around(i, 1)
            {
                let joined = Cow::Owned(format!("{cell}{}{next}", self.delimiter));
                readings.push(Reading { at: i, n_replaced: 2, new: vec![joined] });
            }
        }
        readings
    }

    /// With an empty cell somewhere, or with a cell split in two.
    fn longer<'c>(&self, cells: &[&'c str], scores: &Scores) -> Vec<Reading<'c>> {
        let places = (0..=cells.len()).filter(|at| scores.fits_around(*at, 1));
        let mut readings: Vec<Reading<'c>> = places.map(|at| Reading::new(at, 0, [""])).collect();
        let mut n_readings = cells.len() + 1;
        for (at, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.len() <= MAX_SPLIT_BYTES) {
            let (Some(left), Some(right)) = (self.columns.get(at), self.columns.get(at + 1)) else {
                continue;
            };
            let outline = Outline::of(cell);
            for (i, _) in cell.char_indices().skip(1) {
                let found = (left.score_part(&outline, 0, i), right.score_part(&outline, i, cell.len()));
                if found.0 > 0.0 && found.1 > 0.0 && found.0 + found.1 > FREE_PAIR {
                    if n_readings > MAX_READINGS {
                        return Vec::new();
                    }
                    n_readings += 1;
                    if scores.fits_around(at, 2) {
                        let (first, second) = cell.split_at(i);
                        readings.push(Reading::new(at, 1, [first, second]));
                    }
                }
            }
        }
        readings
    }

    /// The reading in which every cell can be one of its column, if no other one comes near.
    fn best(&self, cells: &[&str], readings: Vec<Reading<'_>>, scores: &Scores) -> Option<Vec<String>> {
        let mut scored: Vec<(f64, Reading<'_>)> = Vec::new();
        for reading in readings {
            let score = scores.sum(&reading, &self.columns);
            if let Some(score) = score.filter(|score| *score > 0.3 * self.columns.len() as f64)
                && !scored.iter().any(|(_, known)| known.is_like(&reading, cells))
            {
                scored.push((score, reading));
            }
        }
        scored.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let mut scored = scored.into_iter();
        let (best_score, best) = scored.next()?;
        let is_clear = scored.next().is_none_or(|(next_score, _)| best_score - next_score >= MARGIN);
        is_clear.then(|| best.cells(cells).map(str::to_owned).collect())
    }
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
        let cells = ["7", &text, "ok"];
        let scores = Scores::of(&repairer.columns, &cells);
        assert!(repairer.longer(&cells, &scores).len() <= MAX_READINGS);
    }

    #[test]
    fn rows_that_could_be_anything_are_left_alone() {
        assert_eq!(repaired("7,01:10"), None);
        assert_eq!(repaired("x,y,z,w"), None);
        assert_eq!(repaired("7,01:10,G-7,9.25,a,b,c"), None);
    }
}
