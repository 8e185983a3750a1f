//! Tables as CSV: UTF-8, comma, LF, quotes only where they are needed (RFC 4180).

use super::Table;
use super::column::ColumnMeta;
use super::form::Form;
use super::values::Values;
use crate::model::{EngineError, HeaderRow};
use crate::pace::Pace;

/// Rows between two steps of the pace.
pub(super) const SLICE_ROWS: usize = 2_048;

impl Table {
    /// The table as CSV. Cells of a loaded file are written as they stood in it.
    pub async fn to_csv(&self, header: HeaderRow, pace: &Pace) -> Result<Vec<u8>, EngineError> {
        let n_rows = self.n_rows();
        let n_columns = self.n_columns();
        let mut columns = Vec::with_capacity(n_columns);
        for at in 0..n_columns {
            columns.push((self.values_at(at)?, self.meta(at)?));
        }
        // In a table of one column a line with nothing on it would be no row.
        let is_narrow = n_columns == 1;
        let mut out = Vec::new();
        let writes_header = n_columns > 0 && (header == HeaderRow::Always || self.has_header_row());
        for (at, name) in self.column_names().into_iter().enumerate().filter(|_| writes_header) {
            let written = columns.get(at).and_then(|(_, meta)| meta.written_name.as_deref()).unwrap_or(name);
            push_cell(&mut out, written, at == 0, is_narrow);
        }
        if writes_header {
            out.push(b'\n');
        }
        let mut text = String::new();
        for row in 0..n_rows {
            if row % SLICE_ROWS == 0 {
                pace.step(row as f64 / n_rows.max(1) as f64, "writing rows").await?;
            }
            for (at, (values, meta)) in columns.iter().enumerate() {
                text.clear();
                write_cell(values, meta, row, &mut text);
                push_cell(&mut out, &text, at == 0, is_narrow);
            }
            out.push(b'\n');
        }
        Ok(out)
    }
}

/// Appends the cell as it stood in its file; nothing where it is missing.
pub(super) fn write_cell(values: &Values<'_>, meta: &ColumnMeta, row: usize, out: &mut String) {
    if !meta.raws.is_empty()
        && let Some(raw) = u32::try_from(row).ok().and_then(|row| meta.raws.get(row))
    {
        out.push_str(raw);
        return;
    }
    match (&meta.form, values) {
        (Form::Number(form), Values::Integers(slots)) if form.shapes_integers() => {
            if let Some(value) = slots.get(row) {
                form.write(out, value as f64);
            }
        }
        (Form::Number(form), Values::Numbers(slots)) => {
            if let Some(value) = slots.get(row) {
                form.write(out, value);
            }
        }
        (Form::Duration(form), Values::Numbers(slots)) => {
            if let Some(value) = slots.get(row) {
                form.write(out, value);
            }
        }
        (Form::Moment(template), Values::Days(slots)) => {
            if let Some(day) = slots.get(row) {
                template.write(out, i64::from(day) * super::calendar::MICROS_PER_DAY);
            }
        }
        (Form::Moment(template), Values::Micros(slots)) => {
            if let Some(micros) = slots.get(row) {
                template.write(out, micros);
            }
        }
        _ => {
            values.write_display(row, meta.kind, out);
        }
    }
}

pub(super) fn push_cell(out: &mut Vec<u8>, cell: &str, is_first: bool, is_narrow: bool) {
    if !is_first {
        out.push(b',');
    }
    let bytes = cell.as_bytes();
    let needs_quotes = bytes.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'))
        || (is_narrow && bytes.iter().all(|byte| *byte == b' '));
    if !needs_quotes {
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    for part in bytes.split_inclusive(|byte| *byte == b'"') {
        out.extend_from_slice(part);
        if part.ends_with(b"\"") {
            out.push(b'"');
        }
    }
    out.push(b'"');
}
