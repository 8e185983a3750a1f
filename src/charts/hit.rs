//! Which mark the pointer means, and where the arrows lead.

use super::geometry::Point;
use super::scene::{Hit, Scene};

/// The pointer means a mark only from this near.
pub const REACH_PX: f64 = 40.0;

/// A step of the keyboard over the marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Along the lane.
    Next,
    Previous,
    /// To the nearest mark of the next lane; along the lane where there is only one.
    Down,
    Up,
    /// The ends of the lane.
    First,
    Last,
}

/// Index of the hit nearest to a point, within [`REACH_PX`]. Of several at the same distance (bars over
/// each other) the one whose anchor is nearest.
pub fn nearest(scene: &Scene, to: Point) -> Option<usize> {
    let distances = scene.hits.iter().map(|hit| (hit.geometry.distance(to), hit.anchor.distance(to)));
    let order = |a: &(f64, f64), b: &(f64, f64)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1));
    distances
        .enumerate()
        .filter(|(_, (distance, _))| *distance <= REACH_PX)
        .min_by(|(_, a), (_, b)| order(a, b))
        .map(|(index, _)| index)
}

/// The hit after a step. From nowhere every step leads to the first (or last) mark of all; a step beyond
/// an end stays. `None` only without marks.
pub fn step(scene: &Scene, from: Option<usize>, step: Step) -> Option<usize> {
    let hits = &scene.hits;
    let last_of_all = hits.len().checked_sub(1)?;
    let Some((index, hit)) = from.and_then(|index| Some((index, hits.get(index)?))) else {
        return Some(if step == Step::Last { last_of_all } else { 0 });
    };
    let is_single_lane = hits.iter().all(|other| other.lane == hit.lane);
    let target = match step {
        Step::Next => next_in_lane(hits, index),
        Step::Previous => previous_in_lane(hits, index),
        Step::Down if is_single_lane => next_in_lane(hits, index),
        Step::Up if is_single_lane => previous_in_lane(hits, index),
        Step::Down => {
            let lane = hits.iter().map(|other| other.lane).filter(|lane| *lane > hit.lane).min();
            lane.and_then(|lane| nearest_in_lane(hits, lane, hit.anchor))
        }
        Step::Up => {
            let lane = hits.iter().map(|other| other.lane).filter(|lane| *lane < hit.lane).max();
            lane.and_then(|lane| nearest_in_lane(hits, lane, hit.anchor))
        }
        Step::First => hits.iter().position(|other| other.lane == hit.lane),
        Step::Last => hits.iter().rposition(|other| other.lane == hit.lane),
    };
    Some(target.unwrap_or(index))
}

fn next_in_lane(hits: &[Hit], index: usize) -> Option<usize> {
    let lane = hits.get(index)?.lane;
    hits.get(index + 1).filter(|hit| hit.lane == lane).map(|_| index + 1)
}

fn previous_in_lane(hits: &[Hit], index: usize) -> Option<usize> {
    let lane = hits.get(index)?.lane;
    let previous = index.checked_sub(1)?;
    hits.get(previous).filter(|hit| hit.lane == lane).map(|_| previous)
}

/// By x first: the mark of the same day, bin or column.
fn nearest_in_lane(hits: &[Hit], lane: usize, to: Point) -> Option<usize> {
    let distance = |hit: &Hit| (hit.anchor.x - to.x).abs();
    hits.iter()
        .enumerate()
        .filter(|(_, hit)| hit.lane == lane)
        .min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)))
        .map(|(index, _)| index)
}
