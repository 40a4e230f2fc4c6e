//! Parse, run, outcome → exit code.

use std::process::ExitCode;

use clap::Parser;
use weighmaster::cli::Cli;
use weighmaster::types::Cause;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            let _ = e.print();
            // Help and version are no errors.
            return if e.use_stderr() {
                ExitCode::from(Cause::Usage.exit_code())
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    match cli.run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.message.is_empty() {
                eprintln!("weighmaster: {failure}");
            }
            ExitCode::from(failure.cause.exit_code())
        }
    }
}
