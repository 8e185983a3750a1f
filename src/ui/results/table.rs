//! Tables of figures, built from rows of cells.

use leptos::prelude::*;

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
    pub name: AnyView,
    pub cells: Vec<AnyView>,
}

impl Row {
    pub fn new(name: impl Into<String>, cells: Vec<AnyView>) -> Self {
        let name: String = name.into();
        Self { name: name.into_any(), cells }
    }
}

/// Rows that are drawn; the rest is counted in a line below.
const MAX_ROWS: usize = 200;

impl Figures {
    pub fn view(self) -> AnyView {
        let is_number: Vec<bool> = self.heads.iter().map(|head| head.starts_with('#')).collect();
        let heads: Vec<AnyView> = self
            .heads
            .iter()
            .map(|head| {
                let class = if head.starts_with('#') { "num" } else { "" };
                view! { <th scope="col" class=class>{head.trim_start_matches('#').to_owned()}</th> }
                    .into_any()
            })
            .collect();
        let n_rows = self.rows.len();
        let rows: Vec<AnyView> =
            self.rows.into_iter().take(MAX_ROWS).map(|row| line(row, &is_number)).collect();
        let rest = (n_rows > MAX_ROWS).then(|| {
            view! { <p class="muted">{format!("{} more rows are not shown.", n_rows - MAX_ROWS)}</p> }
        });
        let label = self.caption.clone();
        view! {
            <div class="scroll-x" tabindex="0" role="region" aria-label=label>
                <table class="figures">
                    <caption class:unseen=!self.is_captioned>{self.caption}</caption>
                    <thead><tr>{heads}</tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {rest}
        }
        .into_any()
    }
}

fn line(row: Row, is_number: &[bool]) -> AnyView {
    let cells: Vec<AnyView> = row
        .cells
        .into_iter()
        .enumerate()
        .map(|(idx, cell)| {
            let class = if is_number.get(idx + 1).copied().unwrap_or(false) { "num" } else { "" };
            view! { <td class=class>{cell}</td> }.into_any()
        })
        .collect();
    view! { <tr><th scope="row">{row.name}</th>{cells}</tr> }.into_any()
}

/// A cell of words.
pub fn words(text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    text.into_any()
}
