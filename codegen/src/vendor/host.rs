//! The host: the workspace, and the package, that a copy comes into, read off the manifests above its folder. None is changed.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use crate::config::paths;
use crate::diag::{self, Diagnostic, Diagnostics};
use crate::filter::glob;
use crate::write::disk;

/// A manifest of someone else's.
#[derive(Clone, Debug)]
pub(super) struct Manifest {
    /// The folder that it lies in, absolute.
    pub(super) folder: PathBuf,
    pub(super) table: Table,
}

/// What a folder lies in.
#[derive(Clone, Debug)]
pub(super) struct Host {
    /// The folder, absolute.
    pub(super) folder: PathBuf,
    /// The nearest package above it.
    pub(super) package: Option<Manifest>,
    /// The workspace that it belongs to.
    pub(super) workspace: Option<Manifest>,
}

impl Host {
    /// Reads the manifests above a folder, up to the workspace's.
    pub(super) fn read(folder: &Path, found: &mut Diagnostics) -> Option<Self> {
        let folder = paths::absolute(folder);
        let mut host = Self { folder: folder.clone(), package: None, workspace: None };
        for above in folder.ancestors().skip(1) {
            let path = above.join("Cargo.toml");
            if !path.is_file() {
                continue;
            }
            let manifest = Manifest { folder: above.to_owned(), table: read(&path, found)? };
            let is_package = manifest.table.contains_key("package");
            if is_package && host.package.is_none() {
                host.package = Some(manifest.clone());
            }
            if manifest.workspace().is_some() && !manifest.excludes(&folder) {
                host.workspace = Some(manifest);
                break;
            }
        }
        Some(host)
    }

    /// Whether the folder lies below the sources of a package.
    pub(super) fn is_in_sources(&self) -> bool {
        let package = self.package.as_ref();
        package.is_some_and(|package| {
            self.folder.parent().is_some_and(|above| above.starts_with(package.folder.join("src")))
        })
    }

    /// The folder as seen from the workspace's, or from the package's where there is none; its own name where there is
    /// neither.
    pub(super) fn path(&self) -> String {
        let from = self.workspace.as_ref().or(self.package.as_ref()).map(|manifest| manifest.folder.as_path());
        paths::relative(from.or(self.folder.parent()).unwrap_or(&self.folder), &self.folder)
    }

    /// Whether the workspace has the folder as a member, by its name or through what a member depends on.
    pub(super) fn is_member(&self) -> bool {
        let Some(root) = &self.workspace else { return true };
        let own = self.path();
        let patterns: Vec<&str> = root.list("members").collect();
        if patterns.iter().any(|pattern| glob(pattern.trim_end_matches('/'), &own, true))
            || root.depends_on(&self.folder, root)
        {
            return true;
        }
        let members = patterns.iter().flat_map(|pattern| below(&root.folder, pattern));
        members
            .into_iter()
            .filter_map(|folder| Manifest::quietly(&folder))
            .any(|member| member.depends_on(&self.folder, root))
    }
}

impl Manifest {
    fn quietly(folder: &Path) -> Option<Self> {
        let text = disk::read_text(&folder.join("Cargo.toml")).ok()?;
        Some(Self { folder: folder.to_owned(), table: toml::from_str(&text).ok()? })
    }

    /// `[workspace]`.
    pub(super) fn workspace(&self) -> Option<&Table> {
        self.table.get("workspace")?.as_table()
    }

    /// A setting of `[package]`, or of the workspace where it is taken from there.
    pub(super) fn setting<'m>(&'m self, key: &str, workspace: Option<&'m Self>) -> Option<&'m str> {
        let own = self.table.get("package")?.get(key)?;
        if own.get("workspace").is_some() {
            return workspace?.workspace()?.get("package")?.get(key)?.as_str();
        }
        own.as_str()
    }

    /// The package's name.
    pub(super) fn name(&self) -> &str {
        self.table.get("package").and_then(|package| package.get("name")?.as_str()).unwrap_or_default()
    }

    fn list<'m>(&'m self, key: &str) -> impl Iterator<Item = &'m str> {
        let list = self.workspace().and_then(|table| table.get(key)?.as_array());
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// Whether `[workspace]` leaves a folder out.
    fn excludes(&self, folder: &Path) -> bool {
        let out = self.list("exclude").any(|path| folder.starts_with(paths::tidy(&self.folder.join(path))));
        let own = paths::relative(&self.folder, folder);
        // What is named is in, even where the folder around it is out.
        out && !self.list("members").any(|pattern| glob(pattern.trim_end_matches('/'), &own, true))
    }

    /// Whether one of the dependencies is the crate in a folder.
    fn depends_on(&self, folder: &Path, workspace: &Self) -> bool {
        let tables = ["dependencies", "dev-dependencies", "build-dependencies"]
            .into_iter()
            .filter_map(|key| self.table.get(key)?.as_table());
        tables.flatten().any(|(name, asked)| {
            let inherited = asked.get("workspace").is_some();
            let (base, asked) = if inherited {
                (workspace, workspace.workspace().and_then(|table| table.get("dependencies")?.get(name)))
            } else {
                (self, Some(asked))
            };
            let path = asked.and_then(|asked| asked.get("path")?.as_str());
            path.is_some_and(|path| paths::tidy(&base.folder.join(path)) == folder)
        })
    }
}

/// The folders that a pattern of `members` names.
fn below(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut folders = vec![root.to_owned()];
    for part in pattern.split('/').filter(|part| !part.is_empty() && *part != ".") {
        folders = match part.contains('*') {
            false => folders.into_iter().map(|folder| folder.join(part)).collect(),
            true => {
                let fits = |folder: &PathBuf| {
                    let names = disk::folders(folder).into_iter().filter(|name| glob(part, name, true));
                    names.map(|name| folder.join(name)).collect::<Vec<_>>()
                };
                folders.iter().flat_map(fits).collect()
            }
        };
    }
    folders
}

fn read(path: &Path, found: &mut Diagnostics) -> Option<Table> {
    let text = match disk::read_text(path) {
        Ok(text) => text,
        Err(failure) => {
            found.push(Diagnostic::new(&diag::HOST_UNREADABLE, failure.to_string()));
            return None;
        }
    };
    match toml::from_str(&text) {
        Ok(table) => Some(table),
        Err(error) => {
            let said: Vec<&str> = error.message().lines().map(str::trim).collect();
            let message = format!("`{}`: {}", paths::tidy(path).display(), said.join("; "));
            found.push(Diagnostic::new(&diag::HOST_UNREADABLE, message));
            None
        }
    }
}
