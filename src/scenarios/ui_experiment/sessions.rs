//! The sessions: who, when, under which variant, and what came of it.

use super::levels::{CONTENT_TYPE_SHARES, Cell, DEVICE_SHARES, GENRE_SHARES, TIME_SHARES};
use super::streams::Purpose;
use super::users::{Users, log_normal};
use super::world::{Expectation, World};
use crate::model::{EngineError, UiExperimentSpec};
use crate::pace::Pace;
use crate::scenarios::sampling::{AliasTable, Stream, normal_cdf, poisson};

/// Midnight of Monday, 2024-01-01, in seconds since 1970.
const FIRST_SECOND: i64 = 19_723 * 86_400;
/// 13 weeks, to 2024-03-31.
const N_WEEKS: u32 = 13;
/// Shares of the days from Monday to Sunday: more on Friday, most at the weekend.
const WEEKDAY_SHARES: [f64; 7] = [0.125, 0.125, 0.125, 0.125, 0.15, 0.175, 0.175];
/// First hour and number of hours of Morning, Afternoon, Evening and Night, which runs past midnight.
const HOURS: [(u32, u32); 4] = [(5, 7), (12, 5), (17, 4), (21, 8)];

/// The chance that a session is on the preferred device for that reason alone.
const PREFERENCE: f64 = 0.4;
/// Log-scale standard deviation of the length of sessions of one user in one cell.
const LENGTH_SD: f64 = 0.15;
/// A session without watching is this much as long, and takes this many times the clicks, as one with it.
const UNWATCHED_LENGTH_RATIO: f64 = 0.85;
const UNWATCHED_CLICKS_RATIO: f64 = 1.3;
/// Share of the user in the variance of the latent normal that decides on watching and on completion.
const DISPOSITION_SHARE: f64 = 0.12;
/// Weights of the reasons of a bounce under A.
const REASON_WEIGHTS: [f64; 4] = [0.27, 0.26, 0.25, 0.22];

/// One entry a session in every list. Levels are indices of the lists in `levels.rs`.
#[derive(Debug, Default)]
pub struct Sessions {
    pub user_idx: Vec<u32>,
    pub variant: Vec<u8>,
    /// Seconds since 1970.
    pub start: Vec<i64>,
    /// Minutes, with two decimals.
    pub length: Vec<f64>,
    pub watched: Vec<bool>,
    /// True only where `watched` is.
    pub completed: Vec<bool>,
    pub clicks: Vec<u32>,
    pub device: Vec<u8>,
    pub content_type: Vec<u8>,
    pub genre: Vec<u8>,
    pub time: Vec<u8>,
    /// `None`: no bounce.
    pub bounce_reason: Vec<Option<u8>>,
}

/// Draws the sessions. More sessions extend the lists.
pub async fn draw(
    knobs: &UiExperimentSpec,
    users: &Users,
    world: &World,
    pace: &Pace,
) -> Result<Sessions, EngineError> {
    let mut sessions = Sessions::default();
    let mut streams = Streams::new(knobs.seed);
    let activity = AliasTable::new(&users.activity);
    for session_idx in 0..knobs.n_sessions {
        if session_idx % 1_024 == 0 {
            pace.step(f64::from(session_idx) / f64::from(knobs.n_sessions), "drawing sessions").await?;
        }
        let user_idx = activity.draw(&mut streams.user);
        let user = user_idx as usize;
        let session_variant = u8::from(streams.variant.uniform() < knobs.share_b);
        let variant = if knobs.randomise_users { users.variant[user] } else { session_variant };
        let cell = Cell {
            device: draw_device(users.device_preferred[user], &mut streams.device),
            time: streams.time.level(&TIME_SHARES),
            genre: streams.genre.level(&GENRE_SHARES),
            tier: users.tier[user],
            country: users.country[user],
        };
        let expected = world.expectation(variant, cell);
        let watched = happens(expected.watch, users.watch_disposition[user], &mut streams.watch);
        let completed =
            happens(expected.completion, users.completion_disposition[user], &mut streams.completion);
        let length = expected.length
            * relative_to_mean(watched, expected.watch, UNWATCHED_LENGTH_RATIO)
            * users.length_factor[user]
            * log_normal(streams.length.normal(), LENGTH_SD);
        let clicks = expected.clicks
            * relative_to_mean(watched, expected.watch, UNWATCHED_CLICKS_RATIO)
            * users.clicks_factor[user];
        sessions.user_idx.push(user_idx);
        sessions.variant.push(variant);
        sessions.start.push(draw_start(cell.time, &mut streams.start));
        // No session is shorter than the last decimal.
        sessions.length.push((libm::round(length * 100.0) / 100.0).max(0.01));
        sessions.watched.push(watched);
        sessions.completed.push(watched && completed);
        sessions.clicks.push(poisson(streams.clicks.uniform(), clicks));
        sessions.device.push(cell.device);
        sessions.content_type.push(streams.content_type.level(&CONTENT_TYPE_SHARES));
        sessions.genre.push(cell.genre);
        sessions.time.push(cell.time);
        let reason = draw_reason(expected, &mut streams.bounce, &mut streams.bounce_reason);
        sessions.bounce_reason.push(if watched { None } else { reason });
    }
    Ok(sessions)
}

/// Every session takes the same number of draws from each stream, so a knob of one column leaves the others as they were.
struct Streams {
    user: Stream,
    variant: Stream,
    start: Stream,
    length: Stream,
    watch: Stream,
    completion: Stream,
    clicks: Stream,
    device: Stream,
    content_type: Stream,
    genre: Stream,
    time: Stream,
    bounce: Stream,
    bounce_reason: Stream,
}

impl Streams {
    fn new(seed: u64) -> Self {
        Self {
            user: Purpose::SessionUser.stream(seed),
            variant: Purpose::SessionVariant.stream(seed),
            start: Purpose::Start.stream(seed),
            length: Purpose::Length.stream(seed),
            watch: Purpose::Watch.stream(seed),
            completion: Purpose::Completion.stream(seed),
            clicks: Purpose::Clicks.stream(seed),
            device: Purpose::Device.stream(seed),
            content_type: Purpose::ContentType.stream(seed),
            genre: Purpose::Genre.stream(seed),
            time: Purpose::TimeOfDay.stream(seed),
            bounce: Purpose::Bounce.stream(seed),
            bounce_reason: Purpose::BounceReason.stream(seed),
        }
    }
}

/// The preferred device, or any; overall the shares are those of the population.
fn draw_device(preferred: u8, stream: &mut Stream) -> u8 {
    let is_preference = stream.uniform() < PREFERENCE;
    let any = stream.level(&DEVICE_SHARES);
    if is_preference { preferred } else { any }
}

/// A second within the hours of the time of day. Night is 21:00 to 23:59 and 00:00 to 04:59 of one date.
fn draw_start(time: u8, stream: &mut Stream) -> i64 {
    let week = i64::from(stream.below(N_WEEKS));
    let weekday = i64::from(stream.level(&WEEKDAY_SHARES));
    let (first_hour, n_hours) = HOURS[usize::from(time)];
    let second_of_day = (first_hour * 3_600 + stream.below(n_hours * 3_600)) % 86_400;
    FIRST_SECOND + (week * 7 + weekday) * 86_400 + i64::from(second_of_day)
}

/// True with `probability` over users and sessions; sessions of one user agree more often than others, because they
/// share the user's disposition. The latent variable is standard normal whatever the shares.
fn happens(probability: f64, disposition: f64, stream: &mut Stream) -> bool {
    let latent =
        libm::sqrt(DISPOSITION_SHARE) * disposition + libm::sqrt(1.0 - DISPOSITION_SHARE) * stream.normal();
    normal_cdf(latent) < probability
}

/// A factor whose mean is 1 when a session is watched with probability `watch`: `unwatched_ratio` times as large
/// without watching as with it.
fn relative_to_mean(watched: bool, watch: f64, unwatched_ratio: f64) -> f64 {
    let mean = watch + (1.0 - watch) * unwatched_ratio;
    if watched { 1.0 / mean } else { unwatched_ratio / mean }
}

/// Why a session without watching bounces, if it does.
fn draw_reason(expected: &Expectation, bounce: &mut Stream, reason: &mut Stream) -> Option<u8> {
    let bounces = bounce.uniform() < expected.bounce;
    let mut weights = REASON_WEIGHTS;
    weights[1] *= expected.confusion;
    let total: f64 = weights.iter().sum();
    let reason = reason.level(&weights.map(|weight| weight / total));
    bounces.then_some(reason)
}
