//! Dendrograms: which leaves were joined with which, and at what distance.

use crate::charts::marks::{Direction, Join, Rule, RuleLook, Tree};
use crate::charts::model::{Axis, Category, Chart, Domain, Info, Mark};
use crate::charts::number_format::NumberFormat;
use crate::charts::table::{Cell, DataTable};
use crate::format;

/// A step of hierarchical clustering. Nodes below the number of leaves are leaves; the join of step `k` is
/// the node `leaves + k`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    pub nodes: [usize; 2],
    pub distance: f64,
}

/// Leaves stand in the order of the tree; `cut` is where it was cut into clusters.
pub fn dendrogram(
    title: &str,
    distance_label: &str,
    leaves: &[String],
    merges: &[Merge],
    cut: Option<f64>,
) -> Chart {
    let order = leaf_order(leaves.len(), merges);
    let name = |leaf: &usize| leaves.get(*leaf).cloned().unwrap_or_default();
    let mut places = vec![(0.0, 0.0, 1_usize); leaves.len()];
    for (row, leaf) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(*leaf) {
            *place = (row as f64, 0.0, 1);
        }
    }
    let mut joins = Vec::with_capacity(merges.len());
    let mut table = DataTable::new(&["step", "first", "second", "#distance", "#leaves"]);
    let node_name = |node: usize| {
        leaves.get(node).cloned().unwrap_or_else(|| format!("step {}", node + 1 - leaves.len()))
    };
    for (step, merge) in merges.iter().enumerate() {
        let [a, b] = merge.nodes;
        let (Some(&(row_a, height_a, n_a)), Some(&(row_b, height_b, n_b))) = (places.get(a), places.get(b))
        else {
            break;
        };
        let distance = format::trim_zeros(&format::number(merge.distance, 4));
        joins.push(Join {
            height: merge.distance,
            branches: [(row_a, height_a), (row_b, height_b)],
            info: Info::new(format!("{} and {}", node_name(a), node_name(b)))
                .line(distance_label, &distance)
                .line("leaves", format::count((n_a + n_b) as u64)),
        });
        places.push(((row_a + row_b) / 2.0, merge.distance, n_a + n_b));
        table.push(vec![
            Cell::text((step + 1).to_string()),
            Cell::text(node_name(a)),
            Cell::text(node_name(b)),
            Cell::number(Some(merge.distance), |_| distance),
            Cell::count((n_a + n_b) as u64),
        ]);
    }
    let rule = |at: f64| {
        Mark::Rule(Rule {
            direction: Direction::Horizontal,
            at,
            names: vec!["cut".into()],
            look: RuleLook::Reference,
            info: None,
        })
    };
    let takeaway = takeaway(leaves, merges, cut);
    Chart {
        kind: "dendrogram",
        title: title.into(),
        takeaway,
        note:
            "Two branches meet at the distance at which they were joined: the further right, the less alike."
                .into(),
        x: Axis::linear(distance_label, Domain::FromZero, NumberFormat::Plain),
        y: Axis::categories("", order.iter().map(name).map(Category::new).collect()),
        series: Vec::new(),
        marks: cut.map(rule).into_iter().chain([Mark::Tree(Tree { joins })]).collect(),
        value_headings: None,
        table,
    }
}

/// Leaves from top to bottom so that no branches cross.
fn leaf_order(n_leaves: usize, merges: &[Merge]) -> Vec<usize> {
    let mut members: Vec<Vec<usize>> = (0..n_leaves).map(|leaf| vec![leaf]).collect();
    for merge in merges {
        let [a, b] = merge.nodes;
        let take = |members: &mut Vec<Vec<usize>>, node: usize| members.get_mut(node).map(std::mem::take);
        let mut joined = take(&mut members, a).unwrap_or_default();
        joined.extend(take(&mut members, b).unwrap_or_default());
        members.push(joined);
    }
    members.into_iter().flatten().collect()
}

fn takeaway(leaves: &[String], merges: &[Merge], cut: Option<f64>) -> String {
    let name = |node: usize| leaves.get(node).map_or("", String::as_str);
    let closest = merges.first().filter(|merge| merge.nodes.iter().all(|node| *node < leaves.len()));
    let alike = closest.map(|Merge { nodes: [a, b], distance }| {
        let distance = format::trim_zeros(&format::number(*distance, 3));
        format!("The two most alike are {} and {}, at a distance of {distance}.", name(*a), name(*b))
    });
    let clusters = cut.map(|cut| {
        let n = leaves.len() - merges.iter().filter(|merge| merge.distance <= cut).count().min(leaves.len());
        let cut = format::trim_zeros(&format::number(cut, 3));
        format!("Cut at {cut}, there are {}.", format::plural(n as u64, "cluster", "clusters"))
    });
    let sentences: Vec<String> = alike.into_iter().chain(clusters).collect();
    if sentences.is_empty() { "Nothing was joined.".into() } else { sentences.join(" ") }
}
