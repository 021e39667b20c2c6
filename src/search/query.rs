//! The query language: words, phrases, exclusion, alternatives, brackets and fields.
//!
//! ```text
//! 应急演练 学校                 both
//! “应急救援演练”                as it stands
//! 演练 -消防    演练 NOT 消防    without
//! 演练 OR 竞赛  演练 或 竞赛     either
//! (演练 或 竞赛) 年份:2021..2023 标题:方案
//! 演练 ~ 学校   演练 ~5 学校     near: at most 20 characters between them, or so many
//! 单位:应急*局                   names with gaps: * any run, ? one character
//! ```
//! Full-width punctuation means what its half-width form means; `，` and `；` stand between words.

use super::field::Field;
use super::range;
use super::signs::{self, Operator, is_close, is_minus, is_near, is_quote, is_separator};
use super::wildcard;
use crate::entity::region::Level;
use crate::error::{Error, QueryFault};
use crate::index::folded::Folded;
use crate::text::fold::is_blank;

pub use super::node::{Named, Near, Node, Term};

/// The most characters of a query.
pub const MAX_CHARS: usize = 1000;
/// The most words of a query.
const MAX_TERMS: usize = 64;
/// How many characters may stand between two terms with `~` alone.
const REACH: usize = 20;
/// The most single characters of a query that are sought in 正文 or beside `~`: every place of each is read.
const MAX_SINGLE: usize = 4;
/// The deepest nesting of brackets.
const MAX_DEPTH: usize = 32;

/// Reads a query.
///
/// # Errors
/// [`Error::Query`] with the column (code points, from 1) where it stops making sense.
pub fn parse(query: &str) -> Result<Node, Error> {
    let chars: Vec<char> = query.chars().collect();
    if chars.len() > MAX_CHARS {
        return Err(fault(
            MAX_CHARS,
            QueryFault::TooLong {
                limit: MAX_CHARS,
                of: "characters",
            },
        ));
    }
    let mut parser = Parser {
        chars,
        at: 0,
        terms: 0,
        gapped: 0,
        single: 0,
    };
    parser.skip_separators();
    if parser.peek().is_none() {
        return Ok(Node::All);
    }
    let node = parser.alternatives(Field::Any, 0)?;
    parser.skip_separators();
    match parser.peek() {
        None => Ok(node),
        // Only a closing bracket ends the alternatives early
        Some(_) => Err(parser.fault_here(QueryFault::UnopenedBracket)),
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
    terms: usize,
    /// Names with gaps.
    gapped: usize,
    /// Single characters of which the places are read.
    single: usize,
}

impl Parser {
    /// One or more conjunctions with OR between them.
    fn alternatives(&mut self, field: Field, depth: usize) -> Result<Node, Error> {
        if depth > MAX_DEPTH {
            return Err(self.fault_here(QueryFault::TooLong {
                limit: MAX_DEPTH,
                of: "brackets",
            }));
        }
        let mut all = vec![self.conjunction(field, depth)?];
        loop {
            self.skip_separators();
            let begin = self.at;
            if self.take_operator() != Some(Operator::Or) {
                self.at = begin;
                break;
            }
            let operator: String = self.chars[begin..self.at].iter().collect();
            self.skip_separators();
            if self.ends_here() || self.operator_here() == Some(Operator::Or) {
                return Err(fault(begin + 1, QueryFault::MissingOperand { operator }));
            }
            add(&mut all, self.conjunction(field, depth)?);
        }
        Ok(one_or(all, Node::Or))
    }

    fn conjunction(&mut self, field: Field, depth: usize) -> Result<Node, Error> {
        let mut all = Vec::new();
        loop {
            self.skip_separators();
            if self.ends_here() {
                break;
            }
            let begin = self.at;
            match self.take_operator() {
                Some(Operator::Or) if !all.is_empty() => {
                    self.at = begin;
                    break;
                }
                Some(Operator::And) if !all.is_empty() => {
                    let operator: String = self.chars[begin..self.at].iter().collect();
                    self.skip_separators();
                    if self.ends_here()
                        || matches!(self.operator_here(), Some(Operator::Or | Operator::And))
                    {
                        return Err(fault(begin + 1, QueryFault::MissingOperand { operator }));
                    }
                }
                Some(Operator::Or | Operator::And) => {
                    let operator = self.chars[begin..self.at].iter().collect();
                    return Err(fault(begin + 1, QueryFault::MissingOperand { operator }));
                }
                Some(Operator::Not) | None => self.at = begin,
            }
            add(&mut all, self.perhaps_excluded(field, depth)?);
        }
        Ok(one_or(all, Node::And))
    }

    fn perhaps_excluded(&mut self, field: Field, depth: usize) -> Result<Node, Error> {
        let mut excluded = false;
        loop {
            let begin = self.at;
            let minus = self.peek().is_some_and(is_minus);
            if minus {
                self.at += 1;
            } else if self.operator_here() == Some(Operator::Not) {
                self.take_operator();
                self.skip_separators();
            } else {
                break;
            }
            if self.ends_here()
                || self.peek().is_some_and(is_separator)
                || matches!(self.operator_here(), Some(Operator::Or | Operator::And))
            {
                let operator: String = self.chars[begin..self.at].iter().collect();
                let operator = operator.trim_end().to_owned();
                return Err(fault(begin + 1, QueryFault::MissingOperand { operator }));
            }
            excluded = !excluded;
        }
        let begin = self.at;
        let mut node = self.primary(field, depth)?;
        if let Some((place, reach)) = self.take_near() {
            let begins = [begin, self.at];
            let right = match self.ends_here() || self.operator_here().is_some() {
                true => None,
                false => Some(self.primary(field, depth)?),
            };
            let near = right.and_then(|right| near(node, right, reach));
            let near = near.ok_or_else(|| fault(place + 1, QueryFault::NotNear))?;
            for (term, begin) in [&near.left, &near.right].into_iter().zip(begins) {
                // Those in 正文 are counted; titles hold single characters
                if term.field == Field::Any {
                    self.count_single(&term.text, begin)?;
                }
            }
            node = Node::Near(near);
            if let Some((place, _)) = self.take_near() {
                return Err(fault(place + 1, QueryFault::NotNear));
            }
        }
        debug_assert!(self.at > begin, "the parser moves on");
        Ok(if excluded {
            Node::Not(Box::new(node))
        } else {
            node
        })
    }

    /// `~` or `~5` at the cursor, perhaps after blanks: its place, and how many characters may stand between.
    fn take_near(&mut self) -> Option<(usize, usize)> {
        let begin = self.at;
        self.skip_separators();
        if !self.peek().is_some_and(is_near) {
            self.at = begin;
            return None;
        }
        let place = self.at;
        self.at += 1;
        let mut reach = None;
        while let Some(digit) = self
            .peek()
            .map(crate::text::fold::fold)
            .and_then(|c| c.to_digit(10))
        {
            reach = Some((reach.unwrap_or(0) * 10 + digit as usize).min(MAX_CHARS));
            self.at += 1;
        }
        self.skip_separators();
        Some((place, reach.unwrap_or(REACH)))
    }

    fn primary(&mut self, field: Field, depth: usize) -> Result<Node, Error> {
        let begin = self.at;
        match self.peek() {
            Some(c) if is_near(c) => Err(fault(begin + 1, QueryFault::NotNear)),
            Some('(' | '（') => {
                self.at += 1;
                self.skip_separators();
                if self.peek().is_some_and(is_close) {
                    return Err(fault(begin + 1, QueryFault::EmptyBrackets));
                }
                if self.peek().is_none() {
                    return Err(fault(begin + 1, QueryFault::UnclosedBracket));
                }
                let node = self.alternatives(field, depth + 1)?;
                self.skip_separators();
                if !self.peek().is_some_and(is_close) {
                    return Err(fault(begin + 1, QueryFault::UnclosedBracket));
                }
                self.at += 1;
                Ok(node)
            }
            Some(open) if is_quote(open) => {
                let text = self.quoted(open)?;
                self.leaf(field, text, true, begin)
            }
            _ => self.word(field, depth),
        }
    }

    /// The text up to the closing quote; the cursor stands on the opening one.
    fn quoted(&mut self, open: char) -> Result<String, Error> {
        let begin = self.at;
        let inner = &self.chars[begin + 1..];
        // “ closes with ”, but Chinese input often gives the same mark twice
        let closes = |c: &char| match open {
            '「' => *c == '」',
            '『' => *c == '』',
            _ => is_quote(*c),
        };
        let Some(length) = inner.iter().position(closes) else {
            return Err(fault(begin + 1, QueryFault::UnclosedQuote));
        };
        let text: String = inner[..length].iter().collect();
        self.at = begin + length + 2;
        if text.chars().all(is_blank) {
            return Err(fault(begin + 1, QueryFault::EmptyQuote));
        }
        Ok(text)
    }

    fn word(&mut self, field: Field, depth: usize) -> Result<Node, Error> {
        let begin = self.at;
        while let Some(c) = self.peek() {
            if matches!(c, ':' | '：') && self.at > begin {
                let name: String = self.chars[begin..self.at].iter().collect();
                if let Some(narrowed) = self.prefix(&name, begin)? {
                    self.at += 1;
                    return self.value(narrowed, &name, begin, depth);
                }
            } else if self.ends_word(begin) {
                break;
            }
            self.at += 1;
        }
        if self.at == begin {
            // Nothing here begins a word: take the character itself, so that the parser always moves on
            self.at += 1;
        }
        let text = self.chars[begin..self.at].iter().collect();
        self.leaf(field, text, false, begin)
    }

    /// The field that `name` before a colon means; none when the colon is part of the text (12:30).
    fn prefix(&self, name: &str, begin: usize) -> Result<Option<Field>, Error> {
        if let Some(field) = Field::named(name) {
            return Ok(Some(field));
        }
        let is_name = name.chars().count() <= 12
            && !name.contains(':')
            && name.chars().all(|c| c.is_alphabetic() || c == '_');
        if !is_name {
            return Ok(None);
        }
        Err(fault(
            begin + 1,
            QueryFault::UnknownField {
                name: name.to_owned(),
                nearest: Field::nearest(name),
            },
        ))
    }

    /// What follows a field's colon: a word, a phrase or a bracket.
    fn value(
        &mut self,
        field: Field,
        name: &str,
        begin: usize,
        depth: usize,
    ) -> Result<Node, Error> {
        let at = self.at;
        match self.peek() {
            Some('(' | '（') => self.primary(field, depth),
            Some(open) if is_quote(open) => {
                let text = self.quoted(open)?;
                self.leaf(field, text, true, at)
            }
            Some(c) if !is_separator(c) && !is_close(c) => {
                while self.at < self.chars.len() && !self.ends_word(at) {
                    self.at += 1;
                }
                let text = self.chars[at..self.at].iter().collect();
                self.leaf(field, text, false, at)
            }
            _ => Err(fault(
                begin + 1,
                QueryFault::EmptyField {
                    name: name.to_owned(),
                },
            )),
        }
    }

    fn leaf(&mut self, field: Field, text: String, exact: bool, at: usize) -> Result<Node, Error> {
        self.terms += 1;
        if self.terms > MAX_TERMS {
            return Err(fault(
                at + 1,
                QueryFault::TooLong {
                    limit: MAX_TERMS,
                    of: "words",
                },
            ));
        }
        let no_range =
            |value: String, example| fault(at + 1, QueryFault::NoRange { value, example });
        Ok(match field {
            Field::Region => Node::Region(text),
            Field::Kind => Node::Kind(text),
            Field::Year => match range::years(&text) {
                Some(range) => Node::Years(range),
                None => return Err(no_range(text, "2023 / 2021..2023")),
            },
            Field::Deadline => match range::days(&text) {
                Some(range) => Node::Deadline(range),
                None => return Err(no_range(text, "2023-06-20 / <2023-06-20")),
            },
            Field::Level => match level(&text) {
                Some(level) => Node::Named(Named::Level, level.as_str().to_owned()),
                None => {
                    let known = "国家 省级 市级 县级 乡镇 单位";
                    let fault_of = QueryFault::UnknownValue { value: text, known };
                    return Err(fault(at + 1, fault_of));
                }
            },
            Field::Function => Node::Named(Named::Function, text),
            Field::Audience => Node::Named(Named::Audience, text),
            Field::Campaign => Node::Named(Named::Campaign, text),
            _ if !exact && field.is_of_names() && wildcard::gaps(&text) > 0 => {
                let limit = wildcard::MOST_GAPS;
                if wildcard::gaps(&text) > limit || text.chars().count() > wildcard::LONGEST {
                    return Err(fault(at + 1, QueryFault::TooManyGaps { limit }));
                }
                self.gapped += 1;
                let limit = wildcard::MOST_NAMES;
                if self.gapped > limit {
                    let of = "names with gaps";
                    return Err(fault(at + 1, QueryFault::TooLong { limit, of }));
                }
                Node::Term(Term { field, text, exact })
            }
            Field::Text => {
                self.count_single(&text, at)?;
                Node::Term(Term { field, text, exact })
            }
            _ => Node::Term(Term { field, text, exact }),
        })
    }

    /// Counts a text of one character among those of which the places are read.
    fn count_single(&mut self, text: &str, at: usize) -> Result<(), Error> {
        if Folded::new(text).chars.len() != 1 {
            return Ok(());
        }
        self.single += 1;
        let limit = MAX_SINGLE;
        if self.single > limit {
            let of = "single characters";
            return Err(fault(at + 1, QueryFault::TooLong { limit, of }));
        }
        Ok(())
    }

    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn skip_separators(&mut self) {
        while self.peek().is_some_and(is_separator) {
            self.at += 1;
        }
    }

    /// Whether the query or the bracket ends here.
    fn ends_here(&self) -> bool {
        self.peek().is_none_or(is_close)
    }

    /// Whether a word that began at `begin` ends before the cursor's character. A comma within a number (6,000)
    /// does not end it.
    fn ends_word(&self, begin: usize) -> bool {
        let Some(c) = self.peek() else { return true };
        if matches!(c, ',' | '，') && self.at > begin {
            let is_digit = |at: usize| self.chars.get(at).is_some_and(char::is_ascii_digit);
            return !(is_digit(self.at - 1) && is_digit(self.at + 1));
        }
        // Between words it means near; after a number, a range
        if is_near(c) && self.at > begin {
            let before = self.chars[self.at - 1];
            return !(before.is_numeric() || matches!(before, '年' | '月' | '日'));
        }
        is_separator(c)
            || is_close(c)
            || is_quote(c)
            || matches!(c, '(' | '（' | '|' | '｜' | '&' | '＆')
    }

    fn operator_here(&self) -> Option<Operator> {
        self.operator().map(|(operator, _)| operator)
    }

    fn take_operator(&mut self) -> Option<Operator> {
        let (operator, length) = self.operator()?;
        self.at += length;
        Some(operator)
    }

    fn operator(&self) -> Option<(Operator, usize)> {
        signs::operator(&self.chars[self.at..])
    }

    fn fault_here(&self, what: QueryFault) -> Error {
        fault(self.at + 1, what)
    }
}

/// Two terms of one field of text.
fn near(left: Node, right: Node, reach: usize) -> Option<Near> {
    let (Node::Term(left), Node::Term(right)) = (left, right) else {
        return None;
    };
    let solid = |term: &Term| term.text.chars().any(|c| !is_blank(c));
    let fits =
        left.field.has_places() && left.field == right.field && solid(&left) && solid(&right);
    fits.then_some(Near { left, right, reach })
}

/// The level that people name so.
fn level(name: &str) -> Option<Level> {
    let name = name.trim().to_lowercase();
    let spoken = match name.as_str() {
        "国家" | "国家级" | "中央" | "全国" => Some(Level::National),
        "省" | "省级" | "自治区" => Some(Level::Province),
        "市" | "市级" | "地级" | "地市级" => Some(Level::Prefecture),
        "县" | "县级" | "区" | "区级" | "区县" | "区县级" => Some(Level::County),
        "乡" | "镇" | "乡级" | "镇级" | "乡镇" | "乡镇级" | "街道" => {
            Some(Level::Township)
        }
        "单位" | "机构" => Some(Level::Organisation),
        _ => None,
    };
    // Or as records write it
    spoken.or_else(|| Level::EVERY.into_iter().find(|l| l.as_str() == name))
}

/// What is said again asks for nothing more, and would be looked up again.
fn add(all: &mut Vec<Node>, node: Node) {
    if !all.contains(&node) {
        all.push(node);
    }
}

fn one_or(mut nodes: Vec<Node>, many: fn(Vec<Node>) -> Node) -> Node {
    match (nodes.len(), nodes.pop()) {
        (1, Some(node)) => node,
        (_, Some(last)) => {
            nodes.push(last);
            many(nodes)
        }
        (_, None) => Node::All,
    }
}

fn fault(place: usize, fault: QueryFault) -> Error {
    Error::Query { place, fault }
}

#[cfg(test)]
#[path = "query_tests.rs"]
mod tests;
