//! What an object shows of itself: its members, one after the other.
//!
//! An object of a struct is shown as the struct's table and the values beside it, which whoever looks
//! goes through without a call for each member.

use super::bound::Bound;
use super::encode::Encode;
use super::member::Member;

/// A member of an object that is shown.
#[derive(Clone, Copy)]
pub struct Field<'a> {
    /// Its name on the wire.
    pub name: &'a str,
    /// Its value.
    pub value: &'a dyn Encode,
    /// Whether its name is known to have nothing that JSON escapes (RFC 8259, section 7).
    pub is_plain: bool,
    /// What the value must keep to, if that is checked before it is sent.
    pub bounds: &'static [Bound],
    /// Whether requests leave it out (`readOnly`; OpenAPI 3.0.3, section 4.7.24.2).
    pub read_only: bool,
}

impl<'a> Field<'a> {
    /// A member of which nothing is known but its name and value.
    pub fn new(name: &'a str, value: &'a dyn Encode) -> Self {
        Self {
            name,
            value,
            is_plain: false,
            bounds: &[],
            read_only: false,
        }
    }
}

/// An object that is shown.
#[derive(Clone, Copy)]
pub struct Object<'a> {
    /// Members that stand before all others, and of whose names there are no others.
    pub first: &'a [Field<'a>],
    /// The members of a struct.
    pub table: &'static [Member],
    /// Their values.
    pub values: &'a [&'a dyn Encode],
    /// Further members; one that has the name of a member of the table is left out.
    pub others: &'a [Field<'a>],
    /// What each further member must keep to, if it says nothing of its own.
    pub each: &'static [Bound],
    /// What the type of the object must keep to.
    pub own: &'static [Bound],
}

impl<'a> Object<'a> {
    /// The object of a struct: what its table names, each with the value in the same place.
    pub fn known(table: &'static [Member], values: &'a [&'a dyn Encode]) -> Self {
        Self {
            table,
            values,
            ..Self::of(&[])
        }
    }

    /// The object of these members.
    pub fn of(others: &'a [Field<'a>]) -> Self {
        Self {
            first: &[],
            table: &[],
            values: &[],
            others,
            each: &[],
            own: &[],
        }
    }

    /// The same object with these further members.
    #[must_use]
    pub fn and(self, others: &'a [Field<'a>]) -> Self {
        Self { others, ..self }
    }

    /// Shows what [`fields`](Self::fields) has, until `see` fails. A seventh of the time that a body is written
    /// in would go into handing each member over by value, as an iterator does.
    ///
    /// # Errors
    /// That of `see`.
    pub fn each<E>(&self, mut see: impl FnMut(&Field<'a>) -> Result<(), E>) -> Result<(), E> {
        let is_free = |name: &str| self.first.iter().all(|first| first.name != name);
        for field in self.first {
            see(field)?;
        }
        for (member, value) in self.table.iter().zip(self.values) {
            if let Some(field) = member.field(*value).filter(|field| is_free(field.name)) {
                see(&field)?;
            }
        }
        for field in self.further().filter(|field| is_free(field.name)) {
            see(&field)?;
        }
        Ok(())
    }

    /// All members in their order, but for those that are absent.
    pub fn fields(self) -> impl Iterator<Item = Field<'a>> + 'a {
        let rest = self.places().flatten().chain(self.further());
        let is_free = move |field: &Field<'_>| self.first.iter().all(|first| first.name != field.name);
        self.first.iter().copied().chain(rest.filter(is_free))
    }

    /// The members that requests have.
    pub fn sent(self) -> impl Iterator<Item = Field<'a>> + 'a {
        self.fields().filter(|field| !field.read_only)
    }

    /// What stands in each place of the table; `None` for a member that is absent.
    pub fn places(self) -> impl Iterator<Item = Option<Field<'a>>> + 'a {
        let places = self.table.iter().zip(self.values);
        places.map(|(member, value)| member.field(*value))
    }

    /// The members that the table doesn't have.
    pub fn further(self) -> impl Iterator<Item = Field<'a>> + 'a {
        let is_new = move |field: &&Field<'_>| self.table.iter().all(|known| known.name() != field.name);
        self.others.iter().filter(is_new).map(move |field| match field.bounds {
            [] => Field {
                bounds: self.each,
                ..*field
            },
            _ => *field,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::member::Presence;
    use super::*;

    const TABLE: &[Member] = &[
        Member::Required("id"),
        Member::Optional("name"),
        Member::Within(Presence::Optional, "size", &[Bound::MinLength(1)]),
        Member::Escaped(Presence::ReadOnly, "a\"b", &[]),
    ];

    fn names<'a>(fields: impl Iterator<Item = Field<'a>>) -> Vec<&'a str> {
        fields.map(|field| field.name).collect()
    }

    #[test]
    fn members_stand_in_the_order_of_the_table_and_absent_ones_are_left_out() {
        let absent = None::<String>;
        let text = Some("x".to_owned());
        let values: [&dyn Encode; 4] = [&absent, &absent, &text, &text];
        let object = Object::known(TABLE, &values);
        assert_eq!(names(object.fields()), ["id", "size", "a\"b"]);
        assert_eq!(names(object.sent()), ["id", "size"]);
        let places: Vec<bool> = object.places().map(|place| place.is_some()).collect();
        assert_eq!(places, [true, false, true, true]);
        let said: Vec<(bool, usize)> = object.fields().map(|field| (field.is_plain, field.bounds.len())).collect();
        assert_eq!(said, [(true, 0), (true, 1), (false, 0)]);
    }

    #[test]
    fn a_name_is_there_once() {
        let values: [&dyn Encode; 4] = [&1, &2, &3, &4];
        let others = [Field::new("size", &5), Field::new("kind", &6), Field::new("more", &7)];
        let first = [Field::new("kind", &8), Field::new("id", &9)];
        let object = Object::known(TABLE, &values).and(&others);
        assert_eq!(names(object.fields()), ["id", "name", "size", "a\"b", "kind", "more"]);
        assert_eq!(names(object.further()), ["kind", "more"]);
        let object = Object {
            first: &first,
            ..object
        };
        assert_eq!(names(object.fields()), ["kind", "id", "name", "size", "a\"b", "more"]);
        let mut seen = Vec::new();
        let all = object.each(|field| {
            seen.push(field.name);
            Ok::<_, ()>(())
        });
        assert_eq!((all, seen), (Ok(()), names(object.fields())));
        assert_eq!(object.each(|field| if field.name == "size" { Err(field.name) } else { Ok(()) }), Err("size"));
    }

    #[test]
    fn further_members_have_their_own_bounds_or_those_of_each() {
        let own: &[Bound] = &[Bound::MinLength(1), Bound::MaxLength(2)];
        let others = [
            Field::new("a", &1),
            Field {
                bounds: own,
                ..Field::new("b", &2)
            },
        ];
        let object = Object {
            each: &[Bound::MaxLength(3)],
            ..Object::of(&others)
        };
        let bounds: Vec<usize> = object.fields().map(|field| field.bounds.len()).collect();
        assert_eq!(bounds, [1, 2]);
    }
}
