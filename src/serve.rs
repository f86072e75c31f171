//! `serve`: the page for one message, on this machine alone.
//!
//! Listens on 127.0.0.1 and nowhere else, keeps nothing, logs nothing. Every wait has an end: for the
//! head of a request, for its body, and for the connection as a whole; there are only so many connections
//! at once, and only so many messages read at once. What a request is answered stands in [`answer`], who
//! may ask in [`guard`].

mod answer;
mod form;
mod guard;
mod page;

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONNECTION, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::{Analyst, Message};

/// Bytes of a body that are read.
pub const MOST_BYTES: usize = 64 * 1024;
/// Bytes of a body that are thrown away before it is refused, so that the client gets to read the answer.
const MOST_DISCARDED: usize = 4 * 1024 * 1024;

/// How long things may take, and how many at once.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For the head of a request, and for the pause between two requests of a connection.
    pub head: Duration,
    /// For the body.
    pub body: Duration,
    /// For a connection as a whole; the request under way then has [`Limits::body`] to end.
    pub connection: Duration,
    /// Connections at once; others wait at the door.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            body: Duration::from_secs(10),
            connection: Duration::from_mins(1),
            connections: 128,
        }
    }
}

/// A server that listens, and answers once it runs.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    limits: Limits,
}

impl Server {
    /// Listens on 127.0.0.1; port 0 takes a free one.
    ///
    /// # Errors
    /// The port is taken, or may not be used.
    pub fn bind(port: u16, limits: Limits) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self {
            listener,
            address,
            limits,
        })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What to type into a browser.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Answers until the process ends.
    ///
    /// # Errors
    /// The system gives no threads or sockets.
    pub fn run(self, analyst: &'static Analyst) -> io::Result<()> {
        // What is made at the first message is made before the first question.
        drop(analyst.report(&Message::new("1", "还款")));
        let readers = std::thread::available_parallelism().map_or(1, usize::from);
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .max_blocking_threads(readers)
            .build()?
            .block_on(self.accept(analyst))
    }

    async fn accept(self, analyst: &'static Analyst) -> io::Result<()> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let places = Arc::new(Semaphore::new(self.limits.connections));
        let (limits, port) = (self.limits, self.address.port());
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return Ok(());
            };
            let Ok((stream, _)) = listener.accept().await else {
                // No sockets left, or a client that went away: neither is a reason to stop.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            let _ = stream.set_nodelay(true);
            tokio::spawn(async move {
                connection(TokioIo::new(stream), limits, port, analyst).await;
                drop(place);
            });
        }
    }
}

async fn connection(stream: TokioIo<tokio::net::TcpStream>, limits: Limits, port: u16, analyst: &'static Analyst) {
    let service =
        service_fn(move |request| async move { Ok::<_, Infallible>(handle(request, limits, port, analyst).await) });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(MOST_BYTES)
            .serve_connection(stream, service)
    );
    // How a connection ends is the client's affair: there is nothing to report.
    if timeout(limits.connection, connection.as_mut()).await.is_err() {
        connection.as_mut().graceful_shutdown();
        let _ = timeout(limits.body, connection).await;
    }
}

async fn handle(
    request: Request<Incoming>,
    limits: Limits,
    port: u16,
    analyst: &'static Analyst,
) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let refusal = guard::refusal(&head, port);
    let read = timeout(limits.body, read(body)).await;
    let mut response = match (refusal, read) {
        (Some(refusal), _) => refusal,
        (None, Err(_)) => answer::plain(StatusCode::REQUEST_TIMEOUT, "the body took too long"),
        (None, Ok(Err(status))) => answer::plain(status, "the body is larger than 64 KB, or was cut off"),
        (None, Ok(Ok(body))) => tokio::task::spawn_blocking(move || answer::answer(&head, &body, analyst))
            .await
            .unwrap_or_else(|_| answer::plain(StatusCode::INTERNAL_SERVER_ERROR, "something went wrong")),
    };
    if response.status().is_client_error() {
        response
            .headers_mut()
            .insert(CONNECTION, HeaderValue::from_static("close"));
    }
    answer::secure(&mut response);
    response
}

/// The whole body, or the status it is refused with. What is too large is read to its end all the same, up
/// to a limit: a client that is still writing would not read the answer.
async fn read(mut body: Incoming) -> Result<Vec<u8>, StatusCode> {
    let mut bytes = Vec::new();
    let mut seen = 0;
    while let Some(frame) = body.frame().await {
        let data = frame
            .map_err(|_| StatusCode::BAD_REQUEST)?
            .into_data()
            .unwrap_or_default();
        seen += data.len();
        if seen <= MOST_BYTES {
            bytes.extend_from_slice(&data);
        } else if seen > MOST_DISCARDED {
            break;
        }
    }
    if seen > MOST_BYTES {
        Err(StatusCode::PAYLOAD_TOO_LARGE)
    } else {
        Ok(bytes)
    }
}
