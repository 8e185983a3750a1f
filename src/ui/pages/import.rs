//! The parse report: what was guessed about a file and what was done with every odd cell. Each guess
//! can be overruled where it stands.

use crate::format;
use crate::model::{
    ColumnReport, DecimalMark, EngineError, ImportOptions, Kind, LineEnding, ParseReport, Problem,
    ProblemCode,
};
use crate::ui::command::Command;
use crate::ui::parts::callout;
use crate::ui::parts::field::{Field, choice, select, unlabelled_select};
use crate::ui::parts::icon::{button, kind};
use crate::ui::parts::progress::progress;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::{SourceKind, State};
use leptos::prelude::*;
use std::sync::Arc;

/// A report with the source it belongs to and what the user said about it.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    source: u32,
    options: ImportOptions,
    report: Arc<ParseReport>,
    error: Option<EngineError>,
}

pub fn report(app: App, table: String) -> AnyView {
    let shown = app.part(move |state| shown(state, &table));
    view! { {move || shown.get().map(|shown| {
        let error = shown.error.as_ref().map(callout::error);
        view! {
            <div class="import">
                {error}
                {progress(app, SlotId::Source(shown.source))}
                <p class="import__answer">{answer(&shown.report)}</p>
                {guesses(app, &shown)}
                {columns(app, &shown)}
                {problems(&shown.report)}
            </div>
        }
    })} }
    .into_any()
}

fn shown(state: &State, table: &str) -> Option<Shown> {
    let source = state.source_of(table)?;
    let SourceKind::File { options, .. } = &source.kind else { return None };
    Some(Shown {
        source: source.id,
        options: options.clone(),
        report: state.engine.parse_reports.get(table)?.clone(),
        error: state.slot(&SlotId::Source(source.id)).and_then(|slot| slot.error.clone()),
    })
}

/// The first thing to know: was anything changed?
fn answer(report: &ParseReport) -> String {
    let (n, all) = (report.n_rows_changed, report.n_rows);
    let rows = format!("{} of {} changed.", format::count(n), format::plural(all, "row was", "rows were"));
    let coerced: u64 = report.columns.iter().map(|column| column.n_coerced).sum();
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

/// Sends the options with one edit.
fn set(app: App, source: u32, options: &ImportOptions, edit: impl FnOnce(&mut ImportOptions)) {
    let mut options = options.clone();
    edit(&mut options);
    app.send(Command::SetImportOptions { source, options });
}

fn guesses(app: App, shown: &Shown) -> AnyView {
    let Shown { source, options, report, .. } = shown;
    let source = *source;
    let auto = |found: String| choice("", format!("{found} (found)"));

    let mut delimiters = vec![auto(delimiter_name(&report.delimiter))];
    delimiters.extend([",", ";", "\t", "|"].map(|text| choice(text, delimiter_name(text))));
    let now = options.clone();
    let delimiter = select(
        Field::new("import-delimiter", "Cells are parted by").row(),
        delimiters,
        options.delimiter.as_deref().unwrap_or(""),
        move |text| set(app, source, &now, |options| options.delimiter = (!text.is_empty()).then_some(text)),
    );

    let header_words = |is_there: bool| if is_there { "names of columns" } else { "data" };
    let headers = vec![
        auto(header_words(report.has_header).into()),
        choice("yes", header_words(true)),
        choice("no", header_words(false)),
    ];
    let now = options.clone();
    let chosen = options.header.map_or("", |header| if header { "yes" } else { "no" });
    let header =
        select(Field::new("import-header", "The first line holds").row(), headers, chosen, move |text| {
            let header = match text.as_str() {
                "yes" => Some(true),
                "no" => Some(false),
                _ => None,
            };
            set(app, source, &now, |options| options.header = header);
        });

    use crate::model::Encoding;
    let encodings = [Encoding::Utf8, Encoding::Utf16Le, Encoding::Utf16Be, Encoding::Windows1252];
    let mut choices = vec![auto(report.encoding.name().into())];
    choices.extend(encodings.map(|encoding| choice(encoding.name(), encoding.name())));
    let now = options.clone();
    let chosen = options.encoding.map_or("", Encoding::name);
    let encoding = select(Field::new("import-encoding", "Encoding").row(), choices, chosen, move |name| {
        let encoding = encodings.into_iter().find(|encoding| encoding.name() == name);
        set(app, source, &now, |options| options.encoding = encoding);
    });

    let marks = vec![
        choice("", "found in the file"),
        choice("point", "a point: 1,234.5"),
        choice("comma", "a comma: 1.234,5"),
    ];
    let now = options.clone();
    let chosen =
        options.decimal_mark.map_or("", |mark| if mark == DecimalMark::Point { "point" } else { "comma" });
    let mark = select(Field::new("import-mark", "Decimal mark").row(), marks, chosen, move |text| {
        let mark = match text.as_str() {
            "point" => Some(DecimalMark::Point),
            "comma" => Some(DecimalMark::Comma),
            _ => None,
        };
        set(app, source, &now, |options| options.decimal_mark = mark);
    });

    let quote = if report.quote.is_empty() {
        "nothing is quoted".into()
    } else {
        format!("quoted with {}", report.quote)
    };
    let facts = format!(
        "{}, {}; {}; {quote}.",
        report.file_name,
        format::bytes(report.n_bytes),
        line_ending_name(report.line_ending)
    );
    let is_overruled = *options != ImportOptions::default();
    let reset = is_overruled.then(|| {
        button("button", "Back to what was found", move || {
            app.send(Command::SetImportOptions { source, options: ImportOptions::default() });
        })
    });
    view! {
        <section class="import__guesses" aria-label="How the file is read">
            {delimiter}{header}{encoding}{mark}
            <p class="muted">{facts}</p>
            {reset}
        </section>
    }
    .into_any()
}

fn delimiter_name(delimiter: &str) -> String {
    match delimiter {
        "," => "commas".into(),
        ";" => "semicolons".into(),
        "\t" => "tabs".into(),
        "|" => "pipes".into(),
        " " => "spaces".into(),
        "" => "nothing: one column".into(),
        other => other.into(),
    }
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

fn columns(app: App, shown: &Shown) -> AnyView {
    let rows: Vec<AnyView> = shown
        .report
        .columns
        .iter()
        .enumerate()
        .map(|(idx, column)| column_row(app, shown, idx, column))
        .collect();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Columns as read">
        <table class="figures figures--words">
            <caption>"Columns: the kind of each, why, and what was not read as it stands"</caption>
            <thead><tr>
                <th scope="col">"Column"</th><th scope="col">"Kind"</th><th scope="col">"Because"</th>
                <th scope="col" class="num">"Missing"</th><th scope="col" class="num">"Does not fit"</th><th scope="col">"For example"</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn column_row(app: App, shown: &Shown, idx: usize, column: &ColumnReport) -> AnyView {
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
    let example = column.examples.first().map(|example| {
        if example.raw == example.parsed {
            example.raw.clone()
        } else {
            format!("{} \u{2192} {}", example.raw, example.parsed)
        }
    });
    view! {
        <tr>
            <th scope="row">{column.name.clone()}</th>
            <td><div class="import__kind">{kind(column.kind)}{chooser}</div></td>
            <td>{column.reason.clone()}</td>
            <td class="num">{format::count(column.n_missing)}<span class="import__tokens">{tokens}</span></td>
            <td class="num">{format::count(column.n_coerced)}</td>
            <td class="import__example">{example}</td>
        </tr>
    }
    .into_any()
}

fn problems(report: &ParseReport) -> AnyView {
    if report.problems.is_empty() {
        return view! { <p class="muted">"No problems were found in the file."</p> }.into_any();
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
    let rows: Vec<AnyView> = report.problems.iter().map(problem).collect();
    view! {
        <div class="scroll-x" tabindex="0" role="region" aria-label="Problems in the file">
        <table class="figures figures--words">
            <caption>{caption}</caption>
            <thead><tr>
                <th scope="col" class="num">"Line"</th><th scope="col">"Column"</th><th scope="col">"What"</th>
                <th scope="col">"In the file"</th><th scope="col">"What was done"</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn problem(problem: &Problem) -> AnyView {
    let what = match problem.code {
        ProblemCode::Coerced => "does not fit its column",
        ProblemCode::TooFewCells => "too few cells",
        ProblemCode::TooManyCells => "too many cells",
        ProblemCode::StrayQuote => "stray quote",
        ProblemCode::UnclosedQuote => "quote never closed",
        ProblemCode::BadBytes => "bytes that are no text",
        ProblemCode::RenamedColumn => "column renamed",
        ProblemCode::EmptyLine => "empty line",
    };
    view! {
        <tr>
            <td class="num">{format::count(problem.line)}</td>
            <td>{problem.column.clone()}</td>
            <td>{what}</td>
            <td><code>{problem.raw.clone()}</code></td>
            <td>{problem.action.clone()}</td>
        </tr>
    }
    .into_any()
}
