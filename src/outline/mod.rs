//! How is the text built: lines → parts → markers → tree. Never fails.

pub mod part;
pub mod role;
