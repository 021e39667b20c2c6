//! What was done before the notice: in a month of the year before, by people whom a day parts from others.

use super::phrase::Bound;
use super::phrase::Phrase;
use super::reader::after;
use super::reader::before;
use crate::text::words::Words;
use crate::text::words::words;

/// 12月，会议通过了…: what was done in a month or on a day that the year of issue has not yet seen.
pub(super) fn was_done(text: &str, phrase: &Phrase) -> bool {
    if phrase.bound != Bound::Whole || phrase.dotted {
        return false;
    }
    let next = after(text, phrase.span.end, 60, &['。', '；', ';', '\n']);
    // 会议指出，12月19日至21日召开的…会议对…作出部署
    if words!["召开的", "举行的", "闭幕的"].begin(next.trim_start()) {
        let head = before(text, phrase.span.start, 12);
        let head = head.rsplit(['。', '；', '\n']).next().unwrap_or(head);
        let said = words!["指出", "强调", "作出", "提出", "明确", "决定"].is_in(next)
            || words!["指出", "强调", "传达", "学习", "贯彻", "落实"].is_in(head);
        return said && !words!["参加", "出席", "将", "拟"].is_in(head);
    }
    if phrase.to.is_some() {
        return false;
    }
    let done = words![
        "通过了",
        "印发了",
        "发布了",
        "公布了",
        "出台了",
        "修订了",
        "颁布了",
        "召开了",
        "审议了",
        "举行了",
        "作出了",
        "下发了",
        "批准了",
        "签署了",
        "开展了",
        "组织了",
        "举办了",
        "成立了"
    ];
    done.find(next)
        .is_some_and(|at| !words!["将", "要", "拟", "请", "应", "待"].is_in(&next[..at]))
}

/// 11月30日以前入党的党员: who is meant, whether the day is over or not.
pub(super) fn is_of_persons(text: &str, end: usize) -> bool {
    let next = after(text, end, 30, &['，', ',', '。', '；', ';', '：', '\n']);
    static VERBS: Words = Words::new(&[
        "出生",
        "参加工作",
        "年满",
        "入伍",
        "入党",
        "入团",
        "入职",
        "退休",
        "毕业",
        "退役",
    ]);
    // 年底前退休人员的待遇, 入党积极分子的培训: of these the verb is but part of a name, and the day is one to come
    static REST: Words = Words::new(&[
        "的", "满", "并", "且", "或", "、", "但", "未", "尚", "在", "于", "离校", "报到",
    ]);
    let aged = next.trim_start().starts_with("年满");
    let Some(rest) = VERBS.strip(next.trim_start()) else {
        return false;
    };
    (aged || REST.begin(rest)) && next.contains('的')
}

/// 2005年8月31日前出生的, 2020年1月1日后登记的车辆: the day parts those who are meant from the others.
pub(super) fn is_qualified(text: &str, start: usize, end: usize) -> bool {
    static ALWAYS: Words = Words::new(&["出生", "参加工作", "年满", "入伍", "入党"]);
    static STATE: Words = Words::new(&[
        "建成",
        "建造",
        "登记",
        "注册",
        "取得",
        "获得",
        "获批",
        "办理",
        "领取",
        "竣工",
        "投入",
        "投产",
        "投运",
        "入职",
        "入学",
        "毕业",
        "退休",
        "购买",
        "购置",
        "成立",
        "设立",
        "签订",
        "立项",
        "开工",
        "批准",
        "核准",
        "备案",
        "发生",
        "形成",
        "存在",
        "满",
        "生产",
        "出厂",
        "进口",
        "申请",
        "缴纳",
        "交付",
        "核发",
        "颁发",
        "退役",
        "聘用",
        "录用",
        "在职",
        "落户",
        "开业",
        "营业",
        "修建",
        "兴建",
        "始建",
        "建设",
        "改建",
        "扩建",
        "受理",
        "立案",
        "死亡",
        "结婚",
        "离婚",
        "参保",
        "就业",
        "发证",
        "制定",
        "发布",
        "通过验收",
        "完成的",
        "报名的",
        "提交的",
        "申报的",
        "在册",
        "在岗",
        "调入",
        "调离",
        "完工",
        "到期",
        "入库",
        "结项",
        "招录",
        "办结",
        "审结",
        "结案",
        "作出",
        "发表",
        "出版",
        "刊发",
        "创作",
        "播出",
        "授权",
        "认定",
        "结题",
        "开具",
        "采购",
        "引进",
        "签约",
    ]);
    let next = after(text, end, 30, &['，', ',', '。', '；', ';', '：', '\n']);
    let next = next.trim_start_matches(|c: char| "（）()含 ".contains(c));
    let during = words!["期间", "之间", "内", "间"].strip(next);
    let next = during.unwrap_or(next);
    // 对3月底前未完成的，予以通报: who will not have done it
    if words!["未", "仍未", "没有", "不"].begin(next) {
        return false;
    }
    let verb = ["新", "在", "依法", "首次", "经", "已", "所"]
        .iter()
        .find_map(|w| next.strip_prefix(w))
        .unwrap_or(next);
    if ALWAYS.begin(next) || ALWAYS.begin(verb) {
        return true;
    }
    let head = before(text, start, 3);
    let chosen = words!["凡", "凡是", "凡在", "凡于", "对", "对在", "对于"].end(head);
    // 申报条件：…期间建成并通过验收
    let state = STATE.begin(next) || STATE.begin(verb);
    next.contains('的') && (chosen || state) || during.is_some() && state
}
