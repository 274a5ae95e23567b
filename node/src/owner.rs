//! Whose files are whose. A node's directory belongs to one user of the machine; what another
//! user makes in it, the node cannot use afterwards.

use std::fmt;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

/// The file in which the system names its users.
const USERS: &str = "/etc/passwd";
/// The user to whom nothing is denied.
const ROOT: u32 = 0;

/// A user of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    number: u32,
    name: Option<String>,
}

impl User {
    /// Who runs this process.
    pub fn me() -> Self {
        Self::of_number(rustix::process::geteuid().as_raw())
    }

    /// To whom a file or directory belongs, or the nearest directory above it that can be seen.
    pub fn owner_of(path: &Path) -> Option<Self> {
        path.ancestors().find_map(|p| std::fs::metadata(p).ok()).map(|meta| Self::of_number(meta.uid()))
    }

    fn of_number(number: u32) -> Self {
        let users = std::fs::read_to_string(USERS).unwrap_or_default();
        Self { number, name: name_in(&users, number) }
    }

    /// As `sudo -u` takes it.
    pub fn for_sudo(&self) -> String {
        self.name.clone().unwrap_or_else(|| format!("'#{}'", self.number))
    }
}

impl fmt::Display for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => f.write_str(name),
            None => write!(f, "user number {}", self.number),
        }
    }
}

/// The owner of a directory in which this process could write, but should not: root may write
/// everywhere, and what it makes the owner cannot use.
pub fn should_act_as(directory: &Path) -> Option<User> {
    let owner = std::fs::metadata(directory).ok().map(|meta| meta.uid())?;
    foreign(User::me().number, owner).then(|| User::of_number(owner))
}

const fn foreign(me: u32, owner: u32) -> bool {
    me == ROOT && owner != ROOT
}

fn name_in(users: &str, number: u32) -> Option<String> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let name = fields.next()?;
        let its: u32 = fields.nth(1)?.parse().ok()?;
        (its == number).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_named_as_the_system_names_them() {
        let users = "root:x:0:0:root:/root:/bin/sh\nidenett:x:998:998::/var/lib/idenett:/usr/sbin/nologin\nbroken\n";
        assert_eq!(name_in(users, 998).as_deref(), Some("idenett"));
        assert_eq!(name_in(users, 5), None);
        let nameless = User { number: 5, name: None };
        assert_eq!((nameless.to_string().as_str(), nameless.for_sudo().as_str()), ("user number 5", "'#5'"));
    }

    #[test]
    fn only_root_is_kept_from_writing_where_others_own() {
        let rows = [(0, 0, false), (0, 998, true), (998, 998, false), (1000, 998, false)];
        for (me, owner, expected) in rows {
            assert_eq!(foreign(me, owner), expected, "{me} in the directory of {owner}");
        }
    }
}
