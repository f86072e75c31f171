//! What each request is answered.

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{ALLOW, CONTENT_TYPE, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Response, StatusCode};
use serde::Deserialize;

use super::form;
use super::page::{self, Question};
use crate::message::Message;
use crate::{Analyst, Report};

type Answer = Response<Full<Bytes>>;

/// What `POST /api/check` and `POST /card` take.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    text: String,
    #[serde(default)]
    sender: Option<String>,
    #[serde(default)]
    sent_at: Option<String>,
    #[serde(default)]
    lang: Option<String>,
}

/// Headers of every answer: nothing is kept, nothing is fetched from elsewhere, no script or style
/// but the files of this server. `same-origin`, since a form posted with `no-referrer` has no `Origin`.
const SECURE: &[(&str, &str)] = &[
    ("cache-control", "no-store"),
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

/// The files of the page, compiled in.
const ASSETS: &[(&str, &str, &str)] = &[
    (
        "/assets/page.css",
        "text/css; charset=utf-8",
        include_str!("assets/page.css"),
    ),
    (
        "/assets/page.js",
        "text/javascript; charset=utf-8",
        include_str!("assets/page.js"),
    ),
    ("/assets/icon.svg", "image/svg+xml", include_str!("assets/icon.svg")),
];

/// Adds the headers every answer has.
pub(super) fn secure(response: &mut Answer) {
    for &(name, value) in SECURE {
        response
            .headers_mut()
            .insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

fn response(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// A line of text.
pub(super) fn plain(status: StatusCode, text: &str) -> Answer {
    response(status, "text/plain; charset=utf-8", format!("{text}\n"))
}

fn html(body: Result<String, askama::Error>) -> Answer {
    match body {
        Ok(body) => response(StatusCode::OK, "text/html; charset=utf-8", body),
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the page could not be written"),
    }
}

/// The answer to a request that [`super::guard`] let pass.
pub(super) fn answer(head: &Parts, body: &[u8], analyst: &Analyst) -> Answer {
    let path = head.uri.path();
    if let Some((_, kind, content)) = ASSETS.iter().find(|(p, ..)| *p == path) {
        return for_method(head, &Method::GET, || {
            response(StatusCode::OK, kind, Bytes::from_static(content.as_bytes()))
        });
    }
    match path {
        "/" => for_method(head, &Method::GET, || {
            let english = head.uri.query().is_some_and(|q| q.split('&').any(|p| p == "lang=en"));
            html(page::page(&Question::default(), english, None))
        }),
        "/check" => for_method(head, &Method::POST, || posted(head, body, analyst)),
        "/card" => for_method(head, &Method::POST, || match asked(head, body) {
            Ok(asked) => {
                let english = asked.lang.as_deref() == Some("en");
                html(page::card(analyst, &message(asked), english))
            }
            Err(refusal) => *refusal,
        }),
        "/api/check" => for_method(head, &Method::POST, || match asked(head, body) {
            Ok(asked) => record(&analyst.report(&message(asked))),
            Err(refusal) => *refusal,
        }),
        _ => plain(StatusCode::NOT_FOUND, "there is nothing here; the page is at /"),
    }
}

fn for_method(head: &Parts, method: &Method, answer: impl FnOnce() -> Answer) -> Answer {
    if head.method == *method || (*method == Method::GET && head.method == Method::HEAD) {
        return answer();
    }
    let mut refusal = plain(StatusCode::METHOD_NOT_ALLOWED, "this method is not answered here");
    let allowed = if *method == Method::GET { "GET, HEAD" } else { "POST" };
    refusal.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    refusal
}

/// The record, in the bytes of `cuijian check --json`.
fn record(report: &Report) -> Answer {
    match serde_json::to_vec(report) {
        Ok(mut bytes) => {
            bytes.push(b'\n');
            response(StatusCode::OK, "application/json", bytes)
        }
        Err(_) => plain(StatusCode::INTERNAL_SERVER_ERROR, "the record could not be written"),
    }
}

fn is_of_type(head: &Parts, wanted: &str) -> bool {
    let given = head.headers.get(CONTENT_TYPE).and_then(|t| t.to_str().ok());
    given.is_some_and(|t| {
        let kind = t.split(';').next().unwrap_or_default();
        kind.trim().eq_ignore_ascii_case(wanted)
    })
}

fn asked(head: &Parts, body: &[u8]) -> Result<Asked, Box<Answer>> {
    let error = |status, text: String| {
        let body = serde_json::json!({ "error": text }).to_string() + "\n";
        Box::new(response(status, "application/json", body))
    };
    if !is_of_type(head, "application/json") {
        return Err(error(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "send Content-Type: application/json".into(),
        ));
    }
    serde_json::from_slice(body).map_err(|e| error(StatusCode::BAD_REQUEST, e.to_string()))
}

fn message(asked: Asked) -> Message {
    Message {
        sender: asked.sender,
        sent_at: asked.sent_at,
        ..Message::new("1", asked.text)
    }
}

/// The form without script: the whole page again, with the card.
fn posted(head: &Parts, body: &[u8], analyst: &Analyst) -> Answer {
    if !is_of_type(head, "application/x-www-form-urlencoded") {
        return plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, "post the form of the page");
    }
    let fields = match form::fields(body) {
        Ok(fields) => fields,
        Err(problem) => return plain(StatusCode::BAD_REQUEST, problem),
    };
    let field = |name: &str| {
        let found = fields.iter().find(|(n, _)| n == name);
        // Browsers post line breaks as CR LF, whatever was pasted.
        found.map(|(_, v)| v.replace("\r\n", "\n")).unwrap_or_default()
    };
    let english = field("lang") == "en";
    let question = page::example(&field("example")).unwrap_or_else(|| Question {
        text: field("text"),
        sender: field("sender"),
        sent_at: field("sent_at"),
    });
    html(page::page(&question, english, Some(analyst)))
}
