//! The content security policy. GitHub Pages sets no headers, so it stands in the page itself, as the
//! first thing in its head: what is above it would not be covered.

use crate::Outcome;
use sha2::{Digest, Sha256};

/// Puts the policy into the page. Inline scripts and styles are allowed by their hashes.
pub fn insert(html: &str) -> Outcome<String> {
    let head = html.find("<head").and_then(|start| html[start..].find('>').map(|end| start + end + 1));
    let head = head.ok_or("index.html has no <head>")?;
    let (before, after) = html.split_at(head);
    let policy = policy(&inline_contents(html, "script"), &inline_contents(html, "style"));
    Ok(format!("{before}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{after}"))
}

fn policy(scripts: &[&str], styles: &[&str]) -> String {
    let hashes = |texts: &[&str]| texts.iter().map(|text| format!(" {}", hash(text))).collect::<String>();
    [
        "default-src 'none'".to_owned(),
        // WebAssembly is compiled, which this alone allows; no script is ever made from text.
        format!("script-src 'self' 'wasm-unsafe-eval'{}", hashes(scripts)),
        // Nothing can be sent anywhere but to the site itself, which has no server.
        "connect-src 'self'".to_owned(),
        format!("style-src 'self'{}", hashes(styles)),
        "img-src 'self' data: blob:".to_owned(),
        "worker-src 'self'".to_owned(),
        "manifest-src 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
    ]
    .join("; ")
}

/// The texts between `<name ...>` and `</name>` where the element has no `src`.
fn inline_contents<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find(&open) {
        rest = &rest[start + open.len()..];
        let Some(tag_end) = rest.find('>') else { break };
        let (attributes, inside) = rest.split_at(tag_end);
        let Some(end) = inside.find(&close) else { break };
        let has_src = attributes.split_whitespace().any(|word| word.starts_with("src="));
        if !has_src && end > 1 {
            found.push(&inside[1..end]);
        }
        rest = &inside[end..];
    }
    found
}

/// `'sha256-...'` of a text, as the browser computes it.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for triple in bytes.chunks(3) {
        let bits = triple.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte));
        let bits = bits << (8 * (3 - triple.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= triple.len() { letter as char } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_rfc_4648_section_10() {
        let cases = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (n_bytes, expected) in cases.iter().enumerate() {
            assert_eq!(base64(&b"foobar"[..n_bytes]), *expected);
        }
    }

    #[test]
    fn hash_as_in_the_csp_specification() {
        // W3C CSP Level 3, section 6.7.3.2: the hash of `alert('Hello, world.');`.
        let expected = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
        assert_eq!(hash("alert('Hello, world.');"), expected);
    }

    #[test]
    fn policy_comes_first_and_names_inline_scripts_only() {
        let html = "<!DOCTYPE html><html><head lang=\"en\"><title>x</title>\
                    <script src=\"a.js\"></script><script type=\"module\">\nlet a = 1;\n</script></head></html>";
        let page = insert(html).unwrap();
        assert!(page.contains("<head lang=\"en\"><meta http-equiv=\"Content-Security-Policy\""));
        assert_eq!(page.matches("sha256-").count(), 1);
        assert!(page.contains(&hash("\nlet a = 1;\n")));
        assert!(insert("<p>").is_err());
    }
}
