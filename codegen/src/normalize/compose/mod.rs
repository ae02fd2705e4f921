//! Composition: `allOf`, and `oneOf` or `anyOf` with other keywords beside them → schemas that say the same without any of
//! these holding at once (OpenAPI 3.0.3, section 4.7.24; JSON Schema 2020-12, section 10.2.1).
//!
//! - `allOf` becomes one schema with the members of all. Members that only one of them has stay where they are written;
//!   one that several have is made anew where the schemas differ, and says what all say.
//! - Keywords beside a `oneOf` or `anyOf` go into each of its branches; a branch that contradicts them can't occur and is
//!   gone. A union whose branches only ask for members (`required`) restricts values and is gone as well.
//! - A schema with a `discriminator` and no branches is the union of the components that build on it ([`heirs`]).
//!
//! What can't be brought together stays as it is written, and is told of where it is used.

mod bounds;
mod conditional;
mod finish;
mod flat;
mod heirs;
mod meet;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::CHAIN;
use super::conditional::{CONDITIONAL, REFERRED};
use super::faults::{Fault, Faults};
use super::form::{Form, Members, Objects, links};
use crate::load::tree::Node;
use crate::pointer::{Pointer, PointerMap, PointerSet};
pub(crate) use bounds::{is_bound, tighten};
use flat::Flat;

/// How deep schemas may stand in one another while they are brought together: parts, members and branches in all.
const DEPTH: usize = 32;

/// How many members may be brought together in all.
const MEMBERS: usize = 500_000;

/// How many of them one schema may take, so that it leaves the others theirs: the largest seen in descriptions of real APIs
/// took 2,580.
const SHARE: usize = 25_000;

/// What composition makes anew.
#[derive(Debug, Default)]
pub(super) struct Composed {
    /// Schemas, by their places; where one stood, it takes its place.
    pub(super) schemas: Objects,
    /// What they say that the canonical form does not keep, by their places.
    pub(super) nodes: BTreeMap<Pointer, Node>,
    /// Where the branches of unions come from that something was added to.
    pub(super) origins: BTreeMap<Pointer, Pointer>,
    /// The schemas with a discriminator that components build on, by the places of these.
    pub(super) bases: BTreeMap<Pointer, BTreeSet<Pointer>>,
    /// Why a composition can't be brought together.
    pub(super) kept: BTreeMap<Pointer, Kept>,
    /// Members of which schemas that hold at once say what contradicts one another.
    pub(super) contradicted: BTreeSet<Pointer>,
    /// Schemas whose discriminator does not tell all those apart that build on them.
    pub(super) untold: BTreeSet<Pointer>,
}

/// Why a composition can't be brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// One of its schemas can't be read.
    Faulty(Fault),
    /// For this reason.
    Reason(&'static str),
}

/// Why schemas can't be brought together.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stop {
    /// No value fits both.
    Conflict,
    /// One can't be read.
    Fault(Fault),
    /// A schema holds itself.
    Endless,
    /// There are too many of them.
    TooMany,
}

impl From<Stop> for Kept {
    fn from(stop: Stop) -> Self {
        Self::Reason(match stop {
            Stop::Fault(fault) => return Self::Faulty(fault),
            Stop::Conflict => "no value fits all of these schemas; it is read as any value",
            Stop::Endless => "one of these schemas is part of itself; it is read as any value",
            Stop::TooMany => "these are more schemas than can be brought together; it is read as any value",
        })
    }
}

/// Brings together what can be of `schemas`, those of a whole description. `node` gives what is written at a place.
pub(super) fn compose<'a>(
    schemas: &'a Objects,
    faults: &'a Faults,
    node: &'a dyn Fn(&Pointer) -> Option<&'a Node>,
) -> Composed {
    let bases = heirs::bases(schemas);
    let heirs = heirs::heirs(schemas, &bases);
    let mut composer = Composer {
        schemas,
        faults,
        node,
        heirs,
        flats: PointerMap::default(),
        open: Vec::new(),
        meeting: Vec::new(),
        choosing: Vec::new(),
        made: PointerSet::default(),
        members: MEMBERS,
        share: SHARE,
        composed: Composed { bases, ..Composed::default() },
    };
    for (place, schema) in schemas {
        if let Form::Object(object) = schema {
            composer.schema(place, object);
        }
    }
    composer.composed
}

struct Composer<'a> {
    /// As they were read.
    schemas: &'a Objects,
    faults: &'a Faults,
    node: &'a dyn Fn(&Pointer) -> Option<&'a Node>,
    /// The components that build on a schema with a discriminator.
    heirs: BTreeMap<Pointer, Vec<Pointer>>,
    /// What is known already.
    flats: PointerMap<Result<Rc<Flat>, Stop>>,
    /// The schemas that are being looked at.
    open: Vec<Pointer>,
    /// The pairs that are being brought together, and where.
    meeting: Vec<(Pointer, Pointer, Pointer)>,
    /// The unions whose branches are being made.
    choosing: Vec<Pointer>,
    /// The places of schemas that say what two others say.
    made: PointerSet,
    /// How many members may still be brought together.
    members: usize,
    /// And for the schema that is looked at.
    share: usize,
    composed: Composed,
}

impl Composer<'_> {
    /// Brings the schema that is written at `place` to its form without composition, if it has one.
    fn schema(&mut self, place: &Pointer, object: &Members) {
        if self.faults.by_place.contains_key(place) || self.made.contains(place) {
            return;
        }
        let heirs = self.heirs.get(place).cloned();
        let is_base = heirs.is_some();
        let is_union = heirs.is_some_and(|heirs| self.union_of_heirs(place, object, &heirs));
        if is_base && !is_union {
            self.composed.untold.insert(place.clone());
        }
        let has_more = object.contains(CONDITIONAL) || object.contains(REFERRED);
        if is_union || !(self.is_composed(object) || has_more || self.composed.bases.contains_key(place)) {
            return;
        }
        let words = self.words_at(place);
        self.share = SHARE;
        let flat = self.flat(place).and_then(|flat| self.with_conditional(place, flat));
        let made = flat.and_then(|flat| self.finish(place, &flat, words));
        if let Err(stop) = made {
            self.composed.kept.insert(place.clone(), stop.into());
        }
    }

    /// What the schema at `place` says, behind references.
    fn flat(&mut self, place: &Pointer) -> Result<Rc<Flat>, Stop> {
        let place = self.end(place)?;
        if let Some(known) = self.flats.get(&place) {
            return known.clone();
        }
        if self.open.contains(&place) {
            return Err(Stop::Endless);
        }
        if self.is_deep() {
            return Err(Stop::TooMany);
        }
        self.open.push(place.clone());
        let flat = self.made_flat(&place).map(Rc::new);
        self.open.pop();
        self.flats.insert(place, flat.clone());
        flat
    }

    fn made_flat(&mut self, place: &Pointer) -> Result<Flat, Stop> {
        let Some(object) = self.object(place) else { return Ok(Flat::default()) };
        let own = Flat::own(place, object);
        let nullable = own.nullable;
        let mut flat = own;
        let parts = links(object.get("allOf"));
        // What is written in place is said of this schema alone, and comes before what others say too.
        let (here, elsewhere): (Vec<_>, Vec<_>) = parts.partition(|part| self.is_written_at(part));
        for part in here.into_iter().chain(elsewhere) {
            let part = self.flat(&part)?;
            flat = self.meet(&flat, &part, place)?;
        }
        flat.nullable |= nullable;
        // A base that lists those that build on it is no union to them.
        let before = flat.unions.len();
        flat.unions
            .retain(|union| union.place == *place || !union.branches.iter().any(|branch| self.leads_to(branch, place)));
        // What several schemas say together is said here.
        flat.home = match flat.unions.len() < before {
            true => None,
            false => flat.home.or_else(|| Some(place.clone())),
        };
        // One that adds nothing to its base is one of those that the base stands for, and not the base.
        if flat.home.as_ref().is_some_and(|home| self.is_heir(place, home)) {
            flat.home = Some(place.clone());
        }
        Ok(flat)
    }

    /// The schema that holds what the schemas at two places say. Where a member's contradict one another, or those of what the
    /// lists and maps in it hold, it is the one that was meant to override the other; where other things can't be brought together, both stay.
    fn meet_places(&mut self, ours: &Pointer, theirs: &Pointer, at: &Pointer) -> Pointer {
        let (our_end, their_end) = match (self.end(ours), self.end(theirs)) {
            (Ok(ours), Ok(theirs)) => (ours, theirs),
            (Err(stop), _) | (_, Err(stop)) => return self.keep(ours, at, stop),
        };
        if our_end == their_end {
            return ours.clone();
        }
        let known = self.meeting.iter().find(|(a, b, _)| *a == our_end && *b == their_end);
        if let Some((_, _, at)) = known {
            return at.clone();
        }
        if self.is_deep() {
            return self.keep(ours, at, Stop::TooMany);
        }
        self.meeting.push((our_end, their_end, at.clone()));
        let made = self.made_of_both(ours, theirs, at);
        self.meeting.pop();
        match made {
            Ok(place) => place,
            Err(Stop::Conflict) => match member_around(at) {
                // What is written in place is closer than what other schemas say, and the last said of others overrides.
                Some(member) => {
                    let whole = member.parent().and_then(|list| list.parent());
                    let is_here = |place: &Pointer| whole.as_ref().is_some_and(|whole| place.is_within(whole));
                    self.composed.contradicted.insert(member.clone());
                    if is_here(ours) && !is_here(theirs) { ours.clone() } else { theirs.clone() }
                }
                None => self.keep(ours, at, Stop::Conflict),
            },
            Err(stop) => self.keep(ours, at, stop),
        }
    }

    fn made_of_both(&mut self, ours: &Pointer, theirs: &Pointer, at: &Pointer) -> Result<Pointer, Stop> {
        let (a, b) = (self.flat(ours)?, self.flat(theirs)?);
        let both = self.meet(&a, &b, at)?;
        let (our_words, their_words) = (self.words_at(ours), self.words_at(theirs));
        let mut words = our_words.clone();
        for (name, said) in their_words.clone() {
            words.fill(name, || said);
        }
        // One of them may be the whole already, with all that is to be said of it.
        for (place, flat, own) in [(ours, &a, &our_words), (theirs, &b, &their_words)] {
            let is_same = both.home.is_some() && both.home == flat.home && both.nullable == flat.nullable;
            if is_same && words == *own && !self.is_said_more(&both, flat) {
                return Ok(place.clone());
            }
        }
        self.finish(at, &both, words)?;
        self.made.insert(at.clone());
        self.flats.insert(at.clone(), Ok(Rc::new(Flat { home: Some(at.clone()), ..both })));
        Ok(at.clone())
    }

    /// A schema at `at` that allows everything, with the words at `ours`; why it does is told where it is used.
    fn keep(&mut self, ours: &Pointer, at: &Pointer, stop: Stop) -> Pointer {
        let words = self.words_at(ours);
        self.composed.schemas.insert(at.clone(), Form::Object(words));
        self.composed.kept.insert(at.clone(), stop.into());
        self.made.insert(at.clone());
        at.clone()
    }

    /// Where the references that begin at `place` end.
    fn end(&self, place: &Pointer) -> Result<Pointer, Stop> {
        let mut place = place.clone();
        for _ in 0..CHAIN + 2 {
            if let Some(fault) = self.faults.by_place.get(&place) {
                return Err(Stop::Fault(fault.clone()));
            }
            match self.said(&place) {
                Some(Form::Link(onward)) => place = onward.clone(),
                _ => return Ok(place),
            }
        }
        Err(Stop::Endless)
    }

    /// Whether `place` is on the way of the references that begin at `from`.
    fn leads_to(&self, from: &Pointer, place: &Pointer) -> bool {
        self.end(from).is_ok_and(|end| end == *place)
    }

    /// What stands at `place`: a schema, or a reference to one.
    fn said(&self, place: &Pointer) -> Option<&Form> {
        let made = self.composed.schemas.get(place).filter(|_| self.made.contains(place));
        made.or_else(|| self.schemas.get(place))
    }

    /// The schema that stands at `place` itself.
    fn object(&self, place: &Pointer) -> Option<&Members> {
        self.said(place)?.as_object()
    }

    /// Whether several of the keywords of a schema hold at once that its type can't have all.
    fn is_composed(&self, object: &Members) -> bool {
        let count = |name: &str| object.get(name).and_then(Form::as_list).map_or(0, <[_]>::len);
        let (all, one, any) = (count("allOf"), count("oneOf"), count("anyOf"));
        let has = |name: &str| object.contains(name);
        let beside = ["properties", "required", "items", "prefixItems", "enum"].into_iter().any(has)
            || object.get("additionalProperties").is_some_and(|said| said.as_link().is_some())
            || (all > 0 || one > 0 || any > 0)
                && object.get("type").and_then(Form::as_text).is_some_and(|kind| kind != "object");
        let unions = usize::from(one > 0) + usize::from(any > 0);
        let mut parts = links(object.get("allOf"));
        all > 1 || all + unions > 1 || (all + unions > 0 && beside) || parts.any(|part| self.is_written_at(&part))
    }

    /// Whether a schema stands at `place` itself rather than a reference.
    fn is_written_at(&self, place: &Pointer) -> bool {
        self.object(place).is_some()
    }

    fn is_deep(&self) -> bool {
        self.open.len() + self.meeting.len() + self.choosing.len() >= DEPTH
    }

    fn spend(&mut self, members: usize) -> Result<(), Stop> {
        for left in [&mut self.members, &mut self.share] {
            *left = left.checked_sub(members).ok_or(Stop::TooMany)?;
        }
        Ok(())
    }
}

/// The member that the schema at `at` is that of, or one of those of what the lists and maps in it hold.
fn member_around(at: &Pointer) -> Option<Pointer> {
    let mut at = at.clone();
    loop {
        let above = at.parent()?;
        if above.last().as_deref() == Some("properties") {
            return Some(at);
        }
        if !matches!(at.last().as_deref(), Some("items" | "additionalProperties")) {
            return None;
        }
        at = above;
    }
}
