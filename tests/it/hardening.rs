//! Clients that send slowly, much, too often or without leave: each is answered or cut, and the others are served.

use crate::service::{Reply, Service, request, until};
use gongwen::index::Index;
use gongwen::serve::{Rate, Settings, Tokens};
use serde_json::Value;
use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::{Duration, Instant};

const SOON: Duration = Duration::from_millis(300);

#[test]
fn who_sends_a_head_slowly_or_falls_silent_is_cut() {
    let service = Service::start(Settings {
        head: SOON,
        ..Settings::default()
    });
    let begun = Instant::now();
    let halves = [
        "",
        "GET",
        "GET /healthz HTTP/1.1\r\nHost: test\r\n",
        "GET /healthz HTTP/1.1\r\nHost: test\r\nX-A: ",
    ];
    let slow: Vec<TcpStream> = halves.iter().map(|half| service.send(half)).collect();
    // One that goes on, a byte at a time
    let mut dripping = service.send("GET /healthz HTTP/1.1\r\n");
    until("the drip is cut", || dripping.write_all(b"a").is_err());
    // Others are served meanwhile
    assert_eq!(service.get("/healthz").status, 200);
    for stream in slow {
        let reply = Reply::of(stream);
        assert!(matches!(reply.status, 0 | 408), "{reply:?}");
    }
    // A connection that was served and is silent since
    let mut kept = service.connect();
    let asked = "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n";
    kept.write_all(asked.as_bytes()).expect("sent");
    let reply = Reply::of(kept);
    assert_eq!(reply.status, 200);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_head_that_is_too_large_is_refused_by_name() {
    let service = Service::start(Settings::default());
    let long = |n: usize| "a".repeat(n);
    let many = |n: usize| (0..n).map(|i| format!("x-{i}: 1\r\n")).collect::<String>();
    let headers =
        |text: String| format!("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n{text}\r\n");
    for (name, asked, status) in [
        ("a header", headers(format!("x: {}\r\n", long(20_000))), 431),
        ("headers", headers(many(100)), 431),
        ("a path", request(&format!("/{}", long(20_000)), &[]), 414),
        (
            "a query",
            request(&format!("/?q={}", long(20_000)), &[]),
            414,
        ),
    ] {
        let reply = Reply::of(service.send(&asked));
        assert_eq!(reply.status, status, "{name}: {}", reply.head);
        assert_eq!(
            reply.header("x-content-type-options"),
            Some("nosniff"),
            "{name}"
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{name}");
        assert!(!reply.body.is_empty(), "{name}");
    }
    // Past what is parsed at all
    for asked in [
        headers(format!("x: {}\r\n", long(300_000))),
        headers(many(5000)),
        request(&format!("/{}", long(300_000)), &[]),
        long(300_000),
    ] {
        let reply = Reply::of(service.send(&asked));
        assert!(
            matches!(reply.status, 0 | 400 | 414 | 431),
            "{}",
            reply.head
        );
    }
    let allowed = headers(format!("x: {}\r\n{}", long(10_000), many(50)));
    assert_eq!(Reply::of(service.send(&allowed)).status, 200);
    assert_eq!(service.get("/healthz").status, 200);
}

#[test]
fn who_shut_down_its_own_side_is_answered() {
    let service = Service::start(Settings::default());
    let stream = service.send("GET /api/v1/search HTTP/1.1\r\nHost: test\r\n\r\n");
    stream.shutdown(Shutdown::Write).expect("shut down");
    let reply = Reply::of(stream);
    assert_eq!(reply.status, 200);
    assert!(reply.body.contains("\"total\""), "{}", reply.body);
    // Without a request there is nothing to answer
    let stream = service.send("GET /api/v1/se");
    stream.shutdown(Shutdown::Write).expect("shut down");
    assert!(matches!(Reply::of(stream).status, 0 | 400));
    // The connections went, and only the one that asks for the count is left
    until("all are closed", || {
        service.metric("gongwen_http_connections ") == 1
    });
}

#[test]
fn who_never_reads_its_answers_is_cut() {
    let service = Service::start(Settings {
        reading: SOON,
        // Silence is not what it is cut for
        head: Duration::from_secs(600),
        ..Settings::default()
    });
    // More answers than the sockets between hold
    let asked = "GET / HTTP/1.1\r\nHost: test\r\n\r\n".repeat(5000);
    let deaf = service.send(&asked);
    until("it is answered", || {
        service.metric("gongwen_http_connections ") == 2
    });
    until("it is closed", || {
        service.metric("gongwen_http_connections ") == 1
    });
    drop(deaf);
}

#[test]
fn past_the_queue_the_answer_is_503_at_once() {
    let service = Service::start(Settings {
        concurrency: 1,
        queue: 1,
        wait: Duration::from_secs(20),
        ..Settings::default()
    });
    let kept = service.get("/api/v1/search?q=1");
    assert_eq!(kept.status, 200);
    service.shelf.hold();
    let working = service.ask(&service.notice(0));
    service.shelf.until_waiting(1);
    let queued = service.ask(&service.notice(1));
    until("it waits", || {
        service.metric("gongwen_http_requests_under_way ") == 3
    });
    let begun = Instant::now();
    let refused = service.get(&service.notice(2));
    assert!(begun.elapsed() < Duration::from_secs(10));
    assert_eq!(refused.status, 503);
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
    let problem: Value = serde_json::from_str(&refused.body).expect("JSON");
    assert_eq!(problem["status"], 503);
    let page = service.get("/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("请过一会儿再试"), "{}", page.body);
    // Those who run it are told the truth, and what was answered before is answered again
    for path in ["/healthz", "/readyz", "/metrics", "/api/v1/search?q=1"] {
        assert_eq!(service.get(path).status, 200, "{path}");
    }
    assert_eq!(
        service.metric("gongwen_http_refused_total{cause=\"Queue\"}"),
        2
    );
    service.shelf.release();
    for stream in [working, queued] {
        assert_eq!(Reply::of(stream).status, 200);
    }
    assert_eq!(service.get(&service.notice(2)).status, 200);
}

#[test]
fn work_that_was_given_up_keeps_its_place_until_it_ends() {
    let service = Service::start(Settings {
        concurrency: 1,
        queue: 0,
        patience: SOON,
        ..Settings::default()
    });
    service.shelf.hold();
    let late = service.get(&service.notice(0));
    assert_eq!(late.status, 504, "{}", late.head);
    service.shelf.until_waiting(1);
    // Its client has gone; the work has not
    assert_eq!(service.get(&service.notice(1)).status, 503);
    service.shelf.release();
    service.shelf.until_waiting(0);
    until("the place is free", || {
        service.get(&service.notice(1)).status == 200
    });
}

#[test]
fn past_the_connections_one_is_told_so_and_closed() {
    let service = Service::start(Settings {
        connections: 2,
        ..Settings::default()
    });
    let (one, two) = (service.connect(), service.connect());
    let mut refused = service.get("/healthz");
    until("both are held", || {
        refused = service.get("/healthz");
        refused.status == 503
    });
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("x-content-type-options"), Some("nosniff"));
    assert!(refused.header("content-security-policy").is_some());
    serde_json::from_str::<Value>(&refused.body).expect("JSON");
    drop((one, two));
    until("there is room", || service.get("/healthz").status == 200);
    assert!(service.metric("gongwen_http_refused_total{cause=\"Connections\"}") > 0);
}

#[test]
fn past_its_own_connections_a_client_is_told_so_and_closed() {
    let service = Service::start(Settings {
        connections: 20,
        connections_a_client: Some(3),
        ..Settings::default()
    });
    let held: Vec<TcpStream> = (0..3).map(|_| service.connect()).collect();
    let mut refused = service.get("/healthz");
    until("all are held", || {
        refused = service.get("/healthz");
        refused.status == 429
    });
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(refused.header("x-content-type-options"), Some("nosniff"));
    let problem: Value = serde_json::from_str(&refused.body).expect("JSON");
    assert_eq!(problem["status"], 429);
    assert_eq!(problem["title"], "too many connections");
    drop(held);
    until("it may come again", || {
        service.get("/healthz").status == 200
    });
    let told = "gongwen_http_refused_total{cause=\"ClientConnections\"}";
    assert!(service.metric(told) > 0);
    assert_eq!(
        service.metric("gongwen_http_refused_total{cause=\"Connections\"}"),
        0
    );
}

#[test]
fn a_body_that_is_sent_slowly_is_its_clients_fault() {
    let service = Service::start(Settings {
        patience: Duration::from_secs(1),
        ..Settings::default()
    });
    let head = "POST /api/v1/mentions HTTP/1.1\r\nHost: test\r\nContent-Type: text/plain\r\n";
    let length = format!("{head}Content-Length: 100\r\n\r\n6月5日");
    let chunk = format!("{head}Transfer-Encoding: chunked\r\n\r\n1\r\n6\r\n");
    let begun = Instant::now();
    let slow: Vec<TcpStream> = [length, chunk]
        .iter()
        .map(|text| service.send(text))
        .collect();
    // One that goes on, a byte whenever no reply has come for a while
    let mut dripping = service.send(&format!("{head}Content-Length: 200000\r\n\r\n"));
    let pause = Some(Duration::from_millis(20));
    dripping.set_read_timeout(pause).expect("it waits so long");
    until("the drip is cut", || {
        dripping.write_all(b"6").is_err() || dripping.read(&mut [0]).is_ok()
    });
    for stream in slow {
        let reply = Reply::of(stream);
        assert_eq!(reply.status, 408, "{}", reply.head);
        assert_eq!(reply.header("connection"), Some("close"));
        assert_eq!(
            reply.header("content-type"),
            Some("application/problem+json")
        );
        let problem: Value = serde_json::from_str(&reply.body).expect("JSON");
        assert_eq!(problem["detail"], "the body is to be sent within 1 s");
    }
    assert!(begun.elapsed() < Duration::from_secs(20));
    until("all are closed", || {
        service.metric("gongwen_http_connections ") == 1
    });
    assert_eq!(
        service.metric("gongwen_http_refused_total{cause=\"Slow\"}"),
        3
    );
    assert_eq!(
        service.metric("gongwen_http_refused_total{cause=\"Timeout\"}"),
        0
    );
    // Who sends all of it is answered
    let whole = format!("{head}Connection: close\r\nContent-Length: 8\r\n\r\n6月5日");
    assert_eq!(Reply::of(service.send(&whole)).status, 200);
}

#[test]
fn a_body_that_nothing_takes_is_refused() {
    let service = Service::start(Settings::default());
    let head = "POST /api/v1/search HTTP/1.1\r\nHost: test\r\nConnection: close\r\n";
    let reply = Reply::of(service.send(&format!("{head}Content-Length: 99999999\r\n\r\n")));
    assert_eq!(reply.status, 413, "{}", reply.head);
    let chunk = "ffff\r\n".to_owned() + &"a".repeat(0xffff) + "\r\n";
    let chunks = chunk.repeat(9) + "0\r\n\r\n";
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n{chunks}");
    let reply = Reply::of(service.send(&chunked));
    assert!(matches!(reply.status, 0 | 413), "{}", reply.head);
    let reply = Reply::of(service.send(&format!("{head}Content-Length: 2\r\n\r\n{{}}")));
    assert_eq!(reply.status, 405, "{}", reply.head);
}

#[test]
fn who_only_tells_of_much_takes_nothing_from_others() {
    let service = Service::start(Settings::default());
    let head = "POST /api/v1/mentions HTTP/1.1\r\nHost: test\r\nContent-Type: text/plain\r\n";
    let many = format!("{head}Content-Length: 262144\r\n\r\n6");
    let mut silent = Vec::new();
    for _ in 0..300 {
        let mut socket = service.connect();
        socket.write_all(many.as_bytes()).expect("it is sent");
        silent.push(socket);
    }
    let asked = format!("{head}Connection: close\r\nContent-Length: 8\r\n\r\n6月5日");
    let reply = Reply::of(service.send(&asked));
    assert_eq!(reply.status, 200, "{} {}", reply.head, reply.body);
    drop(silent);
    let cut = format!("{head}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    let reply = Reply::of(service.send(&cut));
    assert!(matches!(reply.status, 0 | 400), "{}", reply.head);
}

#[test]
fn who_asks_too_often_gets_429_and_is_told_when_to_come_again() {
    let one = NonZeroU32::MIN;
    let service = Service::start(Settings {
        rate: Some(Rate {
            a_second: one,
            burst: one,
        }),
        trust_forwarded: true,
        ..Settings::default()
    });
    let ask = |client: &str| service.get_with("/api/v1/search", &[("X-Forwarded-For", client)]);
    let mut refused = ask("192.0.2.1");
    until("it is refused", || {
        refused = ask("192.0.2.1");
        refused.status == 429
    });
    assert_eq!(refused.header("retry-after"), Some("1"));
    assert_eq!(
        refused.header("content-type"),
        Some("application/problem+json")
    );
    // What the client says before the proxy's word makes it nobody else
    let spoofed = until_refused(|| ask("198.51.100.9, 192.0.2.1"));
    assert_eq!(spoofed.status, 429);
    assert_eq!(ask("192.0.2.2").status, 200);
    assert_eq!(service.get("/healthz").status, 200);
    assert!(service.metric("gongwen_http_refused_total{cause=\"Rate\"}") >= 2);
    until("it may ask again", || ask("192.0.2.1").status == 200);
}

/// The second of two in a row, at one a second.
fn until_refused(ask: impl Fn() -> Reply) -> Reply {
    let mut reply = ask();
    until("it is refused", || {
        reply = ask();
        reply.status == 429
    });
    reply
}

#[test]
fn without_a_token_nothing_is_shown_but_health() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("tokens");
    fs::write(&file, "# readers\nfirst-token-0123456789\n").expect("written");
    let service = Service::start(Settings {
        tokens: Some(Arc::new(Tokens::read(&file).expect("tokens"))),
        ..Settings::default()
    });
    let first = [("Authorization", "Bearer first-token-0123456789")];
    let second = [("Authorization", "Bearer second-token-012345678")];
    let answer = service.get_with("/api/v1/search", &first);
    assert_eq!(answer.status, 200);
    // What was answered to one who may is not given to one who may not
    for path in [
        "/",
        "/api/v1/search",
        "/metrics",
        "/nowhere",
        "/assets/style.css",
    ] {
        for headers in [&[][..], &second] {
            let refused = service.get_with(path, headers);
            assert_eq!(refused.status, 401, "{path}");
            let scheme = refused.header("www-authenticate");
            assert!(scheme.is_some_and(|s| s.starts_with("bearer")), "{path}");
            assert!(!refused.body.contains("total"), "{path}");
        }
    }
    for path in ["/healthz", "/readyz"] {
        assert_eq!(service.get(path).status, 200, "{path}");
    }
    // The file is read again when it changes
    fs::write(&file, "second-token-012345678\n").expect("written");
    until("the new token is known", || {
        service.get_with("/api/v1/search", &second).status == 200
    });
    assert_eq!(service.get_with("/api/v1/search", &first).status, 401);
    let metrics = service.get_with("/metrics", &second).body;
    assert!(!metrics.contains("token-"), "{metrics}");
}

#[test]
fn every_answer_bears_the_headers_and_no_cause() {
    let service = Service::start(Settings::default());
    service.shelf.break_down();
    let broken = service.notice(0);
    for (path, status) in [
        ("/", 200),
        ("/api/v1/search", 200),
        ("/healthz", 200),
        ("/metrics", 200),
        ("/assets/style.css", 200),
        ("/nowhere", 404),
        ("/api/v1/nowhere", 404),
        ("/api/v1/search?page=0", 400),
        (&broken, 500),
    ] {
        let reply = service.get(path);
        assert_eq!(reply.status, status, "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "deny"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(reply.header(name), Some(value), "{path}");
        }
        assert!(reply.header("permissions-policy").is_some(), "{path}");
        let policy = reply.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert_eq!(reply.header("server"), None, "{path}");
        assert_eq!(reply.header("access-control-allow-origin"), None, "{path}");
        assert!(!reply.body.contains("secret"), "{path}: {}", reply.body);
    }
}

#[test]
fn the_metrics_name_routes_and_never_what_was_asked() {
    let service = Service::start(Settings::default());
    for path in [
        "/api/v1/search?q=abc",
        "/api/v1/search?q=abc",
        &service.notice(0),
        &service.notice(1),
        "/api/v1/notices/0000000000000000",
        "/wp-login.php",
        "/.env",
    ] {
        service.get(path);
    }
    let reply = service.get("/metrics");
    assert!(
        reply
            .header("content-type")
            .is_some_and(|t| t.contains("openmetrics-text")),
        "{}",
        reply.head
    );
    let of = |route: &str, status: u16| {
        service.metric(&format!(
            "gongwen_http_requests_total{{route=\"{route}\",method=\"GET\",status=\"{status}\"}}"
        ))
    };
    assert_eq!(of("/api/v1/search", 200), 2);
    assert_eq!(of("/api/v1/notices/{id}", 200), 2);
    assert_eq!(of("/api/v1/notices/{id}", 404), 1);
    assert_eq!(of("other", 404), 2);
    assert_eq!(service.metric("gongwen_cache_hits_total"), 1);
    assert_eq!(service.metric("gongwen_index_notices "), 4);
    assert_eq!(service.metric("gongwen_http_requests_under_way "), 1);
    for asked in ["abc", "wp-login", ".env", &service.notices[0].id] {
        assert!(!reply.body.contains(asked), "{asked}\n{}", reply.body);
    }
    if cfg!(target_os = "linux") {
        assert!(service.metric("gongwen_process_resident_memory_bytes ") > 1 << 20);
    }
}

#[test]
fn an_answer_is_kept_until_the_index_changes() {
    let service = Service::start(Settings::default());
    let path = "/api/v1/search?in=notices";
    let total = || {
        let reply = service.get(path);
        let answer: Value = serde_json::from_str(&reply.body).expect("JSON");
        answer["total"].as_u64()
    };
    assert_eq!((total(), total()), (Some(4), Some(4)));
    assert_eq!(service.metric("gongwen_cache_hits_total"), 1);
    let index = Index::open(service.folder.path()).expect("opened");
    let mut writer = index.writer().expect("a writer");
    writer.remove(&service.notices[3].id).expect("removed");
    writer.commit(2).expect("committed");
    until("the change is seen", || total() == Some(3));
}

#[test]
fn at_the_end_requests_under_way_are_finished() {
    let mut service = Service::start(Settings {
        farewell: Duration::from_secs(20),
        ..Settings::default()
    });
    service.shelf.hold();
    let working = service.ask(&service.notice(0));
    service.shelf.until_waiting(1);
    let mut idle = service.connect();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n")
        .expect("sent");
    let mut first = [0; 12];
    idle.read_exact(&mut first).expect("answered");
    service.tell_to_end();
    // Nobody new is let in, and who is silent is let go
    until("the port is closed", || {
        TcpStream::connect(service.address).is_err()
    });
    Reply::of(idle);
    service.shelf.release();
    let reply = Reply::of(working);
    assert_eq!(reply.status, 200);
    let notice: Value = serde_json::from_str(&reply.body).expect("whole");
    assert_eq!(notice["id"], service.notices[0].id.as_str());
    service.ended();
}

#[test]
fn who_is_stuck_does_not_keep_it_from_ending() {
    let mut service = Service::start(Settings {
        farewell: SOON,
        ..Settings::default()
    });
    service.shelf.hold();
    let stuck = service.ask(&service.notice(0));
    service.shelf.until_waiting(1);
    let half = service.send("GET /healthz HTTP/1.1\r\n");
    service.tell_to_end();
    service.ended();
    assert_eq!(Reply::of(stuck).status, 0);
    assert_eq!(Reply::of(half).status, 0);
}

/// The program behind a socket in the file system, with tokens and a log, until a signal ends it.
#[test]
#[cfg(unix)]
fn the_program_keeps_to_its_socket_its_tokens_and_its_log() {
    use crate::run::{folder, notice, program};
    use std::io::{BufRead, BufReader};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixStream;
    use std::process::{Command, Stdio};

    let first = "first-token-0123456789";
    let dir = folder(&[
        ("in/a.txt", notice(1).as_bytes()),
        ("tokens", first.as_bytes()),
    ]);
    let arguments = ["serve", "in", "--data", "data", "--listen", "unix:run.sock"];
    let mut child = program(dir.path(), &arguments)
        .args(["--tokens", "tokens", "--log"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut line = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("stdout"));
    out.read_line(&mut line).expect("where it listens");
    assert_eq!(line.trim(), "unix:run.sock");
    let socket = dir.path().join("run.sock");
    let mode = fs::metadata(&socket).expect("made").permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
    let get = |path: &str, token: &str| {
        let mut stream = UnixStream::connect(&socket).expect("connected");
        let bearer = format!("Bearer {token}");
        let asked = request(path, &[("Authorization", &bearer)]);
        stream.write_all(asked.as_bytes()).expect("sent");
        Reply::of(stream).status
    };
    let signal = |name: &str| {
        let pid = child.id().to_string();
        let sent = Command::new("kill").args([name, &pid]).status();
        assert!(sent.expect("kill runs").success());
    };
    let search = "/api/v1/search?q=whatwasasked";
    assert_eq!(get("/healthz", "none"), 200);
    assert_eq!(get(search, "none"), 401);
    assert_eq!(get(search, first), 200);
    fs::write(dir.path().join("tokens"), "second-token-987654321").expect("written");
    signal("-HUP");
    until("the tokens are read again", || {
        get(search, "second-token-987654321") == 200
    });
    assert_eq!(get(search, first), 401);
    signal("-TERM");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(0));
    assert!(!socket.exists());

    let told = String::from_utf8(ended.stderr).expect("UTF-8");
    let lines: Vec<Value> = told
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    let refused = lines.iter().find(|line| line["status"] == 401);
    let refused = refused.expect("a line a request");
    assert_eq!(refused["method"], "GET");
    assert_eq!(refused["path"], "/api/v1/search");
    assert!(refused["ms"].is_number() && refused["time"].is_string());
    assert!(
        !told.contains("token-") && !told.contains("whatwasasked"),
        "{told}"
    );
}
