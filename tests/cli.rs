//! The command line as a user meets it.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use cuijian::report::Report;

fn cuijian(arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cuijian"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may close it: that is no failure of the test.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("cuijian-test-{}-{name}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn reports(output: &[u8]) -> Vec<Report> {
    std::str::from_utf8(output)
        .unwrap()
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn the_sample_table_is_classified_in_order() {
    let output = cuijian(&["classify", "corpus/samples/messages.csv"], b"");
    assert!(output.status.success(), "{}", stderr(&output));
    let reports = reports(&output.stdout);
    let ids: Vec<&str> = reports.iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]);
    assert_eq!(reports[0].sender.as_deref(), Some("95555"));
}

#[test]
fn files_and_stdin_and_any_number_of_threads_give_the_same_bytes() {
    let file = cuijian(&["classify", "corpus/samples/messages.csv"], b"").stdout;
    let table = std::fs::read("corpus/samples/messages.csv").unwrap();
    assert_eq!(cuijian(&["classify", "-", "--threads", "1"], &table).stdout, file);
    assert_eq!(cuijian(&["classify", "--threads", "8"], &table).stdout, file);
}

#[test]
fn check_prints_the_same_record_as_classify() {
    let text = "再不还钱就爆你通讯录";
    let checked = cuijian(&["check", text, "--json"], b"").stdout;
    let classified = cuijian(&["classify", "--from", "lines"], text.as_bytes()).stdout;
    assert_eq!(checked, classified);
    let from_library = cuijian::Analyst::built_in().report(&cuijian::Message::new("1", text));
    let mut line = serde_json::to_vec(&from_library).unwrap();
    line.push(b'\n');
    assert_eq!(checked, line);
}

#[test]
fn no_such_column_lists_the_columns() {
    let output = cuijian(&["classify", "--text-column", "短信"], "id,内容\n1,还款\n".as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("id, 内容"), "{}", stderr(&output));
}

#[test]
fn a_bad_row_is_reported_and_the_rest_goes_on() {
    let folder = folder("bad-row");
    let input = folder.join("in.csv");
    let mut bytes = "id,text\na,请尽快还款\nb,".as_bytes().to_vec();
    bytes.extend([0xff, 0xfe, b'\n']);
    bytes.extend("c,您的快递到了\n".as_bytes());
    std::fs::write(&input, bytes).unwrap();
    let out = folder.join("out.jsonl");
    let output = cuijian(&["classify", input.to_str().unwrap(), "-o", out.to_str().unwrap()], b"");
    assert!(output.status.success(), "{}", stderr(&output));
    let ids: Vec<String> = reports(&std::fs::read(&out).unwrap())
        .into_iter()
        .map(|r| r.id)
        .collect();
    assert_eq!(ids, ["a", "c"]);
    let errors = std::fs::read_to_string(folder.join("out.jsonl.errors.jsonl")).unwrap();
    assert!(errors.contains("\"row\":2") && errors.contains("text"), "{errors}");
    assert!(!folder.join("out.jsonl.partial").exists());
}

#[test]
fn odd_inputs_give_rows_or_nothing_and_never_a_panic() {
    let long = format!("text\n{}\n", "还款".repeat(1_700_000));
    let cases: Vec<(&str, Vec<u8>, usize)> = vec![
        ("empty", Vec::new(), 0),
        ("header only", b"id,text\n".to_vec(), 0),
        ("blank lines", b"\n".repeat(100_000), 0),
        (
            "mark and carriage returns",
            "\u{feff}id,text\r\n1,请还款\r\n2,谢谢\r\n".as_bytes().to_vec(),
            2,
        ),
        ("a NUL byte", b"id,text\n1,a\0b\n".to_vec(), 1),
        ("ten megabytes in a row", long.into_bytes(), 1),
        ("an empty text", b"id,text\n1,\n".to_vec(), 1),
    ];
    for (name, input, rows) in cases {
        let output = cuijian(&["classify"], &input);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        assert_eq!(reports(&output.stdout).len(), rows, "{name}");
    }
}

#[test]
fn csv_out_has_the_names_of_the_record_and_keeps_the_input() {
    let input = "编号,短信内容,机构\n7,请还款,甲\n".as_bytes();
    let output = cuijian(&["classify", "--to", "csv", "--keep", "--excel"], input);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.starts_with("\u{feff}schema,id,text,verdict,confidence"), "{text}");
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let headers = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let get = |name: &str| &row[headers.iter().position(|h| h == name).unwrap()];
    assert_eq!((get("id"), get("text"), get("机构")), ("7", "请还款", "甲"));
    assert!(get("probabilities").starts_with('{'));
}

#[test]
fn gb18030_and_big5_are_read() {
    let text = "id,text\n1,您的借款已逾期，请尽快还款\n2,请联系客服处理欠款\n";
    let (bytes, ..) = encoding_rs::GB18030.encode(text);
    let found = reports(&cuijian(&["classify"], &bytes).stdout);
    assert_eq!(found[0].text, "您的借款已逾期，请尽快还款");
}

#[test]
fn fail_on_sets_the_exit_status() {
    let threat = "再不还钱弄死你全家".as_bytes();
    assert_eq!(cuijian(&["classify", "--fail-on", "5"], threat).status.code(), Some(1));
    assert_eq!(
        cuijian(&["classify", "--fail-on", "scam"], "您好".as_bytes())
            .status
            .code(),
        Some(0)
    );
    assert_eq!(cuijian(&["classify", "--fail-on", "9"], threat).status.code(), Some(2));
}

#[test]
fn a_missing_file_is_named_and_the_status_is_two() {
    let output = cuijian(&["classify", "nowhere.csv"], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("nowhere.csv"));
}

#[test]
fn a_message_cannot_steer_the_terminal() {
    let output = cuijian(&["check", "还款\u{1b}[2J\u{202e}"], b"");
    assert!(
        !output.stdout.contains(&0x1b),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
}

#[test]
fn explain_lists_rules_and_prints_one() {
    let list = String::from_utf8(cuijian(&["explain"], b"").stdout).unwrap();
    let id = list
        .lines()
        .next()
        .unwrap()
        .split_whitespace()
        .nth(1)
        .unwrap()
        .to_owned();
    let one = String::from_utf8(cuijian(&["explain", &id], b"").stdout).unwrap();
    assert!(one.contains(&id) && one.contains("fires"));
    assert_eq!(cuijian(&["explain", "threat.nothing"], b"").status.code(), Some(2));
}

#[test]
fn what_is_no_table_of_messages_is_refused_with_advice() {
    for (bytes, advice) in [
        (&b"PK\x03\x04rest"[..], "CSV"),
        (b"[{\"text\":\"a\"}]", "one object a line"),
    ] {
        let output = cuijian(&["classify"], bytes);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(advice), "{}", stderr(&output));
    }
}

#[test]
fn a_row_with_an_unquoted_comma_is_reported_and_not_cut_short() {
    let folder = folder("ragged");
    let (input, out) = (folder.join("in.csv"), folder.join("out.jsonl"));
    std::fs::write(&input, "id,text\n1,还款\n2,再不还钱,就爆你通讯录\n").unwrap();
    let output = cuijian(&["classify", input.to_str().unwrap(), "-o", out.to_str().unwrap()], b"");
    assert!(output.status.success());
    assert_eq!(reports(&std::fs::read(&out).unwrap()).len(), 1);
    assert!(
        std::fs::read_to_string(folder.join("out.jsonl.errors.jsonl"))
            .unwrap()
            .contains("\"row\":2")
    );
}

#[test]
fn an_output_never_takes_the_place_of_an_input_or_of_earlier_results() {
    let folder = folder("output");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    std::fs::write(path("a.jsonl.partial"), "{\"text\":\"还款\"}\n").unwrap();
    let output = cuijian(
        &[
            "classify",
            &path("a.jsonl.partial"),
            "--from",
            "jsonl",
            "-o",
            &path("a.jsonl"),
        ],
        b"",
    );
    assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
    assert!(
        std::fs::read_to_string(path("a.jsonl.partial"))
            .unwrap()
            .contains("还款")
    );
    std::fs::write(path("earlier.jsonl"), "kept\n").unwrap();
    std::fs::write(path("no-text.csv"), "a,b\n1,2\n").unwrap();
    assert_eq!(
        cuijian(&["classify", &path("no-text.csv"), "-o", &path("earlier.jsonl")], b"")
            .status
            .code(),
        Some(2)
    );
    assert_eq!(std::fs::read_to_string(path("earlier.jsonl")).unwrap(), "kept\n");
}
