//! Tables as JSON Lines: one object a row, with every column in it.

use super::Table;
use super::export::{SLICE_ROWS, write_cell};
use super::values::Values;
use crate::model::{EngineError, Kind};
use crate::pace::Pace;

impl Table {
    /// The table as JSON Lines in UTF-8. Numbers stand as in their file where that is JSON, else in their shortest form;
    /// missing cells are `null`; ids, names and texts are strings, dates and date-times strings in ISO form.
    pub async fn to_json_lines(&self, pace: &Pace) -> Result<Vec<u8>, EngineError> {
        let n_rows = self.n_rows();
        let mut columns = Vec::with_capacity(self.n_columns());
        for (at, name) in self.column_names().into_iter().enumerate() {
            let mut key = if at == 0 { "{".to_owned() } else { ",".to_owned() };
            push_text(&mut key, name);
            key.push(':');
            columns.push((key, self.values_at(at)?, self.meta(at)?));
        }
        let (mut out, mut line, mut cell) = (Vec::new(), String::new(), String::new());
        for row in 0..n_rows {
            if row % SLICE_ROWS == 0 {
                pace.step(row as f64 / n_rows.max(1) as f64, "writing rows").await?;
            }
            line.clear();
            for (key, values, meta) in &columns {
                line.push_str(key);
                if values.is_missing(row) {
                    line.push_str("null");
                    continue;
                }
                cell.clear();
                if meta.kind.is_time() {
                    values.write_display(row, meta.kind, &mut cell);
                } else {
                    write_cell(values, meta, row, &mut cell);
                }
                let is_measured = matches!(values, Values::Integers(_) | Values::Numbers(_))
                    && !matches!(meta.kind, Kind::Id | Kind::Duration);
                if is_measured && !is_json_number(&cell) {
                    cell.clear();
                    values.write_display(row, meta.kind, &mut cell);
                }
                let is_bare = (is_measured && is_json_number(&cell))
                    || (meta.kind == Kind::Binary && matches!(cell.as_str(), "true" | "false"));
                if is_bare {
                    line.push_str(&cell);
                } else {
                    push_text(&mut line, &cell);
                }
            }
            line.push_str(if columns.is_empty() { "{}\n" } else { "}\n" });
            out.extend_from_slice(line.as_bytes());
        }
        Ok(out)
    }
}

/// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?` (RFC 8259).
fn is_json_number(text: &str) -> bool {
    let digits = |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.strip_prefix('-').unwrap_or(text);
    let n_whole = digits(rest);
    let mut rest = match rest.split_at(n_whole) {
        ("", _) => return false,
        (whole, _) if whole.len() > 1 && whole.starts_with('0') => return false,
        (_, rest) => rest,
    };
    if let Some(fraction) = rest.strip_prefix('.') {
        let n = digits(fraction);
        if n == 0 {
            return false;
        }
        rest = fraction.split_at(n).1;
    }
    match rest.strip_prefix(['e', 'E']) {
        Some(exponent) => {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            !exponent.is_empty() && digits(exponent) == exponent.len()
        }
        None => rest.is_empty(),
    }
}

fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                out.push_str("\\u00");
                for shift in [4, 0] {
                    out.extend(char::from_digit((u32::from(c) >> shift) & 15, 16));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{is_json_number, push_text};

    #[test]
    fn numbers_of_json() {
        for text in ["0", "-0", "12", "-1.50", "1e5", "1E-07", "0.0"] {
            assert!(is_json_number(text), "{text}");
            assert!(serde_json::from_str::<f64>(text).is_ok(), "{text}");
        }
        for text in ["", "-", "01", "+1", ".5", "1.", "1e", "1e+", "1,5", " 1", "1 ", "NaN", "1:30", "1.2.3"]
        {
            assert!(!is_json_number(text), "{text}");
            assert!(
                serde_json::from_str::<f64>(text.trim_matches('_')).is_err() || text.contains(' '),
                "{text}"
            );
        }
    }

    #[test]
    fn texts_of_json() {
        let text = "a \"b\" \\ \n\r\t \u{1} \u{7f} é 𝄞";
        let mut out = String::new();
        push_text(&mut out, text);
        assert_eq!(serde_json::from_str::<String>(&out).ok().as_deref(), Some(text));
    }
}
