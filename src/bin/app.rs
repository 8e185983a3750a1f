//! The page: main thread.
fn main() {}
