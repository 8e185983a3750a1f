//! Any bytes, as a file of any format: delimited text, gzip, JSON, JSON Lines, xlsx.
#![no_main]
#![allow(dead_code, reason = "each target uses one of the checks")]

#[path = "../../tests/fuzz/checks.rs"]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::check_load(bytes));
