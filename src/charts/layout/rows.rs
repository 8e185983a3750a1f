//! Rows of a categorical y axis: names, the zone of each row's marks, and value columns.
//!
//! On a wide screen a row is one line: name, marks, values. Where that would leave the marks too little
//! room, name and values stand on a line of their own above the marks, which get the whole width.

use super::frame::{BODY_PX, Frame, Label, Layer, Placed, SMALL_PX};
use super::matrix::{cell_height_px, cells_of, right_px};
use crate::charts::geometry::Point;
use crate::charts::measure::{TextMeasure, Weight, ellipsize};
use crate::charts::model::{Category, Chart, Mark, ValueLabel};
use crate::charts::scale::Bands;
use crate::charts::scene::Anchor;
use crate::charts::theme::Role;

const SIDE_ROW_PX: f64 = 28.0;
/// Middle of the headings above the rows; flags stand on the same line.
const HEADING_RISE_PX: f64 = 11.5;
const NAME_LINE_PX: f64 = 20.0;
const MARK_ZONE_PX: f64 = 22.0;
const ROW_GAP_PX: f64 = 8.0;
const GROUP_LINE_PX: f64 = 26.0;
const COLUMN_GAP_PX: f64 = 14.0;
const VALUE_GAP_PX: f64 = 10.0;
/// Less than this for the marks, and the names move above them.
const LEAST_PLOT_PX: f64 = 220.0;
const INDENT_PX: f64 = 12.0;

/// How the rows are arranged.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// Zone of the marks of each category.
    pub bands: Bands,
    /// Top and bottom of each whole row; `None` where the category is hidden.
    pub full_px: Vec<Option<(f64, f64)>>,
    /// Middle of each group heading.
    headings: Vec<(f64, String)>,
    columns: Columns,
    /// Whether the names stand above the marks.
    is_stacked: bool,
    has_groups: bool,
    /// Bottom of the last row.
    pub bottom_px: f64,
}

/// Widths that the arrangement is decided on, and where the value columns lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Columns {
    /// Left and right end of the marks.
    pub plot_px: (f64, f64),
    /// Right end of the estimates.
    estimate_right_px: Option<f64>,
    /// Left end of the details; `None` where there is no room for them.
    detail_left_px: Option<f64>,
    is_stacked: bool,
}

impl Columns {
    /// Decides between one line and two for a width of the whole chart.
    pub fn choose(chart: &Chart, measure: &dyn TextMeasure, width_px: f64) -> Self {
        let categories = chart.y.category_list().unwrap_or_default();
        let indent = if categories.iter().any(|category| category.group.is_some()) { INDENT_PX } else { 0.0 };
        let widest = |texts: &mut dyn Iterator<Item = (&str, f64, Weight)>| {
            texts.map(|(text, size, weight)| measure.width_px(text, size, weight)).fold(0.0, f64::max)
        };
        let drawn = if chart.y.is_drawn { categories } else { &[] };
        let name_px = indent
            + widest(&mut drawn.iter().map(|category| (category.label.as_str(), BODY_PX, Weight::Regular)));
        let values: Vec<&ValueLabel> = chart
            .marks
            .iter()
            .flat_map(|mark| mark.placeable().row_values())
            .map(|(_, value)| value)
            .collect();
        let head = chart.value_headings.iter();
        let estimate_px = widest(
            &mut values
                .iter()
                .map(|value| (value.estimate.as_str(), SMALL_PX, Weight::Bold))
                .chain(head.clone().map(|head| (head.estimate.as_str(), SMALL_PX, Weight::Regular))),
        );
        let detail_px = widest(
            &mut values
                .iter()
                .map(|value| (value.detail.as_str(), SMALL_PX, Weight::Regular))
                .chain(head.map(|head| (head.detail.as_str(), SMALL_PX, Weight::Regular))),
        );
        let has_values = estimate_px > 0.0;
        let has_details = detail_px > 0.0;
        let values_px = if has_values { COLUMN_GAP_PX + estimate_px } else { 0.0 };
        let details_px = if has_details { VALUE_GAP_PX + detail_px } else { 0.0 };
        let gap_px = if name_px > 0.0 { COLUMN_GAP_PX } else { 0.0 };
        let cells = cells_of(chart);
        // Cells, and lines from row to row, need the names at their left; long ones are shortened.
        let is_tree = chart.marks.iter().any(|mark| matches!(mark, Mark::Tree(_)));
        let names_stay = cells.is_some() || is_tree;
        let rest = width_px - name_px - gap_px - values_px - details_px;
        if names_stay || rest >= LEAST_PLOT_PX {
            let most = if names_stay { width_px * 0.36 } else { f64::INFINITY };
            let left = (name_px + gap_px).min(most);
            let right = width_px - values_px - details_px;
            let right = cells.map_or(right, |cells| right_px(chart, cells, measure, left, right));
            return Self {
                plot_px: (left, right.max(left + 1.0)),
                estimate_right_px: has_values.then_some(width_px - details_px),
                detail_left_px: has_details.then_some(width_px - detail_px),
                is_stacked: false,
            };
        }
        let has_room = estimate_px + details_px <= width_px * 0.62;
        let shown_details_px = if has_room { details_px } else { 0.0 };
        // A little room at both ends, for the marks that stand on the edge of the domain.
        Self {
            plot_px: (6.0, (width_px - 6.0).max(7.0)),
            estimate_right_px: has_values.then_some(width_px - shown_details_px),
            detail_left_px: (has_details && has_room).then_some(width_px - detail_px),
            is_stacked: true,
        }
    }
}

impl Rows {
    pub fn arrange(chart: &Chart, hidden: &[usize], columns: Columns, top_px: f64) -> Self {
        let categories = chart.y.category_list().unwrap_or_default();
        let is_matrix = cells_of(chart).is_some();
        let is_stacked = columns.is_stacked;
        let wanted_px =
            chart.marks.iter().filter_map(|mark| mark.placeable().row_height_px()).reduce(f64::max);
        let zone_px = wanted_px.unwrap_or(MARK_ZONE_PX);
        let mut y = top_px;
        let mut group: Option<&str> = None;
        let mut headings = Vec::new();
        let (mut bands_px, mut full_px) = (Vec::new(), Vec::new());
        for category in categories {
            if category.series.is_some_and(|series| hidden.contains(&series)) {
                bands_px.push(None);
                full_px.push(None);
                continue;
            }
            if category.group.as_deref() != group {
                group = category.group.as_deref();
                if let Some(name) = group {
                    y += if headings.is_empty() { 0.0 } else { ROW_GAP_PX };
                    headings.push((y + GROUP_LINE_PX / 2.0, name.to_owned()));
                    y += GROUP_LINE_PX;
                }
            }
            let height = match (is_matrix, is_stacked) {
                (true, _) => cell_height_px(chart, columns.plot_px),
                (false, true) => NAME_LINE_PX + zone_px + ROW_GAP_PX,
                (false, false) => wanted_px.unwrap_or(SIDE_ROW_PX),
            };
            full_px.push(Some((y, y + height)));
            bands_px.push(Some(if is_stacked {
                (y + NAME_LINE_PX, y + NAME_LINE_PX + zone_px)
            } else {
                (y, y + height)
            }));
            y += height;
        }
        let has_groups = !headings.is_empty();
        Self { bands: Bands { bands_px }, full_px, headings, columns, is_stacked, has_groups, bottom_px: y }
    }

    /// Height of the line above the rows that names the value columns.
    pub fn headings_height_px(chart: &Chart, columns: Columns) -> f64 {
        if chart.value_headings.is_some() && columns.estimate_right_px.is_some() && !columns.is_stacked {
            NAME_LINE_PX
        } else {
            0.0
        }
    }

    /// Writes the names of rows and groups, and the headings of the value columns.
    pub fn place_names(&self, frame: &Frame<'_>, out: &mut Placed) {
        for (y, name) in &self.headings {
            let text = ellipsize(frame.measure, name, BODY_PX, Weight::Bold, frame.width_px);
            self.write(
                frame,
                label(Point::new(0.0, *y), text, BODY_PX, Weight::Bold, Anchor::Start, Role::Ink),
                out,
            );
        }
        if let (Some(heading), Some((top, _))) = (&frame.chart.value_headings, self.first_row()) {
            let y = frame.plot.top.min(top) - HEADING_RISE_PX;
            if !self.is_stacked {
                self.place_value(frame, y, heading, Weight::Regular, Role::Muted, out);
            }
        }
        self.place_guides(frame, out);
        let categories = frame.chart.y.category_list().unwrap_or_default();
        let is_drawn = frame.chart.y.is_drawn;
        for (index, category) in categories.iter().enumerate().filter(|_| is_drawn) {
            self.place_name(frame, index, category, out);
        }
    }

    /// A faint line through each row leads the eye from the name to the value.
    fn place_guides(&self, frame: &Frame<'_>, out: &mut Placed) {
        if cells_of(frame.chart).is_some() {
            return;
        }
        for (from, to) in self.bands.bands_px.iter().flatten() {
            let y = (from + to) / 2.0;
            let (left, right) = (Point::new(frame.plot.left, y), Point::new(frame.plot.right, y));
            out.line(Layer::Grid, left, right, 1.0, Role::Grid);
        }
    }

    /// Only stacked rows have lines behind their names and values; headings always.
    fn write(&self, frame: &Frame<'_>, label: Label, out: &mut Placed) {
        if self.is_stacked || label.weight == Weight::Bold && label.size_px == BODY_PX {
            out.try_label_on_paper(frame, label);
        } else {
            out.try_label(frame, label);
        }
    }

    /// Writes the value of a row in the columns.
    pub fn place_row_value(
        &self,
        frame: &Frame<'_>,
        place: f64,
        value: &ValueLabel,
        weight: Weight,
        out: &mut Placed,
    ) {
        if let Some(y) = self.name_y(place) {
            self.place_value(frame, y, value, weight, Role::Ink, out);
        }
    }

    /// Top and bottom of the whole row at a category.
    pub fn row_px(&self, place: f64) -> Option<(f64, f64)> {
        self.full_px.get(place.max(0.0).round() as usize).copied().flatten()
    }

    fn first_row(&self) -> Option<(f64, f64)> {
        self.full_px.iter().flatten().next().copied()
    }

    fn name_y(&self, place: f64) -> Option<f64> {
        let (top, bottom) = self.row_px(place)?;
        Some(if self.is_stacked { top + NAME_LINE_PX / 2.0 } else { (top + bottom) / 2.0 })
    }

    fn place_name(&self, frame: &Frame<'_>, index: usize, category: &Category, out: &mut Placed) {
        let Some(y) = self.name_y(index as f64) else { return };
        let left = if self.has_groups && !self.is_stacked { INDENT_PX } else { 0.0 };
        let right = if self.is_stacked { self.values_left_px(frame, index) } else { self.columns.plot_px.0 };
        let max_px = right - left - 8.0;
        let text = ellipsize(frame.measure, &category.label, BODY_PX, Weight::Regular, max_px);
        self.write(
            frame,
            label(Point::new(left, y), text, BODY_PX, Weight::Regular, Anchor::Start, Role::Ink),
            out,
        );
    }

    /// Where the values of a stacked row begin: its name must end before.
    fn values_left_px(&self, frame: &Frame<'_>, index: usize) -> f64 {
        let Some(right) = self.columns.estimate_right_px else { return frame.width_px };
        let widest = frame
            .chart
            .marks
            .iter()
            .flat_map(|mark| mark.placeable().row_values())
            .filter(|(place, _)| *place == index as f64)
            .map(|(_, value)| frame.text_width_px(&value.estimate, SMALL_PX, Weight::Bold))
            .fold(0.0, f64::max);
        right - widest
    }

    fn place_value(
        &self,
        frame: &Frame<'_>,
        y: f64,
        value: &ValueLabel,
        weight: Weight,
        role: Role,
        out: &mut Placed,
    ) {
        let small = |x: f64, text: &str, weight, anchor, role| {
            label(Point::new(x, y), text.to_owned(), SMALL_PX, weight, anchor, role)
        };
        if let Some(right) = self.columns.estimate_right_px {
            self.write(frame, small(right, &value.estimate, weight, Anchor::End, role), out);
        }
        if let Some(left) = self.columns.detail_left_px {
            self.write(frame, small(left, &value.detail, Weight::Regular, Anchor::Start, Role::Muted), out);
        }
    }
}

fn label(at: Point, text: String, size_px: f64, weight: Weight, anchor: Anchor, role: Role) -> Label {
    Label { at, text, size_px, weight, anchor, role }
}
