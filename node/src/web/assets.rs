//! Style sheet, script and sign of the pages, and the style sheets that a municipality lays on top. Each stands at an
//! address that names its contents, so that it is fetched once.

use std::path::Path;

use axum::body::Bytes;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use super::answer::data;
use super::limits::MAX_STYLESHEET_BYTES;
use crate::problem::Problem;

const CSS: &str = "text/css; charset=utf-8";

/// A file of the pages.
#[derive(Clone, Debug)]
pub(super) struct Asset {
    name: String,
    kind: &'static str,
    bytes: Bytes,
}

/// All files of the pages.
#[derive(Clone, Debug)]
pub(super) struct Assets {
    style: Asset,
    script: Asset,
    sign: Asset,
    on_top: Vec<Asset>,
}

impl Assets {
    /// The pages' own files, and the style sheets that are to lie on top.
    pub(super) fn load(sheets: &[impl AsRef<Path>]) -> Result<Self, Problem> {
        let own = |name, kind, text: &'static str| Asset::new(name, kind, Bytes::from_static(text.as_bytes()));
        Ok(Self {
            style: own("idenett.css", CSS, include_str!("assets/idenett.css")),
            script: own("idenett.js", "text/javascript; charset=utf-8", include_str!("assets/idenett.js")),
            sign: own("idenett.svg", "image/svg+xml", include_str!("assets/idenett.svg")),
            on_top: sheets.iter().map(|path| sheet(path.as_ref())).collect::<Result<_, _>>()?,
        })
    }

    /// The addresses of the style sheets, the own one first.
    pub(super) fn styles(&self) -> Vec<String> {
        std::iter::once(&self.style).chain(&self.on_top).map(Asset::address).collect()
    }

    /// The address of the script.
    pub(super) fn script(&self) -> String {
        self.script.address()
    }

    /// The address of the sign.
    pub(super) fn sign(&self) -> String {
        self.sign.address()
    }

    /// The file of a name.
    pub(super) fn answer(&self, name: &str) -> Option<Response> {
        let mut all = [&self.style, &self.script, &self.sign].into_iter().chain(&self.on_top);
        let asset = all.find(|a| a.name == name)?;
        let mut answer = data(StatusCode::OK, asset.kind, asset.bytes.clone());
        answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        Some(answer)
    }
}

impl Asset {
    fn new(name: &str, kind: &'static str, bytes: Bytes) -> Self {
        let hash = HEXLOWER.encode(&Sha256::digest(&bytes)).chars().take(16).collect::<String>();
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        Self { name: format!("{stem}.{hash}.{ending}"), kind, bytes }
    }

    fn address(&self) -> String {
        format!("/assets/{}", self.name)
    }
}

fn sheet(path: &Path) -> Result<Asset, Problem> {
    let read = |e: std::io::Error| Problem::file(path, "reading", &e);
    let size = std::fs::metadata(path).map_err(read)?.len();
    if size > MAX_STYLESHEET_BYTES {
        let what = format!("the style sheet {} has {size} bytes", path.display());
        return Err(Problem::yours(what, format!("name one of at most {MAX_STYLESHEET_BYTES} bytes")));
    }
    let bytes = std::fs::read(path).map_err(read)?;
    Ok(Asset::new("on-top.css", CSS, Bytes::from(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_on_top_is_served_and_a_missing_one_is_named() {
        let dir = tempfile::tempdir().expect("a directory");
        let path = dir.path().join("ks.css");
        std::fs::write(&path, "a{}").expect("a file");
        let assets = Assets::load(&[&path]).expect("assets");
        let name = assets.styles().last().expect("a sheet").trim_start_matches("/assets/").to_owned();
        assert!(assets.answer(&name).is_some() && assets.answer("ks.css").is_none());
        let problem = Assets::load(&[dir.path().join("no.css")]).expect_err("no file");
        assert!(problem.what.contains("no.css"), "{problem}");
    }
}
