//! Names that collide, and names that are hard to write in Rust.

use super::*;
use crate::ir::{Additional, Member, Noted, Struct, TypeKind};

#[test]
fn members_that_have_the_same_words() {
    assert_eq!(members(["fooBar", "foo_bar", "foo-bar"]), ["foo_bar_camel", "foo_bar", "foo_dash_bar"]);
    assert_eq!(members(["fooBar", "foo-bar"]), ["foo_bar", "foo_dash_bar"]);
    assert_eq!(members(["ID", "Id"]), ["id_upper", "id_capital"]);
    assert_eq!(members(["ID", "Id", "id"]), ["id_upper", "id_capital", "id"]);
    assert_eq!(members(["a", "A", "a "]), ["a", "a_upper", "a_space"]);
    assert_eq!(members(["", "$", "@", "empty", "dollar"]), ["empty_name", "dollar_symbols", "at", "empty", "dollar"]);
    assert_eq!(members(["$ref", "ref", "@id", "id", "_id"]), ["dollar_ref", "r#ref", "at_id", "id", "underscore_id"]);
    assert_eq!(members(["caf\u{e9}", "cafe\u{301}"]), ["caf_u00e9", "cafe_u0301"]);
    assert_eq!(members(["caf\u{e9}"]), ["cafe"]);
    assert_eq!(members(["\u{212a}", "K", "k"]), ["u212a", "k_upper", "k"]);
    assert_eq!(members(["+1", "-1", "1"]), ["plus_1", "minus_1", "n1"]);
    assert_eq!(members(["page[size]", "page_size"]), ["page_open_bracket_size_close_bracket", "page_size"]);
}

#[test]
fn members_that_are_keywords() {
    assert_eq!(
        members(["self", "crate", "super", "_", "gen", "type", "async", "box", "try"]),
        ["self_", "crate_", "super_", "underscore", "r#gen", "r#type", "r#async", "r#box", "r#try"]
    );
    assert_eq!(members(["self", "Self"]), ["self_", "self_capital"]);
    assert_eq!(
        members(["union", "macro_rules", "raw", "Option", "String"]),
        ["union", "macro_rules", "raw", "option", "string"]
    );
}

#[test]
fn members_whose_setters_would_hide_something() {
    assert_eq!(members(["new", "clone", "type_id"]), ["new_member", "clone_member", "type_id"]);
    assert_eq!(members(["new", "new_member"]), ["new_value", "new_member"]);
}

#[test]
fn what_gathers_required_members_gives_way_to_types() {
    let many = || object(["a", "b", "c", "d", "e"].map(|wire| Member { required: true, ..member(wire, string()) }));
    let send = || post("/a").id("a").body(named(&component_id("Thing")));
    let required = |api: &Api| names(api).required.get(&component_id("Thing")).cloned();
    let build = || build().component("Thing", many()).operation(send());
    assert_eq!(required(&build().api()).as_deref(), Some("ThingRequired"));
    let clash = build().component("ThingRequired", object([]));
    assert_eq!(required(&clash.api()).as_deref(), Some("ThingRequiredMembers"));
}

#[test]
fn members_that_begin_with_numbers() {
    assert_eq!(
        members(["5_or_greater_event_fraction", "50_or_greater_event_fraction", "100ms_or_greater_event_fraction"]),
        ["n5_or_greater_event_fraction", "n50_or_greater_event_fraction", "n100ms_or_greater_event_fraction"]
    );
    assert_eq!(members(["5", "n5"]), ["number_5", "n5"]);
    assert_eq!(members(["a1", "a_1"]), ["a1", "a_1"]);
}

#[test]
fn variants_that_have_the_same_words() {
    assert_eq!(variants(["LIVE", "ENDED"]), ["Live", "Ended"]);
    assert_eq!(variants(["LIVE", "live", "Live"]), ["LiveUpper", "LiveLower", "Live"]);
    assert_eq!(variants(["+1", "-1", "1"]), ["Plus1", "Minus1", "N1"]);
    assert_eq!(variants(["1.2", "12", "1_2"]), ["Number1Dot2", "N12", "Number1_2"]);
    assert_eq!(variants(["AIR_21", "AIR21"]), ["AirUnderscore21", "Air21"]);
    assert_eq!(variants(["", " ", "*"]), ["Empty", "Space", "Star"]);
    assert_eq!(variants(["=", "!=", ">="]), ["Equals", "ExclamationEquals", "GreaterEquals"]);
    assert_eq!(variants(["created_at", "-created_at"]), ["CreatedAt", "MinusCreatedAt"]);
    assert_eq!(variants(["Self", "self", "crate", "type"]), ["SelfCapitalValue", "SelfLowerValue", "Crate", "Type"]);
    assert_eq!(variants(["Unlisted", "None", "Some", "Ok"]), ["UnlistedValue", "None", "Some", "Ok"]);
    assert_eq!(variants(["unlisted", "unlisted_value"]), ["UnlistedLowerValue", "UnlistedValueSnake"]);
}

#[test]
fn components_that_have_the_same_words() {
    assert_eq!(components(["Op", "op"]), ["op::Op", "op_lower::OpLower"]);
    assert_eq!(components(["op"]), ["op::Op"]);
    assert_eq!(
        components(["FooBar", "foo_bar", "foo-bar", "fooBar"]),
        ["foo_bar::FooBar", "foo_bar_snake::FooBarSnake", "foo_dash_bar::FooDashBar", "foo_bar_camel::FooBarCamel"]
    );
    assert_eq!(components(["ID", "Id"]), ["id_upper::IdUpper", "id::Id"]);
    assert_eq!(components(["Foobar", "FooBar"]), ["foobar::Foobar", "foo_bar::FooBar"]);
    assert_eq!(components(["\u{212a}", "K", "k"]), ["u212a::U212a", "k::K", "k_lower::KLower"]);
    assert_eq!(components(["", "$", "@"]), ["empty::Empty", "dollar::Dollar", "at::At"]);
    assert_eq!(components(["v1.2", "v12"]), ["v1_2::V1_2", "v12::V12"]);
}

#[test]
fn components_that_are_called_as_in_a_package() {
    assert_eq!(
        components(["io.k8s.api.core.v1.Pod", "io.k8s.api.core.v1.PodSpec", "core.v1.Pod", "v1.Pod", "Pod"]),
        [
            "api_core_v1_pod::ApiCoreV1Pod",
            "core_v1_pod_spec::CoreV1PodSpec",
            "core_dot_v1_dot_pod::CoreDotV1DotPod",
            "v1_pod::V1Pod",
            "pod::Pod"
        ]
    );
    assert_eq!(
        components(["a.b.core.v1.X", "c.d.core.v1.X", "c.e.core.v1.X"]),
        ["b_core_v1_x::BCoreV1X", "d_core_v1_x::DCoreV1X", "e_core_v1_x::ECoreV1X"]
    );
    // Numbers of versions are no packages.
    assert_eq!(components(["api.1.2.3.Thing"]), ["api_1_2_3_thing::Api1_2_3Thing"]);
}

#[test]
fn components_that_are_called_as_something_of_rust_or_of_ours() {
    let table = [
        ("Option", "option_model::OptionModel"),
        ("String", "string_model::StringModel"),
        ("Result", "result_model::ResultModel"),
        ("Vec", "vec_model::VecModel"),
        ("Box", "box_model::BoxModel"),
        ("Self", "self_model::SelfModel"),
        ("Client", "client_model::ClientModel"),
        ("Request", "request_model::RequestModel"),
        ("Error", "error_model::ErrorModel"),
        ("error", "error_model::ErrorModel"),
        ("Some", "some_model::SomeModel"),
        ("new", "new_model::NewModel"),
        ("Value", "value_model::ValueModel"),
        ("Session", "session::Session"),
        ("Type", "type_::Type"),
        ("Mod", "mod_::Mod"),
        ("Con", "con_::Con"),
    ];
    for (component, expected) in table {
        assert_eq!(components([component]), [expected], "{component}");
    }
    assert_eq!(components(["Error", "ErrorModel"]), ["error_schema::ErrorSchema", "error_model::ErrorModel"]);
}

#[test]
fn what_only_case_and_marks_tell_apart_says_all_of_them() {
    assert_eq!(members(["fooBAR", "foo_BAR"]), ["foo_bar", "foo_bar_mixed"]);
    assert_eq!(members(["_fooBAR", "_foo_BAR"]), ["underscore_foo_upper_bar", "underscore_foo_underscore_upper_bar"]);
    assert_eq!(variants(["eTag", "ETag", "e-Tag"]), ["ETagCamel", "ETag", "EDashTag"]);
}

#[test]
fn where_the_ladder_ends_the_line_for_the_configuration_is_shown() {
    let members = ["additional", "additional_members", "all_additional_members"].map(|wire| member(wire, string()));
    let more = Additional { pointer: component_id("A").0, ty: map_of(string()), notes: Noted::default() };
    let object = TypeKind::Struct(Struct { members: members.to_vec(), additional: Some(more) });
    let (_, lines) = names_with(&build().component("A", object).api(), &Pins::default());
    assert_eq!(
        lines,
        [
            "M0001: what holds additional members would be called `all_additional_members`, which is the name of something else \
          (choose its name in the configuration, below `[names.members]`: `\"#/components/schemas/A\" = \"…\"`)"
        ]
    );
}

#[test]
fn what_is_of_letters_alone_keeps_its_words_before_what_has_signs() {
    assert_eq!(members(["birthDate", "_birthDate"]), ["birth_date", "underscore_birth_date"]);
    assert_eq!(members(["fooBar", "foo-bar", "foo_bar"]), ["foo_bar_camel", "foo_dash_bar", "foo_bar"]);
    assert_eq!(members(["fooBar", "FooBar"]), ["foo_bar_camel", "foo_bar_pascal"]);
}
