//! A chart that the user composed: the answer in words, the chart or its small multiples, and where the rows went.

use super::{Found, answer, chart, ledger, warnings};
use crate::analyses::chart::ChartPanel;
use crate::charts::from_result::chart as charts;
use crate::ui::dom::{Html, each, el, list, live};
use crate::ui::runtime::Part;

pub fn view(found: Found) -> Html {
    let panels = Part::new(move || {
        let name = |panel: &ChartPanel| panel.name.clone();
        let names = found.chart(|result| result.panels.iter().map(name).collect::<Vec<String>>());
        names.unwrap_or_default()
    });
    list([
        live(move || found.chart(|result| answer(&result.sentence, "", &[]))),
        live(move || found.chart(|result| warnings(&result.warnings, ""))),
        el("div")
            .class("panels")
            .live_class("panels--one", move || panels.get().len() < 2)
            .add(each(move || panels.get(), move |name| panel(found, name)))
            .into(),
        live(move || found.chart(|result| ledger(&result.ledger))),
    ])
}

fn panel(found: Found, name: &str) -> Html {
    let name = name.to_owned();
    chart(move || {
        let made = found.chart(|result| {
            let at = result.panels.iter().position(|panel| panel.name == name)?;
            charts::chart(result, at)
        });
        made.flatten()
    })
}
