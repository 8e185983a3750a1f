//! What is known of a text before it is read, because it was taken out of another file.

use super::notes::LineIndex;
use super::reading::CellType;
use crate::model::{Encoding, FileFormat, Problem};
use std::cell::Cell;

#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Name and size of the file that the user has, where the text is only its content.
    pub file: Option<(String, u64)>,
    pub is_compressed: bool,
    /// The file makes other tables beside this one, so a column that the options name may be in one of them.
    pub is_one_of_several: bool,
    pub made: Option<Made>,
    /// Only the rows that the plan is made from are read.
    pub is_sample: bool,
    /// Set by the plan of a sample: there are more rows.
    pub is_cut: Cell<bool>,
}

/// A text that was made: UTF-8, commas, and quotes as RFC 4180 has them.
#[derive(Debug, Clone, Default)]
pub struct Made {
    pub format: FileFormat,
    /// Of the file itself; `None` where the format has no choice.
    pub encoding: Option<Encoding>,
    /// `None`: the first record may or may not name the columns.
    pub has_header: Option<bool>,
    /// What the cells of each column were.
    pub cells: Vec<CellType>,
    /// Lines of the records in the file, the header counted as record 0.
    pub lines: LineIndex,
    /// What was found before the text was made; at most [`crate::model::ParseReport::MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
    pub n_problems: u64,
}
