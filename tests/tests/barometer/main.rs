//! The barometer across nodes and across municipal reforms.

mod orders;
mod reforms;
