//! Every case as SVG, on one page: `DRAW_CHARTS=<folder>` writes them, to be looked at by people and by
//! `tests/browser/suite/gallery.test.mjs`.

use crate::cases::{Case, WIDTHS_PX, cases, scene};
use crate::texts;
use playhead::charts::draw::{Pixels, draw};
use playhead::charts::layout::{View, layout, layout_with_heading, preferred_height_px};
use playhead::charts::measure::FixedMeasure;
use playhead::charts::scene::Scene;
use playhead::charts::theme::{Rgb, TOKENS, Theme, Token};
use plotters_svg::SVGBackend;
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Units of the SVG in a pixel.
const SVG_UNITS: f64 = 4.0;

/// A case at one width and in one state.
struct Picture {
    /// Without the theme.
    file: String,
    /// "320 px", "as exported".
    state: String,
    scene: Scene,
}

#[test]
fn every_case_draws_in_every_theme() {
    let folder = std::env::var_os("DRAW_CHARTS");
    let folder = folder.as_ref().map(Path::new);
    if let Some(folder) = folder {
        fs::create_dir_all(folder).expect("the folder is made");
    }
    let cases = cases();
    let mut sections = String::new();
    for case in &cases {
        let pictures = pictures(case);
        for picture in &pictures {
            for (theme_name, theme) in [("light", Theme::light()), ("dark", Theme::dark())] {
                let svg = to_svg(&picture.scene, &theme);
                assert_eq!(svg.matches("<text").count(), texts(&picture.scene).len(), "{}", case.name);
                if let Some(folder) = folder {
                    let path = folder.join(format!("{}_{theme_name}.svg", picture.file));
                    fs::write(path, svg).expect("the picture is written");
                }
            }
        }
        section(case, &pictures, &mut sections);
    }
    if let Some(folder) = folder {
        fs::write(folder.join("index.html"), page(&cases, &sections)).expect("the page is written");
    }
}

fn pictures(case: &Case) -> Vec<Picture> {
    let picture = |file: String, state: &str, scene| Picture { file, state: state.to_owned(), scene };
    let mut pictures: Vec<Picture> = WIDTHS_PX
        .iter()
        .map(|px| picture(format!("{}_{px}", case.name), &format!("{px} px"), scene(case, *px)))
        .collect();
    if case.chart.series_in_use().len() > 1 {
        let view = View { hidden: vec![1], ..View::default() };
        let height_px = preferred_height_px(&case.chart, 480.0, &FixedMeasure, &view);
        let scene = layout(&case.chart, 480.0, height_px, &FixedMeasure, &view);
        pictures.push(picture(format!("{}_hidden", case.name), "480 px, second series hidden", scene));
    }
    let scene = layout_with_heading(&case.chart, 640.0, &FixedMeasure, &View::default());
    pictures.push(picture(format!("{}_export", case.name), "as exported", scene));
    pictures
}

fn to_svg(scene: &Scene, theme: &Theme) -> String {
    let mut svg = String::new();
    let unit = |px: f64| (px * SVG_UNITS).round() as u32;
    {
        let mut backend = SVGBackend::with_string(&mut svg, (unit(scene.width_px), unit(scene.height_px)));
        let pixels = Pixels { units_per_px: SVG_UNITS, units_per_device_px: SVG_UNITS };
        draw(scene, theme, &mut backend, pixels).expect("drawn");
    }
    // A face as wide as the layout measured, wherever there is one.
    let face = "<style>text{font-family:Arial,'Liberation Sans','DejaVu Sans Condensed',sans-serif}</style>";
    let svg = svg.replacen("<svg ", &format!("<svg data-units-per-px=\"{SVG_UNITS}\" "), 1);
    svg.replacen(">\n", &format!(">\n{face}\n"), 1)
}

fn section(case: &Case, pictures: &[Picture], html: &mut String) {
    let chart = &case.chart;
    let _ = write!(
        html,
        "<section id=\"{name}\">\n<h2>{name}</h2>\n<p><strong>{}</strong></p>\n<p>{}</p>\n<div class=\"pictures\">\n",
        escaped(&chart.title),
        escaped(&chart.takeaway),
        name = case.name
    );
    for Picture { file, state, scene } in pictures {
        let (width_px, height_px) = (scene.width_px.ceil(), scene.height_px.ceil());
        // What does not fit the window is left out rather than made small.
        let class = [800.0, 640.0, 480.0].into_iter().find(|px| width_px >= *px);
        let class = class.map_or(String::new(), |px| format!(" class=\"wide-{px}\""));
        let _ = write!(
            html,
            "<figure{class}>\n<figcaption>{state}</figcaption>\n<picture><source srcset=\"{file}_dark.svg\" \
             media=\"(prefers-color-scheme: dark)\"><img src=\"{file}_light.svg\" width=\"{width_px}\" \
             height=\"{height_px}\" alt=\"{name}, {state}\"></picture>\n</figure>\n",
            name = case.name
        );
    }
    html.push_str("</div>\n");
    if !chart.note.is_empty() {
        let _ = writeln!(html, "<p class=\"note\">{}</p>", escaped(&chart.note));
    }
    html.push_str("</section>\n");
}

const STYLE: &str = "
body { margin: 0; padding: 16px; background: var(--paper); color: var(--ink); font: 16px/1.4 sans-serif; }
a { color: var(--accent); }
nav ul { columns: 14rem; padding: 0; list-style: none; }
nav a { display: inline-block; min-height: 24px; }
section { margin-top: 48px; border-top: 1px solid var(--rule); }
h2 { overflow-wrap: anywhere; }
p { max-width: 44em; margin: 4px 0; }
.pictures { display: flex; flex-wrap: wrap; align-items: start; gap: 24px; }
figure { margin: 16px 0; }
figcaption, .note { color: var(--muted); }
img { display: block; outline: 1px solid var(--rule); }
@media (max-width: 831px) { .wide-800 { display: none; } }
@media (max-width: 671px) { .wide-640 { display: none; } }
@media (max-width: 511px) { .wide-480 { display: none; } }
";

fn page(cases: &[Case], sections: &str) -> String {
    let colors = |of: fn(&Token) -> Rgb| {
        let color = |token: &Token| {
            let Rgb(red, green, blue) = of(token);
            format!("{}: #{red:02x}{green:02x}{blue:02x};", token.name)
        };
        TOKENS.iter().map(color).collect::<Vec<String>>().join(" ")
    };
    let links: Vec<String> =
        cases.iter().map(|case| format!("<li><a href=\"#{0}\">{0}</a></li>", case.name)).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Charts of Playhead</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n<style>\n:root {{ {} }}\n\
         @media (prefers-color-scheme: dark) {{ :root {{ {} }} }}{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>Charts of Playhead</h1>\n<p>{} charts from fixed figures, each at {} px. The colours are those of \
         the browser: light or dark.</p>\n<nav aria-label=\"Charts\"><ul>\n{}\n</ul></nav>\n{sections}</main>\n\
         </body>\n</html>\n",
        colors(|token| token.light),
        colors(|token| token.dark),
        cases.len(),
        WIDTHS_PX.map(|px| px.to_string()).join(", "),
        links.join("\n"),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
