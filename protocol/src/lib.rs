//! The rules of the Idenett network: how records are signed, kept in logs, and replicated.
//!
//! This crate has no clock, no randomness, no socket, no file and no async: time, chance and
//! bytes are arguments. Modules stand in the order in which they build on each other.

#![cfg_attr(
    not(test),
    warn(clippy::indexing_slicing, clippy::arithmetic_side_effects, clippy::cast_possible_truncation)
)]

pub mod limits;
mod written;
pub mod time;
pub mod id;
pub mod key;
pub mod kind;
pub mod header;
pub mod entry;
pub mod frame;
pub mod json;
pub mod organisation;
pub mod codes;
pub mod body;
pub mod personal;
pub mod authoring;
pub mod charter;
pub mod request;
pub mod fork;
pub mod registry;
pub mod log;
pub mod things;
pub mod reuses;
pub mod barometer;
pub mod frontier;
mod damaged;
pub mod ledger;
pub mod hint;
pub mod message;
pub mod vectors;
mod steady;
mod quiet;
mod session;
mod spread;
mod dialing;
pub mod exchange;
mod step;
pub mod replicator;

#[cfg(test)]
mod world;
