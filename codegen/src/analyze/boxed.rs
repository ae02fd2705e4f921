//! Which values must be boxed: `Api` → the members and branches whose type would contain itself otherwise, and the branches
//! that are structs.
//!
//! Every member and branch that lies on a cycle of direct containment is boxed. Lists and maps hold their items behind
//! a pointer already, so a cycle through one needs no box. The rule looks at the cycle alone, not at where a walk happened
//! to begin, so the same members are boxed whatever order the description has.
//!
//! A branch that is a struct is boxed wherever it stands: an enum is as large as its largest variant, and a member more in
//! one of its branches must not change the enum.

use std::collections::{BTreeMap, BTreeSet};

use super::Standing;
use super::walk::{Resolved, resolve};
use crate::ir::{Api, TypeId, TypeKind, TypeRef};

/// The members (owner and wire name), branches and items of tuples (owner and index) to box.
pub(super) fn boxed(api: &Api, standing: &Standing<'_>) -> BTreeSet<(TypeId, String)> {
    let graph = Graph::of(api, standing);
    let components = graph.components();
    let component = |id: &TypeId| graph.index.get(standing.of(id)).and_then(|&node| components.get(node));
    let mut boxed = BTreeSet::new();
    for (id, def) in &api.types {
        for (label, ty) in labelled(&def.kind) {
            // Inside one strongly connected component every edge lies on a cycle.
            let is_on_a_cycle = match ty {
                TypeRef::Named(target) => component(id).is_some() && component(id) == component(target),
                _ => false,
            };
            if is_on_a_cycle || is_struct_in_union(api, &def.kind, ty) {
                boxed.insert((id.clone(), label));
            }
        }
    }
    boxed
}

fn is_struct_in_union(api: &Api, holder: &TypeKind, ty: &TypeRef) -> bool {
    matches!(holder, TypeKind::Union(_)) && matches!(resolve(api, ty), Some(Resolved::Type(TypeKind::Struct(_))))
}

/// The members, branches and items of a type by what they are called in [`boxed`]'s answer.
fn labelled(kind: &TypeKind) -> Vec<(String, &TypeRef)> {
    match kind {
        TypeKind::Struct(object) => object.members.iter().map(|member| (member.wire.clone(), &member.ty)).collect(),
        TypeKind::Union(union) => {
            union.branches.iter().enumerate().map(|(index, branch)| (index.to_string(), &branch.ty)).collect()
        }
        TypeKind::Tuple(tuple) => {
            tuple.items.iter().enumerate().map(|(index, item)| (index.to_string(), &item.ty)).collect()
        }
        TypeKind::Enum(_) | TypeKind::Alias(_) => Vec::new(),
    }
}

/// Types as numbers, with an edge for every value that lies directly inside another.
struct Graph<'a> {
    index: BTreeMap<&'a TypeId, usize>,
    edges: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    fn of(api: &'a Api, standing: &Standing<'_>) -> Self {
        let index: BTreeMap<&TypeId, usize> = api.types.keys().zip(0..).collect();
        let edges = api.types.values().map(|def| {
            let inside = super::walk::parts(&def.kind).into_iter().filter_map(|ty| match ty {
                TypeRef::Named(id) => index.get(standing.of(id)).copied(),
                _ => None,
            });
            inside.collect()
        });
        Self { edges: edges.collect(), index }
    }

    /// The strongly connected component of each node (Tarjan's algorithm with a stack of its own, so that a long chain of
    /// types needs no deep recursion).
    fn components(&self) -> Vec<usize> {
        let mut search = Search::new(self.edges.len());
        for root in 0..self.edges.len() {
            search.run(root, &self.edges);
        }
        search.component
    }
}

const UNSEEN: usize = usize::MAX;

struct Search {
    order: Vec<usize>,
    low: Vec<usize>,
    component: Vec<usize>,
    open: Vec<usize>,
    next: usize,
}

impl Search {
    fn new(nodes: usize) -> Self {
        let blank = vec![UNSEEN; nodes];
        Self { order: blank.clone(), low: blank.clone(), component: blank, open: Vec::new(), next: 0 }
    }

    fn run(&mut self, root: usize, edges: &[Vec<usize>]) {
        // Each frame: a node, and how many of its edges are done.
        let mut frames = vec![(root, 0)];
        while let Some((node, done)) = frames.pop() {
            if done == 0 && !self.enter(node) {
                continue;
            }
            match edges.get(node).and_then(|edges| edges.get(done)) {
                Some(&target) => {
                    frames.push((node, done + 1));
                    if get(&self.order, target) == UNSEEN {
                        frames.push((target, 0));
                    } else if get(&self.component, target) == UNSEEN {
                        self.lower(node, get(&self.order, target));
                    }
                }
                None => {
                    self.leave(node);
                    if let Some(&(parent, _)) = frames.last() {
                        self.lower(parent, get(&self.low, node));
                    }
                }
            }
        }
    }

    /// Numbers a node; `false` when it was seen before.
    fn enter(&mut self, node: usize) -> bool {
        if get(&self.order, node) != UNSEEN {
            return false;
        }
        set(&mut self.order, node, self.next);
        set(&mut self.low, node, self.next);
        self.next += 1;
        self.open.push(node);
        true
    }

    /// Closes the component that a node is the first of.
    fn leave(&mut self, node: usize) {
        if get(&self.low, node) != get(&self.order, node) {
            return;
        }
        while let Some(member) = self.open.pop() {
            set(&mut self.component, member, node);
            if member == node {
                break;
            }
        }
    }

    fn lower(&mut self, node: usize, low: usize) {
        if low < get(&self.low, node) {
            set(&mut self.low, node, low);
        }
    }
}

fn get(list: &[usize], at: usize) -> usize {
    list.get(at).copied().unwrap_or(UNSEEN)
}

fn set(list: &mut [usize], at: usize, value: usize) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::super::analyze;
    use crate::ir::testing::*;
    use crate::ir::{Api, JsonKind};

    fn boxed(api: &Api) -> Vec<String> {
        analyze(api).boxed.iter().map(|(id, label)| format!("{}.{label}", id.0.last().unwrap_or_default())).collect()
    }

    #[test]
    fn a_member_of_its_own_type() {
        let a = component_id("A");
        let api = build().component("A", object([member("a", named(&a)), member("b", string())])).api();
        assert_eq!(boxed(&api), ["A.a"]);
    }

    #[test]
    fn lists_and_maps_need_no_box() {
        let a = component_id("A");
        let list = object([member("list", list_of(named(&a))), member("map", map_of(named(&a)))]);
        assert!(boxed(&build().component("A", list).api()).is_empty());
    }

    #[test]
    fn cycles_through_aliases_and_unions() {
        let (a, b, c) = (component_id("A"), component_id("B"), component_id("C"));
        let api = build()
            .component("A", object([member("b", named(&b))]))
            .component("B", alias(named(&c)))
            .component("C", union([(JsonKind::String, string()), (JsonKind::Object, named(&a))]))
            .component("D", object([member("a", named(&a))]))
            .api();
        assert_eq!(boxed(&api), ["A.b", "C.1"]);
    }

    #[test]
    fn structs_in_unions() {
        let (a, b) = (component_id("A"), component_id("B"));
        let api = build()
            .component("A", object([]))
            .component("B", alias(named(&a)))
            .component("C", union([(JsonKind::String, string()), (JsonKind::Object, named(&b))]))
            .component("D", union([(JsonKind::List, list_of(named(&a))), (JsonKind::Object, map_of(named(&a)))]))
            .api();
        assert_eq!(boxed(&api), ["C.1"]);
    }

    #[test]
    fn aliases_that_lead_to_themselves_end() {
        let (a, b) = (component_id("A"), component_id("B"));
        let api = build().component("A", alias(named(&b))).component("B", alias(named(&a))).api();
        assert!(boxed(&api).is_empty());
    }

    #[test]
    fn a_cycle_that_only_merging_makes_is_seen() {
        // `A.x` leads to `Z`; `Z.x` says the same, so `Z` holds the type of `A.x`, which holds `Z`.
        let (a, z) = (component_id("A"), component_id("Z"));
        let inner = || object([member("z", named(&z))]);
        let api = build()
            .component("A", object([member("x", named(&part(&a, "x")))]))
            .component("Z", object([member("x", named(&part(&z, "x")))]))
            .part(&a, "x", inner())
            .part(&z, "x", inner())
            .api();
        assert_eq!(boxed(&api), ["x.z", "Z.x", "x.z"]);
    }

    #[test]
    fn a_chain_of_100_000_types_fits_on_a_small_stack() {
        let mut build = build();
        let name = |at: usize| format!("T{at:06}");
        for at in 0..100_000 {
            let next = component_id(&name((at + 1) % 100_000));
            build = build.component(&name(at), object([member("next", named(&next))]));
        }
        let api = build.api();
        let found = std::thread::Builder::new()
            .stack_size(256 * 1024)
            .spawn(move || boxed(&api).len())
            .ok()
            .and_then(|thread| thread.join().ok());
        assert_eq!(found, Some(100_000));
    }
}
