//! The fields that are scored, and what of each is compared.

use super::answers::{Misshapen, atom, each, item, object, optional, required, text, truthy};
use super::form::{digits, normal, rule, unit};
use super::key::{Atom, Key};
use serde_json::Value;

/// The comparable form of a text.
type Form = fn(&str) -> String;

pub(super) type Keys = fn(&Value) -> Result<Vec<Key>, Misshapen>;

/// One figure of the report.
pub(super) struct Field {
    /// Its name in the report.
    pub(super) name: &'static str,
    /// The key that gold must hold for the field to be scored.
    pub(super) needs: &'static str,
    /// What is compared.
    pub(super) keys: Keys,
    /// Of gold: the first elements of keys that a record may fill in any way.
    pub(super) leaves_open: Option<Keys>,
}

const fn field(name: &'static str, needs: &'static str, keys: Keys) -> Field {
    Field {
        name,
        needs,
        keys,
        leaves_open: None,
    }
}

pub(super) const FIELDS: &[Field] = &[
    field("title", "title", |r| scalar(r, "title")),
    field("kind", "kind", |r| scalar(r, "kind")),
    field("doc_number", "doc_number", |r| scalar(r, "doc_number")),
    field("issuers", "issuers", |r| names(r, "issuers", normal)),
    field("addressees", "addressees", |r| names(r, "addressees", unit)),
    field("issued", "issued", |r| scalar(r, "issued")),
    field("year", "year", |r| scalar(r, "year")),
    field("region", "region", |r| scalar(r, "region")),
    field("campaign", "campaign", campaign),
    field("outline", "outline", outline),
    field("activities", "activities", |r| {
        of_activities(r, |path, _| Ok(vec![key([path.into()])]))
    }),
    Field {
        name: "titles",
        needs: "activities",
        keys: titles,
        leaves_open: Some(untitled),
    },
    field("units", "activities", units),
    field("activity_dates", "activities", |r| {
        of_activities(r, |path, activity| {
            each(activity, "dates", |date| {
                let mut atoms = vec![path.into()];
                atoms.extend(activity_date(date)?);
                Ok(Key(atoms))
            })
        })
    }),
    Field {
        name: "quantities",
        needs: "activities.quantities",
        keys: quantities,
        leaves_open: Some(uncounted),
    },
    field("dates", "dates", |r| {
        each(r, "dates", |date| Ok(Key(days(date)?)))
    }),
    field("date_roles", "dates", |r| {
        each(r, "dates", |date| {
            let mut atoms = days(date)?;
            atoms.push(atom(required(date, "role")?)?);
            Ok(Key(atoms))
        })
    }),
    field("contacts", "contacts", contacts),
    field("attachments", "attachments", |r| {
        each(r, "attachments", |a| {
            let number = optional(a, "number", atom)?.unwrap_or(Atom::Nothing);
            Ok(key([number, normal(required_text(a, "title")?).into()]))
        })
    }),
    field("citations", "citations", |r| {
        each(r, "citations", |c| {
            let title = normal(required_text(c, "title")?);
            let number = normal(optional_text(c, "doc_number")?);
            Ok(key([title.into(), number.into()]))
        })
    }),
];

fn key<const N: usize>(atoms: [Atom; N]) -> Key {
    Key(atoms.into())
}

/// A scalar as a bag of one; null, the empty text and the empty list are none.
fn scalar(r: &Value, name: &str) -> Result<Vec<Key>, Misshapen> {
    let shown = match r.get(name) {
        None | Some(Value::Null) => return Ok(Vec::new()),
        Some(Value::String(s)) if s.is_empty() => return Ok(Vec::new()),
        Some(Value::Array(list)) if list.is_empty() => return Ok(Vec::new()),
        Some(Value::String(s)) => normal(s),
        Some(Value::Number(n)) => n.to_string(),
        Some(_) => return Err(Misshapen::new("a text or a number").within(name)),
    };
    Ok(vec![key([shown.into()])])
}

fn names(r: &Value, list: &str, form: Form) -> Result<Vec<Key>, Misshapen> {
    each(r, list, |name| Ok(key([form(text(name)?).into()])))
}

fn campaign(r: &Value) -> Result<Vec<Key>, Misshapen> {
    let Some(campaign) = r.get("campaign").filter(|c| truthy(c)) else {
        return Ok(Vec::new());
    };
    let mut out = Vec::new();
    object(campaign).map_err(|e| e.within("campaign"))?;
    for part in ["name", "edition", "theme"] {
        let found = scalar(campaign, part).map_err(|e| e.within("campaign"))?;
        out.extend(found.into_iter().map(|mut found| {
            found.0.insert(0, part.into());
            found
        }));
    }
    Ok(out)
}

fn outline(r: &Value) -> Result<Vec<Key>, Misshapen> {
    each(r, "outline", |section| {
        Ok(key([
            item(section, "depth", atom)?,
            normal(required_text(section, "marker")?).into(),
            normal(optional_text(section, "heading")?).into(),
        ]))
    })
}

/// The keys that `of` makes of each activity and its path of markers, joined by `/`.
fn of_activities(
    r: &Value,
    of: impl Fn(&str, &Value) -> Result<Vec<Key>, Misshapen>,
) -> Result<Vec<Key>, Misshapen> {
    let found = each(r, "activities", |activity| {
        required(activity, "path")?;
        let markers = each(activity, "path", |marker| Ok(normal(text(marker)?)))?;
        of(&markers.join("/"), activity)
    })?;
    Ok(found.into_iter().flatten().collect())
}

fn titles(r: &Value) -> Result<Vec<Key>, Misshapen> {
    of_activities(r, |path, activity| {
        let title = required_text(activity, "title")?;
        Ok(if title.is_empty() {
            Vec::new()
        } else {
            vec![key([path.into(), normal(title).into()])]
        })
    })
}

/// The activities that gold leaves untitled: those may be titled in any way.
fn untitled(gold: &Value) -> Result<Vec<Key>, Misshapen> {
    of_activities(gold, |path, activity| {
        let title = required_text(activity, "title")?;
        Ok(if title.is_empty() {
            vec![key([path.into()])]
        } else {
            Vec::new()
        })
    })
}

fn units(r: &Value) -> Result<Vec<Key>, Misshapen> {
    of_activities(r, |path, activity| {
        each(activity, "units", |u| {
            let name = unit(required_text(u, "name")?);
            Ok(key([path.into(), name.into(), item(u, "role", atom)?]))
        })
    })
}

/// How many of what each activity asks for: 2, 2.0 and "2" are one number.
fn quantities(r: &Value) -> Result<Vec<Key>, Misshapen> {
    let number = |v: &Value| match v {
        Value::Null => Ok(Atom::Nothing),
        Value::Number(n) => Ok(Atom::Text(n.as_f64().unwrap_or_default().to_string())),
        _ => Err(Misshapen::new("a number")),
    };
    of_activities(r, |path, activity| {
        each(activity, "quantities", |q| {
            let max = optional(q, "max", number)?.unwrap_or(Atom::Nothing);
            let unit = normal(required_text(q, "unit")?);
            Ok(key([
                path.into(),
                item(q, "value", number)?,
                max,
                unit.into(),
            ]))
        })
    })
}

/// The activities whose gold says nothing of quantities: theirs may be any.
fn uncounted(gold: &Value) -> Result<Vec<Key>, Misshapen> {
    of_activities(gold, |path, activity| {
        Ok(match activity.get("quantities") {
            None => vec![key([path.into()])],
            Some(_) => Vec::new(),
        })
    })
}

/// A date as its first and last day, or its rule. Gold may write `[start, end]` or the rule alone.
fn days(date: &Value) -> Result<Vec<Atom>, Misshapen> {
    match date {
        Value::String(rule) => Ok(vec!["rrule".into(), rule.as_str().into()]),
        Value::Array(days) => days.iter().map(atom).collect(),
        Value::Object(_) => match rule_of(date)? {
            Some(rule) => Ok(rule_key(rule)),
            None => Ok(vec![
                optional(date, "start", atom)?.unwrap_or(Atom::Nothing),
                optional(date, "end", atom)?.unwrap_or(Atom::Nothing),
            ]),
        },
        _ => Err(Misshapen::new("a date")),
    }
}

/// An activity's date: as [`days`], but of a rule the frequency alone.
fn activity_date(date: &Value) -> Result<Vec<Atom>, Misshapen> {
    let mut atoms = match date {
        Value::String(frequency) if !frequency.contains('=') => {
            rule_key(&format!("FREQ={frequency}"))
        }
        Value::String(rule) => rule_key(rule),
        Value::Object(_) => match rule_of(date)? {
            Some(rule) => rule_key(rule),
            None => return days(date),
        },
        _ => return days(date),
    };
    atoms.truncate(2);
    Ok(atoms)
}

fn rule_of(date: &Value) -> Result<Option<&str>, Misshapen> {
    optional_text(date, "rrule").map(|rule| Some(rule).filter(|r| !r.is_empty()))
}

fn rule_key(text: &str) -> Vec<Atom> {
    let mut atoms = vec![Atom::from("rrule")];
    atoms.extend(rule(text).into_iter().map(Atom::Text));
    atoms
}

fn contacts(r: &Value) -> Result<Vec<Key>, Misshapen> {
    let found = each(r, "contacts", |contact| {
        let mut out = Vec::new();
        let lists: [(&str, &str, Form); 4] = [
            ("names", "name", normal),
            ("phones", "phones", digits),
            ("faxes", "faxes", digits),
            ("emails", "email", |email| normal(email).to_lowercase()),
        ];
        for (list, label, form) in lists {
            out.extend(each(contact, list, |value| {
                Ok(key([label.into(), form(text(value)?).into()]))
            })?);
        }
        for single in ["address", "postcode"] {
            let value = optional_text(contact, single)?;
            if !value.is_empty() {
                out.push(key([single.into(), normal(value).into()]));
            }
        }
        Ok(out)
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// The text under `name`, which must be there; null is the empty text.
fn required_text<'v>(v: &'v Value, name: &str) -> Result<&'v str, Misshapen> {
    text(required(v, name)?).map_err(|e| e.within(name))
}

/// The text under `name`; the empty text where it is absent or null.
fn optional_text<'v>(v: &'v Value, name: &str) -> Result<&'v str, Misshapen> {
    Ok(optional(v, name, text)?.unwrap_or_default())
}
