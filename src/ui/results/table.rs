//! Tables of figures, built from rows of cells.

use crate::ui::dom::{Html, el, list};

/// A table that scrolls sideways by itself where the page is narrow.
pub struct Figures {
    pub caption: String,
    /// Heads of the columns; those that begin with `#` hold numbers.
    pub heads: Vec<String>,
    pub rows: Vec<Row>,
    /// Shown above the table; a heading that says the same makes it unnecessary.
    pub is_captioned: bool,
}

/// A row: its name and its cells.
pub struct Row {
    pub name: Html,
    pub cells: Vec<Html>,
}

impl Row {
    pub fn new(name: impl Into<String>, cells: Vec<Html>) -> Self {
        let name: String = name.into();
        Self { name: name.into(), cells }
    }
}

/// Rows that are drawn; the rest is counted in a line below.
const MAX_ROWS: usize = 200;

impl Figures {
    pub fn view(self) -> Html {
        let is_number: Vec<bool> = self.heads.iter().map(|head| head.starts_with('#')).collect();
        let heads: Vec<Html> = self
            .heads
            .iter()
            .map(|head| {
                let class = if head.starts_with('#') { "num" } else { "" };
                el("th").attr("scope", "col").class(class).add(head.trim_start_matches('#').to_owned()).into()
            })
            .collect();
        let n_rows = self.rows.len();
        let rows: Vec<Html> = self.rows.into_iter().take(MAX_ROWS).map(|row| line(row, &is_number)).collect();
        let rest = (n_rows > MAX_ROWS)
            .then(|| el("p").class("muted").add(format!("{} more rows are not shown.", n_rows - MAX_ROWS)));
        let label = self.caption.clone();
        list([
            el("div")
                .class("scroll-x")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", label)
                .add(
                    el("table")
                        .class("figures")
                        .add(el("caption").class_if("unseen", !self.is_captioned).add(self.caption))
                        .add(el("thead").add(el("tr").add(heads)))
                        .add(el("tbody").add(rows)),
                )
                .into(),
            rest.into(),
        ])
    }
}

fn line(row: Row, is_number: &[bool]) -> Html {
    let cells: Vec<Html> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(idx, cell)| {
            let class = if is_number.get(idx + 1).copied().unwrap_or(false) { "num" } else { "" };
            el("td").class(class).add(cell).into()
        })
        .collect();
    el("tr").add(el("th").attr("scope", "row").add(row.name)).add(cells).into()
}

/// A cell of words.
pub fn words(text: impl Into<String>) -> Html {
    let text: String = text.into();
    text.into()
}
