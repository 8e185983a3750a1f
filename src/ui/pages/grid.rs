//! The rows of a table, however many: only those on view are asked for and drawn.
//!
//! The box scrolls over a tall empty block, and the table inside stays where it is and shows other
//! rows. It is a plain table with a scrolling box around it, not a widget with keys of its own: the
//! box takes the focus and scrolls by the browser's keys, headers are buttons that sort.

use super::{grid_charts, grid_tools};
use crate::format;
use crate::model::{ColumnInfo, EngineError, Filter, Page, SortKey, TableBars, TableInfo};
use crate::ui::command::Command;
use crate::ui::dom::{Html, Place, el, list, live};
use crate::ui::grid::{find, n_rows_shown};
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
const HEAD_PX: f64 = 136.0;
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

/// What the head of the table shows.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    info: Arc<TableInfo>,
    sort: Option<SortKey>,
    filter: Vec<Filter>,
}

/// What its rows show beside the pages.
#[derive(Debug, Clone, PartialEq)]
struct Body {
    n_rows: u64,
    is_number: Vec<bool>,
    search: String,
}

/// Pages that are here. A page that came again is another one.
#[derive(Debug, Clone)]
struct Pages(Vec<Arc<Page>>);

impl PartialEq for Pages {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

/// Charts that came again are others.
#[derive(Debug, Clone)]
struct Bars(Option<Arc<TableBars>>);

impl PartialEq for Bars {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
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
    let of = name.clone();
    let body = app.part(move |state| {
        let info = state.table(&of)?;
        Some(Body {
            n_rows: n_rows_shown(state, info.n_rows),
            is_number: info.columns.iter().map(|column| column.kind.is_numeric()).collect(),
            search: grid_tools::search_of(state),
        })
    });
    let of = name.clone();
    let info = app.part(move |state| state.table(&of).cloned());
    let of = name.clone();
    let bars = app.part(move |state| Bars(state.engine.bars.clone().filter(|bars| bars.table == of)));
    let is_settled = app.part(grid_tools::is_settled);
    let n_rows = Part::new(move || body.read(|body| body.as_ref().map_or(0, |body| body.n_rows)));
    let width_rem = Part::new(move || {
        let widths = |info: &Arc<TableInfo>| info.columns.iter().map(column_width_rem).sum::<f64>();
        ROW_NUMBER_REM + info.read(|info| info.as_ref().map_or(0.0, widths))
    });
    let (pointer, open) = (grid_charts::Pointer::new(), RwSignal::new(None));
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
        .add(
            el("table")
                .class("grid__table")
                .live_attr("aria-rowcount", move || Some((n_rows.get() + 1).to_string()))
                .live_attr("aria-colcount", move || {
                    Some(
                        (info.read(|info| info.as_ref().map_or(0, |info| info.columns.len())) + 1)
                            .to_string(),
                    )
                })
                .add(el("caption").class("unseen").add(format!("Rows of {name}")))
                .add(live(move || info.get().map(|info| widths(&info))))
                .add(el("thead").add(live(move || {
                    shown.get().map(|shown| heads(app, &shown, &bars.get(), (pointer, open)))
                })))
                .add(
                    el("tbody")
                        .add(live(move || body.get().map(|body| lines(&body, &pages.get(), window.get())))),
                ),
        );
    list([
        live(move || error.get().map(|error| callout::error(&error))),
        el("div")
            .class("grid__tools")
            .add(grid_tools::search(app))
            .add(live(jump))
            .add(grid_tools::count(app, &name))
            .into(),
        grid_tools::narrowed(app, &name),
        grid_tools::form(app, info, open),
        el("div")
            .class("grid")
            .place(frame)
            .attr("tabindex", "0")
            .attr("role", "region")
            .live_attr("aria-busy", move || Some((!is_settled.get()).to_string()))
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
    let View::Table { sort, filter, .. } = &state.document.view else { return None };
    Some(Shown { info: state.table(name)?.clone(), sort: sort.clone(), filter: filter.clone() })
}

fn error(state: &State) -> Option<EngineError> {
    let mut pages = state.engine.wanted_pages.iter();
    pages.find_map(|page| state.slot(&SlotId::Page(*page)).and_then(|slot| slot.error.clone()))
}

fn widths(info: &TableInfo) -> Html {
    let widths: Vec<Html> = info.columns.iter().map(|column| width(column_width_rem(column))).collect();
    el("colgroup").add(width(ROW_NUMBER_REM)).add(widths).into()
}

fn heads(
    app: App,
    shown: &Shown,
    bars: &Bars,
    (pointer, open): (grid_charts::Pointer, grid_tools::Open),
) -> Html {
    let heads: Vec<Html> = shown
        .info
        .columns
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let chart = grid_charts::chart(app, at, column, bars.0.as_ref(), &shown.filter, pointer);
            let is_filtered = shown.filter.iter().any(|filter| filter.column() == column.name);
            head(app, at, column, shown.sort.as_ref(), is_filtered, open, chart)
        })
        .collect();
    el("tr")
        .attr("aria-rowindex", "1")
        .add(el("th").attr("scope", "col").class("num").add(el("span").class("unseen").text("Row")))
        .add(heads)
        .into()
}

fn lines(body: &Body, pages: &Pages, window: Window) -> Html {
    let last = (window.first + window.n_rows).min(body.n_rows);
    let lines: Vec<Html> =
        (window.first..last).map(|row_idx| line(row_idx, pages.row(row_idx), body)).collect();
    if lines.is_empty() {
        let n_columns = (body.is_number.len() + 1).to_string();
        let words = if window.first > 0 { "" } else { "No rows." };
        return el("tr").add(el("td").class("muted").attr("colspan", n_columns).text(words)).into();
    }
    Html::List(lines)
}

/// Wide enough for the name and for what such a column usually holds.
fn column_width_rem(column: &ColumnInfo) -> f64 {
    column.name.chars().count().clamp(8, 28) as f64 * 0.5 + 6.0
}

fn width(rem: f64) -> Html {
    el("col").style("width", format!("{rem}rem")).into()
}

fn head(
    app: App,
    at: usize,
    column: &ColumnInfo,
    sort: Option<&SortKey>,
    is_filtered: bool,
    open: grid_tools::Open,
    chart: Html,
) -> Html {
    let name = column.name.clone();
    let sort = sort.filter(|key| key.column == name);
    let (aria, arrow) = match sort {
        Some(key) if key.descending => (Some("descending"), "falling"),
        Some(_) => (Some("ascending"), "rising"),
        None => (None, "unsorted"),
    };
    let by = name.clone();
    let filter = el("span")
        .class("grid__filter")
        .class_if("grid__filter--on", is_filtered)
        .add(filter_button(at, &name, open));
    el("th")
        .attr("scope", "col")
        .attr_if("aria-sort", aria)
        .add(
            el("div")
                .class("grid__top")
                .add(
                    el("button")
                        .attr("type", "button")
                        .class("grid__sort")
                        .attr("title", format!("Sort by {name}"))
                        .on("click", move |_| app.send(Command::SortBy(by.clone())))
                        .add(kind_labelled(column.kind))
                        .add(el("span").class("grid__name").add(name))
                        .add(icon(arrow)),
                )
                .add(filter),
        )
        .add(chart)
        .into()
}

fn filter_button(at: usize, name: &str, open: grid_tools::Open) -> Html {
    let label = format!("Filter {name}");
    el("button")
        .attr("type", "button")
        .class("icon-button")
        .id(grid_tools::filter_button_id(at))
        .attr("aria-label", label.clone())
        .attr("title", label)
        .live_attr("aria-expanded", move || Some((open.get() == Some(at)).to_string()))
        .on("click", move |_| grid_tools::toggle(open, at))
        .add(icon("filter"))
        .into()
}

/// One row; it fills in when its page arrives.
fn line(row_idx: u64, row: Option<&Vec<Option<String>>>, body: &Body) -> Html {
    let cells: Vec<Html> = body
        .is_number
        .iter()
        .enumerate()
        .map(|(idx, is_number)| {
            let (class, text) = match row.and_then(|row| row.get(idx)) {
                Some(Some(text)) => (if *is_number { "num" } else { "" }, text.as_str()),
                Some(None) => ("grid__none", "\u{2013}"),
                None => ("grid__pending", "\u{a0}"),
            };
            let content = if body.search.is_empty() { text.into() } else { marked(text, &body.search) };
            el("td").class(class).attr("title", text).add(content).into()
        })
        .collect();
    el("tr")
        .attr("aria-rowindex", (row_idx + 2).to_string())
        .add(el("th").attr("scope", "row").class("num grid__row").text(format::count(row_idx + 1)))
        .add(cells)
        .into()
}

/// A text with what is searched for marked in it.
fn marked(text: &str, search: &str) -> Html {
    let mut pieces: Vec<Html> = Vec::new();
    let mut end = 0;
    for place in find(text, search) {
        pieces.push(text.get(end..place.start).unwrap_or_default().into());
        end = place.end;
        pieces.push(el("mark").text(text.get(place).unwrap_or_default()).into());
    }
    pieces.push(text.get(end..).unwrap_or_default().into());
    Html::List(pieces)
}
