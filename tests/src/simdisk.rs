//! A disk in memory that forgets what was not synced, and fails when told to.
//!
//! Each file has what the system shows and what the disk has. A power cut leaves, of every page
//! that was written since the last sync, the old content, the new, or the new up to any byte;
//! of a changed length or name, the old or the new. A failed sync loses the pages for good
//! while the system goes on showing them, as real ones do.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use idenett::journal::disk::{Disk, DiskFile};

use crate::random::Random;

const PAGE: usize = 4096;

/// A disk; clones are the same disk.
#[derive(Clone, Default)]
pub struct SimDisk {
    state: Arc<Mutex<State>>,
}

/// What may befall a disk at one of its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The step is begun and never confirmed, and everything after it fails.
    PowerCut,
    /// If the step is a sync, it fails; other steps are left alone.
    FailedSync,
}

/// How often what happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Events {
    /// Power cuts.
    pub power_cuts: u64,
    /// Pages that a power cut took back.
    pub lost_pages: u64,
    /// Pages of which a power cut left a part.
    pub torn_pages: u64,
    /// Syncs that failed.
    pub failed_syncs: u64,
    /// Writes that found no room.
    pub full: u64,
    /// Bits that were flipped.
    pub flipped_bits: u64,
}

#[derive(Clone, Default)]
struct State {
    files: Vec<Content>,
    names: BTreeMap<String, usize>,
    kept_names: BTreeMap<String, usize>,
    steps: u64,
    trouble: Option<(u64, Trouble)>,
    off: bool,
    capacity: Option<usize>,
    events: Events,
}

/// One file: as the system shows it, as the disk has it, and the pages in between.
#[derive(Clone, Default)]
struct Content {
    shown: Vec<u8>,
    kept: Vec<u8>,
    dirty: BTreeSet<usize>,
}

struct SimFile {
    state: Arc<Mutex<State>>,
    file: usize,
}

impl SimDisk {
    /// An empty disk.
    pub fn new() -> Self {
        Self::default()
    }

    /// Plans trouble for the step of this number; steps are all calls that change something.
    pub fn plan(&self, step: u64, trouble: Trouble) {
        self.state().trouble = Some((step, trouble));
    }

    /// How many steps there were.
    pub fn steps(&self) -> u64 {
        self.state().steps
    }

    /// Bounds all files together, or lifts the bound.
    pub fn set_capacity(&self, bytes: Option<usize>) {
        self.state().capacity = bytes;
    }

    /// Bytes of all files together.
    pub fn used(&self) -> usize {
        self.state().used()
    }

    /// The power goes and comes back: chance decides what of the unsynced is there.
    pub fn power_cut(&self, random: &mut Random) {
        let mut state = self.state();
        state.power_cut(random);
        state.revive();
    }

    /// The process ends and the system goes on: everything written is there.
    pub fn kill(&self) {
        self.state().revive();
    }

    /// Flips one bit of a file, on the disk and in what is shown.
    pub fn flip(&self, name: &str, offset: usize, bit: u32) {
        let mut state = self.state();
        state.events.flipped_bits += 1;
        let Some(&file) = state.names.get(name) else { return };
        let content = &mut state.files[file];
        for bytes in [&mut content.shown, &mut content.kept] {
            if let Some(byte) = bytes.get_mut(offset) {
                *byte ^= 1 << (bit % 8);
            }
        }
    }

    /// What the system shows of a file.
    pub fn content(&self, name: &str) -> Option<Vec<u8>> {
        let state = self.state();
        state.names.get(name).map(|&file| state.files[file].shown.clone())
    }

    /// Puts a file on the disk as if it had been there for long.
    pub fn put(&self, name: &str, bytes: &[u8]) {
        let mut state = self.state();
        let content = Content { shown: bytes.to_vec(), kept: bytes.to_vec(), dirty: BTreeSet::new() };
        state.files.push(content);
        let file = state.files.len() - 1;
        state.names.insert(name.to_owned(), file);
        state.kept_names.insert(name.to_owned(), file);
    }

    /// Another disk with the same content: a copy from which a node may be restored.
    pub fn copy(&self) -> Self {
        Self { state: Arc::new(Mutex::new(self.state().clone())) }
    }

    /// How often what happened so far.
    pub fn events(&self) -> Events {
        self.state().events
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

impl Disk for SimDisk {
    fn list(&self) -> io::Result<Vec<String>> {
        let state = self.state();
        state.check_power()?;
        Ok(state.names.keys().cloned().collect())
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let state = self.state();
        state.check_power()?;
        let file = *state.names.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(Arc::new(SimFile { state: Arc::clone(&self.state), file }))
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let mut state = self.state();
        let file = state.step(|state| {
            if let Some(&file) = state.names.get(name) {
                state.files[file].cut(0);
                return Ok(file);
            }
            state.files.push(Content::default());
            let file = state.files.len() - 1;
            state.names.insert(name.to_owned(), file);
            Ok(file)
        })?;
        Ok(Arc::new(SimFile { state: Arc::clone(&self.state), file }))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.state().step(|state| state.names.remove(name).map(drop).ok_or(io::ErrorKind::NotFound.into()))
    }

    fn sync_names(&self) -> io::Result<()> {
        self.state().sync(|state| state.kept_names = state.names.clone(), |_| ())
    }
}

impl DiskFile for SimFile {
    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<usize> {
        let state = lock(&self.state);
        state.check_power()?;
        let shown = &state.files[self.file].shown;
        let rest = shown.get(offset as usize..).unwrap_or_default();
        let read = rest.len().min(out.len());
        out[..read].copy_from_slice(&rest[..read]);
        Ok(read)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        lock(&self.state).step(|state| {
            let room = state.room_for(self.file, offset as usize, bytes.len());
            state.files[self.file].write(offset as usize, &bytes[..room]);
            if room < bytes.len() {
                state.events.full += 1;
                return Err(io::ErrorKind::StorageFull.into());
            }
            Ok(())
        })
    }

    fn length(&self) -> io::Result<u64> {
        let state = lock(&self.state);
        state.check_power()?;
        Ok(state.files[self.file].shown.len() as u64)
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        lock(&self.state).step(|state| {
            state.files[self.file].cut(length as usize);
            Ok(())
        })
    }

    fn sync(&self) -> io::Result<()> {
        let file = self.file;
        lock(&self.state).sync(|state| state.files[file].sync(), |state| state.files[file].dirty.clear())
    }
}

impl State {
    /// One change. In a power cut it may have happened, but nobody hears of it.
    fn step<T>(&mut self, change: impl FnOnce(&mut Self) -> io::Result<T>) -> io::Result<T> {
        self.check_power()?;
        let cut = self.trouble == Some((self.steps, Trouble::PowerCut));
        self.steps += 1;
        let result = change(self);
        self.off = cut;
        self.check_power()?;
        result
    }

    /// One sync. In a power cut it did not happen: what it would have saved is left to chance.
    fn sync(&mut self, keep: impl FnOnce(&mut Self), lose: impl FnOnce(&mut Self)) -> io::Result<()> {
        self.check_power()?;
        let trouble = self.trouble.filter(|(step, _)| *step == self.steps).map(|(_, trouble)| trouble);
        self.steps += 1;
        match trouble {
            None => keep(self),
            Some(Trouble::PowerCut) => self.off = true,
            Some(Trouble::FailedSync) => {
                self.events.failed_syncs += 1;
                lose(self);
                return Err(io::Error::other("the sync failed"));
            }
        }
        self.check_power()
    }

    fn check_power(&self) -> io::Result<()> {
        if self.off { Err(io::Error::other("the power is off")) } else { Ok(()) }
    }

    fn revive(&mut self) {
        self.trouble = None;
        self.off = false;
    }

    fn used(&self) -> usize {
        self.names.values().map(|&file| self.files[file].shown.len()).sum()
    }

    /// How many of so many bytes can be written at an offset.
    fn room_for(&self, file: usize, offset: usize, bytes: usize) -> usize {
        let Some(capacity) = self.capacity else { return bytes };
        let growth = (offset + bytes).saturating_sub(self.files[file].shown.len());
        let missing = (self.used() + growth).saturating_sub(capacity);
        bytes - missing.min(growth)
    }

    fn power_cut(&mut self, random: &mut Random) {
        self.events.power_cuts += 1;
        // Sometimes all of it is lost, sometimes nothing, mostly some.
        let survives = [0, 100, 50, random.below(101)][random.index(4)];
        for content in &mut self.files {
            content.power_cut(random, survives, &mut self.events);
        }
        let all: BTreeSet<String> = self.names.keys().chain(self.kept_names.keys()).cloned().collect();
        for name in all {
            let chosen = if random.chance(survives) { self.names.get(&name) } else { self.kept_names.get(&name) };
            match chosen.copied() {
                Some(file) => self.kept_names.insert(name, file),
                None => self.kept_names.remove(&name),
            };
        }
        self.names = self.kept_names.clone();
    }
}

impl Content {
    fn write(&mut self, offset: usize, bytes: &[u8]) {
        if bytes.is_empty() {
            return;
        }
        let end = offset + bytes.len();
        if self.shown.len() < end {
            self.shown.resize(end, 0);
        }
        self.shown[offset..end].copy_from_slice(bytes);
        self.dirty.extend(offset / PAGE..=(end - 1) / PAGE);
    }

    fn cut(&mut self, length: usize) {
        self.shown.resize(length, 0);
        self.dirty.retain(|page| page * PAGE < length);
    }

    fn sync(&mut self) {
        self.kept.resize(self.shown.len(), 0);
        for page in std::mem::take(&mut self.dirty) {
            let (from, to) = self.page(page);
            self.kept[from..to].copy_from_slice(&self.shown[from..to]);
        }
    }

    /// Where a page begins and ends in what is shown.
    fn page(&self, page: usize) -> (usize, usize) {
        (page * PAGE, ((page + 1) * PAGE).min(self.shown.len()))
    }

    fn power_cut(&mut self, random: &mut Random, survives: u64, events: &mut Events) {
        let (old, new) = (self.kept.len(), self.shown.len());
        let length = match random.below(3) {
            _ if random.chance(survives) => new,
            0 => old.min(new) + random.index(old.abs_diff(new) + 1),
            _ => old,
        };
        let mut after = std::mem::take(&mut self.kept);
        after.resize(old.max(new), 0);
        for page in std::mem::take(&mut self.dirty) {
            let (from, to) = self.page(page);
            let left = if random.chance(survives) { to - from } else { 0 };
            // Half of the tears are near the front of the page, where small records stand.
            let reach = if random.chance(50) { (to - from).min(100) } else { to - from };
            let left = if random.chance(15) { random.index(reach + 1) } else { left };
            events.lost_pages += u64::from(left == 0);
            events.torn_pages += u64::from(left > 0 && left < to - from);
            after[from..from + left].copy_from_slice(&self.shown[from..from + left]);
        }
        after.truncate(length);
        self.shown.clone_from(&after);
        self.kept = after;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}
