//! Keys of tables and the relations between them, with what the rows say of each.

use super::ValueCount;
use serde::{Deserialize, Serialize};

/// What tables have to do with each other.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DataModel {
    /// Empty where given relations were measured.
    pub tables: Vec<TableKeys>,
    pub relations: Vec<Relation>,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TableKeys {
    pub table: String,
    pub n_rows: u64,
    /// The columns that name a row: one, two, or none where no key was found.
    pub primary_key: Vec<String>,
    /// Columns that are different in every row without a missing cell, the likeliest key first; at most five.
    pub candidates: Vec<KeyCandidate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct KeyCandidate {
    pub columns: Vec<String>,
    /// How much names and kinds speak for it, 0 to 1.
    pub score: f64,
    pub reason: String,
}

/// A column of a table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ColumnOf {
    pub table: String,
    pub column: String,
}

/// What a relation connects: `from` (the child) holds values of `to` (the parent's key).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RelationEnds {
    pub from: ColumnOf,
    pub to: ColumnOf,
}

/// Rows of the child to rows of the parent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Cardinality {
    /// Many rows of the child may share one row of the parent: a foreign key.
    #[default]
    ManyToOne,
    OneToOne,
    /// The parent repeats values, the child does not.
    OneToMany,
    ManyToMany,
}

impl Cardinality {
    pub fn name(self) -> &'static str {
        match self {
            Self::ManyToOne => "many to one",
            Self::OneToOne => "one to one",
            Self::OneToMany => "one to many",
            Self::ManyToMany => "many to many",
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relation {
    pub from: ColumnOf,
    pub to: ColumnOf,
    pub cardinality: Cardinality,
    /// Rows of the child.
    pub n_rows: u64,
    /// Rows of the child whose cell is missing.
    pub n_missing: u64,
    /// Share of the child's rows with a value whose value is in the parent; `None` without any value.
    pub match_rate: Option<f64>,
    /// Rows of the child with a value that the parent does not have, and how many such values there are.
    pub n_orphan_rows: u64,
    pub n_orphan_values: u64,
    /// The orphans with most rows, at most five.
    pub orphans: Vec<ValueCount>,
    /// Different values of the parent, and those that no row of the child names.
    pub n_parents: u64,
    pub n_parents_without_children: u64,
    /// Values that stand in several rows of the parent.
    pub n_repeated_parents: u64,
    /// Fan-out: rows of the child for each value of the parent, on average (`None` without a parent) and at most.
    pub mean_children: Option<f64>,
    pub max_children: u64,
    /// How much names and values speak for it, 0 to 1.
    pub confidence: f64,
    /// Why it is proposed.
    pub reason: String,
    /// What is wrong with it, in sentences; empty for a foreign key that holds in every row.
    pub problems: Vec<String>,
}

impl Relation {
    pub fn ends(&self) -> RelationEnds {
        RelationEnds { from: self.from.clone(), to: self.to.clone() }
    }
}

/// The SQL that a data model is written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DdlDialect {
    #[default]
    Postgresql,
    Mysql,
    Bigquery,
}

impl DdlDialect {
    pub const ALL: [Self; 3] = [Self::Postgresql, Self::Mysql, Self::Bigquery];

    /// The name shown to people.
    pub fn name(self) -> &'static str {
        match self {
            Self::Postgresql => "PostgreSQL",
            Self::Mysql => "MySQL",
            Self::Bigquery => "BigQuery",
        }
    }
}
