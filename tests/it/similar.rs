//! Precedents: what is alike comes first, copies are one, boilerplate tells nothing.

use crate::made::{Draft, engine, notice, shelf};
use gongwen::error::{Error, QueryFault};
use gongwen::record::Notice;
use gongwen::search::{Basis, Engine, Precedents, Request};
use tempfile::TempDir;

const BOILERPLATE: &str =
    "各级各部门要高度重视，切实加强组织领导，压实工作责任，确保各项任务落到实处";

/// Twelve notices whose activities all end in the same sentence; three of them copy one drill.
fn archive() -> Vec<Notice> {
    let drill = |place: &str| {
        format!(
            "组织渡口防撞演练。{place}渡工在汛期前模拟渡船碰撞桥墩，检验落水救生。{BOILERPLATE}"
        )
    };
    let mut bodies = vec![
        drill("沿江"),
        drill("沿湖"),
        drill("沿河"),
        format!("开展渡船安全检查。查验渡船救生衣和渡工证书，逐船登记。{BOILERPLATE}"),
        format!("举办茶农培训班。讲授春茶采摘和病虫防治。{BOILERPLATE}"),
    ];
    for subject in [
        "校园阅读",
        "社区义诊",
        "古树保护",
        "粮食收购",
        "广场舞比赛",
        "地名普查",
        "旱厕改造",
    ] {
        bodies.push(format!(
            "部署{subject}。按计划分批推进{subject}。{BOILERPLATE}"
        ));
    }
    let years = (2012..).zip(&bodies);
    years
        .map(|(year, body)| {
            notice(&Draft {
                title: &format!("关于{year}年有关工作的通知"),
                kind: "通知",
                year,
                region: ("420100", &["湖北省", "武汉市"]),
                issuer: "武汉市某办公室",
                activities: &[(body, "市交通运输局", "应急演练")],
            })
        })
        .collect()
}

fn made() -> (TempDir, Engine, Vec<Notice>) {
    let folder = tempfile::tempdir().expect("a folder");
    let notices = archive();
    let engine = engine(folder.path(), &notices);
    (folder, engine, notices)
}

fn of(engine: &Engine, basis: Basis) -> Precedents {
    engine
        .similar(&basis, 10)
        .expect("an answer")
        .expect("a known id")
}

#[test]
fn what_is_alike_comes_first_and_copies_are_one() {
    let (_folder, engine, notices) = made();
    let clause = format!("请海事处组织渡船碰撞应急演练，重点检验渡工落水救生。{BOILERPLATE}。");
    let found = of(&engine, Basis::Clause(clause));
    let first = &found.hits[0];
    assert_eq!(first.hit.title.as_deref(), Some("组织渡口防撞演练"));
    assert_eq!((first.copies, first.copy_ids.len()), (2, 2));
    let second = &found.hits[1];
    assert_eq!(second.hit.title.as_deref(), Some("开展渡船安全检查"));
    assert!(second.similarity < first.similarity);
    // What all twelve share says nothing
    for other in &found.hits[2..] {
        assert!(other.similarity < second.similarity, "{other:?}");
        assert!(other.similarity < 0.5, "{other:?}");
    }
    assert_eq!(notices.len(), 12);
    assert!(
        first
            .shared
            .words
            .iter()
            .any(|w| w == "落水" || w == "救生"),
        "{first:?}"
    );
}

#[test]
fn what_is_shared_is_marked_as_it_stands() {
    let (_folder, engine, notices) = made();
    let found = of(&engine, Basis::Clause("渡船碰撞后检验落水救生".to_owned()));
    let hit = &found.hits[0].hit;
    let notice = notices
        .iter()
        .find(|n| n.id == hit.notice_id)
        .expect("it is ours");
    let text: Vec<char> = notice.text.chars().collect();
    let mut marked = Vec::new();
    for fragment in &hit.snippet {
        let stands: String = text[fragment.start..fragment.start + fragment.text.chars().count()]
            .iter()
            .collect();
        assert_eq!(stands, fragment.text);
        for [from, to] in &fragment.highlights {
            marked.push(
                fragment
                    .text
                    .chars()
                    .skip(*from)
                    .take(to - from)
                    .collect::<String>(),
            );
        }
    }
    assert!(
        marked.iter().any(|m| m.contains("检验落水救生")),
        "{marked:?}"
    );
}

#[test]
fn an_activity_is_no_precedent_of_its_own() {
    let (_folder, engine, notices) = made();
    let own = format!("{}.1", notices[0].id);
    let found = of(&engine, Basis::Id(own.clone()));
    assert!(
        found
            .hits
            .iter()
            .all(|p| p.hit.id != own && !p.copy_ids.contains(&own))
    );
    assert_eq!(found.hits[0].copies, 1, "the two other copies");
    assert!(found.hits[0].similarity > 0.8);
    let whole = of(&engine, Basis::Id(notices[0].id.clone()));
    assert!(whole.hits.iter().all(|p| p.hit.ordinal.is_none()));
    for unknown in ["", "0000000000000000", "0000000000000000.1", "x.y"] {
        let basis = Basis::Id(unknown.to_owned());
        assert!(
            engine.similar(&basis, 10).expect("an answer").is_none(),
            "{unknown}"
        );
    }
}

#[test]
fn any_clause_gives_an_answer() {
    let (_folder, engine, _) = made();
    for clause in [
        "",
        "，。！",
        "a",
        "火",
        "\u{0}",
        "捕鲸船队远洋作业",
        &"渡船".repeat(20_000),
    ] {
        let found = of(&engine, Basis::Clause((*clause).to_owned()));
        for precedent in &found.hits {
            assert!((0.0..=1.0).contains(&precedent.similarity));
        }
    }
    assert!(
        of(&engine, Basis::Clause("捕鲸".to_owned()))
            .hits
            .is_empty()
    );
}

#[test]
fn contacts_are_covered_in_precedents_too() {
    let (_folder, engine, _) = made();
    let engine = engine.masking();
    let found = of(
        &engine,
        Basis::Clause("渡船碰撞演练，检验落水救生".to_owned()),
    );
    assert_eq!(found.hits[0].hit.title.as_deref(), Some("组织渡口防撞演练"));
}

/// Nothing that is covered comes out by the words that precedents are sought by, by completion or by a guess.
#[test]
fn contacts_are_covered_wherever_words_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut notices = shelf();
    let contact = "联系人：秦测试，电话0123-5550199。";
    notices[0].text.push_str(contact);
    let open = engine(folder.path(), &notices);
    let words = |engine: &Engine| of(engine, Basis::Id(notices[0].id.clone())).words;
    let typed = |engine: &Engine| engine.suggest("0123", 9).expect("an answer");
    let number = |word: &String| word.contains("5550199");
    assert!(words(&open).iter().any(number), "{:?}", words(&open));
    let known = typed(&open);
    drop(open);
    let masked = engine(folder.path(), &notices).masking();
    assert!(!words(&masked).iter().any(number), "{:?}", words(&masked));
    assert!(typed(&masked).iter().all(|s| s.sort != "word"), "{known:?}");
    let near = masked.search(&Request::new("5550198")).expect("an answer");
    assert_eq!((near.total, near.did_you_mean), (0, None));
    for query in ["contact:秦测试", "演练 -联系:5550199"] {
        let refused = masked.search(&Request::new(query));
        assert!(
            matches!(
                &refused,
                Err(Error::Query {
                    fault: QueryFault::Covered,
                    ..
                })
            ),
            "{refused:?}"
        );
        assert!(masked.why(&Request::new(query), &notices[0].id).is_err());
    }
}
