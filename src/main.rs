//! The shim: everything is in `gongwen::cli`.

fn main() -> std::process::ExitCode {
    gongwen::cli::run(std::env::args_os())
}
