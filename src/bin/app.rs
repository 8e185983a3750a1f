//! The page's program: the main thread of the browser.

fn main() {
    console_error_panic_hook::set_once();
    playhead::ui::app::start();
}
