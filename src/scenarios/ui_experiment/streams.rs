//! One random stream for each column and each hidden trait.

use crate::scenarios::sampling::Stream;

/// What random numbers are for. The numbers are part of the format of a seed: never renumber, only add.
#[derive(Debug, Clone, Copy)]
pub enum Purpose {
    Country = 1,
    Tier = 2,
    DevicePreferred = 3,
    SignupDate = 4,
    UserVariant = 5,
    Activity = 6,
    UserLength = 7,
    UserWatch = 8,
    UserCompletion = 9,
    UserClicks = 10,
    SessionUser = 32,
    SessionVariant = 33,
    Start = 34,
    Length = 35,
    Watch = 36,
    Completion = 37,
    Clicks = 38,
    Device = 39,
    ContentType = 40,
    Genre = 41,
    TimeOfDay = 42,
    Bounce = 43,
    BounceReason = 44,
}

impl Purpose {
    pub fn stream(self, seed: u64) -> Stream {
        Stream::new(seed, self as u64)
    }
}
