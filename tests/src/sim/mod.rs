//! Whole federations in one thread and in simulated time. A node here is the journal, the
//! library, the driver and the replicator that run in earnest; only the lines between nodes,
//! their clocks and their disks are made up. One seed gives one run.

pub mod tally;
pub mod watch;
pub mod trace;
pub mod people;
pub mod records;
pub mod line;
pub mod liar;
pub mod model;
pub mod node;
pub mod world;
pub mod wiring;
pub mod puppet;
pub mod registrar;
pub mod check;
pub mod mishap;
pub mod life;
pub mod run;
