//! The way to the desk: through the node that runs, or by opening the directory of one that rests.

use std::process::ExitCode;
use std::time::Duration;

use idenett::config::{Config, Flags};
use idenett::control::Client;
use idenett::desk::{Desk, Problem, Request};
use idenett::home::Home;
use serde_json::Value;

use super::out::Bar;
use super::{Common, Done};

/// How often and how long another command is waited for.
const TRIES: usize = 100;
const PAUSE: Duration = Duration::from_millis(50);

/// A desk that answers.
pub(crate) struct Session(Way);

enum Way {
    Running(Client),
    Resting(Box<Desk>),
}

impl Session {
    /// Reaches the desk of the data directory.
    pub(crate) fn open(common: &Common) -> Result<Self, Problem> {
        let home = common.home()?;
        let config = Config::load(&home, &Flags::new())?;
        idenett::telemetry::start(tracing::Level::WARN, config.log_format);
        let mut tries = 0;
        loop {
            match Self::attempt(&home, &config, common.offline) {
                // Another command is at work in the directory: it ends soon.
                Err(problem) if problem.passing && tries < TRIES => {
                    tries += 1;
                    std::thread::sleep(PAUSE);
                }
                other => return other,
            }
        }
    }

    fn attempt(home: &Home, config: &Config, offline: bool) -> Result<Self, Problem> {
        if let Some(client) = Client::connect(&home.socket()) {
            return Ok(Self(Way::Running(client)));
        }
        let desk = Desk::open(home, config)?;
        desk.at_rest(offline);
        Ok(Self(Way::Resting(Box::new(desk))))
    }

    /// Has a request carried out, showing how far long work has come.
    pub(crate) fn ask(&mut self, request: Request) -> Result<Value, Problem> {
        let bar = Bar::new();
        let mut show = |progress| bar.show(&progress);
        self.ask_with(request, &mut show)
    }

    /// Has a request carried out without showing anything.
    pub(crate) fn ask_quietly(&mut self, request: Request) -> Result<Value, Problem> {
        self.ask_with(request, &mut |_| {})
    }

    fn ask_with(&mut self, request: Request, show: &mut dyn FnMut(idenett::desk::Progress)) -> Result<Value, Problem> {
        match &mut self.0 {
            Way::Running(client) => client.perform(&request, show),
            Way::Resting(desk) => desk.perform(request, show),
        }
    }

    /// Does the work of a command, then leaves the directory in good order.
    pub(crate) fn finish(mut self, work: impl FnOnce(&mut Self) -> Done) -> Done {
        let done = work(&mut self);
        let closed = match self.0 {
            Way::Running(_) => Ok(()),
            Way::Resting(desk) => desk.close(),
        };
        let code = done?;
        closed.map(|()| code)
    }
}

/// Everything went as asked.
pub(crate) const fn well() -> Done {
    Ok(ExitCode::SUCCESS)
}
