//! What is wrong with a query, said so that its writer can mend it.

use std::fmt;

/// A fault of a query; the place stands beside it in [`super::Error::Query`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum QueryFault {
    /// A quote opens and does not close.
    UnclosedQuote,
    /// Nothing stands between two quotes.
    EmptyQuote,
    /// A bracket opens and does not close.
    UnclosedBracket,
    /// A bracket closes that was not opened.
    UnopenedBracket,
    /// Nothing stands between two brackets.
    EmptyBrackets,
    /// An operator lacks what it works on.
    MissingOperand {
        /// As typed: `OR`, `-`, `或`.
        operator: String,
    },
    /// No field has this name.
    UnknownField {
        /// As typed.
        name: String,
        /// The field whose name is nearest.
        nearest: Option<&'static str>,
    },
    /// A field's name is followed by nothing.
    EmptyField {
        /// As typed.
        name: String,
    },
    /// A value is no year or day, or no range of them.
    NoRange {
        /// As typed.
        value: String,
        /// A value that is understood.
        example: &'static str,
    },
    /// The value of this filter is none of its words.
    UnknownValue {
        /// As typed.
        value: String,
        /// Those that there are.
        known: &'static str,
    },
    /// `~` stands between other things than two words or phrases of a field of text.
    NotNear,
    /// A name with gaps is too long, or has too many.
    TooManyGaps {
        /// The most of them.
        limit: usize,
    },
    /// What should say where a page ended says it for another question, or for none.
    ForeignCursor,
    /// The field holds what is covered here.
    Covered,
    /// Longer than anybody types.
    TooLong {
        /// In characters, terms or levels.
        limit: usize,
        /// Which: `characters`, `words`, `brackets`, `names with gaps`, `single characters`, `hits`.
        of: &'static str,
    },
}

impl fmt::Display for QueryFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedQuote => {
                write!(f, "the quote that opens here is not closed; add ” or \"")
            }
            Self::EmptyQuote => write!(
                f,
                "nothing stands between the quotes; write a phrase or remove them"
            ),
            Self::UnclosedBracket => write!(f, "the bracket that opens here is not closed; add )"),
            Self::UnopenedBracket => write!(
                f,
                "this bracket was not opened; remove it, or put the text in quotes"
            ),
            Self::EmptyBrackets => write!(
                f,
                "nothing stands between the brackets; write a word or remove them"
            ),
            Self::MissingOperand { operator } => {
                write!(
                    f,
                    "`{operator}` wants a word beside it; add one, or put `{operator}` in quotes"
                )
            }
            Self::UnknownField {
                name,
                nearest: Some(nearest),
            } => {
                write!(
                    f,
                    "there is no field `{name}`; did you mean `{nearest}:`? put the text in quotes to find it as it stands"
                )
            }
            Self::UnknownField {
                name,
                nearest: None,
            } => {
                write!(
                    f,
                    "there is no field `{name}`; put the text in quotes to find it as it stands"
                )
            }
            Self::EmptyField { name } => write!(
                f,
                "`{name}:` wants a value after it, without a blank between"
            ),
            Self::NoRange { value, example } => write!(
                f,
                "`{value}` is no value of this field; write such as {example}"
            ),
            Self::UnknownValue { value, known } => {
                write!(f, "`{value}` is not known here; expected {known}")
            }
            Self::NotNear => write!(
                f,
                "`~` wants a word or phrase on each side, of the text or the title; write such as 演练 ~10 学校, or put `~` in quotes"
            ),
            Self::TooManyGaps { limit } => write!(
                f,
                "a name with `*` or `?` has at most {limit} of them and 40 characters; leave some out"
            ),
            Self::ForeignCursor => write!(
                f,
                "`after` takes the `next` of an answer to the same question; ask for the first page again"
            ),
            Self::Covered => write!(
                f,
                "contacts are covered here and cannot be asked for; leave `contact:` out"
            ),
            Self::TooLong { limit, of } => write!(f, "a query has at most {limit} {of}"),
        }
    }
}

impl QueryFault {
    /// The same for the pages, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::UnclosedQuote => "这里的引号没有配对，请补上 ”".to_owned(),
            Self::EmptyQuote => "引号里没有内容，请填写短语或去掉引号".to_owned(),
            Self::UnclosedBracket => "这里的括号没有配对，请补上 ）".to_owned(),
            Self::UnopenedBracket => {
                "多了一个右括号，请去掉；若要查找括号本身，请加引号".to_owned()
            }
            Self::EmptyBrackets => "括号里没有内容，请填写词语或去掉括号".to_owned(),
            Self::MissingOperand { operator } => {
                format!("“{operator}”旁边缺少词语；若要查找它本身，请加引号")
            }
            Self::UnknownField {
                name,
                nearest: Some(nearest),
            } => {
                format!("没有“{name}”这个字段，是否想用“{nearest}:”？若要查找原文，请加引号")
            }
            Self::UnknownField {
                name,
                nearest: None,
            } => {
                format!("没有“{name}”这个字段；若要查找原文，请加引号")
            }
            Self::EmptyField { name } => format!("“{name}:”后面缺少内容，冒号后不要留空格"),
            Self::NoRange { value, example } => format!("看不懂“{value}”，请写成 {example} 的样子"),
            Self::UnknownValue { value, known } => {
                format!("没有“{value}”这个选项，可用的有 {known}")
            }
            Self::NotNear => "“~”两边都应是正文或标题中的词语或短语，请写成 演练 ~10 学校 的样子；若要查找它本身，请加引号".to_owned(),
            Self::TooManyGaps { limit } => {
                format!("带“*”或“?”的名称最多 {limit} 处空缺、40 个字，请减少一些")
            }
            Self::ForeignCursor => "翻页标记与本次检索不符，请从第一页重新检索".to_owned(),
            Self::Covered => "这里的联系方式已遮盖，不能按联系人检索".to_owned(),
            Self::TooLong { limit, of } => {
                let of = match *of {
                    "words" => "个词",
                    "brackets" => "层括号",
                    "hits" => "条结果之内翻页",
                    "single characters" => "个单字（“正文:”之后或“~”旁）",
                    "names with gaps" => "个带“*”或“?”的名称",
                    _ => "个字",
                };
                format!("超出限制：最多 {limit} {of}")
            }
        }
    }
}
