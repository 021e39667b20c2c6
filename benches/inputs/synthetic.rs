//! Notices from a seed: regions, years, units, kinds and words distributed as in real notices, none of them real.
//!
//! Words are those of the corpus, as often as there: half of a notice's words are drawn from one notice of the corpus, so
//! that they keep their company, and half from all. A word that people ask for so stands in some three of a hundred
//! activities, as in real ones. A notice has one region, year, issuer and campaign, and its activities have units of that
//! region. The same seed over the same corpus gives the same notices.

use super::chance::Chance;
use gongwen::entity::date::DateRole;
use gongwen::entity::region::Level;
use gongwen::entity::unit::UnitRole;
use gongwen::outline::role::SectionRole;
use gongwen::record::Notice;
use gongwen::record::notice::{Activity, Campaign, DateMention, SCHEMA, Section, Source, Unit};
use gongwen::span::CharSpan;
use jieba_rs::Jieba;

const PROVINCES: [(&str, &str); 12] = [
    ("湖北省", "42"),
    ("江苏省", "32"),
    ("四川省", "51"),
    ("广东省", "44"),
    ("河南省", "41"),
    ("浙江省", "33"),
    ("山东省", "37"),
    ("湖南省", "43"),
    ("云南省", "53"),
    ("甘肃省", "62"),
    ("吉林省", "22"),
    ("海南省", "46"),
];
const CITY_FIRST: &str = "安平宁远华兴清永德新东南西北金长高临武泰";
const CITY_SECOND: &str = "阳州城江山川陵水河海原昌宁丰源泉湖林田岭";
const FUNCTIONS: [(&str, &str); 24] = [
    ("应急管理", "应急管理局"),
    ("教育", "教育局"),
    ("公安", "公安局"),
    ("消防救援", "消防救援大队"),
    ("卫生健康", "卫生健康局"),
    ("住房和城乡建设", "住房和城乡建设局"),
    ("交通运输", "交通运输局"),
    ("市场监管", "市场监督管理局"),
    ("农业农村", "农业农村局"),
    ("文化和旅游", "文化和旅游局"),
    ("工业和信息化", "工业和信息化局"),
    ("民政", "民政局"),
    ("自然资源", "自然资源和规划局"),
    ("水利", "水利局"),
    ("生态环境", "生态环境局"),
    ("宣传", "委宣传部"),
    ("司法行政", "司法局"),
    ("财政", "财政局"),
    ("人力资源和社会保障", "人力资源和社会保障局"),
    ("商务", "商务局"),
    ("气象", "气象局"),
    ("共青团", "团委"),
    ("工会", "总工会"),
    ("妇联", "妇女联合会"),
];
const KINDS: [&str; 16] = [
    "宣传教育",
    "应急演练",
    "教育培训",
    "隐患排查",
    "知识竞赛",
    "主题宣讲",
    "咨询服务",
    "志愿服务",
    "执法检查",
    "专题讲座",
    "公益广告",
    "文艺演出",
    "参观体验",
    "座谈研讨",
    "案例警示",
    "总结评估",
];
const AUDIENCES: [&str; 8] = [
    "企业",
    "学校",
    "社区",
    "农村",
    "家庭",
    "机关",
    "公共场所",
    "医院",
];
const CAMPAIGNS: [&str; 12] = [
    "安全生产月",
    "防灾减灾周",
    "消防宣传月",
    "爱国卫生月",
    "节能宣传周",
    "质量月",
    "网络安全宣传周",
    "宪法宣传周",
    "食品安全宣传周",
    "世界水日",
    "禁毒宣传月",
    "健康中国行",
];
/// Verbs and nouns of notices that are asked for.
const WORDS: [&str; 161] = [
    "开展",
    "活动",
    "组织",
    "安全",
    "宣传",
    "工作",
    "单位",
    "各",
    "进行",
    "加强",
    "演练",
    "教育",
    "应急",
    "培训",
    "知识",
    "生产",
    "企业",
    "社区",
    "学校",
    "群众",
    "隐患",
    "排查",
    "责任",
    "落实",
    "部门",
    "消防",
    "主题",
    "举办",
    "通过",
    "服务",
    "管理",
    "检查",
    "能力",
    "重点",
    "意识",
    "人员",
    "提高",
    "发放",
    "资料",
    "现场",
    "咨询",
    "宣讲",
    "竞赛",
    "志愿",
    "广泛",
    "媒体",
    "视频",
    "警示",
    "案例",
    "救援",
    "防范",
    "治理",
    "整治",
    "专项",
    "行动",
    "监督",
    "执法",
    "培养",
    "引导",
    "参与",
    "职工",
    "员工",
    "负责人",
    "班组",
    "一线",
    "农村",
    "家庭",
    "居民",
    "学生",
    "教师",
    "医院",
    "公园",
    "广场",
    "商场",
    "工地",
    "矿山",
    "化工",
    "燃气",
    "用电",
    "火灾",
    "地震",
    "洪涝",
    "台风",
    "疏散",
    "逃生",
    "自救",
    "互救",
    "急救",
    "预案",
    "物资",
    "储备",
    "避难场所",
    "预警",
    "信息",
    "平台",
    "微信",
    "公众号",
    "短视频",
    "直播",
    "展板",
    "横幅",
    "海报",
    "手册",
    "传单",
    "讲座",
    "课堂",
    "体验馆",
    "开放日",
    "观摩",
    "比武",
    "技能",
    "标兵",
    "评选",
    "表彰",
    "总结",
    "报送",
    "台账",
    "整改",
    "闭环",
    "清单",
    "督导",
    "考核",
    "通报",
    "联系人",
    "方案",
    "细则",
    "法律",
    "法规",
    "条例",
    "标准",
    "规范",
    "制度",
    "体系",
    "网格",
    "街道",
    "乡镇",
    "村委会",
    "物业",
    "电梯",
    "特种设备",
    "危险化学品",
    "烟花爆竹",
    "交通",
    "客运",
    "货运",
    "校车",
    "水上",
    "渔船",
    "旅游",
    "景区",
    "民宿",
    "养老院",
    "福利院",
    "粮食",
    "种子",
    "化肥",
    "农药",
    "节水",
    "节能",
    "垃圾分类",
    "河道",
];
/// Words beyond the frequent ones are made of these characters, two a word: 6,400 of them.
const RARE: &str = "磁碑蚕茧藤棉麻桑瓷窑砚墨笺帖榫卯漆雕蜡染绣织锦缎陶鼓锣笙箫笛琴瑟鹿鹤雁鲟鲤藕菱荷蒲芦苇杉柏桐榆槐椿橘柚梨枣杏李桃栗松茶姜葱蒜椒盐糖酱醋酒醪曲饴";
const CLAUSES: [&str; 10] = [
    "，",
    "，",
    "，",
    "、",
    "。",
    "，并",
    "，同时",
    "；",
    "，切实",
    "，进一步",
];

/// Deterministic notices, one after the other.
pub(crate) struct Synthetic {
    chance: Chance,
    rare: Vec<char>,
    /// The words of each notice of the corpus, as they stand, one after the other.
    words: Vec<String>,
    /// Where each notice's words begin and end.
    models: Vec<std::ops::Range<usize>>,
    /// The model of the notice that is being made.
    model: std::ops::Range<usize>,
    made: u64,
}

/// The words of the corpus, notice by notice.
fn vocabulary() -> (Vec<String>, Vec<std::ops::Range<usize>>) {
    let jieba = Jieba::new();
    let (mut words, mut models) = (Vec::new(), Vec::new());
    for (_, bytes) in super::corpus() {
        let text = String::from_utf8_lossy(&bytes);
        let begin = words.len();
        // Numbers, signs and names of places are the generator's own
        let cut = jieba.cut(&text, false).into_iter();
        let cut = cut.filter(|token| {
            token
                .word
                .chars()
                .all(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
        });
        words.extend(cut.map(|token| token.word.to_owned()));
        if words.len() > begin {
            models.push(begin..words.len());
        }
    }
    (words, models)
}

impl Synthetic {
    pub(crate) fn new(seed: u64) -> Self {
        let (words, models) = vocabulary();
        Self {
            chance: Chance::new(seed),
            rare: RARE.chars().collect(),
            model: 0..words.len(),
            words,
            models,
            made: 0,
        }
    }

    fn word(&mut self, out: &mut String) {
        let c = &mut self.chance;
        let at = match c.below(100) {
            0..5 => {
                let n = self.rare.len();
                out.push(self.rare[c.rank(n)]);
                out.push(self.rare[c.rank(n)]);
                return;
            }
            // So that each of these stands somewhere
            5..8 => {
                out.push_str(c.of(&WORDS));
                return;
            }
            8..54 => self.model.start + c.below(self.model.len()),
            _ => c.below(self.words.len()),
        };
        out.push_str(&self.words[at]);
    }

    /// A sentence of about so many characters.
    fn sentence(&mut self, length: usize) -> String {
        let mut out = String::new();
        let mut count = 0;
        while count < length {
            for _ in 0..3 + self.chance.below(4) {
                let before = out.len();
                self.word(&mut out);
                count += (out.len() - before) / 3;
            }
            out.push_str(self.chance.of(&CLAUSES));
            count += 1;
        }
        out.trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_owned()
            + "。"
    }

    fn city(&mut self) -> String {
        let pick = |chance: &mut Chance, from: &str| {
            let chars: Vec<char> = from.chars().collect();
            chars[chance.below(chars.len())]
        };
        let first = pick(&mut self.chance, CITY_FIRST);
        let second = pick(&mut self.chance, CITY_SECOND);
        format!("{first}{second}")
    }

    /// The next notice, with five to nineteen activities of about two hundred characters each.
    pub(crate) fn notice(&mut self) -> Notice {
        self.made += 1;
        self.model = self.models[self.chance.below(self.models.len())].clone();
        let (province, code) = PROVINCES[self.chance.rank(PROVINCES.len())];
        let city = self.city();
        let level = self.chance.below(3);
        let mut region_path = vec![province.to_owned()];
        if level > 0 {
            region_path.push(format!("{city}市"));
        }
        let county = self.city();
        if level > 1 {
            region_path.push(format!("{county}县"));
        }
        let place = match level {
            0 => province.to_owned(),
            1 => format!("{city}市"),
            _ => format!("{county}县"),
        };
        let year = 2004 + self.chance.rank(21) as i16;
        let year = 2028 - (year - 2000);
        let campaign = self.chance.ranked(&CAMPAIGNS).to_owned();
        let issuer = format!("{place}{}", FUNCTIONS[self.chance.rank(FUNCTIONS.len())].1);
        let title = format!("{place}{year}年“{campaign}”活动方案");
        let id = format!("{:016x}", self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut text = format!("{title}\n\n各有关单位：\n一、主要活动\n");
        let mut length = text.chars().count();
        let section = |marker: &str, heading: &str, depth: usize, span: CharSpan| Section {
            depth,
            marker: marker.to_owned(),
            style: "hanzi-dot".to_owned(),
            ordinal: 1,
            heading: Some(heading.to_owned()),
            role: SectionRole::Activities,
            part: 0,
            span,
            heading_span: None,
            path: Vec::new(),
        };
        let begin = length - 7;
        let mut activities = Vec::new();
        for ordinal in 1..=5 + self.chance.below(15) {
            let (activity, piece) = self.activity(&id, ordinal, length, &place, year);
            length += piece.chars().count();
            text.push_str(&piece);
            activities.push(activity);
        }
        let mut outline = vec![section("一、", "主要活动", 1, CharSpan(begin, length))];
        outline.extend(activities.iter().map(|activity: &Activity| {
            let heading = activity.title.as_deref().unwrap_or_default();
            section(&activity.path[1], heading, 2, activity.span)
        }));
        let day = jiff::civil::date(
            year,
            1 + self.chance.below(12) as i8,
            1 + self.chance.below(28) as i8,
        );
        Notice {
            schema: SCHEMA.to_owned(),
            source: Source {
                path: format!("archive/{year}/{id}.txt"),
                member: None,
                media_type: "text/plain".to_owned(),
                charset: Some("UTF-8".to_owned()),
                bytes: text.len() as u64,
                sha256: id.repeat(4),
                ocr: false,
            },
            title: Some(title),
            kind: Some(
                self.chance
                    .ranked(&["方案", "通知", "意见", "办法", "函"])
                    .to_owned(),
            ),
            doc_number: Some(format!(
                "{city}安办〔{year}〕{}号",
                1 + self.chance.below(99)
            )),
            issuers: vec![issuer],
            addressees: Vec::new(),
            copied_to: Vec::new(),
            issued: Some(day),
            year: Some(year),
            region: Some(format!("{code}{}", ["0000", "0100", "0101"][level])),
            region_today: None,
            region_path,
            level: Some([Level::Province, Level::Prefecture, Level::County][level]),
            series: Some(format!("{place}/{campaign}")),
            campaign: Some(Campaign {
                name: campaign,
                edition: Some(12),
                theme: None,
            }),
            publicity: None,
            secrecy: None,
            urgency: None,
            signer: None,
            outline,
            activities,
            dates: Vec::new(),
            contacts: Vec::new(),
            hotlines: Vec::new(),
            parts: Vec::new(),
            attachments: Vec::new(),
            citations: Vec::new(),
            diagnostics: Vec::new(),
            id,
            text,
        }
    }

    fn activity(
        &mut self,
        id: &str,
        ordinal: usize,
        start: usize,
        place: &str,
        year: i16,
    ) -> (Activity, String) {
        let kind = self.chance.ranked(&KINDS);
        let audience = self.chance.ranked(&AUDIENCES);
        let marker = format!(
            "（{}）",
            gongwen::text::numeral::to_counting(ordinal as u32)
        );
        let title = format!("开展{audience}{kind}");
        let month = 1 + self.chance.below(12) as i8;
        let day = 1 + self.chance.below(28) as i8;
        let deadline = self.chance.below(4) == 0;
        let mut piece = format!(
            "{marker}{title}。{month}月{day}日{}，",
            if deadline { "前" } else { "" }
        );
        let length = 60 + self.chance.below(180);
        piece.push_str(&self.sentence(length));
        piece.push_str("（责任单位：");
        let mut units = Vec::new();
        for at in 0..1 + self.chance.below(3) {
            let (function, name) = FUNCTIONS[self.chance.rank(FUNCTIONS.len())];
            let name = match self.chance.below(3) {
                0 => format!("{place}{name}"),
                _ => format!("{}{name}", if place.ends_with('县') { "县" } else { "市" }),
            };
            if at > 0 {
                piece.push('、');
            }
            piece.push_str(&name);
            units.push(Unit {
                name,
                role: if at == 0 {
                    UnitRole::Responsible
                } else {
                    UnitRole::Cooperating
                },
                function: Some(function.to_owned()),
                group: false,
                span: CharSpan(start, start),
            });
        }
        piece.push_str("）\n");
        let end = start + piece.chars().count() - 1;
        let date = jiff::civil::date(year, month, day);
        let activity = Activity {
            id: format!("{id}.{ordinal}"),
            path: vec!["一、".to_owned(), marker],
            title: Some(title),
            span: CharSpan(start, end),
            units,
            dates: vec![DateMention {
                text: format!("{month}月{day}日"),
                start: (!deadline).then_some(date),
                end: Some(date),
                role: if deadline {
                    DateRole::Deadline
                } else {
                    DateRole::Event
                },
                rrule: None,
                edtf: None,
                span: CharSpan(start, start),
                inferred: true,
            }],
            kinds: vec![kind.to_owned()],
            audiences: vec![audience.to_owned()],
            quantities: Vec::new(),
        };
        (activity, piece)
    }
}

/// Queries as people type them, `n` of them, all distinct in their seed: one word, two, three, a compound without blanks.
pub(crate) fn queries(seed: u64, n: usize) -> Vec<String> {
    let mut c = Chance::new(seed);
    let rare: Vec<char> = RARE.chars().collect();
    let mut out = Vec::new();
    while out.len() < n {
        let word = |c: &mut Chance| -> String {
            match c.below(10) {
                0 => [rare[c.rank(rare.len())], rare[c.rank(rare.len())]]
                    .iter()
                    .collect(),
                1 => c.of(&KINDS).to_owned(),
                2 => c.of(&CAMPAIGNS).to_owned(),
                _ => WORDS[8 + c.below(WORDS.len() - 8)].to_owned(),
            }
        };
        let query = match out.len() % 5 {
            0 => word(&mut c),
            1 | 2 => format!("{} {}", word(&mut c), word(&mut c)),
            3 => format!("{} {} {}", word(&mut c), word(&mut c), word(&mut c)),
            _ => format!("{}{}", word(&mut c), word(&mut c)),
        };
        out.push(query);
    }
    out
}
