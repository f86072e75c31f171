//! The page's server as a browser, a script and an attacker meet it: over a bare socket.

#![allow(clippy::unwrap_used, clippy::print_stdout)] // Helpers of tests: a failure is a failed test.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use cuijian::Analyst;
use cuijian::serve::{Limits, Server};

fn start(limits: Limits) -> SocketAddr {
    let server = Server::bind(0, limits).unwrap();
    let address = server.address();
    std::thread::spawn(move || server.run(Analyst::built_in()));
    address
}

fn server() -> SocketAddr {
    static ADDRESS: OnceLock<SocketAddr> = OnceLock::new();
    *ADDRESS.get_or_init(|| start(Limits::default()))
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }
}

/// Sends bytes as they are and reads until the server closes.
fn raw(address: SocketAddr, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.write_all(request).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let border = bytes.windows(4).position(|w| w == b"\r\n\r\n").expect("a whole head");
    let head = String::from_utf8(bytes[..border].to_vec()).unwrap().to_lowercase();
    Answer {
        status: head.split(' ').nth(1).unwrap().parse().unwrap(),
        head,
        body: bytes[border + 4..].to_vec(),
    }
}

fn send(method: &str, path: &str, headers: &[&str], body: &[u8]) -> Answer {
    let address = server();
    let mut request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Length: {}\r\n",
        body.len()
    );
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    let mut bytes = request.into_bytes();
    bytes.extend_from_slice(body);
    raw(address, &bytes)
}

const JSON: &str = "Content-Type: application/json";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";

fn checked(arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_cuijian"))
        .args(["check", "--json"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    output.stdout
}

#[test]
fn the_record_is_that_of_the_command_line_byte_for_byte() {
    let text = "再不还钱就爆你通讯录，V❤ zx8801，欠￥2,345.67元";
    let body = serde_json::json!({ "text": text }).to_string();
    assert_eq!(
        send("POST", "/api/check", &[JSON], body.as_bytes()).body,
        checked(&[text])
    );
    let body = serde_json::json!({ "text": text, "sender": "13912340000", "sent_at": "2026-11-02 23:15" }).to_string();
    let answer = send(
        "POST",
        "/api/check",
        &["Content-Type: application/json; charset=utf-8"],
        body.as_bytes(),
    );
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.body,
        checked(&[text, "--sender", "13912340000", "--time", "2026-11-02 23:15"])
    );
}

#[test]
fn every_answer_forbids_keeping_framing_and_foreign_content() {
    for (method, path) in [
        ("GET", "/"),
        ("GET", "/assets/page.js"),
        ("GET", "/nowhere"),
        ("POST", "/api/check"),
    ] {
        let answer = send(method, path, &[], b"");
        for header in [
            "cache-control: no-store",
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'",
            "x-content-type-options: nosniff",
            "frame-ancestors 'none'",
        ] {
            assert!(answer.head.contains(header), "{path}: no {header}\n{}", answer.head);
        }
        assert!(!answer.head.contains("set-cookie") && !answer.head.contains("access-control"));
    }
}

#[test]
fn the_page_has_no_inline_script_or_style_and_names_no_other_host() {
    for path in ["/", "/?lang=en"] {
        let answer = send("GET", path, &[], b"");
        let page = answer.text();
        assert_eq!(answer.status, 200);
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script src=\"/assets/").count()
        );
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick"));
        assert!(!page.contains("https://") && !page.contains("http://"), "{page}");
    }
}

#[test]
fn without_script_a_form_is_answered_with_a_page() {
    let form = "lang=zh&text=%E5%86%8D%E4%B8%8D%E8%BF%98%E9%92%B1%E5%B0%B1%E7%88%86%E4%BD%A0%E9%80%9A%E8%AE%AF%E5%BD%95&sender=&sent_at=";
    let answer = send("POST", "/check", &[FORM], form.as_bytes());
    assert_eq!(answer.status, 200);
    for part in [
        "data-answer=\"aggressive\"",
        "爆你通讯录<sup>",
        "12378",
        "打印证据清单",
        "SHA-256",
    ] {
        assert!(answer.text().contains(part), "no {part}");
    }
    let english = send("POST", "/check", &[FORM], form.replace("lang=zh", "lang=en").as_bytes());
    assert!(english.text().contains("abusive collection"));
    let example = send("POST", "/check", &[FORM], b"lang=zh&text=&example=fraud");
    assert!(example.text().contains("data-answer=\"scam\""));
    let empty = send("POST", "/check", &[FORM], b"lang=zh&text=");
    assert!(empty.status == 200 && empty.text().contains("data-answer=\"empty\""));
}

#[test]
fn foreign_hosts_and_origins_are_refused() {
    let address = server();
    let port = address.port();
    let get = |host: &str, more: &str| {
        let request = format!("GET / HTTP/1.1\r\n{host}{more}Connection: close\r\n\r\n");
        raw(address, request.as_bytes()).status
    };
    assert_eq!(get(&format!("Host: 127.0.0.1:{port}\r\n"), ""), 200);
    assert_eq!(get(&format!("Host: localhost:{port}\r\n"), ""), 200);
    for host in [
        "evil.example",
        "evil.example:80",
        "127.0.0.1",
        "127.0.0.1:1",
        "127.0.0.1.evil.example",
    ] {
        assert_eq!(get(&format!("Host: {host}\r\n"), ""), 403, "{host}");
    }
    assert_eq!(get(&format!("Host: evil.example:{port}\r\n"), ""), 403);
    assert_eq!(
        get(&format!("Host: 127.0.0.1:{port}\r\nHost: evil.example\r\n"), ""),
        403
    );
    assert_eq!(get("", ""), 403);
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    assert_eq!(get(&own, &format!("Origin: http://127.0.0.1:{port}\r\n")), 200);
    for origin in ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"] {
        assert_eq!(get(&own, &format!("Origin: {origin}\r\n")), 403, "{origin}");
    }
    let absolute = format!("GET http://evil.example/ HTTP/1.1\r\n{own}Connection: close\r\n\r\n");
    assert_eq!(raw(address, absolute.as_bytes()).status, 403);
}

#[test]
fn hostile_bodies_get_the_right_status_and_no_panic() {
    let megabyte = vec![b'a'; 1 << 20];
    assert_eq!(send("POST", "/api/check", &[JSON], &megabyte).status, 413);
    assert_eq!(send("POST", "/check", &[FORM], &megabyte).status, 413);
    assert_eq!(
        send("POST", "/api/check", &[JSON], b"{\"text\":\"\xff\xfe\"}").status,
        400
    );
    assert_eq!(send("POST", "/check", &[FORM], b"text=%ff%fe").status, 400);
    let deep = [vec![b'['; 30_000], vec![b']'; 30_000]].concat();
    assert_eq!(send("POST", "/api/check", &[JSON], &deep).status, 400);
    let inside = format!("{{\"text\":{}1{}}}", "[".repeat(20_000), "]".repeat(20_000));
    assert_eq!(send("POST", "/api/check", &[JSON], inside.as_bytes()).status, 400);
    for body in [
        "",
        "{}",
        "null",
        "{\"text\":1}",
        "{\"text\":\"a\",\"x\":1}",
        "{\"text\":\"\\ud800\"}",
        "{\"text\":\"a\"}x",
    ] {
        assert_eq!(
            send("POST", "/api/check", &[JSON], body.as_bytes()).status,
            400,
            "{body}"
        );
    }
    assert_eq!(send("POST", "/api/check", &[], b"{\"text\":\"a\"}").status, 415);
    assert_eq!(send("GET", "/api/check", &[], b"").status, 405);
    assert_eq!(send("DELETE", "/", &[], b"").status, 405);
    assert_eq!(send("GET", "/../etc/passwd", &[], b"").status, 404);
    assert_eq!(raw(server(), b"nonsense\r\n\r\n").status, 400);
    // 64 KB of the worst: all marks, all clauses, all disguises.
    let long = "爆你通讯录，律*师*函。".repeat(1900);
    let body = serde_json::json!({ "text": long, "lang": "zh" }).to_string();
    assert!(body.len() <= 64 * 1024);
    assert_eq!(send("POST", "/card", &[JSON], body.as_bytes()).status, 200);
    assert_eq!(send("GET", "/", &[], b"").status, 200);
}

fn closed_within(mut stream: TcpStream, most: Duration) -> bool {
    stream.set_read_timeout(Some(most)).unwrap();
    let begun = Instant::now();
    let mut bytes = Vec::new();
    let ended = stream.read_to_end(&mut bytes);
    let late = ended.is_err_and(|e| matches!(e.kind(), std::io::ErrorKind::WouldBlock | std::io::ErrorKind::TimedOut));
    !late && begun.elapsed() < most
}

#[test]
fn slow_clients_are_cut_off_and_do_not_keep_others_out() {
    let limits = Limits {
        head: Duration::from_millis(400),
        body: Duration::from_millis(400),
        connection: Duration::from_secs(3),
        connections: 4,
    };
    let address = start(limits);
    let most = Duration::from_secs(6);
    let open = |bytes: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(bytes.as_bytes()).unwrap();
        stream
    };
    assert!(closed_within(open(""), most), "silent");
    assert!(closed_within(open("GET / HT"), most), "half a head");
    let head = format!("POST /api/check HTTP/1.1\r\nHost: {address}\r\n{JSON}\r\nContent-Length: 100\r\n\r\n");
    assert!(closed_within(open(&format!("{head}{{")), most), "half a body");
    let kept = open(&format!("GET /assets/icon.svg HTTP/1.1\r\nHost: {address}\r\n\r\n"));
    assert!(closed_within(kept, most), "kept alive and idle");
    // A byte now and then: the head as a whole has its time, not each byte.
    let mut drip = open("GET / HTTP/1.1\r\n");
    let dripped = Instant::now();
    while drip.write_all(b"X-A: b\r\n").is_ok() && dripped.elapsed() < most {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(dripped.elapsed() < most, "a dripping head was never cut off");
    // More slow ones than there are places: an honest one still gets through.
    let slow: Vec<TcpStream> = (0..12).map(|_| open("GET / HT")).collect();
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    assert_eq!(raw(address, request.as_bytes()).status, 200);
    for stream in slow {
        let _ = stream.shutdown(Shutdown::Both);
    }
}

#[test]
fn it_listens_on_loopback_only_and_prints_its_address() {
    assert!(server().ip().is_loopback());
    let mut child = Command::new(env!("CARGO_BIN_EXE_cuijian"))
        .arg("serve")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(child.stdout.take().unwrap()), &mut line).unwrap();
    let address: SocketAddr = line
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/')
        .parse()
        .unwrap();
    assert!(address.ip().is_loopback());
    let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let status = raw(address, request.as_bytes()).status;
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(status, 200);
}

#[test]
fn a_port_that_is_taken_is_a_usage_error() {
    let output = Command::new(env!("CARGO_BIN_EXE_cuijian"))
        .args(["serve", "--port", &server().port().to_string()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
}

/// Resident memory of this process, in `KiB`, where the system tells.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmRSS"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// One request on a connection that is kept; the status, and the body's length read by its header.
fn kept(stream: &mut TcpStream, request: &[u8]) -> u16 {
    stream.write_all(request).unwrap();
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).unwrap();
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.lines().find_map(|l| l.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.trim().parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

#[test]
#[ignore = "ten thousand requests: cargo test --release --test serve -- --ignored --nocapture"]
fn ten_thousand_requests_at_fifty_connections() {
    const CONNECTIONS: usize = 50;
    const EACH: usize = 200;
    let address = server();
    let text = "【普惠消费】林某您好，您的借款已逾期37天，应还2345.67元，请于今日17点前登录官方App还款。".repeat(4);
    let text: String = text.chars().take(200).collect();
    let post = |body: &[u8]| {
        let head = format!(
            "POST /api/check HTTP/1.1\r\nHost: {address}\r\n{JSON}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let good = post(serde_json::json!({ "text": text }).to_string().as_bytes());
    let hostile = [
        (post(&vec![b'a'; 1 << 20]), 413),
        (post(b"{\"text\":\"\xff\"}"), 400),
        (post(&vec![b'['; 60_000]), 400),
        (good.iter().copied().take(60).chain(*b"\r\n\r\n").collect(), 0),
    ];
    for (name, mixed) in [
        ("of a 200-character message", false),
        ("with one hostile request in five", true),
    ] {
        let before = resident();
        let begun = Instant::now();
        let mut times: Vec<Duration> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..CONNECTIONS)
                .map(|thread| {
                    let (good, hostile) = (&good, &hostile);
                    scope.spawn(move || {
                        let mut stream = TcpStream::connect(address).unwrap();
                        let mut times = Vec::new();
                        for i in 0..EACH {
                            if mixed && (i + thread) % 5 == 0 {
                                match &hostile[(i / 5 + thread) % hostile.len()] {
                                    // Half a request, and away.
                                    (bytes, 0) => TcpStream::connect(address).unwrap().write_all(bytes).unwrap(),
                                    (bytes, status) => {
                                        let mut other = TcpStream::connect(address).unwrap();
                                        assert_eq!(kept(&mut other, bytes), *status);
                                    }
                                }
                            } else {
                                let begun = Instant::now();
                                assert_eq!(kept(&mut stream, good), 200);
                                times.push(begun.elapsed());
                            }
                        }
                        times
                    })
                })
                .collect();
            threads.into_iter().flat_map(|t| t.join().unwrap()).collect()
        });
        times.sort_unstable();
        let at = |share: usize| times[(times.len() - 1) * share / 1000];
        println!(
            "{} requests {name}: {:.1?}, answered p50 {:.2?}, p99 {:.2?}, longest {:.2?}; memory {before:?} to {:?} KiB",
            CONNECTIONS * EACH,
            begun.elapsed(),
            at(500),
            at(990),
            at(1000),
            resident()
        );
    }
    assert_eq!(send("GET", "/", &[], b"").status, 200);
}
