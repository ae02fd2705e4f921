//! Bounds of values: whether a value keeps to them, and which values stand at them.

use clientwright::ir::Bound;
use serde_json::Value;

/// What is wrong with a value by a bound.
pub(super) fn broken(bound: &Bound, value: &Value) -> Option<String> {
    let number = |keeps: fn(f64, f64) -> bool, limit: &String| {
        value.as_f64().is_none_or(|value| keeps(value, limit.parse().unwrap()))
    };
    let holds = match bound {
        Bound::Minimum(limit) => number(|value, limit| value >= limit, limit),
        Bound::Above(limit) => number(|value, limit| value > limit, limit),
        Bound::Maximum(limit) => number(|value, limit| value <= limit, limit),
        Bound::Below(limit) => number(|value, limit| value < limit, limit),
        Bound::MultipleOf(step) => number(|value, step| value % step == 0.0, step),
        Bound::UniqueItems => {
            let is_new = |list: &[Value], at: usize| !list[..at].contains(&list[at]);
            value.as_array().is_none_or(|list| (0..list.len()).all(|at| is_new(list, at)))
        }
        Bound::MinLength(limit) => value.as_str().is_none_or(|text| text.chars().count() as u64 >= *limit),
        Bound::MaxLength(limit) => value.as_str().is_none_or(|text| text.chars().count() as u64 <= *limit),
        Bound::MinItems(limit) => value.as_array().is_none_or(|list| list.len() as u64 >= *limit),
        Bound::MaxItems(limit) => value.as_array().is_none_or(|list| list.len() as u64 <= *limit),
        Bound::MinMembers(limit) => value.as_object().is_none_or(|map| map.len() as u64 >= *limit),
        Bound::MaxMembers(limit) => value.as_object().is_none_or(|map| map.len() as u64 <= *limit),
        // No case of `diff` has one: samples would have to be made of it.
        Bound::Pattern(_) => true,
        Bound::At(index, bound) => return value.get(index).and_then(|item| broken(bound, item)),
        Bound::Each(bound) => {
            let broken = |value: &Value| broken(bound, value);
            return match value {
                Value::Array(list) => list.iter().find_map(broken),
                Value::Object(map) => map.values().find_map(broken),
                _ => None,
            };
        }
    };
    (!holds).then(|| format!("{value} does not keep to {bound:?}"))
}

/// What each item of a list, or each value of a map, keeps to.
pub(super) fn of_each(bounds: &[Bound]) -> Vec<Bound> {
    let each = |bound: &Bound| match bound {
        Bound::Each(bound) => Some(Bound::clone(bound)),
        _ => None,
    };
    bounds.iter().filter_map(each).collect()
}

/// The least and the greatest number, where there are such; `step` is what lies between two numbers.
pub(super) fn numbers(bounds: &[Bound], step: f64) -> (Option<f64>, Option<f64>) {
    let (mut least, mut most): (Option<f64>, Option<f64>) = (None, None);
    for bound in bounds {
        let (of, limit) = match bound {
            Bound::Minimum(limit) => (&mut least, limit.parse::<f64>().unwrap()),
            Bound::Above(limit) => (&mut least, limit.parse::<f64>().unwrap() + step),
            Bound::Maximum(limit) => (&mut most, limit.parse::<f64>().unwrap()),
            Bound::Below(limit) => (&mut most, limit.parse::<f64>().unwrap() - step),
            _ => continue,
        };
        *of = Some(limit);
    }
    (least, most)
}

/// The least and the greatest count: of characters, items or members.
pub(super) fn counts(bounds: &[Bound]) -> (Option<usize>, Option<usize>) {
    let (mut least, mut most) = (None, None);
    for bound in bounds {
        match bound {
            Bound::MinLength(limit) | Bound::MinItems(limit) | Bound::MinMembers(limit) => {
                least = usize::try_from(*limit).ok();
            }
            Bound::MaxLength(limit) | Bound::MaxItems(limit) | Bound::MaxMembers(limit) => {
                most = usize::try_from(*limit).ok();
            }
            _ => {}
        }
    }
    (least, most)
}
