//! From the rows that were picked in one table to the rows of another, along the relations between them.

use super::Pick;
use crate::model::{Filter, RelationEnds};
use crate::ui::relations;
use crate::ui::state::State;

/// What a pick means for a table: its own filter, or one that looks along the shortest way of relations; nothing where there
/// is no way.
pub fn filters(state: &State, table: &str, pick: &Pick) -> Vec<Filter> {
    if pick.table == table {
        return pick.filter.clone();
    }
    let ends = relations::ends(state);
    way(&ends, table, &pick.table)
        .map_or_else(Vec::new, |steps| along(&steps, &pick.filter).into_iter().collect())
}

/// A step of a way: a column of the table at hand, and the table and column that hold the same values.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    column: String,
    table: String,
    key: String,
}

/// The filter on the first table of a way that looks at the rows of its last one.
fn along(steps: &[Step], filter: &[Filter]) -> Option<Filter> {
    let (first, rest) = steps.split_first()?;
    let inner = along(rest, filter).map_or_else(|| filter.to_vec(), |filter| vec![filter]);
    let Step { column, table, key } = first.clone();
    Some(Filter::Related { column, table, key, filter: inner })
}

/// The shortest way between two tables.
fn way(relations: &[RelationEnds], from: &str, to: &str) -> Option<Vec<Step>> {
    let mut ways: Vec<(String, Vec<Step>)> = vec![(from.to_owned(), Vec::new())];
    let mut at = 0;
    while let Some((table, steps)) = ways.get(at).cloned() {
        if table == to {
            return Some(steps);
        }
        at += 1;
        for RelationEnds { from: child, to: parent } in relations {
            for (here, there) in [(child, parent), (parent, child)] {
                if here.table == table && ways.iter().all(|(known, _)| *known != there.table) {
                    let step = Step {
                        column: here.column.clone(),
                        table: there.table.clone(),
                        key: there.column.clone(),
                    };
                    let longer = steps.iter().cloned().chain([step]).collect();
                    ways.push((there.table.clone(), longer));
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnOf, Value};

    fn ends(from: (&str, &str), to: (&str, &str)) -> RelationEnds {
        let of = |(table, column): (&str, &str)| ColumnOf { table: table.into(), column: column.into() };
        RelationEnds { from: of(from), to: of(to) }
    }

    #[test]
    fn a_way_goes_both_ways_and_over_tables_between() {
        let relations = [
            ends(("sessions", "user"), ("users", "id")),
            ends(("users", "plan"), ("plans", "name")),
            ends(("sessions", "title"), ("titles", "id")),
        ];
        let steps = way(&relations, "titles", "plans").expect("a way");
        let tables: Vec<&str> = steps.iter().map(|step| step.table.as_str()).collect();
        assert_eq!(tables, ["sessions", "users", "plans"]);
        let dear = vec![Filter::Ge { column: "price".into(), value: Value::Number(10.0) }];
        let Some(Filter::Related { column, key, filter, .. }) = along(&steps, &dear) else {
            panic!("a filter")
        };
        assert_eq!((column.as_str(), key.as_str()), ("id", "title"));
        assert!(matches!(&filter[0], Filter::Related { table, .. } if table == "users"));
        assert_eq!(way(&relations, "titles", "none"), None);
        assert_eq!(way(&relations, "titles", "titles"), Some(Vec::new()));
    }
}
