//! The kind of chart: one of those that the fields allow. The others say what they need.

use super::change;
use crate::analyses::chart::ChartSpec;
use crate::ui::chart_builder::{MarkChoice, choose, mark_word, marks_for};
use crate::ui::dom::{Html, el};
use crate::ui::forms::Input;
use crate::ui::runtime::App;
use std::rc::Rc;

pub fn field(app: App, input: &Input, spec: &ChartSpec) -> Html {
    let columns = Rc::new(input.columns().to_vec());
    let id = input.id;
    let group = input.field_id("mark");
    let radio = |choice: MarkChoice| {
        let MarkChoice { mark, is_possible, needs } = choice;
        let columns = columns.clone();
        // What a disabled choice needs is said to those who do not see a tooltip, too.
        let needs_words = (!is_possible).then(|| el("span").class("unseen").add(format!(", {needs}")));
        el("label")
            .class("mark")
            .class_if("mark--off", !is_possible)
            .attr_if("title", (!is_possible).then_some(needs))
            .add(
                el("input")
                    .attr("type", "radio")
                    .attr("name", group.clone())
                    .prop_is("checked", mark == spec.mark)
                    .prop_is("disabled", !is_possible)
                    .on("change", move |_| change(app, id, |spec| choose(spec, mark, &columns))),
            )
            .add(el("span").text(mark_word(mark)))
            .add(needs_words)
            .into()
    };
    let radios: Vec<Html> = marks_for(spec, input.columns()).into_iter().map(radio).collect();
    let error = input.error_at("mark").map(|error| el("p").class("field__error").add(error));
    el("fieldset")
        .class("field")
        .add(el("legend").text("Kind of chart"))
        .add(el("div").class("marks").add(radios))
        .add(error)
        .into()
}
