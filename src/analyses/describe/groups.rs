//! Rows sorted by their group, so that every column is then read group by group in one pass.

use crate::tables::Codes;
use hashbrown::HashMap;

/// How a missing level is shown.
pub(super) const MISSING_LEVEL: &str = "(missing)";

/// Rows in the order of their groups, and within a group in the order of the table.
#[derive(Debug)]
pub(super) struct Groups {
    /// Rows of the table; those of group g are `rows[starts[g]..starts[g + 1]]`.
    pub rows: Vec<u32>,
    pub starts: Vec<usize>,
    /// The levels of each group, one for each grouping column.
    pub levels: Vec<Vec<String>>,
    /// Groups beyond the most that are kept; their rows are not in `rows`.
    pub n_left_out: usize,
}

impl Groups {
    /// Splits `rows` by every combination of levels that occurs, in natural order of the levels, missing ones last;
    /// the first `max` combinations are kept. No grouping column: one group of all rows.
    /// Linear in the rows, whatever the number of groups.
    pub fn new(rows: Vec<u32>, by: &[Codes], max: usize) -> Self {
        let mut group_of = vec![0_u32; rows.len()];
        // One representative row of each group, as an index into `rows`.
        let mut examples = vec![0_usize; usize::from(!rows.is_empty())];
        for column in by {
            (group_of, examples) = split(&group_of, examples.len(), column, &rows);
        }
        let n_groups = examples.len();
        let n_kept = n_groups.min(max);
        let levels = examples.iter().take(n_kept).map(|example| levels_at(*example, by, &rows)).collect();
        let (rows, starts) = sorted_by_group(&rows, &group_of, n_kept);
        Self { rows, starts, levels, n_left_out: n_groups - n_kept }
    }

    /// Where the rows of each group stand in [`Self::rows`].
    pub fn ranges(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        self.starts.windows(2).map(|ends| ends[0]..ends[1])
    }
}

/// Splits every group by the codes of one more column: new groups are numbered in the order of (group, code), missing last.
fn split(group_of: &[u32], n_groups: usize, column: &Codes, rows: &[u32]) -> (Vec<u32>, Vec<usize>) {
    let n_codes = column.levels.len() as u64 + 1;
    let keys: Vec<u64> = group_of
        .iter()
        .zip(rows)
        .map(|(group, row)| {
            let code = column.codes.get(*row as usize).copied().unwrap_or(Codes::MISSING);
            u64::from(*group) * n_codes + u64::from(code).min(n_codes - 1)
        })
        .collect();
    let n_keys = n_groups as u64 * n_codes;
    // A slot for every possible key where that is affordable, else a map of those that occur.
    if n_keys <= 4 * rows.len() as u64 + 1024 {
        let mut first = vec![usize::MAX; n_keys as usize];
        for (i, key) in keys.iter().enumerate().rev() {
            first[*key as usize] = i;
        }
        let mut number = vec![0_u32; first.len()];
        let mut examples = Vec::new();
        for (key, &i) in first.iter().enumerate().filter(|(_, i)| **i != usize::MAX) {
            number[key] = examples.len() as u32;
            examples.push(i);
        }
        (keys.into_iter().map(|key| number[key as usize]).collect(), examples)
    } else {
        let mut first: HashMap<u64, usize> = HashMap::new();
        for (i, key) in keys.iter().enumerate() {
            first.entry(*key).or_insert(i);
        }
        let mut found: Vec<(u64, usize)> = first.into_iter().collect();
        found.sort_unstable();
        let number: HashMap<u64, u32> = found.iter().zip(0_u32..).map(|((key, _), i)| (*key, i)).collect();
        let groups = keys.iter().map(|key| number.get(key).copied().unwrap_or(0)).collect();
        (groups, found.into_iter().map(|(_, example)| example).collect())
    }
}

fn levels_at(example: usize, by: &[Codes], rows: &[u32]) -> Vec<String> {
    let level = |codes: &Codes| {
        let code = *codes.codes.get(*rows.get(example)? as usize)?;
        codes.levels.get(code as usize).cloned()
    };
    by.iter().map(|codes| level(codes).unwrap_or_else(|| MISSING_LEVEL.into())).collect()
}

/// A counting sort of the rows whose group is below `n_kept`.
fn sorted_by_group(rows: &[u32], group_of: &[u32], n_kept: usize) -> (Vec<u32>, Vec<usize>) {
    let mut starts = vec![0_usize; n_kept + 1];
    for group in group_of {
        if let Some(n) = starts.get_mut(*group as usize + 1) {
            *n += 1;
        }
    }
    for g in 1..starts.len() {
        starts[g] += starts[g - 1];
    }
    let mut next = starts.clone();
    let mut sorted = vec![0_u32; starts[n_kept]];
    for (row, group) in rows.iter().zip(group_of) {
        if (*group as usize) < n_kept {
            let slot = &mut next[*group as usize];
            sorted[*slot] = *row;
            *slot += 1;
        }
    }
    (sorted, starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(codes: &[u32], levels: &[&str]) -> Codes {
        Codes { codes: codes.to_vec(), levels: levels.iter().map(|level| (*level).into()).collect() }
    }

    #[test]
    fn groups_stand_in_natural_order_with_missing_last() {
        let by = [
            codes(&[1, 0, Codes::MISSING, 1, 0], &["a", "b"]),
            codes(&[0, 1, 0, 0, Codes::MISSING], &["x", "y"]),
        ];
        let groups = Groups::new((0..5).collect(), &by, 100);
        assert_eq!(groups.levels, [["a", "y"], ["a", "(missing)"], ["b", "x"], ["(missing)", "x"]]);
        assert_eq!(groups.rows, [1, 4, 0, 3, 2]);
        assert_eq!(groups.starts, [0, 1, 2, 4, 5]);
    }

    #[test]
    fn many_levels_take_the_map_and_give_the_same() {
        // 5,000 levels by 5,000 levels: 25 million possible pairs, of which 5,000 occur.
        let names: Vec<String> = (0..5000).map(|i| format!("u{i:04}")).collect();
        let all = Codes { codes: (0..5000).rev().collect(), levels: names };
        let groups = Groups::new((0..5000).collect(), &[all.clone(), all], 10);
        assert_eq!(groups.n_left_out, 4990);
        assert_eq!(groups.levels[1], ["u0001", "u0001"]);
        assert_eq!(groups.rows, (4990..5000).rev().collect::<Vec<u32>>());
    }

    #[test]
    fn no_grouping_column_is_one_group() {
        let groups = Groups::new(vec![3, 5, 9], &[], 1000);
        assert_eq!((groups.rows, groups.starts, groups.levels), (vec![3, 5, 9], vec![0, 3], vec![vec![]]));
    }
}
