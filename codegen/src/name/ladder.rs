//! The ladder: things in one scope, each with the names it could have, the best first → which of them each gets.
//!
//! The answer depends on the things that want the same names and on nothing else: not on the order they are given in, and
//! not on other things in the scope. When several want a name, the one that stands lower on its ladder keeps it; of those on
//! the same rung, the one that owns the name (it is written so in the description, or else it alone is of nothing but letters
//! and digits) keeps it; else all go on to their next rungs.

use std::collections::{BTreeMap, BTreeSet};

/// A thing that wants a name.
#[derive(Clone, Debug)]
pub(super) struct Wish {
    /// The names it could have, the best first.
    pub(super) rungs: Vec<String>,
    /// Which of them are its own.
    pub(super) owns: BTreeSet<usize>,
    /// Which of them are its own where they are no one's else.
    pub(super) plain: BTreeSet<usize>,
}

impl Wish {
    fn at(&self, rung: usize) -> Option<&str> {
        self.rungs.get(rung).map(String::as_str)
    }
}

/// For each wish the rung that it gets, or `None` when its ladder ends before a name is free. `taken` says which names are
/// not to be had at all.
pub(super) fn climb(wishes: &[Wish], taken: impl Fn(&str) -> bool) -> Vec<Option<usize>> {
    let mut rungs = vec![0_usize; wishes.len()];
    // A wish on rung n is never moved by what comes later than round n, so this ends after as many rounds as there are rungs.
    loop {
        let moving = moving(wishes, &rungs, &taken);
        if moving.is_empty() {
            break;
        }
        for at in moving {
            if let Some(rung) = rungs.get_mut(at) {
                *rung += 1;
            }
        }
    }
    let found = rungs.into_iter().zip(wishes);
    found.map(|(rung, wish)| wish.at(rung).map(|_| rung)).collect()
}

/// The wishes that must go on from where they stand.
fn moving(wishes: &[Wish], rungs: &[usize], taken: impl Fn(&str) -> bool) -> BTreeSet<usize> {
    let mut moving = BTreeSet::new();
    let mut groups: BTreeMap<&str, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, (wish, &rung)) in wishes.iter().zip(rungs).enumerate() {
        match wish.at(rung) {
            Some(name) if taken(name) => {
                moving.insert(at);
            }
            Some(name) => groups.entry(name).or_default().push((rung, at)),
            None => {}
        }
    }
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let keeper = keeper(wishes, &group);
        moving.extend(group.into_iter().map(|(_, at)| at).filter(|at| Some(*at) != keeper));
    }
    moving
}

/// Which of a group of (rung, wish) that want one name keeps it.
fn keeper(wishes: &[Wish], group: &[(usize, usize)]) -> Option<usize> {
    let lowest = group.iter().map(|(rung, _)| *rung).min()?;
    let first: Vec<usize> = group.iter().filter(|(rung, _)| *rung == lowest).map(|(_, at)| *at).collect();
    if let [only] = first.as_slice() {
        return Some(*only);
    }
    let owners = |of: fn(&Wish) -> &BTreeSet<usize>| {
        let is_owner = |at: &&usize| wishes.get(**at).is_some_and(|wish| of(wish).contains(&lowest));
        first.iter().filter(is_owner).copied().collect::<Vec<_>>()
    };
    match (owners(|wish| &wish.owns).as_slice(), owners(|wish| &wish.plain).as_slice()) {
        ([only], _) | ([], [only]) => Some(*only),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn got(wishes: &[(&[&str], bool)], taken: &[&str]) -> Vec<String> {
        let wishes = wishes.iter().map(|(rungs, owns)| Wish {
            rungs: rungs.iter().map(|rung| (*rung).to_owned()).collect(),
            owns: owns.then_some(0).into_iter().collect(),
            plain: BTreeSet::new(),
        });
        let wishes: Vec<Wish> = wishes.collect();
        let climbed = climb(&wishes, |name| taken.contains(&name));
        let names = climbed.iter().zip(&wishes).map(|(rung, wish)| rung.and_then(|rung| wish.at(rung)).unwrap_or("!"));
        names.map(str::to_owned).collect()
    }

    #[test]
    fn the_owner_keeps_its_name_and_without_one_all_go_on() {
        assert_eq!(got(&[(&["a", "a1"], true), (&["a", "a2"], false)], &[]), ["a", "a2"]);
        assert_eq!(got(&[(&["a", "a1"], false), (&["a", "a2"], false)], &[]), ["a1", "a2"]);
        assert_eq!(got(&[(&["a", "a1"], true), (&["a", "a2"], true)], &[]), ["a1", "a2"]);
    }

    #[test]
    fn a_plain_name_is_its_own_where_no_other_is() {
        let rungs = |own: &str| vec!["a".to_owned(), own.to_owned()];
        let wish = |own: &str, owns: bool, plain: bool| {
            let first = |is: bool| is.then_some(0).into_iter().collect();
            Wish { rungs: rungs(own), owns: first(owns), plain: first(plain) }
        };
        let got = |wishes: &[Wish]| climb(wishes, |_| false);
        assert_eq!(got(&[wish("b", false, true), wish("c", false, false)]), [Some(0), Some(1)]);
        assert_eq!(got(&[wish("b", false, true), wish("c", true, true)]), [Some(1), Some(0)]);
        assert_eq!(got(&[wish("b", false, true), wish("c", false, true)]), [Some(1), Some(1)]);
    }

    #[test]
    fn who_climbs_never_displaces_who_did_not() {
        assert_eq!(got(&[(&["a", "b", "c"], false), (&["a", "d"], true), (&["b", "z"], false)], &[]), ["c", "a", "b"]);
    }

    #[test]
    fn taken_names_and_the_end_of_the_ladder() {
        assert_eq!(got(&[(&["a", "b"], true)], &["a"]), ["b"]);
        assert_eq!(got(&[(&["a", "b"], true)], &["a", "b"]), ["!"]);
        assert_eq!(got(&[(&["a"], false), (&["a"], false), (&["b"], false)], &[]), ["!", "!", "b"]);
    }
}
