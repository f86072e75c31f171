//! Who may ask: only a page of this server, or a program on this machine that names it rightly.
//!
//! A foreign `Host` is a name that somebody let point to 127.0.0.1 (DNS rebinding); a foreign `Origin` is
//! another page that posts here.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{HOST, ORIGIN};
use hyper::http::request::Parts;
use hyper::{Response, StatusCode};

use super::answer::plain;

/// The refusal, if the request is not for this server or not from its own page.
pub(super) fn refusal(head: &Parts, port: u16) -> Option<Response<Full<Bytes>>> {
    let forbidden = |why| Some(plain(StatusCode::FORBIDDEN, why));
    let mut hosts = head.headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|h| h.to_str().ok());
    if hosts.next().is_some() || !host.is_some_and(|h| is_ours(h, port)) {
        return forbidden("foreign Host: open the address that cuijian serve printed");
    }
    if head.uri.authority().is_some_and(|a| !is_ours(a.as_str(), port)) {
        return forbidden("foreign address in the request line");
    }
    let mut origins = head.headers.get_all(ORIGIN).iter();
    let foreign = |o: &hyper::header::HeaderValue| {
        !o.to_str()
            .ok()
            .and_then(|o| o.strip_prefix("http://"))
            .is_some_and(|o| is_ours(o, port))
    };
    if origins.any(foreign) {
        return forbidden("foreign Origin: only this server's own page may ask");
    }
    let site = head.headers.get("sec-fetch-site").and_then(|s| s.to_str().ok());
    if head.method == hyper::Method::POST && matches!(site, Some("cross-site" | "same-site")) {
        return forbidden("foreign page: only this server's own page may ask");
    }
    None
}

fn is_ours(host: &str, port: u16) -> bool {
    let (name, given) = host.rsplit_once(':').unwrap_or((host, "80"));
    given == port.to_string() && (name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_this_port_are_ours() {
        for host in ["127.0.0.1:8123", "localhost:8123", "LOCALHOST:8123"] {
            assert!(is_ours(host, 8123), "{host}");
        }
        for host in [
            "127.0.0.1",
            "127.0.0.1:80",
            "evil.example:8123",
            "127.0.0.1.evil.example:8123",
            "localhost.evil:8123",
            "a@127.0.0.1:8123",
            "127.0.0.1:8123@evil",
            "",
            ":8123",
            "[::1]:8123",
        ] {
            assert!(!is_ours(host, 8123), "{host}");
        }
    }
}
