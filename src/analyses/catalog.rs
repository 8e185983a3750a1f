//! Every analysis, once. Menus, help, docs and a test walk this list.

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    Describe,
    Experiment,
    Relate,
}

/// An analysis as menus and help show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogEntry {
    /// The `kind` of its spec.
    pub kind: String,
    pub category: Category,
    pub name: String,
    /// The question it answers, in a line.
    pub question: String,
    /// A paragraph of help.
    pub help: String,
}

/// An analysis as its folder describes it.
#[derive(Debug, Clone, Copy)]
pub struct Description {
    pub kind: &'static str,
    pub category: Category,
    pub name: &'static str,
    pub question: &'static str,
    pub help: &'static str,
}

impl From<&Description> for CatalogEntry {
    fn from(description: &Description) -> Self {
        Self {
            kind: description.kind.into(),
            category: description.category,
            name: description.name.into(),
            question: description.question.into(),
            help: description.help.into(),
        }
    }
}

pub const CATALOG: [&Description; 4] = [
    &super::ab_test::DESCRIPTION,
    &super::chart::DESCRIPTION,
    &super::describe::DESCRIPTION,
    &super::correlate::DESCRIPTION,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_unique_and_help_is_written() {
        for (i, a) in CATALOG.iter().enumerate() {
            assert!(CATALOG[i + 1..].iter().all(|b| a.kind != b.kind), "{} is listed twice", a.kind);
            assert!(a.question.ends_with('?'), "{}: the question is one", a.kind);
            assert!(a.help.len() > 120, "{}: help is a paragraph", a.kind);
        }
    }
}
