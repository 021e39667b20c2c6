//! How do bytes become text: detection, charset, limits, and the walk over files.
