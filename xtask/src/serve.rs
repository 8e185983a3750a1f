//! `cargo xtask serve`: the release site, on this computer.

use crate::arguments::Arguments;
use crate::build::{self, PLAYHEAD_URL};
use crate::{Outcome, http, process, tools};
use std::net::TcpListener;

const USUAL_PORT: u16 = 8080;

pub fn run(arguments: Arguments) -> Outcome {
    let port = arguments.number("port")?;
    let port = port.map(|port| u16::try_from(port).map_err(|_| format!("{port} is no port"))).transpose()?;
    tools::ensure()?;
    let dist = build::playhead_site()?;
    let listener = listen(port)?;
    let port = listener.local_addr().map_err(|cause| cause.to_string())?.port();
    let address = format!("http://localhost:{port}{PLAYHEAD_URL}");
    println!("Playhead is at {address} (Ctrl+C stops it)");
    if arguments.has("open") {
        open(&address);
    }
    http::serve_forever(listener, dist, PLAYHEAD_URL);
    Ok(())
}

/// The port asked for, else the usual one or the next that is free.
fn listen(port: Option<u16>) -> Outcome<TcpListener> {
    let bind = |port: u16| TcpListener::bind(("127.0.0.1", port));
    match port {
        Some(port) => {
            bind(port).map_err(|cause| format!("port {port} cannot be used: {cause}; name another --port"))
        }
        None => (USUAL_PORT..USUAL_PORT + 20)
            .find_map(|port| bind(port).ok())
            .ok_or_else(|| format!("ports {USUAL_PORT} to {} are taken; name a --port", USUAL_PORT + 19)),
    }
}

fn open(address: &str) {
    let mut opener = if cfg!(target_os = "macos") {
        process::command("open")
    } else if cfg!(windows) {
        process::command("explorer")
    } else {
        process::command("xdg-open")
    };
    if opener.arg(address).spawn().is_err() {
        println!("No program to open it with was found; type the address into a browser.");
    }
}
