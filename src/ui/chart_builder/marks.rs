//! Which kinds of chart the fields on the shelves allow.

use super::Shelf;
use super::role::{Role, role};
use super::settle::settled;
use crate::analyses::chart::{ChartMark, ChartSpec};
use crate::model::ColumnInfo;

/// A kind of chart, and what it lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkChoice {
    pub mark: ChartMark,
    pub is_possible: bool,
    /// "needs a number on Y"; empty where it is possible.
    pub needs: &'static str,
}

const MARKS: [ChartMark; 20] = [
    ChartMark::Auto,
    ChartMark::Bar,
    ChartMark::Line,
    ChartMark::Area,
    ChartMark::Step,
    ChartMark::Scatter,
    ChartMark::Histogram,
    ChartMark::Density,
    ChartMark::Ecdf,
    ChartMark::Qq,
    ChartMark::Box,
    ChartMark::Violin,
    ChartMark::Ridgeline,
    ChartMark::Strip,
    ChartMark::HeatMap,
    ChartMark::Calendar,
    ChartMark::Lorenz,
    ChartMark::Funnel,
    ChartMark::Mosaic,
    ChartMark::Kpi,
];

/// Every kind of chart, the automatic one first, and whether the fields allow it.
pub fn marks_for(spec: &ChartSpec, columns: &[ColumnInfo]) -> Vec<MarkChoice> {
    let roles = Roles::of(spec, columns);
    let lacking = |mark| needs(mark, roles);
    let is_any = MARKS.iter().any(|mark| *mark != ChartMark::Auto && lacking(*mark).is_empty());
    let choice = |mark: &ChartMark| {
        let needs = match mark {
            ChartMark::Auto if is_any => "",
            ChartMark::Auto => "needs fields that go together",
            mark => lacking(*mark),
        };
        MarkChoice { mark: *mark, is_possible: needs.is_empty(), needs }
    };
    MARKS.iter().map(choice).collect()
}

/// The roles that decide.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roles {
    pub x: Role,
    pub y: Role,
    pub color: Role,
}

impl Roles {
    pub fn of(spec: &ChartSpec, columns: &[ColumnInfo]) -> Self {
        let of = |shelf: Shelf| role(shelf.of(spec), columns);
        Self { x: of(Shelf::X), y: of(Shelf::Y), color: of(Shelf::Color) }
    }
}

/// What the fields lack for a kind of chart; empty where they lack nothing.
pub(super) fn needs(mark: ChartMark, roles: Roles) -> &'static str {
    let Roles { x, y, color } = roles;
    let is_measured = matches!(y, Role::Measure | Role::Nothing);
    let is_alone = color == Role::Nothing;
    match mark {
        ChartMark::Auto => "",
        // Only the cells of a heat map show a figure by their colour.
        _ if color == Role::Measure && mark != ChartMark::HeatMap => "needs names on Colour, or nothing",
        ChartMark::Bar if !x.is_place() && x != Role::Number => "needs names, a time or a number on X",
        ChartMark::Bar if !is_measured => "needs a figure on Y, such as a mean, or nothing",
        ChartMark::Line | ChartMark::Area | ChartMark::Step => {
            if !x.is_number() && !matches!(x, Role::Time | Role::TimePart | Role::Ordered) {
                "needs a time, a number or ordered names on X"
            } else if y != Role::Measure {
                "needs a figure on Y, such as a mean"
            } else {
                ""
            }
        }
        ChartMark::Scatter if !x.is_plain() && x != Role::Bins => "needs a number or a time on X",
        ChartMark::Scatter if !y.is_plain() && y != Role::Bins => "needs a number or a time on Y, as it is",
        ChartMark::Histogram | ChartMark::Density | ChartMark::Ecdf | ChartMark::Qq | ChartMark::Lorenz => {
            if !x.is_number() {
                "needs a number on X"
            } else if y != Role::Nothing {
                "needs nothing on Y"
            } else {
                ""
            }
        }
        ChartMark::Box | ChartMark::Violin | ChartMark::Ridgeline | ChartMark::Strip => {
            if !y.is_number() {
                "needs a number on Y, as it is"
            } else if !x.is_category() && x != Role::Nothing {
                "needs names on X, or nothing"
            } else {
                ""
            }
        }
        ChartMark::HeatMap if !x.is_place() && x != Role::Number => "needs names, a time or a number on X",
        ChartMark::HeatMap if !y.is_place() && y != Role::Number => "needs names, a time or a number on Y",
        ChartMark::HeatMap if !matches!(color, Role::Measure | Role::Nothing) => {
            "needs a figure on Colour, or nothing"
        }
        ChartMark::Calendar if !matches!(x, Role::Time | Role::TimePart) => "needs a time on X",
        ChartMark::Funnel if !matches!(x, Role::Names | Role::Ordered) => "needs names on X",
        ChartMark::Calendar | ChartMark::Funnel if !is_measured => {
            "needs a figure on Y, such as a mean, or nothing"
        }
        ChartMark::Mosaic if !matches!(x, Role::Names | Role::Ordered) => "needs names on X",
        ChartMark::Mosaic if !matches!(y, Role::Names | Role::Ordered) => "needs names on Y",
        ChartMark::Kpi if y != Role::Measure => "needs a figure on Y, such as a mean",
        ChartMark::Kpi if x != Role::Nothing => "needs nothing on X",
        ChartMark::Calendar | ChartMark::Funnel | ChartMark::Mosaic | ChartMark::Kpi if !is_alone => {
            "needs nothing on Colour"
        }
        _ => "",
    }
}

/// The kind of chart that the fields lead to by themselves, as far as the form needs to know it.
fn auto_mark(spec: &ChartSpec, columns: &[ColumnInfo]) -> ChartMark {
    let Roles { x, y, .. } = Roles::of(spec, columns);
    match (x, y) {
        (Role::Nothing, Role::Measure) => ChartMark::Kpi,
        (Role::Time | Role::Number, Role::Measure) => ChartMark::Line,
        (Role::Number, Role::Nothing) => ChartMark::Histogram,
        (x, Role::Measure | Role::Nothing) if x.is_place() => ChartMark::Bar,
        (x, y) if x.is_plain() && y.is_plain() => ChartMark::Scatter,
        (x, Role::Number) if x.is_category() || x == Role::Nothing => ChartMark::Box,
        (x, y) if (x.is_place() || x == Role::Number) && (y.is_place() || y == Role::Number) => {
            ChartMark::HeatMap
        }
        _ => ChartMark::Auto,
    }
}

/// The kind of chart that is shown.
pub fn shown_mark(spec: &ChartSpec, columns: &[ColumnInfo]) -> ChartMark {
    if spec.mark == ChartMark::Auto { auto_mark(spec, columns) } else { spec.mark }
}

/// The spec with another kind of chart, and its fields as that kind needs them.
pub fn choose(spec: &ChartSpec, mark: ChartMark, columns: &[ColumnInfo]) -> ChartSpec {
    settled(ChartSpec { mark, ..spec.clone() }, columns)
}
