//! The rows of a table, however many: only those on view are asked for and drawn.
//!
//! The box scrolls over a tall empty block, and the table inside stays where it is and shows other
//! rows. It is a plain table with a scrolling box around it, not a widget with keys of its own: the
//! box takes the focus and scrolls by the browser's keys, headers are buttons that sort.

use crate::format;
use crate::model::{ColumnInfo, EngineError, Page, SortKey, TableInfo};
use crate::ui::command::Command;
use crate::ui::parts::callout;
use crate::ui::parts::field::{Field, number};
use crate::ui::parts::icon::{icon, kind_labelled};
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::{PAGE_ROWS, State, View};
use leptos::html::Div;
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

/// Everything the table shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    info: Arc<TableInfo>,
    sort: Option<SortKey>,
}

pub fn grid(app: App, name: String) -> AnyView {
    let of = name.clone();
    let shown = app.part(move |state| shown(state, &of));
    let error = app.part(error);
    let n_rows = Memo::new(move |_| shown.read().as_ref().map_or(0, |shown| shown.info.n_rows));
    let width_rem = Memo::new(move |_| {
        let widths = |shown: &Shown| shown.info.columns.iter().map(column_width_rem).sum::<f64>();
        ROW_NUMBER_REM + shown.read().as_ref().map_or(0.0, widths)
    });
    let window = RwSignal::new(Window { first: 0, n_rows: 30 });
    let frame = NodeRef::<Div>::new();
    let body = NodeRef::<Div>::new();

    let look = move || {
        let Some(frame) = frame.get_untracked() else { return };
        let n = n_rows.get_untracked();
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
        n_rows.track();
        if let Some(body) = body.get() {
            let style = web_sys::HtmlElement::style(&body);
            let _ = style.set_property("height", &format!("{}px", scroll_height_px(n_rows.get())));
            let _ = style.set_property("width", &format!("{}rem", width_rem.get()));
        }
        request_animation_frame(look);
    });
    let resize = window_event_listener(leptos::ev::resize, move |_| look());
    on_cleanup(move || resize.remove());

    let go_to = move |row: f64| {
        let Some(frame) = frame.get_untracked() else { return };
        let n = n_rows.get_untracked();
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
    view! {
        {move || error.get().map(|error| callout::error(&error))}
        <div class="grid__tools">{jump}</div>
        <div
            class="grid" node_ref=frame tabindex="0" role="region" aria-label=format!("Rows of {name}")
            on:scroll=move |_| look()
        >
            <div class="grid__body" node_ref=body>
                {move || shown.get().map(|shown| rows(app, &shown, window.get()))}
            </div>
        </div>
    }
    .into_any()
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

fn rows(app: App, shown: &Shown, window: Window) -> AnyView {
    let info = &shown.info;
    let heads: Vec<AnyView> =
        info.columns.iter().map(|column| head(app, column, shown.sort.as_ref())).collect();
    let last = (window.first + window.n_rows).min(info.n_rows);
    let columns = Arc::new(info.columns.iter().map(|column| column.kind.is_numeric()).collect::<Vec<bool>>());
    let lines: Vec<AnyView> =
        (window.first..last).map(|row_idx| line(app, row_idx, columns.clone())).collect();
    let widths: Vec<AnyView> = info.columns.iter().map(|column| width(column_width_rem(column))).collect();
    view! {
        <table
            class="grid__table" aria-rowcount=(info.n_rows + 1).to_string()
            aria-colcount=(info.columns.len() + 1).to_string()
        >
            <caption class="unseen">{format!("Rows of {}", info.name)}</caption>
            <colgroup>{width(ROW_NUMBER_REM)}{widths}</colgroup>
            <thead><tr aria-rowindex="1"><th scope="col" class="num"><span class="unseen">"Row"</span></th>{heads}</tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

/// Wide enough for the name and for what such a column usually holds.
fn column_width_rem(column: &ColumnInfo) -> f64 {
    column.name.chars().count().clamp(8, 28) as f64 * 0.5 + 4.0
}

fn width(rem: f64) -> AnyView {
    view! { <col style:width=format!("{rem}rem") /> }.into_any()
}

fn head(app: App, column: &ColumnInfo, sort: Option<&SortKey>) -> AnyView {
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
        column.kind.name().into()
    };
    let by = name.clone();
    view! {
        <th scope="col" aria-sort=aria class:num=column.kind.is_numeric()>
            <button type="button" class="grid__sort" title=format!("Sort by {name}") on:click=move |_| app.send(Command::SortBy(by.clone()))>
                {kind_labelled(column.kind)}<span class="grid__name">{name.clone()}</span>{icon(arrow)}
            </button>
            <span class="grid__missing">{missing}</span>
        </th>
    }
    .into_any()
}

/// One row; it fills in when its page arrives.
fn line(app: App, row_idx: u64, is_number: Arc<Vec<bool>>) -> AnyView {
    let page_offset = row_idx / u64::from(PAGE_ROWS) * u64::from(PAGE_ROWS);
    let cells = move || {
        let page: Option<Arc<Page>> = app.read(|state| state.engine.pages.get(&page_offset).cloned());
        let row = page.as_ref().and_then(|page| page.rows.get((row_idx - page_offset) as usize));
        let cells = is_number.iter().enumerate().map(|(idx, is_number)| {
            let class = if *is_number { "num" } else { "" };
            match row.and_then(|row| row.get(idx)) {
                Some(Some(text)) => {
                    view! { <td class=class title=text.clone()>{text.clone()}</td> }.into_any()
                }
                Some(None) => {
                    view! { <td class="grid__none"><span title="missing">"\u{2013}"</span></td> }.into_any()
                }
                None => view! { <td class="grid__pending">"\u{a0}"</td> }.into_any(),
            }
        });
        cells.collect::<Vec<AnyView>>()
    };
    view! {
        <tr aria-rowindex=(row_idx + 2).to_string()>
            <th scope="row" class="num grid__row">{format::count(row_idx + 1)}</th>
            {cells}
        </tr>
    }
    .into_any()
}
