//! What a case study opens with, and the questions it was made for.

use super::state::{Analysis, DataSource, Document, Panel, SourceKind, View};
use crate::analyses::Spec;
use crate::analyses::ab_test::{AbTestSpec, Metric, MetricMeasure, MetricRole};
use crate::analyses::correlate::CorrelateSpec;
use crate::analyses::describe::DescribeSpec;
use crate::model::{JoinHow, ScenarioSpec};

/// The joined table of the UI experiment.
const SESSIONS_USERS: &str = "sessions_users";

/// The document of a world: its tables, joined, and its main report.
pub fn document(world: &ScenarioSpec) -> Document {
    let ScenarioSpec::UiExperiment(_) = world;
    let join = SourceKind::Join {
        left: "sessions".into(),
        right: "users".into(),
        left_key: "user_id".into(),
        right_key: "user_id".into(),
        how: JoinHow::Left,
        into: SESSIONS_USERS.into(),
    };
    Document {
        sources: vec![
            DataSource { id: 1, kind: SourceKind::World { spec: world.clone() } },
            DataSource { id: 2, kind: join },
        ],
        analyses: vec![Analysis { id: 3, spec: Spec::AbTest(report()) }],
        view: View::Report,
        panel: Panel::None,
        next_id: 3,
        ..Document::default()
    }
}

fn report() -> AbTestSpec {
    let goal = |measure| Metric { name: None, role: MetricRole::Goal, measure };
    let share = |column: &str| MetricMeasure::Proportion { column: column.into(), success: None };
    AbTestSpec {
        table: SESSIONS_USERS.into(),
        unit: Some("user_id".into()),
        variant: "group".into(),
        control: Some("A".into()),
        metrics: vec![
            goal(MetricMeasure::Mean { column: "session_length".into() }),
            goal(share("watched")),
            goal(MetricMeasure::Ratio {
                numerator: "watch_completion".into(),
                denominator: "watched".into(),
            }),
            goal(MetricMeasure::Mean { column: "clicks_before_watch".into() }),
        ],
        time: Some("session_start".into()),
        segments: vec!["device_type".into(), "time_of_day".into(), "subscription_type".into()],
        ..AbTestSpec::default()
    }
}

/// A question of the case study, with the analysis that answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    pub text: &'static str,
    pub spec: Spec,
}

/// The questions that the published project asked of this world.
pub fn questions(world: &ScenarioSpec) -> Vec<Question> {
    let ScenarioSpec::UiExperiment(_) = world;
    let by = |text, columns: &[&str], by: &[&str]| {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let spec = DescribeSpec {
            table: SESSIONS_USERS.into(),
            columns: names(columns),
            by: names(by),
            filter: Vec::new(),
        };
        Question { text, spec: Spec::Describe(spec) }
    };
    let correlation = CorrelateSpec { table: SESSIONS_USERS.into(), ..CorrelateSpec::default() };
    vec![
        by("Which device engages most?", &["session_length", "watched"], &["device_type"]),
        by("Which time of day?", &["session_length", "watched"], &["time_of_day"]),
        by("Which genres?", &["session_length", "watched"], &["genre"]),
        by("Which subscription tier?", &["session_length", "watched"], &["subscription_type"]),
        by("Which country?", &["session_length", "watched"], &["country"]),
        by("Why do sessions bounce?", &["bounce_reason"], &["group"]),
        by("Country and tier together?", &["session_length"], &["country", "subscription_type"]),
        Question { text: "Which columns move together?", spec: Spec::Correlate(correlation) },
    ]
}
