//! `cuijian serve`: the page for one message, on this machine alone.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::analyst;
use crate::serve::{Limits, Server};

/// 在本机打开网页看一条短信
///
/// Listens on 127.0.0.1 only; nothing is stored, nothing leaves the machine. End it with Ctrl-C.
#[derive(Debug, clap::Args)]
pub(super) struct Serve {
    /// Port to listen on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Open the page in the browser
    #[arg(long)]
    open: bool,
    /// A rule file of your own, added to the built-in ones
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
}

impl Serve {
    pub(super) fn run(self) -> Result<u8> {
        let analyst = analyst(self.rules.as_ref())?;
        let server = Server::bind(self.port, Limits::default()).with_context(|| format!("port {}", self.port))?;
        let url = server.url();
        // The address is the result of this command: a script may read it.
        let mut out = std::io::stdout().lock();
        writeln!(out, "{url}")?;
        out.flush()?;
        drop(out);
        anstream::eprintln!("在浏览器打开上面的地址；按 Ctrl-C 结束 / Open the address above; Ctrl-C ends it");
        if self.open && !opened(&url) {
            anstream::eprintln!("cuijian: no browser could be started; open {url} yourself");
        }
        server.run(analyst)?;
        Ok(0)
    }
}

/// Asks the system to show the page.
fn opened(url: &str) -> bool {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        // The empty word is the window's title, which `start` takes first.
        ("cmd", &["/C", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    Command::new(program)
        .args(first)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .is_ok()
}
