//! What the API's parameters may be: one table, by which requests are checked and from which the OpenAPI document is made.

use super::problem::Problem;
use super::table;
use crate::search::suggest::distance;
use jiff::civil::Date;
use regex::Regex;
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use utoipa::openapi::path::{Parameter as Described, ParameterBuilder, ParameterIn};
use utoipa::openapi::{RefOr, Required, Schema};

/// What the values of a parameter look like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// Any text of at most so many characters, empty too.
    Free(usize),
    /// The same, but not blank.
    Text(usize),
    /// Digits: from, to, where it is not given.
    Number(usize, usize, Option<usize>),
    /// One of these.
    Word(&'static [&'static str]),
    /// 0 or 1; where it is not given.
    Flag(bool),
    /// What this pattern matches.
    Form(&'static str),
    /// A day of the calendar.
    Day,
    /// Names of a hit's fields with commas between.
    Fields,
}

/// A parameter of the query string.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    /// Whether it may stand several times.
    pub(super) many: bool,
    /// Whether it must stand.
    pub(super) must: bool,
    pub(super) says: &'static str,
    pub(super) example: &'static str,
}

/// The most values of one filter.
const MANY: usize = 50;

impl Parameter {
    /// # Errors
    /// Why the value is none.
    pub(super) fn check(&self, value: &str) -> Result<(), Problem> {
        let fault = |expected: String| Err(Problem::parameter(self.name, expected));
        let fits = |most: usize| value.chars().nth(most).is_none();
        match self.shape {
            Shape::Free(most) | Shape::Text(most) if !fits(most) => {
                fault(format!("at most {most} characters"))
            }
            Shape::Text(_) if value.chars().all(is_blank) => fault("it is blank".to_owned()),
            Shape::Free(_) | Shape::Text(_) => Ok(()),
            Shape::Number(from, to, _) => {
                let is_number = !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit());
                match value.parse::<usize>() {
                    Ok(n) if is_number && (from..=to).contains(&n) => Ok(()),
                    _ => fault(format!("expected a whole number from {from} to {to}")),
                }
            }
            Shape::Word(words) => match words.contains(&value) {
                true => Ok(()),
                false => fault(format!("expected one of {}", words.join(", "))),
            },
            Shape::Flag(_) => match value {
                "0" | "1" => Ok(()),
                _ => fault("expected 0 or 1".to_owned()),
            },
            Shape::Form(pattern) => match matches(pattern, value) {
                true => Ok(()),
                false => fault(format!("expected such as {}", self.example)),
            },
            // jiff reads more than days from more than ten characters
            Shape::Day if value.len() == 10 && value.parse::<Date>().is_ok() => Ok(()),
            Shape::Day => fault(format!("expected a day such as {}", self.example)),
            Shape::Fields => {
                let known = table::fields();
                match value.split(',').find(|f| !known.iter().any(|k| k == f)) {
                    None => Ok(()),
                    Some(field) => fault(format!(
                        "there is no field `{field}`; known are {}",
                        known.join(", ")
                    )),
                }
            }
        }
    }

    fn schema(&self) -> Value {
        let own = match self.shape {
            Shape::Free(most) => json!({ "type": "string", "maxLength": most }),
            Shape::Text(most) => {
                json!({ "type": "string", "minLength": 1, "maxLength": most, "pattern": r"\S" })
            }
            Shape::Number(from, to, None) => {
                json!({ "type": "integer", "minimum": from, "maximum": to })
            }
            Shape::Number(from, to, Some(default)) => {
                json!({ "type": "integer", "minimum": from, "maximum": to, "default": default })
            }
            Shape::Word(words) => json!({ "type": "string", "enum": words }),
            Shape::Flag(default) => {
                json!({ "type": "integer", "enum": [0, 1], "default": u8::from(default) })
            }
            Shape::Form(pattern) => json!({ "type": "string", "pattern": pattern }),
            Shape::Day => json!({ "type": "string", "format": "date" }),
            Shape::Fields => {
                let any = table::fields().join("|");
                json!({ "type": "string", "pattern": format!("^({any})(,({any}))*$") })
            }
        };
        match self.many {
            true => json!({ "type": "array", "items": own, "minItems": 1, "maxItems": MANY }),
            false => own,
        }
    }

    /// As OpenAPI describes it.
    pub(super) fn described(&self) -> Described {
        let example = match self.shape {
            Shape::Number(..) | Shape::Flag(_) => {
                serde_json::from_str(self.example).unwrap_or(Value::Null)
            }
            _ => Value::from(self.example),
        };
        let example = if self.many { json!([example]) } else { example };
        let required = if self.must {
            Required::True
        } else {
            Required::False
        };
        // What JSON Schema we write is of the kind that utoipa reads
        let schema: Option<RefOr<Schema>> = serde_json::from_value(self.schema()).ok();
        ParameterBuilder::new()
            .name(self.name)
            .parameter_in(ParameterIn::Query)
            .required(required)
            .description(Some(self.says))
            .schema(schema)
            .explode(self.many.then_some(true))
            .example(Some(example))
            .build()
    }
}

/// Checks the pairs of a query string against what a route takes.
///
/// # Errors
/// What is unknown (with the nearest name that is known), given twice, missing, or no value of its parameter.
pub(super) fn check(pairs: &[(String, String)], taken: &[Parameter]) -> Result<(), Problem> {
    for (at, (name, value)) in pairs.iter().enumerate() {
        let Some(parameter) = taken.iter().find(|p| p.name == name) else {
            return Err(unknown(name, taken));
        };
        let before = pairs[..at].iter().filter(|(n, _)| n == name).count();
        if before > 0 && !parameter.many {
            return Err(Problem::parameter(name, "given more than once"));
        }
        if before >= MANY {
            return Err(Problem::parameter(
                name,
                format!("given more than {MANY} times"),
            ));
        }
        parameter.check(value)?;
    }
    match taken
        .iter()
        .find(|p| p.must && !pairs.iter().any(|(n, _)| n == p.name))
    {
        Some(missing) => Err(Problem::parameter(missing.name, "it is missing")),
        None => Ok(()),
    }
}

fn unknown(name: &str, taken: &[Parameter]) -> Problem {
    let shown: String = name.chars().take(40).filter(|c| !c.is_control()).collect();
    let typed: Vec<char> = shown.to_lowercase().chars().collect();
    let far = |p: &Parameter| distance(&typed, &p.name.chars().collect::<Vec<char>>());
    let near = taken
        .iter()
        .map(|p| (far(p), p.name))
        .min()
        .filter(|(far, name)| *far <= 1 + name.len() / 4);
    let mut names: Vec<&str> = taken.iter().map(|p| p.name).collect();
    names.sort_unstable();
    let detail = match (near, names.is_empty()) {
        (Some((_, near)), _) => format!("there is no such parameter; did you mean `{near}`?"),
        (None, false) => format!("there is no such parameter; known are {}", names.join(", ")),
        (None, true) => "no parameters are taken here".to_owned(),
    };
    Problem::parameter(&shown, detail)
}

/// What `\S` of a JSON Schema does not match: its patterns are read as ECMAScript reads them.
fn is_blank(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// Whether a value is of a parameter's form; each pattern is built once.
pub(super) fn matches(pattern: &'static str, value: &str) -> bool {
    static BUILT: LazyLock<Mutex<HashMap<&'static str, Regex>>> = LazyLock::new(Mutex::default);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = built.get(pattern) {
        return regex.is_match(value);
    }
    // The patterns are ours; a test builds each
    let Ok(regex) = Regex::new(pattern) else {
        return false;
    };
    let found = regex.is_match(value);
    built.insert(pattern, regex);
    found
}

#[cfg(test)]
mod tests {
    use super::super::taken::*;
    use super::*;

    fn pairs(given: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(n, v): &(&str, &str)| ((*n).to_owned(), (*v).to_owned());
        given.iter().map(owned).collect()
    }

    fn told(given: &[(&str, &str)]) -> String {
        match check(&pairs(given), &OF_SEARCH) {
            Ok(()) => String::new(),
            Err(problem) => problem.detail().to_owned(),
        }
    }

    #[test]
    fn every_example_is_of_its_parameter() {
        for parameter in OF_SEARCH
            .iter()
            .chain(&OF_SUGGEST)
            .chain(&OF_SIMILAR)
            .chain(&OF_SERIES)
            .chain(&OF_OUTLINE)
            .chain(&OF_EXTRACT)
            .chain(&OF_MENTIONS)
        {
            assert!(
                parameter.check(parameter.example).is_ok(),
                "{}",
                parameter.name
            );
            let schema: Result<RefOr<Schema>, _> = serde_json::from_value(parameter.schema());
            let written = serde_json::to_value(schema.expect(parameter.name)).expect("JSON");
            assert_eq!(written, parameter.schema(), "{}", parameter.name);
        }
    }

    #[test]
    fn what_is_no_parameter_is_told_with_what_is_near() {
        assert!(told(&[("yaer", "2023")]).contains("did you mean `year`?"));
        assert!(told(&[("regions", "湖北")]).contains("did you mean `region`?"));
        assert!(told(&[("zzzzzz", "1")]).contains("known are after, audience,"));
        assert!(told(&[("size", "1"), ("size", "2")]).contains("more than once"));
        assert!(
            told(&[("fields", "id,heading")]).contains("there is no field `heading`; known are")
        );
        assert!(check(&[], &OF_SUGGEST).is_err());
        assert_eq!(told(&[("year", "2022"), ("year", "2023"), ("q", "")]), "");
    }

    #[test]
    fn what_no_parameter_can_be_is_refused() {
        for (name, value) in [
            ("page", "0"),
            ("page", "+1"),
            ("page", ""),
            ("page", "10001"),
            ("size", "101"),
            ("size", "1.0"),
            ("in", "pages"),
            ("year", "soon"),
            ("year", "2023\n"),
            ("region", " "),
            ("facets", "yes"),
            ("deadline", "2023-13"),
            ("level", "village"),
            ("why", "x"),
            ("fields", ""),
            ("fields", "id,"),
        ] {
            assert_ne!(told(&[(name, value)]), "", "{name}={value}");
        }
        for value in [
            "2023",
            "2023-06",
            "2023-06-01..2023-06-30",
            "..2023-06",
            "<=2023-06-20",
            "2023..",
        ] {
            assert_eq!(told(&[("deadline", value)]), "", "{value}");
        }
    }
}
