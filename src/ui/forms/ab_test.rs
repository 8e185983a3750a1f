//! Options of an A/B report.

use super::columns::{column_checks, column_choices, column_choices_or_none, is_segment, is_unit};
use super::{Input, edit, filters, metrics, table_field};
use crate::analyses::ab_test::{AbTestSpec, AnalysisUnit, Correction, LiftMethod, MeanTest};
use crate::analyses::{Alternative, Spec};
use crate::ui::dom::{Html, el, list};
use crate::ui::parts::field::{Choice, Field, choice, number, select};
use crate::ui::runtime::App;
use std::collections::BTreeMap;

pub fn form(app: App, input: &Input, spec: &AbTestSpec) -> Html {
    let segments = {
        let id = input.id;
        let field = Field::new(input.field_id("segments"), "Segments")
            .hint("Each level is analysed on its own.")
            .error(input.error_at("segments"));
        let is_other = |column: &crate::model::ColumnInfo| is_segment(column) && column.name != spec.variant;
        column_checks(field, input, &spec.segments, is_other, move |columns| {
            set(app, id, |spec| spec.segments = columns);
        })
    };
    list([
        table_field(app, input),
        who(app, input, spec),
        metrics::fields(app, input, spec),
        segments,
        filters::fields(app, input, &spec.filter),
        statistics(app, input, spec),
    ])
}

/// Sends the spec with one edit.
pub fn set(app: App, id: u32, change: impl FnOnce(&mut AbTestSpec)) {
    edit(app, id, |spec| {
        if let Spec::AbTest(spec) = spec {
            change(spec);
        }
    });
}

/// Who was randomised into what.
fn who(app: App, input: &Input, spec: &AbTestSpec) -> Html {
    let id = input.id;
    let field =
        |name: &str, label: &str| Field::new(input.field_id(name), label).row().error(input.error_at(name));

    let variant = select(
        field("variant", "Variants in"),
        column_choices(input, |column| column.kind.is_grouping() || is_unit(column)),
        &spec.variant,
        move |column| {
            set(app, id, |spec| {
                spec.segments.retain(|segment| *segment != column);
                spec.variant = column;
                spec.control = None;
                spec.expected_split = None;
            });
        },
    );
    let levels = levels(input, spec);
    let mut controls = vec![choice("", "automatic")];
    controls.extend(levels.iter().map(|level| choice(level, level)));
    let control =
        select(field("control", "Control"), controls, spec.control.as_deref().unwrap_or(""), move |level| {
            set(app, id, |spec| spec.control = some(level));
        });
    let unit = select(
        field("unit", "Randomised unit"),
        column_choices_or_none(input, "each row by itself", is_unit),
        spec.unit.as_deref().unwrap_or(""),
        move |column| set(app, id, |spec| spec.unit = some(column)),
    );
    let analysis_unit = spec.unit.is_some().then(|| {
        select(
            field("analysis_unit", "Rows of one unit"),
            words(&ANALYSIS_UNITS),
            key(&ANALYSIS_UNITS, spec.analysis_unit),
            move |word| {
                if let Some(value) = value(&ANALYSIS_UNITS, &word) {
                    set(app, id, |spec| spec.analysis_unit = value);
                }
            },
        )
    });
    let time = select(
        field("time", "Time"),
        column_choices_or_none(input, "none", |column| column.kind.is_time()),
        spec.time.as_deref().unwrap_or(""),
        move |column| set(app, id, |spec| spec.time = some(column)),
    );
    list([variant, control, unit, analysis_unit.into(), time])
}

/// Levels of the variant column, in order.
fn levels(input: &Input, spec: &AbTestSpec) -> Vec<String> {
    let column = input.columns().iter().find(|column| column.name == spec.variant);
    column.map(|column| column.levels.clone()).unwrap_or_default()
}

fn statistics(app: App, input: &Input, spec: &AbTestSpec) -> Html {
    let id = input.id;
    let field =
        |name: &str, label: &str| Field::new(input.field_id(name), label).row().error(input.error_at(name));
    let alpha = number(
        field("alpha", "Significance level").hint("Intervals have the level 1 minus this; 0.0001 to 0.5."),
        spec.alpha,
        (0.0001, 0.5),
        "any",
        move |alpha| set(app, id, |spec| spec.alpha = alpha),
    );
    let alternative = select(
        field("alternative", "Direction"),
        words(&ALTERNATIVES),
        key(&ALTERNATIVES, spec.alternative),
        move |word| {
            if let Some(value) = value(&ALTERNATIVES, &word) {
                set(app, id, |spec| spec.alternative = value);
            }
        },
    );
    let test = select(
        field("mean_test", "Test of means"),
        words(&MEAN_TESTS),
        key(&MEAN_TESTS, spec.mean_test),
        move |word| {
            if let Some(value) = value(&MEAN_TESTS, &word) {
                set(app, id, |spec| spec.mean_test = value);
            }
        },
    );
    let lift = select(
        field("lift_method", "Interval of lifts"),
        words(&LIFT_METHODS),
        key(&LIFT_METHODS, spec.lift_method),
        move |word| {
            if let Some(value) = value(&LIFT_METHODS, &word) {
                set(app, id, |spec| spec.lift_method = value);
            }
        },
    );
    let correction = select(
        field("correction", "Several goals"),
        words(&CORRECTIONS),
        key(&CORRECTIONS, spec.correction),
        move |word| {
            if let Some(value) = value(&CORRECTIONS, &word) {
                set(app, id, |spec| spec.correction = value);
            }
        },
    );
    el("details")
        .class("disclosure panel__more")
        .add(el("summary").text("Statistics"))
        .add(
            el("div")
                .class("panel__fields")
                .add(alpha)
                .add(alternative)
                .add(test)
                .add(lift)
                .add(correction)
                .add(split(app, input, spec)),
        )
        .into()
}

/// The planned share of each variant.
fn split(app: App, input: &Input, spec: &AbTestSpec) -> Html {
    let levels = levels(input, spec);
    if levels.len() > 8 {
        return Html::Nothing;
    }
    let id = input.id;
    let planned = |level: &String| match &spec.expected_split {
        Some(split) => split.get(level).copied().unwrap_or(0.0),
        None => 1.0,
    };
    let mut all: BTreeMap<String, f64> = BTreeMap::new();
    for level in &levels {
        all.insert(level.clone(), planned(level));
    }
    let fields: Vec<Html> = levels
        .iter()
        .enumerate()
        .map(|(i, level)| {
            let (level, all) = (level.clone(), all.clone());
            let name = input.field_id(&format!("expected_split-{i}"));
            let field = Field::new(name, format!("Planned share of {level}")).row();
            number(field, planned(&level), (0.0, 1e9), "any", move |share| {
                let mut split = all.clone();
                split.insert(level.clone(), share);
                let is_equal = split.values().all(|other| *other == share);
                set(app, id, |spec| spec.expected_split = (!is_equal).then_some(split));
            })
        })
        .collect();
    let error = input.error_at("expected_split").map(|error| el("p").class("field__error").add(error));
    list([fields.into(), error.into()])
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

/// An option with the words that a list shows.
type Words<T, const N: usize> = [(T, &'static str); N];

const ANALYSIS_UNITS: Words<AnalysisUnit, 5> = [
    (AnalysisUnit::Auto, "decide from the data"),
    (AnalysisUnit::Clustered, "all count, errors clustered on the unit"),
    (AnalysisUnit::Unit, "averaged to one value a unit"),
    (AnalysisUnit::FirstVariant, "only those of its first variant"),
    (AnalysisUnit::Rows, "independent of each other"),
];
const ALTERNATIVES: Words<Alternative, 3> = [
    (Alternative::TwoSided, "any difference (two-sided)"),
    (Alternative::Greater, "variant above control"),
    (Alternative::Less, "variant below control"),
];
const MEAN_TESTS: Words<MeanTest, 3> = [
    (MeanTest::Welch, "Welch: variances may differ"),
    (MeanTest::Student, "Student: equal variances"),
    (MeanTest::Z, "z: normal quantiles"),
];
const LIFT_METHODS: Words<LiftMethod, 3> = [
    (LiftMethod::Fieller, "Fieller"),
    (LiftMethod::Delta, "delta method"),
    (LiftMethod::Log, "log of the ratio"),
];
const CORRECTIONS: Words<Correction, 5> = [
    (Correction::Holm, "Holm"),
    (Correction::Bonferroni, "Bonferroni"),
    (Correction::BenjaminiHochberg, "Benjamini-Hochberg (false discoveries)"),
    (Correction::BenjaminiYekutieli, "Benjamini-Yekutieli (false discoveries)"),
    (Correction::None, "not corrected"),
];

fn words<T, const N: usize>(list: &Words<T, N>) -> Vec<Choice> {
    list.iter().map(|(_, words)| choice(*words, *words)).collect()
}

fn key<T: PartialEq, const N: usize>(list: &Words<T, N>, value: T) -> &'static str {
    list.iter().find(|(other, _)| *other == value).map_or("", |(_, words)| words)
}

fn value<T: Copy, const N: usize>(list: &Words<T, N>, word: &str) -> Option<T> {
    list.iter().find(|(_, words)| *words == word).map(|(value, _)| *value)
}
