//! What a user does with the shelves of a chart, without a page: what a column becomes where it is put, which kinds of
//! chart its fields allow, what they are called, and which charts a table suggests.

mod marks;
mod put;
mod role;
mod settle;
mod suggest;
#[cfg(test)]
mod tests;
mod words;

pub use marks::{MarkChoice, choose, marks_for, shown_mark};
pub use put::{can_swap, fits, put, put_rows, set_field, swap, take_off};
pub use role::{Role, measures_for, role, units_for};
pub use settle::{can_stack, has_scale, may_arrange};
pub use suggest::{Suggestion, suggest_charts};
pub use words::{field_words, mark_word, measure_word, title, unit_word};

use crate::analyses::chart::{ChartField, ChartSpec};

/// A place that a field can be put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    X,
    Y,
    Color,
    Size,
    Facet,
}

impl Shelf {
    pub const ALL: [Self; 5] = [Self::X, Self::Y, Self::Color, Self::Size, Self::Facet];

    /// As the shelf is labelled.
    pub fn name(self) -> &'static str {
        match self {
            Self::X => "X",
            Self::Y => "Y",
            Self::Color => "Colour",
            Self::Size => "Size",
            Self::Facet => "Small multiples",
        }
    }

    /// The member of the spec.
    pub fn field(self) -> &'static str {
        match self {
            Self::X => "x",
            Self::Y => "y",
            Self::Color => "color",
            Self::Size => "size",
            Self::Facet => "facet",
        }
    }

    pub fn of(self, spec: &ChartSpec) -> Option<&ChartField> {
        match self {
            Self::X => spec.x.as_ref(),
            Self::Y => spec.y.as_ref(),
            Self::Color => spec.color.as_ref(),
            Self::Size => spec.size.as_ref(),
            Self::Facet => spec.facet.as_ref(),
        }
    }

    fn of_mut(self, spec: &mut ChartSpec) -> &mut Option<ChartField> {
        match self {
            Self::X => &mut spec.x,
            Self::Y => &mut spec.y,
            Self::Color => &mut spec.color,
            Self::Size => &mut spec.size,
            Self::Facet => &mut spec.facet,
        }
    }
}
