//! Runs the stories of `tests/stories`: Markdown that is the manual and a test at once.
//!
//! A fence whose info string has a second word (` ```toml case.toml`) is a file of the story.
//! In the other fences a line that begins with `$ ` is a command, and what follows is everything
//! that it prints; `…` stands for anything (alone on a line for any lines), `<name>` for an id or
//! the beginning of one, which later commands may use by that name; `[exit 2]` is the code with
//! which a command ends, if it is not 0.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use idenett_tests::program::program;

/// Hexadecimal digits that a name may stand for at least.
const MIN_DIGITS: usize = 4;

#[test]
fn the_stories_hold() {
    let program = program();
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("stories");
    let mut stories: Vec<PathBuf> = std::fs::read_dir(directory).expect("stories").map(|f| f.expect("a story").path()).collect();
    stories.retain(|path| path.extension().is_some_and(|e| e == "md"));
    stories.sort();
    assert!(stories.len() >= 6, "the manual has lost chapters: {stories:?}");
    let workers: Vec<_> = stories.into_iter().map(|path| {
        let program = program.clone();
        std::thread::spawn(move || Story::read(&path).play(&program))
    }).collect();
    let faults: Vec<String> = workers.into_iter().filter_map(|w| w.join().expect("a story that ends").err()).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

struct Story {
    name: String,
    steps: Vec<Step>,
}

enum Step {
    File { name: String, content: String },
    Command { line: usize, command: String, output: Vec<String> },
}

impl Story {
    fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a story");
        let mut steps = Vec::new();
        let mut fence: Option<Option<String>> = None;
        for (number, line) in text.lines().enumerate() {
            match (&fence, line.strip_prefix("```")) {
                (None, Some(info)) => {
                    let file = info.split_whitespace().nth(1).map(str::to_owned);
                    if let Some(name) = &file {
                        steps.push(Step::File { name: name.clone(), content: String::new() });
                    }
                    fence = Some(file);
                }
                (Some(_), Some(_)) => fence = None,
                (None, None) => {}
                (Some(_), None) => add_line(&mut steps, number + 1, line, fence.as_ref().is_some_and(Option::is_some)),
            }
        }
        Self { name: path.file_name().expect("a name").to_string_lossy().into_owned(), steps }
    }

    fn play(&self, program: &Path) -> Result<(), String> {
        let place = tempfile::tempdir().expect("a directory");
        let path = format!("{}:{}", program.parent().expect("a directory").display(), std::env::var("PATH").unwrap_or_default());
        let mut names = BTreeMap::new();
        for step in &self.steps {
            match step {
                Step::File { name, content } => std::fs::write(place.path().join(name), content).expect("a file"),
                Step::Command { line, command, output } => {
                    let command = names.iter().fold(command.clone(), |c, (name, id): (&String, &String)| c.replace(name, id));
                    let printed = run(&command, place.path(), &path);
                    let printed: Vec<&str> = printed.lines().collect();
                    if !matches(output, &printed, &mut names) {
                        let mut fault = format!("{} line {line}: $ {command}\n", self.name);
                        for (sign, lines) in [("expected", output.join("\n")), ("printed", printed.join("\n"))] {
                            let _ = writeln!(fault, "--- {sign}\n{lines}");
                        }
                        return Err(fault);
                    }
                }
            }
        }
        Ok(())
    }
}

fn add_line(steps: &mut Vec<Step>, number: usize, line: &str, in_file: bool) {
    if in_file {
        if let Some(Step::File { content, .. }) = steps.last_mut() {
            content.push_str(line);
            content.push('\n');
        }
    } else if let Some(command) = line.strip_prefix("$ ") {
        steps.push(Step::Command { line: number, command: command.to_owned(), output: Vec::new() });
    } else if let Some(Step::Command { output, .. }) = steps.last_mut() {
        output.push(line.trim_end().to_owned());
    }
}

/// Everything that a command prints, and its code at the end if it is not 0.
fn run(command: &str, place: &Path, path: &str) -> String {
    let output = Command::new("sh")
        .args(["-c", &format!("exec 2>&1\n{command}")])
        .current_dir(place)
        .env_clear()
        .env("PATH", path)
        .output()
        .expect("a shell");
    let mut printed = String::from_utf8_lossy(&output.stdout).replace(&place.display().to_string(), "DIR");
    if !output.status.success() {
        let _ = write!(printed, "[exit {}]", output.status.code().unwrap_or(-1));
    }
    printed
}

/// Whether lines are as expected; names take what they stand for.
fn matches(expected: &[String], printed: &[&str], names: &mut BTreeMap<String, String>) -> bool {
    let Some((first, rest)) = expected.split_first() else { return printed.iter().all(|l| l.trim().is_empty()) };
    if first == "…" {
        return (0..=printed.len()).any(|skip| {
            let mut tried = names.clone();
            let fits = matches(rest, &printed[skip..], &mut tried);
            if fits {
                *names = tried;
            }
            fits
        });
    }
    let Some((line, left)) = printed.split_first() else { return first.is_empty() && matches(rest, printed, names) };
    fits(first, line.trim_end(), names) && matches(rest, left, names)
}

/// Whether one line is as expected.
fn fits(expected: &str, line: &str, names: &mut BTreeMap<String, String>) -> bool {
    if let Some(rest) = expected.strip_prefix('…') {
        return line.char_indices().map(|(at, _)| at).chain([line.len()]).any(|at| fits(rest, &line[at..], names));
    }
    if let Some((name, rest)) = name_at(expected) {
        let digits = line.bytes().take_while(u8::is_ascii_hexdigit).count();
        let (id, after) = line.split_at(digits);
        let known = names.get(name).is_none_or(|known| known.starts_with(id) || id.starts_with(known.as_str()));
        if digits < MIN_DIGITS || !known || !fits(rest, after, names) {
            return false;
        }
        let longest = names.entry(name.to_owned()).or_default();
        if id.len() > longest.len() {
            *longest = id.to_owned();
        }
        return true;
    }
    match (expected.chars().next(), line.chars().next()) {
        (None, None) => true,
        (Some(a), Some(b)) if a == b => fits(&expected[a.len_utf8()..], &line[b.len_utf8()..], names),
        _ => false,
    }
}

/// A name in angle brackets at the beginning.
fn name_at(text: &str) -> Option<(&str, &str)> {
    let end = text.strip_prefix('<')?.find('>')? + 2;
    let (name, rest) = text.split_at(end);
    name[1..end - 1].chars().all(|c| c.is_ascii_lowercase() || c == '-').then_some((name, rest))
}
