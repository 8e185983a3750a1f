//! Keys and relations of tables.

use super::record::{record, words};
use super::{Json, Read, Write};
use crate::model::{
    Cardinality, ColumnOf, DataModel, DdlDialect, KeyCandidate, Relation, RelationEnds, TableKeys,
};
use crate::ui::relations::RelationEdits;

words!(Cardinality {
    "many_to_one" => ManyToOne,
    "one_to_one" => OneToOne,
    "one_to_many" => OneToMany,
    "many_to_many" => ManyToMany,
});
words!(DdlDialect { "postgresql" => Postgresql, "mysql" => Mysql, "bigquery" => Bigquery });

record!(both ColumnOf { table, column });
record!(both RelationEnds { from, to });
record!(both RelationEdits {} or { added, removed });
record!(DataModel { tables, relations });
record!(TableKeys { table, n_rows, primary_key, candidates });
record!(KeyCandidate { columns, score, reason });
record!(Relation {
    from,
    to,
    cardinality,
    n_rows,
    n_missing,
    match_rate,
    n_orphan_rows,
    n_orphan_values,
    orphans,
    n_parents,
    n_parents_without_children,
    n_repeated_parents,
    mean_children,
    max_children,
    confidence,
    reason,
    problems,
});
