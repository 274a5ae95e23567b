//! Listens to what a run logs: an error means that a node is broken, so it fails the run.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

/// Keeps the errors that were logged in one thread.
#[derive(Clone, Debug, Default)]
pub struct ErrorWatch {
    errors: Arc<Mutex<Vec<String>>>,
}

impl ErrorWatch {
    /// Runs something and gives what it gave, with every error it logged.
    pub fn over<T>(run: impl FnOnce() -> T) -> (T, Vec<String>) {
        let watch = Self::default();
        let result = tracing::subscriber::with_default(watch.clone(), run);
        let errors = watch.errors.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (result, errors)
    }
}

impl Subscriber for ErrorWatch {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() == Level::ERROR
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut words = Words(event.metadata().target().to_owned());
        event.record(&mut words);
        self.errors.lock().unwrap_or_else(PoisonError::into_inner).push(words.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // Writing to a string does not fail.
        let _ = write!(self.0, " {field}={value:?}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_kept_and_a_warning_is_not() {
        let (result, errors) = ErrorWatch::over(|| {
            tracing::warn!("not this");
            tracing::error!(node = 3, "this");
            5
        });
        assert_eq!(result, 5);
        assert_eq!(errors.len(), 1);
        assert!(errors[0].contains("this") && errors[0].contains("node=3"), "{errors:?}");
    }
}
