//! The numbers behind a chart, as a table on the page and as CSV.

/// Rows of cells under headings; every row has as many cells as there are columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DataTable {
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The heading on the page.
    pub heading: String,
    /// Numbers are set to the right.
    pub is_numeric: bool,
}

/// A cell: what people read, and the number itself for export.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub text: String,
    /// `None` for names, and for numbers that are missing.
    pub exact: Option<f64>,
    is_missing: bool,
}

impl DataTable {
    /// From headings; a leading '#' marks a numeric column and is not shown.
    pub fn new(headings: &[&str]) -> Self {
        let column = |heading: &&str| match heading.strip_prefix('#') {
            Some(name) => Column { heading: name.into(), is_numeric: true },
            None => Column { heading: (*heading).into(), is_numeric: false },
        };
        Self { columns: headings.iter().map(column).collect(), rows: Vec::new() }
    }

    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }

    /// CSV after RFC 4180 with LF: exact numbers (shortest text that reads back as the same double),
    /// empty for missing ones.
    pub fn to_csv(&self) -> String {
        let mut text = String::new();
        let headings = self.columns.iter().map(|column| quoted(&column.heading));
        push_line(&mut text, headings);
        for row in &self.rows {
            push_line(&mut text, row.iter().map(Cell::csv));
        }
        text
    }
}

impl Cell {
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: text.into(), exact: None, is_missing: false }
    }

    /// A number as people read it, and exactly. A missing or infinite one is a dash and exports as empty.
    pub fn number(exact: Option<f64>, text: impl FnOnce(f64) -> String) -> Self {
        match exact.filter(|x| x.is_finite()) {
            Some(x) => Self { text: text(x), exact: Some(x), is_missing: false },
            None => Self { text: "\u{2013}".into(), exact: None, is_missing: true },
        }
    }

    pub fn count(n: u64) -> Self {
        Self { text: crate::format::count(n), exact: Some(n as f64), is_missing: false }
    }

    fn csv(&self) -> String {
        match self.exact {
            // Plain digits of 1e-60 would fill a line.
            Some(x) if x != 0.0 && !(1e-5..1e15).contains(&x.abs()) => format!("{x:e}"),
            Some(x) => x.to_string(),
            None if self.is_missing => String::new(),
            None => quoted(&self.text),
        }
    }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.into()
    }
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            text.push(',');
        }
        text.push_str(&cell);
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_has_exact_numbers_and_quotes() {
        let mut table = DataTable::new(&["metric", "#difference", "#n"]);
        table.push(vec![
            Cell::text("length, \"net\""),
            Cell::number(Some(0.1 + 0.2), |x| format!("{x:.1}")),
            Cell::count(1_204),
        ]);
        table.push(vec![Cell::text("clicks"), Cell::number(None, |x| x.to_string()), Cell::count(3)]);
        table.push(vec![Cell::text("p"), Cell::number(Some(2e-60), |x| x.to_string()), Cell::count(0)]);
        assert_eq!(
            table.to_csv(),
            "metric,difference,n\n\"length, \"\"net\"\"\",0.30000000000000004,1204\nclicks,,3\np,2e-60,0\n"
        );
        assert_eq!(table.rows[0][1].text, "0.3");
        assert_eq!(table.rows[1][1].text, "\u{2013}");
    }
}
