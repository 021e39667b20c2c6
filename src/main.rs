//! The shim: everything is in `gongwen::cli`.

/// A record is some four hundred small values, and an outline gives its memory back after every notice.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    gongwen::cli::run(std::env::args_os())
}
