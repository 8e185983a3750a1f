//! Checks before verdicts: the split, who saw what, and how rows of one unit are treated.

use crate::analyses::Spec;
use crate::analyses::ab_test::{AbTestResult, AnalysisUnit, MetricMeasure, Srm, SrmMethod, UnitOption};
use crate::format;
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::figure::{Scale, figure, interval};
use crate::ui::parts::icon::icon;
use crate::ui::results::table::{Figures, Row};
use crate::ui::results::{level, warnings};
use crate::ui::runtime::App;

pub fn view(app: App, id: u32, result: &AbTestResult) -> Html {
    let mut lines = vec![split(result)];
    lines.extend(exposure(result));
    el("section")
        .class("result-part")
        .add(el("h3").text("Checks"))
        .add(warnings(&result.warnings, &result.limits))
        .add(el("ul").class("check-list").add(lines))
        .add(unit_options(app, id, result))
        .into()
}

/// A finding with its sign and its word.
fn line(name: &'static str, word: &'static str, text: String) -> Html {
    el("li")
        .class(format!("check-line check-line--{name}"))
        .add(icon(name))
        .add(el("p").add(el("strong").add(word)).text(" ").add(text))
        .into()
}

fn split(result: &AbTestResult) -> Html {
    let text = split_words(result, &result.srm);
    if result.srm.is_alert {
        line("stop", "The split is off.", text)
    } else {
        line("check", "The split is as planned.", text)
    }
}

/// "2,519 rows in A, 2,481 rows in B; 2,500 and 2,500 expected; chi-square p = 0.591."
pub fn split_words(result: &AbTestResult, srm: &Srm) -> String {
    let observed = srm.observed.iter().zip(&result.variants);
    let observed: Vec<String> = observed
        .map(|(n, variant)| format!("{} {} in {}", format::count(*n), srm.counted, variant.name))
        .collect();
    let expected: Vec<String> =
        srm.expected.iter().map(|n| format::trim_zeros(&format::decimals(*n, 1))).collect();
    let method = match srm.method {
        SrmMethod::ChiSquare => "chi-square",
        SrmMethod::ExactBinomial => "exact binomial",
    };
    let p = format::p_value(srm.p_value);
    let p = if p.starts_with(['<', '>']) { p } else { format!("= {p}") };
    format!(
        "{}; {} expected; {method} p\u{a0}{}.",
        observed.join(", "),
        expected.join(" and "),
        p.replace(' ', "\u{a0}")
    )
}

/// What the warnings do not say already.
fn exposure(result: &AbTestResult) -> Option<Html> {
    let exposure = result.exposure.as_ref()?;
    let unit = result.spec.unit.as_deref().unwrap_or("unit");
    let is_warned = |code: &str| result.warnings.iter().any(|warning| warning.code == code);
    let seen = (exposure.n_units_in_several == 0).then(|| {
        let all = format::count(exposure.n_units);
        line(
            "check",
            "One variant each.",
            format!("All {all} values of {unit} were seen in one variant only."),
        )
    });
    let missing = (exposure.n_rows_without_unit > 0 && !is_warned("missing_units")).then(|| {
        let n = format::plural(exposure.n_rows_without_unit, "row has", "rows have");
        line("note", "Missing units.", format!("{n} no {unit} and are left out."))
    });
    let repeated = (exposure.max_rows_per_unit > 1 && !is_warned("rows_not_independent")).then(|| {
        let most = format::count(exposure.max_rows_per_unit);
        line("note", "Repeated rows.", format!("One {unit} has up to {most} rows."))
    });
    Some(list([seen.into(), repeated.into(), missing.into()]))
}

/// The ways to treat rows of one unit, each a click away.
fn unit_options(app: App, id: u32, result: &AbTestResult) -> Html {
    if result.unit_options.is_empty() {
        return Html::Nothing;
    }
    let first = result.metrics.first();
    let scale = first.map_or(Scale::Number { n_decimals: 2 }, super::scale_of);
    let name = first.map(|metric| metric.name.clone()).unwrap_or_default();
    let heads = vec![
        "Rows are treated".into(),
        "#Difference".into(),
        format!("#{} interval", level(result.spec.alpha)),
        "#p".into(),
        "Choice".into(),
    ];
    let rows = result.unit_options.iter().map(|option| row(app, id, option, scale)).collect();
    let what = match first.map(|metric| &metric.metric.measure) {
        Some(MetricMeasure::Proportion { .. }) => "share of",
        Some(MetricMeasure::Ratio { .. }) => "ratio",
        _ => "mean of",
    };
    let caption = format!("The {what} {name} under each way to treat rows of one unit");
    Figures { caption, heads, rows, is_captioned: true }.view()
}

fn row(app: App, id: u32, option: &UnitOption, scale: Scale) -> Row {
    let unit = option.analysis_unit;
    let key = |what: &str| format!("unit_option|{unit:?}|{what}");
    // A button in either case, so that the one that was pressed keeps the focus.
    let choose = el("button")
        .attr("type", "button")
        .class("link")
        .attr("aria-pressed", option.is_used.to_string())
        .on_press(move || choose(app, id, unit))
        .text(if option.is_used { "used here" } else { "use this" })
        .into();
    let cells = vec![
        figure(key("difference"), option.difference, |x| scale.difference(x)),
        interval(key("interval"), option.interval, |i| scale.difference_interval(i)),
        figure(key("p"), option.p_value, format::p_value),
        choose,
    ];
    Row::new(option.label.clone(), cells)
}

fn choose(app: App, id: u32, unit: AnalysisUnit) {
    let spec = app.peek(|state| state.spec(id).cloned());
    if let Some(Spec::AbTest(mut spec)) = spec {
        spec.analysis_unit = unit;
        app.send(Command::SetSpec { id, spec: Box::new(Spec::AbTest(spec)) });
    }
}
