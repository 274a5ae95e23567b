//! Work that can wait. A node that catches up checks signatures on every core; people who read its pages meanwhile go
//! first.

/// How far a thread steps back, from 0 to 19: at 10 it gets about a tenth of a core that another wants too, and all of
/// one that nobody wants.
#[cfg(target_os = "linux")]
const NICE: i32 = 10;

/// Lets others go before this thread from now on. Only Linux knows priorities of single threads; elsewhere, and where a
/// sandbox forbids it, the thread stays as it is.
pub(crate) fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(e) = rustix::process::setpriority_process(None, NICE) {
        tracing::debug!("a thread keeps its priority: {e}");
    }
}
