//! Categories side by side.

/// Where each category lies, in pixels; `None` for one that is hidden.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bands {
    pub bands_px: Vec<Option<(f64, f64)>>,
}

impl Bands {
    /// Equal bands for the visible categories, without gaps.
    pub fn even(is_visible: &[bool], start_px: f64, end_px: f64) -> Self {
        let n_visible = is_visible.iter().filter(|is_visible| **is_visible).count().max(1);
        let width_px = (end_px - start_px) / n_visible as f64;
        let mut next = 0;
        let place = |is_visible: &bool| {
            is_visible.then(|| {
                let from = start_px + width_px * f64::from(next);
                next += 1;
                (from, from + width_px)
            })
        };
        Self { bands_px: is_visible.iter().map(place).collect() }
    }

    /// The band of the category nearest to an index.
    pub fn band_px(&self, index: f64) -> Option<(f64, f64)> {
        if index < -0.5 {
            return None;
        }
        self.bands_px.get(index.round() as usize).copied().flatten()
    }

    /// Middle of a category; a fraction moves within its band (0.5 is its lower or right edge).
    pub fn center_px(&self, index: f64) -> Option<f64> {
        let (from, to) = self.band_px(index)?;
        Some((from + to) / 2.0 + (index - index.round()) * (to - from))
    }

    /// Index of the visible category nearest to a pixel; 0 where there is none.
    pub fn nearest(&self, px: f64) -> f64 {
        let mut best = (f64::INFINITY, 0);
        for (index, band) in self.bands_px.iter().enumerate() {
            let Some((from, to)) = band else { continue };
            let distance = (from - px).max(px - to).max(0.0);
            if distance < best.0 {
                best = (distance, index);
            }
        }
        best.1 as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_categories_take_no_room() {
        let bands = Bands::even(&[true, false, true], 0.0, 100.0);
        assert_eq!(bands.center_px(0.0), Some(25.0));
        assert_eq!(bands.center_px(1.0), None);
        assert_eq!(bands.center_px(2.0), Some(75.0));
        assert_eq!(bands.center_px(7.0), None);
        assert_eq!(bands.nearest(60.0), 2.0);
    }
}
