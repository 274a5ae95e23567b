//! Publishing with a person at hand: what seems personal data is shown, and the person decides.

use std::io::{BufRead, IsTerminal};

use idenett::desk::{Problem, Request};
use serde_json::Value;

use super::out::{Out, field, note, short};
use super::session::Session;

/// Has a record published. `request` makes the request; its argument says whether a person has
/// looked at what seems personal data.
pub(crate) fn publish(
    session: &mut Session,
    confirmed: bool,
    request: impl Fn(bool) -> Request,
) -> Result<Value, Problem> {
    sure(session, confirmed, "Publish all the same? Others keep what they have received.", request)
}

/// Has something done about which a person may be asked once more. The argument of `request` says
/// whether it is meant so.
pub(crate) fn sure(
    session: &mut Session,
    said: bool,
    question: &str,
    request: impl Fn(bool) -> Request,
) -> Result<Value, Problem> {
    match session.ask(request(said)) {
        Err(problem) if problem.confirmable && a_person_is_there() => {
            note(&problem.to_string());
            note(&format!("{question} [y/N]"));
            if agreed() { session.ask(request(true)) } else { Err(problem) }
        }
        other => other,
    }
}

fn a_person_is_there() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn agreed() -> bool {
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_lowercase().as_str(), "y" | "yes" | "j" | "ja")
}

/// What is said where nobody can have heard of it yet.
pub(crate) const UNHEARD: &str =
    "No peer is connected: what is published here reaches others when one is. `idenett peers` says why.";

/// Prints what became of a record.
pub(crate) fn tell(out: Out, answer: &Value) {
    out.answer(answer, |answer| {
        let kind = field(answer, "kind");
        if answer["state"] == "waiting" {
            let (count, reason) = (field(answer, "outbox"), field(answer, "reason"));
            return format!("The {kind} waits in the outbox ({count} in all) and is signed later: {reason}.");
        }
        let published = match answer["what"].as_str() {
            Some(what) => format!("Published {kind} {}: {what}.", short(&answer["id"])),
            None => format!("Published {kind} {}", field(answer, "id")),
        };
        if answer["unheard"] == true {
            return format!("{published}\n{UNHEARD}");
        }
        published
    });
}
