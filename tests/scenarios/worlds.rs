//! Worlds, their cells as text, and estimates with their errors.

use playhead::model::{HeaderRow, ScenarioSpec, Truth, TruthQuantity, UiExperimentSpec};
use playhead::pace::{Pace, block_on};
use playhead::scenarios::generate;
use playhead::tables::Table;
use std::collections::BTreeMap;
use std::sync::OnceLock;

pub fn world(knobs: &UiExperimentSpec) -> (Table, Table, Vec<Truth>) {
    let (tables, truths) =
        block_on(generate(&ScenarioSpec::UiExperiment(knobs.clone()), &Pace::unhosted())).unwrap();
    let [users, sessions] = <[Table; 2]>::try_from(tables).unwrap();
    (users, sessions, truths)
}

pub fn csv(table: &Table) -> String {
    String::from_utf8(block_on(table.to_csv(HeaderRow::AsLoaded, &Pace::unhosted())).unwrap()).unwrap()
}

pub fn fnv(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

pub fn texts(table: &Table, column: &str) -> Vec<String> {
    let codes = table.codes(column).unwrap();
    codes.codes.iter().map(|code| codes.levels.get(*code as usize).cloned().unwrap_or_default()).collect()
}

/// The cells of one column of a CSV export without quotes.
pub fn csv_column(csv: &str, column: &str) -> Vec<String> {
    let mut lines = csv.lines();
    let position = lines.next().unwrap().split(',').position(|name| name == column).unwrap();
    lines.map(|line| line.split(',').nth(position).unwrap().to_owned()).collect()
}

/// Sessions as a statistician sees them.
pub struct Rows {
    pub n_users: usize,
    pub user: Vec<usize>,
    pub is_b: Vec<bool>,
    /// Values by metric name: numerator and denominator.
    pub metrics: BTreeMap<&'static str, (Vec<f64>, Vec<f64>)>,
    /// Levels by column name, the country and tier of the user among them.
    pub levels: BTreeMap<&'static str, Vec<String>>,
}

impl Rows {
    pub fn new(users: &Table, sessions: &Table) -> Self {
        let ones = vec![1.0; sessions.n_rows()];
        let number = |column| sessions.numbers(column).unwrap();
        let reasons = texts(sessions, "bounce_reason");
        let has_reason = reasons.iter().map(|reason| f64::from(!reason.is_empty())).collect();
        let user: Vec<usize> = number("user_id").iter().map(|id| *id as usize - 1).collect();
        let mut levels: BTreeMap<&'static str, Vec<String>> = ["device_type", "time_of_day", "genre"]
            .into_iter()
            .map(|column| (column, texts(sessions, column)))
            .collect();
        for column in ["country", "subscription_type"] {
            let of_users = texts(users, column);
            levels.insert(column, user.iter().map(|user| of_users[*user].clone()).collect());
        }
        levels.insert("bounce_reason", reasons);
        Self {
            n_users: users.n_rows(),
            is_b: texts(sessions, "group").iter().map(|group| group == "B").collect(),
            metrics: BTreeMap::from([
                ("session_length", (number("session_length"), ones.clone())),
                ("watched", (number("watched"), ones.clone())),
                ("watch_completion / watched", (number("watch_completion"), number("watched"))),
                ("watch_completion", (number("watch_completion"), ones.clone())),
                ("clicks_before_watch", (number("clicks_before_watch"), ones.clone())),
                ("bounce_reason", (has_reason, ones)),
            ]),
            user,
            levels,
        }
    }

    /// Ratio of sums over the rows that pass, with its standard error clustered on users.
    pub fn ratio(&self, metric: &str, keep: impl Fn(usize) -> bool) -> (f64, f64) {
        let (numerator, denominator) = &self.metrics[metric];
        let rows: Vec<usize> = (0..self.user.len()).filter(|row| keep(*row)).collect();
        let total: f64 = rows.iter().map(|row| denominator[*row]).sum();
        let ratio = rows.iter().map(|row| numerator[*row]).sum::<f64>() / total;
        let mut residuals = vec![0.0; self.n_users];
        for row in rows {
            residuals[self.user[row]] += (numerator[row] - ratio * denominator[row]) / total;
        }
        (ratio, residuals.iter().map(|residual| residual * residual).sum::<f64>().sqrt())
    }

    /// B minus A over the rows that pass, with its standard error clustered on users, whom both variants may share.
    pub fn difference(&self, metric: &str, keep: impl Fn(usize) -> bool) -> (f64, f64) {
        let (numerator, denominator) = &self.metrics[metric];
        let mut sums = [[0.0; 2]; 2];
        let rows: Vec<usize> = (0..self.user.len()).filter(|row| keep(*row)).collect();
        for &row in &rows {
            let sums = &mut sums[usize::from(self.is_b[row])];
            sums[0] += numerator[row];
            sums[1] += denominator[row];
        }
        let [a, b] = sums.map(|[numerator, denominator]| numerator / denominator);
        let mut residuals = vec![0.0; self.n_users];
        for row in rows {
            let (ratio, sign, total) =
                if self.is_b[row] { (b, 1.0, sums[1][1]) } else { (a, -1.0, sums[0][1]) };
            residuals[self.user[row]] += sign * (numerator[row] - ratio * denominator[row]) / total;
        }
        (b - a, residuals.iter().map(|residual| residual * residual).sum::<f64>().sqrt())
    }
}

pub fn default_rows() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let (users, sessions, _) = world(&UiExperimentSpec::default());
        Rows::new(&users, &sessions)
    })
}

pub fn large() -> UiExperimentSpec {
    UiExperimentSpec { seed: 20_240_101, n_users: 40_000, n_sessions: 200_000, ..UiExperimentSpec::default() }
}

pub fn large_rows() -> &'static Rows {
    static ROWS: OnceLock<Rows> = OnceLock::new();
    ROWS.get_or_init(|| {
        let (users, sessions, _) = world(&large());
        Rows::new(&users, &sessions)
    })
}

pub fn truth(truths: &[Truth], metric: &str, segment: Option<(&str, &str)>) -> f64 {
    let segment = segment.map(|(column, level)| (column.to_owned(), level.to_owned()));
    let is_asked = |truth: &&Truth| {
        truth.metric == metric && truth.segment == segment && truth.quantity == TruthQuantity::Difference
    };
    truths.iter().find(is_asked).unwrap().value
}
