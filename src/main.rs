//! Parse, run, outcome → exit code.

#![deny(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use clap::Parser;
use weighmaster::cli::Cli;
use weighmaster::types::Cause;

fn main() -> ExitCode {
    models_report_to_nobody();
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
    let outcome = cli.run();
    if let Err(failure) = &outcome
        && !failure.message.is_empty()
    {
        logwriter::say(format_args!("weighmaster: {failure}"));
    }
    logwriter::flush();
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => ExitCode::from(failure.cause.exit_code()),
    }
}

/// ONNX Runtime looks up its vendor's host and writes below the home folder, whatever its API was told, unless its library
/// finds this variable when it is loaded. Starting ourselves anew with the variable would need nothing unsafe, but would
/// have to find the program again, which another may have replaced by then.
#[expect(
    unsafe_code,
    reason = "the first thing that the only thread of this process does"
)]
fn models_report_to_nobody() {
    // SAFETY: nobody reads the environment meanwhile, since no second thread was started yet.
    unsafe { std::env::set_var("ORT_DISABLE_TELEMETRY", "1") }
}
