//! Filters and search of the grid.

use super::*;

/// A table of 1,000 rows, of which a search leaves 3 and each filter half.
pub fn answer(request: &Request) -> Reply {
    match request {
        Request::Preview { table, offset, filter, search, .. } => {
            let n = if search.is_empty() { 1_000 >> filter.len() } else { 3 };
            let page = crate::model::Page {
                table: table.clone(),
                revision: 1,
                columns: vec!["group".into()],
                n_rows: 1_000,
                n_rows_filtered: n,
                offset: *offset,
                rows: (*offset..n.min(*offset + 200)).map(|row| vec![Some(row.to_string())]).collect(),
            };
            Reply::Preview { page }
        }
        Request::Bars { table, filter, .. } => {
            let bars = TableBars {
                table: table.clone(),
                n_rows: 1_000,
                n_rows_filtered: 1_000 >> filter.len(),
                columns: Vec::new(),
            };
            Reply::Bars { bars }
        }
        other => panic!("{other:?} is not of the grid"),
    }
}

fn group_is(level: &str) -> Filter {
    Filter::Eq { column: "group".into(), value: Value::Text(level.into()) }
}

fn opened() -> Page {
    let mut page = Page::started();
    page.drop_files(&["sessions.csv"]);
    page.settle();
    page.send(Command::ShowTable { table: "sessions".into(), tab: TableTab::Rows });
    page
}

#[test]
fn rows_come_before_their_charts() {
    let mut page = opened();
    let asked = |page: &Page| -> Vec<&'static str> {
        let name = |request: &Request| match request {
            Request::Preview { .. } => "rows",
            Request::Bars { .. } => "charts",
            Request::Cancel { .. } => "cancel",
            _ => "other",
        };
        page.inbox.iter().map(|(_, request)| name(request)).collect()
    };
    assert_eq!(asked(&page), ["rows"]);
    let (id, request) = page.inbox.remove(0);
    let outcome = page.answer(&request);
    page.say(id, outcome);
    assert_eq!(asked(&page), ["charts"]);
    // Other rows are needed: the charts are taken back.
    page.send(Command::FilterRows(vec![group_is("A")]));
    assert_eq!(asked(&page), ["charts", "cancel", "rows"]);
    page.settle();
    assert_eq!(page.state.engine.bars.as_ref().map(|bars| bars.n_rows_filtered), Some(500));
}

#[test]
fn filters_and_search_narrow_the_rows_and_are_undone() {
    let mut page = opened();
    page.settle();
    assert_eq!(crate::ui::grid::n_rows_shown(&page.state, 1_000), 1_000);
    page.send(Command::FilterRows(vec![group_is("A")]));
    page.settle();
    assert_eq!(crate::ui::grid::n_rows_shown(&page.state, 1_000), 500);
    for typed in ["v", "ve", "vel"] {
        page.send(Command::SearchRows(typed.into()));
    }
    page.settle();
    assert_eq!(crate::ui::grid::n_rows_shown(&page.state, 1_000), 3);

    let link = route::fragment(&page.state.document);
    let Route::Document(read) = route::parse(&link) else { panic!("a document") };
    assert_eq!(read.view, page.state.document.view);

    // What was typed is one step.
    page.send(Command::Undo);
    page.settle();
    let View::Table { filter, search, .. } = &page.state.document.view else { panic!("a table") };
    assert_eq!((filter.len(), search.as_str()), (1, ""));
    assert_eq!(page.state.engine.pages.get(&0).map(|page| page.n_rows_filtered), Some(500));
    page.send(Command::Redo);
    page.send(Command::ShowAllRows);
    page.settle();
    assert_eq!(crate::ui::grid::n_rows_shown(&page.state, 1_000), 1_000);
}
