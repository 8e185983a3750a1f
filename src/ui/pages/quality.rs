//! What looks wrong in a table: findings by how sure they are, each with the step that would mend it.

use crate::format;
use crate::model::{Finding, FindingSeverity, Limits, QualityReport};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::icon::button;
use crate::ui::parts::progress::progress;
use crate::ui::quality::{is_taken, n_to_look_at, report_of, taken, target};
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;

const LOOKED_FOR: &str = "Looked for duplicate rows and keys, constant, equal and mostly missing columns, outliers, \
    impossible dates and numbers, values that stand for missing ones, mixed units, several spellings of one value, \
    and values that other tables do not have.";

/// The words of the tab: with the number of findings that ask for a look.
pub fn label(app: App, table: String) -> Html {
    let n = app.part(move |state| report_of(state, &table).map_or(0, |report| n_to_look_at(&report)));
    live(move || match n.get() {
        0 => Html::from("Quality"),
        n => format!("Quality ({})", format::count(n as u64)).into(),
    })
}

pub fn quality(app: App, name: String) -> Html {
    let slot = SlotId::Quality(name.clone());
    let of = slot.clone();
    let shown = app.part(move |state| {
        let error = state.slot(&of).and_then(|slot| slot.error.clone());
        (report_of(state, &name), error, target(state, &name), taken(state, &name))
    });
    list([
        progress(app, slot),
        live(move || {
            let (report, error, target, taken) = shown.get();
            let is_waiting = report.is_none() && error.is_none();
            let waiting = is_waiting.then(|| el("p").class("muted").text("Looking through the table."));
            let error = error.as_ref().map(callout::error);
            let found = report.map(|report| {
                let is_new = |finding: &Finding| !is_taken(finding, &taken);
                let one = |finding: &Finding| {
                    let rows = show_rows(app, &report.table, finding);
                    item(app, finding, rows, &target, is_new(finding))
                };
                findings(&report, &target, &one)
            });
            el("div").class("quality").add(waiting).add(error).add(found)
        }),
    ])
}

fn findings(report: &QualityReport, target: &str, item: &dyn Fn(&Finding) -> Html) -> Html {
    if report.findings.is_empty() {
        return list([
            el("p").class("quality__answer").text("Nothing found.").into(),
            el("p").class("muted").text(LOOKED_FOR).into(),
        ]);
    }
    let group = |severity: FindingSeverity, title: &'static str| {
        let items: Vec<Html> =
            report.findings.iter().filter(|finding| finding.severity == severity).map(item).collect();
        (!items.is_empty()).then(|| {
            let title = format!("{title} ({})", items.len());
            el("section").class("quality__group").add(el("h3").add(title)).add(el("ul").add(items))
        })
    };
    let answer = match n_to_look_at(report) {
        0 => "Nothing that has to be mended.".into(),
        n => format!("{} to look at.", format::plural(n as u64, "thing", "things")),
    };
    let where_to = if report.table == target {
        "The file itself is never changed: a button adds a step to the recipe of a cleaned copy.".to_owned()
    } else {
        format!("A button adds a step to the recipe of {target}.")
    };
    list([
        el("p").class("quality__answer").add(answer).into(),
        el("p").class("muted").add(where_to).into(),
        group(FindingSeverity::Problem, "Cannot be right").into(),
        group(FindingSeverity::Look, "May be right").into(),
        group(FindingSeverity::Fact, "Good to know").into(),
    ])
}

/// A button that shows the rows in the grid, where filters can say which they are.
fn show_rows(app: App, table: &str, finding: &Finding) -> Option<Html> {
    if finding.rows.is_empty() {
        return None;
    }
    let (table, filter) = (table.to_owned(), finding.rows.clone());
    let press = move || {
        app.send(Command::ShowRowsWhere { table: table.clone(), filter: filter.clone() });
    };
    Some(button("button", "Show rows", press))
}

fn item(app: App, finding: &Finding, rows: Option<Html>, target: &str, is_new: bool) -> Html {
    let examples: Vec<Html> = finding
        .examples
        .iter()
        .map(|example| {
            let row = format!("row {}", format::count(example.row));
            el("li")
                .add(el("span").class("muted").add(row))
                .add(el("span").class("finding__text").add(example.text.clone()))
                .into()
        })
        .collect();
    let examples = (!examples.is_empty()).then(|| el("ul").class("finding__examples").add(examples));
    let limits: Vec<String> = finding
        .limits
        .iter()
        .map(|count| {
            let name = match count.limits {
                Limits::Iqr { factor } => format!("{factor} IQR"),
                Limits::Mad { factor } => format!("{factor} MAD"),
                Limits::Percentile { low, high } => format!("percentiles {low} to {high}"),
            };
            format!("{} beyond {name}", format::count(count.n_below + count.n_above))
        })
        .collect();
    let limits = (!limits.is_empty()).then(|| el("p").class("muted").add(format!("{}.", limits.join(", "))));
    let act = finding.step.clone().map(|step| {
        if !is_new {
            return el("p").class("muted finding__act").add(format!("Added to {target}.")).into();
        }
        let table = target.to_owned();
        let press = move || app.send(Command::AddStep { table: table.clone(), step: Box::new(step.clone()) });
        button("button", finding.action.clone(), press)
    });
    let act: Option<Html> = act;
    let acts = (rows.is_some() || act.is_some()).then(|| el("div").class("finding__acts").add(rows).add(act));
    el("li")
        .class("finding")
        .attr("data-finding", finding.code.clone())
        .add(
            el("div")
                .class("finding__words")
                .add(el("p").add(finding.sentence.clone()))
                .add(limits)
                .add(examples),
        )
        .add(acts)
        .into()
}
