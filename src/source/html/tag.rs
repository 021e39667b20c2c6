//! The elements that matter to the text of a page, and how each behaves in the flow.

/// An element by its name; what only changes the look of characters is `Other` or a name kept to pair its tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A run of characters, no element.
    Text,
    /// Inline, of any other name.
    Other,
    Link,
    Span,
    Font,
    Bold,
    Strong,
    Italic,
    Emphasis,
    Underline,
    /// What a writer struck out.
    Deleted,
    Break,
    Rule,
    Meta,
    Title,
    /// Whose contents no reader sees in the flow: scripts, forms' controls, pictures' parts.
    Unseen,
    Paragraph,
    /// h1 to h6.
    Heading(u8),
    Div,
    Section,
    Article,
    Main,
    Aside,
    Header,
    Footer,
    Nav,
    Centre,
    Form,
    Quote,
    Figure,
    Block,
    Unordered,
    Ordered,
    Item,
    Terms,
    Term,
    Detail,
    Preformatted,
    Table,
    Caption,
    RowGroup,
    Row,
    Cell,
    HeadCell,
}

/// What a start tag of this name makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// An element that holds others.
    Element(Tag),
    /// An element without contents.
    Void(Tag),
    /// An element whose contents are characters up to its own end tag; kept or not.
    Raw(Tag),
    /// Nothing: html, head, body and what has neither text nor effect on it.
    Nothing,
}

impl Tag {
    /// Whether it stands in a line of text.
    pub(super) fn is_inline(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Text | Other
                | Link
                | Span
                | Font
                | Bold
                | Strong
                | Italic
                | Emphasis
                | Underline
                | Deleted
        )
    }

    /// Whether paragraphs and end tags within do not reach out of it.
    pub(super) fn is_wall(self) -> bool {
        matches!(self, Tag::Table | Tag::Cell | Tag::HeadCell | Tag::Caption)
    }

    /// Whether it is a part of a table, with no text of its own.
    pub(super) fn is_frame_of_table(self) -> bool {
        matches!(self, Tag::Table | Tag::RowGroup | Tag::Row)
    }

    /// Whether it may hold a whole notice.
    pub(super) fn holds_flow(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Div | Section
                | Article
                | Main
                | Centre
                | Form
                | Quote
                | Figure
                | Block
                | Cell
                | HeadCell
                | Preformatted
                | Other
                | Span
                | Font
        )
    }
}

/// What the start tag of this name makes; names are compared without case.
pub(super) fn made(name: &[u8]) -> Made {
    use Made::{Element, Nothing, Raw, Void};
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..name.len()) else {
        return Element(Tag::Other);
    };
    lower.copy_from_slice(name);
    lower.make_ascii_lowercase();
    match &*lower {
        b"html" | b"head" | b"body" | b"frameset" | b"frame" => Nothing,
        b"img" | b"link" | b"base" | b"basefont" | b"bgsound" | b"wbr" | b"col" | b"param" => {
            Nothing
        }
        b"input" | b"embed" | b"area" | b"source" | b"track" | b"keygen" | b"image" => Nothing,
        b"meta" => Void(Tag::Meta),
        b"br" => Void(Tag::Break),
        b"hr" => Void(Tag::Rule),
        b"title" => Raw(Tag::Title),
        b"script" | b"style" | b"textarea" | b"noembed" => Raw(Tag::Unseen),
        b"noscript" | b"select" | b"option" | b"button" | b"datalist" | b"svg" | b"canvas"
        | b"template" | b"audio" | b"video" | b"map" | b"xml" | b"rp" | b"rt" | b"optgroup" => {
            Element(Tag::Unseen)
        }
        b"a" => Element(Tag::Link),
        b"span" => Element(Tag::Span),
        b"font" => Element(Tag::Font),
        b"b" => Element(Tag::Bold),
        b"strong" => Element(Tag::Strong),
        b"i" => Element(Tag::Italic),
        b"em" => Element(Tag::Emphasis),
        b"u" => Element(Tag::Underline),
        b"del" => Element(Tag::Deleted),
        b"p" => Element(Tag::Paragraph),
        b"h1" => Element(Tag::Heading(1)),
        b"h2" => Element(Tag::Heading(2)),
        b"h3" => Element(Tag::Heading(3)),
        b"h4" => Element(Tag::Heading(4)),
        b"h5" => Element(Tag::Heading(5)),
        b"h6" => Element(Tag::Heading(6)),
        b"div" => Element(Tag::Div),
        b"section" => Element(Tag::Section),
        b"article" => Element(Tag::Article),
        b"main" => Element(Tag::Main),
        b"aside" => Element(Tag::Aside),
        b"header" => Element(Tag::Header),
        b"footer" => Element(Tag::Footer),
        b"nav" => Element(Tag::Nav),
        b"center" => Element(Tag::Centre),
        b"form" => Element(Tag::Form),
        b"blockquote" => Element(Tag::Quote),
        b"figure" => Element(Tag::Figure),
        b"address" | b"fieldset" | b"legend" | b"details" | b"summary" | b"figcaption"
        | b"hgroup" | b"dialog" | b"iframe" | b"noframes" => Element(Tag::Block),
        b"ul" | b"menu" | b"dir" => Element(Tag::Unordered),
        b"ol" => Element(Tag::Ordered),
        b"li" => Element(Tag::Item),
        b"dl" => Element(Tag::Terms),
        b"dt" => Element(Tag::Term),
        b"dd" => Element(Tag::Detail),
        b"pre" | b"xmp" | b"listing" | b"plaintext" => Element(Tag::Preformatted),
        b"table" => Element(Tag::Table),
        b"caption" => Element(Tag::Caption),
        b"thead" | b"tbody" | b"tfoot" => Element(Tag::RowGroup),
        b"tr" => Element(Tag::Row),
        b"td" => Element(Tag::Cell),
        b"th" => Element(Tag::HeadCell),
        _ => Element(Tag::Other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_case() {
        assert_eq!(made(b"TABLE"), Made::Element(Tag::Table));
        assert_eq!(made(b"o:p"), Made::Element(Tag::Other));
        assert_eq!(made(b"a-name-longer-than-any"), Made::Element(Tag::Other));
        assert_eq!(made(b""), Made::Element(Tag::Other));
    }
}
