//! A page's characters as tags and text, after the tokenizer of the HTML standard (WHATWG, 13.2.5), in one pass.

use super::tag::{Made, made};
use memchr::{memchr, memmem};

/// A piece of the page; all places are bytes in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Characters between tags, references not yet resolved.
    Text { start: usize, end: usize },
    /// A start tag: what it makes, and where its attributes stand.
    Start {
        made: Made,
        start: usize,
        end: usize,
    },
    /// An end tag of this name.
    End(Made),
    /// The characters that an element of raw text holds.
    Raw { start: usize, end: usize },
}

pub(super) struct Tokens<'t> {
    bytes: &'t [u8],
    at: usize,
    /// The raw element just begun, and its name's place.
    raw: Option<(usize, usize)>,
    /// End tags of raw elements that are known not to follow, so that no search for one is made twice.
    missing: Vec<Vec<u8>>,
}

impl<'t> Tokens<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            at: 0,
            raw: None,
            missing: Vec::new(),
        }
    }

    /// The end of the raw text that begins here; where its end tag is missing it ends at the next tag.
    fn raw_end(&mut self, name: (usize, usize)) -> usize {
        let name = self.bytes[name.0..name.1].to_ascii_lowercase();
        let from = self.at;
        if !self.missing.contains(&name) {
            let mut at = from;
            while let Some(found) = memmem::find(&self.bytes[at..], b"</") {
                let tag = at + found + 2;
                let end = (tag + name.len()).min(self.bytes.len());
                if self.bytes[tag..end].eq_ignore_ascii_case(&name)
                    && self.bytes.get(end).is_none_or(|b| is_name_end(*b))
                {
                    return tag - 2;
                }
                at = tag;
            }
            self.missing.push(name);
        }
        memchr(b'<', &self.bytes[from..]).map_or(self.bytes.len(), |found| from + found)
    }

    /// Past a comment, declaration or processing instruction that begins at `at` with `<!` or `<?`.
    fn skip_remark(&self, at: usize) -> usize {
        let rest = &self.bytes[at..];
        if let Some(body) = rest.strip_prefix(b"<!--") {
            // <!--> and <!---> are whole comments.
            if let Some(close) = [&b">"[..], b"->"].iter().find(|c| body.starts_with(c)) {
                return at + 4 + close.len();
            }
            let mut from = 0;
            while let Some(found) = memmem::find(&body[from..], b"--") {
                let after = from + found + 2;
                match &body[after..] {
                    [b'>', ..] => return at + 4 + after + 1,
                    [b'!', b'>', ..] => return at + 4 + after + 2,
                    _ => from = after - 1,
                }
            }
            return self.bytes.len();
        }
        memchr(b'>', rest).map_or(self.bytes.len(), |found| at + found + 1)
    }

    fn tag(&mut self, open: usize) -> Option<Token> {
        let is_end = self.bytes.get(open + 1) == Some(&b'/');
        let name = open + 1 + usize::from(is_end);
        let name_end = self.bytes[name..]
            .iter()
            .position(|b| is_name_end(*b))
            .map_or(self.bytes.len(), |length| name + length);
        let made = made(&self.bytes[name..name_end]);
        let mut attributes = Attributes::new(self.bytes, name_end);
        while attributes.next().is_some() {}
        self.at = attributes.after;
        if is_end {
            return Some(Token::End(made));
        }
        if matches!(made, Made::Raw(_)) {
            self.raw = Some((name, name_end));
        }
        Some(Token::Start {
            made,
            start: name_end,
            end: attributes.after,
        })
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        if let Some(name) = self.raw.take() {
            let start = self.at;
            self.at = self.raw_end(name);
            return Some(Token::Raw {
                start,
                end: self.at,
            });
        }
        loop {
            let start = self.at;
            if start >= self.bytes.len() {
                return None;
            }
            // A text runs up to what can only be a tag; `<5%` and `<附件>` are text.
            let mut look = start;
            let open = loop {
                let Some(found) = memchr(b'<', &self.bytes[look..]) else {
                    break self.bytes.len();
                };
                let open = look + found;
                match (self.bytes.get(open + 1), self.bytes.get(open + 2)) {
                    (Some(b'!' | b'?'), _) => break open,
                    (Some(b'/'), Some(b)) if b.is_ascii_alphabetic() || *b == b'>' => break open,
                    (Some(b), _) if b.is_ascii_alphabetic() => break open,
                    _ => look = open + 1,
                }
            };
            if open > start {
                self.at = open;
                return Some(Token::Text { start, end: open });
            }
            match (self.bytes.get(open + 1), self.bytes.get(open + 2)) {
                (Some(b'!' | b'?'), _) => self.at = self.skip_remark(open),
                (Some(b'/'), Some(b'>')) => self.at = open + 3,
                _ => return self.tag(open),
            }
        }
    }
}

fn is_name_end(b: u8) -> bool {
    b.is_ascii_whitespace() || matches!(b, b'/' | b'>')
}

/// The attributes of a tag, one after the other: name and value as written.
pub(super) struct Attributes<'t> {
    bytes: &'t [u8],
    /// Where the rest of the tag begins.
    pub(super) after: usize,
    is_done: bool,
}

impl<'t> Attributes<'t> {
    /// The attributes that follow a tag's name, which ends at `at`.
    pub(super) fn new(bytes: &'t [u8], at: usize) -> Self {
        Self {
            bytes,
            after: at,
            is_done: false,
        }
    }

    fn quoted(&mut self, quote: u8, from: usize) -> &'t [u8] {
        let rest = &self.bytes[from..];
        match memchr(quote, rest) {
            Some(length) => {
                self.after = from + length + 1;
                &rest[..length]
            }
            // A quote that nothing closes ends with the tag, else the rest of the page were lost.
            None => {
                let length = memchr(b'>', rest).unwrap_or(rest.len());
                self.after = from + length;
                &rest[..length]
            }
        }
    }
}

impl<'t> Iterator for Attributes<'t> {
    type Item = (&'t [u8], &'t [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_done {
            return None;
        }
        let bytes = self.bytes;
        let skip = |from: usize, is: fn(u8) -> bool| {
            let rest = bytes.get(from..).unwrap_or_default();
            from + rest.iter().position(|b| !is(*b)).unwrap_or(rest.len())
        };
        let start = skip(self.after, |b| b.is_ascii_whitespace() || b == b'/');
        match bytes.get(start) {
            None => {
                (self.after, self.is_done) = (bytes.len(), true);
                return None;
            }
            Some(b'>') => {
                (self.after, self.is_done) = (start + 1, true);
                return None;
            }
            _ => {}
        }
        // The name's first character may be `=`.
        let end = skip(start + 1, |b| {
            !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'=')
        });
        let name = &bytes[start..end];
        let equals = skip(end, |b| b.is_ascii_whitespace());
        if bytes.get(equals) != Some(&b'=') {
            self.after = end;
            return Some((name, b""));
        }
        let value = skip(equals + 1, |b| b.is_ascii_whitespace());
        let value = match bytes.get(value) {
            Some(quote @ (b'"' | b'\'')) => self.quoted(*quote, value + 1),
            _ => {
                let rest = &bytes[value..];
                let length = rest
                    .iter()
                    .position(|b| b.is_ascii_whitespace() || *b == b'>')
                    .unwrap_or(rest.len());
                self.after = value + length;
                &rest[..length]
            }
        };
        Some((name, value))
    }
}

/// The charset that the page's first bytes name in a `meta` tag or an XML declaration.
pub(super) fn charset_label(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(4096)];
    let mut from = 0;
    while let Some(found) = memmem::find(&head[from..], b"=") {
        let at = from + found;
        from = at + 1;
        let before = head[..at].trim_ascii_end();
        let is_label = [&b"charset"[..], b"encoding"].iter().any(|name| {
            before.len() >= name.len()
                && before[before.len() - name.len()..].eq_ignore_ascii_case(name)
        });
        if !is_label {
            continue;
        }
        let value = head[from..].trim_ascii_start();
        let value = value
            .strip_prefix(b"\"")
            .or(value.strip_prefix(b"'"))
            .unwrap_or(value);
        let length = value
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
            .unwrap_or(value.len());
        if length > 0 {
            return Some(&value[..length]);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(text: &str) -> String {
        Tokens::new(text)
            .map(|token| match token {
                Token::Text { start, end } => format!("'{}'", &text[start..end]),
                Token::Raw { start, end } => format!("raw '{}'", &text[start..end]),
                Token::Start { made, start, end } => {
                    let attributes: Vec<String> = Attributes::new(&text.as_bytes()[..end], start)
                        .map(|(name, value)| {
                            format!(
                                " {}={}",
                                String::from_utf8_lossy(name),
                                String::from_utf8_lossy(value)
                            )
                        })
                        .collect();
                    format!("<{made:?}{}>", attributes.concat())
                }
                Token::End(made) => format!("</{made:?}>"),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn tags_and_text_are_told_apart() {
        for (page, shown) in [
            ("<p>一、", "<Element(Paragraph)> '一、'"),
            ("降幅<5%，见<附件>", "'降幅<5%，见<附件>'"),
            (
                "<P align = center class='a b' hidden>x</P >",
                "<Element(Paragraph) align=center class=a b hidden=> 'x' </Element(Paragraph)>",
            ),
            ("甲<!-- <p>乙 -->丙<!>丁<!-->戊", "'甲' '丙' '丁' '戊'"),
            ("<![if !supportLists]>一、<![endif]>", "'一、'"),
            ("<?xml:namespace prefix = o />甲</>乙", "'甲' '乙'"),
            (
                "<script>if(a<b)'</p>'</SCRIPT >甲",
                "<Raw(Unseen)> raw 'if(a<b)'</p>'' </Raw(Unseen)> '甲'",
            ),
            (
                "<title>无尽头<p>甲",
                "<Raw(Title)> raw '无尽头' <Element(Paragraph)> '甲'",
            ),
            ("<a href=\"x>甲", "<Element(Link) href=x> '甲'"),
            ("<br/><br", "<Void(Break)> <Void(Break)>"),
        ] {
            assert_eq!(shape(page), shown, "{page}");
        }
    }

    #[test]
    fn the_charset_label_is_found() {
        for (page, label) in [
            ("<meta charset=gb2312>", Some("gb2312")),
            (
                "<META http-equiv=x content=\"text/html; charset=GBK\">",
                Some("GBK"),
            ),
            ("<?xml version=\"1.0\" encoding=\"utf-8\"?>", Some("utf-8")),
            ("<script charset='' src=x>", None),
            ("<p>x", None),
        ] {
            let found = charset_label(page.as_bytes());
            assert_eq!(found, label.map(str::as_bytes), "{page}");
        }
    }

    proptest! {
        #[test]
        fn tokens_stand_in_order_and_in_the_page(
            page in "(<|>|/|!|--|\"|'|=| |p|script|title|甲|&){0,40}"
        ) {
            let mut last = 0;
            for token in Tokens::new(&page) {
                if let Token::Text { start, end }
                | Token::Raw { start, end }
                | Token::Start { start, end, .. } = token {
                    prop_assert!(last <= start && start <= end);
                    prop_assert!(page.get(start..end).is_some());
                    last = end;
                }
            }
        }
    }
}
