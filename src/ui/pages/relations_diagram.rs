//! The diagram of tables and relations, as SVG. The tables below it say the same in words.

use crate::ui::dom::{El, Html, el};
use crate::ui::relations::Shown;
use crate::ui::relations::layout::{Diagram, Entity, Line, Row, layout, summary};

pub fn diagram(shown: &Shown) -> Html {
    let Diagram { width, height, boxes, lines } = layout(shown);
    let lines: Vec<Html> = lines.into_iter().map(line).collect();
    let boxes: Vec<Html> = boxes.into_iter().map(entity).collect();
    let has_problem = shown.relations.iter().any(|(relation, _)| !relation.problems.is_empty());
    let key = "A crow's foot stands at many rows, a bar at one, a ring where there may be none.";
    el("figure")
        .class("diagram")
        .add(
            el("div")
                .class("scroll-x diagram__box")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", "Diagram of relations")
                .add(
                    el("svg")
                        .attr("role", "img")
                        .attr("aria-label", summary(shown))
                        .attr("width", width.to_string())
                        .attr("height", height.to_string())
                        .attr("viewBox", format!("0 0 {width} {height}"))
                        .add(lines)
                        .add(boxes),
                ),
        )
        .add(
            el("figcaption")
                .class("muted")
                .text(key)
                .add(has_problem.then_some(" A dashed line has orphans or repeated keys.")),
        )
        .into()
}

fn line(line: Line) -> Html {
    let path = |class: &'static str, d: String| el("path").attr("class", class).attr("d", d);
    el("g")
        .attr("class", if line.has_problem { "diagram__line diagram__line--broken" } else { "diagram__line" })
        .add(path("diagram__way", line.path))
        .add(path("diagram__sign", line.signs))
        .add(path("diagram__ring", line.rings))
        .into()
}

fn entity(entity: Entity) -> Html {
    let Entity { x, y, width, height, title, size, rows, more } = entity;
    let end = y + height - 14.0;
    let rows: Vec<Html> = rows.into_iter().map(|shown| row(x, width, shown)).collect();
    let rule = format!("M{x} {}h{width}", y + 42.0);
    el("g")
        .add(
            el("rect")
                .attr("class", "diagram__entity")
                .attr("x", x.to_string())
                .attr("y", y.to_string())
                .attr("width", width.to_string())
                .attr("height", height.to_string())
                .attr("rx", "3"),
        )
        .add(el("path").attr("class", "diagram__rule").attr("d", rule))
        .add(text("diagram__title", x + 10.0, y + 19.0, title))
        .add(text("diagram__size", x + 10.0, y + 35.0, size))
        .add(rows)
        .add(more.map(|more| text("diagram__size", x + 34.0, end, more)))
        .into()
}

fn row(x: f64, width: f64, row: Row) -> Html {
    let class = if row.is_key { "diagram__column diagram__column--key" } else { "diagram__column" };
    let sign = match (row.is_key, row.is_foreign) {
        (true, _) => Some("#icon-key"),
        (false, true) => Some("#icon-link"),
        (false, false) => None,
    };
    el("g")
        .add(used("diagram__icon", format!("#kind-{}", row.kind.name()), x + 10.0, row.y))
        .add(text(class, x + 34.0, row.y + 4.5, row.label))
        .add(sign.map(|sign| used("diagram__icon diagram__icon--key", sign.into(), x + width - 24.0, row.y)))
        .into()
}

fn text(class: &'static str, x: f64, y: f64, text: String) -> El {
    el("text").attr("class", class).attr("x", x.to_string()).attr("y", y.to_string()).add(text)
}

/// An icon of 14 px whose middle is at this height.
fn used(class: &'static str, href: String, x: f64, middle: f64) -> El {
    el("use")
        .attr("class", class)
        .attr("href", href)
        .attr("x", x.to_string())
        .attr("y", (middle - 7.0).to_string())
        .attr("width", "14")
        .attr("height", "14")
}
