//! The command line: one file for each group of commands. Every command says the same on a
//! stopped directory and through a node that runs.

mod ask;
mod barometer;
mod bundle;
mod case;
mod charter;
mod gathering;
mod import;
mod init;
mod input;
mod member;
mod need;
mod node;
mod out;
mod reuse;
mod run;
mod say;
mod search;
mod session;
mod show;
mod thing;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use idenett::desk::Problem;

use out::Out;
use session::Session;

/// Share innovations between municipalities: every member runs its own node and has everything.
#[derive(Parser)]
#[command(name = "idenett", version, about, arg_required_else_help = true, max_term_width = 100)]
struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Commands that sign.
const SIGNING: [&str; 18] = [
    "add",
    "admit",
    "assess",
    "confirm",
    "declare",
    "import",
    "interest",
    "measure",
    "publish",
    "redact",
    "renew",
    "revise",
    "revoke",
    "settle",
    "stop",
    "succeed",
    "translate",
    "withdraw",
];

/// What every command takes.
#[derive(clap::Args)]
struct Common {
    /// The node's data directory.
    #[arg(long, global = true, env = "IDENETT_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// Print exactly one JSON document.
    #[arg(long, global = true)]
    json: bool,
    /// Sign on a stopped node although others are members: only where no newer copy of this
    /// directory was ever in use.
    #[arg(long, global = true, hide = true)]
    offline: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Make a node in an empty directory.
    Init(init::Init),
    /// Run the node until Ctrl-C or a signal.
    Run(run::Run),
    /// The node's configuration.
    #[command(subcommand)]
    Config(run::ConfigCommand),
    /// Members of the federation.
    #[command(subcommand)]
    Member(member::Member),
    /// The federation's charter.
    #[command(subcommand)]
    Charter(charter::CharterCommand),
    /// Cases: innovations, tried and told.
    #[command(subcommand)]
    Case(case::Case),
    /// Needs: challenges that look for a solution.
    #[command(subcommand)]
    Need(need::Need),
    /// Reuse: "we use this", said by who uses it.
    #[command(subcommand)]
    Reuse(reuse::Reuse),
    /// Questions, answers, experience, improvements, thanks.
    #[command(subcommand)]
    Comment(say::Comment),
    /// Say that a case or need is relevant; never counted as reuse.
    Interest(say::Interest),
    /// Judge a record in the name of a programme that your organisation leads.
    Assess(say::Assess),
    /// Publish the text of a case or other thing in another language.
    Translate(say::Translate),
    /// Publish a measurement of a case or reuse.
    Measure(say::Measure),
    /// Confirm that a case, need or reuse is still valid.
    Confirm(say::Confirm),
    /// Contacts: functions that can be asked, never persons.
    #[command(subcommand)]
    Contact(say::Contact),
    /// Plans: strategies, action plans and manifestos, with the cases that serve their goals.
    #[command(subcommand)]
    Plan(gathering::WithContact),
    /// Programmes, networks and arenas, with the cases shown there.
    #[command(subcommand)]
    Programme(gathering::WithContact),
    /// Collections: cases in an order, with a word about each.
    #[command(subcommand)]
    Collection(gathering::WithoutContact),
    /// Awards: prizes that cases and organisations were given.
    #[command(subcommand)]
    Award(gathering::WithoutContact),
    /// Any record as it is stored.
    #[command(subcommand)]
    Record(node::Record),
    /// How the node stands.
    Status,
    /// With whom the running node is connected.
    Peers,
    /// Check every signature, hash and chain.
    Verify,
    /// Everything in one file, for transfer by hand and backup.
    #[command(subcommand)]
    Bundle(bundle::Bundle),
    /// Find cases or needs.
    Search(search::Search),
    /// Figures about innovation and its spread, counted from the records.
    Barometer(barometer::Barometer),
    /// Vocabularies that others keep.
    #[command(subcommand)]
    Reference(search::Reference),
    /// Make the indexes anew from the journal.
    Reindex,
    /// Show the whole thing with real nodes on this machine.
    Demo(run::Demo),
    /// Completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// What a command says when it has ended well: whether everything went as asked.
type Done = Result<ExitCode, Problem>;

/// Reads the command line and does what it says.
pub(crate) fn main() -> ExitCode {
    let parsed = command().try_get_matches().and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let out = Out { json: cli.common.json };
    match perform(cli.command, &cli.common, out) {
        Ok(code) => code,
        Err(problem) => {
            out.problem(&problem);
            ExitCode::from(problem.exit_code())
        }
    }
}

/// The command line, with `--offline` in the help of the commands that sign and of no other.
fn command() -> clap::Command {
    let command = Cli::command();
    let offline = command.get_arguments().find(|arg| arg.get_id() == "offline").cloned();
    match offline {
        Some(offline) => with_offline(command, &offline.hide(false)),
        None => command,
    }
}

fn with_offline(command: clap::Command, offline: &clap::Arg) -> clap::Command {
    command.mut_subcommands(|sub| {
        if sub.has_subcommands() {
            with_offline(sub, offline)
        } else if SIGNING.contains(&sub.get_name()) {
            sub.arg(offline.clone())
        } else {
            sub
        }
    })
}

/// A command line that is none, or a request for help.
fn usage(error: &clap::Error) -> ExitCode {
    let wants_json = std::env::args_os().any(|a| a == "--json");
    if error.use_stderr() && wants_json {
        let text = error.to_string();
        // What is missing stands in lines of its own, before the first empty one.
        let lines: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let what = lines.join(" ");
        Out { json: true }.problem(&Problem::yours(what.trim_start_matches("error: "), "see `idenett --help`"));
        return ExitCode::from(2);
    }
    // A closed pipe is no reason to complain.
    let _ = error.print();
    if std::env::args_os().len() == 1 {
        // The name of the program alone asks what it can do.
        return ExitCode::SUCCESS;
    }
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

fn perform(command: Command, common: &Common, out: Out) -> Done {
    let open = || Session::open(common);
    match command {
        Command::Init(init) => init.perform(common, out),
        Command::Run(run) => run.perform(common, out),
        Command::Config(config) => config.perform(common, out),
        Command::Demo(demo) => demo.perform(common),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut self::command(), "idenett", &mut script);
            out::line(String::from_utf8_lossy(&script).trim_end());
            Ok(ExitCode::SUCCESS)
        }
        Command::Member(member) => open()?.finish(|s| member.perform(s, common, out)),
        Command::Charter(charter) => charter.perform(common, out),
        Command::Case(case) => open()?.finish(|s| case.perform(s, out)),
        Command::Need(need) => open()?.finish(|s| need.perform(s, out)),
        Command::Reuse(reuse) => open()?.finish(|s| reuse.perform(s, out)),
        Command::Comment(comment) => open()?.finish(|s| comment.perform(s, out)),
        Command::Interest(interest) => open()?.finish(|s| interest.perform(s, out)),
        Command::Assess(assess) => open()?.finish(|s| assess.perform(s, out)),
        Command::Translate(translate) => open()?.finish(|s| translate.perform(s, out)),
        Command::Measure(measure) => open()?.finish(|s| measure.perform(s, out)),
        Command::Confirm(confirm) => open()?.finish(|s| confirm.perform(s, out)),
        Command::Contact(contact) => open()?.finish(|s| contact.perform(s, out)),
        Command::Plan(plan) => open()?.finish(|s| plan.perform(&gathering::PLAN, s, out)),
        Command::Programme(programme) => open()?.finish(|s| programme.perform(&gathering::PROGRAMME, s, out)),
        Command::Collection(collection) => open()?.finish(|s| collection.perform(&gathering::COLLECTION, s, out)),
        Command::Award(award) => open()?.finish(|s| award.perform(&gathering::AWARD, s, out)),
        Command::Record(record) => open()?.finish(|s| record.perform(s, out)),
        Command::Bundle(bundle) => open()?.finish(|s| bundle.perform(s, out)),
        Command::Status => open()?.finish(|s| node::status(s, out)),
        Command::Peers => open()?.finish(|s| node::peers(s, out)),
        Command::Verify => open()?.finish(|s| node::verify(s, out)),
        Command::Search(search) => open()?.finish(|s| search.perform(s, out)),
        Command::Barometer(barometer) => barometer.perform(common, out),
        Command::Reference(reference) => open()?.finish(|s| reference.perform(s, out)),
        Command::Reindex => open()?.finish(|s| node::reindex(s, out)),
    }
}

impl Common {
    fn home(&self) -> Result<idenett::home::Home, Problem> {
        let data = self
            .data
            .clone()
            .ok_or_else(|| Problem::yours("no data directory is named", "add --data DIR, or set IDENETT_DATA"))?;
        // A node that runs has another working directory.
        let data = std::path::absolute(&data).unwrap_or(data);
        Ok(idenett::home::Home::new(data))
    }
}

/// A path that means the same to a node that runs elsewhere.
fn absolute(path: &std::path::Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        command().debug_assert();
    }

    #[test]
    fn offline_stands_in_the_help_of_what_signs() {
        let mut whole = command();
        whole.build();
        let case = whole.find_subcommand("case").expect("a command").clone();
        for (name, signs) in [("publish", true), ("revise", true), ("list", false), ("show", false)] {
            let mut sub = case.find_subcommand(name).expect("a command").clone();
            assert_eq!(sub.render_long_help().to_string().contains("--offline"), signs, "{name}");
        }
        let cli = Cli::try_parse_from(["idenett", "status", "--offline"]).expect("a command line");
        assert!(cli.common.offline);
        let matches =
            command().try_get_matches_from(["idenett", "case", "withdraw", "ab", "--reason", "x", "--offline"]);
        let cli = Cli::from_arg_matches(&matches.expect("a command line")).expect("a command");
        assert!(cli.common.offline);
    }
}
