//! Tries what `diff` says of the wire. A program calls every operation of the old client, against a server on loopback that
//! plays the old description and against one that plays the new one. Against the old one all goes well. A change breaks the
//! wire if something goes wrong against the new one: a request is refused, or is read as something else than the caller said;
//! an answer can't be read, or is none that the old description has; or something that answers had is in none any more.

mod asked;
mod bounds;
mod described;
mod fit;
mod had;
mod play;
mod print;
mod program;
mod read;
mod reply;
mod sample;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use clientwright::ir::{Access, Member};

use crate::proof::{Case, Side};
use crate::server::Server;
use described::Described;
use play::Play;
use program::Heard;

/// How much of what is optional is sent and answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Variant {
    /// Nothing of it, and null where that may be; of several values, the first.
    Least,
    /// All of it; of several values, the last.
    Most,
}

impl Variant {
    const BOTH: [Self; 2] = [Self::Least, Self::Most];

    fn as_str(self) -> &'static str {
        match self {
            Self::Least => "least",
            Self::Most => "most",
        }
    }

    /// The one of several that it stands for.
    fn of<T>(self, all: &[T]) -> Option<&T> {
        match self {
            Self::Least => all.first(),
            Self::Most => all.last(),
        }
    }
}

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// In a request.
    Sent,
    /// In an answer.
    Answered,
}

/// Whether a member goes this way.
fn goes(member: &Member, way: Way) -> bool {
    match member.access {
        Access::Both => true,
        Access::ReadOnly => way == Way::Answered,
        Access::WriteOnly => way == Way::Sent,
    }
}

/// What came of a case.
#[derive(Clone, Debug, Default)]
pub struct Trial {
    /// How many calls were made to each server.
    pub calls: usize,
    /// What went wrong with the old server: nothing, or the trial itself is wrong.
    pub before: Vec<String>,
    /// What goes wrong with the new one.
    pub after: Vec<String>,
}

/// Tries the cases that have a client with operations, by their names. The clients stand in the crate `old` below `out`.
pub async fn trials(cases: &[Case], out: &Path) -> BTreeMap<String, Trial> {
    let mut plays = BTreeMap::new();
    let mut functions = Vec::new();
    for case in cases.iter().filter(|case| !case.is_module()) {
        let [old, new] = Side::BOTH.map(|side| Arc::new(Described::read(case, side)));
        let turns = old.turns().max(new.turns());
        functions.extend(print::functions(case, &old, turns));
        for (side, played) in [(Side::Old, &old), (Side::New, &new)] {
            plays.insert((side.as_str(), case.module()), Play::new(Arc::clone(&old), Arc::clone(played)));
        }
    }
    let plays = Arc::new(plays);
    let server = {
        let plays = Arc::clone(&plays);
        Server::start(move |request, _| play::answer(&plays, request)).await
    };
    let heard = program::run(&functions, out, &server.url());
    let mut trials = BTreeMap::new();
    for case in cases {
        let mut trial = Trial::default();
        let [before, after] = Side::BOTH.map(|side| {
            let Some(play) = plays.get(&(side.as_str(), case.module())) else { return BTreeSet::new() };
            let said: Vec<&Heard> =
                heard.iter().filter(|heard| heard.side == side.as_str() && heard.case == case.module()).collect();
            let wrong = if side == Side::Old { &mut trial.before } else { &mut trial.after };
            wrong.extend(said.iter().filter_map(|heard| {
                heard.error.as_ref().map(|why| format!("{} ({}): {why}", play.name(heard.operation), heard.variant))
            }));
            wrong.extend(play.found());
            trial.calls = said.len();
            said.iter().flat_map(|heard| play.had(heard)).collect()
        });
        // Who has no answer has nothing of it.
        if trial.after.is_empty() {
            trial.after.extend(before.difference(&after).map(|had: &String| format!("no answer has {had} any more")));
        }
        if trial.calls > 0 {
            trials.insert(case.name.clone(), trial);
        }
    }
    trials
}
