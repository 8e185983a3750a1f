//! A remark beside the text: what it is in a word and an icon, never in colour alone.

use super::icon::icon;
use crate::analyses::{Severity, Warning};
use crate::model::EngineError;
use crate::ui::dom::{Html, el, list};

/// A framed remark; `kind` is "note", "caution" or "stop".
pub fn callout(kind: &'static str, body: Html) -> Html {
    let word = match kind {
        "stop" => "Stop",
        "caution" => "Caution",
        _ => "Note",
    };
    el("div")
        .class(format!("callout callout--{kind}"))
        .add(
            el("span")
                .class("callout__sign")
                .add(icon(kind))
                .add(el("span").class("unseen").add(word).text(": ")),
        )
        .add(el("div").class("callout__body").add(body))
        .into()
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Caution => "caution",
        Severity::Stop => "stop",
    }
}

pub fn warning(warning: &Warning) -> Html {
    let metric = warning.metric.clone().map(|name| el("strong").add(name).text(": "));
    let message = warning.message.clone();
    callout(
        severity(warning.severity),
        el("p").attr("data-warning", warning.code.clone()).add(metric).add(message).into(),
    )
}

/// What went wrong, where, and the next step.
pub fn error(error: &EngineError) -> Html {
    let place = place(error).map(|place| el("p").class("muted").add(place));
    let hint = error.hint.clone().map(|hint| el("p").add(sentence(&hint)));
    let message = error.message.clone();
    callout("stop", list([el("p").class("callout__message").add(message).into(), hint.into(), place.into()]))
}

/// "sessions.csv, line 12, column watched".
fn place(error: &EngineError) -> Option<String> {
    let at = &error.at;
    let file = at.file.clone().or_else(|| at.table.as_ref().map(|table| format!("table {table}")));
    let line = at.line.map(|line| format!("line {line}"));
    let column = at.column.as_ref().map(|column| format!("column {column}"));
    let parts: Vec<String> = [file, line, column].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| format!("Where: {}", parts.join(", ")))
}

/// Hints may begin small and end without a stop, as in "did you mean group?".
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
