//! Figures and the facts behind them as files for other programs.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use idenett_protocol::barometer::{Dimension, Focus, Reckoning, Statistics};
use idenett_protocol::id::EntryId;
use serde_json::{Value, json};

use super::barometer::{Understood, understood};
use super::transfer::write_file;
use super::{BarometerFor, Desk, Problem, shown};
use crate::barometer::places;
use crate::export::labels::Labels;
use crate::export::tables::Sink;
use crate::export::{comma_separated, json_stat, tables, workbook};
use crate::language::Tongue;
use crate::reading::gathering;

/// Where tables are written before they take the places of those that are there.
const BESIDE: &str = ".export";

impl Desk {
    /// What programmes, networks and arenas are called, as far as their texts are here.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn programme_titles(&self) -> Result<BTreeMap<EntryId, String>, Problem> {
        let ids: Vec<EntryId> = self.barometer(|b| b.material().programmes.keys().copied().collect())?;
        let mut titles = BTreeMap::new();
        for id in ids {
            if let Some(found) = gathering(&self.library, &id)? {
                titles.insert(id, found.title);
            }
        }
        Ok(titles)
    }

    pub(super) fn barometer_export(
        &self,
        wanted: &BarometerFor,
        format: &str,
        to: &Path,
        force: bool,
    ) -> Result<Value, Problem> {
        if format == "parquet" {
            return self.facts_export(to, force);
        }
        let Understood { day, span, cut, indicators } = understood(wanted)?;
        let figures = self.barometer(|b| b.reckoning(day, Focus::default()).figures(&indicators, span, cut))?;
        let statistics = Statistics { figures, ..Reckoning::heading(day, span) };
        let programmes = if cut.0 == Dimension::Programme { self.programme_titles()? } else { BTreeMap::new() };
        let labels = Labels { tongue: Tongue::of(self.config.language), places: places(), programmes: &programmes };
        match format {
            "csv" => write_file(to, force, |out| Ok(comma_separated::write(&statistics.figures, &labels, out)?))?,
            "xlsx" => write_file(to, force, |out| Ok(workbook::write(&statistics, &labels, out)?))?,
            "json-stat" => {
                let [only] = statistics.figures.as_slice() else {
                    return Err(Problem::yours(
                        "JSON-stat holds one indicator",
                        "name it, as `idenett barometer B1 …`",
                    ));
                };
                write_file(to, force, |out| Ok(json_stat::write(&statistics, only, &labels, out)?))?;
            }
            _ => {
                let what = format!("there is no format `{format}`");
                return Err(Problem::yours(what, "write one of: text, csv, json-stat, xlsx, parquet"));
            }
        }
        Ok(json!({ "file": shown(to), "figures": statistics.figures.len() }))
    }

    /// All facts as flat tables, a file each, in a directory of their own.
    fn facts_export(&self, to: &Path, force: bool) -> Result<Value, Problem> {
        let io = |e: &std::io::Error| Problem::file(to, "writing", e);
        if !force && to.read_dir().is_ok_and(|mut entries| entries.next().is_some()) {
            let what = format!("{} is not empty", to.display());
            return Err(Problem::yours(what, "name an empty or new directory, or add --force to replace tables in it"));
        }
        std::fs::create_dir_all(to).map_err(|e| io(&e))?;
        // Beside those that are there, which are replaced when all are whole: half of an export would look like all.
        let beside = to.join(BESIDE);
        if beside.exists() {
            std::fs::remove_dir_all(&beside).map_err(|e| io(&e))?;
        }
        std::fs::create_dir(&beside).map_err(|e| io(&e))?;
        let mut names = Vec::new();
        self.barometer(|b| {
            tables::write(b.material(), places(), &mut |name| {
                names.push(name.to_owned());
                let file = File::create(beside.join(name).with_extension("parquet"))?;
                Ok(Box::new(BufWriter::new(file)) as Sink)
            })
        })?
        .map_err(|e| io(&e))?;
        for name in &names {
            let file = Path::new(name).with_extension("parquet");
            std::fs::rename(beside.join(&file), to.join(&file)).map_err(|e| io(&e))?;
        }
        std::fs::remove_dir(&beside).map_err(|e| io(&e))?;
        Ok(json!({ "file": shown(to), "tables": names }))
    }
}
