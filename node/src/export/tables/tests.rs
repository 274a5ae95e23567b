//! What is written is read back, and the same material gives the same bytes.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use idenett_protocol::barometer::{Material, Places};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use tempfile::TempDir;

use super::super::samples::{material, places};
use super::*;

/// A directory with all tables.
fn written(material: &Material, places: &Places) -> TempDir {
    let directory = TempDir::new().expect("a directory");
    let mut open = |name: &str| -> io::Result<Sink> { Ok(Box::new(File::create_new(directory.path().join(name))?)) };
    write(material, places, &mut open).expect("the directory takes everything");
    directory
}

fn names(directory: &TempDir) -> Vec<String> {
    let entries = directory.path().read_dir().expect("a directory");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().into_string().expect("a name")).collect();
    names.sort();
    names
}

fn rows(table: &Path) -> Vec<String> {
    let reader = SerializedFileReader::new(File::open(table).expect("a table")).expect("Parquet");
    reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row").to_string()).collect()
}

fn bytes(directory: &TempDir) -> BTreeMap<String, Vec<u8>> {
    let read = |name: &String| std::fs::read(directory.path().join(name)).expect("a table");
    names(directory).into_iter().map(|name| (name.clone(), read(&name))).collect()
}

#[test]
fn every_fact_is_in_its_column() {
    let directory = written(&material(), &places());
    let shown = |name: &str| rows(&directory.path().join(name));
    let [case, reuse, programme] = [1, 41, 90].map(|n: u8| format!("{n:02x}").repeat(32));
    assert_eq!(
        shown("case_versions")[0],
        format!(
            "{{case_id: \"{case}\", version_id: \"{case}\", number: 1, signed: 2025-03-01, signed_by: \"961381541\", \
             withdrawn: null, imported: false, lang: \"nb\", status: \"utilised\", sector: \"culture\", \
             origin: \"adapted\", in_use: null, valid_until: 2027-01-01}}"
        )
    );
    assert_eq!(
        shown("reuse_versions")[0],
        format!(
            "{{reuse_id: \"{reuse}\", version_id: \"{reuse}\", number: 1, signed: 2025-06-01, withdrawn: null, \
             degree: \"copy\", status: \"in_use\", in_use: null, unit: \"=1+1\", lang: \"nn\", valid_until: null, \
             channel: \"this_network\", saved_low: 100, saved_expected: 200, saved_high: null, \
             saved_unit: \"nok_year\", saved_method: \"estimate\", saved_price_year: 2025, outcome: -1}}"
        )
    );
    assert_eq!(shown("programme_cases"), [format!("{{programme_id: \"{programme}\", case_id: \"{case}\"}}")]);
    assert_eq!(
        shown("municipalities")[2],
        "{number: \"3446\", org: \"961381541\", name: \"Gran\", county: \"34\", kostra_group: 3, centrality: 3, \
         size: \"10-20\", written: \"nb\"}"
    );
    assert_eq!(shown("municipality_changes"), ["{day: 2020-01-01, before: \"0534\", after: \"3446\"}"]);
    let names = names(&directory);
    let counts = names.iter().map(|name| (name.as_str(), shown(name).len()));
    let expected = [
        ("case_co_owners", 3),
        ("case_codes", 18),
        ("case_factors", 6),
        ("case_links", 3),
        ("case_values", 3),
        ("case_versions", 3),
        ("cases", 3),
        ("comments", 3),
        ("confirmations", 6),
        ("measurements", 3),
        ("members", 2),
        ("municipalities", 3),
        ("municipality_changes", 1),
        ("need_themes", 1),
        ("need_versions", 1),
        ("needs", 1),
        ("programme_cases", 1),
        ("programmes", 1),
        ("reforms", 2),
        ("reuse_versions", 3),
        ("reuses", 3),
    ];
    assert_eq!(counts.collect::<Vec<_>>(), expected);
}

#[test]
fn equal_material_gives_equal_bytes_and_none_gives_empty_tables() {
    let (material, places) = (material(), places());
    let first = bytes(&written(&material, &places));
    assert_eq!(first, bytes(&written(&material.clone(), &places)));
    let none = written(&Material::default(), &places);
    assert!(names(&none).iter().eq(first.keys()));
    assert!(rows(&none.path().join("cases")).is_empty());
}
