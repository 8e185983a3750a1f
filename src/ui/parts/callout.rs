//! A remark beside the text: what it is in a word and an icon, never in colour alone.

use super::icon::icon;
use crate::analyses::{Severity, Warning};
use crate::model::EngineError;
use leptos::prelude::*;

/// A framed remark; `kind` is "note", "caution" or "stop".
pub fn callout(kind: &'static str, body: AnyView) -> AnyView {
    let word = match kind {
        "stop" => "Stop",
        "caution" => "Caution",
        _ => "Note",
    };
    view! {
        <div class=format!("callout callout--{kind}")>
            <span class="callout__sign">{icon(kind)}<span class="unseen">{word}": "</span></span>
            <div class="callout__body">{body}</div>
        </div>
    }
    .into_any()
}

pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Caution => "caution",
        Severity::Stop => "stop",
    }
}

pub fn warning(warning: &Warning) -> AnyView {
    let metric = warning.metric.clone().map(|name| view! { <strong>{name}": "</strong> });
    let message = warning.message.clone();
    callout(
        severity(warning.severity),
        view! { <p data-warning=warning.code.clone()>{metric}{message}</p> }.into_any(),
    )
}

/// What went wrong, where, and the next step.
pub fn error(error: &EngineError) -> AnyView {
    let place = place(error).map(|place| view! { <p class="muted">{place}</p> });
    let hint = error.hint.clone().map(|hint| view! { <p>{sentence(&hint)}</p> });
    let message = error.message.clone();
    callout("stop", view! { <p class="callout__message">{message}</p>{hint}{place} }.into_any())
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
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if text.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
