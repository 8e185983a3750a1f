//! What was guessed about a file, each guess with what else it could be.

use super::import::{Shown, facts};
use crate::format;
use crate::model::{DateOrder, DecimalMark, FileFormat, ImportOptions, ParseReport};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el};
use crate::ui::parts::field::{Field, choice, select};
use crate::ui::parts::icon::button;
use crate::ui::runtime::App;

/// Sends the options with one edit.
pub(super) fn set(app: App, source: u32, options: &ImportOptions, edit: impl FnOnce(&mut ImportOptions)) {
    let mut options = options.clone();
    edit(&mut options);
    app.send(Command::SetImportOptions { source, options: Box::new(options) });
}

pub(super) fn guesses(app: App, shown: &Shown) -> Html {
    let Shown { source, options, report, .. } = shown;
    let source = *source;
    let auto = |found: String| choice("", format!("{found} (found)"));

    let mut delimiters = vec![auto(delimiter_name(&report.delimiter))];
    delimiters.extend(
        [",", ";", "\t", "|", " ", "whitespace", "||", "::", "~", "^"]
            .map(|text| choice(text, delimiter_name(text))),
    );
    let now = options.clone();
    let delimiter = select(
        Field::new("import-delimiter", "Cells are parted by").row(),
        delimiters,
        options.delimiter.as_deref().unwrap_or(""),
        move |text| set(app, source, &now, |options| options.delimiter = (!text.is_empty()).then_some(text)),
    );

    let mut headers = vec![auto(header_name(report.n_header_rows))];
    headers.extend((0..=ImportOptions::MAX_HEADER_ROWS).map(|n| choice(n.to_string(), header_name(n))));
    let now = options.clone();
    let n_asked = options.header_rows.or(options.header.map(u32::from));
    let chosen = n_asked.map(|n| n.to_string()).unwrap_or_default();
    let field = Field::new("import-header", "Names of columns stand in").row();
    let header = select(field, headers, &chosen, move |text| {
        set(app, source, &now, |options| {
            options.header = None;
            options.header_rows = text.parse().ok();
        });
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

    let orders = [
        ("dmy", "day first: 31/12/2024", DateOrder::Dmy),
        ("mdy", "month first: 12/31/2024", DateOrder::Mdy),
        ("ymd", "year first: 2024/12/31", DateOrder::Ymd),
    ];
    let mut choices = vec![choice("", "found in each column")];
    choices.extend(orders.map(|(name, words, _)| choice(name, words)));
    let now = options.clone();
    let chosen = orders.iter().find(|(.., order)| options.date_order == Some(*order));
    let chosen = chosen.map_or("", |(name, ..)| name);
    let field = Field::new("import-date-order", "Order of day and month").row();
    let date_order = select(field, choices, chosen, move |text| {
        let order = orders.iter().find(|(name, ..)| *name == text).map(|(.., order)| *order);
        set(app, source, &now, |options| options.date_order = order);
    });

    let tables = table_choice(app, source, options, report);
    let first_line = first_line(app, source, options, report);
    // What a format does not have cannot be chosen.
    let is_text = report.format == FileFormat::Delimited;
    let delimiter = is_text.then_some(delimiter);
    let header = (is_text || report.format == FileFormat::Xlsx).then_some(header);
    let encoding = (report.format != FileFormat::Xlsx).then_some(encoding);
    let is_overruled = *options != ImportOptions::default();
    let reset = is_overruled.then(|| {
        button("button", "Back to what was found", move || {
            app.send(Command::SetImportOptions { source, options: Box::default() });
        })
    });
    el("section")
        .class("import__guesses")
        .attr("aria-label", "How the file is read")
        .add(delimiter)
        .add(tables)
        .add(first_line)
        .add(header)
        .add(encoding)
        .add(mark)
        .add(date_order)
        .add(el("p").class("muted").add(facts(report)))
        .add(reset)
        .into()
}

/// Which of the tables in the file, where there are several.
fn table_choice(app: App, source: u32, options: &ImportOptions, report: &ParseReport) -> Option<Html> {
    if report.tables.len() < 2 {
        return None;
    }
    let numbered = report.tables.iter().zip(1u32..);
    let choices = numbered
        .map(|(table, n)| {
            let columns = format::plural(u64::from(table.n_columns), "column", "columns");
            choice(n.to_string(), format!("table {n}, from line {}, {columns}", table.first_line))
        })
        .collect();
    let now = options.clone();
    let chosen = report.table.to_string();
    let field = Field::new("import-table", "The file holds several tables").row();
    Some(select(field, choices, &chosen, move |text| {
        set(app, source, &now, |options| options.table = text.parse().ok());
    }))
}

/// Where the table begins, where that is not the first line or the user says so.
fn first_line(app: App, source: u32, options: &ImportOptions, report: &ParseReport) -> Option<Html> {
    if report.format != FileFormat::Delimited || (report.first_line == 1 && options.first_line.is_none()) {
        return None;
    }
    let found = match options.first_line {
        None => format!("line {} (found)", format::count(report.first_line)),
        Some(_) => "where it is found".into(),
    };
    let choices = vec![choice("", found), choice("1", "line 1: everything is the table")];
    let now = options.clone();
    let chosen = options.first_line.map(|line| line.to_string()).unwrap_or_default();
    let field = Field::new("import-first-line", "The table begins at").row();
    Some(select(field, choices, &chosen, move |text| {
        set(app, source, &now, |options| options.first_line = text.parse().ok());
    }))
}

pub(super) fn header_name(n_rows: u32) -> String {
    match n_rows {
        0 => "no row".into(),
        1 => "the first row".into(),
        n => format!("the first {n} rows"),
    }
}

pub(super) fn delimiter_name(delimiter: &str) -> String {
    match delimiter {
        "," => "commas".into(),
        ";" => "semicolons".into(),
        "\t" => "tabs".into(),
        "|" => "pipes".into(),
        " " => "single spaces".into(),
        "whitespace" => "any number of spaces".into(),
        "" => "nothing: one column".into(),
        other => other.into(),
    }
}
