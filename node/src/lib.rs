//! A node of the Idenett network: the shell around the rules of `idenett-protocol`.
//!
//! The modules stand in the order in which they build on each other.

pub mod clock;
mod background;
pub mod journal;
pub mod index;
pub mod library;
pub mod driver;
pub mod intake;
pub mod net;
pub mod home;
pub mod owner;
pub mod keyfile;
pub mod local;
pub mod municipalities;
pub mod likeness;
pub mod search;
pub mod problem;
pub mod config;
pub mod telemetry;
pub mod language;
pub mod reading;
pub mod barometer;
pub mod export;
pub mod indexing;
pub mod desk;
pub mod web;
pub mod control;
pub mod reach;
pub mod node;
pub mod samples;
pub mod demo;
