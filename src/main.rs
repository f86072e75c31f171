//! The command `cuijian`: parse, run, exit status.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cuijian::cli::Arguments::parse();
    match cuijian::cli::run(arguments) {
        Ok(status) => ExitCode::from(status),
        Err(error) if cuijian::cli::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("cuijian: {error:#}");
            ExitCode::from(2)
        }
    }
}
