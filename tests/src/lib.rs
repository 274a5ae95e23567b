//! What tests share: chance that repeats, a disk that forgets, and whole simulated federations.

pub mod random;
pub mod simdisk;
pub mod sim;
