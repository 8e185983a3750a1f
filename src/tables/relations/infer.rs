//! Foreign keys: columns whose values are in a key of a table, by more than chance.

use super::keys::{ColumnFacts, TableFacts, table_facts};
use super::measure::measure;
use super::names::{Lead, lead, looks_like_key};
use super::sample::{cell_hash, spread_rows};
use crate::model::{DataModel, EngineError, Kind, Relation};
use crate::pace::Pace;
use crate::tables::Table;
use crate::tables::join_keys::check_keys;
use crate::tables::values::Values;
use hashbrown::HashSet;

/// Cells of a child that are looked up before all are.
const SAMPLE_ROWS: usize = 1_000;
/// Keys of one table that others may point to.
const MAX_KEYS: usize = 6;
/// Chance lets a sample differ from the whole by this much.
const SAMPLE_SLACK: f64 = 0.1;

/// Finds keys and relations of the tables. Missing cells and orphans are allowed; each child column points to one
/// parent. What two columns of ids that are not named alike have in common counts only where it cannot be chance:
/// small whole numbers are in every list of small whole numbers.
pub async fn find_relations(tables: &[&Table], pace: &Pace) -> Result<DataModel, EngineError> {
    let mut facts = Vec::with_capacity(tables.len());
    for (idx, table) in tables.iter().enumerate() {
        let n = tables.len() as f64;
        facts.push(table_facts(table, &pace.part(0.4 * idx as f64 / n, 0.4 * (idx + 1) as f64 / n)).await?);
    }
    let mut relations = Vec::new();
    for (idx, parent) in facts.iter().enumerate() {
        let part = pace.part(0.4 + 0.6 * idx as f64 / facts.len() as f64, 1.0);
        for key in keys_of(parent) {
            children_of(parent, key, &facts, &mut relations, &part).await?;
        }
    }
    let mut relations = best_parents(relations);
    let position = |relation: &Relation| {
        let at = facts.iter().position(|facts| facts.table.name() == relation.from.table);
        let table = at.and_then(|at| facts.get(at));
        (at, table.and_then(|facts| facts.table.index_of(&relation.from.column).ok()))
    };
    relations.sort_by_key(position);
    Ok(DataModel { tables: facts.into_iter().map(|facts| facts.keys).collect(), relations })
}

/// The keys that others may point to, the likeliest first.
fn keys_of<'a>(facts: &'a TableFacts<'_>) -> Vec<&'a ColumnFacts> {
    let is_key = |column: &&ColumnFacts| {
        let is_time = column.kind.is_time() && !facts.is_primary(&column.name);
        (column.is_unique && column.score >= 0.4 && !is_time) || column.is_almost_unique
    };
    let mut keys: Vec<&ColumnFacts> = facts.columns.iter().filter(is_key).collect();
    keys.sort_by(|a, b| b.score.total_cmp(&a.score));
    keys.truncate(MAX_KEYS);
    keys
}

async fn children_of(
    parent: &TableFacts<'_>,
    key: &ColumnFacts,
    tables: &[TableFacts<'_>],
    relations: &mut Vec<Relation>,
    pace: &Pace,
) -> Result<(), EngineError> {
    let parent_values = parent.table.values_at(key.at)?;
    let is_dense = is_dense(&parent_values);
    let is_primary = parent.is_primary(&key.name) || key.is_almost_unique;
    let mut known: HashSet<u64> = HashSet::new();
    for child in tables {
        let is_self = child.table.name() == parent.table.name();
        for column in &child.columns {
            pace.step(0.0, "comparing columns").await?;
            let is_own = is_self && column.at == key.at;
            let is_measure = matches!(column.kind, Kind::Binary | Kind::Continuous | Kind::Duration);
            let is_able =
                !is_own && !is_measure && check_keys(child.table, column.at, parent.table, key.at).is_ok();
            if !is_able {
                continue;
            }
            let lead = lead(&column.name, parent.table.name(), &key.name, is_self);
            let is_named = lead.score() > 0.0;
            // Days are in every calendar; a table's own key is no accident of another's.
            let may_be_unnamed = is_primary
                && !column.kind.is_time()
                && !column.is_unique
                && (!is_dense || looks_like_key(&column.name, column.kind));
            if !(is_named || may_be_unnamed) || (column.kind.is_time() && !is_primary) {
                continue;
            }
            if known.is_empty() {
                let rows = 0..parent.table.n_rows();
                known.extend(rows.filter_map(|row| cell_hash(&parent_values, row)));
            }
            let values = child.table.values_at(column.at)?;
            let least = least_match(lead) - SAMPLE_SLACK;
            if sampled_match(&values, child.table.n_rows(), &known) < least {
                continue;
            }
            let relation = measure((child.table, column.at), (parent.table, key.at))?;
            if is_likely(&relation, lead, is_dense) {
                relations.push(relation);
            }
        }
    }
    Ok(())
}

/// Share of a child's values that must be in the parent: with a good name, with some name, and without.
fn least_match(lead: Lead) -> f64 {
    match lead.score() {
        score if score >= 0.8 => 0.5,
        score if score > 0.0 => 0.9,
        _ => 0.98,
    }
}

/// Share of the sampled cells with a value that the parent has.
fn sampled_match(values: &Values<'_>, n_rows: usize, known: &HashSet<u64>) -> f64 {
    let (mut n, mut n_known) = (0u32, 0u32);
    for hash in spread_rows(n_rows, SAMPLE_ROWS).filter_map(|row| cell_hash(values, row)) {
        n += 1;
        n_known += u32::from(known.contains(&hash));
    }
    // A column that is missing almost everywhere is left to the exact count.
    if n == 0 { 1.0 } else { f64::from(n_known) / f64::from(n) }
}

/// Whole numbers that fill at least a tenth of their range: others fall among them by chance.
fn is_dense(values: &Values<'_>) -> bool {
    match values {
        Values::Integers(slots) => {
            let (low, high) = slots
                .iter()
                .flatten()
                .fold((i64::MAX, i64::MIN), |(low, high), value| (low.min(value), high.max(value)));
            let width = high.saturating_sub(low) as f64;
            width < 10.0 * slots.values.len() as f64
        }
        Values::Numbers(_) | Values::Days(_) | Values::Micros(_) => true,
        Values::Texts(_) | Values::Levels(..) => false,
    }
}

fn is_likely(relation: &Relation, lead: Lead, is_dense: bool) -> bool {
    let Some(rate) = relation.match_rate else { return false };
    let n_named = relation.n_parents - relation.n_parents_without_children;
    let coverage = n_named as f64 / relation.n_parents.max(1) as f64;
    let is_covered = match lead {
        Lead::Same | Lead::Named | Lead::Ends | Lead::Shared | Lead::OtherRow => true,
        Lead::Noun | Lead::EndsInNoun | Lead::Person => !is_dense || coverage >= 0.05,
        Lead::Nothing if is_dense => coverage >= 0.9 && relation.n_parents >= 30,
        Lead::Nothing => n_named >= 10,
    };
    rate >= least_match(lead) && is_covered
}

/// One parent for each child column, and one direction for each pair of columns: the likelier.
fn best_parents(mut relations: Vec<Relation>) -> Vec<Relation> {
    // Of equal ones, the parent of which more is used, then the first.
    let order = |relation: &Relation| (relation.confidence, relation.match_rate.unwrap_or(0.0));
    relations.sort_by(|a, b| order(b).partial_cmp(&order(a)).unwrap_or(std::cmp::Ordering::Equal));
    let mut best: Vec<Relation> = Vec::new();
    for relation in relations {
        let is_taken = best.iter().any(|other| {
            other.from == relation.from || (other.from == relation.to && other.to == relation.from)
        });
        if !is_taken {
            best.push(relation);
        }
    }
    best
}
