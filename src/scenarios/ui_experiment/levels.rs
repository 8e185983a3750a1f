//! The levels of the world's columns, their shares, and the cells that they span.

pub const VARIANTS: [&str; 2] = ["A", "B"];
pub const DEVICES: [&str; 3] = ["TV", "Laptop", "Mobile"];
pub const TIMES: [&str; 4] = ["Morning", "Afternoon", "Evening", "Night"];
pub const GENRES: [&str; 7] = ["Action", "Sci-Fi", "Thriller", "Horror", "Comedy", "Drama", "Documentary"];
pub const TIERS: [&str; 3] = ["Basic", "Standard", "Premium"];
pub const COUNTRIES: [&str; 7] = ["IN", "US", "BR", "UK", "CA", "DE", "AU"];
pub const CONTENT_TYPES: [&str; 2] = ["Movie", "Series"];
pub const BOUNCE_REASONS: [&str; 4] = ["Preview Too Short", "UI Confusion", "No Interest", "Playback Error"];

/// Published session counts give the shares of genre, tier and country. Device and time of day are published without
/// counts: their shares are chosen so that the published means by level average to about the overall mean.
pub const DEVICE_SHARES: [f64; 3] = [0.42, 0.26, 0.32];
pub const TIME_SHARES: [f64; 4] = [0.16, 0.20, 0.30, 0.34];
pub const GENRE_SHARES: [f64; 7] = [
    950.0 / 4700.0,
    730.0 / 4700.0,
    810.0 / 4700.0,
    610.0 / 4700.0,
    580.0 / 4700.0,
    640.0 / 4700.0,
    380.0 / 4700.0,
];
pub const TIER_SHARES: [f64; 3] = [0.25, 0.38, 0.37];
pub const COUNTRY_SHARES: [f64; 7] = [0.31, 0.264, 0.178, 0.14, 0.068, 0.03, 0.01];
pub const CONTENT_TYPE_SHARES: [f64; 2] = [0.45, 0.55];

pub const N_CELLS: usize = DEVICES.len() * TIMES.len() * GENRES.len() * TIERS.len() * COUNTRIES.len();

/// One combination of what a session's expectations depend on, variant aside. Fields are indices of the lists above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub device: u8,
    pub time: u8,
    pub genre: u8,
    pub tier: u8,
    pub country: u8,
}

impl Cell {
    /// Position of the cell, 0 to `N_CELLS - 1`.
    pub fn index(self) -> usize {
        let mut index = usize::from(self.device);
        index = index * TIMES.len() + usize::from(self.time);
        index = index * GENRES.len() + usize::from(self.genre);
        index = index * TIERS.len() + usize::from(self.tier);
        index * COUNTRIES.len() + usize::from(self.country)
    }

    /// The cell at a position.
    pub fn at(index: usize) -> Self {
        let (rest, country) = (index / COUNTRIES.len(), index % COUNTRIES.len());
        let (rest, tier) = (rest / TIERS.len(), rest % TIERS.len());
        let (rest, genre) = (rest / GENRES.len(), rest % GENRES.len());
        let (device, time) = (rest / TIMES.len(), rest % TIMES.len());
        Self {
            device: device as u8,
            time: time as u8,
            genre: genre as u8,
            tier: tier as u8,
            country: country as u8,
        }
    }

    /// Share of the cell in the population of sessions: the factors are independent.
    pub fn share(self) -> f64 {
        DEVICE_SHARES[usize::from(self.device)]
            * TIME_SHARES[usize::from(self.time)]
            * GENRE_SHARES[usize::from(self.genre)]
            * TIER_SHARES[usize::from(self.tier)]
            * COUNTRY_SHARES[usize::from(self.country)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_position_is_one_cell_and_shares_sum_to_one() {
        assert!((0..N_CELLS).all(|index| Cell::at(index).index() == index));
        let total: f64 = (0..N_CELLS).map(|index| Cell::at(index).share()).sum();
        assert!((total - 1.0).abs() < 1e-12, "{total}");
    }
}
