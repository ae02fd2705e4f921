//! What web frameworks append to the IDs that they make: an operation's ID, method and path → the part of it that somebody
//! wrote. Method and path tell nothing in a name: they change when a route moves, and the docs say them anyway. Nor does what
//! many paths begin with, where an operation has no ID.

use super::words::{Words, words};
use crate::ir::Operation;

/// The name of the function behind an operation, where its ID is that and what a framework appends to it:
///
/// * FastAPI, the path and the method: `read_item_items__item_id__get`;
/// * Springfox, the method, and a number from the second operation of this name on: `listUsingGET_1`.
///
/// Or where it is the path and what is done there, as with Django: that without what many paths begin with, `pets_list` of
/// `api_v1_pets_list`.
pub(super) fn own_id(operation: &Operation) -> Option<&str> {
    let id = operation.id.as_deref()?;
    let own =
        without_route(id, operation).or_else(|| without_using(id, operation)).or_else(|| below_api(id, operation))?;
    own.contains(|character: char| character.is_ascii_alphabetic()).then_some(own)
}

fn without_route<'a>(id: &'a str, operation: &Operation) -> Option<&'a str> {
    let is_word = |character: char| character.is_alphanumeric() || character == '_';
    // A query in the path was put there by hand: no route has one.
    let path = operation.path.split(['?', '#']).next().unwrap_or_default();
    let route = path.chars().map(|character| if is_word(character) { character } else { '_' });
    let method = operation.method.as_str().to_lowercase();
    let (route, id) = (route.collect::<String>(), id.strip_suffix(&method)?.strip_suffix('_')?);
    // The slash at the end of a route is not always in the path.
    id.strip_suffix(&route).or_else(|| id.strip_suffix('_')?.strip_suffix(&route))
}

fn without_using<'a>(id: &'a str, operation: &Operation) -> Option<&'a str> {
    let counted = id.trim_end_matches(|character: char| character.is_ascii_digit());
    let uncounted = if counted.len() < id.len() { counted.strip_suffix('_').unwrap_or(id) } else { id };
    uncounted.strip_suffix(operation.method.as_str())?.strip_suffix("Using")
}

fn below_api<'a>(id: &'a str, operation: &Operation) -> Option<&'a str> {
    let path = operation.path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let said = path.len() - unversioned(path)?.len();
    let segments = path.split('/').filter(|segment| !segment.is_empty() && !segment.contains('{'));
    let route = segments.map(|segment| segment.replace(|character: char| !character.is_alphanumeric(), "_"));
    let done = id.strip_prefix(&route.collect::<Vec<_>>().join("_"))?.strip_prefix('_')?;
    if done.is_empty() { None } else { id.get(said..) }
}

/// The words of an operation's ID, without `controller` where it is that of a class and a function (`PetsController_list`, as
/// NestJS makes them). Where a method and the end of the operation's own path run into one another
/// (`getstopWords` of `GET /settings/stop-words`), they are two words.
pub(super) fn id_words(id: &str, operation: &Operation) -> Words {
    let all = of_controller(id).unwrap_or_else(|| words(id));
    let method = operation.method.as_str().to_lowercase();
    let Some((first, rest)) = all.split_first() else { return all };
    let Some(begun) = first.strip_prefix(&method).filter(|begun| !begun.is_empty()) else { return all };
    let apart = [&[begun.to_owned()], rest].concat();
    let path: Words = operation.path.split('/').filter(|segment| !segment.contains('{')).flat_map(words).collect();
    if path.ends_with(&apart) { [vec![method], apart].concat() } else { all }
}

fn of_controller(id: &str) -> Option<Words> {
    let (class, function) = id.split_once('_')?;
    let class = class.strip_suffix("Controller")?;
    let begins = |text: &str| text.starts_with(|first: char| first.is_ascii_alphabetic());
    (begins(class) && begins(function)).then(|| [words(class), words(function)].concat())
}

/// A path without the `api` and the version that it begins with, where something with a name is left.
pub(super) fn unversioned(path: &str) -> Option<&str> {
    let is_said = |segment: &str| segment == "api" || is_version(segment);
    let whole = path.trim_start_matches('/');
    let mut rest = whole;
    while let Some((segment, after)) = rest.split_once('/')
        && is_said(segment)
    {
        rest = after;
    }
    let is_left = rest.starts_with(|first: char| first.is_ascii_alphabetic()) && !is_said(rest);
    (is_left && rest != whole).then_some(rest)
}

/// The words of an operation's ID without the version that they begin with, where enough is left for a name.
pub(super) fn without_version(words: &[String]) -> &[String] {
    match words {
        [version, rest @ ..] if rest.len() > 1 && is_version(version) && begins_with_a_letter(rest) => rest,
        _ => words,
    }
}

fn begins_with_a_letter(words: &[String]) -> bool {
    words.first().is_some_and(|word| word.starts_with(|first: char| first.is_ascii_alphabetic()))
}

/// `v1`
pub(super) fn is_version(word: &str) -> bool {
    let digits = word.strip_prefix('v').unwrap_or_default();
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{id_words, own_id, unversioned};
    use crate::ir::testing::*;

    #[test]
    fn a_method_before_the_end_of_the_path_is_a_word() {
        let table = [
            (get("/settings/stop-words").id("getstopWords"), "get stop words"),
            (get("/{index}/chat").id("getchat"), "get chat"),
            (get("/words").id("getstopWords"), "getstop words"),
            (get("/ter").id("letter"), "letter"),
            (get("/pets").id("get"), "get"),
            (post("/man").id("postman"), "post man"),
            (get("/man").id("postman"), "postman"),
            (get("/pets").id("PetsController_findAll"), "pets find all"),
            (get("/pets").id("PetsController_v1_list"), "pets v1 list"),
            (get("/pets").id("Controller_list"), "controller list"),
            (get("/pets").id("PetsController_1"), "pets controller 1"),
            (get("/pets").id("petsController"), "pets controller"),
            (get("/pets").id("remote_Controller_list"), "remote controller list"),
        ];
        for (operation, expected) in table {
            let operation = build().operation(operation).api().operations.remove(0);
            let id = operation.id.clone().unwrap();
            assert_eq!(id_words(&id, &operation).join(" "), expected, "{id}");
        }
    }

    #[test]
    fn what_many_paths_begin_with_tells_nothing() {
        let table = [
            ("/api/v3/series/{id}", Some("series/{id}")),
            ("/v1/pets", Some("pets")),
            ("/api/pets", Some("pets")),
            ("/v1/api/pets/", Some("pets/")),
            ("/pets/v1", None),
            ("/api", None),
            ("/api/", None),
            ("/api/v1", None),
            ("/v1/{id}", None),
            ("/v1beta/pets", None),
            ("/", None),
        ];
        for (path, expected) in table {
            assert_eq!(unversioned(path), expected, "{path}");
        }
    }

    #[test]
    fn what_a_framework_appends_is_not_part_of_the_name() {
        let table = [
            (get("/items/{item_id}").id("read_item_items__item_id__get"), Some("read_item")),
            (get("/").id("root__get"), Some("root")),
            (post("/v1/audio-files").id("upload_v1_audio_files_post"), Some("upload")),
            (post("/files?beta=true").id("beta_upload_files_post"), Some("beta_upload")),
            (post("/logout").id("log_out_logout__post"), Some("log_out")),
            // Of another method, of another path, nothing else, and not made so.
            (post("/items").id("list_items_get"), None),
            (get("/other").id("list_items_get"), None),
            (get("/items").id("_items_get"), None),
            (get("/items").id("items_get"), None),
            (get("/items").id("list"), None),
            (get("/items"), None),
            (get("/pets").id("listPetsUsingGET"), Some("listPets")),
            (get("/pets").id("listUsingGET_12"), Some("list")),
            (get("/pets").id("listUsingPOST"), None),
            (get("/pets").id("UsingGET"), None),
            (get("/pets").id("list_12"), None),
            (get("/api/pets/{id}/old-toys/").id("api_pets_old_toys_list"), Some("pets_old_toys_list")),
            (post("/api/v1/pets/{id}/").id("api_v1_pets_partial_update"), Some("pets_partial_update")),
            (get("/api/pets").id("api_pets"), None),
            (get("/api/pets").id("api_petslist"), None),
            (get("/api/pets/{id}/toys").id("api_pets_list"), None),
            (get("/pets").id("pets_list"), None),
            (get("/api").id("api_list"), None),
        ];
        for (operation, expected) in table {
            let operation = build().operation(operation).api().operations.remove(0);
            assert_eq!(own_id(&operation), expected, "{:?}", operation.id);
        }
    }
}
