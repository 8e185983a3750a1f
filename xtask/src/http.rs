//! A plain server of static files on this computer, under a path as GitHub Pages has it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Answers until the program is stopped. `prefix` begins and ends with a slash.
pub fn serve_forever(listener: TcpListener, folder: PathBuf, prefix: &str) {
    let site = Arc::new((folder, prefix.to_owned()));
    for stream in listener.incoming().flatten() {
        let site = Arc::clone(&site);
        std::thread::spawn(move || {
            // A browser that goes away in the middle is no fault of the site.
            let _ = converse(stream, &site.0, &site.1);
        });
    }
}

/// Request after request on one connection.
fn converse(stream: TcpStream, folder: &Path, prefix: &str) -> std::io::Result<()> {
    let mut writer = stream.try_clone()?;
    let mut reader = BufReader::new(stream);
    loop {
        let mut request = String::new();
        if reader.by_ref().take(8_192).read_line(&mut request)? == 0 {
            return Ok(());
        }
        loop {
            let mut header = String::new();
            let n_bytes = reader.by_ref().take(65_536).read_line(&mut header)?;
            if n_bytes == 0 || header.trim_end().is_empty() {
                break;
            }
        }
        let mut words = request.split_whitespace();
        let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let answer = if method == "GET" || method == "HEAD" {
            respond(target, folder, prefix)
        } else {
            Answer::plain("405 Method Not Allowed", "Only GET and HEAD.")
        };
        let length = answer.body.len();
        write!(
            writer,
            "HTTP/1.1 {}\r\nContent-Length: {length}\r\n{}Cache-Control: no-cache\r\n\r\n",
            answer.status, answer.headers
        )?;
        if method != "HEAD" {
            writer.write_all(&answer.body)?;
        }
        writer.flush()?;
    }
}

struct Answer {
    status: &'static str,
    headers: String,
    body: Vec<u8>,
}

impl Answer {
    fn plain(status: &'static str, text: &str) -> Self {
        let headers = "Content-Type: text/plain; charset=utf-8\r\n".to_owned();
        Self { status, headers, body: text.as_bytes().to_vec() }
    }
}

fn respond(target: &str, folder: &Path, prefix: &str) -> Answer {
    let path = target.split(['?', '#']).next().unwrap_or_default();
    if path == "/" || format!("{path}/") == prefix {
        let headers = format!("Location: {prefix}\r\n");
        return Answer { status: "302 Found", headers, body: Vec::new() };
    }
    let below = path.strip_prefix(prefix).and_then(decoded);
    let below = below.map(|below| if below.is_empty() { "index.html".into() } else { below });
    // A name is looked up below the folder and nowhere else.
    let is_plain =
        |below: &String| !below.split(['/', '\\', ':']).any(|part| part == ".." || part.is_empty());
    let file = below.filter(is_plain).map(|below| folder.join(below));
    match file.and_then(|file| Some((content_type(&file), std::fs::read(&file).ok()?))) {
        Some((content_type, body)) => {
            Answer { status: "200 OK", headers: format!("Content-Type: {content_type}\r\n"), body }
        }
        None => Answer::plain("404 Not Found", "There is no such file here."),
    }
}

/// Percent-decoding; `None` for what is not UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let code = if *byte == b'%' { after.get(..2) } else { None };
        let code = code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_below_the_prefix_only() {
        let folder = std::env::temp_dir().join(format!("playhead-http-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("a b")).unwrap();
        std::fs::write(folder.join("index.html"), "page").unwrap();
        std::fs::write(folder.join("a b").join("x.wasm"), "module").unwrap();
        let get = |target: &str| respond(target, &folder, "/playhead/");
        assert_eq!(get("/playhead/").body, b"page");
        assert_eq!(get("/playhead/?v=1").body, b"page");
        assert_eq!(get("/playhead/a%20b/x.wasm").body, b"module");
        assert!(get("/playhead/a%20b/x.wasm").headers.contains("application/wasm"));
        assert!(get("/playhead").headers.contains("Location: /playhead/"));
        for outside in
            ["/index.html", "/playhead/../index.html", "/playhead/%2e%2e/x", "/playhead//etc/passwd"]
        {
            assert_eq!(get(outside).status, "404 Not Found", "{outside}");
        }
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
