//! Records are what the JSON Schema says, and the schema says what the contract does.

use crate::laws::sound;
use gongwen::record::Notice;
use gongwen::record::schema::schema;
use serde_json::{Value, json};

#[test]
fn a_record_fits_the_schema() {
    assert_eq!(misfits(&sound()), [""; 0]);
}

#[test]
fn every_key_is_required_and_further_ones_are_allowed() {
    let schema = schema();
    let record = record(&sound());
    for key in record.as_object().expect("a record is an object").keys() {
        let mut without = record.clone();
        without.as_object_mut().expect("an object").remove(key);
        let faults = check(&schema, &without);
        assert_eq!(faults, [format!(": {key} is absent")]);
    }
    let mut with = record;
    with["later"] = json!(1);
    assert_eq!(check(&schema, &with), [""; 0]);
}

#[test]
fn values_of_another_shape_are_refused() {
    let schema = schema();
    let harms = [
        ("/year", json!("2031"), "/year: no integer, null"),
        ("/outline", Value::Null, "/outline: no array"),
        (
            "/dates/0/role",
            json!("someday"),
            "/dates/0/role: fits 0 of",
        ),
        (
            "/dates/0/span",
            json!([1]),
            "/dates/0/span: 1 of at least 2",
        ),
        ("/parts/0/kind", json!("book"), "/parts/0/kind: fits 0 of"),
    ];
    for (place, value, told) in harms {
        let mut record = record(&sound());
        *record.pointer_mut(place).expect("the place exists") = value;
        let faults = check(&schema, &record);
        assert!(
            faults.iter().any(|fault| fault.starts_with(told)),
            "{told}: {faults:?}"
        );
    }
}

/// Where the record does not fit the schema.
pub(crate) fn misfits(notice: &Notice) -> Vec<String> {
    check(&schema(), &record(notice))
}

fn record(notice: &Notice) -> Value {
    serde_json::to_value(notice).expect("a record has a JSON form")
}

fn check(schema: &Value, value: &Value) -> Vec<String> {
    check_in(schema, schema, value)
}

/// Where the value does not fit a schema whose references lead into `root`.
pub(crate) fn check_in(root: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    Checker { root }.check(schema, value, "", &mut faults);
    faults
}

/// Checks the keywords that our schema uses, and fails on any other: a checker of the whole standard would bring
/// thirty crates.
struct Checker<'s> {
    root: &'s Value,
}

impl Checker<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
        let Some(rules) = schema.as_object() else {
            assert_eq!(schema, &json!(true), "{at}: a schema is an object or true");
            return;
        };
        for (keyword, rule) in rules {
            match keyword.as_str() {
                "$schema" | "$id" | "$defs" | "title" | "description" | "format" | "default"
                | "writeOnly" => {}
                "$ref" => {
                    let place = rule.as_str().and_then(|r| r.strip_prefix('#'));
                    let target = place.and_then(|p| self.root.pointer(p));
                    self.check(
                        target.expect("the reference leads somewhere"),
                        value,
                        at,
                        faults,
                    );
                }
                "type" => {
                    let types: Vec<&str> = match rule {
                        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
                        one => one.as_str().into_iter().collect(),
                    };
                    if !types.iter().any(|t| is_of(value, t)) {
                        faults.push(format!("{at}: no {}", types.join(", ")));
                    }
                }
                "required" => {
                    for key in rule
                        .as_array()
                        .into_iter()
                        .flatten()
                        .filter_map(Value::as_str)
                    {
                        if value.is_object() && value.get(key).is_none() {
                            faults.push(format!("{at}: {key} is absent"));
                        }
                    }
                }
                "properties" => {
                    for (key, inner) in rule.as_object().into_iter().flatten() {
                        if let Some(found) = value.get(key) {
                            self.check(inner, found, &format!("{at}/{key}"), faults);
                        }
                    }
                }
                "items" => {
                    for (i, found) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(rule, found, &format!("{at}/{i}"), faults);
                    }
                }
                "prefixItems" => {
                    let found = value.as_array().into_iter().flatten();
                    for (i, (inner, found)) in
                        rule.as_array().into_iter().flatten().zip(found).enumerate()
                    {
                        self.check(inner, found, &format!("{at}/{i}"), faults);
                    }
                }
                "minItems" | "maxItems" => {
                    let (n, bound) = (value.as_array().map_or(0, Vec::len), rule.as_u64());
                    let bound = bound.and_then(|b| usize::try_from(b).ok()).unwrap_or(n);
                    let (word, bad) = if keyword == "minItems" {
                        ("least", n < bound)
                    } else {
                        ("most", n > bound)
                    };
                    if value.is_array() && bad {
                        faults.push(format!("{at}: {n} of at {word} {bound}"));
                    }
                }
                "enum" if !rule.as_array().is_some_and(|all| all.contains(value)) => {
                    faults.push(format!("{at}: {value} is none of {rule}"));
                }
                "const" if rule != value => faults.push(format!("{at}: {value} is not {rule}")),
                "enum" | "const" => {}
                "anyOf" | "oneOf" => self.choice(keyword, rule, value, at, faults),
                "minimum" | "maximum" => {
                    let (n, bound) = (value.as_f64(), rule.as_f64());
                    let bad = if keyword == "minimum" {
                        n < bound
                    } else {
                        n > bound
                    };
                    if value.is_number() && bad {
                        faults.push(format!("{at}: {value} is past the {keyword} {rule}"));
                    }
                }
                other => panic!("{at}: the checker does not know {other}"),
            }
        }
    }

    fn choice(
        &self,
        keyword: &str,
        rule: &Value,
        value: &Value,
        at: &str,
        faults: &mut Vec<String>,
    ) {
        let choices = rule.as_array().expect("a choice is a list");
        let fitting = choices
            .iter()
            .filter(|inner| {
                let mut inner_faults = Vec::new();
                self.check(inner, value, at, &mut inner_faults);
                inner_faults.is_empty()
            })
            .count();
        if fitting == 0 || (keyword == "oneOf" && fitting > 1) {
            faults.push(format!("{at}: fits {fitting} of {} choices", choices.len()));
        }
    }
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("no type {other}"),
    }
}
