//! The rows of a table, however many: only those on view are asked for and drawn.
//!
//! The box scrolls over a tall empty block, and the table inside stays where it is and shows other
//! rows. It is a plain table with a scrolling box around it, not a widget with keys of its own: the
//! box takes the focus and scrolls by the browser's keys, headers are buttons that sort.

use crate::format;
use crate::model::{ColumnInfo, EngineError, Page, SortKey, TableInfo};
use crate::ui::command::Command;
use crate::ui::dom::{Html, Place, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::field::{Field, number};
use crate::ui::parts::icon::{icon, kind_labelled};
use crate::ui::runtime::{App, Part};
use crate::ui::slot::SlotId;
use crate::ui::state::{PAGE_ROWS, State, View};
use leptos::prelude::*;
use std::sync::Arc;

/// Height of a row and of the header; table.css draws them so.
const ROW_PX: f64 = 28.0;
const HEAD_PX: f64 = 48.0;
/// The column of row numbers.
const ROW_NUMBER_REM: f64 = 5.0;
/// Browsers lose precision above some ten million pixels; longer tables scroll in larger steps.
const MAX_HEIGHT_PX: f64 = 8e6;

/// Which rows are on view.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Window {
    first: u64,
    n_rows: u64,
}

/// Everything the table shows but its rows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    info: Arc<TableInfo>,
    sort: Option<SortKey>,
}

/// Pages that are here. A page that came again is another one.
#[derive(Debug, Clone)]
struct Pages(Vec<Arc<Page>>);

impl PartialEq for Pages {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

impl Pages {
    fn row(&self, row_idx: u64) -> Option<&Vec<Option<String>>> {
        let offset = row_idx / u64::from(PAGE_ROWS) * u64::from(PAGE_ROWS);
        let page = self.0.iter().find(|page| page.offset == offset)?;
        page.rows.get((row_idx - offset) as usize)
    }
}

pub fn grid(app: App, name: String) -> Html {
    let of = name.clone();
    let shown = app.part(move |state| shown(state, &of));
    let error = app.part(error);
    let pages = app.part(|state| {
        let wanted = state.engine.wanted_pages.iter();
        Pages(wanted.filter_map(|offset| state.engine.pages.get(offset).cloned()).collect())
    });
    let n_rows = Part::new(move || shown.read(|shown| shown.as_ref().map_or(0, |shown| shown.info.n_rows)));
    let width_rem = Part::new(move || {
        let widths = |shown: &Shown| shown.info.columns.iter().map(column_width_rem).sum::<f64>();
        ROW_NUMBER_REM + shown.read(|shown| shown.as_ref().map_or(0.0, widths))
    });
    let window = RwSignal::new(Window { first: 0, n_rows: 30 });
    let frame = Place::new();

    let look = move || {
        let Some(frame) = frame.get::<web_sys::HtmlElement>() else { return };
        let n = n_rows.peek();
        let height_px = f64::from(frame.client_height());
        let fits = ((height_px - HEAD_PX) / ROW_PX).ceil().max(1.0) as u64;
        let scrollable_px = scroll_height_px(n) - height_px;
        let top_px = f64::from(frame.scroll_top());
        let last_first = n.saturating_sub(fits.saturating_sub(1));
        let share = if scrollable_px > 0.0 { (top_px / scrollable_px).clamp(0.0, 1.0) } else { 0.0 };
        let first = (share * last_first as f64).round() as u64;
        let new = Window { first, n_rows: fits };
        if window.get_untracked() != new {
            window.set(new);
        }
        app.send_if(Command::NeedRows { first, last: (first + fits).min(n.saturating_sub(1)) });
    };
    // After the box is there, and whenever another table or revision has another length.
    Effect::new(move || {
        n_rows.get();
        request_animation_frame(look);
    });
    let resize = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || resize.remove());

    let go_to = move |row: f64| {
        let Some(frame) = frame.get::<web_sys::HtmlElement>() else { return };
        let n = n_rows.peek();
        let scrollable_px = scroll_height_px(n) - f64::from(frame.client_height());
        let share =
            (row - 1.0) / (n.saturating_sub(window.get_untracked().n_rows.saturating_sub(1))).max(1) as f64;
        frame.set_scroll_top((share.min(1.0) * scrollable_px).round() as i32);
    };
    let jump = move || {
        let max = n_rows.get();
        (max > 100).then(|| {
            let field = Field::new("go-to-row", "Go to row").row();
            number(field, 1.0, (1.0, max as f64), "1", go_to)
        })
    };
    let all_rows = el("div")
        .class("grid__body")
        .live_style("height", move || format!("{}px", scroll_height_px(n_rows.get())))
        .live_style("width", move || format!("{}rem", width_rem.get()))
        .add(live(move || shown.get().map(|shown| rows(app, &shown, &pages.get(), window.get()))));
    list([
        live(move || error.get().map(|error| callout::error(&error))),
        el("div").class("grid__tools").add(live(jump)).into(),
        el("div")
            .class("grid")
            .place(frame)
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", format!("Rows of {name}"))
            .on("scroll", move |_| look())
            .add(all_rows)
            .into(),
    ])
}

fn scroll_height_px(n_rows: u64) -> f64 {
    (n_rows as f64 * ROW_PX + HEAD_PX).min(MAX_HEIGHT_PX)
}

fn shown(state: &State, name: &str) -> Option<Shown> {
    let View::Table { sort, .. } = &state.document.view else { return None };
    Some(Shown { info: state.table(name)?.clone(), sort: sort.clone() })
}

fn error(state: &State) -> Option<EngineError> {
    let mut pages = state.engine.wanted_pages.iter();
    pages.find_map(|page| state.slot(&SlotId::Page(*page)).and_then(|slot| slot.error.clone()))
}

fn rows(app: App, shown: &Shown, pages: &Pages, window: Window) -> Html {
    let info = &shown.info;
    let heads: Vec<Html> = info.columns.iter().map(|column| head(app, column, shown.sort.as_ref())).collect();
    let last = (window.first + window.n_rows).min(info.n_rows);
    let is_number: Vec<bool> = info.columns.iter().map(|column| column.kind.is_numeric()).collect();
    let lines: Vec<Html> =
        (window.first..last).map(|row_idx| line(row_idx, pages.row(row_idx), &is_number)).collect();
    let widths: Vec<Html> = info.columns.iter().map(|column| width(column_width_rem(column))).collect();
    el("table")
        .class("grid__table")
        .attr("aria-rowcount", (info.n_rows + 1).to_string())
        .attr("aria-colcount", (info.columns.len() + 1).to_string())
        .add(el("caption").class("unseen").add(format!("Rows of {}", info.name)))
        .add(el("colgroup").add(width(ROW_NUMBER_REM)).add(widths))
        .add(
            el("thead").add(
                el("tr")
                    .attr("aria-rowindex", "1")
                    .add(
                        el("th")
                            .attr("scope", "col")
                            .class("num")
                            .add(el("span").class("unseen").text("Row")),
                    )
                    .add(heads),
            ),
        )
        .add(el("tbody").add(lines))
        .into()
}

/// Wide enough for the name and for what such a column usually holds.
fn column_width_rem(column: &ColumnInfo) -> f64 {
    column.name.chars().count().clamp(8, 28) as f64 * 0.5 + 4.0
}

fn width(rem: f64) -> Html {
    el("col").style("width", format!("{rem}rem")).into()
}

fn head(app: App, column: &ColumnInfo, sort: Option<&SortKey>) -> Html {
    let name = column.name.clone();
    let sort = sort.filter(|key| key.column == name);
    let (aria, arrow) = match sort {
        Some(key) if key.descending => (Some("descending"), "falling"),
        Some(_) => (Some("ascending"), "rising"),
        None => (None, "unsorted"),
    };
    let missing = if column.n_missing > 0 {
        format!("{} missing", format::count(column.n_missing))
    } else {
        match &column.unit {
            Some(unit) => format!("{}, {unit}", column.kind.name()),
            None => column.kind.name().into(),
        }
    };
    let by = name.clone();
    el("th")
        .attr("scope", "col")
        .attr_if("aria-sort", aria)
        .class_if("num", column.kind.is_numeric())
        .add(
            el("button")
                .attr("type", "button")
                .class("grid__sort")
                .attr("title", format!("Sort by {name}"))
                .on("click", move |_| app.send(Command::SortBy(by.clone())))
                .add(kind_labelled(column.kind))
                .add(el("span").class("grid__name").add(name.clone()))
                .add(icon(arrow)),
        )
        .add(el("span").class("grid__missing").add(missing))
        .into()
}

/// One row; it fills in when its page arrives.
fn line(row_idx: u64, row: Option<&Vec<Option<String>>>, is_number: &[bool]) -> Html {
    let cells: Vec<Html> = is_number
        .iter()
        .enumerate()
        .map(|(idx, is_number)| {
            let (class, text) = match row.and_then(|row| row.get(idx)) {
                Some(Some(text)) => (if *is_number { "num" } else { "" }, text.as_str()),
                Some(None) => ("grid__none", "\u{2013}"),
                None => ("grid__pending", "\u{a0}"),
            };
            el("td").class(class).attr("title", text).text(text).into()
        })
        .collect();
    el("tr")
        .attr("aria-rowindex", (row_idx + 2).to_string())
        .add(el("th").attr("scope", "row").class("num grid__row").text(format::count(row_idx + 1)))
        .add(cells)
        .into()
}
