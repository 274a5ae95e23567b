//! What tests share: simulator, scenarios and benchmarks of Idenett.

pub mod corpus;
pub mod figures;
pub mod gold;
pub mod history;
pub mod program;
pub mod quick_disk;
pub mod random;
pub mod library_of_cases;
pub mod simdisk;
pub mod sim;
pub mod visitors;
