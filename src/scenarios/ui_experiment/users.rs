//! The users: the columns of `users`, and the traits that make sessions of one user alike.

use super::levels::{COUNTRY_SHARES, DEVICE_SHARES, TIER_SHARES};
use super::streams::Purpose;
use crate::model::{EngineError, UiExperimentSpec};
use crate::pace::Pace;

/// 2021-01-01, in days since 1970.
const FIRST_SIGNUP_DAY: i32 = 18_628;
/// Three years: the last sign-up is on the day before the sessions begin.
const N_SIGNUP_DAYS: u32 = 1_095;

/// Standard deviations on the log scale. With the default 5 sessions a user on average, the activity gives the most
/// engaged of 1,000 users 14 to 18 sessions.
const ACTIVITY_SD: f64 = 0.35;
const LENGTH_SD: f64 = 0.075;
const CLICKS_SD: f64 = 0.3;

/// One entry a user in every list. Levels are indices of the lists in `levels.rs`.
#[derive(Debug, Default)]
pub struct Users {
    pub country: Vec<u8>,
    pub tier: Vec<u8>,
    pub device_preferred: Vec<u8>,
    /// Days since 1970.
    pub signup_day: Vec<i32>,
    /// The variant, where users are randomised.
    pub variant: Vec<u8>,
    /// Sessions are drawn in proportion to this.
    pub activity: Vec<f64>,
    /// Multipliers with mean 1.
    pub length_factor: Vec<f64>,
    pub clicks_factor: Vec<f64>,
    /// Standard normal dispositions, independent of the others.
    pub watch_disposition: Vec<f64>,
    pub completion_disposition: Vec<f64>,
}

/// Draws the users. More users extend the lists; no other knob but the seed and `share_b` changes them.
pub async fn draw(knobs: &UiExperimentSpec, pace: &Pace) -> Result<Users, EngineError> {
    let mut users = Users::default();
    let mut country = Purpose::Country.stream(knobs.seed);
    let mut tier = Purpose::Tier.stream(knobs.seed);
    let mut device_preferred = Purpose::DevicePreferred.stream(knobs.seed);
    let mut signup = Purpose::SignupDate.stream(knobs.seed);
    let mut variant = Purpose::UserVariant.stream(knobs.seed);
    let mut activity = Purpose::Activity.stream(knobs.seed);
    let mut length = Purpose::UserLength.stream(knobs.seed);
    let mut clicks = Purpose::UserClicks.stream(knobs.seed);
    let mut watch = Purpose::UserWatch.stream(knobs.seed);
    let mut completion = Purpose::UserCompletion.stream(knobs.seed);
    for user_idx in 0..knobs.n_users {
        if user_idx % 1_024 == 0 {
            pace.step(f64::from(user_idx) / f64::from(knobs.n_users), "drawing users").await?;
        }
        users.country.push(country.level(&COUNTRY_SHARES));
        users.tier.push(tier.level(&TIER_SHARES));
        users.device_preferred.push(device_preferred.level(&DEVICE_SHARES));
        users.signup_day.push(FIRST_SIGNUP_DAY + signup.below(N_SIGNUP_DAYS) as i32);
        users.variant.push(u8::from(variant.uniform() < knobs.share_b));
        users.activity.push(log_normal(activity.normal(), ACTIVITY_SD));
        users.length_factor.push(log_normal(length.normal(), LENGTH_SD));
        users.clicks_factor.push(log_normal(clicks.normal(), CLICKS_SD));
        users.watch_disposition.push(watch.normal());
        users.completion_disposition.push(completion.normal());
    }
    Ok(users)
}

/// A log-normal value with mean 1 from a standard normal one.
pub fn log_normal(normal: f64, sd: f64) -> f64 {
    libm::exp(sd * normal - 0.5 * sd * sd)
}
