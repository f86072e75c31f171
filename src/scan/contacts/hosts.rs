//! The names of hosts: which endings there are, which names hide their target, which part is registered.

/// Endings that are common in these messages, sorted for binary search.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "ac", "ae", "ai", "app", "art", "asia", "at", "au", "band", "bar", "be", "beer", "best", "bet",
    "bid", "bingo", "bio", "biz", "blog", "boats", "bond", "bot", "br", "buzz", "ca", "cab", "cam",
    "cards", "care", "cash", "casino", "cat", "cc", "center", "cf", "cfd", "ch", "chat", "city",
    "claims", "click", "cloud", "club", "cn", "co", "codes", "com", "company", "construction",
    "cool", "coupons", "credit", "cx", "cyou", "date", "de", "design", "dev", "digital", "direct",
    "do", "domains", "download", "edu", "email", "energy", "engineering", "es", "eu", "exchange",
    "express", "fan", "fans", "finance", "financial", "fit", "fr", "fun", "fund", "futbol", "fyi",
    "ga", "game", "games", "gd", "gg", "gift", "global", "gold", "gov", "gq", "group", "gs", "guru",
    "hair", "help", "hk", "homes", "host", "house", "icu", "id", "ie", "il", "im", "in", "info",
    "ink", "int", "international", "io", "is", "it", "jobs", "jp", "kg", "kim", "kiwi", "kr", "la",
    "law", "lc", "li", "life", "limited", "link", "live", "loan", "loans", "lol", "love", "ltd",
    "luxe", "ly", "market", "me", "media", "men", "mil", "mk", "ml", "mo", "mobi", "moe", "mom",
    "money", "monster", "mu", "mx", "my", "name", "net", "network", "news", "ninja", "nl", "nu",
    "nyc", "nz", "one", "online", "ooo", "org", "page", "party", "ph", "photo", "photos",
    "pics", "pink", "plus", "pm", "press", "pro", "pub", "pw", "quest", "red", "ren", "rest",
    "review", "rocks", "ru", "run", "sale", "sbs", "sc", "school", "science", "se", "services",
    "sg", "sh", "shop", "show", "singles", "site", "skin", "so", "social", "software", "solutions",
    "space", "srl", "st", "store", "studio", "su", "support", "systems", "tax", "team", "tech",
    "tel", "th", "tips", "tj", "tk", "to", "today", "tokyo", "tools", "top", "town", "toys",
    "trade", "tube", "tv", "tw", "uk", "university", "us", "vc", "ventures", "vet", "video", "vin",
    "vip", "vn", "vote", "wang", "watch", "website", "wiki", "win", "wine", "work", "works",
    "world", "ws", "wtf", "xin", "xyz", "yoga", "yt", "zone",
];
/// Endings that are English words, surnames or endings of files too: a host needs more than them.
#[rustfmt::skip]
pub(super) const WEAK: &[&str] = &[
    "at", "be", "care", "cat", "date", "do", "fan", "gift", "id", "in", "int", "is", "it", "kim",
    "la", "law", "li", "mo", "my", "name", "one", "pm", "ren", "run", "sc", "sh", "so", "st", "to",
    "us", "wang",
];
/// Endings that no one takes for a word.
#[rustfmt::skip]
pub(super) const CORE: &[&str] = &[
    "cn", "com", "net", "cc", "org", "xyz",
];
/// Named like hosts, but products, and the end of company names.
#[rustfmt::skip]
pub(super) const PRODUCTS: &[&str] = &[
    "asp.net", "vb.net", "ado.net", "co.ltd", "paint.net",
];
/// Shorteners: what such a link opens cannot be read from it.
#[rustfmt::skip]
const SHORTENERS: &[&str] = &[
    "t.cn", "dwz.cn", "url.cn", "w.url.cn", "suo.im", "suo.nz", "suo.yt", "mrw.so", "c7.gg", "u.nu",
    "985.so", "sohu.gg", "dwz.mk", "dwz1.cc", "dwz.win", "dwz.date", "sourl.cn", "sourl.co",
    "r6f.cn", "rrd.me", "rrx.cn", "6du.in", "nxw.so", "kurl.cc", "kurl.nu", "3.cn", "m.tb.cn",
    "tb.cn", "985.cx", "tinyurl.com", "bit.ly", "j.mp", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd",
    "buff.ly", "cutt.ly", "rb.gy", "shorturl.at", "t.ly", "tiny.cc", "s.id", "reurl.cc", "lihi.cc",
    "lihi1.cc", "lihi2.cc", "pse.is", "ppt.cc", "psee.io", "s.yam.com", "dpurl.cn", "surl.amap.com",
    "t.hk.uy", "u3v.cn", "urlzs.com", "x.co",
];
/// Labels that stand between a name and a country's ending: com.cn, gov.hk.
#[rustfmt::skip]
const SECOND: &[&str] = &[
    "com", "net", "org", "gov", "edu", "ac", "co", "mil", "idv", "ne", "or", "go", "cn",
];
/// The same for the provinces, under cn only: bj.cn.
#[rustfmt::skip]
const PROVINCES: &[&str] = &[
    "bj", "sh", "tj", "cq", "he", "sx", "nm", "ln", "jl", "hl", "js", "zj", "ah", "fj", "jx", "sd",
    "ha", "hb", "hn", "gd", "gx", "hi", "sc", "gz", "yn", "xz", "sn", "gs", "qh", "nx", "xj", "tw",
    "hk", "mo",
];

pub(super) fn is_ending(label: &str) -> bool {
    ENDINGS.binary_search(&label).is_ok()
}

/// Whether the host of this link is a shortener's, so that its target is hidden.
#[must_use]
pub fn is_short_link(url: &str) -> bool {
    let host = host(url);
    SHORTENERS.contains(&host.strip_prefix("www.").unwrap_or(host))
}

/// The registrable domain of a link: `icbc.com.cn` for `https://m.icbc.com.cn/x`. An IP address or a
/// name without dots is given whole. User names (`icbc.com@evil.cn`) are left out.
#[must_use]
pub fn domain(url: &str) -> &str {
    let host = host(url);
    if host.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return host;
    }
    let mut dots = host.rmatch_indices('.').map(|(at, _)| at);
    let Some(last) = dots.next() else {
        return host;
    };
    let Some(second) = dots.next() else {
        return host;
    };
    // Two letters end a country's names; cn.com is sold like a country's.
    let double = match (&host[last + 1..], &host[second + 1..last]) {
        ("com", middle) => matches!(middle, "cn" | "uk"),
        ("cn", middle) if PROVINCES.contains(&middle) => true,
        (ending, middle) => ending.len() == 2 && SECOND.contains(&middle),
    };
    if !double {
        return &host[second + 1..];
    }
    dots.next().map_or(host, |third| &host[third + 1..])
}

fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    host.split(':').next().unwrap_or(host)
}
