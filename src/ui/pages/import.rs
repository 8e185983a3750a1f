//! The parse report: what was guessed about a file and what was done with every odd cell. Each guess
//! can be overruled where it stands.

use super::import_options;
use super::import_options::set;
use crate::format;
use crate::model::{
    ColumnReport, EngineError, Example, FileFormat, ImportOptions, Kind, LineEnding, ParseReport, Problem,
    ProblemCode,
};
use crate::ui::dom::{Html, el, live};
use crate::ui::parts::callout;
use crate::ui::parts::field::{choice, unlabelled_select};
use crate::ui::parts::icon::kind;
use crate::ui::parts::progress::progress;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::{SourceKind, State};
use std::sync::Arc;

/// A report with the source it belongs to and what the user said about it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shown {
    pub source: u32,
    pub options: ImportOptions,
    pub report: Arc<ParseReport>,
    pub error: Option<EngineError>,
}

pub fn report(app: App, table: String) -> Html {
    let shown = app.part(move |state| shown(state, &table));
    live(move || {
        shown.get().map(|shown| {
            let error = shown.error.as_ref().map(callout::error);
            el("div")
                .class("import")
                .add(error)
                .add(progress(app, SlotId::Source(shown.source)))
                .add(el("p").class("import__answer").add(answer(&shown.report)))
                .add(import_options::guesses(app, &shown))
                .add(columns(app, &shown))
                .add(problems(&shown.report))
        })
    })
}

fn shown(state: &State, table: &str) -> Option<Shown> {
    // A file that is looked at has fields of the same names.
    if !state.chrome.preview.files.is_empty() {
        return None;
    }
    let source = state.source_of(table)?;
    let SourceKind::File { options, .. } = &source.kind else { return None };
    Some(Shown {
        source: source.id,
        options: options.clone(),
        report: state.engine.parse_reports.get(&table.to_owned())?.clone(),
        error: state.slot(&SlotId::Source(source.id)).and_then(|slot| slot.error.clone()),
    })
}

/// The first thing to know: was anything changed?
fn answer(report: &ParseReport) -> String {
    let (n, all) = (report.n_rows_changed, report.n_rows);
    let rows = format!("{} of {} changed.", format::count(n), format::plural(all, "row was", "rows were"));
    let coerced: u64 = report.columns.iter().map(|column| column.n_coerced).sum();
    if let Some(empty) = report.problems.iter().find(|problem| problem.code == ProblemCode::EmptyFile) {
        return empty.action.clone();
    }
    let rows = format!("{rows}{}{}", widths(report), outside(report));
    match (n, coerced) {
        (0, 0) => format!("{rows} Every cell is in the table as it stands in the file."),
        (_, 0) => format!("{rows} The list below says where and how."),
        (_, coerced) => {
            let cells = format::plural(coerced, "cell is", "cells are");
            format!(
                "{rows} {cells} missing in the table because the text does not fit its column; the list below says which."
            )
        }
    }
}

/// Rows of another width than the table's.
fn widths(report: &ParseReport) -> String {
    let rows =
        |n: u64, what: &str| (n > 0).then(|| format!("{} {what}", format::plural(n, "row was", "rows were")));
    let cut =
        format!("too long, and {} left out", format::plural(report.n_cells_cut, "cell was", "cells were"));
    let parts = [
        rows(report.n_rows_padded, "too short"),
        rows(report.n_rows_cut, &cut),
        rows(report.n_rows_repaired, "divided anew"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" {}.", parts.join("; ")) }
}

/// What of the file is no part of the table.
fn outside(report: &ParseReport) -> String {
    let is_outside =
        |problem: &&Problem| matches!(problem.code, ProblemCode::Preamble | ProblemCode::Footnote);
    let lines = match report.problems.iter().filter(is_outside).count() as u64 {
        0 => String::new(),
        1 => " One line above or below the table was left out.".into(),
        n => format!(" {} lines above or below the table were left out.", format::count(n)),
    };
    match report.tables.len() {
        0 | 1 => lines,
        n => format!("{lines} The file holds {n} tables; this is table {}.", report.table),
    }
}

/// The file, its size and what it is.
pub(super) fn facts(report: &ParseReport) -> String {
    let what = match report.format {
        FileFormat::Delimited => {
            let quote = if report.quote.is_empty() {
                "nothing is quoted".into()
            } else {
                format!("quoted with {}", report.quote)
            };
            format!("{}; {quote}", line_ending_name(report.line_ending))
        }
        format => format.name().into(),
    };
    let packed = if report.compressed { ", packed with gzip" } else { "" };
    format!("{}, {}{packed}; {what}.", report.file_name, format::bytes(report.n_bytes))
}

fn line_ending_name(ending: LineEnding) -> &'static str {
    match ending {
        LineEnding::Lf => "lines end with LF",
        LineEnding::CrLf => "lines end with CR LF",
        LineEnding::Cr => "lines end with CR",
        LineEnding::Mixed => "lines end in several ways",
        LineEnding::None => "one line",
    }
}

fn columns(app: App, shown: &Shown) -> Html {
    let rows: Vec<Html> = shown
        .report
        .columns
        .iter()
        .enumerate()
        .map(|(idx, column)| column_row(app, shown, idx, column))
        .collect();
    el("div")
        .class("scroll-x")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Columns as read")
        .add(
            el("table")
                .class("figures figures--words")
                .add(el("caption").text("Columns: the kind of each, why, and what was not read as it stands"))
                .add(
                    el("thead").add(
                        el("tr")
                            .add(el("th").attr("scope", "col").text("Column"))
                            .add(el("th").attr("scope", "col").text("Kind"))
                            .add(el("th").attr("scope", "col").text("Because"))
                            .add(el("th").attr("scope", "col").class("num").text("Missing"))
                            .add(el("th").attr("scope", "col").class("num").text("Does not fit"))
                            .add(el("th").attr("scope", "col").class("num").text("Row too short"))
                            .add(el("th").attr("scope", "col").class("num").text("Repaired"))
                            .add(el("th").attr("scope", "col").text("In the file \u{2192} read as")),
                    ),
                )
                .add(el("tbody").add(rows)),
        )
        .into()
}

fn column_row(app: App, shown: &Shown, idx: usize, column: &ColumnReport) -> Html {
    let source = shown.source;
    let (options, name) = (shown.options.clone(), column.name.clone());
    let mut kinds = vec![choice("", format!("{} (found)", column.kind.name()))];
    kinds.extend(Kind::ALL.map(|kind| choice(kind.name(), kind.name())));
    let chosen = shown.options.kinds.get(&column.name).map_or("", |kind| kind.name());
    if !chosen.is_empty() {
        kinds[0].label = "as found".into();
    }
    let chooser = unlabelled_select(
        format!("import-kind-{idx}"),
        format!("Kind of {name}"),
        kinds,
        chosen,
        move |word| {
            let kind = Kind::ALL.into_iter().find(|kind| kind.name() == word);
            set(app, source, &options, |options| match kind {
                Some(kind) => {
                    options.kinds.insert(name.clone(), kind);
                }
                None => {
                    options.kinds.remove(&name);
                }
            });
        },
    );
    let tokens = column.missing_tokens.iter().take(3).map(|token| {
        let text =
            if token.token.is_empty() { "empty".into() } else { format!("\u{201c}{}\u{201d}", token.token) };
        format!("{text} {}", format::count(token.n))
    });
    let tokens = tokens.collect::<Vec<_>>().join(", ");
    el("tr")
        .add(el("th").attr("scope", "row").add(column.name.clone()))
        .add(el("td").add(el("div").class("import__kind").add(kind(column.kind)).add(chooser)))
        .add(el("td").add(column.reason.clone()))
        .add(
            el("td")
                .class("num")
                .add(format::count(column.n_missing))
                .add(el("span").class("import__tokens").add(tokens)),
        )
        .add(el("td").class("num").add(format::count(column.n_coerced)))
        .add(el("td").class("num").add(format::count(column.n_padded)))
        .add(el("td").class("num").add(format::count(column.n_repaired)))
        .add(el("td").class("import__example").add(examples(column)))
        .into()
}

/// A cell that is read as it stands, or those that are read as something else.
fn examples(column: &ColumnReport) -> Vec<Html> {
    const MAX_SHOWN: usize = 3;
    let is_changed = |example: &&Example| example.raw != example.parsed;
    let changed: Vec<&Example> = column.examples.iter().filter(is_changed).take(MAX_SHOWN).collect();
    let shown = if changed.is_empty() { column.examples.iter().take(1).collect() } else { changed };
    let line = |example: &Example| {
        el("span").class("import__pair").add(el("code").add(example.raw.clone())).add(
            if example.raw == example.parsed {
                String::new()
            } else {
                format!(" \u{2192} {}", example.parsed)
            },
        )
    };
    shown.into_iter().map(|example| line(example).into()).collect()
}

fn problems(report: &ParseReport) -> Html {
    if report.problems.is_empty() {
        return el("p").class("muted").text("No problems were found in the file.").into();
    }
    let shown = report.problems.len() as u64;
    let caption = if report.n_problems > shown {
        format!(
            "The first {} of {} problems, by line",
            format::count(shown),
            format::count(report.n_problems)
        )
    } else {
        format!("{}, by line", format::plural(report.n_problems, "problem", "problems"))
    };
    let rows: Vec<Html> = report.problems.iter().map(problem).collect();
    el("div")
        .class("scroll-x")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", "Problems in the file")
        .add(
            el("table")
                .class("figures figures--words")
                .add(el("caption").add(caption))
                .add(
                    el("thead").add(
                        el("tr")
                            .add(el("th").attr("scope", "col").class("num").text("Line"))
                            .add(el("th").attr("scope", "col").text("Column"))
                            .add(el("th").attr("scope", "col").text("What"))
                            .add(el("th").attr("scope", "col").text("In the file"))
                            .add(el("th").attr("scope", "col").text("What was done")),
                    ),
                )
                .add(el("tbody").add(rows)),
        )
        .into()
}

fn problem(problem: &Problem) -> Html {
    let what = match problem.code {
        ProblemCode::Coerced => "does not fit its column",
        ProblemCode::TooFewCells => "too few cells",
        ProblemCode::TooManyCells => "too many cells",
        ProblemCode::StrayQuote => "stray quote",
        ProblemCode::UnclosedQuote => "quote never closed",
        ProblemCode::BadBytes => "bytes that are no text",
        ProblemCode::RenamedColumn => "column renamed",
        ProblemCode::EmptyLine => "empty line",
        ProblemCode::Preamble => "above the table",
        ProblemCode::Footnote => "below the table",
        ProblemCode::OtherTable => "another table",
        ProblemCode::RepairedRow => "row repaired",
        ProblemCode::TrailingDelimiter => "delimiter at the end",
        ProblemCode::EmptyFile => "empty file",
        ProblemCode::BadLine => "line that is not JSON",
        ProblemCode::RepeatedKey => "repeated key",
        ProblemCode::MixedUnits => "several units",
        ProblemCode::OtherDateOrder => "other order of dates",
    };
    el("tr")
        .add(el("td").class("num").add(format::count(problem.line)))
        .add(el("td").add(problem.column.clone()))
        .add(el("td").add(what))
        .add(el("td").add(el("code").add(problem.raw.clone())))
        .add(el("td").add(problem.action.clone()))
        .into()
}
