//! The mapping of the value tree: members in the order of the file, found by their keys.
//!
//! Descriptions have very many mappings of a handful of members. Those are looked through; only a large mapping has an
//! index. A tenth of a description's keys are distinct, so keys are shared.

use std::collections::HashMap;
use std::sync::Arc;
use std::{iter, slice, vec};

use super::tree::Entry;

/// With more members than this a mapping has an index.
const LOOKED_THROUGH: usize = 16;

/// A mapping, in the order of the file; keys are distinct.
#[derive(Clone, Debug, Default)]
pub struct Map {
    members: Vec<Member>,
    /// The place of each key, where there are many.
    index: Option<Box<Index>>,
}

/// The place of each member, from 0.
#[derive(Clone, Debug)]
struct Index(HashMap<Arc<str>, usize>);

/// A member, as it is kept.
type Member = (Arc<str>, Entry);

/// The members of a mapping, in order.
pub type Iter<'m> = iter::Map<slice::Iter<'m, Member>, fn(&'m Member) -> (&'m str, &'m Entry)>;

/// The members of a mapping, in order, to change them.
pub type IterMut<'m> = iter::Map<slice::IterMut<'m, Member>, fn(&'m mut Member) -> (&'m str, &'m mut Entry)>;

impl Map {
    /// A mapping without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The place of a member, from 0.
    pub fn place(&self, key: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.0.get(key).copied(),
            None => self.members.iter().position(|(name, _)| **name == *key),
        }
    }

    /// Whether there is a member.
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_some()
    }

    /// A member.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.get_index(self.place(key)?)
    }

    /// A member, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        let place = self.place(key)?;
        self.members.get_mut(place).map(|(_, entry)| entry)
    }

    /// The first member.
    pub fn first(&self) -> Option<(&str, &Entry)> {
        self.iter().next()
    }

    /// The member at a place, from 0.
    pub fn get_index(&self, place: usize) -> Option<&Entry> {
        self.members.get(place).map(|(_, entry)| entry)
    }

    /// Puts a member at the end, or in the place of the one with this key, which is given back.
    pub fn insert(&mut self, key: impl Into<Arc<str>>, entry: Entry) -> Option<Entry> {
        let key = key.into();
        if let Some(old) = self.get_mut(&key) {
            return Some(std::mem::replace(old, entry));
        }
        let place = self.members.len();
        match &mut self.index {
            Some(index) => {
                index.0.insert(Arc::clone(&key), place);
                self.members.push((key, entry));
            }
            None => {
                self.members.push((key, entry));
                self.find_again();
            }
        }
        None
    }

    /// Takes a member out; the others stay in their order.
    pub fn shift_remove(&mut self, key: &str) -> Option<Entry> {
        self.shift_remove_entry(key).map(|(_, entry)| entry)
    }

    /// Takes a member out with its key; the others stay in their order.
    pub fn shift_remove_entry(&mut self, key: &str) -> Option<Member> {
        let place = self.place(key)?;
        let member = self.members.remove(place);
        self.find_again();
        Some(member)
    }

    /// Keeps the members that `keep` wants.
    pub fn retain(&mut self, mut keep: impl FnMut(&str, &mut Entry) -> bool) {
        let before = self.members.len();
        self.members.retain_mut(|(key, entry)| keep(key, entry));
        if self.members.len() < before {
            self.find_again();
        }
    }

    /// Makes the index, or does without it.
    fn find_again(&mut self) {
        self.index = (self.members.len() > LOOKED_THROUGH).then(|| {
            let places = self.members.iter().enumerate();
            Box::new(Index(places.map(|(place, (key, _))| (Arc::clone(key), place)).collect()))
        });
    }

    /// Gives back the room that is kept for more members.
    pub fn shrink_to_fit(&mut self) {
        self.members.shrink_to_fit();
    }

    /// The members, in order.
    pub fn iter(&self) -> Iter<'_> {
        self.members.iter().map(|(key, entry)| (&**key, entry))
    }

    /// The members, in order, to change them.
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        self.members.iter_mut().map(|(key, entry)| (&**key, entry))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator + Clone {
        self.members.iter().map(|(key, _)| &**key)
    }

    /// The members without their keys, in order.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator + Clone {
        self.members.iter().map(|(_, entry)| entry)
    }

    /// The members without their keys, in order, to change them.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Entry> + ExactSizeIterator {
        self.members.iter_mut().map(|(_, entry)| entry)
    }
}

/// Of members with the same key the last one stays, in the place of the first.
impl<K: Into<Arc<str>>> FromIterator<(K, Entry)> for Map {
    fn from_iter<I: IntoIterator<Item = (K, Entry)>>(members: I) -> Self {
        let mut map = Self::new();
        for (key, entry) in members {
            map.insert(key, entry);
        }
        map
    }
}

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m str, &'m Entry);
    type IntoIter = Iter<'m>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'m> IntoIterator for &'m mut Map {
    type Item = (&'m str, &'m mut Entry);
    type IntoIter = IterMut<'m>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl IntoIterator for Map {
    type Item = Member;
    type IntoIter = vec::IntoIter<Member>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::tree::{Node, Value};
    use crate::source::Sources;

    fn entry(number: usize) -> Entry {
        let file = Sources::default().add("a.yaml", String::new());
        let node = Node { value: Value::Boolean(true), bytes: 0..number, file };
        Entry { key: 0..0, file, node }
    }

    fn said(entry: Option<&Entry>) -> Option<usize> {
        entry.map(|entry| entry.node.bytes.end)
    }

    /// Small and large mappings, and what becomes large and small again, are the same.
    #[test]
    fn a_member_is_found_however_many_there_are() {
        for count in [0, 1, 2, LOOKED_THROUGH - 1, LOOKED_THROUGH, LOOKED_THROUGH + 1, 100] {
            let mut map: Map = (0..count).map(|number| (format!("k{number}"), entry(number))).collect();
            assert_eq!((map.len(), map.is_empty()), (count, count == 0));
            assert_eq!(map.index.is_some(), count > LOOKED_THROUGH, "{count}");
            for number in 0..count {
                let key = format!("k{number}");
                assert_eq!(said(map.get(&key)), Some(number));
                assert_eq!(map.insert(key.as_str(), entry(number + 1)).map(|old| old.node.bytes.end), Some(number));
                assert_eq!(said(map.get_mut(&key).as_deref()), Some(number + 1));
            }
            assert!(!map.contains_key("k") && map.get("k").is_none() && map.shift_remove("k").is_none());
            assert_eq!(map.len(), count, "nothing was added twice");
            for number in (0..count).step_by(2) {
                assert!(map.shift_remove(&format!("k{number}")).is_some());
            }
            let left: Vec<String> = (0..count).skip(1).step_by(2).map(|number| format!("k{number}")).collect();
            assert_eq!(map.keys().collect::<Vec<_>>(), left, "in their order");
            assert!(left.iter().all(|key| map.contains_key(key)));
            map.retain(|key, _| key.ends_with('1'));
            assert!(map.keys().all(|key| key.ends_with('1') && map.contains_key(key)));
            assert!(!map.contains_key("k3"));
        }
    }

    #[test]
    fn of_two_members_with_one_key_the_last_stays_in_the_place_of_the_first() {
        let map = Map::from_iter([("a", entry(1)), ("b", entry(2)), ("a", entry(3))]);
        let all: Vec<_> = map.iter().map(|(key, entry)| (key, entry.node.bytes.end)).collect();
        assert_eq!(all, [("a", 3), ("b", 2)]);
    }
}
