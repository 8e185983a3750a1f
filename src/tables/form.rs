//! How values of a column are written out.

use std::fmt::Write;

/// The written form of a column's values, as it was found in its file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Form {
    /// Numbers as short as they can be, dates as ISO.
    #[default]
    Canonical,
}

/// Cells whose text in the file is not what the column's form makes of their value: " 12", "N/A", "1e3".
/// Rows ascend.
#[derive(Debug, Clone, Default)]
pub(crate) struct Raws {
    rows: Vec<u32>,
    ends: Vec<u32>,
    text: String,
}

impl Raws {
    pub fn get(&self, row: u32) -> Option<&str> {
        let at = self.rows.binary_search(&row).ok()?;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.text.get(start as usize..*self.ends.get(at)? as usize)
    }
}

/// The shortest text that reads back as the same number: "13.8", "12", "1e21".
pub(crate) fn write_shortest(out: &mut String, value: f64) {
    let magnitude = value.abs();
    // Writing to a string cannot fail.
    let _ = if magnitude != 0.0 && !(1e-7..1e21).contains(&magnitude) {
        write!(out, "{value:e}")
    } else {
        write!(out, "{value}")
    };
}
