//! Where tables begin and end in a file: lines above, header records, lines below, other tables.

use super::above::Above;
use super::header::{has_header, is_alien, is_alien_where, is_value_column, n_header_records};
use super::records::Records;
use hashbrown::HashMap;
use std::ops::Range;

/// A table among the records of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part {
    /// Its records, header included.
    pub records: Range<usize>,
    pub n_header_records: usize,
    /// Cells of most of its records.
    pub width: usize,
}

impl Part {
    /// All records as one table, without a header.
    pub fn whole(records: &Records<'_>) -> Self {
        let n = records.n_records();
        Self { records: 0..n, n_header_records: 0, width: records.width(0).max(1) }
    }
}

/// Records below which another sort of table may begin are looked at in this number.
const N_AHEAD: usize = 12;
/// Lines above a table that are taken for no part of it.
const MAX_PREAMBLE_RECORDS: usize = 50;
/// Lines below a table that are taken for no part of it.
const MAX_FOOTNOTE_RECORDS: usize = 20;

/// The tables of a sample, in file order; none where there is no record. `first`: where the user says that the
/// table begins; it then goes on to the end. `is_whole`: the sample is all of the file.
pub(super) fn parts(records: &Records<'_>, first: Option<usize>, is_whole: bool) -> Vec<Part> {
    let n_records = records.n_records();
    let Some(width) = records.usual_width(first.unwrap_or(0)..n_records) else { return Vec::new() };
    if let Some(start) = first {
        let n_header_records = n_header_records(records, start..n_records, width.max(records.width(start)));
        return vec![Part { records: start..n_records, n_header_records, width }];
    }
    let mut start = end_of_preamble(records, width);
    let mut parts = Vec::new();
    let last_but_one = last_but_one(records);
    while start < n_records {
        let (end, next) = end_of_part(records, start, &last_but_one);
        let width = records.usual_width(start..end).unwrap_or(1);
        let is_last = next >= n_records;
        let end = if is_last && !is_whole { end } else { without_footnotes(records, start..end, width) };
        let n_header_records = n_header_records(records, start..end, width.max(records.width(start)));
        parts.push(Part { records: start..end, n_header_records, width });
        start = next;
    }
    parts
}

/// Few of the cells that a record of a table would have.
fn is_sparse(records: &Records<'_>, record: usize, width: usize) -> bool {
    records.n_filled(record) <= (width / 3).max(1)
}

/// The first record that is not above the table.
fn end_of_preamble(records: &Records<'_>, width: usize) -> usize {
    if width < 2 {
        return 0;
    }
    let n_most = records.n_records().min(MAX_PREAMBLE_RECORDS);
    let is_above = |record: usize| {
        is_sparse(records, record, width)
            || (records.width(record) != width && records.cell(record, 0).starts_with('#'))
    };
    let Some(start) = (0..n_most).find(|record| !is_above(*record)).filter(|start| *start > 0) else {
        return 0;
    };
    let has_gap = (0..=start).any(|record| is_gap(records, record));
    let is_prose = (0..start).all(|record| {
        let cell = records.cell(record, 0).trim();
        records.width(record) < width && records.cell_type(record, 0).is_none() && cell.contains(' ')
    });
    let n_records = records.n_records();
    if has_gap || is_prose || n_header_records(records, start..n_records, width) > 0 { start } else { 0 }
}

/// A blank line stands before the record, or it is itself empty.
fn is_gap(records: &Records<'_>, record: usize) -> bool {
    records.is_after_blank(record) || records.n_filled(record) == 0
}

/// The last record but one of each width that several records have.
fn last_but_one(records: &Records<'_>) -> HashMap<usize, usize> {
    let (mut last, mut last_but_one) = (HashMap::new(), HashMap::new());
    for record in 0..records.n_records() {
        let width = records.width(record);
        if let Some(before) = last.insert(width, record) {
            last_but_one.insert(width, before);
        }
    }
    last_but_one
}

/// Where the table that begins at `start` ends, and where the next one begins.
fn end_of_part(records: &Records<'_>, start: usize, last_but_one: &HashMap<usize, usize>) -> (usize, usize) {
    let n_records = records.n_records();
    // A header may be alone in its width, and repeat itself.
    let is_repeated = |at: &usize| records.cells(*at).eq(records.cells(start));
    let first = (start + 1..n_records).find(|at| !is_repeated(at)).unwrap_or(n_records);
    let width = records.width(first);
    let mut above = Above::new(records, start);
    for at in first + 1..n_records {
        let is_gap = is_gap(records, at);
        let is_other_width = records.width(at) != width;
        // Only these are worth a closer look; most records are neither.
        let is_like_start = || (0..2).all(|column| records.cell(at, column) == records.cell(start, column));
        let has_text_for_value = || {
            (0..width).filter(|column| is_text_for_value(records, start, at, *column)).take(2).count() == 2
        };
        if !(is_gap || is_other_width || is_like_start() || has_text_for_value()) {
            continue;
        }
        if let Some(next) = begins_other_table(records, &mut above, at, is_gap, last_but_one) {
            return (at, next);
        }
    }
    (n_records, n_records)
}

/// The cell is a text where the record before it has a value.
fn is_text_for_value(records: &Records<'_>, start: usize, at: usize, column: usize) -> bool {
    let (cell, above) = (records.cell(at, column).trim(), records.cell(at - 1, column).trim());
    at > start + 1
        && !cell.is_empty()
        && !cell.starts_with(|c: char| c.is_ascii_digit())
        && above.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '$'))
        && records.cell_type(at, column).is_none()
}

/// Where another table begins, if one does at `at` or below a title there.
fn begins_other_table(
    records: &Records<'_>,
    above: &mut Above<'_>,
    at: usize,
    is_gap: bool,
    last_but_one: &HashMap<usize, usize>,
) -> Option<usize> {
    let n_records = records.n_records();
    let start = above.start;
    let before = start + 1..at;
    let old_width = above.usual_width(at)?;
    let ahead = at..n_records.min(at + N_AHEAD);
    let new_width = records.usual_width(ahead.clone()).filter(|width| *width > 1)?;
    // A title may stand above the table.
    let first = ahead.clone().find(|record| {
        records.width(*record) == new_width
            && !is_sparse(records, *record, new_width)
            && records.n_filled(*record) > 0
    })?;
    if first > at && !is_gap {
        return None;
    }
    let n_columns = old_width.max(new_width);
    // In a narrow table of texts a row that comes again is a row.
    let repeats_header = (0..old_width.min(new_width))
        .all(|column| records.cell(first, column) == records.cell(start, column))
        && before.len() > 1
        && first + 1 < n_records
        && (old_width > 2 || above.has_first_value_column(at, old_width))
        && above.has_header(at, old_width);
    if new_width == old_width {
        let names_columns = repeats_header
            || (names_values(records, first, above, at, n_columns)
                && records.n_filled(first) == new_width
                && is_alien(records, first, first + 1..n_records, n_columns, 1)
                && has_header(records, first..n_records, new_width));
        return names_columns.then_some(first);
    }
    // Some records of another length are damaged ones; a table of another width goes on.
    let n_alike = ahead.clone().filter(|record| records.width(*record) == new_width).count();
    if n_alike < 2 || (n_alike < 3 && ahead.end < n_records) {
        return None;
    }
    if !is_gap && !repeats_header && (before.len() < 2 || records.width(start) == new_width) {
        // The header is alone in its width, or the rows above are damaged ones.
        return None;
    }
    let goes_back = last_but_one.get(&old_width).is_some_and(|record| *record >= at);
    if goes_back && !is_gap {
        return None;
    }
    let has_own_header = repeats_header || has_header(records, first..ahead.end, new_width);
    let is_compatible = || fits_above(records, start, first..ahead.end);
    (has_own_header && (is_gap || !is_compatible()) || repeats_header || !is_compatible()).then_some(first)
}

/// The record is of another sort than the first ones above it, with texts in columns of values.
fn names_values(
    records: &Records<'_>,
    record: usize,
    above: &mut Above<'_>,
    at: usize,
    n_columns: usize,
) -> bool {
    const N_LEAST: usize = 2;
    let rows = above.start + 1..at;
    let (columns, n_value_columns) = above.columns(at);
    let is_value = |column: usize| columns.get(column).is_some_and(|filled| filled.are_values());
    n_value_columns >= N_LEAST && is_alien_where(records, record, rows, n_columns, N_LEAST, is_value)
}

/// The records go on with the values of the table above: they are only shorter or longer.
fn fits_above(records: &Records<'_>, start: usize, rows: Range<usize>) -> bool {
    let above = start + 1..rows.start;
    let above = above.end.saturating_sub(100).max(above.start)..above.end;
    let (mut n, mut n_alien) = (0u32, 0u32);
    let n_columns = rows.clone().map(|row| records.width(row)).max().unwrap_or(0).min(records.width(start));
    for column in 0..n_columns {
        let is_filled = |row: &usize| !records.cell(*row, column).trim().is_empty();
        let n_filled = rows.clone().filter(is_filled).count() as u32;
        if n_filled > 0 && is_value_column(records, above.clone(), column) {
            let is_text = |row: &usize| is_filled(row) && records.cell_type(*row, column).is_none();
            n += n_filled;
            n_alien += rows.clone().filter(is_text).count() as u32;
        }
    }
    n > 0 && n_alien * 4 <= n
}

/// The end of the part without the lines below its rows that are no rows.
pub(super) fn without_footnotes(records: &Records<'_>, part: Range<usize>, width: usize) -> usize {
    if width < 2 {
        return part.end;
    }
    let n_rows = part.len();
    let earliest = part.end - n_rows.saturating_sub(2).min(MAX_FOOTNOTE_RECORDS);
    let mut end = part.end;
    // A sentence with commas has several cells; a blank line before it tells it from a row.
    let is_apart = |record: usize| {
        records.is_after_blank(record)
            && (records.width(record) != width || !fits_above(records, part.start, record..record + 1))
    };
    // "Source: the warehouse, 2024"
    let above = part.start..part.end.saturating_sub(MAX_FOOTNOTE_RECORDS);
    let has_labels =
        above.clone().skip(above.len().saturating_sub(100)).any(|record| has_label(records, record));
    let is_labelled =
        |record: usize| !has_labels && records.width(record) < width && has_label(records, record);
    while end > earliest && (is_sparse(records, end - 1, width) || is_apart(end - 1) || is_labelled(end - 1))
    {
        end -= 1;
    }
    // Of the sparse records, those after a gap or that are plainly sentences are no rows.
    let is_sentence = |record: usize| {
        let cell = records.cell(record, 0).trim();
        let is_marked = cell.starts_with(['*', '#']);
        records.width(record) == 1
            && records.cell_type(record, 0).is_none()
            && (is_marked || (width > 2 && cell.contains(' ')))
    };
    let has_text = |record: usize| {
        let column = records.cells(record).position(|cell| !cell.trim().is_empty());
        column.is_some_and(|column| records.cell_type(record, column).is_none())
    };
    let first = (end..part.end).find(|record| {
        let has_text_below = || (*record..part.end).any(has_text);
        is_sentence(*record) || is_labelled(*record) || (is_gap(records, *record) && has_text_below())
    });
    first.unwrap_or(part.end)
}

/// The first cell begins with a word and a colon.
fn has_label(records: &Records<'_>, record: usize) -> bool {
    let cell = records.cell(record, 0).trim_start_matches([' ', '*', '#']);
    cell.split_once(": ").is_some_and(|(label, _)| {
        (2..=20).contains(&label.len()) && label.chars().all(|c| c.is_alphabetic() || c == ' ')
    })
}

#[cfg(test)]
mod tests {
    use super::super::dialect::Dialect;
    use super::super::records::read_sample;
    use super::*;

    /// How often cells are looked at for the structure of a text.
    fn n_looks(text: &str) -> usize {
        let records = read_sample(text, true, &Dialect::rfc_4180(), usize::MAX);
        assert!(!parts(&records, None, true).is_empty());
        records.n_looks.get()
    }

    #[test]
    fn structure_is_found_in_time_proportional_to_the_text() {
        let blocks = [
            // Rows that could begin another table, and none of them does.
            "Mar 20,EUR 7.5\n",
            "a,b\n\n",
            "1,2\n\na,b\n",
            "0,2.5\n\n1,7;Zeit\n1;1.5,x;y,z\nn;a;b\n",
            "x,y,z\n\n1,2\nu,v\n\n",
            "1,2,3\n4,5,6\nnote\n\n7,8\n9,10\n",
        ];
        for block in blocks {
            let looks = [200, 400].map(|n| n_looks(&format!("n,value\n1,2\n2,3\n{}", block.repeat(n))));
            assert!(looks[1] < looks[0] * 9 / 4, "{block:?}: {looks:?}");
        }
    }
}
