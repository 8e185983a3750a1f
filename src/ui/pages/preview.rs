//! Files before they are loaded: on the left how each is read, on the right its lines and what becomes of them. Every
//! change shows at once.

use super::import::Shown;
use super::import_options::{delimiter_name, guesses, set};
use crate::format;
use crate::model::{ColumnReport, EngineError, FileFormat, ImportOptions, Kind, Page, Sniffed};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::field::{Field, choice, select, text, unlabelled_select};
use crate::ui::parts::icon::{button, icon_button, kind};
use crate::ui::parts::progress::progress;
use crate::ui::preview::{Looked, PreviewAct, state_words};
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::State;
use std::sync::Arc;

/// Columns drawn of a wide table.
const MAX_COLUMNS: usize = 60;
/// Rows drawn of those that came.
const MAX_ROWS: usize = 25;

/// The file on view.
#[derive(Debug, Clone, PartialEq)]
struct OnView {
    looked: Looked,
    sniffed: Option<Arc<Sniffed>>,
    error: Option<EngineError>,
    is_older: bool,
}

/// A line of the list of files.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    id: u32,
    name: String,
    words: String,
    is_on_view: bool,
}

fn on_view(state: &State) -> Option<OnView> {
    let preview = &state.chrome.preview;
    let looked = preview.files.get(preview.at)?.clone();
    let slot = state.slot(&SlotId::Sniff(looked.id()));
    Some(OnView {
        sniffed: state.engine.sniffs.get(&looked.id()).cloned(),
        error: slot.filter(|slot| slot.is_current()).and_then(|slot| slot.error.clone()),
        is_older: slot.is_some_and(|slot| !slot.is_current()),
        looked,
    })
}

fn entries(state: &State) -> Vec<Entry> {
    let preview = &state.chrome.preview;
    let entry = |(i, looked): (usize, &Looked)| Entry {
        id: looked.id(),
        name: looked.file.name.clone(),
        words: state_words(state, looked),
        is_on_view: i == preview.at,
    };
    preview.files.iter().enumerate().map(entry).collect()
}

pub fn panel(app: App) -> Html {
    let shown = app.part(on_view);
    let files = app.part(entries);
    let title = app.part(|state| {
        let preview = &state.chrome.preview;
        let name = preview.files.get(preview.at).map_or("", |looked| looked.file.name.as_str());
        format!("Before loading: {name}")
    });
    list([
        el("header")
            .class("panel__head")
            .add(el("h2").id("dialog-title").attr("tabindex", "-1").add(title))
            .add(icon_button("close", "Close without loading (Esc)".into(), move || {
                app.send(Command::CloseDialog)
            }))
            .into(),
        live(move || list_of_files(app, files.get())),
        live(move || shown.get().map(|shown| body(app, &shown))),
        live(move || actions(app, &files.get())),
    ])
}

fn list_of_files(app: App, files: Vec<Entry>) -> Html {
    if files.len() < 2 {
        return Html::Nothing;
    }
    let items: Vec<Html> = files
        .into_iter()
        .map(|Entry { id, name, words, is_on_view }| {
            let button = el("button")
                .attr("type", "button")
                .class("look__file")
                .attr_if("aria-current", is_on_view.then_some("true"))
                .on("click", move |_| app.send(Command::Preview(PreviewAct::Show(id))))
                .add(el("span").class("look__name").add(name))
                .add(el("span").class("muted").add(words));
            el("li").add(button).into()
        })
        .collect();
    el("ul").class("look__files").attr("aria-label", "Files to load").add(items).into()
}

fn actions(app: App, files: &[Entry]) -> Html {
    let load = match files.len() as u64 {
        0 | 1 => "Load".to_owned(),
        n => format!("Load {}", format::plural(n, "file", "files")),
    };
    let on_view = files.iter().find(|entry| entry.is_on_view).filter(|_| files.len() > 1);
    let leave_out = on_view.map(|entry| {
        let id = entry.id;
        button("button", format!("Leave out {}", entry.name), move || {
            app.send(Command::Preview(PreviewAct::LeaveOut(id)));
        })
    });
    el("footer")
        .class("look__actions")
        .add(button("button button--primary", load, move || app.send(Command::Preview(PreviewAct::Load))))
        .add(leave_out)
        .add(button("button button--quiet", "Cancel", move || app.send(Command::CloseDialog)))
        .into()
}

fn body(app: App, shown: &OnView) -> Html {
    let id = shown.looked.id();
    let error = shown.error.as_ref().map(callout::error);
    let busy = progress(app, SlotId::Sniff(id));
    let Some(sniffed) = &shown.sniffed else {
        let waits =
            shown.error.is_none().then(|| el("p").class("muted").text("Reading the beginning of the file."));
        let reset = (shown.looked.options != ImportOptions::default()).then(|| back(app, id));
        return el("div").class("look__wait").add(error).add(waits).add(busy).add(reset).into();
    };
    let options = el("div").class("look__options").add(all_options(app, shown, sniffed));
    let found = el("div")
        .class("look__found")
        .class_if("look__found--older", shown.is_older || shown.error.is_some())
        .add(error)
        .add(busy)
        .add(el("p").class("look__answer").add(answer(sniffed)))
        .add(lines(sniffed))
        .add(rows(app, id, &shown.looked.options, sniffed));
    el("div").class("look").add(options).add(found).into()
}

fn back(app: App, id: u32) -> Html {
    button("button", "Back to what was found", move || {
        app.send(Command::SetImportOptions { source: id, options: Box::default() });
    })
}

fn all_options(app: App, shown: &OnView, sniffed: &Sniffed) -> Html {
    let (id, options, report) = (shown.looked.id(), &shown.looked.options, &sniffed.report);
    let as_import =
        Shown { source: id, options: options.clone(), report: Arc::new(report.clone()), error: None };
    let is_text = report.format == FileFormat::Delimited;
    list([
        runner_up(app, id, options, sniffed),
        guesses(app, &as_import),
        is_text.then(|| quote(app, id, options, sniffed)).into(),
        missing(app, id, options),
    ])
}

/// The dialect that fits second best, one click away.
fn runner_up(app: App, id: u32, options: &ImportOptions, sniffed: &Sniffed) -> Html {
    let Some(other) = sniffed.report.runner_up.clone().filter(|_| options.delimiter.is_none()) else {
        return Html::Nothing;
    };
    if other.delimiter == sniffed.report.delimiter || other.delimiter.is_empty() {
        return Html::Nothing;
    }
    let name = delimiter_name(&other.delimiter);
    let now = options.clone();
    let words = format!(
        "Next best: parted by {name}, which fits {} as well. ",
        format::percent(other.score_ratio, 0)
    );
    el("p")
        .class("look__other")
        .add(words)
        .add(button("link", format!("Try {name}"), move || {
            set(app, id, &now, |options| options.delimiter = Some(other.delimiter.clone()));
        }))
        .into()
}

fn quote(app: App, id: u32, options: &ImportOptions, sniffed: &Sniffed) -> Html {
    let found = match sniffed.report.quote.as_str() {
        "" => "nothing (found)".to_owned(),
        quote => format!("{quote} (found)"),
    };
    let found = if options.quote.is_some() { "as found".into() } else { found };
    let choices = vec![
        choice("", found),
        choice("\"", "double quotes"),
        choice("'", "single quotes"),
        choice("none", "nothing"),
    ];
    let chosen = match options.quote.as_deref() {
        Some("") => "none",
        Some(quote) => quote,
        None => "",
    };
    let now = options.clone();
    select(Field::new("look-quote", "Quote character").row(), choices, chosen, move |text| {
        set(app, id, &now, |options| {
            options.quote = match text.as_str() {
                "" => None,
                "none" => Some(String::new()),
                _ => Some(text),
            };
        });
    })
}

fn missing(app: App, id: u32, options: &ImportOptions) -> Html {
    let value = options.missing_tokens.as_ref().map(|tokens| tokens.join(", ")).unwrap_or_default();
    let now = options.clone();
    let field = Field::new("look-missing", "Texts that mean missing")
        .hint("Separated by commas. Left empty: the usual ones, such as NA and null.");
    text(field, "text", value, move |text| {
        let tokens: Vec<String> =
            text.split(',').map(str::trim).filter(|token| !token.is_empty()).map(str::to_owned).collect();
        set(app, id, &now, |options| options.missing_tokens = (!tokens.is_empty()).then_some(tokens));
    })
}

/// What was read, in a sentence.
fn answer(sniffed: &Sniffed) -> String {
    let report = &sniffed.report;
    let columns = format::plural(report.columns.len() as u64, "column", "columns");
    let rows = format::plural(report.n_rows, "row", "rows");
    let mut words = if sniffed.is_whole {
        format!("{rows} of {columns}.")
    } else {
        format!("The first {rows} of {columns}; the counts here are of these rows.")
    };
    let n_coerced: u64 = report.columns.iter().map(|column| column.n_coerced).sum();
    if n_coerced > 0 {
        let cells = format::plural(n_coerced, "cell does", "cells do");
        words.push_str(&format!(" {cells} not fit the column and would be missing."));
    }
    if sniffed.n_other_tables > 0 {
        let more = format::plural(u64::from(sniffed.n_other_tables), "more table", "more tables");
        words.push_str(&format!(" The file makes {more}, not shown here."));
    }
    words
}

fn lines(sniffed: &Sniffed) -> Html {
    if sniffed.raw.is_empty() {
        return Html::Nothing;
    }
    let lines: Vec<Html> = sniffed
        .raw
        .iter()
        .map(|line| el("code").class("look__line").add(format!("{line}\n")).into())
        .collect();
    list([
        el("h3").class("look__heading").text("In the file").into(),
        el("pre")
            .class("look__raw")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", "The first lines of the file")
            .add(lines)
            .into(),
    ])
}

fn rows(app: App, id: u32, options: &ImportOptions, sniffed: &Sniffed) -> Html {
    let columns = &sniffed.report.columns;
    let heads: Vec<Html> = columns
        .iter()
        .take(MAX_COLUMNS)
        .enumerate()
        .map(|(idx, column)| head(app, id, options, idx, column))
        .collect();
    let more = (columns.len() > MAX_COLUMNS).then(|| {
        let n = format::count((columns.len() - MAX_COLUMNS) as u64);
        el("p").class("muted").add(format!("and {n} more columns"))
    });
    list([
        el("h3").class("look__heading").text("As a table").into(),
        el("div")
            .class("look__rows")
            .attr("tabindex", "0")
            .attr("role", "region")
            .attr("aria-label", "The first rows as a table")
            .add(
                el("table")
                    .class("look__table")
                    .add(el("caption").class("unseen").text("The first rows, as they would be loaded"))
                    .add(el("thead").add(el("tr").add(heads)))
                    .add(el("tbody").add(cells(&sniffed.page, columns))),
            )
            .into(),
        more.into(),
    ])
}

fn head(app: App, id: u32, options: &ImportOptions, idx: usize, column: &ColumnReport) -> Html {
    let (now, name) = (options.clone(), column.name.clone());
    let chosen = options.kinds.get(&column.name).map_or("", |kind| kind.name());
    let found =
        if chosen.is_empty() { format!("{} (found)", column.kind.name()) } else { "as found".to_owned() };
    let mut kinds = vec![choice("", found)];
    kinds.extend(Kind::ALL.map(|kind| choice(kind.name(), kind.name())));
    let chooser = unlabelled_select(
        format!("look-kind-{idx}"),
        format!("Kind of {name}"),
        kinds,
        chosen,
        move |word| {
            let kind = Kind::ALL.into_iter().find(|kind| kind.name() == word);
            set(app, id, &now, |options| match kind {
                Some(kind) => {
                    options.kinds.insert(name.clone(), kind);
                }
                None => {
                    options.kinds.remove(&name);
                }
            });
        },
    );
    let coerced = (column.n_coerced > 0).then(|| {
        el("span").class("look__coerced").add(format!("{} do not fit", format::count(column.n_coerced)))
    });
    el("th")
        .attr("scope", "col")
        .add(el("span").class("look__column").add(kind(column.kind)).add(column.name.clone()))
        .add(chooser)
        .add(el("span").class("look__reason").add(column.reason.clone()))
        .add(coerced)
        .into()
}

fn cells(page: &Page, columns: &[ColumnReport]) -> Vec<Html> {
    let row = |row: &Vec<Option<String>>| {
        let cells: Vec<Html> = row
            .iter()
            .zip(columns)
            .take(MAX_COLUMNS)
            .map(|(cell, column)| {
                let cell_class = if column.kind.is_numeric() { "num" } else { "" };
                match cell {
                    Some(text) => el("td").class(cell_class).attr("title", text).text(text).into(),
                    None => el("td").class("look__none").text("\u{2013}").into(),
                }
            })
            .collect();
        el("tr").add(cells).into()
    };
    page.rows.iter().take(MAX_ROWS).map(row).collect()
}
