//! The knobs of a generated world.

use super::framed;
use crate::format;
use crate::model::{EngineError, ScenarioSpec, UiExperimentSpec};
use crate::ui::command::Command;
use crate::ui::dom::{Html, el, list, live};
use crate::ui::parts::callout;
use crate::ui::parts::field::{Field, check, number, slider};
use crate::ui::parts::icon::button;
use crate::ui::parts::progress::progress;
use crate::ui::runtime::App;
use crate::ui::slot::SlotId;
use crate::ui::state::{SourceKind, State};

const HELP: &str = "Every figure of this world follows from the seed and the knobs: the same ones give the same \
                    rows on every computer. Change one and the tables, and every analysis on them, are made anew.";

pub fn panel(app: App, source: u32) -> Html {
    let shown = app.part(move |state| knobs(state, source));
    live(move || {
        let Some((spec, error)) = shown.get() else { return Html::Nothing };
        let ScenarioSpec::UiExperiment(spec) = spec;
        let error = error.as_ref().map(callout::error);
        let body =
            list([error.into(), ui_experiment(app, source, &spec), progress(app, SlotId::Source(source))]);
        framed(app, "UI experiment", HELP, body)
    })
}

fn knobs(state: &State, source: u32) -> Option<(ScenarioSpec, Option<EngineError>)> {
    let SourceKind::World { spec } = &state.document.source(source)?.kind else { return None };
    let slot = state.slot(&SlotId::Source(source));
    Some((spec.clone(), slot.and_then(|slot| slot.error.clone())))
}

/// Sends the world as it is now with one edit. `gesture` names the knob that is being dragged.
fn set(app: App, source: u32, gesture: Option<&'static str>, edit: impl FnOnce(&mut UiExperimentSpec)) {
    let now = app.peek(|state| knobs(state, source));
    if let Some((ScenarioSpec::UiExperiment(mut spec), _)) = now {
        edit(&mut spec);
        let spec = Box::new(ScenarioSpec::UiExperiment(spec));
        app.send(Command::SetWorld { source, spec, gesture });
    }
}

/// A knob as it is shown: label, hint, step, and how it is written into the spec.
struct Knob {
    field: &'static str,
    label: &'static str,
    hint: &'static str,
    step: &'static str,
    /// The range of the slider, within what is allowed.
    shown: (f64, f64),
    write: fn(&mut UiExperimentSpec, f64),
}

const EFFECTS: [Knob; 4] = [
    Knob {
        field: "effect_length_minutes",
        label: "Session length, minutes",
        hint: "A has a mean of 11.42.",
        step: "0.01",
        shown: (-6.0, 6.0),
        write: |spec, x| spec.effect_length_minutes = x,
    },
    Knob {
        field: "effect_watch_pp",
        label: "Watching, percentage points",
        hint: "67.1 % of A's sessions lead to watching; bounces follow.",
        step: "0.1",
        shown: (-25.0, 25.0),
        write: |spec, x| spec.effect_watch_pp = x,
    },
    Knob {
        field: "effect_completion_pp",
        label: "Completion, percentage points",
        hint: "52.8 % of A's watched sessions are completed.",
        step: "0.1",
        shown: (-25.0, 25.0),
        write: |spec, x| spec.effect_completion_pp = x,
    },
    Knob {
        field: "effect_clicks",
        label: "Clicks before watching",
        hint: "A has a mean of 1.42.",
        step: "0.01",
        shown: (-1.0, 1.0),
        write: |spec, x| spec.effect_clicks = x,
    },
];

fn ui_experiment(app: App, source: u32, spec: &UiExperimentSpec) -> Html {
    let id = |field: &str| format!("knob-{source}-{field}");
    let range = |field: &str| {
        let found = UiExperimentSpec::RANGES.iter().find(|range| range.field == field);
        found.map_or((f64::MIN, f64::MAX), |range| (range.min, range.max))
    };
    let count = |field: &'static str,
                 label: &'static str,
                 value: u32,
                 write: fn(&mut UiExperimentSpec, u32)| {
        let (min, max) = range(field);
        let hint = format!("{} to {}", format::count(min as u64), format::count(max as u64));
        number(Field::new(id(field), label).row().hint(hint), f64::from(value), (min, max), "1", move |x| {
            set(app, source, None, |spec| write(spec, x as u32));
        })
    };
    let effects: Vec<Html> = EFFECTS
        .iter()
        .map(|knob| {
            let field = Field::new(id(knob.field), knob.label).hint(knob.hint);
            let value = UiExperimentSpec::RANGES.iter().find(|range| range.field == knob.field);
            let value = value.map_or(0.0, |range| (range.value)(spec));
            let (min, max) = range(knob.field);
            let shown = (knob.shown.0.max(min).min(value), knob.shown.1.min(max).max(value));
            let (write, gesture) = (knob.write, knob.field);
            slider(field, value, shown, knob.step, move |x| {
                set(app, source, Some(gesture), |spec| write(spec, x));
            })
        })
        .collect();
    let seed_field = Field::new(id("seed"), "Seed").row();
    let seed =
        number(seed_field, spec.seed as f64, (0.0, UiExperimentSpec::MAX_SEED as f64), "1", move |x| {
            set(app, source, None, |spec| spec.seed = x as u64);
        });
    let share = Field::new(id("share_b"), "Share of B").row().hint("0.01 to 0.99");
    let share = number(share, spec.share_b, range("share_b"), "0.01", move |x| {
        set(app, source, None, |spec| spec.share_b = x);
    });
    let by_user = check(
        el("span").text("Each user sees one variant").into(),
        String::new(),
        spec.randomise_users,
        move |is_on| set(app, source, None, |spec| spec.randomise_users = is_on),
    );
    list([
        seed,
        el("div")
            .class("panel__actions")
            .add(button("button", "New seed", move || set(app, source, None, |spec| spec.seed += 1)))
            .add(button("button", "No effect at all", move || {
                set(app, source, None, |spec| {
                    for knob in &EFFECTS {
                        (knob.write)(spec, 0.0);
                    }
                });
            }))
            .add(button("button button--quiet", "Defaults", move || {
                set(app, source, None, |spec| *spec = UiExperimentSpec::default());
            }))
            .into(),
        count("n_users", "Users", spec.n_users, |spec, n| spec.n_users = n),
        count("n_sessions", "Sessions", spec.n_sessions, |spec, n| spec.n_sessions = n),
        share,
        by_user,
        el("h3").class("panel__group").text("Effects of B, planted").into(),
        effects.into(),
    ])
}
