//! What holds of every fact that any text gives: its span cuts the text where it says, its days are in order, its rule is
//! one, and its normal form is its own normal form. The fuzz target `entities` asserts the same.

use gongwen::entity::contact::{email, phone};
use gongwen::entity::date::{DateContext, DateExpr, DateRole};
use gongwen::entity::taxonomy::Taxonomy;
use gongwen::entity::{campaign, citation, contact, date, doc_number, quantity, region, unit};
use gongwen::span::Span;
use jiff::civil::Date;
use std::fmt::Debug;

/// The laws that the facts of `text` break, a sentence each.
pub(crate) fn broken(text: &str) -> Vec<String> {
    let mut laws = Laws {
        text,
        broken: Vec::new(),
    };
    laws.dates();
    laws.reached();
    laws.named();
    laws.counted();
    laws.broken
}

struct Laws<'t> {
    text: &'t str,
    broken: Vec<String>,
}

impl Laws<'_> {
    fn holds(&mut self, is_so: bool, law: &str, fact: impl Debug) {
        if !is_so {
            self.broken.push(format!("{law}: {fact:?}"));
        }
    }

    fn cuts(&mut self, span: Span, fact: impl Debug) {
        let inside = self.text.get(span.start..span.end);
        let is_so = inside.is_some_and(|s| !s.is_empty());
        self.holds(is_so, "a span cuts the text, and not nothing", fact);
    }

    /// Each cuts the text, and begins where the one before has ended.
    fn stand_apart<F: Debug>(&mut self, facts: &[F], span: impl Fn(&F) -> Span) {
        let mut last = 0;
        for fact in facts {
            self.cuts(span(fact), fact);
            self.holds(
                span(fact).start >= last,
                "facts stand in order and apart",
                fact,
            );
            last = span(fact).end;
        }
    }

    fn dates(&mut self) {
        let issued = Date::new(2031, 3, 15).ok();
        let context = DateContext {
            year: Some(2031),
            issued,
            ..DateContext::default()
        };
        for context in [DateContext::default(), context] {
            let found = date::find(self.text, &context);
            self.stand_apart(&found, |d| d.span);
            found.iter().for_each(|d| self.date(d));
            let feasts = date::festivals(self.text, &found);
            self.stand_apart(&feasts, |s| *s);
        }
        for reference in [None, issued] {
            let found = date::find_in_mentions(self.text, reference);
            self.stand_apart(&found, |m| m.date.span);
            found.iter().for_each(|m| self.date(&m.date));
        }
    }

    fn date(&mut self, found: &DateExpr) {
        let ordered = found.start.zip(found.end).is_none_or(|(a, b)| a <= b);
        self.holds(ordered, "a date starts before it ends", found);
        let recurs = found.role == DateRole::Recurrence;
        self.holds(
            found.rrule.is_some() == recurs,
            "what recurs has a rule",
            found,
        );
        let days = found.start.is_some() || found.end.is_some();
        self.holds(
            !(days && (recurs || found.unresolved)),
            "a rule has no days",
            found,
        );
        if let Some(rule) = &found.rrule {
            let set = format!("DTSTART:20310101T000000Z\nRRULE:{rule}").parse::<rrule::RRuleSet>();
            self.holds(set.is_ok(), "a rule is one of RFC 5545", found);
        }
        // a day's normal form is read as that day
        if let (Some(day), Some(form)) =
            (found.start.filter(|d| Some(*d) == found.end), &found.edtf)
            && *form == day.to_string()
            && (1900..2100).contains(&day.year())
        {
            let again = date::find(form, &DateContext::default());
            let same =
                matches!(again.as_slice(), [one] if one.start == Some(day) && one.end == Some(day));
            self.holds(same, "a day's normal form is that day", found);
        }
    }

    /// How somebody is reached.
    fn reached(&mut self) {
        let phones = phone::phones(self.text);
        self.stand_apart(&phones, |p| p.span);
        for found in &phones {
            let again = phone::phones(&format!("电话：{}", found.number));
            let same = again.first().is_some_and(|p| p.number == found.number);
            self.holds(same, "a number's normal form is that number", found);
        }
        let emails = email::emails(self.text);
        self.stand_apart(&emails, |e| e.span);
        for found in &emails {
            let again = email::emails(&found.email);
            let same = matches!(again.as_slice(), [one] if one.email == found.email);
            self.holds(same, "an address's normal form is that address", found);
        }
        let contacts = contact::find(self.text);
        for block in &contacts.blocks {
            self.cuts(block.span, block);
            let empty = block
                .names
                .iter()
                .chain(&block.phones)
                .any(String::is_empty);
            self.holds(!empty, "no name and no number is empty", block);
        }
        for hotline in &contacts.hotlines {
            self.cuts(hotline.span, hotline);
            self.holds(
                hotline.context.contains(hotline.span),
                "the clause holds the hotline that it names",
                hotline,
            );
        }
    }

    /// Units, regions, titles and campaigns.
    fn named(&mut self) {
        let whole = Span::new(0, self.text.len());
        for found in unit::find(self.text, whole) {
            self.cuts(found.span, &found);
            let blank = found.name.is_empty() || found.name.contains([' ', '\n', '\u{3000}']);
            self.holds(!blank, "a unit's name holds no blank", &found);
        }
        let mentioned = unit::mentioned(self.text);
        mentioned.iter().for_each(|u| self.cuts(u.span, u));
        let regions = region::find(self.text);
        self.stand_apart(&regions, |r| r.span);
        for found in &regions {
            let is_code = found.code.len() == 6 && found.code.bytes().all(|b| b.is_ascii_digit());
            self.holds(
                is_code && !found.path.is_empty(),
                "a region has code and names",
                found,
            );
        }
        for found in citation::find(self.text) {
            found.spans.iter().for_each(|s| self.cuts(*s, &found));
            self.holds(found.spans.is_sorted(), "mentions stand in order", &found);
        }
        let first = self.text.lines().next().unwrap_or_default();
        if let Some(found) = campaign::find(first, self.text) {
            self.holds(!found.name.is_empty(), "a campaign has a name", &found);
        }
        for at in (0..self.text.len()).step_by(7) {
            if let Some(found) = doc_number::at(self.text, at) {
                self.cuts(found.span, &found);
                let again = doc_number::at(&format!("（{}）", found.normal), 0);
                let same = again.is_none_or(|n| n.normal == found.normal);
                self.holds(same, "a number's normal form is its own", &found);
            }
        }
    }

    fn counted(&mut self) {
        let found = quantity::find(self.text, Span::new(0, self.text.len()));
        self.stand_apart(&found, |q| q.span);
        for quantity in &found {
            let ordered = quantity.max.is_none_or(|max| quantity.value < max);
            self.holds(
                ordered && !quantity.unit.is_empty(),
                "a range has two ends",
                quantity,
            );
        }
        let classes = Taxonomy::bundled().classify(self.text);
        for word in &classes.words {
            self.holds(
                self.text.contains(word),
                "a word that fired is in the text",
                word,
            );
        }
    }
}
