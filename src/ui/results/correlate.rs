//! Correlations as a document: the matrix, then the pairs from the strongest down.

use super::table::{Figures, Row, words};
use super::{Found, answer, chart, ledger, level, warnings};
use crate::analyses::correlate::{CorrelateResult, CorrelationMethod, Pair};
use crate::charts::from_result::correlate as charts;
use crate::format;
use crate::ui::dom::{Html, el, list, live};
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
    let mut pairs: Vec<&Pair> = result.pairs.iter().collect();
    let strength = |pair: &Pair| pair.r.map_or(-1.0, f64::abs);
    pairs.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
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
        .into_iter()
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
