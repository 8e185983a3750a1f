//! Correlations as a document: the matrix, then the pairs from the strongest down.

use super::table::{Figures, Row, words};
use super::{Found, answer, chart, ledger, level, warnings};
use crate::analyses::correlate::{CorrelateResult, CorrelationMethod};
use crate::charts::from_result::correlate as charts;
use crate::format;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::order::order;
use crate::ui::parts::figure::{count, figure, interval};

pub fn view(found: Found) -> Html {
    list([
        live(move || found.correlate(|result| answer(&result.sentence, "", &[]))),
        live(move || found.correlate(|result| warnings(&result.warnings, ""))),
        chart(move || found.correlate(charts::matrix)?),
        chart(move || found.correlate(charts::pairs)?),
        live(move || found.correlate(pairs)),
        live(move || found.correlate(|result| ledger(&result.ledger))),
    ])
}

fn pairs(result: &CorrelateResult) -> Html {
    let strength = |idx: usize| result.pairs[idx].r.map_or(-1.0, f64::abs);
    let by_strength = order(result.pairs.len(), &|a, b| strength(a) > strength(b));
    let pairs = by_strength.into_iter().map(|idx| &result.pairs[idx]);
    let coefficient = match result.spec.method {
        CorrelationMethod::Pearson => "#r",
        CorrelationMethod::Spearman => "#rho",
    };
    let heads = vec![
        "Column".into(),
        "and".into(),
        coefficient.into(),
        format!("#{} interval", level(result.spec.alpha)),
        "#p".into(),
        "#rows".into(),
    ];
    let rows = pairs
        .map(|pair| {
            let name = |what: &str| format!("{}|{}|{what}", pair.x, pair.y);
            let two = |x: f64| format::decimals(x, 3);
            let ends = |x: Option<f64>| x.map_or("\u{2013}".into(), two);
            let cells = vec![
                words(pair.y.clone()),
                figure(name("r"), pair.r, two),
                interval(name("interval"), pair.interval, |i| format!("{} to {}", ends(i.low), ends(i.high))),
                figure(name("p"), pair.p_value, format::p_value),
                count(name("n"), pair.n),
            ];
            Row::new(pair.x.clone(), cells)
        })
        .collect();
    el("section")
        .class("result-part")
        .add(el("h3").text("Pairs"))
        .add(
            Figures {
                caption: "From the strongest down; p-values are not adjusted".into(),
                heads,
                rows,
                is_captioned: true,
            }
            .view(),
        )
        .into()
}
