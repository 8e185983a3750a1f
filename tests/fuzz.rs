//! Damaged inputs without end. Some run with every test; `cargo xtask fuzz --seconds 900` runs as many as there is time
//! for and says how many, which took longest and how much memory it took.
#![cfg(feature = "engine")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, in its helpers too, and the long run tells how it goes and how long"
)]

#[path = "fuzz/checks.rs"]
mod checks;
#[path = "fuzz/mutate.rs"]
mod mutate;

use checks::{check_expression, check_load};
use mutate::Random;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

/// No input of at most 64 KB may take longer.
const MAX_TIME: Duration = Duration::from_secs(1);
/// No input may take longer, whatever its size and whatever else runs on the computer.
const MAX_WAIT: Duration = Duration::from_secs(60);
const MAX_MEMORY_MB: u64 = 1_500;

fn files_of(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// The committed damaged files, some columns of values in the writings of the world, and files of other formats.
fn files() -> Vec<Vec<u8>> {
    let mut files = files_of("tests/import/damage");
    for _ in 0..20 {
        files.extend(VALUES.map(|text| text.repeat(3).into_bytes()));
    }
    files.extend(files_of("tests/formats/files"));
    files
}

const VALUES: [&str; 4] = [
    "name,price,share,when\na,\"$1,234.50\",12.5%,12 Mar 2024\nb,-$5.00,3%,5 May 2024\nc,($7.25),0%,31 Dec 2024\n",
    "n;Preis;Tag;Zeit\n1;1.234,50 €;12. März 2024;Di, 12. Mär 2024 14:30\n2;-3,00 €;1. Mai 2024;Mi, 1. Mai 2024 09:05\n",
    "month\tvalue\tnote\nJan 2024\t(1,200)\tEUR 12\nFeb 2024\t300\tEUR 7.5\nMar 2024\t1,500\tEUR -3\n",
    "at,ratio,length\n3/5/2024 2:30 PM,1e-3,0:01:02\n03/15/2024 02:30 PM,-.5,1:00:00.5\n",
];

fn expressions() -> Vec<String> {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/expressions.md");
    let page = std::fs::read_to_string(page).unwrap();
    page.split('`').skip(1).step_by(2).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

#[derive(Default)]
struct Run {
    n: u64,
    slowest: Duration,
    slowest_seed: u64,
    slowest_bytes: usize,
}

/// Inputs are numbered; each is made of its number alone, so that one that fails can be made again.
fn run(first: u64, is_over: impl Fn(u64, Instant) -> bool, tell: bool) -> Run {
    let (files, texts) = (files(), expressions());
    let started = Instant::now();
    let mut run = Run::default();
    let mut told = Instant::now();
    let watch = watch();
    while !is_over(run.n, started) {
        let seed = first + run.n;
        let mut random = Random::new(seed);
        let bytes = mutate::input(&mut random, &files);
        let text = mutate::text(&mut random, &texts);
        watch.send(Input { seed, bytes: bytes.clone(), text: text.clone() }).expect("someone watches");
        let check = || {
            let at = Instant::now();
            check_load(&bytes);
            check_expression(&text);
            at.elapsed()
        };
        let Ok(mut time) = catch_unwind(AssertUnwindSafe(check)) else {
            panic!("input {seed} fails; it is in {}", kept(seed, &bytes, &text).display());
        };
        // Another program may have had the processor.
        for _ in 0..3 {
            time = if time > MAX_TIME && bytes.len() <= 64 << 10 { time.min(check()) } else { time };
        }
        if time > run.slowest {
            (run.slowest, run.slowest_seed, run.slowest_bytes) = (time, seed, bytes.len());
        }
        let is_small = bytes.len() <= 64 << 10 && !cfg!(debug_assertions);
        if is_small && time > MAX_TIME {
            panic!("input {seed} takes {time:?}; it is in {}", kept(seed, &bytes, &text).display());
        }
        run.n += 1;
        if tell && told.elapsed() > Duration::from_secs(60) {
            told = Instant::now();
            println!("{}", sentence(&run, started.elapsed()));
        }
    }
    if tell {
        println!("{}", sentence(&run, started.elapsed()));
    }
    run
}

struct Input {
    seed: u64,
    bytes: Vec<u8>,
    text: String,
}

/// Is told of each input when it begins. One that does not come to an end is kept, and ends the run.
fn watch() -> Sender<Input> {
    let (begun, inputs) = channel::<Input>();
    std::thread::spawn(move || {
        let mut current = None;
        loop {
            match inputs.recv_timeout(MAX_WAIT) {
                Ok(input) => current = Some(input),
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    let Some(Input { seed, bytes, text }) = current else { continue };
                    println!("input {seed} does not end; it is in {}", kept(seed, &bytes, &text).display());
                    std::process::exit(1);
                }
            }
        }
    });
    begun
}

fn sentence(run: &Run, elapsed: Duration) -> String {
    format!(
        "{} inputs in {:.0} s ({:.0} a second); the slowest, {} of {} bytes, took {:.0} ms; {} MB of memory at most",
        run.n,
        elapsed.as_secs_f64(),
        run.n as f64 / elapsed.as_secs_f64(),
        run.slowest_seed,
        run.slowest_bytes,
        run.slowest.as_secs_f64() * 1e3,
        peak_memory_mb().map_or("unknown".into(), |mb| mb.to_string()),
    )
}

fn kept(seed: u64, bytes: &[u8], text: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fuzz");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(format!("{seed}.txt")), text).unwrap();
    let path = folder.join(format!("{seed}.csv"));
    std::fs::write(&path, bytes).unwrap();
    path
}

/// Only where the system tells it.
fn peak_memory_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

/// 250 inputs, or as many as there is time for in `PLAYHEAD_FUZZ_SECONDS`; `PLAYHEAD_FUZZ_SEED` is the number of the first.
#[test]
fn damaged_inputs_load_and_come_back() {
    let number = |name: &str| {
        std::env::var(name).ok().map(|text| text.parse::<u64>().expect("a number in the variable"))
    };
    let seed = number("PLAYHEAD_FUZZ_SEED");
    match number("PLAYHEAD_FUZZ_SECONDS") {
        Some(seconds) => {
            let is_over = |_, started: Instant| started.elapsed().as_secs() >= seconds;
            run(seed.unwrap_or(1_000_000), is_over, true);
        }
        None => {
            run(seed.unwrap_or(1), |n, _| n >= 250, false);
        }
    }
    assert!(peak_memory_mb().is_none_or(|mb| mb < MAX_MEMORY_MB), "too much memory");
}
