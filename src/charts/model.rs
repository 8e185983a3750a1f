//! What a chart shows, before any pixel: marks with named channels over two axes.
//!
//! A chart of a new kind is a function that fills a [`Chart`] (see `from_result/`); a mark of a new kind
//! is one file in `marks/` and one line in [`Mark`].

use super::marks::{
    Area, Band, Bars, BlockNames, Boxes, Bubbles, Cells, ColorKey, FootRows, Guide, Intervals, Line, Mesh,
    Note, Points, Reach, Ridges, Rule, Seams, Steps, Ticks, TileHeads, Tiles, Tree,
};
use super::number_format::NumberFormat;
use super::table::DataTable;
use super::theme::SLATE;

#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// Stable name of the kind, "ab_test_effects"; also the name of exported files.
    pub kind: &'static str,
    pub title: String,
    /// What the chart shows in a plain sentence, uncertainty in words.
    pub takeaway: String,
    /// How to read the marks, in small print; may be empty.
    pub note: String,
    pub x: Axis,
    pub y: Axis,
    pub series: Vec<Series>,
    /// In the order of drawing. Marks without an [`Info`] are annotations: no cursor stops at them.
    pub marks: Vec<Mark>,
    /// Headings of the value columns beside the rows of a categorical y axis.
    pub value_headings: Option<ValueLabel>,
    pub table: DataTable,
}

/// One kind of mark each; the fields of the variants are their channels.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Area(Area),
    Band(Band),
    Bars(Bars),
    Bubbles(Bubbles),
    BlockNames(BlockNames),
    Boxes(Boxes),
    Cells(Cells),
    ColorKey(ColorKey),
    FootRows(FootRows),
    Guide(Guide),
    Intervals(Intervals),
    Line(Line),
    Note(Note),
    Points(Points),
    Reach(Reach),
    Ridges(Ridges),
    Rule(Rule),
    Seams(Seams),
    Steps(Steps),
    Mesh(Mesh),
    Ticks(Ticks),
    TileHeads(TileHeads),
    Tiles(Tiles),
    Tree(Tree),
}

/// A group of marks with one look, that the legend can hide.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    /// Colour slot from 0 (see `theme`).
    pub slot: u8,
    pub dash: Dash,
    pub symbol: Symbol,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// The quantity with its unit; may be empty.
    pub label: String,
    pub kind: AxisKind,
    pub format: NumberFormat,
    /// Whether ticks and labels are drawn.
    pub is_drawn: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum AxisKind {
    Linear(Domain),
    Log,
    /// Linear from -1 to 1, logarithmic beyond.
    Symlog,
    /// Seconds since 1970 UTC.
    Time,
    /// Positions are indices into this list.
    Categories(Vec<Category>),
}

/// Which values a linear axis spans.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Domain {
    /// The data with a margin of 4 %.
    #[default]
    Data,
    /// From 0 to a round number above the data (or below, where all is negative): for lengths and areas.
    FromZero,
    /// From one value to another, whatever the data.
    Fixed(f64, f64),
    /// As `Fixed`, without the zero that the eye expects at its foot: a zig-zag stands there.
    Cut(f64, f64),
}

/// A row or column of a categorical axis.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Category {
    pub label: String,
    /// Neighbours of one group stand under its heading.
    pub group: Option<String>,
    /// The series whose legend button hides this category.
    pub series: Option<usize>,
}

/// What is written beside a row: "+16.4 %" and "14.2 to 18.7".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ValueLabel {
    pub estimate: String,
    /// Left out where there is no room; may be empty.
    pub detail: String,
}

/// The ends of an interval; `None` is infinite.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ends {
    pub low: Option<f64>,
    pub high: Option<f64>,
}

/// What the cursor, the keyboard and a screen reader say of a mark.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Info {
    pub heading: String,
    /// Name and figure, line by line.
    pub lines: Vec<(String, String)>,
    /// Which of the figures it is, where the rows behind it can be picked.
    pub key: Option<MarkKey>,
}

/// A figure of a chart that the user composed: as in its [`crate::analyses::chart::ChartValue`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct MarkKey {
    /// On x: an index, a number or a time; of a histogram, the bin.
    pub at: f64,
    pub row: u32,
    pub series: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Dash {
    #[default]
    Solid,
    Dashed,
    Dotted,
    DashDot,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Symbol {
    #[default]
    Circle,
    Square,
    Diamond,
    Triangle,
    TriangleDown,
}

impl Chart {
    /// Indices of the series that have marks: those that a legend names.
    pub fn series_in_use(&self) -> Vec<usize> {
        let is_used = |index: &usize| self.marks.iter().any(|mark| mark.placeable().series() == Some(*index));
        (0..self.series.len()).filter(is_used).collect()
    }

    /// Whether each series is named where it is drawn, so that a still picture needs no legend.
    pub fn is_labelled_in_place(&self) -> bool {
        let categories = self.y.category_list().unwrap_or_default();
        let has_named_rows =
            !categories.is_empty() && categories.iter().all(|category| category.series.is_some());
        has_named_rows || self.marks.iter().any(|mark| matches!(mark, Mark::Line(line) if line.has_end_label))
    }
}

impl Series {
    /// What others are compared with: slate, dashed, square.
    pub fn control(name: impl Into<String>) -> Self {
        Self { name: name.into(), slot: SLATE, dash: Dash::Dashed, symbol: Symbol::Square }
    }

    /// The series of a number from 0: its own colour, dash and symbol.
    pub fn numbered(name: impl Into<String>, number: usize) -> Self {
        const DASHES: [Dash; 4] = [Dash::Solid, Dash::Dashed, Dash::DashDot, Dash::Dotted];
        const SYMBOLS: [Symbol; 5] =
            [Symbol::Circle, Symbol::Diamond, Symbol::Triangle, Symbol::TriangleDown, Symbol::Square];
        // Slate comes last, after the seven colours.
        let slot = (number % 8) as u8;
        Self {
            name: name.into(),
            slot,
            dash: DASHES.get(number % DASHES.len()).copied().unwrap_or_default(),
            symbol: SYMBOLS.get(number % SYMBOLS.len()).copied().unwrap_or_default(),
        }
    }
}

impl Axis {
    pub fn linear(label: impl Into<String>, domain: Domain, format: NumberFormat) -> Self {
        Self { label: label.into(), kind: AxisKind::Linear(domain), format, is_drawn: true }
    }

    pub fn time(label: impl Into<String>) -> Self {
        Self { label: label.into(), kind: AxisKind::Time, format: NumberFormat::Plain, is_drawn: true }
    }

    pub fn categories(label: impl Into<String>, categories: Vec<Category>) -> Self {
        let kind = AxisKind::Categories(categories);
        Self { label: label.into(), kind, format: NumberFormat::Plain, is_drawn: true }
    }

    /// An axis whose labels are drawn by a mark, or not needed.
    #[must_use]
    pub fn hidden(self) -> Self {
        Self { is_drawn: false, ..self }
    }

    pub fn category_list(&self) -> Option<&[Category]> {
        match &self.kind {
            AxisKind::Categories(categories) => Some(categories),
            AxisKind::Linear(_) | AxisKind::Log | AxisKind::Symlog | AxisKind::Time => None,
        }
    }
}

impl Category {
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), group: None, series: None }
    }
}

impl Info {
    pub fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..Self::default() }
    }

    #[must_use]
    pub fn line(mut self, name: impl Into<String>, figure: impl Into<String>) -> Self {
        self.lines.push((name.into(), figure.into()));
        self
    }

    /// The figure that the mark stands for.
    #[must_use]
    pub fn of(self, at: f64, row: u32, series: u32) -> Self {
        Self { key: Some(MarkKey { at, row, series }), ..self }
    }

    /// For the ear: "session_length, B against A. Lift, plus 16.4 percent."
    pub fn spoken(&self) -> String {
        let mut text = say(&self.heading);
        for (name, figure) in &self.lines {
            text.push_str(". ");
            text.push_str(&say(name));
            if !figure.is_empty() {
                text.push_str(", ");
                text.push_str(&say(figure));
            }
        }
        text.push('.');
        text
    }
}

/// Signs that screen readers skip or misread, as words.
fn say(text: &str) -> String {
    let (text, unit) = match text.strip_suffix("\u{a0}pp") {
        Some(figure) => (figure, " percentage points"),
        None => (text, ""),
    };
    let mut said = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\u{2212}' => said.push_str("minus "),
            '+' => said.push_str("plus "),
            '%' => said.push_str("percent"),
            '\u{221e}' => said.push_str("infinity"),
            '<' => said.push_str("less than"),
            '>' => said.push_str("more than"),
            '\u{a0}' | '_' => said.push(' '),
            '\u{2013}' => said.push_str("none"),
            c => said.push(c),
        }
    }
    said + unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_spoken_as_words() {
        let info = Info::new("session_length, B against A")
            .line("lift", "+16.4\u{a0}%")
            .line("95\u{a0}% interval", "\u{2212}1.2 to 18.7\u{a0}%")
            .line("p", "< 0.001");
        assert_eq!(
            info.spoken(),
            "session length, B against A. lift, plus 16.4 percent. 95 percent interval, minus 1.2 to 18.7 \
             percent. p, less than 0.001."
        );
    }
}
