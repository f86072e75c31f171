use std::path::Path;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).is_some_and(|a| a == "rules") {
        let rules: &'static cuijian::rules::Rules = match cuijian::rules::Rules::with_file(Path::new(&args[3])) { Ok(r) => Box::leak(Box::new(r)), Err(e) => { eprintln!("{e}"); std::process::exit(2) } };
        let engine = match cuijian::engine::Engine::new(rules) { Ok(e) => e, Err(e) => { eprintln!("{e}"); std::process::exit(2) } };
        if args[2] == "measure" {
            let only = args.get(4).cloned().unwrap_or_default();
            let mut counts: std::collections::BTreeMap<String, std::collections::BTreeMap<String, usize>> = Default::default();
            for path in &args[5..] {
                for line in std::fs::read_to_string(path).unwrap_or_default().lines() {
                    let v: serde_json::Value = match serde_json::from_str(line) { Ok(v) => v, Err(_) => continue };
                    let text = v["text"].as_str().unwrap_or_default().to_owned();
                    let verdict = v["verdict"].as_str().unwrap_or_default().to_owned();
                    let r = engine.read(&cuijian::message::Message::new("1", text.clone()));
                    let mut ids: Vec<(String, String)> = r.scan.findings.iter().map(|f| (rules.indicators[f.rule].id.clone(), r.folded.text()[f.span.clone()].to_owned())).collect();
                    ids.extend(r.scan.signals.iter().map(|f| (rules.signals[f.signal].id.clone(), r.folded.text()[f.span.clone()].to_owned())));
                    if !only.is_empty() && only != "all" && ids.iter().any(|(i, _)| i == &only) {
                        let q: Vec<_> = ids.iter().filter(|(i, _)| i == &only).map(|(_, q)| q.as_str()).collect();
                        println!("{verdict}\t{}\t{}", q.join("|"), text.replace('\n', "\\n"));
                    }
                    ids.dedup_by(|a, b| a.0 == b.0);
                    let ids: std::collections::BTreeSet<String> = ids.into_iter().map(|x| x.0).collect();
                    for id in ids { *counts.entry(id).or_default().entry(verdict.clone()).or_default() += 1; }
                }
            }
            for (id, c) in counts { println!("{id:40} {c:?}"); }
            return;
        }
        for text in &args[4..] {
            let r = engine.read(&cuijian::message::Message::new("1", text.clone()));
            println!("{}", r.folded.text());
            for f in &r.scan.findings { println!("  {} {}", rules.indicators[f.rule].id, &r.folded.text()[f.span.clone()]); }
            for f in &r.scan.signals { println!("  {} {}", rules.signals[f.signal].id, &r.folded.text()[f.span.clone()]); }
        }
        let f = cuijian::rules_test::failures(&engine);
        for l in &f { println!("{l}"); }
        println!("{} indicators, {} signals, {} failures", rules.indicators.len(), rules.signals.len(), f.len());
    }
}
