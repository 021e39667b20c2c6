//! Clauses that say who does what: A牵头，B、C配合; A、B等按职责分工负责.

use super::UnitRole;
use super::list;
use super::member;
use super::name;
use crate::span::Span;
use crate::text::fold::is_blank;
use crate::text::letter::is_alphanumeric;
use crate::text::words::Words;
use crate::text::words::keys;
use crate::text::words::words;

/// Lists of names with their role, in order.
pub(super) type Parts = Vec<(Span, UnitRole)>;

/// How far a run of characters must be a clause.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// After a label: members without a verb have the label's role.
    Labelled(UnitRole),
    /// In a bracket: every member a unit, at least one verb; a verb may have an object.
    Bracket,
    /// A sentence: as in a bracket, but nothing after the verb than more of its kind.
    Sentence,
}

/// Verbs and what stands around them, with the role a verb gives.
const VERBS: &[(&str, Option<UnitRole>)] = &[
    ("为牵头单位", Some(UnitRole::Lead)),
    ("为牵头部门", Some(UnitRole::Lead)),
    ("为责任单位", Some(UnitRole::Responsible)),
    ("为责任部门", Some(UnitRole::Responsible)),
    ("为配合单位", Some(UnitRole::Cooperating)),
    ("为配合部门", Some(UnitRole::Cooperating)),
    ("为主负责", Some(UnitRole::Lead)),
    ("为主", Some(UnitRole::Lead)),
    ("总牵头", Some(UnitRole::Lead)),
    ("牵头", Some(UnitRole::Lead)),
    ("各负其责", Some(UnitRole::Responsible)),
    ("负总责", Some(UnitRole::Responsible)),
    ("负责", Some(UnitRole::Responsible)),
    ("配合", Some(UnitRole::Cooperating)),
    ("参与", Some(UnitRole::Cooperating)),
    ("参加", Some(UnitRole::Cooperating)),
    ("协助", Some(UnitRole::Cooperating)),
    ("协同负责", Some(UnitRole::Responsible)),
    ("协同", Some(UnitRole::Cooperating)),
    ("协作", Some(UnitRole::Cooperating)),
    ("协办", Some(UnitRole::Cooperating)),
    ("支持", Some(UnitRole::Cooperating)),
    ("支撑", Some(UnitRole::Cooperating)),
    ("主办", Some(UnitRole::Host)),
    ("承办", Some(UnitRole::Organizer)),
    ("组织实施", Some(UnitRole::Responsible)),
    ("贯彻落实", Some(UnitRole::Responsible)),
    ("抓好落实", Some(UnitRole::Responsible)),
    ("落实", Some(UnitRole::Responsible)),
    ("实施", Some(UnitRole::Responsible)),
    ("承担", Some(UnitRole::Responsible)),
    ("分工", None),
    ("按职责", None),
    ("按照职责", None),
    ("按照各自职责", None),
    ("按各自职责", None),
    ("按照", None),
    ("按", None),
    ("根据", None),
    ("依据", None),
    ("依", None),
    ("在各自", None),
    ("结合实际", None),
    ("结合", None),
    ("各自", None),
    ("职责", None),
    ("职能", None),
    ("职权", None),
    ("权限", None),
    ("范围内", None),
    ("范围", None),
    ("任务", None),
    ("分别", None),
    ("分头", None),
    ("共同", None),
    ("联合", None),
    ("具体", None),
    ("各", None),
    ("组织", None),
    ("推进", None),
    ("协调", None),
    ("统筹", None),
    ("督促", None),
    ("监督", None),
    ("督办", None),
    ("跟踪", None),
    ("抓好", None),
    ("做好", None),
    ("办理", None),
    ("完成", None),
    ("开展", None),
    ("自行", None),
    ("实际情况", None),
    ("因地制宜", None),
    ("此项", None),
    ("该项", None),
    ("本项", None),
    ("业务", None),
    ("检查", None),
    ("审核", None),
    ("确认", None),
    ("评审", None),
    ("相关工作", None),
    ("有关工作", None),
    ("工作", None),
    ("并", None),
    ("抓总", None),
    ("指导", None),
    ("等", None),
];

/// The same words, without what they say.
static VERB_WORDS: Words = Words::new(&VERB_KEYS);
const VERB_KEYS: [&str; VERBS.len()] = keys(VERBS);

/// The lists of names in `span` and their roles; empty where the characters are no such clauses.
pub(super) fn parse(text: &str, span: Span, reading: Reading) -> Parts {
    read(text, span, reading).unwrap_or_default()
}

fn read(text: &str, span: Span, reading: Reading) -> Option<Parts> {
    let labelled = match reading {
        Reading::Labelled(role) => Some(role),
        _ => None,
    };
    let mut out = Parts::new();
    let mut pending: Vec<Span> = Vec::new();
    let mut verbs = 0;
    let mut with = false;
    // how many lists stand before 会同
    let mut apart = 0;
    for member in members(text, span) {
        let whole = member.start;
        let (member, joined) = without_lead_in(text, member);
        // what stands before 由 without a verb of its own is no list of names
        if labelled.is_none() && member.start > whole && !joined && !pending.is_empty() {
            return None;
        }
        if joined && !with {
            apart = pending.len();
        }
        with |= joined;
        let words = member.of(text);
        // 各村支部书记为第一责任人: a person
        if words.is_empty() || member::is_nothing(words) || words.ends_with("责任人") {
            continue;
        }
        // 甲部、乙部负责，排在第一位的为牵头部门，下同
        let listed = labelled.is_some() && !pending.is_empty();
        if (verbs > 0 || listed) && member::is_note(name::without_note(words)) {
            continue;
        }
        // （由各市人民政府结合实际推进）, 由县教育局组织
        let by = member.start > whole && !joined && labelled.is_none();
        if let Some((left, role)) = verb(text, member, reading, by) {
            if !left.is_empty() {
                add(text, &mut pending, left);
            } else if pending.is_empty() {
                continue;
            }
            let role = match labelled {
                // 责任单位：A、B按职责分工负责 says no more than its label
                Some(given) if role == UnitRole::Responsible => given,
                // 甲局牵头，会同乙局、丙局实施
                _ if with
                    && role == UnitRole::Responsible
                    && out.iter().any(|(_, r)| *r == UnitRole::Lead) =>
                {
                    UnitRole::Cooperating
                }
                _ => role,
            };
            if role == UnitRole::Cooperating && reading != Reading::Sentence && out.is_empty() {
                // （甲局、乙局，丙镇配合）: who stands before the comma does it
                let does = labelled.unwrap_or(UnitRole::Responsible);
                part_at_comma(text, &mut pending, does, &mut out);
            }
            out.extend(pending.drain(..).map(|p| (p, role)));
            verbs += 1;
            with = false;
        } else if member::is_time(words) || labelled.is_none() && member::is_venue(words) {
        } else {
            let kept = member::trimmed_len(words);
            let name = Span::new(member.start, member.start + kept);
            if kept == 0 {
                continue;
            }
            let fits = match reading {
                Reading::Labelled(_) => is_named(name.of(text)),
                _ => strict(name.of(text)),
            };
            if fits {
                add(text, &mut pending, name);
            } else if labelled.is_none() {
                return None;
            }
        }
    }
    match labelled {
        Some(role) => {
            // 责任单位：甲局会同乙局
            let helps = |n: usize| with && n >= apart;
            let all = pending.into_iter().enumerate();
            out.extend(all.map(|(n, p)| match helps(n) {
                true => (p, UnitRole::Cooperating),
                false => (p, role),
            }));
        }
        // （甲局会同乙局）: no verb but this
        None if verbs == 0 && with && reading == Reading::Bracket && pending.len() == 2 => {
            out.extend(
                pending
                    .into_iter()
                    .zip([UnitRole::Lead, UnitRole::Cooperating]),
            );
        }
        None if verbs == 0 => return None,
        None if pending.is_empty() => {}
        None if with
            || out.iter().all(|(_, r)| *r == UnitRole::Lead) && reading == Reading::Bracket =>
        {
            out.extend(pending.into_iter().map(|p| (p, UnitRole::Cooperating)));
        }
        None => return None,
    }
    named(text, &out, reading).then_some(out)
}

/// Takes out of the list that helps what a comma parts from its last names: it `does` the work.
fn part_at_comma(text: &str, pending: &mut [Span], does: UnitRole, out: &mut Parts) {
    let Some(list) = pending.last_mut() else {
        return;
    };
    let mut depth = 0;
    let comma = list.of(text).char_indices().filter(|(_, c)| {
        depth = (depth + list::depth_change(*c)).max(0);
        depth == 0 && matches!(c, '，' | ',' | '；' | ';')
    });
    if let Some((at, comma)) = comma.last() {
        let at = list.start + at;
        let doers = Span::new(list.start, at);
        *list = Span::new(at + comma.len_utf8(), list.end);
        out.push((doers, does));
    }
}

/// Whether the lists name units and not only kinds of actors.
fn named(text: &str, parts: &Parts, reading: Reading) -> bool {
    let mut members = parts
        .iter()
        .flat_map(|(span, _)| span.of(text).split(list::is_separator))
        .map(str::trim);
    let mut previous = "";
    match reading {
        Reading::Labelled(_) => true,
        Reading::Bracket => members.any(|m| !name::is_general(m)),
        // 各镇党委、政府负责: whose government it is stands before
        Reading::Sentence => members.all(|m| {
            let shared = list::shared(previous, m).is_some();
            previous = m;
            shared || !name::is_general(m)
        }),
    }
}

/// Whether the words end as such clauses do; what does not need not be read.
pub(super) fn ends_in_verb(words: &str) -> bool {
    VERB_WORDS.end(words)
}

/// Lists that touch are one list, so that 各省、自治区、直辖市人民政府 stays whole.
fn add(text: &str, pending: &mut Vec<Span>, name: Span) {
    if let Some(last) = pending.last_mut() {
        let between = Span::new(last.end, name.start).of(text);
        if between
            .chars()
            .all(|c| list::is_separator(c) || is_blank(c))
        {
            last.end = name.end;
            return;
        }
    }
    pending.push(name);
}

/// The members between separators of any kind, and before 会同.
fn members(text: &str, span: Span) -> Vec<Span> {
    let inner = span.of(text);
    let mut out = Vec::new();
    let mut start = 0;
    let mut depth = 0;
    let with = inner.contains("会同");
    for (at, c) in inner.char_indices() {
        depth = (depth + list::depth_change(c)).max(0);
        if depth > 0 {
            continue;
        }
        if list::is_separator(c) || matches!(c, '。' | '\t') {
            out.push(Span::new(start, at));
            start = at + c.len_utf8();
        } else if with && at > start && inner[at..].starts_with("会同") {
            out.push(Span::new(start, at));
            start = at;
        }
    }
    out.push(Span::new(start, inner.len()));
    out.into_iter()
        .map(|s| s.shifted(span.start).trimmed(text))
        .collect()
}

/// The member less 由, 请, 会同 at its beginning; and whether it is joined by 会同 to those before.
fn without_lead_in(text: &str, member: Span) -> (Span, bool) {
    let words = member.of(text);
    // 以上任务由县教育局负责
    if let Some(at) = words.find('由').filter(|at| (6..=27).contains(at)) {
        let head = &words[..at];
        if words!["任务", "工作", "事项", "活动"].end(head) && !name::ends_like_unit(head) {
            let rest = words.len() - at - '由'.len_utf8();
            return (
                Span::new(member.end - rest, member.end).trimmed(text),
                false,
            );
        }
    }
    // 以县教育局为主，县卫健局配合
    if let Some(rest) = words.strip_prefix('以')
        && words!["为主", "为主体", "为牵头单位"].end(rest)
    {
        let span = Span::new(member.end - rest.len(), member.end).trimmed(text);
        return (span, false);
    }
    let rest = words!["主要由", "具体由", "分别由", "由", "并由", "请"].strip(words);
    let joined = words.strip_prefix("会同");
    if let Some(rest) = rest.or(joined) {
        let span = Span::new(member.end - rest.len(), member.end).trimmed(text);
        return (span, joined.is_some());
    }
    (member, false)
}

/// The names before the verb of a member, and the verb's role: 各地区按职责分工负责 → 各地区, responsible.
/// Behind 由 a verb that alone says nothing of a role does.
fn verb(text: &str, member: Span, reading: Reading, by: bool) -> Option<(Span, UnitRole)> {
    let words = member.of(text).trim_end_matches(['。', '；', ';', '，']);
    if words.len() > 600 {
        return None;
    }
    let mut from = 0;
    let mut tries = 0;
    while let Some(found) = VERB_WORDS.find(&words[from..]) {
        let at = from + found;
        tries += 1;
        if tries > 12 {
            return None;
        }
        let left = &words[..at];
        let kept = member::trimmed_len(left);
        let named = match reading {
            Reading::Labelled(_) => kept == 0 || is_named(&left[..kept]),
            _ => kept == 0 || strict(&left[..kept]),
        };
        // 各党组织, 社会组织: of a name
        let of_name = words[at..].starts_with("组织")
            && words!["党", "社会", "基层", "自治", "群团", "群众", "志愿"].end(left);
        if of_name {
            from = at + "组织".len();
            continue;
        }
        let acts = |words: &str| match reading {
            Reading::Bracket => does(words),
            // 由县教育局组织，县卫健局配合
            _ => words == "组织",
        };
        let done = || by && kept > 0 && acts(&words[at..]);
        // 责任分工：甲站负责技术指导: behind a sure name the verb may have an object after a label too
        let object = || {
            let sure = matches!(reading, Reading::Labelled(_))
                && kept > 0
                && !left.contains(['（', '('])
                && strict(&left[..kept]);
            sure.then(|| tail(&words[at..], Reading::Bracket)).flatten()
        };
        if named
            && let Some(role) = tail(&words[at..], reading)
                .or_else(object)
                .or_else(|| done().then_some(UnitRole::Responsible))
        {
            return Some((Span::new(member.start, member.start + kept), role));
        }
        from = at + words[at..].chars().next().map_or(1, char::len_utf8);
    }
    None
}

/// Whether the words are verbs to their end, 推进 or its like the last.
fn does(words: &str) -> bool {
    let mut rest = words;
    while let Some(word) = VERB_WORDS.longest_at(rest) {
        rest = rest[VERB_WORDS.list()[word].len()..].trim_start_matches(is_blank);
    }
    rest.is_empty() && words!["推进", "完成", "开展", "办理", "组织"].end(words)
}

/// The role of a run of verbs; none when it is not one.
fn tail(words: &str, reading: Reading) -> Option<UnitRole> {
    let mut rest = words;
    let mut roles: Vec<UnitRole> = Vec::new();
    while !rest.is_empty() {
        let longest = VERB_WORDS.longest_at(rest).map(|i| &VERBS[i]);
        let Some((word, role)) = longest else {
            // 负责政策制定: in a bracket a verb may have its object, but 负责人 is a person
            let object = reading == Reading::Bracket
                && !roles.is_empty()
                && !rest.starts_with(['人', '同', '的', '单', '部']);
            if object {
                break;
            }
            return None;
        };
        if matches!(*word, "牵头" | "负责" | "配合" | "承办" | "主办")
            && words!["单位", "部门", "处室", "人", "同志", "领导"].begin(&rest[word.len()..])
        {
            return None;
        }
        roles.extend(role);
        rest = rest[word.len()..].trim_start_matches(is_blank);
    }
    let first = [
        UnitRole::Lead,
        UnitRole::Host,
        UnitRole::Organizer,
        UnitRole::Cooperating,
        UnitRole::Responsible,
    ];
    let role = first.into_iter().find(|r| roles.contains(r));
    // A、B按职责分工, the verb left out
    role.or_else(|| {
        (words.contains("职责") || words.contains("分工")).then_some(UnitRole::Responsible)
    })
}

/// Whether a member after a label can be a name at all.
fn is_named(words: &str) -> bool {
    let count = words.chars().take(61).count();
    (count <= 24 || name::ends_like_unit(words) && count <= 60)
        && !words.contains(['。', '：'])
        && words.chars().any(is_alphanumeric)
}

/// Whether the characters are names of units, judged strictly: blanks and 和 may part them.
fn strict(words: &str) -> bool {
    words
        .split(is_blank)
        .filter(|w| !w.is_empty())
        .all(|w| name::looks_like_unit(w) || list::is_bare_division(w))
}
