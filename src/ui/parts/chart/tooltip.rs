//! The figures of the mark under the cursor.

use super::State;
use crate::charts::model::Info;
use leptos::prelude::*;

/// On a frame narrower than this the tooltip takes the whole width.
const NARROW_PX: f64 = 480.0;
const GAP_PX: f64 = 12.0;

/// Beside the cursor, on the side with more room; nothing where the cursor is nowhere.
pub fn tooltip(state: State) -> Option<AnyView> {
    let index = state.active.get()?;
    let scale = state.appearance.with(|found| found.text_scale);
    let scene = state.scene.get();
    let hit = scene.hits.get(index)?;
    let Place { left, right, top, bottom } = Place::beside(
        (hit.anchor.x * scale, hit.anchor.y * scale),
        (scene.width_px * scale, scene.height_px * scale),
    );
    let tooltip = view! {
        <div
            class="chart__tooltip"
            aria-hidden="true"
            style:left=left
            style:right=right
            style:top=top
            style:bottom=bottom
        >
            {figures(&hit.info)}
        </div>
    };
    Some(tooltip.into_any())
}

fn figures(info: &Info) -> AnyView {
    let line = |(name, figure): &(String, String)| {
        view! { <dt>{name.clone()}</dt><dd>{figure.clone()}</dd> }
    };
    view! {
        <p class="chart__tooltip-heading">{info.heading.clone()}</p>
        <dl>{info.lines.iter().map(line).collect_view()}</dl>
    }
    .into_any()
}

/// CSS offsets from the edges of the frame.
#[derive(Debug, PartialEq)]
struct Place {
    left: String,
    right: String,
    top: String,
    bottom: String,
}

impl Place {
    fn beside((x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        let px = |x: f64| format!("{}px", x.round());
        let auto = || "auto".to_owned();
        let (left, right) = if width < NARROW_PX {
            (px(0.0), px(0.0))
        } else if x > width / 2.0 {
            (auto(), px(width - x + GAP_PX))
        } else {
            (px(x + GAP_PX), auto())
        };
        let (top, bottom) =
            if y > height / 2.0 { (auto(), px(height - y + GAP_PX)) } else { (px(y + GAP_PX), auto()) };
        Self { left, right, top, bottom }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_on_the_side_with_room() {
        let right_end = Place::beside((700.0, 20.0), (800.0, 300.0));
        assert_eq!((right_end.left.as_str(), right_end.right.as_str()), ("auto", "112px"));
        assert_eq!(right_end.top, "32px");
        let on_a_phone = Place::beside((300.0, 290.0), (320.0, 300.0));
        assert_eq!((on_a_phone.left.as_str(), on_a_phone.right.as_str()), ("0px", "0px"));
        assert_eq!(on_a_phone.bottom, "22px");
    }
}
