//! The engine: a Web Worker in the browser, JSON Lines on stdin and stdout natively.

#[cfg(target_arch = "wasm32")]
fn main() {
    playhead::engine::transport::worker::serve();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match native::run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("playhead-engine: {message}");
            std::process::ExitCode::from(2)
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use std::io::{BufReader, stdin, stdout};

    const HELP: &str = "\
playhead-engine: answers requests, one line of JSON each, from standard input.

  playhead-engine < requests.jsonl    answers on standard output
  playhead-engine --schema            prints the JSON Schema of requests and replies
  playhead-engine --version           prints the version

The forms are in docs/protocol.md.";

    pub fn run() -> Result<(), String> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [] => playhead::engine::transport::stdio::serve(BufReader::new(stdin()), stdout())
                .map_err(|cause| format!("the reply cannot be written: {cause}")),
            ["--help" | "-h"] => print(HELP),
            ["--version"] => print(playhead::protocol::VERSION),
            ["--schema"] => print_schema(),
            [first, ..] => Err(format!("unknown argument {first}; see --help")),
        }
    }

    #[cfg(feature = "schema")]
    fn print_schema() -> Result<(), String> {
        let schema = playhead::engine::schema::schema();
        print(&serde_json::to_string_pretty(&schema).map_err(|cause| cause.to_string())?)
    }

    #[cfg(not(feature = "schema"))]
    fn print_schema() -> Result<(), String> {
        Err("this build has no schema; build with --features engine,schema".into())
    }

    fn print(text: &str) -> Result<(), String> {
        use std::io::Write;
        writeln!(stdout(), "{text}").map_err(|cause| cause.to_string())
    }
}
