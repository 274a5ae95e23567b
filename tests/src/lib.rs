//! x
pub mod random;
pub mod simdisk;
