//! Where the boxes and lines of the diagram of relations stand, in pixels.
//!
//! Parents stand to the left of their children, in layers. A line leaves its parent on the right and enters its
//! child on the left; it turns in the gap between layers on a track of its own, so that no two lie on each other. A
//! line past a layer runs below all boxes.

use super::Shown;
use crate::format;
use crate::model::{Cardinality, Kind, Relation, TableInfo};

const ROW: f64 = 24.0;
const HEAD: f64 = 44.0;
/// Between boxes of one layer.
const SPACE: f64 = 28.0;
/// From a box to the first line that turns, so that its sign has room.
const APPROACH: f64 = 34.0;
/// Between lines that turn in one gap.
const TRACK: f64 = 10.0;
const MARGIN: f64 = 8.0;
const PER_CHARACTER: f64 = 7.4;
/// Columns beside keys that a box shows.
const MAX_OTHERS: usize = 4;
const MAX_NAME: usize = 26;
const CORNER: f64 = 6.0;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Diagram {
    pub width: f64,
    pub height: f64,
    pub boxes: Vec<Entity>,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub title: String,
    pub size: String,
    pub rows: Vec<Row>,
    /// "and 12 more".
    pub more: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The middle of the row.
    pub y: f64,
    pub column: String,
    pub label: String,
    pub kind: Kind,
    pub is_key: bool,
    pub is_foreign: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As the `d` of an SVG path; so are the others.
    pub path: String,
    /// Crow's feet and bars.
    pub signs: String,
    /// Rings: there may be none.
    pub rings: String,
    pub has_problem: bool,
}

/// Lays a model out. The same model gives the same diagram.
pub fn layout(shown: &Shown) -> Diagram {
    let layers = layers(shown);
    let n_layers = layers.iter().max().map_or(0, |last| last + 1);
    let mut boxes: Vec<Entity> = shown.tables.iter().map(|table| entity(shown, table)).collect();
    let mut gaps = Gaps { n_tracks: vec![0; n_layers + 1], lefts: vec![0.0; n_layers + 1] };
    let routes: Vec<Option<Route>> =
        shown.relations.iter().map(|(relation, _)| route(shown, relation, &layers, &mut gaps)).collect();
    let height = place(shown, &layers, &mut boxes, &mut gaps);
    let n_lanes = routes.iter().flatten().filter(|route| route.is_around).count();
    let mut lane = height;
    let mut lines = Vec::with_capacity(routes.len());
    for (route, (relation, _)) in routes.iter().zip(&shown.relations) {
        let Some(route) = route else { continue };
        if route.is_around {
            lane += TRACK;
        }
        if let Some(line) = line(route, relation, &boxes, &gaps, lane) {
            lines.push(line);
        }
    }
    let right = boxes.iter().map(|entity| entity.x + entity.width).fold(0.0, f64::max);
    let last_gap = gaps.width(n_layers);
    let height = height + TRACK * n_lanes as f64 + MARGIN;
    Diagram { width: right + last_gap + MARGIN, height, boxes, lines }
}

/// The diagram in a sentence, for those who do not see it.
pub fn summary(shown: &Shown) -> String {
    let mut text = format!(
        "Diagram of {} and {}.",
        format::plural(shown.tables.len() as u64, "table", "tables"),
        format::plural(shown.relations.len() as u64, "relation", "relations")
    );
    for (relation, _) in &shown.relations {
        let (from, to) = (&relation.from, &relation.to);
        let cardinality = relation.cardinality.name();
        text.push_str(&format!(
            " {}.{} points to {}.{}, {cardinality}.",
            from.table, from.column, to.table, to.column
        ));
    }
    text
}

fn table_at(shown: &Shown, name: &str) -> Option<usize> {
    shown.tables.iter().position(|table| table.name == name)
}

/// How far each table is from those that point nowhere. Circles end after as many rounds as there are tables.
fn layers(shown: &Shown) -> Vec<usize> {
    let n = shown.tables.len();
    let mut layers = vec![0; n];
    for _ in 0..n {
        let before = layers.clone();
        for (relation, _) in &shown.relations {
            let ends = table_at(shown, &relation.from.table).zip(table_at(shown, &relation.to.table));
            if let Some((child, parent)) = ends.filter(|(child, parent)| child != parent) {
                let wanted = (layers[parent] + 1).min(n - 1);
                layers[child] = layers[child].max(wanted);
            }
        }
        if layers == before {
            break;
        }
    }
    // Circles leave layers without a table.
    let mut used: Vec<usize> = layers.clone();
    used.sort_unstable();
    used.dedup();
    layers.iter().map(|layer| used.iter().position(|other| other == layer).unwrap_or(0)).collect()
}

fn entity(shown: &Shown, table: &TableInfo) -> Entity {
    let keys = shown.model.tables.iter().find(|keys| keys.table == table.name);
    let is_key = |name: &str| keys.is_some_and(|keys| keys.primary_key.iter().any(|key| key == name));
    let is_foreign = |name: &str| {
        let mut relations = shown.relations.iter();
        relations.any(|(relation, _)| relation.from.table == table.name && relation.from.column == name)
    };
    let is_named = |name: &str| {
        let mut relations = shown.relations.iter();
        relations.any(|(relation, _)| relation.to.table == table.name && relation.to.column == name)
    };
    let n_others = table
        .columns
        .iter()
        .filter(|column| !is_key(&column.name) && !is_foreign(&column.name) && !is_named(&column.name))
        .count();
    // One more is not worth a line that says so.
    let most = if n_others <= MAX_OTHERS + 1 { n_others } else { MAX_OTHERS };
    let mut n_shown = 0;
    let mut rows = Vec::new();
    for column in &table.columns {
        let name = &column.name;
        let (is_key, is_foreign) = (is_key(name), is_foreign(name));
        if !(is_key || is_foreign || is_named(name)) {
            n_shown += 1;
            if n_shown > most {
                continue;
            }
        }
        rows.push(Row {
            y: 0.0,
            column: name.clone(),
            label: shortened(name),
            kind: column.kind,
            is_key,
            is_foreign,
        });
    }
    rows.sort_by_key(|row| (!row.is_key, !row.is_foreign));
    let more = (n_others > most).then(|| format!("and {} more", format::count((n_others - most) as u64)));
    let size = format::plural(table.n_rows, "row", "rows");
    let title = shortened(&table.name);
    let longest = rows.iter().map(|row| row.label.chars().count() + 10).max().unwrap_or(0);
    let longest = longest.max(title.chars().count() + 3).max(18);
    Entity {
        x: 0.0,
        y: 0.0,
        width: (longest as f64 * PER_CHARACTER).round(),
        height: HEAD + ROW * (rows.len() + usize::from(more.is_some())) as f64 + 6.0,
        title,
        size,
        rows,
        more,
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.into();
    }
    let mut short: String = name.chars().take(MAX_NAME - 1).collect();
    short.push('\u{2026}');
    short
}

/// The space left of each layer, and right of the last, with the tracks on which lines turn.
struct Gaps {
    n_tracks: Vec<usize>,
    lefts: Vec<f64>,
}

impl Gaps {
    fn take(&mut self, gap: usize) -> usize {
        match self.n_tracks.get_mut(gap) {
            Some(n) => {
                *n += 1;
                *n - 1
            }
            None => 0,
        }
    }

    fn width(&self, gap: usize) -> f64 {
        match self.n_tracks.get(gap).copied().unwrap_or(0) {
            // Between layers there is some space in any case.
            0 if gap > 0 && gap + 1 < self.n_tracks.len() => 2.0 * APPROACH,
            0 => 0.0,
            n => 2.0 * APPROACH + TRACK * (n - 1) as f64,
        }
    }

    fn x(&self, (gap, track): (usize, usize)) -> f64 {
        self.lefts.get(gap).copied().unwrap_or(0.0) + APPROACH + TRACK * track as f64
    }
}

/// Where a line turns: gap and track.
struct Route {
    child: usize,
    parent: usize,
    /// Behind the parent; of a line within one table its only turn.
    out: (usize, usize),
    /// In front of the child.
    into: (usize, usize),
    is_self: bool,
    is_around: bool,
}

fn route(shown: &Shown, relation: &Relation, layers: &[usize], gaps: &mut Gaps) -> Option<Route> {
    let child = table_at(shown, &relation.from.table)?;
    let parent = table_at(shown, &relation.to.table)?;
    let (from, to) = (*layers.get(child)?, *layers.get(parent)?);
    let is_self = child == parent;
    let is_around = !is_self && from != to + 1;
    let out = (to + 1, gaps.take(to + 1));
    let into = if is_around { (from, gaps.take(from)) } else { out };
    Some(Route { child, parent, out, into, is_self, is_around })
}

/// Gives boxes and gaps their places, and says how high the boxes reach.
fn place(shown: &Shown, layers: &[usize], boxes: &mut [Entity], gaps: &mut Gaps) -> f64 {
    let n_layers = layers.iter().max().map_or(0, |last| last + 1);
    let mut x = MARGIN;
    let mut height: f64 = 0.0;
    for layer in 0..n_layers {
        gaps.lefts[layer] = x;
        x += gaps.width(layer);
        let mut members: Vec<(f64, usize)> = Vec::new();
        for at in (0..boxes.len()).filter(|at| layers.get(*at) == Some(&layer)) {
            members.push((parents_middle(shown, at, layers, boxes), at));
        }
        members.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut y = MARGIN;
        let mut width: f64 = 0.0;
        for (_, at) in &members {
            width = width.max(boxes[*at].width);
        }
        for (middle, at) in members {
            let entity = &mut boxes[at];
            // Beside what it points to, where there is room.
            y = y.max((middle - entity.height / 2.0).round());
            (entity.x, entity.y, entity.width) = (x, y, width);
            for (idx, row) in entity.rows.iter_mut().enumerate() {
                row.y = y + HEAD + ROW * (idx as f64 + 0.5);
            }
            y += entity.height + SPACE;
        }
        height = height.max(y - SPACE);
        x += width;
    }
    if let Some(last) = gaps.lefts.last_mut() {
        *last = x;
    }
    height
}

/// The mean height of the parents that have their place already; 0 without any.
fn parents_middle(shown: &Shown, child: usize, layers: &[usize], boxes: &[Entity]) -> f64 {
    let mut middles = Vec::new();
    for (relation, _) in &shown.relations {
        let parent = table_at(shown, &relation.to.table);
        let Some(parent) = parent.filter(|parent| layers.get(*parent) < layers.get(child)) else { continue };
        if table_at(shown, &relation.from.table) == Some(child)
            && let Some(entity) = boxes.get(parent)
        {
            middles.push(entity.y + entity.height / 2.0);
        }
    }
    let n = middles.len();
    if n == 0 { 0.0 } else { middles.iter().sum::<f64>() / n as f64 }
}

fn line(route: &Route, relation: &Relation, boxes: &[Entity], gaps: &Gaps, lane: f64) -> Option<Line> {
    let (child, parent) = (boxes.get(route.child)?, boxes.get(route.parent)?);
    let row_y =
        |entity: &Entity, column: &str| entity.rows.iter().find(|row| row.column == column).map(|row| row.y);
    let (y_child, y_parent) = (row_y(child, &relation.from.column)?, row_y(parent, &relation.to.column)?);
    let x_parent = parent.x + parent.width;
    // Signs stand outside the box: to the right of the parent, to the left of the child.
    let (x_child, side) = if route.is_self { (child.x + child.width, 1.0) } else { (child.x, -1.0) };
    let (x_out, x_into) = (gaps.x(route.out), gaps.x(route.into));
    let mut points = vec![(x_parent, y_parent), (x_out, y_parent)];
    if route.is_around {
        points.extend([(x_out, lane), (x_into, lane)]);
    }
    points.extend([(x_into, y_child), (x_child, y_child)]);
    let repeats = matches!(relation.cardinality, Cardinality::ManyToOne | Cardinality::ManyToMany);
    let is_repeated = matches!(relation.cardinality, Cardinality::OneToMany | Cardinality::ManyToMany);
    let mut line = Line {
        path: rounded(&points),
        signs: String::new(),
        rings: String::new(),
        has_problem: !relation.problems.is_empty(),
    };
    sign(&mut line, x_child, y_child, side, repeats, relation.n_parents_without_children > 0);
    let may_lack = relation.n_missing > 0 || relation.n_orphan_rows > 0;
    sign(&mut line, x_parent, y_parent, 1.0, is_repeated, may_lack);
    Some(line)
}

/// The end of a line at a box: a crow's foot for many or a bar for one, and behind it a ring where there may be
/// none or a bar where there is always one.
fn sign(line: &mut Line, x: f64, y: f64, side: f64, is_many: bool, may_be_none: bool) {
    if is_many {
        let tip = x + 12.0 * side;
        line.signs.push_str(&format!("M{tip} {y}L{x} {}M{tip} {y}L{x} {}", y - 6.0, y + 6.0));
    } else {
        let bar = x + 8.0 * side;
        line.signs.push_str(&format!("M{bar} {}V{}", y - 5.0, y + 5.0));
    }
    if may_be_none {
        let left = x + 17.0 * side - 4.0;
        line.rings.push_str(&format!("M{left} {y}a4 4 0 1 0 8 0a4 4 0 1 0 -8 0"));
    } else {
        let bar = x + 15.0 * side;
        line.signs.push_str(&format!("M{bar} {}V{}", y - 5.0, y + 5.0));
    }
}

/// A line through the points, its corners rounded.
fn rounded(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (idx, (x, y)) in points.iter().enumerate() {
        let before = idx.checked_sub(1).and_then(|idx| points.get(idx));
        match (before, points.get(idx + 1)) {
            (None, _) => path.push_str(&format!("M{x} {y}")),
            (Some(_), None) => path.push_str(&format!("L{x} {y}")),
            (Some(before), Some(after)) => {
                let (from, to) = (towards((*x, *y), *before), towards((*x, *y), *after));
                path.push_str(&format!("L{} {}Q{x} {y} {} {}", from.0, from.1, to.0, to.1));
            }
        }
    }
    path
}

/// A step from a corner to a neighbour, at most half of the way.
fn towards(corner: (f64, f64), other: (f64, f64)) -> (f64, f64) {
    let step = |from: f64, to: f64| {
        from + (to - from).clamp(-CORNER, CORNER).clamp(-((to - from) / 2.0).abs(), ((to - from) / 2.0).abs())
    };
    (step(corner.0, other.0), step(corner.1, other.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ColumnInfo, ColumnOf, DataModel, TableKeys, TableOrigin};
    use std::sync::Arc;

    fn shown(tables: &[(&str, usize)], relations: &[(&str, &str)]) -> Shown {
        let infos = tables.iter().map(|(name, n_columns)| {
            let column = |idx: usize| ColumnInfo {
                unit: None,
                name: if idx == 0 { format!("{name}_id") } else { format!("c{idx}") },
                kind: Kind::Id,
                n_missing: 0,
                levels: Vec::new(),
            };
            let columns = (0..*n_columns).map(column).collect();
            let origin = TableOrigin::Text;
            Arc::new(TableInfo { name: (*name).into(), revision: 1, n_rows: 7, columns, origin })
        });
        let keys = tables.iter().map(|(name, _)| TableKeys {
            table: (*name).into(),
            primary_key: vec![format!("{name}_id")],
            ..TableKeys::default()
        });
        let of = |table: &str, column: String| ColumnOf { table: table.into(), column };
        let relation = |(from, to): &(&str, &str)| Relation {
            from: of(from, "c1".into()),
            to: of(to, format!("{to}_id")),
            ..Relation::default()
        };
        Shown {
            tables: infos.collect(),
            model: Arc::new(DataModel { tables: keys.collect(), relations: Vec::new() }),
            relations: relations.iter().map(|ends| (relation(ends), false)).collect(),
            removed: Vec::new(),
        }
    }

    fn find<'a>(diagram: &'a Diagram, title: &str) -> &'a Entity {
        diagram.boxes.iter().find(|entity| entity.title == title).expect("a box")
    }

    #[test]
    fn parents_stand_left_of_their_children_and_boxes_apart() {
        let shown = shown(
            &[("plays", 3), ("users", 2), ("tracks", 20), ("artists", 2), ("alone", 1)],
            &[("plays", "users"), ("plays", "tracks"), ("tracks", "artists")],
        );
        let diagram = layout(&shown);
        for (child, parent) in [("plays", "users"), ("plays", "tracks"), ("tracks", "artists")] {
            let (child, parent) = (find(&diagram, child), find(&diagram, parent));
            assert!(child.x > parent.x + parent.width, "{} is left of {}", child.title, parent.title);
        }
        for (idx, a) in diagram.boxes.iter().enumerate() {
            assert!(a.x + a.width <= diagram.width && a.y + a.height <= diagram.height);
            for b in &diagram.boxes[idx + 1..] {
                let is_apart = a.x + a.width < b.x || b.x + b.width < a.x;
                let is_apart = is_apart || a.y + a.height < b.y || b.y + b.height < a.y;
                assert!(is_apart, "{} lies on {}", a.title, b.title);
            }
        }
        assert_eq!(diagram.lines.len(), 3);
        let tracks = find(&diagram, "tracks");
        assert_eq!(tracks.more.as_deref(), Some("and 14 more"));
        assert_eq!(tracks.rows[0].column, "tracks_id");
        assert_eq!(layout(&shown), diagram);
    }

    #[test]
    fn circles_and_tables_that_point_to_themselves_are_drawn() {
        let diagram = layout(&shown(&[("a", 2), ("b", 2)], &[("a", "b"), ("b", "a"), ("a", "a")]));
        assert_eq!(diagram.lines.len(), 3);
        assert!(diagram.boxes.iter().all(|entity| entity.x.is_finite() && entity.y.is_finite()));
        assert_eq!(layout(&shown(&[], &[])).boxes.len(), 0);
    }
}
