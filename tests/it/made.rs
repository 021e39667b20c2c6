//! Notices made by hand: invented places' names aside, nothing in them is real.

use gongwen::entity::date::DateRole;
use gongwen::entity::unit::UnitRole;
use gongwen::error::Error;
use gongwen::index::Index;
use gongwen::outline::part::PartKind;
use gongwen::outline::role::SectionRole;
use gongwen::record::Notice;
use gongwen::record::notice::{
    Activity, Campaign, Contact, DateMention, Part, SCHEMA, Section, Source, Unit,
};
use gongwen::search::{Engine, Notices};
use gongwen::span::CharSpan;
use std::collections::HashMap;
use std::path::Path;
use tempfile::TempDir;

/// What a test says of a notice.
pub(crate) struct Draft<'a> {
    pub(crate) title: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) year: i16,
    pub(crate) region: (&'a str, &'a [&'a str]),
    pub(crate) issuer: &'a str,
    /// Text, unit and kind of each activity; the text's first sentence is its title.
    pub(crate) activities: &'a [(&'a str, &'a str, &'a str)],
}

/// The notice of a draft, with an outline and activities whose spans are right.
pub(crate) fn notice(draft: &Draft<'_>) -> Notice {
    let mut text = format!("{}\n\n各有关单位：\n一、主要活动\n", draft.title);
    let length = |text: &str| text.chars().count();
    let begin = length(&text) - 7;
    let mut outline = vec![section(1, "一、", 1, "主要活动", CharSpan(begin, 0))];
    let mut activities = Vec::new();
    let mut dates = Vec::new();
    for (ordinal, (body, unit, kind)) in (1u32..).zip(draft.activities) {
        let marker = format!("（{}）", gongwen::text::numeral::to_counting(ordinal));
        let start = length(&text);
        text.push_str(&marker);
        text.push_str(body);
        let unit_at = length(&text) + 6;
        text.push_str(&format!("（责任单位：{unit}）"));
        let span = CharSpan(start, length(&text));
        text.push('\n');
        let title: String = body.chars().take_while(|c| *c != '。').collect();
        outline.push(section(2, &marker, ordinal, &title, span));
        let date = DateMention {
            text: "6月16日".to_owned(),
            start: Some(jiff::civil::date(draft.year, 6, 16)),
            end: Some(jiff::civil::date(draft.year, 6, 16)),
            role: DateRole::Event,
            rrule: None,
            edtf: None,
            span: CharSpan(start, start + 1),
            inferred: true,
        };
        dates.push(date.clone());
        activities.push(Activity {
            id: String::new(),
            path: vec!["一、".to_owned(), marker],
            title: Some(title),
            span,
            units: vec![Unit {
                name: (*unit).to_owned(),
                role: UnitRole::Responsible,
                function: None,
                group: false,
                span: CharSpan(unit_at, unit_at + length(unit)),
            }],
            dates: vec![date],
            kinds: vec![(*kind).to_owned()],
            audiences: Vec::new(),
            quantities: Vec::new(),
        });
    }
    let end = length(&text);
    outline[0].span.1 = end;
    let id = id_of(&text);
    for (ordinal, activity) in (1..).zip(&mut activities) {
        activity.id = format!("{id}.{ordinal}");
    }
    Notice {
        schema: SCHEMA.to_owned(),
        source: Source {
            path: format!("{id}.txt"),
            member: None,
            media_type: "text/plain".to_owned(),
            charset: Some("UTF-8".to_owned()),
            ocr: false,
            bytes: text.len() as u64,
            sha256: id.repeat(4),
        },
        id,
        title: Some(draft.title.to_owned()),
        kind: Some(draft.kind.to_owned()),
        doc_number: Some(format!("测安办〔{}〕8号", draft.year)),
        issuers: vec![draft.issuer.to_owned()],
        addressees: vec!["各有关单位".to_owned()],
        copied_to: Vec::new(),
        issued: Some(jiff::civil::date(draft.year, 5, 20)),
        year: Some(draft.year),
        region: Some(draft.region.0.to_owned()),
        region_today: None,
        region_path: draft.region.1.iter().map(|s| (*s).to_owned()).collect(),
        level: None,
        campaign: Some(Campaign {
            name: "安全生产月".to_owned(),
            edition: Some(22),
            theme: Some("人人讲安全、个个会应急".to_owned()),
        }),
        publicity: None,
        secrecy: None,
        urgency: None,
        signer: None,
        outline,
        activities,
        dates,
        contacts: vec![Contact {
            names: vec!["秦测试".to_owned()],
            phones: vec!["0123-5550199".to_owned()],
            ..Contact::default()
        }],
        hotlines: Vec::new(),
        series: None,
        parts: vec![Part {
            number: 0,
            kind: PartKind::Notice,
            title: Some(draft.title.to_owned()),
            span: CharSpan(0, end),
        }],
        attachments: Vec::new(),
        citations: Vec::new(),
        diagnostics: Vec::new(),
        text,
    }
}

fn section(depth: usize, marker: &str, ordinal: u32, heading: &str, span: CharSpan) -> Section {
    let path = match depth {
        1 => vec![marker.to_owned()],
        _ => vec!["一、".to_owned(), marker.to_owned()],
    };
    let start = span.0 + marker.chars().count();
    Section {
        depth,
        marker: marker.to_owned(),
        style: "hanzi-dot".to_owned(),
        ordinal,
        heading: Some(heading.to_owned()),
        role: SectionRole::Activities,
        part: 0,
        span,
        heading_span: Some(CharSpan(start, start + heading.chars().count())),
        path,
    }
}

fn id_of(text: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
    }
    format!("{hash:016x}")
}

/// Four notices of two campaigns' years, three regions and two kinds.
pub(crate) fn shelf() -> Vec<Notice> {
    [
        Draft {
            title: "关于开展2022年“安全生产月”活动的通知",
            kind: "通知",
            year: 2022,
            region: ("420100", &["湖北省", "武汉市"]),
            issuer: "武汉市安全生产委员会办公室",
            activities: &[
                (
                    "组织应急演练。中国农业发展银行各网点参加疏散，配备24口交换机一台。",
                    "市应急管理局",
                    "应急演练",
                ),
                (
                    "举办知识竞赛。面向学校开展消防知识答题。",
                    "市教育局",
                    "知识竞赛",
                ),
            ],
        },
        Draft {
            title: "2023年全省消防宣传月活动方案",
            kind: "方案",
            year: 2023,
            region: ("420000", &["湖北省"]),
            issuer: "湖北省消防救援总队",
            activities: &[
                (
                    "开展疏散演练。高层住宅小区每半年组织一次，零事故。",
                    "省消防救援总队",
                    "应急演练",
                ),
                (
                    "开展主题宣讲。走进企业、农村、社区、学校、家庭。",
                    "省教育厅",
                    "宣讲学习",
                ),
            ],
        },
        Draft {
            title: "关于做好2023年防灾减灾周工作的通知",
            kind: "通知",
            year: 2023,
            region: ("320400", &["江苏省", "常州市"]),
            issuer: "常州市应急管理局",
            activities: &[(
                "组织地震应急演练。学校、医院各办一次。",
                "市教育局",
                "应急演练",
            )],
        },
        Draft {
            title: "关于开展2024年爱国卫生月活动的通知",
            kind: "通知",
            year: 2024,
            region: ("150600", &["内蒙古自治区", "鄂尔多斯市"]),
            issuer: "鄂尔多斯市爱国卫生运动委员会",
            activities: &[(
                "清理卫生死角。整治 农 贸 市场，<b>不留</b>盲区。",
                "市卫生健康委员会",
                "隐患排查",
            )],
        },
    ]
    .iter()
    .map(notice)
    .collect()
}

/// An engine over an index of these notices in `dir`.
pub(crate) fn engine(dir: &Path, notices: &[Notice]) -> Engine {
    let kept = notices.iter().map(|n| (n.id.clone(), n.clone())).collect();
    engine_over(dir, notices, Box::new(Kept(kept)))
}

/// An engine over an index of these notices in `dir`, and another store of them.
pub(crate) fn engine_over(dir: &Path, notices: &[Notice], kept: Box<dyn Notices>) -> Engine {
    let index = Index::open(dir).expect("an index");
    let mut writer = index.writer().expect("a writer");
    for notice in notices {
        writer
            .put(notice, std::slice::from_ref(&notice.source.path))
            .expect("put");
    }
    writer.commit(1).expect("committed");
    drop(writer);
    index.reload().expect("reloaded");
    Engine::new(index, kept)
}

/// A store in memory.
struct Kept(HashMap<String, Notice>);

impl Notices for Kept {
    fn notice(&self, id: &str) -> Result<Option<Notice>, Error> {
        Ok(self.0.get(id).cloned())
    }
}

/// The shelf, indexed in a folder of its own.
pub(crate) fn made() -> (TempDir, Engine, Vec<Notice>) {
    let folder = tempfile::tempdir().expect("a folder");
    let notices = shelf();
    let engine = engine(folder.path(), &notices);
    (folder, engine, notices)
}
