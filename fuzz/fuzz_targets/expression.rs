//! Any text, as an expression.
#![no_main]
#![allow(dead_code, reason = "each target uses one of the checks")]

#[path = "../../tests/fuzz/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|text: &str| checks::check_expression(text));
