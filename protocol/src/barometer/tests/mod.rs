//! Figures counted by hand, and the rules on which they stand.

mod figures;
mod order;
mod reforms;
mod small_world;
mod worked_example;
