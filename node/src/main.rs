//! The program: reads the command line, does what it says, and ends with a code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
