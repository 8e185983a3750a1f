//! The lines of a file that are no part of the table, for the report.

use super::notes::{Notes, RowNote, clip};
use super::records::Records;
use super::structure::Part;
use crate::model::ProblemCode;

/// Notes of the lines outside the table, and how many there are. Other tables have one note each.
pub(super) fn outside(
    sample: &str,
    records: &Records<'_>,
    parts: &[Part],
    table_idx: usize,
    is_whole: bool,
) -> (Vec<RowNote>, u64) {
    let Some(own) = parts.get(table_idx) else { return (Vec::new(), 0) };
    let end_of = |part: &Part| match part.records.end < records.n_records() {
        true => records.line(part.records.end),
        false => u64::MAX,
    };
    let first_line = records.line(own.records.start);
    let end_line = end_of(own);
    if first_line <= 1 && end_line == u64::MAX {
        return (Vec::new(), 0);
    }
    let starts: Vec<u64> = parts.iter().map(|part| records.line(part.records.start)).collect();
    // Where another table begins in which the line stands.
    let other = |line: u64| {
        let i = starts.partition_point(|start| *start <= line).checked_sub(1)?;
        let (start, end) = (*starts.get(i)?, end_of(parts.get(i)?));
        (i != table_idx && line < end).then_some(start)
    };
    let (mut notes, mut n) = (Vec::new(), 0);
    for (line, text) in lines(sample).zip(1u64..).map(|(text, line)| (line, text)) {
        if (first_line..end_line).contains(&line) {
            continue;
        }
        let code = match other(line) {
            Some(start) if start < line => continue,
            Some(_) => ProblemCode::OtherTable,
            None if text.trim().is_empty() => continue,
            None if line < first_line => ProblemCode::Preamble,
            None => ProblemCode::Footnote,
        };
        // The sample may end in the middle of a line.
        if !is_whole && line >= records.end_line {
            break;
        }
        n += 1;
        if notes.len() < Notes::MAX {
            notes.push(RowNote { line, row: None, column: None, code, raw: clip(text) });
        }
    }
    (notes, n)
}

/// Lines as the importer counts them: LF, CRLF and CR end one.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(at) = text.find(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let (line, after) = (text.get(..at)?, text.get(at..)?);
        rest = Some(after.strip_prefix("\r\n").or_else(|| after.get(1..)).unwrap_or_default());
        Some(line)
    })
}
