//! The shim: everything is in `gongwen::cli`.

fn main() {}
